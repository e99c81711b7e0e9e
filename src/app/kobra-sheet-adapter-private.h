/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-order.h"
#include "kobra-sheet-adapter.h"

G_BEGIN_DECLS

struct _KobraSheetAdapter
{
  GObject       parent_instance;

  KobraImport  *import;
  KobraTable   *table;

  KobraView     view;
  KobraOrder   *order;      /* NULL: all records in file order */
  GCancellable *finding;    /* another view, or NULL */
  gboolean      is_appending; /* new records belong at the sheet's end */

  guint         view_serial; /* another one when another view or other columns are shown */
  guint64       cut_serial;  /* of the step that took rows out last */

  GArray       *columns;    /* guint, the table's, as shown */
  GArray       *hidden;     /* guint, the table's that are not */
  gboolean      is_arranged; /* columns are in another order than the table's */
};

/* kobra-sheet-adapter-edit.c: what the sheet's model does to cells. */
gboolean kobra_sheet_adapter_set_text     (KobraSheetModel   *model,
                                           guint              row,
                                           guint              column,
                                           const char        *text);
gboolean kobra_sheet_adapter_remove_rows  (KobraSheetModel *model,
                                           guint            row,
                                           guint            n_rows);
KobraSheetKind kobra_sheet_adapter_get_kind (KobraSheetModel *model,
                                             guint            column);
const char *kobra_sheet_adapter_get_choice (KobraSheetModel *model,
                                            guint            column,
                                            guint            index,
                                            char           **label);
char    *kobra_sheet_adapter_dup_normal   (KobraSheetModel *model,
                                           guint            column,
                                           const char      *text) G_GNUC_WARN_UNUSED_RESULT;
char    *kobra_sheet_adapter_dup_typed_words (KobraSheetModel *model,
                                              guint            row,
                                              guint            column,
                                              const char      *text,
                                              KobraSheetMark  *mark) G_GNUC_WARN_UNUSED_RESULT;

/* kobra-sheet-adapter-write.c */
void     kobra_sheet_adapter_write_async  (KobraSheetModel    *model,
                                           KobraSheetWrite     what,
                                           guint               row,
                                           guint               column,
                                           KobraSheetGrid     *grid,
                                           guint               n_rows,
                                           guint               n_columns,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
gboolean kobra_sheet_adapter_write_finish (KobraSheetModel *model,
                                           GAsyncResult    *result,
                                           guint           *row,
                                           GError         **error);

/* kobra-sheet-adapter.c: the field in a column of the sheet, or NULL. */
const KobraField *kobra_sheet_adapter_get_field (KobraSheetAdapter *self,
                                                 guint              column);

/* kobra-sheet-adapter-columns.c */
gboolean kobra_sheet_adapter_move_column  (KobraSheetModel *model,
                                           guint            column,
                                           guint            to);
/* After columns came to the table or went. */
void     kobra_sheet_adapter_follow_columns (KobraSheetAdapter *self);

/* kobra-sheet-adapter-view.c */
void     kobra_sheet_adapter_follow_table (KobraSheetAdapter  *self,
                                           guint               position,
                                           guint               n_removed,
                                           guint               n_added,
                                           const KobraRowList *removed);
void     kobra_sheet_adapter_follow_marks (KobraSheetAdapter *self,
                                           guint              position,
                                           guint              n_rows);

G_END_DECLS
