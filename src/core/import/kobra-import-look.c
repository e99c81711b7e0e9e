/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look at a file's first rows, for whoever has to choose how it is read. */

#include "kobra-import-open.h"
#include "kobra-intake.h"

#include "kobra-banned.h"

typedef struct
{
  GFile           *file;
  GBytes          *bytes;
  KobraReadOptions read;
  guint            max_rows;
} LookJob;

static void
look_job_free (gpointer data)
{
  LookJob *job = data;

  g_clear_object (&job->file);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  kobra_read_options_clear (&job->read);
  g_free (job);
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const LookJob         *job = data;
  const KobraOpenOptions options = { .guess_kind = TRUE, .read = &job->read };
  g_autoptr (GError)     error = NULL;
  KobraOpened           *opened = kobra_import_look (job->file, job->bytes, &options, job->max_rows, cancellable, &error);

  if (opened != NULL)
    g_task_return_pointer (task, opened, (GDestroyNotify) kobra_opened_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

KobraOpened *
kobra_import_look (GFile                  *file,
                   GBytes                 *bytes,
                   const KobraOpenOptions *options,
                   guint                   max_rows,
                   GCancellable           *cancellable,
                   GError                **error)
{
  g_autoptr (KobraOpened)  opened = kobra_opened_new ();
  g_autoptr (GInputStream) stream = bytes != NULL ? g_memory_input_stream_new_from_bytes (bytes) : NULL;
  const KobraOpenSource    source = { file, stream };

  return kobra_intake_read (&source, options, max_rows, opened, NULL, NULL, cancellable, error) ? g_steal_pointer (&opened) : NULL;
}

void
kobra_import_look_async (GFile                  *file,
                         GBytes                 *bytes,
                         const KobraReadOptions *read,
                         guint                   max_rows,
                         GCancellable           *cancellable,
                         GAsyncReadyCallback     callback,
                         gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  LookJob          *job = g_new0 (LookJob, 1);

  g_set_object (&job->file, file);
  job->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  kobra_read_options_copy (read, &job->read);
  job->max_rows = max_rows;
  g_task_set_source_tag (task, kobra_import_look_async);
  g_task_set_task_data (task, job, look_job_free);
  g_task_run_in_thread (task, look_in_thread);
}

KobraOpened *
kobra_import_look_finish (GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL) && g_async_result_is_tagged (result, kobra_import_look_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
