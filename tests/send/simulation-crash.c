/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal of a simulated run, by the rules of the real one: lines are written in their order, what is about to leave is there before it
 * leaves, and what was told of results may not be there yet when the program is killed. */
#include "simulation-private.h"

static void
write_results (World *self,
               guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      Record *record = &self->records[self->unwritten[i]];

      record->written = record->result;
      record->may_have_left = record->result == KOBRA_RESULT_UNKNOWN;
    }
}

void
world_write_down (World         *self,
                  const guint32 *ids,
                  guint          n)
{
  write_results (self, self->n_unwritten);
  self->n_unwritten = 0;
  for (guint i = 0; i < n; i++)
    {
      self->records[ids[i]].written = KOBRA_RESULT_NONE;
      self->records[ids[i]].may_have_left = TRUE;
    }
}

static gboolean
is_answer (KobraResult result)
{
  return result == KOBRA_RESULT_ACCEPTED || result == KOBRA_RESULT_REJECTED;
}

void
world_crash (World *self)
{
  self->n_crashes++;
  world_note (self, self->n_crashes);
  write_results (self, world_roll (self, self->n_unwritten + 1));
  self->n_unwritten = 0;

  kobra_plan_free (self->plan);
  for (guint i = 0; i < self->n_flights; i++)
    {
      kobra_reply_clear (&self->flights[i].reply);
      g_free (self->flights[i].ids);
    }
  self->n_flights = 0;
  self->n_settled = 0;
  for (guint i = 0; i < self->n; i++)
    {
      Record *record = &self->records[i];

      record->in_flight = FALSE;
      record->result = is_answer (record->written) ? record->written : KOBRA_RESULT_NONE;
      self->n_settled += record->result != KOBRA_RESULT_NONE;
    }
  self->signs_in_at = -1;
  self->quiet_until = 0;
  self->cancelled = FALSE;
  world_make_plan (self);
}
