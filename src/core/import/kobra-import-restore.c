/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An import as the journal has it: its rows, then every edit of them, then what became of its records. The journal of a killed program may
 * have rows up to some piece only; what is missing is in the file that they came from, if that is still what it was.
 */

#include "kobra-import-save.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-import-pack.h"
#include "kobra-import-save-private.h"
#include "kobra-journal-read.h"

#include "kobra-banned.h"

/* With so many edits it is quicker to write all rows anew than to go through them each time. */
#define MAX_EDITS 2000

typedef struct
{
  guint32     record;
  KobraResult result;
  const char *words; /* or NULL */
} RestoredResult;

/* What the worker makes. */
typedef struct
{
  KobraImport        *import;
  KobraJournalImport *entry;
  KobraJournalReader *reader;
  gint64              id;

  KobraJournalImportInfo *info;
  KobraOpened            *opened;
  GArray                 *results; /* RestoredResult, the last of a record stands */
  GStringChunk           *words;
  guint                   n_edits;
  guint                   n_missing_edits; /* about rows that are not there */
  guint                   n_missing_rows;
  gboolean                is_whole;
  gboolean                was_sent;
} Restoring;

static void
restoring_free (gpointer data)
{
  Restoring *self = data;

  g_clear_object (&self->import);
  if (self->entry != NULL)
    kobra_journal_import_close (self->entry, TRUE);
  g_clear_pointer (&self->reader, kobra_journal_reader_free);
  g_clear_pointer (&self->info, kobra_journal_import_info_free);
  g_clear_pointer (&self->opened, kobra_opened_free);
  g_array_unref (self->results);
  g_string_chunk_free (self->words);
  g_free (self);
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_DAMAGED,
                       _ ("The journal has this import in a form that cannot be read. Open its file again."));
  return FALSE;
}

static gboolean
info_cb (const KobraJournalImportInfo *info,
         gboolean                      is_whole,
         gpointer                      data,
         GError                      **error)
{
  Restoring       *self = data;
  KobraOpened     *opened = self->opened;
  g_autoptr (GDate) today = g_date_new ();
  KobraImportType  type = info->import_type >= KOBRA_IMPORT_NEW && info->import_type <= KOBRA_IMPORT_PERSONAL ? (KobraImportType) info->import_type : KOBRA_IMPORT_NEW;

  self->info = kobra_journal_import_info_copy (info);
  self->is_whole = is_whole;
  if (!kobra_settings_parse (info->settings, info->kind, &opened->headers, &opened->layout))
    return fail (error);
  opened->has_header = TRUE;
  g_date_set_time_t (today, (time_t) (g_get_real_time () / G_USEC_PER_SEC));
  kobra_rules_init (&opened->rules, opened->layout->schema->kind, type, today);
  return TRUE;
}

static gboolean
rows_cb (const guint8 *bytes,
         gsize         size,
         gpointer      data,
         GError      **error)
{
  Restoring *self = data;
  guint      n;

  return kobra_unpack_rows (bytes, size, self->opened->rows, &n) || fail (error);
}

/* Whether the journal's rows are the first of the file's. */
static gboolean
begins_with (KobraRows *file,
             KobraRows *journal)
{
  guint n = kobra_rows_get_n_rows (journal);

  if (kobra_rows_get_n_rows (file) < n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const KobraRow *a = kobra_rows_peek (file, i), *b = kobra_rows_peek (journal, i);
      gsize           size = kobra_row_get_size (a);

      if (a->id != b->id || size != kobra_row_get_size (b) || memcmp (a->cells, b->cells, size) != 0)
        return FALSE;
    }
  return TRUE;
}

/* The journal has not all rows: the others are taken from the file, unless it changed. */
static void
all_rows_cb (gpointer      data,
             GCancellable *cancellable)
{
  Restoring                *self = data;
  g_auto (KobraReadOptions) read = { 0 };
  KobraOpenOptions          options = { .kind = self->opened->layout->schema->kind, .import_type = self->opened->rules.import_type, .read = &read };
  g_autoptr (GFile)         file = *self->info->source_uri != '\0' ? g_file_new_for_uri (self->info->source_uri) : NULL;
  g_autoptr (KobraOpened)   opened = NULL;
  guint                     n = kobra_rows_get_n_rows (self->opened->rows);

  if (self->is_whole)
    return;
  self->n_missing_rows = self->info->n_records > n ? self->info->n_records - n : 0;
  if (file == NULL || self->n_missing_rows == 0)
    return;
  kobra_settings_get_reading (self->info->settings, &read, &options.clean);
  opened = kobra_import_open_file (file, &options, NULL, NULL, cancellable, NULL);
  if (opened == NULL || !begins_with (opened->rows, self->opened->rows))
    return;
  kobra_rows_free (self->opened->rows);
  self->opened->rows = g_steal_pointer (&opened->rows);
  n = kobra_rows_get_n_rows (self->opened->rows);
  self->n_missing_rows = self->info->n_records > n ? self->info->n_records - n : 0;
}

