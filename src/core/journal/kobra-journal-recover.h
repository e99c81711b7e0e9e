/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: what can still be read of a damaged journal, into a new one. */

#include "kobra-journal-sql.h"

G_BEGIN_DECLS

/* Copies what the file at @from, which was set aside and stays as it is, still gives into @to, an empty journal. *@n_imports is how many
 * imports there are now. What cannot be read is left out: nothing here fails but the writing. */
gboolean kobra_journal_recover (KobraJournalSql *to,
                                const char      *from,
                                guint           *n_imports,
                                GError         **error);

G_END_DECLS
