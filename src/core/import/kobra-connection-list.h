/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kobra-connection.h"

G_BEGIN_DECLS

/* The connections a person made, in a file of the user's configuration that no one else may read. It has no secrets. */

/* Where it is: $XDG_CONFIG_HOME/kobra-import/connections.ini. */
char            *kobra_connection_list_dup_path (void) G_GNUC_WARN_UNUSED_RESULT;

/* All of them (KobraConnection), in the order of the file; a group that can't be read is left out. No file is an empty list. Blocks. */
GPtrArray       *kobra_connection_list_load     (const char *path,
                                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes @connection in place of one of the same name, or after the others; what was written as @old_name, which may be NULL, goes. Blocks. */
gboolean         kobra_connection_list_save     (const char      *path,
                                                 KobraConnection *connection,
                                                 const char      *old_name,
                                                 GError         **error);

/* Takes the one with that name out, if it is there. Blocks. */
gboolean         kobra_connection_list_remove   (const char      *path,
                                                 const char      *name,
                                                 GError         **error);

/* The one with that name; an error with the names that there are if there is none. Blocks. */
KobraConnection *kobra_connection_list_find     (const char *path,
                                                 const char *name,
                                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
