/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the practice server answers over HTTP. It answers in the thread of its SoupServer; what is received may be asked for in any. */

#include <libsoup/soup.h>

#include "kobra-practice-store.h"
#include "kobra-practice-token.h"
#include "kobra-practice.h"

G_BEGIN_DECLS

/* Bytes of one request's body. */
#define KOBRA_PRACTICE_MAX_BODY (16u << 20)

typedef struct
{
  guint               delay_ms;
  guint               token_seconds;
  char              **reject_keys;
  char               *user;
  char               *password;
  KobraPracticeStore  store;
  int                 n_requests; /* atomic, as n_sign_ins */
  int                 n_sign_ins;
  GMutex              mutex;
  KobraPracticeSecret secret; /* behind the mutex */
} KobraPracticeService;

void kobra_practice_service_init          (KobraPracticeService       *self,
                                           const KobraPracticeOptions *options);
void kobra_practice_service_clear         (KobraPracticeService       *self);

/* Lets @server answer. @self must outlive it. */
void kobra_practice_service_attach        (KobraPracticeService       *self,
                                           SoupServer                 *server);

void kobra_practice_service_revoke_tokens (KobraPracticeService       *self);

G_END_DECLS
