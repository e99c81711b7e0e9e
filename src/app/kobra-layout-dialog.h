/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-import.h"

G_BEGIN_DECLS

/*
 * Which column of the file is which field: looked at, corrected and applied as one step to undo.
 *
 * Signal "applied" (guint n_cells): it was done, and so many cells were cleaned up by it.
 */
#define KOBRA_TYPE_LAYOUT_DIALOG (kobra_layout_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraLayoutDialog, kobra_layout_dialog, KOBRA, LAYOUT_DIALOG, AdwDialog)

/* @import must be ready. */
KobraLayoutDialog *kobra_layout_dialog_new (KobraImport *import);

G_END_DECLS
