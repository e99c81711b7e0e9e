/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the journal promises about its file: who may read it, and that none is ever deleted or written to that is not its own. */

#include "kobra-test-journal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

static const guint32 ids[] = { 0 };

static guint
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void
assert_mode_beside (const char *path,
                    const char *suffix,
                    guint       mode)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  g_assert_cmpuint (get_mode (name), ==, mode);
}

static const struct
{
  const char *name;
  mode_t      umask;
} umasks[] = {
  { "usual-umask", 0022 },
  { "no-umask", 0 },
};

static void
test_modes (gconstpointer row)
{
  static const char *const  suffixes[] = { "", "-wal", "-shm", "-lock" };
  g_auto (KobraTestJournal) test = { 0 };
  g_autofree char          *folder = NULL, *parent = NULL;
  mode_t                    before = umask (umasks[GPOINTER_TO_UINT (row)].umask);

  kobra_test_journal_init (&test);
  folder = g_path_get_dirname (test.path);
  parent = g_path_get_dirname (folder);
  g_assert_cmpint (g_chmod (test.folder, 0755), ==, 0);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 1);
  umask (before);

  g_assert_cmpuint (get_mode (test.folder), ==, 0755); /* was there: not ours to change */
  g_assert_cmpuint (get_mode (parent), ==, 0700);
  g_assert_cmpuint (get_mode (folder), ==, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    assert_mode_beside (test.path, suffixes[i], 0600);
}

static void
test_closed_off (void)
{
  g_auto (KobraTestJournal) test = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_journal_close (&test);
  g_assert_cmpint (g_chmod (test.path, 0644), ==, 0);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 1);
  assert_mode_beside (test.path, "", 0600);
  assert_mode_beside (test.path, "-wal", 0600);
}

static void
execute (const char *path,
         const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static GBytes *
read_file (const char *path)
{
  char *bytes = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return NULL;
  return g_bytes_new_take (bytes, length);
}

static void
assert_same (const char *path,
             GBytes     *before)
{
  g_autoptr (GBytes) after = read_file (path);

  g_assert_true ((before == NULL) == (after == NULL));
  if (before != NULL)
    g_assert_true (g_bytes_equal (before, after));
}

static const struct
{
  const char       *name;
  const char       *sql;
  gboolean          is_journal; /* or a file of another program */
  KobraJournalError code;
  const char       *words;
} strangers[] = {
  { "newer-version", "PRAGMA user_version = 99", TRUE, KOBRA_JOURNAL_ERROR_NEWER, "a newer version of this program" },
  { "negative-version", "PRAGMA user_version = -1", TRUE, KOBRA_JOURNAL_ERROR_NEWER, "a newer version of this program" },
  { "other-program", "PRAGMA application_id = 7", TRUE, KOBRA_JOURNAL_ERROR_FOREIGN, "not a journal of this program" },
  { "any-database", "CREATE TABLE things (x)", FALSE, KOBRA_JOURNAL_ERROR_FOREIGN, "not a journal of this program" },
  { "any-database-with-a-log", "PRAGMA journal_mode = WAL; CREATE TABLE things (x)", FALSE, KOBRA_JOURNAL_ERROR_FOREIGN, "not a journal of this program" },
};

static void
test_stranger (gconstpointer row)
{
  guint                     which = GPOINTER_TO_UINT (row);
  g_auto (KobraTestJournal) test = { 0 };
  g_autofree char          *log = NULL;
  g_autoptr (GBytes)        database_before = NULL, log_before = NULL;
  g_autoptr (GError)        error = NULL;

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 10);
  kobra_test_journal_close (&test);
  log = g_strconcat (test.path, "-wal", NULL);
  if (!strangers[which].is_journal)
    g_assert_cmpint (g_unlink (test.path), ==, 0);
  execute (test.path, strangers[which].sql);
  database_before = read_file (test.path);
  log_before = read_file (log);

  for (guint i = 0; i < 2; i++)
    {
      test.journal = kobra_journal_open (test.path, &error);
      g_assert_null (test.journal);
      g_assert_error (error, KOBRA_JOURNAL_ERROR, (int) strangers[which].code);
      g_assert_nonnull (strstr (error->message, strangers[which].words));
      g_clear_error (&error);
      assert_same (test.path, database_before);
      assert_same (log, log_before);
    }
}

static void
ruin_as_text (const char *path)
{
  g_assert_true (g_file_set_contents (path, "this is no database at all\n", -1, NULL));
}

