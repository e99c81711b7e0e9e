/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-import.h"

G_BEGIN_DECLS

/*
 * What would be done about all problems of one kind in a field: cells before and after, and how many; done as one step to undo.
 *
 * Signals: "applied" (guint n_records), it was done, to so many records; "show-problem" (guint code, guint field), nothing helps, and the person wants
 * to look at the cells.
 */
#define KOBRA_TYPE_REMEDY_DIALOG (kobra_remedy_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraRemedyDialog, kobra_remedy_dialog, KOBRA, REMEDY_DIALOG, AdwDialog)

/* @import must be ready. */
KobraRemedyDialog *kobra_remedy_dialog_new (KobraImport     *import,
                                            KobraProblemCode code,
                                            guint            field);

G_END_DECLS
