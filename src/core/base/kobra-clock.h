/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The clock and the dice, passed in so that whatever decides by them can be run by a test at any time and any throw. */
typedef struct
{
  gint64  (*now)  (gpointer data); /* microseconds, monotonic */
  guint32 (*roll) (gpointer data, guint32 sides); /* evenly 0 … @sides - 1; @sides is at least 1 */
  gpointer data;
} KobraClock;

/* The system's monotonic clock and GLib's random numbers. */
extern const KobraClock kobra_system_clock;

G_END_DECLS
