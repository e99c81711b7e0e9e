/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fixes that somebody must ask for, each a function of a trimmed text; and all fixes, safe ones included, one at a time or together. */

#include <string.h>

#include "kobra-clean-private.h"

#include "kobra-banned.h"

static gboolean
answer_text (const char  *text,
             KobraBuffer *out)
{
  return kobra_buffer_append_string (out, text);
}

/* A date that is ambiguous, read as @day_first says; also with a two-digit year. */
static gboolean
read_ambiguous (const KobraField       *field,
                const KobraColumnHabit *habit,
                gboolean                day_first,
                const char             *text,
                KobraBuffer            *out)
{
  KobraColumnHabit decided = *habit;
  char             full[KOBRA_CLEAN_SIZE], date[KOBRA_CLEAN_SIZE];

  if (kobra_clean_full_year (field, habit, text, full))
    text = full;
  if (kobra_clean_date (text, habit, date))
    return FALSE;
  decided.day_first_known = TRUE;
  decided.day_first = day_first;
  return kobra_clean_date (text, &decided, date) && answer_text (date, out);
}

static gboolean
day_first (const KobraField       *field,
           const KobraColumnHabit *habit,
           const char             *text,
           KobraBuffer            *out)
{
  return read_ambiguous (field, habit, TRUE, text, out);
}

static gboolean
month_first (const KobraField       *field,
             const KobraColumnHabit *habit,
             const char             *text,
             KobraBuffer            *out)
{
  return read_ambiguous (field, habit, FALSE, text, out);
}

static gboolean
short_year (const KobraField       *field,
            const KobraColumnHabit *habit,
            const char             *text,
            KobraBuffer            *out)
{
  char full[KOBRA_CLEAN_SIZE], date[KOBRA_CLEAN_SIZE];

  return kobra_clean_full_year (field, habit, text, full) && kobra_clean_date (full, habit, date) && answer_text (date, out);
}

static gboolean
serial (const KobraField       *field,
        const KobraColumnHabit *habit,
        const char             *text,
        KobraBuffer            *out)
{
  char date[KOBRA_CLEAN_SIZE];

  return kobra_clean_serial (text, date) && answer_text (date, out);
}

static gboolean
read_undecided (const KobraField       *field,
                const KobraColumnHabit *habit,
                gboolean                comma,
                const char             *text,
                KobraBuffer            *out)
{
  KobraColumnHabit decided = *habit;
  gboolean         whole = field->type == KOBRA_TYPE_INTEGER;
  char             number[KOBRA_CLEAN_SIZE];

  if (kobra_clean_amount (text, habit, whole, number))
    return FALSE;
  decided.decimal_comma_known = TRUE;
  decided.decimal_comma = comma;
  return kobra_clean_amount (text, &decided, whole, number) && answer_text (number, out);
}

static gboolean
decimal_comma (const KobraField       *field,
               const KobraColumnHabit *habit,
               const char             *text,
               KobraBuffer            *out)
{
  return read_undecided (field, habit, TRUE, text, out);
}

static gboolean
decimal_point (const KobraField       *field,
               const KobraColumnHabit *habit,
               const char             *text,
               KobraBuffer            *out)
{
  return read_undecided (field, habit, FALSE, text, out);
}

/* The longest first, or what begins alike would leave a rest. */
static const char *const units[] = {
  "dólares", "dolares", "dollars", "pesos", "euros", "dlls.", "dlls", "dls.", "dls", "peso", "mxp", "usd", "us$", "eur", "días", "dias", "u$s", "€", "%"
};

static gboolean
drop_unit (const KobraField       *field,
           const KobraColumnHabit *habit,
           const char             *text,
           KobraBuffer            *out)
{
  gsize length = strlen (text);
  char  rest[KOBRA_CLEAN_SIZE], number[KOBRA_CLEAN_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize       n = strlen (units[i]), kept;
      const char *start = NULL;

      if (length > n && g_ascii_strncasecmp (text + length - n, units[i], n) == 0)
        start = text;
      else if (length > n && g_ascii_strncasecmp (text, units[i], n) == 0)
        start = text + n;
      if (start == NULL)
        continue;
      memcpy (rest, start, length - n);
      rest[length - n] = '\0';
      start = kobra_clean_trim (rest, &kept);
      memmove (rest, start, kept);
      rest[kept] = '\0';
      if (kept > 0 && kobra_clean_is_valid (field, rest))
        return answer_text (rest, out);
      return kept > 0 && kobra_clean_amount (rest, habit, field->type == KOBRA_TYPE_INTEGER, number) && answer_text (number, out);
    }
  return FALSE;
}

