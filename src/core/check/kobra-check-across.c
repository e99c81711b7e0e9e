/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-check-across.h"

#include <string.h>

#include "kobra-check-person.h"
#include "kobra-decimal.h"
#include "kobra-schema-accounts.h"
#include "kobra-state.h"

#include "kobra-banned.h"

/* What rounding may add up to, for each amount: a centavo, in millionths. */
#define TOLERANCE G_GINT64_CONSTANT (10000)

#define DEGREE G_GINT64_CONSTANT (1000000)
#define MAX_LATITUDE (90 * DEGREE)
#define MAX_LONGITUDE (180 * DEGREE)

/* Mexico and a little more. */
#define IS_MEXICAN_LATITUDE(degrees) ((degrees) >= 14 * DEGREE && (degrees) <= 33 * DEGREE)
#define IS_MEXICAN_LONGITUDE(degrees) ((degrees) >= -119 * DEGREE && (degrees) <= -86 * DEGREE)

typedef struct
{
  guint            total;
  KobraProblemCode code;
  guint            capital;
  int              others[4]; /* ended by -1 */
} Sum;

static const Sum sums[] = {
  { KOBRA_ACCOUNT_TOTAL_PENDING, KOBRA_PROBLEM_TOTAL_PENDING, KOBRA_ACCOUNT_PENDING_CAPITAL,
    { KOBRA_ACCOUNT_PENDING_ORDINARY_INTERESTS, KOBRA_ACCOUNT_PENDING_OVERDUE_INTEREST, KOBRA_ACCOUNT_IVA, -1 } },
  { KOBRA_ACCOUNT_TOTAL_PAID, KOBRA_PROBLEM_TOTAL_PAID, KOBRA_ACCOUNT_PAID_CAPITAL,
    { KOBRA_ACCOUNT_PAID_ORDINARY_INTEREST, KOBRA_ACCOUNT_PAID_OVERDUE_INTEREST, -1 } },
};

/*
 * Whether @sum's total can't be the sum of its parts. A part that is not given may be anything from 0 up if none but the capital is: then the
 * total must only not be less. With others given, what is missing counts as 0.
 */
static gboolean
is_wrong (const Sum         *sum,
          const KobraRecord *record)
{
  gint64 total, added, part;
  guint  n_parts = 1;

  if (!kobra_decimal_to_millionths (record->texts[sum->capital], &added) || !kobra_decimal_to_millionths (record->texts[sum->total], &total))
    return FALSE;
  for (guint i = 0; sum->others[i] >= 0; i++)
    {
      const char *text = record->texts[sum->others[i]];

      if (*text == '\0')
        continue;
      if (!kobra_decimal_to_millionths (text, &part))
        return FALSE;
      added += part;
      n_parts++;
    }
  if (n_parts == 1)
    return total < added - TOLERANCE;
  return ABS (total - added) > TOLERANCE * n_parts;
}

/* The days that are compared, and what a day must not be before: whoever takes a loan was born, and what is paid back was lent. */
enum
{
  BIRTH,
  ADDRESS,
  LOAN,
  PAYMENT,
  N_DAYS
};

static const guint days[N_DAYS] = {
  [BIRTH] = KOBRA_ACCOUNT_BIRTHDATE,
  [ADDRESS] = KOBRA_ACCOUNT_ADDRESS_DATE,
  [LOAN] = KOBRA_ACCOUNT_LOAN_DATE,
  [PAYMENT] = KOBRA_ACCOUNT_LAST_PAYMENT_DATE,
};

static const struct
{
  guint            later, earlier;
  KobraProblemCode code;
} orders[] = {
  { LOAN, BIRTH, KOBRA_PROBLEM_DATE_BEFORE_BIRTH },
  { ADDRESS, BIRTH, KOBRA_PROBLEM_DATE_BEFORE_BIRTH },
  { PAYMENT, LOAN, KOBRA_PROBLEM_PAYMENT_BEFORE_LOAN },
};

