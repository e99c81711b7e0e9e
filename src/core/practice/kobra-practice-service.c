/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice-service.h"

#include "kobra-buffer.h"
#include "kobra-practice-json.h"

#include "kobra-banned.h"

#define DEFAULT_TOKEN_SECONDS 3600
#define JSON_TYPE "application/json"

typedef struct _Request Request;

typedef struct
{
  const char *path;
  const char *method;
  gboolean    has_body;
  gboolean    needs_token;
  gboolean    is_import; /* counted, and answered with the delay */
  void (*answer) (KobraPracticeService *self,
                  SoupServerMessage    *message,
                  Request              *request,
                  GHashTable           *query);
} Route;

/* A request on its way in. The body is collected here, not by libsoup, which has no limit and keeps an object per chunk. */
struct _Request
{
  const Route        *route;   /* NULL: no such path */
  KobraPracticeAnswer refusal; /* decided before the body; status 0: none so far */
  KobraBuffer         body;
};

static void answer_sign_in (KobraPracticeService *self,
                            SoupServerMessage    *message,
                            Request              *request,
                            GHashTable           *query);
static void answer_import (KobraPracticeService *self,
                           SoupServerMessage    *message,
                           Request              *request,
                           GHashTable           *query);
static void answer_records (KobraPracticeService *self,
                            SoupServerMessage    *message,
                            Request              *request,
                            GHashTable           *query);
static void answer_state (KobraPracticeService *self,
                          SoupServerMessage    *message,
                          Request              *request,
                          GHashTable           *query);

static const Route routes[] = {
  { "/api/auth", "POST", TRUE, FALSE, FALSE, answer_sign_in },
  { "/api/import", "POST", TRUE, TRUE, TRUE, answer_import },
  { "/api/practice/records", "GET", FALSE, FALSE, FALSE, answer_records },
  { "/api/practice/state", "GET", FALSE, FALSE, FALSE, answer_state },
};

static G_DEFINE_QUARK (kobra-practice-request, request)

static void
free_request (gpointer data)
{
  Request *request = data;

  kobra_practice_answer_clear (&request->refusal);
  kobra_buffer_clear (&request->body);
  g_free (request);
}

static Request *
get_request (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (message), request_quark ());
}

static void
refuse_early (Request    *request,
              guint       status,
              const char *type,
              const char *text)
{
  request->refusal = (KobraPracticeAnswer) { status, type, g_strdup (text) };
  kobra_buffer_clear (&request->body);
}

static void
send_json (SoupServerMessage *message,
           guint              status,
           const GString     *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, JSON_TYPE, SOUP_MEMORY_COPY, json->str, json->len);
}

/* The vendor's envelope. @data is JSON or NULL. */
static void
send_envelope (SoupServerMessage         *message,
               const KobraPracticeAnswer *answer,
               const char                *data)
{
  g_autoptr (GString) json = g_string_new ("{\"data\":");

  g_string_append (json, data != NULL ? data : "null");
  g_string_append (json, ",\"error\":{\"type\":");
  kobra_practice_json_append_string (json, answer->type);
  g_string_append (json, ",\"message\":");
  kobra_practice_json_append_string (json, answer->message != NULL ? answer->message : "");
  g_string_append (json, "}}");
  send_json (message, answer->status, json);
}

static void
send_refusal (SoupServerMessage *message,
              guint              status,
              const char        *type,
              const char        *text)
{
  g_autofree char          *owned = g_strdup (text);
  const KobraPracticeAnswer answer = { status, type, owned };

  send_envelope (message, &answer, NULL);
}

static gboolean
token_is_good (KobraPracticeService *self,
               const char           *token)
{
  G_MUTEX_AUTO_LOCK (&self->mutex, locker);

  return token != NULL && kobra_practice_token_is_good (&self->secret, token, g_get_real_time () / G_USEC_PER_SEC);
}

static gboolean
is_signed_in (KobraPracticeService *self,
              SoupMessageHeaders   *headers)
{
  static const char scheme[] = "Bearer ";
  const char       *authorization = soup_message_headers_get_one (headers, "Authorization");

  if (authorization != NULL && g_ascii_strncasecmp (authorization, scheme, sizeof scheme - 1) == 0)
    authorization += sizeof scheme - 1;
  return token_is_good (self, authorization) || token_is_good (self, soup_message_headers_get_one (headers, "api-key"));
}

