/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: what the journal's thread does, without the thread. One thread at a time. */

#include "kobra-journal-store.h"

G_BEGIN_DECLS

typedef enum
{
  KOBRA_JOURNAL_JOB_BEGIN_RUN,
  KOBRA_JOURNAL_JOB_RESUME_RUN,
  KOBRA_JOURNAL_JOB_EVENT,
  KOBRA_JOURNAL_JOB_END_RUN,
  KOBRA_JOURNAL_JOB_LEAVE_RUN,
  KOBRA_JOURNAL_JOB_FIND_UNFINISHED,
  KOBRA_JOURNAL_JOB_CALL,      /* something about an import */
  KOBRA_JOURNAL_JOB_CALL_ALONE, /* the same, in no transaction */
  KOBRA_JOURNAL_N_JOBS
} KobraJournalJobKind;

/* A call: what was asked, whom to tell, what came of it. */
typedef struct
{
  KobraJournalJobKind kind;
  gint64              at;      /* microseconds since 1970, UTC */
  KobraJournalRun     about;   /* its strings are the job's */
  gint64              run;     /* to resume */
  guint               request;
  int                 result;
  char               *type;
  char               *message;
  GBytes             *packed;  /* records or ids; NULL: these are more than can be kept */
  GBytes             *record_ids; /* of the records in their import, or NULL */
  KobraJournalBook   *book;    /* that a run is of, or NULL */

  KobraJournalCarryOut carry_out;
  KobraJournalAbout   *call_about;
  KobraJournalRound    round;

  KobraJournalDone    done;
  gpointer            data;

  GError             *error;
  KobraJournalResume *resume;
  gboolean            is_answered; /* for who waits for it */
} KobraJournalJob;

KobraJournalJob    *kobra_journal_job_new      (KobraJournalJobKind kind,
                                                KobraJournalDone    done,
                                                gpointer            data) G_GNUC_WARN_UNUSED_RESULT;
void                kobra_journal_job_free     (KobraJournalJob *job);

typedef struct _KobraJournalWriter KobraJournalWriter;

/* See kobra_journal_open(). *@notice is NULL, or what had to be done. */
KobraJournalWriter *kobra_journal_writer_open  (const char *path,
                                                char      **notice,
                                                GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void                kobra_journal_writer_free  (KobraJournalWriter *self);

/* Carries out the @n_jobs in their order, in as few transactions as can be. What it returns with is on disk, but for those jobs that have
 * an error now. */
void                kobra_journal_writer_write (KobraJournalWriter *self,
                                                KobraJournalJob   **jobs,
                                                guint               n_jobs);

const char         *kobra_journal_writer_get_path (KobraJournalWriter *self);
int                 kobra_journal_writer_get_lock_fd (KobraJournalWriter *self);

/* The run under way, or 0. */
gint64              kobra_journal_writer_get_run (KobraJournalWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraJournalJob, kobra_journal_job_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraJournalWriter, kobra_journal_writer_free)

G_END_DECLS
