/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout-folder.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-text.h"

#include "kobra-banned.h"

/* Whoever has more does not find them again. */
#define MAX_LAYOUTS 500u

#define SUFFIX ".json"

#define MAX_SHOWN 60 /* characters of a name in a message */

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_config_dir (), "kobra-import", "layouts", NULL);
}

/* A name may have any character; a file's may not. */
static char *
dup_path (const char *name)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *escaped = g_uri_escape_string (name, " ", TRUE);
  g_autofree char *file = g_strconcat (escaped, SUFFIX, NULL);

  return g_build_filename (folder, file, NULL);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(char *const *) a, *(char *const *) b);
}

char **
kobra_layout_folder_list (void)
{
  g_autofree char      *path = dup_folder ();
  g_autoptr (GDir)      folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const char *file = folder != NULL ? g_dir_read_name (folder) : NULL; file != NULL && names->len < MAX_LAYOUTS; file = g_dir_read_name (folder))
    {
      g_autofree char *stem = g_str_has_suffix (file, SUFFIX) ? g_strndup (file, strlen (file) - strlen (SUFFIX)) : NULL;
      char            *name = stem != NULL ? g_uri_unescape_string (stem, NULL) : NULL;

      if (name != NULL && *name != '\0' && g_utf8_validate (name, -1, NULL))
        g_ptr_array_add (names, name);
      else
        g_free (name);
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

KobraLayoutFile *
kobra_layout_folder_read (const char *name,
                          GError    **error)
{
  g_autofree char *path = dup_path (name);
  KobraLayoutFile *layout = kobra_layout_file_read (path, error);

  if (layout != NULL)
    kobra_layout_file_set_name (layout, name);
  return layout;
}

KobraLayoutFile *
kobra_layout_folder_find (const char *const *headers)
{
  g_auto (GStrv) names = kobra_layout_folder_list ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (KobraLayoutFile) layout = kobra_layout_folder_read (names[i], NULL);

      if (layout != NULL && kobra_layout_file_is_for (layout, headers))
        return g_steal_pointer (&layout);
    }
  return NULL;
}

gboolean
kobra_layout_folder_save (KobraLayoutFile *layout,
                          GError         **error)
{
  g_autofree char  *folder = dup_folder ();
  g_autofree char  *path = dup_path (kobra_layout_file_get_name (layout));
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, KOBRA_LAYOUT_ERROR, KOBRA_LAYOUT_ERROR_FILE, _ ("The folder “%s” cannot be made, so the layout was not saved. Check who may write there."), folder);
      return FALSE;
    }
  return kobra_layout_file_write (layout, file, error);
}

gboolean
kobra_layout_folder_has (const char *name)
{
  g_autofree char *path = dup_path (name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
kobra_layout_folder_remove (const char *name,
                            GError    **error)
{
  g_autofree char  *path = dup_path (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_delete (file, NULL, error);
}

gboolean
kobra_layout_folder_rename (const char *name,
                            const char *new_name,
                            GError    **error)
{
  g_autoptr (KobraLayoutFile) layout = NULL;

  if (g_str_equal (name, new_name))
    return TRUE;
  if (kobra_layout_folder_has (new_name))
    {
      g_autofree char *shown = kobra_text_visible (new_name, MAX_SHOWN);

      g_set_error (error, KOBRA_LAYOUT_ERROR, KOBRA_LAYOUT_ERROR_FILE, _ ("There is a layout called “%s” already. Choose another name."), shown);
      return FALSE;
    }
  layout = kobra_layout_folder_read (name, error);
  if (layout == NULL)
    return FALSE;
  kobra_layout_file_set_name (layout, new_name);
  return kobra_layout_folder_save (layout, error) && kobra_layout_folder_remove (name, error);
}

char *
kobra_layout_folder_import (const char *path,
                            GError    **error)
{
  g_autoptr (KobraLayoutFile) layout = kobra_layout_file_read (path, error);
  g_autofree char            *stem = NULL, *name = NULL;

  if (layout == NULL)
    return NULL;
  stem = kobra_layout_file_get_name (layout) != NULL ? g_strstrip (g_strdup (kobra_layout_file_get_name (layout))) : g_filename_display_basename (path);
  if (g_str_has_suffix (stem, SUFFIX))
    stem[strlen (stem) - strlen (SUFFIX)] = '\0';
  name = g_strdup (*stem != '\0' ? stem : _ ("Layout"));
  for (guint number = 2; kobra_layout_folder_has (name); number++)
    {
      g_free (name);
      name = g_strdup_printf ("%s %u", stem, number);
    }
  kobra_layout_file_set_name (layout, name);
  return kobra_layout_folder_save (layout, error) ? g_steal_pointer (&name) : NULL;
}
