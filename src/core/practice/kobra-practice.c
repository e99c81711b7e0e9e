/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice.h"

#include <glib/gi18n.h>

#include "kobra-practice-service.h"

#include "kobra-banned.h"

/* The server's objects are made and unmade by the thread that starts and stops; between the two, only the server's thread touches them. */
struct _KobraPractice
{
  GObject              parent_instance;
  guint16              port;
  KobraPracticeService service;
  GMutex               mutex;
  char                *base_url; /* behind the mutex */
  SoupServer          *server;
  GMainContext        *context;
  GThread             *thread;   /* NULL: it does not run */
  gboolean             stopping; /* atomic */
};

G_DEFINE_QUARK (kobra-practice-error, kobra_practice_error)
G_DEFINE_FINAL_TYPE (KobraPractice, kobra_practice, G_TYPE_OBJECT)

static void
explain_listen_error (KobraPractice *self,
                      const GError  *reason,
                      GError       **error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error (error, KOBRA_PRACTICE_ERROR, KOBRA_PRACTICE_ERROR_PORT_TAKEN,
                 _ ("Port %u is in use by another program. Choose another port, or 0 to take any free one."), self->port);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, KOBRA_PRACTICE_ERROR, KOBRA_PRACTICE_ERROR_PORT_FORBIDDEN,
                 _ ("This computer does not let you use port %u. Choose one above 1023, or 0 to take any free one."), self->port);
  else
    g_set_error (error, KOBRA_PRACTICE_ERROR, KOBRA_PRACTICE_ERROR_FAILED,
                 _ ("The practice server could not start: %s"), reason->message);
}

static gboolean
listen_on_loopback (KobraPractice *self,
                    GError       **error)
{
  g_autoptr (GError) reason = NULL;

  if (soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &reason))
    return TRUE;
  explain_listen_error (self, reason, error);
  return FALSE;
}

static void
set_base_url (KobraPractice *self)
{
  GSList *uris = soup_server_get_uris (self->server);

  G_MUTEX_AUTO_LOCK (&self->mutex, locker);
  g_clear_pointer (&self->base_url, g_free);
  self->base_url = g_strdup_printf ("http://127.0.0.1:%d/api", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static gpointer
run_server (gpointer data)
{
  KobraPractice *self = data;

  g_main_context_push_thread_default (self->context);
  while (!g_atomic_int_get (&self->stopping))
    g_main_context_iteration (self->context, TRUE);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
start_thread (KobraPractice *self,
              GError       **error)
{
  g_autoptr (GError) reason = NULL;

  g_atomic_int_set (&self->stopping, FALSE);
  self->thread = g_thread_try_new ("kobra-practice", run_server, self, &reason);
  if (self->thread != NULL)
    return TRUE;
  g_set_error (error, KOBRA_PRACTICE_ERROR, KOBRA_PRACTICE_ERROR_FAILED,
               _ ("The practice server could not start: %s"), reason->message);
  return FALSE;
}

/* The caller's thread holds the context for it, because libsoup asks for the default one when it lets go as when it begins. */
static void
drop_server (KobraPractice *self)
{
  g_main_context_push_thread_default (self->context);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);
  g_clear_pointer (&self->context, g_main_context_unref);
}

static void
kobra_practice_finalize (GObject *object)
{
  KobraPractice *self = KOBRA_PRACTICE (object);

  kobra_practice_stop (self);
  kobra_practice_service_clear (&self->service);
  g_clear_pointer (&self->base_url, g_free);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (kobra_practice_parent_class)->finalize (object);
}

static void
kobra_practice_class_init (KobraPracticeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kobra_practice_finalize;
}

static void
kobra_practice_init (KobraPractice *self)
{
  g_mutex_init (&self->mutex);
}

KobraPractice *
kobra_practice_new (const KobraPracticeOptions *options)
{
  static const KobraPracticeOptions defaults = { 0 };
  KobraPractice                    *self = g_object_new (KOBRA_TYPE_PRACTICE, NULL);

  if (options == NULL)
    options = &defaults;
  self->port = options->port;
  kobra_practice_service_init (&self->service, options);
  return self;
}

gboolean
kobra_practice_start (KobraPractice *self,
                      GError       **error)
{
  gboolean listens;

  g_return_val_if_fail (KOBRA_IS_PRACTICE (self), FALSE);
  g_return_val_if_fail (self->thread == NULL, FALSE);

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  kobra_practice_service_attach (&self->service, self->server);
  listens = listen_on_loopback (self, error);
  if (listens)
    set_base_url (self);
  g_main_context_pop_thread_default (self->context);
  if (listens && start_thread (self, error))
    return TRUE;
  drop_server (self);
  return FALSE;
}

void
kobra_practice_stop (KobraPractice *self)
{
  g_return_if_fail (KOBRA_IS_PRACTICE (self));

  if (self->thread == NULL)
    return;
  g_atomic_int_set (&self->stopping, TRUE);
  g_main_context_wakeup (self->context);
  g_clear_pointer (&self->thread, g_thread_join);
  drop_server (self);
}

const char *
kobra_practice_get_base_url (KobraPractice *self)
{
  g_return_val_if_fail (KOBRA_IS_PRACTICE (self), NULL);

  G_MUTEX_AUTO_LOCK (&self->mutex, locker);
  return self->base_url;
}

guint
kobra_practice_get_n_records (KobraPractice *self,
                              const char    *kind)
{
  KobraPracticeKind found;

  g_return_val_if_fail (KOBRA_IS_PRACTICE (self), 0);

  return kobra_practice_kind_find (kind, &found) ? kobra_practice_store_get_count (&self->service.store, found) : 0;
}

guint
kobra_practice_get_n_requests (KobraPractice *self)
{
  g_return_val_if_fail (KOBRA_IS_PRACTICE (self), 0);

  return (guint) g_atomic_int_get (&self->service.n_requests);
}

guint
kobra_practice_get_n_sign_ins (KobraPractice *self)
{
  g_return_val_if_fail (KOBRA_IS_PRACTICE (self), 0);

  return (guint) g_atomic_int_get (&self->service.n_sign_ins);
}

char *
kobra_practice_dup_record (KobraPractice *self,
                           const char    *kind,
                           const char    *key)
{
  KobraPracticeKind found;

  g_return_val_if_fail (KOBRA_IS_PRACTICE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return kobra_practice_kind_find (kind, &found) ? kobra_practice_store_dup_record (&self->service.store, found, key) : NULL;
}

char **
kobra_practice_dup_keys (KobraPractice *self,
                         const char    *kind)
{
  KobraPracticeKind found;

  g_return_val_if_fail (KOBRA_IS_PRACTICE (self), NULL);

  return kobra_practice_kind_find (kind, &found) ? kobra_practice_store_dup_keys (&self->service.store, found) : g_new0 (char *, 1);
}

void
kobra_practice_revoke_tokens (KobraPractice *self)
{
  g_return_if_fail (KOBRA_IS_PRACTICE (self));

  kobra_practice_service_revoke_tokens (&self->service);
}
