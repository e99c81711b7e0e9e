/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-tsv.h"

#include <string.h>

void
kobra_sheet_tsv_append_cell (GString    *out,
                             const char *text)
{
  if (strpbrk (text, "\t\n\r\"") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *quote; (quote = strchr (text, '"')) != NULL; text = quote + 1)
    {
      g_string_append_len (out, text, quote - text + 1);
      g_string_append_c (out, '"');
    }
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

static gboolean
is_cell_end (char c)
{
  return c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

/* The quote that closes the cell which begins with the quote at @start, or NULL if that is not such a cell. Looks no further than
 * a quote that can be neither, so that many of them cost no more than one look at the whole text. */
static char *
find_closing_quote (char *start)
{
  char *quote = strchr (start + 1, '"');

  while (quote != NULL && quote[1] == '"')
    quote = strchr (quote + 2, '"');
  return quote != NULL && is_cell_end (quote[1]) ? quote : NULL;
}

/* Makes of the quoted text up to @quote what it means, in place. */
static void
unquote (char *start,
         char *quote)
{
  char *to = start;

  for (char *from = start + 1; from < quote; from++)
    {
      if (*from == '"')
        from++; /* the second of two */
      *to++ = *from;
    }
  *to = '\0';
}

/* Ends the cell at @start, in place; returns where the text goes on, and in *@end what ended it: a tab, '\n' or '\0'. */
static char *
read_cell (char *start,
           char *end)
{
  char *quote = *start == '"' ? find_closing_quote (start) : NULL;
  char *stop = quote != NULL ? quote + 1 : start + strcspn (start, "\t\n\r");
  char *rest = stop;

  *end = *stop == '\r' ? '\n' : *stop;
  if (*stop == '\r' && stop[1] == '\n')
    rest++;
  if (*stop != '\0')
    rest++;
  if (quote != NULL)
    unquote (start, quote);
  *stop = '\0';
  return rest;
}

/* Each row's place in @cells, then all rows to one width; FALSE if that is more than @max_cells. */
static gboolean
assemble (KobraSheetGrid *self,
          GPtrArray      *cells,
          GArray         *row_ends,
          gsize           max_cells)
{
  guint start = 0;
  guint n_columns = 0;

  for (guint row = 0; row < row_ends->len; row++)
    {
      guint end = g_array_index (row_ends, guint, row);

      self->is_ragged |= row > 0 && end - start != n_columns;
      n_columns = MAX (n_columns, end - start);
      start = end;
    }
  if ((guint64) n_columns * row_ends->len > max_cells)
    return FALSE;

  self->n_rows = row_ends->len;
  self->n_columns = n_columns;
  self->cells = g_new (const char *, (gsize) self->n_rows * n_columns);
  start = 0;
  for (guint row = 0; row < self->n_rows; row++)
    {
      guint end = g_array_index (row_ends, guint, row);

      for (guint column = 0; column < n_columns; column++)
        self->cells[(gsize) row * n_columns + column] = column < end - start ? g_ptr_array_index (cells, start + column) : "";
      start = end;
    }
  return TRUE;
}

KobraSheetGrid *
kobra_sheet_tsv_parse (char *text,
                       gsize length,
                       gsize max_cells)
{
  g_autoptr (KobraSheetGrid) self = g_new0 (KobraSheetGrid, 1);
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  g_autoptr (GArray) row_ends = g_array_new (FALSE, FALSE, sizeof (guint));
  char *rest;

  self->text = text;
  if (!g_utf8_validate_len (text, length, NULL))
    {
      self->text = g_utf8_make_valid (text, (gssize) length);
      g_free (text);
    }

  rest = self->text;
  while (*rest != '\0' && cells->len <= max_cells)
    {
      char end;

      do
        {
          g_ptr_array_add (cells, rest);
          rest = read_cell (rest, &end);
        }
      while (end == '\t' && cells->len <= max_cells);
      g_array_append_val (row_ends, cells->len);
    }
  if (cells->len == 0 || cells->len > max_cells || !assemble (self, cells, row_ends, max_cells))
    return NULL;
  return g_steal_pointer (&self);
}

KobraSheetGrid *
kobra_sheet_grid_new_row (const char *const *texts,
                          guint              n_columns)
{
  KobraSheetGrid    *self = g_new0 (KobraSheetGrid, 1);
  g_autoptr (GString)  joined = g_string_new (NULL);
  const char        *rest;

  for (guint i = 0; i < n_columns; i++)
    g_string_append_len (joined, texts[i], (gssize) strlen (texts[i]) + 1);
  self->text = g_string_free (g_steal_pointer (&joined), FALSE);
  self->cells = g_new (const char *, MAX (n_columns, 1));
  self->n_rows = 1;
  self->n_columns = n_columns;
  rest = self->text;
  for (guint i = 0; i < n_columns; i++)
    {
      self->cells[i] = rest;
      rest += strlen (rest) + 1;
    }
  return self;
}

static gboolean
is_column_empty (const KobraSheetGrid *self,
                 guint                 column)
{
  for (gsize row = 0; row < self->n_rows; row++)
    if (*self->cells[row * self->n_columns + column] != '\0')
      return FALSE;
  return TRUE;
}

void
kobra_sheet_grid_trim (KobraSheetGrid *self,
                       guint           n_kept)
{
  guint n_columns = self->n_columns;

  while (n_columns > MAX (n_kept, 1) && is_column_empty (self, n_columns - 1))
    n_columns--;
  if (n_columns == self->n_columns)
    return;
  for (gsize row = 1; row < self->n_rows; row++)
    memmove (self->cells + row * n_columns, self->cells + row * self->n_columns, n_columns * sizeof *self->cells);
  self->n_columns = n_columns;
}

gboolean
kobra_sheet_grid_has_longer (const KobraSheetGrid *self,
                             gsize                 max)
{
  for (gsize i = 0; i < (gsize) self->n_rows * self->n_columns; i++)
    if (strnlen (self->cells[i], max + 1) > max)
      return TRUE;
  return FALSE;
}

void
kobra_sheet_grid_peek_row (const KobraSheetGrid *self,
                           guint                 row,
                           const char          **cells,
                           guint                 n_columns)
{
  const char **from = self->cells + (gsize) (row % self->n_rows) * self->n_columns;

  for (guint column = 0, i = 0; column < n_columns; column++)
    {
      cells[column] = from[i];
      i = i + 1 < self->n_columns ? i + 1 : 0;
    }
}

void
kobra_sheet_grid_free (KobraSheetGrid *self)
{
  g_free (self->cells);
  g_free (self->text);
  g_free (self);
}
