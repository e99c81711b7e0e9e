/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-journal-import.h"

G_BEGIN_DECLS

/*
 * Reads imports, on a connection of its own, while others write. Blocks: for workers, tests and the command line. What was asked of the
 * journal before is there once kobra_journal_sync() says so.
 */
typedef struct _KobraJournalReader KobraJournalReader;

/* To be used by one thread at a time, which may be another one than this. It may outlive the journal. */
KobraJournalReader *kobra_journal_reader_new  (KobraJournal *journal) G_GNUC_WARN_UNUSED_RESULT;
void                kobra_journal_reader_free (KobraJournalReader *self);

/* All imports (KobraJournalImportInfo), the latest first, but for those that are hidden. */
GPtrArray          *kobra_journal_list_imports (KobraJournalReader *self,
                                                GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* The latest with @digest that has something which is nowhere else, edits or results, and that nobody has open; 0 if there is none. */
gboolean            kobra_journal_find_like    (KobraJournalReader *self,
                                                const char         *digest,
                                                gint64              but, /* this one */
                                                gint64             *id,
                                                GError            **error);

/* Bytes that the journal takes of the disk. */
guint64             kobra_journal_get_size     (KobraJournalReader *self);

/* Told what an import is made of, in this order; those that return FALSE with an error end the reading. */
typedef struct
{
  gboolean (*info)   (const KobraJournalImportInfo *info,
                      gboolean                      is_whole, /* FALSE: pieces may be missing at the end */
                      gpointer                      data,
                      GError                      **error);
  gboolean (*rows)   (const guint8 *rows,
                      gsize         size,
                      gpointer      data,
                      GError      **error);
  void     (*all_rows) (gpointer    data, /* that there are of the snapshot; now come the edits of it */
                        GCancellable *cancellable);
  gboolean (*splice) (guint         position,
                      const guint8 *removed, /* little-endian IDs, 4 bytes each */
                      guint         n_removed,
                      const guint8 *rows,
                      gsize         size,
                      gpointer      data,
                      GError      **error);
  void     (*result) (guint32       record,
                      int           result, /* as it was given, or KOBRA_JOURNAL_IN_FLIGHT */
                      const char   *type,
                      const char   *message,
                      gint64        at,
                      gpointer      data);
  void     (*runs)   (guint         n_ended,
                      gpointer      data);
} KobraJournalSink;

/* KOBRA_JOURNAL_ERROR_GONE if it is not there or its records were not kept. */
gboolean            kobra_journal_read_import  (KobraJournalReader     *self,
                                                gint64                  id,
                                                const KobraJournalSink *sink,
                                                gpointer                data,
                                                GCancellable           *cancellable,
                                                GError                **error);

/* A record that was looked for. */
typedef struct
{
  KobraJournalImportInfo *import; /* shared with those found in the same one: the list's */
  guint32                 record;
  char                   *key, *name;
  gboolean                is_exact; /* the key is what was looked for, not a part of something */
  int                     result;   /* as it was given, KOBRA_JOURNAL_IN_FLIGHT or KOBRA_JOURNAL_NONE */
  char                   *words;    /* that came with it, or NULL */
  gint64                  at;       /* of the result, or 0 */
} KobraJournalHit;

typedef struct
{
  GPtrArray *imports; /* KobraJournalImportInfo */
  GPtrArray *hits;    /* KobraJournalHit: exact ones first, then by import, the latest first */
  gboolean   is_cut;  /* there are more than @most */
} KobraJournalHits;

void                kobra_journal_hits_free    (KobraJournalHits *self);

/* What words are folded by: case, accents and signs are of no account. @text must be valid UTF-8. */
char               *kobra_journal_fold         (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Records whose key or name has @text in it, as they are now, at most @most. @text is folded here. */
KobraJournalHits   *kobra_journal_search       (KobraJournalReader *self,
                                                const char         *text,
                                                guint               most,
                                                GCancellable       *cancellable,
                                                GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraJournalReader, kobra_journal_reader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraJournalHits, kobra_journal_hits_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraJournalImportInfo, kobra_journal_import_info_free)

G_END_DECLS
