/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of a table and taking them back. Every one is a splice of packed rows, so there is one way to do, undo and tell. */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-rows-private.h"
#include "kobra-table-private.h"

#include "kobra-banned.h"

static const KobraSplice *
get_splice (KobraStep *step,
            guint      i)
{
  return g_ptr_array_index (step->splices, i);
}

/* Tells of the splices that were held back so that neighbouring edits make one signal. */
static void
announce_pending (KobraTable *self)
{
  while (self->step != NULL && self->n_announced < self->step->splices->len)
    {
      const KobraSplice *splice = get_splice (self->step, self->n_announced++);

      kobra_table_announce (self, splice->position, splice->removed, kobra_row_list_get_length (splice->added));
    }
}

/* One row in place of another one of the same record, as part of the open step. */
static void
swap_row (KobraTable     *self,
          guint           position,
          const KobraRow *edited)
{
  KobraRowList  *added;
  const KobraRow removed = *kobra_row_list_peek (self->rows, position);

  if (kobra_step_joins (self->step, position))
    {
      kobra_row_list_set (self->rows, position, edited);
      kobra_step_join (self->step, position, &removed, edited);
      return;
    }
  added = kobra_row_list_new ();
  kobra_row_list_append (added, edited, 1);
  kobra_table_replace (self, position, 1, added);
}

void
kobra_table_replace (KobraTable   *self,
                     guint         position,
                     guint         n_removed,
                     KobraRowList *added)
{
  KobraRowList *removed = kobra_row_list_copy_part (self->rows, position, n_removed);

  announce_pending (self);
  kobra_table_splice (self, position, n_removed, added);
  kobra_step_take (self->step, position, removed, added);
}

static void
apply_columns (KobraTable *self,
               KobraStep  *step,
               gboolean    redo)
{
  for (guint i = 0; redo && i < step->headers->len; i++)
    g_ptr_array_add (self->headers, g_strdup (g_ptr_array_index (step->headers, i)));
  if (!redo)
    g_ptr_array_set_size (self->headers, (int) (self->headers->len - step->headers->len));
  if (step->headers->len > 0)
    kobra_table_tell_columns (self);
}

static void
apply_step (KobraTable *self,
            KobraStep  *step,
            gboolean    redo)
{
  if (redo)
    apply_columns (self, step, TRUE);
  for (guint i = 0; i < step->splices->len; i++)
    {
      const KobraSplice *splice = get_splice (step, redo ? i : step->splices->len - 1 - i);
      KobraRowList      *out = redo ? splice->removed : splice->added;
      KobraRowList      *in = redo ? splice->added : splice->removed;

      kobra_table_splice (self, splice->position, kobra_row_list_get_length (out), in);
      kobra_table_announce (self, splice->position, out, kobra_row_list_get_length (in));
    }
  if (!redo)
    apply_columns (self, step, FALSE);
}

static void
take_back (KobraTable *self,
           gboolean    redo)
{
  KobraStep *step = kobra_undo_peek (&self->undo, redo);

  g_return_if_fail (self->step == NULL);

  if (step == NULL)
    return;
  self->retyped = NULL;
  /* Whoever holds the table knows the columns that come before they come, and those that go until they are gone. */
  if (redo)
    kobra_table_tell_state (self, step->after);
  apply_step (self, step, redo);
  if (!redo)
    kobra_table_tell_state (self, step->before);
  kobra_undo_move (&self->undo, redo);
  kobra_table_notify_undo (self);
}

void
kobra_table_begin_step (KobraTable *self,
                        const char *name)
{
  g_return_if_fail (KOBRA_IS_TABLE (self));

  if (self->step_depth++ > 0)
    return;
  self->step = kobra_step_new (name);
  self->n_announced = 0;
}

void
kobra_table_end_step (KobraTable *self)
{
  KobraStep *step;

  g_return_if_fail (KOBRA_IS_TABLE (self) && self->step_depth > 0);

  if (--self->step_depth > 0)
    return;
  announce_pending (self);
  step = g_steal_pointer (&self->step);
  if (step->splices->len + step->headers->len == 0 && step->before == NULL)
    {
      kobra_step_free (step);
      return;
    }
  if (self->retyped != step)
    self->retyped = NULL;
  kobra_undo_push (&self->undo, step);
  kobra_table_notify_undo (self);
}

