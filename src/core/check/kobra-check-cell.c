/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-check-cell.h"

#include <string.h>

#include "kobra-clabe.h"
#include "kobra-curp.h"
#include "kobra-decimal.h"
#include "kobra-rfc.h"
#include "kobra-schema-accounts.h"
#include "kobra-state.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* Whoever reads JSON numbers as doubles (RFC 8259 §6) keeps 15 digits of any number, and 2^53 has 16. */
#define MAX_WHOLE_DIGITS 15u

#define MAX_AGE 120u

#define EVERY_BYTE(byte) (G_MAXUINT64 / 255 * (byte))

/* A space or break is fine in a text; other controls come from a damaged file. */
static gboolean
is_control (guchar c)
{
  return G_UNLIKELY (c < 0x20 || c == 0x7f) && c != '\t' && c != '\n' && c != '\r';
}

/* Whether any of eight bytes may be a control: is below 0x20, or is 0x7f. */
static gboolean
is_suspect (const char *text)
{
  guint64 word, no_delete;

  memcpy (&word, text, 8);
  no_delete = word ^ EVERY_BYTE (0x7f);
  return ((((word - EVERY_BYTE (0x20)) & ~word) | ((no_delete - EVERY_BYTE (0x01)) & ~no_delete)) & EVERY_BYTE (0x80)) != 0;
}

static gboolean
has_control (const char *text,
             gsize       length)
{
  gboolean suspect = length >= 8 && is_suspect (text + length - 8);

  for (gsize i = 0; !suspect && i + 8 < length; i += 8)
    suspect = is_suspect (text + i);
  if (length >= 8 && !suspect)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (is_control ((guchar) text[i]))
      return TRUE;
  return FALSE;
}

/* strspn() makes itself a table at each call: too slow for what is asked of every cell. */
static gsize
count_digits (const char *text)
{
  gsize n = 0;

  while (text[n] >= '0' && text[n] <= '9')
    n++;
  return n;
}

/* A spreadsheet always writes the sign: 1.23E+17. Without it, 12E5 may well be an ID. */
static gboolean
has_lost_digits (const char *text)
{
  const char *end = text + (*text == '-');

  if (!g_ascii_isdigit (*end))
    return FALSE;
  end += count_digits (end);
  if (*end == '.')
    end += 1 + count_digits (end + 1);
  return (*end == 'E' || *end == 'e') && end[1] == '+' && kobra_decimal_is_scientific (text);
}

static gboolean
has_digits_only (const char *text,
                 gsize       n)
{
  return count_digits (text) == n && text[n] == '\0';
}

static KobraProblemCode
check_rfc (const KobraRules  *rules,
           const KobraRecord *record,
           const char        *text)
{
  return kobra_rfc_check (text);
}

static KobraProblemCode
check_curp (const KobraRules  *rules,
            const KobraRecord *record,
            const char        *text)
{
  return kobra_curp_check (text);
}

static KobraProblemCode
check_clabe (const KobraRules  *rules,
             const KobraRecord *record,
             const char        *text)
{
  return kobra_clabe_check (text);
}

/* Source: Correos de México, five digits, the first two of which are the state's. */
static KobraProblemCode
check_postal_code (const KobraRules  *rules,
                   const KobraRecord *record,
                   const char        *text)
{
  if (!has_digits_only (text, 5))
    return KOBRA_PROBLEM_POSTAL_CODE;
  return kobra_state_of_postal_code (text) >= 0 ? KOBRA_PROBLEM_NONE : KOBRA_PROBLEM_POSTAL_CODE_UNKNOWN;
}

/* Source: the Federal Telecommunications Institute's numbering plan of 3 August 2019: ten digits, for landlines and mobiles alike. A number
 * is taken for Mexican unless the person is known not to be. */
