/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-change.h"
#include "kobra-find.h"
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

/* Where a change of the table is to be seen once it is made: a rectangle, if its rows and columns follow each other in the sheet, else the first
 * of them; FALSE if nothing of it is shown. */
gboolean           kobra_sheet_adapter_find_change      (KobraSheetAdapter *self,
                                                         const KobraChange *change,
                                                         guint             *row,
                                                         guint             *n_rows,
                                                         guint             *column,
                                                         guint             *n_columns);

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

/* Columns that are hidden keep their cells, and are sent like the others. FALSE: one must stay. */
gboolean           kobra_sheet_adapter_hide_columns     (KobraSheetAdapter *self,
                                                         guint              column,
                                                         guint              n);
void               kobra_sheet_adapter_show_column      (KobraSheetAdapter *self,
                                                         guint              table_column,
                                                         gboolean           shown);
guint              kobra_sheet_adapter_count_hidden     (KobraSheetAdapter *self);
/* All shown, in the table's order. */
void               kobra_sheet_adapter_reset_columns    (KobraSheetAdapter *self);

/* How the columns are arranged, by the names of their fields, which are the same in another file: the order, empty if it is the table's; and
 * those hidden. To be freed with g_strfreev(). */
char             **kobra_sheet_adapter_dup_column_order (KobraSheetAdapter *self) G_GNUC_WARN_UNUSED_RESULT;
char             **kobra_sheet_adapter_dup_hidden       (KobraSheetAdapter *self) G_GNUC_WARN_UNUSED_RESULT;
void               kobra_sheet_adapter_arrange_columns  (KobraSheetAdapter *self,
                                                         const char *const *order,
                                                         const char *const *hidden);

/* The name of the field in a column of the sheet, or NULL. */
const char        *kobra_sheet_adapter_get_field_name   (KobraSheetAdapter *self,
                                                         guint              column);
/* What a column of the table is called. */
char              *kobra_sheet_adapter_dup_table_header (KobraSheetAdapter *self,
                                                         guint              table_column) G_GNUC_WARN_UNUSED_RESULT;

/* An empty record after the sheet's @row, or at the end; returns the sheet's row that it is in. -1: it can't be. */
int                kobra_sheet_adapter_insert_row       (KobraSheetAdapter *self,
                                                         int                row);
/* Deletes the records in these rows of the sheet. FALSE if one of them is being sent. */
gboolean           kobra_sheet_adapter_delete_rows      (KobraSheetAdapter *self,
                                                         guint              row,
                                                         guint              n);

/* Finds text in what is shown, as kobra_find_async(); kobra_find_finish() ends it. */
void               kobra_sheet_adapter_find_async       (KobraSheetAdapter  *self,
                                                         const char         *text,
                                                         KobraNeedleFlags    flags,
                                                         const char         *with,
                                                         GCancellable       *cancellable,
                                                         GAsyncReadyCallback callback,
                                                         gpointer            user_data);

/* Replaces it everywhere in what is shown, as one step; returns in how many cells. What is being sent stays as it is. The error's message is for
 * people. */
void               kobra_sheet_adapter_replace_all_async  (KobraSheetAdapter  *self,
                                                           const char         *text,
                                                           KobraNeedleFlags    flags,
                                                           const char         *with,
                                                           GCancellable       *cancellable,
                                                           GAsyncReadyCallback callback,
                                                           gpointer            user_data);
guint              kobra_sheet_adapter_replace_all_finish (GAsyncResult *result,
                                                           GError      **error);

G_END_DECLS
