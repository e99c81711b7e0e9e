/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "kobra-rows.h"

G_BEGIN_DECLS

/*
 * The records of one import: columns with headers, rows with an ID each. The sheet, the form, a paste and a fill-down all
 * come here.
 *
 * Signal "rows-changed" (guint position, guint n_removed, guint n_added, const KobraRowList *removed): like GListModel's
 * items-changed, once per splice or per run of edited rows; @removed are the rows as they were, valid during the signal.
 * Signal "columns-changed" (): columns were added at the end, or are gone from there again.
 * Signal "state-taken-back" (gpointer state): a step that has a state of its holder's was undone, or is about to be done again.
 * Properties "can-undo", "can-redo" and "undo-name", "redo-name" (for people, translated, or NULL) notify.
 */
#define KOBRA_TYPE_TABLE (kobra_table_get_type ())
G_DECLARE_FINAL_TYPE (KobraTable, kobra_table, KOBRA, TABLE, GObject)

/* A table of @headers (ended by NULL) and @rows, which it takes; @rows may be NULL. */
KobraTable  *kobra_table_new           (const char *const *headers,
                                        KobraRows         *rows) G_GNUC_WARN_UNUSED_RESULT;

guint        kobra_table_get_n_rows    (KobraTable *self);
guint        kobra_table_get_n_columns (KobraTable *self);
const char  *kobra_table_get_header    (KobraTable *self,
                                        guint       column);
const char  *kobra_table_get_text      (KobraTable *self,
                                        guint       row,
                                        guint       column);
const KobraRow *kobra_table_peek_row   (KobraTable *self,
                                        guint       row);

/* IDs are below this. */
guint32      kobra_table_get_id_limit  (KobraTable *self);

/* Whether the rows from @row on are of the same records as @rows. */
gboolean     kobra_table_has_records   (KobraTable         *self,
                                        guint               row,
                                        const KobraRowList *rows);

/* Where the record is now; FALSE if it was deleted. */
gboolean     kobra_table_find_id       (KobraTable *self,
                                        guint32     id,
                                        guint      *row);

/* Quick, however many rows there are: what is frozen shares them with the table. */
KobraFrozen *kobra_table_freeze        (KobraTable *self) G_GNUC_WARN_UNUSED_RESULT;

/* Only some of the rows. */
KobraFrozen *kobra_table_freeze_rows   (KobraTable *self,
                                        guint       row,
                                        guint       n) G_GNUC_WARN_UNUSED_RESULT;

/* Bytes held. */
gsize        kobra_table_get_size      (KobraTable *self);

/* Edits. Those between begin and end are one step to undo, called @name (for people, translated); begin and end nest, the
 * outermost name counts. An edit outside is a step of its own. An edit returns FALSE and changes nothing if there is no
 * memory, a limit is passed, or @text is not valid UTF-8. */
void         kobra_table_begin_step    (KobraTable *self,
                                        const char *name);
void         kobra_table_end_step      (KobraTable *self);

gboolean     kobra_table_set_text      (KobraTable *self,
                                        guint       row,
                                        guint       column,
                                        const char *text);

/* The same while somebody types in a cell: as part of the latest step if that one was about typing in the same cell, so that undo
 * takes back the word and not its last letter. */
gboolean     kobra_table_retype        (KobraTable *self,
                                        guint       row,
                                        guint       column,
                                        const char *text);

/* What is typed from now on is another step, though it be in the same cell. */
void         kobra_table_end_typing    (KobraTable *self);

/* A column more, the last, with @header, which must be valid UTF-8; every cell of it is empty. */
gboolean     kobra_table_add_column    (KobraTable *self,
                                        const char *header);

/* Several cells of one row at once: @texts[i] replaces column @columns[i]. */
gboolean     kobra_table_set_texts     (KobraTable        *self,
                                        guint              row,
                                        const guint       *columns,
                                        const char *const *texts,
                                        guint              n);

/* What else the open step changes, of whoever holds the table: how that was and how it is now. Both are taken; "state-taken-back" gives them back. */
void         kobra_table_note_state    (KobraTable     *self,
                                        gpointer        before,
                                        gpointer        after,
                                        GDestroyNotify  free_state);

/* Rows that a worker made take the place of as many from @position on; they must be those that are there, but for their cells. @arena, which
 * holds the cells, is taken. */
void         kobra_table_replace_rows  (KobraTable         *self,
                                        guint               position,
                                        const KobraRowList *rows,
                                        KobraArena         *arena);

/* Whether @n rows from @position on are those that were frozen. */
gboolean     kobra_table_is_as_frozen  (KobraTable        *self,
                                        const KobraFrozen *frozen,
                                        guint              position,
                                        guint              n);

/* Empty rows before @row, which may be the number of rows. */
gboolean     kobra_table_insert_rows   (KobraTable *self,
                                        guint       row,
                                        guint       n);
gboolean     kobra_table_delete_rows   (KobraTable *self,
                                        guint       row,
                                        guint       n);

/*
 * Many edits that are got ready bit by bit, so that no frame waits for them, and then made at once, which is quick. A row is added at most once.
 * Adding returns FALSE if there is no memory or a text is not valid UTF-8; applying, if the table changed in the meantime or would get too many
 * rows: then nothing was done. However many they are, they are few signals; those may tell also of rows between them that are as they were.
 */
typedef struct _KobraBulk KobraBulk;

KobraBulk  *kobra_bulk_new           (KobraTable *table) G_GNUC_WARN_UNUSED_RESULT;
void         kobra_bulk_free          (KobraBulk *self);
gboolean     kobra_bulk_add           (KobraBulk        *self,
                                        guint              row,
                                        const guint       *columns,
                                        const char *const *texts,
                                        guint              n);
/* A row more, of @n texts: all of them come at once at the end, or before the row that kobra_bulk_insert_at() says. */
gboolean     kobra_bulk_insert        (KobraBulk         *self,
                                        const char *const *texts,
                                        guint              n);
void         kobra_bulk_insert_at     (KobraBulk *self,
                                        guint      row);
gboolean     kobra_bulk_apply         (KobraBulk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraBulk, kobra_bulk_free)

/* Rows anywhere, each at most once. Where they are too many apart, rows between them that stay are told of as removed and added again. */
void         kobra_table_delete_block  (KobraTable  *self,
                                        const guint *rows,
                                        guint        n_rows);

gboolean     kobra_table_can_undo      (KobraTable *self);
gboolean     kobra_table_can_redo      (KobraTable *self);
const char  *kobra_table_get_undo_name (KobraTable *self);
const char  *kobra_table_get_redo_name (KobraTable *self);
void         kobra_table_undo          (KobraTable *self);

/* Tells the step that undo takes back from all others; 0: there is none. */
guint64      kobra_table_get_undo_serial (KobraTable *self);

/* If the step before the latest is the one with @serial, both become one, called @name (for people, translated). */
gboolean     kobra_table_join_steps    (KobraTable *self,
                                        guint64     serial,
                                        const char *name);
void         kobra_table_redo          (KobraTable *self);

G_END_DECLS
