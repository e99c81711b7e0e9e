/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice.h"

#include <string.h>

#include "kobra-test.h"
#include "practice-client.h"

#define SUCCESS "{\"data\":null,\"error\":{\"type\":\"\",\"message\":\"\"}}"

static void
test_first_steps (void)
{
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_autofree char *token = NULL;
  g_autofree char *record = NULL;
  g_auto (GStrv) keys = NULL;
  g_auto (PracticeReply) accounts = { 0 };
  g_auto (PracticeReply) promises = { 0 };

  g_assert_true (g_str_has_prefix (kobra_practice_get_base_url (practice), "http://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (kobra_practice_get_base_url (practice), "/api"));
  g_assert_cmpuint (kobra_practice_get_n_requests (practice), ==, 0);

  token = practice_sign_in (practice);
  practice_import (practice, token, ONE_ACCOUNT, &accounts);
  g_assert_cmpuint (accounts.status, ==, 200);
  g_assert_cmpstr (accounts.text, ==, SUCCESS);
  practice_import (practice, token, "[{\"visitID\":31,\"paymentPromiseStatus\":3},{\"visitID\":4,\"paymentPromiseStatus\":2}]", &promises);
  g_assert_cmpstr (promises.text, ==, SUCCESS);

  record = kobra_practice_dup_record (practice, "accounts", "A-106");
  g_assert_cmpstr (record, ==, "{\"externalID\":\"A-106\",\"totalPending\":1234.10}");
  keys = kobra_practice_dup_keys (practice, "promises");
  g_assert_cmpstrv (keys, ((const char *const[]) { "31", "4", NULL }));
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "accounts"), ==, 1);
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "promises"), ==, 2);
  g_assert_cmpuint (kobra_practice_get_n_requests (practice), ==, 2);
  g_assert_cmpuint (kobra_practice_get_n_sign_ins (practice), ==, 1);
}

static void
test_unknown_kind (void)
{
  g_autoptr (KobraPractice) practice = kobra_practice_new (NULL);
  g_auto (GStrv) keys = kobra_practice_dup_keys (practice, "payments");

  g_assert_cmpuint (kobra_practice_get_n_records (practice, "payments"), ==, 0);
  g_assert_null (kobra_practice_dup_record (practice, "payments", "1"));
  g_assert_cmpuint (g_strv_length (keys), ==, 0);
  g_assert_null (kobra_practice_get_base_url (practice));
}

static void
test_whole_or_nothing (void)
{
  static const char *const   reject_keys[] = { "B", NULL };
  const KobraPracticeOptions options = { .reject_keys = reject_keys };
  g_autoptr (KobraPractice) practice = practice_start (&options);
  g_autofree char *token = practice_sign_in (practice);
  g_auto (PracticeReply) wrong = { 0 };
  g_auto (PracticeReply) rejected = { 0 };

  practice_import (practice, token, "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A\"},{\"externalID\":\"C\",\"branchID\":999}]}", &wrong);
  g_assert_cmpuint (wrong.status, ==, 400);
  g_assert_cmpstr (wrong.type, ==, "validation");
  g_assert_cmpstr (wrong.message, ==, "La cuenta \"C\" no es válida: branchID: la sucursal 999 no existe");
  practice_import (practice, token, "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A\"},{\"externalID\":\"B\"}]}", &rejected);
  g_assert_cmpuint (rejected.status, ==, 400);
  g_assert_cmpstr (rejected.message, ==, "La cuenta \"B\" fue rechazada por la plataforma");
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "accounts"), ==, 0);
  g_assert_cmpuint (kobra_practice_get_n_requests (practice), ==, 2);
}

