/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: rows as bytes, the way they lie in the journal, and back. */

#include "kobra-buffer.h"
#include "kobra-layout.h"
#include "kobra-rows.h"

G_BEGIN_DECLS

/* So many rows, or so many bytes of them, are a piece. */
#define KOBRA_PACK_ROWS 4096u
#define KOBRA_PACK_BYTES (1u << 20)

/* How columns are read. Copied from a layout, which may change while rows are packed in another thread. */
typedef struct
{
  const KobraSchema *schema;
  gint16            *fields;
  guint              n_columns;
} KobraPackColumns;

void     kobra_pack_columns_init  (KobraPackColumns  *self,
                                   const KobraLayout *layout);
void     kobra_pack_columns_clear (KobraPackColumns  *self);

/* Appends rows from @from on, at most a piece; returns how many. A row is its ID, its line, how many bytes follow (4 each, little-endian),
 * and its cells. @words gets what each is found by, as KobraJournalPack says. */
guint    kobra_pack_rows   (const KobraFrozen      *table,
                            guint                   from,
                            const KobraPackColumns *columns,
                            KobraBuffer            *rows,
                            KobraBuffer            *words);

/* Appends them to @to; *@n is how many. FALSE if the bytes are no rows, or there is no memory for them. */
gboolean kobra_unpack_rows (const guint8 *bytes,
                            gsize         size,
                            KobraRows    *to,
                            guint        *n);

G_END_DECLS
