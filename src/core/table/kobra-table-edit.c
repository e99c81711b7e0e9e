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

      kobra_table_announce (self, splice->position, (const KobraRow *) splice->removed->data, splice->removed->len, splice->added->len);
    }
}

void
kobra_table_replace (KobraTable     *self,
                     guint           position,
                     guint           n_removed,
                     const KobraRow *added,
                     guint           n_added)
{
  g_autoptr (GArray) removed = g_array_sized_new (FALSE, FALSE, sizeof (KobraRow), n_removed);
  gboolean joins = n_removed == 1 && n_added == 1 && kobra_step_joins (self->step, position);

  if (!joins)
    announce_pending (self);
  if (n_removed > 0)
    g_array_append_vals (removed, &g_array_index (self->rows, KobraRow, position), n_removed);
  kobra_table_splice (self, position, n_removed, added, n_added);
  if (joins)
    kobra_step_join (self->step, position, (const KobraRow *) removed->data, added);
  else
    kobra_step_add (self->step, position, (const KobraRow *) removed->data, n_removed, added, n_added);
}

static void
apply_step (KobraTable *self,
            KobraStep  *step,
            gboolean    redo)
{
  for (guint i = 0; i < step->splices->len; i++)
    {
      const KobraSplice *splice = get_splice (step, redo ? i : step->splices->len - 1 - i);
      GArray            *out = redo ? splice->removed : splice->added;
      GArray            *in = redo ? splice->added : splice->removed;

      kobra_table_splice (self, splice->position, out->len, (const KobraRow *) in->data, in->len);
      kobra_table_announce (self, splice->position, (const KobraRow *) out->data, out->len, in->len);
    }
}

static void
take_back (KobraTable *self,
           gboolean    redo)
{
  KobraStep *step = kobra_undo_peek (&self->undo, redo);

  g_return_if_fail (self->step == NULL);

  if (step == NULL)
    return;
  apply_step (self, step, redo);
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
  if (step->splices->len == 0)
    {
      kobra_step_free (step);
      return;
    }
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

  g_return_val_if_fail (KOBRA_IS_TABLE (self) && row < self->rows->len, FALSE);

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
  kobra_table_replace (self, row, 1, &edited, 1);
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

gboolean
kobra_table_insert_rows (KobraTable *self,
                         guint       row,
                         guint       n)
{
  g_autoptr (GArray) added = NULL;
  const char *empty;

  g_return_val_if_fail (KOBRA_IS_TABLE (self) && row <= self->rows->len, FALSE);

  if (n == 0)
    return TRUE;
  if (n > KOBRA_MAX_ROWS - self->rows->len || n > G_MAXUINT32 - 1 - self->next_id)
    return FALSE;
  empty = kobra_rows_pack (self->arena, NULL, 0);
  if (empty == NULL)
    return FALSE;
  added = g_array_sized_new (FALSE, FALSE, sizeof (KobraRow), n);
  for (guint i = 0; i < n; i++)
    {
      KobraRow fresh = { .cells = empty, .id = self->next_id++ };

      g_array_append_val (added, fresh);
    }
  /* TRANSLATORS: what undo takes back, in "Undo insert rows" */
  kobra_table_begin_step (self, _ ("Insert Rows"));
  kobra_table_replace (self, row, 0, (const KobraRow *) added->data, n);
  kobra_table_end_step (self);
  return TRUE;
}

gboolean
kobra_table_delete_rows (KobraTable *self,
                         guint       row,
                         guint       n)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self) && row <= self->rows->len && n <= self->rows->len - row, FALSE);

  if (n == 0)
    return TRUE;
  /* TRANSLATORS: what undo takes back, in "Undo delete rows" */
  kobra_table_begin_step (self, _ ("Delete Rows"));
  kobra_table_replace (self, row, n, NULL, 0);
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