static guint32
get_id (const guint8 *ids,
        guint         i)
{
  guint32 id;

  memcpy (&id, ids + i * sizeof id, sizeof id);
  return GUINT32_FROM_LE (id);
}

static gboolean
stand_at (KobraRows    *rows,
          guint         position,
          const guint8 *ids,
          guint         n)
{
  guint n_rows = kobra_rows_get_n_rows (rows);

  if (position > n_rows || n > n_rows - position)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (kobra_rows_peek (rows, position + i)->id != get_id (ids, i))
      return FALSE;
  return TRUE;
}

/* Where rows are missing the others stand elsewhere than when the edit was made. */
static gboolean
find_place (KobraRows    *rows,
            guint        *position,
            const guint8 *ids,
            guint         n)
{
  guint n_rows = kobra_rows_get_n_rows (rows);

  if (stand_at (rows, *position, ids, n))
    return TRUE;
  for (guint i = 0; i < n_rows && n > 0; i++)
    if (kobra_rows_peek (rows, i)->id == get_id (ids, 0) && stand_at (rows, i, ids, n))
      {
        *position = i;
        return TRUE;
      }
  *position = MIN (*position, n_rows);
  return n == 0;
}

static gboolean
splice_cb (guint         position,
           const guint8 *removed,
           guint         n_removed,
           const guint8 *bytes,
           gsize         size,
           gpointer      data,
           GError      **error)
{
  Restoring *self = data;
  guint      n = 0;
  gboolean   is_found = find_place (self->opened->rows, &position, removed, n_removed);

  self->n_edits++;
  if (!kobra_unpack_rows (bytes, size, self->opened->rows, &n))
    return fail (error);
  if (!is_found)
    self->n_missing_edits++;
  /* The person's last word on a row is worth keeping though the row was lost. */
  kobra_rows_move_last (self->opened->rows, position, is_found ? n_removed : 0, n);
  return TRUE;
}

static void
result_cb (guint32     record,
           int         result,
           const char *type,
           const char *message,
           gint64      at,
           gpointer    data)
{
  Restoring     *self = data;
  const char    *words = message != NULL && *message != '\0' ? message : type;
  RestoredResult restored = { .record = record };

  if (record >= KOBRA_MAX_IDS)
    return;
  /* What was in flight may have arrived: sending it again is safe. */
  restored.result = result > KOBRA_RESULT_SENDING && result < KOBRA_N_RESULTS ? (KobraResult) result : KOBRA_RESULT_UNKNOWN;
  restored.words = words != NULL ? g_string_chunk_insert_const (self->words, words) : NULL;
  g_array_append_val (self->results, restored);
}

static void
runs_cb (guint    n_ended,
         gpointer data)
{
  ((Restoring *) data)->was_sent = n_ended > 0;
}

static gboolean
check (Restoring    *self,
       GCancellable *cancellable,
       GError      **error)
{
  KobraOpened            *opened = self->opened;
  g_autoptr (KobraFrozen) frozen = kobra_rows_freeze (opened->rows);

  opened->problems = kobra_check_table (frozen, opened->layout->fields, opened->layout->n_columns, &opened->rules, 0, NULL, NULL, cancellable, error);
  return opened->problems != NULL;
}

