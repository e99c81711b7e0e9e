/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What a KobraSheet shows: rows and columns of text, marks on cells, an icon on rows. All functions are called on the main
 * thread, many times a frame for what is visible and in long loops for a search or a copy, so they must be quick: a look-up,
 * no allocation where a const char * is returned, no I/O.
 *
 * Rows and columns count from 0. A function is never called with a row or column past the end, unless it says so.
 *
 * Signals; models emit them with the functions at the end:
 *   "rows-changed" (guint position, guint n_removed, guint n_added): after the change, like GListModel's items-changed. Rows
 *       whose content changed are removed and added in the same place; the sheet then keeps cursor and editor on them.
 *   "columns-changed" (): columns were added, removed, renamed, or look different.
 *   "marks-changed" (guint position, guint n_rows): marks, row icon or status of these rows; the text is what it was.
 */

#include <gio/gio.h>

#include "kobra-sheet-tsv.h"

G_BEGIN_DECLS

typedef enum
{
  KOBRA_SHEET_MARK_NONE,
  KOBRA_SHEET_MARK_WARNING,
  KOBRA_SHEET_MARK_ERROR,
} KobraSheetMark;

/* How cells of a column are edited. */
typedef enum
{
  KOBRA_SHEET_KIND_TEXT,
  KOBRA_SHEET_KIND_CHOICE, /* one of a list */
  KOBRA_SHEET_KIND_DATE,   /* yyyy-mm-dd */
} KobraSheetKind;

/* What a person does when many cells are written at once. */
typedef enum
{
  KOBRA_SHEET_WRITE_PASTE,
  KOBRA_SHEET_WRITE_FILL,
  KOBRA_SHEET_WRITE_CLEAR,
  KOBRA_SHEET_WRITE_INSERT, /* as new rows, before the one that is there */
  KOBRA_SHEET_WRITE_MOVE,   /* the same, for rows that remove_rows took out: if that was done last, both are one step */
} KobraSheetWrite;

#define KOBRA_TYPE_SHEET_MODEL (kobra_sheet_model_get_type ())
G_DECLARE_INTERFACE (KobraSheetModel, kobra_sheet_model, KOBRA, SHEET_MODEL, GObject)

/* The first three and peek_text must be there; each other one may be NULL, and then does what its comment says. */
struct _KobraSheetModelInterface
{
  GTypeInterface parent_iface;

  guint          (*get_n_rows)        (KobraSheetModel *self);
  guint          (*get_n_columns)     (KobraSheetModel *self);

  /* What the column is called: one line of valid UTF-8. */
  char          *(*dup_header)        (KobraSheetModel *self,
                                       guint            column);

  /* More about the column, shown as the header's tooltip, e.g. which field it is; or NULL. Without: NULL. */
  char          *(*dup_header_hint)   (KobraSheetModel *self,
                                       guint            column);

  /* Drawn faintly, e.g. because it is not sent. Without: FALSE. */
  gboolean       (*is_column_dimmed)  (KobraSheetModel *self,
                                       guint            column);

  /* Aligned at the end, with figures of one width. Without: FALSE. */
  gboolean       (*is_column_numeric) (KobraSheetModel *self,
                                       guint            column);

  /* The name of a symbolic icon at the header's end, e.g. that rows are sorted by it, or NULL. Without: NULL. */
  const char    *(*get_header_icon)   (KobraSheetModel *self,
                                       guint            column);

  /* What the column keeps wherever it is moved, so that its width goes with it. Without: its place. */
  guint          (*get_column_key)    (KobraSheetModel *self,
                                       guint            column);

  /* Takes the column out and puts it in so that it is at @to, and tells. FALSE if it can't be. Without: no column can be moved. */
  gboolean       (*move_column)       (KobraSheetModel *self,
                                       guint            column,
                                       guint            to);

  /* Valid until the next call; never NULL; valid UTF-8, of any length and content. */
  const char    *(*peek_text)         (KobraSheetModel *self,
                                       guint            row,
                                       guint            column);

  /* Without: KOBRA_SHEET_MARK_NONE. */
  KobraSheetMark (*get_mark)          (KobraSheetModel *self,
                                       guint            row,
                                       guint            column);

