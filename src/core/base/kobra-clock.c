/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-clock.h"

#include "kobra-banned.h"

static gint64
now (gpointer data)
{
  return g_get_monotonic_time ();
}

static guint32
roll (gpointer data,
      guint32  sides)
{
  /* GLib wants a signed range; 2^31 - 1 sides are far more than a wait in milliseconds needs. */
  return (guint32) g_random_int_range (0, (gint32) CLAMP (sides, 1, G_MAXINT32));
}

const KobraClock kobra_system_clock = { .now = now, .roll = roll };
