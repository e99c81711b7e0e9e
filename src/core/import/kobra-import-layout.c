/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-layout.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-import-save-private.h"
#include "kobra-layout-folder.h"
#include "kobra-text.h"
#include "kobra-transform.h"

#include "kobra-banned.h"

/* Different texts of a field that are listed, and that are counted: more are no values but a column that is another field. */
#define MAX_LISTED 100u
#define MAX_COUNTED 2000u

#define ROWS_BETWEEN_LOOKS 256u

static gboolean
is_choice (const KobraSchema *schema,
           guint              field)
{
  return schema->fields[field].choices != NULL;
}

/* Columns that get a field they did not have, and values that were said to mean something, are cleaned up as on opening. */
static void
set_fixes (KobraTransform    *transform,
           const KobraLayout *old)
{
  const KobraLayout *now = transform->layout;

  for (guint i = 0; i < now->n_columns; i++)
    {
      int      field = now->fields[i];
      gboolean has_values = field >= 0 && is_choice (now->schema, (guint) field) && now->values->len > 0;

      if (field < 0 || (old->schema == now->schema && i < old->n_columns && old->fields[i] == field && !has_values))
        continue;
      transform->fixes[field] = KOBRA_SAFE_FIXES;
    }
}

static void
change_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  KobraTransform    *transform = data;
  g_autoptr (GError) error = NULL;

  if (kobra_transform_learn (transform, 0, cancellable, &error) && kobra_transform_run (transform, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* From now on the records are of another layout. All of them are checked anew, and until that is done the problems are those of the old one. */
static void
take_layout (KobraImport *self,
             KobraLayout *layout)
{
  g_autoptr (GDate) today = g_date_new_dmy (self->rules.today.day, (GDateMonth) self->rules.today.month, self->rules.today.year);

  if (self->layout->schema != layout->schema)
    {
      kobra_rules_init (&self->rules, layout->schema->kind, self->rules.import_type, today);
      kobra_import_apply_choices (self);
    }
  kobra_layout_unref (self->layout);
  self->layout = layout;
  kobra_import_save_soon (self);
  kobra_import_recheck (self);
}

static void
add_columns (KobraImport       *self,
             const KobraLayout *layout)
{
  while (kobra_table_get_n_columns (self->table) < layout->n_columns)
    {
      int field = layout->fields[kobra_table_get_n_columns (self->table)];

      kobra_table_add_column (self->table, field >= 0 ? _ (layout->schema->fields[field].label) : "");
    }
}

/* What was decided of the columns is all that differs. */
static gboolean
has_same_columns (const KobraLayout *a,
                  const KobraLayout *b)
{
  return a->schema == b->schema && a->n_columns == b->n_columns && memcmp (a->fields, b->fields, a->n_columns * sizeof *a->fields) == 0 &&
         a->derivations->len == b->derivations->len && a->values->len == b->values->len && memcmp (a->answers, b->answers, sizeof a->answers) != 0;
}

static void
take_answers (KobraImport      *self,
              const KobraFixes *answers)
{
  memcpy (self->layout->answers, answers, sizeof self->layout->answers);
  kobra_import_save_soon (self);
  kobra_import_remember (self);
}

void
kobra_import_keep_answers (KobraImport      *self,
                           const KobraFixes *fixes)
{
  g_autoptr (KobraLayout) answered = kobra_layout_copy (self->layout);

  for (guint i = 0; i < answered->schema->n_fields; i++)
    kobra_layout_answer (answered, i, fixes[i]);
  if (memcmp (self->layout->answers, answered->answers, sizeof answered->answers) == 0)
    return;
  kobra_table_note_state (self->table, kobra_layout_copy (self->layout), kobra_layout_ref (answered), (GDestroyNotify) kobra_layout_unref);
  take_answers (self, answered->answers);
}

void
kobra_import_restore_layout (KobraImport *self,
                             KobraLayout *layout)
{
  if (has_same_columns (self->layout, layout))
    {
      take_answers (self, layout->answers);
      return;
    }
  take_layout (self, kobra_layout_copy (layout));
  kobra_import_layout_changed (self);
}

KobraLayout *
kobra_import_dup_layout (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->layout != NULL ? kobra_layout_copy (self->layout) : NULL;
}

void
kobra_import_change_layout_async (KobraImport        *self,
                                  KobraLayout        *draft,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask)       task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (KobraFrozen) frozen = NULL;
  KobraTransform         *transform;

  g_return_if_fail (KOBRA_IS_IMPORT (self) && self->state == KOBRA_IMPORT_READY);

  frozen = kobra_table_freeze (self->table);
  transform = kobra_transform_new (frozen, draft);
  transform->first_derivation = self->layout->derivations->len;
  set_fixes (transform, self->layout);
  g_task_set_source_tag (task, kobra_import_change_layout_async);
  g_task_set_task_data (task, transform, (GDestroyNotify) kobra_transform_free);
  g_task_run_in_thread (task, change_in_thread);
}

gboolean
kobra_import_change_layout_finish (KobraImport  *self,
                                   GAsyncResult *result,
                                   guint        *n_cells,
                                   GError      **error)
{
  g_autoptr (KobraLayout) before = NULL;
  KobraTransform         *transform;
  gboolean                done;

  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_import_change_layout_async), FALSE);

  transform = g_task_get_task_data (G_TASK (result));
  *n_cells = transform->n_cells;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (self->state != KOBRA_IMPORT_READY || !kobra_transform_is_current (transform, self->table))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, _ ("The records were edited in the meantime, so nothing was changed. Try again."));
      return FALSE;
    }
  before = kobra_layout_ref (self->layout);
  take_layout (self, kobra_layout_copy (transform->layout));
  /* TRANSLATORS: what undo takes back, in "Undo columns" */
  kobra_table_begin_step (self->table, _ ("Columns"));
  kobra_table_note_state (self->table, kobra_layout_copy (before), kobra_layout_copy (transform->layout), (GDestroyNotify) kobra_layout_unref);
  add_columns (self, transform->layout);
  done = kobra_transform_apply (transform, self->table, error);
  kobra_table_end_step (self->table);
  kobra_import_layout_changed (self);
  return done;
}

