/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"
#include "kobra-journal-import.h"

G_BEGIN_DECLS

/*
 * An import that saves itself: what is opened, every edit and what the checks and the server make of it go to a journal within a second,
 * off the main thread. An import that was opened and left as it was is not kept.
 */

/* From now on in @journal, what is there already too; NULL: no more. The journal must stay until then, or until the import is gone. */
void         kobra_import_set_journal         (KobraImport  *self,
                                               KobraJournal *journal);

/* Whether it is to be offered when the program starts again: it is open, and the person is about to quit. */
void         kobra_import_set_reopens         (KobraImport  *self,
                                               gboolean      reopens);

/* Why what is done here is not saved, for people, or NULL: then it is, or there is nothing to save. "save-error" notifies. It is tried again by
 * itself. */
const char  *kobra_import_get_save_error      (KobraImport *self);

/* Whether all that was done here is in the journal, or on its way there: closing loses nothing. */
gboolean     kobra_import_is_saved            (KobraImport *self);

/* Its ID in the journal, or 0. */
gint64       kobra_import_get_journal_id      (KobraImport *self);

/* An import of the same file that has work in it which is not here, or 0. "earlier" notifies. */
gint64       kobra_import_get_earlier         (KobraImport *self);

/* The connection that it was sent to last, or NULL. */
const char  *kobra_import_get_connection_name (KobraImport *self);

/*
 * The import @id of @journal as it was, results too, in place of what is here; from then on it saves itself there. Fails if it is open in
 * another window or its records were not kept; then this import stays as it is.
 */
void         kobra_import_restore_async       (KobraImport        *self,
                                               KobraJournal       *journal,
                                               gint64              id,
                                               GCancellable       *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer            user_data);
gboolean     kobra_import_restore_finish      (KobraImport        *self,
                                               GAsyncResult       *result,
                                               GError            **error);

/* What could not be restored, for people, or NULL. */
const char  *kobra_import_get_restore_notice  (KobraImport *self);

G_END_DECLS
