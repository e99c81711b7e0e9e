/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-curp.h"

#include <string.h>

#include "kobra-day.h"
#include "kobra-rude-words.h"

#include "kobra-banned.h"

/*
 * Source: RENAPO's Instructivo Normativo para la Asignación de la Clave Única de Registro de Población: four letters of the names, the day of
 * birth as yymmdd, H or M, two letters of the state of birth, three consonants of the names, a character that tells namesakes
 * apart (a digit for those born before 2000, a letter after) and a check digit. An Ñ is written X, and X stands where a
 * letter is missing. X for the sex, of those who are neither, is let pass.
 *
 * Each of the first 17 characters has a value from 0 to 36, Ñ counted among the letters, and is multiplied by 18 … 2; the check
 * digit brings the sum to a multiple of ten.
 */
#define N_CHARACTERS 18u

/* The 32 states, DF for Mexico City, and NE for who was born abroad. */
static const char states[] = "AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS NE";

/* What a character may be. */
typedef enum
{
  LETTER = 1 << 0,
  VOWEL = 1 << 1, /* X among them */
  CONSONANT = 1 << 2,
  DIGIT = 1 << 3,
  STRANGER = 1 << 4,
  ANY = LETTER | DIGIT
} Kind;

/* Of the sex and the state, more is asked elsewhere. */
static const guint8 form[N_CHARACTERS] = {
  LETTER, VOWEL, LETTER, LETTER, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, LETTER, LETTER, LETTER, CONSONANT, CONSONANT, CONSONANT, ANY, DIGIT,
};

static guint
get_kinds (char c)
{
  if (c >= '0' && c <= '9')
    return DIGIT;
  if (c < 'A' || c > 'Z')
    return STRANGER;
  if (c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U')
    return LETTER | VOWEL;
  return LETTER | CONSONANT | (c == 'X' ? VOWEL : 0);
}

static gboolean
is_state (const char *code)
{
  for (const char *state = states; state < states + sizeof states; state += 3)
    if (state[0] == code[0] && state[1] == code[1])
      return TRUE;
  return FALSE;
}

static gboolean
parse (const char *normal,
       KobraCurp  *curp)
{
  guint year, month, day;

  for (guint i = 0; i < N_CHARACTERS; i++)
    if ((form[i] & get_kinds (normal[i])) == 0)
      return FALSE;
  if ((normal[10] != 'H' && normal[10] != 'M' && normal[10] != 'X') || !is_state (normal + 11))
    return FALSE;
  kobra_day_scan_digits (normal + 4, 2, &year);
  kobra_day_scan_digits (normal + 6, 2, &month);
  kobra_day_scan_digits (normal + 8, 2, &day);
  year += g_ascii_isdigit (normal[16]) ? 1900 : 2000;
  *curp = (KobraCurp) { (guint16) year, (guint8) month, (guint8) day, normal[10] };
  return kobra_day_exists (year, month, day);
}

/* In the order 0–9, A–N, Ñ, O–Z. */
static guint
get_value (char c)
{
  return c <= '9' ? (guint) (c - '0') : (guint) (c - 'A') + (c <= 'N' ? 10 : 11);
}

static char
compute_check_digit (const char *normal)
{
  guint sum = 0;

  for (guint i = 0; i < N_CHARACTERS - 1; i++)
    sum += get_value (normal[i]) * (N_CHARACTERS - i);
  return (char) ('0' + (10 - sum % 10) % 10);
}

/* @text in upper case; FALSE if it has not the length. */
static gboolean
normalize (const char *text,
           char        normal[N_CHARACTERS])
{
  if (strnlen (text, N_CHARACTERS + 1) != N_CHARACTERS)
    return FALSE;
  for (guint i = 0; i < N_CHARACTERS; i++)
    normal[i] = (char) (text[i] >= 'a' && text[i] <= 'z' ? text[i] - 'a' + 'A' : text[i]);
  return TRUE;
}

gboolean
kobra_curp_scan (const char *text,
                 KobraCurp  *curp)
{
  char normal[N_CHARACTERS];

  G_STATIC_ASSERT (sizeof states % 3 == 0);

  return normalize (text, normal) && parse (normal, curp);
}

KobraProblemCode
kobra_curp_check (const char *text)
{
  char      normal[N_CHARACTERS];
  KobraCurp curp;

  if (!normalize (text, normal) || !parse (normal, &curp))
    return KOBRA_PROBLEM_CURP_FORM;
  if (compute_check_digit (normal) != normal[N_CHARACTERS - 1])
    return KOBRA_PROBLEM_CURP_CHECK_DIGIT;
  return kobra_rude_words_have_curp (normal) ? KOBRA_PROBLEM_CURP_WORD : KOBRA_PROBLEM_NONE;
}
