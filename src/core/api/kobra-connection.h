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
  KOBRA_CONNECTION_ERROR_NAME,     /* not one that a connection may have */
  KOBRA_CONNECTION_ERROR_PROXY,    /* not an address of a proxy */
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

/* A proxy that is not an address. */
#define KOBRA_PROXY_SYSTEM "system"
#define KOBRA_PROXY_NONE "none"

#define KOBRA_CONNECTION_MAX_NAME 60

/*
 * A server and the way to sign in there. Properties, each with a getter and a setter:
 *   "name" (string), "base-url" (string), "sign-in" (int: KobraSignIn), "user" (string), "auth-header" (string), "auth-prefix"
 *   (string, may be empty), "batch-size" (uint, records), "max-in-flight" (uint, requests), "timeout" (uint, seconds),
 *   "proxy" (string: KOBRA_PROXY_SYSTEM, KOBRA_PROXY_NONE or an address such as http://proxy.example:3128), "colour" (string: how its owner tells it
 *   from others: a word such as “blue”; empty for none), "required" (string: the fields that an import must have filled, where they are not
 *   those of the schema; what it says is its reader's affair), "id" (string: tells it from all others, also after a change of name; empty
 *   until it is kept), "plain" (boolean: a server other than this machine may be called without encryption),
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

/* A file with this one connection, to be taken to another computer: without secrets and without its ID. */
GBytes          *kobra_connection_to_bytes          (KobraConnection *self) G_GNUC_WARN_UNUSED_RESULT;

/* What such a file says; never the practice server's. Fails with KOBRA_CONNECTION_ERROR. */
KobraConnection *kobra_connection_new_from_bytes    (GBytes          *bytes,
                                                     GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* A connection with the same settings, without the secrets. */
KobraConnection *kobra_connection_dup               (KobraConnection *self) G_GNUC_WARN_UNUSED_RESULT;

/* Takes over the settings of @other that are saved, without its ID; a secret stays unless user or server become others. */
void             kobra_connection_take_settings     (KobraConnection *self,
                                                     KobraConnection *other);

/* Whether @url may be called: https, or http on this machine only; without user, query or fragment. @normalized, if not
 * NULL, gets it with scheme and host in lower case and without slashes at the end. */
gboolean         kobra_connection_check_base_url    (const char *url,
                                                     char      **normalized,
                                                     GError    **error);

/* The same, but any server may be called by http: for a connection whose owner wants it so ("plain"). */
gboolean         kobra_connection_check_plain_url   (const char *url,
                                                     char      **normalized,
                                                     GError    **error);

/* Whether @url would be called without encryption on another machine. */
gboolean         kobra_connection_url_is_plain      (const char *url);

/* Whether @name can be a connection's: 1 to KOBRA_CONNECTION_MAX_NAME characters, without brackets ([ ]) and controls, which its file can't have. */
gboolean         kobra_connection_check_name        (const char *name,
                                                     GError    **error);

/* Whether @proxy is one of the words above or the address of a proxy (http, https or socks5) without user and password: they would be written down. */
gboolean         kobra_connection_check_proxy       (const char *proxy,
                                                     GError    **error);

/* Whether a token can go out in the header @name after @prefix (RFC 9110 §5). */
gboolean         kobra_connection_check_auth_header (const char *name,
                                                     const char *prefix,
                                                     GError    **error);

/* The checks above, of the connection as it is: whether it can be used at all. Its name is of no account. */
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
const char      *kobra_connection_get_proxy         (KobraConnection *self);
void             kobra_connection_set_proxy         (KobraConnection *self,
                                                     const char      *proxy);
const char      *kobra_connection_get_colour        (KobraConnection *self);
void             kobra_connection_set_colour        (KobraConnection *self,
                                                     const char      *colour);
const char      *kobra_connection_get_required      (KobraConnection *self);
void             kobra_connection_set_required      (KobraConnection *self,
                                                     const char      *required);
const char      *kobra_connection_get_id            (KobraConnection *self);
void             kobra_connection_set_id            (KobraConnection *self,
                                                     const char      *id);
gboolean         kobra_connection_is_plain          (KobraConnection *self);
void             kobra_connection_set_plain         (KobraConnection *self,
                                                     gboolean         plain);
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
