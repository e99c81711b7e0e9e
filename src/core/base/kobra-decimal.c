/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-decimal.h"

#include <string.h>

#include "kobra-banned.h"

/* With six decimals more they are below 10^18, which a gint64 holds. */
#define MAX_WHOLE_DIGITS 12

typedef struct
{
  gboolean    negative;
  const char *whole; /* without leading zeros */
  gsize       n_whole;
  gboolean    point;
  const char *fraction;
  gsize       n_fraction;
  const char *end;
} Parts;

/* Not strspn(), which makes a table of its set first: numbers are short. */
static gsize
count_digits (const char *text)
{
  gsize n = 0;

  while (g_ascii_isdigit (text[n]))
    n++;
  return n;
}

static gboolean
split (const char *text,
       Parts      *parts)
{
  gsize n_digits;

  *parts = (Parts) { 0 };
  parts->negative = *text == '-';
  if (*text == '-' || *text == '+')
    text++;
  n_digits = count_digits (text);
  parts->whole = text;
  parts->n_whole = n_digits;
  while (parts->n_whole > 0 && *parts->whole == '0')
    {
      parts->whole++;
      parts->n_whole--;
    }
  text += n_digits;
  if (*text == '.')
    {
      parts->point = TRUE;
      text++;
      parts->fraction = text;
      parts->n_fraction = count_digits (text);
      text += parts->n_fraction;
    }
  parts->end = text;
  return n_digits + parts->n_fraction > 0;
}

gboolean
kobra_decimal_is_number (const char *text)
{
  Parts parts;

  return split (text, &parts) && *parts.end == '\0';
}

gboolean
kobra_decimal_is_integer (const char *text)
{
  Parts parts;

  return split (text, &parts) && *parts.end == '\0' && !parts.point;
}

gboolean
kobra_decimal_is_scientific (const char *text)
{
  Parts parts;
  gsize n_digits;

  if (!split (text, &parts) || (*parts.end != 'E' && *parts.end != 'e'))
    return FALSE;
  text = parts.end + 1;
  if (*text == '-' || *text == '+')
    text++;
  n_digits = count_digits (text);
  return n_digits > 0 && text[n_digits] == '\0';
}

gboolean
kobra_decimal_append_json (KobraBuffer *buffer,
                           const char  *text)
{
  Parts parts;
  char *p;

  if (!split (text, &parts) || *parts.end != '\0')
    return FALSE;
  if (!kobra_buffer_reserve (buffer, parts.negative + MAX (parts.n_whole, 1) + (parts.n_fraction > 0) + parts.n_fraction))
    return TRUE;
  p = buffer->bytes + buffer->length;
  if (parts.negative)
    *p++ = '-';
  if (parts.n_whole > 0)
    p = (char *) mempcpy (p, parts.whole, parts.n_whole);
  else
    *p++ = '0';
  if (parts.n_fraction > 0)
    {
      *p++ = '.';
      p = (char *) mempcpy (p, parts.fraction, parts.n_fraction);
    }
  *p = '\0';
  buffer->length = (gsize) (p - buffer->bytes);
  return TRUE;
}

/* Digits, and maybe a point and digits, none of them too many: what nearly all amounts are. */
static gboolean
scan_plain (const char *text,
            gint64     *millionths)
{
  gint64 value = 0;
  guint  n_whole = 0, n_fraction = 0;

  for (; n_whole < MAX_WHOLE_DIGITS && g_ascii_isdigit (*text); n_whole++)
    value = value * 10 + (*text++ - '0');
  if (*text == '.')
    for (text++; n_fraction < 6 && g_ascii_isdigit (*text); n_fraction++)
      value = value * 10 + (*text++ - '0');
  for (; n_fraction < 6; n_fraction++)
    value *= 10;
  *millionths = value;
  return *text == '\0' && n_whole > 0;
}

gboolean
kobra_decimal_to_millionths (const char *text,
                             gint64     *millionths)
{
  Parts  parts;
  gint64 value = 0;

  if (scan_plain (text, millionths))
    return TRUE;
  if (!split (text, &parts) || *parts.end != '\0' || parts.n_whole > MAX_WHOLE_DIGITS)
    return FALSE;
  for (gsize i = 0; i < parts.n_whole; i++)
    value = value * 10 + (parts.whole[i] - '0');
  for (gsize i = 0; i < 6; i++)
    value = value * 10 + (i < parts.n_fraction ? parts.fraction[i] - '0' : 0);
  for (gsize i = 6; i < parts.n_fraction; i++)
    if (parts.fraction[i] != '0')
      return FALSE;
  *millionths = parts.negative ? -value : value;
  return TRUE;
}
