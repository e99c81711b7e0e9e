/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: what the system or SQLite refused, in words with a way out. */

#include <sqlite3.h>

#include "kobra-journal.h"

G_BEGIN_DECLS

/* All say of the journal @path that it cannot be used, why, and the way out. */

void kobra_journal_set_error        (const char       *path,
                                     KobraJournalError code,
                                     GError          **error);

/* @value is an errno. */
void kobra_journal_set_system_error (const char *path,
                                     int         value,
                                     GError    **error);

/* @rc is what SQLite answered last; @db may be NULL. */
void kobra_journal_set_sql_error    (const char *path,
                                     sqlite3    *db,
                                     int         rc,
                                     GError    **error);

G_END_DECLS
