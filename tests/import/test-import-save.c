/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is promised of an import that saves itself: it comes back as it was, whatever was done to it. */

#include "kobra-import-save.h"

#include <string.h>

#include <sqlite3.h>

#include "kobra-export.h"
#include "kobra-import-choices.h"
#include "kobra-import-private.h"
#include "kobra-journal-read.h"
#include "kobra-test-disk.h"
#include "kobra-test-import.h"
#include "kobra-test.h"

typedef struct
{
  char         *folder, *path;
  KobraJournal *journal;
} Place;

static void
place_open (Place *place)
{
  g_autoptr (GError) error = NULL;

  place->journal = kobra_journal_open (place->path, &error);
  g_assert_no_error (error);
}

static void
place_init (Place *place)
{
  place->folder = kobra_test_make_folder ();
  place->path = g_build_filename (place->folder, "journal.db", NULL);
  place_open (place);
}

static void
place_clear (Place *place)
{
  g_clear_pointer (&place->journal, kobra_journal_close);
  kobra_test_remove_folder (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
write_sheet (const Place *place,
             const char  *name,
             guint        n_rows)
{
  g_autofree char *path = g_build_filename (place->folder, name, NULL);
  GString         *text = g_string_new ("externalID,productID,currencyCode,name,totalPending\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "A-%u,1,MX,José %u,%u.10\n", i, i, 1000 + i);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  g_string_free (text, TRUE);
}

typedef struct
{
  gboolean is_called, is_fine;
  GError  *error;
} Answer;

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Answer *answer = data;

  answer->is_fine = kobra_import_restore_finish (KOBRA_IMPORT (source), result, &answer->error);
  answer->is_called = TRUE;
}

static void
open_sheet (KobraImport *import,
            const Place *place,
            const char  *name)
{
  const KobraOpenOptions options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_BALANCES, .clean = TRUE };
  g_autofree char       *path = g_build_filename (place->folder, name, NULL);

  kobra_test_import_open (import, path, &options);
}

static KobraImport *
restore (const Place *place,
         gint64       id)
{
  KobraImport *import = kobra_import_new ();
  Answer       answer = { 0 };

  kobra_import_restore_async (import, place->journal, id, NULL, restored_cb, &answer);
  kobra_test_wait_for_flag (&answer.is_called);
  g_assert_no_error (answer.error);
  return import;
}

static void
done_cb (const GError *error,
         gpointer      data)
{
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
sync_journal (const Place *place)
{
  gboolean done = FALSE;

  kobra_journal_sync (place->journal, done_cb, &done);
  kobra_test_wait_for_flag (&done);
}

static gboolean
has_digest (gpointer data)
{
  return kobra_import_get_journal_id (data) != 0;
}

static KobraTable *
copy (KobraImport *import,
      GPtrArray  **texts)
{
  KobraTable *table = kobra_import_get_table (import);

  *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint row = 0; row < kobra_table_get_n_rows (table); row++)
    {
      const KobraRow *packed = kobra_table_peek_row (table, row);

      g_ptr_array_add (*texts, g_strdup_printf ("%u %u", packed->id, packed->line));
      for (guint column = 0; column < kobra_table_get_n_columns (table); column++)
        g_ptr_array_add (*texts, g_strdup (kobra_table_get_text (table, row, column)));
    }
  return table;
}

static void
assert_same (GPtrArray *left,
             GPtrArray *right)
{
  g_assert_cmpuint (left->len, ==, right->len);
  for (guint i = 0; i < left->len; i++)
    g_assert_cmpstr (g_ptr_array_index (left, i), ==, g_ptr_array_index (right, i));
}

static void
edit_at_random (KobraTable *table)
{
  guint n = kobra_table_get_n_rows (table);
  guint row = n > 0 ? (guint) g_test_rand_int_range (0, (gint32) n) : 0;

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      kobra_table_insert_rows (table, row, (guint) g_test_rand_int_range (1, 5));
      break;
    case 1:
      kobra_table_delete_rows (table, row, MIN (n - row, 3));
      break;
    case 2:
      kobra_table_undo (table);
      break;
    case 3:
      kobra_table_redo (table);
      break;
    default:
      if (n > 0)
        kobra_table_set_text (table, row, (guint) g_test_rand_int_range (0, 5), "Íñigo");
    }
}

