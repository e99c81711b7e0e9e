/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-match-person.h"

#include <string.h>

#include "kobra-match-content.h"

#include "kobra-banned.h"

#define MAX_SAMPLE 100u

/* So many of a hundred make a rule. */
#define RULE_PERCENT 80u

typedef gboolean (*LookFunc) (const char *text);

/* Words of letters and of signs that stand in names: “María d'Ávila, Ma. José”. */
static gboolean
is_names (const char *text)
{
  guint    n_words = 0;
  gboolean in_word = FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_isalpha (c) || g_unichar_ismark (c))
        {
          n_words += !in_word;
          in_word = TRUE;
        }
      else if (g_unichar_isspace (c))
        {
          in_word = FALSE;
        }
      else if (c >= 0x80 ? c != 0x2019 : strchr (".,'-/&", (int) c) == NULL)
        {
          return FALSE;
        }
    }
  return n_words > 1;
}

static gboolean
is_id (const char *text)
{
  return strpbrk (text, "0123456789") != NULL && strpbrk (text, " \t@") == NULL;
}

static gboolean
is_rule (const KobraFrozen *table,
         guint              column,
         LookFunc           look)
{
  guint rows[MAX_SAMPLE], n_rows = kobra_content_choose_rows (table->n_rows, 1, rows, MAX_SAMPLE), n = 0, n_alike = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      const char *text = kobra_row_get_text (kobra_frozen_peek (table, rows[i]), column);

      n += *text != '\0';
      n_alike += *text != '\0' && look (text);
    }
  return n > 0 && n_alike * 100 >= n * RULE_PERCENT;
}

gboolean
kobra_match_has_names (const KobraFrozen *table,
                       guint              column)
{
  return is_rule (table, column, is_names);
}

gboolean
kobra_match_has_ids (const KobraFrozen *table,
                     guint              column)
{
  return is_rule (table, column, is_id);
}
