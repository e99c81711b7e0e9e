/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Full names taken apart by Mexican custom. Nothing is lost: the words of the parts are those of the whole, in their order. */

#include <string.h>

#include "kobra-derive.h"

#include "kobra-banned.h"

/* More words than this are no name. */
#define MAX_WORDS 24u

/* A word with what belongs to it: "de la Cruz". */
typedef struct
{
  guint first, n; /* words */
} Unit;

static const char *const particles[] = { "de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "di", "van", "von", "der", "mc", "san", "santa", NULL };

/* Without points. */
static const char *const company_ends[] = { "sa", "cv", "rl", "ac", "sc", "sapi", "sab", "sofom", "enr", "er", "inc", "llc", NULL };

static gboolean
is_among (const char        *word,
          const char *const *list)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  return g_strv_contains (list, folded);
}

static gboolean
is_company (char **words,
            guint  n)
{
  g_auto (GStrv)   parts = g_strsplit (words[n - 1], ".", -1);
  g_autofree char *joined = g_strjoinv ("", parts);

  return n > 1 && is_among (joined, company_ends);
}

/* A particle goes with the word after it; the "y" between two surnames with both. */
static guint
find_units (char **words,
            guint  first,
            guint  n_words,
            Unit  *units)
{
  guint n = 0, start = first;

  for (guint i = first; i < n_words; i++)
    {
      if (is_among (words[i], particles) && i + 1 < n_words)
        continue;
      units[n++] = (Unit) { start, i + 1 - start };
      start = i + 1;
      if (n > 1 && units[n - 1].n > 1 && (g_ascii_strcasecmp (words[units[n - 1].first], "y") == 0 || g_ascii_strcasecmp (words[units[n - 1].first], "e") == 0))
        {
          n--;
          units[n - 1].n += units[n].n;
        }
    }
  return n;
}

static void
append_units (char       **words,
              const Unit  *units,
              guint        n,
              KobraBuffer *out)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < units[i].n; j++)
      {
        if (out->length > 0)
          kobra_buffer_append_byte (out, ' ');
        kobra_buffer_append_string (out, words[units[i].first + j]);
      }
}

/* Words, and where the comma stood that parts surnames from names, or 0. */
static guint
split_words (const char *full,
             char      **words,
             guint      *comma)
{
  g_auto (GStrv) all = g_strsplit_set (full, " \t\n\r", -1);
  guint          n = 0;

  *comma = 0;
  for (gsize i = 0; all[i] != NULL && n < MAX_WORDS; i++)
    {
      gsize length = strlen (all[i]);

      if (length == 0)
        continue;
      if (all[i][length - 1] == ',' && *comma == 0)
        {
          all[i][length - 1] = '\0';
          *comma = n + 1;
          if (length == 1)
            {
              *comma = n;
              continue;
            }
        }
      words[n++] = g_strdup (all[i]);
    }
  words[n] = NULL;
  return n;
}

void
kobra_split_name (const char  *full,
                  gboolean     surnames_first,
                  KobraBuffer *name,
                  KobraBuffer *first_surname,
                  KobraBuffer *second_surname)
{
  g_auto (GStrv)   words = g_new0 (char *, MAX_WORDS + 1);
  Unit             units[MAX_WORDS];
  guint            comma, n_words, n, n_surnames;

  n_words = split_words (full, words, &comma);
  if (n_words == 0)
    return;
  if (n_words == MAX_WORDS || is_company (words, n_words))
    {
      kobra_buffer_append_string (name, full);
      return;
    }
  if (comma > 0 && comma < n_words)
    {
      guint n_names;

      n = find_units (words, 0, comma, units);
      append_units (words, units, MIN (n, 1), first_surname);
      append_units (words, units + 1, n > 1 ? n - 1 : 0, second_surname);
      n_names = find_units (words, comma, n_words, units);
      append_units (words, units, n_names, name);
      return;
    }
  n = find_units (words, 0, n_words, units);
  n_surnames = n >= 3 ? 2 : n - 1;
  if (surnames_first)
    {
      append_units (words, units, MIN (n_surnames, 1), first_surname);
      append_units (words, units + 1, n_surnames == 2 ? 1 : 0, second_surname);
      append_units (words, units + n_surnames, n - n_surnames, name);
      return;
    }
  append_units (words, units, n - n_surnames, name);
  append_units (words, units + n - n_surnames, MIN (n_surnames, 1), first_surname);
  append_units (words, units + n - 1, n_surnames == 2 ? 1 : 0, second_surname);
}
