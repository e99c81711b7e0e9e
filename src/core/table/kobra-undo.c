/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-undo.h"

#include "kobra-banned.h"

static void
splice_free (gpointer data)
{
  KobraSplice *self = data;

  kobra_row_list_free (self->removed);
  kobra_row_list_free (self->added);
  g_free (self);
}

static KobraSplice *
last_edit (KobraStep *self)
{
  KobraSplice *last = self->splices->len > 0 ? g_ptr_array_index (self->splices, self->splices->len - 1) : NULL;

  return last != NULL && kobra_row_list_get_length (last->removed) == kobra_row_list_get_length (last->added) ? last : NULL;
}

KobraStep *
kobra_step_new (const char *name)
{
  KobraStep *self = g_new0 (KobraStep, 1);

  self->name = g_strdup (name);
  self->splices = g_ptr_array_new_with_free_func (splice_free);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
kobra_step_free (KobraStep *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->splices);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->before, self->free_state);
  g_clear_pointer (&self->after, self->free_state);
  g_free (self);
}

gboolean
kobra_step_joins (KobraStep *self,
                  guint      position)
{
  KobraSplice *last = last_edit (self);

  return last != NULL && position >= last->position && position <= last->position + kobra_row_list_get_length (last->added);
}

void
kobra_step_join (KobraStep      *self,
                 guint           position,
                 const KobraRow *removed,
                 const KobraRow *added)
{
  KobraSplice *last = last_edit (self);

  g_return_if_fail (kobra_step_joins (self, position));

  if (position < last->position + kobra_row_list_get_length (last->added))
    {
      kobra_row_list_set (last->added, position - last->position, added);
      return;
    }
  kobra_row_list_append (last->removed, removed, 1);
  kobra_row_list_append (last->added, added, 1);
}

void
kobra_step_take (KobraStep    *self,
                 guint         position,
                 KobraRowList *removed,
                 KobraRowList *added)
{
  KobraSplice *splice = g_new0 (KobraSplice, 1);

  splice->position = position;
  splice->removed = removed;
  splice->added = added;
  g_ptr_array_add (self->splices, splice);
}

void
kobra_undo_init (KobraUndo *self)
{
  self->done = g_ptr_array_new_with_free_func ((GDestroyNotify) kobra_step_free);
  self->undone = g_ptr_array_new_with_free_func ((GDestroyNotify) kobra_step_free);
}

void
kobra_undo_clear (KobraUndo *self)
{
  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_clear_pointer (&self->undone, g_ptr_array_unref);
}

void
kobra_undo_push (KobraUndo *self,
                 KobraStep *step)
{
  g_ptr_array_set_size (self->undone, 0);
  step->serial = ++self->n_pushed;
  g_ptr_array_add (self->done, step);
}

static gboolean
is_of_rows_only (KobraStep *step)
{
  return step->headers->len == 0 && step->free_state == NULL;
}

gboolean
kobra_undo_join (KobraUndo  *self,
                 guint64     serial,
                 const char *name)
{
  guint      n = self->done->len;
  KobraStep *first = n > 1 ? g_ptr_array_index (self->done, n - 2) : NULL;
  KobraStep *last = n > 1 ? g_ptr_array_index (self->done, n - 1) : NULL;

  if (first == NULL || first->serial != serial || !is_of_rows_only (first) || !is_of_rows_only (last))
    return FALSE;
  g_ptr_array_extend_and_steal (first->splices, g_steal_pointer (&last->splices));
  last->splices = g_ptr_array_new ();
  g_set_str (&first->name, name);
  first->serial = last->serial;
  g_ptr_array_set_size (self->done, (int) n - 1);
  return TRUE;
}

KobraStep *
kobra_undo_peek (KobraUndo *self,
                 gboolean   redo)
{
  GPtrArray *from = redo ? self->undone : self->done;

  return from->len > 0 ? g_ptr_array_index (from, from->len - 1) : NULL;
}

void
kobra_undo_move (KobraUndo *self,
                 gboolean   redo)
{
  GPtrArray *from = redo ? self->undone : self->done;
  GPtrArray *to = redo ? self->done : self->undone;

  g_return_if_fail (from->len > 0);

  g_ptr_array_add (to, g_ptr_array_steal_index (from, from->len - 1));
}
