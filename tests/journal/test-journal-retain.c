/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is promised about how long records are kept, whatever the computer's clock says. */

#include "kobra-journal-import.h"
#include "kobra-journal-read.h"
#include "kobra-test-disk.h"
#include "kobra-test-journal.h"

#include <string.h>

#include <sqlite3.h>

#define DAY G_TIME_SPAN_DAY
#define NOW (20000 * DAY)
#define KEEP (90 * DAY)
#define YEARS (14 * 365 * DAY)

static gboolean
pack_one (guint        n,
          KobraBuffer *rows,
          KobraBuffer *words,
          gpointer     data)
{
  return n == 0 && kobra_buffer_append_string (rows, "Ana Martínez") && kobra_buffer_append_string (words, "7\x1f" "A-1\x1f" "Ana\x1f" "a1\x1f" "ana");
}

/* An import that is in the history. */
static void
add_import (KobraJournal *journal,
            const char   *name)
{
  const KobraJournalImportInfo info = { .source_name = (char *) name, .kind = (char *) "accounts", .n_records = 1, .origins = (char *) "2 KI-0-7\n" };
  KobraJournalImport          *import = kobra_journal_add_import (journal, &info, NULL, NULL);

  kobra_journal_import_write_all (import, pack_one, NULL, NULL, NULL, NULL);
  kobra_journal_import_close (import, KOBRA_JOURNAL_CLOSING_KEEPS);
}

static void
sync_journal (KobraJournal *journal)
{
  KobraTestDone done = { 0 };

  kobra_journal_sync (journal, kobra_test_done, &done);
  kobra_test_done_is_fine (&done);
}

static void
execute (KobraTestJournal *test,
         const char       *format,
         gint64            value)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  g_auto (GStrv)   parts = g_strsplit (format, "@", 2);
  g_autofree char *sql = g_strjoinv (digits, parts);
  sqlite3         *db;

  sync_journal (test->journal);
  g_assert_cmpint (sqlite3_open (test->path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* How many imports still have their records. */
static guint
count_kept (KobraTestJournal *test)
{
  g_autoptr (KobraJournalReader) reader = kobra_journal_reader_new (test->journal);
  g_autoptr (GError)             error = NULL;
  g_autoptr (GPtrArray)          imports = kobra_journal_list_imports (reader, &error);
  guint                          n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < imports->len; i++)
    n += ((KobraJournalImportInfo *) g_ptr_array_index (imports, i))->has_records;
  return n;
}

static KobraJournalRetained
retain (KobraTestJournal *test,
        gint64            now,
        gboolean          is_sure)
{
  const KobraJournalRetention retention = { now, KEEP, is_sure };
  KobraJournalRetained        retained = { 0 };
  KobraTestDone               done = { 0 };

  kobra_journal_retain (test->journal, &retention, &retained, kobra_test_done, &done);
  kobra_test_done_is_fine (&done);
  return retained;
}

static void
init (KobraTestJournal *test,
      gint64            changed)
{
  kobra_test_journal_init (test);
  kobra_test_journal_open (test);
  add_import (test->journal, "uno.csv");
  add_import (test->journal, "dos.csv");
  execute (test, "UPDATE imports SET changed = @", changed);
}

typedef struct
{
  const char *name;
  gint64      changed;  /* both imports, last */
  gint64      seen;     /* the last time that was believed; 0: none */
  gint64      now;
  gboolean    is_sure;
  gboolean    doubts;
  guint       n_kept;   /* after it, of 2 */
} Case;

static const Case cases[] = {
  { "young-stays", NOW - 89 * DAY, NOW - DAY, NOW, FALSE, FALSE, 2 },
  { "old-goes", NOW - 91 * DAY, NOW - DAY, NOW, FALSE, FALSE, 0 },
  { "old-goes-after-a-month-away", NOW - 91 * DAY, NOW - 30 * DAY, NOW, FALSE, FALSE, 0 },
  { "clock-that-reads-2040-forgets-nothing", NOW - DAY, NOW, NOW + YEARS, FALSE, TRUE, 2 },
  { "clock-that-reads-2040-forgets-nothing-of-an-old-journal", NOW - DAY, 0, NOW + YEARS, FALSE, TRUE, 2 },
  { "away-for-long-is-asked-about", NOW - 91 * DAY, NOW - 60 * DAY, NOW, FALSE, TRUE, 2 },
  { "away-for-long-and-nothing-is-old", NOW - 61 * DAY, NOW - 60 * DAY, NOW, FALSE, FALSE, 2 },
  { "said-to-be-right", NOW - 91 * DAY, NOW - 60 * DAY, NOW, TRUE, FALSE, 0 },
  { "clock-that-goes-back-forgets-nothing", NOW - DAY, NOW, NOW - YEARS, FALSE, TRUE, 2 },
  { "clock-that-goes-back-by-an-hour", NOW - 91 * DAY, NOW, NOW - DAY / 24, FALSE, FALSE, 0 },
  { "changed-in-the-future", NOW + YEARS, NOW - DAY, NOW, FALSE, FALSE, 2 },
};

static void
test_case (gconstpointer data)
{
  const Case               *row = data;
  g_auto (KobraTestJournal) test = { 0 };
  KobraJournalRetained      retained;

  init (&test, row->changed);
  if (row->seen != 0)
    execute (&test, "INSERT INTO clock VALUES (1, @)", row->seen);
  retained = retain (&test, row->now, row->is_sure);
  g_assert_cmpint (retained.is_doubtful, ==, row->doubts);
  g_assert_cmpuint (count_kept (&test), ==, row->n_kept);
  if (row->doubts)
    g_assert_cmpint (retained.seen, ==, row->seen != 0 ? row->seen : row->changed);
}

/* 2040 for one day, and then right again: nothing is lost, and what was changed on that day is kept no longer than all else. */
static void
test_once_2040 (void)
{
  static const gint64       days[] = { 1, 30, 60, 80 }; /* of use after it */
  g_auto (KobraTestJournal) test = { 0 };

  init (&test, NOW);
  g_assert_false (retain (&test, NOW, FALSE).is_doubtful);
  g_assert_true (retain (&test, NOW + YEARS, FALSE).is_doubtful);
  execute (&test, "UPDATE imports SET changed = @ WHERE id = 1", NOW + YEARS);
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_assert_false (retain (&test, NOW + days[i] * DAY, FALSE).is_doubtful);
      g_assert_cmpuint (count_kept (&test), ==, 2);
    }
  g_assert_false (retain (&test, NOW + 93 * DAY, FALSE).is_doubtful);
  g_assert_cmpuint (count_kept (&test), ==, 0);
}

