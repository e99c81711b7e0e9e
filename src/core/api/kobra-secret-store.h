/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-connection.h"

G_BEGIN_DECLS

/*
 * The password or token of a connection in the desktop's password store: the Secret Service, or in Flatpak a file of our own under a key that the
 * secret portal gives (libsecret chooses). An item has the connection's ID and user as its attributes, and a label for the person; nothing else is
 * written anywhere. Where there is no store, secrets live in memory until the program ends, and the person is told so.
 */

#define KOBRA_SECRET_ERROR (kobra_secret_error_quark ())
GQuark kobra_secret_error_quark (void);

typedef enum
{
  KOBRA_SECRET_ERROR_NO_STORE, /* there is none, or it does not answer */
  KOBRA_SECRET_ERROR_LOCKED    /* the person did not unlock it */
} KobraSecretError;

/* Keeps what @connection signs in with now: its password, or its token. It must have an ID. Nothing to keep is no error. */
void     kobra_secret_store_save_async    (KobraConnection     *connection,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean kobra_secret_store_save_finish   (KobraConnection     *connection,
                                           GAsyncResult        *result,
                                           GError             **error);

/* Gives @connection its secret back. FALSE without @error if none is kept. */
void     kobra_secret_store_load_async    (KobraConnection     *connection,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean kobra_secret_store_load_finish   (KobraConnection     *connection,
                                           GAsyncResult        *result,
                                           GError             **error);

/* The blocking twin, for the command line. */
gboolean kobra_secret_store_load          (KobraConnection     *connection,
                                           GCancellable        *cancellable,
                                           GError             **error);

/* Forgets all that is kept for the connection, of whatever user. Where there is no store there is nothing to forget. */
void     kobra_secret_store_forget        (KobraConnection     *connection);

/* Whether @connection lacks the secret that its way to sign in needs. */
gboolean kobra_connection_lacks_secret    (KobraConnection     *connection);

G_END_DECLS
