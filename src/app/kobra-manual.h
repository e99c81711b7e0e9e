/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Opens @page of the manual ("results") in the help browser, or where there is none, in whatever shows HTML; where there is nothing, says
 * where the manual can be read. */
void kobra_manual_show (GtkWindow  *parent,
                        const char *page);

G_END_DECLS
