/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cursor and the selected rectangle, as the widget moves them: each change is shown, told and read out once. */

#include "kobra-sheet-private.h"

#include <string.h>

typedef enum
{
  REVEAL_NEAR,  /* scrolls as little as needed */
  REVEAL_FAR,   /* a row out of sight comes to the middle */
} Reveal;

static void
reveal (KobraSheet *self,
        guint       row,
        guint       column,
        Reveal      how)
{
  if (kobra_sheet_geometry_get_body (&self->geometry).height <= 0)
    {
      self->reveals_later = TRUE; /* when there is a place to be seen in */
      return;
    }
  kobra_sheet_geometry_reveal_row (&self->geometry, row, how == REVEAL_FAR);
  kobra_sheet_geometry_reveal_column (&self->geometry, column);
  kobra_sheet_push_scroll (self);
}

void
kobra_sheet_change_selection (KobraSheet                *self,
                              const KobraSheetSelection *selection)
{
  KobraSheetSelection old = self->selection;
  KobraSheetRange     old_range = kobra_sheet_selection_get_range (&old);
  KobraSheetRange     range = kobra_sheet_selection_get_range (selection);
  gboolean            row_moved = old.is_set != selection->is_set || old.row != selection->row;
  gboolean            column_moved = old.is_set != selection->is_set || old.column != selection->column;
  gboolean            range_changed = memcmp (&old_range, &range, sizeof range) != 0;

  self->selection = *selection;
  if (row_moved)
    g_object_notify (G_OBJECT (self), "cursor-row");
  if (column_moved)
    g_object_notify (G_OBJECT (self), "cursor-column");
  if (range_changed)
    g_signal_emit_by_name (self, "selection-changed");
  if (row_moved || column_moved)
    kobra_sheet_accessible_cursor_moved (self);
  else if (range_changed)
    kobra_sheet_accessible_range_changed (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
has_cells (KobraSheet *self)
{
  return self->geometry.n_rows > 0 && self->geometry.n_columns > 0;
}

void
kobra_sheet_reveal_cursor (KobraSheet *self)
{
  if (self->reveals_later && self->selection.is_set && kobra_sheet_geometry_get_body (&self->geometry).height > 0)
    {
      self->reveals_later = FALSE;
      reveal (self, self->selection.row, self->selection.column, REVEAL_FAR);
    }
}

gboolean
kobra_sheet_ensure_cursor (KobraSheet *self)
{
  KobraSheetSelection selection;
  guint               first, last;

  if (self->selection.is_set || !has_cells (self))
    return self->selection.is_set;
  if (!kobra_sheet_geometry_get_visible_rows (&self->geometry, &first, &last))
    first = 0;
  kobra_sheet_selection_set (&selection, first, 0);
  kobra_sheet_change_selection (self, &selection);
  return TRUE;
}

void
kobra_sheet_move_to (KobraSheet *self,
                     guint       row,
                     guint       column,
                     gboolean    extends)
{
  KobraSheetSelection selection = self->selection;

  if (extends)
    kobra_sheet_selection_extend (&selection, row, column);
  else
    kobra_sheet_selection_set (&selection, row, column);
  reveal (self, row, column, REVEAL_NEAR);
  kobra_sheet_change_selection (self, &selection);
}

void
kobra_sheet_move_by (KobraSheet    *self,
                     KobraSheetMove move,
                     gboolean       extends)
{
  KobraSheetSelection selection = self->selection;
  guint               page = kobra_sheet_geometry_get_page (&self->geometry);
  guint               old_row, old_column, row, column;

  if (!selection.is_set)
    {
      kobra_sheet_ensure_cursor (self);
      return;
    }
  row = old_row = extends ? selection.lead_row : selection.row;
  column = old_column = extends ? selection.lead_column : selection.column;
  kobra_sheet_move_apply (move, self->geometry.n_rows, self->geometry.n_columns, page, &row, &column);
  if (extends)
    kobra_sheet_selection_extend (&selection, row, column);
  else
    kobra_sheet_selection_set (&selection, row, column);

  /* A page moves the view as far as the cursor. And a whole column that grows by its neighbour must not scroll to its last row. */
  if (move == KOBRA_SHEET_MOVE_PAGE_DOWN || move == KOBRA_SHEET_MOVE_PAGE_UP)
    self->geometry.scroll_y += ((double) row - old_row) * self->geometry.row_height;
  if (row != old_row || !extends)
    kobra_sheet_geometry_reveal_row (&self->geometry, row, FALSE);
  if (column != old_column || !extends)
    kobra_sheet_geometry_reveal_column (&self->geometry, column);
  kobra_sheet_push_scroll (self);
  kobra_sheet_change_selection (self, &selection);
}

gboolean
kobra_sheet_tab (KobraSheet *self,
                 gboolean    forward)
{
  KobraSheetSelection selection = self->selection;

  if (!kobra_sheet_selection_tab (&selection, forward, self->geometry.n_rows, self->geometry.n_columns))
    return FALSE;
  reveal (self, selection.row, selection.column, REVEAL_NEAR);
  kobra_sheet_change_selection (self, &selection);
  return TRUE;
}

void
kobra_sheet_enter (KobraSheet *self,
                   gboolean    forward)
{
  KobraSheetSelection selection = self->selection;

  if (!kobra_sheet_selection_enter (&selection, forward, self->geometry.n_rows, self->geometry.n_columns))
    return;
  reveal (self, selection.row, selection.column, REVEAL_NEAR);
  kobra_sheet_change_selection (self, &selection);
}

void
kobra_sheet_select_columns (KobraSheet *self,
                            guint       column,
                            gboolean    extends)
{
  KobraSheetSelection selection;

  if (!has_cells (self))
    return;
  kobra_sheet_selection_span (&selection, 0, extends && self->selection.is_set ? self->selection.column : column,
                              self->geometry.n_rows - 1, column);
  kobra_sheet_change_selection (self, &selection);
}

void
kobra_sheet_select_rows (KobraSheet *self,
                         guint       row,
                         gboolean    extends)
{
  KobraSheetSelection selection;

  if (!has_cells (self))
    return;
  kobra_sheet_selection_span (&selection, extends && self->selection.is_set ? self->selection.row : row, 0,
                              row, self->geometry.n_columns - 1);
  kobra_sheet_change_selection (self, &selection);
}

void
kobra_sheet_select_all (KobraSheet *self)
{
  KobraSheetSelection selection;

  if (!has_cells (self))
    return;
  kobra_sheet_selection_span (&selection, 0, 0, self->geometry.n_rows - 1, self->geometry.n_columns - 1);
  kobra_sheet_change_selection (self, &selection);
}

void
kobra_sheet_select (KobraSheet *self,
                    guint       row,
                    guint       n_rows,
                    guint       column,
                    guint       n_columns)
{
  KobraSheetSelection selection = { .is_set = FALSE };

  g_return_if_fail (KOBRA_IS_SHEET (self));

  kobra_sheet_jump_cancel (self);
  if (has_cells (self) && n_rows > 0 && n_columns > 0)
    {
      row = MIN (row, self->geometry.n_rows - 1);
      column = MIN (column, self->geometry.n_columns - 1);
      kobra_sheet_selection_span (&selection, row, column,
                                  row + MIN (n_rows, self->geometry.n_rows - row) - 1,
                                  column + MIN (n_columns, self->geometry.n_columns - column) - 1);
      reveal (self, row, column, REVEAL_FAR);
    }
  kobra_sheet_change_selection (self, &selection);
}

void
kobra_sheet_set_cursor (KobraSheet *self,
                        int         row,
                        int         column)
{
  g_return_if_fail (KOBRA_IS_SHEET (self));

  kobra_sheet_end_edit (self, TRUE);
  kobra_sheet_select (self, (guint) MAX (row, 0), row >= 0 && column >= 0, (guint) MAX (column, 0), 1);
}

int
kobra_sheet_get_cursor_row (KobraSheet *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET (self), -1);

  return self->selection.is_set ? (int) MIN (self->selection.row, G_MAXINT) : -1;
}

int
kobra_sheet_get_cursor_column (KobraSheet *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET (self), -1);

  return self->selection.is_set ? (int) MIN (self->selection.column, G_MAXINT) : -1;
}

gboolean
kobra_sheet_get_selection (KobraSheet *self,
                           guint      *row,
                           guint      *n_rows,
                           guint      *column,
                           guint      *n_columns)
{
  KobraSheetRange range;

  g_return_val_if_fail (KOBRA_IS_SHEET (self), FALSE);

  range = kobra_sheet_selection_get_range (&self->selection);
  if (row != NULL)
    *row = range.row;
  if (n_rows != NULL)
    *n_rows = range.n_rows;
  if (column != NULL)
    *column = range.column;
  if (n_columns != NULL)
    *n_columns = range.n_columns;
  return self->selection.is_set;
}
