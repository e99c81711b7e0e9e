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

KobraFrozen *kobra_frozen_new  (KobraArena     *arena,
                                const KobraRow *rows,
                                guint           n_rows,
                                guint           n_columns) G_GNUC_WARN_UNUSED_RESULT;

/* The same of an array that it takes; free with g_free(). */
KobraFrozen *kobra_frozen_new_taking (KobraArena *arena,
                                      KobraRow   *rows,
                                      guint       n_rows,
                                      guint       n_columns) G_GNUC_WARN_UNUSED_RESULT;

/* Some rows of @whole, without copying them. */
KobraFrozen *kobra_frozen_new_part (KobraFrozen *whole,
                                    guint        row,
                                    guint        n_rows) G_GNUC_WARN_UNUSED_RESULT;

/* Hands over what @self holds and frees it; @step is NULL if no row was changed. */
void        kobra_rows_take    (KobraRows   *self,
                                KobraArena **arena,
                                GArray     **rows,
                                KobraStep  **step,
                                guint32     *next_id);

G_END_DECLS
