/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-adapter.h"

#include <glib/gi18n.h>

#include "kobra-text.h"

#include "kobra-banned.h"

struct _KobraSheetAdapter
{
  GObject      parent_instance;

  KobraImport *import;
  KobraTable  *table;
};

/* How a record's row looks: by its result if it has one, else by what the checks say. */
typedef struct
{
  const char *icon;
  const char *style; /* see KobraSheetModel */
} RowLook;

static const RowLook result_looks[KOBRA_N_RESULTS] = {
  [KOBRA_RESULT_SENDING] = { "emblem-synchronizing-symbolic", "accent" },
  [KOBRA_RESULT_ACCEPTED] = { "object-select-symbolic", "success" },
  [KOBRA_RESULT_REJECTED] = { "action-unavailable-symbolic", "error" },
  [KOBRA_RESULT_NOT_SENT] = { "content-loading-symbolic", "dim" },
  [KOBRA_RESULT_UNKNOWN] = { "dialog-question-symbolic", "warning" },
};

static const RowLook state_looks[] = {
  [KOBRA_RECORD_READY] = { NULL, NULL },
  [KOBRA_RECORD_WARNING] = { "dialog-warning-symbolic", "warning" },
  [KOBRA_RECORD_INVALID] = { "dialog-error-symbolic", "error" },
};

/* Whether a row shows what the checks say: there is no result, or it is that the checks kept the record here. */
static gboolean
shows_state (KobraResult      result,
             KobraRecordState state)
{
  return result == KOBRA_RESULT_NONE || (result == KOBRA_RESULT_NOT_SENT && state == KOBRA_RECORD_INVALID);
}

static const RowLook *
get_look (KobraSheetAdapter *self,
          guint              row)
{
  KobraResult      result = kobra_import_get_result (self->import, row);
  KobraRecordState state = kobra_import_get_record_state (self->import, row);

  return shows_state (result, state) ? &state_looks[state] : &result_looks[result];
}

static const KobraField *
get_field (KobraSheetAdapter *self,
           guint              column)
{
  const KobraLayout *layout = kobra_import_get_layout (self->import);
  int                field = column < layout->n_columns ? layout->fields[column] : -1;

  return field >= 0 ? &layout->schema->fields[field] : NULL;
}

static guint
get_n_rows (KobraSheetModel *model)
{
  return kobra_table_get_n_rows (KOBRA_SHEET_ADAPTER (model)->table);
}

static guint
get_n_columns (KobraSheetModel *model)
{
  return kobra_table_get_n_columns (KOBRA_SHEET_ADAPTER (model)->table);
}

static char *
dup_header (KobraSheetModel *model,
            guint            column)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (model);
  const char        *header = kobra_table_get_header (self->table, column);

  if (!kobra_text_is_blank (header))
    return kobra_text_visible (header, 100);
  /* TRANSLATORS: the name of a column that has none in the file */
  return g_strdup_printf (_ ("Column %u"), column + 1);
}

static char *
dup_header_hint (KobraSheetModel *model,
                 guint            column)
{
  const KobraField *field = get_field (KOBRA_SHEET_ADAPTER (model), column);

  if (field == NULL)
    return g_strdup (_ ("Not sent: the header names no field that Kobra knows"));
  /* TRANSLATORS: a field's label, its name on the wire, what it is */
  return g_strdup_printf (_ ("%s (%s): %s"), _ (field->label), field->name, _ (field->description));
}

static gboolean
is_column_dimmed (KobraSheetModel *model,
                  guint            column)
{
  return get_field (KOBRA_SHEET_ADAPTER (model), column) == NULL;
}

static gboolean
is_column_numeric (KobraSheetModel *model,
                   guint            column)
{
  const KobraField *field = get_field (KOBRA_SHEET_ADAPTER (model), column);

  return field != NULL && (field->type == KOBRA_TYPE_NUMBER || field->type == KOBRA_TYPE_INTEGER) && field->choices == NULL;
}

static const char *
peek_text (KobraSheetModel *model,
           guint            row,
           guint            column)
{
  return kobra_table_get_text (KOBRA_SHEET_ADAPTER (model)->table, row, column);
}

static KobraSheetMark
get_mark (KobraSheetModel *model,
          guint            row,
          guint            column)
{
  const KobraProblem *problem = kobra_import_find_problem (KOBRA_SHEET_ADAPTER (model)->import, row, column);

  if (problem == NULL)
    return KOBRA_SHEET_MARK_NONE;
  return kobra_problem_get_severity ((KobraProblemCode) problem->code) == KOBRA_SEVERITY_ERROR ? KOBRA_SHEET_MARK_ERROR : KOBRA_SHEET_MARK_WARNING;
}

static char *
dup_mark_text (KobraSheetModel *model,
               guint            row,
               guint            column)
{
  return kobra_import_dup_problem_text (KOBRA_SHEET_ADAPTER (model)->import, row, column);
}

static char *
dup_row_name (KobraSheetModel *model,
              guint            row)
{
  guint32 line = kobra_table_peek_row (KOBRA_SHEET_ADAPTER (model)->table, row)->line;

  /* TRANSLATORS: stands for the line number of a record that comes from no file */
  return line > 0 ? g_strdup_printf ("%u", line) : g_strdup (C_ ("line", "new"));
}

