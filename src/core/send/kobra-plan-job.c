/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-plan-private.h"

#include <string.h>

#include "kobra-banned.h"

static void
leave_family (KobraPlan *self,
              KobraJob  *job)
{
  KobraFamily *family = g_steal_pointer (&job->family);

  if (family == NULL || --family->n_jobs > 0)
    return;
  if (!family->blamed && family->largest > 0)
    kobra_pace_too_many (&self->pace, family->largest);
  g_free (family);
}

static void
free_job (KobraJob *job)
{
  g_free (job->places);
  g_free (job->ids);
  g_free (job);
}

KobraJob *
kobra_job_new (guint32 *places,
               guint    n)
{
  KobraJob *job = g_new0 (KobraJob, 1);

  job->places = places;
  job->n = n;
  job->hole = -1;
  job->named_in_rest = -1;
  job->link.data = job;
  return job;
}

void
kobra_plan_drop_job (KobraPlan *self,
                     KobraJob  *job)
{
  if (job->rest != NULL)
    kobra_plan_push_job (self, g_steal_pointer (&job->rest));
  leave_family (self, job);
  free_job (job);
}

void
kobra_plan_push_job (KobraPlan *self,
                     KobraJob  *job)
{
  if (self->cancelled)
    kobra_plan_drop_job (self, job);
  else
    g_queue_push_head_link (&self->pending, &job->link);
}

KobraJob *
kobra_plan_cut_job (KobraPlan *self,
                    KobraJob  *job,
                    guint      at)
{
  guint     n = job->n - at;
  KobraJob *other = kobra_job_new (g_memdup2 (job->places + at, n * sizeof (guint32)), n);

  job->n = at;
  job->bytes = 0;
  job->n_accepted = other->n_accepted = self->n_results[KOBRA_RESULT_ACCEPTED];
  other->attempts = job->attempts;
  other->not_before = job->not_before;
  other->no_hints = job->no_hints;
  other->family = job->family;
  if (other->family != NULL)
    other->family->n_jobs++;
  return other;
}

void
kobra_plan_land_job (KobraPlan *self,
                     KobraJob  *job)
{
  for (guint i = 0; i < job->n; i++)
    kobra_backlog_set (&self->backlog, job->places[i], KOBRA_MARK_IN_FLIGHT, FALSE);
  g_queue_unlink (&self->in_flight, &job->link);
  g_clear_pointer (&job->ids, g_free);
}

void
kobra_plan_drop_pending (KobraPlan *self)
{
  while (!g_queue_is_empty (&self->pending))
    kobra_plan_drop_job (self, g_queue_pop_head_link (&self->pending)->data);
}
