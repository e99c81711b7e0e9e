/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Preferences: the saved layouts, to be renamed, deleted, exported and imported. */
#define KOBRA_TYPE_LAYOUTS_PAGE (kobra_layouts_page_get_type ())
G_DECLARE_FINAL_TYPE (KobraLayoutsPage, kobra_layouts_page, KOBRA, LAYOUTS_PAGE, AdwPreferencesPage)

G_END_DECLS