static void
restore_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  static const KobraJournalSink sink = { info_cb, rows_cb, all_rows_cb, splice_cb, result_cb, runs_cb };
  Restoring                    *self = data;
  g_autoptr (GError)            error = NULL;

  if (kobra_journal_read_import (self->reader, self->id, &sink, self, cancellable, &error) && check (self, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
apply_results (Restoring *self)
{
  KobraImport *import = self->import;

  for (guint i = 0; i < self->results->len; i++)
    {
      const RestoredResult *restored = &g_array_index (self->results, RestoredResult, i);

      kobra_marks_set (import->results, restored->record, restored->result, restored->words);
    }
  import->was_sent = self->was_sent;
}

/* Marks of records that are gone would be counted. */
static void
forget_gone (Restoring *self)
{
  KobraImport *import = self->import;

  for (guint i = 0; i < self->results->len; i++)
    {
      guint32 record = g_array_index (self->results, RestoredResult, i).record;
      guint   row;

      if (!kobra_table_find_id (import->table, record, &row))
        kobra_marks_set (import->results, record, KOBRA_RESULT_NONE, NULL);
    }
}

static char *
make_notice (Restoring *self)
{
  if (self->n_missing_rows > 0)
    return g_strdup_printf (ngettext ("%'u record of this import could not be recovered. It is in the file that was opened, if that is still there.",
                                      "%'u records of this import could not be recovered. They are in the file that was opened, if that is still there.",
                                      self->n_missing_rows),
                            self->n_missing_rows);
  if (self->n_missing_edits > 0)
    return g_strdup_printf (ngettext ("%'u change of this import could not be put back in its place. Look at the records before you send them.",
                                      "%'u changes of this import could not be put back in their places. Look at the records before you send them.",
                                      self->n_missing_edits),
                            self->n_missing_edits);
  return NULL;
}

static void
take (Restoring *self)
{
  KobraImport *import = self->import;

  g_free (import->next_uri);
  import->next_uri = g_strdup (self->info->source_uri);
  kobra_import_take_entry (import, g_steal_pointer (&self->opened), self->info->source_name, g_steal_pointer (&self->entry), self->info->source_digest,
                           self->info->is_edited);
  apply_results (self);
  forget_gone (self);
  g_set_str (&import->saver.connection, *self->info->connection != '\0' ? self->info->connection : NULL);
  import->saver.restore_notice = make_notice (self);
  if (!self->is_whole || self->n_edits > MAX_EDITS)
    kobra_import_save_all (import);
  kobra_import_marks_changed (import, 0, kobra_table_get_n_rows (import->table));
  kobra_import_counts_changed (import);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask)  task = data;
  Restoring         *self = g_task_get_task_data (task);
  KobraImport       *import = self->import;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      take (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  kobra_import_set_state (import, import->table != NULL ? KOBRA_IMPORT_READY : KOBRA_IMPORT_EMPTY);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
entered_cb (const GError *error,
            gpointer      data)
{
  GTask            *task = data;
  Restoring        *self = g_task_get_task_data (task);
  g_autoptr (GTask) reading = NULL;

  if (error != NULL)
    {
      g_clear_pointer (&self->entry, kobra_journal_import_drop);
      kobra_import_set_state (self->import, self->import->table != NULL ? KOBRA_IMPORT_READY : KOBRA_IMPORT_EMPTY);
      g_task_return_error (task, g_error_copy (error));
      g_object_unref (task);
      return;
    }
  reading = g_task_new (NULL, g_task_get_cancellable (task), restored_cb, task);
  g_task_set_source_tag (reading, kobra_import_restore_async);
  g_task_set_task_data (reading, self, NULL);
  g_task_run_in_thread (reading, restore_in_thread);
}

void
kobra_import_restore_async (KobraImport        *self,
                            KobraJournal       *journal,
                            gint64              id,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask     *task = g_task_new (self, cancellable, callback, user_data);
  Restoring *restoring = g_new0 (Restoring, 1);

  g_return_if_fail (KOBRA_IS_IMPORT (self) && journal != NULL);
  g_return_if_fail (self->state == KOBRA_IMPORT_EMPTY || self->state == KOBRA_IMPORT_READY);

  restoring->import = g_object_ref (self);
  restoring->reader = kobra_journal_reader_new (journal);
  restoring->id = id;
  restoring->results = g_array_new (FALSE, FALSE, sizeof (RestoredResult));
  restoring->words = g_string_chunk_new (4096);
  restoring->opened = g_new0 (KobraOpened, 1);
  restoring->opened->rows = kobra_rows_new ();
  restoring->opened->left_out = g_array_new (FALSE, FALSE, sizeof (KobraLeftOut));
  g_task_set_source_tag (task, kobra_import_restore_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, restoring, restoring_free);
  kobra_import_set_journal (self, journal);
  kobra_import_set_fraction (self, 0);
  kobra_import_set_state (self, KOBRA_IMPORT_OPENING);
  restoring->entry = kobra_journal_open_import (journal, id, entered_cb, task);
}

gboolean
kobra_import_restore_finish (KobraImport  *self,
                             GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_import_restore_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
