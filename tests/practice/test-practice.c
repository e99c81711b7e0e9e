/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "kobra-test.h"

#define SIGN_IN "{\"user\":\"practice\",\"password\":\"practice\"}"
#define ONE_ACCOUNT "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A-106\",\"totalPending\":1234.10}]}"
#define SUCCESS "{\"data\":null,\"error\":{\"type\":\"\",\"message\":\"\"}}"
#define AN_HOUR (60 * 60 * 1000)

typedef struct
{
  guint status;
  char *text;
  char *type; /* of the envelope's error; NULL: it is not an envelope */
  char *message;
  char *token;
} Reply;

static void
reply_clear (Reply *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->token, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reply, reply_clear)

static KobraPractice *
start (const KobraPracticeOptions *options)
{
  g_autoptr (GError) error = NULL;
  KobraPractice *practice = kobra_practice_new (options);

  kobra_practice_start (practice, &error);
  g_assert_no_error (error);
  return practice;
}

static guint16
get_port (KobraPractice *practice)
{
  g_autoptr (GUri) uri = g_uri_parse (kobra_practice_get_base_url (practice), G_URI_FLAGS_NONE, NULL);

  return (guint16) g_uri_get_port (uri);
}

/* @path is below the base URL. @token is the value of @header; either may be NULL. */
static SoupMessage *
make_message (KobraPractice *practice,
              const char    *method,
              const char    *path,
              const char    *header,
              const char    *token,
              const char    *type,
              const char    *body)
{
  g_autofree char *url = g_strconcat (kobra_practice_get_base_url (practice), path, NULL);
  SoupMessage     *message = soup_message_new (method, url);

  if (header != NULL && token != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), header, token);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, type, bytes);
    }
  return message;
}

/* Reads the vendor's envelope with another reader than the server's own. */
static void
parse_envelope (Reply *reply)
{
  g_autoptr (JsonNode) root = json_from_string (reply->text, NULL);
  JsonObject *error, *data;
  JsonNode   *data_node;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) || !json_object_has_member (json_node_get_object (root), "error"))
    return;
  error = json_object_get_object_member (json_node_get_object (root), "error");
  reply->type = g_strdup (json_object_get_string_member (error, "type"));
  reply->message = g_strdup (json_object_get_string_member (error, "message"));
  data_node = json_object_get_member (json_node_get_object (root), "data");
  if (JSON_NODE_HOLDS_NULL (data_node))
    return;
  data = json_node_get_object (data_node);
  reply->token = g_strdup (json_object_get_string_member (data, "token"));
}

static void
send_message (SoupSession *session,
              SoupMessage *message,
              Reply       *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_no_error (error);
  reply->status = soup_message_get_status (message);
  reply->text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  parse_envelope (reply);
}

static void
call (KobraPractice *practice,
      const char    *method,
      const char    *path,
      const char    *header,
      const char    *token,
      const char    *type,
      const char    *body,
      Reply         *reply)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = make_message (practice, method, path, header, token, type, body);

  send_message (session, message, reply);
}

static char *
sign_in (KobraPractice *practice)
{
  g_auto (Reply) reply = { 0 };

  call (practice, "POST", "/auth", NULL, NULL, "application/json", SIGN_IN, &reply);
  g_assert_cmpuint (reply.status, ==, 200);
  g_assert_nonnull (reply.token);
  return g_strconcat ("Bearer ", reply.token, NULL);
}

static void
import (KobraPractice *practice,
        const char    *token,
        const char    *body,
        Reply         *reply)
{
  call (practice, "POST", "/import", "Authorization", token, "application/json", body, reply);
}

static void
get (KobraPractice *practice,
     const char    *path,
     Reply         *reply)
{
  call (practice, "GET", path, NULL, NULL, NULL, NULL, reply);
}

/* A free connection and the bytes written to it, for what no honest client would send. */
static GSocketConnection *
write_raw (KobraPractice *practice,
           const char    *bytes,
           gsize          length)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, 30);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", get_port (practice), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes, length, NULL, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

