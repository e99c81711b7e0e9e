/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * api: the wire. Where the server is and how one signs in (this file), what a request says (kobra-writer.h), what a reply
 * means (kobra-reply.h), and the calls themselves (kobra-client.h). May include base, schema, GIO, libsoup and json-glib.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOBRA_SIGN_IN_PASSWORD, /* POST /auth with user and password gives a token */
  KOBRA_SIGN_IN_TOKEN,    /* the person pasted a token */
  KOBRA_SIGN_IN_NONE,
  KOBRA_N_SIGN_INS
} KobraSignIn;

#define KOBRA_CONNECTION_ERROR (kobra_connection_error_quark ())
GQuark kobra_connection_error_quark (void);

typedef enum
{
  KOBRA_CONNECTION_ERROR_BASE_URL, /* the address is not one that may be called */
  KOBRA_CONNECTION_ERROR_HEADER,   /* not a header name, or a prefix that does not go into a header */
  KOBRA_CONNECTION_ERROR_SETTING   /* a saved value that cannot be read or is out of its range */
} KobraConnectionError;

#define KOBRA_CONNECTION_DEFAULT_BASE_URL "https://lservices.kobra.red/api"

#define KOBRA_BATCH_SIZE_DEFAULT 200
#define KOBRA_BATCH_SIZE_MAX 5000
#define KOBRA_IN_FLIGHT_DEFAULT 4
#define KOBRA_IN_FLIGHT_MAX 16
#define KOBRA_TIMEOUT_DEFAULT 60
#define KOBRA_TIMEOUT_MAX 3600

/*
 * A server and the way to sign in there. Properties, each with a getter and a setter:
 *   "name" (string), "base-url" (string), "sign-in" (int: KobraSignIn), "user" (string), "auth-header" (string), "auth-prefix"
 *   (string, may be empty), "batch-size" (uint, records), "max-in-flight" (uint, requests), "timeout" (uint, seconds),
 *   "practice" (boolean: the built-in server, where nothing is real).
 * Strings are never NULL. Password and token are no properties, so that nothing prints, binds or saves them by accident.
 */
#define KOBRA_TYPE_CONNECTION (kobra_connection_get_type ())
G_DECLARE_FINAL_TYPE (KobraConnection, kobra_connection, KOBRA, CONNECTION, GObject)

/* With the defaults above. */
KobraConnection *kobra_connection_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* What kobra_connection_save() wrote; what is missing has its default. Fails with KOBRA_CONNECTION_ERROR if a value is wrong. */
KobraConnection *kobra_connection_new_from_key_file (GKeyFile   *file,
                                                     const char *group,
                                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes all but the secrets into @group of @file. */
void             kobra_connection_save              (KobraConnection *self,
                                                     GKeyFile        *file,
                                                     const char      *group);

/* Whether @url may be called: https, or http on this machine only; without user, query or fragment. @normalized, if not
 * NULL, gets it with scheme and host in lower case and without slashes at the end. */
gboolean         kobra_connection_check_base_url    (const char *url,
                                                     char      **normalized,
                                                     GError    **error);

/* Whether a token can go out in the header @name after @prefix (RFC 9110 §5). */
gboolean         kobra_connection_check_auth_header (const char *name,
                                                     const char *prefix,
                                                     GError    **error);

/* Both checks above, of the connection as it is: whether it can be used at all. */
gboolean         kobra_connection_check             (KobraConnection *self,
                                                     GError         **error);

const char      *kobra_connection_get_name          (KobraConnection *self);
void             kobra_connection_set_name          (KobraConnection *self,
                                                     const char      *name);
const char      *kobra_connection_get_base_url      (KobraConnection *self);
void             kobra_connection_set_base_url      (KobraConnection *self,
                                                     const char      *base_url);
KobraSignIn      kobra_connection_get_sign_in       (KobraConnection *self);
void             kobra_connection_set_sign_in       (KobraConnection *self,
                                                     KobraSignIn      sign_in);
const char      *kobra_connection_get_user          (KobraConnection *self);
void             kobra_connection_set_user          (KobraConnection *self,
                                                     const char      *user);
const char      *kobra_connection_get_auth_header   (KobraConnection *self);
void             kobra_connection_set_auth_header   (KobraConnection *self,
                                                     const char      *auth_header);
const char      *kobra_connection_get_auth_prefix   (KobraConnection *self);
void             kobra_connection_set_auth_prefix   (KobraConnection *self,
                                                     const char      *auth_prefix);
guint            kobra_connection_get_batch_size    (KobraConnection *self);
void             kobra_connection_set_batch_size    (KobraConnection *self,
                                                     guint            batch_size);
guint            kobra_connection_get_max_in_flight (KobraConnection *self);
void             kobra_connection_set_max_in_flight (KobraConnection *self,
                                                     guint            max_in_flight);
guint            kobra_connection_get_timeout       (KobraConnection *self);
void             kobra_connection_set_timeout       (KobraConnection *self,
                                                     guint            timeout);
gboolean         kobra_connection_is_practice       (KobraConnection *self);
void             kobra_connection_set_practice      (KobraConnection *self,
                                                     gboolean         practice);

/* The host (and port, where it has one) of the base URL, for people: "lservices.kobra.red", "127.0.0.1:8080"; "" if it has none. */
const char      *kobra_connection_get_host          (KobraConnection *self);

/* Secrets: copied, wiped before their memory is given back. NULL or "" forgets. peek_ is valid until the next set_, or NULL. */
void             kobra_connection_set_password      (KobraConnection *self,
                                                     const char      *password);
const char      *kobra_connection_peek_password     (KobraConnection *self);
void             kobra_connection_set_token         (KobraConnection *self,
                                                     const char      *token);
const char      *kobra_connection_peek_token        (KobraConnection *self);

/* "password", "token", "none": in files. */
const char      *kobra_sign_in_get_name             (KobraSignIn sign_in);

/* For people, untranslated. */
const char      *kobra_sign_in_get_label            (KobraSignIn sign_in);

/* FALSE if none has that name. */
gboolean         kobra_sign_in_find                 (const char  *name,
                                                     KobraSignIn *sign_in);

G_END_DECLS
