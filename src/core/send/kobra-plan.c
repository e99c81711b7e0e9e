/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-plan-private.h"

#include "kobra-banned.h"

/* Records that are settled in one kobra_plan_next() after a cancel, so that a million of them don't stop the window. */
#define CANCEL_SLICE 4096

#define SECOND ((gint64) G_USEC_PER_SEC)

const KobraPlanSettings kobra_plan_default_settings = {
  .batch_size = 200,
  .max_in_flight = 4,
  .max_bytes = 4 * 1024 * 1024,
  .max_attempts = 5,
  .backoff_base = SECOND,
  .backoff_max = 60 * SECOND,
  .max_wait = 60 * 60 * SECOND,
  .signed_in = TRUE,
  .expires = -1,
};

KobraJob *
kobra_plan_find_in_flight (KobraPlan *self,
                           guint      request)
{
  for (GList *l = self->in_flight.head; l != NULL; l = l->next)
    if (((KobraJob *) l->data)->request == request)
      return l->data;
  return NULL;
}

/* The first pending job that need not wait; the earliest time at which a waiting one may go is put into @until, and how many wait into
 * @n_waiting. */
static KobraJob *
find_ready (KobraPlan *self,
            gint64     now,
            gint64    *until,
            guint     *n_waiting)
{
  KobraJob *ready = NULL;

  *until = G_MAXINT64;
  *n_waiting = 0;
  for (GList *l = self->pending.head; l != NULL; l = l->next)
    {
      KobraJob *job = l->data;

      if (job->not_before > now)
        {
          *until = MIN (*until, job->not_before);
          (*n_waiting)++;
        }
      else if (ready == NULL)
        ready = job;
    }
  return ready;
}

/* Whether more may be sent while @n_waiting jobs wait to be tried again: a few, to see whether the server takes others, once it has
 * taken anything; not ever more, in case it does not. */
static gboolean
may_begin (KobraPlan *self,
           guint      n_waiting)
{
  return n_waiting == 0 || (n_waiting <= self->pace.window && self->n_results[KOBRA_RESULT_ACCEPTED] > 0);
}

/* NULL if no record is left that may travel now. */
static KobraJob *
take_fresh (KobraPlan *self)
{
  guint               max = self->pace.batch;
  g_autofree guint32 *places = g_new (guint32, max);
  guint               n = kobra_backlog_take (&self->backlog, max, places);
  KobraJob           *job;

  if (n == 0)
    return NULL;
  job = kobra_job_new (g_steal_pointer (&places), n);
  job->n_accepted = self->n_results[KOBRA_RESULT_ACCEPTED];
  return job;
}

static KobraJob *
take_pending (KobraPlan *self,
              KobraJob  *job)
{
  g_queue_unlink (&self->pending, &job->link);
  if (job->n > self->pace.max_batch)
    {
      kobra_plan_release_rest (self, job, FALSE);
      kobra_plan_push_job (self, kobra_plan_cut_job (self, job, self->pace.max_batch));
    }
  return job;
}

static void
fill_batch (KobraPlan  *self,
            KobraJob   *job,
            KobraBatch *batch)
{
  *batch = (KobraBatch) {
    .request = job->request,
    .ids = job->ids,
    .n = job->n,
    .max_bytes = self->pace.max_bytes,
  };
}

static void
launch (KobraPlan  *self,
        KobraJob   *job,
        gint64      now,
        KobraBatch *batch)
{
  job->launched = now;
  job->request = ++self->last_request;
  self->n_requests++;
  job->token = self->token;
  job->ids = g_new (guint32, job->n);
  for (guint i = 0; i < job->n; i++)
    {
      job->ids[i] = kobra_backlog_get_id (&self->backlog, job->places[i]);
      kobra_backlog_set (&self->backlog, job->places[i], KOBRA_MARK_IN_FLIGHT, TRUE);
    }
  g_queue_push_tail_link (&self->in_flight, &job->link);
  fill_batch (self, job, batch);
}

/* Settles the next part of what a cancel leaves; FALSE when there is no more of it. */
static gboolean
settle_cancelled (KobraPlan *self)
{
  guint               n_records = kobra_backlog_get_n (&self->backlog);
  g_autofree guint32 *places = g_new (guint32, CANCEL_SLICE);
  guint               n = 0;

  for (; n < CANCEL_SLICE && self->cancel_cursor < n_records; self->cancel_cursor++)
    if (!kobra_backlog_has (&self->backlog, self->cancel_cursor, KOBRA_MARK_SETTLED) &&
        !kobra_backlog_has (&self->backlog, self->cancel_cursor, KOBRA_MARK_IN_FLIGHT))
      places[n++] = self->cancel_cursor;
  kobra_plan_settle_unsent (self, places, n, self->cancel_message);
  return self->cancel_cursor < n_records;
}

