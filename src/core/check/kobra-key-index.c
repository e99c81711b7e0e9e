/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-key-index.h"

#include <string.h>

#include "kobra-pages.h"

#include "kobra-banned.h"

#define NONE G_MAXUINT32
#define MIN_SLOTS 64u

/* What is there grows by one in so many at a time: often enough for memory, and quickly enough between two frames however much there is. */
#define GROWTH 16u

/* While so many records are compared, nobody asks whether it was cancelled. */
#define COMPARED_AT_ONCE 256u

/* The records of one key. */
typedef struct
{
  guint64  hash;
  char    *key;
  guint32  head;
  guint32  tail;
  guint32  different; /* the first of them that differs from the head, or NONE */
  gboolean owns_key;
} Chain;

/* A record's place in its chain. */
typedef struct
{
  guint32 chain; /* NONE: the record is not here */
  guint32 next;
  guint32 prev;
  guint32 line;
  guint64 content; /* hash of its texts; 0: not needed so far */
} Link;

/* Open addressing, linear probing; a slot's chain is NONE if it is free. */
typedef struct
{
  guint32 tag; /* the upper half of the hash */
  guint32 chain;
} Slot;

struct _KobraKeyIndex
{
  KobraRecordText get_key, get_compared;
  guint64         seed, multiplier;

  Slot   *slots;
  gsize   n_slots; /* a power of two */
  gsize   n_used;

  Chain  *chains;
  guint32 n_chains, chain_room;
  guint32 free_chain; /* the first of a list by head, or NONE */

  Link   *links;
  guint32 n_links;
};

static guint64
mix (const KobraKeyIndex *self,
     guint64              hash,
     guint64              word)
{
  hash = (hash ^ word) * self->multiplier;
  return hash ^ hash >> 29;
}

static guint64
hash_text (const KobraKeyIndex *self,
           guint64              hash,
           const char          *text)
{
  gsize   length = strlen (text);
  guint64 word;

  hash = mix (self, hash, length);
  for (; length >= 8; text += 8, length -= 8)
    {
      memcpy (&word, text, 8);
      hash = mix (self, hash, word);
    }
  word = 0;
  memcpy (&word, text, length);
  return mix (self, hash, word);
}

static guint64
hash_record (const KobraKeyIndex *self,
             const KobraRecord   *record)
{
  guint64 hash = self->seed;

  if (self->get_compared != NULL)
    return MAX (hash_text (self, hash, self->get_compared (record)), 1);
  for (guint i = 0; i < record->schema->n_fields; i++)
    hash = hash_text (self, hash, record->texts[i]);
  return MAX (hash, 1);
}

static gboolean
say_the_same (const KobraKeyIndex *self,
              const KobraRecord   *a,
              const KobraRecord   *b)
{
  return self->get_compared != NULL ? strcmp (self->get_compared (a), self->get_compared (b)) == 0 : kobra_key_index_are_same (a, b);
}

/*
 * Whether two records of a chain say the same. One that was edited since we were told of it is taken for what its hash
 * says: we will be told, and then its chain is looked at again.
 */
static gboolean
agree (const KobraKeyIndex *self,
       guint32              a,
       guint32              b,
       KobraRecordLookup    lookup,
       gpointer             data)
{
  KobraRecord record_a, record_b;
  guint32     line;

  if (self->links[a].content != self->links[b].content)
    return FALSE;
  if (!lookup (a, &record_a, &line, data) || !lookup (b, &record_b, &line, data))
    return TRUE;
  if (hash_record (self, &record_a) != self->links[a].content || hash_record (self, &record_b) != self->links[b].content)
    return TRUE;
  return say_the_same (self, &record_a, &record_b);
}

/* How many of the slots are used at most: more memory would be slower than longer probes. */
static gsize
get_max_used (gsize n_slots)
{
  return n_slots / 4 * 3;
}

static gsize
home_of (const KobraKeyIndex *self,
         guint64              hash)
{
  return hash & (self->n_slots - 1);
}

