/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-journal-store.h"

#include "kobra-journal-error.h"
#include "kobra-journal-file.h"
#include "kobra-journal-resume-private.h"

#include "kobra-banned.h"

/* No blob is longer: SQLite's own limit is just under 1 GiB (https://www.sqlite.org/limits.html, section 1). */
#define MAX_PIECE_BYTES (512u << 20)

#define INTEGER(x) KOBRA_QUERY_INTEGER (x)
#define TEXT(x) KOBRA_QUERY_TEXT ((x) != NULL ? (x) : "")
#define BYTES(buffer) KOBRA_QUERY_BYTES ((buffer)->bytes, (buffer)->length)
#define VALUES(...) KOBRA_QUERY_VALUES (__VA_ARGS__)

/* When it changed last counts for how long it is kept: a clock that was set back must not make it old. */
#define CHANGED(at) "max (" at ", coalesce ((SELECT seen FROM clock), 0))"

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

static void
note_open (KobraJournalStore *store,
           gint64             id,
           gboolean           is_closing)
{
  g_hash_table_insert (store->open, g_memdup2 (&id, sizeof id), GINT_TO_POINTER (is_closing));
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
  note_open (store, id, FALSE);
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

gboolean
kobra_journal_store_is_free (KobraJournalStore *store,
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
                        " n_records, n_accepted, n_rejected, n_not_sent, n_unknown, tag, corrects, n_corrects)"
                        " VALUES (?1, " CHANGED ("?1") ", ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0, 0, 0, ?11, ?12, ?13)",
                        VALUES (INTEGER (at), INTEGER (info->is_edited), TEXT (info->source_name), TEXT (info->source_uri), TEXT (info->source_digest),
                                TEXT (info->kind), INTEGER (info->import_type), TEXT (info->connection), TEXT (info->settings), INTEGER (info->n_records),
                                TEXT (info->tag), TEXT (info->corrects), INTEGER (info->n_corrects)),
                        error))
    return FALSE;
  about->book->id = sqlite3_last_insert_rowid (query.db);
  if (info->origins != NULL && !kobra_query_run (&query, "INSERT INTO origins (import, origins) VALUES (?, ?)", VALUES (INTEGER (about->book->id), TEXT (info->origins)), error))
    return FALSE;
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
  if (GPOINTER_TO_INT (g_hash_table_lookup (store->open, &about->id)))
    {
      round->again = TRUE; /* after it is closed */
      return TRUE;
    }
  if (!kobra_query_number (&query, KOBRA_JOURNAL_FIND_SNAPSHOT, VALUES (INTEGER (about->id)), 0, &snapshot, error))
    return FALSE;
  if (snapshot == 0)
    return fail (store, KOBRA_JOURNAL_ERROR_GONE, error);
  if (!take (store, about->id, error))
    return FALSE;
  about->book->id = about->id;
  about->book->snapshot = snapshot;
  about->book->base = 0;
  about->book->is_sound = TRUE;
  return kobra_query_run (&query, "UPDATE imports SET closed = NULL, hidden = NULL, reopens = 0 WHERE id = ?", VALUES (INTEGER (about->id)), error);
}

/* A new one. Until it is whole, the one before it counts, and edits belong to both; unless an edit is missing there. */
static gboolean
begin_snapshot (KobraJournalStore *store,
                KobraJournalBook  *book,
                GError           **error)
{
  const KobraQuery query = kobra_journal_sql_query (store->sql);

  book->base = 0;
  if (book->is_sound && !kobra_query_number (&query, KOBRA_JOURNAL_FIND_SNAPSHOT, VALUES (INTEGER (book->id)), 0, &book->base, error))
    return FALSE;
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

  book->is_sound = TRUE;
  return kobra_query_run (&query, "UPDATE snapshots SET is_whole = 1 WHERE id = ?", VALUES (INTEGER (book->snapshot)), error) &&
         kobra_query_run (&query, "DELETE FROM snapshots WHERE import = ? AND id < ?", VALUES (INTEGER (book->id), INTEGER (book->snapshot)), error);
}

/* Rows and words on their way into a blob. */
typedef struct
{
  KobraBuffer rows, words;
} Packed;

