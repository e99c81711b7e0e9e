/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-progress.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* Before that a rate is an accident. */
#define TOO_EARLY (2 * G_USEC_PER_SEC)

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define MAX_SECONDS (1000 * HOUR)

guint
kobra_progress_get_n_settled (const KobraProgress *self)
{
  return self->accepted + self->rejected + self->unknown + self->not_sent;
}

gint64
kobra_progress_get_seconds_left (const KobraProgress *self)
{
  double left = self->total - MIN (self->total, kobra_progress_get_n_settled (self));

  if (self->rate <= 0 || self->started == 0 || g_get_monotonic_time () - self->started < TOO_EARLY)
    return -1;
  return (gint64) MIN (left / self->rate + 0.5, MAX_SECONDS);
}

char *
kobra_progress_dup_time_left (const KobraProgress *self)
{
  gint64 seconds = kobra_progress_get_seconds_left (self);
  guint  n;

  if (seconds < 0)
    return NULL;
  if (seconds < 10)
    return g_strdup (_ ("A few seconds left"));
  if (seconds < MINUTE)
    {
      n = (guint) (seconds + 5) / 10 * 10;
      return g_strdup_printf (ngettext ("About %u second left", "About %u seconds left", n), n);
    }
  if (seconds < 2 * HOUR)
    {
      n = (guint) (seconds + MINUTE / 2) / MINUTE;
      return g_strdup_printf (ngettext ("About %u minute left", "About %u minutes left", n), n);
    }
  n = (guint) (seconds + HOUR / 2) / HOUR;
  return g_strdup_printf (ngettext ("About %u hour left", "About %u hours left", n), n);
}