static void
test_comes_back (void)
{
  g_auto (Place)          place = { 0 };
  g_autoptr (KobraImport) import = kobra_import_new ();
  g_autoptr (KobraImport) again = NULL;
  g_autoptr (GPtrArray)   before = NULL, after = NULL;
  KobraTable             *table;
  gint64                  id;

  place_init (&place);
  write_sheet (&place, "cartera.csv", 9000);
  kobra_import_set_journal (import, place.journal);
  open_sheet (import, &place, "cartera.csv");
  kobra_test_wait_for (has_digest, import);
  id = kobra_import_get_journal_id (import);
  table = kobra_import_get_table (import);
  for (guint i = 0; i < 200; i++)
    edit_at_random (table);
  kobra_table_begin_step (table, "Fill");
  for (guint row = 0; row < kobra_table_get_n_rows (table); row++)
    kobra_table_set_text (table, row, 4, "7.50");
  kobra_table_end_step (table);
  kobra_table_delete_rows (table, 10, 5000);
  kobra_table_undo (table);
  copy (import, &before);
  g_assert_true (kobra_import_is_saved (import));
  kobra_import_set_journal (import, NULL);

  kobra_journal_close (place.journal);
  place_open (&place);
  again = restore (&place, id);
  copy (again, &after);
  assert_same (before, after);
  g_assert_cmpstr (kobra_import_get_title (again), ==, "cartera.csv");
  g_assert_cmpint (kobra_import_get_import_type (again), ==, KOBRA_IMPORT_BALANCES);
  g_assert_cmpint (kobra_import_get_layout (again)->fields[0], ==, 0);
  g_assert_null (kobra_import_get_restore_notice (again));
  kobra_import_set_journal (again, NULL);
}

/* What was decided about it comes back too, and what its exports are known by. */
static void
test_decisions_come_back (void)
{
  g_auto (Place)          place = { 0 };
  g_autoptr (KobraImport) import = kobra_import_new ();
  g_autoptr (KobraImport) again = NULL;
  g_autofree char        *path = NULL, *before = NULL, *after = NULL;
  g_autoptr (GFile)       file = NULL;
  g_autoptr (GError)      error = NULL;
  KobraDerivation        *derivation = g_new0 (KobraDerivation, 1);
  const KobraLayout      *layout;
  guint                   status = (guint) kobra_schema_find_field (kobra_schema_get (KOBRA_KIND_ACCOUNTS), "civilStatus");
  gint64                  id;

  place_init (&place);
  write_sheet (&place, "cartera.csv", 20);
  kobra_import_set_journal (import, place.journal);
  open_sheet (import, &place, "cartera.csv");
  kobra_test_wait_for (has_digest, import);
  id = kobra_import_get_journal_id (import);
  kobra_layout_set_value (import->layout, status, "Juntado", "L");
  *derivation = (KobraDerivation) { .kind = KOBRA_DERIVE_JOIN, .field = 3, .text = g_strdup (" "), .columns = { 0, 1 }, .n_columns = 2, .target = 4 };
  g_ptr_array_add (import->layout->derivations, derivation);
  import->layout->trusts[2] = KOBRA_TRUST_LIKELY;
  import->habits[7] = (KobraColumnHabit) { .day_first_known = TRUE, .day_first = TRUE, .evidence = 3 };
  g_set_str (&import->layout_name, "La de siempre");
  kobra_import_ignore (import, KOBRA_PROBLEM_DATE_FUTURE, TRUE);
  kobra_table_set_text (kobra_import_get_table (import), 0, 3, "Inés");
  path = g_build_filename (place.folder, "todo.csv", NULL);
  file = g_file_new_for_path (path);
  g_assert_true (kobra_export_results (import, file, KOBRA_EXPORT_ALL, NULL, &error));
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  kobra_import_set_journal (import, NULL);

  again = restore (&place, id);
  layout = kobra_import_get_layout (again);
  g_assert_cmpstr (kobra_layout_find_value (layout, status, "JUNTADO"), ==, "L");
  g_assert_cmpuint (layout->derivations->len, ==, 1);
  derivation = g_ptr_array_index (layout->derivations, 0);
  g_assert_cmpuint (derivation->target, ==, 4);
  g_assert_cmpuint (derivation->columns[1], ==, 1);
  g_assert_cmpint (layout->trusts[2], ==, KOBRA_TRUST_LIKELY);
  g_assert_cmpint (layout->trusts[0], ==, import->layout->trusts[0]);
  g_assert_true (again->habits[7].day_first && again->habits[7].day_first_known && !again->habits[7].by_custom);
  g_assert_cmpuint (again->habits[7].evidence, ==, 3);
  g_assert_cmpstr (again->layout_name, ==, "La de siempre");
  g_assert_true (kobra_import_ignores (again, KOBRA_PROBLEM_DATE_FUTURE));
  g_assert_true (again->was_cleaned);
  g_assert_true (kobra_export_results (again, file, KOBRA_EXPORT_ALL, NULL, &error));
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after); /* the same references */

  /* What was opened from that export has them, and still has them after it was closed. */
  open_sheet (again, &place, "todo.csv");
  kobra_test_wait_for (has_digest, again);
  id = kobra_import_get_journal_id (again);
  kobra_table_set_text (kobra_import_get_table (again), 0, 3, "Inés");
  kobra_table_set_text (kobra_import_get_table (again), 1, 3, "Iñaki");
  kobra_import_set_journal (again, NULL);
  g_clear_object (&again);
  again = restore (&place, id);
  g_assert_cmpstr (g_hash_table_lookup (again->references, GUINT_TO_POINTER (2)), !=, NULL);
  g_assert_true (g_str_has_suffix (g_hash_table_lookup (again->references, GUINT_TO_POINTER (2)), "-0"));
  kobra_import_set_journal (again, NULL);
}

