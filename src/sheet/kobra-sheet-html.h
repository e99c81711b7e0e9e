/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Tables in HTML as spreadsheet programs and browsers put them on the clipboard. Read with no more than a tokenizer: what is no row, cell, line
 * break or text is passed over, so that nothing hostile has anything to work on.
 */

#include "kobra-sheet-tsv.h"

G_BEGIN_DECLS

void            kobra_sheet_html_begin       (GString *out);
void            kobra_sheet_html_begin_row   (GString *out);

/* @is_text: the cell is no number, whatever it looks like; LibreOffice and Excel would drop its leading zeros. */
void            kobra_sheet_html_append_cell (GString    *out,
                                              const char *text,
                                              gboolean    is_text);
void            kobra_sheet_html_end_row     (GString *out);
void            kobra_sheet_html_end         (GString *out);

/* The first table in @text, which is @length bytes of UTF-8, or UTF-16 that says so; what is invalid is replaced. A cell that spans several
 * columns or rows is its first one, the others are empty. A table within a table is part of its cell's text. NULL if there is none or it has more than @max_cells. */
KobraSheetGrid *kobra_sheet_html_parse       (const char *text,
                                              gsize       length,
                                              gsize       max_cells) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
