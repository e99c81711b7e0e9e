/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the journal promises on a disk that is full, breaks, or is cut from its power. */

#include "kobra-test-disk.h"
#include "kobra-test-journal.h"

#include <string.h>

#include <sqlite3.h>

enum
{
  ACCEPTED = 2,
  N_RECORDS = 1000,
  MOST_WRITES = 1000 /* no case writes more pages */
};

static const guint32 ids[] = { 0, 1, 2 };

static void
copy_file (const char *from,
           const char *to,
           const char *suffix)
{
  g_autofree char   *from_path = g_strconcat (from, suffix, NULL);
  g_autofree char   *to_path = g_strconcat (to, suffix, NULL);
  g_autofree char   *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize              length;

  g_assert_true (g_file_get_contents (from_path, &bytes, &length, &error));
  g_assert_true (g_file_set_contents (to_path, bytes, (gssize) length, &error));
}

/* What would be found if the program were killed now. */
static KobraJournalResume *
find_in_copy (KobraTestJournal *test)
{
  g_autofree char         *path = g_build_filename (test->folder, "copy.sqlite", NULL);
  g_autoptr (KobraJournal) copy = NULL;
  g_autoptr (GError)       error = NULL;

  copy_file (test->path, path, "");
  copy_file (test->path, path, "-wal");
  copy = kobra_journal_open (path, &error);
  g_assert_no_error (error);
  g_assert_null (kobra_journal_get_notice (copy));
  return kobra_test_find (copy);
}

static int
get_result (const KobraJournalResume *resume,
            guint32                   id)
{
  return kobra_journal_resume_find (resume, id)->result;
}

static gboolean
failed (KobraTestDone *done)
{
  kobra_test_wait_for_flag (&done->is_called);
  if (done->error == NULL)
    return FALSE;
  g_assert_nonnull (strstr (done->error->message, done->error->code == KOBRA_JOURNAL_ERROR_FULL ? "disk is full" : "the run that this is about"));
  g_clear_error (&done->error);
  return TRUE;
}

/* Fills the disk after @n_writes; returns FALSE if the whole run needs no more than that. */
static gboolean
run_on_full_disk (int n_writes)
{
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournalResume) resume = NULL;
  g_autoptr (KobraJournalResume) whole = NULL;
  g_autofree KobraJournalRecord *records = g_new0 (KobraJournalRecord, N_RECORDS);
  KobraTestDone                  begun = { 0 }, request = { 0 }, first = { 0 }, second = { 0 }, end = { 0 };
  gboolean                       has_begun, has_request, has_first, has_second, has_end;

  for (guint32 i = 0; i < N_RECORDS; i++)
    records[i].id = i;
  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_disk_break (n_writes, SQLITE_FULL, SQLITE_OK);
  kobra_journal_begin_run (test.journal, &kobra_test_run, records, N_RECORDS, kobra_test_done, &begun);
  kobra_journal_begin_request (test.journal, 1, ids, 3, kobra_test_done, &request);
  has_request = !failed (&request);
  has_begun = !failed (&begun);
  kobra_journal_results (test.journal, ids, 1, ACCEPTED, NULL, NULL, kobra_test_done, &first);
  has_first = !failed (&first);
  kobra_journal_results (test.journal, ids + 1, 1, ACCEPTED, NULL, NULL, kobra_test_done, &second);
  kobra_journal_end_run (test.journal, kobra_test_done, &end);
  has_end = !failed (&end);
  has_second = !failed (&second);
  kobra_test_disk_heal ();

  /* Nothing is there that something before it is missing of. */
  g_assert_true (has_begun >= has_request && has_begun >= has_first && has_first >= has_second && has_second >= has_end);
  resume = find_in_copy (&test);
  if (has_end)
    {
      g_assert_null (resume);
      return kobra_test_disk_was_reached ();
    }
  g_assert_true (has_begun == (resume != NULL));
  if (!has_begun)
    {
      kobra_test_begin_run (test.journal, 3);
      kobra_test_end_run (test.journal);
      return TRUE;
    }
  g_assert_cmpint (get_result (resume, 0), ==, has_first ? ACCEPTED : has_request ? KOBRA_JOURNAL_IN_FLIGHT : KOBRA_JOURNAL_NONE);
  g_assert_cmpint (get_result (resume, 1), ==, has_second ? ACCEPTED : has_request ? KOBRA_JOURNAL_IN_FLIGHT : KOBRA_JOURNAL_NONE);

  /* With room again it goes on, and the results that could not be written come along. */
  kobra_test_begin_request (test.journal, ids + 2, 1);
  whole = find_in_copy (&test);
  g_assert_cmpint (get_result (whole, 0), ==, ACCEPTED);
  g_assert_cmpint (get_result (whole, 1), ==, ACCEPTED);
  g_assert_cmpint (get_result (whole, 2), ==, KOBRA_JOURNAL_IN_FLIGHT);
  kobra_test_end_run (test.journal);
  return TRUE;
}

static void
test_full (void)
{
  int n_writes = 0;

  while (run_on_full_disk (n_writes))
    g_assert_cmpint (++n_writes, <, MOST_WRITES);
  g_assert_cmpint (n_writes, >, 10);
}

