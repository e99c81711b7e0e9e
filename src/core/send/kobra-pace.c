/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-pace.h"

#include "kobra-banned.h"

/* Full batches that must go well before a bigger one is tried. Doubled whenever the bigger one turns out too much, so that a server with
 * a limit it does not tell costs ever fewer requests. */
#define PATIENCE_MIN 8
#define PATIENCE_MAX 4096

/* Good answers, for each request at a time, before one more at a time is tried where there was trouble. */
#define CALM_ROUNDS 4

/* Time-outs alone don't make batches smaller than this: a request has its price whatever is in it. */
#define SHORT_BATCH 25

/* One answer counts for so much of what is known of how long answers take. */
#define LATENCY_SHARE 8

/* With hardly a request under way an answer takes as long as the server now needs for it, however quick it was before: that is forgotten in
 * about so many answers. */
#define QUICK_MEMORY 64

/* A window that makes answers take twice as long is one in which requests wait for each other: it moves no more records. So long an answer
 * is nothing to mind, however quick others were. */
#define SLOW_FACTOR 2
#define NEVER_SLOW (50 * 1000)

/* Two keep a server at work that takes one request at a time, while the other is on its way. */
#define MIN_WINDOW 2

static void
note_latency (KobraPace *self,
              gint64     latency)
{
  latency = MAX (latency, 1);
  self->slow += self->slow > 0 ? (latency - self->slow) / LATENCY_SHARE : latency;
  if (self->quick == 0 || self->slow < self->quick)
    self->quick = self->slow;
  else if (self->window <= MIN_WINDOW)
    self->quick += (self->slow - self->quick) / QUICK_MEMORY;
}

static gboolean
is_slow (const KobraPace *self)
{
  return self->slow > NEVER_SLOW && self->slow > SLOW_FACTOR * self->quick;
}

/* Batches of another size take another time. */
static void
forget_latency (KobraPace *self)
{
  self->slow = self->quick = 0;
}

/* A quarter fewer at a time, and only slowly more again. */
static void
ease (KobraPace *self)
{
  self->window = MAX (self->window - MAX (self->window / 4, 1), MIN_WINDOW);
  self->calm_window = self->window;
  self->n_good = 0;
}

void
kobra_pace_init (KobraPace *self,
                 guint      max_window,
                 guint      max_batch,
                 gsize      max_bytes)
{
  *self = (KobraPace) {
    .max_window = MAX (max_window, 1),
    .max_batch = MAX (max_batch, 1),
    .max_bytes = MAX (max_bytes, 1),
    .window = 1,
    .calm_window = MAX (max_window, 1),
    .batch = MAX (max_batch, 1),
    .patience = PATIENCE_MIN,
  };
}

void
kobra_pace_good (KobraPace *self,
                 guint      n,
                 gint64     latency)
{
  self->n_good++;
  if (n * 2 >= self->batch)
    note_latency (self, latency);
  if (is_slow (self))
    {
      if (self->window > MIN_WINDOW && self->n_good >= self->window)
        ease (self);
    }
  else if (self->window < self->max_window && (self->window < self->calm_window || self->n_good >= CALM_ROUNDS * self->window))
    {
      self->window++;
      self->n_good = 0;
    }

  if (n >= self->batch)
    self->n_full++;
  if (self->batch < self->max_batch && self->n_full >= self->patience)
    {
      self->batch = self->batch <= self->max_batch / 2 ? self->batch * 2 : self->max_batch;
      self->n_full = 0;
      forget_latency (self);
    }
}

void
kobra_pace_trouble (KobraPace *self,
                    guint      request,
                    guint      last,
                    gboolean   shorter)
{
  if (request <= self->last_shrink)
    return;
  self->last_shrink = last;
  self->window = MAX (self->window / 2, 1);
  self->calm_window = self->window;
  self->n_good = 0;
  if (shorter && self->batch > SHORT_BATCH)
    self->batch = MAX (self->batch / 2, SHORT_BATCH);
  self->n_full = 0;
  forget_latency (self);
}

void
kobra_pace_too_big (KobraPace *self,
                    guint      n,
                    gsize      bytes)
{
  self->max_batch = CLAMP (n / 2, 1, self->max_batch);
  self->batch = MIN (self->batch, self->max_batch);
  /* A little over half: half of the records may be longer than the other half, and one left over would go alone. */
  if (bytes > 0)
    self->max_bytes = CLAMP (bytes / 8 * 5, 1, self->max_bytes);
  self->n_full = 0;
  forget_latency (self);
}

void
kobra_pace_too_many (KobraPace *self,
                     guint      n)
{
  self->batch = CLAMP (n, MAX (self->batch / 2, 1), self->batch);
  self->patience = MIN (self->patience * 2, PATIENCE_MAX);
  self->n_full = 0;
  forget_latency (self);
}
