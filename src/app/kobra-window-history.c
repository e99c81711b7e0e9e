/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window and the journal: what is done here is saved there by itself, and past imports come back from it. */

#include <glib/gi18n.h>

#include "kobra-compare-dialog.h"
#include "kobra-import-save.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

static KobraApplication *
get_application (KobraWindow *self)
{
  return KOBRA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

static void
tell_new_journal (KobraWindow *self)
{
  const char *notice = kobra_application_tell_journal (get_application (self));
  AdwDialog  *dialog;

  if (notice == NULL)
    return;
  dialog = adw_alert_dialog_new (_ ("A New Journal Was Started"), notice);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
journal_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (KobraWindow) self = data;
  g_autoptr (GError)      error = NULL;
  KobraJournal           *journal = kobra_application_open_journal_finish (KOBRA_APPLICATION (source), result, &error);

  /* Who waits holds the window, also one that was closed meanwhile. */
  if (g_cancellable_is_cancelled (self->alive) || get_application (self) == NULL)
    return;
  g_set_str (&self->journal_error, error != NULL ? error->message : NULL);
  if (journal != NULL)
    {
      kobra_import_set_journal (self->import, journal);
      tell_new_journal (self);
    }
  kobra_window_update (self);
}

void
kobra_window_open_journal (KobraWindow *self)
{
  kobra_application_open_journal_async (get_application (self), self->alive, journal_opened_cb, g_object_ref (self));
}

char *
kobra_window_dup_save_error (KobraWindow *self)
{
  const char *reason = self->journal_error != NULL ? self->journal_error : kobra_import_get_save_error (self->import);

  /* TRANSLATORS: why */
  return reason != NULL ? g_strdup_printf (_ ("What you do here is not saved. %s"), reason) : NULL;
}

static void
set_notice (KobraWindow *self,
            const char  *notice)
{
  g_set_str (&self->notice, notice);
  kobra_window_update (self);
}

void
kobra_window_dismiss_notice (KobraWindow *self)
{
  set_notice (self, NULL);
}

/* Taking imports from the journal */

typedef struct
{
  KobraWindow *window;
  gint64       record;      /* to go to, or -1 */
  gboolean     is_recovery; /* nobody asked for it */
} Restoring;

static void
restoring_free (Restoring *restoring)
{
  g_object_unref (restoring->window);
  g_free (restoring);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Restoring, restoring_free)

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Restoring) restoring = data;
  KobraWindow          *self = restoring->window;
  g_autoptr (GError)    error = NULL;
  gboolean              done = kobra_import_restore_finish (KOBRA_IMPORT (source), result, &error);
  const char           *lost;

  if (g_cancellable_is_cancelled (self->alive))
    return;
  g_clear_object (&self->opening);
  kobra_history_refresh (kobra_application_get_history (get_application (self)));
  if (!done)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kobra_window_toast (self, error->message);
      kobra_window_update (self);
      return;
    }
  self->practice = g_strcmp0 (kobra_import_get_connection_name (self->import), "practice") == 0;
  g_clear_object (&self->connection);
  lost = kobra_import_get_restore_notice (self->import);
  if (lost != NULL)
    set_notice (self, lost);
  else
    set_notice (self, restoring->is_recovery ? _ ("The program ended before this import was closed. It was recovered as it was.") : NULL);
  if (restoring->record >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.go-to-record", "u", (guint32) restoring->record);
  gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
}

static void
journal_ready_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (Restoring) restoring = data;
  KobraWindow          *self = restoring->window;
  g_autoptr (GError)    error = NULL;
  KobraJournal         *journal = kobra_application_open_journal_finish (KOBRA_APPLICATION (source), result, &error);
  KobraImportState      state = kobra_import_get_state (self->import);

  if (g_cancellable_is_cancelled (self->alive) || self->opening != NULL || (state != KOBRA_IMPORT_EMPTY && state != KOBRA_IMPORT_READY))
    return;
  if (journal == NULL)
    {
      kobra_window_toast (self, error->message);
      return;
    }
  kobra_opening_page_begin (self->opening_page, _ ("Opening a Past Import…"), NULL, NULL, NULL);
  self->failed = FALSE;
  /* What the window opened before is not where this import came from. */
  g_clear_object (&self->file);
  g_clear_pointer (&self->pasted, g_bytes_unref);
  self->opening = g_cancellable_new ();
  kobra_import_restore_async (self->import, journal, self->restoring_id, self->opening, restored_cb, g_steal_pointer (&restoring));
  kobra_window_update (self);
}

void
kobra_window_restore (KobraWindow *self,
                      gint64       id,
                      gint64       record,
                      gboolean     is_recovery)
{
  KobraWindow *there = kobra_application_find_window (get_application (self), id);
  KobraWindow *window = there == NULL ? kobra_window_get_free (self) : there;
  Restoring   *restoring;

  if (there != NULL)
    {
      gtk_window_present (GTK_WINDOW (there));
      if (record >= 0)
        gtk_widget_activate_action (GTK_WIDGET (there), "win.go-to-record", "u", (guint32) record);
      return;
    }
  restoring = g_new (Restoring, 1);
  *restoring = (Restoring) { g_object_ref (window), record, is_recovery };
  window->restoring_id = id;
  kobra_application_open_journal_async (get_application (self), window->alive, journal_ready_cb, restoring);
}

