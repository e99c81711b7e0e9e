/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout-task.h"

#include "kobra-banned.h"

typedef struct
{
  KobraLayoutTask  task;
  char            *name, *other;
  KobraLayoutFile *layout; /* to be kept, or what was removed */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->name);
  g_free (job->other);
  g_clear_pointer (&job->layout, kobra_layout_file_free);
  g_free (job);
}

static gboolean
remove_layout (Job     *job,
               GError **error)
{
  job->layout = kobra_layout_folder_read (job->name, error);
  return job->layout != NULL && kobra_layout_folder_remove (job->name, error);
}

static gboolean
import_layout (const Job *job,
               GError   **error)
{
  g_autofree char *name = kobra_layout_folder_import (job->other, error);

  return name != NULL;
}

static gboolean
export_layout (const Job *job,
               GError   **error)
{
  g_autoptr (KobraLayoutFile) layout = kobra_layout_folder_read (job->name, error);
  g_autoptr (GFile)           file = g_file_new_for_path (job->other);

  return layout != NULL && kobra_layout_file_write (layout, file, error);
}

static gboolean
run (Job     *job,
     GError **error)
{
  switch (job->task)
    {
    case KOBRA_LAYOUT_TASK_RENAME:
      return kobra_layout_folder_rename (job->name, job->other, error);
    case KOBRA_LAYOUT_TASK_REMOVE:
      return remove_layout (job, error);
    case KOBRA_LAYOUT_TASK_KEEP:
      return kobra_layout_folder_save (job->layout, error);
    case KOBRA_LAYOUT_TASK_IMPORT:
      return import_layout (job, error);
    case KOBRA_LAYOUT_TASK_EXPORT:
      return export_layout (job, error);
    case KOBRA_LAYOUT_TASK_LIST:
    default:
      return TRUE;
    }
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) kobra_layout_file_free);
  g_auto (GStrv)        names = NULL;

  if (!run (data, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  names = kobra_layout_folder_list ();
  for (gsize i = 0; names[i] != NULL; i++)
    {
      KobraLayoutFile *layout = kobra_layout_folder_read (names[i], NULL);

      if (layout != NULL)
        g_ptr_array_add (layouts, layout);
    }
  g_task_return_pointer (task, g_steal_pointer (&layouts), (GDestroyNotify) g_ptr_array_unref);
}

void
kobra_layout_task_async (KobraLayoutTask     what,
                         const char         *name,
                         const char         *other,
                         KobraLayoutFile    *layout,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job              *job = g_new0 (Job, 1);

  *job = (Job) { what, g_strdup (name), g_strdup (other), layout };
  g_task_set_source_tag (task, kobra_layout_task_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_thread);
}

GPtrArray *
kobra_layout_task_finish (GAsyncResult     *result,
                          KobraLayoutFile **removed,
                          GError          **error)
{
  GPtrArray *layouts;
  Job       *job;

  g_return_val_if_fail (g_task_is_valid (result, NULL) && g_async_result_is_tagged (result, kobra_layout_task_async), NULL);

  job = g_task_get_task_data (G_TASK (result));
  layouts = g_task_propagate_pointer (G_TASK (result), error);
  if (layouts != NULL && removed != NULL && job->task == KOBRA_LAYOUT_TASK_REMOVE)
    *removed = g_steal_pointer (&job->layout);
  return layouts;
}