/* The slot of the key's chain, or the free one where it would go. */
static Slot *
find_slot (const KobraKeyIndex *self,
           const char          *key,
           guint64              hash)
{
  guint32 tag = (guint32) (hash >> 32);

  for (gsize i = home_of (self, hash);; i = (i + 1) & (self->n_slots - 1))
    {
      Slot *slot = &self->slots[i];

      if (slot->chain == NONE)
        return slot;
      if (slot->tag == tag && self->chains[slot->chain].hash == hash && strcmp (self->chains[slot->chain].key, key) == 0)
        return slot;
    }
}

static gboolean
set_n_slots (KobraKeyIndex *self,
             gsize          n_slots)
{
  g_autofree Slot *old = self->slots;
  gsize            n_old = self->n_slots;
  Slot            *slots = kobra_pages_try_renew (Slot, NULL, n_slots);

  if (slots == NULL)
    {
      g_steal_pointer (&old);
      return FALSE;
    }
  memset (slots, 0xff, n_slots * sizeof (Slot));
  self->slots = slots;
  self->n_slots = n_slots;
  for (gsize i = 0; i < n_old; i++)
    if (old[i].chain != NONE)
      {
        gsize at = home_of (self, self->chains[old[i].chain].hash);

        while (slots[at].chain != NONE)
          at = (at + 1) & (n_slots - 1);
        slots[at] = old[i];
      }
  return TRUE;
}

/* Empties a slot and moves those behind it that would not be found across the gap. */
static void
free_slot (KobraKeyIndex *self,
           gsize          gap)
{
  for (gsize i = (gap + 1) & (self->n_slots - 1); self->slots[i].chain != NONE; i = (i + 1) & (self->n_slots - 1))
    {
      gsize home = home_of (self, self->chains[self->slots[i].chain].hash);

      /* How far a slot is from its home, around the end of the table. */
      if (((i - home) & (self->n_slots - 1)) < ((i - gap) & (self->n_slots - 1)))
        continue;
      self->slots[gap] = self->slots[i];
      gap = i;
    }
  self->slots[gap].chain = NONE;
  self->n_used--;
}

static guint32
take_chain (KobraKeyIndex *self)
{
  guint32 chain = self->free_chain;

  if (chain != NONE)
    {
      self->free_chain = self->chains[chain].head;
      return chain;
    }
  if (self->n_chains == self->chain_room)
    {
      self->chain_room = MAX (self->chain_room + self->chain_room / 2, MIN_SLOTS);
      self->chains = g_renew (Chain, self->chains, self->chain_room);
    }
  return self->n_chains++;
}

static void
drop_chain (KobraKeyIndex *self,
            guint32        at)
{
  Chain *chain = &self->chains[at];

  free_slot (self, (gsize) (find_slot (self, chain->key, chain->hash) - self->slots));
  if (chain->owns_key)
    g_free (chain->key);
  *chain = (Chain) { .head = self->free_chain, .tail = NONE };
  self->free_chain = at;
}

/* Puts a record at the end of its key's chain. Returns TRUE if the chain is new; its key is then borrowed. */
static gboolean
link_record (KobraKeyIndex *self,
             guint32        id,
             guint32        line,
             const char    *key,
             guint64        hash)
{
  Slot  *slot = find_slot (self, key, hash);
  Link  *link = &self->links[id];
  Chain *chain;

  *link = (Link) { .chain = slot->chain, .next = NONE, .prev = NONE, .line = line };
  if (slot->chain == NONE)
    {
      link->chain = take_chain (self);
      self->chains[link->chain] = (Chain) { .hash = hash, .key = (char *) key, .head = id, .tail = id, .different = NONE };
      *slot = (Slot) { .tag = (guint32) (hash >> 32), .chain = link->chain };
      self->n_used++;
      return TRUE;
    }
  chain = &self->chains[slot->chain];
  link->prev = chain->tail;
  self->links[chain->tail].next = id;
  chain->tail = id;
  return FALSE;
}

static void
touch_chain (const KobraKeyIndex *self,
             const Chain         *chain,
             GArray              *touched)
{
  for (guint32 id = chain->head; id != NONE; id = self->links[id].next)
    g_array_append_val (touched, id);
}

/* Makes sure that a record alone so far can be compared. */
static void
learn_content (KobraKeyIndex    *self,
               guint32           id,
               KobraRecordLookup lookup,
               gpointer          data)
{
  KobraRecord record;
  guint32     line;

  if (self->links[id].content == 0 && lookup (id, &record, &line, data))
    self->links[id].content = hash_record (self, &record);
}

