/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-test.h"

#include <glib/gstdio.h>

#define PATIENCE_SECONDS 30

char *
kobra_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("kobra-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
kobra_test_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        kobra_test_remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static gboolean
patience_ended_cb (gpointer data)
{
  g_error ("a condition did not come true within %d seconds", PATIENCE_SECONDS);
  return G_SOURCE_REMOVE;
}

void
kobra_test_wait_for (gboolean (*done) (gpointer data),
                     gpointer data)
{
  guint alarm = g_timeout_add_seconds (PATIENCE_SECONDS, patience_ended_cb, NULL);

  while (!done (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

void
kobra_test_wait_for_flag (gboolean *flag)
{
  kobra_test_wait_for (is_set, flag);
}

void
kobra_test_add_row (const char   *prefix,
                    const char   *name,
                    gconstpointer row,
                    GTestDataFunc func)
{
  g_autofree char *path = g_strconcat (prefix, name, NULL);

  g_test_add_data_func (path, row, func);
}
