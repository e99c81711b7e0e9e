/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The practice server's tokens: JSON web tokens (RFC 7519) signed with HMAC-SHA256 and a secret that lives as long as the server, so that
 * none has to be remembered. Time is seconds since 1970, passed in.
 */

#include <glib.h>

G_BEGIN_DECLS

#define KOBRA_PRACTICE_SECRET_LENGTH 32

typedef struct
{
  guint8 bytes[KOBRA_PRACTICE_SECRET_LENGTH];
} KobraPracticeSecret;

/* Fills @self anew, so that no token signed before is good any more. */
void     kobra_practice_secret_roll   (KobraPracticeSecret *self);

/* A token that is good for @seconds from @now; no two are the same. */
char    *kobra_practice_token_new     (const KobraPracticeSecret *secret,
                                       gint64                     now,
                                       guint                      seconds) G_GNUC_WARN_UNUSED_RESULT;

gboolean kobra_practice_token_is_good (const KobraPracticeSecret *secret,
                                       const char                *token,
                                       gint64                     now);

G_END_DECLS
