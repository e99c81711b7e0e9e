/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-state.h"

#include <string.h>

#include "kobra-day.h"

#include "kobra-banned.h"

/* No state's name is longer, letters alone. */
#define MAX_LETTERS 40u

/* Source: Correos de México's catalogue of postal codes (SEPOMEX): the first two digits are the state's. The names are the constitution's,
 * article 43, as they are used in addresses; the others are what sheets have for them. */
static const struct
{
  const char *name;
  guint8      first, last;
  const char *others; /* letters alone, in lower case, joined by "|" */
} states[] = {
  { "Aguascalientes", 20, 20, "ags" },
  { "Baja California", 21, 22, "bc|bajacalifornianorte|bcn" },
  { "Baja California Sur", 23, 23, "bcs" },
  { "Campeche", 24, 24, "camp" },
  { "Chiapas", 29, 30, "chis" },
  { "Chihuahua", 31, 33, "chih" },
  { "Ciudad de México", 1, 16, "cdmx|df|distritofederal|mexicodf|mexicocdmx" },
  { "Coahuila", 25, 27, "coah|coahuiladezaragoza" },
  { "Colima", 28, 28, "col" },
  { "Durango", 34, 35, "dgo" },
  { "Guanajuato", 36, 38, "gto" },
  { "Guerrero", 39, 41, "gro" },
  { "Hidalgo", 42, 43, "hgo" },
  { "Jalisco", 44, 49, "jal" },
  { "México", 50, 57, "estadodemexico|edomex|edodemexico|mex" },
  { "Michoacán", 58, 61, "mich|michoacandeocampo" },
  { "Morelos", 62, 62, "mor" },
  { "Nayarit", 63, 63, "nay" },
  { "Nuevo León", 64, 67, "nl" },
  { "Oaxaca", 68, 71, "oax" },
  { "Puebla", 72, 75, "pue" },
  { "Querétaro", 76, 76, "qro|queretarodearteaga" },
  { "Quintana Roo", 77, 77, "qroo|qr" },
  { "San Luis Potosí", 78, 79, "slp" },
  { "Sinaloa", 80, 82, "sin" },
  { "Sonora", 83, 85, "son" },
  { "Tabasco", 86, 86, "tab" },
  { "Tamaulipas", 87, 89, "tamps|tam" },
  { "Tlaxcala", 90, 90, "tlax" },
  { "Veracruz", 91, 96, "ver|veracruzdeignaciodelallave" },
  { "Yucatán", 97, 97, "yuc" },
  { "Zacatecas", 98, 99, "zac" },
};

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

/* The letters of @text in lower case and without accents; FALSE if it is too long to name a state. Called for every record: it allocates nothing. */
static gboolean
fold (const char *text,
      char        letters[MAX_LETTERS + 1])
{
  gsize n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text), base, mark;

      if (c >= 0x80 && g_unichar_decompose (c, &base, &mark))
        c = base;
      if (c >= 0x80 || !g_ascii_isalpha ((char) c))
        continue;
      if (n == MAX_LETTERS)
        return FALSE;
      letters[n++] = g_ascii_tolower ((char) c);
    }
  letters[n] = '\0';
  return TRUE;
}

static gboolean
is_among (const char *letters,
          const char *others)
{
  gsize length = strlen (letters);

  for (const char *at = others; *at != '\0';)
    {
      gsize n = strcspn (at, "|");

      if (n == length && memcmp (at, letters, n) == 0)
        return TRUE;
      at += n + (at[n] == '|');
    }
  return FALSE;
}

int
kobra_state_find (const char *text)
{
  char letters[MAX_LETTERS + 1], name[MAX_LETTERS + 1];

  if (!fold (text, letters) || *letters == '\0')
    return -1;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_ascii_tolower (states[i].name[0]) == letters[0] || strchr (states[i].others, letters[0]) != NULL)
      if (is_among (letters, states[i].others) || (fold (states[i].name, name) && strcmp (name, letters) == 0))
        return (int) i;
  return -1;
}

const char *
kobra_state_get_name (int state)
{
  g_return_val_if_fail (state >= 0 && state < (int) G_N_ELEMENTS (states), NULL);

  return states[state].name;
}
