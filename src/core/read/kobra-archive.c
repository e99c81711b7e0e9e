/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n.h>

#include "kobra-banned.h"

#define BLOCK_BYTES ((gsize) 1 << 16)

/* No program that writes spreadsheets makes more parts. */
#define MAX_PARTS 100000u

/* A part that has unpacked to so much, and to so many times what it took of the file, was made to fill memory and disks: sheets of constant columns
 * unpack to some 50 times. */
#define BOMB_BYTES ((guint64) 64 << 20)
#define BOMB_RATIO 400

/* What a reader needs days for is refused, however it was packed. */
#define MAX_PART_BYTES ((guint64) 64 << 30)

struct _KobraArchive
{
  KobraSource    *source;
  GInputStream   *stream;
  struct archive *archive;
  struct archive_entry *entry;
  char           *block;
  goffset         place;   /* where the next block begins: the stream may be read by another archive meanwhile */
  char           *name;    /* of the part, without what some writers do to it */
  guint           n_parts;
  guint64         n_in;    /* bytes of the file since the part began */
  guint64         n_out;
  GError         *cause;   /* why the file could not be read */
};

static gboolean
go_to_place (KobraArchive *self)
{
  GSeekable *seekable = G_SEEKABLE (self->stream);

  return g_seekable_tell (seekable) == self->place || g_seekable_seek (seekable, self->place, G_SEEK_SET, self->source->cancellable, &self->cause);
}

static la_ssize_t
read_block (struct archive *archive,
            void           *data,
            const void    **block)
{
  KobraArchive *self = data;
  gssize        n;

  *block = self->block;
  if (self->cause != NULL || g_cancellable_set_error_if_cancelled (self->source->cancellable, &self->cause) || !go_to_place (self))
    return -1;
  n = g_input_stream_read (self->stream, self->block, BLOCK_BYTES, self->source->cancellable, &self->cause);
  self->n_in += n > 0 ? (guint64) n : 0;
  self->place += MAX (n, 0);
  return n;
}

static la_int64_t
seek_block (struct archive *archive,
            void           *data,
            la_int64_t      offset,
            int             whence)
{
  KobraArchive *self = data;
  GSeekType     type = whence == SEEK_SET ? G_SEEK_SET : whence == SEEK_CUR ? G_SEEK_CUR : G_SEEK_END;

  if (self->cause != NULL || !go_to_place (self) || !g_seekable_seek (G_SEEKABLE (self->stream), offset, type, self->source->cancellable, &self->cause))
    return ARCHIVE_FATAL;
  self->place = g_seekable_tell (G_SEEKABLE (self->stream));
  return self->place;
}

static la_int64_t
skip_block (struct archive *archive,
            void           *data,
            la_int64_t      n)
{
  goffset before = ((KobraArchive *) data)->place;
  gint64  after = seek_block (archive, data, n, SEEK_CUR);

  return after >= before ? after - before : 0;
}

/* The archive can't go on. */
static void
fail (KobraArchive *self,
      GError      **error)
{
  if (g_error_matches (self->cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&self->cause));
  else if (self->cause != NULL)
    g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_IO, _ ("The file cannot be read to its end: %s. Copy it to this computer, and open the copy."), self->cause->message);
  else
    kobra_source_fail (error, KOBRA_READ_ERROR_DAMAGED,
                       _ ("The spreadsheet is damaged or cut off, as by a download that did not finish. Get it again; or open it in a spreadsheet program, let it be repaired, and save it."));
}

KobraArchive *
kobra_archive_new (KobraSource *source,
                   GError     **error)
{
  g_autoptr (KobraArchive) self = g_new0 (KobraArchive, 1);

  self->source = source;
  self->stream = kobra_source_seekable (source, error);
  if (self->stream == NULL)
    return NULL;
  self->block = g_malloc (BLOCK_BYTES);
  self->archive = archive_read_new ();
  archive_read_support_format_zip_seekable (self->archive);
  archive_read_set_read_callback (self->archive, read_block);
  archive_read_set_seek_callback (self->archive, seek_block);
  archive_read_set_skip_callback (self->archive, skip_block);
  archive_read_set_callback_data (self->archive, self);
  if (archive_read_open1 (self->archive) == ARCHIVE_OK)
    return g_steal_pointer (&self);
  fail (self, error);
  return NULL;
}

void
kobra_archive_free (KobraArchive *self)
{
  if (self->archive != NULL)
    archive_read_free (self->archive);
  g_clear_pointer (&self->block, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_error (&self->cause);
  g_free (self);
}

const char *
kobra_archive_next (KobraArchive *self,
                    GError      **error)
{
  int         result = archive_read_next_header (self->archive, &self->entry);
  const char *name;

  if (result == ARCHIVE_EOF)
    return NULL;
  if ((result != ARCHIVE_OK && result != ARCHIVE_WARN) || self->cause != NULL || ++self->n_parts > MAX_PARTS)
    {
      fail (self, error);
      return NULL;
    }
  name = archive_entry_pathname (self->entry);
  g_free (self->name);
  self->name = g_utf8_make_valid (name != NULL ? name : "", -1);
  g_strdelimit (self->name, "\\", '/');
  self->n_in = self->n_out = 0;
  return *self->name == '/' ? self->name + 1 : self->name;
}

KobraArchive *
kobra_archive_find (KobraSource *source,
                    const char  *name,
                    GError     **error)
{
  g_autoptr (KobraArchive) self = kobra_archive_new (source, error);
  const char *next;

  if (self == NULL)
    return NULL;
  while ((next = kobra_archive_next (self, error)) != NULL)
    if (g_ascii_strcasecmp (next, name) == 0)
      return g_steal_pointer (&self);
  return NULL;
}

gssize
kobra_archive_read (KobraArchive *self,
                    char         *bytes,
                    gsize         n,
                    GError      **error)
{
  gssize n_read;

  if (g_cancellable_set_error_if_cancelled (self->source->cancellable, error))
    return -1;
  if (archive_entry_is_data_encrypted (self->entry))
    {
      kobra_source_fail (error, KOBRA_READ_ERROR_ENCRYPTED, _ ("The file is protected by a password. Open it in the program that made it, save a copy without the password, and open that."));
      return -1;
    }
  n_read = archive_read_data (self->archive, bytes, n);
  if (n_read < 0)
    {
      fail (self, error);
      return -1;
    }
  self->n_out += (guint64) n_read;
  if ((self->n_out > BOMB_BYTES && self->n_out / BOMB_RATIO > self->n_in + BLOCK_BYTES) || self->n_out > MAX_PART_BYTES)
    {
      kobra_source_fail (error, KOBRA_READ_ERROR_TOO_LARGE,
                         _ ("The spreadsheet unpacks to hundreds of times its size, as none does that a person fills in: it may have been made to do harm. If you trust it, open it in a spreadsheet program, save its sheet as CSV in UTF-8, and open that file."));
      return -1;
    }
  return n_read;
}

guint64
kobra_archive_get_done (const KobraArchive *self)
{
  return self->n_out;
}

guint64
kobra_archive_get_total (const KobraArchive *self)
{
  return archive_entry_size_is_set (self->entry) ? (guint64) MAX (archive_entry_size (self->entry), 0) : 0;
}
