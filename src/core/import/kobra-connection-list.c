/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-connection-list.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "kobra-banned.h"

static GKeyFile *
load (const char *path,
      GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError)   cause = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &cause) || g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&file);
  g_set_error (error, cause->domain, cause->code, _ ("The list of connections “%s” cannot be read: %s"), path, cause->message);
  return NULL;
}

char *
kobra_connection_list_dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "kobra-import", "connections.ini", NULL);
}

GPtrArray *
kobra_connection_list_load (const char *path,
                            GError    **error)
{
  g_autoptr (GKeyFile)  file = load (path, error);
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv)        groups = NULL;

  if (file == NULL)
    return NULL;
  groups = g_key_file_get_groups (file, NULL);
  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autoptr (GError) cause = NULL;
      KobraConnection   *connection = kobra_connection_new_from_key_file (file, groups[i], &cause);

      if (connection == NULL)
        {
          g_warning ("A connection in %s cannot be used: %s", path, cause->message);
          continue;
        }
      kobra_connection_set_name (connection, groups[i]);
      g_ptr_array_add (connections, connection);
    }
  return g_steal_pointer (&connections);
}

static gboolean
write_file (GKeyFile   *file,
            const char *path,
            GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gsize            length;
  g_autofree char *text = g_key_file_to_data (file, &length, NULL);

  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

gboolean
kobra_connection_list_save (const char      *path,
                            KobraConnection *connection,
                            const char      *old_name,
                            GError         **error)
{
  g_autoptr (GKeyFile) file = load (path, error);

  if (file == NULL || !kobra_connection_check_name (kobra_connection_get_name (connection), error))
    return FALSE;
  if (old_name != NULL && !g_str_equal (old_name, kobra_connection_get_name (connection)))
    g_key_file_remove_group (file, old_name, NULL);
  kobra_connection_save (connection, file, kobra_connection_get_name (connection));
  return write_file (file, path, error);
}

gboolean
kobra_connection_list_remove (const char *path,
                              const char *name,
                              GError    **error)
{
  g_autoptr (GKeyFile) file = load (path, error);

  if (file == NULL)
    return FALSE;
  return !g_key_file_remove_group (file, name, NULL) || write_file (file, path, error);
}

KobraConnection *
kobra_connection_list_find (const char *path,
                            const char *name,
                            GError    **error)
{
  g_autoptr (GPtrArray) connections = kobra_connection_list_load (path, error);
  g_autoptr (GString)   names = g_string_new (NULL);

  if (connections == NULL)
    return NULL;
  for (guint i = 0; i < connections->len; i++)
    {
      KobraConnection *connection = g_ptr_array_index (connections, i);

      /* Its server is the window's own, and is gone with it: what stands in the file is no address. */
      if (kobra_connection_is_practice (connection))
        continue;
      if (g_str_equal (kobra_connection_get_name (connection), name))
        return g_object_ref (connection);
      g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", kobra_connection_get_name (connection));
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no connection “%s”. Known are: %s. A connection is made by sending from the window."),
               name, names->len > 0 ? names->str : _ ("none"));
  return NULL;
}
