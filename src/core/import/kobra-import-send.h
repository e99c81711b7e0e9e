/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-driver.h"
#include "kobra-import.h"
#include "kobra-journal.h"
#include "kobra-preview.h"

G_BEGIN_DECLS

typedef enum
{
  KOBRA_SEND_READY,    /* what was neither accepted nor rejected */
  KOBRA_SEND_REJECTED, /* what was rejected, once more */
  KOBRA_SEND_UNKNOWN,  /* what got no answer that counts, once more: an import is an upsert, so that is safe */
  KOBRA_SEND_CHOSEN,   /* what the person chose, but for what was accepted */
  KOBRA_N_SEND_SCOPES
} KobraSendScope;

/*
 * Sends records and keeps their results. Ends when every record has one, also after kobra_import_cancel_run(); a pause is not an
 * end. With a @journal (which must live as long as the run) what is sent is written down before it leaves and what became of it
 * before it is shown; if the journal has a run of the very same records to the same server that was cut off, what was
 * accepted then is not sent again (kobra_import_get_n_resumed()). Records with errors are never sent. @chosen (guint32, IDs in any order,
 * copied) is for KOBRA_SEND_CHOSEN, else NULL. A record that is edited before its turn came goes as it was when the run began.
 *
 * Fails if there is nothing to send, the connection cannot be used, or the journal cannot be written.
 */
void     kobra_import_send_async    (KobraImport         *self,
                                     KobraClient         *client,
                                     KobraJournal        *journal,
                                     KobraSendScope       scope,
                                     const GArray        *chosen,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean kobra_import_send_finish   (KobraImport         *self,
                                     GAsyncResult        *result,
                                     GError             **error);

void     kobra_import_pause_run     (KobraImport *self);
void     kobra_import_resume_run    (KobraImport *self);
void     kobra_import_cancel_run    (KobraImport *self);

/* Ends the run, if there is one, without waiting for anything: for a program or a window that goes. The call that began it fails with
 * G_IO_ERROR_CANCELLED; in the journal the run stays unfinished, to be gone on with. */
void     kobra_import_abandon_run   (KobraImport *self);

/* Why the run stands still; KOBRA_PAUSE_NONE if it does not or there is none. */
KobraPause kobra_import_get_pause   (KobraImport *self);

/* How the run under way is getting on, or how the last one ended. */
void     kobra_import_get_progress  (KobraImport   *self,
                                     KobraProgress *progress);

/* The request that would carry the record in @row, alone, to where @client sends; nothing is sent. For a record without errors. */
KobraPreview *kobra_import_preview  (KobraImport   *self,
                                     guint          row,
                                     KobraClient   *client,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many records the latest run found accepted in the journal and did not send again. */
guint    kobra_import_get_n_resumed (KobraImport *self);

G_END_DECLS
