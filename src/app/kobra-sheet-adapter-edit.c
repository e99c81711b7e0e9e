/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of what the sheet shows: each goes to the records and columns that are seen, wherever they are in the table, as one step. */

#include "kobra-sheet-adapter-private.h"

#include <glib/gi18n.h>

#include "kobra-import-typed.h"

#include "kobra-banned.h"

/* What is on its way must stay what it is. */
static gboolean
is_any_sent (KobraSheetAdapter *self,
             GArray            *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (kobra_import_get_result (self->import, g_array_index (rows, guint, i)) == KOBRA_RESULT_SENDING)
      return TRUE;
  return FALSE;
}

/* @texts, row by row, @stride apart; 0: all rows get the same. Records are added where the sheet ends; what has no column is left out. */
static gboolean
set_block (KobraSheetAdapter *self,
           const char        *name,
           guint              row,
           guint              n_rows,
           guint              column,
           guint              n_columns,
           const char *const *texts,
           gsize              stride)
{
  guint              n_there = MIN (n_rows, kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (self)) - row);
  guint              n_table = kobra_table_get_n_rows (self->table);
  g_autoptr (GArray) rows = kobra_sheet_adapter_dup_table_rows (self, row, n_there);
  gboolean           done = TRUE;

  if (is_any_sent (self, rows))
    return FALSE;
  self->is_appending = TRUE;
  kobra_table_begin_step (self->table, name);
  if (n_rows > n_there)
    done = kobra_table_insert_rows (self->table, n_table, n_rows - n_there);
  for (guint added = n_table; done && rows->len < n_rows; added++)
    g_array_append_val (rows, added);
  done = done && kobra_table_set_block (self->table, (const guint *) rows->data, rows->len,
                                        &g_array_index (self->columns, guint, column), MIN (n_columns, self->columns->len - column), texts, stride);
  kobra_table_end_step (self->table);
  self->is_appending = FALSE;
  return done;
}

gboolean
kobra_sheet_adapter_set_text (KobraSheetModel *model,
                              guint            row,
                              guint            column,
                              const char      *text)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (model);

  return kobra_table_set_text (self->table, kobra_sheet_adapter_get_table_row (self, row), kobra_sheet_adapter_get_table_column (self, column), text);
}

gboolean
kobra_sheet_adapter_paste (KobraSheetModel   *model,
                           guint              row,
                           guint              column,
                           const char *const *cells,
                           guint              n_rows,
                           guint              n_columns)
{
  guint            n = (guint) MIN ((guint64) n_rows * n_columns, G_MAXUINT);
  /* TRANSLATORS: what undo takes back, in "Undo paste of 320 cells" */
  g_autofree char *name = g_strdup_printf (ngettext ("Paste of %'u Cell", "Paste of %'u Cells", n), n);

  return set_block (KOBRA_SHEET_ADAPTER (model), name, row, n_rows, column, n_columns, cells, n_columns);
}

gboolean
kobra_sheet_adapter_clear (KobraSheetModel *model,
                           guint            row,
                           guint            n_rows,
                           guint            column,
                           guint            n_columns)
{
  guint                   n = (guint) MIN ((guint64) n_rows * n_columns, G_MAXUINT);
  /* TRANSLATORS: what undo takes back, in "Undo clearing of 320 cells" */
  g_autofree char        *name = g_strdup_printf (ngettext ("Clearing of %'u Cell", "Clearing of %'u Cells", n), n);
  g_autofree const char **texts = g_new (const char *, MAX (n_columns, 1));

  for (guint i = 0; i < n_columns; i++)
    texts[i] = "";
  return set_block (KOBRA_SHEET_ADAPTER (model), name, row, n_rows, column, n_columns, texts, 0);
}