/* All that comes until the server closes. A reset is as good as an end; a server that keeps still fails the test. */
static char *
read_raw (GSocketConnection *connection)
{
  GInputStream       *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError)  error = NULL;
  char                block[4096];
  gssize              length;

  while ((length = g_input_stream_read (stream, block, sizeof block, NULL, &error)) > 0)
    g_string_append_len (text, block, length);
  g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  KobraPractice *practice;
  guint          n_requests;
} Awaited;

static gboolean
requests_arrived (gpointer data)
{
  const Awaited *awaited = data;

  return kobra_practice_get_n_requests (awaited->practice) >= awaited->n_requests;
}

static gboolean
look_again_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The server's thread does not wake this one, so this one looks. */
static void
wait_for_requests (KobraPractice *practice,
                   guint          n_requests)
{
  Awaited awaited = { practice, n_requests };
  guint   source = g_timeout_add (2, look_again_cb, NULL);

  kobra_test_wait_for (requests_arrived, &awaited);
  g_source_remove (source);
}

static void
test_first_steps (void)
{
  g_autoptr (KobraPractice) practice = start (NULL);
  g_autofree char *token = NULL;
  g_autofree char *record = NULL;
  g_auto (GStrv) keys = NULL;
  g_auto (Reply) accounts = { 0 };
  g_auto (Reply) promises = { 0 };

  g_assert_true (g_str_has_prefix (kobra_practice_get_base_url (practice), "http://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (kobra_practice_get_base_url (practice), "/api"));
  g_assert_cmpuint (kobra_practice_get_n_requests (practice), ==, 0);

  token = sign_in (practice);
  import (practice, token, ONE_ACCOUNT, &accounts);
  g_assert_cmpuint (accounts.status, ==, 200);
  g_assert_cmpstr (accounts.text, ==, SUCCESS);
  import (practice, token, "[{\"visitID\":31,\"paymentPromiseStatus\":3},{\"visitID\":4,\"paymentPromiseStatus\":2}]", &promises);
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
  static const char *const reject_keys[] = { "B", NULL };
  const KobraPracticeOptions options = { .reject_keys = reject_keys };
  g_autoptr (KobraPractice) practice = start (&options);
  g_autofree char *token = sign_in (practice);
  g_auto (Reply) wrong = { 0 };
  g_auto (Reply) rejected = { 0 };

  import (practice, token, "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A\"},{\"externalID\":\"C\",\"branchID\":999}]}", &wrong);
  g_assert_cmpuint (wrong.status, ==, 400);
  g_assert_cmpstr (wrong.type, ==, "validation");
  g_assert_cmpstr (wrong.message, ==, "La cuenta \"C\" no es válida: branchID: la sucursal 999 no existe");
  import (practice, token, "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A\"},{\"externalID\":\"B\"}]}", &rejected);
  g_assert_cmpuint (rejected.status, ==, 400);
  g_assert_cmpstr (rejected.message, ==, "La cuenta \"B\" fue rechazada por la plataforma");
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "accounts"), ==, 0);
  g_assert_cmpuint (kobra_practice_get_n_requests (practice), ==, 2);
}

static void
test_scripts (void)
{
  g_autoptr (KobraPractice) practice = start (NULL);
  g_autofree char *token = sign_in (practice);
  g_auto (Reply) first = { 0 };
  g_auto (Reply) second = { 0 };
  g_auto (Reply) accounts = { 0 };
  g_auto (Reply) promises = { 0 };
  g_auto (Reply) state = { 0 };
  g_auto (Reply) unknown = { 0 };

  import (practice, token, "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"Z\",\"iva\":1},{\"externalID\":\"A\"}]}", &first);
  import (practice, token, "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"Z\",\"iva\":0.50}]}", &second);
  get (practice, "/practice/records?kind=accounts", &accounts);
  g_assert_cmpuint (accounts.status, ==, 200);
  g_assert_cmpstr (accounts.text, ==, "[{\"externalID\":\"Z\",\"iva\":0.50},\n{\"externalID\":\"A\"}]\n");
  get (practice, "/practice/records?kind=promises", &promises);
  g_assert_cmpstr (promises.text, ==, "[]\n");
  get (practice, "/practice/state", &state);
  g_assert_cmpstr (state.text, ==, "{\"accounts\":2,\"promises\":0,\"requests\":2,\"signIns\":1}\n");
  get (practice, "/practice/records", &unknown);
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
  g_autoptr (KobraPractice) practice = start (NULL);
  g_auto (Reply) signed_in = { 0 };
  g_auto (Reply) reply = { 0 };
  g_autofree char *value = NULL;

  call (practice, "POST", "/auth", NULL, NULL, "application/json", SIGN_IN, &signed_in);
  value = g_strconcat (row->prefix, signed_in.token, NULL);
  call (practice, "POST", "/import", row->header, value, "application/json", ONE_ACCOUNT, &reply);
  g_assert_cmpuint (reply.status, ==, row->is_good ? 200 : 401);
  g_assert_cmpstr (reply.type, ==, row->is_good ? "" : "auth");
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "accounts"), ==, row->is_good ? 1 : 0);
}

