/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does not come from a request: sign-ins, and the person who pauses, goes on and stops. */
#include "kobra-plan-private.h"

#include "kobra-banned.h"

/* A token that says that it lives for less than this: our clock or the server's is wrong, and we wait until it is refused. */
#define TOKEN_MIN_LIFE (2 * KOBRA_TOKEN_MARGIN)

/* A server that was never reached is more likely a wrong address, or this computer is offline: soon told, not long tried. */
#define ATTEMPTS_TO_REACH 2

static void
trust_expiry (KobraPlan *self,
              gint64     expires,
              gint64     now)
{
  self->token_expires = expires >= 0 && expires - now >= TOKEN_MIN_LIFE ? expires : -1;
}

guint
kobra_plan_get_max_offline (KobraPlan *self)
{
  return self->was_reached ? self->settings.max_attempts : MIN (self->settings.max_attempts, ATTEMPTS_TO_REACH);
}

void
kobra_plan_signed_in (KobraPlan   *self,
                      KobraOutcome outcome,
                      const char  *message,
                      gint64       expires,
                      gint64       now)
{
  if (self->token_state != KOBRA_TOKEN_ASKED)
    return;
  if (outcome == KOBRA_OUTCOME_ACCEPTED)
    {
      self->token_state = KOBRA_TOKEN_GOOD;
      self->token++;
      self->n_failed_sign_ins = 0;
      self->was_reached = TRUE;
      trust_expiry (self, expires, now);
      return;
    }
  self->token_state = KOBRA_TOKEN_NEEDED;
  self->was_reached = self->was_reached || outcome != KOBRA_OUTCOME_OFFLINE;
  switch (outcome)
    {
    case KOBRA_OUTCOME_OFFLINE:
    case KOBRA_OUTCOME_UNKNOWN:
    case KOBRA_OUTCOME_SLOW_DOWN:
      if (++self->n_failed_sign_ins < kobra_plan_get_max_offline (self))
        {
          gint64 *wait = outcome == KOBRA_OUTCOME_OFFLINE ? &self->offline_until : &self->not_before;

          *wait = MAX (*wait, now + kobra_plan_roll_wait (self, self->n_failed_sign_ins));
        }
      else
        kobra_plan_pause (self, outcome == KOBRA_OUTCOME_OFFLINE ? KOBRA_PAUSE_OFFLINE : KOBRA_PAUSE_NO_ANSWER, message);
      break;
    case KOBRA_OUTCOME_REFUSED:
      kobra_plan_pause (self, KOBRA_PAUSE_REFUSED, message);
      break;
    case KOBRA_OUTCOME_REJECTED:
    case KOBRA_OUTCOME_TOO_BIG:
    case KOBRA_OUTCOME_SIGN_IN:
    case KOBRA_OUTCOME_ACCEPTED:
    case KOBRA_N_OUTCOMES:
    default:
      kobra_plan_pause (self, KOBRA_PAUSE_SIGN_IN, message);
    }
}

void
kobra_plan_pause (KobraPlan  *self,
                  KobraPause  reason,
                  const char *message)
{
  if (self->cancelled || (self->pause != KOBRA_PAUSE_NONE && self->pause != KOBRA_PAUSE_ASKED) || self->pause == reason)
    return;
  self->pause = reason;
  g_set_str (&self->pause_message, message);
}

static void
refresh_job (gpointer data,
             gpointer unused)
{
  KobraJob *job = data;

  job->attempts = job->n_puts_off = job->n_tokens = 0;
  job->not_before = 0;
}

/* Ends a pause, with fresh attempts. */
static void
go_on (KobraPlan *self)
{
  if (self->pause == KOBRA_PAUSE_SYSTEMIC)
    self->known_refusal = self->last_refusal;
  if (self->pause == KOBRA_PAUSE_SIGN_IN)
    self->token_state = KOBRA_TOKEN_NEEDED;
  self->pause = KOBRA_PAUSE_NONE;
  g_clear_pointer (&self->pause_message, g_free);
  g_queue_foreach (&self->pending, refresh_job, NULL);
  self->offline_until = 0;
  self->n_offline = self->n_silent = self->n_new_tokens = self->n_failed_sign_ins = 0;
}

void
kobra_plan_resume (KobraPlan *self)
{
  if (self->pause == KOBRA_PAUSE_NONE)
    return;
  go_on (self);
  /* The person takes it upon themselves. */
  self->not_before = 0;
}

void
kobra_plan_network_is_back (KobraPlan *self)
{
  self->offline_until = 0;
  self->n_offline = 0;
  if (self->pause == KOBRA_PAUSE_OFFLINE)
    go_on (self);
}

void
kobra_plan_cancel (KobraPlan  *self,
                   const char *message)
{
  if (self->cancelled)
    return;
  self->cancelled = TRUE;
  self->cancel_message = g_strdup (message);
  self->pause = KOBRA_PAUSE_NONE;
  kobra_plan_drop_pending (self);
}
