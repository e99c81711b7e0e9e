/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run: from the records that are to go to a result for each. The driver sends; here the two orders of the design are kept, the journal
 * before the bytes and the journal before the screen.
 *
 * The driver and the journal know a record by its place in the table as it was when the run began, which never changes under them.
 */

#include "kobra-import-send.h"

#include <glib/gi18n.h>

#include "kobra-import-private.h"
#include "kobra-text.h"

#include "kobra-banned.h"

struct _KobraRun
{
  gatomicrefcount     ref_count;

  KobraImport        *import;  /* NULL once the run is abandoned */
  GTask              *task;    /* NULL once it was answered */
  KobraClient        *client;
  KobraJournal       *journal; /* or NULL */
  KobraSendScope      scope;
  char               *source_name;
  char               *base_url;
  KobraImportType     import_type;

  KobraFrozen        *table;
  KobraLayout        *layout;
  GArray             *records; /* KobraJournalRecord, by rising ID: their place in @table */
  char               *digest;  /* of all records */
  KobraJournalResume *resume;  /* the same run that was cut off, or NULL */

  KobraDriver        *driver;
  KobraProgress       progress;
  guint               n_resumed;
  gboolean            begun;     /* in the journal */
  gboolean            cancelled; /* before there was a driver to tell */
  gulong              cancelled_id;
};

static KobraRun *
run_ref (KobraRun *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
run_unref (KobraRun *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->driver, kobra_driver_free);
  g_clear_object (&self->task);
  g_clear_object (&self->client);
  g_clear_pointer (&self->source_name, g_free);
  g_clear_pointer (&self->base_url, g_free);
  g_clear_pointer (&self->table, kobra_frozen_unref);
  g_clear_pointer (&self->layout, kobra_layout_unref);
  g_clear_pointer (&self->records, g_array_unref);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->resume, kobra_journal_resume_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraRun, run_unref)

/* The import is as it was before a run; what was found out stays. */
static void
leave_run (KobraRun *self)
{
  KobraImport *import = self->import;

  if (import == NULL)
    return;
  self->import = NULL;
  import->run = NULL;
  kobra_import_set_pause_message (import, NULL);
  kobra_import_set_state (import, KOBRA_IMPORT_READY);
  kobra_import_counts_changed (import);
  run_unref (self);
}

