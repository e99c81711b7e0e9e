/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-connection.h"

G_BEGIN_DECLS

/*
 * Tries a connection out and says what happened. With user and password it signs in; with a token or no sign-in it imports no accounts at all (an empty
 * list), which is the least that shows whether the API is there and takes the token. Nothing of the person's goes out but user and secret.
 */
void  kobra_connection_test_async  (KobraConnection     *connection,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);

/* What went well, for people; NULL with @error for what did not: KOBRA_CLIENT_ERROR, with a message for the person, or G_IO_ERROR_CANCELLED. */
char *kobra_connection_test_finish (KobraConnection     *connection,
                                    GAsyncResult        *result,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