int
kobra_sheet_adapter_insert_row (KobraSheetAdapter *self,
                                int                row)
{
  guint at, place;

  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self), -1);

  self->is_appending = row < 0 || row + 1 >= (int) kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (self));
  at = self->is_appending && self->order == NULL ? kobra_table_get_n_rows (self->table)
       : row < 0 ? kobra_table_get_n_rows (self->table) : kobra_sheet_adapter_get_table_row (self, (guint) row) + 1;
  if (!kobra_table_insert_rows (self->table, at, 1) || !kobra_sheet_adapter_find_row (self, at, &place))
    place = G_MAXUINT;
  self->is_appending = FALSE;
  return place <= G_MAXINT ? (int) place : -1;
}

gboolean
kobra_sheet_adapter_delete_rows (KobraSheetAdapter *self,
                                 guint              row,
                                 guint              n)
{
  g_autoptr (GArray) rows = kobra_sheet_adapter_dup_table_rows (self, row, n);
  g_autofree char   *name = NULL;

  if (is_any_sent (self, rows))
    return FALSE;
  /* TRANSLATORS: what undo takes back, in "Undo deletion of 12 rows" */
  name = g_strdup_printf (ngettext ("Deletion of %'u Row", "Deletion of %'u Rows", n), n);
  kobra_table_begin_step (self->table, name);
  kobra_table_delete_block (self->table, (const guint *) rows->data, rows->len);
  kobra_table_end_step (self->table);
  return TRUE;
}

gboolean
kobra_sheet_adapter_remove_rows (KobraSheetModel *model,
                                 guint            row,
                                 guint            n_rows)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (model);

  /* What is in hidden columns was not copied. */
  return self->hidden->len == 0 && kobra_sheet_adapter_delete_rows (self, row, n_rows);
}

KobraSheetKind
kobra_sheet_adapter_get_kind (KobraSheetModel *model,
                              guint            column)
{
  const KobraField *field = kobra_sheet_adapter_get_field (KOBRA_SHEET_ADAPTER (model), column);

  if (field == NULL)
    return KOBRA_SHEET_KIND_TEXT;
  if (field->choices != NULL)
    return KOBRA_SHEET_KIND_CHOICE;
  return field->type == KOBRA_TYPE_DATE ? KOBRA_SHEET_KIND_DATE : KOBRA_SHEET_KIND_TEXT;
}

const char *
kobra_sheet_adapter_get_choice (KobraSheetModel *model,
                                guint            column,
                                guint            index,
                                char           **label)
{
  const KobraField *field = kobra_sheet_adapter_get_field (KOBRA_SHEET_ADAPTER (model), column);

  if (field == NULL || field->choices == NULL)
    return NULL;
  for (guint i = 0; i <= index; i++)
    if (field->choices[i].code == NULL)
      return NULL;
  *label = g_strdup (_ (field->choices[index].label));
  return field->choices[index].code;
}

char *
kobra_sheet_adapter_dup_normal (KobraSheetModel *model,
                                guint            column,
                                const char      *text)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (model);

  return kobra_import_dup_normal (self->import, kobra_sheet_adapter_get_table_column (self, column), text);
}

char *
kobra_sheet_adapter_dup_typed_words (KobraSheetModel *model,
                                     guint            row,
                                     guint            column,
                                     const char      *text,
                                     KobraSheetMark  *mark)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (model);
  g_autofree char   *normal = kobra_sheet_adapter_dup_normal (model, column, text);
  KobraSeverity      severity;
  char              *problem = kobra_import_dup_typed_problem (self->import, kobra_sheet_adapter_get_table_row (self, row),
                                                               kobra_sheet_adapter_get_table_column (self, column), normal != NULL ? normal : text, &severity);

  *mark = KOBRA_SHEET_MARK_NONE;
  if (problem != NULL)
    *mark = severity == KOBRA_SEVERITY_ERROR ? KOBRA_SHEET_MARK_ERROR : KOBRA_SHEET_MARK_WARNING;
  else if (normal != NULL)
    /* TRANSLATORS: what a text that is being typed will be in the cell */
    return g_strdup_printf (_ ("Becomes “%s”"), normal);
  return problem;
}
