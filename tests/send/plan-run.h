/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The plan against a server that is a function: request by request, at a time and with dice of our own. */

#include "kobra-plan.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

typedef struct _Run Run;

typedef void (*Answer) (Run *run, const KobraBatch *batch, KobraReply *reply);

struct _Run
{
  KobraPlan   *plan;
  KobraClock   dice;
  GRand       *rand;
  gint64       now;
  Answer       answer;
  guint        n; /* records, whose IDs are 0 … n - 1 */
  KobraResult *results;
  gboolean    *bad;
  gboolean    *was_alone; /* refused alone */
  guint        n_requests;
  guint        n_sign_ins;
  guint        n_pauses;
  guint        limit;   /* of a batch, by the server */
  const char  *words;   /* of the server; "%s" is the key of the first bad record … */
  int          counts_from; /* … or its position in the request, the first being this; -1: the key */
  char        *named;   /* a key that is named whatever is wrong */
  char        *message; /* the latest of a settlement */
};

/* @n records, each with a key of its own; @adjust changes the plan's settings, or is NULL. */
Run       *run_new                 (guint  n,
                                    Answer answer,
                                    void (*adjust) (KobraPlanSettings *settings));
void       run_free                (Run *run);

/* One step: asks the plan, sends and answers at once. Turns the clock where the plan says to wait; resumes no pause. */
KobraStep  run_step                (Run *run);

/* Until it is done or paused. */
KobraStep  run_on                  (Run *run);

/* To the end, going on after each pause. */
void       run_through             (Run *run);

guint      run_count               (Run        *run,
                                    KobraResult result);
void       run_assert_true_results (Run *run);
const char *run_get_key            (guint32  id,
                                    gpointer data);

/* Answers */
void       run_say                 (KobraReply *reply,
                                    guint       status,
                                    const char *body);

/* Accepts a batch without a bad record, refuses others with the words of the run. */
void       run_answer_truly        (Run              *run,
                                    const KobraBatch *batch,
                                    KobraReply       *reply);

/* Several requests under way */
typedef struct
{
  KobraBatch batches[16];
  guint      n;
} Flights;

/* As many as the plan wants. */
void       run_launch_all          (Run     *run,
                                    Flights *flights);

/* @status 0: no answer. */
void       run_end_flight          (Run        *run,
                                    Flights    *flights,
                                    guint       i,
                                    guint       status,
                                    const char *retry_after);

/* Answers three requests, after which four may be under way at a time, and launches those. */
void       run_warm_up             (Run     *run,
                                    Flights *flights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)
