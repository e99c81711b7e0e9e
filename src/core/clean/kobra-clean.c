/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-clean.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-clean-private.h"
#include "kobra-decimal.h"
#include "kobra-text.h"

#include "kobra-banned.h"

#define DATES (KOBRA_FIX_BIT (KOBRA_FIX_DAY_FIRST) | KOBRA_FIX_BIT (KOBRA_FIX_MONTH_FIRST))
#define MARKS (KOBRA_FIX_BIT (KOBRA_FIX_DECIMAL_COMMA) | KOBRA_FIX_BIT (KOBRA_FIX_DECIMAL_POINT))

/* clang-format off */
static const struct
{
  const char *name, *label;
  KobraFixes  rivals; /* and itself */
} fixes[KOBRA_N_FIXES] = {
  [KOBRA_FIX_NONE] = { "none", N_("Nothing to clean") },
  [KOBRA_FIX_TRIM] = { "trim", N_("Remove space around values") },
  [KOBRA_FIX_DATE] = { "date", N_("Write dates as yyyy-mm-dd") },
  [KOBRA_FIX_AMOUNT] = { "amount", N_("Write amounts as plain numbers") },
  [KOBRA_FIX_BOOLEAN] = { "boolean", N_("Write yes and no as true and false") },
  [KOBRA_FIX_CHOICE] = { "choice", N_("Replace words by their codes") },
  [KOBRA_FIX_EMPTY_WORD] = { "empty-word", N_("Empty cells that say N/A or the like") },
  [KOBRA_FIX_MOJIBAKE] = { "mojibake", N_("Mend accents that were read wrong") },
  [KOBRA_FIX_CONTROL] = { "control", N_("Remove control characters") },
  [KOBRA_FIX_QUOTES] = { "quotes", N_("Write quotation marks plainly") },
  [KOBRA_FIX_SPACES] = { "spaces", N_("Make several spaces one") },
  [KOBRA_FIX_DAY_FIRST] = { "day-first", N_("Read dates with the day first"), DATES },
  [KOBRA_FIX_MONTH_FIRST] = { "month-first", N_("Read dates with the month first"), DATES },
  [KOBRA_FIX_SHORT_YEAR] = { "short-year", N_("Complete two-digit years") },
  [KOBRA_FIX_SERIAL] = { "serial", N_("Read a spreadsheet’s day numbers as dates") },
  [KOBRA_FIX_DECIMAL_COMMA] = { "decimal-comma", N_("Read the comma as the decimal mark"), MARKS },
  [KOBRA_FIX_DECIMAL_POINT] = { "decimal-point", N_("Read the point as the decimal mark"), MARKS },
  [KOBRA_FIX_UNIT] = { "unit", N_("Drop currencies and signs beside amounts") },
  [KOBRA_FIX_PHONE] = { "phone", N_("Write telephone numbers as ten digits") },
  [KOBRA_FIX_POSTAL_CODE] = { "postal-code", N_("Give postal codes their lost zero") },
  [KOBRA_FIX_EMAIL] = { "email", N_("Remove what is no part of an e-mail address") },
  [KOBRA_FIX_IDENTIFIER] = { "identifier", N_("Write IDs in capitals, without spaces or hyphens") },
};
/* clang-format on */

const char *
kobra_fix_get_name (KobraFix fix)
{
  g_return_val_if_fail ((guint) fix < KOBRA_N_FIXES, NULL);

  return fixes[fix].name;
}

gboolean
kobra_fix_find (const char *name,
                KobraFix   *fix)
{
  for (guint i = KOBRA_FIX_NONE + 1; i < KOBRA_N_FIXES; i++)
    if (strcmp (fixes[i].name, name) == 0)
      {
        *fix = (KobraFix) i;
        return TRUE;
      }
  return FALSE;
}

KobraFixes
kobra_fix_get_rivals (KobraFix fix)
{
  g_return_val_if_fail ((guint) fix < KOBRA_N_FIXES, 0);

  return fixes[fix].rivals & ~KOBRA_FIX_BIT (fix);
}

const char *
kobra_fix_get_label (KobraFix fix)
{
  g_return_val_if_fail ((guint) fix < KOBRA_N_FIXES, NULL);

  return _ (fixes[fix].label);
}

char *
kobra_clean_dup_change (const char *before,
                        const char *after,
                        gsize       max_characters)
{
  g_autofree char *shown_before = kobra_text_visible (before, max_characters);
  g_autofree char *shown_after = *after != '\0' ? kobra_text_visible (after, max_characters) : g_strdup (_ ("empty"));

  return g_strdup_printf ("%s → %s", shown_before, shown_after);
}

guint
kobra_clean_get_this_year (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return (guint) g_date_time_get_year (now);
}

gboolean
kobra_fix_is_safe (KobraFix fix)
{
  g_return_val_if_fail ((guint) fix < KOBRA_N_FIXES, FALSE);

  return fix == KOBRA_FIX_NONE || (KOBRA_SAFE_FIXES & KOBRA_FIX_BIT (fix)) != 0;
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
gboolean
kobra_clean_is_valid (const KobraField *field,
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

void
kobra_clean_learn_from (const KobraColumnHabit *from,
                        KobraColumnHabit       *habit)
{
  note_evidence (habit, from->evidence);
}

void
kobra_clean_answer (KobraFixes        answers,
                    KobraColumnHabit *habit)
{
  const guint dates = KOBRA_EVIDENCE_DAY_FIRST | KOBRA_EVIDENCE_MONTH_FIRST, marks = KOBRA_EVIDENCE_COMMA | KOBRA_EVIDENCE_POINT;

  if ((answers & DATES) != 0 && (habit->evidence & dates) == 0)
    {
      habit->day_first_known = TRUE;
      habit->day_first = (answers & KOBRA_FIX_BIT (KOBRA_FIX_DAY_FIRST)) != 0;
    }
  if ((answers & MARKS) != 0 && (habit->evidence & marks) == 0)
    {
      habit->decimal_comma_known = TRUE;
      habit->decimal_comma = (answers & KOBRA_FIX_BIT (KOBRA_FIX_DECIMAL_COMMA)) != 0;
    }
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

  if (is_free_text (field) || (!trimmed && kobra_clean_is_valid (field, text) && !is_by_custom (field, habit, text)))
    return trimmed ? answer (KOBRA_FIX_TRIM, start, length, out) : KOBRA_FIX_NONE;
  if (copy_value (start, length, value) && (is_by_custom (field, habit, value) || !(trimmed && kobra_clean_is_valid (field, value))))
    fix = rewrite (field, habit, value, cleaned);
  if (fix != KOBRA_FIX_NONE)
    return answer (fix, cleaned, strlen (cleaned), out);
  return trimmed ? answer (KOBRA_FIX_TRIM, start, length, out) : KOBRA_FIX_NONE;
}
