/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the end of a request means for its records and for the run: one function for each outcome. */
#include "kobra-plan-private.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* The same words to this many records one after the other, with none accepted, are not about the records. */
#define MAX_SAME_REFUSALS 3

/* A request is put off this often before the run pauses. */
#define MAX_PUTS_OFF 10

/* A batch without an answer goes once more as it is; then, if the server takes others meanwhile, in halves … */
#define ATTEMPTS_WHOLE 2

/* … and if it takes nothing, in halves once, after this many: is it something in this batch that silences it? */
#define ATTEMPTS_WHOLE_IN_SILENCE 3

/* A record that makes the server fail, in its own words, this often while it takes others is refused. */
#define MAX_FAILURES 3

/* A request may cost this many new tokens. */
#define MAX_TOKENS 3

/* The run pauses when nothing was answered for this many times as long as one request is tried. */
#define SILENCE_FACTOR 3

#define STATUS_SERVER_ERROR 500

static void
settle_job (KobraPlan        *self,
            KobraJob         *job,
            KobraResult       result,
            const KobraReply *reply)
{
  if (job->family != NULL && result != KOBRA_RESULT_ACCEPTED)
    job->family->blamed = TRUE;
  if (result == KOBRA_RESULT_ACCEPTED)
    kobra_plan_settle (self, job->places, job->n, result, NULL, NULL);
  else
    kobra_plan_settle (self, job->places, job->n, result, reply->type, reply->message);
  kobra_plan_drop_job (self, job);
}

static void
pause_with_words (KobraPlan        *self,
                  KobraPause        reason,
                  const KobraReply *reply)
{
  kobra_plan_pause (self, reason, reply->message);
}

/* Records refused alone, all in the same words and none accepted: wrong branch, no permission. But records that the words named are
 * picked, and may be all that is wrong: one that was not named must be among them. */
static void
watch_for_systemic (KobraPlan        *self,
                    gboolean          was_named,
                    guint             hash,
                    const KobraReply *reply)
{
  g_autofree char *message = NULL;

  self->n_same_refusal = hash == self->last_refusal ? self->n_same_refusal + 1 : 1;
  self->last_refusal = hash;
  self->in_doubt = was_named && self->n_same_refusal >= MAX_SAME_REFUSALS - 1 && hash != self->known_refusal;
  if (was_named || self->n_same_refusal < MAX_SAME_REFUSALS || self->n_results[KOBRA_RESULT_ACCEPTED] > 0 || hash == self->known_refusal)
    return;
  message = g_strdup_printf (_("The server has refused every record so far in the same words: “%s” So the fault is hardly in the records. Check the connection, the kind of import and what the user is allowed to do, then go on."), reply->message);
  kobra_plan_pause (self, KOBRA_PAUSE_SYSTEMIC, message);
}

static void
accepted (KobraPlan        *self,
          KobraJob         *job,
          const KobraReply *reply,
          gint64            now)
{
  kobra_pace_good (&self->pace, job->n, now - job->launched);
  if (job->family != NULL)
    job->family->largest = MAX (job->family->largest, job->n);
  kobra_plan_release_rest (self, job, TRUE);
  settle_job (self, job, KOBRA_RESULT_ACCEPTED, reply);
}

static void
refuse_record (KobraPlan        *self,
               KobraJob         *job,
               const KobraReply *reply)
{
  guint    hash = kobra_plan_hash_refusal (self, job->places[0], reply->type, reply->message);
  gboolean was_named = job->is_named;

  kobra_plan_release_rest (self, job, FALSE);
  settle_job (self, job, KOBRA_RESULT_REJECTED, reply);
  watch_for_systemic (self, was_named, hash, reply);
}

static void
rejected (KobraPlan        *self,
          KobraJob         *job,
          const KobraReply *reply,
          gint64            now)
{
  if (job->n == 1)
    {
      refuse_record (self, job, reply);
      return;
    }
  if (job->family == NULL && job->n >= self->pace.batch)
    {
      job->family = g_new0 (KobraFamily, 1);
      job->family->n_jobs = 1;
    }
  kobra_plan_release_rest (self, job, FALSE);
  job->attempts = 0;
  kobra_plan_isolate (self, job, reply->message);
}

static void
too_big (KobraPlan        *self,
         KobraJob         *job,
         const KobraReply *reply,
         gint64            now)
{
  if (job->n == 1)
    {
      refuse_record (self, job, reply);
      return;
    }
  kobra_pace_too_big (&self->pace, job->n, job->bytes);
  kobra_plan_release_rest (self, job, FALSE);
  kobra_plan_halve (self, job);
}

static void
slow_down (KobraPlan        *self,
           KobraJob         *job,
           const KobraReply *reply,
           gint64            now)
{
  gint64 wait = reply->retry_after_us;

  kobra_pace_trouble (&self->pace, job->request, self->last_request, FALSE);
  job->n_puts_off++;
  if (wait < 0)
    wait = kobra_plan_roll_wait (self, job->n_puts_off);
  self->not_before = MAX (self->not_before, now + wait);
  if (job->n_puts_off >= MAX_PUTS_OFF || wait > self->settings.max_wait)
    pause_with_words (self, KOBRA_PAUSE_SLOW_DOWN, reply);
  kobra_plan_push_job (self, job);
}

/* One new token for all requests that were under way with the old one. A new one that is refused as well is no better. */
static void
sign_in (KobraPlan        *self,
         KobraJob         *job,
         const KobraReply *reply,
         gint64            now)
{
  if (job->token == self->token && self->token_state == KOBRA_TOKEN_GOOD)
    {
      if (self->n_new_tokens > 0 || job->n_tokens >= MAX_TOKENS)
        pause_with_words (self, KOBRA_PAUSE_SIGN_IN, reply);
      self->n_new_tokens++;
      job->n_tokens++;
      self->token_state = KOBRA_TOKEN_NEEDED;
    }
  kobra_plan_push_job (self, job);
}

