/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-journal-store.h"

#include "kobra-journal-error.h"
#include "kobra-journal-file.h"

#include "kobra-banned.h"

/* No blob is longer: SQLite's own limit is just under 1 GiB (https://www.sqlite.org/limits.html, section 1). */
#define MAX_PIECE_BYTES (512u << 20)

#define INTEGER(x) KOBRA_QUERY_INTEGER (x)
#define TEXT(x) KOBRA_QUERY_TEXT ((x) != NULL ? (x) : "")
#define BYTES(buffer) KOBRA_QUERY_BYTES ((buffer)->bytes, (buffer)->length)
#define VALUES(...) KOBRA_QUERY_VALUES (__VA_ARGS__)

KobraJournalBook *
kobra_journal_book_new (void)
{
  KobraJournalBook *self = g_new0 (KobraJournalBook, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

KobraJournalBook *
kobra_journal_book_ref (KobraJournalBook *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kobra_journal_book_unref (KobraJournalBook *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

KobraJournalAbout *
kobra_journal_about_new (KobraJournalBook *book)
{
  KobraJournalAbout *self = g_new0 (KobraJournalAbout, 1);

  self->book = book != NULL ? kobra_journal_book_ref (book) : NULL;
  return self;
}

void
kobra_journal_about_free (gpointer data)
{
  KobraJournalAbout *self = data;

  g_clear_pointer (&self->book, kobra_journal_book_unref);
  g_clear_pointer (&self->info, kobra_journal_import_info_free);
  g_clear_pointer (&self->ids, g_bytes_unref);
  if (self->free_pack_data != NULL)
    self->free_pack_data (self->pack_data);
  g_free (self);
}

static gboolean
fail (KobraJournalStore *store,
      KobraJournalError  code,
      GError           **error)
{
  kobra_journal_set_error (store->path, code, error);
  return FALSE;
}

/* Takes an import for this journal alone. */
static gboolean
take (KobraJournalStore *store,
      gint64             id,
      GError           **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_hash_table_contains (store->open, &id))
    return fail (store, KOBRA_JOURNAL_ERROR_OPEN, error);
  if (!kobra_journal_lock_try (store->path, store->lock_fd, KOBRA_JOURNAL_LOCK_IMPORTS + id, KOBRA_JOURNAL_HOLD_ALONE, &cause))
    {
      if (cause == NULL)
        return fail (store, KOBRA_JOURNAL_ERROR_OPEN, error);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  g_hash_table_add (store->open, g_memdup2 (&id, sizeof id));
  return TRUE;
}

static void
let_go (KobraJournalStore *store,
        KobraJournalBook  *book)
{
  gint64 id = book->id;

  if (id == 0)
    return;
  kobra_journal_lock_try (store->path, store->lock_fd, KOBRA_JOURNAL_LOCK_IMPORTS + id, KOBRA_JOURNAL_HOLD_NOT, NULL);
  g_hash_table_remove (store->open, &id);
  book->id = 0;
  book->snapshot = 0;
  book->is_writing = FALSE;
}

static gboolean
is_free (KobraJournalStore *store,
         gint64             id)
{
  return !g_hash_table_contains (store->open, &id) && !kobra_journal_lock_is_taken (store->lock_fd, KOBRA_JOURNAL_LOCK_IMPORTS + id);
}

gboolean
kobra_journal_store_add (KobraJournalStore *store,
                         gpointer           data,
                         gint64             at,
                         KobraJournalRound *round,
                         GError           **error)
{
  KobraJournalAbout            *about = data;
  const KobraJournalImportInfo *info = about->info;
  const KobraQuery              query = kobra_journal_sql_query (store->sql);

  let_go (store, about->book); /* what an attempt took that was undone */
  if (!kobra_query_run (&query,
                        "INSERT INTO imports (opened, changed, is_edited, source_name, source_uri, source_digest, kind, import_type, connection, settings,"
                        " n_records, n_accepted, n_rejected, n_not_sent, n_unknown) VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0, 0, 0)",
                        VALUES (INTEGER (at), INTEGER (info->is_edited), TEXT (info->source_name), TEXT (info->source_uri), TEXT (info->source_digest),
                                TEXT (info->kind), INTEGER (info->import_type), TEXT (info->connection), TEXT (info->settings), INTEGER (info->n_records)),
                        error))
    return FALSE;
  about->book->id = sqlite3_last_insert_rowid (query.db);
  return take (store, about->book->id, error);
}

gboolean
kobra_journal_store_open (KobraJournalStore *store,
                          gpointer           data,
                          gint64             at,
                          KobraJournalRound *round,
                          GError           **error)
{
  KobraJournalAbout *about = data;
  const KobraQuery   query = kobra_journal_sql_query (store->sql);
  gint64             snapshot = 0;

  let_go (store, about->book);
  if (!kobra_query_number (&query, "SELECT id FROM snapshots WHERE import = ? ORDER BY is_whole DESC, id DESC LIMIT 1", VALUES (INTEGER (about->id)), 0, &snapshot, error))
    return FALSE;
  if (snapshot == 0)
    return fail (store, KOBRA_JOURNAL_ERROR_GONE, error);
  if (!take (store, about->id, error))
    return FALSE;
  about->book->id = about->id;
  about->book->snapshot = snapshot;
  return kobra_query_run (&query, "UPDATE imports SET closed = NULL, hidden = NULL WHERE id = ?", VALUES (INTEGER (about->id)), error);
}

static gboolean
begin_snapshot (KobraJournalStore *store,
                KobraJournalBook  *book,
                GError           **error)
{
  const KobraQuery query = kobra_journal_sql_query (store->sql);

  if (!kobra_query_run (&query, "INSERT INTO snapshots (import, is_whole) VALUES (?, 0)", VALUES (INTEGER (book->id)), error))
    return FALSE;
  book->snapshot = sqlite3_last_insert_rowid (query.db);
  return TRUE;
}

/* From now on this is the one that counts. */
static gboolean
end_snapshot (KobraJournalStore *store,
              KobraJournalBook  *book,
              GError           **error)
{
  const KobraQuery query = kobra_journal_sql_query (store->sql);

  return kobra_query_run (&query, "UPDATE snapshots SET is_whole = 1 WHERE id = ?", VALUES (INTEGER (book->snapshot)), error) &&
         kobra_query_run (&query, "DELETE FROM snapshots WHERE import = ? AND id < ?", VALUES (INTEGER (book->id), INTEGER (book->snapshot)), error);
}

gboolean
kobra_journal_store_write (KobraJournalStore *store,
                           gpointer           data,
                           gint64             at,
                           KobraJournalRound *round,
                           GError           **error)
{
  KobraJournalAbout   *about = data;
  const KobraQuery     query = kobra_journal_sql_query (store->sql);
  g_auto (KobraBuffer) rows = { 0 };
  g_auto (KobraBuffer) words = { 0 };

  if (about->book->id == 0)
    return fail (store, KOBRA_JOURNAL_ERROR_GONE, error);
  about->book->is_writing = FALSE;
  if (g_atomic_int_get (&about->book->is_left))
    return TRUE;
  if (round->round == 0 && !begin_snapshot (store, about->book, error))
    return FALSE;
  kobra_buffer_init (&rows, MAX_PIECE_BYTES);
  kobra_buffer_init (&words, MAX_PIECE_BYTES);
  if (!about->pack (round->round, &rows, &words, about->pack_data))
    return end_snapshot (store, about->book, error);
  if (rows.overflowed || words.overflowed)
    return fail (store, KOBRA_JOURNAL_ERROR_TOO_MANY, error);
  round->again = TRUE;
  about->book->is_writing = TRUE;
  return kobra_query_run (&query, "INSERT INTO pieces (snapshot, words, rows) VALUES (?, ?, ?)",
                          VALUES (INTEGER (about->book->snapshot), BYTES (&words), BYTES (&rows)), error);
}

gboolean
kobra_journal_store_splice (KobraJournalStore *store,
                            gpointer           data,
                            gint64             at,
                            KobraJournalRound *round,
                            GError           **error)
{
  KobraJournalAbout   *about = data;
  const KobraQuery     query = kobra_journal_sql_query (store->sql);
  g_auto (KobraBuffer) rows = { 0 };
  g_auto (KobraBuffer) words = { 0 };

  if (about->book->snapshot == 0)
    return fail (store, KOBRA_JOURNAL_ERROR_GONE, error);
  kobra_buffer_init (&rows, MAX_PIECE_BYTES);
  kobra_buffer_init (&words, MAX_PIECE_BYTES);
  for (guint n = 0; about->pack != NULL && about->pack (n, &rows, &words, about->pack_data); n++)
    ;
  if (rows.overflowed || words.overflowed || about->ids == NULL)
    return fail (store, KOBRA_JOURNAL_ERROR_TOO_MANY, error);
  return kobra_query_run (&query, "INSERT INTO edits (snapshot, at, position, removed, words, rows) VALUES (?, ?, ?, ?, ?, ?)",
                          VALUES (INTEGER (about->book->snapshot), INTEGER (at), INTEGER (about->position),
                                  KOBRA_QUERY_BYTES (g_bytes_get_data (about->ids, NULL), g_bytes_get_size (about->ids)), BYTES (&words), BYTES (&rows)),
                          error) &&
         kobra_query_run (&query, "UPDATE imports SET is_edited = 1, changed = ? WHERE id = ?", VALUES (INTEGER (at), INTEGER (about->book->id)), error);
}

gboolean
kobra_journal_store_forget (KobraJournalStore *store,
                            gpointer           data,
                            gint64             at,
                            KobraJournalRound *round,
                            GError           **error)
{
  KobraJournalAbout *about = data;
  const KobraQuery   query = kobra_journal_sql_query (store->sql);

  if (about->ids == NULL)
    return fail (store, KOBRA_JOURNAL_ERROR_TOO_MANY, error);
  return kobra_query_run (&query, "INSERT INTO forgotten (import, run, ids) SELECT ?1, max (id), ?2 FROM runs WHERE import = ?1 HAVING max (id) IS NOT NULL",
                          VALUES (INTEGER (about->book->id), KOBRA_QUERY_BYTES (g_bytes_get_data (about->ids, NULL), g_bytes_get_size (about->ids))), error);
}

gboolean
kobra_journal_store_describe (KobraJournalStore *store,
                              gpointer           data,
                              gint64             at,
                              KobraJournalRound *round,
                              GError           **error)
{
  KobraJournalAbout            *about = data;
  const KobraJournalImportInfo *info = about->info;
  const KobraQuery              query = kobra_journal_sql_query (store->sql);

  return kobra_query_run (&query,
                          "UPDATE imports SET source_digest = ?2, kind = ?3, import_type = ?4, connection = ?5, settings = ?6, n_records = ?7, n_accepted = ?8,"
                          " n_rejected = ?9, n_not_sent = ?10, n_unknown = ?11, changed = ?12 WHERE id = ?1",
                          VALUES (INTEGER (about->book->id), TEXT (info->source_digest), TEXT (info->kind), INTEGER (info->import_type), TEXT (info->connection),
                                  TEXT (info->settings), INTEGER (info->n_records), INTEGER (info->n_accepted), INTEGER (info->n_rejected),
                                  INTEGER (info->n_not_sent), INTEGER (info->n_unknown), INTEGER (at)),
                          error);
}

gboolean
kobra_journal_store_adopt (KobraJournalStore *store,
                           gpointer           data,
                           gint64             at,
                           KobraJournalRound *round,
                           GError           **error)
{
  KobraJournalAbout *about = data;
  const KobraQuery   query = kobra_journal_sql_query (store->sql);

  if (about->book->id == 0 || about->ids == NULL)
    return TRUE;
  return kobra_query_run (&query, "UPDATE runs SET import = ? WHERE id = ?", VALUES (INTEGER (about->book->id), INTEGER (about->id)), error) &&
         kobra_query_run (&query, "UPDATE run_records SET record_ids = ? WHERE run = ?",
                          VALUES (KOBRA_QUERY_BYTES (g_bytes_get_data (about->ids, NULL), g_bytes_get_size (about->ids)), INTEGER (about->id)), error);
}

gboolean
kobra_journal_store_close (KobraJournalStore *store,
                           gpointer           data,
                           gint64             at,
                           KobraJournalRound *round,
                           GError           **error)
{
  KobraJournalAbout *about = data;
  const KobraQuery   query = kobra_journal_sql_query (store->sql);
  gboolean           is_fine = TRUE;

  if (about->flag && about->book->is_writing)
    {
      round->again = TRUE; /* after the next piece */
      return TRUE;
    }
  if (about->id == 0) /* else it was tried before */
    about->id = about->book->id;
  if (about->id != 0)
    is_fine = about->flag ? kobra_query_run (&query, "UPDATE imports SET closed = ? WHERE id = ?", VALUES (INTEGER (at), INTEGER (about->id)), error)
                          : kobra_query_run (&query, "DELETE FROM imports WHERE id = ?", VALUES (INTEGER (about->id)), error);
  if (is_fine)
    let_go (store, about->book);
  return is_fine;
}

gboolean
kobra_journal_store_hide (KobraJournalStore *store,
                          gpointer           data,
                          gint64             at,
                          KobraJournalRound *round,
                          GError           **error)
{
  KobraJournalAbout *about = data;
  const KobraQuery   query = kobra_journal_sql_query (store->sql);

  if (about->flag && !is_free (store, about->id))
    return fail (store, KOBRA_JOURNAL_ERROR_OPEN, error);
  return about->flag ? kobra_query_run (&query, "UPDATE imports SET hidden = ? WHERE id = ?", VALUES (INTEGER (at), INTEGER (about->id)), error)
                     : kobra_query_run (&query, "UPDATE imports SET hidden = NULL WHERE id = ?", VALUES (INTEGER (about->id)), error);
}

/* IDs of the imports that @sql finds by @value and nobody has open. */
static GArray *
find_free (KobraJournalStore *store,
           const char        *sql,
           gint64             value,
           GError           **error)
{
  const KobraQuery           query = kobra_journal_sql_query (store->sql);
  g_autoptr (KobraStatement) statement = kobra_query_start (&query, sql, VALUES (INTEGER (value)), error);
  g_autoptr (GArray)         ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean                   has_row;

  if (statement == NULL)
    return NULL;
  while (kobra_query_step (&query, statement, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sqlite3_column_int64 (statement, 0);
      if (is_free (store, id))
        g_array_append_val (ids, id);
    }
  return NULL;
}

gboolean
kobra_journal_store_purge (KobraJournalStore *store,
                           gpointer           data,
                           gint64             at,
                           KobraJournalRound *round,
                           GError           **error)
{
  const KobraQuery   query = kobra_journal_sql_query (store->sql);
  g_autoptr (GArray) ids = find_free (store, "SELECT id FROM imports WHERE hidden IS NOT NULL AND ? = 0", 0, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!kobra_query_run (&query, "DELETE FROM imports WHERE id = ?", VALUES (INTEGER (g_array_index (ids, gint64, i))), error))
      return FALSE;
  return TRUE;
}

/* All that is about the records of an import; its counts stay. */
static const char *const record_deletions[] = {
  "DELETE FROM snapshots WHERE import = ?",
  "DELETE FROM forgotten WHERE import = ?",
  "DELETE FROM runs WHERE import = ?",
  "UPDATE imports SET settings = '{}', source_uri = '', closed = coalesce (closed, changed) WHERE id = ?",
};

gboolean
kobra_journal_store_retain (KobraJournalStore *store,
                            gpointer           data,
                            gint64             at,
                            KobraJournalRound *round,
                            GError           **error)
{
  KobraJournalAbout *about = data;
  const KobraQuery   query = kobra_journal_sql_query (store->sql);
  g_autoptr (GArray) ids = find_free (store, "SELECT id FROM imports WHERE changed < ? AND EXISTS (SELECT 1 FROM snapshots WHERE import = imports.id)", about->id, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (record_deletions); k++)
      if (!kobra_query_run (&query, record_deletions[k], VALUES (INTEGER (g_array_index (ids, gint64, i))), error))
        return FALSE;
  /* Runs from before there were imports, or of a terminal that kept none. */
  return store->is_sending || kobra_query_run (&query, "DELETE FROM runs WHERE import IS NULL AND begun < ?", VALUES (INTEGER (about->id)), error);
}

gboolean
kobra_journal_store_sync (KobraJournalStore *store,
                          gpointer           data,
                          gint64             at,
                          KobraJournalRound *round,
                          GError           **error)
{
  return TRUE;
}

gboolean
kobra_journal_store_shrink (KobraJournalStore *store,
                            gpointer           data,
                            gint64             at,
                            KobraJournalRound *round,
                            GError           **error)
{
  const KobraQuery query = kobra_journal_sql_query (store->sql);
  gint64           n_free = 0;

  if (!kobra_query_number (&query, "PRAGMA freelist_count", NULL, 0, 0, &n_free, error))
    return FALSE;
  /* Somebody who reads keeps it from being done; then it is done the next time. */
  if (n_free > 0 && !store->is_sending)
    sqlite3_exec (query.db, "VACUUM", NULL, NULL, NULL);
  sqlite3_exec (query.db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL, NULL, NULL);
  return TRUE;
}

void
kobra_journal_store_failed (KobraJournalStore   *store,
                            KobraJournalCarryOut carry_out,
                            gpointer             data)
{
  KobraJournalAbout *about = data;

  /* Nothing may be written under an ID that is not there, nor after an edit that is not. */
  if (carry_out == kobra_journal_store_add || carry_out == kobra_journal_store_open)
    let_go (store, about->book);
  else if (carry_out == kobra_journal_store_write || carry_out == kobra_journal_store_splice)
    {
      about->book->snapshot = 0;
      about->book->is_writing = FALSE;
    }
}
