/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-journal-sql.h"

#include "kobra-journal-error.h"
#include "kobra-journal-file.h"
#include "kobra-journal-resume-private.h"
#include "kobra-journal-schema.h"

#include "kobra-banned.h"

/* Nobody should write but the one who holds the lock; a stranger with a database tool may, for a moment. */
#define PATIENCE_MILLISECONDS 5000

/* What the log may keep of the disk after it was copied into the database. */
#define LOG_BYTES_KEPT 4194304

typedef enum
{
  STATEMENT_BEGIN,
  STATEMENT_COMMIT,
  STATEMENT_ADD_RUN,
  STATEMENT_ADD_RECORDS,
  STATEMENT_FIND_RUN,
  STATEMENT_END_RUN,
  STATEMENT_ADD_EVENT,
  STATEMENT_FIND_NEWEST,
  STATEMENT_GET_RECORDS,
  STATEMENT_LIST_EVENTS,
  N_STATEMENTS
} Statement;

static const char *const statements[N_STATEMENTS] = {
  [STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
  [STATEMENT_COMMIT] = "COMMIT",
  [STATEMENT_ADD_RUN] = "INSERT INTO runs (begun, source_name, source_digest, base_url, kind, import_type, n_records, import)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, nullif (?, 0))",
  [STATEMENT_ADD_RECORDS] = "INSERT INTO run_records (run, records, record_ids) VALUES (?, ?, ?)",
  [STATEMENT_FIND_RUN] = "SELECT ended IS NULL FROM runs WHERE id = ?",
  [STATEMENT_END_RUN] = "UPDATE runs SET ended = ? WHERE id = ?",
  [STATEMENT_ADD_EVENT] = "INSERT INTO events (run, at, request, result, type, message, ids) VALUES (?, ?, ?, ?, ?, ?, ?)",
  [STATEMENT_FIND_NEWEST] = "SELECT id, begun, ended, source_name, n_records FROM runs"
                            " WHERE source_digest = ? AND base_url = ? AND kind = ? AND import_type = ? ORDER BY id DESC LIMIT 1",
  [STATEMENT_GET_RECORDS] = "SELECT records FROM run_records WHERE run = ?",
  [STATEMENT_LIST_EVENTS] = "SELECT ids, result, type, message FROM events WHERE run = ? ORDER BY id",
};

struct _KobraJournalSql
{
  char           *path;
  sqlite3        *db;
  KobraStatement *statements[N_STATEMENTS];
};

#define INTEGER(x) KOBRA_QUERY_INTEGER (x)
#define TEXT(x) KOBRA_QUERY_TEXT (x)
#define BYTES(x) KOBRA_QUERY_BYTES ((x) != NULL ? g_bytes_get_data (x, NULL) : NULL, (x) != NULL ? g_bytes_get_size (x) : 0)
#define ZEROS(x) KOBRA_QUERY_BYTES (NULL, (x) != NULL ? g_bytes_get_size (x) : 0) /* as many as @x has bytes */
#define VALUES(...) KOBRA_QUERY_VALUES (__VA_ARGS__)

/* One of the statements above, to be begun anew; the values are borrowed until it is reset. */
typedef KobraStatement Started;

static void
started_reset (Started *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Started, started_reset)

static gboolean
fail (KobraJournalSql *self,
      int              rc,
      GError         **error)
{
  kobra_journal_set_sql_error (self->path, self->db, rc, error);
  return FALSE;
}

static Started *
start (KobraJournalSql       *self,
       Statement              which,
       const KobraQueryValue *values,
       gsize                  n,
       GError               **error)
{
  const KobraQuery query = kobra_journal_sql_query (self);

  return kobra_query_bind (&query, self->statements[which], values, n, error) ? self->statements[which] : NULL;
}

static gboolean
step (KobraJournalSql *self,
      Started         *statement,
      gboolean        *has_row,
      GError         **error)
{
  const KobraQuery query = kobra_journal_sql_query (self);

  return kobra_query_step (&query, statement, has_row, error);
}

static gboolean
run (KobraJournalSql       *self,
     Statement              which,
     const KobraQueryValue *values,
     gsize                  n,
     GError               **error)
{
  g_autoptr (Started) statement = start (self, which, values, n, error);
  gboolean            has_row;

  return statement != NULL && step (self, statement, &has_row, error);
}

/* The log is synced before a commit returns (synchronous = FULL): what it says is on disk, not on its way there. */
static gboolean
configure (KobraJournalSql *self,
           GError         **error)
{
  static const char settings[] =
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA secure_delete = ON;" /* what was deleted is overwritten: see kobra-journal-retain.c */
    "PRAGMA journal_size_limit = " G_STRINGIFY (LOG_BYTES_KEPT) ";";
  g_autofree char *mode = NULL;
  sqlite3_stmt    *statement = NULL;
  int              rc = sqlite3_prepare_v2 (self->db, "PRAGMA journal_mode = WAL", -1, &statement, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    mode = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  if (rc != SQLITE_ROW)
    return fail (self, rc, error);
  if (g_strcmp0 (mode, "wal") != 0)
    {
      kobra_journal_set_error (self->path, KOBRA_JOURNAL_ERROR_UNFIT, error);
      return FALSE;
    }
  rc = sqlite3_exec (self->db, settings, NULL, NULL, NULL);
  return rc == SQLITE_OK || fail (self, rc, error);
}

static gboolean
prepare (KobraJournalSql *self,
         GError         **error)
{
  for (gsize i = 0; i < N_STATEMENTS; i++)
    {
      int rc = sqlite3_prepare_v3 (self->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT, &self->statements[i], NULL);

      /* Our own words on a database of our own form: if it lacks what they name, somebody took it out. */
      if (rc == SQLITE_ERROR)
        kobra_journal_set_error (self->path, KOBRA_JOURNAL_ERROR_DAMAGED, error);
      else if (rc != SQLITE_OK)
        fail (self, rc, error);
      if (rc != SQLITE_OK)
        return FALSE;
    }
  return TRUE;
}

KobraJournalSql *
kobra_journal_sql_open (const char *path,
                        gboolean    alone,
                        GError    **error)
{
  g_autoptr (KobraJournalSql) self = g_new0 (KobraJournalSql, 1);
  g_autofree char            *log = g_strconcat (path, "-wal", NULL);
  gboolean                    has_log = g_file_test (log, G_FILE_TEST_EXISTS);
  int                         rc = sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

  self->path = g_strdup (path);
  if (rc != SQLITE_OK)
    {
      fail (self, rc, error);
      return NULL;
    }

  /* Closing would copy a log into the database: not into one that turns out to be none of ours. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, (int) has_log, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_busy_timeout (self->db, PATIENCE_MILLISECONDS);
  if (sqlite3_db_readonly (self->db, NULL) == 1)
    {
      kobra_journal_set_error (path, KOBRA_JOURNAL_ERROR_READ_ONLY, error);
      return NULL;
    }
  if (!kobra_journal_schema_adopt (self->db, path, alone, error) || !configure (self, error) || !prepare (self, error))
    return NULL;
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  kobra_journal_file_close_off (path);
  return g_steal_pointer (&self);
}

void
kobra_journal_sql_free (KobraJournalSql *self)
{
  for (gsize i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close (self->db);
  g_free (self->path);
  g_free (self);
}

/* SQLite goes on writing into a file that has lost its name; what it writes then is lost. */
static gboolean
is_in_place (KobraJournalSql *self,
             GError         **error)
{
  int has_moved = 0;

  if (sqlite3_file_control (self->db, NULL, SQLITE_FCNTL_HAS_MOVED, &has_moved) != SQLITE_OK || !has_moved)
    return TRUE;
  kobra_journal_set_error (self->path, KOBRA_JOURNAL_ERROR_MOVED, error);
  return FALSE;
}

KobraQuery
kobra_journal_sql_query (KobraJournalSql *self)
{
  return (KobraQuery) { self->db, self->path };
}

gboolean
kobra_journal_sql_begin (KobraJournalSql *self,
                         GError         **error)
{
  return is_in_place (self, error) && run (self, STATEMENT_BEGIN, NULL, 0, error);
}

gboolean
kobra_journal_sql_commit (KobraJournalSql *self,
                          GError         **error)
{
  return run (self, STATEMENT_COMMIT, NULL, 0, error);
}

void
kobra_journal_sql_rollback (KobraJournalSql *self)
{
  /* A full disk may have rolled it back already; and what fails here is undone when the file is read next. */
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Fills a place of just that size. A row with the bytes in it would be put together in memory first: a second copy of them all. */
static gboolean
fill_records (KobraJournalSql *self,
              gint64           run,
              const char      *column,
              GBytes          *bytes,
              GError         **error)
{
  gsize         size = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  sqlite3_blob *blob = NULL;
  int           rc;

  if (size == 0)
    return TRUE;
  rc = sqlite3_blob_open (self->db, "main", "run_records", column, run, TRUE, &blob);
  if (rc == SQLITE_OK)
    rc = sqlite3_blob_write (blob, g_bytes_get_data (bytes, NULL), (int) size, 0);
  if (rc != SQLITE_OK)
    fail (self, rc, error);
  sqlite3_blob_close (blob);
  return rc == SQLITE_OK;
}

gboolean
kobra_journal_sql_add_run (KobraJournalSql       *self,
                           const KobraJournalRun *about,
                           gint64                 import,
                           GBytes                *records,
                           GBytes                *record_ids,
                           gint64                 at,
                           gint64                *id,
                           GError               **error)
{
  if (!run (self, STATEMENT_ADD_RUN,
            VALUES (INTEGER (at), TEXT (or_empty (about->source_name)), TEXT (or_empty (about->source_digest)), TEXT (or_empty (about->base_url)),
                    TEXT (or_empty (about->kind)), INTEGER (about->import_type), INTEGER (about->n_records), INTEGER (import)),
            error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (self->db);
  return run (self, STATEMENT_ADD_RECORDS, VALUES (INTEGER (*id), ZEROS (records), ZEROS (record_ids)), error) &&
         fill_records (self, *id, "records", records, error) && fill_records (self, *id, "record_ids", record_ids, error);
}

gboolean
kobra_journal_sql_find_run (KobraJournalSql *self,
                            gint64           id,
                            gboolean        *is_open,
                            GError         **error)
{
  g_autoptr (Started) statement = start (self, STATEMENT_FIND_RUN, VALUES (INTEGER (id)), error);
  gboolean                 has_row;

  if (statement == NULL || !step (self, statement, &has_row, error))
    return FALSE;
  *is_open = has_row && sqlite3_column_int (statement, 0) != 0;
  return TRUE;
}

gboolean
kobra_journal_sql_end_run (KobraJournalSql *self,
                           gint64           id,
                           gint64           at,
                           GError         **error)
{
  return run (self, STATEMENT_END_RUN, VALUES (INTEGER (at), INTEGER (id)), error);
}

gboolean
kobra_journal_sql_add_event (KobraJournalSql *self,
                             gint64           id,
                             gint64           at,
                             guint            request,
                             int              result,
                             const char      *type,
                             const char      *message,
                             GBytes          *ids,
                             GError         **error)
{
  return run (self, STATEMENT_ADD_EVENT,
              VALUES (INTEGER (id), INTEGER (at), INTEGER (request), INTEGER (result), TEXT (type), TEXT (message), BYTES (ids)), error);
}

static gboolean
fail_as_damaged (KobraJournalSql *self,
                 GError         **error)
{
  kobra_journal_set_error (self->path, KOBRA_JOURNAL_ERROR_DAMAGED, error);
  return FALSE;
}

static KobraJournalResume *
read_records (KobraJournalSql *self,
              gint64           id,
              GError         **error)
{
  g_autoptr (Started) statement = start (self, STATEMENT_GET_RECORDS, VALUES (INTEGER (id)), error);
  KobraJournalResume      *resume = NULL;
  gboolean                 has_row;

  if (statement == NULL || !step (self, statement, &has_row, error))
    return NULL;
  if (has_row)
    {
      const guint8 *bytes = sqlite3_column_blob (statement, 0);

      resume = kobra_journal_resume_new (bytes, (gsize) sqlite3_column_bytes (statement, 0));
    }
  if (resume == NULL)
    fail_as_damaged (self, error);
  return resume;
}

static gboolean
read_events (KobraJournalSql    *self,
             gint64              id,
             KobraJournalResume *resume,
             GError            **error)
{
  g_autoptr (Started) statement = start (self, STATEMENT_LIST_EVENTS, VALUES (INTEGER (id)), error);
  gboolean                 has_row;

  if (statement == NULL)
    return FALSE;
  while (step (self, statement, &has_row, error))
    {
      const guint8 *ids;

      if (!has_row)
        return TRUE;
      ids = sqlite3_column_blob (statement, 0);
      if (!kobra_journal_resume_apply (resume, ids, (gsize) sqlite3_column_bytes (statement, 0), sqlite3_column_int (statement, 1),
                                       (const char *) sqlite3_column_text (statement, 2), (const char *) sqlite3_column_text (statement, 3)))
        return fail_as_damaged (self, error);
    }
  return FALSE;
}

gboolean
kobra_journal_sql_find_unfinished (KobraJournalSql       *self,
                                   const KobraJournalRun *like,
                                   KobraJournalResume   **resume,
                                   GError               **error)
{
  g_autoptr (KobraJournalResume) found = NULL;
  g_autoptr (Started)       statement = NULL;
  gboolean                       has_row;
  gint64                         id;

  *resume = NULL;
  if (*or_empty (like->source_digest) == '\0')
    return TRUE;
  statement = start (self, STATEMENT_FIND_NEWEST,
                     VALUES (TEXT (like->source_digest), TEXT (or_empty (like->base_url)), TEXT (or_empty (like->kind)), INTEGER (like->import_type)),
                     error);
  if (statement == NULL || !step (self, statement, &has_row, error))
    return FALSE;
  if (!has_row || sqlite3_column_type (statement, 2) != SQLITE_NULL)
    return TRUE;
  id = sqlite3_column_int64 (statement, 0);
  found = read_records (self, id, error);
  if (found == NULL)
    return FALSE;
  found->run = id;
  found->begun = sqlite3_column_int64 (statement, 1);
  found->source_name = g_strdup ((const char *) sqlite3_column_text (statement, 3));
  found->n_records = (guint) sqlite3_column_int64 (statement, 4);
  if (!read_events (self, id, found, error))
    return FALSE;
  *resume = g_steal_pointer (&found);
  return TRUE;
}
