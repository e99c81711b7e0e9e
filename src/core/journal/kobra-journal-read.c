/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-journal-read.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "kobra-journal-error.h"
#include "kobra-journal-file.h"
#include "kobra-journal-private.h"
#include "kobra-journal-read-private.h"
#include "kobra-journal-store.h"

#include "kobra-banned.h"

/* How long one that is just being written by a stranger is waited for. */
#define PATIENCE_MILLISECONDS 5000

struct _KobraJournalReader
{
  char    *path;
  int      lock_fd; /* -1: nobody can be asked whether they have an import open */
  sqlite3 *db;      /* or NULL: not yet */
};

#define COLUMNS "id, opened, changed, closed IS NOT NULL, is_edited, EXISTS (SELECT 1 FROM snapshots WHERE import = imports.id)," \
                " source_name, source_uri, source_digest, kind, import_type, connection, n_records, n_accepted, n_rejected, n_not_sent, n_unknown, settings," \
                " tag, corrects, n_corrects, reopens," \
                " (SELECT source_name FROM imports AS earlier WHERE earlier.tag = imports.corrects AND imports.corrects <> '' ORDER BY id DESC LIMIT 1)," \
                " (SELECT sum (min (later.n_accepted, later.n_corrects)) FROM imports AS later WHERE later.corrects = imports.tag AND imports.tag <> '')"

#define INTEGER(x) KOBRA_QUERY_INTEGER (x)
#define VALUES(...) KOBRA_QUERY_VALUES (__VA_ARGS__)

KobraJournalReader *
kobra_journal_reader_new (KobraJournal *journal)
{
  KobraJournalReader *self;

  g_return_val_if_fail (journal != NULL, NULL);

  self = g_new0 (KobraJournalReader, 1);
  self->path = g_strdup (kobra_journal_get_path (journal));
  /* Locks belong to the open file behind both descriptors: what this process has open does not count as taken. */
  self->lock_fd = fcntl (kobra_journal_get_lock_fd (journal), F_DUPFD_CLOEXEC, 3);
  return self;
}

void
kobra_journal_reader_free (KobraJournalReader *self)
{
  sqlite3_close (self->db);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->path);
  g_free (self);
}