static void
overwrite (const char *path,
           gsize       from,
           gsize       to,
           int         byte)
{
  g_autofree char *bytes = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  memset (bytes + MIN (from, length), byte, MIN (to, length) - MIN (from, length));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static void
ruin_header (const char *path)
{
  overwrite (path, 0, 100, 0);
}

static void
ruin_pages (const char *path)
{
  overwrite (path, 4096, G_MAXSIZE, 0xa5);
}

static void
ruin_length (const char *path)
{
  g_assert_cmpint (truncate (path, 6000), ==, 0);
}

static void
ruin_tables (const char *path)
{
  execute (path, "DROP TABLE events");
}

static void
ruin_name (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  g_assert_cmpint (g_rename (path, log), ==, 0); /* looks as if a log were all that is left */
}

static const struct
{
  const char *name;
  void (*ruin) (const char *path);
  const char *suffix; /* of what must have been set aside */
  gboolean    leaves_run; /* it can still be read */
} ruins[] = {
  { "text", ruin_as_text, "" },
  { "zeroed-header", ruin_header, "" },
  { "overwritten-pages", ruin_pages, "" },
  { "cut-off", ruin_length, "" },
  { "missing-table", ruin_tables, "", TRUE },
  { "log-without-database", ruin_name, "-wal" },
};

static const char *
get_suffix (const char *name)
{
  return g_str_has_suffix (name, "-wal") || g_str_has_suffix (name, "-shm") ? strrchr (name, '-') : "";
}

/* The path of what was set aside, or NULL; @n_files is how many there are. */
static char *
find_aside (const char *path,
            const char *suffix,
            guint      *n_files)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;
  char            *found = NULL;

  *n_files = 0;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, ".damaged-20") != NULL && g_str_equal (get_suffix (name), suffix))
      {
        g_free (found);
        found = g_build_filename (folder, name, NULL);
        ++*n_files;
      }
  return found;
}

static void
test_damaged (gconstpointer row)
{
  guint                     which = GPOINTER_TO_UINT (row);
  g_auto (KobraTestJournal) test = { 0 };
  g_autoptr (GError)        error = NULL;

  kobra_test_journal_init (&test);
  for (guint n_times = 1; n_times <= 2; n_times++)
    {
      g_autofree char   *ruined = g_strconcat (test.path, ruins[which].suffix, NULL);
      g_autofree char   *aside = NULL, *display = NULL;
      g_autoptr (GBytes) before = NULL;
      g_autoptr (KobraJournalResume) resume = NULL;
      guint              n_files;

      kobra_test_journal_open (&test);
      kobra_test_begin_run (test.journal, 2000);
      kobra_test_journal_close (&test);
      ruins[which].ruin (test.path);
      before = read_file (ruined);

      test.journal = kobra_journal_open (test.path, &error);
      g_assert_no_error (error);
      aside = find_aside (test.path, ruins[which].suffix, &n_files);
      g_assert_cmpuint (n_files, ==, n_times);
      g_assert_nonnull (kobra_journal_get_notice (test.journal));
      g_assert_nonnull (strstr (kobra_journal_get_notice (test.journal), "set aside"));
      if (n_times == 1)
        {
          assert_same (aside, before);
          display = g_strndup (aside, strlen (aside) - strlen (ruins[which].suffix));
          g_assert_nonnull (strstr (kobra_journal_get_notice (test.journal), display));
        }
      resume = kobra_test_find (test.journal);
      g_assert_true ((resume != NULL) == ruins[which].leaves_run);
      kobra_test_begin_run (test.journal, 1);
    }
}

static void
test_damaged_while_open (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  g_autoptr (GError)        error = NULL;
  g_autofree char          *aside = NULL;
  KobraJournal             *second;
  guint                     n_files;
  int                       fd;

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  fd = open (test.path, O_WRONLY);
  g_assert_cmpint (pwrite (fd, "no database any more", 20, 0), ==, 20);
  close (fd);

  /* Somebody writes into it: to give its name to another file would lose what they write. */
  second = kobra_journal_open (test.path, &error);
  g_assert_null (second);
  g_assert_error (error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_DAMAGED);
  aside = find_aside (test.path, "", &n_files);
  g_assert_cmpuint (n_files, ==, 0);

  g_clear_error (&error);
  kobra_test_journal_close (&test);
  test.journal = kobra_journal_open (test.path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (kobra_journal_get_notice (test.journal));
}

static void
test_no_file (void)
{
  static const char *const  names[] = { "a-folder", "a-pipe", "a-link-to-nowhere" };
  g_auto (KobraTestJournal) test = { 0 };
  g_autofree char          *folder = NULL;

  kobra_test_journal_init (&test);
  folder = g_path_get_dirname (test.path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char   *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (i == 0 ? g_mkdir (path, 0700) : i == 1 ? mkfifo (path, 0600) : symlink ("nowhere", path), ==, 0);
      g_assert_null (kobra_journal_open (path, &error));
      g_assert_error (error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_FOREIGN);
    }
}

/* The path of the table itself is easily given for the journal's. */
static void
test_table (void)
{
  static const char         table[] = "ID externo;Nombre\n1;Ana\n";
  g_auto (KobraTestJournal) test = { 0 };
  g_autofree char          *path = NULL, *lock = NULL, *text = NULL;
  g_autoptr (GError)        error = NULL;

  kobra_test_journal_init (&test);
  path = g_build_filename (test.folder, "cartera.csv", NULL);
  lock = g_strconcat (path, "-lock", NULL);
  g_assert_true (g_file_set_contents (path, table, -1, NULL));
  g_assert_null (kobra_journal_open (path, &error));
  g_assert_error (error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_FOREIGN);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, table);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

static void
test_nowhere (void)
{
  static const char *const paths[] = { "/proc/nowhere/journal.db", "/dev/null/journal.db" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kobra_journal_open (paths[i], &error));
      g_assert_error (error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_READ_ONLY);
    }
}

