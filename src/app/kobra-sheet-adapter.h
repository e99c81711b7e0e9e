/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"
#include "kobra-sheet-model.h"
#include "kobra-view.h"

G_BEGIN_DECLS

/*
 * An import as the sheet sees it: its table's cells, its problems as marks, its results as row icons; filtered, sorted and with its columns
 * moved or hidden as the person likes. So the sheet's rows and columns are not the table's: the functions below lead from one to the other.
 * What is done to the sheet's cells touches the records and fields that are shown, and no others.
 *
 * Property "finding": whether another view is being found; until it is there the sheet shows the old one.
 * Signal "view-changed" (): another view is shown, or other columns.
 */
#define KOBRA_TYPE_SHEET_ADAPTER (kobra_sheet_adapter_get_type ())
G_DECLARE_FINAL_TYPE (KobraSheetAdapter, kobra_sheet_adapter, KOBRA, SHEET_ADAPTER, GObject)

/* The import must have a table; when it gets another one, make another adapter. */
KobraSheetAdapter *kobra_sheet_adapter_new (KobraImport *import) G_GNUC_WARN_UNUSED_RESULT;

/* The table's row or column that is in the sheet's @row or @column. */
guint              kobra_sheet_adapter_get_table_row    (KobraSheetAdapter *self,
                                                         guint              row);
guint              kobra_sheet_adapter_get_table_column (KobraSheetAdapter *self,
                                                         guint              column);

/* Where the table's row or column is in the sheet; FALSE if it is filtered out or hidden. */
gboolean           kobra_sheet_adapter_find_row         (KobraSheetAdapter *self,
                                                         guint              table_row,
                                                         guint             *row);
gboolean           kobra_sheet_adapter_find_column      (KobraSheetAdapter *self,
                                                         guint              table_column,
                                                         guint             *column);

/* The table's rows in @n rows of the sheet from @row on (guint), in the sheet's order. */
GArray            *kobra_sheet_adapter_dup_table_rows   (KobraSheetAdapter *self,
                                                         guint              row,
                                                         guint              n) G_GNUC_WARN_UNUSED_RESULT;

/* Which records are shown and in which order. Finding them takes a moment, but not for all in file order; they stay shown whatever is
 * edited, until the view is set again. */
void               kobra_sheet_adapter_set_view         (KobraSheetAdapter *self,
                                                         const KobraView   *view);
const KobraView   *kobra_sheet_adapter_get_view         (KobraSheetAdapter *self);
gboolean           kobra_sheet_adapter_is_finding       (KobraSheetAdapter *self);

/* An empty record after the sheet's @row, or at the end; returns the sheet's row that it is in. -1: it can't be. */
int                kobra_sheet_adapter_insert_row       (KobraSheetAdapter *self,
                                                         int                row);
/* Deletes the records in these rows of the sheet. FALSE if one of them is being sent. */
gboolean           kobra_sheet_adapter_delete_rows      (KobraSheetAdapter *self,
                                                         guint              row,
                                                         guint              n);

G_END_DECLS
