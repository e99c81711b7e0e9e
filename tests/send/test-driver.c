/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real driver and client over loopback: every record gets its answer, whatever the server does. */
#include <string.h>

#include "kobra-preview.h"
#include "kobra-test.h"
#include "wire.h"

#define GOOD "{\"data\":null,\"error\":null}"

static void
judge (Wire              *wire,
       SoupServerMessage *message,
       guint              n,
       GArray            *ids)
{
  wire_judge (wire, message, ids);
}

static void
assert_all_accepted (Wire *wire)
{
  for (guint i = 0; i < wire->n; i++)
    {
      g_assert_cmpint (wire->results[i], ==, KOBRA_RESULT_ACCEPTED);
      g_assert_true (wire->stored[i]);
    }
}

static void
test_all_good (void)
{
  g_autoptr (Wire) wire = wire_new (430, judge);

  wire_start (wire);
  g_assert_cmpuint (wire->n_requests, ==, 0);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
  g_assert_cmpuint (wire->n_requests, ==, 9);
  g_assert_cmpuint (wire->n_journaled, ==, 430);
  g_assert_cmpuint (wire->progress.total, ==, 430);
  g_assert_cmpuint (wire->progress.n_requests, ==, 9);
  g_assert_cmpfloat (wire->progress.rate, >, 0);
}

static void
test_nothing (void)
{
  g_autoptr (Wire) wire = wire_new (0, judge);

  wire_start (wire);
  g_assert_false (wire->finished);
  wire_wait_for_finish (wire);
}

static void
test_some_bad (void)
{
  g_autoptr (Wire) wire = wire_new (400, judge);

  for (guint i = 3; i < 400; i += 61)
    wire->bad[i] = TRUE;
  wire_start (wire);
  wire_wait_for_finish (wire);
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *words = g_strdup_printf ("R-%u: RFC inválido", i);

      g_assert_cmpint (wire->results[i], ==, wire->bad[i] ? KOBRA_RESULT_REJECTED : KOBRA_RESULT_ACCEPTED);
      g_assert_cmpstr (wire->words[i], ==, wire->bad[i] ? words : NULL);
    }
  g_assert_cmpuint (wire->n_requests, <=, 8 + 2 * 7);
}

/* What is not sent for our own reasons */

static void
test_left_out (void)
{
  g_autoptr (Wire) wire = wire_new (120, judge);

  wire->deleted[5] = wire->deleted[119] = TRUE;
  wire->wordy[50] = TRUE;
  wire_start (wire);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), ==, 117);
  g_assert_cmpint (wire->results[5], ==, KOBRA_RESULT_NOT_SENT);
  g_assert_cmpint (wire->results[119], ==, KOBRA_RESULT_NOT_SENT);
  g_assert_cmpint (wire->results[50], ==, KOBRA_RESULT_NOT_SENT);
  g_assert_nonnull (strstr (wire->words[50], "Total"));
  g_assert_null (strstr (wire->words[50], "mucho"));
  g_assert_false (wire->stored[50]);
}

/* Signing in */

static const struct
{
  const char *name, *header, *prefix, *value;
} headers[] = {
  { "bearer", "Authorization", "Bearer", "Bearer token-1" },
  { "bare", "Authorization", "", "token-1" },
  { "api-key", "api-key", "", "token-1" },
};

static void
test_header (gconstpointer data)
{
  const typeof (headers[0]) *row = data;
  g_autoptr (Wire) wire = wire_new (10, judge);

  wire->token = g_strdup ("none yet");
  kobra_connection_set_sign_in (wire->connection, KOBRA_SIGN_IN_PASSWORD);
  kobra_connection_set_auth_header (wire->connection, row->header);
  kobra_connection_set_auth_prefix (wire->connection, row->prefix);
  wire_start (wire);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
  g_assert_cmpuint (wire->n_sign_ins, ==, 1);
  g_assert_cmpuint (wire->n_requests, ==, 1);
  g_assert_cmpstr (wire->seen_header, ==, row->value);
}

/* When several requests are out, the token is no longer good. */
static void
lose_token (Wire              *wire,
            SoupServerMessage *message,
            guint              n,
            GArray            *ids)
{
  if (n == 4)
    g_set_str (&wire->token, "another");
  wire_judge (wire, message, ids);
}

static void
test_token_lost (void)
{
  g_autoptr (Wire) wire = wire_new (1000, lose_token);

  wire->token = g_strdup ("none yet");
  kobra_connection_set_sign_in (wire->connection, KOBRA_SIGN_IN_PASSWORD);
  wire_start (wire);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
  g_assert_cmpuint (wire->n_sign_ins, ==, 2);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_NONE);
}

/* Again and again, with 16 requests out: each loss costs one sign-in, and what was refused goes once more, and only that. A token serves more
 * requests than are ever out at once, so that an answer to one comes before the next loss: a new token that never served is a reason to pause. */
