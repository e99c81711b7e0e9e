/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/* What is new, changed and gone from one past import to another. */
#define KOBRA_TYPE_COMPARE_DIALOG (kobra_compare_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraCompareDialog, kobra_compare_dialog, KOBRA, COMPARE_DIALOG, AdwDialog)

/* Shows it above @parent. */
void kobra_compare_dialog_present (KobraApplication *application,
                                   GtkWidget        *parent,
                                   gint64            earlier,
                                   gint64            later);

G_END_DECLS