gboolean
kobra_table_set_texts (KobraTable        *self,
                       guint              row,
                       const guint       *columns,
                       const char *const *texts,
                       guint              n)
{
  const KobraRow *old;
  KobraRow        edited;
  gboolean        changed = FALSE;

  g_return_val_if_fail (KOBRA_IS_TABLE (self) && row < kobra_table_get_n_rows (self), FALSE);

  old = kobra_table_peek_row (self, row);
  for (guint i = 0; i < n; i++)
    {
      g_return_val_if_fail (columns[i] < self->headers->len, FALSE);
      if (!g_utf8_validate (texts[i], -1, NULL))
        return FALSE;
      changed |= strcmp (kobra_row_get_text (old, columns[i]), texts[i]) != 0;
    }
  if (!changed)
    return TRUE;
  edited = kobra_rows_replace (self->arena, old, columns, texts, n);
  if (edited.cells == NULL)
    return FALSE;

  /* TRANSLATORS: what undo takes back, in "Undo edit" */
  kobra_table_begin_step (self, _ ("Edit"));
  swap_row (self, row, &edited);
  kobra_table_end_step (self);
  return TRUE;
}

gboolean
kobra_table_set_text (KobraTable *self,
                      guint       row,
                      guint       column,
                      const char *text)
{
  return kobra_table_set_texts (self, row, &column, &text, 1);
}

/* Puts what @step did last to a row as @row is now. */
static gboolean
retype_step (KobraTable *self,
             KobraStep  *step,
             guint       row,
             guint       column,
             const char *text)
{
  const KobraRow *old = kobra_table_peek_row (self, row);
  const KobraRow  before = *old;
  KobraRow        edited;
  g_autoptr (KobraRowList) removed = kobra_row_list_new ();

  if (strcmp (kobra_row_get_text (old, column), text) == 0)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  edited = kobra_rows_replace (self->arena, old, &column, &text, 1);
  if (edited.cells == NULL)
    return FALSE;
  kobra_row_list_append (removed, &before, 1);
  kobra_row_list_set (self->rows, row, &edited);
  kobra_step_join (step, row, &before, &edited);
  kobra_table_announce (self, row, removed, 1);
  return TRUE;
}

static gboolean
is_retyping (KobraTable *self,
             guint       row,
             guint       column)
{
  KobraStep         *step = kobra_undo_peek (&self->undo, FALSE);
  const KobraSplice *last = step != NULL && step->splices->len > 0 ? get_splice (step, step->splices->len - 1) : NULL;

  return self->step == NULL && step == self->retyped && column == self->retyped_column && last != NULL && last->position == row &&
         kobra_row_list_get_length (last->removed) == 1 && kobra_row_list_get_length (last->added) == 1 && !kobra_table_can_redo (self);
}

gboolean
kobra_table_retype (KobraTable *self,
                    guint       row,
                    guint       column,
                    const char *text)
{
  gboolean done;

  g_return_val_if_fail (KOBRA_IS_TABLE (self) && row < kobra_table_get_n_rows (self) && column < self->headers->len, FALSE);

  if (is_retyping (self, row, column))
    return retype_step (self, self->retyped, row, column, text);
  kobra_table_begin_step (self, _ ("Edit"));
  done = kobra_table_set_text (self, row, column, text);
  self->retyped = self->step;
  self->retyped_column = column;
  kobra_table_end_step (self);
  return done;
}

void
kobra_table_end_typing (KobraTable *self)
{
  g_return_if_fail (KOBRA_IS_TABLE (self));

  self->retyped = NULL;
}

gboolean
kobra_table_add_column (KobraTable *self,
                        const char *header)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self) && g_utf8_validate (header, -1, NULL), FALSE);

  if (self->headers->len >= KOBRA_MAX_COLUMNS)
    return FALSE;
  /* TRANSLATORS: what undo takes back, in "Undo add column" */
  kobra_table_begin_step (self, _ ("Add Column"));
  announce_pending (self);
  g_ptr_array_add (self->headers, g_strdup (header));
  g_ptr_array_add (self->step->headers, g_strdup (header));
  kobra_table_tell_columns (self);
  kobra_table_end_step (self);
  return TRUE;
}

void
kobra_table_note_state (KobraTable    *self,
                        gpointer       before,
                        gpointer       after,
                        GDestroyNotify free_state)
{
  g_return_if_fail (KOBRA_IS_TABLE (self) && self->step != NULL && self->step->before == NULL);

  self->step->before = before;
  self->step->after = after;
  self->step->free_state = free_state;
}

