/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-model.h"

#include <glib/gi18n.h>

G_DEFINE_INTERFACE (KobraSheetModel, kobra_sheet_model, G_TYPE_OBJECT)

typedef enum
{
  ROWS_CHANGED,
  COLUMNS_CHANGED,
  MARKS_CHANGED,
} Signal;

static guint signals[MARKS_CHANGED + 1];

static char *
dup_nothing_of_column (KobraSheetModel *self,
                       guint            column)
{
  return NULL;
}

static const char *
get_nothing_of_column (KobraSheetModel *self,
                       guint            column)
{
  return NULL;
}

static guint
get_place_of_column (KobraSheetModel *self,
                     guint            column)
{
  return column;
}

static gboolean
say_no (KobraSheetModel *self,
        guint            column)
{
  return FALSE;
}

static KobraSheetMark
get_no_mark (KobraSheetModel *self,
             guint            row,
             guint            column)
{
  return KOBRA_SHEET_MARK_NONE;
}

static char *
dup_nothing_of_cell (KobraSheetModel *self,
                     guint            row,
                     guint            column)
{
  return NULL;
}

static char *
dup_row_number (KobraSheetModel *self,
                guint            row)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) row + 1);
}

static const char *
get_nothing_of_row (KobraSheetModel *self,
                    guint            row)
{
  return NULL;
}

static char *
dup_nothing_of_row (KobraSheetModel *self,
                    guint            row)
{
  return NULL;
}

static KobraSheetKind
get_text_kind (KobraSheetModel *self,
               guint            column)
{
  return KOBRA_SHEET_KIND_TEXT;
}

static gboolean
has_set_text (KobraSheetModel *self,
              guint            row,
              guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->set_text != NULL;
}

/* What a model leaves out stays as it is here; move_column, get_choice, dup_normal, dup_typed_words, set_text, remove_rows, write_async and find_mark may be NULL. */
static void
kobra_sheet_model_default_init (KobraSheetModelInterface *iface)
{
  iface->dup_header_hint = dup_nothing_of_column;
  iface->is_column_dimmed = say_no;
  iface->is_column_numeric = say_no;
  iface->get_header_icon = get_nothing_of_column;
  iface->get_column_key = get_place_of_column;
  iface->get_mark = get_no_mark;
  iface->dup_mark_text = dup_nothing_of_cell;
  iface->dup_row_name = dup_row_number;
  iface->get_row_icon = get_nothing_of_row;
  iface->get_row_style = get_nothing_of_row;
  iface->dup_row_status = dup_nothing_of_row;
  iface->get_kind = get_text_kind;
  iface->is_editable = has_set_text;

  signals[ROWS_CHANGED] = g_signal_new ("rows-changed", KOBRA_TYPE_SHEET_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  signals[COLUMNS_CHANGED] = g_signal_new ("columns-changed", KOBRA_TYPE_SHEET_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  signals[MARKS_CHANGED] = g_signal_new ("marks-changed", KOBRA_TYPE_SHEET_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

guint
kobra_sheet_model_get_n_rows (KobraSheetModel *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET_MODEL (self), 0);

  return KOBRA_SHEET_MODEL_GET_IFACE (self)->get_n_rows (self);
}

guint
kobra_sheet_model_get_n_columns (KobraSheetModel *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET_MODEL (self), 0);

  return KOBRA_SHEET_MODEL_GET_IFACE (self)->get_n_columns (self);
}

char *
kobra_sheet_model_dup_header (KobraSheetModel *self,
                              guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->dup_header (self, column);
}

char *
kobra_sheet_model_dup_header_hint (KobraSheetModel *self,
                                   guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->dup_header_hint (self, column);
}

gboolean
kobra_sheet_model_is_column_dimmed (KobraSheetModel *self,
                                    guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->is_column_dimmed (self, column);
}

gboolean
kobra_sheet_model_is_column_numeric (KobraSheetModel *self,
                                     guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->is_column_numeric (self, column);
}

const char *
kobra_sheet_model_get_header_icon (KobraSheetModel *self,
                                   guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->get_header_icon (self, column);
}

guint
kobra_sheet_model_get_column_key (KobraSheetModel *self,
                                  guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->get_column_key (self, column);
}

gboolean
kobra_sheet_model_move_column (KobraSheetModel *self,
                               guint            column,
                               guint            to)
{
  KobraSheetModelInterface *iface = KOBRA_SHEET_MODEL_GET_IFACE (self);

  return iface->move_column != NULL && iface->move_column (self, column, to);
}

const char *
kobra_sheet_model_peek_text (KobraSheetModel *self,
                             guint            row,
                             guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->peek_text (self, row, column);
}

KobraSheetMark
kobra_sheet_model_get_mark (KobraSheetModel *self,
                            guint            row,
                            guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->get_mark (self, row, column);
}

char *
kobra_sheet_model_dup_mark_text (KobraSheetModel *self,
                                 guint            row,
                                 guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->dup_mark_text (self, row, column);
}

char *
kobra_sheet_model_dup_row_name (KobraSheetModel *self,
                                guint            row)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->dup_row_name (self, row);
}

const char *
kobra_sheet_model_get_row_icon (KobraSheetModel *self,
                                guint            row)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->get_row_icon (self, row);
}

