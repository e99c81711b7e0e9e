/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column holds, for choosing from. */

#include "kobra-view.h"

#include "kobra-banned.h"

#define ROWS_BETWEEN_LOOKS 16384u

typedef struct
{
  KobraFrozen *table;
  guint        column;
  guint        max;
} Job;

static void
free_job (Job *job)
{
  kobra_frozen_unref (job->table);
  g_free (job);
}

static void
clear_value (gpointer data)
{
  KobraViewValue *value = data;

  g_free (value->text);
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  const KobraViewValue *x = a, *y = b;

  return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : g_utf8_collate (x->text, y->text);
}

/* Text -> how often, in cells of the frozen table. */
static GHashTable *
count (Job          *job,
       GCancellable *cancellable)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint row = 0; row < job->table->n_rows; row++)
    {
      const char *text = kobra_row_get_text (kobra_frozen_peek (job->table, row), job->column);

      if (row % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      g_hash_table_insert (counts, (gpointer) text, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, text)) + 1));
    }
  return g_steal_pointer (&counts);
}

static void
count_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Job                   *job = data;
  g_autoptr (GHashTable) counts = count (job, cancellable);
  g_autoptr (GArray)     all = g_array_new (FALSE, FALSE, sizeof (KobraViewValue));
  GArray                *values;
  GHashTableIter         iter;
  gpointer               text, n;

  if (counts == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The count was cancelled.");
      return;
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &text, &n))
    {
      KobraViewValue value = { text, GPOINTER_TO_UINT (n) };

      g_array_append_val (all, value);
    }
  g_array_sort (all, compare_values);

  values = g_array_new (FALSE, FALSE, sizeof (KobraViewValue));
  g_array_set_clear_func (values, clear_value);
  for (guint i = 0; i < MIN (all->len, job->max); i++)
    {
      KobraViewValue value = g_array_index (all, KobraViewValue, i);

      value.text = g_strdup (value.text);
      g_array_append_val (values, value);
    }
  g_task_return_pointer (task, values, (GDestroyNotify) g_array_unref);
}

void
kobra_view_count_values_async (KobraTable         *table,
                               guint               column,
                               guint               max,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job              *job = g_new0 (Job, 1);

  g_return_if_fail (KOBRA_IS_TABLE (table) && column < kobra_table_get_n_columns (table));

  g_task_set_source_tag (task, kobra_view_count_values_async);
  job->table = kobra_table_freeze (table);
  job->column = column;
  job->max = max;
  g_task_set_task_data (task, job, (GDestroyNotify) free_job);
  g_task_run_in_thread (task, count_in_thread);
}

GArray *
kobra_view_count_values_finish (GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kobra_view_count_values_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
