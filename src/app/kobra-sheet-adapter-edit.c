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
  KobraImportCounts counts;

  kobra_import_get_counts (self->import, &counts);
  if (counts.in_flight == 0)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (kobra_import_get_result (self->import, g_array_index (rows, guint, i)) == KOBRA_RESULT_SENDING)
      return TRUE;
  return FALSE;
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
  if (self->hidden->len > 0 || !kobra_sheet_adapter_delete_rows (self, row, n_rows))
    return FALSE;
  self->cut_serial = kobra_table_get_undo_serial (self->table);
  return TRUE;
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
