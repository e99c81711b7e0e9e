/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulation.h"

#include <math.h>
#include <string.h>

#include "kobra-plan.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MAX_RECORDS 400
#define MAX_FLIGHTS 16
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
  gboolean    travelled;
  gboolean    alone;     /* refused alone */
  gboolean    applied;   /* by the server, once */
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

/* Chances are out of 1000, for each request. */
typedef struct
{
  guint lose_before, lose_after, garbage, fail, busy, offline, lapse, forbid;
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
  guint      hints;  /* 0 none, 1 right, 2 wrong, 3 either */
  gboolean   says_in_200;
  guint      token;  /* the good one */
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
} World;

static guint32
roll (World  *self,
      guint32 sides)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)); /* splitmix64 */

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint32) ((z ^ (z >> 31)) >> 32) % sides;
}

static gboolean
chance (World *self,
        guint  in_1000)
{
  return roll (self, 1000) < in_1000;
}

static void
note (World  *self,
      guint64 what)
{
  self->digest = (self->digest ^ what) * G_GUINT64_CONSTANT (0x100000001b3);
}

#define check(self, what) \
  G_STMT_START { if (!(what)) fail (self, #what, __LINE__); } G_STMT_END

G_NORETURN static void
fail (World      *self,
      const char *what,
      int         line)
{
  g_printerr ("seed %" G_GUINT64_FORMAT ": not so at line %d: %s\nTo see it again: test-simulate --only %" G_GUINT64_FORMAT "\n", self->seed, line, what, self->seed);
  abort ();
}

/* The plan's side */

static guint32
roll_cb (gpointer data,
         guint32  sides)
{
  return roll (data, sides);
}

static gint64
now_cb (gpointer data)
{
  return ((World *) data)->now;
}

static void
settled_cb (const guint32 *ids,
            guint          n,
            KobraResult    result,
            const char    *type,
            const char    *message,
            gpointer       data)
{
  World *self = data;

  check (self, kobra_result_is_final (result) && n > 0);
  check (self, result == KOBRA_RESULT_ACCEPTED || message != NULL);
  for (guint i = 0; i < n; i++)
    {
      Record *record = &self->records[ids[i]];

      check (self, record->result == KOBRA_RESULT_NONE);
      check (self, !record->in_flight);
      check (self, result != KOBRA_RESULT_ACCEPTED || record->applied);
      check (self, result != KOBRA_RESULT_REJECTED || record->alone);
      check (self, result != KOBRA_RESULT_NOT_SENT || !record->travelled);
      record->result = result;
      self->n_settled++;
      note (self, ids[i] * 8 + result);
    }
}

static const char *
get_key_cb (guint32  id,
            gpointer data)
{
  static char key[16];

  g_snprintf (key, sizeof key, "K-%u", id);
  return key;
}

/* The server */

static void
apply (World  *self,
       guint32 id)
{
  Record *record = &self->records[id];

  record->applied = TRUE;
  if (record->key != 0)
    self->held[record->key] = id;
}

static void
say (Flight     *flight,
     guint       status,
     const char *retry_after,
     const char *body)
{
  kobra_reply_read (&flight->reply, status, NULL, retry_after, body, strlen (body), 0);
}

static void
refuse (World  *self,
        Flight *flight,
        guint   status,
        guint32 culprit)
{
  g_autofree char *body = NULL;
  guint            named = culprit;

  if (self->hints == 0 || (self->hints == 3 && chance (self, 500)))
    named = NOBODY;
  else if (self->hints == 2)
    named = roll (self, self->n);
  if (flight->n == 1)
    self->records[flight->ids[0]].alone = TRUE;
  if (named == NOBODY)
    body = g_strdup_printf ("{\"error\":{\"type\":\"t\",\"message\":\"rechazado %c\"}}", 'a' + (char) (culprit % 20));
  else
    body = g_strdup_printf ("{\"error\":{\"type\":\"t\",\"message\":\"el registro 'K-%u' no vale %c\"}}", named, 'a' + (char) (culprit % 20));
  say (flight, status, NULL, body);
}

/* What the server makes of a request that it reads. */
static void
serve (World  *self,
       Flight *flight)
{
  guint32 culprit = NOBODY;
  guint   n_applied = flight->n;

  if (self->limit_413 != 0 && flight->n > self->limit_413)
    {
      say (flight, 413, NULL, "");
      return;
    }
  for (guint i = 0; i < flight->n; i++)
    {
      const Record *record = &self->records[flight->ids[i]];

      if (record->poison)
        {
          if (flight->n == 1)
            self->records[flight->ids[0]].alone = TRUE;
          say (flight, 500, NULL, "{\"error\":{\"type\":\"t\",\"message\":\"fallo interno\"}}");
          return;
        }
      if (record->bad && culprit == NOBODY)
        culprit = flight->ids[i];
    }
  if (culprit == NOBODY && self->limit_400 != 0 && flight->n > self->limit_400)
    culprit = flight->ids[0];
  if (culprit != NOBODY)
    n_applied = self->applies_in_part ? roll (self, flight->n) : 0;
  for (guint i = 0; i < n_applied; i++)
    if (!self->records[flight->ids[i]].bad)
      apply (self, flight->ids[i]);
  if (culprit == NOBODY)
    say (flight, 200, NULL, "{\"data\":null,\"error\":{}}");
  else
    refuse (self, flight, self->says_in_200 ? 200 : 400, culprit);
}

/* All that can happen to a request on its way there and back. */
static void
carry (World  *self,
       Flight *flight)
{
  const Chances *chances = &self->chances;

  if (chance (self, chances->offline))
    {
      kobra_reply_set (&flight->reply, KOBRA_OUTCOME_OFFLINE, "no route");
      return;
    }
  for (guint i = 0; i < flight->n; i++)
    self->records[flight->ids[i]].travelled = TRUE;
  if (chance (self, chances->lapse))
    self->token++;
  if (chance (self, chances->lose_before))
    kobra_reply_set (&flight->reply, KOBRA_OUTCOME_UNKNOWN, "lost");
  else if (self->client_token != self->token || chance (self, chances->forbid))
    say (flight, 401, NULL, "");
  else if (chance (self, chances->busy))
    say (flight, chance (self, 500) ? 429 : 503, chance (self, 500) ? "7" : NULL, "");
  else if (chance (self, chances->fail))
    say (flight, 500, NULL, "oops");
  else
    {
      serve (self, flight);
      if (chance (self, chances->lose_after))
        kobra_reply_set (&flight->reply, KOBRA_OUTCOME_UNKNOWN, "lost");
      else if (chance (self, chances->garbage))
        say (flight, 200, NULL, "{\"data\":nul");
    }
}

/* The driver's side */

static void
check_batch (World            *self,
             const KobraBatch *batch)
{
  check (self, batch->n > 0 && batch->n <= self->batch_size);
  check (self, self->n_flights < self->max_in_flight);
  check (self, self->now >= self->quiet_until);
  check (self, self->signs_in_at < 0);
  check (self, !self->cancelled);
  for (guint i = 0; i < batch->n; i++)
    {
      Record *record = &self->records[batch->ids[i]];

      check (self, record->result == KOBRA_RESULT_NONE && !record->in_flight);
      check (self, record->before == NOBODY || self->records[record->before].result != KOBRA_RESULT_NONE);
    }
}

static void
launch (World      *self,
        KobraBatch *batch)
{
  Flight *flight = &self->flights[self->n_flights];
  guint   n_taken = batch->n;

  check_batch (self, batch);
  if (self->bytes_413 != 0 && n_taken > 3 && chance (self, 200))
    n_taken -= 1 + roll (self, 2);
  if (!self->is_calm && chance (self, 20))
    kobra_plan_leave_out (self->plan, batch, roll (self, n_taken), "deleted");
  if (!kobra_plan_written (self->plan, batch, n_taken, n_taken * 100))
    return;
  if (!self->is_calm && chance (self, 10))
    {
      kobra_plan_withdraw (self->plan, batch->request);
      return;
    }

  *flight = (Flight) { .request = batch->request, .n = batch->n };
  flight->ids = g_memdup2 (batch->ids, batch->n * sizeof (guint32));
  flight->ends = self->now + self->latency / 2 + roll (self, (guint32) self->latency);
  kobra_reply_init (&flight->reply);
  for (guint i = 0; i < flight->n; i++)
    self->records[flight->ids[i]].in_flight = TRUE;
  note (self, (guint64) self->now);
  note (self, batch->n);
  self->n_requests++;
  self->n_flights++;
  carry (self, flight);
}

static guint
find_first_to_end (World *self)
{
  guint first = 0;

  for (guint i = 1; i < self->n_flights; i++)
    if (self->flights[i].ends < self->flights[first].ends)
      first = i;
  return first;
}

static void
land (World *self)
{
  guint  i = find_first_to_end (self);
  Flight flight = self->flights[i];

  self->flights[i] = self->flights[--self->n_flights];
  self->now = MAX (self->now, flight.ends);
  for (guint k = 0; k < flight.n; k++)
    self->records[flight.ids[k]].in_flight = FALSE;
  if (flight.reply.outcome == KOBRA_OUTCOME_SLOW_DOWN && flight.reply.retry_after_us > 0)
    self->quiet_until = MAX (self->quiet_until, self->now + flight.reply.retry_after_us);
  note (self, flight.request * 16 + flight.reply.outcome);
  kobra_plan_ended (self->plan, flight.request, &flight.reply, self->now);
  kobra_reply_clear (&flight.reply);
  g_free (flight.ids);
}

static void
sign_in (World *self)
{
  self->now = MAX (self->now, self->signs_in_at);
  self->signs_in_at = -1;
  if (chance (self, self->chances.offline))
    {
      kobra_plan_signed_in (self->plan, KOBRA_OUTCOME_OFFLINE, "no route", -1, self->now);
      return;
    }
  self->client_token = self->token;
  kobra_plan_signed_in (self->plan, KOBRA_OUTCOME_ACCEPTED, NULL, self->now + 300 * SECOND, self->now);
}

/* Goes to whatever comes first: the end of a request or of a sign-in, or @until. Returns FALSE if nothing ever comes. */
static gboolean
pass_time (World *self,
           gint64 until)
{
  gint64 lands = self->n_flights > 0 ? self->flights[find_first_to_end (self)].ends : G_MAXINT64;
  gint64 signs_in = self->signs_in_at >= 0 ? self->signs_in_at : G_MAXINT64;

  if (MIN (lands, MIN (signs_in, until)) == G_MAXINT64)
    return FALSE;
  if (lands <= signs_in && lands <= until)
    land (self);
  else if (signs_in <= until)
    sign_in (self);
  else
    self->now = MAX (self->now, until);
  return TRUE;
}

static void
stop (World *self)
{
  self->cancelled = TRUE;
  kobra_plan_cancel (self->plan, "stopped");
}

/* A pause that the plan has made, or the person. */
static void
rest (World *self)
{
  check (self, kobra_plan_get_pause (self->plan, NULL) != KOBRA_PAUSE_NONE);
  if (self->n_flights > 0 && chance (self, 800))
    {
      land (self);
      return;
    }
  if (++self->n_resumes > MAX_RESUMES)
    {
      stop (self);
      return;
    }
  self->now += roll (self, 100) * SECOND;
  self->quiet_until = 0; /* the person takes it upon themselves */
  kobra_plan_resume (self->plan);
}

static void
run (World *self)
{
  for (guint i = 0; i < MAX_STEPS; i++)
    {
      KobraBatch batch;
      gint64     until = G_MAXINT64;
      KobraStep  step;

      if (self->cancels && !self->cancelled && chance (self, 10))
        stop (self);
      if (self->pauses && chance (self, 10))
        kobra_plan_pause (self->plan, KOBRA_PAUSE_ASKED, NULL);
      step = kobra_plan_next (self->plan, self->now, &batch, &until);
      note (self, step);
      switch (step)
        {
        case KOBRA_STEP_SEND: launch (self, &batch); break;
        case KOBRA_STEP_SIGN_IN:
          check (self, self->signs_in_at < 0);
          self->signs_in_at = self->now + SECOND;
          break;
        case KOBRA_STEP_WAIT: check (self, pass_time (self, until)); break;
        case KOBRA_STEP_PAUSED: rest (self); break;
        case KOBRA_STEP_DONE: return;
        default: check (self, FALSE);
        }
    }
  check (self, !"it ends");
}

/* Before and after */

static void
make_records (World *self)
{
  guint n_keys = chance (self, 300) ? 1 + roll (self, self->n) : 0; /* some records share one */
  guint bad = chance (self, 200) ? 0 : chance (self, 100) ? 1000 : roll (self, 150);
  guint poison = !self->is_calm && chance (self, 100) ? roll (self, 30) : 0;

  self->shares_keys = n_keys > 0;
  for (guint key = 0; key <= MAX_RECORDS; key++)
    self->held[key] = NOBODY;
  for (guint i = 0; i < self->n; i++)
    {
      Record *record = &self->records[i];

      record->key = n_keys > 0 ? 1 + roll (self, n_keys) : i + 1;
      record->bad = chance (self, bad);
      record->poison = chance (self, poison);
      record->before = self->held[record->key];
      self->held[record->key] = i;
      kobra_plan_add (self->plan, i, record->key);
    }
  for (guint key = 0; key <= MAX_RECORDS; key++)
    self->held[key] = NOBODY;
}

static guint
maybe (World *self,
       guint  in_1000,
       guint  at_most)
{
  return chance (self, in_1000) ? 1 + roll (self, at_most) : 0;
}

static void
make_server (World *self)
{
  self->is_calm = chance (self, 250);
  self->latency = 1 + roll (self, 1000000);
  self->hints = roll (self, 4);
  self->says_in_200 = chance (self, 300);
  self->applies_in_part = chance (self, 400);
  if (self->is_calm)
    return;
  self->limit_413 = maybe (self, 150, 100);
  self->limit_400 = maybe (self, 100, 100);
  self->bytes_413 = maybe (self, 100, 1);
  self->chances = (Chances) {
    .lose_before = maybe (self, 400, 300),
    .lose_after = maybe (self, 400, 300),
    .garbage = maybe (self, 200, 200),
    .fail = maybe (self, 200, 200),
    .busy = maybe (self, 200, 300),
    .offline = maybe (self, 200, 300),
    .lapse = maybe (self, 200, 100),
    .forbid = maybe (self, 100, 50),
  };
  self->cancels = chance (self, 100);
  self->pauses = chance (self, 100);
}

static void
make_plan (World *self)
{
  static const KobraPlanSink sink = { .settled = settled_cb, .get_key = get_key_cb };
  const KobraClock           dice = { .now = now_cb, .roll = roll_cb, .data = self };
  KobraPlanSettings          settings = kobra_plan_default_settings;

  self->batch_size = settings.batch_size = 1 + roll (self, chance (self, 500) ? 20 : 200);
  self->max_in_flight = settings.max_in_flight = 1 + roll (self, MAX_FLIGHTS);
  settings.max_attempts = 1 + roll (self, 6);
  settings.signed_in = chance (self, 500);
  self->plan = kobra_plan_new (&settings, &dice, &sink, self);
}

/* The server has, for each key, what the records say: the last accepted one, or a later one that may have been taken. */
static void
check_held (World *self,
            guint  key)
{
  guint32  held = self->held[key];
  gboolean may_be_nothing = TRUE;
  gboolean found = held == NOBODY;

  for (guint i = 0; i < self->n; i++)
    {
      const Record *record = &self->records[i];

      if (record->key != key || record->result == KOBRA_RESULT_NOT_SENT)
        continue;
      if (record->result == KOBRA_RESULT_ACCEPTED)
        {
          may_be_nothing = FALSE;
          found = FALSE;
        }
      found = found || held == i;
    }
  check (self, held == NOBODY ? may_be_nothing : found);
}

/* Where nothing but bad records happens every answer is exact, and finding them costs no more than the design says; a wrong hint may
 * cost one more for each. */
static void
check_calm (World *self)
{
  guint  n_bad = 0, n_batches = self->shares_keys ? self->n : (self->n + self->batch_size - 1) / self->batch_size;
  double most;

  for (guint i = 0; i < self->n; i++)
    {
      check (self, self->records[i].result == (self->records[i].bad ? KOBRA_RESULT_REJECTED : KOBRA_RESULT_ACCEPTED));
      n_bad += self->records[i].bad;
    }
  most = n_batches + n_bad * (1 + 2 * (1 + log2 (self->batch_size)));
  check (self, self->n_requests <= most);
}

static void
check_end (World *self)
{
  KobraPlanCounts counts;

  check (self, self->n_flights == 0 && self->n_settled == self->n);
  for (guint i = 0; i < self->n; i++)
    {
      const Record *record = &self->records[i];

      check (self, kobra_result_is_final (record->result));
      check (self, record->result != KOBRA_RESULT_ACCEPTED || !(record->bad || record->poison));
    }
  for (guint key = 1; key <= self->n; key++)
    check_held (self, key);
  if (self->is_calm)
    check_calm (self);
  kobra_plan_get_counts (self->plan, &counts);
  check (self, counts.accepted + counts.rejected + counts.not_sent + counts.unknown == counts.total && counts.total == self->n);
  check (self, counts.n_requests == self->n_requests && counts.in_flight == 0);

  /* Whatever happens, a record costs so many requests at most on the average. */
  check (self, self->n_requests <= 100 + 40 * self->n);
}

guint64
kobra_simulate (guint64 seed)
{
  g_autofree World *self = g_new0 (World, 1);

  self->seed = self->state = seed;
  self->digest = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  self->now = 1000 * SECOND;
  self->signs_in_at = -1;
  self->n = 1 + roll (self, chance (self, 700) ? 60 : MAX_RECORDS);
  make_server (self);
  make_plan (self);
  make_records (self);
  run (self);
  check_end (self);
  kobra_plan_free (self->plan);
  return self->digest;
}
