/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/* The preferences: a page a subject, each a widget class of its own that is told the application. */
#define KOBRA_TYPE_PREFERENCES (kobra_preferences_get_type ())
G_DECLARE_FINAL_TYPE (KobraPreferences, kobra_preferences, KOBRA, PREFERENCES, AdwPreferencesDialog)

KobraPreferences *kobra_preferences_new (KobraApplication *application);

G_END_DECLS
