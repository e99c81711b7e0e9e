/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many cells at once, as a paste or a fill writes them: to the records and columns that are seen, wherever they are in the table, as one step.
 * The new rows are packed between frames, and put into the table when all are ready. */

#include "kobra-sheet-adapter-private.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* So many cells of no more bytes than that are written at once; more of them so many microseconds at a time. */
#define MAX_CELLS_AT_ONCE 4096u
#define MAX_CELL_BYTES_AT_ONCE 1000u
#define SLICE 6000

typedef struct
{
  KobraSheetAdapter *adapter;
  KobraSheetWrite    what;
  KobraSheetGrid    *grid;
  KobraBulk         *bulk;
  guint              view_serial;
  guint              row;     /* the sheet's */
  guint              n_rows;
  guint              n_done;
  guint              n_there; /* rows that are written over; the others are added */
  const guint       *columns; /* the table's, as long as the view is the same one */
  guint              n_columns;
  guint              n_cells;
  const char       **texts;   /* room for a row of those columns */
  const char       **whole;   /* room for a row of the table */
  guint              n_whole;
  guint              at;      /* the table's row that new ones come before */
} Write;

static void
free_write (Write *write)
{
  kobra_sheet_grid_free (write->grid);
  kobra_bulk_free (write->bulk);
  g_object_unref (write->adapter);
  g_free (write->texts);
  g_free (write->whole);
  g_free (write);
}

/* TRANSLATORS: what undo takes back, in "Undo paste of 320 cells" */
static char *
dup_name (const Write *write)
{
  switch (write->what)
    {
    case KOBRA_SHEET_WRITE_CLEAR:
      return g_strdup_printf (ngettext ("Clearing of %'u Cell", "Clearing of %'u Cells", write->n_cells), write->n_cells);
    case KOBRA_SHEET_WRITE_FILL:
      return g_strdup_printf (ngettext ("Filling of %'u Cell", "Filling of %'u Cells", write->n_cells), write->n_cells);
    case KOBRA_SHEET_WRITE_INSERT:
      return g_strdup_printf (ngettext ("Paste of %'u Row", "Paste of %'u Rows", write->n_rows), write->n_rows);
    case KOBRA_SHEET_WRITE_MOVE:
      return g_strdup_printf (ngettext ("Move of %'u Row", "Move of %'u Rows", write->n_rows), write->n_rows);
    case KOBRA_SHEET_WRITE_PASTE:
    default:
      return g_strdup_printf (ngettext ("Paste of %'u Cell", "Paste of %'u Cells", write->n_cells), write->n_cells);
    }
}

static gboolean
is_insert (const Write *write)
{
  return write->what == KOBRA_SHEET_WRITE_INSERT || write->what == KOBRA_SHEET_WRITE_MOVE;
}

static gboolean
add_row (Write   *write,
         GError **error)
{
  gboolean done;

  kobra_sheet_grid_peek_row (write->grid, write->n_done, write->texts, write->n_columns);
  if (write->n_done < write->n_there)
    {
      guint row = kobra_sheet_adapter_get_table_row (write->adapter, write->row + write->n_done);

      if (kobra_import_get_result (write->adapter->import, row) == KOBRA_RESULT_SENDING)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                               _ ("Some of these records are being sent and must stay as they are until then. Nothing was changed."));
          return FALSE;
        }
      done = kobra_bulk_add (write->bulk, row, write->columns, write->texts, write->n_columns);
    }
  else
    {
      for (guint i = 0; i < write->n_columns; i++)
        write->whole[write->columns[i]] = write->texts[i];
      done = kobra_bulk_insert (write->bulk, write->whole, write->n_whole);
    }
  if (!done)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("There is no memory for so many cells. Nothing was changed."));
  write->n_done++;
  return done;
}