const char *
kobra_import_get_layout_name (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->layout_name;
}

gboolean
kobra_import_save_layout (KobraImport *self,
                          const char  *name,
                          GError     **error)
{
  g_autoptr (KobraLayoutFile) file = NULL;
  g_autoptr (GStrvBuilder)    builder = g_strv_builder_new ();
  g_auto (GStrv)              headers = NULL;

  g_return_val_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL, FALSE);

  for (guint i = 0; i < kobra_table_get_n_columns (self->table); i++)
    g_strv_builder_add (builder, kobra_table_get_header (self->table, i));
  headers = g_strv_builder_end (builder);
  file = kobra_layout_file_new (self->layout, (const char *const *) headers, name, self->rules.import_type);
  kobra_layout_file_set_reading (file, self->reading);
  kobra_layout_file_set_ignored (file, self->ignored);
  if (!kobra_layout_folder_save (file, error))
    return FALSE;
  g_set_str (&self->layout_name, name);
  return TRUE;
}

typedef struct
{
  KobraTransform *transform;
  GPtrArray      *values;
} ValuesJob;

static void
unknown_value_free (gpointer data)
{
  KobraUnknownValue *value = data;

  g_free (value->text);
  g_free (value->code);
  g_free (value);
}

static void
values_job_free (gpointer data)
{
  ValuesJob *job = data;

  g_clear_pointer (&job->transform, kobra_transform_free);
  g_clear_pointer (&job->values, g_ptr_array_unref);
  g_free (job);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const KobraUnknownValue *x = a, *y = b;

  if (x->n_cells != y->n_cells)
    return x->n_cells > y->n_cells ? -1 : 1;
  return strcmp (x->text, y->text);
}

