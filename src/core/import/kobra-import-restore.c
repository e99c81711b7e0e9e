/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A past import in place of what is here. */

#include "kobra-import-save.h"

#include <glib/gi18n.h>

#include "kobra-import-load.h"
#include "kobra-import-save-private.h"

#include "kobra-banned.h"

/* With so many edits it is quicker to write all rows anew than to go through them each time. */
#define MAX_EDITS 2000

typedef struct
{
  KobraImport        *import;
  KobraJournalImport *entry;
  KobraJournalReader *reader;
  gint64              id;
  KobraLoaded        *loaded; /* by the worker */
} Restoring;

static void
restoring_free (gpointer data)
{
  Restoring *self = data;

  g_clear_object (&self->import);
  if (self->entry != NULL)
    kobra_journal_import_close (self->entry, KOBRA_JOURNAL_CLOSING_KEEPS);
  g_clear_pointer (&self->reader, kobra_journal_reader_free);
  g_clear_pointer (&self->loaded, kobra_loaded_free);
  g_free (self);
}

static gboolean
check (Restoring    *self,
       GCancellable *cancellable,
       GError      **error)
{
  KobraOpened            *opened = self->loaded->opened;
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
  Restoring         *self = data;
  g_autoptr (GError) error = NULL;

  if (kobra_import_load (self->reader, self->id, self->loaded, cancellable, &error) && check (self, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static char *
make_notice (Restoring *self)
{
  if (self->loaded->n_missing_rows > 0)
    return g_strdup_printf (ngettext ("%'u record of this import could not be recovered. It is in the file that was opened, if that is still there.",
                                      "%'u records of this import could not be recovered. They are in the file that was opened, if that is still there.",
                                      self->loaded->n_missing_rows),
                            self->loaded->n_missing_rows);
  if (self->loaded->n_missing_edits > 0)
    return g_strdup_printf (ngettext ("%'u change of this import could not be put back in its place. Look at the records before you send them.",
                                      "%'u changes of this import could not be put back in their places. Look at the records before you send them.",
                                      self->loaded->n_missing_edits),
                            self->loaded->n_missing_edits);
  return NULL;
}

static void
take (Restoring *self)
{
  KobraImport *import = self->import;

  g_set_str (&import->next_uri, self->loaded->info->source_uri);
  g_clear_pointer (&import->reading, g_variant_unref);
  import->reading = g_steal_pointer (&self->loaded->settings.reading);
  import->was_cleaned = self->loaded->settings.was_cleaned;
  import->ignored = self->loaded->settings.ignored;
  kobra_import_take_entry (import, g_steal_pointer (&self->loaded->opened), self->loaded->info->source_name, g_steal_pointer (&self->entry), self->loaded->info->source_digest,
                           self->loaded->info->is_edited);
  if (*self->loaded->info->tag != '\0')
    g_set_str (&import->tag, self->loaded->info->tag);
  /* Made by the worker: there may be a million. */
  kobra_marks_free (import->results);
  import->results = g_steal_pointer (&self->loaded->results);
  g_array_unref (import->times);
  import->times = g_steal_pointer (&self->loaded->times);
  import->was_sent = self->loaded->was_sent;
  g_set_str (&import->saver.connection, *self->loaded->info->connection != '\0' ? self->loaded->info->connection : NULL);
  import->saver.restore_notice = make_notice (self);
  if (!self->loaded->is_whole || self->loaded->n_edits > MAX_EDITS)
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
  restoring->loaded = kobra_loaded_new ();
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
