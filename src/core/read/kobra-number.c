/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kobra-banned.h"

/* A double keeps any whole number of so many digits, and so many are what spreadsheet programs keep of one that is typed. */
#define KEPT_DIGITS 15u

/* With so many digits every double is told from its neighbours: a program that writes more wrote them down itself. */
#define DOUBLE_DIGITS 17u

/* The longest number that is read, and the longest that a double spelt out becomes. */
#define MAX_SPELT 64u
#define MAX_DIGITS 400

/* Excel's last day, 9999-12-31. */
#define MAX_DAY 2958466.0

#define DAYS_FROM_1900_TO_1904 1462

typedef struct
{
  gboolean is_negative;
  char     digits[MAX_SPELT]; /* without zeros at either end; "" is zero */
  guint    n;
  int      point;             /* the decimal point stands before the digit of this place */
} Decimal;

/* Splits a number as C spells it. */
static gboolean
split (const char *text,
       gsize       length,
       Decimal    *decimal)
{
  const char *p = text, *end = text + length;
  gboolean    has_point = FALSE, has_digits = FALSE;
  int         exponent = 0, sign = 1;

  *decimal = (Decimal) { 0 };
  if (length >= MAX_SPELT)
    return FALSE;
  if (p < end && (*p == '-' || *p == '+'))
    decimal->is_negative = *p++ == '-';
  for (; p < end && (g_ascii_isdigit (*p) || (*p == '.' && !has_point)); p++)
    {
      if (*p == '.')
        {
          has_point = TRUE;
          continue;
        }
      has_digits = TRUE;
      if (*p != '0' || decimal->n > 0)
        {
          decimal->digits[decimal->n++] = *p;
          decimal->point += !has_point;
        }
      else
        {
          decimal->point -= has_point;
        }
    }
  if (!has_digits)
    return FALSE;
  if (p < end && (*p == 'E' || *p == 'e'))
    {
      p++;
      if (p < end && (*p == '-' || *p == '+'))
        sign = *p++ == '-' ? -1 : 1;
      if (p == end)
        return FALSE;
      for (; p < end && g_ascii_isdigit (*p); p++)
        exponent = MIN (exponent * 10 + (*p - '0'), 10000);
    }
  decimal->point += sign * exponent;
  while (decimal->n > 0 && decimal->digits[decimal->n - 1] == '0')
    decimal->n--;
  if (decimal->n == 0)
    decimal->point = decimal->is_negative = 0;
  return p == end && ABS (decimal->point) < MAX_DIGITS;
}

/* To no more digits than tell the stored number from its neighbours, or than @max. */
static gboolean
shorten (Decimal *decimal,
         double   value,
         int      max)
{
  char spelt[MAX_SPELT], format[8];

  for (int digits = (int) KEPT_DIGITS; digits <= max; digits++)
    {
      g_snprintf (format, sizeof format, "%%.%de", digits - 1);
      g_ascii_formatd (spelt, sizeof spelt, format, value);
      if (digits == max || g_ascii_strtod (spelt, NULL) == value)
        break;
    }
  return split (spelt, strlen (spelt), decimal);
}

static void
append_decimal (KobraBuffer   *buffer,
                const Decimal *decimal)
{
  int n = (int) decimal->n;

  if (decimal->is_negative)
    kobra_buffer_append_byte (buffer, '-');
  if (decimal->point <= 0)
    kobra_buffer_append_byte (buffer, '0');
  for (int i = 0; i < decimal->point; i++)
    kobra_buffer_append_byte (buffer, i < n ? decimal->digits[i] : '0');
  if (n <= decimal->point)
    return;
  kobra_buffer_append_byte (buffer, '.');
  for (int i = decimal->point; i < n; i++)
    kobra_buffer_append_byte (buffer, i < 0 ? '0' : decimal->digits[i]);
}

static void
append_zeros (KobraBuffer   *buffer,
              const Decimal *decimal,
              guint          width)
{
  if (decimal->is_negative || (int) decimal->n > decimal->point)
    {
      append_decimal (buffer, decimal);
      return;
    }
  for (guint i = (guint) MAX (decimal->point, 0); i < width; i++)
    kobra_buffer_append_byte (buffer, '0');
  for (int i = 0; i < decimal->point; i++)
    kobra_buffer_append_byte (buffer, i < (int) decimal->n ? decimal->digits[i] : '0');
}

