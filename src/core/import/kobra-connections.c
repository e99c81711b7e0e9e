/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-connections.h"

#include <glib/gi18n.h>

#include "kobra-connection-list.h"

#include "kobra-banned.h"

struct _KobraConnections
{
  GObject      parent_instance;

  char        *path;
  GPtrArray   *all;    /* KobraConnection */
  GHashTable  *names;  /* KobraConnection -> char, under which it is written */
  GThreadPool *writer; /* one thread: writes come in order */
};

/* What the writer is to do: a connection's settings by value, or only to forget the one that was called so. */
typedef struct
{
  KobraConnection *copy; /* or NULL */
  char            *old_name; /* or NULL */
} Job;

static void kobra_connections_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KobraConnections, kobra_connections, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, kobra_connections_list_model_init))

static void
do_job (gpointer data,
        gpointer user_data)
{
  Job               *job = data;
  const char        *path = user_data;
  g_autoptr (GError) error = NULL;
  gboolean           done;

  if (job->copy != NULL)
    done = kobra_connection_list_save (path, job->copy, job->old_name, &error);
  else
    done = kobra_connection_list_remove (path, job->old_name, &error);
  if (!done)
    g_warning ("The connection could not be saved: %s", error->message);
  g_clear_object (&job->copy);
  g_free (job->old_name);
  g_free (job);
}

static void
push (KobraConnections *self,
      KobraConnection  *copy,
      const char       *old_name)
{
  Job *job = g_new0 (Job, 1);

  job->copy = copy;
  job->old_name = g_strdup (old_name);
  g_thread_pool_push (self->writer, job, NULL);
}

static GType
get_item_type (GListModel *model)
{
  return KOBRA_TYPE_CONNECTION;
}

static guint
get_n_items (GListModel *model)
{
  return KOBRA_CONNECTIONS (model)->all->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  KobraConnections *self = KOBRA_CONNECTIONS (model);

  return position < self->all->len ? g_object_ref (g_ptr_array_index (self->all, position)) : NULL;
}

static void
kobra_connections_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
kobra_connections_finalize (GObject *object)
{
  KobraConnections *self = KOBRA_CONNECTIONS (object);

  g_thread_pool_free (self->writer, FALSE, TRUE);
  g_ptr_array_unref (self->all);
  g_hash_table_unref (self->names);
  g_free (self->path);

  G_OBJECT_CLASS (kobra_connections_parent_class)->finalize (object);
}

static void
kobra_connections_class_init (KobraConnectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kobra_connections_finalize;
}

static void
kobra_connections_init (KobraConnections *self)
{
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

static void
add_practice (KobraConnections *self)
{
  KobraConnection *practice = kobra_connection_new ();

  /* TRANSLATORS: the name of the connection to the built-in server */
  kobra_connection_set_name (practice, _ ("Practice"));
  kobra_connection_set_practice (practice, TRUE);
  g_ptr_array_add (self->all, practice);
}

static void
add_kobra (KobraConnections *self)
{
  KobraConnection *kobra = kobra_connection_new ();

  kobra_connection_set_name (kobra, kobra_connection_get_host (kobra));
  g_ptr_array_add (self->all, kobra);
}

static gboolean
add_saved (KobraConnections *self)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) saved = kobra_connection_list_load (self->path, &error);
  gboolean              has_kobra = FALSE;

  if (saved == NULL)
    g_warning ("%s", error->message);
  for (guint i = 0; saved != NULL && i < saved->len; i++)
    {
      KobraConnection *connection = g_ptr_array_index (saved, i);

      /* The practice server is built in; of it only what is required is kept. */
      if (kobra_connection_is_practice (connection))
        {
          kobra_connection_set_required (kobra_connections_get_practice (self), kobra_connection_get_required (connection));
          g_hash_table_insert (self->names, kobra_connections_get_practice (self), g_strdup (kobra_connection_get_name (connection)));
          continue;
        }
      has_kobra = has_kobra || g_str_equal (kobra_connection_get_base_url (connection), KOBRA_CONNECTION_DEFAULT_BASE_URL);
      g_ptr_array_add (self->all, g_object_ref (connection));
      g_hash_table_insert (self->names, connection, g_strdup (kobra_connection_get_name (connection)));
      /* One that was written before there were IDs. */
      if (*kobra_connection_get_id (connection) == '\0')
        kobra_connections_keep (self, connection);
    }
  return has_kobra;
}