static void
test_scripts (void)
{
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_autofree char *token = practice_sign_in (practice);
  g_auto (PracticeReply) first = { 0 };
  g_auto (PracticeReply) second = { 0 };
  g_auto (PracticeReply) accounts = { 0 };
  g_auto (PracticeReply) promises = { 0 };
  g_auto (PracticeReply) state = { 0 };
  g_auto (PracticeReply) unknown = { 0 };

  practice_import (practice, token, "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"Z\",\"iva\":1},{\"externalID\":\"A\"}]}", &first);
  practice_import (practice, token, "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"Z\",\"iva\":0.50}]}", &second);
  practice_get (practice, "/practice/records?kind=accounts", &accounts);
  g_assert_cmpuint (accounts.status, ==, 200);
  g_assert_cmpstr (accounts.text, ==, "[{\"externalID\":\"Z\",\"iva\":0.50},\n{\"externalID\":\"A\"}]\n");
  practice_get (practice, "/practice/records?kind=promises", &promises);
  g_assert_cmpstr (promises.text, ==, "[]\n");
  practice_get (practice, "/practice/state", &state);
  g_assert_cmpstr (state.text, ==, "{\"accounts\":2,\"promises\":0,\"requests\":2,\"signIns\":1}\n");
  practice_get (practice, "/practice/records", &unknown);
  g_assert_cmpuint (unknown.status, ==, 400);
}

/* How a token may come, and how not. */
typedef struct
{
  const char *name;
  const char *header;
  const char *prefix;
  gboolean    is_good;
} TokenCase;

static const TokenCase token_cases[] = {
  { "bearer", "Authorization", "Bearer ", TRUE },
  { "bearer-in-lower-case", "Authorization", "bearer ", TRUE },
  { "bare", "Authorization", "", TRUE },
  { "api-key", "api-key", "", TRUE },
  { "none", NULL, "", FALSE },
  { "other-header", "X-Token", "", FALSE },
  { "other-scheme", "Authorization", "Basic ", FALSE },
  { "changed", "Authorization", "Bearer x", FALSE },
  { "bearer-in-api-key", "api-key", "Bearer ", FALSE },
};

static void
test_token (gconstpointer data)
{
  const TokenCase *row = data;
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_auto (PracticeReply) signed_in = { 0 };
  g_auto (PracticeReply) reply = { 0 };
  g_autofree char *value = NULL;

  practice_call (practice, "POST", "/auth", NULL, NULL, "application/json", SIGN_IN, &signed_in);
  value = g_strconcat (row->prefix, signed_in.token, NULL);
  practice_call (practice, "POST", "/import", row->header, value, "application/json", ONE_ACCOUNT, &reply);
  g_assert_cmpuint (reply.status, ==, row->is_good ? 200 : 401);
  g_assert_cmpstr (reply.type, ==, row->is_good ? "" : "auth");
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "accounts"), ==, row->is_good ? 1 : 0);
}

static void
test_revoked (void)
{
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_autofree char *token = practice_sign_in (practice);
  g_autofree char *new_token = NULL;
  g_auto (PracticeReply) refused = { 0 };
  g_auto (PracticeReply) taken = { 0 };

  kobra_practice_revoke_tokens (practice);
  practice_import (practice, token, ONE_ACCOUNT, &refused);
  g_assert_cmpuint (refused.status, ==, 401);
  new_token = practice_sign_in (practice);
  practice_import (practice, new_token, ONE_ACCOUNT, &taken);
  g_assert_cmpuint (taken.status, ==, 200);
  g_assert_cmpuint (kobra_practice_get_n_sign_ins (practice), ==, 2);
}

static void
test_own_password (void)
{
  const KobraPracticeOptions options = { .user = "ana", .password = "cl\"ave" };
  g_autoptr (KobraPractice) practice = practice_start (&options);
  g_auto (PracticeReply) good = { 0 };
  g_auto (PracticeReply) wrong = { 0 };

  practice_call (practice, "POST", "/auth", NULL, NULL, "application/json", "{\"user\":\"ana\",\"password\":\"cl\\\"ave\"}", &good);
  g_assert_cmpuint (good.status, ==, 200);
  practice_call (practice, "POST", "/auth", NULL, NULL, "application/json", SIGN_IN, &wrong);
  g_assert_cmpuint (wrong.status, ==, 401);
  g_assert_cmpstr (wrong.type, ==, "auth");
  g_assert_null (wrong.token);
  g_assert_cmpuint (kobra_practice_get_n_sign_ins (practice), ==, 1);
}

/* Requests refused by their head, each with the vendor's envelope. */
typedef struct
{
  const char *name;
  const char *method;
  const char *path;
  const char *type;
  const char *body;
  guint       status;
} HeadCase;

