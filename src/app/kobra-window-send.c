/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From "Send" to the results: the question where to, the run, and what it left. */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-config.h"
#include "kobra-import-save.h"
#include "kobra-import-send.h"
#include "kobra-results-dialog.h"
#include "kobra-send-dialog.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* What was chosen to be sent, on its way through the questions to the run. */
typedef struct
{
  KobraWindow     *window;
  KobraConnection *connection;
  KobraSendScope   scope;
  GArray          *chosen; /* guint32, IDs of records, or NULL */
} Sending;

static Sending *
sending_new (KobraWindow    *window,
             KobraSendScope  scope,
             GArray         *chosen)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->window = g_object_ref (window);
  sending->scope = scope;
  sending->chosen = chosen != NULL ? g_array_ref (chosen) : NULL;
  return sending;
}

static void
sending_free (Sending *sending)
{
  g_clear_object (&sending->window);
  g_clear_object (&sending->connection);
  g_clear_pointer (&sending->chosen, g_array_unref);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static void
tell_resumed (KobraWindow *self)
{
  guint            n = kobra_import_get_n_resumed (self->import);
  g_autofree char *text = g_strdup_printf (ngettext ("%'u answer was in the journal already", "%'u answers were in the journal already", n), n);

  if (n > 0)
    kobra_window_toast (self, text);
}

static void
notify_at_end (KobraWindow *self)
{
  g_autoptr (GNotification) notification = NULL;
  KobraImportCounts         counts;
  g_autofree char          *body = NULL;

  if (gtk_window_is_active (GTK_WINDOW (self)))
    return;
  kobra_import_get_counts (self->import, &counts);
  body = kobra_window_dup_counts_text (&counts);
  notification = g_notification_new (_ ("Sending has ended"));
  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.present-window", "u", gtk_application_window_get_id (GTK_APPLICATION_WINDOW (self)));
  g_application_send_notification (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), "sent", notification);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KobraWindow) self = data;
  g_autoptr (GError)      error = NULL;
  gboolean                done = kobra_import_send_finish (KOBRA_IMPORT (source), result, &error);

  if (g_cancellable_is_cancelled (self->alive))
    return;
  kobra_window_update (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!done)
    {
      kobra_window_alert (self, _ ("The Records Were Not Sent"), error->message);
      return;
    }
  self->edited = FALSE;
  tell_resumed (self);
  kobra_window_show_results (self);
  notify_at_end (self);
}

static void
start_run (Sending      *sending,
           KobraJournal *journal)
{
  KobraWindow            *self = sending->window;
  KobraApplication       *application = KOBRA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (GSettings)   settings = g_settings_new (KOBRA_APPLICATION_ID);
  g_autoptr (KobraClient) client = NULL;
  const char             *notice;

  if (kobra_import_get_state (self->import) != KOBRA_IMPORT_READY)
    return;
  if (self->fixes_toast != NULL)
    adw_toast_dismiss (self->fixes_toast);
  kobra_application_keep_secret (application, sending->connection);
  g_settings_set_string (settings, "last-connection", kobra_connection_get_name (sending->connection));
  g_set_object (&self->connection, sending->connection);
  client = kobra_client_new (sending->connection);
  kobra_import_send_async (self->import, client, journal, sending->scope, sending->chosen, self->alive, sent_cb, g_object_ref (self));
  notice = kobra_application_tell_journal (application);
  if (notice != NULL)
    kobra_window_alert (self, _ ("A New Journal Was Started"), notice);
}

static void
unwritten_answered_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      data)
{
  g_autoptr (Sending) sending = data;
  const char         *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "send") && !g_cancellable_is_cancelled (sending->window->alive))
    start_run (sending, NULL);
}

/* Never silently: a run that nothing wrote down cannot go on where it was cut off. */
static void
ask_to_send_unwritten (Sending    *sending,
                       const char *reason)
{
  KobraWindow     *self = sending->window;
  AdwDialog       *dialog = adw_alert_dialog_new (_ ("Send Without a Journal?"), NULL);
  g_autofree char *body = g_strdup_printf ("%s\n\n%s", reason,
                                           _ ("Without a journal, a run that is cut off cannot go on where it stopped: all its records would have to be sent again."));

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "send", _ ("_Send Without It"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "send", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self), self->alive, unwritten_answered_cb, sending);
}

static void
journal_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (Sending) sending = data;
  g_autoptr (GError)  error = NULL;
  KobraWindow        *self = sending->window;
  KobraJournal       *journal = kobra_application_open_journal_finish (KOBRA_APPLICATION (source), result, &error);

  self->starting = FALSE;
  if (g_cancellable_is_cancelled (self->alive))
    return;
  if (journal != NULL)
    start_run (sending, journal);
  else
    ask_to_send_unwritten (g_steal_pointer (&sending), error->message);
  kobra_window_update (self);
}

static void
chosen_cb (KobraSendDialog *dialog,
           KobraConnection *connection,
           Sending         *chosen)
{
  KobraWindow        *self = chosen->window;
  KobraApplication   *application = KOBRA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (Sending) sending = sending_new (self, chosen->scope, chosen->chosen);
  g_autoptr (GError)  error = NULL;

  if (kobra_connection_is_practice (connection) && !kobra_application_start_practice (application, &error))
    {
      kobra_window_alert (self, _ ("The Practice Server Cannot Start"), error->message);
      return;
    }
  sending->connection = g_object_ref (connection);
  self->starting = TRUE;
  kobra_window_update (self);
  kobra_application_open_journal_async (application, self->alive, journal_opened_cb, g_steal_pointer (&sending));
}

