/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the journal promises to who updates the program: a file of any version before is brought to today's form, with all that was in it. */

#include "kobra-journal-import.h"
#include "kobra-journal-read.h"
#include "kobra-test-journal.h"

#include <sqlite3.h>

/* As those versions made them, and left as it is whatever becomes of the program. */
static const char version_1[] =
  "PRAGMA journal_mode = WAL;"
  "CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, begun INTEGER NOT NULL, ended INTEGER, source_name TEXT NOT NULL, source_digest TEXT NOT NULL,"
  " base_url TEXT NOT NULL, kind TEXT NOT NULL, import_type INTEGER NOT NULL, n_records INTEGER NOT NULL) STRICT;"
  "CREATE INDEX runs_by_source ON runs (source_digest);"
  "CREATE TABLE run_records (run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE, records BLOB NOT NULL) STRICT;"
  "CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, at INTEGER NOT NULL,"
  " request INTEGER NOT NULL, result INTEGER NOT NULL, type TEXT, message TEXT, ids BLOB NOT NULL) STRICT;"
  "CREATE INDEX events_by_run ON events (run);"
  "PRAGMA application_id = 1265590898;"
  "PRAGMA user_version = 1;"
  /* A run of records 0 and 1 that was cut off: the first was accepted, the second in flight. */
  "INSERT INTO runs VALUES (7, 1700000000000000, NULL, 'Cartera.xlsx', 'd1', 'http://127.0.0.1:1/api', 'accounts', 1, 7);"
  "INSERT INTO run_records VALUES (7, x'0000000001000000000000000000000000000000010000000200000000000000" "0300000000000000');"
  "INSERT INTO events VALUES (1, 7, 1700000000000001, 1, -1, NULL, NULL, x'0000000001000000');"
  "INSERT INTO events VALUES (2, 7, 1700000000000002, 0, 2, NULL, 'Aceptada', x'00000000');";

static const char version_2[] =
  "CREATE TABLE imports (id INTEGER PRIMARY KEY AUTOINCREMENT, opened INTEGER NOT NULL, changed INTEGER NOT NULL, closed INTEGER, hidden INTEGER,"
  " is_edited INTEGER NOT NULL, source_name TEXT NOT NULL, source_uri TEXT NOT NULL, source_digest TEXT NOT NULL, kind TEXT NOT NULL,"
  " import_type INTEGER NOT NULL, connection TEXT NOT NULL, settings TEXT NOT NULL, n_records INTEGER NOT NULL, n_accepted INTEGER NOT NULL,"
  " n_rejected INTEGER NOT NULL, n_not_sent INTEGER NOT NULL, n_unknown INTEGER NOT NULL) STRICT;"
  "CREATE INDEX imports_by_source ON imports (source_digest);"
  "CREATE TABLE snapshots (id INTEGER PRIMARY KEY AUTOINCREMENT, import INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,"
  " is_whole INTEGER NOT NULL) STRICT;"
  "CREATE INDEX snapshots_by_import ON snapshots (import);"
  "CREATE TABLE pieces (id INTEGER PRIMARY KEY AUTOINCREMENT, snapshot INTEGER NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,"
  " words BLOB NOT NULL, rows BLOB NOT NULL) STRICT;"
  "CREATE INDEX pieces_by_snapshot ON pieces (snapshot);"
  "CREATE TABLE edits (id INTEGER PRIMARY KEY AUTOINCREMENT, snapshot INTEGER NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE, at INTEGER NOT NULL,"
  " position INTEGER NOT NULL, removed BLOB NOT NULL, words BLOB NOT NULL, rows BLOB NOT NULL) STRICT;"
  "CREATE INDEX edits_by_snapshot ON edits (snapshot);"
  "CREATE TABLE forgotten (id INTEGER PRIMARY KEY AUTOINCREMENT, import INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE, run INTEGER NOT NULL,"
  " ids BLOB NOT NULL) STRICT;"
  "CREATE INDEX forgotten_by_import ON forgotten (import);"
  "ALTER TABLE runs ADD COLUMN import INTEGER REFERENCES imports (id) ON DELETE CASCADE;"
  "CREATE INDEX runs_by_import ON runs (import);"
  "ALTER TABLE run_records ADD COLUMN record_ids BLOB;"
  "PRAGMA user_version = 2;"
  "INSERT INTO imports VALUES (3, 1700000000000000, 1700000000000005, 1700000000000006, NULL, 1, 'Marzo.csv', 'file:///Marzo.csv', 'abc', 'accounts', 2,"
  " 'Producción', '{}', 2, 1, 1, 0, 0);"
  "INSERT INTO snapshots VALUES (4, 3, 1);"
  "INSERT INTO pieces VALUES (5, 4, x'', x'01');";