  /* The words for a mark, for people, or NULL. Without: NULL. */
  char          *(*dup_mark_text)     (KobraSheetModel *self,
                                       guint            row,
                                       guint            column);

  /* What stands in the frozen leading column, e.g. a line number. Without: the row's number, from 1. */
  char          *(*dup_row_name)      (KobraSheetModel *self,
                                       guint            row);

  /* The name of a symbolic icon, or NULL. Without: NULL. */
  const char    *(*get_row_icon)      (KobraSheetModel *self,
                                       guint            row);

  /* What colours the icon: "success", "warning", "error", "accent", "dim", or NULL for the colour of text. Without: NULL. */
  const char    *(*get_row_style)     (KobraSheetModel *self,
                                       guint            row);

  /* The row icon's meaning in words, for its tooltip and for screen readers, or NULL. Without: NULL. */
  char          *(*dup_row_status)    (KobraSheetModel *self,
                                       guint            row);

  /* Without: KOBRA_SHEET_KIND_TEXT. */
  KobraSheetKind (*get_kind)          (KobraSheetModel *self,
                                       guint            column);

  /* The text of the column's choice @index, of static life, and in *@label what it means, for people, to be freed; NULL past the last. Without:
   * there are none. */
  const char    *(*get_choice)        (KobraSheetModel *self,
                                       guint            column,
                                       guint            index,
                                       char           **label);

  /* What @text, as a person types it, is in the column's own form; NULL if it is that already or nobody can tell. Without: NULL. */
  char          *(*dup_normal)        (KobraSheetModel *self,
                                       guint            column,
                                       const char      *text);

  /* What is to be said, for people, of @text while it is typed into the cell, and the mark that the cell would get. Without: NULL. */
  char          *(*dup_typed_words)   (KobraSheetModel *self,
                                       guint            row,
                                       guint            column,
                                       const char      *text,
                                       KobraSheetMark  *mark);

  /* Without: TRUE if there is set_text. */
  gboolean       (*is_editable)       (KobraSheetModel *self,
                                       guint            row,
                                       guint            column);

  /* Called only if the text is another one. FALSE if the model does not take it. */
  gboolean       (*set_text)          (KobraSheetModel *self,
                                       guint            row,
                                       guint            column,
                                       const char      *text);

  /* Takes out rows, as one step to undo: they were cut as a whole. FALSE if the model does not; then their cells are emptied.
   * Without: FALSE. */
  gboolean       (*remove_rows)       (KobraSheetModel *self,
                                       guint            row,
                                       guint            n_rows);

  /* Puts @grid, which the model takes, over @n_rows times @n_columns cells, again and again if they are more than it has; as one step to undo.
   * May reach past the last row or column: the model adds rows, or leaves out what has no place. A few thousand cells are there when it returns;
   * for more it takes its time between frames, and all of them come at the end. Without: nothing can be written. */
  void           (*write_async)       (KobraSheetModel    *self,
                                       KobraSheetWrite     what,
                                       guint               row,
                                       guint               column,
                                       KobraSheetGrid     *grid,
                                       guint               n_rows,
                                       guint               n_columns,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);

  /* In *@row where the first of them is. FALSE, with words for people, if nothing was written. */
  gboolean       (*write_finish)      (KobraSheetModel *self,
                                       GAsyncResult    *result,
                                       guint           *row,
                                       GError         **error);

  /* Moves *@row, *@column to the next or previous marked cell; FALSE, and both as they were, if there is none.
   * Without: the sheet looks itself, cell by cell, a slice of time at once. */
  gboolean       (*find_mark)         (KobraSheetModel *self,
                                       gboolean         forward,
                                       guint           *row,
                                       guint           *column);
};

guint          kobra_sheet_model_get_n_rows        (KobraSheetModel *self);
guint          kobra_sheet_model_get_n_columns     (KobraSheetModel *self);
char          *kobra_sheet_model_dup_header        (KobraSheetModel *self,
                                                    guint            column) G_GNUC_WARN_UNUSED_RESULT;