static const char *
get_row_icon (KobraSheetModel *model,
              guint            row)
{
  return get_look (KOBRA_SHEET_ADAPTER (model), row)->icon;
}

static const char *
get_row_style (KobraSheetModel *model,
               guint            row)
{
  return get_look (KOBRA_SHEET_ADAPTER (model), row)->style;
}

static char *
dup_row_status (KobraSheetModel *model,
                guint            row)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (model);
  KobraResult        result = kobra_import_get_result (self->import, row);
  KobraRecordState   state = kobra_import_get_record_state (self->import, row);
  const char        *label = shows_state (result, state) ? _ (kobra_record_state_get_label (state)) : _ (kobra_result_get_label (result));
  g_autofree char   *words = kobra_import_dup_result_words (self->import, row);

  if (words == NULL)
    return g_strdup (label);
  /* TRANSLATORS: what became of a record, then why */
  return g_strdup_printf (_ ("%s: %s"), label, words);
}

static gboolean
is_editable (KobraSheetModel *model,
             guint            row,
             guint            column)
{
  /* What is on its way must stay what it is. */
  return kobra_import_get_result (KOBRA_SHEET_ADAPTER (model)->import, row) != KOBRA_RESULT_SENDING;
}

static gboolean
set_text (KobraSheetModel *model,
          guint            row,
          guint            column,
          const char      *text)
{
  return kobra_table_set_text (KOBRA_SHEET_ADAPTER (model)->table, row, column, text);
}

static gboolean
paste (KobraSheetModel   *model,
       guint              row,
       guint              column,
       const char *const *cells,
       guint              n_rows,
       guint              n_columns)
{
  return kobra_import_paste (KOBRA_SHEET_ADAPTER (model)->import, _ ("Paste"), row, column, cells, n_rows, n_columns);
}

static gboolean
clear (KobraSheetModel *model,
       guint            row,
       guint            n_rows,
       guint            column,
       guint            n_columns)
{
  return kobra_import_clear (KOBRA_SHEET_ADAPTER (model)->import, _ ("Clear"), row, column, n_rows, n_columns);
}

static gboolean
find_mark (KobraSheetModel *model,
           gboolean         forward,
           guint           *row,
           guint           *column)
{
  return kobra_import_find_next_problem (KOBRA_SHEET_ADAPTER (model)->import, forward, row, column);
}

static void
rows_changed_cb (KobraTable        *table,
                 guint              position,
                 guint              n_removed,
                 guint              n_added,
                 gpointer           removed,
                 KobraSheetAdapter *self)
{
  kobra_sheet_model_rows_changed (KOBRA_SHEET_MODEL (self), position, n_removed, n_added);
}

static void
marks_changed_cb (KobraImport       *import,
                  guint              position,
                  guint              n_rows,
                  KobraSheetAdapter *self)
{
  kobra_sheet_model_marks_changed (KOBRA_SHEET_MODEL (self), position, n_rows);
}

static void
columns_changed_cb (KobraTable        *table,
                    KobraSheetAdapter *self)
{
  kobra_sheet_model_columns_changed (KOBRA_SHEET_MODEL (self));
}

static void
model_init (KobraSheetModelInterface *iface)
{
  iface->get_n_rows = get_n_rows;
  iface->get_n_columns = get_n_columns;
  iface->dup_header = dup_header;
  iface->dup_header_hint = dup_header_hint;
  iface->is_column_dimmed = is_column_dimmed;
  iface->is_column_numeric = is_column_numeric;
  iface->peek_text = peek_text;
  iface->get_mark = get_mark;
  iface->dup_mark_text = dup_mark_text;
  iface->dup_row_name = dup_row_name;
  iface->get_row_icon = get_row_icon;
  iface->get_row_style = get_row_style;
  iface->dup_row_status = dup_row_status;
  iface->is_editable = is_editable;
  iface->set_text = set_text;
  iface->paste = paste;
  iface->clear = clear;
  iface->find_mark = find_mark;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KobraSheetAdapter, kobra_sheet_adapter, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (KOBRA_TYPE_SHEET_MODEL, model_init))

static void
kobra_sheet_adapter_finalize (GObject *object)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (object);

  g_clear_object (&self->table);
  g_clear_object (&self->import);

  G_OBJECT_CLASS (kobra_sheet_adapter_parent_class)->finalize (object);
}

static void
kobra_sheet_adapter_class_init (KobraSheetAdapterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kobra_sheet_adapter_finalize;
}

static void
kobra_sheet_adapter_init (KobraSheetAdapter *self)
{
}

KobraSheetAdapter *
kobra_sheet_adapter_new (KobraImport *import)
{
  KobraSheetAdapter *self = g_object_new (KOBRA_TYPE_SHEET_ADAPTER, NULL);

  self->import = g_object_ref (import);
  self->table = g_object_ref (kobra_import_get_table (import));
  g_signal_connect_object (self->table, "columns-changed", G_CALLBACK (columns_changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->table, "rows-changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->import, "marks-changed", G_CALLBACK (marks_changed_cb), self, G_CONNECT_DEFAULT);
  return self;
}
