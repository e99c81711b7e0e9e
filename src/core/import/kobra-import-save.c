/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An import on its way to the journal. The main thread only notes which rows: packed rows never move and never change, so the journal's thread
 * can turn them into bytes when it gets to it.
 */

#include "kobra-import-save.h"

#include "kobra-import-pack.h"
#include "kobra-import-save-private.h"
#include "kobra-journal-read.h"
#include "kobra-run.h"
#include "kobra-settings.h"

#include "kobra-banned.h"

/* Counts and settings may be so old in the journal; edits and results never wait. */
#define DESCRIBE_MILLISECONDS 500

/* How soon it is tried again after something could not be written. */
#define RETRY_SECONDS 2

/* Rows on their way: those of a table, or those that an edit put in. The journal's thread has it, but for @digest once it is done. */
typedef struct
{
  gatomicrefcount  ref_count;
  KobraFrozen     *table;
  KobraRowList    *removed;  /* those in whose place they come, or NULL */
  KobraPackColumns columns;
  GArray          *starts;   /* guint: where each piece begins */
  GChecksum       *checksum; /* of all rows, or NULL */
  guint            n_summed; /* pieces that are in it */
} Rows;

/* What a call back needs to know. */
typedef struct
{
  KobraImport *import;
  guint        serial;
  Rows        *rows; /* or NULL */
} Written;

static Rows *
rows_new (KobraFrozen       *table,
          KobraRowList      *removed,
          const KobraLayout *layout,
          gboolean           is_summed)
{
  Rows       *self = g_new0 (Rows, 1);
  const guint start = 0;

  g_atomic_ref_count_init (&self->ref_count);
  self->table = table;
  self->removed = removed;
  kobra_pack_columns_init (&self->columns, layout);
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->starts, start);
  self->checksum = is_summed ? g_checksum_new (G_CHECKSUM_SHA256) : NULL;
  return self;
}

static Rows *
rows_ref (Rows *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
rows_unref (gpointer data)
{
  Rows *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  kobra_frozen_unref (self->table);
  g_clear_pointer (&self->removed, kobra_row_list_free);
  kobra_pack_columns_clear (&self->columns);
  g_array_unref (self->starts);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_free (self);
}

static void
add_to_sum (Rows  *self,
            guint  from,
            guint  n)
{
  for (guint i = from; i < from + n; i++)
    {
      const KobraRow *row = kobra_frozen_peek (self->table, i);

      g_checksum_update (self->checksum, (const guchar *) row->cells, (gssize) kobra_row_get_size (row));
    }
}

/* A KobraJournalPack. */
static gboolean
pack_rows (guint        piece,
           KobraBuffer *rows,
           KobraBuffer *words,
           gpointer     data)
{
  Rows *self = data;
  guint from = g_array_index (self->starts, guint, piece), next;

  if (from >= self->table->n_rows)
    return FALSE;
  next = from + kobra_pack_rows (self->table, from, &self->columns, rows, words);
  if (piece + 1 == self->starts->len)
    g_array_append_val (self->starts, next);
  if (self->checksum != NULL && piece == self->n_summed)
    {
      add_to_sum (self, from, next - from);
      self->n_summed++;
    }
  return TRUE;
}

/* A KobraJournalRemoved. */
static void
get_removed (guint32 *ids,
             guint    n,
             gpointer data)
{
  Rows          *self = data;
  KobraRowCursor cursor = { .list = self->removed };

  for (guint i = 0; i < n; i++)
    ids[i] = kobra_row_cursor_peek (&cursor, i)->id;
}

static Written *
written_new (KobraImport *self,
             Rows        *rows)
{
  Written *written = g_new (Written, 1);

  *written = (Written) { g_object_ref (self), self->saver.serial, rows != NULL ? rows_ref (rows) : NULL };
  return written;
}

static void
written_free (Written *written)
{
  g_object_unref (written->import);
  g_clear_pointer (&written->rows, rows_unref);
  g_free (written);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Written, written_free)

static void
set_error (KobraImport  *self,
           const GError *error)
{
  if (g_set_str (&self->saver.error, error != NULL ? error->message : NULL))
    g_object_notify (G_OBJECT (self), "save-error");
}

static gboolean
retry_cb (gpointer data)
{
  KobraImport *self = data;

  self->saver.retry_source = 0;
  kobra_import_save_all (self);
  return G_SOURCE_REMOVE;
}

/* What was to be written is not there, and what comes after it cannot be either: later all of it is written anew. */
static void
break_off (KobraImport  *self,
           const GError *error)
{
  self->saver.is_broken = TRUE;
  set_error (self, error);
  if (self->saver.retry_source == 0)
    self->saver.retry_source = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, RETRY_SECONDS, retry_cb, self, NULL);
}

