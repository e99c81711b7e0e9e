/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-clabe.h"

#include "kobra-bank.h"

#include "kobra-banned.h"

/*
 * Source: Banco de México's rules for the CLABE (Clave Bancaria Estandarizada): 3 digits of the bank, 3 of the place, 11 of the account
 * and a control digit. Each of the first 17 is multiplied by 3, 7, 1, 3, 7, 1 …; the last digits of the products are added
 * up, and the control digit brings the sum to a multiple of ten.
 */
#define N_DIGITS 18u

/* The numbers of places that are taken, first and last of each run, in order. Source: the catalogue of plazas of the Mexican Bank Association (ABM) for the
 * CLABE, as public validators have it (788 numbers). */
static const struct
{
  guint16 first, last;
} places[] = {
  { 10, 17 }, { 20, 28 }, { 40, 47 }, { 50, 57 }, { 60, 81 }, { 90, 98 }, { 100, 138 }, { 140, 140 }, { 150, 173 }, { 180, 180 },
  { 190, 202 }, { 210, 249 }, { 260, 282 }, { 290, 314 }, { 320, 416 }, { 420, 463 }, { 470, 537 }, { 540, 552 }, { 560, 577 }, { 580, 601 },
  { 610, 640 }, { 650, 676 }, { 680, 686 }, { 690, 694 }, { 700, 722 }, { 730, 750 }, { 760, 783 }, { 790, 807 }, { 810, 827 }, { 830, 856 },
  { 858, 906 }, { 910, 920 }, { 930, 962 }, { 969, 969 }, { 975, 975 },
};

static gboolean
is_place (guint number)
{
  guint low = 0, high = G_N_ELEMENTS (places);

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (number < places[middle].first)
        high = middle;
      else if (number > places[middle].last)
        low = middle + 1;
      else
        return TRUE;
    }
  return FALSE;
}

KobraProblemCode
kobra_clabe_check (const char *text)
{
  static const guint weights[] = { 3, 7, 1 };
  guint              sum = 0;

  for (guint i = 0; i < N_DIGITS; i++)
    if (!g_ascii_isdigit (text[i]))
      return KOBRA_PROBLEM_CLABE_FORM;
  if (text[N_DIGITS] != '\0')
    return KOBRA_PROBLEM_CLABE_FORM;
  for (guint i = 0; i < N_DIGITS - 1; i++)
    sum += (guint) (text[i] - '0') * weights[i % 3] % 10;
  if ((10 - sum % 10) % 10 != (guint) (text[N_DIGITS - 1] - '0'))
    return KOBRA_PROBLEM_CLABE_CHECK_DIGIT;
  if (kobra_bank_of_clabe (text) == NULL)
    return KOBRA_PROBLEM_CLABE_BANK;
  return is_place ((guint) g_ascii_digit_value (text[3]) * 100 + (guint) g_ascii_digit_value (text[4]) * 10 + (guint) g_ascii_digit_value (text[5])) ? KOBRA_PROBLEM_NONE : KOBRA_PROBLEM_CLABE_PLACE;
}
