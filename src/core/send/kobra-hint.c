/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-hint.h"

#include <string.h>

#include "kobra-text.h"

#include "kobra-banned.h"

/* No request has more records than a number of so many digits counts. */
#define MAX_DIGITS 6

/* Of a text in quotes; a longer one is a sentence, a shorter one says nothing. */
#define MIN_QUOTED_BYTES 2
#define MAX_QUOTED_BYTES 300

/* The words before a position, as kobra_text_fold() leaves them. */
static const struct
{
  const char *word;
  KobraHint   hint;
} position_words[] = {
  { "accounts", KOBRA_HINT_INDEX },
  { "index", KOBRA_HINT_INDEX },
  { "indice", KOBRA_HINT_INDEX },
  { "idx", KOBRA_HINT_INDEX },
  { "account", KOBRA_HINT_ORDINAL },
  { "cuenta", KOBRA_HINT_ORDINAL },
  { "element", KOBRA_HINT_ORDINAL },
  { "elemento", KOBRA_HINT_ORDINAL },
  { "entry", KOBRA_HINT_ORDINAL },
  { "fila", KOBRA_HINT_ORDINAL },
  { "item", KOBRA_HINT_ORDINAL },
  { "line", KOBRA_HINT_ORDINAL },
  { "linea", KOBRA_HINT_ORDINAL },
  { "position", KOBRA_HINT_ORDINAL },
  { "posicion", KOBRA_HINT_ORDINAL },
  { "promesa", KOBRA_HINT_ORDINAL },
  { "promise", KOBRA_HINT_ORDINAL },
  { "record", KOBRA_HINT_ORDINAL },
  { "registro", KOBRA_HINT_ORDINAL },
  { "renglon", KOBRA_HINT_ORDINAL },
  { "row", KOBRA_HINT_ORDINAL },
};

/* What may stand between such a word and the number: "registro núm. 3", "row no. 3". */
static const char *const fillers[] = { "n", "no", "nr", "num", "numero", "number", "o", NULL };

/* Which mark ends what each begins. */
static const struct
{
  const char *begin, *end;
} quotes[] = {
  { "\"", "\"" },
  { "'", "'" },
  { "`", "`" },
  { "“", "”" },
  { "‘", "’" },
  { "«", "»" },
};

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || (c & 0x80) != 0;
}

/* Whether a number begins at @text; where it ends is put into @end. */
static gboolean
read_number (const char *text,
             const char **end,
             guint       *number)
{
  gsize n = strspn (text, "0123456789");

  if (n == 0 || n > MAX_DIGITS)
    return FALSE;
  *number = (guint) g_ascii_strtoull (text, NULL, 10);
  *end = text + n;
  return TRUE;
}

/* "accounts[2].rfc", "[2]: …" */
static gboolean
find_in_brackets (const char *words,
                  guint      *number)
{
  const char *end;

  for (const char *p = words; (p = strchr (p, '[')) != NULL; p++)
    if (read_number (p + 1, &end, number) && *end == ']')
      return TRUE;
  return FALSE;
}

static KobraHint
find_word (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (position_words); i++)
    if (g_str_equal (position_words[i].word, word))
      return position_words[i].hint;
  return KOBRA_HINT_NONE;
}

KobraHint
kobra_hint_find_position (const char *words,
                          guint      *number)
{
  g_autofree char *folded = NULL;
  g_auto (GStrv)   parts = NULL;

  if (find_in_brackets (words, number))
    return KOBRA_HINT_INDEX;
  folded = kobra_text_fold (words);
  parts = g_strsplit (folded, " ", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      KobraHint   hint = find_word (parts[i]);
      gsize       at = i + 1;
      const char *end;

      while (hint != KOBRA_HINT_NONE && parts[at] != NULL && g_strv_contains (fillers, parts[at]))
        at++;
      if (hint != KOBRA_HINT_NONE && parts[at] != NULL && read_number (parts[at], &end, number) && *end == '\0')
        return hint;
    }
  return KOBRA_HINT_NONE;
}

/* A quote that is an apostrophe begins nothing. */
static const char *
find_end (const char *words,
          const char *p,
          gsize       quote)
{
  const char *text = p + strlen (quotes[quote].begin);
  const char *end;

  if (p > words && *p == '\'' && is_word_byte (p[-1]))
    return NULL;
  end = strstr (text, quotes[quote].end);
  return end != NULL && end - text >= MIN_QUOTED_BYTES && end - text <= MAX_QUOTED_BYTES ? end : NULL;
}

char **
kobra_hint_dup_quoted (const char *words)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  guint                    n = 0;

  for (const char *p = words; *p != '\0' && n < KOBRA_MAX_QUOTED;)
    {
      const char *next = p + 1;

      for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++)
        {
          const char *text = p + strlen (quotes[i].begin);
          const char *end = g_str_has_prefix (p, quotes[i].begin) ? find_end (words, p, i) : NULL;

          if (end == NULL)
            continue;
          g_strv_builder_take (found, g_strndup (text, (gsize) (end - text)));
          n++;
          next = end + strlen (quotes[i].end);
          break;
        }
      p = next;
    }
  return g_strv_builder_end (found);
}

gboolean
kobra_hint_names_key (const char *words,
                      const char *key)
{
  gsize length = strlen (key);

  if (length == 0)
    return FALSE;
  for (const char *p = words; (p = strstr (p, key)) != NULL; p++)
    if ((p == words || !is_word_byte (p[-1])) && !is_word_byte (p[length]))
      return TRUE;
  return FALSE;
}