static void
edit_written_cb (const GError *error,
                 gpointer      data)
{
  g_autoptr (Written) written = data;

  if (error != NULL && written->serial == written->import->saver.serial && written->import->saver.entry != NULL)
    break_off (written->import, error);
}

/* Frees what fill_info() made; the rest is the import's. */
static void
clear_info (KobraJournalImportInfo *info)
{
  g_clear_pointer (&info->settings, g_free);
  g_clear_pointer (&info->origins, g_free);
  g_clear_pointer (&info->corrects, g_free);
}

static void
fill_info (KobraImport            *self,
           KobraJournalImportInfo *info)
{
  KobraImportCounts counts;

  kobra_import_get_counts (self, &counts);
  *info = (KobraJournalImportInfo) {
    .source_name = self->title,
    .source_uri = self->source_uri,
    .source_digest = self->saver.digest,
    .kind = (char *) self->layout->schema->name,
    .import_type = (int) self->rules.import_type,
    .connection = self->saver.connection,
    .settings = kobra_import_dup_settings (self),
    .tag = (char *) kobra_import_get_tag (self),
    .is_edited = self->saver.is_edited,
    .n_records = counts.records,
    .n_accepted = counts.accepted,
    .n_rejected = counts.rejected,
    .n_not_sent = counts.not_sent,
    .n_unknown = counts.unknown + counts.in_flight,
  };
}

static void
described_cb (const GError *error,
              gpointer      data)
{
  g_autoptr (Written) written = data;

  if (error == NULL)
    kobra_import_saved (written->import);
}

static void
describe (KobraImport *self)
{
  KobraJournalImportInfo info;

  g_clear_handle_id (&self->saver.describe_source, g_source_remove);
  fill_info (self, &info);
  kobra_journal_import_describe (self->saver.entry, &info, described_cb, written_new (self, NULL));
  clear_info (&info);
}

static gboolean
describe_cb (gpointer data)
{
  KobraImport *self = data;

  self->saver.describe_source = 0;
  describe (self);
  return G_SOURCE_REMOVE;
}

void
kobra_import_save_soon (KobraImport *self)
{
  if (self->saver.entry != NULL && self->saver.describe_source == 0)
    self->saver.describe_source = g_timeout_add (DESCRIBE_MILLISECONDS, describe_cb, self);
}

/* Looking for work on the same file */

typedef struct
{
  KobraJournalReader *reader;
  char               *digest;
  gint64              id;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->reader, kobra_journal_reader_free);
  g_free (look->digest);
  g_free (look);
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Look  *look = data;
  gint64 found = 0;

  /* If the journal cannot be read, nothing is offered; whoever needs it is told. */
  kobra_journal_find_like (look->reader, look->digest, look->id, &found, NULL);
  g_task_return_int (task, (gssize) found);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Written) written = data;
  KobraImport        *self = written->import;
  gint64              found = g_task_propagate_int (G_TASK (result), NULL);

  if (found <= 0 || written->serial != self->saver.serial || self->saver.entry == NULL)
    return;
  self->saver.earlier = found;
  g_object_notify (G_OBJECT (self), "earlier");
}

static void
look_for_earlier (KobraImport *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, looked_cb, written_new (self, NULL));
  Look             *look = g_new0 (Look, 1);

  look->reader = kobra_journal_reader_new (self->saver.journal);
  look->digest = g_strdup (self->saver.digest);
  look->id = self->saver.id;
  g_task_set_source_tag (task, look_for_earlier);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_in_thread);
}

