/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A world with a server of its own rules, a network and a person, made by a seed. simulation.c is the client's side of it and what must
 * hold, simulation-server.c the server and the way there. */

#include "kobra-plan.h"
#include "simulation.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MAX_RECORDS 400
#define MAX_FLIGHTS 16
#define MAX_LATE 8
#define NOBODY G_MAXUINT32

/* Steps after which a run that does not end counts as one that never will. */
#define MAX_STEPS 200000

/* The person goes on this often, then stops the run. */
#define MAX_RESUMES 60

typedef struct
{
  guint       key;       /* 0: none */
  gboolean    bad;       /* the server refuses it */
  gboolean    poison;    /* the server fails at it */
  gboolean    in_flight;
  gboolean    travelled; /* with a request that was not turned away at the door */
  gboolean    alone;     /* refused alone */
  gboolean    applied;   /* by the server, once */
  gboolean    may_have_left; /* by what is in the journal for good … */
  KobraResult written;       /* … and so is this */
  guint32     before;    /* the record of the same key before it, or NOBODY */
  KobraResult result;
} Record;

typedef struct
{
  guint        request;
  guint32     *ids;
  guint        n;
  gint64       ends;
  KobraReply   reply;
} Flight;

/* A copy of a request that somebody on the way delivers later. */
typedef struct
{
  guint32 *ids;
  guint    n;
  gint64   arrives;
} Late;

/* Chances are out of 1000, for each request. */
typedef struct
{
  guint lose_before, lose_after, garbage, fail, busy, offline, lapse, forbid, stray, slow, copy;
} Chances;

typedef struct
{
  guint64    seed;
  guint64    state; /* of the dice */
  guint64    digest;
  gint64     now;
  KobraPlan *plan;

  Record     records[MAX_RECORDS];
  guint      n;
  guint32    held[MAX_RECORDS + 1]; /* by key: the record whose values the server has, or NOBODY */

  /* The server */
  gboolean   is_calm; /* refuses bad records, and nothing else ever happens */
  Chances    chances;
  guint      limit_413, limit_400; /* records in a request; 0: none */
  guint      bytes_413;
  gboolean   applies_in_part;
  guint      hints;  /* 0 none, 1 right, 2 wrong, 3 either, 4 a position from 1, 5 a position from 0 */
  gboolean   says_in_200;
  guint      token;  /* the good one */
  guint      token_uses, n_token_uses; /* it is good for so many requests; 0: for any */
  Late       late[MAX_LATE];
  guint      n_late;
  gint64     latency;

  /* The client's side */
  guint      client_token;
  Flight     flights[MAX_FLIGHTS];
  guint      n_flights;
  gint64     signs_in_at; /* -1: not asked */
  gint64     quiet_until; /* nothing may be sent before */
  guint      max_in_flight, batch_size;
  guint      n_requests, n_settled, n_resumes;
  gboolean   cancelled, cancels, pauses, shares_keys;

  /* The journal, and what is killed before it is written */
  guint32    unwritten[MAX_RECORDS]; /* records whose results are on their way there */
  guint      n_unwritten;
  guint      n_crashes, max_crashes;
  guint      n_added;           /* to the present plan */
  guint      n_requests_before; /* it */
} World;

/* The one source of all that is not determined. */
guint32  world_roll   (World  *self,
                       guint32 sides);
gboolean world_chance (World *self,
                       guint  in_1000);

/* Makes @what a part of the digest of the run. */
void     world_note   (World  *self,
                       guint64 what);

#define check(self, what) \
  G_STMT_START { if (!(what)) world_fail (self, #what, __FILE__, __LINE__); } G_STMT_END

G_NORETURN void world_fail (World      *self,
                            const char *what,
                            const char *file,
                            int         line);

/* All that can happen to a request on its way there and back. */
void     world_carry  (World  *self,
                       Flight *flight);

/* Delayed copies that are due by @now arrive. */
void     world_deliver_late (World *self,
                             gint64 now);

/* simulation-crash.c */

/* All results so far are in the journal for good; and that these records are about to leave. */
void     world_write_down   (World         *self,
                             const guint32 *ids,
                             guint          n);

/* The program is killed: what the journal has is all that is left, and the run goes on from it. */
void     world_crash        (World *self);

/* simulation.c: a plan of what the journal has no answer to. */
void     world_make_plan    (World *self);
