/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-zip.h"

#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "kobra-banned.h"

/* What a 32-bit length can say, with room for what compression may add and for the list at the end. */
#define MAX_BYTES ((guint64) G_MAXUINT32 - (64 << 20))

#define BLOCK_BYTES (256 << 10)

struct _KobraZip
{
  GOutputStream  *stream;
  GCancellable   *cancellable;
  struct archive *archive;
  GError         *error;   /* why the stream took no more, or NULL */
  guint64         n_bytes; /* of the file at hand, before compression */
  guint64         n_out;   /* that went to the stream */
};

static la_ssize_t
write_cb (struct archive *archive,
          void           *data,
          const void     *bytes,
          size_t          length)
{
  KobraZip *self = data;

  /* libarchive tries to end what it began: after an error nothing more is written. */
  if (self->error == NULL && g_output_stream_write_all (self->stream, bytes, length, NULL, self->cancellable, &self->error))
    {
      self->n_out += length;
      return (la_ssize_t) length;
    }
  archive_set_error (archive, EIO, "%s", self->error->message);
  return -1;
}

static gboolean
fail (KobraZip *self,
      GError  **error)
{
  if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, archive_error_string (self->archive));
  return FALSE;
}

static gboolean
fail_too_large (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "over 4 GiB");
  return FALSE;
}

KobraZip *
kobra_zip_new (GOutputStream *stream,
               GCancellable  *cancellable)
{
  KobraZip *self = g_new0 (KobraZip, 1);

  self->stream = g_object_ref (stream);
  g_set_object (&self->cancellable, cancellable);
  self->archive = archive_write_new ();
  archive_write_set_format_zip (self->archive);
  /* Level 1: a sheet's markup repeats itself so much that the others take three times as long for a few per cent. */
  archive_write_set_options (self->archive, "zip:!zip64,zip:compression-level=1");
  archive_write_set_bytes_per_block (self->archive, BLOCK_BYTES);
  archive_write_set_bytes_in_last_block (self->archive, 1);
  archive_write_open2 (self->archive, self, NULL, write_cb, NULL, NULL);
  return self;
}

void
kobra_zip_free (KobraZip *self)
{
  if (self->archive != NULL)
    {
      archive_write_fail (self->archive);
      archive_write_free (self->archive);
    }
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stream);
  g_free (self);
}

gboolean
kobra_zip_begin (KobraZip   *self,
                 const char *name,
                 gboolean    is_compressed,
                 GError    **error)
{
  struct archive_entry *entry = archive_entry_new ();
  int                   status;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  if (is_compressed)
    archive_write_zip_set_compression_deflate (self->archive);
  else
    archive_write_zip_set_compression_store (self->archive);
  self->n_bytes = 0;
  status = archive_write_header (self->archive, entry);
  archive_entry_free (entry);
  return status == ARCHIVE_OK || fail (self, error);
}

gboolean
kobra_zip_write (KobraZip   *self,
                 const char *bytes,
                 gsize       length,
                 GError    **error)
{
  self->n_bytes += length;
  if (self->n_bytes > MAX_BYTES || self->n_out > MAX_BYTES)
    return fail_too_large (error);
  return length == 0 || archive_write_data (self->archive, bytes, length) == (la_ssize_t) length || fail (self, error);
}

gboolean
kobra_zip_flush (KobraZip    *self,
                 KobraBuffer *buffer,
                 GError     **error)
{
  gboolean done = buffer->overflowed ? fail_too_large (error) : kobra_zip_write (self, buffer->bytes, buffer->length, error);

  kobra_buffer_reset (buffer);
  return done;
}

gboolean
kobra_zip_add (KobraZip   *self,
               const char *name,
               gboolean    is_compressed,
               const char *text,
               GError    **error)
{
  return kobra_zip_begin (self, name, is_compressed, error) && kobra_zip_write (self, text, strlen (text), error);
}

gboolean
kobra_zip_finish (KobraZip *self,
                  GError  **error)
{
  return archive_write_close (self->archive) == ARCHIVE_OK || fail (self, error);
}
