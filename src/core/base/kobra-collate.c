/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-collate.h"

#include <stdlib.h>

#include "kobra-banned.h"

/* Latin letters end before this: their order is asked of the locale, once. Others come after them, in the order of Unicode. */
#define N_LATIN 0x250
#define FIRST_OTHER 0x400
#define LAST_OTHER 0xffff

static guint16 weights[N_LATIN]; /* 0: of no account */

static gboolean
is_after (gunichar a,
          gunichar b)
{
  char x[16] = "", y[16] = "";

  /* What comes after the letter decides, unless the letters differ by more than an accent. */
  x[g_unichar_to_utf8 (a, x)] = 'a';
  y[g_unichar_to_utf8 (b, y)] = 'z';
  return g_utf8_collate (x, y) > 0;
}

/* The letter whose place @c has. */
static gunichar
get_base (gunichar c,
          gboolean has_own_letters)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  c = g_unichar_tolower (c);
  if (g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts)) < 2 || (has_own_letters && c < N_LATIN && is_after (c, parts[0])))
    return c;
  return parts[0];
}

static int
compare_letters (gconstpointer a,
                 gconstpointer b)
{
  gunichar x = *(const gunichar *) a, y = *(const gunichar *) b;
  char     x_text[8] = "", y_text[8] = "";
  int      order;

  g_unichar_to_utf8 (x, x_text);
  g_unichar_to_utf8 (y, y_text);
  order = g_utf8_collate (x_text, y_text);
  return order != 0 ? order : (x > y) - (x < y);
}

static gpointer
weigh (gpointer data)
{
  gunichar bases[N_LATIN] = { 0 }, letters[N_LATIN];
  gsize    n_letters = 0;
  /* No language counts à as a letter: a locale that does knows bytes only. */
  gboolean has_own_letters = !is_after (0xe0, 'a');

  for (gunichar c = 1; c < N_LATIN; c++)
    {
      bases[c] = get_base (c, has_own_letters);
      if (bases[c] == c)
        letters[n_letters++] = c;
    }
  qsort (letters, n_letters, sizeof *letters, compare_letters);
  for (gsize i = 0; i < n_letters; i++)
    weights[letters[i]] = (guint16) (i + 1);
  for (gunichar c = 1; c < N_LATIN; c++)
    weights[c] = bases[c] < N_LATIN ? weights[bases[c]] : FIRST_OTHER;
  return NULL;
}

static guint
get_weight (gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  if (c < N_LATIN)
    return weights[c];
  if (g_unichar_ismark (c))
    return 0;
  g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
  return parts[0] < N_LATIN ? weights[parts[0]] : MIN (FIRST_OTHER + g_unichar_tolower (parts[0]), LAST_OTHER);
}

guint64
kobra_collate_next (const char **text)
{
  static GOnce once = G_ONCE_INIT;
  const char  *rest = *text;
  guint64      prefix = 0;
  guint        n = 0;

  g_once (&once, weigh, NULL);
  while (n < KOBRA_COLLATE_STRIDE && *rest != '\0')
    {
      guint weight;

      if ((guint8) *rest < 0x80)
        weight = weights[(guint8) *rest++];
      else
        {
          weight = get_weight (g_utf8_get_char (rest));
          rest = g_utf8_next_char (rest);
        }
      if (weight == 0)
        continue;
      prefix = prefix << 16 | weight;
      n++;
    }
  for (; n < KOBRA_COLLATE_STRIDE; n++)
    prefix <<= 16;
  *text = rest;
  return prefix;
}
