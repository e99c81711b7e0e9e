/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-secret-lock.h"

#include "kobra-config.h"
#include "kobra-window.h"

#include "kobra-banned.h"

#define SECONDS_IN_A_MINUTE 60

struct _KobraSecretLock
{
  GtkApplication   *application; /* owns this */
  KobraConnections *connections;
  GSettings        *settings;
  guint             alarm; /* source, or 0 */
};

/* A run signs in again when its token lapses: its secret may not go under it. */
static gboolean
is_sending (KobraSecretLock *self)
{
  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    if (KOBRA_IS_WINDOW (l->data))
      {
        KobraImportState state = kobra_import_get_state (kobra_window_get_import (l->data));

        if (state == KOBRA_IMPORT_SENDING || state == KOBRA_IMPORT_PAUSED)
          return TRUE;
      }
  return FALSE;
}

static gboolean
alarm_cb (gpointer data)
{
  KobraSecretLock *self = data;

  self->alarm = 0;
  if (is_sending (self))
    kobra_secret_lock_touch (self);
  else
    kobra_connections_lock (self->connections);
  return G_SOURCE_REMOVE;
}

static void
setting_changed_cb (GSettings       *settings,
                    const char      *key,
                    KobraSecretLock *self)
{
  kobra_secret_lock_touch (self);
}

KobraSecretLock *
kobra_secret_lock_new (GtkApplication   *application,
                       KobraConnections *connections)
{
  KobraSecretLock *self = g_new0 (KobraSecretLock, 1);

  self->application = application;
  self->connections = g_object_ref (connections);
  self->settings = g_settings_new (KOBRA_APPLICATION_ID);
  g_signal_connect (self->settings, "changed::lock-minutes", G_CALLBACK (setting_changed_cb), self);
  kobra_secret_lock_touch (self);
  return self;
}

void
kobra_secret_lock_free (KobraSecretLock *self)
{
  g_clear_handle_id (&self->alarm, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_clear_object (&self->connections);
  g_free (self);
}

void
kobra_secret_lock_touch (KobraSecretLock *self)
{
  guint minutes = g_settings_get_uint (self->settings, "lock-minutes");

  g_clear_handle_id (&self->alarm, g_source_remove);
  if (minutes > 0)
    self->alarm = g_timeout_add_seconds (minutes * SECONDS_IN_A_MINUTE, alarm_cb, self);
}