KobraQuery
kobra_journal_reader_query (KobraJournalReader *self,
                            GError            **error)
{
  KobraQuery query = { self->db, self->path };
  int        rc;

  if (self->db != NULL)
    return query;
  rc = sqlite3_open_v2 (self->path, &query.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (rc != SQLITE_OK)
    {
      kobra_query_fail (&query, rc, error);
      g_clear_pointer (&query.db, sqlite3_close);
      return query;
    }
  sqlite3_db_config (query.db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_db_config (query.db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_exec (query.db, "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF", NULL, NULL, NULL);
  sqlite3_busy_timeout (query.db, PATIENCE_MILLISECONDS);
  self->db = query.db;
  return query;
}

guint32
kobra_journal_get_id (const guint8 *ids,
                      gsize         i)
{
  guint32 id;

  memcpy (&id, ids + i * sizeof id, sizeof id);
  return GUINT32_FROM_LE (id);
}

static char *
dup_text (KobraStatement *statement,
          int             column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

static guint
get_count (KobraStatement *statement,
           int             column)
{
  return (guint) CLAMP (sqlite3_column_int64 (statement, column), 0, G_MAXUINT);
}

static KobraJournalImportInfo *
read_info (KobraJournalReader *self,
           KobraStatement     *row)
{
  KobraJournalImportInfo *info = g_new0 (KobraJournalImportInfo, 1);

  info->id = sqlite3_column_int64 (row, 0);
  info->opened = sqlite3_column_int64 (row, 1);
  info->changed = sqlite3_column_int64 (row, 2);
  info->is_closed = sqlite3_column_int (row, 3) != 0;
  info->is_open_elsewhere = self->lock_fd >= 0 && kobra_journal_lock_is_taken (self->lock_fd, KOBRA_JOURNAL_LOCK_IMPORTS + info->id);
  info->is_edited = sqlite3_column_int (row, 4) != 0;
  info->has_records = sqlite3_column_int (row, 5) != 0;
  info->source_name = dup_text (row, 6);
  info->source_uri = dup_text (row, 7);
  info->source_digest = dup_text (row, 8);
  info->kind = dup_text (row, 9);
  info->import_type = sqlite3_column_int (row, 10);
  info->connection = dup_text (row, 11);
  info->n_records = get_count (row, 12);
  info->n_accepted = get_count (row, 13);
  info->n_rejected = get_count (row, 14);
  info->n_not_sent = get_count (row, 15);
  info->n_unknown = get_count (row, 16);
  info->settings = dup_text (row, 17);
  info->tag = dup_text (row, 18);
  info->corrects = dup_text (row, 19);
  info->n_corrects = get_count (row, 20);
  info->reopens = sqlite3_column_int (row, 21) != 0;
  info->corrected_name = dup_text (row, 22);
  info->n_corrected = get_count (row, 23);
  return info;
}

GPtrArray *
kobra_journal_list_imports (KobraJournalReader *self,
                            GError            **error)
{
  static const char          sql[] = "SELECT " COLUMNS " FROM imports WHERE hidden IS NULL ORDER BY id DESC";
  const KobraQuery           query = kobra_journal_reader_query (self, error);
  g_autoptr (KobraStatement) statement = query.db != NULL ? kobra_query_start (&query, sql, NULL, 0, error) : NULL;
  g_autoptr (GPtrArray)      list = g_ptr_array_new_with_free_func ((GDestroyNotify) kobra_journal_import_info_free);
  gboolean                   has_row;

  while (statement != NULL && kobra_query_step (&query, statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_info (self, statement));
    }
  return NULL;
}

gboolean
kobra_journal_find_like (KobraJournalReader *self,
                         const char         *digest,
                         gint64              but,
                         gint64             *id,
                         GError            **error)
{
  static const char          sql[] = "SELECT id FROM imports WHERE source_digest = ?1 AND ?1 <> '' AND id <> ?2 AND hidden IS NULL AND is_edited"
                                     " AND EXISTS (SELECT 1 FROM snapshots WHERE import = imports.id) ORDER BY id DESC";
  const KobraQuery           query = kobra_journal_reader_query (self, error);
  g_autoptr (KobraStatement) statement = NULL;
  gboolean                   has_row;

  *id = 0;
  if (query.db != NULL)
    statement = kobra_query_start (&query, sql, VALUES (KOBRA_QUERY_TEXT (digest), INTEGER (but)), error);
  while (statement != NULL && kobra_query_step (&query, statement, &has_row, error))
    {
      gint64 found = has_row ? sqlite3_column_int64 (statement, 0) : 0;

      if (has_row && self->lock_fd >= 0 && kobra_journal_lock_is_taken (self->lock_fd, KOBRA_JOURNAL_LOCK_IMPORTS + found))
        continue;
      *id = found;
      return TRUE;
    }
  return FALSE;
}

guint64
kobra_journal_get_size (KobraJournalReader *self)
{
  static const char *const suffixes[] = { "", "-wal" };
  guint64                  size = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (self->path, suffixes[i], NULL);
      GStatBuf         info;

      if (g_stat (name, &info) == 0)
        size += (guint64) info.st_size;
    }
  return size;
}

gboolean
kobra_journal_reader_find_snapshot (const KobraQuery *query,
                                    gint64            import,
                                    gint64           *snapshot,
                                    gboolean         *is_whole,
                                    GError          **error)
{
  g_autoptr (KobraStatement) statement = kobra_query_start (query, KOBRA_JOURNAL_FIND_SNAPSHOT, VALUES (INTEGER (import)), error);
  gboolean                   has_row;

  if (statement == NULL || !kobra_query_step (query, statement, &has_row, error))
    return FALSE;
  *snapshot = has_row ? sqlite3_column_int64 (statement, 0) : 0;
  *is_whole = has_row && sqlite3_column_int (statement, 1) != 0;
  return TRUE;
}

/* Results */

/* A run's records: places in the run, rising, and what each is in the import. */
typedef struct
{
  GArray     *pairs;     /* guint64: place << 32 | record */
  GHashTable *forgotten; /* record -> the latest run that is about it no more */
} Records;

static void
records_clear (Records *records)
{
  g_clear_pointer (&records->pairs, g_array_unref);
  g_clear_pointer (&records->forgotten, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Records, records_clear)

static int
compare_pairs (const void *a,
               const void *b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return (left > right) - (left < right);
}

static gboolean
read_forgotten (const KobraQuery *query,
                gint64            import,
                Records          *records,
                GError          **error)
{
  g_autoptr (KobraStatement) statement = kobra_query_start (query, "SELECT run, ids FROM forgotten WHERE import = ? ORDER BY run", VALUES (INTEGER (import)), error);
  gboolean                   has_row;

  while (statement != NULL && kobra_query_step (query, statement, &has_row, error))
    {
      const guint8 *ids;
      gint64        run;
      gsize         n;

      if (!has_row)
        return TRUE;
      run = sqlite3_column_int64 (statement, 0);
      ids = sqlite3_column_blob (statement, 1);
      n = (gsize) sqlite3_column_bytes (statement, 1) / sizeof (guint32);
      for (gsize i = 0; i < n; i++)
        g_hash_table_insert (records->forgotten, GUINT_TO_POINTER (kobra_journal_get_id (ids, i)), GSIZE_TO_POINTER ((gsize) run));
    }
  return FALSE;
}

static gboolean
read_run_records (const KobraQuery *query,
                  gint64            run,
                  Records          *records,
                  GError          **error)
{
  enum
  {
    RECORD_SIZE = 20 /* kobra_journal_pack_records() */
  };
  g_autoptr (KobraStatement) statement = kobra_query_start (query, "SELECT records, record_ids FROM run_records WHERE run = ?", VALUES (INTEGER (run)), error);
  const guint8              *places, *ids;
  gboolean                   has_row;
  gsize                      n;

  if (statement == NULL || !kobra_query_step (query, statement, &has_row, error))
    return FALSE;
  g_array_set_size (records->pairs, 0);
  if (!has_row)
    return TRUE;
  places = sqlite3_column_blob (statement, 0);
  ids = sqlite3_column_blob (statement, 1);
  n = MIN ((gsize) sqlite3_column_bytes (statement, 0) / RECORD_SIZE, (gsize) sqlite3_column_bytes (statement, 1) / sizeof (guint32));
  for (gsize i = 0; i < n; i++)
    {
      guint64 pair = (guint64) kobra_journal_get_id (places + i * RECORD_SIZE, 0) << 32 | kobra_journal_get_id (ids, i);

      g_array_append_val (records->pairs, pair);
    }
  g_array_sort (records->pairs, compare_pairs);
  return TRUE;
}

static gboolean
find_record (const Records *records,
             guint32        place,
             guint32       *record)
{
  guint low = 0, high = records->pairs->len;

  while (low < high)
    {
      guint   middle = low + (high - low) / 2;
      guint64 pair = g_array_index (records->pairs, guint64, middle);

      if ((guint32) (pair >> 32) == place)
        {
          *record = (guint32) pair;
          return TRUE;
        }
      if ((guint32) (pair >> 32) < place)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

static gboolean
tell_events (const KobraQuery      *query,
             gint64                 run,
             const Records         *records,
             KobraJournalTellResult tell,
             gpointer               data,
             GCancellable          *cancellable,
             GError               **error)
{
  g_autoptr (KobraStatement) statement = kobra_query_start (query, "SELECT ids, result, type, message, at FROM events WHERE run = ? ORDER BY id", VALUES (INTEGER (run)), error);
  gboolean                   has_row;

  while (statement != NULL && !g_cancellable_set_error_if_cancelled (cancellable, error) && kobra_query_step (query, statement, &has_row, error))
    {
      const guint8 *ids;
      gsize         n;

      if (!has_row)
        return TRUE;
      ids = sqlite3_column_blob (statement, 0);
      n = (gsize) sqlite3_column_bytes (statement, 0) / sizeof (guint32);
      for (gsize i = 0; i < n; i++)
        {
          guint32 record;

          if (find_record (records, kobra_journal_get_id (ids, i), &record) &&
              GPOINTER_TO_SIZE (g_hash_table_lookup (records->forgotten, GUINT_TO_POINTER (record))) < (gsize) run)
            tell (record, sqlite3_column_int (statement, 1), (const char *) sqlite3_column_text (statement, 2), (const char *) sqlite3_column_text (statement, 3),
                  sqlite3_column_int64 (statement, 4), data);
        }
    }
  return FALSE;
}

gboolean
kobra_journal_reader_tell_results (const KobraQuery      *query,
                                   gint64                 import,
                                   KobraJournalTellResult tell,
                                   gpointer               data,
                                   guint                 *n_ended_runs,
                                   GCancellable          *cancellable,
                                   GError               **error)
{
  g_autoptr (KobraStatement) statement = kobra_query_start (query, "SELECT id, ended IS NOT NULL FROM runs WHERE import = ? ORDER BY id", VALUES (INTEGER (import)), error);
  g_auto (Records)           records = { 0 };
  gboolean                   has_row;

  *n_ended_runs = 0;
  records.pairs = g_array_new (FALSE, FALSE, sizeof (guint64));
  records.forgotten = g_hash_table_new (NULL, NULL);
  if (statement == NULL || !read_forgotten (query, import, &records, error))
    return FALSE;
  while (kobra_query_step (query, statement, &has_row, error))
    {
      gint64 run;

      if (!has_row)
        return TRUE;
      run = sqlite3_column_int64 (statement, 0);
      *n_ended_runs += (guint) sqlite3_column_int (statement, 1);
      if (!read_run_records (query, run, &records, error) || !tell_events (query, run, &records, tell, data, cancellable, error))
        return FALSE;
    }
  return FALSE;
}

/* One import */

static gboolean
read_origins (const KobraQuery       *query,
              gint64                  id,
              KobraJournalImportInfo *info,
              GError                **error)
{
  g_autoptr (KobraStatement) statement = kobra_query_start (query, "SELECT origins FROM origins WHERE import = ?", VALUES (INTEGER (id)), error);
  gboolean                   has_row;

  if (statement == NULL || !kobra_query_step (query, statement, &has_row, error))
    return FALSE;
  if (has_row)
    info->origins = dup_text (statement, 0);
  return TRUE;
}

static gboolean
tell_info (KobraJournalReader     *self,
           const KobraQuery       *query,
           gint64                  id,
           gboolean                is_whole,
           const KobraJournalSink *sink,
           gpointer                data,
           GError                **error)
{
  g_autoptr (KobraStatement)         statement = kobra_query_start (query, "SELECT " COLUMNS " FROM imports WHERE id = ?", VALUES (INTEGER (id)), error);
  g_autoptr (KobraJournalImportInfo) info = NULL;
  gboolean                           has_row;

  if (statement == NULL || !kobra_query_step (query, statement, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      kobra_journal_set_error (query->path, KOBRA_JOURNAL_ERROR_GONE, error);
      return FALSE;
    }
  info = read_info (self, statement);
  if (!read_origins (query, id, info, error))
    return FALSE;
  return sink->info (info, is_whole, data, error);
}

static gboolean
tell_pieces (const KobraQuery       *query,
             gint64                  snapshot,
             const KobraJournalSink *sink,
             gpointer                data,
             GCancellable           *cancellable,
             GError                **error)
{
  g_autoptr (KobraStatement) statement = kobra_query_start (query, "SELECT rows FROM pieces WHERE snapshot = ? ORDER BY id", VALUES (INTEGER (snapshot)), error);
  gboolean                   has_row;

  while (statement != NULL && !g_cancellable_set_error_if_cancelled (cancellable, error) && kobra_query_step (query, statement, &has_row, error))
    {
      const guint8 *rows;

      if (!has_row)
        return TRUE;
      rows = sqlite3_column_blob (statement, 0);
      if (!sink->rows (rows, (gsize) sqlite3_column_bytes (statement, 0), data, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
tell_edits (const KobraQuery       *query,
            gint64                  snapshot,
            const KobraJournalSink *sink,
            gpointer                data,
            GCancellable           *cancellable,
            GError                **error)
{
  g_autoptr (KobraStatement) statement = kobra_query_start (query, "SELECT position, removed, rows FROM edits WHERE snapshot = ? ORDER BY id", VALUES (INTEGER (snapshot)), error);
  gboolean                   has_row;

  while (statement != NULL && !g_cancellable_set_error_if_cancelled (cancellable, error) && kobra_query_step (query, statement, &has_row, error))
    {
      const guint8 *removed, *rows;
      guint         n_removed;

      if (!has_row)
        return TRUE;
      removed = sqlite3_column_blob (statement, 1);
      n_removed = (guint) ((gsize) sqlite3_column_bytes (statement, 1) / sizeof (guint32));
      rows = sqlite3_column_blob (statement, 2);
      if (!sink->splice ((guint) CLAMP (sqlite3_column_int64 (statement, 0), 0, G_MAXUINT), removed, n_removed, rows, (gsize) sqlite3_column_bytes (statement, 2), data, error))
        return FALSE;
    }
  return FALSE;
}

/* All in one transaction: as it was at one moment, whatever is written meanwhile. */
gboolean
kobra_journal_read_import (KobraJournalReader     *self,
                           gint64                  id,
                           const KobraJournalSink *sink,
                           gpointer                data,
                           GCancellable           *cancellable,
                           GError                **error)
{
  const KobraQuery query = kobra_journal_reader_query (self, error);
  gboolean         is_whole = FALSE, is_fine;
  gint64           snapshot = 0;
  guint            n_ended = 0;

  if (query.db == NULL || !kobra_query_run (&query, "BEGIN", NULL, 0, error))
    return FALSE;
  is_fine = kobra_journal_reader_find_snapshot (&query, id, &snapshot, &is_whole, error);
  if (is_fine && snapshot == 0)
    {
      kobra_journal_set_error (self->path, KOBRA_JOURNAL_ERROR_GONE, error);
      is_fine = FALSE;
    }
  is_fine = is_fine && tell_info (self, &query, id, is_whole, sink, data, error) &&
            tell_pieces (&query, snapshot, sink, data, cancellable, error);
  if (is_fine)
    sink->all_rows (data, cancellable);
  is_fine = is_fine && tell_edits (&query, snapshot, sink, data, cancellable, error) &&
            kobra_journal_reader_tell_results (&query, id, sink->result, data, &n_ended, cancellable, error);
  if (is_fine)
    sink->runs (n_ended, data);
  sqlite3_exec (query.db, "ROLLBACK", NULL, NULL, NULL);
  return is_fine;
}
