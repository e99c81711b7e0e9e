/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding and replacing in what the sheet shows. */

#include "kobra-sheet-adapter-private.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* So many microseconds of getting edits ready at once; then the loop turns. */
#define SLICE 6000
#define HITS_BETWEEN_LOOKS 64u

/* All replacements on their way to one step. */
typedef struct
{
  KobraSheetAdapter *adapter;
  KobraHits         *hits;
  KobraBulk        *bulk;
  guint              n_done;
  guint              n_changed;
} Job;

static void
free_job (Job *job)
{
  g_object_unref (job->adapter);
  g_clear_pointer (&job->hits, kobra_hits_free);
  kobra_bulk_free (job->bulk);
  g_free (job);
}

void
kobra_sheet_adapter_find_async (KobraSheetAdapter  *self,
                                const char         *text,
                                KobraNeedleFlags    flags,
                                const char         *with,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_return_if_fail (KOBRA_IS_SHEET_ADAPTER (self));

  kobra_find_async (self->table, self->order, (const guint *) self->columns->data, self->columns->len, text, flags, with, cancellable, callback,
                    user_data);
}

/* Packs the record at the job's next hit, with all its hits; FALSE if it can't be. */
static gboolean
add_record (Job *job)
{
  const KobraHit    *hits = &g_array_index (job->hits->hits, KobraHit, job->n_done);
  guint              n = 0, left = job->hits->hits->len - job->n_done, row;
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (; n < left && hits[n].id == hits[0].id; n++)
    {
      g_array_append_val (columns, hits[n].table_column);
      g_ptr_array_add (texts, hits[n].replaced);
    }
  job->n_done += n;
  if (!kobra_table_find_id (job->adapter->table, hits[0].id, &row) || kobra_import_get_result (job->adapter->import, row) == KOBRA_RESULT_SENDING)
    return TRUE;
  job->n_changed += n;
  return kobra_bulk_add (job->bulk, row, (const guint *) columns->data, (const char *const *) texts->pdata, n);
}

static void
apply (GTask *task,
       Job   *job)
{
  /* TRANSLATORS: what undo takes back, in "Undo replace in 320 cells" */
  g_autofree char *name = g_strdup_printf (ngettext ("Replace in %'u Cell", "Replace in %'u Cells", job->n_changed), job->n_changed);
  gboolean         done;

  kobra_table_begin_step (job->adapter->table, name);
  done = kobra_bulk_apply (job->bulk);
  kobra_table_end_step (job->adapter->table);
  if (done)
    g_task_return_int (task, job->n_changed);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The records changed while the text was being replaced. Nothing was replaced; try again."));
}

static gboolean
add_on_cb (gpointer data)
{
  GTask *task = data;
  Job   *job = g_task_get_task_data (task);
  gint64 deadline = g_get_monotonic_time () + SLICE;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  for (guint i = 1; job->n_done < job->hits->hits->len; i++)
    {
      if (!add_record (job))
        {
          g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("There is no memory for so many changes. Nothing was replaced."));
          return G_SOURCE_REMOVE;
        }
      if (i % HITS_BETWEEN_LOOKS == 0 && g_get_monotonic_time () > deadline)
        return G_SOURCE_CONTINUE;
    }
  apply (task, job);
  return G_SOURCE_REMOVE;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask)  task = data;
  g_autoptr (GError) error = NULL;
  Job               *job = g_task_get_task_data (task);

  job->hits = kobra_find_finish (result, &error);
  if (job->hits == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (job->hits->is_too_much)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("This is in too many cells to be replaced at once. Filter the records and replace it in some of them first."));
  else
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, add_on_cb, g_object_ref (task), g_object_unref);
}

void
kobra_sheet_adapter_replace_all_async (KobraSheetAdapter  *self,
                                       const char         *text,
                                       KobraNeedleFlags    flags,
                                       const char         *with,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job   *job = g_new0 (Job, 1);

  g_return_if_fail (KOBRA_IS_SHEET_ADAPTER (self));

  job->adapter = g_object_ref (self);
  job->bulk = kobra_bulk_new (self->table);
  g_task_set_source_tag (task, kobra_sheet_adapter_replace_all_async);
  g_task_set_task_data (task, job, (GDestroyNotify) free_job);
  kobra_sheet_adapter_find_async (self, text, flags, with, cancellable, found_cb, task);
}

guint
kobra_sheet_adapter_replace_all_finish (GAsyncResult *result,
                                        GError      **error)
{
  gssize n;

  g_return_val_if_fail (g_async_result_is_tagged (result, kobra_sheet_adapter_replace_all_async), 0);

  n = g_task_propagate_int (G_TASK (result), error);
  return (guint) MAX (n, 0);
}
