/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The sheet: a grid of cells for any KobraSheetModel, as people know it from spreadsheets, virtual in both directions. This
 * room knows GTK and nothing of the program around it.
 *
 * A GtkScrollable: put it into a GtkScrolledWindow. Named actions, for menus and shortcuts: "clipboard.cut", "clipboard.copy",
 * "clipboard.paste", "clipboard.paste-rows", "selection.delete" (empties the cells), "selection.fill-down", "selection.select-all", "sheet.edit",
 * "sheet.next-mark", "sheet.previous-mark".
 *
 * "sheet.column-menu" opens the menu of the cursor's column, "sheet.fit-column" makes it as wide as what it holds, "sheet.move-column-back" and
 * "sheet.move-column-forth" move it.
 *
 * Properties: "model"; "cursor-row" and "cursor-column" (int, -1: none) notify when the cursor moves; "editing" when an
 * edit begins or ends, for a window whose own keys mean something else in a text, such as Ctrl+Z; "slow-paste" (boolean) while what is pasted
 * is waited for longer than a moment: say so, and offer kobra_sheet_cancel_paste(). Signals:
 *   "selection-changed" (): the rectangle that kobra_sheet_get_selection() tells is another one.
 *   "columns-arranged" (): a person gave a column another width or place.
 *   "refused" (const char *words): what the person asked for was not done; the words, for people, say why. Show them.
 */

#include <gtk/gtk.h>

#include "kobra-sheet-model.h"

G_BEGIN_DECLS

#define KOBRA_TYPE_SHEET (kobra_sheet_get_type ())
G_DECLARE_FINAL_TYPE (KobraSheet, kobra_sheet, KOBRA, SHEET, GtkWidget)

GtkWidget       *kobra_sheet_new           (void) G_GNUC_WARN_UNUSED_RESULT;

/* @model may be NULL. An edit under way goes to the old model first; cursor, scrolling and column widths start anew. */
void             kobra_sheet_set_model     (KobraSheet      *self,
                                            KobraSheetModel *model);
KobraSheetModel *kobra_sheet_get_model     (KobraSheet *self);

/* Selects the one cell and scrolls to it; -1, -1 selects nothing. Rows and columns past the end mean the last. */
void             kobra_sheet_set_cursor    (KobraSheet *self,
                                            int         row,
                                            int         column);
int              kobra_sheet_get_cursor_row    (KobraSheet *self);
int              kobra_sheet_get_cursor_column (KobraSheet *self);

/* Selects a rectangle, with the cursor in its first cell, and scrolls to that. It is cut to what the model has. */
void             kobra_sheet_select        (KobraSheet *self,
                                            guint       row,
                                            guint       n_rows,
                                            guint       column,
                                            guint       n_columns);

/* The selected rectangle; FALSE if there is none. Each pointer may be NULL. */
gboolean         kobra_sheet_get_selection (KobraSheet *self,
                                            guint      *row,
                                            guint      *n_rows,
                                            guint      *column,
                                            guint      *n_columns);

/* Menus of the program's own actions: @cells in the menu of cells, @header as the menu of a column, for the cursor's. Either may be NULL. */
void             kobra_sheet_set_menus     (KobraSheet *self,
                                            GMenuModel *cells,
                                            GMenuModel *header);

/* In pixels; a width of 0 is the one that the sheet chooses by what the column holds. */
int              kobra_sheet_get_column_width (KobraSheet *self,
                                               guint       column);
void             kobra_sheet_set_column_width (KobraSheet *self,
                                               guint       column,
                                               int         width);

/* Opens the editor in the cursor's cell, with its text; FALSE if the cell cannot be edited. */
gboolean         kobra_sheet_start_edit    (KobraSheet *self);

/* Ends an edit: @commit gives the text to the model, else the cell stays as it was. */
void             kobra_sheet_end_edit      (KobraSheet *self,
                                            gboolean    commit);
gboolean         kobra_sheet_is_editing    (KobraSheet *self);

/* The selection and the clipboard, as tab-separated text and as a table in HTML. Large ones take longer than the call. Rows that are cut as a whole
 * are taken out; of other cells the text is. */
void             kobra_sheet_copy          (KobraSheet *self);
void             kobra_sheet_cut           (KobraSheet *self);
void             kobra_sheet_paste         (KobraSheet *self);

/* As rows of their own, before the cursor's. Rows that were cut come back as such in any case. */
void             kobra_sheet_paste_rows    (KobraSheet *self);

/* Waits no longer for what the clipboard holds, as Escape does; nothing is pasted then. Does nothing once the cells are being written. */
void             kobra_sheet_cancel_paste  (KobraSheet *self);

/* Empties the selected cells. */
void             kobra_sheet_clear         (KobraSheet *self);

/* The selection's first row into the others; of a selection of one row, the row above it into that. */
void             kobra_sheet_fill_down     (KobraSheet *self);

/* To the next or previous cell with a mark, from the cursor; FALSE if there is none or it is still being looked for. */
gboolean         kobra_sheet_go_to_mark    (KobraSheet *self,
                                            gboolean    forward);

G_END_DECLS
