/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-heading.h"

#include <string.h>

#include "kobra-text.h"

#include "kobra-banned.h"

/* So many known names make a header. */
#define MIN_MATCHES 2

/* The names of so many columns tell which row is the header: a hostile file has thousands, and they are looked at in many rows. */
#define MAX_NAMED_COLUMNS 1000u

/* A table with fewer cells a row has no totals that could be told from its records. */
#define MIN_USUAL_CELLS 3

static const char *const total_words[] = { "total", "totales", "subtotal", "subtotales", "suma", "sumas", "sumatoria", "gran total", "sub total", "grand total", "totals" };

void
kobra_head_row_clear (gpointer data)
{
  KobraHeadRow *row = data;

  g_clear_pointer (&row->cells, g_strfreev);
  g_clear_pointer (&row->lost, g_free);
}

static const char *
get_cell (const KobraHeadRow *row,
          guint               column)
{
  return column < row->n_cells ? row->cells[column] : "";
}

static guint
count_filled (const char *const *cells,
              guint              n_cells)
{
  guint n = 0;

  for (guint i = 0; i < n_cells; i++)
    n += !kobra_text_is_blank (cells[i]);
  return n;
}

static guint
count_row (const KobraHeadRow *row)
{
  return count_filled ((const char *const *) row->cells, row->n_cells);
}

static guint
count_matches (guint  kinds,
               char **cells)
{
  guint best = 0;

  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    if ((kinds >> kind & 1) != 0)
      best = MAX (best, kobra_match_count (kobra_schema_get ((KobraKind) kind), (const char *const *) cells, MIN (g_strv_length (cells), MAX_NAMED_COLUMNS)));
  return best;
}

/* The texts that stand in more than one of the row's cells. */
static GHashTable *
find_repeated (const KobraHeadRow *row)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable            *repeated = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < row->n_cells; i++)
    if (!g_hash_table_add (seen, row->cells[i]))
      g_hash_table_add (repeated, row->cells[i]);
  return repeated;
}

/* Two rows as one. With @groups the upper one heads several columns at once (“Saldo” above “Capital”, “IVA”) and is named only where the lower
 * alone does not say which column it is; else each cell goes on in the one below it (“Fecha de”, “nacimiento”). */
static char **
join (const KobraHeadRow *upper,
      const KobraHeadRow *lower,
      gboolean            groups)
{
  g_autoptr (GHashTable) repeated = find_repeated (lower);
  guint       n = MAX (upper->n_cells, lower->n_cells);
  char      **joined = g_new0 (char *, n + 1);
  const char *group = "";

  for (guint i = 0; i < n; i++)
    {
      const char *above = get_cell (upper, i), *below = get_cell (lower, i);

      if (!kobra_text_is_blank (above))
        group = above;
      if (groups)
        above = kobra_text_is_blank (below) || g_hash_table_contains (repeated, below) ? group : "";
      joined[i] = g_strconcat (above, *above != '\0' && *below != '\0' ? " " : "", below, NULL);
      g_strstrip (joined[i]);
    }
  return joined;
}

/* Takes @headers for the best if they name more fields than the best until here. */
static void
offer (KobraHeading *best,
       guint        *n_best,
       guint         kinds,
       guint         first,
       guint         n_rows,
       char        **headers)
{
  guint n = count_matches (kinds, headers);

  if (n <= *n_best)
    {
      g_strfreev (headers);
      return;
    }
  g_strfreev (best->headers);
  *best = (KobraHeading) { (int) first, n_rows, headers };
  *n_best = n;
}

static gboolean
are_words (const KobraHeadRow *row)
{
  for (guint i = 0; row->cells[i] != NULL; i++)
    if (row->cells[i][strcspn (row->cells[i], "0123456789@")] != '\0')
      return FALSE;
  return TRUE;
}

/* The header by the names that are known. */
static KobraHeading
find_by_names (const KobraHeadRow     *rows,
               guint                   n_rows,
               const KobraReadOptions *read,
               guint                   kinds,
               guint                  *n_best)
{
  KobraHeading best = { -1, 0, NULL };

  *n_best = 0;
  for (guint i = 0; i < n_rows; i++)
    if (read->n_header_rows != 2)
      offer (&best, n_best, kinds, i, 1, g_strdupv (rows[i].cells));
  for (guint i = 0; i + 1 < n_rows; i++)
    if (read->n_header_rows != 1 && rows[i].line + 1 == rows[i + 1].line && are_words (&rows[i]) && are_words (&rows[i + 1]))
      {
        offer (&best, n_best, kinds, i, 2, join (&rows[i], &rows[i + 1], FALSE));
        offer (&best, n_best, kinds, i, 2, join (&rows[i], &rows[i + 1], TRUE));
      }
  return best;
}

