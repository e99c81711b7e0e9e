/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-compound.h"

#include <string.h>

#include "kobra-banned.h"

#define HEADER_BYTES 512
#define N_HEADER_TABLES 109u /* sectors of the table of chains that the header itself lists */
#define ENTRY_BYTES 128u
#define NAME_BYTES 64u
#define MINI_BYTES 64u       /* a sector of small streams, which live in the root's own */
#define MINI_CUTOFF 4096u    /* a stream of fewer bytes is small */
#define NO_SECTOR 0xfffffffau /* from here on a number is no sector */
#define NO_ENTRY 0xffffffffu
#define TYPE_STREAM 2

/* The directory, or the root's stream of small ones, is never so large. */
#define MAX_WHOLE_BYTES ((guint64) 64 << 20)
#define WHOLE G_MAXUINT64

/* Bytes at once, between two looks at the cancellable. */
#define READ_BYTES ((gsize) 1 << 20)

static guint32
load_32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* FALSE without @error: the file ends before. */
static gboolean
read_at (KobraCompound *self,
         guint64        offset,
         guint8        *bytes,
         gsize          n,
         GError       **error)
{
  gsize n_read;

  if (offset > self->size || n > self->size - offset)
    return FALSE;
  return g_seekable_seek (G_SEEKABLE (self->stream), (goffset) offset, G_SEEK_SET, self->cancellable, error) &&
         g_input_stream_read_all (self->stream, bytes, n, &n_read, self->cancellable, error) && n_read == n;
}

static guint64
get_offset (const KobraCompound *self,
            guint32              sector)
{
  return ((guint64) sector + 1) * self->sector_bytes;
}

static gboolean
add_table (KobraCompound *self,
           guint32        sector,
           GError       **error)
{
  gsize n = self->sector_bytes / 4, old = self->next->len;

  /* More entries than the file has sectors are of no use. */
  if (old > self->size / self->sector_bytes)
    return TRUE;
  g_array_set_size (self->next, (guint) (old + n));
  if (!read_at (self, get_offset (self, sector), (guint8 *) &g_array_index (self->next, guint32, old), self->sector_bytes, error))
    return FALSE;
  for (gsize i = old; i < old + n; i++)
    g_array_index (self->next, guint32, i) = GUINT32_FROM_LE (g_array_index (self->next, guint32, i));
  return TRUE;
}

/* The table of chains is itself in sectors, which the header lists and, past 7 MB, sectors of a chain of their own. */
static gboolean
load_tables (KobraCompound *self,
             const guint8  *header,
             GError       **error)
{
  guint32 n_tables = load_32 (header + 0x2c), sector = load_32 (header + 0x44);
  gsize   n_listed = self->sector_bytes / 4 - 1;
  g_autofree guint8 *list = g_malloc (self->sector_bytes);

  if (n_tables > self->size / self->sector_bytes)
    return FALSE;
  for (guint32 i = 0; i < MIN (n_tables, N_HEADER_TABLES); i++)
    if (!add_table (self, load_32 (header + 0x4c + 4 * i), error))
      return FALSE;
  for (guint32 i = N_HEADER_TABLES; i < n_tables;)
    {
      if (sector >= NO_SECTOR || !read_at (self, get_offset (self, sector), list, self->sector_bytes, error))
        return FALSE;
      for (gsize k = 0; k < n_listed && i < n_tables; k++, i++)
        if (!add_table (self, load_32 (list + 4 * k), error))
          return FALSE;
      sector = load_32 (list + 4 * n_listed);
    }
  return TRUE;
}

/* Appends the first @n bytes of the chain, or the WHOLE of it. */
static gboolean
load_chain (KobraCompound *self,
            guint32        sector,
            guint64        n,
            GByteArray    *bytes,
            GError       **error)
{
  guint n_steps = 0;

  while (n > 0 && sector < NO_SECTOR)
    {
      guint32 first = sector, n_sectors = 0;
      guint64 n_run;
      guint   old = bytes->len;

      do
        {
          if (sector >= self->next->len || n_steps++ > self->next->len)
            return FALSE;
          n_sectors++;
          sector = g_array_index (self->next, guint32, sector);
        }
      while (sector == first + n_sectors && (n_sectors + 1) * self->sector_bytes <= READ_BYTES);
      n_run = MIN (n, (guint64) n_sectors * self->sector_bytes);
      if (n == WHOLE && old + n_run > MAX_WHOLE_BYTES)
        return FALSE;
      g_byte_array_set_size (bytes, old + (guint) n_run);
      if (!read_at (self, get_offset (self, first), bytes->data + old, n_run, error))
        return FALSE;
      if (n != WHOLE)
        n -= n_run;
    }
  return n == 0 || n == WHOLE;
}