static void
test_revoked (void)
{
  g_autoptr (KobraPractice) practice = start (NULL);
  g_autofree char *token = sign_in (practice);
  g_autofree char *new_token = NULL;
  g_auto (Reply) refused = { 0 };
  g_auto (Reply) taken = { 0 };

  kobra_practice_revoke_tokens (practice);
  import (practice, token, ONE_ACCOUNT, &refused);
  g_assert_cmpuint (refused.status, ==, 401);
  new_token = sign_in (practice);
  import (practice, new_token, ONE_ACCOUNT, &taken);
  g_assert_cmpuint (taken.status, ==, 200);
  g_assert_cmpuint (kobra_practice_get_n_sign_ins (practice), ==, 2);
}

static void
test_own_password (void)
{
  const KobraPracticeOptions options = { .user = "ana", .password = "cl\"ave" };
  g_autoptr (KobraPractice) practice = start (&options);
  g_auto (Reply) good = { 0 };
  g_auto (Reply) wrong = { 0 };

  call (practice, "POST", "/auth", NULL, NULL, "application/json", "{\"user\":\"ana\",\"password\":\"cl\\\"ave\"}", &good);
  g_assert_cmpuint (good.status, ==, 200);
  call (practice, "POST", "/auth", NULL, NULL, "application/json", SIGN_IN, &wrong);
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
  g_autoptr (KobraPractice) practice = start (NULL);
  g_autofree char *token = sign_in (practice);
  g_auto (Reply) reply = { 0 };

  call (practice, row->method, row->path, "Authorization", token, row->type, row->body, &reply);
  g_assert_cmpuint (reply.status, ==, row->status);
  g_assert_nonnull (reply.type);
  g_assert_cmpint (*reply.message == '\0', ==, row->status == 200);
}

