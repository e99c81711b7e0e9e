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
  return kobra_bank_of_clabe (text) != NULL ? KOBRA_PROBLEM_NONE : KOBRA_PROBLEM_CLABE_BANK;
}
