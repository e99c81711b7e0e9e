/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a run is getting on. */
typedef struct
{
  guint    total; /* records */
  guint    accepted;
  guint    rejected;
  guint    unknown;
  guint    not_sent;
  guint    in_flight;  /* requests under way */
  guint    window;     /* that many at a time, now */
  guint    batch_size; /* records in a request, now */
  guint    n_requests; /* so far */
  gint64   started;    /* g_get_monotonic_time() */
  double   rate;       /* records settled a second, of late */
  gint64   wait_until; /* g_get_monotonic_time() until which nothing goes out, because the server or the network asks for it; else 0 */
} KobraProgress;

/* Records that have their final result. */
guint  kobra_progress_get_n_settled    (const KobraProgress *self);

/* How long it will take at the present rate; -1 while that cannot be said. */
gint64 kobra_progress_get_seconds_left (const KobraProgress *self);

/* "About 3 minutes left", for people; NULL while that cannot be said. */
char  *kobra_progress_dup_time_left    (const KobraProgress *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
