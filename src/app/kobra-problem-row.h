/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-problem.h"

G_BEGIN_DECLS

/*
 * A kind of problem in one field, how often there is, and what rule is behind it; or a kind that is not looked for.
 *
 * Signals: "ignore" (), the person wants the kind ignored, or looked for again; "fix" (), they want to see how it would be fixed.
 */
#define KOBRA_TYPE_PROBLEM_ROW (kobra_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (KobraProblemRow, kobra_problem_row, KOBRA, PROBLEM_ROW, AdwActionRow)

/* @field is NULL for a kind that is ignored. The counts of all rows that share @counts are as wide as each other, so what stands before them lines up. */
GtkWidget       *kobra_problem_row_new       (KobraProblemCode  code,
                                              const KobraField *field,
                                              guint             place,
                                              GtkSizeGroup     *counts) G_GNUC_WARN_UNUSED_RESULT;
KobraProblemCode kobra_problem_row_get_code  (KobraProblemRow *self);

/* The field's place in the schema. */
guint            kobra_problem_row_get_place (KobraProblemRow *self);
void             kobra_problem_row_set_count (KobraProblemRow *self,
                                              guint            count);

G_END_DECLS
