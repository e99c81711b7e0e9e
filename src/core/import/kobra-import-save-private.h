/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: the side of an import that saves it. */

#include "kobra-import-private.h"
#include "kobra-import-save.h"

G_BEGIN_DECLS

/* A new table is there; @entry: the import that it came from, else it is a new one. */
void  kobra_import_save_table  (KobraImport        *self,
                                KobraJournalImport *entry,
                                const char         *digest,
                                gboolean            is_edited);

/* It is about to go, or the import is: what is not worth keeping goes from the journal too. */
void  kobra_import_save_end    (KobraImport *self);

/* For rows-changed, before anything else looks at it. */
void  kobra_import_save_rows   (KobraImport        *self,
                                guint               position,
                                guint               n_removed,
                                guint               n_added,
                                const KobraRowList *removed);

/* A run is in the journal now, one that was cut off or a new one. */
void  kobra_import_save_begun  (KobraImport *self);

/* Something else changed that is saved: layout, import type, counts. Said soon, once for many. */
void  kobra_import_save_soon   (KobraImport *self);

/* All rows anew, in place of what the journal has. */
void  kobra_import_save_all    (KobraImport *self);

void  kobra_import_set_connection_name (KobraImport *self,
                                        const char  *name);

/* Where its records were before, as the journal has it: a line for each, "12 KI-5c0ffee0-7", or NULL. @corrects: the tag of the import that
 * most of them were in, or NULL. */
char        *kobra_origins_format      (GHashTable *references,
                                        char      **corrects,
                                        guint      *n_corrects) G_GNUC_WARN_UNUSED_RESULT;

/* The other way round; NULL if there are none. */
GHashTable  *kobra_origins_parse       (const char *origins) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
