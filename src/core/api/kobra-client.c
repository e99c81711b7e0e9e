/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-client.h"

#include <string.h>

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#include "kobra-client-private.h"
#include "kobra-config.h"
#include "kobra-exchange.h"
#include "kobra-text.h"
#include "kobra-writer.h"

#include "kobra-banned.h"

/* An unused connection is closed before a server is likely to: a request on one that it closes meanwhile has no answer. */
#define IDLE_SECONDS 15

/* The connection's time-out is for each step in which nothing moves; a whole call may take this many of them. */
#define TIMEOUTS_IN_A_CALL 5

#define MAX_SIGN_IN_BYTES (64 * 1024)

struct _KobraClient
{
  GObject          parent_instance;

  KobraConnection *connection;
  SoupSession     *session;
  char            *base_url;
  char            *auth_header;
  char            *auth_prefix;
  GError          *fault; /* the connection's: no call can be made */
  char            *token; /* from a sign-in, or the pasted one that was sent last */
};

G_DEFINE_FINAL_TYPE (KobraClient, kobra_client, G_TYPE_OBJECT)
G_DEFINE_QUARK (kobra-client-error-quark, kobra_client_error)

static void
take_token (KobraClient *self,
            char        *token)
{
  if (self->token != NULL)
    kobra_text_wipe (self->token, strlen (self->token));
  g_free (self->token);
  self->token = token;
}

/* The token to send, or NULL. */
static const char *
peek_token (KobraClient *self)
{
  switch (kobra_connection_get_sign_in (self->connection))
    {
    case KOBRA_SIGN_IN_PASSWORD: return self->token;
    case KOBRA_SIGN_IN_TOKEN: return kobra_connection_peek_token (self->connection);
    case KOBRA_SIGN_IN_NONE:
    case KOBRA_N_SIGN_INS:
    default: return NULL;
    }
}

/* Why there is no sign-in that could be asked for a token; NULL if a token was pasted that is not the one sent last, which is as
 * good as a sign-in. */
static const char *
find_sign_in_fault (KobraClient *self)
{
  const char *pasted = kobra_connection_peek_token (self->connection);

  if (kobra_connection_get_sign_in (self->connection) == KOBRA_SIGN_IN_NONE)
    return _("The server wants a sign-in, but the connection has none. Choose one in the connection.");
  if (pasted == NULL)
    return _("The connection has no token. Paste one into it.");
  if (g_strcmp0 (pasted, self->token) == 0)
    return _("The server does not take the token that was pasted (any more). Paste a new one into the connection.");
  return NULL;
}