typedef struct
{
  const char *name;
  guint       n_imports;
  const char *sql[2];
} Version;

static const Version versions[] = {
  { "1", 0, { version_1 } },
  { "2", 1, { version_1, version_2 } },
};

static sqlite3 *
open_database (const char *path)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  return db;
}

static void
execute (sqlite3    *db,
         const char *sql)
{
  char *words = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &words);
  g_assert_cmpstr (words, ==, NULL);
}

/* Whatever a new file has, one that was brought to that form has too, and nothing else. */
static char *
describe_form (const char *path)
{
  static const char sql[] = "SELECT group_concat (name || '(' || (SELECT group_concat (name || ' ' || type || ' ' || \"notnull\" || ' ' || pk) FROM pragma_table_info (m.name)) || ')')"
                            " FROM (SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name) AS m";
  sqlite3          *db = open_database (path);
  sqlite3_stmt     *statement;
  char             *form;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  form = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return form;
}

static void
test_migrated (gconstpointer data)
{
  const Version                 *version = data;
  g_auto (KobraTestJournal)      test = { 0 }, fresh = { 0 };
  g_autoptr (KobraJournalReader) reader = NULL;
  g_autoptr (KobraJournalResume) resume = NULL;
  g_autoptr (GPtrArray)          imports = NULL;
  g_autoptr (GError)             error = NULL;
  g_autofree char               *folder = NULL, *form = NULL, *fresh_form = NULL;
  sqlite3                       *db;

  kobra_test_journal_init (&test);
  folder = g_path_get_dirname (test.path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  db = open_database (test.path);
  for (gsize i = 0; i < G_N_ELEMENTS (version->sql) && version->sql[i] != NULL; i++)
    execute (db, version->sql[i]);
  sqlite3_close (db);

  kobra_test_journal_open (&test); /* with no notice */
  resume = kobra_test_find (test.journal);
  g_assert_nonnull (resume);
  g_assert_cmpint (resume->run, ==, 7);
  g_assert_cmpuint (resume->n_entries, ==, 2);
  g_assert_cmpint (kobra_journal_resume_find (resume, 0)->result, ==, 2);
  g_assert_cmpstr (kobra_journal_resume_find (resume, 0)->message, ==, "Aceptada");
  g_assert_cmpint (kobra_journal_resume_find (resume, 1)->result, ==, KOBRA_JOURNAL_IN_FLIGHT);
  reader = kobra_journal_reader_new (test.journal);
  imports = kobra_journal_list_imports (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imports->len, ==, version->n_imports);
  if (version->n_imports > 0)
    {
      const KobraJournalImportInfo *info = g_ptr_array_index (imports, 0);

      g_assert_cmpstr (info->source_name, ==, "Marzo.csv");
      g_assert_cmpstr (info->connection, ==, "Producción");
      g_assert_true (info->has_records && info->is_closed && !info->reopens);
      g_assert_cmpuint (info->n_accepted, ==, 1);
      g_assert_cmpuint (info->n_corrects, ==, 0);
    }

  /* The run goes on where it was cut off. */
  kobra_journal_resume_run (test.journal, resume->run, NULL, NULL);
  kobra_test_end_run (test.journal);
  kobra_test_journal_open (&test);
  kobra_test_journal_close (&test);
  kobra_test_journal_init (&fresh);
  kobra_test_journal_open (&fresh);
  kobra_test_journal_close (&fresh);
  form = describe_form (test.path);
  fresh_form = describe_form (fresh.path);
  g_assert_cmpstr (form, ==, fresh_form);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    kobra_test_add_row ("/journal/versions/all-is-there-after-the-update-of/", versions[i].name, &versions[i], test_migrated);
  return g_test_run ();
}
