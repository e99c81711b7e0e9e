/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-table.h"
#include "kobra-undo.h"

G_BEGIN_DECLS

struct _KobraTable
{
  GObject     parent_instance;

  KobraArena *arena;
  GArray     *rows;    /* KobraRow */
  GPtrArray  *headers; /* char */
  guint32     next_id;

  guint32    *row_of_id;  /* as of the last look, or NULL: in need of one */
  gboolean    ids_are_rows; /* no row was ever moved: the record's ID is its row */

  KobraFrozen *frozen;       /* the rows as they are, until all are told of a change, for many may want them; or NULL */
  gboolean    is_telling;

  KobraUndo   undo;
  KobraStep  *step;         /* the open one, or NULL */
  guint       step_depth;
  guint       n_announced;  /* splices of the open step that listeners know of */
  KobraStep  *retyped;      /* the done step that retyping the same cell goes on with, or NULL; compared, never used */
  guint       retyped_column;
};

/* Replaces @n_removed rows by @added; tells nobody and notes it nowhere. */
void kobra_table_splice        (KobraTable     *self,
                                guint           position,
                                guint           n_removed,
                                const KobraRow *added,
                                guint           n_added);
void kobra_table_announce      (KobraTable     *self,
                                guint           position,
                                const KobraRow *removed,
                                guint           n_removed,
                                guint           n_added);
/* The same as part of the open step, which there must be: noted, and told. */
void kobra_table_replace       (KobraTable     *self,
                                guint           position,
                                guint           n_removed,
                                const KobraRow *added,
                                guint           n_added);
/* The same with arrays of KobraRow that it takes; @removed is what is there. */
void kobra_table_replace_taking (KobraTable *self,
                                 guint       position,
                                 GArray     *removed,
                                 GArray     *added);
void kobra_table_tell_state    (KobraTable     *self,
                                gpointer        state);
void kobra_table_tell_columns  (KobraTable     *self);
void kobra_table_notify_undo   (KobraTable     *self);

G_END_DECLS