static char *
make_headline (KobraWindow   *self,
               KobraSendScope scope,
               guint          n)
{
  gboolean is_promises = kobra_import_get_schema (self->import)->kind == KOBRA_KIND_PROMISES;

  if (scope == KOBRA_SEND_CHOSEN)
    return is_promises ? g_strdup_printf (ngettext ("Send %'u Selected Payment Promise", "Send %'u Selected Payment Promises", n), n)
                       : g_strdup_printf (ngettext ("Send %'u Selected Account", "Send %'u Selected Accounts", n), n);
  if (is_promises)
    return g_strdup_printf (ngettext ("Send %'u Payment Promise", "Send %'u Payment Promises", n), n);
  return g_strdup_printf (ngettext ("Send %'u Account", "Send %'u Accounts", n), n);
}

/* What stays here and what goes in spite of doubts, in a sentence each. */
static char *
make_left_out (KobraSendScope           scope,
               const KobraImportCounts *counts)
{
  g_autofree char *errors = g_strdup_printf (ngettext ("%'u with errors stays here.", "%'u with errors stay here.", counts->invalid), counts->invalid);
  g_autofree char *warnings = g_strdup_printf (ngettext ("%'u is sent with a warning.", "%'u are sent with warnings.", counts->warning), counts->warning);

  switch (scope)
    {
    case KOBRA_SEND_CHOSEN: return g_strdup (_ ("Those of them with errors, and those that were accepted already, stay here."));
    case KOBRA_SEND_UNKNOWN: return g_strdup (_ ("No answer came for them, so they may have arrived. Sending them again does no harm: what is there already is updated."));
    case KOBRA_SEND_REJECTED: return NULL;
    case KOBRA_SEND_READY:
    case KOBRA_N_SEND_SCOPES:
    default: break;
    }
  if (counts->invalid > 0 && counts->warning > 0)
    return g_strdup_printf ("%s %s", errors, warnings);
  if (counts->invalid > 0)
    return g_steal_pointer (&errors);
  return counts->warning > 0 ? g_steal_pointer (&warnings) : NULL;
}

/* The records in the selected rows. */
static GArray *
list_selected (KobraWindow *self)
{
  GArray     *ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  KobraTable *table = kobra_import_get_table (self->import);
  guint       row, n_rows;
  g_autoptr (GArray) table_rows = NULL;

  if (!kobra_sheet_get_selection (self->sheet, &row, &n_rows, NULL, NULL))
    return ids;
  table_rows = kobra_sheet_adapter_dup_table_rows (kobra_window_get_adapter (self), row, n_rows);
  for (guint i = 0; i < table_rows->len; i++)
    g_array_append_val (ids, kobra_table_peek_row (table, g_array_index (table_rows, guint, i))->id);
  return ids;
}

KobraConnection *
kobra_window_dup_preferred_connection (KobraWindow *self)
{
  GListModel           *connections = G_LIST_MODEL (kobra_application_get_connections (KOBRA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)))));
  g_autoptr (GSettings) settings = g_settings_new (KOBRA_APPLICATION_ID);
  g_autofree char      *last = g_settings_get_string (settings, "last-connection");

  if (self->connection != NULL)
    return g_object_ref (self->connection);
  if (kobra_import_get_connection_name (self->import) != NULL)
    g_set_str (&last, kobra_import_get_connection_name (self->import));
  for (guint i = 0; i < g_list_model_get_n_items (connections); i++)
    {
      g_autoptr (KobraConnection) connection = g_list_model_get_item (connections, i);

      if (self->practice ? kobra_connection_is_practice (connection) : g_str_equal (kobra_connection_get_name (connection), last))
        return g_steal_pointer (&connection);
    }
  return NULL;
}

void
kobra_window_ask_to_send (KobraWindow   *self,
                          KobraSendScope scope)
{
  KobraApplication *application = KOBRA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (KobraConnection) preferred = kobra_window_dup_preferred_connection (self);
  g_autoptr (GArray) chosen = scope == KOBRA_SEND_CHOSEN ? list_selected (self) : NULL;
  KobraImportCounts  counts;
  KobraSendDialog   *dialog;
  g_autofree char   *headline = NULL, *left_out = NULL;

  kobra_import_get_counts (self->import, &counts);
  {
    const guint n_records[KOBRA_N_SEND_SCOPES] = {
      [KOBRA_SEND_READY] = counts.to_send,
      [KOBRA_SEND_REJECTED] = counts.rejected,
      [KOBRA_SEND_UNKNOWN] = counts.unknown,
      [KOBRA_SEND_CHOSEN] = chosen != NULL ? chosen->len : 0,
    };

    headline = make_headline (self, scope, n_records[scope]);
  }
  left_out = make_left_out (scope, &counts);
  dialog = kobra_send_dialog_new (application, headline, left_out, preferred);
  g_signal_connect_data (dialog, "chosen", G_CALLBACK (chosen_cb), sending_new (self, scope, chosen), (GClosureNotify) (GCallback) sending_free, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

void
kobra_window_show_results (KobraWindow *self)
{
  const char *server = NULL;
  KobraResultsDialog *dialog;

  if (self->connection != NULL)
    server = kobra_connection_is_practice (self->connection) ? _ ("the practice server") : kobra_connection_get_host (self->connection);
  dialog = kobra_results_dialog_new (self->import, server);
  g_signal_connect_object (dialog, "save", G_CALLBACK (kobra_window_save_results), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}
