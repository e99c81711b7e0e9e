/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulation-private.h"

#include <math.h>

guint32
world_roll (World  *self,
            guint32 sides)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)); /* splitmix64 */

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint32) ((z ^ (z >> 31)) >> 32) % sides;
}

gboolean
world_chance (World *self,
              guint  in_1000)
{
  return world_roll (self, 1000) < in_1000;
}

void
world_note (World  *self,
            guint64 what)
{
  self->digest = (self->digest ^ what) * G_GUINT64_CONSTANT (0x100000001b3);
}

void
world_fail (World      *self,
            const char *what,
            const char *file,
            int         line)
{
  g_printerr ("seed %" G_GUINT64_FORMAT ": %s:%d: not so: %s\nTo see it again: test-simulate --only %" G_GUINT64_FORMAT "\n", self->seed, file, line, what, self->seed);
  abort ();
}

/* The plan's side */

static guint32
roll_cb (gpointer data,
         guint32  sides)
{
  return world_roll (data, sides);
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
      self->unwritten[self->n_unwritten++] = ids[i];
      world_note (self, ids[i] * 8 + result);
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
  if (self->bytes_413 != 0 && n_taken > 3 && world_chance (self, 200))
    n_taken -= 1 + world_roll (self, 2);
  if (!self->is_calm && world_chance (self, 20))
    kobra_plan_leave_out (self->plan, batch, world_roll (self, n_taken), "deleted");
  if (!kobra_plan_written (self->plan, batch, n_taken, n_taken * 100))
    return;
  world_write_down (self, batch->ids, batch->n);
  if (!self->is_calm && world_chance (self, 10))
    {
      kobra_plan_withdraw (self->plan, batch->request);
      return;
    }

  *flight = (Flight) { .request = batch->request, .n = batch->n };
  flight->ids = g_memdup2 (batch->ids, batch->n * sizeof (guint32));
  flight->ends = self->now + self->latency / 2 + world_roll (self, (guint32) self->latency);
  kobra_reply_init (&flight->reply);
  for (guint i = 0; i < flight->n; i++)
    self->records[flight->ids[i]].in_flight = TRUE;
  world_note (self, (guint64) self->now);
  world_note (self, batch->n);
  self->n_requests++;
  self->n_flights++;
  world_carry (self, flight);
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
  world_note (self, flight.request * 16 + flight.reply.outcome);
  kobra_plan_ended (self->plan, flight.request, &flight.reply, self->now);
  kobra_reply_clear (&flight.reply);
  g_free (flight.ids);
}

static void
sign_in (World *self)
{
  self->now = MAX (self->now, self->signs_in_at);
  self->signs_in_at = -1;
  if (world_chance (self, self->chances.offline))
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
  if (self->n_flights > 0 && world_chance (self, 800))
    {
      land (self);
      return;
    }
  if (++self->n_resumes > MAX_RESUMES)
    {
      stop (self);
      return;
    }
  self->now += world_roll (self, 100) * SECOND;
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

      if (self->cancels && !self->cancelled && world_chance (self, 10))
        stop (self);
      if (self->pauses && world_chance (self, 10))
        kobra_plan_pause (self->plan, KOBRA_PAUSE_ASKED, NULL);
      if (!self->is_calm && world_chance (self, 5))
        kobra_plan_network_is_back (self->plan);
      if (self->n_crashes < self->max_crashes && !self->shares_keys && world_chance (self, 20))
        world_crash (self);
      world_deliver_late (self, self->now);
      step = kobra_plan_next (self->plan, self->now, &batch, &until);
      world_note (self, step);
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
  guint n_keys = world_chance (self, 300) ? 1 + world_roll (self, self->n) : 0; /* some records share one */
  guint bad = world_chance (self, 200) ? 0 : world_chance (self, 100) ? 1000 : world_roll (self, 150);
  guint poison = !self->is_calm && world_chance (self, 100) ? world_roll (self, 30) : 0;

  self->shares_keys = n_keys > 0;
  for (guint key = 0; key <= MAX_RECORDS; key++)
    self->held[key] = NOBODY;
  for (guint i = 0; i < self->n; i++)
    {
      Record *record = &self->records[i];

      record->key = n_keys > 0 ? 1 + world_roll (self, n_keys) : i + 1;
      record->bad = world_chance (self, bad);
      record->poison = world_chance (self, poison);
      record->before = self->held[record->key];
      self->held[record->key] = i;
    }
  for (guint key = 0; key <= MAX_RECORDS; key++)
    self->held[key] = NOBODY;
}

static guint
maybe (World *self,
       guint  in_1000,
       guint  at_most)
{
  return world_chance (self, in_1000) ? 1 + world_roll (self, at_most) : 0;
}

static void
make_server (World *self)
{
  self->is_calm = world_chance (self, 250);
  self->latency = 1 + world_roll (self, 1000000);
  self->hints = world_roll (self, 6);
  self->says_in_200 = world_chance (self, 300);
  self->applies_in_part = world_chance (self, 400);
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
    .stray = maybe (self, 100, 50),
    .slow = maybe (self, 100, 300),
    .copy = maybe (self, 200, 200),
  };
  self->token_uses = maybe (self, 100, 6);
  self->max_crashes = maybe (self, 250, 3);
  self->cancels = world_chance (self, 100);
  self->pauses = world_chance (self, 100);
}

void
world_make_plan (World *self)
{
  static const KobraPlanSink sink = { .settled = settled_cb, .get_key = get_key_cb };
  const KobraClock           dice = { .now = now_cb, .roll = roll_cb, .data = self };
  KobraPlanSettings          settings = kobra_plan_default_settings;

  self->batch_size = settings.batch_size = 1 + world_roll (self, world_chance (self, 500) ? 20 : 200);
  self->max_in_flight = settings.max_in_flight = 1 + world_roll (self, MAX_FLIGHTS);
  settings.max_attempts = 1 + world_roll (self, 6);
  settings.signed_in = world_chance (self, 500);
  self->plan = kobra_plan_new (&settings, &dice, &sink, self);
  self->n_added = 0;
  self->n_requests_before = self->n_requests;
  for (guint i = 0; i < self->n; i++)
    if (self->records[i].result == KOBRA_RESULT_NONE)
      {
        kobra_plan_add (self->plan, i, self->records[i].key, self->records[i].may_have_left);
        self->n_added++;
      }
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
  check (self, counts.accepted + counts.rejected + counts.not_sent + counts.unknown == counts.total && counts.total == self->n_added);
  check (self, counts.n_requests == self->n_requests - self->n_requests_before && counts.in_flight == 0);

  /* Whatever happens, a record costs so many requests at most on the average. */
  check (self, self->n_requests <= 100 * (1 + self->n_crashes) + 40 * self->n * (1 + self->n_crashes));
}

guint64
kobra_simulate (guint64 seed)
{
  g_autofree World *self = g_new0 (World, 1);

  self->seed = self->state = seed;
  self->digest = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  self->now = 1000 * SECOND;
  self->signs_in_at = -1;
  self->n = 1 + world_roll (self, world_chance (self, 700) ? 60 : MAX_RECORDS);
  make_server (self);
  make_records (self);
  world_make_plan (self);
  run (self);
  world_deliver_late (self, G_MAXINT64);
  check_end (self);
  kobra_plan_free (self->plan);
  return self->digest;
}