/* yyyy-mm-dd of a day counted as Excel does: 1 is the first of January 1900, and 1900 has a 29th of February, which is day 60. */
static void
append_date (KobraBuffer *buffer,
             gint64       day,
             gboolean     is_1904)
{
  char  text[16];
  GDate date;

  if (!is_1904 && day == 60)
    {
      kobra_buffer_append_string (buffer, "1900-02-29");
      return;
    }
  if (is_1904)
    day += DAYS_FROM_1900_TO_1904;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 31, G_DATE_DECEMBER, 1899);
  g_date_add_days (&date, (guint) (day > 60 ? day - 1 : day));
  g_snprintf (text, sizeof text, "%04u-%02u-%02u", (guint) g_date_get_year (&date), (guint) g_date_get_month (&date), g_date_get_day (&date));
  kobra_buffer_append_string (buffer, text);
}

static void
append_time (KobraBuffer *buffer,
             gint64       seconds)
{
  char text[32];

  g_snprintf (text, sizeof text, "%02" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT, seconds / 3600, seconds / 60 % 60, seconds % 60);
  kobra_buffer_append_string (buffer, text);
}

/* A date or a time; FALSE if @value can't be one. */
static gboolean
append_moment (KobraBuffer      *buffer,
               double            value,
               KobraNumberFormat format,
               gboolean          is_1904)
{
  /* Programs show the nearest second. */
  gint64 seconds, day;

  if (!(value >= 0 && value < MAX_DAY))
    return FALSE;
  seconds = (gint64) floor (value * 86400 + 0.5);
  day = seconds / 86400;
  if (format.kind == KOBRA_NUMBER_DATE)
    day = (gint64) floor (value);
  else
    seconds -= format.kind == KOBRA_NUMBER_DURATION ? 0 : day * 86400;
  if ((format.kind == KOBRA_NUMBER_DATE || format.kind == KOBRA_NUMBER_DATE_TIME) && day == 0 && !is_1904)
    {
      /* A time alone, though its format has a date. */
      if (value == 0)
        return FALSE;
      append_time (buffer, (gint64) floor (value * 86400 + 0.5));
      return TRUE;
    }
  if (format.kind == KOBRA_NUMBER_DATE || format.kind == KOBRA_NUMBER_DATE_TIME)
    append_date (buffer, day, is_1904);
  if (format.kind == KOBRA_NUMBER_DATE || (format.kind == KOBRA_NUMBER_DATE_TIME && seconds == 0))
    return TRUE;
  if (format.kind == KOBRA_NUMBER_DATE_TIME)
    kobra_buffer_append_byte (buffer, ' ');
  append_time (buffer, seconds);
  return TRUE;
}