char          *kobra_sheet_model_dup_header_hint   (KobraSheetModel *self,
                                                    guint            column) G_GNUC_WARN_UNUSED_RESULT;
gboolean       kobra_sheet_model_is_column_dimmed  (KobraSheetModel *self,
                                                    guint            column);
gboolean       kobra_sheet_model_is_column_numeric (KobraSheetModel *self,
                                                    guint            column);
const char    *kobra_sheet_model_get_header_icon   (KobraSheetModel *self,
                                                    guint            column);
guint          kobra_sheet_model_get_column_key    (KobraSheetModel *self,
                                                    guint            column);
gboolean       kobra_sheet_model_move_column       (KobraSheetModel *self,
                                                    guint            column,
                                                    guint            to);
const char    *kobra_sheet_model_peek_text         (KobraSheetModel *self,
                                                    guint            row,
                                                    guint            column);
KobraSheetMark kobra_sheet_model_get_mark          (KobraSheetModel *self,
                                                    guint            row,
                                                    guint            column);
char          *kobra_sheet_model_dup_mark_text     (KobraSheetModel *self,
                                                    guint            row,
                                                    guint            column) G_GNUC_WARN_UNUSED_RESULT;
char          *kobra_sheet_model_dup_row_name      (KobraSheetModel *self,
                                                    guint            row) G_GNUC_WARN_UNUSED_RESULT;
const char    *kobra_sheet_model_get_row_icon      (KobraSheetModel *self,
                                                    guint            row);
const char    *kobra_sheet_model_get_row_style     (KobraSheetModel *self,
                                                    guint            row);
char          *kobra_sheet_model_dup_row_status    (KobraSheetModel *self,
                                                    guint            row) G_GNUC_WARN_UNUSED_RESULT;
KobraSheetKind kobra_sheet_model_get_kind          (KobraSheetModel *self,
                                                    guint            column);
const char    *kobra_sheet_model_get_choice        (KobraSheetModel *self,
                                                    guint            column,
                                                    guint            index,
                                                    char           **label);
char          *kobra_sheet_model_dup_normal        (KobraSheetModel *self,
                                                    guint            column,
                                                    const char      *text) G_GNUC_WARN_UNUSED_RESULT;
char          *kobra_sheet_model_dup_typed_words   (KobraSheetModel *self,
                                                    guint            row,
                                                    guint            column,
                                                    const char      *text,
                                                    KobraSheetMark  *mark) G_GNUC_WARN_UNUSED_RESULT;
gboolean       kobra_sheet_model_is_editable       (KobraSheetModel *self,
                                                    guint            row,
                                                    guint            column);
gboolean       kobra_sheet_model_set_text          (KobraSheetModel *self,
                                                    guint            row,
                                                    guint            column,
                                                    const char      *text);
gboolean       kobra_sheet_model_remove_rows       (KobraSheetModel *self,
                                                    guint            row,
                                                    guint            n_rows);
void           kobra_sheet_model_write_async       (KobraSheetModel    *self,
                                                    KobraSheetWrite     what,
                                                    guint               row,
                                                    guint               column,
                                                    KobraSheetGrid     *grid,
                                                    guint               n_rows,
                                                    guint               n_columns,
                                                    GCancellable       *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer            user_data);
gboolean       kobra_sheet_model_write_finish      (KobraSheetModel *self,
                                                    GAsyncResult    *result,
                                                    guint           *row,
                                                    GError         **error);
gboolean       kobra_sheet_model_can_find_mark     (KobraSheetModel *self);
gboolean       kobra_sheet_model_find_mark         (KobraSheetModel *self,
                                                    gboolean         forward,
                                                    guint           *row,
                                                    guint           *column);

/* For models: say what changed, after it did. */
void           kobra_sheet_model_rows_changed      (KobraSheetModel *self,
                                                    guint            position,
                                                    guint            n_removed,
                                                    guint            n_added);
void           kobra_sheet_model_columns_changed   (KobraSheetModel *self);
void           kobra_sheet_model_marks_changed     (KobraSheetModel *self,
                                                    guint            position,
                                                    guint            n_rows);

G_END_DECLS
