/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/* Has the connections' secrets wiped from memory once nobody has sent for as long as the setting "lock-minutes" says. */
typedef struct _KobraSecretWatch KobraSecretWatch;

KobraSecretWatch *kobra_secret_watch_new   (GtkApplication   *application,
                                            KobraConnections *connections) G_GNUC_WARN_UNUSED_RESULT;
void              kobra_secret_watch_free  (KobraSecretWatch *self);

/* A secret was used or entered: the time begins anew. */
void              kobra_secret_watch_touch (KobraSecretWatch *self);

G_END_DECLS
