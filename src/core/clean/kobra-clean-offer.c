/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fixes that somebody must ask for, each a function of a trimmed text; and all fixes, safe ones included, one at a time or together. */

#include <string.h>

#include "kobra-clean-private.h"

#include "kobra-banned.h"

typedef gboolean (*FixFunc) (const KobraField       *field,
                             const KobraColumnHabit *habit,
                             const char             *text,
                             KobraBuffer            *out);

/* What the bytes 0x80 to 0x9f mean in Windows-1252; 0: nothing, and then programs keep the byte as it is. */
static const gunichar windows_1252[32] = {
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
  0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178
};

static gboolean
to_byte (gunichar c,
         char    *byte)
{
  for (guint i = 0; i < G_N_ELEMENTS (windows_1252); i++)
    if (windows_1252[i] == c)
      {
        *byte = (char) (0x80 + i);
        return TRUE;
      }
  *byte = (char) c;
  return c <= 0xff;
}

static gboolean
answer_text (const char  *text,
             KobraBuffer *out)
{
  return kobra_buffer_append_string (out, text);
}

/* The bytes that @text was made of by a program that took them for Windows-1252; FALSE if it can't have been, or is plain. */
static gboolean
to_bytes (const char  *text,
          KobraBuffer *out)
{
  gboolean changed = FALSE;

  kobra_buffer_reset (out);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      char byte;

      if (!to_byte (g_utf8_get_char (at), &byte) || !kobra_buffer_append_byte (out, byte))
        return FALSE;
      changed |= (byte & 0x80) != 0;
    }
  return changed && g_utf8_validate_len (out->bytes, out->length, NULL);
}

/* UTF-8 that a program took for Windows-1252, and maybe a second one after it: the characters, as bytes again, are valid UTF-8, which no
 * Spanish text is by chance. */
static gboolean
mend_mojibake (const KobraField       *field,
               const KobraColumnHabit *habit,
               const char             *text,
               KobraBuffer            *out)
{
  g_autofree char *mended = NULL;

  while (to_bytes (mended != NULL ? mended : text, out))
    {
      g_free (mended);
      mended = g_strdup (out->bytes);
    }
  kobra_buffer_reset (out);
  return mended != NULL && answer_text (mended, out);
}

static gboolean
append_character (KobraBuffer *out,
                  gunichar     c)
{
  char bytes[6];

  return kobra_buffer_append (out, bytes, (gsize) g_unichar_to_utf8 (c, bytes));
}

/* A break of a line keeps words apart, so it leaves a space. */
static gboolean
remove_controls (const KobraField       *field,
                 const KobraColumnHabit *habit,
                 const char             *text,
                 KobraBuffer            *out)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\t' || c == '\n' || c == '\r')
        append_character (out, ' ');
      else if (c >= 0x20 && (c < 0x7f || c > 0x9f))
        append_character (out, c);
    }
  return TRUE;
}

static gboolean
plain_quotes (const KobraField       *field,
              const KobraColumnHabit *habit,
              const char             *text,
              KobraBuffer            *out)
{
  static const struct
  {
    gunichar curly;
    char     plain;
  } marks[] = {
    { 0x201c, '"' }, { 0x201d, '"' }, { 0x201e, '"' }, { 0x00ab, '"' }, { 0x00bb, '"' },
    { 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201a, '\'' }, { 0x2032, '\'' }, { 0x00b4, '\'' },
  };

  /* What spreadsheets put before digits to keep them as text. */
  while (*text == '\'' && g_ascii_isdigit (text[1]))
    text++;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
        if (marks[i].curly == c)
          c = (gunichar) marks[i].plain;
      append_character (out, c);
    }
  while (out->length > 1 && out->bytes[0] == '\'' && g_ascii_isdigit (out->bytes[1]))
    {
      memmove (out->bytes, out->bytes + 1, out->length);
      kobra_buffer_truncate (out, out->length - 1);
    }
  return TRUE;
}

static gboolean
one_space (const KobraField       *field,
           const KobraColumnHabit *habit,
           const char             *text,
           KobraBuffer            *out)
{
  gboolean in_space = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean is_space = g_unichar_isspace (c);

      /* What takes no room keeps no words apart either. */
      if (!is_space && kobra_clean_is_space (c))
        continue;
      if (!is_space || !in_space)
        append_character (out, is_space ? ' ' : c);
      in_space = is_space;
    }
  return TRUE;
}

static gboolean
empty_word (const KobraField       *field,
            const KobraColumnHabit *habit,
            const char             *text,
            KobraBuffer            *out)
{
  return kobra_clean_is_empty_word (text);
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

/* Only the digits of @text; FALSE if there is anything but digits, @signs and white space. */
static gboolean
take_digits (const char *text,
             const char *signs,
             char        digits[KOBRA_CLEAN_SIZE])
{
  gsize n = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (g_ascii_isdigit (*at))
        digits[n++] = *at;
      else if (!kobra_clean_is_space (g_utf8_get_char (at)) && ((guchar) *at >= 0x80 || strchr (signs, *at) == NULL))
        return FALSE;
    }
  digits[n] = '\0';
  return TRUE;
}

