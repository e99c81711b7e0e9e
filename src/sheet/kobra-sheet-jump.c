/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Jumps over any number of cells: to the edge of the data, to the next mark. What isn't found within a slice of time goes on when
 * the main loop is idle. */

#include "kobra-sheet-private.h"

#include <glib/gi18n.h>

/* Cells looked at between two looks at the clock. */
#define STRIDE 512

static gboolean
has_text (guint    row,
          guint    column,
          gpointer data)
{
  return *kobra_sheet_model_peek_text (KOBRA_SHEET (data)->model, row, column) != '\0';
}

static gboolean
has_mark (guint    row,
          guint    column,
          gpointer data)
{
  return kobra_sheet_model_get_mark (KOBRA_SHEET (data)->model, row, column) != KOBRA_SHEET_MARK_NONE;
}

static void
refuse_mark (KobraSheet        *self,
             KobraSheetSeekKind kind)
{
  kobra_sheet_refuse (self, kind == KOBRA_SHEET_SEEK_NEXT ? _ ("There is no problem after this cell.") : _ ("There is no problem before this cell."));
}

static void
arrive (KobraSheet *self)
{
  KobraSheetSeek *seek = &self->jump.seek;

  if (seek->kind == KOBRA_SHEET_SEEK_EDGE)
    kobra_sheet_move_to (self, seek->row, seek->column, self->jump.extends);
  else if (seek->is_found)
    kobra_sheet_select (self, seek->row, 1, seek->column, 1);
  else
    refuse_mark (self, seek->kind);
}

/* TRUE if it is done. */
static gboolean
search (KobraSheet *self,
        gint64      microseconds)
{
  KobraSheetSeek    *seek = &self->jump.seek;
  KobraSheetSeekFunc func = seek->kind == KOBRA_SHEET_SEEK_EDGE ? has_text : has_mark;
  gint64             deadline = g_get_monotonic_time () + microseconds;

  while (!kobra_sheet_seek_run (seek, STRIDE, func, self))
    if (g_get_monotonic_time () >= deadline)
      return FALSE;
  return TRUE;
}

static gboolean
search_on_cb (gpointer data)
{
  KobraSheet *self = data;

  if (!search (self, KOBRA_SHEET_SLICE))
    return G_SOURCE_CONTINUE;
  self->jump.source_id = 0;
  arrive (self);
  return G_SOURCE_REMOVE;
}

static gboolean
begin (KobraSheet *self)
{
  if (search (self, KOBRA_SHEET_SLICE))
    {
      arrive (self);
      return TRUE;
    }
  self->jump.source_id = g_idle_add (search_on_cb, self);
  return FALSE;
}

void
kobra_sheet_jump_cancel (KobraSheet *self)
{
  g_clear_handle_id (&self->jump.source_id, g_source_remove);
}

void
kobra_sheet_jump_finish (KobraSheet *self)
{
  if (self->jump.source_id == 0)
    return;
  kobra_sheet_jump_cancel (self);
  /* Keys typed ahead must act where the jump leads; a column's end is a tenth of a second away at worst. */
  if (self->jump.seek.kind == KOBRA_SHEET_SEEK_EDGE && search (self, 20 * KOBRA_SHEET_SLICE))
    arrive (self);
}

void
kobra_sheet_jump_to_edge (KobraSheet    *self,
                          KobraSheetMove direction,
                          gboolean       extends)
{
  const KobraSheetSelection *selection = &self->selection;
  int                        row_step = (direction == KOBRA_SHEET_MOVE_DOWN) - (direction == KOBRA_SHEET_MOVE_UP);
  int                        column_step = (direction == KOBRA_SHEET_MOVE_FORTH) - (direction == KOBRA_SHEET_MOVE_BACK);

  if (!kobra_sheet_ensure_cursor (self))
    return;
  self->jump.extends = extends;
  /* Extending goes along the cursor's own row or column, from where the rectangle ends. */
  kobra_sheet_seek_init (&self->jump.seek, KOBRA_SHEET_SEEK_EDGE, self->geometry.n_rows, self->geometry.n_columns,
                         extends ? selection->lead_row : selection->row, extends ? selection->lead_column : selection->column,
                         row_step, column_step);
  begin (self);
}

gboolean
kobra_sheet_go_to_mark (KobraSheet *self,
                        gboolean    forward)
{
  KobraSheetSeekKind kind = forward ? KOBRA_SHEET_SEEK_NEXT : KOBRA_SHEET_SEEK_PREVIOUS;
  guint              row, column;

  g_return_val_if_fail (KOBRA_IS_SHEET (self), FALSE);

  kobra_sheet_jump_finish (self);
  if (!kobra_sheet_ensure_cursor (self))
    return FALSE;
  row = self->selection.row;
  column = self->selection.column;
  if (!kobra_sheet_model_can_find_mark (self->model))
    {
      kobra_sheet_seek_init (&self->jump.seek, kind, self->geometry.n_rows, self->geometry.n_columns, row, column, 0, 0);
      return begin (self) && self->jump.seek.is_found;
    }
  if (!kobra_sheet_model_find_mark (self->model, forward, &row, &column))
    {
      refuse_mark (self, kind);
      return FALSE;
    }
  kobra_sheet_select (self, row, 1, column, 1);
  return TRUE;
}