static guint
count_imports (const Place *place)
{
  g_autoptr (KobraJournalReader) reader = kobra_journal_reader_new (place->journal);
  g_autoptr (GError)             error = NULL;
  g_autoptr (GPtrArray)          imports = NULL;

  sync_journal (place);
  imports = kobra_journal_list_imports (reader, &error);
  g_assert_no_error (error);
  return imports->len;
}

static void
test_untouched_is_not_kept (void)
{
  g_auto (Place)          place = { 0 };
  g_autoptr (KobraImport) import = kobra_import_new ();

  place_init (&place);
  write_sheet (&place, "cartera.csv", 50);
  kobra_import_set_journal (import, place.journal);
  open_sheet (import, &place, "cartera.csv");
  g_assert_cmpuint (count_imports (&place), ==, 1);
  open_sheet (import, &place, "cartera.csv");
  g_assert_cmpuint (count_imports (&place), ==, 1);
  kobra_table_set_text (kobra_import_get_table (import), 0, 0, "B-1");
  kobra_import_set_journal (import, NULL);
  g_assert_cmpuint (count_imports (&place), ==, 1);
}

static void
test_search (void)
{
  g_auto (Place)                 place = { 0 };
  g_autoptr (KobraImport)        import = kobra_import_new ();
  g_autoptr (KobraJournalReader) reader = NULL;
  g_autoptr (KobraJournalHits)   hits = NULL, gone = NULL, by_name = NULL;
  g_autoptr (GError)             error = NULL;
  KobraJournalHit               *hit;

  place_init (&place);
  write_sheet (&place, "cartera.csv", 5000);
  kobra_import_set_journal (import, place.journal);
  open_sheet (import, &place, "cartera.csv");
  kobra_table_set_text (kobra_import_get_table (import), 4106, 0, "Z/106");
  sync_journal (&place);
  sync_journal (&place);
  reader = kobra_journal_reader_new (place.journal);

  hits = kobra_journal_search (reader, "a 106", 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->hits->len, ==, 10);
  g_assert_true (hits->is_cut);
  hit = g_ptr_array_index (hits->hits, 0);
  g_assert_true (hit->is_exact);
  g_assert_cmpstr (hit->key, ==, "A-106");
  g_assert_cmpstr (hit->name, ==, "José 106");
  g_assert_cmpint (hit->result, ==, KOBRA_JOURNAL_NONE);

  gone = kobra_journal_search (reader, "A-4106", 10, NULL, &error);
  g_assert_cmpuint (gone->hits->len, ==, 0);
  by_name = kobra_journal_search (reader, "jose 4106", 10, NULL, &error);
  g_assert_cmpuint (by_name->hits->len, ==, 1);
  g_assert_cmpstr (((KobraJournalHit *) g_ptr_array_index (by_name->hits, 0))->key, ==, "Z/106");
  kobra_import_set_journal (import, NULL);
}

