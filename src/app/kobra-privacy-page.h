/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/* Preferences: what is kept, where and for how long, in plain words, and how to be rid of it. */
#define KOBRA_TYPE_PRIVACY_PAGE (kobra_privacy_page_get_type ())
G_DECLARE_FINAL_TYPE (KobraPrivacyPage, kobra_privacy_page, KOBRA, PRIVACY_PAGE, AdwPreferencesPage)

/* Before the page is shown. */
void kobra_privacy_page_set_application (KobraPrivacyPage *self,
                                         KobraApplication *application);

G_END_DECLS