const char *
kobra_sheet_model_get_row_style (KobraSheetModel *self,
                                 guint            row)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->get_row_style (self, row);
}

char *
kobra_sheet_model_dup_row_status (KobraSheetModel *self,
                                  guint            row)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->dup_row_status (self, row);
}

KobraSheetKind
kobra_sheet_model_get_kind (KobraSheetModel *self,
                            guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->get_kind (self, column);
}

const char *
kobra_sheet_model_get_choice (KobraSheetModel *self,
                              guint            column,
                              guint            index,
                              char           **label)
{
  KobraSheetModelInterface *iface = KOBRA_SHEET_MODEL_GET_IFACE (self);

  return iface->get_choice != NULL ? iface->get_choice (self, column, index, label) : NULL;
}

char *
kobra_sheet_model_dup_normal (KobraSheetModel *self,
                              guint            column,
                              const char      *text)
{
  KobraSheetModelInterface *iface = KOBRA_SHEET_MODEL_GET_IFACE (self);

  return iface->dup_normal != NULL ? iface->dup_normal (self, column, text) : NULL;
}

char *
kobra_sheet_model_dup_typed_words (KobraSheetModel *self,
                                   guint            row,
                                   guint            column,
                                   const char      *text,
                                   KobraSheetMark  *mark)
{
  KobraSheetModelInterface *iface = KOBRA_SHEET_MODEL_GET_IFACE (self);

  return iface->dup_typed_words != NULL ? iface->dup_typed_words (self, row, column, text, mark) : NULL;
}

gboolean
kobra_sheet_model_is_editable (KobraSheetModel *self,
                               guint            row,
                               guint            column)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->is_editable (self, row, column);
}

gboolean
kobra_sheet_model_set_text (KobraSheetModel *self,
                            guint            row,
                            guint            column,
                            const char      *text)
{
  KobraSheetModelInterface *iface = KOBRA_SHEET_MODEL_GET_IFACE (self);

  return iface->set_text != NULL && iface->set_text (self, row, column, text);
}

gboolean
kobra_sheet_model_remove_rows (KobraSheetModel *self,
                               guint            row,
                               guint            n_rows)
{
  KobraSheetModelInterface *iface = KOBRA_SHEET_MODEL_GET_IFACE (self);

  return iface->remove_rows != NULL && iface->remove_rows (self, row, n_rows);
}

void
kobra_sheet_model_write_async (KobraSheetModel    *self,
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
  KobraSheetModelInterface *iface = KOBRA_SHEET_MODEL_GET_IFACE (self);

  if (iface->write_async != NULL)
    {
      iface->write_async (self, what, row, column, grid, n_rows, n_columns, cancellable, callback, user_data);
      return;
    }
  kobra_sheet_grid_free (grid);
  g_task_report_new_error (self, callback, user_data, kobra_sheet_model_write_async, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                           _ ("These cells can’t be changed."));
}

gboolean
kobra_sheet_model_write_finish (KobraSheetModel *self,
                                GAsyncResult    *result,
                                guint           *row,
                                GError         **error)
{
  if (g_async_result_is_tagged (result, kobra_sheet_model_write_async))
    return g_task_propagate_boolean (G_TASK (result), error);
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->write_finish (self, result, row, error);
}

gboolean
kobra_sheet_model_can_find_mark (KobraSheetModel *self)
{
  return KOBRA_SHEET_MODEL_GET_IFACE (self)->find_mark != NULL;
}

gboolean
kobra_sheet_model_find_mark (KobraSheetModel *self,
                             gboolean         forward,
                             guint           *row,
                             guint           *column)
{
  KobraSheetModelInterface *iface = KOBRA_SHEET_MODEL_GET_IFACE (self);

  return iface->find_mark != NULL && iface->find_mark (self, forward, row, column);
}

void
kobra_sheet_model_rows_changed (KobraSheetModel *self,
                                guint            position,
                                guint            n_removed,
                                guint            n_added)
{
  g_return_if_fail (KOBRA_IS_SHEET_MODEL (self));

  g_signal_emit (self, signals[ROWS_CHANGED], 0, position, n_removed, n_added);
}

void
kobra_sheet_model_columns_changed (KobraSheetModel *self)
{
  g_return_if_fail (KOBRA_IS_SHEET_MODEL (self));

  g_signal_emit (self, signals[COLUMNS_CHANGED], 0);
}

void
kobra_sheet_model_marks_changed (KobraSheetModel *self,
                                 guint            position,
                                 guint            n_rows)
{
  g_return_if_fail (KOBRA_IS_SHEET_MODEL (self));

  g_signal_emit (self, signals[MARKS_CHANGED], 0, position, n_rows);
}
