/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kind of warning that is ignored is remembered by the saved layout: other files of it begin without, and one look for it again brings it back. */
#include "kobra-import-choices.h"
#include "kobra-import-layout.h"
#include "kobra-layout-folder.h"
#include "kobra-test.h"

static const char *const headers[] = { "externalID", "phoneNumber", NULL };

static void
save_layout (void)
{
  g_autoptr (KobraLayout)     layout = kobra_layout_new_by_header (KOBRA_KIND_ACCOUNTS, headers, 2);
  g_autoptr (KobraLayoutFile) file = kobra_layout_file_new (layout, headers, "La de siempre", KOBRA_IMPORT_BALANCES);
  g_autoptr (GError)          error = NULL;

  kobra_layout_folder_save (file, &error);
  g_assert_no_error (error);
}

static gboolean
is_remembered (gpointer data)
{
  g_autoptr (KobraLayoutFile) file = kobra_layout_folder_read ("La de siempre", NULL);

  return file != NULL && kobra_layout_file_get_ignored (file) == (GPOINTER_TO_INT (data) ? G_GUINT64_CONSTANT (1) << KOBRA_PROBLEM_PHONE : 0);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kobra_import_open_finish (KOBRA_IMPORT (source), result, &error));
  *(gboolean *) data = TRUE;
}

static KobraImport *
open_sheet (const char *text)
{
  static const KobraOpenOptions options = { .guess_kind = TRUE, .find_layout = TRUE, .import_type = KOBRA_IMPORT_BALANCES };
  KobraImport      *import = kobra_import_new ();
  g_autofree char  *folder = kobra_test_make_folder ();
  g_autofree char  *path = g_build_filename (folder, "sheet.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gboolean          done = FALSE;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  kobra_import_open_async (import, file, &options, NULL, opened_cb, &done);
  kobra_test_wait_for_flag (&done);
  kobra_test_remove_folder (folder);
  return import;
}

static guint
count_warnings (KobraImport *import)
{
  return kobra_import_count_problems (import, KOBRA_PROBLEM_PHONE, (guint) kobra_schema_find_field (kobra_import_get_schema (import), "phoneNumber"));
}

static gboolean
has_warnings (gpointer data)
{
  return count_warnings (data) > 0;
}

static gboolean
has_no_warnings (gpointer data)
{
  return count_warnings (data) == 0;
}

static void
test_remembered_by_layout (void)
{
  g_autoptr (KobraImport) first = NULL, second = NULL, third = NULL, other = NULL;

  save_layout ();
  first = open_sheet ("externalID,phoneNumber\nA-1,123\n");
  g_assert_cmpstr (kobra_import_get_layout_name (first), ==, "La de siempre");
  g_assert_cmpuint (count_warnings (first), ==, 1);
  kobra_import_ignore (first, KOBRA_PROBLEM_PHONE, TRUE);
  kobra_test_wait_for (has_no_warnings, first);
  kobra_test_wait_for (is_remembered, GINT_TO_POINTER (TRUE));

  second = open_sheet ("externalID,phoneNumber\nB-1,456\nB-2,789\n");
  g_assert_true (kobra_import_ignores (second, KOBRA_PROBLEM_PHONE));
  g_assert_cmpuint (count_warnings (second), ==, 0);
  other = open_sheet ("externalID,name,phoneNumber\nC-1,Ana,456\n");
  g_assert_false (kobra_import_ignores (other, KOBRA_PROBLEM_PHONE));
  g_assert_cmpuint (count_warnings (other), ==, 1);

  kobra_import_ignore (second, KOBRA_PROBLEM_PHONE, FALSE);
  kobra_test_wait_for (has_warnings, second);
  kobra_test_wait_for (is_remembered, GINT_TO_POINTER (FALSE));
  third = open_sheet ("externalID,phoneNumber\nB-1,456\n");
  g_assert_cmpuint (count_warnings (third), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/ignore/remembered-by-layout", test_remembered_by_layout);
  return g_test_run ();
}
