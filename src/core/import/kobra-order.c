/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-order.h"

#include <string.h>

#include "kobra-banned.h"

#define NOWHERE G_MAXUINT32

struct _KobraOrder
{
  GArray  *ids;      /* guint32 */
  guint32 *places;   /* by ID, or NULL: in need of another look */
  guint32  n_places;
};

KobraOrder *
kobra_order_new (GArray *ids)
{
  KobraOrder *self = g_new0 (KobraOrder, 1);

  self->ids = ids;
  return self;
}

void
kobra_order_free (KobraOrder *self)
{
  g_array_unref (self->ids);
  g_free (self->places);
  g_free (self);
}

guint
kobra_order_get_n (KobraOrder *self)
{
  return self->ids->len;
}

guint32
kobra_order_get_id (KobraOrder *self,
                    guint       place)
{
  g_return_val_if_fail (place < self->ids->len, NOWHERE);

  return g_array_index (self->ids, guint32, place);
}

static void
find_places_again (KobraOrder *self)
{
  self->n_places = 0;
  for (guint i = 0; i < self->ids->len; i++)
    self->n_places = MAX (self->n_places, g_array_index (self->ids, guint32, i) + 1);
  self->places = g_new (guint32, MAX (self->n_places, 1));
  memset (self->places, 0xff, MAX (self->n_places, 1) * sizeof *self->places);
  for (guint i = 0; i < self->ids->len; i++)
    self->places[g_array_index (self->ids, guint32, i)] = i;
}

gboolean
kobra_order_find (KobraOrder *self,
                  guint32     id,
                  guint      *place)
{
  if (self->places == NULL)
    find_places_again (self);
  if (id >= self->n_places || self->places[id] == NOWHERE)
    return FALSE;
  *place = self->places[id];
  return TRUE;
}

/* The places from the first to the last of edited records. */
static gboolean
find_edited (KobraOrder         *self,
             const KobraRowList *rows,
             KobraOrderChange   *change)
{
  KobraRowCursor cursor = { .list = rows };
  guint          first = G_MAXUINT, last = 0;

  for (guint i = 0; i < kobra_row_list_get_length (rows); i++)
    {
      guint place;

      if (!kobra_order_find (self, kobra_row_cursor_peek (&cursor, i)->id, &place))
        continue;
      first = MIN (first, place);
      last = MAX (last, place);
    }
  if (first == G_MAXUINT)
    return FALSE;
  *change = (KobraOrderChange) { first, last - first + 1, last - first + 1 };
  return TRUE;
}

static gboolean
has_same_records (KobraTable         *table,
                  guint               position,
                  const KobraRowList *removed)
{
  KobraRowCursor cursor = { .list = removed };

  for (guint i = 0; i < kobra_row_list_get_length (removed); i++)
    if (kobra_table_peek_row (table, position + i)->id != kobra_row_cursor_peek (&cursor, i)->id)
      return FALSE;
  return TRUE;
}

/* Where records that are new at @position belong. */
static guint
find_place_for (KobraOrder *self,
                KobraTable *table,
                guint       position)
{
  guint place;

  while (position-- > 0)
    if (kobra_order_find (self, kobra_table_peek_row (table, position)->id, &place))
      return place + 1;
  return 0;
}

/* The records among the added that were not among the removed. */
static GArray *
dup_new_ids (KobraTable         *table,
             guint               position,
             guint               n_added,
             const KobraRowList *removed)
{
  KobraRowCursor     cursor = { .list = removed };
  g_autofree guint8 *were_there = g_new0 (guint8, (gsize) kobra_table_get_id_limit (table) + 1);
  GArray            *ids = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < kobra_row_list_get_length (removed); i++)
    were_there[kobra_row_cursor_peek (&cursor, i)->id] = TRUE;
  for (guint i = 0; i < n_added; i++)
    {
      guint32 id = kobra_table_peek_row (table, position + i)->id;

      if (!were_there[id])
        g_array_append_val (ids, id);
    }
  return ids;
}

/* What differs between two lists, from the first difference to the last. */
static gboolean
compare (GArray           *old,
         GArray           *now,
         KobraOrderChange *change)
{
  const guint32 *a = (const guint32 *) old->data, *b = (const guint32 *) now->data;
  guint          shorter = MIN (old->len, now->len), start = 0, end = 0;

  while (start < shorter && a[start] == b[start])
    start++;
  while (end < shorter - start && a[old->len - 1 - end] == b[now->len - 1 - end])
    end++;
  *change = (KobraOrderChange) { start, old->len - start - end, now->len - start - end };
  return change->n_removed > 0 || change->n_added > 0;
}

gboolean
kobra_order_follow (KobraOrder       *self,
                    KobraTable       *table,
                    guint             position,
                    guint             n_removed,
                    guint             n_added,
                    const KobraRowList *removed,
                    gboolean          at_end,
                    KobraOrderChange *change)
{
  g_autoptr (GArray) fresh = NULL;
  g_autoptr (GArray) now = NULL;
  guint at, row;

  if (n_removed == n_added && has_same_records (table, position, removed))
    return find_edited (self, removed, change);

  fresh = dup_new_ids (table, position, n_added, removed);
  at = at_end ? self->ids->len : find_place_for (self, table, position);
  now = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->ids->len + fresh->len);
  for (guint i = 0; i <= self->ids->len; i++)
    {
      if (i == at && fresh->len > 0)
        g_array_append_vals (now, fresh->data, fresh->len);
      if (i < self->ids->len && kobra_table_find_id (table, g_array_index (self->ids, guint32, i), &row))
        g_array_append_vals (now, &g_array_index (self->ids, guint32, i), 1);
    }
  if (!compare (self->ids, now, change))
    return FALSE;
  g_array_unref (self->ids);
  self->ids = g_steal_pointer (&now);
  g_clear_pointer (&self->places, g_free);
  return TRUE;
}
