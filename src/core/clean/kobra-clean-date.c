/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as people and programs write them, to yyyy-mm-dd. Two-digit years are left alone unless somebody asks: nobody can tell 1924 from 2024. */

#include <string.h>

#include "kobra-clean-private.h"

#include "kobra-banned.h"

/* The years that a record's date may be in. */
#define FIRST_YEAR 1850u
#define LAST_YEAR 2150u

#define MAX_DIGITS 8u

/* How old a person of an account is, at the least and at the most. */
#define MIN_AGE 18u
#define MAX_AGE 100u

/* No date but a birthdate is further ahead than this. */
#define MAX_YEARS_AHEAD 10u

typedef struct
{
  guint    value;
  guint    n_digits; /* 0: the name of a month */
} Part;

/* Three parts and what is between them: one of / - . , or a space, or 0 for nothing. */
typedef struct
{
  Part parts[3];
  char separators[2];
} Parsed;

/* Spanish, then English; what only one of them has stands alone. A name may be cut to any length down to these. */
static const struct
{
  const char *name;
  guint       n_least, month;
} months[] = {
  { "enero", 3, 1 },      { "january", 3, 1 },
  { "febrero", 3, 2 },    { "february", 3, 2 },
  { "marzo", 3, 3 },      { "march", 3, 3 },
  { "abril", 3, 4 },      { "april", 3, 4 },
  { "mayo", 3, 5 },
  { "junio", 3, 6 },      { "june", 3, 6 },
  { "julio", 3, 7 },      { "july", 3, 7 },
  { "agosto", 3, 8 },     { "august", 3, 8 },
  { "septiembre", 3, 9 }, { "september", 3, 9 }, { "setiembre", 3, 9 },
  { "octubre", 3, 10 },   { "october", 3, 10 },
  { "noviembre", 3, 11 }, { "november", 3, 11 },
  { "diciembre", 3, 12 }, { "december", 3, 12 },
};