gboolean
kobra_table_is_as_frozen (KobraTable        *self,
                          const KobraFrozen *frozen,
                          guint              position,
                          guint              n)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self), FALSE);

  return kobra_row_list_is_same (self->rows, frozen->rows, position, n);
}

void
kobra_table_replace_rows (KobraTable         *self,
                          guint               position,
                          const KobraRowList *rows,
                          KobraArena         *arena)
{
  guint n_rows = kobra_table_get_n_rows (self), n = kobra_row_list_get_length (rows);

  g_return_if_fail (KOBRA_IS_TABLE (self) && position <= n_rows && n <= n_rows - position);

  kobra_arena_take (self->arena, arena);
  if (n == 0)
    return;
  /* TRANSLATORS: what undo takes back, in "Undo edit" */
  kobra_table_begin_step (self, _ ("Edit"));
  kobra_table_replace (self, position, n, kobra_row_list_copy (rows));
  kobra_table_end_step (self);
}

gboolean
kobra_table_insert_rows (KobraTable *self,
                         guint       row,
                         guint       n)
{
  g_autoptr (KobraRowList) added = NULL;
  const char *empty;

  g_return_val_if_fail (KOBRA_IS_TABLE (self) && row <= kobra_table_get_n_rows (self), FALSE);

  if (n == 0)
    return TRUE;
  if (n > KOBRA_MAX_ROWS - kobra_table_get_n_rows (self) || n > KOBRA_MAX_IDS - self->next_id)
    return FALSE;
  empty = kobra_rows_pack (self->arena, NULL, 0);
  if (empty == NULL)
    return FALSE;
  added = kobra_row_list_new ();
  for (guint i = 0; i < n; i++)
    {
      const KobraRow fresh = { .cells = empty, .id = self->next_id++ };

      kobra_row_list_append (added, &fresh, 1);
    }
  /* TRANSLATORS: what undo takes back, in "Undo insert rows" */
  kobra_table_begin_step (self, _ ("Insert Rows"));
  kobra_table_replace (self, row, 0, g_steal_pointer (&added));
  kobra_table_end_step (self);
  return TRUE;
}

gboolean
kobra_table_delete_rows (KobraTable *self,
                         guint       row,
                         guint       n)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self) && row <= kobra_table_get_n_rows (self) && n <= kobra_table_get_n_rows (self) - row, FALSE);

  if (n == 0)
    return TRUE;
  /* TRANSLATORS: what undo takes back, in "Undo delete rows" */
  kobra_table_begin_step (self, _ ("Delete Rows"));
  kobra_table_replace (self, row, n, kobra_row_list_new ());
  kobra_table_end_step (self);
  return TRUE;
}

gboolean
kobra_table_can_undo (KobraTable *self)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self), FALSE);

  return kobra_undo_peek (&self->undo, FALSE) != NULL;
}

gboolean
kobra_table_can_redo (KobraTable *self)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self), FALSE);

  return kobra_undo_peek (&self->undo, TRUE) != NULL;
}

const char *
kobra_table_get_undo_name (KobraTable *self)
{
  KobraStep *step = kobra_undo_peek (&self->undo, FALSE);

  return step != NULL ? step->name : NULL;
}

const char *
kobra_table_get_redo_name (KobraTable *self)
{
  KobraStep *step = kobra_undo_peek (&self->undo, TRUE);

  return step != NULL ? step->name : NULL;
}

guint64
kobra_table_get_undo_serial (KobraTable *self)
{
  KobraStep *step = kobra_undo_peek (&self->undo, FALSE);

  return step != NULL ? step->serial : 0;
}

gboolean
kobra_table_join_steps (KobraTable *self,
                        guint64     serial,
                        const char *name)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self) && self->step == NULL, FALSE);

  if (!kobra_undo_join (&self->undo, serial, name))
    return FALSE;
  self->retyped = NULL;
  kobra_table_notify_undo (self);
  return TRUE;
}

void
kobra_table_undo (KobraTable *self)
{
  g_return_if_fail (KOBRA_IS_TABLE (self));

  take_back (self, FALSE);
}

void
kobra_table_redo (KobraTable *self)
{
  g_return_if_fail (KOBRA_IS_TABLE (self));

  take_back (self, TRUE);
}
