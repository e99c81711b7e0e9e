/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: the form of the database, and how an older one gets there. */

#include <sqlite3.h>

#include "kobra-journal.h"

G_BEGIN_DECLS

/* Looks whether @db is a journal of this version or an older one, or empty; with @alone, also whether it is whole, and brings it to today's
 * form. What is of a newer version or not a journal is only read. */
gboolean kobra_journal_schema_adopt (sqlite3    *db,
                                     const char *path,
                                     gboolean    alone,
                                     GError    **error);

G_END_DECLS