static void
refused (KobraPlan        *self,
         KobraJob         *job,
         const KobraReply *reply,
         gint64            now)
{
  pause_with_words (self, KOBRA_PAUSE_REFUSED, reply);
  kobra_plan_push_job (self, job);
}

static void
offline (KobraPlan        *self,
         KobraJob         *job,
         const KobraReply *reply,
         gint64            now)
{
  if (job->request > self->offline_request)
    {
      /* Requests begun before this one failed say the same thing once more. */
      self->offline_request = self->last_request;
      if (++self->n_offline >= kobra_plan_get_max_offline (self))
        pause_with_words (self, KOBRA_PAUSE_OFFLINE, reply);
      else
        self->offline_until = MAX (self->offline_until, now + kobra_plan_roll_wait (self, self->n_offline));
    }
  kobra_plan_push_job (self, job);
}

static void
give_up (KobraPlan        *self,
         KobraJob         *job,
         const KobraReply *reply,
         gboolean          others_pass)
{
  settle_job (self, job, KOBRA_RESULT_UNKNOWN, reply);
  if (!others_pass)
    pause_with_words (self, KOBRA_PAUSE_NO_ANSWER, reply);
}

/* While a batch is taken apart its parts may each be tried: not for ever, if nothing is answered any more. */
static void
watch_silence (KobraPlan        *self,
               KobraJob         *job,
               const KobraReply *reply)
{
  if (job->request <= self->silent_request)
    return;
  self->silent_request = self->last_request;
  if (++self->n_silent >= self->settings.max_attempts * SILENCE_FACTOR)
    pause_with_words (self, KOBRA_PAUSE_NO_ANSWER, reply);
}

static void
unknown (KobraPlan        *self,
         KobraJob         *job,
         const KobraReply *reply,
         gint64            now)
{
  gboolean others_pass = self->n_results[KOBRA_RESULT_ACCEPTED] > job->n_accepted;
  gboolean in_words = reply->has_envelope && reply->status >= STATUS_SERVER_ERROR;
  gboolean is_last;

  kobra_pace_trouble (&self->pace, job->request, self->last_request, TRUE);
  watch_silence (self, job, reply);
  job->attempts++;
  is_last = job->attempts >= self->settings.max_attempts;
  if (job->n == 1 && in_words && others_pass && job->attempts >= MIN (MAX_FAILURES, self->settings.max_attempts))
    {
      refuse_record (self, job, reply);
      return;
    }
  job->not_before = now + kobra_plan_roll_wait (self, job->attempts);
  if (job->n > 1 && (others_pass ? job->attempts >= ATTEMPTS_WHOLE : job->attempts == ATTEMPTS_WHOLE_IN_SILENCE && !is_last))
    {
      if (others_pass)
        job->attempts = 0;
      kobra_plan_release_rest (self, job, FALSE);
      kobra_plan_halve (self, job);
    }
  else if (is_last)
    give_up (self, job, reply, others_pass);
  else
    kobra_plan_push_job (self, job);
}

static void (*const outcomes[KOBRA_N_OUTCOMES]) (KobraPlan *self, KobraJob *job, const KobraReply *reply, gint64 now) = {
  [KOBRA_OUTCOME_UNKNOWN] = unknown,
  [KOBRA_OUTCOME_ACCEPTED] = accepted,
  [KOBRA_OUTCOME_REJECTED] = rejected,
  [KOBRA_OUTCOME_TOO_BIG] = too_big,
  [KOBRA_OUTCOME_SLOW_DOWN] = slow_down,
  [KOBRA_OUTCOME_SIGN_IN] = sign_in,
  [KOBRA_OUTCOME_REFUSED] = refused,
  [KOBRA_OUTCOME_OFFLINE] = offline,
};

/* After a cancel only an answer counts; nothing goes again. */
static void
end_cancelled (KobraPlan        *self,
               KobraJob         *job,
               const KobraReply *reply)
{
  if (reply->outcome == KOBRA_OUTCOME_ACCEPTED)
    settle_job (self, job, KOBRA_RESULT_ACCEPTED, reply);
  else if (job->n == 1 && (reply->outcome == KOBRA_OUTCOME_REJECTED || reply->outcome == KOBRA_OUTCOME_TOO_BIG))
    settle_job (self, job, KOBRA_RESULT_REJECTED, reply);
  else
    {
      kobra_plan_settle_unsent (self, job->places, job->n, self->cancel_message);
      kobra_plan_drop_job (self, job);
    }
}

void
kobra_plan_ended (KobraPlan        *self,
                  guint             request,
                  const KobraReply *reply,
                  gint64            now)
{
  KobraJob *job = kobra_plan_find_in_flight (self, request);

  g_return_if_fail (job != NULL && reply->outcome < KOBRA_N_OUTCOMES);

  kobra_plan_land_job (self, job);
  if (kobra_reply_may_have_been_taken (reply))
    for (guint i = 0; i < job->n; i++)
      kobra_backlog_set (&self->backlog, job->places[i], KOBRA_MARK_TRAVELLED, TRUE);
  if (reply->outcome != KOBRA_OUTCOME_OFFLINE)
    {
      self->n_offline = 0;
      self->was_reached = TRUE;
    }
  if (reply->outcome == KOBRA_OUTCOME_ACCEPTED || reply->outcome == KOBRA_OUTCOME_REJECTED)
    self->n_new_tokens = self->n_silent = 0;

  if (self->cancelled)
    end_cancelled (self, job, reply);
  else
    outcomes[reply->outcome](self, job, reply, now);
}
