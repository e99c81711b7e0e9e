/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/* Preferences: the list of connections, to be added, edited and deleted. */
#define KOBRA_TYPE_CONNECTIONS_PAGE (kobra_connections_page_get_type ())
G_DECLARE_FINAL_TYPE (KobraConnectionsPage, kobra_connections_page, KOBRA, CONNECTIONS_PAGE, AdwPreferencesPage)

/* Before the page is shown. */
void kobra_connections_page_set_application (KobraConnectionsPage *self,
                                             KobraApplication     *application);

G_END_DECLS