static gboolean
is_json (SoupMessageHeaders *headers)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL && g_ascii_strcasecmp (type, JSON_TYPE) == 0;
}

/* A page in a browser may come here by a name of its own that it lets point at 127.0.0.1; then it is not this host that it asks for. */
static gboolean
asks_for_this_host (SoupServerMessage *message)
{
  const char *host = g_uri_get_host (soup_server_message_get_uri (message));

  return g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0;
}

static const Route *
find_route (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_strcmp0 (path, routes[i].path) == 0)
      return &routes[i];
  return NULL;
}

/* What can be refused by the head alone is decided here, and its body thrown away as it comes; the answer waits for the body's end, since
 * a client that is still writing would not read it. */
static void
got_headers_cb (SoupServer        *server,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           user_data)
{
  KobraPracticeService *self = user_data;
  SoupMessageHeaders   *headers = soup_server_message_get_request_headers (message);
  Request              *request = get_request (message);
  const Route          *route = find_route (path);

  request->route = route;
  if (!asks_for_this_host (message))
    refuse_early (request, SOUP_STATUS_MISDIRECTED_REQUEST, "host", "El servidor de práctica solo responde a 127.0.0.1 y a localhost");
  else if (route == NULL)
    refuse_early (request, SOUP_STATUS_NOT_FOUND, "path", "No existe esta dirección");
  else if (!g_str_equal (soup_server_message_get_method (message), route->method))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", route->method);
      refuse_early (request, SOUP_STATUS_METHOD_NOT_ALLOWED, "method", "Esta dirección no admite este método");
    }
  else if (route->needs_token && !is_signed_in (self, headers))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "WWW-Authenticate", "Bearer");
      refuse_early (request, SOUP_STATUS_UNAUTHORIZED, "auth", "Falta el token, no es válido o ya venció");
    }
  else if (route->has_body && !is_json (headers))
    refuse_early (request, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "media", "El tipo de contenido debe ser " JSON_TYPE);
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           user_data)
{
  Request      *request = user_data;
  gsize         length;
  gconstpointer bytes = g_bytes_get_data (chunk, &length);

  if (request->route == NULL || request->refusal.status != 0)
    return;
  if (!kobra_buffer_append (&request->body, bytes, length))
    refuse_early (request, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "size", "El cuerpo pasa de 16 MiB");
}

static void
request_started_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  Request *request = g_new0 (Request, 1);

  kobra_buffer_init (&request->body, KOBRA_PRACTICE_MAX_BODY);
  g_object_set_qdata_full (G_OBJECT (message), request_quark (), request, free_request);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), request); /* which the message owns */
}

static gboolean
delay_over_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);
  return G_SOURCE_REMOVE;
}

