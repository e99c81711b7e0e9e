/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a window shows before it holds an import: the ways to begin, the files opened last, and how to learn it. All of it is actions of the
 * window that holds the page. */
#define KOBRA_TYPE_START_PAGE (kobra_start_page_get_type ())
G_DECLARE_FINAL_TYPE (KobraStartPage, kobra_start_page, KOBRA, START_PAGE, AdwBin)

G_END_DECLS
