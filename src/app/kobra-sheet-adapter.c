/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-adapter-private.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

typedef enum
{
  PROP_FINDING = 1
} KobraSheetAdapterProperty;

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

static guint
to_table_row (KobraSheetModel *model,
              guint            row)
{
  return kobra_sheet_adapter_get_table_row (KOBRA_SHEET_ADAPTER (model), row);
}

static guint
to_table_column (KobraSheetModel *model,
                 guint            column)
{
  return kobra_sheet_adapter_get_table_column (KOBRA_SHEET_ADAPTER (model), column);
}

static const RowLook *
get_look (KobraSheetAdapter *self,
          guint              sheet_row)
{
  guint            row = kobra_sheet_adapter_get_table_row (self, sheet_row);
  KobraResult      result = kobra_import_get_result (self->import, row);
  KobraRecordState state = kobra_import_get_record_state (self->import, row);

  return shows_state (result, state) ? &state_looks[state] : &result_looks[result];
}

const KobraField *
kobra_sheet_adapter_get_field (KobraSheetAdapter *self,
                               guint              sheet_column)
{
  const KobraLayout *layout = kobra_import_get_layout (self->import);
  guint              column = kobra_sheet_adapter_get_table_column (self, sheet_column);
  int                field = column < layout->n_columns ? layout->fields[column] : -1;

  return field >= 0 ? &layout->schema->fields[field] : NULL;
}

static guint
get_n_rows (KobraSheetModel *model)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (model);

  return self->order != NULL ? kobra_order_get_n (self->order) : kobra_table_get_n_rows (self->table);
}

static guint
get_n_columns (KobraSheetModel *model)
{
  return KOBRA_SHEET_ADAPTER (model)->columns->len;
}

static char *
dup_header (KobraSheetModel *model,
            guint            column)
{
  return kobra_sheet_adapter_dup_table_header (KOBRA_SHEET_ADAPTER (model), to_table_column (model, column));
}

static const char *
get_header_icon (KobraSheetModel *model,
                 guint            column)
{
  const KobraView *view = &KOBRA_SHEET_ADAPTER (model)->view;
  guint            table_column = to_table_column (model, column);

  if (view->sort_column == (int) table_column)
    return view->descending ? "view-sort-descending-symbolic" : "view-sort-ascending-symbolic";
  return kobra_view_get_values (view, table_column) != NULL ? "edit-find-symbolic" : NULL;
}

static char *
dup_header_hint (KobraSheetModel *model,
                 guint            column)
{
  const KobraField *field = kobra_sheet_adapter_get_field (KOBRA_SHEET_ADAPTER (model), column);

  if (field == NULL)
    return g_strdup (_ ("Not sent: the header names no field that Kobra knows"));
  /* TRANSLATORS: a field's label, its name on the wire, what it is */
  return g_strdup_printf (_ ("%s (%s): %s"), _ (field->label), field->name, _ (field->description));
}

static gboolean
is_column_dimmed (KobraSheetModel *model,
                  guint            column)
{
  return kobra_sheet_adapter_get_field (KOBRA_SHEET_ADAPTER (model), column) == NULL;
}

static gboolean
is_column_numeric (KobraSheetModel *model,
                   guint            column)
{
  const KobraField *field = kobra_sheet_adapter_get_field (KOBRA_SHEET_ADAPTER (model), column);

  return field != NULL && (field->type == KOBRA_TYPE_NUMBER || field->type == KOBRA_TYPE_INTEGER) && field->choices == NULL;
}

static const char *
peek_text (KobraSheetModel *model,
           guint            row,
           guint            column)
{
  return kobra_table_get_text (KOBRA_SHEET_ADAPTER (model)->table, to_table_row (model, row), to_table_column (model, column));
}

static KobraSheetMark
get_mark (KobraSheetModel *model,
          guint            row,
          guint            column)
{
  const KobraProblem *problem = kobra_import_find_problem (KOBRA_SHEET_ADAPTER (model)->import, to_table_row (model, row), to_table_column (model, column));

  if (problem == NULL)
    return KOBRA_SHEET_MARK_NONE;
  return kobra_problem_get_severity ((KobraProblemCode) problem->code) == KOBRA_SEVERITY_ERROR ? KOBRA_SHEET_MARK_ERROR : KOBRA_SHEET_MARK_WARNING;
}

static char *
dup_mark_text (KobraSheetModel *model,
               guint            row,
               guint            column)
{
  return kobra_import_dup_problem_text (KOBRA_SHEET_ADAPTER (model)->import, to_table_row (model, row), to_table_column (model, column));
}

static char *
dup_row_name (KobraSheetModel *model,
              guint            row)
{
  guint32 line = kobra_table_peek_row (KOBRA_SHEET_ADAPTER (model)->table, to_table_row (model, row))->line;

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
                guint            sheet_row)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (model);
  guint              row = to_table_row (model, sheet_row);
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
  return kobra_import_get_result (KOBRA_SHEET_ADAPTER (model)->import, to_table_row (model, row)) != KOBRA_RESULT_SENDING;
}

