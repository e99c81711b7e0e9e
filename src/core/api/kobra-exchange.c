/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-exchange.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

#define CHUNK_BYTES (64 * 1024)

typedef struct
{
  SoupMessage  *message;
  GCancellable *cancellable; /* ours: stops the message for the caller and for the clock */
  GCancellable *outer;       /* the caller's, or NULL */
  gulong        outer_id;
  GSource      *alarm;
  gboolean      is_late;
  gboolean      has_started; /* bytes of the request may have left */
  GInputStream *stream;
  GByteArray   *body;
  KobraReply    failure;
} Exchange;

/* Why a certificate is not trusted; the first flag that is set is told. */
static const struct
{
  GTlsCertificateFlags flag;
  const char          *words;
} certificate_faults[] = {
  { G_TLS_CERTIFICATE_BAD_IDENTITY, N_("it was made out to another name") },
  { G_TLS_CERTIFICATE_EXPIRED, N_("it has expired") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_("it is not valid yet; is this computer’s clock right?") },
  { G_TLS_CERTIFICATE_REVOKED, N_("it has been revoked") },
  { G_TLS_CERTIFICATE_INSECURE, N_("its encryption is too weak") },
  { G_TLS_CERTIFICATE_UNKNOWN_CA, N_("nobody this computer trusts has signed it") },
};

static void
free_exchange (gpointer data)
{
  Exchange *self = data;

  g_cancellable_disconnect (self->outer, self->outer_id);
  g_clear_object (&self->outer);
  if (self->alarm != NULL)
    g_source_destroy (self->alarm);
  g_clear_pointer (&self->alarm, g_source_unref);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->body, g_byte_array_unref);
  kobra_reply_clear (&self->failure);
  g_free (self);
}

static void
starting_cb (SoupMessage *message,
             Exchange    *self)
{
  self->has_started = TRUE;
}

static void
outer_cancelled_cb (GCancellable *outer,
                    GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
late_cb (gpointer data)
{
  Exchange *self = data;

  self->is_late = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static const char *
describe_certificate (SoupMessage *message)
{
  GTlsCertificateFlags faults = soup_message_get_tls_peer_certificate_errors (message);

  for (gsize i = 0; i < G_N_ELEMENTS (certificate_faults); i++)
    if ((faults & certificate_faults[i].flag) != 0)
      return _(certificate_faults[i].words);
  return _("it could not be checked");
}

/* Only what failed before the request started is known not to have been sent. */
static void
read_failure (Exchange     *self,
              const GError *error)
{
  g_autofree char *words = NULL;
  KobraOutcome     outcome = self->has_started ? KOBRA_OUTCOME_UNKNOWN : KOBRA_OUTCOME_OFFLINE;

  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE) && !self->has_started)
    {
      outcome = KOBRA_OUTCOME_REFUSED;
      words = g_strdup_printf (_("The server’s certificate is not to be trusted: %s. Nothing was sent."), describe_certificate (self->message));
    }
  else if (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF && !self->has_started)
    {
      outcome = KOBRA_OUTCOME_REFUSED;
      words = g_strdup_printf (_("No encrypted connection to the server came about: %s. Nothing was sent."), error->message);
    }
  else if (!self->has_started)
    words = g_strdup_printf (_("The server cannot be reached: %s."), error->message);
  else if (self->is_late || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    words = g_strdup (_("The server did not answer in time."));
  else if (self->stream != NULL)
    words = g_strdup_printf (_("The server’s reply broke off: %s."), error->message);
  else
    words = g_strdup_printf (_("The connection broke before a reply came: %s."), error->message);
  kobra_reply_set (&self->failure, outcome, words);
}

/* What a proxy answered in place of opening a way to the server. What it says when it cannot reach the server may be over soon; that it does
 * not want to may not. */
static void
read_proxy_answer (Exchange *self)
{
  guint            status = soup_message_get_status (self->message);
  g_autofree char *code = g_strdup_printf ("HTTP %u %s", status, soup_status_get_phrase (status));
  g_autofree char *words = NULL;

  if (status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    words = g_strdup_printf (_("A proxy between here and the server wants a sign-in (%s): check the system’s network settings."), code);
  else
    words = g_strdup_printf (_("A proxy between here and the server does not let us through to it (%s). Nothing was sent. Check the base URL and the proxy of the connection."), code);
  kobra_reply_set (&self->failure, SOUP_STATUS_IS_SERVER_ERROR (status) ? KOBRA_OUTCOME_OFFLINE : KOBRA_OUTCOME_REFUSED, words);
  self->failure.status = status;
}

/* Of a reply that broke off, a status that says no says so without the rest. */
static gboolean
status_suffices (SoupMessage *message)
{
  guint status = soup_message_get_status (message);

  return SOUP_STATUS_IS_REDIRECTION (status) || SOUP_STATUS_IS_CLIENT_ERROR (status);
}

static void
return_body (GTask    *task,
             Exchange *self)
{
  g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&self->body)), (GDestroyNotify) g_bytes_unref);
}