static void
test_full_at_opening (void)
{
  for (int n_writes = 0;; n_writes++)
    {
      g_auto (KobraTestJournal) test = { 0 };
      g_autoptr (GError)        error = NULL;

      g_assert_cmpint (n_writes, <, MOST_WRITES);
      kobra_test_journal_init (&test);
      kobra_test_disk_break (n_writes, SQLITE_FULL, SQLITE_OK);
      test.journal = kobra_journal_open (test.path, &error);
      kobra_test_disk_heal ();
      if (test.journal != NULL && !kobra_test_disk_was_reached ())
        break;
      if (test.journal == NULL)
        g_assert_error (error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_FULL);
      kobra_test_journal_open (&test);
      kobra_test_begin_run (test.journal, 1);
    }
}

static const struct
{
  const char *name;
  int         on_write, on_sync;
} breaks[] = {
  { "write", SQLITE_IOERR_WRITE, SQLITE_OK },
  { "sync", SQLITE_OK, SQLITE_IOERR_FSYNC },
};

static void
test_broken (gconstpointer row)
{
  guint                          which = GPOINTER_TO_UINT (row);
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournalResume) resume = NULL;
  KobraTestDone                  result = { 0 }, end = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 3);
  kobra_test_disk_break (0, breaks[which].on_write, breaks[which].on_sync);
  kobra_journal_results (test.journal, ids, 3, ACCEPTED, NULL, NULL, kobra_test_done, &result);
  kobra_test_wait_for_flag (&result.is_called);
  g_assert_nonnull (strstr (result.error->message, "Check the disk"));
  kobra_test_done_fails (&result, KOBRA_JOURNAL_ERROR_IO);
  kobra_journal_end_run (test.journal, kobra_test_done, &end);
  kobra_test_done_fails (&end, KOBRA_JOURNAL_ERROR_IO);
  kobra_test_disk_heal ();

  /* Closing is the last chance of what could not be written. */
  kobra_test_journal_open (&test);
  resume = kobra_test_find (test.journal);
  g_assert_cmpint (get_result (resume, 2), ==, ACCEPTED);
}

static void
test_leave (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  g_autoptr (KobraJournal)  other = NULL;
  g_autoptr (GError)        error = NULL;
  KobraTestDone             result = { 0 }, left = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  other = kobra_journal_open (test.path, &error);
  g_assert_no_error (error);
  kobra_test_begin_run (test.journal, 3);
  kobra_test_disk_break (0, SQLITE_FULL, SQLITE_OK);
  kobra_journal_results (test.journal, ids, 3, ACCEPTED, NULL, NULL, kobra_test_done, &result);
  kobra_journal_leave_run (test.journal, kobra_test_done, &left);
  kobra_test_done_fails (&result, KOBRA_JOURNAL_ERROR_FULL);
  kobra_test_done_fails (&left, KOBRA_JOURNAL_ERROR_FULL);
  kobra_test_disk_heal ();
  kobra_test_begin_run (other, 3);
}

static void
test_synced (void)
{
  g_auto (KobraTestJournal) test = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 3);
  g_assert_false (kobra_test_disk_is_log_dirty ());
  for (guint i = 0; i < 20; i++)
    {
      int n_syncs = kobra_test_disk_get_n_syncs ();

      kobra_test_begin_request (test.journal, ids, 3);
      g_assert_false (kobra_test_disk_is_log_dirty ());
      g_assert_cmpint (kobra_test_disk_get_n_syncs (), >, n_syncs);
      kobra_test_results (test.journal, ids, 3, ACCEPTED, NULL);
      g_assert_false (kobra_test_disk_is_log_dirty ());
    }
}

static void
test_together (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  KobraTestDone             done[2000] = { 0 };
  int                       n_syncs;

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 3);
  n_syncs = kobra_test_disk_get_n_syncs ();
  for (guint i = 0; i < G_N_ELEMENTS (done); i++)
    kobra_journal_results (test.journal, ids, 1, ACCEPTED, NULL, NULL, kobra_test_done, &done[i]);
  kobra_test_done_is_fine (&done[G_N_ELEMENTS (done) - 1]);
  g_assert_cmpint (kobra_test_disk_get_n_syncs () - n_syncs, <, (int) G_N_ELEMENTS (done) / 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kobra_test_disk_install ();
  g_test_add_func ("/journal/disk/full-at-any-write-loses-nothing", test_full);
  g_test_add_func ("/journal/disk/full-at-opening-spoils-nothing", test_full_at_opening);
  for (gsize i = 0; i < G_N_ELEMENTS (breaks); i++)
    kobra_test_add_row ("/journal/disk/broken-is-said-and-made-up-for/", breaks[i].name, GUINT_TO_POINTER (i), test_broken);
  g_test_add_func ("/journal/disk/left-even-if-full", test_leave);
  g_test_add_func ("/journal/disk/synced-before-done", test_synced);
  g_test_add_func ("/journal/disk/many-results-one-sync", test_together);
  return g_test_run ();
}
