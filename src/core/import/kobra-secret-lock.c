/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-secret-lock.h"

#include "kobra-banned.h"

/* A timer stands still while the computer sleeps, so the clock is looked at this often instead. */
#define LOOK_SECONDS 15

struct _KobraSecretLock
{
  KobraConnections     *connections;
  const KobraClock     *clock;
  KobraSecretLockIsBusy is_busy;
  gpointer              data;
  guint                 minutes;
  gint64                touched; /* by the clock */
  guint                 source;  /* that looks, or 0: there is nothing to wipe */
};

static gboolean
look_cb (gpointer data)
{
  kobra_secret_lock_look (data);
  return G_SOURCE_CONTINUE;
}

KobraSecretLock *
kobra_secret_lock_new (KobraConnections     *connections,
                       const KobraClock     *clock,
                       KobraSecretLockIsBusy is_busy,
                       gpointer              data)
{
  KobraSecretLock *self;

  g_return_val_if_fail (KOBRA_IS_CONNECTIONS (connections) && clock != NULL && is_busy != NULL, NULL);

  self = g_new0 (KobraSecretLock, 1);
  self->connections = g_object_ref (connections);
  self->clock = clock;
  self->is_busy = is_busy;
  self->data = data;
  return self;
}

void
kobra_secret_lock_free (KobraSecretLock *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->connections);
  g_free (self);
}

void
kobra_secret_lock_set_minutes (KobraSecretLock *self,
                               guint            minutes)
{
  g_return_if_fail (self != NULL);

  self->minutes = minutes;
  kobra_secret_lock_touch (self);
}

void
kobra_secret_lock_touch (KobraSecretLock *self)
{
  g_return_if_fail (self != NULL);

  self->touched = self->clock->now (self->clock->data);
  if (self->minutes == 0)
    g_clear_handle_id (&self->source, g_source_remove);
  else if (self->source == 0)
    self->source = g_timeout_add_seconds (LOOK_SECONDS, look_cb, self);
}

void
kobra_secret_lock_look (KobraSecretLock *self)
{
  g_return_if_fail (self != NULL);

  if (self->source == 0)
    return;
  if (self->is_busy (self->data))
    {
      kobra_secret_lock_touch (self);
      return;
    }
  if (self->clock->now (self->clock->data) - self->touched < (gint64) self->minutes * G_TIME_SPAN_MINUTE)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  kobra_connections_lock (self->connections);
}