static void
test_link (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  g_autofree char          *path = NULL;
  g_autoptr (KobraJournal)  other = NULL;
  g_autoptr (GError)        error = NULL;
  KobraTestDone             done = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 1);
  path = g_build_filename (test.folder, "link", NULL);
  g_assert_cmpint (symlink (test.path, path), ==, 0);
  other = kobra_journal_open (path, &error);
  g_assert_no_error (error);
  kobra_journal_begin_run (other, &kobra_test_run, NULL, 0, kobra_test_done, &done);
  kobra_test_done_fails (&done, KOBRA_JOURNAL_ERROR_BUSY);
}

static void
test_moved (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  g_autofree char          *other = NULL;
  KobraTestDone             done = { 0 }, again = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 1);
  other = g_strconcat (test.path, ".away", NULL);
  g_assert_cmpint (g_rename (test.path, other), ==, 0);
  kobra_journal_begin_request (test.journal, 1, ids, 1, kobra_test_done, &done);
  kobra_test_done_fails (&done, KOBRA_JOURNAL_ERROR_MOVED);
  g_assert_cmpint (g_rename (other, test.path), ==, 0);
  kobra_journal_begin_request (test.journal, 1, ids, 1, kobra_test_done, &again);
  kobra_test_done_is_fine (&again);
}

static void
assert_read_only (const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kobra_journal_open (path, &error));
  g_assert_error (error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "Allow writing there"));
}

static void
test_read_only (void)
{
  enum
  {
    NOBODY = 65534
  };
  g_auto (KobraTestJournal) test = { 0 };
  g_autofree char          *folder = NULL;
  const uid_t               user = geteuid ();

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_journal_close (&test);
  folder = g_path_get_dirname (test.path);
  if (user == 0)
    {
      /* Modes don't hold the superuser: be somebody else for a moment. */
      g_autofree char *parent = g_path_get_dirname (folder);
      g_autofree char *lock = g_strconcat (test.path, "-lock", NULL);
      const char      *owned[] = { parent, folder, test.path, lock };

      g_assert_cmpint (g_chmod (test.folder, 0755), ==, 0);
      for (gsize i = 0; i < G_N_ELEMENTS (owned); i++)
        g_assert_cmpint (chown (owned[i], NOBODY, (gid_t) -1), ==, 0);
      if (seteuid (NOBODY) != 0)
        {
          g_test_skip ("cannot be anybody but the superuser");
          return;
        }
    }
  g_assert_cmpint (g_chmod (test.path, 0400), ==, 0);
  assert_read_only (test.path);
  g_assert_cmpint (g_unlink (test.path), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  assert_read_only (test.path);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  g_assert_cmpint (seteuid (user), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (umasks); i++)
    kobra_test_add_row ("/journal/file/nobody-else-reads-it/", umasks[i].name, GUINT_TO_POINTER (i), test_modes);
  g_test_add_func ("/journal/file/nobody-else-reads-it/though-it-was-open-to-them", test_closed_off);
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    kobra_test_add_row ("/journal/file/left-untouched/", strangers[i].name, GUINT_TO_POINTER (i), test_stranger);
  for (gsize i = 0; i < G_N_ELEMENTS (ruins); i++)
    kobra_test_add_row ("/journal/file/set-aside/", ruins[i].name, GUINT_TO_POINTER (i), test_damaged);
  g_test_add_func ("/journal/file/not-set-aside-while-open", test_damaged_while_open);
  g_test_add_func ("/journal/file/must-be-a-file", test_no_file);
  g_test_add_func ("/journal/file/left-untouched/a-table", test_table);
  g_test_add_func ("/journal/file/no-folder-for-it", test_nowhere);
  g_test_add_func ("/journal/file/one-by-any-name", test_link);
  g_test_add_func ("/journal/file/moved-away-stops-sending", test_moved);
  g_test_add_func ("/journal/file/read-only-is-said", test_read_only);
  return g_test_run ();
}
