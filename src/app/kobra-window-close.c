/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked before a window goes: a run may be under way in it, or changes that are nowhere else. */

#include <glib/gi18n.h>

#include "kobra-import-save.h"
#include "kobra-import-send.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

typedef enum
{
  QUESTION_NONE,
  QUESTION_SENDING,
  QUESTION_EDITED
} Question;

static const struct
{
  const char *heading, *body, *stay, *go;
} questions[] = {
  [QUESTION_SENDING] = { N_("Stop Sending?"),
                         N_("Not all records have their answer yet. To go on later, open this import from the past ones and send it again: what was answered already is not sent again."),
                         N_("_Keep Sending"), N_("_Stop and Close") },
  [QUESTION_EDITED] = { N_("Lose the Changes?"),
                        N_("Cells were changed here, and the changes could not be saved. They are in this window only; the file is as it was."),
                        N_("_Keep the Window"), N_("_Close and Lose Them") },
};

static Question
get_question (KobraWindow *self)
{
  KobraImportState state = kobra_import_get_state (self->import);

  if (state == KOBRA_IMPORT_SENDING || state == KOBRA_IMPORT_PAUSED)
    return QUESTION_SENDING;
  return self->edited && !kobra_import_is_saved (self->import) ? QUESTION_EDITED : QUESTION_NONE;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KobraWindow) self = data;
  const char             *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  self->asks_to_close = FALSE;
  if (g_cancellable_is_cancelled (self->alive))
    return;
  if (!g_str_equal (response, "go"))
    {
      kobra_import_set_reopens (self->import, FALSE); /* who was about to quit is not any more */
      return;
    }
  /* Not stopped by kobra_import_cancel_run(): that would end the run, where it is to be gone on with. */
  kobra_import_abandon_run (self->import);
  self->edited = FALSE;
  gtk_window_close (GTK_WINDOW (self));
}

gboolean
kobra_window_may_close (KobraWindow *self)
{
  Question   question = get_question (self);
  AdwDialog *dialog;

  if (question == QUESTION_NONE)
    return TRUE;
  if (self->asks_to_close)
    return FALSE;
  self->asks_to_close = TRUE;
  dialog = adw_alert_dialog_new (_ (questions[question].heading), NULL);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), _ (questions[question].body));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "stay", _ (questions[question].stay), "go", _ (questions[question].go), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "go", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "stay");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "stay");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self), self->alive, answered_cb, g_object_ref (self));
  return FALSE;
}
