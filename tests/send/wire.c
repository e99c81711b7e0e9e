/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "kobra-schema-accounts.h"
#include "kobra-test.h"

#define GOOD "{\"data\":null,\"error\":null}"

static GArray *
read_ids (SoupServerMessage *message)
{
  SoupMessageBody       *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes)     bytes = soup_message_body_flatten (body);
  g_autoptr (JsonParser) parser = json_parser_new ();
  GArray                *ids = g_array_new (FALSE, FALSE, sizeof (guint));
  JsonArray             *accounts;

  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  accounts = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "accounts");
  for (guint i = 0; i < json_array_get_length (accounts); i++)
    {
      const char *key = json_object_get_string_member (json_array_get_object_element (accounts, i), "externalID");
      guint       id = (guint) g_ascii_strtoull (key + strlen ("R-"), NULL, 10);

      g_assert_true (g_str_has_prefix (key, "R-"));
      g_array_append_val (ids, id);
    }
  return ids;
}

static void
sign_in_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  Wire            *wire = data;
  g_autofree char *body = NULL;

  wire->n_sign_ins++;
  if (wire->token == NULL)
    {
      wire_reply (message, 401, "{\"data\":null,\"error\":{\"type\":\"auth\",\"message\":\"usuario o contraseña\"}}");
      return;
    }
  g_free (wire->token);
  wire->token = g_strdup_printf ("token-%u", wire->n_sign_ins);
  body = g_strdup_printf ("{\"data\":{\"token\":\"%s\"},\"error\":null}", wire->token);
  wire_reply (message, 200, body);
}

static gboolean
is_signed_in (Wire              *wire,
              SoupServerMessage *message)
{
  const char      *header = kobra_connection_get_auth_header (wire->connection);
  const char      *prefix = kobra_connection_get_auth_prefix (wire->connection);
  const char      *value = soup_message_headers_get_one (soup_server_message_get_request_headers (message), header);
  g_autofree char *wanted = g_strconcat (prefix, *prefix != '\0' ? " " : "", wire->token, NULL);

  g_set_str (&wire->seen_header, value);
  return wire->token == NULL || g_strcmp0 (value, wanted) == 0;
}

static void
import_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           data)
{
  Wire              *wire = data;
  g_autoptr (GArray) ids = read_ids (message);

  wire->n_requests++;
  if (!is_signed_in (wire, message))
    wire_reply (message, 401, "{\"error\":{\"message\":\"token\"}}");
  else
    wire->handler (wire, message, wire->n_requests, ids);
}

static gboolean
get_record_cb (guint32      id,
               KobraRecord *record,
               gpointer     data)
{
  static char key[32];
  Wire       *wire = data;

  if (wire->deleted[id])
    return FALSE;
  record->schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);
  for (guint i = 0; i < record->schema->n_fields; i++)
    record->texts[i] = "";
  g_snprintf (key, sizeof key, "R-%u", id);
  record->texts[KOBRA_ACCOUNT_EXTERNAL_ID] = key;
  record->texts[KOBRA_ACCOUNT_NAME] = "Íñigo \"el bueno\"";
  record->texts[KOBRA_ACCOUNT_TOTAL_PENDING] = wire->wordy[id] ? "mucho" : "1234.10";
  return TRUE;
}

static void
journal_cb (guint          request,
            const guint32 *ids,
            guint          n,
            KobraDriverGo  go,
            gpointer       token,
            gpointer       data)
{
  ((Wire *) data)->n_journaled += n;
  go (token, NULL);
}

static void
sending_cb (const guint32 *ids,
            guint          n,
            gpointer       data)
{
  Wire *wire = data;

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (wire->results[ids[i]] <= KOBRA_RESULT_SENDING);
      wire->results[ids[i]] = KOBRA_RESULT_SENDING;
    }
}

static void
settled_cb (const guint32 *ids,
            guint          n,
            KobraResult    result,
            const char    *type,
            const char    *message,
            gpointer       data)
{
  Wire *wire = data;

  for (guint i = 0; i < n; i++)
    {
      g_assert_false (kobra_result_is_final (wire->results[ids[i]]));
      wire->results[ids[i]] = result;
      g_set_str (&wire->words[ids[i]], message);
    }
}

static void
progress_cb (const KobraProgress *progress,
             gpointer             data)
{
  Wire *wire = data;

  wire->n_progress++;
  wire->progress = *progress;
}

static void
paused_cb (KobraPause  reason,
           const char *message,
           gpointer    data)
{
  Wire *wire = data;

  g_assert_cmpint (reason, !=, KOBRA_PAUSE_NONE);
  wire->pause = reason;
  g_set_str (&wire->pause_message, message);
}

static void
finished_cb (gpointer data)
{
  Wire *wire = data;

  g_assert_false (wire->finished);
  wire->finished = TRUE;
}

static void
set_port (Wire       *wire,
          const char *scheme,
          int         port)
{
  g_autofree char *base_url = g_strdup_printf ("%s://127.0.0.1:%d/api/", scheme, port);

  kobra_connection_set_base_url (wire->connection, base_url);
}