typedef enum
{
  FOR_TEXT = 1 << 0,
  FOR_DATE = 1 << 1,
  FOR_NUMBER = 1 << 2,
  FOR_CHOICE = 1 << 3,
  FOR_BOOLEAN = 1 << 4,
  FOR_PHONE = 1 << 5,
  FOR_POSTAL_CODE = 1 << 6,
  FOR_EMAIL = 1 << 7,
  FOR_ID = 1 << 8
} For;

#define FOR_ALL (FOR_TEXT | FOR_DATE | FOR_NUMBER | FOR_CHOICE | FOR_BOOLEAN)
#define FOR_TYPED (FOR_DATE | FOR_NUMBER | FOR_CHOICE | FOR_BOOLEAN)

/* In the order they are done in: what a text says first, then what it means. */
static const struct
{
  KobraFix fix;
  guint    fields; /* bits of For */
  KobraCleanFunc run;    /* NULL: kobra_clean_cell() does it */
} all[] = {
  { KOBRA_FIX_MOJIBAKE, FOR_TEXT | FOR_CHOICE | FOR_BOOLEAN, kobra_clean_mend_mojibake },
  { KOBRA_FIX_CONTROL, FOR_TEXT, kobra_clean_remove_controls },
  { KOBRA_FIX_QUOTES, FOR_ALL, kobra_clean_plain_quotes },
  { KOBRA_FIX_SPACES, FOR_TEXT, kobra_clean_one_space },
  { KOBRA_FIX_TRIM, FOR_ALL, NULL },
  { KOBRA_FIX_EMPTY_WORD, FOR_ALL, kobra_clean_drop_word },
  { KOBRA_FIX_DATE, FOR_DATE, NULL },
  { KOBRA_FIX_AMOUNT, FOR_NUMBER, NULL },
  { KOBRA_FIX_BOOLEAN, FOR_BOOLEAN, NULL },
  { KOBRA_FIX_CHOICE, FOR_CHOICE, NULL },
  { KOBRA_FIX_SHORT_YEAR, FOR_DATE, short_year },
  { KOBRA_FIX_DAY_FIRST, FOR_DATE, day_first },
  { KOBRA_FIX_MONTH_FIRST, FOR_DATE, month_first },
  { KOBRA_FIX_SERIAL, FOR_DATE, serial },
  { KOBRA_FIX_DECIMAL_COMMA, FOR_NUMBER, decimal_comma },
  { KOBRA_FIX_DECIMAL_POINT, FOR_NUMBER, decimal_point },
  { KOBRA_FIX_UNIT, FOR_NUMBER, drop_unit },
  { KOBRA_FIX_PHONE, FOR_PHONE, kobra_clean_plain_phone },
  { KOBRA_FIX_POSTAL_CODE, FOR_POSTAL_CODE, kobra_clean_pad_postal_code },
  { KOBRA_FIX_EMAIL, FOR_EMAIL, kobra_clean_plain_email },
  { KOBRA_FIX_IDENTIFIER, FOR_ID, kobra_clean_plain_identifier },
};

static guint
get_kind (const KobraField *field)
{
  static const guint forms[] = {
    [KOBRA_FORM_RFC] = FOR_ID,
    [KOBRA_FORM_CURP] = FOR_ID,
    [KOBRA_FORM_CLABE] = FOR_ID,
    [KOBRA_FORM_POSTAL_CODE] = FOR_POSTAL_CODE,
    [KOBRA_FORM_PHONE] = FOR_PHONE,
    [KOBRA_FORM_EMAIL] = FOR_EMAIL,
  };
  static const guint types[] = {
    [KOBRA_TYPE_TEXT] = FOR_TEXT,
    [KOBRA_TYPE_INTEGER] = FOR_NUMBER,
    [KOBRA_TYPE_NUMBER] = FOR_NUMBER,
    [KOBRA_TYPE_BOOLEAN] = FOR_BOOLEAN,
    [KOBRA_TYPE_DATE] = FOR_DATE,
  };

  if (field->choices != NULL && field->type != KOBRA_TYPE_BOOLEAN)
    return FOR_CHOICE;
  return types[field->type] | (field->form < G_N_ELEMENTS (forms) ? forms[field->form] : 0);
}