static void
answer (KobraRun *self,
        GError   *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task == NULL)
    {
      g_clear_error (&error);
      return;
    }
  g_clear_signal_handler (&self->cancelled_id, g_task_get_cancellable (task));
  leave_run (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static const KobraRow *
peek_row (KobraRun *self,
          guint32   place)
{
  return &self->table->rows[place];
}

/* Marks the records at @places, unless they say something else by now than what was sent. */
static void
mark (KobraRun      *self,
      const guint32 *places,
      guint          n,
      KobraResult    result,
      const char    *words)
{
  guint position = 0, n_rows = 0;

  for (guint i = 0; i < n; i++)
    {
      const KobraRow *sent = peek_row (self, places[i]);
      guint           row;

      if (!kobra_table_find_id (self->import->table, sent->id, &row) || kobra_table_peek_row (self->import->table, row)->cells != sent->cells)
        continue;
      kobra_marks_set (self->import->results, sent->id, result, words);
      if (n_rows > 0 && row == position + n_rows)
        {
          n_rows++;
          continue;
        }
      if (n_rows > 0)
        kobra_import_marks_changed (self->import, position, n_rows);
      position = row;
      n_rows = 1;
    }
  if (n_rows > 0)
    kobra_import_marks_changed (self->import, position, n_rows);
  kobra_import_counts_changed (self->import);
}

/* Results on their way through the journal to the screen. */
typedef struct
{
  KobraRun   *run;
  KobraResult result;
  char       *words;
  guint       n;
  guint32     places[];
} Settled;

static void
settled_free (Settled *settled)
{
  run_unref (settled->run);
  g_free (settled->words);
  g_free (settled);
}

static void
settled_written_cb (const GError *error,
                    gpointer      data)
{
  Settled  *settled = data;
  KobraRun *self = settled->run;

  if (self->import != NULL)
    {
      /* The result is true though it could not be written down: show it, and send no more until the journal works. */
      if (error != NULL)
        {
          kobra_import_set_pause_message (self->import, error->message);
          kobra_driver_pause (self->driver);
        }
      mark (self, settled->places, settled->n, settled->result, settled->words);
    }
  settled_free (settled);
}

static gboolean
get_record (guint32      place,
            KobraRecord *record,
            gpointer     data)
{
  KobraRun *self = data;

  kobra_row_get_record (peek_row (self, place), self->layout->schema, self->layout->fields, self->layout->n_columns, record);
  return TRUE;
}

/* A request that waits for the journal. */
typedef struct
{
  KobraDriverGo go;
  gpointer      token;
} Going;

static void
request_written_cb (const GError *error,
                    gpointer      data)
{
  Going *going = data;

  going->go (going->token, error);
  g_free (going);
}

static void
write_request (guint          request,
               const guint32 *places,
               guint          n,
               KobraDriverGo  go,
               gpointer       token,
               gpointer       data)
{
  KobraRun *self = data;
  Going    *going;

  if (self->journal == NULL)
    {
      go (token, NULL);
      return;
    }
  going = g_new0 (Going, 1);
  *going = (Going) { go, token };
  kobra_journal_begin_request (self->journal, request, places, n, request_written_cb, going);
}

static void
sending_cb (const guint32 *places,
            guint          n,
            gpointer       data)
{
  mark (data, places, n, KOBRA_RESULT_SENDING, NULL);
}

static void
settled_cb (const guint32 *places,
            guint          n,
            KobraResult    result,
            const char    *type,
            const char    *message,
            gpointer       data)
{
  KobraRun *self = data;
  Settled  *settled = g_malloc (sizeof (Settled) + n * sizeof (guint32));

  settled->run = run_ref (self);
  settled->result = result;
  settled->words = g_strdup (message != NULL && *message != '\0' ? message : type);
  settled->n = n;
  for (guint i = 0; i < n; i++)
    settled->places[i] = places[i];
  if (self->journal != NULL)
    kobra_journal_results (self->journal, places, n, (int) result, type, message, settled_written_cb, settled);
  else
    settled_written_cb (NULL, settled);
}

static void
progress_cb (const KobraProgress *progress,
             gpointer             data)
{
  KobraRun *self = data;

  self->progress = *progress;
  if (self->import == NULL || progress->total == 0)
    return;
  self->import->progress = *progress;
  kobra_import_set_fraction (self->import, (double) (progress->accepted + progress->rejected + progress->unknown + progress->not_sent) / progress->total);
}

static void
paused_cb (KobraPause  reason,
           const char *message,
           gpointer    data)
{
  KobraRun *self = data;

  if (self->import == NULL)
    return;
  /* Who asked for the pause may have said why. */
  if (reason != KOBRA_PAUSE_ASKED)
    kobra_import_set_pause_message (self->import, message);
  else if (kobra_import_get_pause_message (self->import) == NULL)
    kobra_import_set_pause_message (self->import, _ ("Sending is paused."));
  kobra_import_set_state (self->import, KOBRA_IMPORT_PAUSED);
}

static void
run_written_cb (const GError *error,
                gpointer      data)
{
  g_autoptr (KobraRun) self = data;

  if (self->import != NULL)
    {
      self->import->was_sent = TRUE;
      kobra_import_marks_changed (self->import, 0, kobra_table_get_n_rows (self->import->table));
    }
  answer (self, error != NULL ? g_error_copy (error) : NULL);
}

static void
finished_cb (gpointer data)
{
  KobraRun *self = data;

  kobra_driver_get_progress (self->driver, &self->progress);
  progress_cb (&self->progress, self);
  /* The journal answers in order: when this is written, so is every result before it. */
  if (self->journal != NULL)
    kobra_journal_end_run (self->journal, run_written_cb, run_ref (self));
  else
    run_written_cb (NULL, run_ref (self));
}

static const KobraDriverSink sink = {
  .get_record = get_record,
  .journal = write_request,
  .sending = sending_cb,
  .settled = settled_cb,
  .progress = progress_cb,
  .paused = paused_cb,
  .finished = finished_cb,
};

/* What an interrupted run already knows of a record, or NULL if it must be sent (again). */
static const KobraJournalEntry *
find_known (KobraRun                 *self,
            const KobraJournalRecord *record)
{
  const KobraJournalEntry *entry = self->resume != NULL ? kobra_journal_resume_find (self->resume, record->id) : NULL;
  gboolean                 is_known = entry != NULL && entry->digest == record->digest && (entry->result == KOBRA_RESULT_ACCEPTED || entry->result == KOBRA_RESULT_REJECTED);

  return is_known ? entry : NULL;
}

static void
start (KobraRun *self)
{
  self->driver = kobra_driver_new (self->client, self->layout->schema->kind, self->import_type, &sink, self);
  for (guint i = 0; i < self->records->len; i++)
    {
      const KobraJournalRecord *record = &g_array_index (self->records, KobraJournalRecord, i);
      const KobraJournalEntry  *known = find_known (self, record);

      if (known != NULL)
        {
          mark (self, &record->id, 1, (KobraResult) known->result, known->message != NULL ? known->message : known->type);
          self->n_resumed++;
        }
      else
        {
          kobra_driver_add (self->driver, record->id, record->key_hash);
        }
    }
  self->import->n_resumed = self->n_resumed;
  kobra_driver_start (self->driver);
  if (self->cancelled)
    kobra_driver_cancel (self->driver);
}

static void
begun_cb (const GError *error,
          gpointer      data)
{
  g_autoptr (KobraRun) self = data;

  self->begun = error == NULL;
  if (error != NULL)
    answer (self, g_error_copy (error));
  else if (self->import != NULL)
    start (self);
  else if (self->journal != NULL)
    kobra_journal_leave_run (self->journal, NULL, NULL);
}

static void
fill_journal_run (KobraRun        *self,
                  KobraJournalRun *about)
{
  *about = (KobraJournalRun) {
    .source_name = self->source_name,
    .source_digest = self->digest,
    .base_url = self->base_url,
    .kind = self->layout->schema->name,
    .import_type = (int) self->import_type,
    .n_records = self->table->n_rows,
  };
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KobraRun) self = data;
  g_autoptr (GError)   error = NULL;
  KobraJournalRun      about;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      answer (self, g_steal_pointer (&error));
      return;
    }
  if (self->import == NULL)
    return;
  fill_journal_run (self, &about);
  if (self->journal == NULL)
    begun_cb (NULL, run_ref (self));
  else if (self->resume != NULL)
    kobra_journal_resume_run (self->journal, self->resume->run, begun_cb, run_ref (self));
  else
    kobra_journal_begin_run (self->journal, &about, (const KobraJournalRecord *) self->records->data, self->records->len, begun_cb, run_ref (self));
}

