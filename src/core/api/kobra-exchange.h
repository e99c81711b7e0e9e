/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "kobra-reply.h"

G_BEGIN_DECLS

/*
 * One message and the body that comes back, bounded in bytes and in time; what goes wrong on the way becomes an outcome. No more than
 * KOBRA_REPLY_MAX_BYTES + 1 bytes are read, so that the reader of the reply sees that it was too long.
 */
void    kobra_exchange_async  (SoupSession         *session,
                               SoupMessage         *message,
                               guint                max_seconds,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);

/* The body; status and headers are the message's. NULL with @error (G_IO_ERROR_CANCELLED), or with @error unset if it went wrong:
 * then @failure, initialised, has the outcome and the words. */
GBytes *kobra_exchange_finish (GAsyncResult        *result,
                               KobraReply          *failure,
                               GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
