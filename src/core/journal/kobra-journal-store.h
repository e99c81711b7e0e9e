/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: imports in the database, as the journal's thread writes them. Each function is a KobraJournalCarryOut. */

#include "kobra-journal-import.h"
#include "kobra-journal-sql.h"

G_BEGIN_DECLS

/* The snapshot of an import that counts, with is_whole: the whole one, else the first that was begun, of which most is in the file that it came
 * from. One that is being written anew never counts before it is whole. */
#define KOBRA_JOURNAL_FIND_SNAPSHOT "SELECT id, is_whole FROM snapshots WHERE import = ? ORDER BY is_whole DESC, id LIMIT 1"

/* What a call works with; the writer's own. */
typedef struct
{
  const char      *path;
  KobraJournalSql *sql;
  int              lock_fd;
  GHashTable      *open;     /* IDs (gint64) of the imports that are open here -> whether they are closed as soon as they are written (gboolean) */
  gboolean         is_sending;
} KobraJournalStore;

/* How far a call has got that is made of several transactions: it sets @again to be called once more, with the next round. */
typedef struct
{
  guint    round;
  gboolean again;
} KobraJournalRound;

/* FALSE and @error: the transaction is undone and tried again, by itself if need be; so what was changed in memory is set anew, not added to. */
typedef gboolean (*KobraJournalCarryOut) (KobraJournalStore *store,
                                          gpointer           about,
                                          gint64             at,
                                          KobraJournalRound *round,
                                          GError           **error);

/* The thread's side of an import that is open. */
typedef struct
{
  gatomicrefcount ref_count;
  gint            is_left;    /* atomic: whatever is not yet written of it never needs to be */
  _Atomic gint64  id;         /* 0: not there (yet) */
  gint64          snapshot;   /* that edits are about, or 0 */
  gint64          base;       /* the one that counts while that is being written, or 0 */
  gboolean        is_writing; /* it, piece by piece */
  gboolean        is_sound;   /* every edit up to now is there */
} KobraJournalBook;

KobraJournalBook *kobra_journal_book_new   (void) G_GNUC_WARN_UNUSED_RESULT;
KobraJournalBook *kobra_journal_book_ref   (KobraJournalBook *self);
void              kobra_journal_book_unref (KobraJournalBook *self);

/* What the calls are about. All of it is the call's own. */
typedef struct
{
  KobraJournalBook       *book; /* or NULL */
  gint64                  id;   /* of an import or a run */
  gboolean                flag;
  KobraJournalClosing     closing;
  KobraJournalRetention   retention;
  KobraJournalRetained   *retained; /* who asked, who waits; or NULL */
  KobraJournalImportInfo *info;
  guint                   position;
  GBytes                 *ids;
  KobraJournalPack        pack;
  guint                   n_removed;
  KobraJournalRemoved     removed; /* or NULL */
  gpointer                pack_data; /* of both */
  GDestroyNotify          free_pack_data;
} KobraJournalAbout;

KobraJournalAbout *kobra_journal_about_new  (KobraJournalBook *book) G_GNUC_WARN_UNUSED_RESULT;
void               kobra_journal_about_free (gpointer data);

gboolean kobra_journal_store_add      (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_open     (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_write    (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_splice   (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_forget   (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_describe (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_adopt    (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_close    (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_hide     (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_purge    (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_reopened (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);

/* kobra-journal-retain.c */
gboolean kobra_journal_store_retain   (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);
gboolean kobra_journal_store_forget_all (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);

/* Nothing at all: for who waits for what comes before. */
gboolean kobra_journal_store_sync     (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);

/* Gives free room back to the disk, and takes what was deleted out of the log too. Not within a transaction. */
gboolean kobra_journal_store_shrink   (KobraJournalStore *store, gpointer about, gint64 at, KobraJournalRound *round, GError **error);

/* Whether nobody has the import open, here or in another process. */
gboolean kobra_journal_store_is_free  (KobraJournalStore *store, gint64 id);

/* What was done with a book failed for good. */
void     kobra_journal_store_failed   (KobraJournalStore *store, KobraJournalCarryOut carry_out, gpointer about);

G_END_DECLS