static void
test_disk_full (void)
{
  g_auto (Place)          place = { 0 };
  g_autoptr (KobraImport) import = kobra_import_new ();
  g_autoptr (KobraImport) again = NULL;
  g_autoptr (GPtrArray)   before = NULL, after = NULL;
  gint64                  id;

  place_init (&place);
  write_sheet (&place, "cartera.csv", 50);
  kobra_import_set_journal (import, place.journal);
  open_sheet (import, &place, "cartera.csv");
  kobra_test_wait_for (has_digest, import);
  id = kobra_import_get_journal_id (import);
  sync_journal (&place);

  kobra_test_disk_break (0, SQLITE_FULL, SQLITE_OK);
  kobra_table_set_text (kobra_import_get_table (import), 3, 3, "lost unless written again");
  while (kobra_import_get_save_error (import) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (kobra_import_get_save_error (import), "Make room"));
  g_assert_false (kobra_import_is_saved (import));
  kobra_table_set_text (kobra_import_get_table (import), 4, 3, "after it");
  kobra_test_disk_heal ();
  while (kobra_import_get_save_error (import) != NULL)
    g_main_context_iteration (NULL, TRUE);
  copy (import, &before);
  kobra_import_set_journal (import, NULL);
  again = restore (&place, id);
  copy (again, &after);
  assert_same (before, after);
  kobra_import_set_journal (again, NULL);
}

static gboolean
has_earlier (gpointer data)
{
  return kobra_import_get_earlier (data) != 0;
}

static void
test_earlier_work (void)
{
  g_auto (Place)          place = { 0 };
  g_autoptr (KobraImport) import = kobra_import_new ();
  gint64                  id;

  place_init (&place);
  write_sheet (&place, "cartera.csv", 50);
  kobra_import_set_journal (import, place.journal);
  open_sheet (import, &place, "cartera.csv");
  kobra_test_wait_for (has_digest, import);
  sync_journal (&place);
  id = kobra_import_get_journal_id (import);
  kobra_table_set_text (kobra_import_get_table (import), 0, 3, "Inés");
  open_sheet (import, &place, "cartera.csv");
  kobra_test_wait_for (has_earlier, import);
  g_assert_cmpint (kobra_import_get_earlier (import), ==, id);
  kobra_import_set_journal (import, NULL);
}

static void
test_open_once (void)
{
  g_auto (Place)          place = { 0 };
  g_autoptr (KobraImport) import = kobra_import_new ();
  g_autoptr (KobraImport) second = kobra_import_new ();
  Answer                  answer = { 0 };

  place_init (&place);
  write_sheet (&place, "cartera.csv", 50);
  kobra_import_set_journal (import, place.journal);
  open_sheet (import, &place, "cartera.csv");
  kobra_test_wait_for (has_digest, import);
  kobra_import_restore_async (second, place.journal, kobra_import_get_journal_id (import), NULL, restored_cb, &answer);
  kobra_test_wait_for_flag (&answer.is_called);
  g_assert_error (answer.error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_OPEN);
  g_assert_cmpint (kobra_import_get_state (second), ==, KOBRA_IMPORT_EMPTY);
  g_clear_error (&answer.error);
  kobra_import_set_journal (import, NULL);
  kobra_import_set_journal (second, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kobra_test_disk_install ();
  kobra_test_disk_skip_syncs ();
  g_test_add_func ("/import/save/comes-back-as-it-was", test_comes_back);
  g_test_add_func ("/import/save/what-was-decided-comes-back", test_decisions_come_back);
  g_test_add_func ("/import/save/untouched-is-not-kept", test_untouched_is_not_kept);
  g_test_add_func ("/import/save/found-by-key-and-name-as-it-is-now", test_search);
  g_test_add_func ("/import/save/full-disk-is-said-and-made-good", test_disk_full);
  g_test_add_func ("/import/save/work-on-the-same-file-is-offered", test_earlier_work);
  g_test_add_func ("/import/save/one-window-has-it", test_open_once);
  return g_test_run ();
}