static const HeadCase head_cases[] = {
  { "no-path", "GET", "", NULL, NULL, 404 },
  { "unknown-path", "POST", "/imports", "application/json", "{}", 404 },
  { "slash-at-end", "POST", "/import/", "application/json", "{}", 404 },
  { "above-the-base", "POST", "/../auth", "application/json", "{}", 404 },
  { "get-import", "GET", "/import", NULL, NULL, 405 },
  { "put-import", "PUT", "/import", "application/json", ONE_ACCOUNT, 405 },
  { "get-auth", "GET", "/auth", NULL, NULL, 405 },
  { "post-state", "POST", "/practice/state", "application/json", "{}", 405 },
  { "unknown-method", "BREW", "/auth", NULL, NULL, 405 },
  { "plain-text", "POST", "/import", "text/plain", ONE_ACCOUNT, 415 },
  { "form", "POST", "/auth", "application/x-www-form-urlencoded", "user=practice&password=practice", 415 },
  { "no-type", "POST", "/import", NULL, NULL, 415 },
  { "charset-is-fine", "POST", "/import", "application/json; charset=utf-8", ONE_ACCOUNT, 200 },
  { "type-in-capitals-is-fine", "POST", "/import", "Application/JSON", ONE_ACCOUNT, 200 },
};

static void
test_head (gconstpointer data)
{
  const HeadCase *row = data;
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_autofree char *token = practice_sign_in (practice);
  g_auto (PracticeReply) reply = { 0 };

  practice_call (practice, row->method, row->path, "Authorization", token, row->type, row->body, &reply);
  g_assert_cmpuint (reply.status, ==, row->status);
  g_assert_nonnull (reply.type);
  g_assert_cmpint (*reply.message == '\0', ==, row->status == 200);
}

static void
test_keep_alive (void)
{
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *token = practice_sign_in (practice);

  for (guint i = 0; i < 20; i++)
    {
      const char *bodies[] = { ONE_ACCOUNT, "garbage" };
      g_autoptr (SoupMessage) message = practice_make_message (practice, "POST", "/import", "Authorization", i % 3 == 0 ? "x" : token,
                                                               "application/json", bodies[i % 2]);
      g_auto (PracticeReply) reply = { 0 };

      practice_send (session, message, &reply);
      g_assert_cmpuint (reply.status, ==, i % 3 == 0 ? 401 : i % 2 == 0 ? 200
                                                                        : 400);
    }
}

static char *
make_big_body (gsize length)
{
  static const char start_text[] = "[{\"visitID\":1,\"paymentPromiseStatus\":2}";
  char             *body = g_strnfill (length, ' ');

  memcpy (body, start_text, sizeof start_text - 1);
  body[length - 1] = ']';
  return body;
}

static void
send_sized (KobraPractice *practice,
            const char    *token,
            gsize          length,
            gboolean       chunked,
            PracticeReply *reply)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = practice_make_message (practice, "POST", "/import", "Authorization", token, NULL, NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (make_big_body (length), (gssize) length, g_free);

  soup_message_set_request_body (message, "application/json", stream, chunked ? -1 : (gssize) length);
  practice_send (session, message, reply);
}

static void
test_too_big (void)
{
  const gsize limit = 16 << 20;
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_autofree char *token = practice_sign_in (practice);

  for (guint chunked = 0; chunked < 2; chunked++)
    {
      g_auto (PracticeReply) most = { 0 };
      g_auto (PracticeReply) over = { 0 };

      send_sized (practice, token, limit, chunked, &most);
      g_assert_cmpuint (most.status, ==, 200);
      send_sized (practice, token, limit + 1, chunked, &over);
      g_assert_cmpuint (over.status, ==, 413);
      g_assert_cmpstr (over.type, ==, "size");
    }
}

/* Bytes that no client of ours sends, and the line they are answered with; NULL: any answer or none. */
typedef struct
{
  const char *name;
  const char *bytes;
  const char *answer;
} RawCase;

