/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"
#include "kobra-field.h"

G_BEGIN_DECLS

/*
 * Columns that a file does not have but that come from those it has: the same text for all, several joined, a full name taken apart. They are made once,
 * as columns of the table like any other; how they were made is kept for the next file of the kind.
 */

typedef enum
{
  KOBRA_DERIVE_CONSTANT,
  KOBRA_DERIVE_JOIN,
  KOBRA_DERIVE_NAMES_FIRST,    /* Ana María Pérez de la Cruz -> name, first and second surname */
  KOBRA_DERIVE_SURNAMES_FIRST, /* Pérez de la Cruz Ana María */
  KOBRA_N_DERIVES
} KobraDerive;

#define KOBRA_DERIVE_MAX_COLUMNS 4
#define KOBRA_DERIVE_MAX_RESULTS 3

typedef struct
{
  KobraDerive kind;
  guint       field;                             /* of a constant and a join */
  char       *text;                              /* the constant, or what stands between what is joined */
  guint       columns[KOBRA_DERIVE_MAX_COLUMNS]; /* where it comes from */
  guint       n_columns;
  guint       target;                            /* the first column that it makes */
} KobraDerivation;

KobraDerivation *kobra_derivation_copy (const KobraDerivation *self) G_GNUC_WARN_UNUSED_RESULT;
void             kobra_derivation_free (KobraDerivation *self);

/* "constant", "join": for programs, never changed. */
const char *kobra_derive_get_name      (KobraDerive kind);

/* FALSE if there is no such name. */
gboolean    kobra_derive_find          (const char  *name,
                                        KobraDerive *kind);

/* The fields it makes, in the order of its columns; returns how many. */
guint       kobra_derivation_get_fields (const KobraDerivation *self,
                                         guint                  fields[KOBRA_DERIVE_MAX_RESULTS]);

/* What it makes of a row: @texts are those of its columns. */
void        kobra_derivation_run       (const KobraDerivation *self,
                                        const char *const     *texts,
                                        KobraBuffer            results[KOBRA_DERIVE_MAX_RESULTS]);

/* A full name taken apart by Mexican custom: two surnames, each with the "de la" before it. A company keeps its name whole. */
void        kobra_split_name           (const char  *full,
                                        gboolean     surnames_first,
                                        KobraBuffer *name,
                                        KobraBuffer *first_surname,
                                        KobraBuffer *second_surname);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraDerivation, kobra_derivation_free)

G_END_DECLS
