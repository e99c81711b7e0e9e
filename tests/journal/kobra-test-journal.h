/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A folder with a journal in it, and calls whose end can be waited for. */

#include "kobra-journal.h"
#include "kobra-test.h"

G_BEGIN_DECLS

typedef struct
{
  char         *folder;
  char         *path;
  KobraJournal *journal; /* or NULL */
} KobraTestJournal;

/* What a done said. */
typedef struct
{
  gboolean  is_called;
  GError   *error;
  guint     place;  /* its place among all dones of the program, from 1 */
  GThread  *thread; /* that it came in */
} KobraTestDone;

extern const KobraJournalRun kobra_test_run;

/* A folder that is not there yet, and no journal. */
void          kobra_test_journal_init   (KobraTestJournal *self);
void          kobra_test_journal_clear  (KobraTestJournal *self);

/* Opens the journal, again if it is open; it must work, and with no notice. */
void          kobra_test_journal_open   (KobraTestJournal *self);
void          kobra_test_journal_close  (KobraTestJournal *self);

/* A KobraJournalDone; @data is a KobraTestDone that is all zero. */
void          kobra_test_done           (const GError *error,
                                         gpointer      data);

/* Waits until it came; it must say that all is well, or @code. */
void          kobra_test_done_is_fine   (KobraTestDone *done);
void          kobra_test_done_fails     (KobraTestDone    *done,
                                         KobraJournalError code);

/* Blocking calls that must work. */
void          kobra_test_begin_run      (KobraJournal *journal,
                                         guint         n); /* ids 0 … n - 1, key hash id + 1, digest id * 3 */
void          kobra_test_begin_request  (KobraJournal  *journal,
                                         const guint32 *ids,
                                         guint          n);
void          kobra_test_results        (KobraJournal  *journal,
                                         const guint32 *ids,
                                         guint          n,
                                         int            result,
                                         const char    *message);
void          kobra_test_end_run        (KobraJournal *journal);

/* NULL if there is none to go on with. */
KobraJournalResume *kobra_test_find     (KobraJournal *journal) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraTestJournal, kobra_test_journal_clear)

G_END_DECLS
