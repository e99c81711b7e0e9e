/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV as the spreadsheet programs of our users read it: UTF-8 with its mark, commas, CRLF. */
#include "kobra-write-csv.h"

#include <string.h>

#include "kobra-formula.h"
#include "kobra-table-writer-private.h"

#include "kobra-banned.h"

#define FLUSH_BYTES ((gsize) 256 << 10)

/* More than FLUSH_BYTES and the longest cell with each of its characters doubled. */
#define MAX_BUFFER_BYTES ((gsize) 1 << 30)

typedef struct
{
  GOutputStream         *stream;
  GCancellable          *cancellable;
  const KobraWriteSheet *sheet;
  gboolean               is_left_out; /* the sheet at hand is not the first */
  KobraBuffer            buffer;
  KobraBuffer            cell;
} Csv;

static gboolean
flush (Csv     *self,
       GError **error)
{
  gboolean done = g_output_stream_write_all (self->stream, self->buffer.bytes, self->buffer.length, NULL, self->cancellable, error);

  kobra_buffer_reset (&self->buffer);
  return done;
}

static gpointer
begin (GOutputStream         *stream,
       const KobraWriteSheet *sheets,
       guint                  n_sheets,
       GCancellable          *cancellable,
       GError               **error)
{
  Csv *self = g_new0 (Csv, 1);

  self->stream = g_object_ref (stream);
  g_set_object (&self->cancellable, cancellable);
  self->sheet = sheets;
  kobra_buffer_init (&self->buffer, MAX_BUFFER_BYTES);
  kobra_buffer_init (&self->cell, MAX_BUFFER_BYTES);
  kobra_buffer_append_string (&self->buffer, "\xef\xbb\xbf");
  return self;
}

static gboolean
begin_sheet (gpointer data,
             guint    sheet,
             GError **error)
{
  ((Csv *) data)->is_left_out = sheet > 0;
  return TRUE;
}

static gboolean
append_cell (Csv        *self,
             const char *text,
             gboolean    first,
             GError    **error)
{
  kobra_buffer_reset (&self->cell);
  kobra_formula_append_safe (&self->cell, text);
  kobra_write_csv_append_cell (&self->buffer, self->cell.bytes, first);
  if (self->buffer.overflowed || self->cell.overflowed)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "out of memory");
      return FALSE;
    }
  return self->buffer.length < FLUSH_BYTES || flush (self, error);
}

static gboolean
write_row (gpointer           data,
           const char *const *texts,
           guint32            row,
           GError           **error)
{
  Csv *self = data;

  if (self->is_left_out)
    return TRUE;
  for (guint i = 0; i < self->sheet->n_columns; i++)
    if (!append_cell (self, texts[i], i == 0, error))
      return FALSE;
  kobra_buffer_append_string (&self->buffer, "\r\n");
  return TRUE;
}

static gboolean
end_sheet (gpointer data,
           GError **error)
{
  return TRUE;
}

static gboolean
end (gpointer data,
     GError **error)
{
  return flush (data, error);
}

static void
csv_free (gpointer data)
{
  Csv *self = data;

  kobra_buffer_clear (&self->cell);
  kobra_buffer_clear (&self->buffer);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stream);
  g_free (self);
}

const KobraTableBackend kobra_write_csv = { 0, 0, 0, begin, begin_sheet, write_row, end_sheet, end, csv_free };

void
kobra_write_csv_append_cell (KobraBuffer *buffer,
                             const char  *text,
                             gboolean     first)
{
  if (!first)
    kobra_buffer_append_byte (buffer, ',');
  if (text[strcspn (text, ",\"\r\n")] == '\0' && *text != ' ' && (*text == '\0' || text[strlen (text) - 1] != ' '))
    {
      kobra_buffer_append_string (buffer, text);
      return;
    }
  kobra_buffer_append_byte (buffer, '"');
  for (const char *quote; (quote = strchr (text, '"')) != NULL; text = quote + 1)
    {
      kobra_buffer_append (buffer, text, (gsize) (quote - text) + 1);
      kobra_buffer_append_byte (buffer, '"');
    }
  kobra_buffer_append_string (buffer, text);
  kobra_buffer_append_byte (buffer, '"');
}
