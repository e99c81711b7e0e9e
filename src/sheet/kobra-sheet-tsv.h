/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Tab-separated text as spreadsheet programs put it on the clipboard: cells parted by tabs, rows ended by line breaks; a cell
 * that holds a tab, a line break or a quote is quoted like in CSV (RFC 4180 §2.5 to 2.7, with tabs).
 */

#include <glib.h>

G_BEGIN_DECLS

/* A rectangle of texts, row by row; short rows are filled up with "". */
typedef struct
{
  const char **cells;
  guint        n_rows;
  guint        n_columns;
  gboolean     is_ragged; /* there were short rows: maybe line breaks in cells that are not quoted, as Gnumeric writes them */
  char        *text;      /* what the cells point into */
} KobraSheetGrid;

void            kobra_sheet_tsv_append_cell (GString    *out,
                                             const char *text);

/* @text is @length bytes of UTF-8, what is invalid in it is replaced; the grid takes it. A last line break begins no row. A quote
 * that closes nowhere is a character like any other. NULL if there are no cells or more than @max_cells. */
KobraSheetGrid *kobra_sheet_tsv_parse       (char  *text,
                                             gsize  length,
                                             gsize  max_cells) G_GNUC_WARN_UNUSED_RESULT;

/* One row of copies of @n_columns texts. */
KobraSheetGrid *kobra_sheet_grid_new_row    (const char *const *texts,
                                             guint              n_columns) G_GNUC_WARN_UNUSED_RESULT;

/* Leaves out the last columns that are empty in all rows, but for the first @n_kept ones. */
void            kobra_sheet_grid_trim       (KobraSheetGrid *self,
                                             guint           n_kept);

/* Whether a text is longer than @max bytes. */
gboolean        kobra_sheet_grid_has_longer (const KobraSheetGrid *self,
                                             gsize                 max);

/* What is in a row of the grid when it is repeated in both directions: @cells has room for @n_columns of them. */
void            kobra_sheet_grid_peek_row   (const KobraSheetGrid *self,
                                             guint                 row,
                                             const char          **cells,
                                             guint                 n_columns);
void            kobra_sheet_grid_free       (KobraSheetGrid *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraSheetGrid, kobra_sheet_grid_free)

G_END_DECLS