static KobraProblemCode
check_phone (const KobraRules  *rules,
             const KobraRecord *record,
             const char        *text)
{
  const char *nationality = record->texts[KOBRA_ACCOUNT_NATIONALITY];

  if (*nationality != '\0' && strcmp (nationality, "MX") != 0)
    return KOBRA_PROBLEM_NONE;
  return has_digits_only (text, 10) ? KOBRA_PROBLEM_NONE : KOBRA_PROBLEM_PHONE;
}

/* Source: the electoral institute's (INE) clave de elector: six letters of the names, the day of birth as yymmdd, two digits of the state, H or
 * M, and three digits. The field takes other numbers of a credential as well (the OCR's 13 digits): digits alone are let pass. */
static KobraProblemCode
check_voter_key (const KobraRules  *rules,
                 const KobraRecord *record,
                 const char        *text)
{
  static const char form[] = "AAAAAA99999999S999";
  gsize             i;

  if (text[count_digits (text)] == '\0')
    return KOBRA_PROBLEM_NONE;
  for (i = 0; form[i] != '\0' && text[i] != '\0'; i++)
    {
      char     c = g_ascii_toupper (text[i]);
      gboolean fits = form[i] == 'A' ? g_ascii_isupper (c) : form[i] == '9' ? g_ascii_isdigit (c) : c == 'H' || c == 'M';

      if (!fits)
        break;
    }
  return form[i] == '\0' && text[i] == '\0' ? KOBRA_PROBLEM_NONE : KOBRA_PROBLEM_VOTER_KEY;
}

/* Words of letters, digits and @others, joined by single points. Returns what follows and how many words there were, or NULL. */
static const char *
skip_words (const char *text,
            const char *others,
            guint      *n_words)
{
  for (*n_words = 1;; (*n_words)++, text++)
    {
      const char *start = text;

      while (g_ascii_isalnum (*text) || (*text != '\0' && *text != '.' && *text != '@' && strchr (others, *text) != NULL))
        text++;
      if (text == start)
        return NULL;
      if (*text != '.')
        return text;
    }
}

/* Source: RFC 5322 §3.2.3 and §3.4.1 for the part before the @ (a dot-atom), RFC 1035 §2.3.1 for the domain, which must have two
 * labels at least. What the former allows besides, quotes and comments, nobody has. */
static KobraProblemCode
check_email (const KobraRules  *rules,
             const KobraRecord *record,
             const char        *text)
{
  guint       n_words;
  const char *domain = skip_words (text, "!#$%&'*+-/=?^_`{|}~", &n_words);
  const char *top;

  if (domain == NULL || *domain != '@')
    return KOBRA_PROBLEM_EMAIL;
  domain++;
  text = skip_words (domain, "-", &n_words);
  if (text == NULL || *text != '\0' || n_words < 2 || *domain == '-' || strstr (domain, ".-") != NULL || strstr (domain, "-.") != NULL)
    return KOBRA_PROBLEM_EMAIL;
  top = strrchr (domain, '.') + 1;
  return strlen (top) >= 2 && g_ascii_isalpha (top[0]) ? KOBRA_PROBLEM_NONE : KOBRA_PROBLEM_EMAIL;
}

typedef KobraProblemCode (*TextCheck) (const KobraRules  *rules,
                                       const KobraRecord *record,
                                       const char        *text);

/* What has no check here has none, or needs more than one field: kobra-check-across.c. */
static const TextCheck text_checks[] = {
  [KOBRA_FORM_RFC] = check_rfc,
  [KOBRA_FORM_CURP] = check_curp,
  [KOBRA_FORM_CLABE] = check_clabe,
  [KOBRA_FORM_POSTAL_CODE] = check_postal_code,
  [KOBRA_FORM_PHONE] = check_phone,
  [KOBRA_FORM_EMAIL] = check_email,
  [KOBRA_FORM_VOTER_KEY] = check_voter_key,
};

