/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-check-person.h"

#include <string.h>

#include "kobra-curp.h"
#include "kobra-rfc.h"
#include "kobra-schema-accounts.h"

#include "kobra-banned.h"

/* A set of letters, A to Z, a bit each. */
typedef guint32 Letters;

#define LETTER(c) ((Letters) 1 << ((c) - 'A'))

/* Both keys of a person begin so: two letters of the first surname, one of the second, one of the name, yymmdd. */
#define NAME_LETTERS 4u
#define KEY_LENGTH 10u

/* The first letters of all words of @text. Which of them a key takes depends on lists of particles and of very common names (de, la, José,
 * María), on which RENAPO and the tax office differ: any will do. An Ñ is written X in a CURP. */
static Letters
get_initials (const char *text)
{
  Letters  letters = 0;
  gboolean at_start = TRUE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text), base, mark;

      if (c == ' ' || c == '-' || c == '.' || c == '\'')
        {
          at_start = TRUE;
          continue;
        }
      if (!at_start)
        continue;
      at_start = FALSE;
      if (c == 0xd1 || c == 0xf1)
        letters |= LETTER ('X') | LETTER ('N');
      else if (c >= 0x80 && g_unichar_decompose (c, &base, &mark))
        c = base;
      if (c < 0x80 && g_ascii_isalpha ((char) c))
        letters |= LETTER (g_ascii_toupper ((char) c));
    }
  return letters;
}

/* Whether @c may stand for @text in a key. */
static gboolean
is_initial (char        c,
            const char *text)
{
  c = g_ascii_toupper (c);
  /* An X stands for what is missing, or strange, or would have made a rude word. The first letter of all is the rule. */
  return !g_ascii_isupper (c) || c == 'X' || c == *text || (get_initials (text) & LETTER (c)) != 0;
}

/* Whether the four letters of @key may come from the names; they may if one of the names is not told. */
static gboolean
fits_names (const KobraRecord *record,
            const char        *key)
{
  const char *name = record->texts[KOBRA_ACCOUNT_NAME];
  const char *first = record->texts[KOBRA_ACCOUNT_FIRST_SURNAME], *second = record->texts[KOBRA_ACCOUNT_SECOND_SURNAME];

  if (*name == '\0' || *first == '\0' || *second == '\0')
    return TRUE;
  return is_initial (key[0], first) && is_initial (key[2], second) && is_initial (key[3], name);
}

/* Whether yymmdd in @key is @day; the century is not told. */
static gboolean
is_day (const char     *key,
        const KobraDay *day)
{
  guint year, month, of_month;

  return !kobra_day_scan_digits (key + 4, 2, &year) || !kobra_day_scan_digits (key + 6, 2, &month) || !kobra_day_scan_digits (key + 8, 2, &of_month) ||
         (year == day->year % 100u && month == day->month && of_month == day->day);
}

/* An RFC of 13 plain characters is a person's; those of anybody and of foreigners say nothing. */
static gboolean
is_personal_rfc (const char *text)
{
  if (strnlen (text, 14) != 13)
    return FALSE;
  if ((*text == 'X' || *text == 'x') && (g_ascii_strncasecmp (text, "XAXX", NAME_LETTERS) == 0 || g_ascii_strncasecmp (text, "XEXX", NAME_LETTERS) == 0))
    return FALSE;
  for (guint i = 0; i < NAME_LETTERS; i++)
    if (!g_ascii_isalpha (text[i]))
      return FALSE;
  return TRUE;
}

static void
check_curp (const KobraRecord *record,
            const KobraDay    *birthdate,
            const KobraCurp   *curp,
            KobraProblemSink   sink,
            gpointer           data)
{
  const char *gender = record->texts[KOBRA_ACCOUNT_GENDER];

  if (birthdate != NULL && (birthdate->year != curp->year || birthdate->month != curp->month || birthdate->day != curp->day))
    sink (data, KOBRA_PROBLEM_CURP_BIRTHDATE, KOBRA_ACCOUNT_CURP);
  if ((curp->sex == 'H' && strcmp (gender, "F") == 0) || (curp->sex == 'M' && strcmp (gender, "M") == 0))
    sink (data, KOBRA_PROBLEM_CURP_GENDER, KOBRA_ACCOUNT_CURP);
  if (!fits_names (record, record->texts[KOBRA_ACCOUNT_CURP]))
    sink (data, KOBRA_PROBLEM_CURP_NAME, KOBRA_ACCOUNT_CURP);
}

static void
check_rfc (const KobraRecord *record,
           const KobraDay    *birthdate,
           const char        *curp,
           KobraProblemSink   sink,
           gpointer           data)
{
  const char *rfc = record->texts[KOBRA_ACCOUNT_RFC];

  if (birthdate != NULL && !is_day (rfc, birthdate))
    sink (data, KOBRA_PROBLEM_RFC_BIRTHDATE, KOBRA_ACCOUNT_RFC);
  /* Rude words lose another letter in a CURP than in an RFC. */
  if (curp != NULL && (g_ascii_toupper (rfc[0]) != g_ascii_toupper (curp[0]) || memcmp (rfc + NAME_LETTERS, curp + NAME_LETTERS, KEY_LENGTH - NAME_LETTERS) != 0))
    sink (data, KOBRA_PROBLEM_RFC_CURP, KOBRA_ACCOUNT_RFC);
  if (!fits_names (record, rfc))
    sink (data, KOBRA_PROBLEM_RFC_NAME, KOBRA_ACCOUNT_RFC);
}

void
kobra_check_person (const KobraRecord *record,
                    KobraProblemSink   sink,
                    gpointer           data)
{
  const char *rfc = record->texts[KOBRA_ACCOUNT_RFC], *curp = record->texts[KOBRA_ACCOUNT_CURP];
  KobraCurp   told;
  KobraDay    day;
  gboolean    has_day, has_curp;

  if (*rfc == '\0' && *curp == '\0')
    return;
  has_day = kobra_day_scan (record->texts[KOBRA_ACCOUNT_BIRTHDATE], &day) == KOBRA_DAY_OK;
  has_curp = *curp != '\0' && kobra_curp_scan (curp, &told);
  if (has_curp)
    check_curp (record, has_day ? &day : NULL, &told, sink, data);
  if (is_personal_rfc (rfc) && kobra_rfc_has_form (rfc))
    check_rfc (record, has_day ? &day : NULL, has_curp ? curp : NULL, sink, data);
}
