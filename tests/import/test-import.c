/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import.h"

#include "kobra-connection-list.h"
#include "kobra-export.h"
#include "kobra-test.h"

#include <string.h>

#include <glib/gstdio.h>

static const char good_sheet[] =
  "ID externo,Producto,Moneda,Nombre,Fecha nacimiento,Notas\n"
  "A-1,1,MX,Ana,1984-12-31,=1+1\n"
  "A-2,1,MX,,1984-12-31,\n"
  "A-3,1,MX,Luz,31 de febrero,x\n"
  "A-4,1,MX,Eva,1990-01-01,-5\n";

typedef struct
{
  gboolean done;
  GError  *error;
} Waiting;

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Waiting *waiting = data;

  kobra_import_open_finish (KOBRA_IMPORT (source), result, &waiting->error);
  waiting->done = TRUE;
}

static KobraImport *
open_sheet (const char *text)
{
  static const KobraOpenOptions options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW, .clean = TRUE };
  KobraImport      *import = kobra_import_new ();
  g_autofree char  *folder = kobra_test_make_folder ();
  g_autofree char  *path = g_build_filename (folder, "cartera.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Waiting           waiting = { 0 };

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  kobra_import_open_async (import, file, &options, NULL, opened_cb, &waiting);
  g_assert_cmpint (kobra_import_get_state (import), ==, KOBRA_IMPORT_OPENING);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_no_error (waiting.error);
  g_assert_cmpint (kobra_import_get_state (import), ==, KOBRA_IMPORT_READY);
  kobra_test_remove_folder (folder);
  return import;
}

static KobraImportCounts
get_counts (KobraImport *import)
{
  KobraImportCounts counts;

  kobra_import_get_counts (import, &counts);
  return counts;
}

static void
test_opened (void)
{
  g_autoptr (KobraImport) import = open_sheet (good_sheet);
  KobraImportCounts counts = get_counts (import);
  g_autofree char  *words = kobra_import_dup_problem_text (import, 2, 4);

  g_assert_cmpstr (kobra_import_get_title (import), ==, "cartera.csv");
  g_assert_cmpuint (counts.records, ==, 4);
  g_assert_cmpuint (counts.invalid, ==, 2);
  g_assert_cmpuint (counts.to_send, ==, 2);
  g_assert_cmpint (kobra_import_get_record_state (import, 1), ==, KOBRA_RECORD_INVALID);
  g_assert_nonnull (kobra_import_find_problem (import, 1, 3));
  g_assert_null (kobra_import_find_problem (import, 1, 4));
  g_assert_nonnull (strstr (words, "31 de febrero"));
  g_assert_finalize_object (g_steal_pointer (&import));
}

static void
test_failed_open_changes_nothing (void)
{
  static const KobraOpenOptions options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW };
  g_autoptr (KobraImport) import = open_sheet (good_sheet);
  g_autoptr (GFile) missing = g_file_new_for_path ("/nonexistent/file.csv");
  Waiting waiting = { 0 };

  kobra_import_open_async (import, missing, &options, NULL, opened_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_error (waiting.error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_NOT_FOUND);
  g_clear_error (&waiting.error);
  g_assert_cmpint (kobra_import_get_state (import), ==, KOBRA_IMPORT_READY);
  g_assert_cmpuint (get_counts (import).records, ==, 4);
}

static void
test_edits_are_checked_live (void)
{
  g_autoptr (KobraImport) import = open_sheet (good_sheet);
  KobraTable *table = kobra_import_get_table (import);

  g_assert_true (kobra_table_set_text (table, 1, 3, "Eva"));
  g_assert_cmpuint (get_counts (import).invalid, ==, 1);
  kobra_table_undo (table);
  g_assert_cmpuint (get_counts (import).invalid, ==, 2);
  g_assert_true (kobra_table_delete_rows (table, 1, 1));
  g_assert_cmpuint (get_counts (import).invalid, ==, 1);
  kobra_table_undo (table);
  g_assert_cmpuint (get_counts (import).invalid, ==, 2);

  /* The same key with another name: both records are in error, until one is told apart again. */
  g_assert_true (kobra_table_set_text (table, 3, 0, "A-1"));
  g_assert_cmpuint (get_counts (import).invalid, ==, 4);
  g_assert_true (kobra_table_set_text (table, 3, 0, "A-9"));
  g_assert_cmpuint (get_counts (import).invalid, ==, 2);
}

