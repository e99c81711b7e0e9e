/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-table.h"

G_BEGIN_DECLS

/*
 * Asks which of a column's texts the records shown may have.
 *
 * Signal "chosen" (guint table_column, const char *const *values): the texts; NULL: all.
 */
#define KOBRA_TYPE_VALUES_DIALOG (kobra_values_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraValuesDialog, kobra_values_dialog, KOBRA, VALUES_DIALOG, AdwDialog)

/* @chosen are the texts chosen before, or NULL: all. */
GtkWidget *kobra_values_dialog_new (KobraTable        *table,
                                    guint              column,
                                    const char        *header,
                                    const char *const *chosen) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
