/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-rows.h"
#include "kobra-undo.h"

G_BEGIN_DECLS

/* Packs texts as KobraRow's cells. Returns NULL if there is no memory or there are too many. */
const char *kobra_rows_pack (KobraArena        *arena,
                             const char *const *cells,
                             guint              n_cells) G_GNUC_WARN_UNUSED_RESULT;

const char *kobra_rows_pack_cells (KobraArena       *arena,
                                   const KobraCells *cells) G_GNUC_WARN_UNUSED_RESULT;

/* Takes @rows. */
KobraFrozen *kobra_frozen_new  (KobraArena   *arena,
                                KobraRowList *rows,
                                guint         n_columns) G_GNUC_WARN_UNUSED_RESULT;

/* Hands over what @self holds and frees it; @step is NULL if no row was changed. */
void        kobra_rows_take    (KobraRows     *self,
                                KobraArena   **arena,
                                KobraRowList **rows,
                                KobraStep    **step,
                                guint32       *next_id);

G_END_DECLS
