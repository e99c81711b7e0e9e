/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-heading.h"

#include <string.h>

#include "kobra-text.h"

#include "kobra-banned.h"

/* So many known names make a header. */
#define MIN_MATCHES 2

/* So many cells are looked up among the known names in all: a hostile file has thousands of columns, and they are looked at in many rows. What an
 * honest file has is far below. */
#define MAX_LOOKED_UP 12000u

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

/* Two rows as one, of @n columns. With @groups the upper one heads several columns at once (“Saldo” above “Capital”, “IVA”) and is named only where the
 * lower alone does not say which column it is; else each cell goes on in the one below it (“Fecha de”, “nacimiento”). */
static char **
join (const KobraHeadRow *upper,
      const KobraHeadRow *lower,
      gboolean            groups,
      guint               n)
{
  g_autoptr (GHashTable) repeated = find_repeated (lower);
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

/* A row, or two, that may be the header. */
typedef struct
{
  guint    first, n_rows;
  gboolean groups; /* how the two are joined */
} Candidate;

static char **
make_headers (const KobraHeadRow *rows,
              const Candidate    *candidate,
              guint               max_columns)
{
  const KobraHeadRow *upper = rows + candidate->first;

  if (candidate->n_rows == 2)
    return join (upper, upper + 1, candidate->groups, MIN (MAX (upper->n_cells, upper[1].n_cells), max_columns));
  else
    {
      guint  n = MIN (upper->n_cells, max_columns);
      char **headers = g_new0 (char *, n + 1);

      for (guint i = 0; i < n; i++)
        headers[i] = g_strdup (upper->cells[i]);
      return headers;
    }
}

static KobraHeading
make_heading (const KobraHeadRow *rows,
              const Candidate    *candidate)
{
  return (KobraHeading) { .first = (int) candidate->first, .n_rows = candidate->n_rows, .headers = make_headers (rows, candidate, G_MAXUINT) };
}

/* The candidate that names most fields, of those that name as many the first. Returns how many it names. */
static guint
choose (const KobraHeadRow *rows,
        GArray             *candidates,
        guint               kinds,
        Candidate          *best,
        guint              *n_looked_up)
{
  guint n_best = 0, n_kinds = 0, max_columns;

  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    n_kinds += kinds >> kind & 1;
  max_columns = MAX_LOOKED_UP / MAX (candidates->len * n_kinds, 1);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      g_auto (GStrv)   headers = make_headers (rows, candidate, max_columns);
      guint            n_headers = g_strv_length (headers);

      for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
        {
          guint n = (kinds >> kind & 1) != 0 ? kobra_match_count (kobra_schema_get ((KobraKind) kind), (const char *const *) headers, n_headers) : 0;

          *n_looked_up += (kinds >> kind & 1) != 0 ? n_headers : 0;
          if (n > n_best)
            {
              n_best = n;
              *best = *candidate;
            }
        }
    }
  return n_best;
}

static gboolean
are_words (const KobraHeadRow *row)
{
  for (guint i = 0; row->cells[i] != NULL; i++)
    if (row->cells[i][strcspn (row->cells[i], "0123456789@")] != '\0')
      return FALSE;
  return TRUE;
}

static void
add_pair (GArray *candidates,
          guint   first)
{
  g_array_append_val (candidates, ((Candidate) { first, 2, FALSE }));
  g_array_append_val (candidates, ((Candidate) { first, 2, TRUE }));
}

/* The header by the names that are known; returns how many it has of them. */
static guint
find_by_names (const KobraHeadRow     *rows,
               guint                   n_rows,
               const KobraReadOptions *read,
               guint                   kinds,
               Candidate              *best,
               guint                  *n_looked_up)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < n_rows; i++)
    if (read->n_header_rows != 2)
      g_array_append_val (candidates, ((Candidate) { i, 1, FALSE }));
  for (guint i = 0; i + 1 < n_rows; i++)
    if (read->n_header_rows != 1 && rows[i].line + 1 == rows[i + 1].line && are_words (&rows[i]) && are_words (&rows[i + 1]))
      add_pair (candidates, i);
  return choose (rows, candidates, kinds, best, n_looked_up);
}

/* The header that a person chose. */
static KobraHeading
find_chosen (const KobraHeadRow     *rows,
             guint                   n_rows,
             const KobraReadOptions *read,
             guint                   kinds)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  Candidate          best = { 0, 1, FALSE };
  guint              n_looked_up = 0;

  while (best.first < n_rows && rows[best.first].line < read->header_row)
    best.first++;
  if (best.first == n_rows)
    return (KobraHeading) { .first = -1 };
  if (read->n_header_rows == 2 && best.first + 1 < n_rows)
    {
      best.n_rows = 2;
      add_pair (candidates, best.first);
      choose (rows, candidates, kinds, &best, &n_looked_up);
    }
  return make_heading (rows, &best);
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
  KobraHeading heading = { .first = -1 };
  Candidate    best = { 0, 1, FALSE };
  guint        n_looked_up = 0;
  int          found;

  if (read->header_row == KOBRA_HEADER_NONE || n_rows == 0)
    return heading;
  if (read->header_row > 0)
    return find_chosen (rows, n_rows, read, kinds);
  if (rows[0].is_header)
    return make_heading (rows, &best);
  if (find_by_names (rows, n_rows, read, kinds, &best, &n_looked_up) < MIN_MATCHES)
    {
      found = find_by_words (rows, n_rows);
      best = (Candidate) { (guint) MAX (found, 0), 1, FALSE };
      if (found >= 0)
        heading = make_heading (rows, &best);
    }
  else
    {
      heading = make_heading (rows, &best);
    }
  heading.n_looked_up = n_looked_up;
  return heading;
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
