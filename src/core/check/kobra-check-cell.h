/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-check-record.h"

G_BEGIN_DECLS

/* What is the matter with one cell: the first error, else the first warning, else nothing. */
KobraProblemCode kobra_check_cell (const KobraRules  *rules,
                                   const KobraRecord *record,
                                   guint              field);

G_END_DECLS