static gboolean
apply (Write   *write,
       GError **error)
{
  KobraSheetAdapter *self = write->adapter;
  g_autofree char   *name = dup_name (write);
  guint64            cut = kobra_table_get_undo_serial (self->table);
  gboolean           done;

  self->is_appending = !is_insert (write);
  kobra_table_begin_step (self->table, name);
  done = kobra_bulk_apply (write->bulk);
  kobra_table_end_step (self->table);
  self->is_appending = FALSE;
  if (!done)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The records changed in the meantime, or would be too many. Nothing was changed; try again."));
  else if (write->what == KOBRA_SHEET_WRITE_MOVE && cut == self->cut_serial)
    kobra_table_join_steps (self->table, cut, name);
  return done;
}

/* Goes on until @deadline, and to the end if that is 0; TRUE if there is no more to do. */
static gboolean
go_on (GTask *task,
       gint64 deadline)
{
  Write  *write = g_task_get_task_data (task);
  GError *error = NULL;

  if (write->view_serial != write->adapter->view_serial)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                               _ ("Other records or columns were shown before all cells were written. Nothing was changed; try again."));
      return TRUE;
    }
  while (write->n_done < write->n_rows)
    {
      if (!add_row (write, &error))
        {
          g_task_return_error (task, error);
          return TRUE;
        }
      if (deadline > 0 && g_get_monotonic_time () > deadline)
        return FALSE;
    }
  if (apply (write, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  return TRUE;
}

static gboolean
go_on_cb (gpointer data)
{
  GTask *task = data;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  return go_on (task, g_get_monotonic_time () + SLICE) ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Where in the table rows come that are put in before the sheet's @row. */
static guint
find_insert_place (KobraSheetAdapter *self,
                   guint              row)
{
  if (row >= kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (self)))
    return kobra_table_get_n_rows (self->table);
  return kobra_sheet_adapter_get_table_row (self, row);
}

void
kobra_sheet_adapter_write_async (KobraSheetModel    *model,
                                 KobraSheetWrite     what,
                                 guint               row,
                                 guint               column,
                                 KobraSheetGrid     *grid,
                                 guint               n_rows,
                                 guint               n_columns,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (model);
  g_autoptr (GTask)  task = g_task_new (self, cancellable, callback, user_data);
  Write             *write = g_new0 (Write, 1);
  guint64            n_cells = (guint64) n_rows * n_columns;
  gint64             deadline = 0;

  write->adapter = g_object_ref (self);
  write->what = what;
  write->grid = grid;
  write->bulk = kobra_bulk_new (self->table);
  write->view_serial = self->view_serial;
  write->row = row;
  write->n_rows = n_rows;
  write->columns = &g_array_index (self->columns, guint, column);
  write->n_columns = MIN (n_columns, self->columns->len - column);
  write->n_cells = (guint) MIN (n_cells, G_MAXUINT);
  write->n_whole = kobra_table_get_n_columns (self->table);
  write->texts = g_new (const char *, MAX (write->n_columns, 1));
  write->whole = g_new (const char *, MAX (write->n_whole, 1));
  for (guint i = 0; i < write->n_whole; i++)
    write->whole[i] = "";
  if (is_insert (write))
    {
      write->at = find_insert_place (self, row);
      kobra_bulk_insert_at (write->bulk, write->at);
    }
  else
    write->n_there = MIN (n_rows, kobra_sheet_model_get_n_rows (model) - row);
  g_task_set_source_tag (task, kobra_sheet_adapter_write_async);
  g_task_set_task_data (task, write, (GDestroyNotify) free_write);

  if (n_cells > MAX_CELLS_AT_ONCE || kobra_sheet_grid_has_longer (grid, MAX_CELL_BYTES_AT_ONCE))
    deadline = g_get_monotonic_time () + SLICE;
  if (!go_on (task, deadline))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, go_on_cb, g_steal_pointer (&task), g_object_unref);
}

gboolean
kobra_sheet_adapter_write_finish (KobraSheetModel *model,
                                  GAsyncResult    *result,
                                  guint           *row,
                                  GError         **error)
{
  Write *write = g_task_get_task_data (G_TASK (result));

  *row = write->row;
  if (is_insert (write))
    kobra_sheet_adapter_find_row (write->adapter, MIN (write->at, kobra_table_get_n_rows (write->adapter->table) - 1), row);
  return g_task_propagate_boolean (G_TASK (result), error);
}