static KobraProblemCode
check_text (const KobraRules  *rules,
            const KobraRecord *record,
            guint              at,
            const char        *text)
{
  const KobraField *field = &rules->schema->fields[at];
  gsize             length = strlen (text);

  if (kobra_rules_is_required (rules, at) && kobra_text_is_blank (text))
    return KOBRA_PROBLEM_REQUIRED;
  /* No text has more characters than bytes: counting is for the few. */
  if (field->max > 0 && length > field->max && kobra_text_n_characters (text, field->max) > field->max)
    return KOBRA_PROBLEM_TOO_LONG;
  if (has_control (text, length))
    return KOBRA_PROBLEM_CONTROL_CHARACTER;
  if (has_lost_digits (text))
    return KOBRA_PROBLEM_DIGITS_LOST;
  if (field->form < G_N_ELEMENTS (text_checks) && text_checks[field->form] != NULL)
    return text_checks[field->form](rules, record, text);
  return KOBRA_PROBLEM_NONE;
}

static gboolean
is_too_large (const char *number)
{
  while (*number == '+' || *number == '-' || *number == '0')
    number++;
  return count_digits (number) > MAX_WHOLE_DIGITS;
}

static KobraProblemCode
check_number (const char *text)
{
  gsize n_whole = count_digits (text);

  /* Nearly all numbers are a few digits, and a point and digits. */
  if (n_whole > 0 && n_whole <= MAX_WHOLE_DIGITS && (text[n_whole] == '\0' || (text[n_whole] == '.' && text[n_whole + 1 + count_digits (text + n_whole + 1)] == '\0')))
    return KOBRA_PROBLEM_NONE;
  if (!kobra_decimal_is_number (text))
    return KOBRA_PROBLEM_NOT_A_NUMBER;
  if (is_too_large (text))
    return KOBRA_PROBLEM_NUMBER_TOO_LARGE;
  return *text == '-' && text[1 + strspn (text + 1, "0.")] != '\0' ? KOBRA_PROBLEM_AMOUNT_NEGATIVE : KOBRA_PROBLEM_NONE;
}

/* All whole numbers are IDs or counts. But lenders' systems count the days until a payment as days overdue below zero. */
static gboolean
may_be_negative (const KobraRules *rules,
                 guint             at)
{
  return rules->schema->kind == KOBRA_KIND_ACCOUNTS && at == KOBRA_ACCOUNT_OVERDUE_DAYS;
}

static KobraProblemCode
check_integer (const KobraRules *rules,
               guint             at,
               const char       *text)
{
  gsize n_digits = count_digits (text);

  if (n_digits > 0 && n_digits <= MAX_WHOLE_DIGITS && text[n_digits] == '\0')
    return KOBRA_PROBLEM_NONE;
  if (!kobra_decimal_is_integer (text))
    return kobra_decimal_is_scientific (text) ? KOBRA_PROBLEM_NOT_A_NUMBER : KOBRA_PROBLEM_NOT_AN_INTEGER;
  if (is_too_large (text))
    return KOBRA_PROBLEM_NUMBER_TOO_LARGE;
  if (*text == '-' && text[1 + strspn (text + 1, "0")] != '\0' && !may_be_negative (rules, at))
    return KOBRA_PROBLEM_NEGATIVE;
  return KOBRA_PROBLEM_NONE;
}

static KobraProblemCode
check_date (const KobraRules *rules,
            const KobraField *field,
            const char       *text)
{
  KobraDay day;

  switch (kobra_day_scan (text, &day))
    {
    case KOBRA_DAY_NO_FORM:
      return KOBRA_PROBLEM_NOT_A_DATE;
    case KOBRA_DAY_NOT_REAL:
      return KOBRA_PROBLEM_NO_SUCH_DAY;
    case KOBRA_DAY_OK:
    default:
      break;
    }
  if (field->form == KOBRA_FORM_PAST)
    return kobra_day_compare (&day, &rules->today) > 0 ? KOBRA_PROBLEM_DATE_FUTURE : KOBRA_PROBLEM_NONE;
  if (field->form != KOBRA_FORM_BIRTHDATE)
    return KOBRA_PROBLEM_NONE;
  if (kobra_day_compare (&day, &rules->today) > 0)
    return KOBRA_PROBLEM_BIRTHDATE_FUTURE;
  day.year += MAX_AGE;
  return kobra_day_compare (&day, &rules->today) < 0 ? KOBRA_PROBLEM_BIRTHDATE_TOO_OLD : KOBRA_PROBLEM_NONE;
}

