/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-match-content.h"

#include <string.h>

#include "kobra-clabe.h"
#include "kobra-clean.h"
#include "kobra-curp.h"
#include "kobra-decimal.h"
#include "kobra-day.h"
#include "kobra-rfc.h"
#include "kobra-schema-accounts.h"

#include "kobra-banned.h"

/* A longer text is no ID, number or date. */
#define MAX_TEXT 64u

/* So many cells are looked at in all, whatever the table's size, but some of every column. */
#define MAX_CELLS 40000u
#define MIN_ROWS 12u

/* In a sample of fewer cells than this nothing is seen. */
#define MIN_CELLS 3u

/* A column that fits its field less than this, in percent, is another one. */
#define MIN_FIT 20u

/* The years that grown-up customers were born in. */
#define FIRST_BIRTH 1925u
#define LAST_BIRTH 2008u

typedef gboolean (*LookFunc) (const char *text);

static gsize
count_digits (const char *text)
{
  return strspn (text, "0123456789");
}

static gboolean
is_curp (const char *text)
{
  KobraCurp curp;

  return kobra_curp_scan (text, &curp);
}

static gboolean
is_rfc (const char *text)
{
  gsize length = strlen (text);

  return length >= 12 && length <= 14 && kobra_rfc_check (text) != KOBRA_PROBLEM_RFC_FORM;
}

/* Any 18 digits may be somebody's own number; the check digit tells. */
static gboolean
is_clabe (const char *text)
{
  return kobra_clabe_check (text) == KOBRA_PROBLEM_NONE;
}

static gboolean
is_email (const char *text)
{
  const char *sign = strchr (text, '@');

  return sign != NULL && sign > text && strchr (sign + 1, '.') != NULL && strchr (sign + 1, '@') == NULL && strpbrk (text, " ,;/") == NULL;
}

/* Source: the National Electoral Institute: six letters of the name, the birthdate in six digits, two of the state, the sex, three digits. */
static gboolean
is_voter_key (const char *text)
{
  for (guint i = 0; i < 6; i++)
    if (!g_ascii_isalpha (text[i]))
      return FALSE;
  return count_digits (text + 6) == 8 && strchr ("HMhm", text[14]) != NULL && text[14] != '\0' && count_digits (text + 15) == 3 && text[18] == '\0';
}

static gboolean
is_between (const char *text,
            double      least,
            double      most)
{
  double value;

  if (strchr (text, '.') == NULL || !kobra_decimal_is_number (text))
    return FALSE;
  value = g_ascii_strtod (text, NULL);
  return value >= least && value <= most;
}

/* Source: INEGI: Mexico lies between 14° 32′ and 32° 43′ north, 86° 42′ and 118° 22′ west. */
static gboolean
is_latitude (const char *text)
{
  return is_between (text, 14.5, 32.8);
}

static gboolean
is_longitude (const char *text)
{
  return is_between (text, -118.5, -86.6);
}

static gboolean
is_phone (const char *text)
{
  guint n = 0;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_ascii_isdigit (*at))
        n++;
      else if (strchr (" ()-+.", *at) == NULL)
        return FALSE;
    }
  return (n == 10 && text[0] != '0' && text[0] != '1') || ((n == 12 || n == 13) && (g_str_has_prefix (text, "+52") || g_str_has_prefix (text, "52") || g_str_has_prefix (text, "04")));
}

static gboolean
is_postal_code (const char *text)
{
  return count_digits (text) == 5 && text[5] == '\0' && !(text[0] == '0' && text[1] == '0');
}

