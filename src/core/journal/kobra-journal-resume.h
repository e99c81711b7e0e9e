/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the journal knows of a record beside the results that it was given (those are over 0). */
#define KOBRA_JOURNAL_NONE 0         /* no request with it was ever begun, and it has no result */
#define KOBRA_JOURNAL_IN_FLIGHT (-1) /* it was in a request that was begun, and nothing was written of it since: it may have arrived */

/* One record of an unfinished run, as of its last line in the journal. */
typedef struct
{
  guint32     id;
  guint64     key_hash;
  guint64     digest;
  int         result;  /* as it was given, or one of the two above */
  const char *type;    /* the words that came with the result, or NULL */
  const char *message;
} KobraJournalEntry;

/* A run that was begun and not ended. */
typedef struct
{
  gint64             run;         /* for kobra_journal_resume_run() */
  gint64             begun;       /* microseconds since 1970, UTC */
  char              *source_name;
  guint              n_records;   /* of the source */
  guint              n_entries;   /* of the run */
  KobraJournalEntry *entries;     /* by rising id */
  GStringChunk      *words;       /* what the entries borrow */
} KobraJournalResume;

void                     kobra_journal_resume_free (KobraJournalResume *self);

/* NULL if the run has no such record. */
const KobraJournalEntry *kobra_journal_resume_find (const KobraJournalResume *self,
                                                    guint32                   id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraJournalResume, kobra_journal_resume_free)

G_END_DECLS
