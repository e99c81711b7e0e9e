/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-arena.h"
#include "kobra-key-index.h"
#include "kobra-problems.h"

G_BEGIN_DECLS

/* What two records can have in common that is a problem of both, in the order in which the problems stand at the end of a list. */
typedef enum
{
  KOBRA_SHARED_CURP, /* under different keys */
  KOBRA_SHARED_KEY,  /* with anything else different */
  KOBRA_N_SHARED
} KobraShared;

/* Whether anybody wants to know of it, in records of this kind. */
gboolean       kobra_shared_is_wanted  (KobraShared       shared,
                                        const KobraRules *rules);

/* What the record may share, or "". */
const char    *kobra_shared_get_text   (KobraShared        shared,
                                        const KobraRecord *record);

/* For the check of a whole table: room for @n_problems of records with IDs below @id_limit. Returns FALSE if there is no memory. */
gboolean       kobra_problems_reserve  (KobraProblems *self,
                                        guint32        id_limit,
                                        gsize          n_problems);

/* A record that was not there, with its problems but for what it shares: that the indexes know. */
void           kobra_problems_append   (KobraProblems      *self,
                                        const KobraRules   *rules,
                                        guint32             id,
                                        const KobraProblem *problems,
                                        guint               n);

KobraKeyIndex *kobra_problems_get_index (KobraProblems *self,
                                         KobraShared    shared);

/* Keeps what the indexes' keys are borrowed from. */
void           kobra_problems_hold     (KobraProblems *self,
                                        KobraArena    *arena);

G_END_DECLS
