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
  char        *text;  /* what the cells point into */
} KobraSheetGrid;

void            kobra_sheet_tsv_append_cell (GString    *out,
                                             const char *text);

/* @text is @length bytes of UTF-8, what is invalid in it is replaced; the grid takes it. A last line break begins no row. A quote
 * that closes nowhere is a character like any other. NULL if there are no cells or more than @max_cells. */
KobraSheetGrid *kobra_sheet_tsv_parse       (char  *text,
                                             gsize  length,
                                             gsize  max_cells) G_GNUC_WARN_UNUSED_RESULT;

/* @self repeated over @n_rows times @n_columns cells, which must be multiples of its own; it shares @self's texts. */
const char    **kobra_sheet_grid_tile       (const KobraSheetGrid *self,
                                             guint                 n_rows,
                                             guint                 n_columns) G_GNUC_WARN_UNUSED_RESULT;
void            kobra_sheet_grid_free       (KobraSheetGrid *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraSheetGrid, kobra_sheet_grid_free)

G_END_DECLS
