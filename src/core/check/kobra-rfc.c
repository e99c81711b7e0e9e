/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-rfc.h"

#include <string.h>

#include "kobra-day.h"
#include "kobra-rude-words.h"

#include "kobra-banned.h"

/*
 * Source: the tax office's (SAT) rules for the Registro Federal de Contribuyentes, and the pattern of its CFDI schema (t_RFC): a person has four
 * letters, a company three, Ñ and & among them; then a date as yymmdd; then two letters or digits that tell namesakes apart and a
 * check digit. Each of the first twelve characters (a company's begins with a space) has a value from 0 to 38 and is multiplied
 * by 13 … 2; the check digit is what the sum lacks to a multiple of 11, written A for 10.
 */
#define N_CHARACTERS 13u
#define ENYE '\1' /* stands for Ñ, which is two bytes in UTF-8 */

/* Of the public in general and of foreigners: not made by the rule. */
static const char *const generic[] = { "XAXX010101000", "XEXX010101000" };

/* Puts @text in upper case, one byte a character, behind a space if it is a company's. */
static gboolean
normalize (const char *text,
           char        normal[N_CHARACTERS + 1])
{
  gsize n = 0;

  for (; *text != '\0'; text++, n++)
    {
      if (n == N_CHARACTERS)
        return FALSE;
      if (text[0] == '\xc3' && (text[1] == '\x91' || text[1] == '\xb1'))
        {
          normal[n] = ENYE;
          text++;
        }
      else
        normal[n] = (char) (g_ascii_islower (*text) ? *text - 'a' + 'A' : *text);
    }
  if (n < N_CHARACTERS - 1)
    return FALSE;
  if (n == N_CHARACTERS - 1)
    {
      memmove (normal + 1, normal, n);
      normal[0] = ' ';
    }
  normal[N_CHARACTERS] = '\0';
  return TRUE;
}

static gboolean
is_letter (char c)
{
  return g_ascii_isupper (c) || c == '&' || c == ENYE;
}

static gboolean
has_form (const char *normal)
{
  guint year, month, day;

  for (guint i = 0; i < 4; i++)
    if (!is_letter (normal[i]) && !(i == 0 && normal[i] == ' '))
      return FALSE;
  if (!kobra_day_scan_digits (normal + 4, 2, &year) || !kobra_day_scan_digits (normal + 6, 2, &month) || !kobra_day_scan_digits (normal + 8, 2, &day))
    return FALSE;
  /* The century is not told; of the two it may be, only 2000 is a leap year. */
  if (!kobra_day_exists (2000 + year, month, day))
    return FALSE;
  return g_ascii_isalnum (normal[10]) && g_ascii_isalnum (normal[11]) && (g_ascii_isdigit (normal[12]) || normal[12] == 'A');
}

/* In the order 0–9, A–N, &, O–Z, space, Ñ. */
static guint
get_value (char c)
{
  if (g_ascii_isdigit (c))
    return (guint) (c - '0');
  if (g_ascii_isupper (c))
    return (guint) (c - 'A') + (c <= 'N' ? 10 : 11);
  return c == '&' ? 24 : c == ' ' ? 37 : 38;
}

static char
compute_check_digit (const char *normal)
{
  guint sum = 0, lack;

  for (guint i = 0; i < N_CHARACTERS - 1; i++)
    sum += get_value (normal[i]) * (N_CHARACTERS - i);
  lack = (11 - sum % 11) % 11;
  return lack == 10 ? 'A' : (char) ('0' + lack);
}

gboolean
kobra_rfc_has_form (const char *text)
{
  char normal[N_CHARACTERS + 1];

  return normalize (text, normal) && has_form (normal);
}

KobraProblemCode
kobra_rfc_check (const char *text)
{
  char normal[N_CHARACTERS + 1];

  if (!normalize (text, normal) || !has_form (normal))
    return KOBRA_PROBLEM_RFC_FORM;
  for (guint i = 0; i < G_N_ELEMENTS (generic); i++)
    if (strcmp (normal, generic[i]) == 0)
      return KOBRA_PROBLEM_NONE;
  if (compute_check_digit (normal) != normal[N_CHARACTERS - 1])
    return KOBRA_PROBLEM_RFC_CHECK_DIGIT;
  return kobra_rude_words_have_rfc (normal) ? KOBRA_PROBLEM_RFC_WORD : KOBRA_PROBLEM_NONE;
}