static void
packed_clear (Packed *packed)
{
  kobra_buffer_clear (&packed->rows);
  kobra_buffer_clear (&packed->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Packed, packed_clear)

/* The pieces from *@piece on, up to @end; *@piece is where it stopped. FALSE: they are more than can be kept. */
static gboolean
pack (KobraJournalStore *store,
      KobraJournalAbout *about,
      guint             *piece,
      guint              end,
      Packed            *packed,
      GError           **error)
{
  kobra_buffer_init (&packed->rows, MAX_PIECE_BYTES);
  kobra_buffer_init (&packed->words, MAX_PIECE_BYTES);
  while (about->pack != NULL && *piece < end && about->pack (*piece, &packed->rows, &packed->words, about->pack_data))
    ++*piece;
  return (!packed->rows.overflowed && !packed->words.overflowed) || fail (store, KOBRA_JOURNAL_ERROR_TOO_MANY, error);
}

gboolean
kobra_journal_store_write (KobraJournalStore *store,
                           gpointer           data,
                           gint64             at,
                           KobraJournalRound *round,
                           GError           **error)
{
  KobraJournalAbout *about = data;
  const KobraQuery   query = kobra_journal_sql_query (store->sql);
  g_auto (Packed)    packed = { 0 };
  guint              piece = round->round;

  if (about->book->id == 0)
    return fail (store, KOBRA_JOURNAL_ERROR_GONE, error);
  about->book->is_writing = FALSE;
  if (g_atomic_int_get (&about->book->is_left))
    return TRUE;
  if (round->round == 0 && !begin_snapshot (store, about->book, error))
    return FALSE;
  if (!pack (store, about, &piece, round->round + 1, &packed, error))
    return FALSE;
  if (piece == round->round)
    return end_snapshot (store, about->book, error);
  round->again = TRUE;
  about->book->is_writing = TRUE;
  return kobra_query_run (&query, "INSERT INTO pieces (snapshot, words, rows) VALUES (?, ?, ?)",
                          VALUES (INTEGER (about->book->snapshot), BYTES (&packed.words), BYTES (&packed.rows)), error);
}

/* Of the rows that are gone; NULL if they are too many, or there is no memory. */
static GBytes *
pack_removed (const KobraJournalAbout *about)
{
  g_autofree guint32 *ids = about->n_removed <= KOBRA_JOURNAL_MAX_RECORDS ? g_try_new (guint32, MAX (about->n_removed, 1)) : NULL;

  if (ids == NULL)
    return NULL;
  if (about->n_removed > 0)
    about->removed (ids, about->n_removed, about->pack_data);
  return kobra_journal_pack_ids (ids, about->n_removed);
}

gboolean
kobra_journal_store_splice (KobraJournalStore *store,
                            gpointer           data,
                            gint64             at,
                            KobraJournalRound *round,
                            GError           **error)
{
  KobraJournalAbout *about = data;
  const KobraQuery   query = kobra_journal_sql_query (store->sql);
  g_auto (Packed)    packed = { 0 };
  g_autoptr (GBytes) removed = NULL;
  guint              piece = 0;

  if (about->book->snapshot == 0)
    return fail (store, KOBRA_JOURNAL_ERROR_GONE, error);
  removed = pack_removed (about);
  if (removed == NULL)
    return fail (store, KOBRA_JOURNAL_ERROR_TOO_MANY, error);
  if (!pack (store, about, &piece, G_MAXUINT, &packed, error))
    return FALSE;
  return kobra_query_run (&query, "INSERT INTO edits (snapshot, at, position, removed, words, rows) SELECT id, ?3, ?4, ?5, ?6, ?7 FROM snapshots WHERE id IN (?1, ?2)",
                          VALUES (INTEGER (about->book->snapshot), INTEGER (about->book->base), INTEGER (at), INTEGER (about->position),
                                  KOBRA_QUERY_BYTES (g_bytes_get_data (removed, NULL), g_bytes_get_size (removed)), BYTES (&packed.words), BYTES (&packed.rows)),
                          error) &&
         kobra_query_run (&query, "UPDATE imports SET is_edited = 1, changed = " CHANGED ("?") " WHERE id = ?", VALUES (INTEGER (at), INTEGER (about->book->id)), error);
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
                          " n_rejected = ?9, n_not_sent = ?10, n_unknown = ?11, changed = " CHANGED ("?12") ", tag = ?13 WHERE id = ?1",
                          VALUES (INTEGER (about->book->id), TEXT (info->source_digest), TEXT (info->kind), INTEGER (info->import_type), TEXT (info->connection),
                                  TEXT (info->settings), INTEGER (info->n_records), INTEGER (info->n_accepted), INTEGER (info->n_rejected),
                                  INTEGER (info->n_not_sent), INTEGER (info->n_unknown), INTEGER (at), TEXT (info->tag)),
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

  if (about->closing != KOBRA_JOURNAL_CLOSING_DELETES && about->book->is_writing)
    {
      note_open (store, about->book->id, TRUE);
      round->again = TRUE; /* after the next piece */
      return TRUE;
    }
  if (about->id == 0) /* else it was tried before */
    about->id = about->book->id;
  if (about->id != 0)
    is_fine = about->closing == KOBRA_JOURNAL_CLOSING_DELETES
                ? kobra_query_run (&query, "DELETE FROM imports WHERE id = ?", VALUES (INTEGER (about->id)), error)
                : kobra_query_run (&query, "UPDATE imports SET closed = ?, reopens = ? WHERE id = ?",
                                   VALUES (INTEGER (at), INTEGER (about->closing == KOBRA_JOURNAL_CLOSING_REOPENS), INTEGER (about->id)), error);
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

  if (about->flag && !kobra_journal_store_is_free (store, about->id))
    return fail (store, KOBRA_JOURNAL_ERROR_OPEN, error);
  return about->flag ? kobra_query_run (&query, "UPDATE imports SET hidden = ? WHERE id = ?", VALUES (INTEGER (at), INTEGER (about->id)), error)
                     : kobra_query_run (&query, "UPDATE imports SET hidden = NULL WHERE id = ?", VALUES (INTEGER (about->id)), error);
}

gboolean
kobra_journal_store_reopened (KobraJournalStore *store,
                              gpointer           data,
                              gint64             at,
                              KobraJournalRound *round,
                              GError           **error)
{
  const KobraQuery query = kobra_journal_sql_query (store->sql);

  return kobra_query_run (&query, "UPDATE imports SET reopens = 0 WHERE reopens", NULL, 0, error);
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
      about->book->snapshot = about->book->base = 0;
      about->book->is_writing = about->book->is_sound = FALSE;
    }
  else if (carry_out == kobra_journal_store_close && about->book->id != 0)
    note_open (store, about->book->id, FALSE); /* nobody waits for what did not happen */
}
