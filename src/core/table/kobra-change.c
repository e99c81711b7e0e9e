/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-change.h"

#include <string.h>

#include "kobra-table-private.h"

#include "kobra-banned.h"

/* So many ranges are told apart, the first ones: nobody looks at more of a change than one place. */
#define MAX_RANGES 2048u

/* The columns are those of rows that take so many bytes, for comparing texts takes long. */
#define MAX_COMPARED ((gsize) 512 * 1024)

typedef struct
{
  KobraChange *change;
  guint        last_column;
  gsize        n_compared;
  guint        n_columns; /* the table's, afterwards */
  guint        end;       /* rows from here on come after enough others */
  const char **old;       /* room for a row's texts */
  const char **now;
} Look;

static void
note_columns (Look *self,
              guint first,
              guint last)
{
  self->change->column = MIN (self->change->column, first);
  self->last_column = MAX (self->last_column, last);
}

static void
compare_cells (Look           *self,
               const KobraRow *old,
               const KobraRow *now)
{
  if (self->n_compared >= MAX_COMPARED)
    return;
  self->n_compared += kobra_row_get_size (now);
  kobra_row_get_texts (old, self->old, self->n_columns);
  kobra_row_get_texts (now, self->now, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    if (strcmp (self->old[i], self->now[i]) != 0)
      note_columns (self, i, i);
}

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  const KobraRowRange *x = a, *y = b;

  return (x->row > y->row) - (x->row < y->row);
}

/* In order, each row once: splices may be about the same rows. */
static void
tidy (GArray *ranges)
{
  guint n = 0;

  g_array_sort (ranges, compare_ranges);
  for (guint i = 0; i < ranges->len; i++)
    {
      KobraRowRange  range = g_array_index (ranges, KobraRowRange, i);
      KobraRowRange *last = n > 0 ? &g_array_index (ranges, KobraRowRange, n - 1) : NULL;

      if (last != NULL && range.row <= last->row + last->n_rows)
        last->n_rows = MAX (last->n_rows, range.row + range.n_rows - last->row);
      else
        g_array_index (ranges, KobraRowRange, n++) = range;
    }
  g_array_set_size (ranges, n);
}

static void
note_row (Look *self,
          guint row)
{
  GArray        *ranges = self->change->ranges;
  KobraRowRange *last = ranges->len > 0 ? &g_array_index (ranges, KobraRowRange, ranges->len - 1) : NULL;
  KobraRowRange  fresh = { row, 1 };

  if (row >= self->end)
    return;
  if (last != NULL && last->row + last->n_rows == row)
    last->n_rows++;
  else
    g_array_append_val (ranges, fresh);
  if (ranges->len < 2 * MAX_RANGES)
    return;
  tidy (ranges);
  if (ranges->len <= MAX_RANGES)
    return;
  g_array_set_size (ranges, MAX_RANGES);
  self->end = g_array_index (ranges, KobraRowRange, MAX_RANGES - 1).row;
}

/* The ranges so far are where this splice, which comes after them, leaves them. */
static void
make_way (Look *self,
          guint position,
          guint n_out,
          guint n_in)
{
  GArray *ranges = self->change->ranges;
  guint   n_kept = 0;

  if (n_in == n_out)
    return;
  for (guint i = 0; i < ranges->len; i++)
    {
      KobraRowRange range = g_array_index (ranges, KobraRowRange, i);

      if (range.row >= position + n_out)
        range.row += n_in - n_out;
      else if (range.row + range.n_rows > position)
        continue; /* it may be gone, and what comes in its place is looked at now */
      g_array_index (ranges, KobraRowRange, n_kept++) = range;
    }
  g_array_set_size (ranges, n_kept);
  self->end = G_MAXUINT;
}

/* Rows that stay are in both in the same order. */
static void
look_at_splice (Look               *self,
                guint               position,
                const KobraRowList *out,
                const KobraRowList *in)
{
  KobraRowCursor old = { .list = out }, fresh = { .list = in };
  guint          n_out = kobra_row_list_get_length (out), n_in = kobra_row_list_get_length (in), i = 0;
  gboolean       grows = n_in >= n_out;

  make_way (self, position, n_out, n_in);
  for (guint k = 0; k < n_in; k++)
    {
      const KobraRow *now = kobra_row_cursor_peek (&fresh, k);

      while (!grows && i < n_out && kobra_row_cursor_peek (&old, i)->id != now->id)
        i++;
      if (i < n_out && kobra_row_cursor_peek (&old, i)->id == now->id)
        {
          if (kobra_row_cursor_peek (&old, i)->cells != now->cells)
            {
              compare_cells (self, kobra_row_cursor_peek (&old, i), now);
              note_row (self, position + k);
            }
          i++;
        }
      else if (grows)
        {
          note_columns (self, 0, MAX (self->n_columns, 1) - 1);
          note_row (self, position + k);
        }
    }
  if (n_out > n_in)
    {
      guint at = 0;

      while (at < n_in && kobra_row_cursor_peek (&old, at)->id == kobra_row_cursor_peek (&fresh, at)->id)
        at++;
      self->change->gone_row = self->change->is_gone ? MIN (self->change->gone_row, position + at) : position + at;
      self->change->is_gone = TRUE;
    }
}

static void
look_at_step (Look      *self,
              KobraStep *step,
              gboolean   redo)
{
  g_autofree const char **old = g_new (const char *, MAX (self->n_columns, 1));
  g_autofree const char **now = g_new (const char *, MAX (self->n_columns, 1));

  self->old = old;
  self->now = now;
  for (guint i = 0; i < step->splices->len; i++)
    {
      const KobraSplice *splice = g_ptr_array_index (step->splices, redo ? i : step->splices->len - 1 - i);

      look_at_splice (self, splice->position, redo ? splice->removed : splice->added, redo ? splice->added : splice->removed);
    }
}

gboolean
kobra_table_find_change (KobraTable  *self,
                         gboolean     redo,
                         KobraChange *change)
{
  KobraStep *step;
  Look       look = { .change = change, .end = G_MAXUINT };

  g_return_val_if_fail (KOBRA_IS_TABLE (self), FALSE);

  *change = (KobraChange) { .ranges = g_array_new (FALSE, FALSE, sizeof (KobraRowRange)), .column = G_MAXUINT };
  step = kobra_undo_peek (&self->undo, redo);
  if (step == NULL)
    return FALSE;
  look.n_columns = redo ? self->headers->len + step->headers->len : self->headers->len - step->headers->len;
  look_at_step (&look, step, redo);
  tidy (change->ranges);
  if (change->column == G_MAXUINT)
    change->column = 0; /* nothing was written that was not there before */
  change->n_columns = look.last_column - MIN (change->column, look.last_column) + 1;
  change->is_gone = change->is_gone && change->ranges->len == 0;
  return change->ranges->len > 0 || change->is_gone;
}

void
kobra_change_clear (KobraChange *self)
{
  g_clear_pointer (&self->ranges, g_array_unref);
}
