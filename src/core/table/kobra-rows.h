/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * table: records packed in an arena, edits, undo, marks. May include base and schema.
 *
 * A row is its cells, each ended by a NUL, in memory that never moves and never changes: an edit packs a new row. So a
 * copy of the list of rows, which shares its blocks, is a frozen table that any thread may read for as long as it holds the
 * arena, and undo is lists of the rows that were there before.
 */

#include "kobra-arena.h"
#include "kobra-field.h"
#include "kobra-row-list.h"

G_BEGIN_DECLS

/* No spreadsheet program makes more columns. */
#define KOBRA_MAX_COLUMNS 16384u
#define KOBRA_MAX_ROWS 16000000u

/* IDs of records, of those that are gone too, are below this. */
#define KOBRA_MAX_IDS 64000000u

/* The cell's text, borrowed; "" past the row's last cell. */
const char *kobra_row_get_text   (const KobraRow *self,
                                  guint           column);
guint       kobra_row_get_n_cells (const KobraRow *self);

/* Bytes that its cells take, marks too: to keep them elsewhere. */
gsize       kobra_row_get_size   (const KobraRow *self);

/* The texts of the first @n_columns cells at once, which is quicker than one by one. */
void        kobra_row_get_texts  (const KobraRow *self,
                                  const char    **texts,
                                  guint           n_columns);

/* The record that the row holds: @fields names the field of each column, -1 for none. */
void        kobra_row_get_record (const KobraRow    *self,
                                  const KobraSchema *schema,
                                  const gint16      *fields,
                                  guint              n_columns,
                                  KobraRecord       *record);

/* @row with some cells replaced, packed anew in @arena; NULL cells if there is no memory. */
KobraRow    kobra_rows_replace (KobraArena        *arena,
                                const KobraRow    *row,
                                const guint       *columns,
                                const char *const *texts,
                                guint              n) G_GNUC_WARN_UNUSED_RESULT;

/* A frozen table: the rows as they were when it was taken. Free to read from any thread. */
typedef struct _KobraFrozen KobraFrozen;
struct _KobraFrozen
{
  gatomicrefcount ref_count;
  KobraArena     *arena;
  KobraRowList   *rows;
  guint           n_rows;
  guint           n_columns;
};

const KobraRow *kobra_frozen_peek (const KobraFrozen *self,
                                   guint              row);
KobraFrozen *kobra_frozen_ref    (KobraFrozen *self);
void         kobra_frozen_unref  (KobraFrozen *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraFrozen, kobra_frozen_unref)

/* Rows on their way from a worker to a table: plain data, owned by one thread at a time. */
typedef struct _KobraRows KobraRows;

KobraRows  *kobra_rows_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void        kobra_rows_free      (KobraRows *self);

/* Appends a row of @n_cells texts. Returns FALSE if there is no memory or a limit above is passed. */
gboolean    kobra_rows_append    (KobraRows         *self,
                                  guint32            line,
                                  const char *const *cells,
                                  guint              n_cells);

/* What a row is to be packed of. */
typedef struct
{
  const char *const *texts;
  guint              n;
  gsize              size;   /* of the texts, where each begins right after the NUL of the one before: they are copied at once; 0: they stand anywhere */
  const guint16     *lost;   /* the columns of those whose digits are lost, in order */
  guint              n_lost;
} KobraCells;

gboolean    kobra_rows_append_cells (KobraRows        *self,
                                     guint32           line,
                                     const KobraCells *cells);

/* Takes the row that was appended last back; not after an edit. */
void        kobra_rows_drop_last  (KobraRows *self);

guint       kobra_rows_get_n_rows (KobraRows *self);
const KobraRow *kobra_rows_peek  (KobraRows *self,
                                  guint      row);

/* The most cells that any row has. */
guint       kobra_rows_get_n_columns (KobraRows *self);

/* Rows that were packed before and kept elsewhere, with their IDs. @cells is as KobraRow's, @size bytes of it. Returns FALSE if that is no
 * row, or as kobra_rows_append() does. */
gboolean    kobra_rows_append_packed     (KobraRows  *self,
                                          guint32     id,
                                          guint32     line,
                                          const char *cells,
                                          gsize       size);

/* In place of @n_removed rows from @position on come the last @n_added ones, which were appended for it. */
void        kobra_rows_move_last         (KobraRows *self,
                                          guint      position,
                                          guint      n_removed,
                                          guint      n_added);

/* @rows, which were made from as many from @position on, take their place; @arena, which holds their cells, is taken. What was there is kept: all
 * such changes together are one step, called @name (for people, translated), that the table can undo. */
void        kobra_rows_change        (KobraRows          *self,
                                      const char         *name,
                                      guint               position,
                                      const KobraRowList *rows,
                                      KobraArena         *arena);

/* The same for good; the rows have at most @n_columns cells each. */
void        kobra_rows_take_changed  (KobraRows          *self,
                                      guint               position,
                                      const KobraRowList *rows,
                                      KobraArena         *arena,
                                      guint               n_columns);

/* The rows as they are now. */
KobraFrozen *kobra_rows_freeze       (KobraRows *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraRows, kobra_rows_free)

G_END_DECLS
