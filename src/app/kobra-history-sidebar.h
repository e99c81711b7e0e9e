/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-history.h"

G_BEGIN_DECLS

/*
 * Past imports by day, and records found in all of them. What is done with one is an action of the window: "win.open-import" (x: its ID),
 * "win.open-record" ((xu): import and record), "win.compare-imports" ((xx): the earlier, the later), "win.delete-import" (x).
 * Property "size-text" (string): what the journal takes of the disk.
 */
#define KOBRA_TYPE_HISTORY_SIDEBAR (kobra_history_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (KobraHistorySidebar, kobra_history_sidebar, KOBRA, HISTORY_SIDEBAR, AdwBin)

void kobra_history_sidebar_set_history (KobraHistorySidebar *self,
                                        KobraHistory        *history);

/* The cursor to where a record is looked for; there stands @text, or what stood there if it is NULL. */
void kobra_history_sidebar_start_search (KobraHistorySidebar *self,
                                         const char          *text);

G_END_DECLS
