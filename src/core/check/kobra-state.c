/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-state.h"

#include <string.h>

#include "kobra-day.h"

#include "kobra-banned.h"

/* No state is called by more letters than this. */
#define MAX_LETTERS 40u

/* Source: Correos de México's catalogue of postal codes (SEPOMEX), in which the first two digits are the state's; the same ranges stand in Google's address
 * data (libaddressinput, sub_zips of MX). The names are the constitution's, article 43, as they are used in addresses. */
static const struct
{
  const char *name;
  guint8      first, last;
} states[] = {
  { "Aguascalientes", 20, 20 },
  { "Baja California", 21, 22 },
  { "Baja California Sur", 23, 23 },
  { "Campeche", 24, 24 },
  { "Chiapas", 29, 30 },
  { "Chihuahua", 31, 33 },
  { "Ciudad de México", 1, 16 },
  { "Coahuila", 25, 27 },
  { "Colima", 28, 28 },
  { "Durango", 34, 35 },
  { "Guanajuato", 36, 38 },
  { "Guerrero", 39, 41 },
  { "Hidalgo", 42, 43 },
  { "Jalisco", 44, 49 },
  { "México", 50, 57 },
  { "Michoacán", 58, 61 },
  { "Morelos", 62, 62 },
  { "Nayarit", 63, 63 },
  { "Nuevo León", 64, 67 },
  { "Oaxaca", 68, 71 },
  { "Puebla", 72, 75 },
  { "Querétaro", 76, 76 },
  { "Quintana Roo", 77, 77 },
  { "San Luis Potosí", 78, 79 },
  { "Sinaloa", 80, 82 },
  { "Sonora", 83, 85 },
  { "Tabasco", 86, 86 },
  { "Tamaulipas", 87, 89 },
  { "Tlaxcala", 90, 90 },
  { "Veracruz", 91, 96 },
  { "Yucatán", 97, 97 },
  { "Zacatecas", 98, 99 },
};

/* What sheets have for the states, letters alone, in lower case, in order: their names, and the usual abbreviations. */
static const struct
{
  const char *letters;
  guint8      state;
} names[] = {
  { "ags", 0 }, { "aguascalientes", 0 }, { "bajacalifornia", 1 }, { "bajacalifornianorte", 1 }, { "bajacaliforniasur", 2 }, { "bc", 1 }, { "bcn", 1 },
  { "bcs", 2 }, { "camp", 3 }, { "campeche", 3 }, { "cdmx", 6 }, { "chiapas", 4 }, { "chih", 5 }, { "chihuahua", 5 }, { "chis", 4 },
  { "ciudaddemexico", 6 }, { "coah", 7 }, { "coahuila", 7 }, { "coahuiladezaragoza", 7 }, { "col", 8 }, { "colima", 8 }, { "df", 6 }, { "dgo", 9 },
  { "distritofederal", 6 }, { "durango", 9 }, { "edodemexico", 14 }, { "edomex", 14 }, { "estadodemexico", 14 }, { "gro", 11 }, { "gto", 10 },
  { "guanajuato", 10 }, { "guerrero", 11 }, { "hgo", 12 }, { "hidalgo", 12 }, { "jal", 13 }, { "jalisco", 13 }, { "mex", 14 }, { "mexico", 14 },
  { "mexicocdmx", 6 }, { "mexicodf", 6 }, { "mich", 15 }, { "michoacan", 15 }, { "michoacandeocampo", 15 }, { "mor", 16 }, { "morelos", 16 },
  { "nay", 17 }, { "nayarit", 17 }, { "nl", 18 }, { "nuevoleon", 18 }, { "oax", 19 }, { "oaxaca", 19 }, { "pue", 20 }, { "puebla", 20 }, { "qr", 22 },
  { "qro", 21 }, { "qroo", 22 }, { "queretaro", 21 }, { "queretarodearteaga", 21 }, { "quintanaroo", 22 }, { "sanluispotosi", 23 }, { "sin", 24 },
  { "sinaloa", 24 }, { "slp", 23 }, { "son", 25 }, { "sonora", 25 }, { "tab", 26 }, { "tabasco", 26 }, { "tam", 27 }, { "tamaulipas", 27 },
  { "tamps", 27 }, { "tlax", 28 }, { "tlaxcala", 28 }, { "ver", 29 }, { "veracruz", 29 }, { "veracruzdeignaciodelallave", 29 }, { "yuc", 30 },
  { "yucatan", 30 }, { "zac", 31 }, { "zacatecas", 31 },
};

/* The letters under the accents of U+00C0 to U+00FF. */
static const char latin[] = "aaaaaa ceeeeiiii nooooo  uuuuy  aaaaaa ceeeeiiii nooooo  uuuuy y";

int
kobra_state_of_postal_code (const char *text)
{
  guint start, rest;

  if (strnlen (text, 6) != 5 || !kobra_day_scan_digits (text, 2, &start) || !kobra_day_scan_digits (text + 2, 3, &rest))
    return -1;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (start >= states[i].first && start <= states[i].last)
      return (int) i;
  return -1;
}

/* The letter at @text in lower case and without its accent, or a space for what is none. */
static char
get_letter (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalpha ((char) c) ? g_ascii_tolower ((char) c) : ' ';
  return c >= 0xc0 && c <= 0xff ? latin[c - 0xc0] : ' ';
}

/* The letters of @text; FALSE if it is too long to name a state. Called for every record: it allocates nothing. */
static gboolean
fold (const char *text,
      char        letters[MAX_LETTERS + 1])
{
  gsize n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      char letter = get_letter (g_utf8_get_char (text));

      if (letter == ' ')
        continue;
      if (n == MAX_LETTERS)
        return FALSE;
      letters[n++] = letter;
    }
  letters[n] = '\0';
  return TRUE;
}

int
kobra_state_find (const char *text)
{
  char  letters[MAX_LETTERS + 1];
  guint low = 0, high = G_N_ELEMENTS (names);

  G_STATIC_ASSERT (sizeof latin == 0x41);

  if (!fold (text, letters))
    return -1;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      int   order = strcmp (letters, names[middle].letters);

      if (order == 0)
        return names[middle].state;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return -1;
}

const char *
kobra_state_get_name (int state)
{
  g_return_val_if_fail (state >= 0 && state < (int) G_N_ELEMENTS (states), NULL);

  return states[state].name;
}
