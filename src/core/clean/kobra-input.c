/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-input.h"

#include <string.h>

#include "kobra-clean-private.h"
#include "kobra-decimal.h"

#include "kobra-banned.h"

#define GROUP_DIGITS 3u

/* A typed text is a line of a form: no field takes more than a few hundred characters. */
#define MAX_BYTES (1u << 16)

char *
kobra_input_read (const KobraField      *field,
                  const KobraInputHabit *habit,
                  const char            *typed)
{
  KobraColumnHabit column = { .day_first_known = TRUE, .day_first = TRUE, .decimal_comma_known = TRUE, .decimal_comma = *habit->decimal_mark == ',' };
  gboolean         is_whole = field->type == KOBRA_TYPE_INTEGER;
  gsize            length;
  const char      *start = kobra_clean_trim (typed, &length);
  char             value[KOBRA_CLEAN_SIZE], number[KOBRA_CLEAN_SIZE];
  g_auto (KobraBuffer) text = { 0 };
  KobraFix fix;

  /* A cell's 1.234 is a number as it stands; typed by one who writes commas before decimals it is a thousand and more. */
  if (field->choices == NULL && (is_whole || field->type == KOBRA_TYPE_NUMBER) && length > 0 && length < sizeof value)
    {
      memcpy (value, start, length);
      value[length] = '\0';
      if (kobra_clean_amount (value, &column, is_whole, number))
        return g_strdup (number);
    }
  kobra_buffer_init (&text, MAX_BYTES);
  fix = kobra_clean_cell (field, &column, typed, &text);
  /* NA may be the beginning of Nayarit. */
  if (fix == KOBRA_FIX_NONE || fix == KOBRA_FIX_EMPTY_WORD || text.overflowed)
    return g_strdup (typed);
  return g_strndup (text.length > 0 ? text.bytes : "", text.length);
}

char *
kobra_input_show (const KobraField      *field,
                  const KobraInputHabit *habit,
                  const char            *text)
{
  GString    *shown;
  const char *digits;
  gsize       n_whole;

  if (field->type != KOBRA_TYPE_NUMBER || !kobra_decimal_is_number (text))
    return g_strdup (text);
  digits = text + (*text == '-' || *text == '+');
  n_whole = strspn (digits, "0123456789");
  shown = g_string_new_len (text, digits - text);
  for (gsize i = 0; i < n_whole; i++)
    {
      g_string_append_c (shown, digits[i]);
      if ((n_whole - i - 1) % GROUP_DIGITS == 0 && i + 1 < n_whole && *digits != '0')
        g_string_append (shown, habit->group_mark);
    }
  if (digits[n_whole] == '.')
    g_string_append_printf (shown, "%s%s", habit->decimal_mark, digits + n_whole + 1);
  return g_string_free (shown, FALSE);
}
