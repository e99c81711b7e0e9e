/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How fast something goes of late: over the last one to two spans of 5 seconds, so that it follows without jumping. */
typedef struct
{
  struct
  {
    gint64 time;
    guint  count;
  } older, newer;
} KobraRate;

void   kobra_rate_init (KobraRate *self,
                        gint64     now,
                        guint      count);

/* @count is the total so far; returns how much it grows in a second. Times in microseconds. */
double kobra_rate_add  (KobraRate *self,
                        gint64     now,
                        guint      count);

G_END_DECLS
