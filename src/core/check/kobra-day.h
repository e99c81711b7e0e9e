/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The years a date of a record may be in: who lived before 1850 owes nothing any more. */
#define KOBRA_FIRST_YEAR 1850u
#define KOBRA_LAST_YEAR 2150u

typedef struct
{
  guint16 year;
  guint8  month;
  guint8  day;
} KobraDay;

typedef enum
{
  KOBRA_DAY_OK,
  KOBRA_DAY_NO_FORM, /* not four digits, two and two with hyphens between */
  KOBRA_DAY_NOT_REAL /* not in the calendar or out of the years above */
} KobraDayStatus;

/* Reads exactly yyyy-mm-dd. */
KobraDayStatus kobra_day_scan        (const char *text,
                                      KobraDay   *day);

/* Below, at or above 0: @a is before @b, the same, after it. */
int            kobra_day_compare     (const KobraDay *a,
                                      const KobraDay *b);

/* In the Gregorian calendar, whatever the year. */
gboolean       kobra_day_exists      (guint year,
                                      guint month,
                                      guint day);

/* The number that @n digits at @text make; FALSE if there is anything else among them. Stops at a NUL. Here, for a record has some thirty of them. */
static inline gboolean
kobra_day_scan_digits (const char *text,
                       guint       n,
                       guint      *number)
{
  *number = 0;
  for (guint i = 0; i < n; i++)
    {
      if (text[i] < '0' || text[i] > '9')
        return FALSE;
      *number = *number * 10 + (guint) (text[i] - '0');
    }
  return TRUE;
}

G_END_DECLS
