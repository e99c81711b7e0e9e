/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * send: how every record gets its own answer though the API gives one for a whole request. May include api and below.
 *
 * The plan decides (this file): it is told what ended and when, and answers what to send next. It does no I/O, reads no clock and
 * throws no dice but those passed in, so a run can be simulated and repeated exactly. The driver (kobra-driver.h) obeys it.
 *
 * What always holds:
 *   - every record that was added is settled exactly once, with ACCEPTED, REJECTED, NOT_SENT or UNKNOWN;
 *   - ACCEPTED: the last request that carried it was accepted; REJECTED: a request that carried it alone was refused;
 *   - NOT_SENT: no request that carried it left this machine;
 *   - a record is in at most one request at a time, and so is a key; of two records with one key the later one travels only
 *     when the earlier one is settled.
 */

#include "kobra-clock.h"
#include "kobra-reply.h"
#include "kobra-result.h"

G_BEGIN_DECLS

/* Why a run stands still until somebody says to go on. */
typedef enum
{
  KOBRA_PAUSE_NONE,
  KOBRA_PAUSE_ASKED,     /* by the person */
  KOBRA_PAUSE_SYSTEMIC,  /* the server says the same to every record: it is not the records' fault */
  KOBRA_PAUSE_SIGN_IN,   /* the sign-in is refused */
  KOBRA_PAUSE_REFUSED,   /* certificate, redirect, wrong address: will not go better by trying again */
  KOBRA_PAUSE_NO_ANSWER, /* requests leave and no answer that counts comes back */
  KOBRA_PAUSE_OFFLINE,   /* no connection comes about */
  KOBRA_PAUSE_SLOW_DOWN, /* the server asks again and again, or for longer than we wait by ourselves, to come back later */
  KOBRA_PAUSE_JOURNAL,   /* what is about to be sent could not be written down */
  KOBRA_N_PAUSES
} KobraPause;

/* Times in microseconds. */
typedef struct
{
  guint    batch_size;    /* records in a request, at most */
  guint    max_in_flight; /* requests at a time, at most */
  gsize    max_bytes;     /* of a body; one record alone may pass it */
  guint    max_attempts;  /* of the same request without an answer, before its records stand as unknown */
  gint64   backoff_base;  /* the first wait is anything up to this, then up to twice, … */
  gint64   backoff_max;   /* … this */
  gint64   max_wait;      /* a longer wait that the server asks for pauses the run */
  gboolean signed_in;     /* there is a token, or none is needed; FALSE: a sign-in comes first */
  gint64   expires;       /* when that token lapses, on the clock that is passed in; -1: not known */
} KobraPlanSettings;

/* 200 records, 4 requests, 4 MiB, 5 attempts, waits of 1 s to 60 s, at most an hour; signed in. */
extern const KobraPlanSettings kobra_plan_default_settings;

/* May not call the plan back, but for pause and cancel. */
typedef struct
{
  /* All @ids became @result; @type and @message may be NULL. */
  void        (*settled) (const guint32 *ids,
                          guint          n,
                          KobraResult    result,
                          const char    *type,
                          const char    *message,
                          gpointer       data);

  /* The key of a record, to look for it in the server's words; valid until the next call. NULL, or the function NULL: no key. */
  const char *(*get_key) (guint32  id,
                          gpointer data);

  /* Whether a field of the record is just @text, to know it by a value that the server quotes. NULL: never. */
  gboolean    (*has_text) (guint32     id,
                           const char *text,
                           gpointer    data);
} KobraPlanSink;

typedef struct
{
  guint          request;   /* its number, from 1 */
  const guint32 *ids;       /* valid until the request ended */
  guint          n;
  gsize          max_bytes; /* of the body, unless it is one record */
} KobraBatch;

