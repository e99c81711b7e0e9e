/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-connection.h"
#include "kobra-reply.h"

G_BEGIN_DECLS

#define KOBRA_CLIENT_ERROR (kobra_client_error_quark ())
GQuark kobra_client_error_quark (void);

typedef enum
{
  KOBRA_CLIENT_ERROR_SIGN_IN_REFUSED, /* user, password or token are not taken */
  KOBRA_CLIENT_ERROR_UNREACHABLE,     /* no connection, or no answer in time */
  KOBRA_CLIENT_ERROR_TLS,             /* the certificate or the encryption is not to be trusted */
  KOBRA_CLIENT_ERROR_BAD_REPLY,       /* an answer that is not the API's */
  KOBRA_CLIENT_ERROR_SLOW_DOWN,       /* the server has no time now */
  KOBRA_CLIENT_ERROR_SETTINGS         /* the connection itself is wrong: see kobra_connection_check() */
} KobraClientError;

/*
 * The calls to one server. Address, header and time-out are those the connection had when the client was made; password and
 * token are asked of it when they are needed. Lives in the thread (main context) that made it.
 */
#define KOBRA_TYPE_CLIENT (kobra_client_get_type ())
G_DECLARE_FINAL_TYPE (KobraClient, kobra_client, KOBRA, CLIENT, GObject)

KobraClient     *kobra_client_new            (KobraConnection *connection) G_GNUC_WARN_UNUSED_RESULT;
KobraConnection *kobra_client_get_connection (KobraClient     *self);

/* Whether a sign-in must come before the first call. */
gboolean         kobra_client_needs_sign_in  (KobraClient     *self);

/* When the token at hand lapses, in microseconds since 1970; -1 if it does not say or there is none. */
gint64           kobra_client_token_expires  (KobraClient     *self);

/* Gets and keeps a token. Where the person pastes tokens, one that was not sent yet counts as got; if there is none, or no sign-in
 * at all: SIGN_IN_REFUSED. The old token stays until a new one is there. Errors: KOBRA_CLIENT_ERROR, or G_IO_ERROR_CANCELLED. */
void             kobra_client_sign_in_async  (KobraClient         *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean         kobra_client_sign_in_finish (KobraClient         *self,
                                              GAsyncResult        *result,
                                              GError             **error);

/* Posts @body to /import. Whatever happens is told by the reply; the only error is G_IO_ERROR_CANCELLED, after which the outcome
 * is unknown. */
void             kobra_client_post_async     (KobraClient         *self,
                                              GBytes              *body,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
KobraReply      *kobra_client_post_finish    (KobraClient         *self,
                                              GAsyncResult        *result,
                                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
