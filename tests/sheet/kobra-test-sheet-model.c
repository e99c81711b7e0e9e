/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-test-sheet-model.h"

struct _KobraTestSheetModel
{
  GObject     parent_instance;

  guint       n_rows;
  guint       n_columns;
  GHashTable *texts; /* row * 2^32 + column -> text */
  char        buffer[64];
  char       *status;
  gboolean    is_read_only;
  guint       n_peeks;
  guint      *columns; /* what is in each place, once one was moved; or NULL */
};

static guint64
get_key (guint row,
         guint column)
{
  return (guint64) row << 32 | column;
}

static void
set (KobraTestSheetModel *self,
     guint                row,
     guint                column,
     const char          *text)
{
  guint64 key = get_key (row, column);

  g_hash_table_insert (self->texts, g_memdup2 (&key, sizeof key), g_strdup (text));
}

static guint
get_n_rows (KobraSheetModel *model)
{
  return KOBRA_TEST_SHEET_MODEL (model)->n_rows;
}

static guint
get_n_columns (KobraSheetModel *model)
{
  return KOBRA_TEST_SHEET_MODEL (model)->n_columns;
}

static guint
get_column_key (KobraSheetModel *model,
                guint            column)
{
  KobraTestSheetModel *self = KOBRA_TEST_SHEET_MODEL (model);

  return self->columns != NULL ? self->columns[column] : column;
}

static gboolean
move_column (KobraSheetModel *model,
             guint            column,
             guint            to)
{
  KobraTestSheetModel *self = KOBRA_TEST_SHEET_MODEL (model);
  guint                moved;

  if (self->columns == NULL)
    {
      self->columns = g_new (guint, self->n_columns);
      for (guint i = 0; i < self->n_columns; i++)
        self->columns[i] = i;
    }
  moved = self->columns[column];
  for (guint i = column; i != to; i += to > column ? 1 : -1)
    self->columns[i] = self->columns[i + (to > column ? 1 : -1)];
  self->columns[to] = moved;
  kobra_sheet_model_columns_changed (model);
  return TRUE;
}

static KobraSheetKind
get_kind (KobraSheetModel *model,
          guint            column)
{
  return column == 5 ? KOBRA_SHEET_KIND_CHOICE : column == 6 ? KOBRA_SHEET_KIND_DATE : KOBRA_SHEET_KIND_TEXT;
}

static const char *
get_choice (KobraSheetModel *model,
            guint            column,
            guint            index,
            char           **label)
{
  static const struct
  {
    const char *code, *label;
  } choices[] = { { "F", "Woman" }, { "M", "Man" } };

  if (index >= G_N_ELEMENTS (choices))
    return NULL;
  *label = g_strdup (choices[index].label);
  return choices[index].code;
}

/* Without the space around it. */
static char *
dup_normal (KobraSheetModel *model,
            guint            column,
            const char      *text)
{
  g_autofree char *normal = g_strstrip (g_strdup (text));

  return g_str_equal (normal, text) ? NULL : g_steal_pointer (&normal);
}

static char *
dup_typed_words (KobraSheetModel *model,
                 guint            row,
                 guint            column,
                 const char      *text,
                 KobraSheetMark  *mark)
{
  if (!g_str_equal (text, "wrong"))
    return NULL;
  *mark = KOBRA_SHEET_MARK_ERROR;
  return g_strdup ("This is wrong");
}

static char *
dup_header (KobraSheetModel *model,
            guint            column)
{
  static const char *const names[] = { "externalID", "name", "totalPending", "birthdate", "notes" };

  column = get_column_key (model, column);  return column < G_N_ELEMENTS (names) ? g_strdup (names[column]) : g_strdup_printf ("column %u", column);
}

static char *
dup_header_hint (KobraSheetModel *model,
                 guint            column)
{
  return g_strdup_printf ("Hint of column %u", column);
}

static gboolean
is_column_dimmed (KobraSheetModel *model,
                  guint            column)
{
  return column == 4;
}

static gboolean
is_column_numeric (KobraSheetModel *model,
                   guint            column)
{
  return column == 2;
}

static const char *
peek_text (KobraSheetModel *model,
           guint            row,
           guint            column)
{
  static const char *const names[] = { "José Núñez", "Íñigo Ávila", "María del Carmen Fernández", "Zoë", "Ana" };
  KobraTestSheetModel     *self = KOBRA_TEST_SHEET_MODEL (model);
  guint64                  key;
  const char              *text;

  column = self->columns != NULL ? self->columns[column] : column;
  key = get_key (row, column);
  text = g_hash_table_lookup (self->texts, &key);
  self->n_peeks++;
  if (text != NULL)
    return text;
  switch (column)
    {
    case 1:
      return names[row % G_N_ELEMENTS (names)];
    case 2:
      g_snprintf (self->buffer, sizeof self->buffer, "%u.%02u", row * 37 % 99999, row % 100);
      break;
    case 3:
      g_snprintf (self->buffer, sizeof self->buffer, "%u-%02u-%02u", 1950 + row % 50, 1 + row % 12, 1 + row % 28);
      break;
    default:
      g_snprintf (self->buffer, sizeof self->buffer, "%u/%u", row, column);
      break;
    }
  return self->buffer;
}

static KobraSheetMark
get_mark (KobraSheetModel *model,
          guint            row,
          guint            column)
{
  if (column == 1 && row % 7 == 6)
    return KOBRA_SHEET_MARK_ERROR;
  return column == 3 && row % 10 == 9 ? KOBRA_SHEET_MARK_WARNING : KOBRA_SHEET_MARK_NONE;
}

