/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * Leaves the sidebar of @split out of the layout while it is closed. The view itself allocates a closed sidebar all the same, and with whatever width is left
 * when the window shrinks at once from wide to narrow, even none.
 */
void kobra_split_hide_closed_sidebar (AdwOverlaySplitView *split);

G_END_DECLS