/* Source: the numbering plan of 3 August 2019, which took away 01 before long-distance calls, 044 and 045 before mobiles and the 1 after the
 * country's 52. A spreadsheet takes the zero in front of such a prefix away. */
static gboolean
plain_phone (const KobraField       *field,
             const KobraColumnHabit *habit,
             const char             *text,
             KobraBuffer            *out)
{
  static const char *const prefixes[] = { "", "52", "521", "0052", "00521", "01", "1", "044", "045", "44", "45" };
  char                     digits[KOBRA_CLEAN_SIZE];
  gsize                    n;

  if (!take_digits (text, "+()-./", digits))
    return FALSE;
  n = strlen (digits);
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize skipped = strlen (prefixes[i]);

      if (n == skipped + 10 && g_str_has_prefix (digits, prefixes[i]) && digits[skipped] != '0' && (*text != '+' || g_str_has_prefix (digits, "52")))
        return answer_text (digits + skipped, out);
    }
  return FALSE;
}

/* The zero that a spreadsheet took away from a code of the capital or its neighbours: those begin with 0, and codes have five digits. */
static gboolean
pad_postal_code (const KobraField       *field,
                 const KobraColumnHabit *habit,
                 const char             *text,
                 KobraBuffer            *out)
{
  static const char *const names[] = { "c.p.", "c.p", "cp.", "cp" };
  gsize                    n;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (text, names[i], strlen (names[i])) == 0)
      {
        text += strlen (names[i]);
        break;
      }
  text += strspn (text, " :");
  n = strspn (text, "0123456789");
  if ((n != 4 && n != 5) || !(text[n] == '\0' || strcmp (text + n, ".0") == 0) || (n == 4 && text[0] == '0'))
    return FALSE;
  return (n == 5 || kobra_buffer_append_byte (out, '0')) && kobra_buffer_append (out, text, n);
}

static gboolean
plain_email (const KobraField       *field,
             const KobraColumnHabit *habit,
             const char             *text,
             KobraBuffer            *out)
{
  const char *at_sign;

  if (g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    text += 7;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!kobra_clean_is_space (c) && strchr ("<>\"", (int) (c < 0x80 ? c : 'x')) == NULL)
        append_character (out, c);
    }
  while (out->length > 0 && strchr (".,;", out->bytes[out->length - 1]) != NULL)
    kobra_buffer_truncate (out, out->length - 1);
  if (out->length == 0)
    return FALSE;
  at_sign = strchr (out->bytes, '@');
  return at_sign != NULL && at_sign > out->bytes && at_sign[1] != '.' && strchr (at_sign + 1, '@') == NULL && strchr (at_sign + 1, '.') != NULL;
}

/* How long the IDs with a form of their own are. Capitals, and nothing between the characters, are what their issuers write. */
static gboolean
plain_identifier (const KobraField       *field,
                  const KobraColumnHabit *habit,
                  const char             *text,
                  KobraBuffer            *out)
{
  gboolean digits_only = field->form == KOBRA_FORM_CLABE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (kobra_clean_is_space (c) || c == '-' || c == '.' || c == '/')
        continue;
      if (digits_only && !(c >= '0' && c <= '9'))
        return FALSE;
      append_character (out, g_unichar_toupper (c));
    }
  switch ((guint) field->form)
    {
    case KOBRA_FORM_RFC:
      return g_utf8_strlen (out->bytes, (gssize) out->length) == 12 || g_utf8_strlen (out->bytes, (gssize) out->length) == 13;
    default:
      return g_utf8_strlen (out->bytes, (gssize) out->length) == 18;
    }
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
  FixFunc  run;    /* NULL: kobra_clean_cell() does it */
} all[] = {
  { KOBRA_FIX_MOJIBAKE, FOR_TEXT | FOR_CHOICE | FOR_BOOLEAN, mend_mojibake },
  { KOBRA_FIX_CONTROL, FOR_TEXT, remove_controls },
  { KOBRA_FIX_QUOTES, FOR_ALL, plain_quotes },
  { KOBRA_FIX_SPACES, FOR_TEXT, one_space },
  { KOBRA_FIX_TRIM, FOR_ALL, NULL },
  { KOBRA_FIX_EMPTY_WORD, FOR_ALL, empty_word },
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
  { KOBRA_FIX_PHONE, FOR_PHONE, plain_phone },
  { KOBRA_FIX_POSTAL_CODE, FOR_POSTAL_CODE, pad_postal_code },
  { KOBRA_FIX_EMAIL, FOR_EMAIL, plain_email },
  { KOBRA_FIX_IDENTIFIER, FOR_ID, plain_identifier },
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