#define N_SERVED 20
static guint n_losses, n_served, n_taken[1000];

static void
lose_token_often (Wire              *wire,
                  SoupServerMessage *message,
                  guint              n,
                  GArray            *ids)
{
  for (guint i = 0; i < ids->len; i++)
    n_taken[g_array_index (ids, guint, i)]++;
  wire_judge (wire, message, ids);
  if (++n_served < N_SERVED)
    return;
  g_set_str (&wire->token, "another");
  n_served = 0;
  n_losses++;
}

static void
test_token_lost_often (void)
{
  g_autoptr (Wire) wire = wire_new (1000, lose_token_often);

  wire->token = g_strdup ("none yet");
  kobra_connection_set_sign_in (wire->connection, KOBRA_SIGN_IN_PASSWORD);
  kobra_connection_set_batch_size (wire->connection, 10);
  kobra_connection_set_max_in_flight (wire->connection, 16);
  wire_start (wire);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (n_taken[i], ==, 1);
  g_assert_cmpuint (n_losses, >=, 3);
  g_assert_cmpuint (wire->n_sign_ins, >=, n_losses);
  g_assert_cmpuint (wire->n_sign_ins, <=, n_losses + 1);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_NONE);
}

static void
test_sign_in_refused (void)
{
  g_autoptr (Wire) wire = wire_new (10, judge);

  kobra_connection_set_sign_in (wire->connection, KOBRA_SIGN_IN_PASSWORD);
  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_SIGN_IN);
  g_assert_cmpstr (wire->pause_message, ==, "usuario o contraseña");
  g_assert_cmpuint (wire->n_requests, ==, 0);

  /* The person puts it right and goes on. */
  wire->token = g_strdup ("none yet");
  kobra_driver_resume (wire->driver);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
}

static void
test_pasted_token (void)
{
  g_autoptr (Wire) wire = wire_new (10, judge);

  wire->token = g_strdup ("good");
  kobra_connection_set_sign_in (wire->connection, KOBRA_SIGN_IN_TOKEN);
  kobra_connection_set_token (wire->connection, "old");
  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_SIGN_IN);
  g_assert_cmpuint (wire->n_sign_ins, ==, 0);
  kobra_connection_set_token (wire->connection, "good");
  kobra_driver_resume (wire->driver);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
}

/* What is shown of a request, and what the server gets */

static void
keep_header (const char *name,
             const char *value,
             gpointer    data)
{
  static const char *const of_the_road[] = { "Host", "Connection", NULL };
  gboolean                 is_auth = g_str_equal (name, "Authorization");

  if (!g_strv_contains (of_the_road, name))
    g_ptr_array_add (data, g_strdup_printf ("%s: %s", name, is_auth ? "Bearer ••••••••" : value));
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static char *seen_headers, *seen_body;

static void
keep_request (Wire              *wire,
              SoupServerMessage *message,
              guint              n,
              GArray            *ids)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes)    body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  soup_message_headers_foreach (soup_server_message_get_request_headers (message), keep_header, lines);
  seen_headers = join_sorted (lines);
  seen_body = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  wire_judge (wire, message, ids);
}

static void
test_preview (void)
{
  g_autoptr (Wire)         wire = wire_new (1, keep_request);
  g_autoptr (KobraPreview) preview = NULL;
  g_autoptr (GPtrArray)    lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv)           parts = NULL;
  g_autofree char         *shown = NULL;
  KobraRecord              record;

  wire->token = g_strdup ("none yet");
  kobra_connection_set_sign_in (wire->connection, KOBRA_SIGN_IN_PASSWORD);
  wire_start (wire);
  wire_wait_for_finish (wire);
  g_assert_true (wire->sink.get_record (0, &record, wire));
  preview = kobra_preview_new (wire->client, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW, &record, NULL);
  g_assert_cmpstr (preview->body, ==, seen_body);
  parts = g_strsplit (preview->headers, "\n", -1);
  for (guint i = 0; parts[i] != NULL && *parts[i] != '\0'; i++)
    g_ptr_array_add (lines, g_strdup (parts[i]));
  shown = join_sorted (lines);
  g_assert_cmpstr (shown, ==, seen_headers);
  g_clear_pointer (&seen_headers, g_free);
  g_clear_pointer (&seen_body, g_free);
}

/* Limits */

static void
take_20 (Wire              *wire,
         SoupServerMessage *message,
         guint              n,
         GArray            *ids)
{
  if (ids->len > 20)
    wire_reply (message, 413, "<html>too big</html>");
  else
    wire_judge (wire, message, ids);
}

static void
test_too_big (void)
{
  g_autoptr (Wire) wire = wire_new (500, take_20);

  wire_start (wire);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
  g_assert_cmpuint (wire->progress.batch_size, ==, 12);
}

