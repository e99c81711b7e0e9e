/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout-folder.h"

#include <glib/gstdio.h>

#include "kobra-test.h"

static const char *const headers[] = { "Clave rara", "Persona", NULL };

static void
save (const char *name,
      GVariant   *reading)
{
  g_autoptr (KobraLayout)     layout = kobra_layout_new_by_header (KOBRA_KIND_ACCOUNTS, headers, 2);
  g_autoptr (KobraLayoutFile) file = NULL;
  g_autoptr (GError)          error = NULL;

  kobra_layout_set_field (layout, 0, (int) layout->schema->key_field);
  file = kobra_layout_file_new (layout, headers, name, KOBRA_IMPORT_NEW);
  kobra_layout_file_set_reading (file, reading);
  kobra_layout_folder_save (file, &error);
  g_assert_no_error (error);
}

static void
assert_names (const char *expected)
{
  g_auto (GStrv)   names = kobra_layout_folder_list ();
  g_autofree char *joined = g_strjoinv ("|", names);

  g_assert_cmpstr (joined, ==, expected);
}

/* Names may have any character, and only their owner reads the files. */
static void
test_saved_and_found (void)
{
  g_autoptr (KobraLayoutFile) found = NULL;
  GStatBuf                    status;
  g_autofree char            *folder = g_build_filename (g_get_user_config_dir (), "kobra-import", "layouts", NULL);

  assert_names ("");
  save ("Norte / “A” ñ%", NULL);
  assert_names ("Norte / “A” ñ%");
  found = kobra_layout_folder_find (headers);
  g_assert_cmpstr (kobra_layout_file_get_name (found), ==, "Norte / “A” ñ%");
  g_assert_cmpuint (kobra_layout_file_count_fields (found), >=, 1);
  g_assert_null (kobra_layout_file_get_reading (found));
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
}

/* How a file is read comes back as it was, whatever type its values have. */
static void
test_reading_is_kept (void)
{
  g_autoptr (KobraLayoutFile) layout = NULL;
  g_autoptr (GError)          error = NULL;
  g_autoptr (GVariant)        row = NULL;
  const char                 *sheet = NULL;
  gboolean                    keep = FALSE;

  save ("Sur", g_variant_new_parsed ("{'sheet': <'Cartera'>, 'header-row': <uint32 4>, 'keep-all': <true>}"));
  layout = kobra_layout_folder_read ("Sur", &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (kobra_layout_file_get_reading (layout), "sheet", "&s", &sheet));
  g_assert_cmpstr (sheet, ==, "Cartera");
  g_assert_true (g_variant_lookup (kobra_layout_file_get_reading (layout), "keep-all", "b", &keep) && keep);
  row = g_variant_lookup_value (kobra_layout_file_get_reading (layout), "header-row", G_VARIANT_TYPE_INT64);
  g_assert_cmpint (g_variant_get_int64 (row), ==, 4);
}

static void
test_renamed (void)
{
  g_autoptr (GError) error = NULL;

  save ("A", NULL);
  save ("B", NULL);
  g_assert_true (kobra_layout_folder_rename ("A", "C", &error));
  assert_names ("B|C");
  g_assert_true (kobra_layout_folder_rename ("C", "C", &error));
  g_assert_false (kobra_layout_folder_rename ("C", "B", &error));
  g_assert_error (error, KOBRA_LAYOUT_ERROR, KOBRA_LAYOUT_ERROR_FILE);
  g_assert_nonnull (g_strrstr (error->message, "“B”"));
  assert_names ("B|C");
}

static void
test_removed (void)
{
  g_autoptr (GError) error = NULL;

  save ("A", NULL);
  g_assert_true (kobra_layout_folder_remove ("A", &error));
  assert_names ("");
  g_assert_false (kobra_layout_folder_remove ("A", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* What is exported is imported under its name, beside what has it already. */
static void
test_imported (void)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (KobraLayoutFile) layout = NULL;
  g_autofree char            *folder = kobra_test_make_folder ();
  g_autofree char            *path = g_build_filename (folder, "norte.json", NULL), *broken = g_build_filename (folder, "broken.json", NULL);
  g_autofree char            *nameless = g_build_filename (folder, "Zócalo.json", NULL);
  g_autofree char            *second = NULL, *first = NULL, *third = NULL;
  g_autoptr (GFile)           file = g_file_new_for_path (path);

  save ("Norte", NULL);
  layout = kobra_layout_folder_read ("Norte", NULL);
  g_assert_true (kobra_layout_file_write (layout, file, &error));
  second = kobra_layout_folder_import (path, &error);
  g_assert_cmpstr (second, ==, "Norte 2");
  g_assert_true (kobra_layout_folder_remove ("Norte", &error));
  first = kobra_layout_folder_import (path, &error);
  g_assert_cmpstr (first, ==, "Norte");
  g_assert_true (g_file_set_contents (nameless, "{\"columns\":[]}", -1, NULL));
  third = kobra_layout_folder_import (nameless, &error);
  g_assert_cmpstr (third, ==, "Zócalo");
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (broken, "{", -1, NULL));
  g_assert_null (kobra_layout_folder_import (broken, &error));
  g_assert_error (error, KOBRA_LAYOUT_ERROR, KOBRA_LAYOUT_ERROR_FORMAT);
  assert_names ("Norte|Norte 2|Zócalo");
  kobra_test_remove_folder (folder);
}

static void
clear_folder (void)
{
  g_auto (GStrv) names = kobra_layout_folder_list ();

  for (gsize i = 0; names[i] != NULL; i++)
    kobra_layout_folder_remove (names[i], NULL);
}

static const struct
{
  const char *name;
  void (*run) (void);
} tests[] = {
  { "saved-and-found", test_saved_and_found },
  { "reading-is-kept", test_reading_is_kept },
  { "renamed", test_renamed },
  { "removed", test_removed },
  { "imported", test_imported },
};

static void
run_in_an_empty_folder (gconstpointer data)
{
  clear_folder ();
  tests[GPOINTER_TO_SIZE (data)].run ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    kobra_test_add_row ("/layout/folder/", tests[i].name, GSIZE_TO_POINTER (i), run_in_an_empty_folder);
  return g_test_run ();
}
