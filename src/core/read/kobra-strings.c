/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-strings.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kobra-banned.h"

/* So much is held in memory; what is more, in a file that the system may put aside. */
#define MEMORY_BYTES ((gsize) 96 << 20)

#define WORD ((gsize) 4)
#define MAX_BYTES (WORD << 32)

/* Texts, at 4 bytes each for where they start. */
#define MAX_STRINGS (16u << 20)

#define FIRST_ROOM ((gsize) 1 << 16)

void
kobra_strings_init (KobraStrings *self)
{
  *self = (KobraStrings) { .file = -1 };
}

void
kobra_strings_clear (KobraStrings *self)
{
  if (self->file >= 0)
    {
      munmap (self->bytes, self->capacity);
      close (self->file);
    }
  else
    {
      g_free (self->bytes);
    }
  g_free (self->starts);
  kobra_strings_init (self);
}

/* A file without a name on a disk, not in a file system that is memory itself, as /tmp may be. */
static int
open_file (void)
{
  const char *const folders[] = { g_get_user_cache_dir (), "/var/tmp", g_get_tmp_dir () };
  int file = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (folders) && file < 0; i++)
    file = open (folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  return file;
}

static gboolean
move_to_file (KobraStrings *self,
              gsize         capacity)
{
  char *mapped;

  if (self->file < 0)
    {
      int file = open_file ();

      if (file < 0)
        return FALSE;
      if (posix_fallocate (file, 0, (off_t) capacity) != 0 || (mapped = mmap (NULL, capacity, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)) == MAP_FAILED)
        {
          close (file);
          return FALSE;
        }
      memcpy (mapped, self->bytes, self->length);
      g_free (self->bytes);
      self->file = file;
    }
  else
    {
      /* A disk that is full must be known now: later, writing to the mapping would be a crash. */
      if (posix_fallocate (self->file, 0, (off_t) capacity) != 0)
        return FALSE;
      mapped = mremap (self->bytes, self->capacity, capacity, MREMAP_MAYMOVE);
      if (mapped == MAP_FAILED)
        return FALSE;
    }
  self->bytes = mapped;
  self->capacity = capacity;
  return TRUE;
}

static gboolean
make_room (KobraStrings *self,
           gsize         n)
{
  gsize capacity;
  char *bytes;

  if (self->length + n > MAX_BYTES)
    return FALSE;
  if (self->length + n <= self->capacity)
    return TRUE;
  capacity = MAX (MAX (self->capacity + self->capacity / 2, self->length + n), FIRST_ROOM);
  if (capacity > MEMORY_BYTES || self->file >= 0)
    return move_to_file (self, capacity);
  bytes = g_try_realloc (self->bytes, capacity);
  if (bytes == NULL)
    return FALSE;
  self->bytes = bytes;
  self->capacity = capacity;
  return TRUE;
}

gboolean
kobra_strings_append (KobraStrings *self,
                      const char   *text,
                      gsize         length)
{
  gsize size = (length + 1 + WORD - 1) / WORD * WORD;

  if (self->n == MAX_STRINGS || !make_room (self, size))
    return FALSE;
  if (self->n == self->n_room)
    {
      guint    n_room = MAX (self->n_room + self->n_room / 2, 1024);
      guint32 *starts = g_try_renew (guint32, self->starts, n_room);

      if (starts == NULL)
        return FALSE;
      self->starts = starts;
      self->n_room = n_room;
    }
  memcpy (self->bytes + self->length, text, length);
  self->bytes[self->length + length] = '\0';
  self->starts[self->n++] = (guint32) (self->length / WORD);
  self->length += size;
  return TRUE;
}

const char *
kobra_strings_get (const KobraStrings *self,
                   guint64             number)
{
  return number < self->n ? self->bytes + (gsize) self->starts[number] * WORD : NULL;
}