static const RawCase raw_cases[] = {
  { "garbage", "\x16\x03\x01\x02garbage\r\n\r\n", NULL },
  { "only-newlines", "\r\n\r\n\r\n\r\n", NULL },
  { "no-host", "GET /api/practice/state HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 400 " },
  { "no-host-in-1.0", "GET /api/practice/state HTTP/1.0\r\n\r\n", "HTTP/1.0 200 " },
  { "localhost", "GET /api/practice/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 200 " },
  { "foreign-host", "GET /api/practice/state HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "HTTP/1.1 421 " },
  { "foreign-target", "GET http://evil.example/api/practice/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 421 " },
  { "options-of-all", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc", NULL },
  { "connect", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", NULL },
  { "negative-length", "POST /api/auth HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\nConnection: close\r\n\r\n", NULL },
  { "unknown-encoding", "POST /api/auth HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: rot13\r\nConnection: close\r\n\r\n", NULL },
  { "bad-chunk", "POST /api/auth HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n", NULL },
  { "percent-nul", "GET /api/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", NULL },
  { "dots", "GET /api/%2e%2e/secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", NULL },
  { "escaped-path", "GET /api/practice/%73tate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 200 " },
  { "strange-query", "GET /api/practice/records?kind=accounts&%zz&=&kind HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", NULL },
  { "one-byte-chunks",
    "POST /api/auth HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
    "HTTP/1.1 400 " },
};

static void
test_raw (gconstpointer data)
{
  const RawCase *row = data;
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_autoptr (GSocketConnection) connection = practice_write_raw (practice, row->bytes, strlen (row->bytes));
  g_autofree char *answer = NULL;
  g_auto (PracticeReply) state = { 0 };

  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  answer = practice_read_raw (connection);
  if (row->answer != NULL)
    g_assert_true (g_str_has_prefix (answer, row->answer));
  practice_get (practice, "/practice/state", &state);
  g_assert_cmpuint (state.status, ==, 200);
}

#define N_THREADS 8
#define N_ROUNDS 25

typedef struct
{
  KobraPractice *practice;
  const char    *token;
  guint          number;
} Client;

static gpointer
run_client (gpointer data)
{
  const Client *client = data;
  g_autoptr (SoupSession) session = soup_session_new ();

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autofree char *body = g_strdup_printf ("[{\"visitID\":%u,\"paymentPromiseStatus\":2},{\"visitID\":7,\"paymentPromiseStatus\":%u}]",
                                               1000 + client->number * N_ROUNDS + i, 2 + i % 4);
      g_autoptr (SoupMessage) message = practice_make_message (client->practice, "POST", "/import", "Authorization", client->token,
                                                               "application/json", body);
      g_autofree char *shared = NULL;
      g_auto (PracticeReply) reply = { 0 };

      practice_send (session, message, &reply);
      g_assert_cmpuint (reply.status, ==, 200);
      shared = kobra_practice_dup_record (client->practice, "promises", "7");
      g_assert_nonnull (shared);
    }
  return NULL;
}

static void
test_many_clients (void)
{
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_autofree char *token = practice_sign_in (practice);
  Client           clients[N_THREADS];
  GThread         *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    {
      clients[i] = (Client) { practice, token, i };
      threads[i] = g_thread_new ("client", run_client, &clients[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (kobra_practice_get_n_requests (practice), ==, N_THREADS * N_ROUNDS);
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "promises"), ==, N_THREADS * N_ROUNDS + 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/takes-accounts-and-promises-as-they-were-sent", test_first_steps);
  g_test_add_func ("/practice/there-are-no-records-of-an-unknown-kind", test_unknown_kind);
  g_test_add_func ("/practice/a-request-is-taken-whole-or-not-at-all", test_whole_or_nothing);
  g_test_add_func ("/practice/tells-scripts-what-it-received", test_scripts);
  for (gsize i = 0; i < G_N_ELEMENTS (token_cases); i++)
    kobra_test_add_row ("/practice/token/", token_cases[i].name, &token_cases[i], test_token);
  g_test_add_func ("/practice/token/revoked", test_revoked);
  g_test_add_func ("/practice/has-the-user-and-password-it-is-given", test_own_password);
  for (gsize i = 0; i < G_N_ELEMENTS (head_cases); i++)
    kobra_test_add_row ("/practice/head/", head_cases[i].name, &head_cases[i], test_head);
  g_test_add_func ("/practice/one-connection-serves-good-and-bad-requests", test_keep_alive);
  g_test_add_func ("/practice/a-body-has-a-limit", test_too_big);
  for (gsize i = 0; i < G_N_ELEMENTS (raw_cases); i++)
    kobra_test_add_row ("/practice/raw/", raw_cases[i].name, &raw_cases[i], test_raw);
  g_test_add_func ("/practice/many-clients-at-once", test_many_clients);
  return g_test_run ();
}
