/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * practice: a stand-in for the Kobra import API on this computer, for whoever has no Kobra account yet and for tests that ask what
 * arrived. May include base, libsoup and GLib only: above all not schema, because its reading of the contract (kobra-practice-rules.c)
 * is its own. What the program sends and what this server takes can then only agree by both being right.
 *
 *   POST /api/auth                            {"user", "password"}: a token that is good for an hour, in the vendor's envelope
 *   POST /api/import                          accounts (an object) or payment promises (a bare array), told apart by their form; wants
 *                                             the token as “Authorization: Bearer T”, “Authorization: T” or “api-key: T”
 *   GET  /api/practice/records?kind=accounts  a JSON array of what was taken, each record as it stood in its request, first come first
 *   GET  /api/practice/state                  {"accounts", "promises", "requests", "signIns"}: how many of each
 *
 * The last two are this server's own and need no token. It listens on 127.0.0.1 only, and answers only who calls it by that address or
 * as localhost, so that no page in a browser can read it by a name of its own.
 *
 * A request is taken whole or refused whole, at its first bad record, with status 400 and a sentence in Spanish that names the record in
 * quotes and the field; the vendor says neither the status nor the words. Taken at once, answered after the delay: who gives up waiting
 * does not know, as in life. A record whose key was taken before replaces the earlier one entirely, whatever the import type, and keeps
 * its place; an update of an account never seen is taken too, for the contract does not say otherwise.
 *
 * Beside the contract, strictly read (kobra-practice-rules.h), it knows what only a server can know: branchID exists from 1 to 500,
 * kobraID from 1 to 9999, visitID below 900000000, and the records in reject_keys are refused.
 *
 * Limits: a body of 16 MiB and 5,000 records a request (413); 512 MiB of records in all (507).
 *
 * Start, stop and the last unref are for one thread; everything else may be called from any.
 */

#include <glib-object.h>

G_BEGIN_DECLS

#define KOBRA_PRACTICE_ERROR (kobra_practice_error_quark ())

typedef enum
{
  KOBRA_PRACTICE_ERROR_PORT_TAKEN,
  KOBRA_PRACTICE_ERROR_PORT_FORBIDDEN, /* below 1024, without the right to */
  KOBRA_PRACTICE_ERROR_FAILED
} KobraPracticeError;

GQuark kobra_practice_error_quark (void);

typedef struct
{
  guint16            port;          /* 0: any free one, found anew at each start */
  guint              delay_ms;      /* before each reply to /import */
  guint              token_seconds; /* how long a token is good; 0: an hour */
  const char *const *reject_keys;   /* ended by NULL, or NULL: records with this externalID or visitID are refused */
  const char        *user;          /* NULL: practice */
  const char        *password;      /* NULL: practice */
} KobraPracticeOptions;

#define KOBRA_TYPE_PRACTICE (kobra_practice_get_type ())
G_DECLARE_FINAL_TYPE (KobraPractice, kobra_practice, KOBRA, PRACTICE, GObject)

/* A server that does not listen yet. @options is copied; NULL: all defaults. */
KobraPractice *kobra_practice_new            (const KobraPracticeOptions *options) G_GNUC_WARN_UNUSED_RESULT;

/* Listens, in a thread and main context of its own, until kobra_practice_stop() or the last unref. Returns once it does listen. */
gboolean       kobra_practice_start          (KobraPractice *self,
                                              GError       **error);

/* Drops all connections, replies under way among them. What was received stays. Nothing if it does not run. */
void           kobra_practice_stop           (KobraPractice *self);

/* "http://127.0.0.1:PORT/api", valid until the next start; NULL if it was never started. */
const char    *kobra_practice_get_base_url   (KobraPractice *self);

/* @kind is "accounts" or "promises"; there are no records of any other. */
guint          kobra_practice_get_n_records  (KobraPractice *self,
                                              const char    *kind);

/* Requests to /import that were answered or are about to be, refused ones among them. */
guint          kobra_practice_get_n_requests (KobraPractice *self);

/* Tokens given out. */
guint          kobra_practice_get_n_sign_ins (KobraPractice *self);

/* The JSON text of the record exactly as it stood in the request, digits and all; NULL if there is none. */
char          *kobra_practice_dup_record     (KobraPractice *self,
                                              const char    *kind,
                                              const char    *key) G_GNUC_WARN_UNUSED_RESULT;

/* All externalIDs or visitIDs, in the order in which they first arrived; ended by NULL. */
char         **kobra_practice_dup_keys       (KobraPractice *self,
                                              const char    *kind) G_GNUC_WARN_UNUSED_RESULT;

/* From now on no token given out before is good. */
void           kobra_practice_revoke_tokens  (KobraPractice *self);

G_END_DECLS
