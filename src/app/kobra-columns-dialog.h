/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-sheet-adapter.h"

G_BEGIN_DECLS

/*
 * A list of all columns of a sheet, to show and hide them at once.
 *
 * Signal "arranged" (): a column was shown or hidden, or all are as in the file again.
 */
#define KOBRA_TYPE_COLUMNS_DIALOG (kobra_columns_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraColumnsDialog, kobra_columns_dialog, KOBRA, COLUMNS_DIALOG, AdwDialog)

GtkWidget *kobra_columns_dialog_new (KobraSheetAdapter *adapter) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
