/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-rows.h"

G_BEGIN_DECLS

/* Rows taken out at a position and rows put in their place. Packed rows never change, so two lists of them say it all. */
typedef struct
{
  guint         position;
  KobraRowList *removed;
  KobraRowList *added;
} KobraSplice;

/* What a person undoes at once. */
typedef struct
{
  char      *name;    /* for people, translated */
  guint64    serial;  /* of the undo that it was pushed to; from 1 */
  GPtrArray *splices; /* KobraSplice, in the order they were made */
  gpointer   before, after; /* the state of whoever holds the table, before and after the step, or NULL */
  GDestroyNotify free_state;
  GPtrArray *headers; /* char: of the columns that were added, last in the table, before any splice */
} KobraStep;

KobraStep   *kobra_step_new  (const char *name) G_GNUC_WARN_UNUSED_RESULT;
void         kobra_step_free (KobraStep *self);

/* Notes a splice; takes the lists. */
void         kobra_step_take  (KobraStep    *self,
                               guint         position,
                               KobraRowList *removed,
                               KobraRowList *added);

/* Whether an edit of the row at @position touches what the step's last splice edited, or follows it directly. */
gboolean     kobra_step_joins (KobraStep *self,
                               guint      position);

/* Notes such an edit of one row as part of the last splice. */
void         kobra_step_join  (KobraStep      *self,
                               guint           position,
                               const KobraRow *removed,
                               const KobraRow *added);

/* The steps that can be undone and redone. */
typedef struct
{
  GPtrArray *done;   /* KobraStep */
  GPtrArray *undone; /* KobraStep */
  guint64    n_pushed;
} KobraUndo;

void         kobra_undo_init  (KobraUndo *self);
void         kobra_undo_clear (KobraUndo *self);

/* Takes @step as the latest; what had been undone can't be redone any more. */
void         kobra_undo_push  (KobraUndo *self,
                               KobraStep *step);

/* Makes one of the latest step and the one before, if that is @serial and neither is about more than rows. */
gboolean     kobra_undo_join  (KobraUndo  *self,
                               guint64     serial,
                               const char *name);

/* The step that undo or redo would take, or NULL; kobra_undo_move() then moves it to the other side. */
KobraStep   *kobra_undo_peek  (KobraUndo *self,
                               gboolean   redo);
void         kobra_undo_move  (KobraUndo *self,
                               gboolean   redo);

G_END_DECLS
