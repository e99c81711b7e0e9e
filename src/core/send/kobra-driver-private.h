/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the driver share: kobra-driver.c (the run: it asks the plan, and obeys) and kobra-driver-request.c (one request). */

#include "kobra-driver.h"
#include "kobra-rate.h"

G_BEGIN_DECLS

struct _KobraDriver
{
  guint             n_refs; /* the owner's, and one for each call that comes back */
  gboolean          closed; /* the owner has freed it: nothing is reported any more */
  gboolean          finished;

  KobraClient      *client;
  KobraKind         kind;
  KobraImportType   type;
  KobraDriverSink   sink;
  gpointer          data;
  KobraPlanSettings settings;
  KobraPlan        *plan; /* made with the first record, or at the start */
  GCancellable     *cancellable;
  GNetworkMonitor  *network; /* NULL: the practice server is asked, which needs none */
  gulong            network_id;
  gsize             last_length; /* of a body: what the next one may need */

  GMainContext     *context;
  GSource          *pump;
  GSource          *alarm;    /* when the plan wants to be asked again */
  GSource          *reporter; /* when progress is due */

  KobraPause        told_pause;
  gint64            told_progress;
  gint64            started;
  gint64            wait_until;
  KobraRate         rate;
};

/* kobra-driver.c */

KobraDriver *kobra_driver_ref           (KobraDriver *self);
void         kobra_driver_unref         (KobraDriver *self);

/* After anything that the plan was told. */
void         kobra_driver_go_on         (KobraDriver *self);

/* Pauses if @outcome says that no connection came about and there is no network: then there is no use in trying. */
void         kobra_driver_watch_network (KobraDriver *self,
                                         KobraOutcome outcome);

/* kobra-driver-request.c */

/* Writes and sends what the plan gave, or as much of it as may go. */
void         kobra_driver_send_batch    (KobraDriver *self,
                                         KobraBatch  *batch);

G_END_DECLS
