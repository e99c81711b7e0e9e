/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"
#include "kobra-journal.h"

G_BEGIN_DECLS

/*
 * Imports in the journal: what was opened, every edit of it, and what became of its records.
 *
 * An import's records are a snapshot, written in pieces, and the edits after it. A new snapshot takes the place of the old one when its last
 * piece is on disk, not before, so that there is always one that can be read. What is in a row is the caller's: bytes in, bytes out.
 */

/* What is known of an import without reading its records. Strings may be NULL where one is given to the journal; none is that it gives. */
typedef struct
{
  gint64   id;
  gint64   opened, changed;  /* microseconds since 1970, UTC */
  gboolean is_closed;        /* FALSE: it is open in a window, or the program ended under it */
  gboolean is_open_elsewhere; /* another process has it */
  gboolean is_edited;
  gboolean has_records;      /* FALSE: only the counts were kept */
  gboolean reopens;          /* it was open when the person quit, and was not offered since */
  char    *source_name;      /* for people */
  char    *source_uri;
  char    *source_digest;    /* of what was opened; "" while it is not known */
  char    *kind;             /* KobraSchema.name */
  int      import_type;      /* KobraImportType */
  char    *connection;       /* where it was sent last; "" */
  char    *settings;         /* JSON, the caller's; only given by kobra_journal_read_import() */
  char    *tag;              /* by which what was exported of it is known again; "" */
  char    *corrects;         /* the tag of the import that most of its records were in before; "" */
  char    *corrected_name;   /* that import's source name, or "" if it is not there; only the journal says it, and the next one */
  guint    n_corrected;      /* records of this one that were accepted in imports that correct it */
  guint    n_corrects;       /* its records that were in the import before */
  char    *origins;          /* where its records were before, the caller's, or NULL: none; only given by kobra_journal_read_import() */
  guint    n_records, n_accepted, n_rejected, n_not_sent, n_unknown;
} KobraJournalImportInfo;

KobraJournalImportInfo *kobra_journal_import_info_copy (const KobraJournalImportInfo *self) G_GNUC_WARN_UNUSED_RESULT;
void                    kobra_journal_import_info_free (KobraJournalImportInfo *self);

/*
 * Gives piece @n of the rows that are to be kept, called in the journal's thread with @n rising from 0, and the same @n again after a failure.
 * @words is what they are found by: a line for each row, KOBRA_JOURNAL_WORD_FIELDS texts with KOBRA_JOURNAL_WORD_END between them. FALSE:
 * there are no more.
 */
typedef gboolean (*KobraJournalPack) (guint        n,
                                      KobraBuffer *rows,
                                      KobraBuffer *words,
                                      gpointer     data);

/* A line of words: the record's ID in digits, its key and its name for people, then both folded (kobra_journal_fold()). */
#define KOBRA_JOURNAL_WORD_FIELDS 5
#define KOBRA_JOURNAL_WORD_END '\x1f'

/* An import that is written down; one journal of all processes has it at a time. Calls are as those of the journal: they return at once
 * and take effect in order. For the thread of the journal's callbacks. */
typedef struct _KobraJournalImport KobraJournalImport;

/* A new one. */
KobraJournalImport *kobra_journal_add_import       (KobraJournal                 *journal,
                                                    const KobraJournalImportInfo *info,
                                                    KobraJournalDone              done,
                                                    gpointer                      data) G_GNUC_WARN_UNUSED_RESULT;

/* One that is there; it counts as open again. KOBRA_JOURNAL_ERROR_OPEN if somebody has it, KOBRA_JOURNAL_ERROR_GONE if it is not there. */
KobraJournalImport *kobra_journal_open_import      (KobraJournal    *journal,
                                                    gint64           id,
                                                    KobraJournalDone done,
                                                    gpointer         data) G_GNUC_WARN_UNUSED_RESULT;

/* 0 until it is on disk. */
gint64              kobra_journal_import_get_id    (KobraJournalImport *self);

/* All its rows, as a new snapshot; splices from now on are about it. @free_data is called in the journal's thread. */
void                kobra_journal_import_write_all (KobraJournalImport *self,
                                                    KobraJournalPack    pack,
                                                    gpointer            pack_data,
                                                    GDestroyNotify      free_data,
                                                    KobraJournalDone    done,
                                                    gpointer            data);

