/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-table.h"

G_BEGIN_DECLS

/* Rows that follow each other in the table. */
typedef struct
{
  guint row;
  guint n_rows;
} KobraRowRange;

/* What taking a step back, or doing it again, changes of a table, as the rows are afterwards: for whoever wants to see it. */
typedef struct
{
  GArray  *ranges;    /* KobraRowRange: rows with other cells or that come, in order, apart from each other */
  guint    column;    /* the first and the number of the columns that are other ones, in any of those rows; all columns of rows that come. Of many */
  guint    n_columns; /* rows only some are looked at. */
  gboolean is_gone;   /* there were rows that go, and none of the others */
  guint    gone_row;  /* where the first of them was */
} KobraChange;

/* Of the step that undo, or redo, would take; FALSE if there is none or it is not about cells. @change is to be cleared in any case. Takes some
 * milliseconds of a step with a million rows. */
gboolean kobra_table_find_change (KobraTable  *self,
                                  gboolean     redo,
                                  KobraChange *change);
void     kobra_change_clear      (KobraChange *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraChange, kobra_change_clear)

G_END_DECLS
