/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A sheet model of any size that holds no cells: texts follow from row and column, what was set differs. Column 2 is numeric,
 * column 4 dimmed, column 5 one of F and M, column 6 a date; every 7th row has an error in column 1, every 10th a warning in column 3.
 */

#include "kobra-sheet-model.h"

G_BEGIN_DECLS

#define KOBRA_TYPE_TEST_SHEET_MODEL (kobra_test_sheet_model_get_type ())
G_DECLARE_FINAL_TYPE (KobraTestSheetModel, kobra_test_sheet_model, KOBRA, TEST_SHEET_MODEL, GObject)

KobraTestSheetModel *kobra_test_sheet_model_new           (guint n_rows,
                                                           guint n_columns) G_GNUC_WARN_UNUSED_RESULT;

/* As another part of the program would: tells. */
void                 kobra_test_sheet_model_set           (KobraTestSheetModel *self,
                                                           guint                row,
                                                           guint                column,
                                                           const char          *text);
/* Rows come or go at @position; set texts stay with their row numbers. */
void                 kobra_test_sheet_model_splice        (KobraTestSheetModel *self,
                                                           guint                position,
                                                           guint                n_removed,
                                                           guint                n_added);
void                 kobra_test_sheet_model_set_columns   (KobraTestSheetModel *self,
                                                           guint                n_columns);
void                 kobra_test_sheet_model_set_status    (KobraTestSheetModel *self,
                                                           const char          *status);
void                 kobra_test_sheet_model_set_read_only (KobraTestSheetModel *self,
                                                           gboolean             is_read_only);
/* How often peek_text was asked since the last time. */
guint                kobra_test_sheet_model_count_peeks   (KobraTestSheetModel *self);

G_END_DECLS