static void
all_written_cb (const GError *error,
                gpointer      data)
{
  g_autoptr (Written) written = data;
  KobraImport        *self = written->import;

  if (written->serial != self->saver.serial || self->saver.entry == NULL)
    return;
  self->saver.id = kobra_journal_import_get_id (self->saver.entry);
  if (error != NULL)
    {
      break_off (self, error);
      return;
    }
  if (!self->saver.is_broken)
    set_error (self, NULL);
  if (self->saver.digest == NULL && written->rows->checksum != NULL)
    {
      self->saver.digest = g_strdup (g_checksum_get_string (written->rows->checksum));
      describe (self);
      look_for_earlier (self);
    }
}

static void
added_cb (const GError *error,
          gpointer      data)
{
  g_autoptr (Written) written = data;
  KobraImport        *self = written->import;

  if (written->serial == self->saver.serial && self->saver.entry != NULL && error == NULL)
    self->saver.id = kobra_journal_import_get_id (self->saver.entry);
}

static void
add_entry (KobraImport *self)
{
  KobraJournalImportInfo info;

  fill_info (self, &info);
  info.origins = kobra_origins_format (self->references, &info.corrects, &info.n_corrects);
  self->saver.entry = kobra_journal_add_import (self->saver.journal, &info, added_cb, written_new (self, NULL));
  clear_info (&info);
}

void
kobra_import_save_all (KobraImport *self)
{
  Rows *rows;

  /* An entry that could not even be begun has no ID: another one. */
  if (self->saver.is_broken && kobra_journal_import_get_id (self->saver.entry) == 0)
    {
      kobra_journal_import_close (self->saver.entry, KOBRA_JOURNAL_CLOSING_DELETES);
      add_entry (self);
    }
  self->saver.is_broken = FALSE;
  rows = rows_new (kobra_table_freeze (self->table), NULL, self->layout, !self->saver.is_edited);
  kobra_journal_import_write_all (self->saver.entry, pack_rows, rows, rows_unref, all_written_cb, written_new (self, rows));
}

void
kobra_import_save_table (KobraImport        *self,
                         KobraJournalImport *entry,
                         const char         *digest,
                         gboolean            is_edited)
{
  KobraSaver *saver = &self->saver;

  saver->serial++;
  saver->is_edited = is_edited;
  saver->is_worth = entry != NULL || is_edited;
  saver->entry = entry;
  g_set_str (&saver->digest, digest);
  if (entry != NULL)
    {
      saver->id = kobra_journal_import_get_id (entry);
      kobra_import_save_soon (self);
    }
  else if (saver->journal != NULL && self->table != NULL)
    {
      add_entry (self);
      kobra_import_save_all (self);
    }
}

void
kobra_import_save_end (KobraImport *self)
{
  KobraSaver *saver = &self->saver;

  g_clear_handle_id (&saver->retry_source, g_source_remove);
  if (saver->entry != NULL)
    {
      if (saver->is_worth)
        describe (self);
      g_clear_handle_id (&saver->describe_source, g_source_remove);
      kobra_journal_import_close (g_steal_pointer (&saver->entry), !saver->is_worth ? KOBRA_JOURNAL_CLOSING_DELETES
                                                                   : saver->reopens  ? KOBRA_JOURNAL_CLOSING_REOPENS
                                                                                     : KOBRA_JOURNAL_CLOSING_KEEPS);
    }
  saver->serial++;
  saver->id = 0;
  saver->earlier = 0;
  saver->is_worth = saver->is_edited = saver->is_broken = FALSE;
  g_clear_pointer (&saver->digest, g_free);
  g_clear_pointer (&saver->connection, g_free);
  g_clear_pointer (&saver->restore_notice, g_free);
  g_clear_pointer (&saver->pending, g_array_unref);
  set_error (self, NULL);
}

void
kobra_saver_clear (KobraSaver *self)
{
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->connection, g_free);
  g_clear_pointer (&self->restore_notice, g_free);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->pending, g_array_unref);
}

