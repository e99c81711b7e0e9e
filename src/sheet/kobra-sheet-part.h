/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What stands for a row or a cell on the accessibility bus. Only kobra-sheet-accessible.c makes them, and decides which row each
 * stands for; see there. */

#include "kobra-sheet-private.h"

G_BEGIN_DECLS

#define KOBRA_TYPE_SHEET_PART (kobra_sheet_part_get_type ())
G_DECLARE_FINAL_TYPE (KobraSheetPart, kobra_sheet_part, KOBRA, SHEET_PART, GObject)

struct _KobraSheetPart
{
  GObject           parent_instance;

  GtkAccessibleRole role;
  GtkATContext     *context;
  KobraSheet       *sheet;    /* NULL once it is gone */
  KobraSheetPart   *parent;   /* the row, of a cell */
  gboolean          is_header;
  gboolean          is_bound; /* row or column count */
  guint             row;      /* of a row */
  guint             column;   /* of a cell that is not the row's leading one */

  /* Of a row. */
  gboolean          is_new;   /* it stands for another row than before, and that was not told yet */
  gboolean          is_known; /* its cells were asked for since it stands for this row ... */
  guint             first;    /* ... when these columns were visible */
  guint             last;
  KobraSheetPart   *leading;
  GPtrArray        *cells;    /* column n is at n modulo their number */
};

KobraSheetPart *kobra_sheet_part_new_row      (KobraSheet *sheet,
                                               gboolean    is_header) G_GNUC_WARN_UNUSED_RESULT;
/* Lets go of a row and its cells, which somebody else may hold on to longer than the sheet lives: a GDestroyNotify. */
void            kobra_sheet_part_drop         (gpointer    data);

/* The part for a column of a row, or NULL if the column is not visible. */
KobraSheetPart *kobra_sheet_part_get_cell     (KobraSheetPart *row,
                                               guint           column);
/* Make a cell, or a row with all that it holds, say what they now stand for; GTK tells of what is different. */
void            kobra_sheet_part_refresh_cell (KobraSheetPart *self);
void            kobra_sheet_part_refresh_row  (KobraSheetPart *self);
/* Tells whoever knows the row that it is another one, or has other cells. */
void            kobra_sheet_part_announce_row (KobraSheetPart *self);

/* What a screen reader says for a cell, with its problem. */
char           *kobra_sheet_part_dup_speech   (KobraSheet *sheet,
                                               guint       row,
                                               guint       column) G_GNUC_WARN_UNUSED_RESULT;

/* From kobra-sheet-accessible.c: what comes after a row. */
GtkAccessible  *kobra_sheet_accessible_ref_next (KobraSheet     *self,
                                                 KobraSheetPart *row);

G_END_DECLS