/* Writes the IDs of the @n rows that are gone, called in the journal's thread, and maybe again after a failure. */
typedef void      (*KobraJournalRemoved) (guint32 *ids,
                                          guint    n,
                                          gpointer data);

/* In place of the @n_removed rows from @position on, whose IDs @removed says, stands what @pack gives; NULL: there are none. Both get @pack_data. */
void                kobra_journal_import_splice    (KobraJournalImport *self,
                                                    guint               position,
                                                    guint               n_removed,
                                                    KobraJournalRemoved removed,
                                                    KobraJournalPack    pack,
                                                    gpointer            pack_data,
                                                    GDestroyNotify      free_data,
                                                    KobraJournalDone    done,
                                                    gpointer            data);

/* Whatever became of the records @ids up to now is about what they say no more. */
void                kobra_journal_import_forget    (KobraJournalImport *self,
                                                    const guint32      *ids,
                                                    guint               n,
                                                    KobraJournalDone    done,
                                                    gpointer            data);

/* What else changed: everything of @info but the ID, the times and what the journal itself knows. */
void                kobra_journal_import_describe  (KobraJournalImport           *self,
                                                    const KobraJournalImportInfo *info,
                                                    KobraJournalDone              done,
                                                    gpointer                      data);

typedef enum
{
  KOBRA_JOURNAL_CLOSING_KEEPS,
  KOBRA_JOURNAL_CLOSING_REOPENS, /* the same, and it is to be offered when the program starts again */
  KOBRA_JOURNAL_CLOSING_DELETES
} KobraJournalClosing;

/* It is not open any more, or not even there. Frees the handle; a snapshot under way is given up if it is deleted. */
void                kobra_journal_import_close     (KobraJournalImport *self,
                                                    KobraJournalClosing closing);

/* Frees the handle of one that could not be had. */
void                kobra_journal_import_drop      (KobraJournalImport *self);

/* A run that was cut off is this import's from now on: one of the same records, in the same order. */
void                kobra_journal_import_adopt_run (KobraJournalImport       *self,
                                                    gint64                    run,
                                                    const KobraJournalRecord *records,
                                                    guint                     n);

/* Calls @done when all that was asked for up to now is on disk, so that a reader finds it. */
void                kobra_journal_sync             (KobraJournal    *self,
                                                    KobraJournalDone done,
                                                    gpointer         data);

/* An import that nobody has open: away with it, or back. It is deleted for good by kobra_journal_purge(), which takes those that were
 * hidden before it was asked. */
void                kobra_journal_hide_import      (KobraJournal    *self,
                                                    gint64           id,
                                                    gboolean         hide,
                                                    KobraJournalDone done,
                                                    gpointer         data);
void                kobra_journal_purge            (KobraJournal    *self,
                                                    KobraJournalDone done,
                                                    gpointer         data);

/* Those that were open when the person quit were offered: once is enough. */
void                kobra_journal_note_reopened    (KobraJournal    *self);

/* How long records are kept after they changed last. Times are microseconds, those of day since 1970, UTC. */
typedef struct
{
  gint64   now;
  gint64   keep;
  gboolean is_sure; /* somebody said that @now is right */
} KobraJournalRetention;

typedef struct
{
  gboolean is_doubtful; /* @now is not believed, and nothing was forgotten */
  gint64   seen;        /* the latest time that was believed before */
  guint    n_old;       /* imports whose records were kept long enough by @now */
} KobraJournalRetained;

/*
 * Of imports that were kept long enough and nobody has open only the counts stay: no records, no words of a server. The room is given back
 * to the disk, and what was there overwritten. Nothing is forgotten by a clock that is far from where it was when the journal was used last,
 * unless @retention is sure. @retained may be NULL; it is set when @done comes.
 */
void                kobra_journal_retain           (KobraJournal                *self,
                                                    const KobraJournalRetention *retention,
                                                    KobraJournalRetained        *retained,
                                                    KobraJournalDone             done,
                                                    gpointer                     data);

/* The same of all that nobody has open, however new. */
void                kobra_journal_forget_records   (KobraJournal    *self,
                                                    KobraJournalDone done,
                                                    gpointer         data);

G_END_DECLS