static void
test_keep_alive (void)
{
  g_autoptr (KobraPractice) practice = start (NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *token = sign_in (practice);

  for (guint i = 0; i < 20; i++)
    {
      const char *bodies[] = { ONE_ACCOUNT, "garbage" };
      g_autoptr (SoupMessage) message = make_message (practice, "POST", "/import", "Authorization", i % 3 == 0 ? "x" : token,
                                                      "application/json", bodies[i % 2]);
      g_auto (Reply) reply = { 0 };

      send_message (session, message, &reply);
      g_assert_cmpuint (reply.status, ==, i % 3 == 0 ? 401 : i % 2 == 0 ? 200 : 400);
    }
}

static char *
make_big_body (gsize length)
{
  static const char start_text[] = "[{\"visitID\":1,\"paymentPromiseStatus\":2}";
  char *body = g_strnfill (length, ' ');

  memcpy (body, start_text, sizeof start_text - 1);
  body[length - 1] = ']';
  return body;
}

static void
send_sized (KobraPractice *practice,
            const char    *token,
            gsize          length,
            gboolean       chunked,
            Reply         *reply)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = make_message (practice, "POST", "/import", "Authorization", token, NULL, NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (make_big_body (length), (gssize) length, g_free);

  soup_message_set_request_body (message, "application/json", stream, chunked ? -1 : (gssize) length);
  send_message (session, message, reply);
}

static void
test_too_big (void)
{
  const gsize limit = 16 << 20;
  g_autoptr (KobraPractice) practice = start (NULL);
  g_autofree char *token = sign_in (practice);

  for (guint chunked = 0; chunked < 2; chunked++)
    {
      g_auto (Reply) most = { 0 };
      g_auto (Reply) over = { 0 };

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
  g_autoptr (KobraPractice) practice = start (NULL);
  g_autoptr (GSocketConnection) connection = write_raw (practice, row->bytes, strlen (row->bytes));
  g_autofree char *answer = NULL;
  g_auto (Reply) state = { 0 };

  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  answer = read_raw (connection);
  if (row->answer != NULL)
    g_assert_true (g_str_has_prefix (answer, row->answer));
  get (practice, "/practice/state", &state);
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
      g_autoptr (SoupMessage) message = make_message (client->practice, "POST", "/import", "Authorization", client->token,
                                                      "application/json", body);
      g_autofree char *shared = NULL;
      g_auto (Reply) reply = { 0 };

      send_message (session, message, &reply);
      g_assert_cmpuint (reply.status, ==, 200);
      shared = kobra_practice_dup_record (client->practice, "promises", "7");
      g_assert_nonnull (shared);
    }
  return NULL;
}

static void
test_many_clients (void)
{
  g_autoptr (KobraPractice) practice = start (NULL);
  g_autofree char *token = sign_in (practice);
  Client   clients[N_THREADS];
  GThread *threads[N_THREADS];

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

typedef struct
{
  guint n_ended, n_answered;
} Ends;

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Ends *ends = user_data;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  ends->n_ended++;
  ends->n_answered += bytes != NULL;
}

static gboolean
all_ended (gpointer data)
{
  return ((const Ends *) data)->n_ended == N_THREADS;
}

/* Eight requests whose answers would come in an hour: all are taken at once, others are answered meanwhile, and stopping ends them. */
static void
test_delay_and_stop (void)
{
  const KobraPracticeOptions options = { .delay_ms = AN_HOUR };
  g_autoptr (KobraPractice) practice = start (&options);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("max-conns-per-host", N_THREADS, "max-conns", N_THREADS, NULL);
  g_autofree char *token = sign_in (practice);
  g_auto (Reply) state = { 0 };
  Ends ends = { 0, 0 };

  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autofree char *body = g_strdup_printf ("[{\"visitID\":%u,\"paymentPromiseStatus\":2}]", i + 1);
      g_autoptr (SoupMessage) message = make_message (practice, "POST", "/import", "Authorization", token, "application/json", body);

      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, ended_cb, &ends);
    }
  wait_for_requests (practice, N_THREADS);
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "promises"), ==, N_THREADS);
  get (practice, "/practice/state", &state);
  g_assert_cmpuint (state.status, ==, 200);
  g_assert_cmpuint (ends.n_ended, ==, 0);

  /* With nobody there any more, libsoup may try a request again: it must not meet a new server. */
  kobra_practice_stop (practice);
  kobra_test_wait_for (all_ended, &ends);
  g_assert_cmpuint (ends.n_answered, ==, 0);
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "promises"), ==, N_THREADS);
}

static void
test_delay_ends (void)
{
  const KobraPracticeOptions options = { .delay_ms = 20 };
  g_autoptr (KobraPractice) practice = start (&options);
  g_autofree char *token = sign_in (practice);
  g_auto (Reply) taken = { 0 };
  g_auto (Reply) refused = { 0 };
  gint64 started = g_get_monotonic_time ();

  import (practice, token, ONE_ACCOUNT, &taken);
  g_assert_cmpuint (taken.status, ==, 200);
  import (practice, "x", ONE_ACCOUNT, &refused);
  g_assert_cmpuint (refused.status, ==, 401);
  g_assert_cmpint (g_get_monotonic_time () - started, >=, 2 * 20 * 1000);
}

