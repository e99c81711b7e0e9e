/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"

G_BEGIN_DECLS

/*
 * What could be cleaned up in an import beyond what opening did: counted and shown before it is done, done as one step to undo. Both run in
 * a worker on the table as it is when they are asked for.
 */

#define KOBRA_OFFER_SAMPLES 3

/* A fix that would change cells of a field, whatever other fixes do. */
typedef struct
{
  guint    field;
  KobraFix fix;
  guint    n_cells;
  guint    n_samples;
  char    *before[KOBRA_OFFER_SAMPLES]; /* texts of such cells, none twice */
  char    *after[KOBRA_OFFER_SAMPLES];
} KobraOffer;

/* All there is to offer, the fixes of a field together, in the order of the schema. */
void       kobra_import_find_offers_async  (KobraImport        *self,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);

/* KobraOffer; NULL with an error if it was cancelled. */
GPtrArray *kobra_import_find_offers_finish (KobraImport  *self,
                                            GAsyncResult *result,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Does fixes[f], a set of fixes, to every cell of field f; @fixes has KOBRA_MAX_FIELDS sets. One step to undo, called @name (for people, translated).
 * Not while sending. */
void       kobra_import_clean_async        (KobraImport        *self,
                                            const char         *name,
                                            const KobraFixes   *fixes,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);

/* How many cells were changed goes to @n_cells. FALSE if it was cancelled, there is no memory, or the records changed in the meantime. */
gboolean   kobra_import_clean_finish       (KobraImport  *self,
                                            GAsyncResult *result,
                                            guint        *n_cells,
                                            GError      **error);

G_END_DECLS
