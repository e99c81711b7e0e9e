/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/* Wipes the connections' secrets from memory once nobody has sent for as long as the setting "lock-minutes" says. */
typedef struct _KobraSecretLock KobraSecretLock;

KobraSecretLock *kobra_secret_lock_new   (GtkApplication   *application,
                                          KobraConnections *connections) G_GNUC_WARN_UNUSED_RESULT;
void             kobra_secret_lock_free  (KobraSecretLock  *self);

/* A secret was used or entered: the time begins anew. */
void             kobra_secret_lock_touch (KobraSecretLock  *self);

G_END_DECLS
