/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-rate.h"

#include "kobra-banned.h"

#define SPAN (5 * G_USEC_PER_SEC)

void
kobra_rate_init (KobraRate *self,
                 gint64     now,
                 guint      count)
{
  self->older.time = self->newer.time = now;
  self->older.count = self->newer.count = count;
}

double
kobra_rate_add (KobraRate *self,
                gint64     now,
                guint      count)
{
  gint64 elapsed;

  if (now - self->newer.time >= SPAN)
    {
      self->older = self->newer;
      self->newer.time = now;
      self->newer.count = count;
    }
  elapsed = now - self->older.time;
  return elapsed > 0 ? (double) (count - self->older.count) * G_USEC_PER_SEC / (double) elapsed : 0;
}
