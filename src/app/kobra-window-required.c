/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields must be filled is what the connection says that was sent to last: until another is chosen, the records go there. */

#include "kobra-import-choices.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

static void
required_changed_cb (KobraWindow     *self,
                     GParamSpec      *pspec,
                     KobraConnection *connection)
{
  KobraRequired required;

  kobra_required_parse (&required, kobra_connection_get_required (connection));
  kobra_import_set_required (self->import, &required);
}

static void
follow_required (KobraWindow *self)
{
  GtkApplication  *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autofree char *name = g_settings_get_string (self->settings, "last-connection");
  KobraConnection *connection = application != NULL ? kobra_connections_find (kobra_application_get_connections (KOBRA_APPLICATION (application)), name) : NULL;

  if (connection == NULL)
    return;
  g_signal_group_set_target (self->required_signals, connection);
  required_changed_cb (self, NULL, connection);
}

void
kobra_window_init_required (KobraWindow *self)
{
  self->required_signals = g_signal_group_new (KOBRA_TYPE_CONNECTION);
  g_signal_group_connect_object (self->required_signals, "notify::required", G_CALLBACK (required_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::application", G_CALLBACK (follow_required), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->settings, "changed::last-connection", G_CALLBACK (follow_required), self, G_CONNECT_SWAPPED);
}