/* A client that leaves while its answer is held back costs nothing but the answer. */
static void
test_leaving (void)
{
  const KobraPracticeOptions options = { .delay_ms = 20 };
  g_autoptr (KobraPractice) practice = start (&options);
  g_autofree char *token = sign_in (practice);
  g_autofree char *request = g_strdup_printf ("POST /api/import HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n"
                                              "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                                              token, (int) strlen (ONE_ACCOUNT), ONE_ACCOUNT);
  g_auto (Reply) reply = { 0 };

  for (guint i = 1; i <= 5; i++)
    {
      g_autoptr (GSocketConnection) connection = write_raw (practice, request, strlen (request));

      wait_for_requests (practice, i);
    }
  import (practice, token, ONE_ACCOUNT, &reply); /* is answered after those whose clients left */
  g_assert_cmpuint (reply.status, ==, 200);
}

static void
test_stop_half_way (void)
{
  static const char half[] = "POST /api/auth HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
  g_autoptr (KobraPractice) practice = start (NULL);
  g_autoptr (GSocketConnection) idle = write_raw (practice, "", 0);
  g_autoptr (GSocketConnection) busy = write_raw (practice, half, sizeof half - 1);
  g_autofree char *idle_answer = NULL;
  g_autofree char *busy_answer = NULL;
  g_auto (Reply) state = { 0 };

  get (practice, "/practice/state", &state); /* by now the server met the other two */
  kobra_practice_stop (practice);
  idle_answer = read_raw (idle);
  busy_answer = read_raw (busy);
  g_assert_cmpstr (idle_answer, ==, "");
  g_assert_cmpstr (busy_answer, ==, "");
}

static void
test_restart (void)
{
  g_autoptr (KobraPractice) practice = kobra_practice_new (NULL);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *token = NULL;
      g_auto (Reply) reply = { 0 };

      kobra_practice_start (practice, &error);
      g_assert_no_error (error);
      token = sign_in (practice);
      import (practice, token, ONE_ACCOUNT, &reply);
      g_assert_cmpuint (reply.status, ==, 200);
      kobra_practice_stop (practice);
      kobra_practice_stop (practice);
    }
  g_assert_cmpuint (kobra_practice_get_n_requests (practice), ==, 20);
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "accounts"), ==, 1);
}

static void
test_unref_stops (void)
{
  for (guint i = 0; i < 20; i++)
    {
      KobraPractice *practice = start (NULL);
      guint16        port = get_port (practice);
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_finalize_object (practice);
      connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
    }
}

static void
test_port_taken (void)
{
  g_autoptr (KobraPractice) first = start (NULL);
  const KobraPracticeOptions options = { .port = get_port (first) };
  g_autoptr (KobraPractice) second = kobra_practice_new (&options);
  g_autoptr (GError) error = NULL;
  g_autofree char *port = g_strdup_printf ("%u", options.port);
  g_auto (Reply) state = { 0 };

  g_assert_false (kobra_practice_start (second, &error));
  g_assert_error (error, KOBRA_PRACTICE_ERROR, KOBRA_PRACTICE_ERROR_PORT_TAKEN);
  g_assert_nonnull (strstr (error->message, port));
  g_assert_null (kobra_practice_get_base_url (second));
  g_clear_error (&error);

  kobra_practice_stop (first);
  kobra_practice_start (second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_port (second), ==, options.port);
  get (second, "/practice/state", &state);
  g_assert_cmpuint (state.status, ==, 200);
}

static void
test_only_loopback (void)
{
  g_autoptr (KobraPractice) practice = start (NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  /* The whole of 127/8 is this computer's, and a server that listens on every address answers there too. */
  connection = g_socket_client_connect_to_host (client, "127.0.0.2", get_port (practice), NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
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
  g_test_add_func ("/practice/delay/takes-at-once-answers-later-and-stops-in-between", test_delay_and_stop);
  g_test_add_func ("/practice/delay/every-answer-comes-after-it", test_delay_ends);
  g_test_add_func ("/practice/delay/a-client-may-leave", test_leaving);
  g_test_add_func ("/practice/stop/drops-what-is-half-way", test_stop_half_way);
  g_test_add_func ("/practice/stop/may-be-started-again", test_restart);
  g_test_add_func ("/practice/stop/the-last-unref-stops", test_unref_stops);
  g_test_add_func ("/practice/start/says-that-a-port-is-taken", test_port_taken);
  g_test_add_func ("/practice/start/listens-on-loopback-only", test_only_loopback);
  return g_test_run ();
}
