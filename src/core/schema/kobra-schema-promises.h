/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-field.h"

G_BEGIN_DECLS

typedef enum
{
  KOBRA_PROMISE_VISIT_ID,
  KOBRA_PROMISE_STATUS,
  KOBRA_N_PROMISE_FIELDS
} KobraPromiseField;

G_STATIC_ASSERT (KOBRA_N_PROMISE_FIELDS <= KOBRA_MAX_FIELDS);

extern const KobraField kobra_promise_fields[KOBRA_N_PROMISE_FIELDS];

G_END_DECLS