/* The commonest numbers are their own text. */
static gboolean
is_short_integer (const char *text,
                  gsize       length)
{
  if (length == 0 || length > KEPT_DIGITS || (*text == '0' && length > 1))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

gboolean
kobra_number_append (KobraBuffer      *buffer,
                     const char       *text,
                     gsize             length,
                     KobraNumberFormat format,
                     gboolean          is_1904,
                     gboolean          is_calculated,
                     gboolean         *is_lost)
{
  Decimal decimal;
  char    copy[MAX_SPELT];
  double  value;

  *is_lost = FALSE;
  if (format.kind == KOBRA_NUMBER_PLAIN && is_short_integer (text, length))
    return kobra_buffer_append (buffer, text, length);
  if (!split (text, length, &decimal))
    return FALSE;
  memcpy (copy, text, length);
  copy[length] = '\0';
  value = g_ascii_strtod (copy, NULL);
  if (!isfinite (value))
    return FALSE;
  if (format.kind >= KOBRA_NUMBER_DATE && append_moment (buffer, value, format, is_1904))
    return TRUE;
  /* More digits than a double has were written by a program that knew them; else they are as many as it takes. */
  if (decimal.n > KEPT_DIGITS && decimal.n <= DOUBLE_DIGITS && !shorten (&decimal, value, is_calculated ? (int) KEPT_DIGITS : (int) DOUBLE_DIGITS))
    return FALSE;
  *is_lost = decimal.point > (int) KEPT_DIGITS && decimal.n <= DOUBLE_DIGITS;
  if (format.kind == KOBRA_NUMBER_PERCENT)
    {
      decimal.point += decimal.n > 0 ? 2 : 0;
      append_decimal (buffer, &decimal);
      return kobra_buffer_append_byte (buffer, '%');
    }
  if (format.kind == KOBRA_NUMBER_ZEROS)
    append_zeros (buffer, &decimal, format.width);
  else
    append_decimal (buffer, &decimal);
  return TRUE;
}

/* Skips what is text in a format's code, or a colour, a language, a condition. Returns what follows. */
static const char *
skip_literal (const char *p)
{
  const char *end;

  if (*p == '\\' || *p == '_' || *p == '*')
    return p[1] != '\0' ? g_utf8_next_char (p + 1) : p + 1;
  end = strchr (p + 1, *p == '"' ? '"' : ']');
  return end != NULL ? end + 1 : p + strlen (p);
}

KobraNumberFormat
kobra_number_format_parse (const char *code)
{
  gboolean    has_day = FALSE, has_hour = FALSE, has_month = FALSE, has_percent = FALSE, has_number = FALSE, is_duration = FALSE;
  guint       n_zeros = 0;
  const char *p = code;

  /* The first section is that of positive numbers, or of all. */
  while (*p != '\0' && *p != ';')
    {
      if (*p == '[' && strchr ("hHmMsS", p[1]) != NULL && p[1] != '\0')
        is_duration = TRUE;
      if (strchr ("\"[\\_*", *p) != NULL)
        {
          p = skip_literal (p);
          continue;
        }
      if (g_ascii_strncasecmp (p, "general", 7) == 0)
        return (KobraNumberFormat) { KOBRA_NUMBER_PLAIN, 0 };
      switch (g_ascii_tolower (*p))
        {
        case 'y':
        case 'd':
          has_day = TRUE;
          break;
        case 'h':
        case 's':
          has_hour = TRUE;
          break;
        case 'm':
          has_month = TRUE;
          break;
        case 'a': /* Spanish formats have the year as "aaaa", English ones "AM/PM" */
          has_day = has_day || g_ascii_strncasecmp (p, "aa", 2) == 0;
          break;
        case '%':
          has_percent = TRUE;
          break;
        case '0':
          n_zeros++;
          break;
        case '#':
        case '?':
        case '.':
        case ',':
        case '/':
        case 'e':
        case '@':
          has_number = TRUE;
          break;
        default:
          break;
        }
      p++;
    }
  if (is_duration)
    return (KobraNumberFormat) { KOBRA_NUMBER_DURATION, 0 };
  if (has_day || has_month || has_hour)
    return (KobraNumberFormat) { has_hour && has_day ? KOBRA_NUMBER_DATE_TIME : has_hour ? KOBRA_NUMBER_TIME : KOBRA_NUMBER_DATE, 0 };
  if (has_percent)
    return (KobraNumberFormat) { KOBRA_NUMBER_PERCENT, 0 };
  if (n_zeros > 1 && !has_number)
    return (KobraNumberFormat) { KOBRA_NUMBER_ZEROS, n_zeros };
  return (KobraNumberFormat) { KOBRA_NUMBER_PLAIN, 0 };
}

KobraNumberFormat
kobra_number_format_builtin (guint id)
{
  static const struct
  {
    guint8          first, last;
    KobraNumberKind kind;
  } kinds[] = {
    { 9, 10, KOBRA_NUMBER_PERCENT },
    { 14, 17, KOBRA_NUMBER_DATE },
    { 18, 21, KOBRA_NUMBER_TIME },
    { 22, 22, KOBRA_NUMBER_DATE_TIME },
    { 27, 31, KOBRA_NUMBER_DATE }, /* of other languages, as the others that follow */
    { 32, 35, KOBRA_NUMBER_TIME },
    { 36, 36, KOBRA_NUMBER_DATE },
    { 45, 45, KOBRA_NUMBER_TIME },
    { 46, 46, KOBRA_NUMBER_DURATION },
    { 47, 47, KOBRA_NUMBER_TIME },
    { 50, 58, KOBRA_NUMBER_DATE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (id >= kinds[i].first && id <= kinds[i].last)
      return (KobraNumberFormat) { kinds[i].kind, 0 };
  return (KobraNumberFormat) { KOBRA_NUMBER_PLAIN, 0 };
}