/* A dead battery: the clock says 1970 while the person works, and is put right the next day. */
static void
test_work_by_a_slow_clock (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  const gint64              real = g_get_real_time () + 100 * 365 * DAY; /* so that the computer's own clock is the one that is behind */

  init (&test, real);
  execute (&test, "INSERT INTO clock VALUES (1, @)", real);
  add_import (test.journal, "tres.csv");
  sync_journal (test.journal);
  g_assert_false (retain (&test, real + DAY, FALSE).is_doubtful);
  g_assert_cmpuint (count_kept (&test), ==, 3);
}

static gboolean
file_has (const char *path,
          const char *suffix,
          const char *text)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  g_autofree char *bytes = NULL;
  gsize            length = 0;

  return g_file_get_contents (name, &bytes, &length, NULL) && memmem (bytes, length, text, strlen (text)) != NULL;
}

static void
test_forgotten_is_overwritten (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  KobraTestDone             done = { 0 };

  init (&test, NOW + YEARS);
  g_assert_true (file_has (test.path, "-wal", "Ana Mart") || file_has (test.path, "", "Ana Mart"));
  kobra_journal_forget_records (test.journal, kobra_test_done, &done);
  kobra_test_done_is_fine (&done);
  g_assert_cmpuint (count_kept (&test), ==, 0);
  g_assert_false (file_has (test.path, "-wal", "Ana Mart"));
  g_assert_false (file_has (test.path, "", "Ana Mart"));
  g_assert_false (file_has (test.path, "", "KI-0-7"));
}

static void
test_open_stays (void)
{
  const KobraJournalImportInfo info = { .source_name = (char *) "abierta.csv", .kind = (char *) "accounts", .n_records = 1 };
  g_auto (KobraTestJournal)    test = { 0 };
  KobraJournalImport          *import;
  KobraTestDone                done = { 0 };

  init (&test, NOW - YEARS);
  import = kobra_journal_add_import (test.journal, &info, NULL, NULL);
  kobra_journal_import_write_all (import, pack_one, NULL, NULL, NULL, NULL);
  execute (&test, "UPDATE imports SET changed = @", NOW - YEARS);
  g_assert_false (retain (&test, NOW, TRUE).is_doubtful);
  g_assert_cmpuint (count_kept (&test), ==, 1);
  kobra_journal_forget_records (test.journal, kobra_test_done, &done);
  kobra_test_done_is_fine (&done);
  g_assert_cmpuint (count_kept (&test), ==, 1);
  kobra_journal_import_close (import, KOBRA_JOURNAL_CLOSING_KEEPS);
}

/* What was open when the person quit is offered once. */
static void
test_reopens (void)
{
  const KobraJournalImportInfo   info = { .source_name = (char *) "abierta.csv", .kind = (char *) "accounts", .n_records = 1 };
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournalReader) reader = NULL;
  KobraJournalImport            *import;

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  import = kobra_journal_add_import (test.journal, &info, NULL, NULL);
  kobra_journal_import_write_all (import, pack_one, NULL, NULL, NULL, NULL);
  kobra_journal_import_close (import, KOBRA_JOURNAL_CLOSING_REOPENS);
  add_import (test.journal, "cerrada.csv");
  kobra_test_journal_open (&test);
  reader = kobra_journal_reader_new (test.journal);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) imports = kobra_journal_list_imports (reader, NULL);

      g_assert_cmpuint (imports->len, ==, 2);
      g_assert_false (((KobraJournalImportInfo *) g_ptr_array_index (imports, 0))->reopens);
      g_assert_true (((KobraJournalImportInfo *) g_ptr_array_index (imports, 1))->reopens == (i == 0));
      g_assert_true (((KobraJournalImportInfo *) g_ptr_array_index (imports, 1))->is_closed);
      kobra_journal_note_reopened (test.journal);
      sync_journal (test.journal);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kobra_test_disk_install ();
  kobra_test_disk_skip_syncs ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/journal/retain/", cases[i].name, &cases[i], test_case);
  g_test_add_func ("/journal/retain/2040-for-a-day", test_once_2040);
  g_test_add_func ("/journal/retain/work-by-a-slow-clock-is-not-old", test_work_by_a_slow_clock);
  g_test_add_func ("/journal/retain/forgotten-is-overwritten", test_forgotten_is_overwritten);
  g_test_add_func ("/journal/retain/what-is-open-stays", test_open_stays);
  g_test_add_func ("/journal/retain/open-at-quitting-is-offered-once", test_reopens);
  return g_test_run ();
}
