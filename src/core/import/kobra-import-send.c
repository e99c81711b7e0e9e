/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What windows and the command line call to send; kobra-run.h has the rest. */

#include "kobra-import-send.h"

#include <glib/gi18n.h>

#include "kobra-run.h"

#include "kobra-banned.h"

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

void
kobra_import_send_async (KobraImport        *self,
                         KobraClient        *client,
                         KobraJournal       *journal,
                         KobraSendScope      scope,
                         const GArray       *chosen,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask)  task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOBRA_IS_IMPORT (self) && KOBRA_IS_CLIENT (client) && self->state == KOBRA_IMPORT_READY);
  g_return_if_fail ((scope == KOBRA_SEND_CHOSEN) == (chosen != NULL));

  g_task_set_source_tag (task, kobra_import_send_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!kobra_connection_check (kobra_client_get_connection (client), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->run = kobra_run_new (self, client, journal, scope, chosen, task);
  self->n_resumed = 0;
  self->progress = (KobraProgress) { 0 };
  kobra_import_set_pause_message (self, NULL);
  kobra_import_set_fraction (self, 0);
  kobra_import_set_state (self, KOBRA_IMPORT_SENDING);
  if (cancellable != NULL)
    self->run->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self->run);

  kobra_run_choose (self->run);
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
  kobra_run_ref (run);
  g_clear_pointer (&run->driver, kobra_driver_free);
  /* The journal keeps it as unfinished: the same records sent to the same server go on from here. */
  if (run->begun && run->journal != NULL)
    kobra_journal_leave_run (run->journal, NULL, NULL);
  kobra_run_answer (run, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The run was left.")));
  kobra_run_unref (run);
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

KobraPreview *
kobra_import_preview (KobraImport *self,
                      guint        row,
                      KobraClient *client,
                      GError     **error)
{
  KobraRecord record;

  g_return_val_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL && row < kobra_table_get_n_rows (self->table), NULL);

  kobra_import_get_record (self, row, &record);
  return kobra_preview_new (client, self->layout->schema->kind, self->rules.import_type, &record, error);
}
