/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import-open.h"

G_BEGIN_DECLS

/* Which of a file's first rows name its columns, and which of its last are no records. Pure functions. */

/* A row of the file, kept until it is known what it is. */
typedef struct
{
  guint32  line;
  char   **cells; /* ended by NULL */
  guint    n_cells;
  guint16 *lost;  /* as in KobraReadRow */
  guint    n_lost;
  gboolean is_header; /* the format itself says so */
} KobraHeadRow;

void     kobra_head_row_clear  (gpointer data);

typedef struct
{
  int    first;   /* the place of the header's first row among those given, or -1: there is none */
  guint  n_rows;  /* 1 or 2 */
  char **headers; /* one per column, ended by NULL; NULL if there is none */
  guint  n_looked_up; /* cells that were looked up among the known names: bounded, whatever the rows are */
} KobraHeading;

/* @kinds has a bit for each KobraKind that the records may be. Two known names make a header wherever it stands; else words above what is not
 * words do. What @read says goes before. */
KobraHeading kobra_heading_find     (const KobraHeadRow     *rows,
                                     guint                   n_rows,
                                     const KobraReadOptions *read,
                                     guint                   kinds) G_GNUC_WARN_UNUSED_RESULT;

/* How many of the rows' first columns are empty in all of them. */
guint        kobra_heading_count_empty_columns (const KobraHeadRow *rows,
                                                guint               n_rows);

/* Whether the cells are those of @header again, white space around them aside. */
gboolean     kobra_heading_is_again (const char *const *header,
                                     const char *const *cells,
                                     guint              n_cells);

/* What the last of @n_rows rows is: KOBRA_LEFT_OUT_TOTAL, KOBRA_LEFT_OUT_NOTE, or KOBRA_N_LEFT_OUT: a record. @n_usual is how many cells the table's
 * rows have filled, as a rule. */
KobraLeftOutReason kobra_heading_judge_last (const char *const *cells,
                                             guint              n_cells,
                                             guint              n_usual);

G_END_DECLS
