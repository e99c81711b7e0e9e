/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the plan share: kobra-plan.c (what to send next), kobra-plan-ended.c (what an outcome means), kobra-plan-split.c
 * (which record of a refused batch it was), kobra-plan-control.c (sign-ins and the person) and kobra-plan-job.c. */

#include "kobra-backlog.h"
#include "kobra-hint.h"
#include "kobra-pace.h"
#include "kobra-plan.h"

G_BEGIN_DECLS

/* All that came of one refused batch; tells in the end whether the batch's size may have been the fault. */
typedef struct
{
  guint    n_jobs;
  guint    largest; /* records in the largest part that was accepted */
  gboolean blamed;  /* a record was refused, left out or left unknown: its size was not the fault */
} KobraFamily;

typedef struct _KobraJob KobraJob;

/* Records that travel together: a request once it is in flight. */
struct _KobraJob
{
  guint        request;    /* the latest that it was; 0: none yet */
  guint32     *places;     /* in the backlog */
  guint32     *ids;        /* while in flight */
  guint        n;
  gsize        bytes;      /* of its body; 0: not known */
  guint        attempts;   /* without an answer */
  guint        n_puts_off; /* by a server that had no time */
  guint        token;      /* the number of the token it went with */
  guint        n_tokens;   /* new ones that were got because of it */
  gint64       launched;
  gint64       not_before;
  guint        n_accepted; /* by the whole run when these records were put together */
  gboolean     is_named;   /* one record that the server's words named … */
  KobraHint    hint;       /* … by this way of counting, or none */
  gboolean     no_hints;   /* the words have misled us once … */
  int          hole;       /* … and this is where the record they named stood; -1: not among these */
  int          named_in_rest; /* this record is a probe, and that one of the rest is the one they named; -1: it is not */
  KobraJob    *rest;       /* goes when this one is answered */
  KobraFamily *family;     /* or NULL */
  GList        link;       /* in the plan's pending or in_flight */
};

/* A token is renewed this long before it lapses, in microseconds. */
#define KOBRA_TOKEN_MARGIN (30 * (gint64) G_USEC_PER_SEC)

typedef enum
{
  KOBRA_TOKEN_GOOD,
  KOBRA_TOKEN_NEEDED,
  KOBRA_TOKEN_ASKED
} KobraTokenState;

struct _KobraPlan
{
  KobraPlanSettings settings;
  KobraClock        dice;
  KobraPlanSink     sink;
  gpointer          data;

  KobraBacklog      backlog;
  KobraPace         pace;
  GQueue            pending;   /* of jobs, the next one first */
  GQueue            in_flight; /* of jobs */
  guint             n_results[KOBRA_N_RESULTS];
  guint             n_settled;
  guint             last_request;
  guint             n_requests; /* without those that were not sent after all */
  GArray           *scratch; /* IDs on their way to the sink */

  gint64            not_before; /* nothing goes out until then */
  gint64            offline_until; /* nor until then, but a network that comes back ends this */
  gboolean          was_reached;     /* by anything, once */
  guint             n_offline;       /* times in a row that no connection came about */
  guint             offline_request; /* up to this request they are counted */
  guint             n_silent;        /* times in a row that no answer came */
  guint             silent_request;  /* the same */

  KobraTokenState   token_state;
  guint             token;         /* the number of the token at hand */
  gint64            token_expires; /* or -1 */
  guint             n_new_tokens;  /* that were got because one was refused, with nothing answered since */
  guint             n_failed_sign_ins;

  guint             last_refusal;   /* hash of the words to the last record refused alone */
  guint             n_same_refusal; /* times in a row, while nothing was accepted */
  guint             first_number[KOBRA_N_HINTS]; /* the number of a request's first record, by each way of counting */
  gboolean          in_doubt;       /* only records that the words named were refused: is it them or all? */
  guint             known_refusal;  /* the person said to go on in spite of it; 0: none */

  KobraPause        pause;
  char             *pause_message;
  gboolean          cancelled;
  char             *cancel_message;
  guint             cancel_cursor;
};

/* kobra-plan-job.c */

/* Takes @places. */
KobraJob *kobra_job_new             (guint32 *places,
                                     guint    n) G_GNUC_WARN_UNUSED_RESULT;

/* The job is over; its rest, if any, goes as it is. */
void      kobra_plan_drop_job       (KobraPlan *self,
                                     KobraJob  *job);

/* @job goes before all that is pending; after a cancel it is dropped. */
void      kobra_plan_push_job       (KobraPlan *self,
                                     KobraJob  *job);

/* A new job of the records of @job from @at on, which are taken from it; of the same family and history. */
KobraJob *kobra_plan_cut_job        (KobraPlan *self,
                                     KobraJob  *job,
                                     guint      at) G_GNUC_WARN_UNUSED_RESULT;

/* Takes @job from those in flight; its records are no longer. */
void      kobra_plan_land_job       (KobraPlan *self,
                                     KobraJob  *job);

/* Drops all that is pending. */
void      kobra_plan_drop_pending   (KobraPlan *self);

/* kobra-plan.c */

/* NULL if no such request is under way. */
KobraJob *kobra_plan_find_in_flight (KobraPlan *self,
                                     guint      request);

void      kobra_plan_settle         (KobraPlan     *self,
                                     const guint32 *places,
                                     guint          n,
                                     KobraResult    result,
                                     const char    *type,
                                     const char    *message);

/* For records that are given up: UNKNOWN if KOBRA_MARK_TRAVELLED, else NOT_SENT. */
void      kobra_plan_settle_unsent  (KobraPlan     *self,
                                     const guint32 *places,
                                     guint          n,
                                     const char    *message);

/* A wait before attempt @n, from 1: exponential, with full jitter. */
gint64    kobra_plan_roll_wait      (KobraPlan *self,
                                     guint      n);

/* kobra-plan-control.c */

/* How often in a row no connection may come about before the run pauses. */
guint     kobra_plan_get_max_offline (KobraPlan *self);

/* kobra-plan-split.c */

/* @job was refused: pushes what finds the record, the one the words name or else a half first. */
void      kobra_plan_isolate        (KobraPlan  *self,
                                     KobraJob   *job,
                                     const char *message);

/* @job as two halves that both go. */
void      kobra_plan_halve          (KobraPlan *self,
                                     KobraJob  *job);

/* What waited for @job goes. @is_clean: @job was accepted, so the refused record is in what waited. */
void      kobra_plan_release_rest   (KobraPlan *self,
                                     KobraJob  *job,
                                     gboolean   is_clean);

/* A number for the words to the record at @place, equal if they differ in nothing but the record's key and digits; never 0. */
guint     kobra_plan_hash_refusal   (KobraPlan  *self,
                                     guint32     place,
                                     const char *type,
                                     const char *message);

G_END_DECLS