/* Looks for the first record from @id on that differs from the head. If there is none any more, that is news for all. */
static void
find_different (KobraKeyIndex    *self,
                Chain            *chain,
                guint32           id,
                KobraRecordLookup lookup,
                gpointer          data,
                GArray           *touched)
{
  while (id != NONE && agree (self, chain->head, id, lookup, data))
    id = self->links[id].next;
  chain->different = id;
  if (id == NONE)
    touch_chain (self, chain, touched);
}

gboolean
kobra_key_index_are_same (const KobraRecord *a,
                          const KobraRecord *b)
{
  for (guint i = 0; i < a->schema->n_fields; i++)
    if (strcmp (a->texts[i], b->texts[i]) != 0)
      return FALSE;
  return TRUE;
}

KobraKeyIndex *
kobra_key_index_new (KobraRecordText get_key,
                     KobraRecordText get_compared)
{
  KobraKeyIndex *self = g_new0 (KobraKeyIndex, 1);

  self->get_key = get_key;
  self->get_compared = get_compared;
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  self->multiplier = (guint64) g_random_int () << 32 | g_random_int () | 1;
  self->free_chain = NONE;
  return self;
}

void
kobra_key_index_free (KobraKeyIndex *self)
{
  for (guint32 i = 0; i < self->n_chains; i++)
    if (self->chains[i].owns_key)
      g_free (self->chains[i].key);
  g_clear_pointer (&self->chains, g_free);
  g_clear_pointer (&self->slots, g_free);
  g_clear_pointer (&self->links, g_free);
  g_free (self);
}

static gboolean
reserve_links (KobraKeyIndex *self,
               guint32        id_limit)
{
  Link *links;

  if (id_limit <= self->n_links)
    return TRUE;
  links = kobra_pages_try_renew (Link, self->links, id_limit);
  if (links == NULL)
    return FALSE;
  self->links = links;
  for (guint32 id = self->n_links; id < id_limit; id++)
    links[id] = (Link) { .chain = NONE, .next = NONE, .prev = NONE };
  self->n_links = id_limit;
  return TRUE;
}

gboolean
kobra_key_index_reserve (KobraKeyIndex *self,
                         guint          n_keys,
                         guint32        id_limit)
{
  gsize  n_slots = MAX (self->n_slots, MIN_SLOTS);
  Chain *chains;

  if (!reserve_links (self, id_limit))
    return FALSE;
  /* To place a million slots anew takes several frames: records entered later find room. */
  while (get_max_used (n_slots) < n_keys + n_keys / GROWTH)
    n_slots *= 2;
  if (n_slots > self->n_slots && !set_n_slots (self, n_slots))
    return FALSE;
  if (n_keys <= self->chain_room)
    return TRUE;
  chains = kobra_pages_try_renew (Chain, self->chains, n_keys);
  if (chains == NULL)
    return FALSE;
  self->chains = chains;
  self->chain_room = n_keys;
  return TRUE;
}

guint64
kobra_key_index_hash (const KobraKeyIndex *self,
                      const char          *key)
{
  return hash_text (self, self->seed, key);
}

void
kobra_key_index_append (KobraKeyIndex *self,
                        guint32        id,
                        guint32        line,
                        const char    *key,
                        guint64        hash)
{
  g_return_if_fail (id < self->n_links && self->n_used <= get_max_used (self->n_slots));

  link_record (self, id, line, key, hash);
}