static KobraStep
step_after_cancel (KobraPlan *self,
                   gint64     now,
                   gint64    *until)
{
  *until = settle_cancelled (self) ? now : G_MAXINT64;
  return self->n_settled == kobra_backlog_get_n (&self->backlog) ? KOBRA_STEP_DONE : KOBRA_STEP_WAIT;
}

/* What stands before any request: a token. Returns FALSE if there is one. */
static gboolean
step_to_token (KobraPlan *self,
               gint64     now,
               gint64    *until,
               KobraStep *step)
{
  if (self->token_state == KOBRA_TOKEN_GOOD && self->token_expires >= 0 && now >= self->token_expires - KOBRA_TOKEN_MARGIN)
    self->token_state = KOBRA_TOKEN_NEEDED;
  if (self->token_state == KOBRA_TOKEN_GOOD)
    return FALSE;

  *step = KOBRA_STEP_WAIT;
  *until = G_MAXINT64;
  if (self->token_state == KOBRA_TOKEN_NEEDED)
    {
      self->token_state = KOBRA_TOKEN_ASKED;
      *step = KOBRA_STEP_SIGN_IN;
    }
  return TRUE;
}

void
kobra_plan_settle (KobraPlan     *self,
                   const guint32 *places,
                   guint          n,
                   KobraResult    result,
                   const char    *type,
                   const char    *message)
{
  g_array_set_size (self->scratch, 0);
  for (guint i = 0; i < n; i++)
    {
      guint32 id = kobra_backlog_get_id (&self->backlog, places[i]);

      kobra_backlog_settle (&self->backlog, places[i]);
      g_array_append_val (self->scratch, id);
    }
  self->n_settled += n;
  self->n_results[result] += n;
  if (n > 0 && self->sink.settled != NULL)
    self->sink.settled ((const guint32 *) (gpointer) self->scratch->data, n, result, type, message, self->data);
}

void
kobra_plan_settle_unsent (KobraPlan     *self,
                          const guint32 *places,
                          guint          n,
                          const char    *message)
{
  g_autofree guint32 *travelled = g_new (guint32, n);
  g_autofree guint32 *others = g_new (guint32, n);
  guint               n_travelled = 0;

  for (guint i = 0; i < n; i++)
    if (kobra_backlog_has (&self->backlog, places[i], KOBRA_MARK_TRAVELLED))
      travelled[n_travelled++] = places[i];
    else
      others[i - n_travelled] = places[i];
  kobra_plan_settle (self, others, n - n_travelled, KOBRA_RESULT_NOT_SENT, NULL, message);
  kobra_plan_settle (self, travelled, n_travelled, KOBRA_RESULT_UNKNOWN, NULL, message);
}

gint64
kobra_plan_roll_wait (KobraPlan *self,
                      guint      n)
{
  gint64 most = self->settings.backoff_max;

  if (n <= 32 && self->settings.backoff_base < most >> (n - 1))
    most = self->settings.backoff_base << (n - 1);
  return (gint64) self->dice.roll (self->dice.data, (guint32) (most / 1000) + 1) * 1000;
}

KobraPlan *
kobra_plan_new (const KobraPlanSettings *settings,
                const KobraClock        *dice,
                const KobraPlanSink     *sink,
                gpointer                 data)
{
  KobraPlan *self = g_new0 (KobraPlan, 1);

  self->settings = *settings;
  self->settings.max_attempts = MAX (settings->max_attempts, 1);
  self->dice = *dice;
  self->sink = *sink;
  self->data = data;
  self->scratch = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->token_state = settings->signed_in ? KOBRA_TOKEN_GOOD : KOBRA_TOKEN_NEEDED;
  self->token_expires = settings->expires;
  self->first_number[KOBRA_HINT_ORDINAL] = 1;
  kobra_backlog_init (&self->backlog);
  kobra_pace_init (&self->pace, settings->max_in_flight, settings->batch_size, settings->max_bytes);
  g_queue_init (&self->pending);
  g_queue_init (&self->in_flight);
  return self;
}

void
kobra_plan_free (KobraPlan *self)
{
  self->cancelled = TRUE;
  kobra_plan_drop_pending (self);
  while (!g_queue_is_empty (&self->in_flight))
    kobra_plan_drop_job (self, g_queue_pop_head_link (&self->in_flight)->data);
  kobra_backlog_clear (&self->backlog);
  g_array_unref (self->scratch);
  g_free (self->pause_message);
  g_free (self->cancel_message);
  g_free (self);
}

void
kobra_plan_add (KobraPlan *self,
                guint32    id,
                guint64    key_hash,
                gboolean   travelled)
{
  kobra_backlog_add (&self->backlog, id, key_hash);
  if (travelled)
    kobra_backlog_set (&self->backlog, kobra_backlog_get_n (&self->backlog) - 1, KOBRA_MARK_TRAVELLED, TRUE);
}

