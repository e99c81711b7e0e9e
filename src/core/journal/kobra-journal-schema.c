/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-journal-schema.h"

#include "kobra-journal-error.h"

#include "kobra-banned.h"

/* "Kobr": in the header of the file, so that a database of another program is told from an old journal. */
#define APPLICATION_ID 1265590898

/*
 * migrations[n] makes version n + 1 of version n; version 0 is an empty file. Never change one that was released: add the next.
 *
 * The records of a run are one blob, and stand apart from the run so that ending it does not write them again. An event is a line of what
 * happened to records, and what stands last for a record counts: "in flight" when a request with it was begun, later its result.
 */
static const char *const migrations[] = {
  "CREATE TABLE runs ("
  "  id            INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  begun         INTEGER NOT NULL," /* microseconds since 1970, UTC */
  "  ended         INTEGER,"          /* NULL: under way, or cut off */
  "  source_name   TEXT NOT NULL,"
  "  source_digest TEXT NOT NULL,"
  "  base_url      TEXT NOT NULL,"
  "  kind          TEXT NOT NULL,"
  "  import_type   INTEGER NOT NULL,"
  "  n_records     INTEGER NOT NULL" /* of the source */
  ") STRICT;"
  "CREATE INDEX runs_by_source ON runs (source_digest);"
  "CREATE TABLE run_records ("
  "  run     INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,"
  "  records BLOB NOT NULL"
  ") STRICT;"
  "CREATE TABLE events ("
  "  id      INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  run     INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,"
  "  at      INTEGER NOT NULL,"
  "  request INTEGER NOT NULL," /* 0: none */
  "  result  INTEGER NOT NULL," /* KOBRA_JOURNAL_IN_FLIGHT, or as it was given */
  "  type    TEXT,"
  "  message TEXT,"
  "  ids     BLOB NOT NULL"
  ") STRICT;"
  "CREATE INDEX events_by_run ON events (run);"
  "PRAGMA application_id = " G_STRINGIFY (APPLICATION_ID) ";",

  /*
   * Version 2: imports, with their records. The words of a piece stand before its rows, since SQLite reads what is before a column to
   * find it, and to search is to read words alone. A run of version 1 belongs to no import.
   */
  "CREATE TABLE imports ("
  "  id            INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  opened        INTEGER NOT NULL," /* microseconds since 1970, UTC */
  "  changed       INTEGER NOT NULL,"
  "  closed        INTEGER," /* NULL: open, or cut off */
  "  hidden        INTEGER," /* NULL: shown */
  "  is_edited     INTEGER NOT NULL,"
  "  source_name   TEXT NOT NULL,"
  "  source_uri    TEXT NOT NULL,"
  "  source_digest TEXT NOT NULL,"
  "  kind          TEXT NOT NULL,"
  "  import_type   INTEGER NOT NULL,"
  "  connection    TEXT NOT NULL,"
  "  settings      TEXT NOT NULL,"
  "  n_records     INTEGER NOT NULL,"
  "  n_accepted    INTEGER NOT NULL,"
  "  n_rejected    INTEGER NOT NULL,"
  "  n_not_sent    INTEGER NOT NULL,"
  "  n_unknown     INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX imports_by_source ON imports (source_digest);"
  "CREATE TABLE snapshots ("
  "  id       INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  import   INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,"
  "  is_whole INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX snapshots_by_import ON snapshots (import);"
  "CREATE TABLE pieces ("
  "  id       INTEGER PRIMARY KEY AUTOINCREMENT," /* rising within a snapshot */
  "  snapshot INTEGER NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,"
  "  words    BLOB NOT NULL,"
  "  rows     BLOB NOT NULL"
  ") STRICT;"
  "CREATE INDEX pieces_by_snapshot ON pieces (snapshot);"
  "CREATE TABLE edits ("
  "  id       INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  snapshot INTEGER NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,"
  "  at       INTEGER NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  removed  BLOB NOT NULL," /* IDs */
  "  words    BLOB NOT NULL," /* of the rows that came instead */
  "  rows     BLOB NOT NULL"
  ") STRICT;"
  "CREATE INDEX edits_by_snapshot ON edits (snapshot);"
  "CREATE TABLE forgotten (" /* records that changed after they were sent */
  "  id     INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  import INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,"
  "  run    INTEGER NOT NULL," /* the latest that they had part in */
  "  ids    BLOB NOT NULL"
  ") STRICT;"
  "CREATE INDEX forgotten_by_import ON forgotten (import);"
  "ALTER TABLE runs ADD COLUMN import INTEGER REFERENCES imports (id) ON DELETE CASCADE;"
  "CREATE INDEX runs_by_import ON runs (import);"
  "ALTER TABLE run_records ADD COLUMN record_ids BLOB;", /* of the import, in the order of the records; NULL: no import */

  /*
   * Version 3: which import corrects which, which ones were open when the person quit, and when the journal was used last. An import has its
   * tag in the references of its exports (kobra-own-export.h); what was opened from such an export knows by it where its records were before.
   */
  "ALTER TABLE imports ADD COLUMN tag TEXT NOT NULL DEFAULT '';" /* "": it never had one */
  "ALTER TABLE imports ADD COLUMN corrects TEXT NOT NULL DEFAULT '';" /* a tag; "": none */
  "ALTER TABLE imports ADD COLUMN n_corrects INTEGER NOT NULL DEFAULT 0;" /* records that were in that one */
  "ALTER TABLE imports ADD COLUMN reopens INTEGER NOT NULL DEFAULT 0;"
  "CREATE INDEX imports_by_tag ON imports (tag);"
  "CREATE INDEX imports_by_corrected ON imports (corrects);"
  "CREATE TABLE origins ("
  "  import  INTEGER PRIMARY KEY REFERENCES imports (id) ON DELETE CASCADE,"
  "  origins TEXT NOT NULL" /* the caller's */
  ") STRICT;"
  "CREATE TABLE clock ("
  "  id   INTEGER PRIMARY KEY CHECK (id = 1),"
  "  seen INTEGER NOT NULL" /* the latest time that was believed: see kobra-journal-retain.c */
  ") STRICT;",
};

