/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-clean.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-clean-private.h"
#include "kobra-decimal.h"

#include "kobra-banned.h"

/* clang-format off */
static const struct
{
  const char *name, *label;
  gboolean    safe;
} fixes[KOBRA_N_FIXES] = {
  [KOBRA_FIX_NONE] = { "none", N_("Nothing to clean"), TRUE },
  [KOBRA_FIX_TRIM] = { "trim", N_("Remove space around values"), TRUE },
  [KOBRA_FIX_DATE] = { "date", N_("Write dates as yyyy-mm-dd"), TRUE },
  [KOBRA_FIX_AMOUNT] = { "amount", N_("Write amounts as plain numbers"), TRUE },
  [KOBRA_FIX_BOOLEAN] = { "boolean", N_("Write yes and no as true and false"), TRUE },
  [KOBRA_FIX_CHOICE] = { "choice", N_("Replace words by their codes"), TRUE },
  [KOBRA_FIX_EMPTY_WORD] = { "empty-word", N_("Empty cells that say N/A or the like"), FALSE },
};
/* clang-format on */

const char *
kobra_fix_get_name (KobraFix fix)
{
  g_return_val_if_fail ((guint) fix < KOBRA_N_FIXES, NULL);

  return fixes[fix].name;
}

const char *
kobra_fix_get_label (KobraFix fix)
{
  g_return_val_if_fail ((guint) fix < KOBRA_N_FIXES, NULL);

  return _ (fixes[fix].label);
}

gboolean
kobra_fix_is_safe (KobraFix fix)
{
  g_return_val_if_fail ((guint) fix < KOBRA_N_FIXES, FALSE);

  return fixes[fix].safe;
}

/* Whether a valid value may yet mean another one, as the column's habit shows. */
static gboolean
is_by_custom (const KobraField       *field,
              const KobraColumnHabit *habit,
              const char             *value)
{
  return habit->by_custom && kobra_clean_is_custom (field, value);
}

static gboolean
is_free_text (const KobraField *field)
{
  return field->type == KOBRA_TYPE_TEXT && field->choices == NULL;
}

/* Digits, and with @point maybe a point and digits: what nearly all cells of numbers are. */
static gboolean
is_plain_number (const char *text,
                 gboolean    point)
{
  const char *start = text;

  while (g_ascii_isdigit (*text))
    text++;
  if (text == start)
    return FALSE;
  if (point && *text == '.')
    for (text++; g_ascii_isdigit (*text);)
      text++;
  return *text == '\0';
}

/* Whether @text can go out as it is. What it says may still be doubtful; that is not for here. */
static gboolean
is_valid (const KobraField *field,
          const char       *text)
{
  if (field->choices != NULL)
    return kobra_field_find_choice (field, text) != NULL;
  switch (field->type)
    {
    case KOBRA_TYPE_INTEGER:
      return is_plain_number (text, FALSE) || kobra_decimal_is_integer (text);
    case KOBRA_TYPE_NUMBER:
      return is_plain_number (text, TRUE) || kobra_decimal_is_number (text);
    case KOBRA_TYPE_DATE:
      return kobra_clean_is_date (text);
    case KOBRA_TYPE_TEXT:
    case KOBRA_TYPE_BOOLEAN:
    default:
      return TRUE;
    }
}

/* Writes what a typed field's @value means. None of it is longer than @value or the longest code. */
static KobraFix
rewrite (const KobraField       *field,
         const KobraColumnHabit *habit,
         const char             *value,
         char                    cleaned[KOBRA_CLEAN_SIZE])
{
  if (field->choices != NULL)
    {
      const char *code = kobra_clean_choice (field, habit, value);

      if (code != NULL)
        {
          g_strlcpy (cleaned, code, KOBRA_CLEAN_SIZE);
          return field->type == KOBRA_TYPE_BOOLEAN ? KOBRA_FIX_BOOLEAN : KOBRA_FIX_CHOICE;
        }
    }
  else if (field->type == KOBRA_TYPE_DATE && kobra_clean_date (value, habit, cleaned))
    return KOBRA_FIX_DATE;
  else if ((field->type == KOBRA_TYPE_NUMBER || field->type == KOBRA_TYPE_INTEGER) &&
           kobra_clean_amount (value, habit, field->type == KOBRA_TYPE_INTEGER, cleaned))
    return KOBRA_FIX_AMOUNT;
  *cleaned = '\0';
  return kobra_clean_is_empty_word (value) ? KOBRA_FIX_EMPTY_WORD : KOBRA_FIX_NONE;
}