typedef enum
{
  KOBRA_STEP_SEND,    /* write and send the batch, then ask again */
  KOBRA_STEP_WAIT,    /* ask again at the time given or when a request ended, whichever is first */
  KOBRA_STEP_SIGN_IN, /* get a new token and tell kobra_plan_signed_in(); said once */
  KOBRA_STEP_PAUSED,  /* nothing goes out until kobra_plan_resume(); requests in flight may still end */
  KOBRA_STEP_DONE     /* all is settled */
} KobraStep;

typedef struct
{
  guint total;
  guint accepted;
  guint rejected;
  guint not_sent;
  guint unknown;
  guint n_requests; /* that were sent, sign-ins not counted */
  guint in_flight;  /* requests */
  guint batch_size; /* now */
  guint window;     /* requests at a time, now */
} KobraPlanCounts;

typedef struct _KobraPlan KobraPlan;

KobraPlan  *kobra_plan_new         (const KobraPlanSettings *settings,
                                    const KobraClock        *dice,
                                    const KobraPlanSink     *sink,
                                    gpointer                 data) G_GNUC_WARN_UNUSED_RESULT;
void        kobra_plan_free        (KobraPlan *self);

/* A record to send, after those added before. @key_hash 0: a record without a key, unlike any other. @travelled: it left this machine in an
 * earlier run, and nobody knows what became of it: it cannot end as NOT_SENT. */
void        kobra_plan_add         (KobraPlan *self,
                                    guint32    id,
                                    guint64    key_hash,
                                    gboolean   travelled);

/* For @key_hash: equal keys give equal numbers, "" gives 0. */
guint64     kobra_plan_hash_key    (const char *key);

/* @batch is filled for SEND, @until for WAIT: G_MAXINT64 if only a request's end can change something. */
KobraStep   kobra_plan_next        (KobraPlan  *self,
                                    gint64      now,
                                    KobraBatch *batch,
                                    gint64     *until);

/* While a body is written: the record at @position of @batch cannot be sent; settled as NOT_SENT with @message. */
void        kobra_plan_leave_out   (KobraPlan        *self,
                                    const KobraBatch *batch,
                                    guint             position,
                                    const char       *message);

/* When a body is written: the first @n_taken records (those left out among them) made @bytes; the others go another time.
 * Fills @batch anew with what is really sent. Returns FALSE if that is nothing: there is no such request any more. */
gboolean    kobra_plan_written     (KobraPlan  *self,
                                    KobraBatch *batch,
                                    guint       n_taken,
                                    gsize       bytes);

/* A batch that was written but not sent after all: its records are as before. */
void        kobra_plan_withdraw    (KobraPlan *self,
                                    guint      request);

void        kobra_plan_ended       (KobraPlan        *self,
                                    guint             request,
                                    const KobraReply *reply,
                                    gint64            now);

/* The end of a sign-in: ACCEPTED with the time @expires (on the clock of @now, or -1) at which the token lapses, or what came
 * instead, with words. */
void        kobra_plan_signed_in   (KobraPlan   *self,
                                    KobraOutcome outcome,
                                    const char  *message,
                                    gint64       expires,
                                    gint64       now);

/* @message: for people; may be NULL for ASKED. */
void        kobra_plan_pause       (KobraPlan  *self,
                                    KobraPause  reason,
                                    const char *message);

/* Goes on, with fresh attempts and without waits that were under way. */
void        kobra_plan_resume      (KobraPlan *self);

/* There is a network, again or another: what waits, or was paused, because no connection came about is tried at once. */
void        kobra_plan_network_is_back (KobraPlan *self);

/* Sends nothing more; what never travelled becomes NOT_SENT with @message, the rest UNKNOWN, a part at each kobra_plan_next().
 * Requests in flight still count when they end. */
void        kobra_plan_cancel      (KobraPlan  *self,
                                    const char *message);

KobraPause  kobra_plan_get_pause   (KobraPlan   *self,
                                    const char **message);
void        kobra_plan_get_counts  (KobraPlan       *self,
                                    KobraPlanCounts *counts);

/* Bytes held, about. */
gsize       kobra_plan_get_size    (KobraPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraPlan, kobra_plan_free)

G_END_DECLS
