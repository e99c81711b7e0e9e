/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run: records on their way to a result. The driver sends; here the two orders of the design are kept, the journal before the bytes and
 * the journal before the screen.
 */

#include "kobra-run.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

KobraRun *
kobra_run_ref (KobraRun *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kobra_run_unref (KobraRun *self)
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
  g_clear_pointer (&self->chosen, g_array_unref);
  g_clear_pointer (&self->records, g_array_unref);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->resume, kobra_journal_resume_free);
  g_free (self);
}

static void
clear_slices (KobraRun *self)
{
  if (self->slices != NULL)
    g_source_destroy (self->slices);
  g_clear_pointer (&self->slices, g_source_unref);
}

/* The import is as it was before a run; what was found out stays. */
static void
leave_run (KobraRun *self)
{
  KobraImport *import = self->import;

  clear_slices (self);
  if (import == NULL)
    return;
  self->import = NULL;
  import->run = NULL;
  kobra_import_set_pause_message (import, NULL);
  kobra_import_set_state (import, KOBRA_IMPORT_READY);
  kobra_import_counts_changed (import);
  kobra_run_unref (self);
}

void
kobra_run_answer (KobraRun *self,
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
  return kobra_frozen_peek (self->table, place);
}

void
kobra_run_get_record (KobraRun    *self,
                      guint32      place,
                      KobraRecord *record)
{
  kobra_row_get_record (peek_row (self, place), self->layout->schema, self->layout->fields, self->layout->n_columns, record);
}

/* The result is that of what was sent: a record that says something else by now has yet to go, and is told what became of the other. */
static void
mark_one (KobraRun        *self,
          guint32          place,
          KobraResult      result,
          const char      *words,
          KobraMarkedRows *rows)
{
  const KobraRow *sent = peek_row (self, place);
  guint           row;

  if (!kobra_table_find_id (self->import->table, sent->id, &row))
    return;
  if (kobra_table_peek_row (self->import->table, row)->cells == sent->cells)
    {
      kobra_marks_set (self->import->results, sent->id, result, words);
      kobra_import_note_time (self->import, sent->id);
    }
  else
    kobra_import_mark_changed (self->import, sent->id, result);
  kobra_import_add_row (self->import, rows, row);
}

static void
mark (KobraRun      *self,
      const guint32 *places,
      guint          n,
      KobraResult    result,
      const char    *words)
{
  KobraMarkedRows rows = { 0 };

  for (guint i = 0; i < n; i++)
    mark_one (self, places[i], result, words, &rows);
  kobra_import_tell_rows (self->import, &rows);
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
  kobra_run_unref (settled->run);
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
  kobra_run_get_record (data, place, record);
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

  settled->run = kobra_run_ref (self);
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

  if (self->import == NULL || progress->total == 0)
    return;
  self->import->progress = *progress;
  kobra_import_set_fraction (self->import, (double) kobra_progress_get_n_settled (progress) / progress->total);
}

static void
paused_cb (KobraPause  reason,
           const char *message,
           gpointer    data)
{
  KobraRun        *self = data;
  g_autofree char *sentence = NULL;

  if (self->import == NULL)
    return;
  /* A server that asks for patience often says no more than a status. */
  if (reason == KOBRA_PAUSE_SLOW_DOWN)
    sentence = g_strdup_printf (_ ("The server asks again and again to come back later (%s). Wait a while, then go on."), message);
  /* Who asked for the pause may have said why. */
  if (reason != KOBRA_PAUSE_ASKED)
    kobra_import_set_pause_message (self->import, sentence != NULL ? sentence : message);
  else if (kobra_import_get_pause_message (self->import) == NULL)
    kobra_import_set_pause_message (self->import, _ ("Sending is paused."));
  kobra_import_set_state (self->import, KOBRA_IMPORT_PAUSED);
}

static void
resumed_cb (gpointer data)
{
  KobraRun *self = data;

  if (self->import == NULL)
    return;
  kobra_import_set_pause_message (self->import, NULL);
  kobra_import_set_state (self->import, KOBRA_IMPORT_SENDING);
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
  kobra_run_answer (self, error != NULL ? g_error_copy (error) : NULL);
}

