/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-import.h"

G_BEGIN_DECLS

/*
 * What can be cleaned up, by field and by fix, with how many cells and what becomes of some of them; what is chosen is done as one step to undo.
 *
 * Signal "applied" (guint n_cells): it was done, to so many cells.
 */
#define KOBRA_TYPE_CLEAN_DIALOG (kobra_clean_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraCleanDialog, kobra_clean_dialog, KOBRA, CLEAN_DIALOG, AdwDialog)

/* @import must be ready. */
KobraCleanDialog *kobra_clean_dialog_new (KobraImport *import);

G_END_DECLS