static gboolean
is_sex (const char *text)
{
  static const char *const words[] = { "M", "F", "H", "MASCULINO", "FEMENINO", "HOMBRE", "MUJER", "MASC", "FEM" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The text as a date of @field, if it is one or can be made one by any reading. */
static gboolean
read_date (const KobraField *field,
           const char       *text,
           char              date[MAX_TEXT])
{
  static const KobraFix fixes[] = { KOBRA_FIX_DATE, KOBRA_FIX_DAY_FIRST, KOBRA_FIX_MONTH_FIRST, KOBRA_FIX_SHORT_YEAR };
  KobraColumnHabit      habit = { .this_year = LAST_BIRTH + 18 };
  g_auto (KobraBuffer)  out = { 0 };
  KobraDay              day;

  if (strlen (text) < 6 || (!g_ascii_isdigit (text[0]) && !g_ascii_isalpha (text[0])))
    return FALSE;
  if (kobra_day_scan (text, &day) == KOBRA_DAY_OK)
    return g_strlcpy (date, text, MAX_TEXT) < MAX_TEXT;
  kobra_buffer_init (&out, MAX_TEXT);
  for (gsize i = 0; i < G_N_ELEMENTS (fixes); i++)
    if (kobra_clean_fix (fixes[i], field, &habit, text, &out))
      return g_strlcpy (date, out.bytes, MAX_TEXT) < MAX_TEXT;
  return FALSE;
}

static gboolean
is_birthdate (const char *text)
{
  char  date[MAX_TEXT];
  guint year;

  return read_date (&kobra_account_fields[KOBRA_ACCOUNT_BIRTHDATE], text, date) && kobra_day_scan_digits (date, 4, &year) && year >= FIRST_BIRTH && year <= LAST_BIRTH;
}

/* What a look is taken for, how much of the sample must have it, and whether it may be what another name says all the same. */
static const struct
{
  LookFunc          has;
  KobraAccountField field;
  guint             least;  /* percent */
  gboolean          plain;  /* can't be mistaken */
} looks[KOBRA_N_LOOKS] = {
  [KOBRA_LOOK_CURP] = { is_curp, KOBRA_ACCOUNT_CURP, 80, TRUE },
  [KOBRA_LOOK_RFC] = { is_rfc, KOBRA_ACCOUNT_RFC, 80, TRUE },
  [KOBRA_LOOK_CLABE] = { is_clabe, KOBRA_ACCOUNT_BANK_CLABE, 80, TRUE },
  [KOBRA_LOOK_EMAIL] = { is_email, KOBRA_ACCOUNT_EMAIL, 80, TRUE },
  [KOBRA_LOOK_VOTER] = { is_voter_key, KOBRA_ACCOUNT_IFE, 80, TRUE },
  [KOBRA_LOOK_LATITUDE] = { is_latitude, KOBRA_ACCOUNT_LAT, 95, FALSE },
  [KOBRA_LOOK_LONGITUDE] = { is_longitude, KOBRA_ACCOUNT_LNG, 95, TRUE },
  [KOBRA_LOOK_PHONE] = { is_phone, KOBRA_ACCOUNT_CELLPHONE_NUMBER, 95, FALSE },
  [KOBRA_LOOK_POSTAL_CODE] = { is_postal_code, KOBRA_ACCOUNT_POSTAL_CODE, 98, FALSE },
  [KOBRA_LOOK_SEX] = { is_sex, KOBRA_ACCOUNT_GENDER, 95, FALSE },
  [KOBRA_LOOK_BIRTHDATE] = { is_birthdate, KOBRA_ACCOUNT_BIRTHDATE, 95, FALSE },
};

static gboolean
is_number (const KobraField *field,
           const char       *text)
{
  static const KobraFix fixes[] = { KOBRA_FIX_AMOUNT, KOBRA_FIX_DECIMAL_COMMA, KOBRA_FIX_UNIT };
  KobraColumnHabit      habit = { 0 };
  g_auto (KobraBuffer)  out = { 0 };

  if (kobra_decimal_is_number (text) || kobra_decimal_is_scientific (text))
    return TRUE;
  kobra_buffer_init (&out, MAX_TEXT);
  for (gsize i = 0; i < G_N_ELEMENTS (fixes); i++)
    if (kobra_clean_fix (fixes[i], field, &habit, text, &out))
      return TRUE;
  return FALSE;
}

static gboolean
is_choice (const KobraField *field,
           const char       *text)
{
  KobraColumnHabit     habit = { 0 };
  g_auto (KobraBuffer) out = { 0 };

  if (kobra_field_find_choice (field, text) != NULL)
    return TRUE;
  kobra_buffer_init (&out, MAX_TEXT);
  return kobra_clean_fix (field->type == KOBRA_TYPE_BOOLEAN ? KOBRA_FIX_BOOLEAN : KOBRA_FIX_CHOICE, field, &habit, text, &out) || (field->choices[0].custom != NULL && is_sex (text));
}

/* Which looks the values of a form have: a text without that look may be a damaged one, a text with another look is not. */
static gboolean
fits_form (const KobraField *field,
           const char       *text)
{
  static const struct
  {
    KobraForm form;
    KobraLook look;
  } forms[] = {
    { KOBRA_FORM_CURP, KOBRA_LOOK_CURP },
    { KOBRA_FORM_RFC, KOBRA_LOOK_RFC },
    { KOBRA_FORM_CLABE, KOBRA_LOOK_CLABE },
    { KOBRA_FORM_EMAIL, KOBRA_LOOK_EMAIL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].form != field->form && (field->form != KOBRA_FORM_FREE && field->form != KOBRA_FORM_DIGITS) && looks[forms[i].look].has (text))
      return FALSE;
  if (field->form == KOBRA_FORM_PHONE || field->form == KOBRA_FORM_POSTAL_CODE)
    return strpbrk (text, "0123456789") != NULL;
  if (field->form == KOBRA_FORM_LATITUDE || field->form == KOBRA_FORM_LONGITUDE)
    return is_number (field, text);
  return TRUE;
}

static gboolean
fits (const KobraField *field,
      const char       *text)
{
  char date[MAX_TEXT];

  if (field->choices != NULL)
    return is_choice (field, text);
  switch (field->type)
    {
    case KOBRA_TYPE_INTEGER:
    case KOBRA_TYPE_NUMBER:
      return is_number (field, text);
    case KOBRA_TYPE_DATE:
      /* Five digits may be a day as a spreadsheet counts it. */
      return read_date (field, text, date) || (count_digits (text) == 5 && text[5] == '\0');
    case KOBRA_TYPE_TEXT:
    case KOBRA_TYPE_BOOLEAN:
    default:
      return fits_form (field, text);
    }
}

/* Words for nothing say nothing of the column. */
static gboolean
is_nothing (const char *text)
{
  static const char *const words[] = { "", "-", "--", "n/a", "na", "#n/a", "s/d", "sd", "null", "none", "0" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

void
kobra_content_learn (KobraColumnContent *self,
                     const KobraField   *field,
                     const char         *text)
{
  char  value[MAX_TEXT];
  gsize length;

  while (g_ascii_isspace (*text))
    text++;
  length = strlen (text);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length >= MAX_TEXT)
    {
      self->n++;
      self->fits += field != NULL && field->type == KOBRA_TYPE_TEXT && field->choices == NULL;
      return;
    }
  memcpy (value, text, length);
  value[length] = '\0';
  if (is_nothing (value))
    return;
  self->n++;
  for (guint i = 0; i < KOBRA_N_LOOKS; i++)
    self->looks[i] += looks[i].has (value);
  self->fits += field != NULL && fits (field, value);
}

int
kobra_content_find_field (const KobraColumnContent *self,
                          gboolean                  has_name,
                          guint                    *confidence)
{
  if (self->n < MIN_CELLS)
    return -1;
  for (guint i = 0; i < KOBRA_N_LOOKS; i++)
    {
      guint share = self->looks[i] * 100 / self->n;

      if (share < looks[i].least || (has_name && !looks[i].plain))
        continue;
      *confidence = looks[i].plain ? share : share / 2;
      return looks[i].field;
    }
  return -1;
}

gboolean
kobra_content_vetoes (const KobraColumnContent *self,
                      const KobraField         *field)
{
  return self->n >= MIN_CELLS && self->fits * 100 / self->n < MIN_FIT;
}

guint
kobra_content_choose_rows (guint  n_rows,
                           guint  n_columns,
                           guint *rows,
                           guint  max)
{
  guint n = MIN (MIN (max, n_rows), MAX (MIN_ROWS, MAX_CELLS / MAX (n_columns, 1)));

  /* Spread over all of the table: its beginning may be of one kind. */
  for (guint i = 0; i < n; i++)
    rows[i] = (guint) ((guint64) i * n_rows / n);
  return n;
}
