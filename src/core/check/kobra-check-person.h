/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-check-across.h"

G_BEGIN_DECLS

/* What RFC, CURP, name, birthdate and gender of one person say against each other. */
void kobra_check_person (const KobraRecord *record,
                         KobraProblemSink   sink,
                         gpointer           data);

G_END_DECLS