static void
finished_cb (gpointer data)
{
  KobraRun     *self = data;
  KobraProgress progress;

  kobra_driver_get_progress (self->driver, &progress);
  progress_cb (&progress, self);
  /* The journal answers in order: when this is written, so is every result before it. */
  if (self->journal != NULL)
    kobra_journal_end_run (self->journal, run_written_cb, kobra_run_ref (self));
  else
    run_written_cb (NULL, kobra_run_ref (self));
}

static const KobraDriverSink sink = {
  .get_record = get_record,
  .journal = write_request,
  .sending = sending_cb,
  .settled = settled_cb,
  .progress = progress_cb,
  .paused = paused_cb,
  .resumed = resumed_cb,
  .finished = finished_cb,
};

/* What the journal has of a record of a run that was cut off, or NULL. */
static const KobraJournalEntry *
find_entry (KobraRun                 *self,
            const KobraJournalRecord *record)
{
  const KobraJournalEntry *entry = self->resume != NULL ? kobra_journal_resume_find (self->resume, record->id) : NULL;

  return entry != NULL && entry->digest == record->digest ? entry : NULL;
}

/* Such an answer stands: the record is not sent again. */
static gboolean
is_answer (const KobraJournalEntry *entry)
{
  return entry != NULL && (entry->result == KOBRA_RESULT_ACCEPTED || entry->result == KOBRA_RESULT_REJECTED);
}

static gboolean
has_travelled (const KobraJournalEntry *entry)
{
  return entry != NULL && (entry->result == KOBRA_JOURNAL_IN_FLIGHT || entry->result == KOBRA_RESULT_UNKNOWN);
}

static gboolean
add_slice (KobraRun *self)
{
  KobraMarkedRows rows = { 0 };
  guint           end = MIN (self->cursor + KOBRA_RUN_SLICE, self->records->len);

  for (; self->cursor < end; self->cursor++)
    {
      const KobraJournalRecord *record = &g_array_index (self->records, KobraJournalRecord, self->cursor);
      const KobraJournalEntry  *entry = find_entry (self, record);

      if (!is_answer (entry))
        {
          kobra_driver_add (self->driver, record->id, record->key_hash, has_travelled (entry));
          continue;
        }
      mark_one (self, record->id, (KobraResult) entry->result, entry->message != NULL ? entry->message : entry->type, &rows);
      self->import->n_resumed++;
    }
  kobra_import_tell_rows (self->import, &rows);
  if (self->cursor < self->records->len)
    return TRUE;
  kobra_driver_start (self->driver);
  if (self->cancelled)
    kobra_driver_cancel (self->driver);
  return FALSE;
}

void
kobra_run_start (KobraRun *self)
{
  self->driver = kobra_driver_new (self->client, self->layout->schema->kind, self->import_type, &sink, self);
  kobra_run_slice (self, add_slice);
}

/* What goes on a slice at a time, and the function that does it. */
typedef struct
{
  KobraRun *run;
  gboolean (*slice) (KobraRun *self);
} Slices;

static void
slices_free (gpointer data)
{
  Slices *slices = data;

  kobra_run_unref (slices->run);
  g_free (slices);
}

static gboolean
slice_cb (gpointer data)
{
  Slices  *slices = data;
  GSource *source = slices->run->slices;

  if (slices->slice (slices->run))
    return G_SOURCE_CONTINUE;
  /* It may have begun the next thing that goes in slices. */
  if (slices->run->slices == source)
    g_clear_pointer (&slices->run->slices, g_source_unref);
  return G_SOURCE_REMOVE;
}

void
kobra_run_slice (KobraRun *self,
                 gboolean (*slice) (KobraRun *self))
{
  Slices *slices = g_new (Slices, 1);

  *slices = (Slices) { kobra_run_ref (self), slice };
  clear_slices (self);
  self->cursor = 0;
  self->slices = g_idle_source_new ();
  g_source_set_callback (self->slices, slice_cb, slices, slices_free);
  g_source_attach (self->slices, g_main_context_get_thread_default ());
}
