/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-test-import.h"

#include "kobra-test.h"

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  kobra_import_open_finish (KOBRA_IMPORT (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

void
kobra_test_import_open (KobraImport            *import,
                        const char             *path,
                        const KobraOpenOptions *options)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gboolean          is_open = FALSE;

  kobra_import_open_async (import, file, options, NULL, opened_cb, &is_open);
  kobra_test_wait_for_flag (&is_open);
}

KobraImport *
kobra_test_import_open_text (const char *text)
{
  static const KobraOpenOptions options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW, .clean = TRUE };
  KobraImport     *import = kobra_import_new ();
  g_autofree char *folder = kobra_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "cartera.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  kobra_test_import_open (import, path, &options);
  kobra_test_remove_folder (folder);
  return import;
}
