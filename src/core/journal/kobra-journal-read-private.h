/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: what reading an import and looking for records share. */

#include "kobra-journal-query.h"
#include "kobra-journal-read.h"

G_BEGIN_DECLS

/* The connection, which was opened if it was not yet; NULL in .db and an error if it cannot be. */
KobraQuery kobra_journal_reader_query        (KobraJournalReader *self,
                                              GError            **error);

/* The snapshot that counts; 0 if there is none. */
gboolean   kobra_journal_reader_find_snapshot (const KobraQuery *query,
                                               gint64            import,
                                               gint64           *snapshot,
                                               gboolean         *is_whole,
                                               GError          **error);

typedef void (*KobraJournalTellResult) (guint32     record,
                                        int         result,
                                        const char *type,
                                        const char *message,
                                        gint64      at,
                                        gpointer    data);

/* What became of the records of an import, line by line: what is told last of a record stands. */
gboolean   kobra_journal_reader_tell_results (const KobraQuery      *query,
                                              gint64                 import,
                                              KobraJournalTellResult tell,
                                              gpointer               data,
                                              guint                 *n_ended_runs,
                                              GCancellable          *cancellable,
                                              GError               **error);

guint32    kobra_journal_get_id              (const guint8 *ids,
                                              gsize         i);

G_END_DECLS