/* Holds the answer back. The source belongs to the server's main context and goes with it, if the server stops first. */
static void
delay_answer (KobraPracticeService *self,
              SoupServerMessage    *message)
{
  g_autoptr (GSource) source = g_timeout_source_new (self->delay_ms);

  soup_server_message_pause (message);
  g_source_set_callback (source, delay_over_cb, g_object_ref (message), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
got_body_cb (SoupServer        *server,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           user_data)
{
  KobraPracticeService *self = user_data;
  Request              *request = get_request (message);
  gboolean              is_import = request->route != NULL && request->route->is_import;

  if (is_import)
    g_atomic_int_inc (&self->n_requests);
  if (request->refusal.status != 0)
    send_envelope (message, &request->refusal, NULL);
  else
    request->route->answer (self, message, request, query);
  kobra_buffer_clear (&request->body);
  if (is_import && self->delay_ms > 0)
    delay_answer (self, message);
}

static const char *
get_body (const Request *request)
{
  return request->body.bytes != NULL ? request->body.bytes : "";
}

static void
answer_sign_in (KobraPracticeService *self,
                SoupServerMessage    *message,
                Request              *request,
                GHashTable           *query)
{
  g_auto (KobraPracticeAnswer) answer = { 0 };
  g_autofree char *token = NULL;
  g_autofree char *data = NULL;

  if (kobra_practice_judge_sign_in (get_body (request), request->body.length, self->user, self->password, &answer))
    {
      G_MUTEX_AUTO_LOCK (&self->mutex, locker);

      token = kobra_practice_token_new (&self->secret, g_get_real_time () / G_USEC_PER_SEC, self->token_seconds);
      data = g_strdup_printf ("{\"token\":\"%s\"}", token);
      g_atomic_int_inc (&self->n_sign_ins);
    }
  if (answer.status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "WWW-Authenticate", "Bearer");
  send_envelope (message, &answer, data);
}

static void
answer_import (KobraPracticeService *self,
               SoupServerMessage    *message,
               Request              *request,
               GHashTable           *query)
{
  g_auto (KobraPracticeAnswer) answer = { 0 };
  g_autoptr (GArray) records = NULL;
  KobraPracticeKind kind;

  if (kobra_practice_judge_import (get_body (request), request->body.length, (const char *const *) self->reject_keys,
                                   &kind, &records, &answer) &&
      !kobra_practice_store_take (&self->store, kind, records))
    send_refusal (message, SOUP_STATUS_INSUFFICIENT_STORAGE, "full", "El servidor de práctica está lleno; hay que volver a iniciarlo");
  else
    send_envelope (message, &answer, NULL);
}

static void
answer_records (KobraPracticeService *self,
                SoupServerMessage    *message,
                Request              *request,
                GHashTable           *query)
{
  g_autoptr (GBytes) json = NULL;
  KobraPracticeKind kind;

  if (!kobra_practice_kind_find (query != NULL ? g_hash_table_lookup (query, "kind") : NULL, &kind))
    {
      send_refusal (message, SOUP_STATUS_BAD_REQUEST, "validation", "kind debe ser accounts o promises");
      return;
    }
  json = kobra_practice_store_dup_array (&self->store, kind);
  if (json == NULL)
    {
      send_refusal (message, SOUP_STATUS_INSUFFICIENT_STORAGE, "full", "No hay memoria para juntar los registros");
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), JSON_TYPE, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), json);
}

static void
answer_state (KobraPracticeService *self,
              SoupServerMessage    *message,
              Request              *request,
              GHashTable           *query)
{
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_printf (json,
                   "{\"accounts\":%u,\"promises\":%u,\"requests\":%d,\"signIns\":%d}\n",
                   kobra_practice_store_get_count (&self->store, KOBRA_PRACTICE_ACCOUNTS),
                   kobra_practice_store_get_count (&self->store, KOBRA_PRACTICE_PROMISES),
                   g_atomic_int_get (&self->n_requests),
                   g_atomic_int_get (&self->n_sign_ins));
  send_json (message, SOUP_STATUS_OK, json);
}

void
kobra_practice_service_init (KobraPracticeService       *self,
                             const KobraPracticeOptions *options)
{
  *self = (KobraPracticeService) {
    .delay_ms = options->delay_ms,
    .token_seconds = options->token_seconds > 0 ? options->token_seconds : DEFAULT_TOKEN_SECONDS,
    .reject_keys = g_strdupv ((char **) options->reject_keys),
    .user = g_strdup (options->user != NULL ? options->user : "practice"),
    .password = g_strdup (options->password != NULL ? options->password : "practice"),
  };
  g_mutex_init (&self->mutex);
  kobra_practice_secret_roll (&self->secret);
  kobra_practice_store_init (&self->store);
}

void
kobra_practice_service_clear (KobraPracticeService *self)
{
  g_clear_pointer (&self->reject_keys, g_strfreev);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->password, g_free);
  kobra_practice_store_clear (&self->store);
  g_mutex_clear (&self->mutex);
}

void
kobra_practice_service_attach (KobraPracticeService *self,
                               SoupServer           *server)
{
  g_signal_connect (server, "request-started", G_CALLBACK (request_started_cb), self); /* which outlives the server */
  soup_server_add_early_handler (server, NULL, got_headers_cb, self, NULL);
  soup_server_add_handler (server, NULL, got_body_cb, self, NULL);
}

void
kobra_practice_service_revoke_tokens (KobraPracticeService *self)
{
  G_MUTEX_AUTO_LOCK (&self->mutex, locker);

  kobra_practice_secret_roll (&self->secret);
}
