/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-order.h"

#include <string.h>

#include "kobra-banned.h"

#define NOWHERE G_MAXUINT32

/* If more records came or went since the last look for their places, the next one is at all of them. */
#define MAX_DRIFTED 1024u

/* So many more records may come before that. */
#define ROOM 4096u

/* More edited records than these are not looked for one by one. */
#define MANY_EDITED 65536u

struct _KobraOrder
{
  GArray  *ids;       /* guint32 */
  guint32 *places;    /* by ID, as of the last look, or NULL: in need of one; a record is no more than @n_drifted places from there */
  guint32  n_places;
  guint    n_drifted; /* records that came or went since */
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
  self->n_places = self->n_drifted = 0;
  for (guint i = 0; i < self->ids->len; i++)
    self->n_places = MAX (self->n_places, g_array_index (self->ids, guint32, i) + 1);
  self->n_places += ROOM;
  self->places = g_new (guint32, self->n_places);
  memset (self->places, 0xff, self->n_places * sizeof *self->places);
  for (guint i = 0; i < self->ids->len; i++)
    self->places[g_array_index (self->ids, guint32, i)] = i;
}

/* The record is no more than what came and went from @near, if it is there. */
static gboolean
find_near (KobraOrder *self,
           guint32     id,
           guint       near,
           guint      *place)
{
  const guint32 *ids = (const guint32 *) self->ids->data;
  guint          end = MIN (near + self->n_drifted + 1, self->ids->len), i;

  if (near < self->ids->len && ids[near] == id)
    {
      *place = near;
      return TRUE;
    }
  for (i = near - MIN (near, self->n_drifted); i < end && ids[i] != id; i++)
    continue;
  *place = i;
  return i < end;
}

gboolean
kobra_order_find (KobraOrder *self,
                  guint32     id,
                  guint      *place)
{
  if (self->places == NULL)
    find_places_again (self);
  return id < self->n_places && self->places[id] != NOWHERE && find_near (self, id, self->places[id], place);
}

/* The places from the first to the last of edited records; of very many: all that there are. */
static gboolean
find_edited (KobraOrder         *self,
             const KobraRowList *rows,
             KobraOrderChange   *change)
{
  KobraRowCursor cursor = { .list = rows };
  guint          first = G_MAXUINT, last = 0;

  if (kobra_row_list_get_length (rows) > MANY_EDITED)
    {
      *change = (KobraOrderChange) { 0, self->ids->len, self->ids->len };
      return self->ids->len > 0;
    }
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

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const guint *x = a, *y = b;

  return (*x > *y) - (*x < *y);
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

static void
drift (KobraOrder *self,
       guint       n)
{
  self->n_drifted += n;
  if (self->n_drifted > MAX_DRIFTED)
    g_clear_pointer (&self->places, g_free);
}

/* Few records are gone, and none came: what stands between them moves up, in one walk. */
static gboolean
take_out (KobraOrder         *self,
          const KobraRowList *removed,
          KobraOrderChange   *change)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint32           *ids = (guint32 *) self->ids->data;
  guint              first, end, place;

  for (guint i = 0; i < kobra_row_list_get_length (removed); i++)
    if (kobra_order_find (self, kobra_row_list_peek (removed, i)->id, &place))
      g_array_append_val (places, place);
  if (places->len == 0)
    return FALSE;
  g_array_sort (places, compare_places);
  first = end = g_array_index (places, guint, 0);
  for (guint i = 0; i < places->len; i++)
    {
      guint from = g_array_index (places, guint, i) + 1, to = i + 1 < places->len ? g_array_index (places, guint, i + 1) : self->ids->len;

      memmove (ids + end, ids + from, (to - from) * sizeof *ids);
      end += to - from;
    }
  *change = (KobraOrderChange) { first, g_array_index (places, guint, places->len - 1) - first + 1, 0 };
  change->n_added = change->n_removed - places->len;
  g_array_set_size (self->ids, end);
  drift (self, places->len);
  return TRUE;
}

/* Few records came, and none is gone. */
static gboolean
put_in (KobraOrder       *self,
        KobraTable       *table,
        guint             position,
        guint             n,
        guint             at,
        KobraOrderChange *change)
{
  g_autofree guint32 *ids = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    {
      ids[i] = kobra_table_peek_row (table, position + i)->id;
      if (self->places != NULL && ids[i] < self->n_places)
        self->places[ids[i]] = at + i;
      else
        g_clear_pointer (&self->places, g_free);
    }
  g_array_insert_vals (self->ids, at, ids, n);
  drift (self, n);
  *change = (KobraOrderChange) { at, 0, n };
  return TRUE;
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
kobra_order_follow (KobraOrder         *self,
                    KobraTable         *table,
                    guint               position,
                    guint               n_removed,
                    guint               n_added,
                    const KobraRowList *removed,
                    gboolean            at_end,
                    KobraOrderChange   *change)
{
  g_autoptr (GArray) fresh = NULL;
  g_autoptr (GArray) now = NULL;
  guint at, row;

  if (n_removed == n_added && kobra_table_has_records (table, position, removed))
    return find_edited (self, removed, change);

  if (n_added == 0 && n_removed <= MAX_DRIFTED)
    return take_out (self, removed, change);
  if (n_removed == 0 && n_added <= MAX_DRIFTED)
    return put_in (self, table, position, n_added, at_end ? self->ids->len : find_place_for (self, table, position), change);
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