KobraConnections *
kobra_connections_new (const char *path)
{
  KobraConnections *self = g_object_new (KOBRA_TYPE_CONNECTIONS, NULL);

  self->path = g_strdup (path);
  self->writer = g_thread_pool_new (do_job, self->path, 1, FALSE, NULL);
  add_practice (self);
  if (!add_saved (self))
    add_kobra (self);
  return self;
}

KobraConnection *
kobra_connections_get_practice (KobraConnections *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTIONS (self), NULL);

  return g_ptr_array_index (self->all, 0);
}

static gboolean
is_taken (KobraConnections *self,
          KobraConnection  *connection,
          const char       *name)
{
  for (guint i = 0; i < self->all->len; i++)
    {
      KobraConnection *other = g_ptr_array_index (self->all, i);

      if (other != connection && g_str_equal (kobra_connection_get_name (other), name))
        return TRUE;
    }
  return FALSE;
}

static void
make_name_unique (KobraConnections *self,
                  KobraConnection  *connection)
{
  g_autofree char *wanted = g_strdup (kobra_connection_get_name (connection));

  for (guint i = 2; is_taken (self, connection, kobra_connection_get_name (connection)); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s (%u)", wanted, i);

      kobra_connection_set_name (connection, name);
    }
}

void
kobra_connections_keep (KobraConnections *self,
                        KobraConnection  *connection)
{
  guint at;

  g_return_if_fail (KOBRA_IS_CONNECTIONS (self) && KOBRA_IS_CONNECTION (connection));

  if (kobra_connection_is_practice (connection))
    {
      push (self, kobra_connection_dup (connection), g_hash_table_lookup (self->names, connection));
      g_hash_table_insert (self->names, connection, g_strdup (kobra_connection_get_name (connection)));
      return;
    }
  if (*kobra_connection_get_id (connection) == '\0')
    {
      g_autofree char *id = g_uuid_string_random ();

      kobra_connection_set_id (connection, id);
    }
  make_name_unique (self, connection);
  push (self, kobra_connection_dup (connection), g_hash_table_lookup (self->names, connection));
  g_hash_table_insert (self->names, connection, g_strdup (kobra_connection_get_name (connection)));
  if (g_ptr_array_find (self->all, connection, &at))
    return;
  g_ptr_array_add (self->all, g_object_ref (connection));
  g_list_model_items_changed (G_LIST_MODEL (self), self->all->len - 1, 0, 1);
}

void
kobra_connections_remove (KobraConnections *self,
                          KobraConnection  *connection)
{
  const char *name;
  guint       at;

  g_return_if_fail (KOBRA_IS_CONNECTIONS (self) && !kobra_connection_is_practice (connection));

  if (!g_ptr_array_find (self->all, connection, &at))
    return;
  name = g_hash_table_lookup (self->names, connection);
  if (name != NULL)
    push (self, NULL, name);
  g_hash_table_remove (self->names, connection);
  g_ptr_array_remove_index (self->all, at);
  g_list_model_items_changed (G_LIST_MODEL (self), at, 1, 0);
}

KobraConnection *
kobra_connections_find (KobraConnections *self,
                        const char       *name)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTIONS (self), NULL);

  for (guint i = 0; i < self->all->len; i++)
    if (g_str_equal (kobra_connection_get_name (g_ptr_array_index (self->all, i)), name))
      return g_ptr_array_index (self->all, i);
  return NULL;
}

void
kobra_connections_lock (KobraConnections *self)
{
  g_return_if_fail (KOBRA_IS_CONNECTIONS (self));

  for (guint i = 1; i < self->all->len; i++)
    {
      kobra_connection_set_password (g_ptr_array_index (self->all, i), NULL);
      kobra_connection_set_token (g_ptr_array_index (self->all, i), NULL);
    }
}
