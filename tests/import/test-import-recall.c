/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A saved layout is found also where the file must be read in another way to show its headers. */

#include "kobra-import-open.h"
#include "kobra-layout-folder.h"
#include "kobra-test.h"

static const char *const headers[] = { "Alfa", "Beta", NULL };

static void
save (const char       *name,
      KobraReadOptions *read)
{
  g_autoptr (KobraLayout)     layout = kobra_layout_new_by_header (KOBRA_KIND_ACCOUNTS, headers, 2);
  g_autoptr (KobraLayoutFile) file = NULL;
  g_autoptr (GError)          error = NULL;

  kobra_layout_set_field (layout, 0, kobra_schema_find_field (layout->schema, "rfc"));
  file = kobra_layout_file_new (layout, headers, name, KOBRA_IMPORT_BALANCES);
  kobra_layout_file_set_reading (file, kobra_read_options_to_variant (read));
  kobra_layout_folder_save (file, &error);
  g_assert_no_error (error);
}

static const struct
{
  const char      *name;
  const char      *text;
  KobraReadOptions read;
  const char      *layout; /* that is found, or NULL */
} cases[] = {
  { "by-its-headers", "Alfa,Beta\nA-1,Ana\n", { 0 }, "it" },
  { "below-what-looks-like-a-header", "ID externo,Nombre\nx,y\nAlfa,Beta\nA-1,Ana\n", { .header_row = 3 }, "it" },
  { "with-a-separator-of-its-own", "Alfa:Beta\nA-1:Ana\n", { .separator = ':' }, "it" },
  { "other-headers-there", "ID externo,Nombre\nx,y\nAlfa,Gama\nA-1,Ana\n", { .header_row = 3 }, NULL },
  { "sheet-that-is-not-there", "ID externo,Nombre\nA-1,Ana\n", { .sheet = (char *) "Otra" }, NULL },
};

static void
test_case (gconstpointer data)
{
  const gsize             i = GPOINTER_TO_SIZE (data);
  const KobraOpenOptions  options = { .guess_kind = TRUE, .find_layout = TRUE };
  g_autofree char        *folder = kobra_test_make_folder ();
  g_autofree char        *path = g_build_filename (folder, "sheet.csv", NULL);
  g_autoptr (GFile)       file = g_file_new_for_path (path);
  g_autoptr (GError)      error = NULL;
  g_autoptr (KobraOpened) opened = NULL;
  KobraReadOptions        read = cases[i].read;

  save ("it", &read);
  g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
  opened = kobra_import_open_file (file, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opened->layout_name, ==, cases[i].layout);
  if (cases[i].layout != NULL)
    {
      g_assert_cmpstr (opened->headers[0], ==, "Alfa");
      g_assert_cmpuint (kobra_rows_get_n_rows (opened->rows), ==, 1);
      g_assert_true (kobra_read_options_are_equal (&opened->read, &cases[i].read));
      g_assert_cmpint (opened->layout->fields[0], ==, kobra_schema_find_field (opened->layout->schema, "rfc"));
    }
  kobra_test_remove_folder (folder);
}

/* Another sheet than the first that has something in it. */
static void
test_other_sheet (void)
{
  static const char *const visits[] = { "ID visita", "Estado", NULL };
  const KobraOpenOptions   options = { .guess_kind = TRUE, .find_layout = TRUE };
  KobraReadOptions         read = { .sheet = (char *) "Otra" };
  g_autoptr (KobraLayout)  layout = kobra_layout_new_by_header (KOBRA_KIND_PROMISES, visits, 2);
  g_autoptr (KobraLayoutFile) saved = kobra_layout_file_new (layout, visits, "visitas", KOBRA_IMPORT_NEW);
  g_autoptr (GFile)        file = g_file_new_build_filename (g_test_get_dir (G_TEST_DIST), "data", "books", "libreoffice.xlsx", NULL);
  g_autoptr (GError)       error = NULL;
  g_autoptr (KobraOpened)  opened = NULL;

  kobra_layout_file_set_reading (saved, kobra_read_options_to_variant (&read));
  g_assert_true (kobra_layout_folder_save (saved, NULL));
  opened = kobra_import_open_file (file, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opened->layout_name, ==, "visitas");
  g_assert_cmpint (opened->layout->schema->kind, ==, KOBRA_KIND_PROMISES);
  g_assert_cmpstr (opened->headers[0], ==, "ID visita");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/import/recall/", cases[i].name, GSIZE_TO_POINTER (i), test_case);
  g_test_add_func ("/import/recall/other-sheet", test_other_sheet);
  return g_test_run ();
}
