/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-check-record.h"

G_BEGIN_DECLS

/* What the fields of one record say against each other: warnings only. */
void kobra_check_across (const KobraRecord *record,
                         KobraProblemSink   sink,
                         gpointer           data);

G_END_DECLS
