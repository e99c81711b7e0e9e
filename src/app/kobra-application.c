/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-application.h"

#include <glib/gi18n.h>

#include "kobra-config.h"
#include "kobra-connection-list.h"
#include "kobra-import-save.h"
#include "kobra-keeping.h"
#include "kobra-practice.h"
#include "kobra-preferences.h"
#include "kobra-search-provider.h"
#include "kobra-secret-watch.h"
#include "kobra-secret-store.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

struct _KobraApplication
{
  AdwApplication parent_instance;

  KobraConnections *connections;
  KobraSecretWatch *secret_watch;
  gboolean          told_no_store;
  KobraPractice    *practice;    /* once somebody sends to it */
  KobraJournal     *journal;     /* once it is open */
  GPtrArray        *waiting;     /* GTask: for it to be open; NULL while nobody opens it */
  KobraHistory     *history;
  gboolean          has_recovered; /* looked for what a killed program left */
  gboolean          told;        /* what was done to open the journal */

  KobraSearchProvider *search_provider; /* while the program is on the bus */
};

G_DEFINE_FINAL_TYPE (KobraApplication, kobra_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the built-in sample, with the practice server"), NULL },
  { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open another window"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
  { NULL },
};

static KobraWindow *
present_new_window (KobraApplication *self)
{
  KobraWindow *window = kobra_window_new (self);

  gtk_window_present (GTK_WINDOW (window));
  /* The journal may have been opened for a search, when there was no window yet. */
  if (self->journal != NULL && !self->has_recovered)
    kobra_history_refresh (self->history);
  return window;
}

static void
new_window_activated (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  present_new_window (data);
}

/* For the dock's menu, which knows no window. */
static void
open_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  gtk_widget_activate_action (GTK_WIDGET (kobra_application_get_free_window (data)), "win.open", NULL);
}

/* From a notification: the window with this number, if it is still there. */
static void
present_window_activated (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       data)
{
  GtkWindow *window = gtk_application_get_window_by_id (GTK_APPLICATION (data), g_variant_get_uint32 (parameter));

  if (window != NULL)
    gtk_window_present (window);
}

static void
new_account_activated (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       data)
{
  gtk_widget_activate_action (GTK_WIDGET (kobra_application_get_free_window (data)), "win.new-account", NULL);
}

static void
new_promise_activated (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       data)
{
  gtk_widget_activate_action (GTK_WIDGET (kobra_application_get_free_window (data)), "win.new-promise", NULL);
}

static void
about_activated (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  AdwDialog *about = adw_about_dialog_new ();

  g_object_set (about,
                "application-name", _ ("Kobra Import"),
                "application-icon", KOBRA_APPLICATION_ID,
                "version", KOBRA_VERSION,
                "developer-name", _ ("The Kobra Import developers"),
                "license-type", GTK_LICENSE_GPL_3_0,
                "comments", _ ("Takes accounts and payment promises from spreadsheets into Kobra, and tells for every record what became of it."),
                /* TRANSLATORS: your names, one a line */
                "translator-credits", _ ("translator-credits"),
                NULL);
  adw_dialog_present (about, GTK_WIDGET (gtk_application_get_active_window (data)));
}

static void
preferences_activated (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  /* Asked for again, they are there already. */
  if (ADW_IS_APPLICATION_WINDOW (window) && KOBRA_IS_PREFERENCES (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))))
    return;
  adw_dialog_present (ADW_DIALOG (kobra_preferences_new (data)), GTK_WIDGET (window));
}

/* Imports that were open when the person quit: each in a window of its own. */
static void
reopen_activated (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       data)
{
  GVariantIter iter;
  gint64       id;
  gboolean     is_first = TRUE;

  g_variant_iter_init (&iter, parameter);
  for (; g_variant_iter_next (&iter, "x", &id); is_first = FALSE)
    kobra_window_restore (is_first ? kobra_application_get_free_window (data) : present_new_window (data), id, -1, FALSE);
}

