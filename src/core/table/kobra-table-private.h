/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-table.h"
#include "kobra-undo.h"

G_BEGIN_DECLS

struct _KobraTable
{
  GObject     parent_instance;

  KobraArena   *arena;
  KobraRowList *rows;
  GPtrArray    *headers; /* char */
  guint32       next_id;

  guint32    *row_of_id;  /* as of the last look, or NULL: in need of one; a record is no more than @n_drifted rows from there */
  guint32     n_looked;   /* IDs that it is for */
  guint       n_drifted;  /* rows that came or went since */
  gboolean    ids_are_rows; /* no row was ever moved: the record's ID is its row */

  KobraUndo   undo;
  KobraStep  *step;         /* the open one, or NULL */
  guint       step_depth;
  guint       n_announced;  /* splices of the open step that listeners know of */
  KobraStep  *retyped;      /* the done step that retyping the same cell goes on with, or NULL; compared, never used */
  guint       retyped_column;
};

/* Replaces @n_removed rows by @added, which may be NULL: none. Tells nobody and notes it nowhere. */
void kobra_table_splice        (KobraTable         *self,
                                guint               position,
                                guint               n_removed,
                                const KobraRowList *added);
void kobra_table_announce      (KobraTable         *self,
                                guint               position,
                                const KobraRowList *removed,
                                guint               n_added);
/* As part of the open step, which there must be: noted, and told. Takes @added. */
void kobra_table_replace       (KobraTable     *self,
                                guint           position,
                                guint           n_removed,
                                KobraRowList   *added);
void kobra_table_tell_state    (KobraTable     *self,
                                gpointer        state);
void kobra_table_tell_columns  (KobraTable     *self);
void kobra_table_notify_undo   (KobraTable     *self);

G_END_DECLS
