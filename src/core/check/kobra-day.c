/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-day.h"

#include "kobra-banned.h"

gboolean
kobra_day_exists (guint year,
                  guint month,
                  guint day)
{
  static const guint8 n_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean            leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  return month >= 1 && month <= 12 && day >= 1 && day <= (guint) n_days[month - 1] + (leap && month == 2);
}

KobraDayStatus
kobra_day_scan (const char *text,
                KobraDay   *day)
{
  guint y, m, d;

  if (!kobra_day_scan_digits (text, 4, &y) || text[4] != '-' || !kobra_day_scan_digits (text + 5, 2, &m) || text[7] != '-' ||
      !kobra_day_scan_digits (text + 8, 2, &d) || text[10] != '\0')
    return KOBRA_DAY_NO_FORM;
  if (y < KOBRA_FIRST_YEAR || y > KOBRA_LAST_YEAR || !kobra_day_exists (y, m, d))
    return KOBRA_DAY_NOT_REAL;
  *day = (KobraDay) { (guint16) y, (guint8) m, (guint8) d };
  return KOBRA_DAY_OK;
}

int
kobra_day_compare (const KobraDay *a,
                   const KobraDay *b)
{
  if (a->year != b->year)
    return a->year < b->year ? -1 : 1;
  if (a->month != b->month)
    return a->month < b->month ? -1 : 1;
  return (a->day > b->day) - (a->day < b->day);
}