static SoupMessage *
new_message (KobraClient *self,
             const char  *path,
             GBytes      *body)
{
  g_autofree char *uri = g_strconcat (self->base_url, path, NULL);
  SoupMessage     *message = soup_message_new (SOUP_METHOD_POST, uri);

  /* Never followed: a redirect would carry records and token to wherever a reply points. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/json");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding", "gzip, deflate");
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  return message;
}

/* A pasted token may have anything in it; what cannot stand in a header is not put there, and the server asks for a sign-in. */
static void
add_token (KobraClient *self,
           SoupMessage *message)
{
  const char      *token = peek_token (self);
  g_autofree char *value = NULL;

  if (token == NULL)
    return;
  if (g_strcmp0 (token, self->token) != 0)
    take_token (self, g_strdup (token));
  value = *self->auth_prefix != '\0' ? g_strdup_printf ("%s %s", self->auth_prefix, token) : g_strdup (token);
  for (const char *p = value; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      return;
  soup_message_headers_replace (soup_message_get_request_headers (message), self->auth_header, value);
  kobra_text_wipe (value, strlen (value));
}

static guint
get_max_seconds (KobraClient *self)
{
  return kobra_connection_get_timeout (self->connection) * TIMEOUTS_IN_A_CALL;
}

static gboolean
wrote_auth_body (KobraClient *self,
                 KobraBuffer *body)
{
  const char *password = kobra_connection_peek_password (self->connection);

  kobra_buffer_append_string (body, "{\"user\":");
  if (!kobra_writer_append_text (body, kobra_connection_get_user (self->connection)))
    return FALSE;
  kobra_buffer_append_string (body, ",\"password\":");
  if (!kobra_writer_append_text (body, password != NULL ? password : ""))
    return FALSE;
  return kobra_buffer_append_string (body, "}");
}

static void
free_wiped (gpointer data)
{
  GString *secret = data;

  kobra_text_wipe (secret->str, secret->len);
  g_string_free (secret, TRUE);
}

/* NULL if user or password are not text. The memory of the body is wiped with it. */
static GBytes *
make_auth_body (KobraClient *self)
{
  KobraBuffer body;
  GString    *secret;
  gboolean    wrote;

  kobra_buffer_init (&body, MAX_SIGN_IN_BYTES);
  if (!kobra_buffer_reserve (&body, MAX_SIGN_IN_BYTES)) /* never moved, so that no copy stays behind */
    return NULL;
  wrote = wrote_auth_body (self, &body);
  secret = g_string_new_len (body.bytes, (gssize) body.length);
  kobra_text_wipe (body.bytes, body.length);
  kobra_buffer_clear (&body);
  if (!wrote)
    {
      free_wiped (secret);
      return NULL;
    }
  return g_bytes_new_with_free_func (secret->str, secret->len, free_wiped, secret);
}

static KobraClientError
get_error_code (const KobraReply *reply)
{
  switch (reply->outcome)
    {
    case KOBRA_OUTCOME_REJECTED:
    case KOBRA_OUTCOME_SIGN_IN: return KOBRA_CLIENT_ERROR_SIGN_IN_REFUSED;
    case KOBRA_OUTCOME_OFFLINE: return KOBRA_CLIENT_ERROR_UNREACHABLE;
    case KOBRA_OUTCOME_SLOW_DOWN: return KOBRA_CLIENT_ERROR_SLOW_DOWN;
    case KOBRA_OUTCOME_REFUSED: return reply->status == 0 ? KOBRA_CLIENT_ERROR_TLS : KOBRA_CLIENT_ERROR_BAD_REPLY;
    case KOBRA_OUTCOME_UNKNOWN: return reply->status == 0 || reply->status >= 500 ? KOBRA_CLIENT_ERROR_UNREACHABLE : KOBRA_CLIENT_ERROR_BAD_REPLY;
    case KOBRA_OUTCOME_ACCEPTED:
    case KOBRA_OUTCOME_TOO_BIG:
    case KOBRA_N_OUTCOMES:
    default: return KOBRA_CLIENT_ERROR_BAD_REPLY;
    }
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask)   task = data;
  g_autoptr (GError)  error = NULL;
  g_auto (KobraReply) reply = { 0 };
  KobraClient        *self = g_task_get_source_object (task);
  SoupMessage        *message = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autoptr (GBytes)  body = NULL;
  char               *token = NULL;

  kobra_reply_init (&reply);
  body = kobra_exchange_finish (result, &reply, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (body != NULL)
    token = kobra_reply_read_sign_in (&reply, soup_message_get_status (message),
                                      soup_message_headers_get_one (headers, "Content-Type"), soup_message_headers_get_one (headers, "Retry-After"),
                                      g_bytes_get_data (body, NULL), g_bytes_get_size (body), g_get_real_time ());
  if (token == NULL)
    {
      g_task_return_new_error_literal (task, KOBRA_CLIENT_ERROR, (int) get_error_code (&reply), reply.message);
      return;
    }
  take_token (self, token);
  g_task_return_boolean (task, TRUE);
}

static void
posted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask)      task = data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (KobraReply) reply = kobra_reply_new ();
  SoupMessage           *message = g_task_get_task_data (task);
  SoupMessageHeaders    *headers = soup_message_get_response_headers (message);
  g_autoptr (GBytes)     body = kobra_exchange_finish (result, reply, &error);

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (body != NULL)
    kobra_reply_read (reply, soup_message_get_status (message),
                      soup_message_headers_get_one (headers, "Content-Type"), soup_message_headers_get_one (headers, "Retry-After"),
                      g_bytes_get_data (body, NULL), g_bytes_get_size (body), g_get_real_time ());
  g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) kobra_reply_free);
}