static gboolean
is_unknown (const KobraTransform *transform,
            guint                 at,
            const char           *text,
            KobraBuffer          *out)
{
  const KobraField *field = &transform->layout->schema->fields[at];
  KobraFixes        fixes = KOBRA_FIX_BIT (KOBRA_FIX_TRIM) | KOBRA_FIX_BIT (KOBRA_FIX_BOOLEAN) | KOBRA_FIX_BIT (KOBRA_FIX_CHOICE);

  if (kobra_field_find_choice (field, text) != NULL || kobra_text_is_blank (text))
    return FALSE;
  kobra_buffer_reset (out);
  return !kobra_clean_fix_all (fixes, field, &transform->habits[at], text, out, NULL) || kobra_field_find_choice (field, out->bytes) == NULL;
}

static void
count_value (GHashTable *counts,
             const char *text)
{
  gpointer n = g_hash_table_lookup (counts, text);

  if (n != NULL || g_hash_table_size (counts) < MAX_COUNTED)
    g_hash_table_insert (counts, g_strdup (text), GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
}

static void
list_values (ValuesJob  *job,
             guint       field,
             GHashTable *counts)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GHashTableIter        iter;
  gpointer              text, n;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &text, &n))
    {
      KobraUnknownValue *value = g_new0 (KobraUnknownValue, 1);

      *value = (KobraUnknownValue) { field, GPOINTER_TO_UINT (n), g_strdup (text), g_strdup (kobra_layout_find_value (job->transform->layout, field, text)) };
      g_ptr_array_add (found, value);
    }
  g_ptr_array_sort_values (found, compare_values);
  for (guint i = 0; i < found->len; i++)
    if (i < MAX_LISTED)
      g_ptr_array_add (job->values, g_ptr_array_index (found, i));
    else
      unknown_value_free (g_ptr_array_index (found, i));
}

static gboolean
find_values (ValuesJob    *job,
             GCancellable *cancellable,
             GError      **error)
{
  const KobraTransform *transform = job->transform;
  const KobraLayout    *layout = transform->layout;
  g_auto (KobraBuffer)  out = { 0 };

  kobra_buffer_init (&out, 1 << 16);
  for (guint column = 0; column < layout->n_columns; column++)
    {
      int field = layout->fields[column];
      g_autoptr (GHashTable) counts = NULL;

      if (field < 0 || !is_choice (layout->schema, (guint) field))
        continue;
      counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint row = 0; row < transform->table->n_rows; row++)
        {
          const char *text = kobra_row_get_text (kobra_frozen_peek (transform->table, row), column);

          if (row % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          if (is_unknown (transform, (guint) field, text, &out))
            count_value (counts, text);
        }
      list_values (job, (guint) field, counts);
    }
  return TRUE;
}

static void
values_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  ValuesJob         *job = data;
  g_autoptr (GError) error = NULL;

  if (kobra_transform_learn (job->transform, 0, cancellable, &error) && find_values (job, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
kobra_import_find_values_async (KobraImport        *self,
                                KobraLayout        *draft,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask)       task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (KobraFrozen) frozen = NULL;
  ValuesJob              *job = g_new0 (ValuesJob, 1);

  g_return_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL);

  frozen = kobra_table_freeze (self->table);
  job->transform = kobra_transform_new (frozen, draft);
  job->values = g_ptr_array_new_with_free_func (unknown_value_free);
  g_task_set_source_tag (task, kobra_import_find_values_async);
  g_task_set_task_data (task, job, values_job_free);
  g_task_run_in_thread (task, values_in_thread);
}

GPtrArray *
kobra_import_find_values_finish (KobraImport  *self,
                                 GAsyncResult *result,
                                 GError      **error)
{
  ValuesJob *job;

  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_import_find_values_async), NULL);

  job = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&job->values) : NULL;
}
