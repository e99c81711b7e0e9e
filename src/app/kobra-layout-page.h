/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Preferences: one saved layout. Says "renamed" with the new name, "export" and "delete"; what they mean is done by whoever shows the page. */
#define KOBRA_TYPE_LAYOUT_PAGE (kobra_layout_page_get_type ())
G_DECLARE_FINAL_TYPE (KobraLayoutPage, kobra_layout_page, KOBRA, LAYOUT_PAGE, AdwNavigationPage)

KobraLayoutPage *kobra_layout_page_new      (const char      *name,
                                             const char      *description);
const char      *kobra_layout_page_get_name (KobraLayoutPage *self);

G_END_DECLS
