/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-source.h"

#include <glib/gi18n.h>

#include "kobra-sniff.h"

#include "kobra-banned.h"

#define PIECE_BYTES ((gsize) 1 << 16)

#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 20)

/* What can't seek is not copied without end. */
#define MAX_SPOOLED_BYTES ((guint64) 4 << 30)

void
kobra_source_clear (KobraSource *self)
{
  g_clear_pointer (&self->head, g_free);
  g_clear_object (&self->spooled);
}

gboolean
kobra_source_fail (GError       **error,
                   KobraReadError code,
                   const char    *message)
{
  g_set_error_literal (error, KOBRA_READ_ERROR, code, message);
  return FALSE;
}

gboolean
kobra_source_fail_changed (GError **error)
{
  return kobra_source_fail (error, KOBRA_READ_ERROR_CHANGED, _ ("The file was changed while it was read. Open it again once it is saved."));
}

void
kobra_source_tell_progress (KobraSource *self,
                            guint64      done,
                            guint64      total)
{
  gint64 now = g_get_monotonic_time ();

  if (self->sink->progress == NULL || now - self->told < PROGRESS_INTERVAL)
    return;
  self->told = now;
  self->sink->progress (done, total, self->sink->data);
}

gboolean
kobra_source_read (KobraSource *self,
                   char        *bytes,
                   gsize        n,
                   gsize       *n_read,
                   GError     **error)
{
  g_autoptr (GError) cause = NULL;
  gssize             got;

  *n_read = 0;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  got = g_input_stream_read (self->stream, bytes, n, self->cancellable, &cause);
  if (got < 0 && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (got < 0)
    {
      g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_IO, _ ("The file cannot be read to its end: %s. Copy it to this computer, and open the copy."), cause->message);
      return FALSE;
    }
  *n_read = (gsize) got;
  self->n_read += (guint64) got;
  self->is_at_end = got == 0;
  if (self->size > 0 && (self->n_read > self->size || (self->is_at_end && self->n_read < self->size)))
    return kobra_source_fail_changed (error);
  return TRUE;
}

gboolean
kobra_source_read_head (KobraSource *self,
                        GError     **error)
{
  self->head = g_malloc (KOBRA_SNIFF_BYTES);
  while (!self->is_at_end && self->n_head < KOBRA_SNIFF_BYTES)
    {
      gsize n_read;

      if (!kobra_source_read (self, self->head + self->n_head, MIN (KOBRA_SNIFF_BYTES - self->n_head, PIECE_BYTES), &n_read, error))
        return FALSE;
      self->n_head += n_read;
    }
  return TRUE;
}

/* Copies the head and all that follows it. */
static gboolean
spool (KobraSource   *self,
       GOutputStream *out,
       GError       **error)
{
  g_autofree char *piece = g_malloc (PIECE_BYTES);
  g_autoptr (GError) cause = NULL;
  const char      *bytes = self->head;
  gsize            n = self->n_head;

  while (n > 0 || !self->is_at_end)
    {
      if (!g_output_stream_write_all (out, bytes, n, NULL, self->cancellable, &cause))
        {
          if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            g_propagate_error (error, g_steal_pointer (&cause));
          else
            g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_IO, _ ("There is no room for a copy of the spreadsheet while it is read: %s. Save it as a file, and open that."), cause->message);
          return FALSE;
        }
      if (self->n_read > MAX_SPOOLED_BYTES)
        return kobra_source_fail (error, KOBRA_READ_ERROR_TOO_LARGE, _ ("The spreadsheet is over 4 GiB. Save it as a file, and open that."));
      bytes = piece;
      n = 0;
      if (!self->is_at_end && !kobra_source_read (self, piece, PIECE_BYTES, &n, error))
        return FALSE;
    }
  return TRUE;
}

GInputStream *
kobra_source_seekable (KobraSource *self,
                       GError     **error)
{
  GInputStream *whole = self->spooled != NULL ? self->spooled : self->stream;

  if (!G_IS_SEEKABLE (whole) || !g_seekable_can_seek (G_SEEKABLE (whole)))
    {
      g_autoptr (GFileIOStream) both = NULL;
      g_autoptr (GFile)         file = g_file_new_tmp ("kobra-import-XXXXXX", &both, error);

      /* Nobody finds it by a name, and it goes when it is closed, however this ends. */
      if (file == NULL)
        return NULL;
      g_file_delete (file, NULL, NULL);
      if (!spool (self, g_io_stream_get_output_stream (G_IO_STREAM (both)), error))
        return NULL;
      self->size = self->n_read;
      self->spooled = g_object_ref (g_io_stream_get_input_stream (G_IO_STREAM (both)));
      g_object_set_data_full (G_OBJECT (self->spooled), "kobra-spool", g_object_ref (both), g_object_unref);
      whole = self->spooled;
    }
  return g_seekable_seek (G_SEEKABLE (whole), 0, G_SEEK_SET, self->cancellable, error) ? whole : NULL;
}

gboolean
kobra_source_tell_row (KobraSource        *self,
                       const KobraReadRow *row,
                       GError            **error)
{
  if (self->info->n_rows == KOBRA_READ_MAX_ROWS)
    {
      g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_TOO_MANY_ROWS,
                   _ ("There are more than %u rows. Split the file, and open its parts one by one."), KOBRA_READ_MAX_ROWS);
      return FALSE;
    }
  self->info->n_rows++;
  self->was_refused = !self->sink->row (row, self->sink->data, error);
  return !self->was_refused;
}

void
kobra_source_tell_blank (KobraSource *self,
                         guint32      line)
{
  self->info->n_blank++;
  if (self->sink->blank != NULL)
    self->sink->blank (line, self->sink->data);
}
