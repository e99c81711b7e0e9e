/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *cells; /* a guint16 with the number of cells, then that many texts, each ended by a NUL; then maybe marks */
  guint32     id;    /* of the record, from 0, never used again in this table */
  guint32     line;  /* where a person sees the record in their file, from 1; 0: it came from no file */
} KobraRow;

/*
 * Rows in order, in blocks. Several lists share a block until one of them changes it, and that one then gets its own: to copy a list, to put one
 * into another or to take part of one costs by the number of blocks and not of rows.
 *
 * A list belongs to one thread at a time; one that nobody changes, to any number of them. Lists that share blocks may be in different threads.
 */
typedef struct _KobraRowList KobraRowList;

KobraRowList *kobra_row_list_new        (void) G_GNUC_WARN_UNUSED_RESULT;
KobraRowList *kobra_row_list_copy       (const KobraRowList *self) G_GNUC_WARN_UNUSED_RESULT;

/* Of @n rows from @position on. */
KobraRowList *kobra_row_list_copy_part  (const KobraRowList *self,
                                         guint               position,
                                         guint               n) G_GNUC_WARN_UNUSED_RESULT;
void          kobra_row_list_free       (KobraRowList *self);

guint         kobra_row_list_get_length (const KobraRowList *self);

/* Blocks that the list is made of; for whoever wants to know what sharing them costs. */
guint         kobra_row_list_get_n_blocks (const KobraRowList *self);

/* Borrowed until the list changes. */
const KobraRow *kobra_row_list_peek     (const KobraRowList *self,
                                         guint               position);

/* The rows from @position on that lie one after the other; *@n, at least 1, is how many. */
const KobraRow *kobra_row_list_peek_run (const KobraRowList *self,
                                         guint               position,
                                         guint              *n);

/* For reading one row after the other: { .list = } to begin with, as long as the list does not change. */
typedef struct
{
  const KobraRowList *list;
  const KobraRow     *rows;
  guint               start;
  guint               n;
} KobraRowCursor;

static inline const KobraRow *
kobra_row_cursor_peek (KobraRowCursor *self,
                       guint           position)
{
  if (position - self->start >= self->n)
    {
      self->rows = kobra_row_list_peek_run (self->list, position, &self->n);
      self->start = position;
    }
  return self->rows + (position - self->start);
}

/* Writes @n rows from @position on to @rows. */
void          kobra_row_list_get        (const KobraRowList *self,
                                         guint               position,
                                         guint               n,
                                         KobraRow           *rows);

/* Whether both have the same @n rows from @position on. What they share is not looked at. */
gboolean      kobra_row_list_is_same    (const KobraRowList *self,
                                         const KobraRowList *other,
                                         guint               position,
                                         guint               n);

/* @rows are not in the list. */
void          kobra_row_list_append     (KobraRowList   *self,
                                         const KobraRow *rows,
                                         guint           n);
/* The same of @n rows of @other from @position on, which is another list. */
void          kobra_row_list_append_part (KobraRowList       *self,
                                          const KobraRowList *other,
                                          guint               position,
                                          guint               n);

void          kobra_row_list_set        (KobraRowList   *self,
                                         guint           position,
                                         const KobraRow *row);

/* In place of @n_removed rows from @position on come those of @added, which may be NULL: none. */
void          kobra_row_list_splice     (KobraRowList       *self,
                                         guint               position,
                                         guint               n_removed,
                                         const KobraRowList *added);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraRowList, kobra_row_list_free)

G_END_DECLS
