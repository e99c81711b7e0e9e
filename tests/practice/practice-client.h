/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A client of the practice server for its tests: blocking calls in the test's own thread, and bytes that no honest client would send. */

#include <libsoup/soup.h>

#include "kobra-practice.h"

G_BEGIN_DECLS

#define SIGN_IN "{\"user\":\"practice\",\"password\":\"practice\"}"
#define ONE_ACCOUNT "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A-106\",\"totalPending\":1234.10}]}"

typedef struct
{
  guint status;
  char *text;
  char *type;    /* of the envelope's error; NULL: it is not an envelope */
  char *message; /* likewise */
  char *token;   /* NULL: none */
} PracticeReply;

void practice_reply_clear (PracticeReply *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PracticeReply, practice_reply_clear)

/* A server that listens. */
KobraPractice *practice_start (const KobraPracticeOptions *options);

guint16 practice_get_port (KobraPractice *practice);

/* @path is below the base URL. @token is the value of @header; either may be NULL, and so may @body. */
SoupMessage *practice_make_message (KobraPractice *practice,
                                    const char    *method,
                                    const char    *path,
                                    const char    *header,
                                    const char    *token,
                                    const char    *type,
                                    const char    *body);

void practice_send (SoupSession   *session,
                    SoupMessage   *message,
                    PracticeReply *reply);

/* Both of the above, in a session of its own. */
void practice_call (KobraPractice *practice,
                    const char    *method,
                    const char    *path,
                    const char    *header,
                    const char    *token,
                    const char    *type,
                    const char    *body,
                    PracticeReply *reply);

/* "Bearer …", for practice_import(). */
char *practice_sign_in (KobraPractice *practice);

void practice_import (KobraPractice *practice,
                      const char    *token,
                      const char    *body,
                      PracticeReply *reply);

void practice_get (KobraPractice *practice,
                   const char    *path,
                   PracticeReply *reply);

/* A connection of its own, with @bytes written to it. */
GSocketConnection *practice_write_raw (KobraPractice *practice,
                                       const char    *bytes,
                                       gsize          length);

/* All that comes until the server closes. A reset is as good as an end; a server that keeps still fails the test. */
char *practice_read_raw (GSocketConnection *connection);

/* Waits until the server counts @n_requests imports. */
void practice_wait_for_requests (KobraPractice *practice,
                                 guint          n_requests);

G_END_DECLS