static gboolean
all_are_checked (gpointer data)
{
  return get_counts (data).invalid == 3000 + 2;
}

static void
test_large_paste_is_checked (void)
{
  g_autoptr (KobraImport) import = open_sheet (good_sheet);
  g_autoptr (KobraBulk)   bulk = kobra_bulk_new (kobra_import_get_table (import));
  const char *const cells[] = { "", "", "", "", "not a date" };

  for (guint i = 0; i < 3000; i++)
    g_assert_true (kobra_bulk_insert (bulk, cells, G_N_ELEMENTS (cells)));
  g_assert_true (kobra_bulk_apply (bulk));
  g_assert_cmpuint (kobra_table_get_n_rows (kobra_import_get_table (import)), ==, 3004);
  kobra_test_wait_for (all_are_checked, import);
  g_assert_cmpint (kobra_import_get_record_state (import, 3003), ==, KOBRA_RECORD_INVALID);
  kobra_table_undo (kobra_import_get_table (import));
  g_assert_cmpuint (kobra_table_get_n_rows (kobra_import_get_table (import)), ==, 4);
}

static gboolean
one_is_invalid (gpointer data)
{
  return get_counts (data).invalid == 1;
}

static void
test_import_type_changes_what_is_needed (void)
{
  g_autoptr (KobraImport) import = open_sheet (good_sheet);

  kobra_import_set_import_type (import, KOBRA_IMPORT_BALANCES);
  kobra_test_wait_for (one_is_invalid, import);
  g_assert_cmpint (kobra_import_get_record_state (import, 1), ==, KOBRA_RECORD_READY);
}

static void
test_export (void)
{
  g_autoptr (KobraImport) import = open_sheet (good_sheet);
  g_autofree char   *folder = kobra_test_make_folder ();
  g_autofree char   *path = g_build_filename (folder, "results.csv", NULL);
  g_autoptr (GFile)  file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = NULL;
  GStatBuf           about;

  g_assert_true (kobra_export_results (import, file, KOBRA_EXPORT_ALL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbfID externo,Producto,Moneda,Nombre,Fecha nacimiento,Notas,Line (Kobra Import),Result (Kobra Import),Message (Kobra Import),Time (Kobra Import),Record (Kobra Import CSV)\r\n"));
  g_assert_nonnull (strstr (text, ",'=1+1,"));
  g_assert_nonnull (strstr (text, ",-5,"));
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  kobra_test_remove_folder (folder);
}

static void
test_connections (void)
{
  g_autofree char *folder = kobra_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "deep", "connections.ini", NULL);
  g_autoptr (KobraConnection) connection = kobra_connection_new (), found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = NULL;
  GStatBuf           about;

  kobra_connection_set_name (connection, "Oficina");
  kobra_connection_set_user (connection, "ana");
  kobra_connection_set_password (connection, "a secret");
  g_assert_true (kobra_connection_list_save (path, connection, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "secret"));

  found = kobra_connection_list_find (path, "Oficina", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kobra_connection_get_user (found), ==, "ana");
  g_assert_null (kobra_connection_list_find (path, "Nowhere", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Oficina"));
  kobra_test_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/opened-and-counted", test_opened);
  g_test_add_func ("/import/failed-open-changes-nothing", test_failed_open_changes_nothing);
  g_test_add_func ("/import/edits-are-checked-live", test_edits_are_checked_live);
  g_test_add_func ("/import/large-paste-is-checked-in-a-worker", test_large_paste_is_checked);
  g_test_add_func ("/import/import-type-changes-what-is-needed", test_import_type_changes_what_is_needed);
  g_test_add_func ("/import/export/private-and-without-formulas", test_export);
  g_test_add_func ("/import/connections/kept-without-secrets", test_connections);
  return g_test_run ();
}
