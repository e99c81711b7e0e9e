/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-client.h"
#include "kobra-field.h"
#include "kobra-plan.h"
#include "kobra-progress.h"

G_BEGIN_DECLS

/* Goes on with what was handed to the journal. @error NULL: it is written down, send it. Else it is not sent and the run pauses
 * with KOBRA_PAUSE_JOURNAL. To be called exactly once for each @token, at once or later, in the driver's thread; also after the
 * driver was freed. */
typedef void (*KobraDriverGo) (gpointer      token,
                               const GError *error);

/* Where a run reports to. All in the thread (main context) in which the driver was made; each may be NULL but get_record.
 * Each may pause, resume, cancel or free the driver. */
typedef struct
{
  /* The record as it is to be sent, borrowed until the next call or the return to the main loop. FALSE: it is gone. */
  gboolean (*get_record) (guint32      id,
                          KobraRecord *record,
                          gpointer     data);

  /* Before a request leaves: write down that these records are about to, then @go. NULL: they go at once. */
  void     (*journal)    (guint          request,
                          const guint32 *ids,
                          guint          n,
                          KobraDriverGo  go,
                          gpointer       token,
                          gpointer       data);

  /* These records are leaving now. */
  void     (*sending)    (const guint32 *ids,
                          guint          n,
                          gpointer       data);

  /* These records have their final result. Records that are SENDING and not settled by their request (a split, a retry) stay so. */
  void     (*settled)    (const guint32 *ids,
                          guint          n,
                          KobraResult    result,
                          const char    *type,
                          const char    *message,
                          gpointer       data);

  /* At most every 100 ms, and at the end. */
  void     (*progress)   (const KobraProgress *progress,
                          gpointer             data);

  /* The run stands still, by itself or because kobra_driver_pause() was called. */
  void     (*paused)     (KobraPause  reason,
                          const char *message,
                          gpointer    data);

  /* It goes on: because of kobra_driver_resume() or a cancel, or by itself when the network that was gone is back. */
  void     (*resumed)    (gpointer data);

  /* Every record is settled; the last call. */
  void     (*finished)   (gpointer data);
} KobraDriverSink;

/* One run. Batch size, requests at a time and the like are those of the client's connection. */
typedef struct _KobraDriver KobraDriver;

KobraDriver *kobra_driver_new    (KobraClient           *client,
                                  KobraKind              kind,
                                  KobraImportType        type,
                                  const KobraDriverSink *sink,
                                  gpointer               data) G_GNUC_WARN_UNUSED_RESULT;

/* Other waits before a request is tried again than kobra_plan_default_settings has, in microseconds. Before the first record is added. */
void         kobra_driver_set_waits (KobraDriver *self,
                                     gint64       first,
                                     gint64       longest);

/* Aborts what is in flight and reports nothing more. */
void         kobra_driver_free   (KobraDriver *self);

/* A record to send, before the run has finished; see kobra_plan_add() and kobra_plan_hash_key(). */
void         kobra_driver_add    (KobraDriver *self,
                                  guint32      id,
                                  guint64      key_hash,
                                  gboolean     travelled);

void         kobra_driver_start  (KobraDriver *self);
void         kobra_driver_pause  (KobraDriver *self);
void         kobra_driver_resume (KobraDriver *self);

/* Aborts what is in flight (UNKNOWN) and sends nothing more (NOT_SENT, or UNKNOWN if it may have been taken); then finished() comes. The
 * records' message has the reason of the pause, if the run stood still. */
void         kobra_driver_cancel (KobraDriver *self);

/* As of now, without waiting for the next progress(). */
void         kobra_driver_get_progress (KobraDriver   *self,
                                        KobraProgress *progress);

/* KOBRA_PAUSE_NONE while it runs. */
KobraPause   kobra_driver_get_pause    (KobraDriver *self,
                                        const char **message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraDriver, kobra_driver_free)

G_END_DECLS
