/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is promised of past imports: what changed from one to the next, which one corrects which, and that what was deleted can be had back. */

#include "kobra-history.h"

#include "kobra-compare.h"
#include "kobra-export.h"
#include "kobra-import-save.h"
#include "kobra-test-disk.h"
#include "kobra-test-import.h"
#include "kobra-test.h"

typedef struct
{
  char         *folder;
  KobraJournal *journal;
  KobraHistory *history;
} Place;

static void
place_init (Place *place)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = NULL;

  place->folder = kobra_test_make_folder ();
  path = g_build_filename (place->folder, "journal.db", NULL);
  place->journal = kobra_journal_open (path, &error);
  g_assert_no_error (error);
  place->history = kobra_history_new ();
  kobra_history_set_journal (place->history, place->journal);
}

static void
place_clear (Place *place)
{
  kobra_history_set_journal (place->history, NULL);
  g_object_unref (place->history);
  kobra_journal_close (place->journal);
  kobra_test_remove_folder (place->folder);
  g_free (place->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static KobraImport *
open_file (const Place *place,
           const char  *name)
{
  const KobraOpenOptions options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW };
  g_autofree char       *path = g_build_filename (place->folder, name, NULL);
  KobraImport           *import = kobra_import_new ();

  kobra_import_set_journal (import, place->journal);
  kobra_test_import_open (import, path, &options);
  return import;
}

static KobraImport *
open_text (const Place *place,
           const char  *name,
           const char  *text)
{
  g_autofree char *path = g_build_filename (place->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return open_file (place, name);
}

/* An import that was edited is kept. */
static void
edit_and_close (KobraImport *import)
{
  KobraTable      *table = kobra_import_get_table (import);
  g_autofree char *text = g_strconcat (kobra_table_get_text (table, 0, 3), " M.", NULL);

  kobra_table_set_text (table, 0, 3, text);
  kobra_import_set_journal (import, NULL);
  g_object_unref (import);
}

static void
listed_cb (KobraHistory *history,
           GParamSpec   *pspec,
           gboolean     *is_listed)
{
  *is_listed = TRUE;
}

/* The list as it is in the journal now. */
static guint
refresh (Place *place)
{
  gboolean is_listed = FALSE;
  gulong   id = g_signal_connect (place->history, "notify::size", G_CALLBACK (listed_cb), &is_listed);

  kobra_history_refresh (place->history);
  kobra_test_wait_for_flag (&is_listed);
  g_signal_handler_disconnect (place->history, id);
  return g_list_model_get_n_items (G_LIST_MODEL (place->history));
}

static KobraHistoryItem *
get_item (Place *place,
          guint  position)
{
  return g_list_model_get_item (G_LIST_MODEL (place->history), position);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(KobraComparison **) data = kobra_imports_compare_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
test_compared (void)
{
  static const struct
  {
    KobraDifference difference;
    const char     *key, *fields;
  } expected[] = {
    { KOBRA_DIFFERENCE_CHANGED, "A-1", "Name" },
    { KOBRA_DIFFERENCE_CHANGED, "A-3", "Name, Total Pending" },
    { KOBRA_DIFFERENCE_NEW, "A-4", NULL },
    { KOBRA_DIFFERENCE_GONE, "A-5", NULL },
  };
  g_auto (Place)              place = { 0 };
  g_autoptr (KobraComparison) comparison = NULL;

  place_init (&place);
  /* The columns may stand elsewhere: records are compared by their fields, and told apart by their keys. */
  edit_and_close (open_text (&place, "cartera.csv", "externalID,productID,currencyCode,name,totalPending\nA-1,1,MX,Ana,10\nD-1,1,MX,Doble,1\nD-1,1,MX,Doble,2\nA-5,1,MX,Eva,50\nA-2,1,MX,Bea,20\nA-3,1,MX,Cleo,30\n"));
  edit_and_close (open_text (&place, "cartera.csv", "totalPending,externalID,productID,name,currencyCode\n1,D-1,1,Doble,MX\n20,A-2,1,Bea,MX\n2,D-1,1,Doble,MX\n33,A-3,1,Clío,MX\n10,A-1,1,Anna,MX\n40,A-4,1,Dora,MX\n"));
  g_assert_cmpuint (refresh (&place), ==, 2);
  kobra_imports_compare_async (place.journal, 1, 2, NULL, compared_cb, &comparison);
  kobra_test_wait_for (is_there, &comparison);
  g_assert_cmpuint (comparison->counts[KOBRA_DIFFERENCE_NEW], ==, 1);
  g_assert_cmpuint (comparison->counts[KOBRA_DIFFERENCE_GONE], ==, 1);
  g_assert_cmpuint (comparison->counts[KOBRA_DIFFERENCE_CHANGED] + comparison->n_same, ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gboolean is_found = FALSE;

      for (guint k = 0; k < comparison->list->len; k++)
        {
          const KobraDifferent *different = &g_array_index (comparison->list, KobraDifferent, k);

          is_found |= different->difference == expected[i].difference && g_str_equal (different->key, expected[i].key) &&
                      g_strcmp0 (different->fields, expected[i].fields) == 0;
        }
      g_assert_true (is_found);
    }
}

static void
test_corrects (void)
{
  g_auto (Place)               place = { 0 };
  KobraImport                 *import;
  g_autofree char             *path = NULL, *relation = NULL;
  g_autoptr (GFile)            file = NULL;
  g_autoptr (KobraHistoryItem) item = NULL;
  g_autoptr (GError)           error = NULL;

  place_init (&place);
  path = g_build_filename (place.folder, "rechazados.csv", NULL);
  file = g_file_new_for_path (path);
  import = open_text (&place, "cartera.csv", "externalID,productID,currencyCode,name\nA-1,1,MX,Ana\nA-2,1,MX,Bea\n");
  kobra_export_results (import, file, KOBRA_EXPORT_ALL, NULL, &error);
  g_assert_no_error (error);
  edit_and_close (import);

  edit_and_close (open_file (&place, "rechazados.csv"));
  g_assert_cmpuint (refresh (&place), ==, 2);
  item = get_item (&place, 0);
  relation = kobra_history_item_dup_relation (item);
  g_assert_cmpstr (relation, ==, "Corrects 2 records of “cartera.csv”");
}

static void
test_deleted (void)
{
  g_auto (Place) place = { 0 };
  gint64         id;

  place_init (&place);
  edit_and_close (open_text (&place, "cartera.csv", "externalID,productID,currencyCode,name\nA-1,1,MX,Ana\n"));
  g_assert_cmpuint (refresh (&place), ==, 1);
  {
    g_autoptr (KobraHistoryItem) item = get_item (&place, 0);

    id = kobra_history_item_get_info (item)->id;
  }
  kobra_history_hide (place.history, id, TRUE);
  g_assert_cmpuint (refresh (&place), ==, 0);
  kobra_history_hide (place.history, id, FALSE);
  g_assert_cmpuint (refresh (&place), ==, 1);
  kobra_history_hide (place.history, id, TRUE);
  kobra_journal_purge (place.journal, NULL, NULL);
  kobra_history_hide (place.history, id, FALSE);
  g_assert_cmpuint (refresh (&place), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kobra_test_disk_install ();
  kobra_test_disk_skip_syncs ();
  g_test_add_func ("/import/history/new-changed-and-gone-by-key", test_compared);
  g_test_add_func ("/import/history/which-one-corrects-which", test_corrects);
  g_test_add_func ("/import/history/deleted-comes-back-until-it-is-purged", test_deleted);
  return g_test_run ();
}