static void
slow_down_once (Wire              *wire,
                SoupServerMessage *message,
                guint              n,
                GArray            *ids)
{
  if (n == 2)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
      wire_reply (message, 429, "");
    }
  else
    wire_judge (wire, message, ids);
}

static gboolean
is_waiting (gpointer data)
{
  return ((Wire *) data)->progress.wait_until != 0;
}

static void
test_slow_down (void)
{
  g_autoptr (Wire) wire = wire_new (500, slow_down_once);
  gint64           until;

  wire_start (wire);
  kobra_test_wait_for (is_waiting, wire);
  until = wire->progress.wait_until;
  g_assert_cmpint (until, >, g_get_monotonic_time ());
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
  g_assert_cmpint (g_get_monotonic_time (), >=, until);
}

/* Answers that are none, once, after the server has taken the records or before */

static void
reset (Wire *wire, SoupServerMessage *message)
{
  wire_break (message, "");
}

static void
half_head (Wire *wire, SoupServerMessage *message)
{
  wire_break (message, "HTTP/1.1 200 O");
}

static void
half_body (Wire *wire, SoupServerMessage *message)
{
  wire_break (message, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":null}");
}

static void
half_chunk (Wire *wire, SoupServerMessage *message)
{
  wire_break (message, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"data\":null}");
}

static void
no_http (Wire *wire, SoupServerMessage *message)
{
  wire_break (message, "220 mail.example ESMTP\r\n");
}

static void
web_page (Wire *wire, SoupServerMessage *message)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<html>login</html>", 18);
}

static void
no_content (Wire *wire, SoupServerMessage *message)
{
  soup_server_message_set_status (message, 204, NULL);
}

static void
server_error (Wire *wire, SoupServerMessage *message)
{
  wire_reply (message, 500, "{\"error\":{\"type\":\"Internal\",\"message\":\"boom\"}}");
}

static void
bad_gateway (Wire *wire, SoupServerMessage *message)
{
  wire_reply (message, 502, "<html>");
}

static void
huge (Wire *wire, SoupServerMessage *message)
{
  g_autofree char *body = g_malloc (8 * 1024 * 1024);

  memset (body, ' ', 8 * 1024 * 1024);
  memcpy (body, GOOD, strlen (GOOD));
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, 8 * 1024 * 1024);
}

static void
pour_cb (SoupServerMessage *message,
         gpointer           data)
{
  static const char spaces[64 * 1024] = { ' ' };

  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, spaces, sizeof spaces);
}

static void
endless (Wire *wire, SoupServerMessage *message)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (pour_cb), NULL);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (pour_cb), NULL);
}

static const struct
{
  const char *name;
  void (*answer) (Wire *wire, SoupServerMessage *message);
} accidents[] = {
  { "reset", reset },
  { "half-a-head", half_head },
  { "half-a-body", half_body },
  { "half-a-chunk", half_chunk },
  { "no-http", no_http },
  { "web-page", web_page },
  { "no-content", no_content },
  { "server-error", server_error },
  { "bad-gateway", bad_gateway },
  { "huge", huge },
  { "endless", endless },
};

static const typeof (accidents[0]) *accident;

static void
have_accidents (Wire              *wire,
                SoupServerMessage *message,
                guint              n,
                GArray            *ids)
{
  if (n == 2 || n == 5)
    accident->answer (wire, message);
  else
    wire_judge (wire, message, ids);
}

static void
test_accident (gconstpointer data)
{
  g_autoptr (Wire) wire = wire_new (500, have_accidents);

  accident = data;
  wire_start (wire);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_NONE);
}

static void
hold_first (Wire              *wire,
            SoupServerMessage *message,
            guint              n,
            GArray            *ids)
{
  if (n == 1)
    wire_hold (wire, message);
  else
    wire_judge (wire, message, ids);
}

static void
test_time_out (void)
{
  g_autoptr (Wire) wire = wire_new (10, hold_first);

  kobra_connection_set_timeout (wire->connection, 1);
  wire_start (wire);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
  g_assert_cmpuint (wire->n_requests, ==, 2);
}

static void
always_reset (Wire              *wire,
              SoupServerMessage *message,
              guint              n,
              GArray            *ids)
{
  wire_break (message, "");
}

static void
test_silence (void)
{
  g_autoptr (Wire) wire = wire_new (500, always_reset);

  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_NO_ANSWER);
  g_assert_cmpstr (wire->pause_message, !=, "");
  g_assert_cmpuint (wire->n_requests, <=, 8);
  wire->handler = judge;
  kobra_driver_resume (wire->driver);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED) + wire_count (wire, KOBRA_RESULT_UNKNOWN), ==, 500);
}

