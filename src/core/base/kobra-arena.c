/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-arena.h"

#include <stdlib.h>
#include <string.h>

#include "kobra-pages.h"

#include "kobra-banned.h"

/* Chunks begin small, for there are many small arenas, and double until they are large pages. */
#define FIRST_CHUNK ((gsize) 64 << 10)
#define LAST_CHUNK (2 * KOBRA_LARGE_PAGE)
#define LAST_SMALL_CHUNK (KOBRA_LARGE_PAGE / 2)

#define MAX_SIZE ((gsize) 1 << 30)

typedef struct _Chunk Chunk;
struct _Chunk
{
  Chunk *next;
  gsize  size; /* of the bytes */
  gsize  used;
  char   bytes[];
};

struct _KobraArena
{
  gatomicrefcount ref_count;
  Chunk          *newest;
  gsize           size;
  gboolean        has_small_pages;
};

static gboolean
grow (KobraArena *self,
      gsize       needed)
{
  gsize  wanted = MAX (MIN (self->size, self->has_small_pages ? LAST_SMALL_CHUNK : LAST_CHUNK), sizeof (Chunk) + needed);
  gsize  size = FIRST_CHUNK;
  Chunk *chunk;

  while (size < wanted)
    size *= 2;
  chunk = size < KOBRA_LARGE_PAGE || self->has_small_pages ? malloc (size) : kobra_pages_try_alloc (size);
  if (chunk == NULL)
    return FALSE;
  chunk->next = self->newest;
  chunk->size = size - sizeof (Chunk);
  chunk->used = 0;
  self->newest = chunk;
  self->size += size;
  return TRUE;
}

KobraArena *
kobra_arena_new (void)
{
  KobraArena *self = g_new0 (KobraArena, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

KobraArena *
kobra_arena_ref (KobraArena *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kobra_arena_unref (KobraArena *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  while (self->newest != NULL)
    {
      Chunk *chunk = self->newest;

      self->newest = chunk->next;
      free (chunk);
    }
  g_free (self);
}

char *
kobra_arena_alloc (KobraArena *self,
                   gsize       size)
{
  char *bytes;

  if (size > MAX_SIZE)
    return NULL;
  if ((self->newest == NULL || self->newest->size - self->newest->used < size) && !grow (self, size))
    return NULL;
  bytes = self->newest->bytes + self->newest->used;
  self->newest->used += size;
  return bytes;
}

gpointer
kobra_arena_alloc_aligned (KobraArena *self,
                           gsize       size)
{
  gsize used = self->newest != NULL ? self->newest->used : 0;
  gsize padding = (8 - (used + G_STRUCT_OFFSET (Chunk, bytes)) % 8) % 8;

  if (size > MAX_SIZE)
    return NULL;
  if (self->newest == NULL || self->newest->size - used < size + padding)
    {
      if (!grow (self, size + 8))
        return NULL;
      padding = (8 - G_STRUCT_OFFSET (Chunk, bytes) % 8) % 8;
    }
  self->newest->used += padding;
  return kobra_arena_alloc (self, size);
}

void
kobra_arena_give_back (KobraArena *self,
                       gsize       size)
{
  g_return_if_fail (self->newest != NULL && size <= self->newest->used);

  self->newest->used -= size;
}

char *
kobra_arena_strdup (KobraArena *self,
                    const char *text)
{
  gsize size = strlen (text) + 1;
  char *copy = kobra_arena_alloc (self, size);

  if (copy != NULL)
    memcpy (copy, text, size);
  return copy;
}

void
kobra_arena_use_small_pages (KobraArena *self)
{
  self->has_small_pages = TRUE;
}

void
kobra_arena_take (KobraArena *self,
                  KobraArena *other)
{
  Chunk **end = &self->newest;

  /* At the end: what is free in the newest chunk is used up first. */
  while (*end != NULL)
    end = &(*end)->next;
  *end = g_steal_pointer (&other->newest);
  self->size += other->size;
  other->size = 0;
  kobra_arena_unref (other);
}

gsize
kobra_arena_get_size (KobraArena *self)
{
  return self->size;
}
