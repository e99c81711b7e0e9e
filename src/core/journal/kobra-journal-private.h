/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: what the files that make up the journal's calls share. */

#include "kobra-journal-import.h"
#include "kobra-journal-writer.h"

G_BEGIN_DECLS

/* Takes @job. */
void              kobra_journal_queue           (KobraJournal    *self,
                                                 KobraJournalJob *job);

/* Both are the journal's, and stay as they are while it is open. */
const char       *kobra_journal_get_path        (KobraJournal *self);
int               kobra_journal_get_lock_fd     (KobraJournal *self);

KobraJournalBook *kobra_journal_import_get_book (KobraJournalImport *self);

G_END_DECLS