static void
kobra_client_dispose (GObject *object)
{
  KobraClient *self = KOBRA_CLIENT (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (kobra_client_parent_class)->dispose (object);
}

static void
kobra_client_finalize (GObject *object)
{
  KobraClient *self = KOBRA_CLIENT (object);

  take_token (self, NULL);
  g_clear_error (&self->fault);
  g_free (self->base_url);
  g_free (self->auth_header);
  g_free (self->auth_prefix);
  G_OBJECT_CLASS (kobra_client_parent_class)->finalize (object);
}

static void
kobra_client_class_init (KobraClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kobra_client_dispose;
  object_class->finalize = kobra_client_finalize;
}

static void
kobra_client_init (KobraClient *self)
{
}

static void
set_proxy (KobraClient *self)
{
  static const char *const   not_for[] = { "localhost", "127.0.0.0/8", "::1", NULL };
  const char                *proxy = kobra_connection_get_proxy (self->connection);
  g_autoptr (GProxyResolver) resolver = NULL;

  /* The system's is what a session has to begin with. */
  if (self->fault != NULL || g_str_equal (proxy, KOBRA_PROXY_SYSTEM))
    return;
  if (!g_str_equal (proxy, KOBRA_PROXY_NONE))
    resolver = g_simple_proxy_resolver_new (proxy, (char **) not_for);
  soup_session_set_proxy_resolver (self->session, resolver);
}

KobraClient *
kobra_client_new (KobraConnection *connection)
{
  KobraClient *self;
  int          n_connections;

  g_return_val_if_fail (KOBRA_IS_CONNECTION (connection), NULL);

  self = g_object_new (KOBRA_TYPE_CLIENT, NULL);
  self->connection = g_object_ref (connection);
  self->auth_header = g_strdup (kobra_connection_get_auth_header (connection));
  self->auth_prefix = g_strdup (kobra_connection_get_auth_prefix (connection));
  if (kobra_connection_check (connection, &self->fault))
    kobra_connection_check_plain_url (kobra_connection_get_base_url (connection), &self->base_url, NULL);

  n_connections = (int) kobra_connection_get_max_in_flight (connection);
  self->session = soup_session_new_with_options ("max-conns", n_connections,
                                                 "max-conns-per-host", n_connections,
                                                 "timeout", kobra_connection_get_timeout (connection),
                                                 "idle-timeout", IDLE_SECONDS,
                                                 "user-agent", KOBRA_CLIENT_USER_AGENT,
                                                 NULL);
  set_proxy (self);
  return self;
}

KobraConnection *
kobra_client_get_connection (KobraClient *self)
{
  g_return_val_if_fail (KOBRA_IS_CLIENT (self), NULL);

  return self->connection;
}

gboolean
kobra_client_needs_sign_in (KobraClient *self)
{
  g_return_val_if_fail (KOBRA_IS_CLIENT (self), FALSE);

  return kobra_connection_get_sign_in (self->connection) != KOBRA_SIGN_IN_NONE && peek_token (self) == NULL;
}

gint64
kobra_client_token_expires (KobraClient *self)
{
  const char *token;

  g_return_val_if_fail (KOBRA_IS_CLIENT (self), -1);

  token = peek_token (self);
  return token != NULL ? kobra_token_get_expiry (token) : -1;
}

void
kobra_client_sign_in_async (KobraClient        *self,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask)  task = NULL;
  g_autoptr (GBytes) body = NULL;
  SoupMessage       *message;

  g_return_if_fail (KOBRA_IS_CLIENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kobra_client_sign_in_async);
  if (self->fault != NULL)
    {
      g_task_return_new_error_literal (task, KOBRA_CLIENT_ERROR, KOBRA_CLIENT_ERROR_SETTINGS, self->fault->message);
      return;
    }
  if (kobra_connection_get_sign_in (self->connection) != KOBRA_SIGN_IN_PASSWORD)
    {
      const char *sign_in_fault = find_sign_in_fault (self);

      if (sign_in_fault != NULL)
        g_task_return_new_error_literal (task, KOBRA_CLIENT_ERROR, KOBRA_CLIENT_ERROR_SIGN_IN_REFUSED, sign_in_fault);
      else
        g_task_return_boolean (task, TRUE);
      return;
    }
  body = make_auth_body (self);
  if (body == NULL)
    {
      g_task_return_new_error_literal (task, KOBRA_CLIENT_ERROR, KOBRA_CLIENT_ERROR_SETTINGS, _("The connection’s user or password has characters that cannot be sent. Enter them anew."));
      return;
    }
  message = new_message (self, "/auth", body);
  g_task_set_task_data (task, message, g_object_unref);
  kobra_exchange_async (self->session, message, get_max_seconds (self), cancellable, signed_in_cb, g_steal_pointer (&task));
}

gboolean
kobra_client_sign_in_finish (KobraClient  *self,
                             GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_client_sign_in_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

SoupMessage *
kobra_client_new_import_message (KobraClient *self,
                                 GBytes      *body)
{
  return self->fault == NULL ? new_message (self, "/import", body) : NULL;
}

void
kobra_client_post_async (KobraClient        *self,
                         GBytes             *body,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  SoupMessage      *message;

  g_return_if_fail (KOBRA_IS_CLIENT (self) && body != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kobra_client_post_async);
  if (self->fault != NULL)
    {
      KobraReply *reply = kobra_reply_new ();

      kobra_reply_set (reply, KOBRA_OUTCOME_REFUSED, self->fault->message);
      g_task_return_pointer (task, reply, (GDestroyNotify) kobra_reply_free);
      return;
    }
  message = kobra_client_new_import_message (self, body);
  add_token (self, message);
  g_task_set_task_data (task, message, g_object_unref);
  kobra_exchange_async (self->session, message, get_max_seconds (self), cancellable, posted_cb, g_steal_pointer (&task));
}

KobraReply *
kobra_client_post_finish (KobraClient  *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_client_post_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
