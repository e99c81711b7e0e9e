/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-backlog.h"

#include "kobra-banned.h"

#define FIRST_SLOTS 64

static KobraBacklogRecord *
get_record (const KobraBacklog *self,
            guint32             place)
{
  return &g_array_index (self->records, KobraBacklogRecord, place);
}

/* The slot of @key_hash, or the free one where it belongs. The hash is spread (Fibonacci hashing), for it may be a plain number. */
static guint
find_slot (const KobraBacklog *self,
           guint64             key_hash)
{
  guint slot = (guint) ((key_hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32) & (self->n_slots - 1);

  while (self->latest[slot] != KOBRA_NO_PLACE && get_record (self, self->latest[slot])->key_hash != key_hash)
    slot = (slot + 1) & (self->n_slots - 1);
  return slot;
}

static void
grow_slots (KobraBacklog *self)
{
  g_autofree guint32 *old = self->latest;
  guint               n_old = self->n_slots;

  self->n_slots = MAX (n_old * 2, FIRST_SLOTS);
  self->latest = g_new (guint32, self->n_slots);
  for (guint i = 0; i < self->n_slots; i++)
    self->latest[i] = KOBRA_NO_PLACE;
  for (guint i = 0; i < n_old; i++)
    if (old[i] != KOBRA_NO_PLACE)
      self->latest[find_slot (self, get_record (self, old[i])->key_hash)] = old[i];
}

/* Makes @place the latest of its key and, if the one before is still open, lets it wait for that. */
static void
queue_behind_key (KobraBacklog *self,
                  guint32       place)
{
  guint64 key_hash = get_record (self, place)->key_hash;
  guint   slot;
  guint32 before;

  if (self->n_used >= self->n_slots / 4 * 3)
    grow_slots (self);
  slot = find_slot (self, key_hash);
  before = self->latest[slot];
  self->latest[slot] = place;
  if (before == KOBRA_NO_PLACE)
    self->n_used++;
  else if (!kobra_backlog_has (self, before, KOBRA_MARK_SETTLED))
    {
      get_record (self, before)->next = place;
      kobra_backlog_set (self, place, KOBRA_MARK_BLOCKED, TRUE);
    }
}

void
kobra_backlog_init (KobraBacklog *self)
{
  *self = (KobraBacklog) { 0 };
  self->records = g_array_new (FALSE, FALSE, sizeof (KobraBacklogRecord));
  self->marks = g_byte_array_new ();
  self->freed = g_array_new (FALSE, FALSE, sizeof (guint32));
}

void
kobra_backlog_clear (KobraBacklog *self)
{
  g_clear_pointer (&self->records, g_array_unref);
  g_clear_pointer (&self->marks, g_byte_array_unref);
  g_clear_pointer (&self->freed, g_array_unref);
  g_clear_pointer (&self->latest, g_free);
}

void
kobra_backlog_add (KobraBacklog *self,
                   guint32       id,
                   guint64       key_hash)
{
  const KobraBacklogRecord record = { .key_hash = key_hash, .id = id, .next = KOBRA_NO_PLACE };
  const guint8             mark = 0;

  g_return_if_fail (self->records->len < G_MAXINT32);

  g_array_append_val (self->records, record);
  g_byte_array_append (self->marks, &mark, 1);
  if (key_hash != 0)
    queue_behind_key (self, self->records->len - 1);
}

guint
kobra_backlog_take (KobraBacklog *self,
                    guint         max,
                    guint32      *places)
{
  guint n = 0;

  while (n < max && self->n_freed_taken < self->freed->len)
    places[n++] = g_array_index (self->freed, guint32, self->n_freed_taken++);
  if (self->n_freed_taken == self->freed->len)
    {
      g_array_set_size (self->freed, 0);
      self->n_freed_taken = 0;
    }
  for (; n < max && self->cursor < self->records->len; self->cursor++)
    {
      if (kobra_backlog_has (self, self->cursor, KOBRA_MARK_BLOCKED))
        kobra_backlog_set (self, self->cursor, KOBRA_MARK_PASSED, TRUE);
      else
        places[n++] = self->cursor;
    }
  return n;
}

void
kobra_backlog_settle (KobraBacklog *self,
                      guint32       place)
{
  guint32 next = get_record (self, place)->next;

  g_return_if_fail (!kobra_backlog_has (self, place, KOBRA_MARK_SETTLED));

  kobra_backlog_set (self, place, KOBRA_MARK_SETTLED, TRUE);
  if (next == KOBRA_NO_PLACE)
    return;
  kobra_backlog_set (self, next, KOBRA_MARK_BLOCKED, FALSE);
  if (kobra_backlog_has (self, next, KOBRA_MARK_PASSED))
    g_array_append_val (self->freed, next);
}

gboolean
kobra_backlog_has (const KobraBacklog *self,
                   guint32             place,
                   KobraMark           marks)
{
  return (self->marks->data[place] & marks) == marks;
}

void
kobra_backlog_set (KobraBacklog *self,
                   guint32       place,
                   KobraMark     marks,
                   gboolean      on)
{
  if (on)
    self->marks->data[place] |= (guint8) marks;
  else
    self->marks->data[place] &= (guint8) ~marks;
}

guint32
kobra_backlog_get_id (const KobraBacklog *self,
                      guint32             place)
{
  return get_record (self, place)->id;
}

guint
kobra_backlog_get_n (const KobraBacklog *self)
{
  return self->records->len;
}

gsize
kobra_backlog_get_size (const KobraBacklog *self)
{
  return (gsize) self->records->len * (sizeof (KobraBacklogRecord) + 1) + (gsize) (self->n_slots + self->freed->len) * sizeof (guint32);
}
