/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Looking for a cell among millions without holding up a frame: a search that goes on in steps. It asks a function about
 * cells; it knows no model.
 */

#include <glib.h>

G_BEGIN_DECLS

/* Whether the cell is one: has text, or has a mark. */
typedef gboolean (*KobraSheetSeekFunc) (guint    row,
                                        guint    column,
                                        gpointer data);

typedef enum
{
  KOBRA_SHEET_SEEK_EDGE,    /* Ctrl+arrow: to the last cell of a run, or over a gap to the next cell, or to the sheet's end */
  KOBRA_SHEET_SEEK_NEXT,    /* to the next cell in reading order */
  KOBRA_SHEET_SEEK_PREVIOUS,
} KobraSheetSeekKind;

typedef struct
{
  KobraSheetSeekKind kind;
  guint              n_rows;
  guint              n_columns;
  int                row_step;    /* -1, 0 or 1; for EDGE */
  int                column_step;
  gboolean           is_begun;
  gboolean           in_run;
  guint              row;         /* where the search stands; when done, what was found */
  guint              column;
  gboolean           is_found;    /* when done; always for EDGE */
} KobraSheetSeek;

/* From a cell that there is; the steps count for EDGE only. */
void     kobra_sheet_seek_init (KobraSheetSeek     *self,
                                KobraSheetSeekKind  kind,
                                guint               n_rows,
                                guint               n_columns,
                                guint               row,
                                guint               column,
                                int                 row_step,
                                int                 column_step);

/* Looks at up to @n_cells more; TRUE if it is done. */
gboolean kobra_sheet_seek_run  (KobraSheetSeek     *self,
                                guint               n_cells,
                                KobraSheetSeekFunc  func,
                                gpointer            data);

G_END_DECLS