gboolean
kobra_compound_open (KobraCompound *self,
                     GInputStream  *stream,
                     GCancellable  *cancellable,
                     GError       **error)
{
  static const guint8 magic[] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };
  guint8              header[HEADER_BYTES];

  *self = (KobraCompound) { .stream = stream, .cancellable = cancellable };
  self->next = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->entries = g_byte_array_new ();
  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_END, cancellable, error))
    return FALSE;
  self->size = (guint64) g_seekable_tell (G_SEEKABLE (stream));
  if (!read_at (self, 0, header, sizeof header, error) || memcmp (header, magic, sizeof magic) != 0 || (header[0x1e] != 9 && header[0x1e] != 12))
    return FALSE;
  self->sector_bytes = (gsize) 1 << header[0x1e];
  return load_tables (self, header, error) && load_chain (self, load_32 (header + 0x30), WHOLE, self->entries, error) && self->entries->len >= ENTRY_BYTES;
}

void
kobra_compound_clear (KobraCompound *self)
{
  g_clear_pointer (&self->next, g_array_unref);
  g_clear_pointer (&self->entries, g_byte_array_unref);
}

static gboolean
has_name (const guint8 *entry,
          const char   *name)
{
  gsize n = strlen (name);

  for (gsize i = 0; i <= n && 2 * i < NAME_BYTES; i++)
    if (entry[2 * i] != (guint8) name[i] || entry[2 * i + 1] != 0)
      return FALSE;
  return TRUE;
}

/* The entry among the root's own, which are a tree of neighbours: a book that is embedded in another has the same names further in. */
static const guint8 *
find_entry (const KobraCompound *self,
            const char          *name)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32            n_entries = self->entries->len / ENTRY_BYTES, number = load_32 (self->entries->data + 0x4c);

  g_array_append_val (open, number);
  for (guint32 n_seen = 0; open->len > 0 && n_seen <= 2 * n_entries; n_seen++)
    {
      const guint8 *entry;

      number = g_array_index (open, guint32, open->len - 1);
      g_array_set_size (open, open->len - 1);
      if (number >= n_entries)
        continue;
      entry = self->entries->data + (gsize) number * ENTRY_BYTES;
      if (entry[0x42] == TYPE_STREAM && has_name (entry, name))
        return entry;
      for (gsize at = 0x44; at <= 0x48; at += 4)
        {
          number = load_32 (entry + at);
          if (number != NO_ENTRY)
            g_array_append_val (open, number);
        }
    }
  return NULL;
}

gboolean
kobra_compound_find (const KobraCompound *self,
                     const char          *name,
                     guint64             *size)
{
  const guint8 *entry = find_entry (self, name);

  if (entry != NULL)
    *size = load_32 (entry + 0x78);
  return entry != NULL;
}

/* A small stream: its own chain is one of pieces of the root's stream, which is long. */
static gboolean
load_mini (KobraCompound *self,
           guint32        sector,
           guint64        n,
           GByteArray    *bytes,
           GError       **error)
{
  g_autoptr (GByteArray) root = g_byte_array_new (), table = g_byte_array_new ();
  guint8                 header[HEADER_BYTES];

  if (!read_at (self, 0, header, sizeof header, error) || !load_chain (self, load_32 (header + 0x3c), WHOLE, table, error) ||
      !load_chain (self, load_32 (self->entries->data + 0x74), WHOLE, root, error))
    return FALSE;
  while (bytes->len < n)
    {
      gsize n_piece = MIN (MINI_BYTES, n - bytes->len);

      if ((gsize) sector * MINI_BYTES + n_piece > root->len || (gsize) sector * 4 + 4 > table->len)
        return FALSE;
      g_byte_array_append (bytes, root->data + (gsize) sector * MINI_BYTES, (guint) n_piece);
      sector = load_32 (table->data + (gsize) sector * 4);
    }
  return TRUE;
}

GByteArray *
kobra_compound_load (KobraCompound *self,
                     const char    *name,
                     GError       **error)
{
  const guint8          *entry = find_entry (self, name);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32                first, n;

  if (entry == NULL)
    return NULL;
  first = load_32 (entry + 0x74);
  n = load_32 (entry + 0x78);
  if (n > self->size || n > G_MAXINT32)
    return NULL;
  if (n < MINI_CUTOFF ? !load_mini (self, first, n, bytes, error) : !load_chain (self, first, n, bytes, error))
    return NULL;
  return g_steal_pointer (&bytes);
}
