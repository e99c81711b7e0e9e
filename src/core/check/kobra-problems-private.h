/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-arena.h"
#include "kobra-key-index.h"
#include "kobra-problems.h"

G_BEGIN_DECLS

/* For the check of a whole table: room for @n_problems of records with IDs below @id_limit. Returns FALSE if there is no memory. */
gboolean       kobra_problems_reserve  (KobraProblems *self,
                                        guint32        id_limit,
                                        gsize          n_problems);

/* A record that was not there, with its problems but for the duplicate: that the index knows. */
void           kobra_problems_append   (KobraProblems      *self,
                                        const KobraRules   *rules,
                                        guint32             id,
                                        const KobraProblem *problems,
                                        guint               n);

KobraKeyIndex *kobra_problems_get_keys (KobraProblems *self);

/* Keeps what the index's keys are borrowed from. */
void           kobra_problems_hold     (KobraProblems *self,
                                        KobraArena    *arena);

G_END_DECLS