static void
reply_gzipped (Wire              *wire,
               SoupServerMessage *message,
               guint              n,
               GArray            *ids)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  char                   packed[200];
  gsize                  n_read, n_packed;

  g_assert_cmpint (g_converter_convert (gzip, GOOD, strlen (GOOD), packed, sizeof packed, G_CONVERTER_INPUT_AT_END, &n_read, &n_packed, NULL), ==, G_CONVERTER_FINISHED);
  for (guint i = 0; i < ids->len; i++)
    wire->stored[g_array_index (ids, guint, i)] = TRUE;
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Content-Encoding", "gzip");
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, packed, n_packed);
}

static void
test_gzip (void)
{
  g_autoptr (Wire) wire = wire_new (100, reply_gzipped);

  wire_start (wire);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
}

/* For good */

static void
redirect (Wire              *wire,
          SoupServerMessage *message,
          guint              n,
          GArray            *ids)
{
  soup_server_message_set_redirect (message, SOUP_STATUS_TEMPORARY_REDIRECT, "/api/import");
}

static void
test_redirect (void)
{
  g_autoptr (Wire) wire = wire_new (500, redirect);

  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_REFUSED);
  g_assert_nonnull (strstr (wire->pause_message, "base URL"));
  g_assert_cmpuint (wire->n_requests, ==, 1);
}

static void
test_wrong_path (void)
{
  g_autoptr (Wire) wire = wire_new (500, judge);
  g_autofree char *base_url = g_strconcat (kobra_connection_get_base_url (wire->connection), "elsewhere", NULL);

  kobra_connection_set_base_url (wire->connection, base_url);
  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_REFUSED);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_REJECTED), ==, 0);
}

static void
test_unreachable (void)
{
  g_autoptr (Wire) wire = wire_new (500, judge);

  soup_server_disconnect (wire->server);
  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_OFFLINE);
  kobra_driver_cancel (wire->driver);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_NOT_SENT), ==, 500);
}

static void
test_bad_connection (void)
{
  g_autoptr (Wire) wire = wire_new (10, judge);

  kobra_connection_set_base_url (wire->connection, "http://kobra.example/api");
  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_REFUSED);
  g_assert_nonnull (strstr (wire->pause_message, "https"));
}

/* Certificates */

static const struct
{
  const char *name, *words;
} certificates[] = {
  { "self-signed", "nobody this computer trusts" },
  { "wrong-name", "another name" },
  { "expired", "expired" },
  { "not-yet-valid", "not valid yet" },
};

static void
test_certificate (gconstpointer data)
{
  const typeof (certificates[0]) *row = data;
  g_autoptr (Wire) wire = wire_new (100, judge);

  wire_use_tls (wire, row->name);
  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_REFUSED);
  if (strstr (wire->pause_message, row->words) == NULL)
    g_error ("the words are: %s", wire->pause_message);

  /* Nothing has travelled. */
  kobra_driver_cancel (wire->driver);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_NOT_SENT), ==, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/send/driver/all-good", test_all_good);
  g_test_add_func ("/send/driver/nothing-to-send", test_nothing);
  g_test_add_func ("/send/driver/some-bad", test_some_bad);
  g_test_add_func ("/send/driver/left-out-with-our-reason", test_left_out);
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    kobra_test_add_row ("/send/driver/token-goes-as/", headers[i].name, &headers[i], test_header);
  g_test_add_func ("/send/driver/token-lost-in-mid-flight", test_token_lost);
  g_test_add_func ("/send/driver/token-lost-often", test_token_lost_often);
  g_test_add_func ("/send/driver/sign-in-refused", test_sign_in_refused);
  g_test_add_func ("/send/driver/pasted-token-refused", test_pasted_token);
  g_test_add_func ("/send/driver/the-preview-is-what-goes-out", test_preview);
  g_test_add_func ("/send/driver/too-big", test_too_big);
  g_test_add_func ("/send/driver/retry-after", test_slow_down);
  for (gsize i = 0; i < G_N_ELEMENTS (accidents); i++)
    kobra_test_add_row ("/send/driver/no-proper-answer/", accidents[i].name, &accidents[i], test_accident);
  g_test_add_func ("/send/driver/time-out", test_time_out);
  g_test_add_func ("/send/driver/silence-pauses", test_silence);
  g_test_add_func ("/send/driver/gzipped-replies", test_gzip);
  g_test_add_func ("/send/driver/redirect-is-refused", test_redirect);
  g_test_add_func ("/send/driver/wrong-path-rejects-nobody", test_wrong_path);
  g_test_add_func ("/send/driver/unreachable", test_unreachable);
  g_test_add_func ("/send/driver/connection-that-may-not-be-called", test_bad_connection);
  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++)
    kobra_test_add_row ("/send/driver/certificate-is-refused/", certificates[i].name, &certificates[i], test_certificate);
  return g_test_run ();
}