guint64
kobra_plan_hash_key (const char *key)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325); /* FNV-1a */

  if (*key == '\0')
    return 0;
  for (const char *p = key; *p != '\0'; p++)
    hash = (hash ^ (guchar) *p) * G_GUINT64_CONSTANT (0x100000001b3);
  return MAX (hash, 1);
}

KobraStep
kobra_plan_next (KobraPlan  *self,
                 gint64      now,
                 KobraBatch *batch,
                 gint64     *until)
{
  KobraStep step;
  KobraJob *job;
  guint     n_waiting;

  if (self->n_settled == kobra_backlog_get_n (&self->backlog))
    return KOBRA_STEP_DONE;
  if (self->cancelled)
    return step_after_cancel (self, now, until);
  if (self->pause != KOBRA_PAUSE_NONE)
    return KOBRA_STEP_PAUSED;
  if (now < MAX (self->not_before, self->offline_until))
    {
      *until = MAX (self->not_before, self->offline_until);
      return KOBRA_STEP_WAIT;
    }
  if (step_to_token (self, now, until, &step))
    return step;

  job = find_ready (self, now, until, &n_waiting);
  if (self->in_flight.length >= self->pace.window || (job == NULL && !may_begin (self, n_waiting)))
    return KOBRA_STEP_WAIT;
  job = job != NULL ? take_pending (self, job) : take_fresh (self);
  if (job == NULL)
    return KOBRA_STEP_WAIT;
  launch (self, job, now, batch);
  return KOBRA_STEP_SEND;
}

void
kobra_plan_leave_out (KobraPlan        *self,
                      const KobraBatch *batch,
                      guint             position,
                      const char       *message)
{
  KobraJob *job = kobra_plan_find_in_flight (self, batch->request);

  g_return_if_fail (job != NULL && position < job->n);

  if (job->family != NULL)
    job->family->blamed = TRUE;
  kobra_backlog_set (&self->backlog, job->places[position], KOBRA_MARK_IN_FLIGHT, FALSE);
  kobra_plan_settle_unsent (self, &job->places[position], 1, message);
}

gboolean
kobra_plan_written (KobraPlan  *self,
                    KobraBatch *batch,
                    guint       n_taken,
                    gsize       bytes)
{
  KobraJob *job = kobra_plan_find_in_flight (self, batch->request);
  guint     n = 0;

  g_return_val_if_fail (job != NULL && n_taken <= job->n, FALSE);

  if (n_taken < job->n)
    {
      KobraJob *later = kobra_plan_cut_job (self, job, n_taken);

      for (guint i = 0; i < later->n; i++)
        kobra_backlog_set (&self->backlog, later->places[i], KOBRA_MARK_IN_FLIGHT, FALSE);
      kobra_plan_release_rest (self, job, FALSE);
      kobra_plan_push_job (self, later);
    }
  for (guint i = 0; i < job->n; i++)
    if (!kobra_backlog_has (&self->backlog, job->places[i], KOBRA_MARK_SETTLED))
      {
        job->places[n] = job->places[i];
        job->ids[n++] = job->ids[i];
      }
  job->n = n;
  job->bytes = bytes;
  fill_batch (self, job, batch);
  if (n > 0)
    return TRUE;
  self->n_requests--;
  kobra_plan_land_job (self, job);
  kobra_plan_drop_job (self, job);
  return FALSE;
}

void
kobra_plan_withdraw (KobraPlan *self,
                     guint      request)
{
  KobraJob *job = kobra_plan_find_in_flight (self, request);

  g_return_if_fail (job != NULL);

  self->n_requests--;
  kobra_plan_land_job (self, job);
  if (self->cancelled)
    kobra_plan_settle_unsent (self, job->places, job->n, self->cancel_message);
  kobra_plan_push_job (self, job);
}

KobraPause
kobra_plan_get_pause (KobraPlan   *self,
                      const char **message)
{
  if (message != NULL)
    *message = self->pause != KOBRA_PAUSE_NONE ? self->pause_message : NULL;
  return self->pause;
}

void
kobra_plan_get_counts (KobraPlan       *self,
                       KobraPlanCounts *counts)
{
  *counts = (KobraPlanCounts) {
    .total = kobra_backlog_get_n (&self->backlog),
    .accepted = self->n_results[KOBRA_RESULT_ACCEPTED],
    .rejected = self->n_results[KOBRA_RESULT_REJECTED],
    .not_sent = self->n_results[KOBRA_RESULT_NOT_SENT],
    .unknown = self->n_results[KOBRA_RESULT_UNKNOWN],
    .n_requests = self->n_requests,
    .in_flight = self->in_flight.length,
    .batch_size = self->pace.batch,
    .window = self->pace.window,
  };
}

gsize
kobra_plan_get_size (KobraPlan *self)
{
  gsize size = sizeof *self + kobra_backlog_get_size (&self->backlog);

  for (GList *l = self->pending.head; l != NULL; l = l->next)
    size += sizeof (KobraJob) + ((KobraJob *) l->data)->n * sizeof (guint32);
  return size;
}
