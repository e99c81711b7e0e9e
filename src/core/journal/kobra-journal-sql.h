/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: the connection, the form of the database and its statements. One thread at a time. */

#include "kobra-journal-query.h"

G_BEGIN_DECLS

typedef struct _KobraJournalSql KobraJournalSql;

/* Opens the file at @path, which must be there, looks whether it is ours, and brings it to today's form. @alone: nobody else has it open and nobody
 * will until this returns; only then is it checked and changed. Fails with KOBRA_JOURNAL_ERROR_DAMAGED if it should be set aside. */
KobraJournalSql    *kobra_journal_sql_open      (const char *path,
                                                 gboolean    alone,
                                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void                kobra_journal_sql_free      (KobraJournalSql *self);

/* For statements of other files of the room. */
KobraQuery          kobra_journal_sql_query     (KobraJournalSql *self);

/* What comes between is on disk when commit says TRUE; rollback, for when something said FALSE, makes it undone. */
gboolean            kobra_journal_sql_begin     (KobraJournalSql *self,
                                                 GError         **error);
gboolean            kobra_journal_sql_commit    (KobraJournalSql *self,
                                                 GError         **error);
void                kobra_journal_sql_rollback  (KobraJournalSql *self);

/* Times are microseconds since 1970, UTC. @records and @ids are packed as kobra-journal-resume-private.h says. */
gboolean            kobra_journal_sql_add_run   (KobraJournalSql       *self,
                                                 const KobraJournalRun *run,
                                                 gint64                 import,     /* or 0 */
                                                 GBytes                *records,
                                                 GBytes                *record_ids, /* or NULL */
                                                 gint64                 at,
                                                 gint64                *id,
                                                 GError               **error);

/* @is_open: whether there is such a run, and it was not ended. */
gboolean            kobra_journal_sql_find_run  (KobraJournalSql *self,
                                                 gint64           id,
                                                 gboolean        *is_open,
                                                 GError         **error);
gboolean            kobra_journal_sql_end_run   (KobraJournalSql *self,
                                                 gint64           id,
                                                 gint64           at,
                                                 GError         **error);

/* From now on the records @ids stand at @result. @request is 0 if it came without one. */
gboolean            kobra_journal_sql_add_event (KobraJournalSql *self,
                                                 gint64           run,
                                                 gint64           at,
                                                 guint            request,
                                                 int              result,
                                                 const char      *type,
                                                 const char      *message,
                                                 GBytes          *ids,
                                                 GError         **error);

/* See kobra_journal_find_unfinished(). */
gboolean            kobra_journal_sql_find_unfinished (KobraJournalSql       *self,
                                                       const KobraJournalRun *like,
                                                       KobraJournalResume   **resume,
                                                       GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraJournalSql, kobra_journal_sql_free)

G_END_DECLS