/* The next column with a problem, past @column or, with @is_any, from the row's end on. */
static gboolean
find_mark_in_row (KobraSheetModel *model,
                  gboolean         forward,
                  guint            row,
                  gboolean         is_any,
                  guint           *column)
{
  guint n_columns = get_n_columns (model), n = 0;

  kobra_import_get_problems (KOBRA_SHEET_ADAPTER (model)->import, to_table_row (model, row), &n);
  for (guint i = 0; n > 0 && i < n_columns; i++)
    {
      guint candidate = forward ? i : n_columns - 1 - i;

      if ((is_any || (forward ? candidate > *column : candidate < *column)) && get_mark (model, row, candidate) != KOBRA_SHEET_MARK_NONE)
        {
          *column = candidate;
          return TRUE;
        }
    }
  return FALSE;
}

/* Goes round once: the row itself is looked at again at the end, up to where it began. */
static gboolean
find_mark (KobraSheetModel *model,
           gboolean         forward,
           guint           *row,
           guint           *column)
{
  guint n_rows = get_n_rows (model);

  for (guint64 step = 0; step <= n_rows && n_rows > 0; step++)
    {
      guint at = (guint) ((*row + (forward ? step : n_rows - step)) % n_rows);

      if (find_mark_in_row (model, forward, at, step > 0, column))
        {
          *row = at;
          return TRUE;
        }
    }
  return FALSE;
}

static void
rows_changed_cb (KobraTable        *table,
                 guint              position,
                 guint              n_removed,
                 guint              n_added,
                 gpointer           removed,
                 KobraSheetAdapter *self)
{
  kobra_sheet_adapter_follow_table (self, position, n_removed, n_added, removed);
}

static void
marks_changed_cb (KobraImport       *import,
                  guint              position,
                  guint              n_rows,
                  KobraSheetAdapter *self)
{
  kobra_sheet_adapter_follow_marks (self, position, n_rows);
}

static void
layout_changed_cb (KobraSheetAdapter *self)
{
  kobra_sheet_model_columns_changed (KOBRA_SHEET_MODEL (self));
}

static void
columns_changed_cb (KobraTable        *table,
                    KobraSheetAdapter *self)
{
  kobra_sheet_adapter_follow_columns (self);
  self->view_serial++;
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
  iface->get_header_icon = get_header_icon;
  iface->get_column_key = to_table_column;
  iface->move_column = kobra_sheet_adapter_move_column;
  iface->peek_text = peek_text;
  iface->get_mark = get_mark;
  iface->dup_mark_text = dup_mark_text;
  iface->dup_row_name = dup_row_name;
  iface->get_row_icon = get_row_icon;
  iface->get_row_style = get_row_style;
  iface->dup_row_status = dup_row_status;
  iface->is_editable = is_editable;
  iface->remove_rows = kobra_sheet_adapter_remove_rows;
  iface->get_kind = kobra_sheet_adapter_get_kind;
  iface->get_choice = kobra_sheet_adapter_get_choice;
  iface->dup_normal = kobra_sheet_adapter_dup_normal;
  iface->dup_typed_words = kobra_sheet_adapter_dup_typed_words;
  iface->set_text = kobra_sheet_adapter_set_text;
  iface->write_async = kobra_sheet_adapter_write_async;
  iface->write_finish = kobra_sheet_adapter_write_finish;
  iface->find_mark = find_mark;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KobraSheetAdapter, kobra_sheet_adapter, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (KOBRA_TYPE_SHEET_MODEL, model_init))

static void
kobra_sheet_adapter_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch ((KobraSheetAdapterProperty) id)
    {
    case PROP_FINDING:
      g_value_set_boolean (value, kobra_sheet_adapter_is_finding (KOBRA_SHEET_ADAPTER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_sheet_adapter_finalize (GObject *object)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (object);

  kobra_view_clear (&self->view);
  g_clear_pointer (&self->order, kobra_order_free);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->hidden, g_array_unref);
  g_clear_object (&self->finding);
  g_clear_object (&self->table);
  g_clear_object (&self->import);

  G_OBJECT_CLASS (kobra_sheet_adapter_parent_class)->finalize (object);
}

static void
kobra_sheet_adapter_class_init (KobraSheetAdapterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kobra_sheet_adapter_get_property;
  object_class->finalize = kobra_sheet_adapter_finalize;

  g_object_class_install_property (object_class, PROP_FINDING,
                                   g_param_spec_boolean ("finding", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_signal_new ("view-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kobra_sheet_adapter_init (KobraSheetAdapter *self)
{
  kobra_view_init (&self->view);
  self->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  self->hidden = g_array_new (FALSE, FALSE, sizeof (guint));
}

KobraSheetAdapter *
kobra_sheet_adapter_new (KobraImport *import)
{
  KobraSheetAdapter *self = g_object_new (KOBRA_TYPE_SHEET_ADAPTER, NULL);

  self->import = g_object_ref (import);
  self->table = g_object_ref (kobra_import_get_table (import));
  kobra_sheet_adapter_follow_columns (self);
  g_signal_connect_object (self->table, "columns-changed", G_CALLBACK (columns_changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->table, "rows-changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->import, "layout-changed", G_CALLBACK (layout_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "marks-changed", G_CALLBACK (marks_changed_cb), self, G_CONNECT_DEFAULT);
  return self;
}
