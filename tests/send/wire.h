/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A run of the real driver against a real server on loopback, which does with each request what the test says. */

#include <libsoup/soup.h>

#include "kobra-driver.h"

#define WIRE_MAX_RECORDS 2000

typedef struct _Wire Wire;

/* What the server does with request @n (from 1, sign-ins not counted). @ids are the records in it. */
typedef void (*WireHandler) (Wire              *wire,
                             SoupServerMessage *message,
                             guint              n,
                             GArray            *ids);

struct _Wire
{
  SoupServer      *server;
  GSocketService  *tls_service; /* shakes hands and no more */
  guint            n_handshakes; /* under way */
  WireHandler      handler;
  KobraConnection *connection;
  KobraClient     *client;
  KobraDriver     *driver;
  KobraDriverSink  sink;

  guint            n; /* records; their IDs are 0 … n - 1, their keys, … */
  gboolean         bad[WIRE_MAX_RECORDS];
  gboolean         deleted[WIRE_MAX_RECORDS];
  gboolean         wordy[WIRE_MAX_RECORDS]; /* a word where a number belongs */
  gboolean         stored[WIRE_MAX_RECORDS]; /* by the server */
  KobraResult      results[WIRE_MAX_RECORDS];
  char            *words[WIRE_MAX_RECORDS];
  guint            n_requests;
  guint            n_sign_ins;
  guint            n_journaled;
  guint            n_progress;
  KobraProgress    progress;
  GPtrArray       *held;  /* messages that get no answer yet */
  char            *token; /* the one that is good now; NULL: none is asked for */
  char            *seen_header;
  KobraPause       pause;
  char            *pause_message;
  gboolean         finished;
};

/* @n records for a server without a sign-in, 50 in a request, with short waits; nothing is started. */
Wire    *wire_new        (guint       n,
                          WireHandler handler) G_GNUC_WARN_UNUSED_RESULT;
void     wire_free       (Wire *wire);

/* In place of the server comes one that only shakes hands, with the key and certificate of tests/data/send/@name.pem. */
void     wire_use_tls    (Wire       *wire,
                          const char *name);

/* Makes client and driver by the connection and starts. */
void     wire_start      (Wire *wire);

void     wire_wait_for_finish (Wire *wire);
void     wire_wait_for_pause  (Wire *wire);

guint    wire_count      (Wire       *wire,
                          KobraResult result);

/* Replies */
void     wire_reply      (SoupServerMessage *message,
                          guint              status,
                          const char        *body);

/* Yes if no record is bad, else 400 with words that name the first bad one. */
void     wire_judge      (Wire              *wire,
                          SoupServerMessage *message,
                          GArray            *ids);

/* Keeps the message without an answer until wire_free(). */
void     wire_hold       (Wire              *wire,
                          SoupServerMessage *message);

/* Writes @bytes as they are and closes the connection; "" just closes it. */
void     wire_break      (SoupServerMessage *message,
                          const char        *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wire, wire_free)
