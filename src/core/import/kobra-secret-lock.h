/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-clock.h"
#include "kobra-connections.h"

G_BEGIN_DECLS

/* Wipes the connections' secrets from memory once nobody has used one for some minutes. */
typedef struct _KobraSecretLock KobraSecretLock;

/* Whether a secret is needed right now: a run signs in again when its token lapses. */
typedef gboolean (*KobraSecretLockIsBusy) (gpointer data);

/* @clock, borrowed, says how much time has passed; one that goes on while the computer sleeps is best. */
KobraSecretLock *kobra_secret_lock_new         (KobraConnections     *connections,
                                                const KobraClock     *clock,
                                                KobraSecretLockIsBusy is_busy,
                                                gpointer              data) G_GNUC_WARN_UNUSED_RESULT;
void             kobra_secret_lock_free        (KobraSecretLock      *self);

/* 0, as it is at first: they stay. The time begins anew. */
void             kobra_secret_lock_set_minutes (KobraSecretLock      *self,
                                                guint                 minutes);

/* A secret was used or entered: the time begins anew. */
void             kobra_secret_lock_touch       (KobraSecretLock      *self);

/* Wipes them if it is time; called now and then by itself. */
void             kobra_secret_lock_look        (KobraSecretLock      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraSecretLock, kobra_secret_lock_free)

G_END_DECLS
