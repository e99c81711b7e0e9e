/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One rectangle of cells and the cursor in it, and how keys move them; no widget. The rectangle spans from its anchor to its
 * lead. The cursor is the anchor, until Tab or Enter walk it through a rectangle of several cells.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint row;
  guint n_rows;
  guint column;
  guint n_columns;
} KobraSheetRange;

typedef struct
{
  gboolean is_set;        /* nothing else counts if FALSE */
  guint    row;           /* the cursor */
  guint    column;
  guint    anchor_row;
  guint    anchor_column;
  guint    lead_row;
  guint    lead_column;
  gboolean is_tabbing;    /* since a run of Tabs began in tab_column; Enter goes back there */
  guint    tab_column;
} KobraSheetSelection;

typedef enum
{
  KOBRA_SHEET_MOVE_UP,
  KOBRA_SHEET_MOVE_DOWN,
  KOBRA_SHEET_MOVE_BACK,    /* to the previous column */
  KOBRA_SHEET_MOVE_FORTH,
  KOBRA_SHEET_MOVE_PAGE_UP,
  KOBRA_SHEET_MOVE_PAGE_DOWN,
  KOBRA_SHEET_MOVE_ROW_START,
  KOBRA_SHEET_MOVE_ROW_END,
  KOBRA_SHEET_MOVE_FIRST,
  KOBRA_SHEET_MOVE_LAST,
} KobraSheetMove;

/* The one cell. */
void            kobra_sheet_selection_set         (KobraSheetSelection *self,
                                                   guint                row,
                                                   guint                column);
/* From the cursor to this cell. */
void            kobra_sheet_selection_extend      (KobraSheetSelection *self,
                                                   guint                row,
                                                   guint                column);
/* Both corners; the cursor is at the anchor. */
void            kobra_sheet_selection_span        (KobraSheetSelection *self,
                                                   guint                anchor_row,
                                                   guint                anchor_column,
                                                   guint                lead_row,
                                                   guint                lead_column);
/* Of 0 cells if nothing is set. */
KobraSheetRange kobra_sheet_selection_get_range   (const KobraSheetSelection *self);

/* Where @move leads from *@row, *@column in a sheet of at least one cell. */
void            kobra_sheet_move_apply            (KobraSheetMove move,
                                                   guint          n_rows,
                                                   guint          n_columns,
                                                   guint          page,
                                                   guint         *row,
                                                   guint         *column);

/* Tab: to the next cell of the row, then of the next row; Shift+Tab: @forward is FALSE. Within the rectangle if it has several
 * cells, and then from its last to its first. FALSE at the end of the sheet: nothing moved. */
gboolean        kobra_sheet_selection_tab         (KobraSheetSelection *self,
                                                   gboolean             forward,
                                                   guint                n_rows,
                                                   guint                n_columns);
/* Enter: down; after a run of Tabs to where that began; within a rectangle of several cells down its columns. */
gboolean        kobra_sheet_selection_enter       (KobraSheetSelection *self,
                                                   gboolean             forward,
                                                   guint                n_rows,
                                                   guint                n_columns);

/* Where @row is after a change of rows like GListModel's items-changed; FALSE if it is gone. A row that was removed and one
 * added at its place is the same. */
gboolean        kobra_sheet_row_after_change      (guint *row,
                                                   guint  position,
                                                   guint  n_removed,
                                                   guint  n_added);
/* The same for a selection, which then goes to what is left. @n_rows and @n_columns are those after the change. */
void            kobra_sheet_selection_rows_changed (KobraSheetSelection *self,
                                                   guint                position,
                                                   guint                n_removed,
                                                   guint                n_added,
                                                   guint                n_rows,
                                                   guint                n_columns);
void            kobra_sheet_selection_clamp       (KobraSheetSelection *self,
                                                   guint                n_rows,
                                                   guint                n_columns);

G_END_DECLS
