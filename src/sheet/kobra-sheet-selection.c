/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-selection.h"

void
kobra_sheet_selection_span (KobraSheetSelection *self,
                            guint                anchor_row,
                            guint                anchor_column,
                            guint                lead_row,
                            guint                lead_column)
{
  *self = (KobraSheetSelection) {
    .is_set = TRUE,
    .row = anchor_row,
    .column = anchor_column,
    .anchor_row = anchor_row,
    .anchor_column = anchor_column,
    .lead_row = lead_row,
    .lead_column = lead_column,
  };
}

void
kobra_sheet_selection_set (KobraSheetSelection *self,
                           guint                row,
                           guint                column)
{
  kobra_sheet_selection_span (self, row, column, row, column);
}

void
kobra_sheet_selection_extend (KobraSheetSelection *self,
                              guint                row,
                              guint                column)
{
  if (self->is_set)
    kobra_sheet_selection_span (self, self->row, self->column, row, column);
  else
    kobra_sheet_selection_set (self, row, column);
}

KobraSheetRange
kobra_sheet_selection_get_range (const KobraSheetSelection *self)
{
  KobraSheetRange range = { 0 };

  if (!self->is_set)
    return range;
  range.row = MIN (self->anchor_row, self->lead_row);
  range.n_rows = MAX (self->anchor_row, self->lead_row) - range.row + 1;
  range.column = MIN (self->anchor_column, self->lead_column);
  range.n_columns = MAX (self->anchor_column, self->lead_column) - range.column + 1;
  return range;
}

void
kobra_sheet_move_apply (KobraSheetMove move,
                        guint          n_rows,
                        guint          n_columns,
                        guint          page,
                        guint         *row,
                        guint         *column)
{
  g_return_if_fail (*row < n_rows && *column < n_columns);

  switch (move)
    {
    case KOBRA_SHEET_MOVE_UP:
      *row -= *row > 0;
      break;
    case KOBRA_SHEET_MOVE_DOWN:
      *row += *row < n_rows - 1;
      break;
    case KOBRA_SHEET_MOVE_BACK:
      *column -= *column > 0;
      break;
    case KOBRA_SHEET_MOVE_FORTH:
      *column += *column < n_columns - 1;
      break;
    case KOBRA_SHEET_MOVE_PAGE_UP:
      *row -= MIN (page, *row);
      break;
    case KOBRA_SHEET_MOVE_PAGE_DOWN:
      *row += MIN (page, n_rows - 1 - *row);
      break;
    case KOBRA_SHEET_MOVE_ROW_START:
      *column = 0;
      break;
    case KOBRA_SHEET_MOVE_ROW_END:
      *column = n_columns - 1;
      break;
    case KOBRA_SHEET_MOVE_FIRST:
      *row = *column = 0;
      break;
    case KOBRA_SHEET_MOVE_LAST:
      *row = n_rows - 1;
      *column = n_columns - 1;
      break;
    default:
      g_return_if_reached ();
    }
}

/* Moves *@inner by one within @n_inner, and at its end *@outer within @n_outer; FALSE and nothing moved at the very end. */
static gboolean
step (guint   *inner,
      guint    n_inner,
      guint   *outer,
      guint    n_outer,
      gboolean forward)
{
  if (forward ? *inner < n_inner - 1 : *inner > 0)
    *inner += forward ? 1 : -1;
  else if (forward ? *outer < n_outer - 1 : *outer > 0)
    {
      *inner = forward ? 0 : n_inner - 1;
      *outer += forward ? 1 : -1;
    }
  else
    return FALSE;
  return TRUE;
}

/* Walks the cursor round the selected rectangle. */
static void
walk (KobraSheetSelection   *self,
      const KobraSheetRange *range,
      gboolean               by_row,
      gboolean               forward)
{
  guint    row = self->row - range->row;
  guint    column = self->column - range->column;
  gboolean moved = by_row ? step (&column, range->n_columns, &row, range->n_rows, forward)
                          : step (&row, range->n_rows, &column, range->n_columns, forward);

  if (!moved)
    {
      row = forward ? 0 : range->n_rows - 1;
      column = forward ? 0 : range->n_columns - 1;
    }
  self->row = range->row + row;
  self->column = range->column + column;
}

gboolean
kobra_sheet_selection_tab (KobraSheetSelection *self,
                           gboolean             forward,
                           guint                n_rows,
                           guint                n_columns)
{
  KobraSheetRange range = kobra_sheet_selection_get_range (self);
  guint           row = self->row;
  guint           column = self->column;
  gboolean        was_tabbing = self->is_tabbing;
  guint           tab_column = was_tabbing ? self->tab_column : self->column;

  if (!self->is_set)
    return FALSE;
  if (range.n_rows > 1 || range.n_columns > 1)
    {
      walk (self, &range, TRUE, forward);
      return TRUE;
    }
  if (!step (&column, n_columns, &row, n_rows, forward))
    return FALSE;
  /* A run goes forward; going back within it does not end it. */
  was_tabbing &= row == self->row && column >= tab_column;
  kobra_sheet_selection_set (self, row, column);
  self->is_tabbing = forward || was_tabbing;
  self->tab_column = tab_column;
  return TRUE;
}

gboolean
kobra_sheet_selection_enter (KobraSheetSelection *self,
                             gboolean             forward,
                             guint                n_rows,
                             guint                n_columns)
{
  KobraSheetRange range = kobra_sheet_selection_get_range (self);
  guint           column = self->is_tabbing ? MIN (self->tab_column, n_columns - 1) : self->column;

  if (!self->is_set)
    return FALSE;
  if (range.n_rows > 1 || range.n_columns > 1)
    {
      walk (self, &range, FALSE, forward);
      return TRUE;
    }
  if (forward ? self->row >= n_rows - 1 : self->row == 0)
    return FALSE;
  kobra_sheet_selection_set (self, forward ? self->row + 1 : self->row - 1, column);
  return TRUE;
}

gboolean
kobra_sheet_row_after_change (guint *row,
                              guint  position,
                              guint  n_removed,
                              guint  n_added)
{
  if (*row < position)
    return TRUE;
  if (*row - position >= n_removed)
    {
      *row = *row - n_removed + n_added;
      return TRUE;
    }
  return *row - position < n_added;
}

void
kobra_sheet_selection_clamp (KobraSheetSelection *self,
                             guint                n_rows,
                             guint                n_columns)
{
  if (n_rows == 0 || n_columns == 0)
    *self = (KobraSheetSelection) { .is_set = FALSE };
  if (!self->is_set)
    return;
  self->row = MIN (self->row, n_rows - 1);
  self->column = MIN (self->column, n_columns - 1);
  self->anchor_row = MIN (self->anchor_row, n_rows - 1);
  self->anchor_column = MIN (self->anchor_column, n_columns - 1);
  self->lead_row = MIN (self->lead_row, n_rows - 1);
  self->lead_column = MIN (self->lead_column, n_columns - 1);
}

void
kobra_sheet_selection_rows_changed (KobraSheetSelection *self,
                                    guint                position,
                                    guint                n_removed,
                                    guint                n_added,
                                    guint                n_rows,
                                    guint                n_columns)
{
  guint *rows[] = { &self->row, &self->anchor_row, &self->lead_row };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!kobra_sheet_row_after_change (rows[i], position, n_removed, n_added))
      *rows[i] = position + n_added; /* the row that came up to where this one was */
  kobra_sheet_selection_clamp (self, n_rows, n_columns);
}