/* Each window may have a run under way and ask. */
static void
quit_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (KOBRA_IS_WINDOW (l->data))
        kobra_import_set_reopens (kobra_window_get_import (l->data), TRUE);
      gtk_window_close (l->data);
    }
}

static void
kobra_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "new-window", .activate = new_window_activated },
    { .name = "open", .activate = open_activated },
    { .name = "new-account", .activate = new_account_activated },
    { .name = "new-promise", .activate = new_promise_activated },
    { .name = "present-window", .activate = present_window_activated, .parameter_type = "u" },
    { .name = "preferences", .activate = preferences_activated },
    { .name = "about", .activate = about_activated },
    { .name = "reopen", .activate = reopen_activated, .parameter_type = "ax" },
    { .name = "quit", .activate = quit_activated },
  };
  static const struct
  {
    const char *action, *accelerators[2];
  } accelerators[] = {
    { "app.new-window", { "<Control><Shift>n" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
  };

  G_APPLICATION_CLASS (kobra_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (KOBRA_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action, accelerators[i].accelerators);
}

static void
kobra_application_activate (GApplication *application)
{
  kobra_application_get_free_window (KOBRA_APPLICATION (application));
}

static void
kobra_application_open (GApplication *application,
                        GFile       **files,
                        int           n_files,
                        const char   *hint)
{
  for (int i = 0; i < n_files; i++)
    kobra_window_open (kobra_application_get_free_window (KOBRA_APPLICATION (application)), files[i]);
}

static int
kobra_application_command_line (GApplication            *application,
                                GApplicationCommandLine *command_line)
{
  KobraApplication *self = KOBRA_APPLICATION (application);
  GVariantDict     *given = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **paths = NULL;

  if (g_variant_dict_contains (given, "sample"))
    kobra_window_open_sample (kobra_application_get_free_window (self));
  else if (g_variant_dict_lookup (given, G_OPTION_REMAINING, "^a&ay", &paths))
    {
      for (gsize i = 0; paths[i] != NULL; i++)
        {
          g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, paths[i]);

          kobra_window_open (kobra_application_get_free_window (self), file);
        }
    }
  else if (g_variant_dict_contains (given, "new-window"))
    present_new_window (self);
  else
    g_application_activate (application);
  return 0;
}

static int
kobra_application_handle_local_options (GApplication *application,
                                        GVariantDict *given)
{
  if (!g_variant_dict_contains (given, "version"))
    return -1;
  g_print ("Kobra Import %s\n", KOBRA_VERSION);
  return 0;
}

static gboolean
kobra_application_dbus_register (GApplication    *application,
                                 GDBusConnection *bus,
                                 const char      *path,
                                 GError         **error)
{
  KobraApplication *self = KOBRA_APPLICATION (application);

  if (!G_APPLICATION_CLASS (kobra_application_parent_class)->dbus_register (application, bus, path, error))
    return FALSE;
  self->search_provider = kobra_search_provider_new (self, bus, path, error);
  return self->search_provider != NULL;
}

static void
kobra_application_dbus_unregister (GApplication    *application,
                                   GDBusConnection *bus,
                                   const char      *path)
{
  g_clear_pointer (&KOBRA_APPLICATION (application)->search_provider, kobra_search_provider_free);

  G_APPLICATION_CLASS (kobra_application_parent_class)->dbus_unregister (application, bus, path);
}

static void
kobra_application_shutdown (GApplication *application)
{
  KobraApplication *self = KOBRA_APPLICATION (application);

  /* Windows go first: a run in one of them still writes to the journal. */
  G_APPLICATION_CLASS (kobra_application_parent_class)->shutdown (application);

  kobra_history_set_journal (self->history, NULL);
  g_clear_pointer (&self->journal, kobra_journal_close);
  if (self->practice != NULL)
    kobra_practice_stop (self->practice);
}

static void
kobra_application_finalize (GObject *object)
{
  KobraApplication *self = KOBRA_APPLICATION (object);

  g_clear_object (&self->history);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->secret_watch, kobra_secret_watch_free);
  g_clear_object (&self->connections);

  G_OBJECT_CLASS (kobra_application_parent_class)->finalize (object);
}

