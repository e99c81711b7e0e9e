/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A damaged database is seldom damaged everywhere. Each table is read row by row until a page cannot be read. Then a row after it is looked for that
 * can, in steps that double, and what lies before that is read from behind; what cannot be read from either side is lost. What then belongs to
 * nothing goes.
 */

#include "kobra-journal-recover.h"

#include "kobra-banned.h"

/* No table has more. */
#define MAX_COLUMNS 32

/* What a row belongs to stands before it. */
static const char *const tables[] = { "imports", "snapshots", "pieces", "edits", "forgotten", "runs", "run_records", "events", "origins", "clock" };

static const char *const orphans[] = {
  "DELETE FROM snapshots WHERE import NOT IN (SELECT id FROM imports)",
  "DELETE FROM pieces WHERE snapshot NOT IN (SELECT id FROM snapshots)",
  "DELETE FROM edits WHERE snapshot NOT IN (SELECT id FROM snapshots)",
  "DELETE FROM forgotten WHERE import NOT IN (SELECT id FROM imports)",
  "UPDATE runs SET import = NULL WHERE import IS NOT NULL AND import NOT IN (SELECT id FROM imports)",
  "DELETE FROM run_records WHERE run NOT IN (SELECT id FROM runs)",
  "DELETE FROM events WHERE run NOT IN (SELECT id FROM runs)",
  "DELETE FROM origins WHERE import NOT IN (SELECT id FROM imports)",
  /* What is to be gone on with must be whole. */
  "UPDATE runs SET ended = begun WHERE ended IS NULL AND id NOT IN (SELECT run FROM run_records)",
};

typedef struct
{
  KobraQuery  to;
  sqlite3    *from;
  const char *table;
  char       *columns;   /* that both have, joined by ", " */
  guint       n_columns;
  gboolean    is_damaged;
} Rescue;

/* The columns of the table that the damaged database has too: an older one has fewer. NULL: it has none. */
static char *
find_columns (sqlite3    *from,
              sqlite3    *to,
              const char *table,
              guint      *n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", table);
  GString         *columns = g_string_new (NULL);
  sqlite3_stmt    *statement = NULL;

  *n = 0;
  if (sqlite3_prepare_v2 (from, sql, -1, &statement, NULL) == SQLITE_OK)
    while (sqlite3_step (statement) == SQLITE_ROW && *n < MAX_COLUMNS)
      {
        const char *name = (const char *) sqlite3_column_text (statement, 0);

        if (name == NULL || sqlite3_table_column_metadata (to, NULL, table, name, NULL, NULL, NULL, NULL, NULL) != SQLITE_OK)
          continue;
        g_string_append_printf (columns, "%s\"%s\"", *n > 0 ? ", " : "", name);
        ++*n;
      }
  sqlite3_finalize (statement);
  return g_string_free (columns, FALSE);
}

typedef enum
{
  READ_ALL,    /* as far as there are rows */
  READ_DAMAGED /* a row cannot be read */
} Reading;

/* What comes of the rows of @self->table that are over @after, up or down. *@last is the ID of the last one that could be read. In a page that was cut
 * off a row may have any ID: one that is out of order cannot be read, or the reading would go around in circles. */
static gboolean
copy_rows (Rescue  *self,
           gboolean down,
           gint64   after,
           gint64   before,
           Reading *reading,
           gint64  *last,
           GError **error)
{
  g_autofree char *select = g_strdup_printf ("SELECT rowid, %s FROM %s WHERE rowid > ? AND rowid < ? ORDER BY rowid %s", self->columns, self->table, down ? "DESC" : "ASC");
  g_autofree char *insert = NULL, *marks = g_strnfill (2 * self->n_columns, ',');
  sqlite3_stmt    *source = NULL, *target = NULL;
  int              rc = sqlite3_prepare_v2 (self->from, select, -1, &source, NULL), target_rc = SQLITE_DONE;

  for (guint i = 0; i < self->n_columns; i++)
    marks[2 * i] = '?';
  marks[2 * self->n_columns - 1] = '\0';
  insert = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", self->table, self->columns, marks);
  *last = down ? before : after;
  if (rc == SQLITE_OK && sqlite3_prepare_v2 (self->to.db, insert, -1, &target, NULL) == SQLITE_OK)
    {
      sqlite3_bind_int64 (source, 1, after);
      sqlite3_bind_int64 (source, 2, before);
      while ((rc = sqlite3_step (source)) == SQLITE_ROW)
        {
          gint64 id = sqlite3_column_int64 (source, 0);

          if (down ? id >= *last || id <= after : id <= *last || id >= before)
            break;
          *last = id;
          for (guint i = 0; i < self->n_columns; i++)
            sqlite3_bind_value (target, (int) i + 1, sqlite3_column_value (source, (int) i + 1));
          target_rc = sqlite3_step (target);
          sqlite3_reset (target);
          /* A row that is no row of such a table: passed over. */
          if (target_rc != SQLITE_DONE && (target_rc & 0xff) != SQLITE_CONSTRAINT && (target_rc & 0xff) != SQLITE_MISMATCH)
            break;
          target_rc = SQLITE_DONE;
        }
    }
  if (target_rc != SQLITE_DONE)
    kobra_query_fail (&self->to, target_rc, error);
  sqlite3_finalize (source);
  sqlite3_finalize (target);
  *reading = rc == SQLITE_DONE ? READ_ALL : READ_DAMAGED;
  return target_rc == SQLITE_DONE;
}

