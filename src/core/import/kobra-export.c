/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-export.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-decimal.h"

#include "kobra-banned.h"

/* Text is handed to the file when so much has come together. */
#define FLUSH_BYTES ((gsize) 256 << 10)
#define MAX_BUFFER_BYTES ((gsize) 1 << 30)

/* What a worker needs: all by value or frozen. */
typedef struct
{
  GFile       *file;
  KobraFrozen *table;
  char       **headers;
  guint8      *results; /* KobraResult, by row */
  GHashTable  *words;   /* row -> char */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->file);
  g_clear_pointer (&job->table, kobra_frozen_unref);
  g_clear_pointer (&job->headers, g_strfreev);
  g_clear_pointer (&job->results, g_free);
  g_clear_pointer (&job->words, g_hash_table_unref);
  g_free (job);
}

static Job *
job_new (KobraImport *import,
         GFile       *file)
{
  Job        *job = g_new0 (Job, 1);
  KobraTable *table = kobra_import_get_table (import);

  job->file = g_object_ref (file);
  job->table = kobra_table_freeze (table);
  job->headers = g_new0 (char *, job->table->n_columns + 1);
  for (guint i = 0; i < job->table->n_columns; i++)
    job->headers[i] = g_strdup (kobra_table_get_header (table, i));
  job->results = g_new (guint8, MAX (job->table->n_rows, 1));
  job->words = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint row = 0; row < job->table->n_rows; row++)
    {
      char *words = kobra_import_dup_result_words (import, row);

      job->results[row] = (guint8) kobra_import_get_result (import, row);
      if (words != NULL)
        g_hash_table_insert (job->words, GUINT_TO_POINTER (row), words);
    }
  return job;
}

static gboolean
looks_like_formula (const char *text)
{
  return (*text != '\0' && strchr ("=+@\t\r", *text) != NULL) || (*text == '-' && !kobra_decimal_is_number (text));
}

static void
append_safe_cell (KobraBuffer *buffer,
                  const char  *text,
                  gboolean     first)
{
  g_autofree char *safe = looks_like_formula (text) ? g_strconcat ("'", text, NULL) : NULL;

  kobra_export_append_cell (buffer, safe != NULL ? safe : text, first);
}

static void
append_header (const Job   *job,
               KobraBuffer *buffer)
{
  /* The mark by which spreadsheet programs know UTF-8. */
  kobra_buffer_append_string (buffer, "\xef\xbb\xbf");
  for (guint i = 0; i < job->table->n_columns; i++)
    append_safe_cell (buffer, job->headers[i], i == 0);
  kobra_export_append_cell (buffer, _ ("Line"), job->table->n_columns == 0);
  kobra_export_append_cell (buffer, _ ("Result"), FALSE);
  kobra_export_append_cell (buffer, _ ("Message"), FALSE);
  kobra_buffer_append_string (buffer, "\r\n");
}

static void
append_row (const Job   *job,
            guint        row,
            const char **texts,
            KobraBuffer *buffer)
{
  const KobraRow  *packed = &job->table->rows[row];
  KobraResult      result = (KobraResult) job->results[row];
  g_autofree char *line = packed->line > 0 ? g_strdup_printf ("%u", packed->line) : NULL;
  const char      *words = g_hash_table_lookup (job->words, GUINT_TO_POINTER (row));

  kobra_row_get_texts (packed, texts, job->table->n_columns);
  for (guint i = 0; i < job->table->n_columns; i++)
    append_safe_cell (buffer, texts[i], i == 0);
  kobra_export_append_cell (buffer, line != NULL ? line : "", job->table->n_columns == 0);
  kobra_export_append_cell (buffer, result != KOBRA_RESULT_NONE ? kobra_result_get_name (result) : "", FALSE);
  append_safe_cell (buffer, words != NULL ? words : "", FALSE);
  kobra_buffer_append_string (buffer, "\r\n");
}

static gboolean
flush (GOutputStream *stream,
       KobraBuffer   *buffer,
       GCancellable  *cancellable,
       GError       **error)
{
  gboolean done = g_output_stream_write_all (stream, buffer->bytes, buffer->length, NULL, cancellable, error);

  kobra_buffer_reset (buffer);
  return done;
}

static gboolean
write_job (const Job     *job,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autofree const char **texts = g_new (const char *, MAX (job->table->n_columns, 1));
  g_auto (KobraBuffer)    buffer = { 0 };
  g_autoptr (GError)      cause = NULL;
  gboolean             done;

  kobra_buffer_init (&buffer, MAX_BUFFER_BYTES);
  stream = g_file_replace (job->file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, cancellable, &cause);
  done = stream != NULL;
  if (done)
    append_header (job, &buffer);
  for (guint row = 0; done && row < job->table->n_rows; row++)
    {
      append_row (job, row, texts, &buffer);
      if (buffer.length >= FLUSH_BYTES)
        done = flush (G_OUTPUT_STREAM (stream), &buffer, cancellable, &cause);
    }
  done = done && flush (G_OUTPUT_STREAM (stream), &buffer, cancellable, &cause) && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, &cause);
  if (!done)
    {
      g_autofree char         *name = g_file_get_parse_name (job->file);
      g_autoptr (GCancellable) cancelled = g_cancellable_new ();

      /* Closing under a cancelled cancellable is how GIO is told to drop the half-written file and keep the old one. */
      g_cancellable_cancel (cancelled);
      if (stream != NULL)
        g_output_stream_close (G_OUTPUT_STREAM (stream), cancelled, NULL);
      if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&cause));
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The results could not be saved in “%s”: %s"), name, cause->message);
    }
  return done;
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (write_job (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
kobra_export_append_cell (KobraBuffer *buffer,
                          const char  *text,
                          gboolean     first)
{
  if (!first)
    kobra_buffer_append_byte (buffer, ',');
  if (text[strcspn (text, ",\"\r\n")] == '\0' && *text != ' ' && (*text == '\0' || text[strlen (text) - 1] != ' '))
    {
      kobra_buffer_append_string (buffer, text);
      return;
    }
  kobra_buffer_append_byte (buffer, '"');
  for (const char *quote; (quote = strchr (text, '"')) != NULL; text = quote + 1)
    {
      kobra_buffer_append (buffer, text, (gsize) (quote - text) + 1);
      kobra_buffer_append_byte (buffer, '"');
    }
  kobra_buffer_append_string (buffer, text);
  kobra_buffer_append_byte (buffer, '"');
}

void
kobra_export_results_async (KobraImport        *import,
                            GFile              *file,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (import, cancellable, callback, user_data);

  g_return_if_fail (kobra_import_get_table (import) != NULL);

  g_task_set_source_tag (task, kobra_export_results_async);
  g_task_set_task_data (task, job_new (import, file), job_free);
  g_task_run_in_thread (task, write_in_thread);
}

gboolean
kobra_export_results_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kobra_export_results_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
kobra_export_results (KobraImport  *import,
                      GFile        *file,
                      GCancellable *cancellable,
                      GError      **error)
{
  Job     *job;
  gboolean done;

  g_return_val_if_fail (kobra_import_get_table (import) != NULL, FALSE);

  job = job_new (import, file);
  done = write_job (job, cancellable, error);
  job_free (job);
  return done;
}
