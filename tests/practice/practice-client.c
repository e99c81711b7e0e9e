/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-client.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "kobra-test.h"

void
practice_reply_clear (PracticeReply *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->token, g_free);
}

KobraPractice *
practice_start (const KobraPracticeOptions *options)
{
  g_autoptr (GError) error = NULL;
  KobraPractice *practice = kobra_practice_new (options);

  kobra_practice_start (practice, &error);
  g_assert_no_error (error);
  return practice;
}

guint16
practice_get_port (KobraPractice *practice)
{
  g_autoptr (GUri) uri = g_uri_parse (kobra_practice_get_base_url (practice), G_URI_FLAGS_NONE, NULL);

  return (guint16) g_uri_get_port (uri);
}

SoupMessage *
practice_make_message (KobraPractice *practice,
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
parse_envelope (PracticeReply *reply)
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

void
practice_send (SoupSession   *session,
               SoupMessage   *message,
               PracticeReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_no_error (error);
  reply->status = soup_message_get_status (message);
  reply->text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  parse_envelope (reply);
}

void
practice_call (KobraPractice *practice,
               const char    *method,
               const char    *path,
               const char    *header,
               const char    *token,
               const char    *type,
               const char    *body,
               PracticeReply *reply)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = practice_make_message (practice, method, path, header, token, type, body);

  practice_send (session, message, reply);
}

char *
practice_sign_in (KobraPractice *practice)
{
  g_auto (PracticeReply) reply = { 0 };

  practice_call (practice, "POST", "/auth", NULL, NULL, "application/json", SIGN_IN, &reply);
  g_assert_cmpuint (reply.status, ==, 200);
  g_assert_nonnull (reply.token);
  return g_strconcat ("Bearer ", reply.token, NULL);
}

void
practice_import (KobraPractice *practice,
                 const char    *token,
                 const char    *body,
                 PracticeReply *reply)
{
  practice_call (practice, "POST", "/import", "Authorization", token, "application/json", body, reply);
}

void
practice_get (KobraPractice *practice,
              const char    *path,
              PracticeReply *reply)
{
  practice_call (practice, "GET", path, NULL, NULL, NULL, NULL, reply);
}

GSocketConnection *
practice_write_raw (KobraPractice *practice,
                    const char    *bytes,
                    gsize          length)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, 30);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", practice_get_port (practice), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes, length, NULL, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

char *
practice_read_raw (GSocketConnection *connection)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char   block[4096];
  gssize length;

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
void
practice_wait_for_requests (KobraPractice *practice,
                            guint          n_requests)
{
  Awaited awaited = { practice, n_requests };
  guint   source = g_timeout_add (2, look_again_cb, NULL);

  kobra_test_wait_for (requests_arrived, &awaited);
  g_source_remove (source);
}
