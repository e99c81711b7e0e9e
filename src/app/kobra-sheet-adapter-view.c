/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of the table: which records the sheet's rows are, and what of the table's changes is to be seen of them. */

#include "kobra-sheet-adapter-private.h"

#include "kobra-banned.h"

/* Records whose marks changed at once, each of which would have to be looked for in the view: from here on all of it counts as changed. */
#define MANY_MARKS 4096

static guint
get_n_rows (KobraSheetAdapter *self)
{
  return kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (self));
}

static void
set_finding (KobraSheetAdapter *self,
             GCancellable      *finding)
{
  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  self->finding = finding;
  g_object_notify (G_OBJECT (self), "finding");
}

static void
show (KobraSheetAdapter *self,
      KobraOrder        *order)
{
  guint n_old = get_n_rows (self);

  g_clear_pointer (&self->order, kobra_order_free);
  self->order = order;
  self->view_serial++;
  kobra_sheet_model_rows_changed (KOBRA_SHEET_MODEL (self), 0, n_old, get_n_rows (self));
  kobra_sheet_model_columns_changed (KOBRA_SHEET_MODEL (self)); /* which of them are sorted or filtered by */
  g_signal_emit_by_name (self, "view-changed");
}

/* Records may have come and gone since the search began. */
static void
drop_gone (KobraSheetAdapter *self,
           GArray            *ids)
{
  guint n = 0, row;

  for (guint i = 0; i < ids->len; i++)
    if (kobra_table_find_id (self->table, g_array_index (ids, guint32, i), &row))
      g_array_index (ids, guint32, n++) = g_array_index (ids, guint32, i);
  g_array_set_size (ids, n);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KobraSheetAdapter) self = data;
  g_autoptr (GArray) ids = kobra_view_find_finish (result, NULL);

  if (ids == NULL) /* only ever: called off, for another view is wanted */
    return;
  set_finding (self, NULL);
  drop_gone (self, ids);
  show (self, kobra_order_new (g_steal_pointer (&ids)));
}

void
kobra_sheet_adapter_set_view (KobraSheetAdapter *self,
                              const KobraView   *view)
{
  KobraView copy;

  g_return_if_fail (KOBRA_IS_SHEET_ADAPTER (self) && view != NULL);

  kobra_view_copy (&copy, view); /* it may be ours */
  kobra_view_clear (&self->view);
  self->view = copy;
  if (!kobra_view_is_filtered (view) && !kobra_view_is_sorted (view))
    {
      set_finding (self, NULL);
      show (self, NULL);
      return;
    }
  set_finding (self, g_cancellable_new ());
  kobra_view_find_async (&self->view, self->import, self->finding, found_cb, g_object_ref (self));
}

const KobraView *
kobra_sheet_adapter_get_view (KobraSheetAdapter *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self), NULL);

  return &self->view;
}

gboolean
kobra_sheet_adapter_is_finding (KobraSheetAdapter *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self), FALSE);

  return self->finding != NULL;
}

guint
kobra_sheet_adapter_get_table_row (KobraSheetAdapter *self,
                                   guint              row)
{
  guint table_row = 0;

  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self), 0);

  if (self->order == NULL)
    return row;
  kobra_table_find_id (self->table, kobra_order_get_id (self->order, row), &table_row);
  return table_row;
}

gboolean
kobra_sheet_adapter_find_row (KobraSheetAdapter *self,
                              guint              table_row,
                              guint             *row)
{
  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self), FALSE);

  if (self->order != NULL)
    return kobra_order_find (self->order, kobra_table_peek_row (self->table, table_row)->id, row);
  *row = table_row;
  return TRUE;
}

/* Places in the sheet of what is looked for one by one. */
typedef struct
{
  guint first; /* G_MAXUINT: there are none */
  guint last;
  guint n;
} Span;

static void
span_add (Span *self,
          guint place)
{
  self->first = MIN (self->first, place);
  self->last = MAX (self->last, place);
  self->n++;
}

/* The first of the places, and as many as there are if they follow each other. */
static gboolean
span_get (const Span *self,
          guint      *place,
          guint      *n)
{
  if (self->n == 0)
    return FALSE;
  *place = self->first;
  *n = self->last - self->first + 1 == self->n ? self->n : 1;
  return TRUE;
}

static void
find_rows (KobraSheetAdapter *self,
           const KobraChange *change,
           Span              *rows)
{
  for (guint i = 0; i < change->ranges->len; i++)
    {
      const KobraRowRange *range = &g_array_index (change->ranges, KobraRowRange, i);
      guint                row;

      if (self->order == NULL)
        {
          rows->first = MIN (rows->first, range->row);
          rows->last = MAX (rows->last, range->row + range->n_rows - 1);
          rows->n += range->n_rows;
          continue;
        }
      for (guint k = 0; k < range->n_rows; k++)
        if (kobra_sheet_adapter_find_row (self, range->row + k, &row))
          span_add (rows, row);
    }
}

gboolean
kobra_sheet_adapter_find_change (KobraSheetAdapter *self,
                                 const KobraChange *change,
                                 guint             *row,
                                 guint             *n_rows,
                                 guint             *column,
                                 guint             *n_columns)
{
  Span rows = { .first = G_MAXUINT }, columns = { .first = G_MAXUINT };

  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self) && change != NULL, FALSE);

  for (guint i = 0; i < self->columns->len; i++)
    if (g_array_index (self->columns, guint, i) - change->column < change->n_columns)
      span_add (&columns, i);
  find_rows (self, change, &rows);
  return span_get (&rows, row, n_rows) && span_get (&columns, column, n_columns);
}

GArray *
kobra_sheet_adapter_dup_table_rows (KobraSheetAdapter *self,
                                    guint              row,
                                    guint              n)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);

  for (guint i = 0; i < n; i++)
    {
      guint table_row = kobra_sheet_adapter_get_table_row (self, row + i);

      g_array_append_val (rows, table_row);
    }
  return rows;
}

void
kobra_sheet_adapter_follow_table (KobraSheetAdapter  *self,
                                  guint               position,
                                  guint               n_removed,
                                  guint               n_added,
                                  const KobraRowList *removed)
{
  KobraOrderChange change = { position, n_removed, n_added };

  if (self->order == NULL ||
      kobra_order_follow (self->order, self->table, position, n_removed, n_added, removed, self->is_appending, &change))
    kobra_sheet_model_rows_changed (KOBRA_SHEET_MODEL (self), change.position, change.n_removed, change.n_added);
}

void
kobra_sheet_adapter_follow_marks (KobraSheetAdapter *self,
                                  guint              position,
                                  guint              n_rows)
{
  guint first = G_MAXUINT, last = 0;

  if (self->order == NULL)
    {
      kobra_sheet_model_marks_changed (KOBRA_SHEET_MODEL (self), position, n_rows);
      return;
    }
  if (n_rows > MANY_MARKS)
    {
      kobra_sheet_model_marks_changed (KOBRA_SHEET_MODEL (self), 0, get_n_rows (self));
      return;
    }
  for (guint i = 0; i < n_rows; i++)
    {
      guint row;

      if (!kobra_sheet_adapter_find_row (self, position + i, &row))
        continue;
      first = MIN (first, row);
      last = MAX (last, row);
    }
  if (first != G_MAXUINT)
    kobra_sheet_model_marks_changed (KOBRA_SHEET_MODEL (self), first, last - first + 1);
}
