/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-sheet.h"

G_BEGIN_DECLS

/*
 * The bar above a sheet for finding and replacing in what the sheet shows. It looks in a worker, and again whenever the sheet changes. The
 * sheet's model must be a KobraSheetAdapter.
 *
 * Property "sheet". Signals: "said" (const char *words): something to be shown to the person; "only" (const char *text): only the records
 * with this text are wanted.
 */
#define KOBRA_TYPE_FIND_BAR (kobra_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (KobraFindBar, kobra_find_bar, KOBRA, FIND_BAR, GtkWidget)

/* Shows it with the focus in it, with or without what replaces. */
void kobra_find_bar_open  (KobraFindBar *self,
                           gboolean      replaces);

/* To the next or previous hit, if there is one; opens the bar if it is not. */
void kobra_find_bar_step  (KobraFindBar *self,
                           gboolean      forward);

G_END_DECLS