/* What Excel, LibreOffice and Gnumeric show where a formula failed, in English and Spanish. */
static gboolean
is_formula_error (const char *text)
{
  static const char *const errors[] = {
    "#N/A", "#N/D", "#REF!", "#¡REF!", "#DIV/0!", "#¡DIV/0!", "#VALUE!", "#¡VALOR!", "#NAME?", "#¿NOMBRE?", "#NUM!", "#¡NUM!", "#NULL!", "#¡NULO!",
    "#SPILL!", "#¡DESBORDAMIENTO!", "#CALC!", "#¡CALC!", "#GETTING_DATA", "#UNKNOWN!"
  };

  if (*text == 'E')
    return g_str_has_prefix (text, "Err:") && has_digits_only (text + 4, 3);
  if (*text != '#')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    if (strcmp (text, errors[i]) == 0)
      return TRUE;
  return FALSE;
}

static KobraProblemCode
check_value (const KobraRules  *rules,
             const KobraRecord *record,
             guint              at)
{
  const KobraField *field = &rules->schema->fields[at];
  const char       *text = record->texts[at];

  if (*text == '\0')
    return kobra_rules_is_required (rules, at) ? KOBRA_PROBLEM_REQUIRED : KOBRA_PROBLEM_NONE;
  /* Which values there are says more than the type does. */
  if (field->choices != NULL && field->type != KOBRA_TYPE_BOOLEAN)
    return kobra_field_find_choice (field, text) != NULL ? KOBRA_PROBLEM_NONE : KOBRA_PROBLEM_NOT_A_CHOICE;
  switch (field->type)
    {
    case KOBRA_TYPE_TEXT:
      return check_text (rules, record, at, text);
    case KOBRA_TYPE_INTEGER:
      return check_integer (rules, at, text);
    case KOBRA_TYPE_NUMBER:
      return check_number (text);
    case KOBRA_TYPE_BOOLEAN:
      return strcmp (text, "true") == 0 || strcmp (text, "false") == 0 ? KOBRA_PROBLEM_NONE : KOBRA_PROBLEM_NOT_A_BOOLEAN;
    case KOBRA_TYPE_DATE:
      return check_date (rules, field, text);
    default:
      return KOBRA_PROBLEM_NONE;
    }
}

static inline KobraProblemCode
check_cell (const KobraRules  *rules,
            const KobraRecord *record,
            guint              at)
{
  KobraProblemCode code;

  if (G_UNLIKELY (is_formula_error (record->texts[at])))
    return KOBRA_PROBLEM_FORMULA_ERROR;
  code = check_value (rules, record, at);
  /* Why it is doubtful says more than that its form is. */
  if (G_UNLIKELY ((record->lost[at / 64] >> at % 64 & 1) != 0) && kobra_problem_get_severity (code) == KOBRA_SEVERITY_WARNING)
    return KOBRA_PROBLEM_DIGITS_LOST;
  return code;
}

KobraProblemCode
kobra_check_cell (const KobraRules  *rules,
                  const KobraRecord *record,
                  guint              at)
{
  return check_cell (rules, record, at);
}

void
kobra_check_cells (const KobraRules  *rules,
                   const KobraRecord *record,
                   KobraProblemSink   sink,
                   gpointer           data)
{
  for (guint i = 0; i < rules->schema->n_fields; i++)
    {
      KobraProblemCode code;

      /* Most of a record's cells are empty, as a rule. */
      if (*record->texts[i] == '\0' && !kobra_rules_is_required (rules, i))
        continue;
      code = check_cell (rules, record, i);
      if (code != KOBRA_PROBLEM_NONE)
        sink (data, code, i);
    }
}
