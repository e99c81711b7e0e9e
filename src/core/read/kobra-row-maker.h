/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"
#include "kobra-source.h"

G_BEGIN_DECLS

/* Cells of a spreadsheet, as they come, to rows for the sink: gaps are filled, empty cells at a row's end and rows at the sheet's end are dropped. */
typedef struct
{
  KobraSource *source;
  KobraBuffer  text;      /* the row's cells, each ended by a NUL, the last one being written */
  guint32      line;      /* of the row being made, from 1 */
  guint32      next_line; /* the first that the sink knows nothing of */
  guint        n_cells;   /* that have ended */
  guint        n_filled;  /* of these, up to the last that is not empty */
  gboolean     has_words; /* something but white space */
  gsize        cell_start;
  gsize       *starts;
  const char **cells;
  guint16     *lost;
  guint        n_lost;
  gsize        n_repeated; /* bytes of the rows that were told again */
  guint32      last_line; /* the sheet's extent, as far as it has something */
  guint        n_columns;
} KobraRowMaker;

void     kobra_row_maker_init  (KobraRowMaker *self,
                                KobraSource   *source);
void     kobra_row_maker_clear (KobraRowMaker *self);

/* Rows come in the order of their numbers. */
gboolean kobra_row_maker_begin_row (KobraRowMaker *self,
                                    guint64        line,
                                    GError       **error);

/* Cells come in the order of their columns, counted from 0. Write the cell to the text. */
gboolean kobra_row_maker_begin_cell (KobraRowMaker *self,
                                     guint64        column,
                                     GError       **error);

/* @is_lost: it is a number that lost digits. */
gboolean kobra_row_maker_end_cell (KobraRowMaker *self,
                                   gboolean       is_lost,
                                   GError       **error);
gboolean kobra_row_maker_end_row  (KobraRowMaker *self,
                                   GError       **error);

/* The row that was made, once more: for ODS, whose rows repeat. */
gboolean kobra_row_maker_repeat   (KobraRowMaker *self,
                                   GError       **error);

/* "cell BC12", translated. */
char    *kobra_row_maker_dup_place (const KobraRowMaker *self,
                                    guint64              column) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraRowMaker, kobra_row_maker_clear)

G_END_DECLS
