/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a request came to, by one table (kobra-reply.c). */
typedef enum
{
  KOBRA_OUTCOME_UNKNOWN,   /* time-out, reset, garbage, 5xx: it may have been taken or not */
  KOBRA_OUTCOME_ACCEPTED,  /* 2xx with the API's envelope and no error in it */
  KOBRA_OUTCOME_REJECTED,  /* the server says no to what is in the request */
  KOBRA_OUTCOME_TOO_BIG,   /* 413 */
  KOBRA_OUTCOME_SLOW_DOWN, /* 429, 503: not now */
  KOBRA_OUTCOME_SIGN_IN,   /* 401, 403: not with this token */
  KOBRA_OUTCOME_REFUSED,   /* will not go better by trying again: a redirect, a certificate, an address that is not the API's */
  KOBRA_OUTCOME_OFFLINE,   /* no connection came about: nothing was sent */
  KOBRA_N_OUTCOMES
} KobraOutcome;

/* "accepted", "too-big", …: for tests and the journal. */
const char *kobra_outcome_get_name (KobraOutcome outcome);

/* Bytes of a reply that are looked at; a longer one is not the API's. */
#define KOBRA_REPLY_MAX_BYTES (1024 * 1024)

/* Characters of a message that are kept. */
#define KOBRA_REPLY_MAX_CHARACTERS 2000

typedef struct
{
  KobraOutcome outcome;
  guint        status;         /* HTTP, or 0 if there was no reply */
  char        *type;           /* the server's error type, or NULL */
  char        *message;        /* the server's words, or ours where it had none; NULL if accepted; no controls, bounded */
  gboolean     has_envelope;   /* the API's own error came: type and message are its words, not ours */
  gint64       retry_after_us; /* how long the server asks to wait, at most a day; -1: it did not say */
} KobraReply;

/* UNKNOWN, without words. */
void        kobra_reply_init  (KobraReply *self);
void        kobra_reply_clear (KobraReply *self);

KobraReply *kobra_reply_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void        kobra_reply_free  (KobraReply *self);

/* Reads the reply to an import into an initialised @self, which forgets what it held. @content_type and @retry_after are header
 * values or NULL; @body may be anything; @now_real in microseconds since 1970 is what a date in Retry-After counts from. */
void        kobra_reply_read  (KobraReply *self,
                               guint       status,
                               const char *content_type,
                               const char *retry_after,
                               const char *body,
                               gsize       length,
                               gint64      now_real);

/* An outcome without a reply; @message is copied. */
void        kobra_reply_set   (KobraReply  *self,
                               KobraOutcome outcome,
                               const char  *message);

/* Whether the server may have taken anything of what was in the request: not if no connection came about, and not if the answer means that
 * nobody looked at it: no valid sign-in (401, "has not been applied", RFC 9110 §15.5.2; 403), a proxy that let nothing through (407), a page
 * that is not the API's (404, 405). */
gboolean    kobra_reply_may_have_been_taken (const KobraReply *self);

/* The same as kobra_reply_read() for the reply to a sign-in. Returns the token, or NULL with the reason in @self: REJECTED or SIGN_IN if user and
 * password were refused. */
char       *kobra_reply_read_sign_in (KobraReply *self,
                                      guint       status,
                                      const char *content_type,
                                      const char *retry_after,
                                      const char *body,
                                      gsize       length,
                                      gint64      now_real) G_GNUC_WARN_UNUSED_RESULT;

/* When @token lapses, in microseconds since 1970: its "exp", if it is a JWT with one (RFC 7519 §4.1.4), else -1. */
gint64      kobra_token_get_expiry (const char *token);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraReply, kobra_reply_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraReply, kobra_reply_free)

G_END_DECLS