static gboolean
execute (sqlite3    *db,
         const char *path,
         const char *sql,
         GError    **error)
{
  int rc = sqlite3_exec (db, sql, NULL, NULL, NULL);

  if (rc == SQLITE_OK)
    return TRUE;
  kobra_journal_set_sql_error (path, db, rc, error);
  return FALSE;
}

/* The first value of the first row, as text; NULL if it cannot be had. */
static char *
ask (sqlite3    *db,
     const char *path,
     const char *sql,
     GError    **error)
{
  sqlite3_stmt *statement = NULL;
  char         *answer = NULL;
  int           rc = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  if (answer == NULL)
    kobra_journal_set_sql_error (path, db, rc, error);
  sqlite3_finalize (statement);
  return answer;
}

static gboolean
ask_number (sqlite3    *db,
            const char *path,
            const char *sql,
            gint64     *answer,
            GError    **error)
{
  g_autofree char *text = ask (db, path, sql, error);

  return text != NULL && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, answer, error);
}

static gboolean
identify (sqlite3    *db,
          const char *path,
          gint64     *version,
          GError    **error)
{
  gint64 application = 0, n_things = 0;

  if (!ask_number (db, path, "PRAGMA user_version", version, error) ||
      !ask_number (db, path, "PRAGMA application_id", &application, error) ||
      !ask_number (db, path, "SELECT count (*) FROM sqlite_schema", &n_things, error))
    return FALSE;
  if (application != APPLICATION_ID && (application != 0 || *version != 0 || n_things != 0))
    kobra_journal_set_error (path, KOBRA_JOURNAL_ERROR_FOREIGN, error);
  else if (*version < 0 || *version > (gint64) G_N_ELEMENTS (migrations))
    kobra_journal_set_error (path, KOBRA_JOURNAL_ERROR_NEWER, error);
  else
    return TRUE;
  return FALSE;
}

/* quick_check reads every page and compares what points to what; all it leaves out is whether an index has each row. */
static gboolean
is_whole (sqlite3    *db,
          const char *path,
          GError    **error)
{
  g_autofree char *answer = ask (db, path, "PRAGMA quick_check (1)", error);

  if (answer == NULL)
    return FALSE;
  if (g_str_equal (answer, "ok"))
    return TRUE;
  kobra_journal_set_error (path, KOBRA_JOURNAL_ERROR_DAMAGED, error);
  return FALSE;
}

static gboolean
migrate (sqlite3    *db,
         const char *path,
         gint64      version,
         GError    **error)
{
  for (gsize i = (gsize) version; i < G_N_ELEMENTS (migrations); i++)
    {
      g_autofree char *sql = g_strdup_printf ("BEGIN IMMEDIATE; %s PRAGMA user_version = %" G_GSIZE_FORMAT "; COMMIT", migrations[i], i + 1);

      if (!execute (db, path, sql, error))
        return FALSE; /* the open transaction goes with the connection */
    }
  return TRUE;
}

gboolean
kobra_journal_schema_adopt (sqlite3    *db,
                            const char *path,
                            gboolean    alone,
                            GError    **error)
{
  gint64 version = 0;

  if (!identify (db, path, &version, error))
    return FALSE;
  if (alone)
    return is_whole (db, path, error) && migrate (db, path, version, error);

  /* Whoever has it open brought it to their form; if that is older than ours, they must close it first. */
  if (version == (gint64) G_N_ELEMENTS (migrations))
    return TRUE;
  kobra_journal_set_error (path, KOBRA_JOURNAL_ERROR_BUSY, error);
  return FALSE;
}