static void
listen_on_any_port (Wire *wire)
{
  g_autoptr (GError) error = NULL;
  GSList            *uris;

  soup_server_listen_local (wire->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (wire->server);
  set_port (wire, "http", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

Wire *
wire_new (guint       n,
          WireHandler handler)
{
  Wire              *wire = g_new0 (Wire, 1);

  g_assert_cmpuint (n, <=, WIRE_MAX_RECORDS);
  wire->n = n;
  wire->handler = handler;
  wire->held = g_ptr_array_new_with_free_func (g_object_unref);
  wire->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (wire->server, "/api/auth", sign_in_cb, wire, NULL);
  soup_server_add_handler (wire->server, "/api/import", import_cb, wire, NULL);

  wire->connection = kobra_connection_new ();
  listen_on_any_port (wire);
  kobra_connection_set_sign_in (wire->connection, KOBRA_SIGN_IN_NONE);
  kobra_connection_set_user (wire->connection, "ana");
  kobra_connection_set_password (wire->connection, "se\"creto");
  kobra_connection_set_batch_size (wire->connection, 50);
  wire->sink = (KobraDriverSink) {
    .get_record = get_record_cb,
    .journal = journal_cb,
    .sending = sending_cb,
    .settled = settled_cb,
    .progress = progress_cb,
    .paused = paused_cb,
    .finished = finished_cb,
  };
  return wire;
}

void
wire_free (Wire *wire)
{
  g_clear_pointer (&wire->driver, kobra_driver_free);
  g_clear_object (&wire->client);
  soup_server_disconnect (wire->server);
  g_ptr_array_unref (wire->held);
  if (wire->tls_service != NULL)
    g_socket_service_stop (wire->tls_service);
  g_clear_object (&wire->tls_service);
  g_clear_object (&wire->server);
  g_clear_object (&wire->connection);
  for (guint i = 0; i < WIRE_MAX_RECORDS; i++)
    g_free (wire->words[i]);
  g_free (wire->token);
  g_free (wire->seen_header);
  g_free (wire->pause_message);

  /* What was under way ends when its source has its turn. */
  while (g_main_context_iteration (NULL, wire->n_handshakes > 0))
    ;
  g_free (wire);
}

static void
shaken_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Wire *wire = data;

  /* A client that lets it come to this has trusted us. */
  g_assert_false (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL));
  wire->n_handshakes--;
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             Wire              *wire)
{
  GTlsCertificate       *certificate = g_object_get_data (G_OBJECT (service), "certificate");
  g_autoptr (GIOStream) stream = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);

  wire->n_handshakes++;
  g_tls_connection_handshake_async (G_TLS_CONNECTION (stream), G_PRIORITY_DEFAULT, NULL, shaken_cb, wire);
  return TRUE;
}

void
wire_use_tls (Wire       *wire,
              const char *name)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError)          error = NULL;
  g_autofree char            *file = g_strconcat (name, ".pem", NULL);
  g_autofree char            *path = g_test_build_filename (G_TEST_DIST, "data", "send", file, NULL);

  certificate = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  wire->tls_service = g_socket_service_new ();
  g_object_set_data_full (G_OBJECT (wire->tls_service), "certificate", g_steal_pointer (&certificate), g_object_unref);
  g_signal_connect (wire->tls_service, "incoming", G_CALLBACK (incoming_cb), wire);
  set_port (wire, "https", g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (wire->tls_service), NULL, &error));
  g_assert_no_error (error);
}

void
wire_start (Wire *wire)
{
  wire->client = kobra_client_new (wire->connection);
  wire->driver = kobra_driver_new (wire->client, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW, &wire->sink, wire);
  kobra_driver_set_waits (wire->driver, 1000, 8000);
  for (guint i = 0; i < wire->n; i++)
    kobra_driver_add (wire->driver, i, i + 1, FALSE);
  kobra_driver_start (wire->driver);
}

void
wire_wait_for_finish (Wire *wire)
{
  kobra_test_wait_for_flag (&wire->finished);
  for (guint i = 0; i < wire->n; i++)
    g_assert_true (kobra_result_is_final (wire->results[i]));
  g_assert_cmpuint (wire->progress.accepted, ==, wire_count (wire, KOBRA_RESULT_ACCEPTED));
  g_assert_cmpuint (wire->progress.rejected, ==, wire_count (wire, KOBRA_RESULT_REJECTED));
  g_assert_cmpuint (wire->progress.unknown, ==, wire_count (wire, KOBRA_RESULT_UNKNOWN));
  g_assert_cmpuint (wire->progress.not_sent, ==, wire_count (wire, KOBRA_RESULT_NOT_SENT));
  g_assert_cmpuint (wire->progress.in_flight, ==, 0);
}

static gboolean
is_paused (gpointer data)
{
  return ((Wire *) data)->pause != KOBRA_PAUSE_NONE;
}

void
wire_wait_for_pause (Wire *wire)
{
  kobra_test_wait_for (is_paused, wire);
}

guint
wire_count (Wire       *wire,
            KobraResult result)
{
  guint n = 0;

  for (guint i = 0; i < wire->n; i++)
    n += wire->results[i] == result;
  return n;
}

void
wire_reply (SoupServerMessage *message,
            guint              status,
            const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

void
wire_judge (Wire              *wire,
            SoupServerMessage *message,
            GArray            *ids)
{
  g_autofree char *body = NULL;

  for (guint i = 0; i < ids->len; i++)
    if (wire->bad[g_array_index (ids, guint, i)])
      {
        body = g_strdup_printf ("{\"data\":null,\"error\":{\"type\":\"Invalid\",\"message\":\"R-%u: RFC inválido\"}}", g_array_index (ids, guint, i));
        wire_reply (message, 400, body);
        return;
      }
  for (guint i = 0; i < ids->len; i++)
    wire->stored[g_array_index (ids, guint, i)] = TRUE;
  wire_reply (message, 200, GOOD);
}

void
wire_hold (Wire              *wire,
           SoupServerMessage *message)
{
  soup_server_message_pause (message);
  g_ptr_array_add (wire->held, g_object_ref (message));
}

void
wire_break (SoupServerMessage *message,
            const char        *bytes)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, strlen (bytes), NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}