static gboolean
exists (guint year,
        guint month,
        guint day)
{
  return year >= FIRST_YEAR && year <= LAST_YEAR && month <= 12 && day <= 31 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static const char *
scan_number (const char *text,
             Part       *part)
{
  *part = (Part) { 0 };
  for (; g_ascii_isdigit (*text) && part->n_digits < MAX_DIGITS; text++, part->n_digits++)
    part->value = part->value * 10 + (guint) (*text - '0');
  return g_ascii_isdigit (*text) ? NULL : text;
}

static const char *
scan_month (const char *text,
            Part       *part)
{
  gsize length = 0;

  while (g_ascii_isalpha (text[length]))
    length++;
  for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
    if (length >= months[i].n_least && length <= strlen (months[i].name) && g_ascii_strncasecmp (text, months[i].name, length) == 0)
      {
        *part = (Part) { .value = months[i].month };
        return text + length;
      }
  return NULL;
}

static const char *
skip_space (const char *text)
{
  static const char *const spaces[] = { " ", "\u00a0", "\u202f" };

  for (gsize i = 0; i < G_N_ELEMENTS (spaces); i++)
    if (g_str_has_prefix (text, spaces[i]))
      return text + strlen (spaces[i]);
  return NULL;
}

static const char *
skip_spaces (const char *text)
{
  for (const char *after = skip_space (text); after != NULL; after = skip_space (text))
    text = after;
  return text;
}

static const char *
scan_separator (const char *text,
                char       *separator)
{
  const char *start = text;

  text = skip_spaces (text);
  *separator = text > start ? ' ' : '\0';
  if (*text != '\0' && strchr ("/-.,", *text) != NULL)
    *separator = *text++;
  text = skip_spaces (text);
  /* 12 de enero del 2024 */
  if (*separator == ' ' && g_ascii_strncasecmp (text, "de", 2) == 0)
    {
      const char *after = text + 2 + (g_ascii_tolower (text[2]) == 'l');

      if (*after == ' ')
        text = skip_spaces (after);
    }
  return text;
}

/* Skips a, m and what is around them: a. m., AM, a.m. */
static const char *
skip_before_noon (const char *text)
{
  text = skip_spaces (text);
  if (g_ascii_tolower (*text) != 'a')
    return NULL;
  text = skip_spaces (text + 1 + (text[1] == '.'));
  if (g_ascii_tolower (*text) != 'm')
    return NULL;
  return text + 1 + (text[1] == '.');
}

/* Whether @text is nothing or midnight, which is what programs add to a day that has no time. Any other time says something. */
static gboolean
is_end (const char *text)
{
  const char *noon;
  Part        hour, zero;

  if (*text == '\0')
    return TRUE;
  text = skip_spaces (text + (*text == 'T' || *text == ','));
  text = scan_number (text, &hour);
  if (text == NULL || hour.n_digits == 0 || hour.n_digits > 2 || *text != ':')
    return FALSE;
  for (guint i = 0; i < 2 && *text == ':'; i++)
    {
      text = scan_number (text + 1, &zero);
      if (text == NULL || zero.n_digits != 2 || zero.value != 0)
        return FALSE;
    }
  if (*text == '.')
    text += 1 + strspn (text + 1, "0");
  noon = skip_before_noon (text);
  if (noon != NULL)
    return *noon == '\0' && (hour.value == 12 || hour.value == 0);
  return *text == '\0' && hour.value == 0;
}

static gboolean
parse (const char *text,
       Parsed     *parsed)
{
  for (guint i = 0; i < 3; i++)
    {
      text = g_ascii_isdigit (*text) ? scan_number (text, &parsed->parts[i]) : scan_month (text, &parsed->parts[i]);
      if (text == NULL)
        return FALSE;
      if (i < 2)
        text = scan_separator (text, &parsed->separators[i]);
    }
  return is_end (text);
}

static gboolean
is_year (const Part *part)
{
  return part->n_digits == 4;
}

static gboolean
is_day (const Part *part)
{
  return part->n_digits == 1 || part->n_digits == 2;
}

static gboolean
has_name (const Parsed *parsed)
{
  return parsed->parts[0].n_digits == 0 || parsed->parts[1].n_digits == 0 || parsed->parts[2].n_digits == 0;
}

/* Digits alone, joined by the same sign: 31/12/1980, 1980.12.31. */
static gboolean
is_numeric (const Parsed *parsed)
{
  return !has_name (parsed) && parsed->separators[0] == parsed->separators[1] && parsed->separators[0] != '\0' && strchr ("/-.", parsed->separators[0]) != NULL;
}

static gboolean
write_date (guint year,
            guint month,
            guint day,
            char  date[KOBRA_CLEAN_SIZE])
{
  if (!exists (year, month, day))
    return FALSE;
  g_snprintf (date, KOBRA_CLEAN_SIZE, "%04u-%02u-%02u", year, month, day);
  return TRUE;
}

static gboolean
write_named (const Parsed *parsed,
             char          date[KOBRA_CLEAN_SIZE])
{
  const Part *parts = parsed->parts;

  if (parts[1].n_digits == 0 && is_day (&parts[0]) && is_year (&parts[2]))
    return write_date (parts[2].value, parts[1].value, parts[0].value, date);
  if (parts[1].n_digits == 0 && is_year (&parts[0]) && is_day (&parts[2]))
    return write_date (parts[0].value, parts[1].value, parts[2].value, date);
  if (parts[0].n_digits == 0 && is_day (&parts[1]) && is_year (&parts[2]))
    return write_date (parts[2].value, parts[0].value, parts[1].value, date);
  return FALSE;
}

/* What 03/04/2024 may be: bits of KobraEvidence, both if it may be either. */
static guint
get_readings (const Parsed *parsed)
{
  const Part *parts = parsed->parts;
  guint       readings = 0;

  if (!is_day (&parts[0]) || !is_day (&parts[1]) || !is_year (&parts[2]))
    return 0;
  if (exists (parts[2].value, parts[1].value, parts[0].value))
    readings |= KOBRA_EVIDENCE_DAY_FIRST;
  if (exists (parts[2].value, parts[0].value, parts[1].value))
    readings |= KOBRA_EVIDENCE_MONTH_FIRST;
  return readings;
}

static gboolean
write_numeric (const Parsed           *parsed,
               const KobraColumnHabit *habit,
               char                    date[KOBRA_CLEAN_SIZE])
{
  const Part *parts = parsed->parts;
  guint       readings;

  if (is_year (&parts[0]) && is_day (&parts[1]) && is_day (&parts[2]))
    return write_date (parts[0].value, parts[1].value, parts[2].value, date);
  readings = get_readings (parsed);
  if (readings == (KOBRA_EVIDENCE_DAY_FIRST | KOBRA_EVIDENCE_MONTH_FIRST) && parts[0].value != parts[1].value)
    {
      if (!habit->day_first_known)
        return FALSE;
      readings = habit->day_first ? KOBRA_EVIDENCE_DAY_FIRST : KOBRA_EVIDENCE_MONTH_FIRST;
    }
  if (readings & KOBRA_EVIDENCE_DAY_FIRST)
    return write_date (parts[2].value, parts[1].value, parts[0].value, date);
  if (readings & KOBRA_EVIDENCE_MONTH_FIRST)
    return write_date (parts[2].value, parts[0].value, parts[1].value, date);
  return FALSE;
}

/* 19801231 */
static gboolean
write_compact (const char *text,
               char        date[KOBRA_CLEAN_SIZE])
{
  Part part;

  text = scan_number (text, &part);
  if (text == NULL || part.n_digits != 8 || !is_end (text))
    return FALSE;
  return write_date (part.value / 10000, part.value / 100 % 100, part.value % 100, date);
}

gboolean
kobra_clean_is_date (const char *text)
{
  static const char form[] = "dddd-dd-dd";
  guint             date = 0;

  for (gsize i = 0; i < sizeof form - 1; i++)
    {
      if (form[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != form[i])
        return FALSE;
      if (form[i] == 'd')
        date = date * 10 + (guint) (text[i] - '0');
    }
  return text[sizeof form - 1] == '\0' && exists (date / 10000, date / 100 % 100, date % 100);
}

gboolean
kobra_clean_date (const char             *text,
                  const KobraColumnHabit *habit,
                  char                    date[KOBRA_CLEAN_SIZE])
{
  Parsed parsed;

  if (!parse (text, &parsed))
    return write_compact (text, date);
  if (has_name (&parsed))
    return write_named (&parsed, date);
  return is_numeric (&parsed) && write_numeric (&parsed, habit, date);
}

static gboolean
complete_year (const KobraField       *field,
               const KobraColumnHabit *habit,
               guint                   year,
               guint                  *full)
{
  guint this_year = habit->this_year;
  gboolean is_birth = field->form == KOBRA_FORM_BIRTHDATE;

  if (this_year < 2000)
    return FALSE;
  *full = year + (year + 2000 <= (is_birth ? this_year - MIN_AGE : this_year + MAX_YEARS_AHEAD) ? 2000 : 1900);
  return !is_birth || *full + MAX_AGE >= this_year;
}

gboolean
kobra_clean_full_year (const KobraField       *field,
                       const KobraColumnHabit *habit,
                       const char             *text,
                       char                    full[KOBRA_CLEAN_SIZE])
{
  const char *at = text;
  Parsed      parsed;
  Part        part;
  guint       year;

  if (!parse (text, &parsed) || parsed.parts[2].n_digits != 2 || !is_day (&parsed.parts[0]) || !(parsed.parts[1].n_digits == 0 || is_day (&parsed.parts[1])) ||
      !complete_year (field, habit, parsed.parts[2].value, &year))
    return FALSE;
  /* The third part's digits are where the second's separator ends. */
  for (guint i = 0; i < 2; i++)
    {
      at = g_ascii_isdigit (*at) ? scan_number (at, &part) : scan_month (at, &part);
      at = scan_separator (at, &parsed.separators[i]);
    }
  return g_snprintf (full, KOBRA_CLEAN_SIZE, "%.*s%u%s", (int) (at - text), text, year, at + 2) < (int) KOBRA_CLEAN_SIZE;
}

/* Day 1 is the first of 1900, and 1900 counts as a leap year: so from March of that year on, days go by the 30th of December 1899. Source:
 * ECMA-376 Part 1 §18.17.4.1. Five digits only: four may be a year. */
gboolean
kobra_clean_serial (const char *text,
                    char        date[KOBRA_CLEAN_SIZE])
{
  Part  part;
  GDate day;

  text = scan_number (text, &part);
  if (text == NULL || part.n_digits != 5 || part.value < 10000 || !(*text == '\0' || (text[0] == '.' && text[1] == '0' && text[1 + strspn (text + 1, "0")] == '\0')))
    return FALSE;
  g_date_set_dmy (&day, 30, G_DATE_DECEMBER, 1899);
  g_date_add_days (&day, part.value);
  return write_date (g_date_get_year (&day), g_date_get_month (&day), g_date_get_day (&day), date);
}

guint
kobra_clean_learn_date (const char *text)
{
  Parsed parsed;
  guint  readings;

  if (!parse (text, &parsed) || !is_numeric (&parsed))
    return 0;
  /* 31/12/80: the day comes first whichever century it is. */
  if (parsed.parts[2].n_digits == 2)
    parsed.parts[2] = (Part) { .value = parsed.parts[2].value + 2000, .n_digits = 4 };
  readings = get_readings (&parsed);
  return readings == (KOBRA_EVIDENCE_DAY_FIRST | KOBRA_EVIDENCE_MONTH_FIRST) ? 0 : readings;
}
