/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-export.h"

#include <glib/gi18n.h>

#include "kobra-import-private.h"
#include "kobra-own-export.h"

#include "kobra-banned.h"

/* What is asked of the import in one go, on the main thread: a few milliseconds. */
#define SLICE_ROWS 2000

static const char *const filters[KOBRA_N_EXPORT_FILTERS] = {
  [KOBRA_EXPORT_ALL] = "all",
  [KOBRA_EXPORT_REJECTED] = "rejected",
  [KOBRA_EXPORT_NOT_ACCEPTED] = "not-accepted",
};

/* The columns after the person's own. */
enum
{
  ADDED_LINE,
  ADDED_RESULT,
  ADDED_MESSAGE,
  ADDED_TIME,
  ADDED_REFERENCE,
  N_ADDED
};

/* TRANSLATORS: headers of the columns that an export adds to the table */
static const char *const added_headers[N_ADDED] = { N_("Line"), N_("Result"), N_("Message"), N_("Time"), N_("Record") };

typedef struct
{
  guint8 result;    /* KobraResult */
  guint8 is_there;  /* the record was not deleted meanwhile */
  gint64 time;      /* seconds since 1970, or 0 */
  char  *words;
  char  *reference; /* that it came with, or NULL: one by the tag below */
} Outcome;

/* What a worker needs: all by value or frozen. */
typedef struct
{
  KobraImport      *import;    /* until all outcomes are collected */
  GFile            *file;
  KobraTableFormat  format;
  KobraExportFilter filter;
  KobraFrozen      *table;
  KobraWriteColumn *columns;
  char            **headers;   /* of all columns, ours too */
  GArray           *outcomes;  /* by row of the table, as far as they are collected */
  char             *tag;       /* of the import */
} Job;

static void
outcome_clear (gpointer data)
{
  Outcome *outcome = data;

  g_free (outcome->words);
  g_free (outcome->reference);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->import);
  g_clear_object (&job->file);
  g_clear_pointer (&job->table, kobra_frozen_unref);
  g_clear_pointer (&job->columns, g_free);
  g_clear_pointer (&job->headers, g_strfreev);
  g_clear_pointer (&job->outcomes, g_array_unref);
  g_clear_pointer (&job->tag, g_free);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
describe_columns (Job *job)
{
  const KobraLayout *layout = kobra_import_get_layout (job->import);
  KobraTable        *table = kobra_import_get_table (job->import);
  guint              n = job->table->n_columns;

  job->headers = g_new0 (char *, n + N_ADDED + 1);
  job->columns = g_new0 (KobraWriteColumn, n + N_ADDED);
  for (guint i = 0; i < n; i++)
    {
      int field = i < layout->n_columns ? layout->fields[i] : -1;

      job->headers[i] = g_strdup (kobra_table_get_header (table, i));
      job->columns[i].is_number = field >= 0 && layout->schema->fields[field].type == KOBRA_TYPE_NUMBER;
    }
  for (guint i = 0; i < N_ADDED; i++)
    {
      gboolean is_safe = i == ADDED_REFERENCE && job->format == KOBRA_TABLE_FORMAT_CSV;

      job->headers[n + i] = g_strconcat (_ (added_headers[i]), is_safe ? KOBRA_OWN_EXPORT_MARK_SAFE : KOBRA_OWN_EXPORT_MARK, NULL);
    }
  for (guint i = 0; i < n + N_ADDED; i++)
    job->columns[i].header = job->headers[i];
  job->columns[n + ADDED_MESSAGE].width = 60;
  job->columns[n + ADDED_TIME].width = 22;
}

static Job *
job_new (KobraImport      *import,
         GFile            *file,
         KobraExportFilter filter)
{
  Job             *job = g_new0 (Job, 1);
  g_autofree char *name = g_file_get_basename (file);
  int              format = name != NULL ? kobra_table_format_find (name) : -1;

  job->import = g_object_ref (import);
  job->file = g_object_ref (file);
  job->format = format >= 0 ? (KobraTableFormat) format : KOBRA_TABLE_FORMAT_CSV;
  job->filter = filter;
  job->table = kobra_table_freeze (kobra_import_get_table (import));
  job->tag = g_strdup (kobra_import_get_tag (import));
  job->outcomes = g_array_new (FALSE, TRUE, sizeof (Outcome));
  g_array_set_clear_func (job->outcomes, outcome_clear);
  describe_columns (job);
  return job;
}

/* Collects what became of the next @n rows; FALSE once all are. A record that was deleted meanwhile has no outcome. */
static gboolean
collect (Job  *job,
         guint n)
{
  KobraTable *table = kobra_import_get_table (job->import);

  for (; n > 0 && job->outcomes->len < job->table->n_rows; n--)
    {
      const KobraRow *packed = kobra_frozen_peek (job->table, job->outcomes->len);
      Outcome         outcome = { 0 };
      guint           row;

      if (kobra_table_find_id (table, packed->id, &row))
        {
          outcome.is_there = TRUE;
          outcome.result = (guint8) kobra_import_get_result (job->import, row);
          outcome.time = kobra_import_get_result_time (job->import, row);
          outcome.words = kobra_import_dup_result_words (job->import, row);
          outcome.reference = g_strdup (kobra_import_find_reference (job->import, packed));
        }
      g_array_append_val (job->outcomes, outcome);
    }
  return job->outcomes->len < job->table->n_rows;
}

