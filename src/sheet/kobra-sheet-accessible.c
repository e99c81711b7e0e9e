/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet for screen readers: objects that are no widgets stand for the header row, each visible row and each visible cell.
 *
 * They are made when somebody asks, and reused on scrolling: each one lives on the accessibility bus, and a new one for every row
 * that comes into view would flood it. A row that stands for another one now says so once, by being hidden and shown: GTK offers
 * no public way to say that children changed. What its cells say is put right when they are asked for; the cell with the cursor
 * always is right. A row whose content changed while somebody knew its cells is put right at the next frame.
 *
 * GTK exports neither table interfaces nor column headers, so that a cell's own name carries column and row. */

#include "kobra-sheet-part.h"

#include <glib/gi18n.h>

static KobraSheetPart *
get_row (KobraSheet *self,
         guint       row)
{
  KobraSheetPart *part = g_ptr_array_index (self->parts.rows, row % self->parts.rows->len);

  if (!part->is_bound || part->row != row)
    {
      part->row = row;
      part->is_bound = TRUE;
      part->is_new = TRUE;
    }
  return part;
}

/* As many row parts as there are visible rows, each standing for one of them; FALSE if there is nothing to stand for. */
static gboolean
bind_rows (KobraSheet *self)
{
  KobraSheetParts *parts = &self->parts;
  guint            first, last, first_column, last_column;

  if (self->model == NULL || !gtk_widget_get_realized (GTK_WIDGET (self)) || !kobra_sheet_geometry_get_visible_rows (&self->geometry, &first, &last) ||
      !kobra_sheet_geometry_get_visible_columns (&self->geometry, &first_column, &last_column))
    return FALSE;
  if (parts->is_updating)
    return parts->rows != NULL;
  if (parts->rows == NULL)
    parts->rows = g_ptr_array_new_with_free_func (kobra_sheet_part_drop);
  while (parts->rows->len < last - first + 1)
    g_ptr_array_add (parts->rows, kobra_sheet_part_new_row (self, FALSE));
  for (guint row = first; row <= last; row++)
    get_row (self, row);

  /* Told when all stand where they belong, for GTK asks for children while it is told of them. */
  parts->is_updating = TRUE;
  for (guint i = 0; i < parts->rows->len; i++)
    {
      KobraSheetPart *part = g_ptr_array_index (parts->rows, i);

      if (part->is_new || (part->is_known && (part->first != first_column || part->last != last_column)))
        kobra_sheet_part_announce_row (part);
    }
  parts->is_updating = FALSE;
  return TRUE;
}

static GtkAccessible *
ref_part (KobraSheetPart *part)
{
  return part != NULL ? GTK_ACCESSIBLE (g_object_ref (part)) : NULL;
}

/* What comes after the last row: the editor, so that the text which is being typed can be found. */
static GtkAccessible *
ref_last (KobraSheet *self)
{
  return GTK_ACCESSIBLE (g_object_ref (self->edit.box));
}

GtkAccessible *
kobra_sheet_accessible_ref_next (KobraSheet     *self,
                                 KobraSheetPart *row)
{
  guint first, last;

  if (!bind_rows (self) || !kobra_sheet_geometry_get_visible_rows (&self->geometry, &first, &last))
    return ref_last (self);
  if (row->is_header)
    return ref_part (get_row (self, first));
  return row->row >= first && row->row < last ? ref_part (get_row (self, row->row + 1)) : ref_last (self);
}

static GtkAccessible *
kobra_sheet_get_first_accessible_child (GtkAccessible *accessible)
{
  KobraSheet *self = KOBRA_SHEET (accessible);

  if (self->model == NULL || self->edit.box == NULL || !gtk_widget_get_realized (GTK_WIDGET (self)))
    return NULL;
  if (self->parts.header == NULL)
    self->parts.header = kobra_sheet_part_new_row (self, TRUE);
  bind_rows (self);
  return ref_part (self->parts.header);
}

/* Only this: all else a widget does well. */
void
kobra_sheet_accessible_iface_init (GtkAccessibleInterface *iface)
{
  iface->get_first_accessible_child = kobra_sheet_get_first_accessible_child;
}