static void
check_dates (const KobraRecord *record,
             KobraProblemSink   sink,
             gpointer           data)
{
  KobraDay told[N_DAYS];
  gboolean is_day[N_DAYS];

  for (guint i = 0; i < N_DAYS; i++)
    is_day[i] = kobra_day_scan (record->texts[days[i]], &told[i]) == KOBRA_DAY_OK;
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    if (is_day[orders[i].later] && is_day[orders[i].earlier] && kobra_day_compare (&told[orders[i].later], &told[orders[i].earlier]) < 0)
      sink (data, orders[i].code, days[orders[i].later]);
}

static void
check_state (const KobraRecord *record,
             KobraProblemSink   sink,
             gpointer           data)
{
  const char *name = record->texts[KOBRA_ACCOUNT_STATE];
  int         by_code = *name != '\0' ? kobra_state_of_postal_code (record->texts[KOBRA_ACCOUNT_POSTAL_CODE]) : -1;
  int         by_name;

  if (by_code < 0 || strcmp (name, kobra_state_get_name (by_code)) == 0)
    return;
  by_name = kobra_state_find (name);
  if (by_name >= 0 && by_name != by_code)
    sink (data, KOBRA_PROBLEM_POSTAL_CODE_STATE, KOBRA_ACCOUNT_POSTAL_CODE);
}

/* Reads degrees, in millionths, what is smaller rounded away from zero so that 90.0000001 is over 90. */
static gboolean
scan_degrees (const char *text,
              gint64     *degrees)
{
  gboolean negative = *text == '-';
  gint64   unit = DEGREE, size = 0;
  gboolean after_point = FALSE, more = FALSE;

  if (!kobra_decimal_is_number (text))
    return FALSE;
  for (; *text != '\0'; text++)
    {
      if (*text == '.')
        after_point = TRUE;
      if (!g_ascii_isdigit (*text))
        continue;
      if (!after_point)
        size = MIN (size * 10 + (*text - '0') * DEGREE, 1000 * DEGREE);
      else if (unit >= 10)
        size += (*text - '0') * (unit /= 10);
      else
        more |= *text != '0';
    }
  *degrees = negative ? -(size + more) : size + more;
  return TRUE;
}

static void
check_coordinates (const KobraRecord *record,
                   KobraProblemSink   sink,
                   gpointer           data)
{
  const char *lat = record->texts[KOBRA_ACCOUNT_LAT], *lng = record->texts[KOBRA_ACCOUNT_LNG];
  gint64      latitude = 0, longitude = 0;
  gboolean    is_latitude, is_longitude;

  if (*lat == '\0' && *lng == '\0')
    return;
  is_latitude = scan_degrees (lat, &latitude);
  is_longitude = scan_degrees (lng, &longitude);
  if (is_latitude && is_longitude && IS_MEXICAN_LATITUDE (longitude) && IS_MEXICAN_LONGITUDE (latitude))
    {
      sink (data, KOBRA_PROBLEM_COORDINATES_SWAPPED, KOBRA_ACCOUNT_LAT);
      return;
    }
  if (*lat != '\0' && (!is_latitude || ABS (latitude) > MAX_LATITUDE))
    sink (data, KOBRA_PROBLEM_COORDINATE_RANGE, KOBRA_ACCOUNT_LAT);
  if (*lng != '\0' && (!is_longitude || ABS (longitude) > MAX_LONGITUDE))
    sink (data, KOBRA_PROBLEM_COORDINATE_RANGE, KOBRA_ACCOUNT_LNG);
  if (is_latitude && is_longitude && ABS (latitude) <= MAX_LATITUDE && ABS (longitude) <= MAX_LONGITUDE &&
      !(IS_MEXICAN_LATITUDE (latitude) && IS_MEXICAN_LONGITUDE (longitude)) && strcmp (record->texts[KOBRA_ACCOUNT_NATIONALITY], "MX") == 0)
    sink (data, KOBRA_PROBLEM_COORDINATES_ABROAD, KOBRA_ACCOUNT_LAT);
}

void
kobra_check_across (const KobraRecord *record,
                    KobraProblemSink   sink,
                    gpointer           data)
{
  kobra_check_person (record, sink, data);
  check_dates (record, sink, data);
  check_state (record, sink, data);
  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    if (*record->texts[sums[i].total] != '\0' && is_wrong (&sums[i], record))
      sink (data, sums[i].code, sums[i].total);
  check_coordinates (record, sink, data);
}
