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
                 guint      n)
{
  self->n_good++;
  if (self->window < self->max_window && (self->window < self->calm_window || self->n_good >= CALM_ROUNDS * self->window))
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
}

void
kobra_pace_too_big (KobraPace *self,
                    guint      n,
                    gsize      bytes)
{
  self->max_batch = CLAMP (n / 2, 1, self->max_batch);
  self->batch = MIN (self->batch, self->max_batch);
  if (bytes > 0)
    self->max_bytes = CLAMP (bytes / 2, 1, self->max_bytes);
  self->n_full = 0;
}

void
kobra_pace_too_many (KobraPace *self,
                     guint      n)
{
  self->batch = CLAMP (n, MAX (self->batch / 2, 1), self->batch);
  self->patience = MIN (self->patience * 2, PATIENCE_MAX);
  self->n_full = 0;
}