/* Digests of what goes out, and whether the journal has a run of just that which was cut off. */
static void
prepare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  KobraRun            *self = data;
  const KobraSchema   *schema = self->layout->schema;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError)   error = NULL;
  KobraJournalRun      about;

  for (guint i = 0; i < self->records->len; i++)
    {
      KobraJournalRecord *entry = &g_array_index (self->records, KobraJournalRecord, i);
      KobraRecord         record;

      if (i % 1024 == 0 && g_task_return_error_if_cancelled (task))
        return;
      get_record (entry->id, &record, self);
      entry->key_hash = kobra_plan_hash_key (record.texts[schema->key_field]);
      for (guint field = 0; field < schema->n_fields; field++)
        entry->digest = kobra_text_hash (entry->digest, record.texts[field]);
      g_checksum_update (checksum, (const guchar *) &entry->id, sizeof entry->id);
      g_checksum_update (checksum, (const guchar *) &entry->digest, sizeof entry->digest);
    }
  self->digest = g_strdup (g_checksum_get_string (checksum));
  fill_journal_run (self, &about);
  if (self->journal != NULL && !kobra_journal_find_unfinished (self->journal, &about, &self->resume, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* The records to send, by their place. */
static GArray *
choose_records (KobraImport   *import,
                KobraFrozen   *table,
                KobraSendScope scope)
{
  GArray *records = g_array_new (FALSE, FALSE, sizeof (KobraJournalRecord));

  for (guint i = 0; i < table->n_rows; i++)
    {
      guint32            id = table->rows[i].id;
      KobraResult        result = (KobraResult) kobra_marks_get (import->results, id);
      gboolean           is_wanted = scope == KOBRA_SEND_REJECTED ? result == KOBRA_RESULT_REJECTED : result != KOBRA_RESULT_ACCEPTED && result != KOBRA_RESULT_REJECTED;
      KobraJournalRecord record = { .id = i };

      if (is_wanted && !kobra_problems_has_error (import->problems, id))
        g_array_append_val (records, record);
    }
  return records;
}

static void
cancel (KobraRun *self)
{
  self->cancelled = TRUE;
  if (self->driver != NULL)
    kobra_driver_cancel (self->driver);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  cancel (data);
}

static KobraRun *
run_new (KobraImport    *import,
         KobraClient    *client,
         KobraJournal   *journal,
         KobraSendScope  scope,
         GTask          *task)
{
  KobraRun *self = g_new0 (KobraRun, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->import = import;
  self->task = g_object_ref (task);
  self->client = g_object_ref (client);
  self->journal = journal;
  self->scope = scope;
  self->source_name = g_strdup (import->title);
  self->base_url = g_strdup (kobra_connection_get_base_url (kobra_client_get_connection (client)));
  self->import_type = import->rules.import_type;
  self->table = kobra_table_freeze (import->table);
  /* A layout may be changed when nothing is sent; the run keeps it as it is. */
  self->layout = kobra_layout_ref (import->layout);
  self->records = choose_records (import, self->table, scope);
  return self;
}

void
kobra_import_send_async (KobraImport        *self,
                         KobraClient        *client,
                         KobraJournal       *journal,
                         KobraSendScope      scope,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask)  task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask)  preparing = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOBRA_IS_IMPORT (self) && KOBRA_IS_CLIENT (client) && self->state == KOBRA_IMPORT_READY);

  g_task_set_source_tag (task, kobra_import_send_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!kobra_connection_check (kobra_client_get_connection (client), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->run = run_new (self, client, journal, scope, task);
  self->n_resumed = 0;
  self->progress = (KobraProgress) { .total = self->run->records->len };
  if (self->run->records->len == 0)
    {
      answer (self->run, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is nothing to send: every record has errors or an answer already.")));
      return;
    }
  kobra_import_set_pause_message (self, NULL);
  kobra_import_set_fraction (self, 0);
  kobra_import_set_state (self, KOBRA_IMPORT_SENDING);
  if (cancellable != NULL)
    self->run->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self->run);

  preparing = g_task_new (NULL, NULL, prepared_cb, run_ref (self->run));
  g_task_set_task_data (preparing, run_ref (self->run), (GDestroyNotify) run_unref);
  g_task_run_in_thread (preparing, prepare_in_thread);
}

gboolean
kobra_import_send_finish (KobraImport  *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_import_send_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
kobra_import_abandon_run (KobraImport *self)
{
  KobraRun *run = self->run;

  if (run == NULL)
    return;
  run_ref (run);
  g_clear_pointer (&run->driver, kobra_driver_free);
  /* The journal keeps it as unfinished: the same records sent to the same server go on from here. */
  if (run->begun && run->journal != NULL)
    kobra_journal_leave_run (run->journal, NULL, NULL);
  answer (run, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The run was left.")));
  run_unref (run);
}

void
kobra_import_pause_run (KobraImport *self)
{
  g_return_if_fail (KOBRA_IS_IMPORT (self));

  if (self->run != NULL && self->run->driver != NULL)
    kobra_driver_pause (self->run->driver);
}

void
kobra_import_resume_run (KobraImport *self)
{
  g_return_if_fail (KOBRA_IS_IMPORT (self));

  if (self->run == NULL || self->run->driver == NULL)
    return;
  kobra_import_set_pause_message (self, NULL);
  kobra_import_set_state (self, KOBRA_IMPORT_SENDING);
  kobra_driver_resume (self->run->driver);
}

void
kobra_import_cancel_run (KobraImport *self)
{
  g_return_if_fail (KOBRA_IS_IMPORT (self));

  if (self->run != NULL)
    cancel (self->run);
}

KobraPause
kobra_import_get_pause (KobraImport *self)
{
  const char *message;

  g_return_val_if_fail (KOBRA_IS_IMPORT (self), KOBRA_PAUSE_NONE);

  return self->run != NULL && self->run->driver != NULL ? kobra_driver_get_pause (self->run->driver, &message) : KOBRA_PAUSE_NONE;
}

void
kobra_import_get_progress (KobraImport   *self,
                           KobraProgress *progress)
{
  g_return_if_fail (KOBRA_IS_IMPORT (self));

  /* What the driver told last may be a moment old. */
  if (self->run != NULL && self->run->driver != NULL)
    kobra_driver_get_progress (self->run->driver, &self->progress);
  *progress = self->progress;
}

guint
kobra_import_get_n_resumed (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), 0);

  return self->n_resumed;
}