static void
return_failure (GTask        *task,
                Exchange     *self,
                const GError *error)
{
  if (self->stream != NULL && status_suffices (self->message))
    {
      g_byte_array_set_size (self->body, 0);
      return_body (task, self);
      return;
    }
  read_failure (self, error);
  g_task_return_pointer (task, NULL, NULL);
}

static void read_more (GTask *task);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask)  task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  Exchange          *self = g_task_get_task_data (task);

  if (chunk == NULL)
    {
      return_failure (task, self, error);
      return;
    }
  g_byte_array_append (self->body, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  if (g_bytes_get_size (chunk) > 0 && self->body->len <= KOBRA_REPLY_MAX_BYTES)
    {
      read_more (g_steal_pointer (&task));
      return;
    }
  if (g_bytes_get_size (chunk) > 0)
    g_cancellable_cancel (self->cancellable); /* or libsoup reads on to keep the connection */
  return_body (task, self);
}

static void
read_more (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  gsize     wanted = MIN (CHUNK_BYTES, KOBRA_REPLY_MAX_BYTES + 1 - self->body->len);

  g_input_stream_read_bytes_async (self->stream, wanted, G_PRIORITY_DEFAULT, self->cancellable, read_cb, task);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask)  task = data;
  g_autoptr (GError) error = NULL;
  Exchange          *self = g_task_get_task_data (task);

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream != NULL && !self->has_started)
    {
      read_proxy_answer (self);
      g_task_return_pointer (task, NULL, NULL);
    }
  else if (self->stream != NULL)
    read_more (g_steal_pointer (&task));
  else
    return_failure (task, self, error);
}

void
kobra_exchange_async (SoupSession        *session,
                      SoupMessage        *message,
                      guint               max_seconds,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  GTask    *task = g_task_new (session, cancellable, callback, user_data);
  Exchange *self = g_new0 (Exchange, 1);

  self->message = g_object_ref (message);
  self->cancellable = g_cancellable_new ();
  self->body = g_byte_array_new ();
  kobra_reply_init (&self->failure);
  g_task_set_source_tag (task, kobra_exchange_async);
  g_task_set_task_data (task, self, free_exchange);

  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb), g_object_ref (self->cancellable), g_object_unref);
    }
  self->alarm = g_timeout_source_new_seconds (max_seconds);
  g_source_set_callback (self->alarm, late_cb, self, NULL);
  g_source_attach (self->alarm, g_main_context_get_thread_default ());
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), self);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, self->cancellable, sent_cb, task);
}

GBytes *
kobra_exchange_finish (GAsyncResult *result,
                       KobraReply   *failure,
                       GError      **error)
{
  GTask             *task = G_TASK (result);
  Exchange          *self = g_task_get_task_data (task);
  g_autoptr (GError) local_error = NULL;
  GBytes            *body = g_task_propagate_pointer (task, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (body == NULL)
    {
      kobra_reply_set (failure, self->failure.outcome, self->failure.message);
      failure->status = self->failure.status;
    }
  return body;
}
