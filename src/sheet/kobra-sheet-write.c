/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many cells on their way to the model, which may take its time: then the sheet looks busy, and all else goes on. */

#include "kobra-sheet-private.h"

/* Outlives the sheet if it must. */
typedef struct
{
  GWeakRef        sheet;
  KobraSheetRange range;
  gboolean        selects;
} Writing;

static void
free_writing (Writing *writing)
{
  g_weak_ref_clear (&writing->sheet);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, free_writing)

static void
count (KobraSheet *self,
       int         by)
{
  self->n_writings += by;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->n_writings > 0 ? "progress" : NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, self->n_writings > 0, -1);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Writing) writing = data;
  g_autoptr (KobraSheet) self = g_weak_ref_get (&writing->sheet);
  g_autoptr (GError) error = NULL;
  guint    row = writing->range.row;
  gboolean done = kobra_sheet_model_write_finish (KOBRA_SHEET_MODEL (source), result, &row, &error);

  if (self == NULL)
    return;
  count (self, -1);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->model != KOBRA_SHEET_MODEL (source))
    return;
  if (!done)
    kobra_sheet_refuse (self, error->message);
  else if (writing->selects)
    kobra_sheet_select (self, row, writing->range.n_rows, writing->range.column, writing->range.n_columns);
}

void
kobra_sheet_write (KobraSheet            *self,
                   KobraSheetWrite        what,
                   const KobraSheetRange *range,
                   KobraSheetGrid        *grid,
                   gboolean               selects)
{
  Writing *writing = g_new0 (Writing, 1);

  g_weak_ref_init (&writing->sheet, self);
  writing->range = *range;
  writing->selects = selects;
  if (self->writing == NULL)
    self->writing = g_cancellable_new ();
  count (self, 1);
  kobra_sheet_model_write_async (self->model, what, range->row, range->column, grid, range->n_rows, range->n_columns, self->writing, written_cb, writing);
}

void
kobra_sheet_write_cancel (KobraSheet *self)
{
  g_cancellable_cancel (self->writing);
  g_clear_object (&self->writing);
}