/* The ID of a row over *@id that can be read, found in steps that double; FALSE if there is none. */
static gboolean
find_next (Rescue *self,
           gint64 *id)
{
  g_autofree char *select = g_strdup_printf ("SELECT rowid, %s FROM %s WHERE rowid > ? ORDER BY rowid LIMIT 1", self->columns, self->table);
  gint64           found = *id;
  gboolean         is_end = FALSE, is_found;

  for (gint64 step = 1; step < G_MAXINT32 && found <= *id && !is_end; step *= 2)
    {
      sqlite3_stmt *statement = NULL;
      int           rc;

      if (*id > G_MAXINT64 - step || sqlite3_prepare_v2 (self->from, select, -1, &statement, NULL) != SQLITE_OK)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, *id + step);
      rc = sqlite3_step (statement);
      if (rc == SQLITE_ROW)
        found = sqlite3_column_int64 (statement, 0);
      is_end = rc == SQLITE_DONE;
      sqlite3_finalize (statement);
    }
  is_found = found > *id;
  *id = MAX (*id, found);
  return is_found;
}

static gboolean
copy_table (Rescue  *self,
            GError **error)
{
  g_autofree char *columns = find_columns (self->from, self->to.db, self->table, &self->n_columns);
  gint64           last = G_MININT64, next, ignored;
  Reading          reading = READ_DAMAGED, behind;

  if (self->n_columns == 0)
    {
      self->is_damaged = TRUE;
      return TRUE;
    }
  self->columns = columns;
  if (!copy_rows (self, FALSE, last, G_MAXINT64, &reading, &last, error))
    return FALSE;
  while (reading == READ_DAMAGED)
    {
      self->is_damaged = TRUE;
      last = MAX (last, 0); /* no ID is less */
      next = last;
      /* Past the last place that is damaged there may be rows that can only be read from behind. */
      if (!find_next (self, &next))
        return copy_rows (self, TRUE, last, G_MAXINT64, &behind, &ignored, error);
      if (!copy_rows (self, TRUE, last, next, &behind, &ignored, error) || !copy_rows (self, FALSE, next - 1, G_MAXINT64, &reading, &last, error))
        return FALSE;
      last = MAX (last, next);
    }
  return TRUE;
}

static gboolean
copy_all (Rescue  *self,
          GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      self->table = tables[i];
      if (!copy_table (self, error))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (orphans); i++)
    if (!kobra_query_run (&self->to, orphans[i], NULL, 0, error))
      return FALSE;
  /* Then nobody knows whether a piece is missing: whoever opens an import looks at the file it came from. */
  return !self->is_damaged || kobra_query_run (&self->to, "UPDATE snapshots SET is_whole = 0", NULL, 0, error);
}

gboolean
kobra_journal_recover (KobraJournalSql *to,
                       const char      *from,
                       guint           *n_imports,
                       GError         **error)
{
  Rescue   self = { .to = kobra_journal_sql_query (to) };
  gint64   n = 0;
  gboolean is_fine = FALSE;

  *n_imports = 0;
  if (sqlite3_open_v2 (from, &self.from, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    {
      sqlite3_db_config (self.from, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      /* Nothing is written; a schema that could be written to is one that may be damaged, in a file that may be cut off. */
      sqlite3_exec (self.from, "PRAGMA query_only = ON; PRAGMA writable_schema = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON", NULL, NULL, NULL);
      sqlite3_exec (self.to.db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL);
      is_fine = kobra_journal_sql_begin (to, error) && copy_all (&self, error) && kobra_journal_sql_commit (to, error) &&
                kobra_query_number (&self.to, "SELECT count (*) FROM imports", NULL, 0, 0, &n, error);
      if (!is_fine)
        kobra_journal_sql_rollback (to);
      sqlite3_exec (self.to.db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
      *n_imports = (guint) n;
    }
  else
    {
      is_fine = TRUE; /* nothing can be read of it */
    }
  sqlite3_close (self.from);
  return is_fine;
}
