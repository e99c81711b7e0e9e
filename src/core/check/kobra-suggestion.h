/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-field.h"

G_BEGIN_DECLS

#define KOBRA_MAX_SUGGESTED 2u

/* What a field could be filled with, for the record says it already in other fields. It is offered and never done by itself. */
typedef struct
{
  guint    n;                         /* 0: there is nothing to offer */
  guint    fields[KOBRA_MAX_SUGGESTED]; /* the one it is offered in comes first */
  char    *texts[KOBRA_MAX_SUGGESTED];
} KobraSuggestion;

/* The bank of a CLABE, a total of its parts, the state of a postal code, latitude and longitude the other way round. Clear it after. */
void kobra_suggestion_find  (KobraSuggestion   *self,
                        const KobraRecord *record,
                        guint              field);
void kobra_suggestion_clear (KobraSuggestion   *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraSuggestion, kobra_suggestion_clear)

G_END_DECLS