/* Actions */

static void
open_import_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  kobra_window_restore (KOBRA_WINDOW (widget), g_variant_get_int64 (parameter), -1, FALSE);
}

static void
open_record_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gint64  id;
  guint32 record;

  g_variant_get (parameter, "(xu)", &id, &record);
  kobra_window_restore (KOBRA_WINDOW (widget), id, record, FALSE);
}

static void
delete_import_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  KobraWindow *self = KOBRA_WINDOW (widget);
  gint64       id = g_variant_get_int64 (parameter);
  AdwToast    *toast;

  if (kobra_application_find_window (get_application (self), id) != NULL)
    {
      kobra_window_toast (self, _ ("This import is open. Close it, then delete it."));
      return;
    }
  kobra_history_hide (kobra_application_get_history (get_application (self)), id, TRUE);
  toast = adw_toast_new (_ ("Import deleted"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undelete-import");
  adw_toast_set_action_target (toast, "x", id);
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (kobra_application_purge), get_application (self), G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
undelete_import_cb (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  kobra_history_hide (kobra_application_get_history (get_application (KOBRA_WINDOW (widget))), g_variant_get_int64 (parameter), FALSE);
}

static void
compare_imports_cb (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  gint64 earlier, later;

  g_variant_get (parameter, "(xx)", &earlier, &later);
  kobra_compare_dialog_present (get_application (KOBRA_WINDOW (widget)), widget, earlier, later);
}

static void
toggle_history_cb (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  AdwOverlaySplitView *split = KOBRA_WINDOW (widget)->history_split;

  adw_overlay_split_view_set_show_sidebar (split, !adw_overlay_split_view_get_show_sidebar (split));
}

static gboolean
find_when_laid_out_cb (GtkWidget     *widget,
                       GdkFrameClock *clock,
                       gpointer       text)
{
  if (gtk_widget_get_width (GTK_WIDGET (KOBRA_WINDOW (widget)->history_split)) == 0)
    return G_SOURCE_CONTINUE;
  kobra_window_find_record (KOBRA_WINDOW (widget), text);
  return G_SOURCE_REMOVE;
}

void
kobra_window_find_record (KobraWindow *self,
                          const char  *text)
{
  /* In a window that has no size yet, the side bar would slide in over a width that is no number. */
  if (gtk_widget_get_width (GTK_WIDGET (self->history_split)) == 0)
    {
      gtk_widget_add_tick_callback (GTK_WIDGET (self), find_when_laid_out_cb, g_strdup (text), g_free);
      return;
    }
  adw_overlay_split_view_set_show_sidebar (self->history_split, TRUE);
  kobra_history_sidebar_start_search (self->history_sidebar, text);
}

static void
find_record_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  kobra_window_find_record (KOBRA_WINDOW (widget), NULL);
}

static void
open_journal_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  kobra_window_open_journal (KOBRA_WINDOW (widget));
}

void
kobra_window_install_history_actions (KobraWindowClass *klass)
{
  static const struct
  {
    const char               *name, *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.open-import", "x", open_import_cb },
    { "win.open-record", "(xu)", open_record_cb },
    { "win.delete-import", "x", delete_import_cb },
    { "win.undelete-import", "x", undelete_import_cb },
    { "win.compare-imports", "(xx)", compare_imports_cb },
    { "win.toggle-history", NULL, toggle_history_cb },
    { "win.find-record", NULL, find_record_cb },
    { "win.open-journal", NULL, open_journal_cb },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), actions[i].name, actions[i].parameter, actions[i].activate);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_F9, 0, "win.toggle-history", NULL);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_F, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.find-record", NULL);
}

static void
earlier_found_cb (KobraWindow *self)
{
  gint64    id = kobra_import_get_earlier (self->import);
  AdwToast *toast;

  if (id == 0)
    return;
  toast = adw_toast_new (_ ("You changed records of this file before"));
  adw_toast_set_button_label (toast, _ ("_Go On with That"));
  adw_toast_set_action_name (toast, "win.open-import");
  adw_toast_set_action_target (toast, "x", id);
  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
save_error_cb (KobraWindow *self)
{
  kobra_window_update (self);
}

/* While nobody looks at the list it need not be true. */
static void
saved_cb (KobraWindow *self)
{
  if (adw_overlay_split_view_get_show_sidebar (self->history_split))
    kobra_history_refresh (kobra_application_get_history (get_application (self)));
}

void
kobra_window_follow_journal (KobraWindow *self)
{
  kobra_history_sidebar_set_history (self->history_sidebar, kobra_application_get_history (get_application (self)));
  g_signal_connect_object (self->import, "notify::save-error", G_CALLBACK (save_error_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "notify::earlier", G_CALLBACK (earlier_found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history_split, "notify::show-sidebar", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  kobra_window_open_journal (self);
}
