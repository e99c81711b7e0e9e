/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/*
 * Answers the search of the desktop's shell (org.gnome.Shell.SearchProvider2): past imports by the name of what was opened, and records by
 * their external ID. Unless the person has switched that on in the preferences nothing is ever found; what is found has no name of a person
 * in it, and no value but the external ID.
 */
typedef struct _KobraSearchProvider KobraSearchProvider;

/* @application is borrowed. It is on the bus at the application's own path and "/SearchProvider" until it is freed; NULL with an error if it
 * cannot be. */
KobraSearchProvider *kobra_search_provider_new  (KobraApplication *application,
                                                 GDBusConnection  *bus,
                                                 const char       *path,
                                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void                 kobra_search_provider_free (KobraSearchProvider *self);

G_END_DECLS
