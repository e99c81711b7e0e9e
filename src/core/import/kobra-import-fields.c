/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-fields.h"

#include <glib/gi18n.h>

#include "kobra-import-private.h"

#include "kobra-banned.h"

static guint32
get_id (KobraImport *self,
        guint        row)
{
  return kobra_table_peek_row (self->table, row)->id;
}

static gboolean
is_at_rest (KobraImport *self)
{
  return self->state == KOBRA_IMPORT_READY;
}

/* The field's column, made if there is none; -1 if it can't be. The layout follows the table: see columns_changed_cb(). */
static int
need_column (KobraImport *self,
             guint        field)
{
  int column = kobra_layout_find_column (self->layout, field);

  if (column >= 0)
    return column;
  if (!is_at_rest (self) || !kobra_table_add_column (self->table, _ (self->layout->schema->fields[field].label)))
    return -1;
  column = (int) kobra_table_get_n_columns (self->table) - 1;
  kobra_layout_set_field (self->layout, (guint) column, (int) field);
  return column;
}

const char *
kobra_import_get_field (KobraImport *self,
                        guint        row,
                        guint        field)
{
  int column;

  g_return_val_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL && field < self->layout->schema->n_fields, "");

  column = kobra_layout_find_column (self->layout, field);
  return column >= 0 ? kobra_table_get_text (self->table, row, (guint) column) : "";
}

gboolean
kobra_import_type_field (KobraImport *self,
                         guint        row,
                         guint        field,
                         const char  *text)
{
  int      column;
  gboolean done;

  g_return_val_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL && field < self->layout->schema->n_fields, FALSE);

  column = kobra_layout_find_column (self->layout, field);
  if (column >= 0)
    return kobra_table_retype (self->table, row, (guint) column, text);
  if (*text == '\0')
    return TRUE;
  /* TRANSLATORS: what undo takes back, in "Undo edit" */
  kobra_table_begin_step (self->table, _ ("Edit"));
  column = need_column (self, field);
  done = column >= 0 && kobra_table_retype (self->table, row, (guint) column, text);
  kobra_table_end_step (self->table);
  return done;
}

void
kobra_import_end_typing (KobraImport *self)
{
  g_return_if_fail (KOBRA_IS_IMPORT (self));

  if (self->table != NULL)
    kobra_table_end_typing (self->table);
}

gboolean
kobra_import_set_fields (KobraImport       *self,
                         const char        *name,
                         guint              row,
                         const guint       *fields,
                         const char *const *texts,
                         guint              n)
{
  g_autofree guint       *columns = g_new (guint, MAX (n, 1));
  g_autofree const char **given = g_new (const char *, MAX (n, 1));
  guint                   n_columns = 0;
  gboolean                done = TRUE;

  g_return_val_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL, FALSE);

  kobra_table_begin_step (self->table, name);
  for (guint i = 0; i < n && done; i++)
    {
      int column = *texts[i] != '\0' ? need_column (self, fields[i]) : kobra_layout_find_column (self->layout, fields[i]);

      done = column >= 0 || *texts[i] == '\0';
      if (column < 0)
        continue;
      columns[n_columns] = (guint) column;
      given[n_columns++] = texts[i];
    }
  done = done && kobra_table_set_texts (self->table, row, columns, given, n_columns);
  kobra_table_end_step (self->table);
  return done;
}

const KobraProblem *
kobra_import_find_field_problem (KobraImport *self,
                                 guint        row,
                                 guint        field)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL, NULL);

  return kobra_problems_find (self->problems, get_id (self, row), field);
}

char *
kobra_import_dup_field_problem (KobraImport *self,
                                guint        row,
                                guint        field)
{
  const KobraProblem *problem = kobra_import_find_field_problem (self, row, field);

  return problem != NULL ? kobra_problem_dup_message (problem, self->layout->schema, kobra_import_get_field (self, row, field)) : NULL;
}

gboolean
kobra_import_needs_field (KobraImport *self,
                          guint        field)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL, FALSE);

  return kobra_rules_is_required (&self->rules, field);
}

gboolean
kobra_import_find_key (KobraImport *self,
                       const char  *key,
                       guint       *row)
{
  guint32 id;

  g_return_val_if_fail (KOBRA_IS_IMPORT (self), FALSE);

  return self->table != NULL && *key != '\0' && kobra_problems_find_key (self->problems, key, &id) && kobra_table_find_id (self->table, id, row);
}

void
kobra_import_start_empty (KobraImport    *self,
                          KobraKind       kind,
                          KobraImportType type)
{
  KobraOpened          *opened = g_new0 (KobraOpened, 1);
  g_autoptr (GDate)     today = g_date_new ();
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  const KobraSchema    *schema = kobra_schema_get (kind);

  g_return_if_fail (KOBRA_IS_IMPORT (self) && (self->state == KOBRA_IMPORT_EMPTY || self->state == KOBRA_IMPORT_READY));

  g_date_set_time_t (today, (time_t) (g_get_real_time () / G_USEC_PER_SEC));
  kobra_rules_init (&opened->rules, kind, type, today);
  kobra_required_apply (&self->required, &opened->rules);
  opened->rules.ignored = self->ignored;
  for (guint i = 0; i < schema->n_fields; i++)
    if (kobra_rules_is_required (&opened->rules, i))
      g_ptr_array_add (headers, g_strdup (_ (schema->fields[i].label)));
  opened->layout = kobra_layout_new_by_header (kind, NULL, 0);
  for (guint i = 0; i < schema->n_fields; i++)
    if (kobra_rules_is_required (&opened->rules, i))
      {
        kobra_layout_add_column (opened->layout);
        kobra_layout_set_field (opened->layout, opened->layout->n_columns - 1, (int) i);
      }
  g_ptr_array_add (headers, NULL);
  opened->headers = (char **) g_ptr_array_steal (headers, NULL);
  opened->has_header = TRUE;
  opened->rows = kobra_rows_new ();
  opened->left_out = g_array_new (FALSE, FALSE, sizeof (KobraLeftOut));
  opened->problems = kobra_problems_new ();
  /* TRANSLATORS: the name of an import that comes from no file */
  kobra_import_take (self, opened, kind == KOBRA_KIND_ACCOUNTS ? _ ("Untitled Accounts") : _ ("Untitled Payment Promises"));
}

int
kobra_import_append_record (KobraImport       *self,
                            const KobraRecord *record)
{
  guint    fields[KOBRA_MAX_FIELDS];
  guint    row;
  gboolean done;

  g_return_val_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL && record->schema == self->layout->schema, -1);

  if (!is_at_rest (self))
    return -1;
  for (guint i = 0; i < record->schema->n_fields; i++)
    fields[i] = i;
  row = kobra_table_get_n_rows (self->table);
  /* TRANSLATORS: what undo takes back, in "Undo add record" */
  kobra_table_begin_step (self->table, _ ("Add Record"));
  done = kobra_table_insert_rows (self->table, row, 1) && kobra_import_set_fields (self, _ ("Add Record"), row, fields, record->texts, record->schema->n_fields);
  kobra_table_end_step (self->table);
  return done ? (int) row : -1;
}
