/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: how records and ids lie in the database, and how an unfinished run comes out of it again. */

#include "kobra-journal.h"

G_BEGIN_DECLS

/* Little-endian and without gaps: an id is 4 bytes; a record is its id, its key's hash and its digest, 20 bytes. NULL if they are
 * over KOBRA_JOURNAL_MAX_RECORDS, or there is no memory. */
GBytes             *kobra_journal_pack_ids     (const guint32 *ids,
                                                guint          n) G_GNUC_WARN_UNUSED_RESULT;
GBytes             *kobra_journal_pack_records (const KobraJournalRecord *records,
                                                guint                     n) G_GNUC_WARN_UNUSED_RESULT;

/* Their IDs in the import, in the same order. */
GBytes             *kobra_journal_pack_record_ids (const KobraJournalRecord *records,
                                                   guint                     n) G_GNUC_WARN_UNUSED_RESULT;

/* A run as it was begun. Returns NULL if the bytes are no records, or there is no memory for them. */
KobraJournalResume *kobra_journal_resume_new   (const guint8 *records,
                                                gsize         size) G_GNUC_WARN_UNUSED_RESULT;

/* One line more; ids that the run does not have are passed over. FALSE if the bytes are no ids. */
gboolean            kobra_journal_resume_apply (KobraJournalResume *self,
                                                const guint8       *ids,
                                                gsize               size,
                                                int                 result,
                                                const char         *type,
                                                const char         *message);

G_END_DECLS