/* The header that a person chose. */
static KobraHeading
find_chosen (const KobraHeadRow     *rows,
             guint                   n_rows,
             const KobraReadOptions *read,
             guint                   kinds)
{
  KobraHeading heading = { -1, 0, NULL };
  guint        i = 0, n_best = 0;

  while (i < n_rows && rows[i].line < read->header_row)
    i++;
  if (i == n_rows)
    return heading;
  if (read->n_header_rows != 2 || i + 1 == n_rows)
    return (KobraHeading) { (int) i, 1, g_strdupv (rows[i].cells) };
  offer (&heading, &n_best, kinds, i, 2, join (&rows[i], &rows[i + 1], FALSE));
  offer (&heading, &n_best, kinds, i, 2, join (&rows[i], &rows[i + 1], TRUE));
  return heading.headers != NULL ? heading : (KobraHeading) { (int) i, 2, join (&rows[i], &rows[i + 1], FALSE) };
}

/* The first row that is as wide as the table, if it is words and what stands above it is narrow. */
static int
find_by_words (const KobraHeadRow *rows,
               guint               n_rows)
{
  guint n_widest = 0;

  for (guint i = 0; i < n_rows; i++)
    n_widest = MAX (n_widest, count_row (&rows[i]));
  for (guint i = 0; i < n_rows; i++)
    if (count_row (&rows[i]) * 2 > n_widest)
      return kobra_match_looks_like_headers ((const char *const *) rows[i].cells, rows[i].n_cells) ? (int) i : -1;
  return -1;
}

KobraHeading
kobra_heading_find (const KobraHeadRow     *rows,
                    guint                   n_rows,
                    const KobraReadOptions *read,
                    guint                   kinds)
{
  KobraHeading heading = { -1, 0, NULL };
  guint        n_best;
  int          found;

  if (read->header_row == KOBRA_HEADER_NONE || n_rows == 0)
    return heading;
  if (read->header_row > 0)
    return find_chosen (rows, n_rows, read, kinds);
  if (rows[0].is_header)
    return (KobraHeading) { 0, 1, g_strdupv (rows[0].cells) };
  heading = find_by_names (rows, n_rows, read, kinds, &n_best);
  if (n_best >= MIN_MATCHES)
    return heading;
  g_strfreev (heading.headers);
  found = find_by_words (rows, n_rows);
  return (KobraHeading) { found, found >= 0, found >= 0 ? g_strdupv (rows[found].cells) : NULL };
}

guint
kobra_heading_count_empty_columns (const KobraHeadRow *rows,
                                   guint               n_rows)
{
  guint n = n_rows > 0 ? G_MAXUINT : 0;

  for (guint i = 0; i < n_rows; i++)
    {
      guint k = 0;

      while (k < n && rows[i].cells[k] != NULL && kobra_text_is_blank (rows[i].cells[k]))
        k++;
      n = k;
    }
  return n;
}

gboolean
kobra_heading_is_again (const char *const *header,
                        const char *const *cells,
                        guint              n_cells)
{
  guint n_filled = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      const char *name = *header != NULL ? *header++ : "";

      if (*cells[i] == '\0' && *name == '\0')
        continue;
      if (!g_str_equal (cells[i], name))
        {
          g_autofree char *left = g_strstrip (g_strdup (cells[i])), *right = g_strstrip (g_strdup (name));

          if (!g_str_equal (left, right))
            return FALSE;
        }
      n_filled++;
    }
  while (*header != NULL)
    if (!kobra_text_is_blank (*header++))
      return FALSE;
  return n_filled >= 2;
}

static gboolean
is_total (const char *text)
{
  g_autofree char *folded = kobra_text_fold (text);

  for (gsize i = 0; i < G_N_ELEMENTS (total_words); i++)
    {
      const char *rest = g_str_has_prefix (folded, total_words[i]) ? folded + strlen (total_words[i]) : NULL;

      if (rest != NULL && (*rest == '\0' || *rest == ' '))
        return TRUE;
    }
  return FALSE;
}

KobraLeftOutReason
kobra_heading_judge_last (const char *const *cells,
                          guint              n_cells,
                          guint              n_usual)
{
  guint n_filled = count_filled (cells, n_cells), first = 0, n_words = 0;

  if (n_usual < MIN_USUAL_CELLS || n_filled >= n_usual || n_filled == 0)
    return KOBRA_N_LEFT_OUT;
  while (kobra_text_is_blank (cells[first]))
    first++;
  for (guint i = first; i < n_cells; i++)
    n_words += cells[i][strcspn (cells[i], "0123456789")] == '\0' && !kobra_text_is_blank (cells[i]);
  if (is_total (cells[first]))
    return KOBRA_LEFT_OUT_TOTAL;
  /* Amounts alone, and nobody's. */
  if (first >= 2 && n_words == 0 && n_filled * 2 <= n_usual)
    return KOBRA_LEFT_OUT_TOTAL;
  /* A sentence where a record has at least its key and a name. */
  if (n_filled <= 2 && n_filled * 2 < n_usual && strpbrk (cells[first], " *:") != NULL)
    return KOBRA_LEFT_OUT_NOTE;
  return KOBRA_N_LEFT_OUT;
}