/* Finds whether the records of @chain agree, by comparing each with the head. */
static gboolean
settle_chain (KobraKeyIndex    *self,
              Chain            *chain,
              KobraRecordLookup lookup,
              gpointer          data,
              GCancellable     *cancellable)
{
  KobraRecord head, record;
  guint32     line;
  guint       n = 0;

  if (!lookup (chain->head, &head, &line, data))
    return TRUE;
  self->links[chain->head].content = hash_record (self, &head);
  for (guint32 id = self->links[chain->head].next; id != NONE; id = self->links[id].next)
    {
      if (++n % COMPARED_AT_ONCE == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (!lookup (id, &record, &line, data))
        continue;
      self->links[id].content = hash_record (self, &record);
      if (chain->different == NONE && !say_the_same (self, &head, &record))
        chain->different = id;
    }
  return TRUE;
}

gboolean
kobra_key_index_settle (KobraKeyIndex    *self,
                        KobraRecordLookup lookup,
                        gpointer          data,
                        GCancellable     *cancellable)
{
  for (guint32 i = 0; i < self->n_chains; i++)
    {
      Chain *chain = &self->chains[i];

      if (i % COMPARED_AT_ONCE == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (chain->head != chain->tail && !settle_chain (self, chain, lookup, data, cancellable))
        return FALSE;
    }
  return TRUE;
}

void
kobra_key_index_insert (KobraKeyIndex     *self,
                        guint32            id,
                        guint32            line,
                        const KobraRecord *record,
                        KobraRecordLookup  lookup,
                        gpointer           data,
                        GArray            *touched)
{
  const char *key = self->get_key (record);
  Chain      *chain;

  if (*key == '\0')
    return;
  if (id >= self->n_links)
    reserve_links (self, MAX (id + 1, self->n_links + self->n_links / GROWTH));
  if (self->n_used >= get_max_used (self->n_slots))
    set_n_slots (self, MAX (2 * self->n_slots, MIN_SLOTS));
  g_return_if_fail (id < self->n_links && self->n_used < self->n_slots && self->links[id].chain == NONE);

  if (link_record (self, id, line, key, kobra_key_index_hash (self, key)))
    {
      chain = &self->chains[self->links[id].chain];
      chain->key = g_strdup (key);
      chain->owns_key = TRUE;
      return;
    }
  chain = &self->chains[self->links[id].chain];
  self->links[id].content = hash_record (self, record);
  learn_content (self, chain->head, lookup, data);
  if (chain->different == NONE && !agree (self, chain->head, id, lookup, data))
    {
      chain->different = id;
      touch_chain (self, chain, touched);
    }
}

void
kobra_key_index_remove (KobraKeyIndex    *self,
                        guint32           id,
                        KobraRecordLookup lookup,
                        gpointer          data,
                        GArray           *touched)
{
  Link   gone;
  Chain *chain;

  if (id >= self->n_links || self->links[id].chain == NONE)
    return;
  gone = self->links[id];
  self->links[id].chain = NONE;
  chain = &self->chains[gone.chain];
  if (chain->head == chain->tail)
    {
      drop_chain (self, gone.chain);
      return;
    }
  if (gone.prev != NONE)
    self->links[gone.prev].next = gone.next;
  else
    chain->head = gone.next;
  if (gone.next != NONE)
    self->links[gone.next].prev = gone.prev;
  else
    chain->tail = gone.prev;

  /* All before the one that differs are as the head; so the search goes on from there, never from the start. */
  if (chain->different == id)
    find_different (self, chain, gone.next, lookup, data, touched);
  else if (chain->different == chain->head)
    find_different (self, chain, self->links[chain->head].next, lookup, data, touched);
}

gboolean
kobra_key_index_find (const KobraKeyIndex *self,
                      const char          *key,
                      guint32             *id)
{
  const Slot *slot;

  if (self->n_slots == 0)
    return FALSE;
  slot = find_slot (self, key, kobra_key_index_hash (self, key));
  if (slot->chain == NONE)
    return FALSE;
  *id = self->chains[slot->chain].head;
  return TRUE;
}

gboolean
kobra_key_index_is_duplicate (const KobraKeyIndex *self,
                              guint32              id)
{
  return id < self->n_links && self->links[id].chain != NONE && self->chains[self->links[id].chain].different != NONE;
}

guint32
kobra_key_index_get_other_line (const KobraKeyIndex *self,
                                guint32              id)
{
  const Chain *chain;
  gboolean     is_as_head;

  g_return_val_if_fail (kobra_key_index_is_duplicate (self, id), 0);

  chain = &self->chains[self->links[id].chain];
  is_as_head = id == chain->head || (id != chain->different && self->links[id].content == self->links[chain->head].content);
  return self->links[is_as_head ? chain->different : chain->head].line;
}
