/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must be known before the first request: what the records say, and whether the journal has a run of just them. */

#include "kobra-run.h"

#include "kobra-import-save-private.h"
#include "kobra-text.h"

#include "kobra-banned.h"

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
begun_cb (const GError *error,
          gpointer      data)
{
  g_autoptr (KobraRun) self = data;

  self->begun = error == NULL;
  if (error != NULL)
    kobra_run_answer (self, g_error_copy (error));
  else if (self->import != NULL)
    {
      kobra_import_set_connection_name (self->import, kobra_connection_get_name (kobra_client_get_connection (self->client)));
      kobra_import_save_begun (self->import);
      kobra_run_start (self);
    }
  else if (self->journal != NULL)
    kobra_journal_leave_run (self->journal, NULL, NULL);
}

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KobraRun) self = data;
  g_autoptr (GError)   error = NULL;
  KobraJournalRun      about;
  KobraJournalImport  *entry;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      kobra_run_answer (self, g_steal_pointer (&error));
      return;
    }
  if (self->import == NULL)
    return;
  fill_journal_run (self, &about);
  entry = self->import->saver.journal == self->journal ? self->import->saver.entry : NULL;
  about.import = entry;
  if (entry != NULL && self->resume != NULL)
    kobra_journal_import_adopt_run (entry, self->resume->run, (const KobraJournalRecord *) self->records->data, self->records->len);
  if (self->journal == NULL)
    begun_cb (NULL, kobra_run_ref (self));
  else if (self->resume != NULL)
    kobra_journal_resume_run (self->journal, self->resume->run, begun_cb, kobra_run_ref (self));
  else
    kobra_journal_begin_run (self->journal, &about, (const KobraJournalRecord *) self->records->data, self->records->len, begun_cb, kobra_run_ref (self));
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
      kobra_run_get_record (self, entry->id, &record);
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

void
kobra_run_prepare (KobraRun *self)
{
  g_autoptr (GTask) preparing = g_task_new (NULL, NULL, prepared_cb, kobra_run_ref (self));

  g_task_set_source_tag (preparing, kobra_run_prepare);
  g_task_set_task_data (preparing, kobra_run_ref (self), (GDestroyNotify) kobra_run_unref);
  g_task_run_in_thread (preparing, prepare_in_thread);
}
