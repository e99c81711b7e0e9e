/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-check-record.h"

G_BEGIN_DECLS

/* What is the matter with one cell: the first error, else the first warning, else nothing. */
KobraProblemCode kobra_check_cell (const KobraRules  *rules,
                                   const KobraRecord *record,
                                   guint              field);

/* The same for all cells of a record, in the order of the fields. */
void             kobra_check_cells (const KobraRules  *rules,
                                    const KobraRecord *record,
                                    KobraProblemSink   sink,
                                    gpointer           data);

G_END_DECLS
