/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files dropped on the window. */

#include "kobra-window-private.h"

#include "kobra-banned.h"

static gboolean
dropped_cb (GtkDropTarget *target,
            const GValue  *value,
            double         x,
            double         y,
            KobraWindow   *self)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) files = list != NULL ? gdk_file_list_get_files (list) : NULL;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (files == NULL)
    return FALSE;
  /* Work in this window is not thrown away for a file that was dropped: it gets a window of its own, and so does every other file. */
  for (GSList *l = files; l != NULL; l = l->next)
    {
      gboolean     is_free = l == files && kobra_import_get_state (self->import) == KOBRA_IMPORT_EMPTY;
      KobraWindow *window = is_free ? self : kobra_window_new (KOBRA_APPLICATION (application));

      kobra_window_open (window, l->data);
      gtk_window_present (GTK_WINDOW (window));
    }
  return TRUE;
}

void
kobra_window_accept_drops (KobraWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
