/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbook's stream of records in its container ([MS-CFB] §2, [MS-XLS] §2.1.4): sectors in a chain. */

#include "kobra-xls-scan.h"

#include <string.h>

#include "kobra-banned.h"

#define HEADER_BYTES 512
#define N_HEADER_FAT 109u
#define ENTRY_BYTES 128
#define END_OF_CHAIN 0xfffffffau /* from here on a number is no sector */
#define MIN_STREAM_BYTES 4096u

#define RECORD_FORMULA 0x0006
#define RECORD_BOOLEAN 0x0205

typedef struct
{
  GInputStream *stream;
  GCancellable *cancellable;
  gsize         sector_bytes;
  guint8        header[HEADER_BYTES];
  guint8       *sector;
  guint8       *fat;       /* the part of the table that was looked at last */
  guint32       fat_part;  /* which */
  guint32       n_steps;   /* along the chain that is followed: a circle has no end */
} Scan;

static guint32
load (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static gboolean
read_sector (Scan   *self,
             guint32 number,
             guint8 *bytes)
{
  gsize n = 0;

  return g_seekable_seek (G_SEEKABLE (self->stream), (goffset) ((guint64) (number + G_GUINT64_CONSTANT (1)) * self->sector_bytes), G_SEEK_SET, self->cancellable, NULL) &&
         g_input_stream_read_all (self->stream, bytes, self->sector_bytes, &n, self->cancellable, NULL) && n > 0;
}

/* The sector after @number in its chain; FALSE at its end or if there is no telling. Only tables that the header lists are known: files to 7 MB,
 * or 850 MB with large sectors. */
static gboolean
get_next (Scan    *self,
          guint32  number,
          guint32 *next)
{
  guint32 n_in_part = (guint32) self->sector_bytes / 4, part = number / n_in_part;

  if (part >= N_HEADER_FAT || self->n_steps++ > N_HEADER_FAT * n_in_part)
    return FALSE;
  if (self->fat_part != part && !read_sector (self, load (self->header + 0x4c + 4 * part), self->fat))
    return FALSE;
  self->fat_part = part;
  *next = load (self->fat + 4 * (number % n_in_part));
  return *next < END_OF_CHAIN;
}

/* Whether the directory's entry is the workbook's. */
static gboolean
is_workbook (const guint8 *entry)
{
  static const char *const names[] = { "Workbook", "Book" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize n = strlen (names[i]), k = 0;

      while (k <= n && entry[2 * k] == (guint8) names[i][k] && entry[2 * k + 1] == 0)
        k++;
      if (k == n + 1)
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_workbook (Scan    *self,
               guint32 *first,
               guint32 *size)
{
  guint32 number = load (self->header + 0x30);

  self->n_steps = 0;
  do
    {
      if (!read_sector (self, number, self->sector))
        return FALSE;
      for (gsize at = 0; at + ENTRY_BYTES <= self->sector_bytes; at += ENTRY_BYTES)
        if (is_workbook (self->sector + at))
          {
            *first = load (self->sector + at + 0x74);
            *size = load (self->sector + at + 0x78);
            return *size >= MIN_STREAM_BYTES;
          }
    }
  while (get_next (self, number, &number));
  return FALSE;
}

/* Goes from record to record, each a type, a length and so many bytes. */
static gboolean
walk (Scan   *self,
      guint32 number,
      guint32 size)
{
  guint8  head[4];
  gsize   n_head = 0, n_skipped = 0;
  guint32 n_done = 0;

  self->n_steps = 0;
  for (;;)
    {
      gsize n = MIN (self->sector_bytes, size - n_done);

      if (!read_sector (self, number, self->sector))
        return FALSE;
      for (gsize at = 0; at < n;)
        {
          gsize step = MIN (n_skipped, n - at);

          at += step;
          n_skipped -= step;
          if (at == n)
            break;
          head[n_head++] = self->sector[at++];
          if (n_head < sizeof head)
            continue;
          n_head = 0;
          n_skipped = (gsize) (head[2] | head[3] << 8);
          if ((head[0] | head[1] << 8) == RECORD_FORMULA || (head[0] | head[1] << 8) == RECORD_BOOLEAN)
            return FALSE;
        }
      n_done += (guint32) n;
      if (n_done == size)
        return TRUE;
      if (!get_next (self, number, &number))
        return FALSE;
    }
}

gboolean
kobra_xls_scan_is_whole (GInputStream *stream,
                         GCancellable *cancellable)
{
  Scan     self = { .stream = stream, .cancellable = cancellable, .fat_part = G_MAXUINT32 };
  guint32  first, size;
  gsize    n;
  guint    shift;
  gboolean is_whole;

  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, NULL) ||
      !g_input_stream_read_all (stream, self.header, sizeof self.header, &n, cancellable, NULL) || n < sizeof self.header)
    return FALSE;
  shift = self.header[0x1e];
  if (shift != 9 && shift != 12)
    return FALSE;
  self.sector_bytes = (gsize) 1 << shift;
  self.sector = g_malloc0 (self.sector_bytes);
  self.fat = g_malloc0 (self.sector_bytes);
  is_whole = find_workbook (&self, &first, &size) && walk (&self, first, size);
  g_free (self.sector);
  g_free (self.fat);
  return is_whole;
}