static void
kobra_application_class_init (KobraApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kobra_application_finalize;
  application_class->startup = kobra_application_startup;
  application_class->activate = kobra_application_activate;
  application_class->open = kobra_application_open;
  application_class->command_line = kobra_application_command_line;
  application_class->handle_local_options = kobra_application_handle_local_options;
  application_class->shutdown = kobra_application_shutdown;
  application_class->dbus_register = kobra_application_dbus_register;
  application_class->dbus_unregister = kobra_application_dbus_unregister;
}

static void
kobra_application_init (KobraApplication *self)
{
  self->history = kobra_history_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), NULL);
  g_application_set_option_context_summary (G_APPLICATION (self), _ ("Takes accounts and payment promises from spreadsheets into Kobra."));
  g_application_set_option_context_description (G_APPLICATION (self), _ ("In the terminal: kobra-import read, check, send or practice; see kobra-import VERB --help."));
}

KobraApplication *
kobra_application_new (void)
{
  return g_object_new (KOBRA_TYPE_APPLICATION,
                       "application-id", KOBRA_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/kobraimport/KobraImport",
                       NULL);
}

KobraWindow *
kobra_application_get_free_window (KobraApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (KOBRA_IS_WINDOW (l->data) && kobra_import_get_state (kobra_window_get_import (l->data)) == KOBRA_IMPORT_EMPTY)
      {
        gtk_window_present (l->data);
        return l->data;
      }
  return present_new_window (self);
}

KobraConnections *
kobra_application_get_connections (KobraApplication *self)
{
  g_return_val_if_fail (KOBRA_IS_APPLICATION (self), NULL);

  if (self->connections == NULL)
    {
      g_autofree char *path = kobra_connection_list_dup_path ();

      self->connections = kobra_connections_new (path);
      self->secret_watch = kobra_secret_watch_new (GTK_APPLICATION (self), self->connections);
    }
  return self->connections;
}

static void
secret_saved_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (KobraApplication) self = data;
  g_autoptr (GError)           error = NULL;

  if (kobra_secret_store_save_finish (KOBRA_CONNECTION (source), result, &error) || self->told_no_store)
    return;
  self->told_no_store = TRUE;
  kobra_application_tell (self, error->message);
}

void
kobra_application_keep_secret (KobraApplication *self,
                               KobraConnection  *connection)
{
  g_return_if_fail (KOBRA_IS_APPLICATION (self));

  kobra_connections_keep (kobra_application_get_connections (self), connection);
  kobra_secret_watch_touch (self->secret_watch);
  kobra_secret_store_save_async (connection, NULL, secret_saved_cb, g_object_ref (self));
}

void
kobra_application_tell (KobraApplication *self,
                        const char       *text)
{
  GtkWindow *window;
  AdwDialog *dialog;

  g_return_if_fail (KOBRA_IS_APPLICATION (self));

  window = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (!KOBRA_IS_WINDOW (window))
    return;
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  if (ADW_IS_PREFERENCES_DIALOG (dialog))
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
  else
    kobra_window_toast (KOBRA_WINDOW (window), text);
}

gboolean
kobra_application_start_practice (KobraApplication *self,
                                  GError          **error)
{
  KobraConnection *connection;

  g_return_val_if_fail (KOBRA_IS_APPLICATION (self), FALSE);

  if (self->practice == NULL)
    {
      g_autoptr (KobraPractice) practice = kobra_practice_new (NULL);

      if (!kobra_practice_start (practice, error))
        return FALSE;
      self->practice = g_steal_pointer (&practice);
    }
  connection = kobra_connections_get_practice (kobra_application_get_connections (self));
  kobra_connection_set_base_url (connection, kobra_practice_get_base_url (self->practice));
  kobra_connection_set_user (connection, "practice");
  kobra_connection_set_password (connection, "practice");
  return TRUE;
}

