/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-driver-private.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

#define PROGRESS_INTERVAL (100 * 1000)

static void schedule_pump (KobraDriver *self);

KobraDriver *
kobra_driver_ref (KobraDriver *self)
{
  self->n_refs++;
  return self;
}

void
kobra_driver_unref (KobraDriver *self)
{
  if (--self->n_refs > 0)
    return;
  g_clear_pointer (&self->plan, kobra_plan_free);
  g_clear_signal_handler (&self->network_id, self->network);
  g_clear_object (&self->network);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self);
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
attach (KobraDriver *self,
        GSource     *source,
        GSourceFunc  func)
{
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

/* The plan's reports, passed on. */

static void
settled_cb (const guint32 *ids,
            guint          n,
            KobraResult    result,
            const char    *type,
            const char    *message,
            gpointer       data)
{
  KobraDriver *self = data;

  if (!self->closed && self->sink.settled != NULL)
    self->sink.settled (ids, n, result, type, message, self->data);
}

static const char *
get_key_cb (guint32  id,
            gpointer data)
{
  KobraDriver *self = data;
  KobraRecord  record;

  if (self->closed || !self->sink.get_record (id, &record, self->data))
    return NULL;
  return record.texts[record.schema->key_field];
}

static gboolean
has_text_cb (guint32     id,
             const char *text,
             gpointer    data)
{
  KobraDriver *self = data;
  KobraRecord  record;

  if (self->closed || !self->sink.get_record (id, &record, self->data))
    return FALSE;
  for (guint i = 0; i < record.schema->n_fields; i++)
    if (g_str_equal (record.texts[i], text))
      return TRUE;
  return FALSE;
}

static void
ensure_plan (KobraDriver *self)
{
  static const KobraPlanSink sink = { .settled = settled_cb, .get_key = get_key_cb, .has_text = has_text_cb };

  if (self->plan == NULL)
    self->plan = kobra_plan_new (&self->settings, &kobra_system_clock, &sink, self);
}

/* Progress */

static void
report_progress (KobraDriver *self)
{
  KobraProgress progress;

  clear_source (&self->reporter);
  self->told_progress = g_get_monotonic_time ();
  kobra_driver_get_progress (self, &progress);
  if (!self->closed && self->sink.progress != NULL)
    self->sink.progress (&progress, self->data);
}

static gboolean
report_cb (gpointer data)
{
  KobraDriver *self = kobra_driver_ref (data);

  report_progress (self);
  kobra_driver_unref (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_report (KobraDriver *self)
{
  gint64 wait = self->told_progress + PROGRESS_INTERVAL - g_get_monotonic_time ();

  if (self->reporter == NULL && !self->closed && !self->finished)
    self->reporter = attach (self, g_timeout_source_new ((guint) (MAX (wait, 0) / 1000)), report_cb);
}

static void
report_pause (KobraDriver *self)
{
  const char *message;
  KobraPause  pause = kobra_plan_get_pause (self->plan, &message);

  if (pause == self->told_pause)
    return;
  self->told_pause = pause;
  schedule_report (self);
  if (self->closed)
    return;
  if (pause != KOBRA_PAUSE_NONE && self->sink.paused != NULL)
    self->sink.paused (pause, message, self->data);
  else if (pause == KOBRA_PAUSE_NONE && self->sink.resumed != NULL)
    self->sink.resumed (self->data);
}

void
kobra_driver_go_on (KobraDriver *self)
{
  report_pause (self);
  schedule_report (self);
  schedule_pump (self);
}

/* The network */

static void
network_changed_cb (GNetworkMonitor *network,
                    gboolean         is_available,
                    KobraDriver     *self)
{
  if (!is_available || self->plan == NULL)
    return;
  kobra_plan_network_is_back (self->plan);
  kobra_driver_go_on (self);
}

void
kobra_driver_watch_network (KobraDriver *self,
                            KobraOutcome outcome)
{
  if (outcome == KOBRA_OUTCOME_OFFLINE && self->network != NULL && !g_network_monitor_get_network_available (self->network))
    kobra_plan_pause (self->plan, KOBRA_PAUSE_OFFLINE, _("This computer is not connected to a network. Sending goes on by itself when it is again."));
}

/* Signing in */

static KobraOutcome
get_sign_in_outcome (const GError *error)
{
  if (error == NULL)
    return KOBRA_OUTCOME_ACCEPTED;
  if (error->domain != KOBRA_CLIENT_ERROR)
    return KOBRA_OUTCOME_UNKNOWN;
  switch ((KobraClientError) error->code)
    {
    case KOBRA_CLIENT_ERROR_SIGN_IN_REFUSED: return KOBRA_OUTCOME_SIGN_IN;
    case KOBRA_CLIENT_ERROR_UNREACHABLE: return KOBRA_OUTCOME_OFFLINE;
    case KOBRA_CLIENT_ERROR_SLOW_DOWN: return KOBRA_OUTCOME_SLOW_DOWN;
    case KOBRA_CLIENT_ERROR_TLS:
    case KOBRA_CLIENT_ERROR_BAD_REPLY:
    case KOBRA_CLIENT_ERROR_SETTINGS:
    default: return KOBRA_OUTCOME_REFUSED;
    }
}

/* When the token lapses, on the monotonic clock, or -1. */
static gint64
get_expiry (KobraDriver *self)
{
  gint64 expires = kobra_client_token_expires (self->client);

  return expires >= 0 ? MAX (expires - g_get_real_time () + g_get_monotonic_time (), 0) : -1;
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  KobraDriver       *self = data;
  g_autoptr (GError) error = NULL;

  kobra_client_sign_in_finish (KOBRA_CLIENT (source), result, &error);
  kobra_driver_watch_network (self, get_sign_in_outcome (error));
  kobra_plan_signed_in (self->plan, get_sign_in_outcome (error), error != NULL ? error->message : NULL, get_expiry (self), g_get_monotonic_time ());
  kobra_driver_go_on (self);
  kobra_driver_unref (self);
}

/* The pump: asks the plan, and obeys */

static void
finish (KobraDriver *self)
{
  self->finished = TRUE;
  clear_source (&self->alarm);
  report_progress (self);
  if (!self->closed && self->sink.finished != NULL)
    self->sink.finished (self->data);
}

static gboolean
alarm_cb (gpointer data)
{
  KobraDriver *self = data;

  clear_source (&self->alarm);
  schedule_pump (self);
  return G_SOURCE_REMOVE;
}

static void
wait_until (KobraDriver *self,
            gint64       until)
{
  KobraPlanCounts counts;

  kobra_plan_get_counts (self->plan, &counts);
  clear_source (&self->alarm);
  self->wait_until = 0;
  if (until == G_MAXINT64)
    return;
  if (counts.in_flight == 0)
    self->wait_until = until;
  /* A millisecond more: a timeout rounds down and would ask too early. */
  self->alarm = attach (self, g_timeout_source_new ((guint) CLAMP ((until - g_get_monotonic_time ()) / 1000 + 1, 0, G_MAXINT)), alarm_cb);
}

/* One request at a time, so that the main loop never waits for more than one body. Returns whether to come again at once. */
static gboolean
take_step (KobraDriver *self)
{
  KobraBatch batch;
  gint64     until = G_MAXINT64;

  switch (kobra_plan_next (self->plan, g_get_monotonic_time (), &batch, &until))
    {
    case KOBRA_STEP_SEND:
      self->wait_until = 0;
      kobra_driver_send_batch (self, &batch);
      schedule_report (self);
      return TRUE;
    case KOBRA_STEP_SIGN_IN:
      kobra_client_sign_in_async (self->client, self->cancellable, signed_in_cb, kobra_driver_ref (self));
      return FALSE;
    case KOBRA_STEP_WAIT:
      schedule_report (self);
      if (until <= g_get_monotonic_time ())
        return TRUE;
      wait_until (self, until);
      return FALSE;
    case KOBRA_STEP_PAUSED:
      self->wait_until = 0;
      return FALSE;
    case KOBRA_STEP_DONE:
    default:
      finish (self);
      return FALSE;
    }
}

static gboolean
pump_cb (gpointer data)
{
  KobraDriver *self = kobra_driver_ref (data);

  clear_source (&self->pump);
  if (take_step (self))
    schedule_pump (self);
  kobra_driver_unref (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_pump (KobraDriver *self)
{
  if (self->pump != NULL || self->closed || self->finished || self->started == 0)
    return;
  self->pump = g_idle_source_new ();
  g_source_set_priority (self->pump, G_PRIORITY_DEFAULT);
  attach (self, self->pump, pump_cb);
}

KobraDriver *
kobra_driver_new (KobraClient           *client,
                  KobraKind              kind,
                  KobraImportType        type,
                  const KobraDriverSink *sink,
                  gpointer               data)
{
  KobraConnection *connection;
  KobraDriver     *self;

  g_return_val_if_fail (KOBRA_IS_CLIENT (client) && sink->get_record != NULL, NULL);

  connection = kobra_client_get_connection (client);
  self = g_new0 (KobraDriver, 1);
  self->n_refs = 1;
  self->client = g_object_ref (client);
  self->kind = kind;
  self->type = type;
  self->sink = *sink;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
  if (!kobra_connection_is_practice (connection))
    {
      self->network = g_object_ref (g_network_monitor_get_default ());
      self->network_id = g_signal_connect (self->network, "network-changed", G_CALLBACK (network_changed_cb), self);
    }
  self->settings = kobra_plan_default_settings;
  self->settings.batch_size = kobra_connection_get_batch_size (connection);
  self->settings.max_in_flight = kobra_connection_get_max_in_flight (connection);
  self->settings.signed_in = !kobra_client_needs_sign_in (client);
  if (kobra_connection_get_sign_in (connection) == KOBRA_SIGN_IN_PASSWORD)
    self->settings.expires = get_expiry (self);
  return self;
}

void
kobra_driver_set_waits (KobraDriver *self,
                        gint64       first,
                        gint64       longest)
{
  g_return_if_fail (self->plan == NULL && first > 0 && longest >= first);

  self->settings.backoff_base = first;
  self->settings.backoff_max = longest;
}

void
kobra_driver_free (KobraDriver *self)
{
  g_return_if_fail (!self->closed);

  self->closed = TRUE;
  clear_source (&self->pump);
  clear_source (&self->alarm);
  clear_source (&self->reporter);
  g_clear_signal_handler (&self->network_id, self->network);
  g_cancellable_cancel (self->cancellable);
  kobra_driver_unref (self);
}

void
kobra_driver_add (KobraDriver *self,
                  guint32      id,
                  guint64      key_hash,
                  gboolean     travelled)
{
  g_return_if_fail (!self->finished);

  ensure_plan (self);
  kobra_plan_add (self->plan, id, key_hash, travelled);
  schedule_pump (self);
}

void
kobra_driver_start (KobraDriver *self)
{
  g_return_if_fail (self->started == 0);

  ensure_plan (self);
  self->started = g_get_monotonic_time ();
  kobra_rate_init (&self->rate, self->started, 0);
  schedule_pump (self);
}

void
kobra_driver_pause (KobraDriver *self)
{
  ensure_plan (self);
  kobra_plan_pause (self->plan, KOBRA_PAUSE_ASKED, NULL);
  report_pause (self);
}

void
kobra_driver_resume (KobraDriver *self)
{
  ensure_plan (self);
  kobra_plan_resume (self->plan);
  kobra_driver_go_on (self);
}

void
kobra_driver_cancel (KobraDriver *self)
{
  const char      *reason;
  g_autofree char *message = NULL;

  ensure_plan (self);
  /* A run that stood still is stopped because of what it stood still for. */
  if (kobra_plan_get_pause (self->plan, &reason) != KOBRA_PAUSE_NONE && reason != NULL)
    message = g_strdup_printf (_("The run was stopped before this record was done: %s"), reason);
  kobra_plan_cancel (self->plan, message != NULL ? message : _("The run was stopped before this record was done."));
  g_cancellable_cancel (self->cancellable);
  kobra_driver_go_on (self);
}

void
kobra_driver_get_progress (KobraDriver   *self,
                           KobraProgress *progress)
{
  KobraPlanCounts counts;
  guint           n_settled;

  ensure_plan (self);
  kobra_plan_get_counts (self->plan, &counts);
  n_settled = counts.accepted + counts.rejected + counts.not_sent + counts.unknown;
  *progress = (KobraProgress) {
    .total = counts.total,
    .accepted = counts.accepted,
    .rejected = counts.rejected,
    .unknown = counts.unknown,
    .not_sent = counts.not_sent,
    .in_flight = counts.in_flight,
    .window = counts.window,
    .batch_size = counts.batch_size,
    .n_requests = counts.n_requests,
    .started = self->started,
    .rate = self->started != 0 ? kobra_rate_add (&self->rate, g_get_monotonic_time (), n_settled) : 0,
    .wait_until = self->wait_until,
  };
}

KobraPause
kobra_driver_get_pause (KobraDriver *self,
                        const char **message)
{
  ensure_plan (self);
  return kobra_plan_get_pause (self->plan, message);
}