KobraFixes
kobra_clean_get_fixes (const KobraField *field)
{
  guint      kind = get_kind (field);
  KobraFixes fixes = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if ((all[i].fields & kind) != 0)
      fixes |= KOBRA_FIX_BIT (all[i].fix);
  return fixes;
}

gboolean
kobra_clean_is_plain (const char *text)
{
  const char *at = text;

  if (*at == '\'')
    return FALSE;
  for (; *at != '\0'; at++)
    if (*at <= ' ' ? (*at != ' ' || at == text || at[1] == ' ' || at[1] == '\0') : *at == 0x7f)
      return FALSE;
  return TRUE;
}

/* @text, trimmed and with a NUL of its own, in @value or on the heap; NULL if there is nothing left. */
static const char *
copy_trimmed (const char *text,
              char        value[KOBRA_CLEAN_SIZE],
              char      **heap)
{
  gsize       length;
  const char *start = kobra_clean_trim (text, &length);

  if (length == 0)
    return NULL;
  if (length >= KOBRA_CLEAN_SIZE)
    return *heap = g_strndup (start, length);
  memcpy (value, start, length);
  value[length] = '\0';
  return value;
}

static gboolean
run (gsize                   at,
     const KobraField       *field,
     const KobraColumnHabit *habit,
     const char             *text,
     KobraBuffer            *out)
{
  char             value[KOBRA_CLEAN_SIZE];
  g_autofree char *heap = NULL;
  const char      *trimmed;

  if (all[at].run == NULL)
    return kobra_clean_cell (field, habit, text, out) == all[at].fix;
  trimmed = copy_trimmed (text, value, &heap);
  /* What means a date or a number is short, and left alone if it can go out. */
  if (trimmed == NULL || ((all[at].fields & FOR_TEXT) == 0 && (heap != NULL || ((all[at].fields & FOR_TYPED) != 0 && kobra_clean_is_valid (field, trimmed)))))
    return FALSE;
  kobra_buffer_reset (out);
  return all[at].run (field, habit, trimmed, out) && !out->overflowed && strcmp (out->length > 0 ? out->bytes : "", trimmed) != 0;
}

static gsize
find_fix (KobraFix fix)
{
  gsize i = 0;

  while (all[i].fix != fix)
    i++;
  return i;
}

gboolean
kobra_clean_fix (KobraFix                fix,
                 const KobraField       *field,
                 const KobraColumnHabit *habit,
                 const char             *text,
                 KobraBuffer            *out)
{
  g_auto (KobraBuffer) changed = { 0 };

  g_return_val_if_fail (fix > KOBRA_FIX_NONE && fix < KOBRA_N_FIXES, FALSE);

  if ((kobra_clean_get_fixes (field) & KOBRA_FIX_BIT (fix)) == 0)
    return FALSE;
  kobra_buffer_init (&changed, out->limit);
  if (!run (find_fix (fix), field, habit, text, &changed))
    return FALSE;
  kobra_buffer_reset (out);
  return kobra_buffer_append (out, changed.length > 0 ? changed.bytes : "", changed.length);
}

gboolean
kobra_clean_fix_all (KobraFixes              fixes,
                     const KobraField       *field,
                     const KobraColumnHabit *habit,
                     const char             *text,
                     KobraBuffer            *out,
                     KobraFixes             *done)
{
  g_autofree char *now = NULL;
  KobraFixes       did = 0;

  fixes &= kobra_clean_get_fixes (field);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if ((fixes & KOBRA_FIX_BIT (all[i].fix)) != 0 && run (i, field, habit, now != NULL ? now : text, out))
      {
        g_free (now);
        now = g_strndup (out->length > 0 ? out->bytes : "", out->length);
        did |= KOBRA_FIX_BIT (all[i].fix);
      }
  if (done != NULL)
    *done = did;
  if (now == NULL)
    return FALSE;
  kobra_buffer_reset (out);
  return kobra_buffer_append (out, now, strlen (now));
}