/* What a program that was killed, or a computer that lost its power, left open: the latest opens again by itself where a window is free; the
 * others are in the list, above all. */
static void
recover (KobraApplication *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));

  if (self->has_recovered || gtk_application_get_windows (GTK_APPLICATION (self)) == NULL)
    return;
  self->has_recovered = TRUE;
  kobra_keeping_offer_session (self, self->journal);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KobraHistoryItem)  item = g_list_model_get_item (G_LIST_MODEL (self->history), i);
      const KobraJournalImportInfo *info = kobra_history_item_get_info (item);

      if (info->is_closed || info->is_open_elsewhere || !info->has_records || kobra_application_has_import (self, info->id))
        continue;
      for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
        if (KOBRA_IS_WINDOW (l->data) && kobra_import_get_state (kobra_window_get_import (l->data)) == KOBRA_IMPORT_EMPTY)
          {
            kobra_window_restore (l->data, info->id, -1, TRUE);
            return;
          }
    }
}

static void
refresh_cb (const GError *error,
            gpointer      data)
{
  g_autoptr (KobraApplication) self = data;

  kobra_history_refresh (self->history);
}

void
kobra_application_purge (KobraApplication *self)
{
  if (self->journal != NULL)
    kobra_journal_purge (self->journal, refresh_cb, g_object_ref (self));
}

KobraHistory *
kobra_application_get_history (KobraApplication *self)
{
  return self->history;
}

KobraWindow *
kobra_application_find_window (KobraApplication *self,
                               gint64            id)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL && id != 0; l = l->next)
    if (KOBRA_IS_WINDOW (l->data) && kobra_import_get_journal_id (kobra_window_get_import (l->data)) == id)
      return l->data;
  return NULL;
}

gboolean
kobra_application_has_import (KobraApplication *self,
                              gint64            id)
{
  return kobra_application_find_window (self, id) != NULL;
}

static void
journal_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (KobraApplication) self = data;
  g_autoptr (GPtrArray)        waiting = g_steal_pointer (&self->waiting);
  g_autoptr (GError)           error = NULL;

  self->journal = kobra_journal_open_finish (result, &error);
  if (self->journal != NULL)
    {
      kobra_journal_purge (self->journal, NULL, NULL);
      kobra_keeping_forget_old (self, self->journal, FALSE);
      g_signal_connect_object (self->history, "notify::size", G_CALLBACK (recover), self, G_CONNECT_SWAPPED);
      kobra_history_set_journal (self->history, self->journal);
    }
  for (guint i = 0; i < waiting->len; i++)
    if (self->journal != NULL)
      g_task_return_pointer (g_ptr_array_index (waiting, i), self->journal, NULL);
    else
      g_task_return_error (g_ptr_array_index (waiting, i), g_error_copy (error));
}

void
kobra_application_open_journal_async (KobraApplication   *self,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char  *path = g_build_filename (g_get_user_data_dir (), "kobra-import", "journal.db", NULL);

  g_return_if_fail (KOBRA_IS_APPLICATION (self));

  g_task_set_source_tag (task, kobra_application_open_journal_async);
  if (self->journal != NULL)
    {
      g_task_return_pointer (task, self->journal, NULL);
      return;
    }
  if (self->waiting == NULL)
    {
      self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
      kobra_journal_open_async (path, NULL, journal_opened_cb, g_object_ref (self));
    }
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
}

KobraJournal *
kobra_application_open_journal_finish (KobraApplication *self,
                                       GAsyncResult     *result,
                                       GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_application_open_journal_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
kobra_application_tell_journal (KobraApplication *self)
{
  g_return_val_if_fail (KOBRA_IS_APPLICATION (self), NULL);

  if (self->journal == NULL || self->told)
    return NULL;
  self->told = TRUE;
  return kobra_journal_get_notice (self->journal);
}
