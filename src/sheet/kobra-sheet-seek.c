/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-seek.h"

void
kobra_sheet_seek_init (KobraSheetSeek    *self,
                       KobraSheetSeekKind kind,
                       guint              n_rows,
                       guint              n_columns,
                       guint              row,
                       guint              column,
                       int                row_step,
                       int                column_step)
{
  g_return_if_fail (row < n_rows && column < n_columns);

  *self = (KobraSheetSeek) {
    .kind = kind,
    .n_rows = n_rows,
    .n_columns = n_columns,
    .row = row,
    .column = column,
    .row_step = row_step,
    .column_step = column_step,
  };
}

/* The cell after where the search stands; FALSE at the end. */
static gboolean
get_next (const KobraSheetSeek *self,
          guint                *row,
          guint                *column)
{
  gint64  next_row = (gint64) self->row + self->row_step;
  gint64  next_column = (gint64) self->column + self->column_step;
  guint64 place = (guint64) self->row * self->n_columns + self->column;

  if (self->kind == KOBRA_SHEET_SEEK_EDGE)
    {
      *row = (guint) next_row;
      *column = (guint) next_column;
      return next_row >= 0 && next_row < self->n_rows && next_column >= 0 && next_column < self->n_columns;
    }
  if (self->kind == KOBRA_SHEET_SEEK_NEXT ? place + 1 >= (guint64) self->n_rows * self->n_columns : place == 0)
    return FALSE;
  place += self->kind == KOBRA_SHEET_SEEK_NEXT ? 1 : -1;
  *row = (guint) (place / self->n_columns);
  *column = (guint) (place % self->n_columns);
  return TRUE;
}

gboolean
kobra_sheet_seek_run (KobraSheetSeek    *self,
                      guint              n_cells,
                      KobraSheetSeekFunc func,
                      gpointer           data)
{
  guint row, column;

  for (guint i = 0; i < n_cells; i++)
    {
      gboolean hit;

      if (!get_next (self, &row, &column))
        {
          self->is_found = self->kind == KOBRA_SHEET_SEEK_EDGE;
          return TRUE;
        }
      hit = func (row, column, data);
      if (!self->is_begun)
        self->in_run = self->kind == KOBRA_SHEET_SEEK_EDGE && hit && func (self->row, self->column, data);
      self->is_begun = TRUE;
      if (self->in_run && !hit)
        {
          self->is_found = TRUE;
          return TRUE;
        }
      self->row = row;
      self->column = column;
      if (!self->in_run && hit)
        {
          self->is_found = TRUE;
          return TRUE;
        }
    }
  return FALSE;
}
