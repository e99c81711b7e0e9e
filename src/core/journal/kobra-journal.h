/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * journal: what makes "nothing is lost" true. May include base and schema, GIO and SQLite. Here: sending; kobra-journal-import.h: the
 * imports themselves; kobra-journal-read.h: finding them again.
 *
 * A journal is a list of what happened to the records of a run, in order, each line committed before the next step: the ids of
 * the records before their bytes go out, a result before it is shown. What a killed program leaves behind says for every
 * record what its last line was, so the run goes on from there.
 *
 * What always holds:
 *   - a call returns at once; its done says that it is on disk (WAL, synced), or why it is not;
 *   - calls take effect in their order, and done comes in that order, each exactly once;
 *   - a result that could not be written is kept and written before anything later of its run, its end among that;
 *   - at most one journal of all processes has a run under way in one file; a killed process leaves no lock behind;
 *   - a file is never deleted, and one of a newer version never written to.
 *
 * What a server said may hold personal data: it is kept here (folder 0700, files 0600) and never logged.
 */

#include <gio/gio.h>

#include "kobra-journal-resume.h"

G_BEGIN_DECLS

typedef enum
{
  KOBRA_JOURNAL_ERROR_FAILED,
  KOBRA_JOURNAL_ERROR_FULL,      /* the disk or a quota: later calls may succeed again */
  KOBRA_JOURNAL_ERROR_IO,        /* the disk reports an error */
  KOBRA_JOURNAL_ERROR_READ_ONLY, /* no permission, a read-only disk */
  KOBRA_JOURNAL_ERROR_NEWER,     /* written by a newer version */
  KOBRA_JOURNAL_ERROR_FOREIGN,   /* a database of another program, or no file but a folder, a pipe, … */
  KOBRA_JOURNAL_ERROR_DAMAGED,   /* found while others had it open, or after it was opened */
  KOBRA_JOURNAL_ERROR_BUSY,      /* another window or terminal is sending with it, or opening it */
  KOBRA_JOURNAL_ERROR_MOVED,     /* moved or deleted while it was open */
  KOBRA_JOURNAL_ERROR_UNFIT,     /* its file system lacks what safe writing needs */
  KOBRA_JOURNAL_ERROR_TOO_MANY,  /* over KOBRA_JOURNAL_MAX_RECORDS */
  KOBRA_JOURNAL_ERROR_OPEN,      /* the import is open in another window */
  KOBRA_JOURNAL_ERROR_GONE,      /* there is no such import, or its records were not kept */
  KOBRA_JOURNAL_ERROR_RUN        /* no run is under way, or the one to go on with is not there or over */
} KobraJournalError;

#define KOBRA_JOURNAL_ERROR (kobra_journal_error_quark ())
GQuark kobra_journal_error_quark (void);

#define KOBRA_JOURNAL_MAX_RECORDS 20000000

/* Owns a worker thread and a connection. All functions but open, close and the getters may be called from any thread. */
typedef struct _KobraJournal KobraJournal;

/* Strings are copied; NULL is as good as "". */
typedef struct
{
  const char *source_name;   /* for people */
  const char *source_digest; /* of the source's content and layout; "": a run that nothing can go on from */
  const char *base_url;
  const char *kind;          /* KobraSchema.name */
  int         import_type;   /* KobraImportType */
  guint       n_records;     /* of the source; those not sent among them */
  struct _KobraJournalImport *import; /* whose records go, or NULL */
} KobraJournalRun;

typedef struct
{
  guint32 id;     /* in the run */
  guint32 record; /* in the import, if there is one */
  guint64 key_hash;
  guint64 digest; /* of the content: tells whether the record is still what it was */
} KobraJournalRecord;

/* @error NULL: it is on disk. Else it is not, and the message says why and the way out; borrowed for the call. May call the journal,
 * kobra_journal_close() too. */
typedef void (*KobraJournalDone) (const GError *error,
                                  gpointer      data);

/* Opens @path, which is made where it does not exist: new folders with mode 0700, the file with 0600. A damaged file is set aside under a
 * name with the time in it, and a new one started: see kobra_journal_get_notice(). done callbacks come in the main context that is
 * the caller's thread default now. Blocks for as long as the file takes to check: for workers and the command line. */
KobraJournal *kobra_journal_open          (const char *path,
                                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same without blocking. */
void          kobra_journal_open_async    (const char         *path,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
KobraJournal *kobra_journal_open_finish   (GAsyncResult *result,
                                           GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Waits until all that was asked for is on disk, calls the done callbacks that are still due, and frees. For the thread of the
 * callbacks' main context. A run that was not ended stays unfinished. */
void          kobra_journal_close         (KobraJournal *self);

/* What had to be done to open the file, for people, or NULL. */
const char   *kobra_journal_get_notice    (KobraJournal *self);

/* The run under way, or 0. Known when the done of begin_run or resume_run comes. */
gint64        kobra_journal_get_run       (KobraJournal *self);

/* A new run with these @records, whose ids differ. KOBRA_JOURNAL_ERROR_BUSY if a run is under way in this file, here or elsewhere.
 * @done may be NULL, here and below. */
void          kobra_journal_begin_run     (KobraJournal             *self,
                                           const KobraJournalRun    *run,
                                           const KobraJournalRecord *records,
                                           guint                     n,
                                           KobraJournalDone          done,
                                           gpointer                  data);

/* Goes on with the run of kobra_journal_find_unfinished(): its records are those it was begun with, and what is written from now on is
 * added to it. Refused as kobra_journal_begin_run() is. */
void          kobra_journal_resume_run    (KobraJournal    *self,
                                           gint64           run,
                                           KobraJournalDone done,
                                           gpointer         data);

/* The records @ids are about to leave in @request: KOBRA_JOURNAL_IN_FLIGHT until their next line. Not a byte of them may leave before
 * @done. */
void          kobra_journal_begin_request (KobraJournal    *self,
                                           guint            request,
                                           const guint32   *ids,
                                           guint            n,
                                           KobraJournalDone done,
                                           gpointer         data);

/* What became of @ids: @result is over 0 and means what the caller means by it. @type and @message are the words that came with it, or
 * NULL; each is kept up to 16 KiB. */
void          kobra_journal_results       (KobraJournal    *self,
                                           const guint32   *ids,
                                           guint            n,
                                           int              result,
                                           const char      *type,
                                           const char      *message,
                                           KobraJournalDone done,
                                           gpointer         data);

/* The run is over: nothing of it is to be gone on with. */
void          kobra_journal_end_run       (KobraJournal    *self,
                                           KobraJournalDone done,
                                           gpointer         data);

/* Nothing more is written of the run here, and others may: it stays unfinished, to be gone on with. */
void          kobra_journal_leave_run     (KobraJournal    *self,
                                           KobraJournalDone done,
                                           gpointer         data);

/* The newest run with @like's digest, base URL, kind and import type, if it was not ended; *@resume is NULL if there is none, or the
 * digest is "". Fails with KOBRA_JOURNAL_ERROR_BUSY while a run is under way in this file, here or elsewhere. Blocks: not for the
 * main thread. */
gboolean      kobra_journal_find_unfinished (KobraJournal          *self,
                                             const KobraJournalRun *like,
                                             KobraJournalResume   **resume,
                                             GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraJournal, kobra_journal_close)

G_END_DECLS