static KobraFix
answer (KobraFix     fix,
        const char  *text,
        gsize        length,
        KobraBuffer *out)
{
  kobra_buffer_reset (out);
  return kobra_buffer_append (out, text, length) ? fix : KOBRA_FIX_NONE;
}

/* The trimmed text with a NUL of its own; FALSE if it is empty or too long to mean anything. */
static gboolean
copy_value (const char *start,
            gsize       length,
            char        value[KOBRA_CLEAN_SIZE])
{
  if (length == 0 || length >= KOBRA_CLEAN_SIZE)
    return FALSE;
  memcpy (value, start, length);
  value[length] = '\0';
  return TRUE;
}

static void
note_evidence (KobraColumnHabit *habit,
               guint             evidence)
{
  gboolean day, month, comma, point;

  habit->evidence |= evidence;
  day = (habit->evidence & KOBRA_EVIDENCE_DAY_FIRST) != 0;
  month = (habit->evidence & KOBRA_EVIDENCE_MONTH_FIRST) != 0;
  comma = (habit->evidence & KOBRA_EVIDENCE_COMMA) != 0;
  point = (habit->evidence & KOBRA_EVIDENCE_POINT) != 0;
  habit->day_first_known = day != month;
  habit->day_first = day && !month;
  habit->decimal_comma_known = comma != point;
  habit->decimal_comma = comma && !point;
  habit->by_custom = (habit->evidence & (KOBRA_EVIDENCE_CUSTOM | KOBRA_EVIDENCE_CODE)) == KOBRA_EVIDENCE_CUSTOM;
}

void
kobra_clean_learn (const KobraField *field,
                   const char       *text,
                   KobraColumnHabit *habit)
{
  gboolean    is_amount = field->choices == NULL && (field->type == KOBRA_TYPE_NUMBER || field->type == KOBRA_TYPE_INTEGER);
  gboolean    is_date = field->type == KOBRA_TYPE_DATE;
  gboolean    has_custom = kobra_clean_has_custom (field);
  const char *start;
  gsize       length;
  char        value[KOBRA_CLEAN_SIZE];

  if (!is_amount && !is_date && !has_custom)
    return;
  if (has_custom)
    {
      start = kobra_clean_trim (text, &length);
      if (copy_value (start, length, value))
        note_evidence (habit, kobra_clean_learn_choice (field, value));
      return;
    }
  if (is_amount ? is_plain_number (text, (habit->evidence & KOBRA_EVIDENCE_POINT) != 0) : kobra_clean_is_date (text))
    return;
  start = kobra_clean_trim (text, &length);
  if (copy_value (start, length, value))
    note_evidence (habit, is_date ? kobra_clean_learn_date (value) : kobra_clean_learn_amount (value));
}

KobraFix
kobra_clean_cell (const KobraField       *field,
                  const KobraColumnHabit *habit,
                  const char             *text,
                  KobraBuffer            *out)
{
  gsize       length;
  const char *start = kobra_clean_trim (text, &length);
  gboolean    trimmed = start != text || text[length] != '\0';
  char        value[KOBRA_CLEAN_SIZE], cleaned[KOBRA_CLEAN_SIZE];
  KobraFix    fix = KOBRA_FIX_NONE;

  if (is_free_text (field) || (!trimmed && is_valid (field, text) && !is_by_custom (field, habit, text)))
    return trimmed ? answer (KOBRA_FIX_TRIM, start, length, out) : KOBRA_FIX_NONE;
  if (copy_value (start, length, value) && (is_by_custom (field, habit, value) || !(trimmed && is_valid (field, value))))
    fix = rewrite (field, habit, value, cleaned);
  if (fix != KOBRA_FIX_NONE)
    return answer (fix, cleaned, strlen (cleaned), out);
  return trimmed ? answer (KOBRA_FIX_TRIM, start, length, out) : KOBRA_FIX_NONE;
}