/* Records whose result, or that of a run under way, is about what they were. */
static void
forget_changed (KobraImport        *self,
                const KobraRowList *removed)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  KobraRowCursor     cursor = { .list = removed };
  gboolean           is_any_known = self->run != NULL || kobra_import_has_results (self);

  for (guint i = 0; i < kobra_row_list_get_length (removed) && is_any_known; i++)
    {
      const KobraRow *old = kobra_row_cursor_peek (&cursor, i);
      guint           row;

      if (self->run == NULL && kobra_marks_get (self->results, old->id) == KOBRA_RESULT_NONE)
        continue;
      if (!kobra_table_find_id (self->table, old->id, &row) || kobra_table_peek_row (self->table, row)->cells != old->cells)
        g_array_append_val (ids, old->id);
    }
  if (ids->len > 0 && self->run != NULL && !self->run->begun)
    {
      if (self->saver.pending == NULL)
        self->saver.pending = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_vals (self->saver.pending, ids->data, ids->len);
    }
  if (ids->len > 0)
    kobra_journal_import_forget (self->saver.entry, (const guint32 *) ids->data, ids->len, edit_written_cb, written_new (self, NULL));
}

void
kobra_import_save_begun (KobraImport *self)
{
  g_autoptr (GArray) ids = g_steal_pointer (&self->saver.pending);

  if (ids != NULL && self->saver.entry != NULL)
    kobra_journal_import_forget (self->saver.entry, (const guint32 *) ids->data, ids->len, edit_written_cb, written_new (self, NULL));
}

/* Part of a splice: at most a piece of rows each, so that none makes the others wait. Takes @removed. */
static void
save_part (KobraImport  *self,
           guint         position,
           KobraRowList *removed,
           guint         n_added)
{
  Rows *rows = rows_new (kobra_table_freeze_rows (self->table, position, n_added), removed, self->layout, FALSE);

  kobra_journal_import_splice (self->saver.entry, position, kobra_row_list_get_length (removed), get_removed, pack_rows, rows, rows_unref,
                               edit_written_cb, written_new (self, NULL));
}

void
kobra_import_save_rows (KobraImport        *self,
                        guint               position,
                        guint               n_removed,
                        guint               n_added,
                        const KobraRowList *removed)
{
  guint done = 0;

  if (self->saver.entry == NULL)
    {
      self->saver.is_edited = self->saver.is_worth = TRUE;
      return;
    }
  self->saver.is_edited = self->saver.is_worth = TRUE;
  forget_changed (self, removed);
  if (!self->saver.is_broken)
    while (done < MAX (n_removed, n_added))
      {
        guint step = MIN (KOBRA_PACK_ROWS, MAX (n_removed, n_added) - done);
        guint out = done < n_removed ? MIN (step, n_removed - done) : 0;
        guint in = done < n_added ? MIN (step, n_added - done) : 0;

        save_part (self, position + MIN (done, n_added), kobra_row_list_copy_part (removed, MIN (done, n_removed), out), in);
        done += step;
      }
  kobra_import_save_soon (self);
}

void
kobra_import_set_connection_name (KobraImport *self,
                                  const char  *name)
{
  self->saver.is_worth = TRUE;
  if (g_set_str (&self->saver.connection, name))
    kobra_import_save_soon (self);
}

void
kobra_import_set_reopens (KobraImport *self,
                          gboolean     reopens)
{
  g_return_if_fail (KOBRA_IS_IMPORT (self));

  self->saver.reopens = reopens;
}

void
kobra_import_set_journal (KobraImport  *self,
                          KobraJournal *journal)
{
  g_return_if_fail (KOBRA_IS_IMPORT (self));

  if (self->saver.journal == journal)
    return;
  if (self->saver.entry != NULL)
    kobra_import_save_end (self);
  self->saver.journal = journal;
  if (journal != NULL && self->table != NULL)
    kobra_import_save_table (self, NULL, NULL, self->saver.is_edited);
}

const char *
kobra_import_get_save_error (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->saver.error;
}

gboolean
kobra_import_is_saved (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), FALSE);

  return self->saver.entry != NULL && self->saver.error == NULL;
}

gint64
kobra_import_get_journal_id (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), 0);

  return self->saver.id;
}

gint64
kobra_import_get_earlier (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), 0);

  return self->saver.earlier;
}

const char *
kobra_import_get_connection_name (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->saver.connection;
}

const char *
kobra_import_get_restore_notice (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->saver.restore_notice;
}
