/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-field.h"

G_BEGIN_DECLS

#define KOBRA_MAX_OFFERED 2u

/* What a field could be filled with, for the record says it already in other fields. It is offered and never done by itself. */
typedef struct
{
  guint    n;                         /* 0: there is nothing to offer */
  guint    fields[KOBRA_MAX_OFFERED]; /* the one it is offered in comes first */
  char    *texts[KOBRA_MAX_OFFERED];
} KobraOffer;

/* The bank of a CLABE, a total of its parts, the state of a postal code, latitude and longitude the other way round. Clear it after. */
void kobra_offer_find  (KobraOffer        *self,
                        const KobraRecord *record,
                        guint              field);
void kobra_offer_clear (KobraOffer        *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraOffer, kobra_offer_clear)

G_END_DECLS
