/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-secret-watch.h"

#include <time.h>

#include "kobra-config.h"
#include "kobra-secret-lock.h"
#include "kobra-window.h"

#include "kobra-banned.h"

struct _KobraSecretWatch
{
  GtkApplication  *application; /* owns this */
  KobraSecretLock *lock;
  GSettings       *settings;
};

/* Goes on while the computer sleeps: a night with the lid closed is a night. */
static gint64
get_time (gpointer data)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static const KobraClock boot_clock = { .now = get_time };

/* A run signs in again when its token lapses: its secret may not go under it. */
static gboolean
is_sending (gpointer data)
{
  KobraSecretWatch *self = data;

  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    if (KOBRA_IS_WINDOW (l->data))
      {
        KobraImportState state = kobra_import_get_state (kobra_window_get_import (l->data));

        if (state == KOBRA_IMPORT_SENDING || state == KOBRA_IMPORT_PAUSED)
          return TRUE;
      }
  return FALSE;
}

static void
setting_changed_cb (GSettings        *settings,
                    const char       *key,
                    KobraSecretWatch *self)
{
  kobra_secret_lock_set_minutes (self->lock, g_settings_get_uint (settings, "lock-minutes"));
}

KobraSecretWatch *
kobra_secret_watch_new (GtkApplication   *application,
                        KobraConnections *connections)
{
  KobraSecretWatch *self = g_new0 (KobraSecretWatch, 1);

  self->application = application;
  self->lock = kobra_secret_lock_new (connections, &boot_clock, is_sending, self);
  self->settings = g_settings_new (KOBRA_APPLICATION_ID);
  g_signal_connect (self->settings, "changed::lock-minutes", G_CALLBACK (setting_changed_cb), self);
  setting_changed_cb (self->settings, NULL, self);
  return self;
}

void
kobra_secret_watch_free (KobraSecretWatch *self)
{
  g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->lock, kobra_secret_lock_free);
  g_free (self);
}

void
kobra_secret_watch_touch (KobraSecretWatch *self)
{
  kobra_secret_lock_touch (self->lock);
}