/* Once a frame: rows that came into view, and rows that say other things now, for whoever knows them. */
static gboolean
update_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  KobraSheet      *self = KOBRA_SHEET (widget);
  KobraSheetParts *parts = &self->parts;
  gboolean         was_stale = parts->is_stale;
  guint            first, last;

  parts->tick_id = 0;
  parts->is_stale = FALSE;
  if (!bind_rows (self) || !kobra_sheet_geometry_get_visible_rows (&self->geometry, &first, &last))
    return G_SOURCE_REMOVE;
  if (was_stale && parts->header != NULL && parts->header->is_known)
    kobra_sheet_part_refresh_row (parts->header);
  for (guint i = 0; was_stale && i < parts->rows->len; i++)
    {
      KobraSheetPart *row = g_ptr_array_index (parts->rows, i);

      if (row->is_known && row->row >= first && row->row <= last)
        kobra_sheet_part_refresh_row (row);
      else
        row->is_known = FALSE;
    }
  if (was_stale && parts->focused != NULL)
    kobra_sheet_part_refresh_cell (parts->focused);
  return G_SOURCE_REMOVE;
}

static void
queue_update (KobraSheet *self)
{
  if (self->parts.rows != NULL && self->parts.tick_id == 0)
    self->parts.tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), update_cb, NULL, NULL);
}

void
kobra_sheet_accessible_scrolled (KobraSheet *self)
{
  queue_update (self);
}

void
kobra_sheet_accessible_changed (KobraSheet *self)
{
  self->parts.is_stale = TRUE;
  queue_update (self);
}

void
kobra_sheet_accessible_reset (KobraSheet *self)
{
  KobraSheetParts *parts = &self->parts;

  parts->is_updating = TRUE;
  if (parts->header != NULL)
    kobra_sheet_part_announce_row (parts->header);
  parts->is_updating = FALSE;
  for (guint i = 0; parts->rows != NULL && i < parts->rows->len; i++)
    ((KobraSheetPart *) g_ptr_array_index (parts->rows, i))->is_bound = FALSE;
  kobra_sheet_accessible_changed (self);
}

static void
announce (KobraSheet *self,
          const char *words)
{
  if (self->parts.focused != NULL && gtk_widget_has_focus (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self->parts.focused), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

void
kobra_sheet_accessible_focus_moved (KobraSheet *self)
{
  KobraSheetParts           *parts = &self->parts;
  const KobraSheetSelection *selection = &self->selection;
  KobraSheetPart            *cell = NULL;
  guint                      first, last;

  if (selection->is_set && bind_rows (self) && kobra_sheet_geometry_get_visible_rows (&self->geometry, &first, &last) &&
      selection->row >= first && selection->row <= last)
    cell = kobra_sheet_part_get_cell (get_row (self, selection->row), selection->column);
  if (parts->focused != NULL && parts->focused != cell)
    gtk_accessible_update_platform_state (GTK_ACCESSIBLE (parts->focused), GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSED);
  g_set_object (&parts->focused, cell);
  if (cell == NULL)
    return;
  kobra_sheet_part_refresh_cell (cell);
  gtk_accessible_update_platform_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSED);
}

void
kobra_sheet_accessible_cursor_moved (KobraSheet *self)
{
  g_autofree char *words = NULL;

  kobra_sheet_accessible_focus_moved (self);
  if (self->parts.focused == NULL)
    return;
  words = kobra_sheet_part_dup_speech (self, self->selection.row, self->selection.column);
  announce (self, words);
}

void
kobra_sheet_accessible_range_changed (KobraSheet *self)
{
  KobraSheetRange  range = kobra_sheet_selection_get_range (&self->selection);
  gulong           n_cells = (gulong) range.n_rows * range.n_columns;
  g_autofree char *words = g_strdup_printf (ngettext ("%lu cell selected", "%lu cells selected", n_cells), n_cells);

  kobra_sheet_accessible_focus_moved (self);
  announce (self, words);
}

void
kobra_sheet_accessible_dispose (KobraSheet *self)
{
  KobraSheetParts *parts = &self->parts;

  if (parts->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), parts->tick_id);
  parts->tick_id = 0;
  g_clear_object (&parts->focused);
  g_clear_pointer (&parts->rows, g_ptr_array_unref);
  g_clear_pointer (&parts->header, kobra_sheet_part_drop);
}