static gboolean
is_wanted (const Job     *job,
           const Outcome *outcome)
{
  switch (job->filter)
    {
    case KOBRA_EXPORT_REJECTED: return outcome->result == KOBRA_RESULT_REJECTED;
    case KOBRA_EXPORT_NOT_ACCEPTED: return outcome->result != KOBRA_RESULT_ACCEPTED;
    case KOBRA_EXPORT_ALL:
    case KOBRA_N_EXPORT_FILTERS:
    default: return TRUE;
    }
}

static char *
format_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_local (seconds) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

/* The same again if the record came from an export. */
static char *
make_reference (const Job      *job,
                const Outcome  *outcome,
                const KobraRow *packed)
{
  if (!outcome->is_there)
    return g_strdup ("");
  return outcome->reference != NULL ? g_strdup (outcome->reference) : g_strdup_printf (KOBRA_OWN_EXPORT_REFERENCE "%s-%u", job->tag, packed->id);
}

static gboolean
write_row (const Job        *job,
           guint             row,
           const char      **texts,
           KobraTableWriter *writer,
           GError          **error)
{
  const KobraRow  *packed = kobra_frozen_peek (job->table, row);
  const Outcome   *outcome = &g_array_index (job->outcomes, Outcome, row);
  const char     **added = texts + job->table->n_columns;
  g_autofree char *line = packed->line > 0 ? g_strdup_printf ("%u", packed->line) : NULL;
  g_autofree char *time = format_time (outcome->time);
  g_autofree char *reference = make_reference (job, outcome, packed);

  kobra_row_get_texts (packed, texts, job->table->n_columns);
  added[ADDED_LINE] = line != NULL ? line : "";
  added[ADDED_RESULT] = outcome->result != KOBRA_RESULT_NONE ? _ (kobra_result_get_label ((KobraResult) outcome->result)) : "";
  added[ADDED_MESSAGE] = outcome->words != NULL ? outcome->words : "";
  added[ADDED_TIME] = time;
  added[ADDED_REFERENCE] = reference;
  return kobra_table_writer_add_row (writer, texts, job->table->n_columns + N_ADDED, error);
}

static gboolean
write_job (const Job    *job,
           GCancellable *cancellable,
           GError      **error)
{
  /* TRANSLATORS: the name of the sheet in an exported spreadsheet */
  const KobraWriteSheet        sheet = { _ ("Records"), job->columns, job->table->n_columns + N_ADDED };
  g_autofree const char      **texts = g_new (const char *, sheet.n_columns);
  g_autoptr (KobraTableWriter) writer = kobra_table_writer_new (job->file, job->format, &sheet, 1, cancellable, error);

  if (writer == NULL)
    return FALSE;
  for (guint row = 0; row < job->table->n_rows; row++)
    if (is_wanted (job, &g_array_index (job->outcomes, Outcome, row)) && !write_row (job, row, texts, writer, error))
      return FALSE;
  return kobra_table_writer_finish (writer, error);
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

static gboolean
collect_cb (gpointer data)
{
  GTask *task = data;
  Job   *job = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (collect (job, SLICE_ROWS))
    return G_SOURCE_CONTINUE;
  g_clear_object (&job->import);
  g_task_run_in_thread (task, write_in_thread);
  return G_SOURCE_REMOVE;
}

gboolean
kobra_export_filter_find (const char        *name,
                          KobraExportFilter *filter)
{
  for (guint i = 0; i < KOBRA_N_EXPORT_FILTERS; i++)
    if (g_str_equal (filters[i], name))
      {
        *filter = (KobraExportFilter) i;
        return TRUE;
      }
  return FALSE;
}

void
kobra_export_results_async (KobraImport        *import,
                            GFile              *file,
                            KobraExportFilter   filter,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task = g_task_new (import, cancellable, callback, user_data);

  g_return_if_fail (kobra_import_get_table (import) != NULL);

  g_task_set_source_tag (task, kobra_export_results_async);
  g_task_set_task_data (task, job_new (import, file, filter), job_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, collect_cb, task, g_object_unref);
}

gboolean
kobra_export_results_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kobra_export_results_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
kobra_export_results (KobraImport      *import,
                      GFile            *file,
                      KobraExportFilter filter,
                      GCancellable     *cancellable,
                      GError          **error)
{
  g_autoptr (Job) job = NULL;

  g_return_val_if_fail (kobra_import_get_table (import) != NULL, FALSE);

  job = job_new (import, file, filter);
  while (collect (job, SLICE_ROWS))
    ;
  return write_job (job, cancellable, error);
}