static char *
dup_mark_text (KobraSheetModel *model,
               guint            row,
               guint            column)
{
  return get_mark (model, row, column) != KOBRA_SHEET_MARK_NONE ? g_strdup ("This is wrong") : NULL;
}

static char *
dup_row_name (KobraSheetModel *model,
              guint            row)
{
  return g_strdup_printf ("%u", row + 2); /* a header is in line 1 */
}

static const char *
get_row_icon (KobraSheetModel *model,
              guint            row)
{
  return row % 7 == 6 ? "dialog-error-symbolic" : row % 10 == 9 ? "dialog-warning-symbolic" : "object-select-symbolic";
}

static const char *
get_row_style (KobraSheetModel *model,
               guint            row)
{
  return row % 7 == 6 ? "error" : row % 10 == 9 ? "warning" : "success";
}

static char *
dup_row_status (KobraSheetModel *model,
                guint            row)
{
  return g_strdup (KOBRA_TEST_SHEET_MODEL (model)->status);
}

static gboolean
is_editable (KobraSheetModel *model,
             guint            row,
             guint            column)
{
  return !KOBRA_TEST_SHEET_MODEL (model)->is_read_only;
}

static gboolean
set_text (KobraSheetModel *model,
          guint            row,
          guint            column,
          const char      *text)
{
  set (KOBRA_TEST_SHEET_MODEL (model), row, column, text);
  kobra_sheet_model_rows_changed (model, row, 1, 1);
  return TRUE;
}

static void
write_async (KobraSheetModel    *model,
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
  KobraTestSheetModel *self = KOBRA_TEST_SHEET_MODEL (model);
  g_autoptr (GTask) task = g_task_new (model, cancellable, callback, user_data);
  g_autofree const char **cells = g_new (const char *, n_columns);
  guint n_old = what == KOBRA_SHEET_WRITE_INSERT ? 0 : MIN (n_rows, self->n_rows - row);

  for (guint i = 0; i < n_rows; i++)
    {
      kobra_sheet_grid_peek_row (grid, i, cells, n_columns);
      for (guint j = 0; j < n_columns; j++)
        set (self, row + i, column + j, cells[j]);
    }
  kobra_sheet_grid_free (grid);
  self->n_rows = what == KOBRA_SHEET_WRITE_INSERT ? self->n_rows + n_rows : MAX (self->n_rows, row + n_rows);
  kobra_sheet_model_rows_changed (model, row, n_old, n_rows);
  g_task_return_boolean (task, TRUE);
}

static gboolean
write_finish (KobraSheetModel *model,
              GAsyncResult    *result,
              guint           *row,
              GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
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
  iface->get_column_key = get_column_key;
  iface->move_column = move_column;
  iface->get_kind = get_kind;
  iface->get_choice = get_choice;
  iface->dup_normal = dup_normal;
  iface->dup_typed_words = dup_typed_words;
  iface->peek_text = peek_text;
  iface->get_mark = get_mark;
  iface->dup_mark_text = dup_mark_text;
  iface->dup_row_name = dup_row_name;
  iface->get_row_icon = get_row_icon;
  iface->get_row_style = get_row_style;
  iface->dup_row_status = dup_row_status;
  iface->is_editable = is_editable;
  iface->set_text = set_text;
  iface->write_async = write_async;
  iface->write_finish = write_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KobraTestSheetModel, kobra_test_sheet_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (KOBRA_TYPE_SHEET_MODEL, model_init))

static void
kobra_test_sheet_model_finalize (GObject *object)
{
  KobraTestSheetModel *self = KOBRA_TEST_SHEET_MODEL (object);

  g_hash_table_unref (self->texts);
  g_free (self->status);
  g_free (self->columns);

  G_OBJECT_CLASS (kobra_test_sheet_model_parent_class)->finalize (object);
}

static void
kobra_test_sheet_model_class_init (KobraTestSheetModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kobra_test_sheet_model_finalize;
}

static void
kobra_test_sheet_model_init (KobraTestSheetModel *self)
{
  self->texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->status = g_strdup ("Ready");
}

KobraTestSheetModel *
kobra_test_sheet_model_new (guint n_rows,
                            guint n_columns)
{
  KobraTestSheetModel *self = g_object_new (KOBRA_TYPE_TEST_SHEET_MODEL, NULL);

  self->n_rows = n_rows;
  self->n_columns = n_columns;
  return self;
}

void
kobra_test_sheet_model_set (KobraTestSheetModel *self,
                            guint                row,
                            guint                column,
                            const char          *text)
{
  set_text (KOBRA_SHEET_MODEL (self), row, column, text);
}

void
kobra_test_sheet_model_splice (KobraTestSheetModel *self,
                               guint                position,
                               guint                n_removed,
                               guint                n_added)
{
  self->n_rows += n_added - n_removed;
  kobra_sheet_model_rows_changed (KOBRA_SHEET_MODEL (self), position, n_removed, n_added);
}

void
kobra_test_sheet_model_set_columns (KobraTestSheetModel *self,
                                    guint                n_columns)
{
  self->n_columns = n_columns;
  kobra_sheet_model_columns_changed (KOBRA_SHEET_MODEL (self));
}

void
kobra_test_sheet_model_set_status (KobraTestSheetModel *self,
                                   const char          *status)
{
  g_set_str (&self->status, status);
  kobra_sheet_model_marks_changed (KOBRA_SHEET_MODEL (self), 0, self->n_rows);
}

void
kobra_test_sheet_model_set_read_only (KobraTestSheetModel *self,
                                      gboolean             is_read_only)
{
  self->is_read_only = is_read_only;
}

guint
kobra_test_sheet_model_count_peeks (KobraTestSheetModel *self)
{
  guint n = self->n_peeks;

  self->n_peeks = 0;
  return n;
}
