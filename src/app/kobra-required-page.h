/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/* Which fields each connection requires, by kind of import. */
#define KOBRA_TYPE_REQUIRED_PAGE (kobra_required_page_get_type ())
G_DECLARE_FINAL_TYPE (KobraRequiredPage, kobra_required_page, KOBRA, REQUIRED_PAGE, AdwPreferencesPage)

void kobra_required_page_set_application (KobraRequiredPage *self,
                                          KobraApplication  *application);

G_END_DECLS
