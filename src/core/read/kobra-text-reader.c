/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV and its relatives: bytes are decoded, then cut into rows. */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-csv.h"
#include "kobra-decode.h"
#include "kobra-sniff.h"
#include "kobra-source.h"

#include "kobra-banned.h"

/* So much is decoded and cut into rows between two looks at the cancellable. */
#define PIECE_BYTES ((gsize) 1 << 16)

/* With so many bytes at hand the decoder always gets on. */
#define MAX_CHARACTER_BYTES 4

G_STATIC_ASSERT (PIECE_BYTES <= KOBRA_DECODE_MAX_BYTES && 3 * PIECE_BYTES <= KOBRA_CSV_MAX_TEXT && PIECE_BYTES + MAX_CHARACTER_BYTES <= KOBRA_SNIFF_BYTES);

typedef struct
{
  KobraSource *source;
  char        *bytes;      /* the source's head: first the sample, then one piece after the other */
  gsize        start, end; /* of those in it that are not decoded yet */

  KobraDecoder decoder;
  KobraCsv    *csv;        /* NULL until the separator is known */
} Reading;

static void
reading_clear (Reading *self)
{
  g_clear_pointer (&self->csv, kobra_csv_free);
  kobra_decoder_clear (&self->decoder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* Reads a piece after what is at hand. */
static gboolean
read_more (Reading *self,
           GError **error)
{
  gsize n_read;

  memmove (self->bytes, self->bytes + self->start, self->end - self->start);
  self->end -= self->start;
  self->start = 0;
  if (!kobra_source_read (self->source, self->bytes + self->end, PIECE_BYTES, &n_read, error))
    return FALSE;
  self->end += n_read;
  kobra_source_tell_progress (self->source, self->source->n_read, self->source->size);
  return TRUE;
}

static void
begin (Reading *self)
{
  KobraSource *source = self->source;
  KobraSniffed sniffed = kobra_sniff_encoding (source->head, source->n_head, source->is_at_end, source->options->encoding);

  self->bytes = source->head;
  self->start = sniffed.n_mark;
  self->end = source->n_head;
  kobra_decoder_init (&self->decoder, sniffed.encoding, sniffed.is_sure);
}

static gboolean
take_row (const KobraReadRow *row,
          gpointer            data,
          GError            **error)
{
  return kobra_source_tell_row (data, row, error);
}

static void
take_blank (guint32  line,
            gpointer data)
{
  kobra_source_tell_blank (data, line);
}

/* Finds the separator in the first text there is. Returns how much of it is no row. */
static gsize
begin_rows (Reading    *self,
            const char *text,
            gsize       length,
            gboolean    is_all)
{
  const KobraReadOptions *options = self->source->options;
  KobraReadInfo          *info = self->source->info;
  const KobraReadSink     sink = { .row = take_row, .blank = take_blank, .data = self->source };
  gsize                   n_skipped = kobra_sniff_separator_line (text, length, &info->separator);

  info->quote = options->quote != 0 ? options->quote : '"';
  if (options->separator != 0)
    info->separator = options->separator;
  else if (n_skipped == 0)
    info->separator = kobra_sniff_separator (text, length, info->quote, is_all);
  self->csv = kobra_csv_new (info->separator, info->quote, n_skipped > 0 ? 2 : 1, &sink);
  return n_skipped;
}

static gboolean
fail_decoding (Reading     *self,
               KobraDecoded decoded,
               GError     **error)
{
  g_autofree char *place = kobra_csv_describe_place (self->csv);

  if (decoded == KOBRA_DECODED_NUL)
    g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_NUL,
                 _ ("There is a NUL character in %s, as no table has. Open the file in a spreadsheet program, see what is wrong there, and save it as CSV in UTF-8."), place);
  else
    g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_ENCODING,
                 /* TRANSLATORS: a place such as “row 12, column 3”, then an encoding such as “UTF-8” */
                 _ ("What stands in %s is not %s: the file is damaged, or in more than one encoding. Open it in a spreadsheet program, see that all accents are right, and save it as CSV in UTF-8."),
                 place, kobra_encoding_get_label (self->decoder.encoding));
  return FALSE;
}

/* Decodes a piece of what is at hand and cuts it into rows. */
static gboolean
read_piece (Reading *self,
            GError **error)
{
  gsize        n_bytes = MIN (self->end - self->start, PIECE_BYTES), n_decoded, length, n_skipped = 0;
  gboolean     is_last = self->source->is_at_end && n_bytes == self->end - self->start;
  const char  *text;
  KobraDecoded decoded;

  if (g_cancellable_set_error_if_cancelled (self->source->cancellable, error))
    return FALSE;
  decoded = kobra_decoder_push (&self->decoder, self->bytes + self->start, n_bytes, is_last, &n_decoded, &text, &length);
  self->start += n_decoded;
  if (self->csv == NULL)
    n_skipped = begin_rows (self, text, length, is_last && decoded == KOBRA_DECODED_WELL);
  if (!kobra_csv_push (self->csv, text + n_skipped, length - n_skipped, error))
    return FALSE;
  return decoded == KOBRA_DECODED_WELL || fail_decoding (self, decoded, error);
}

static gboolean
has_more (const Reading *self)
{
  return !self->source->is_at_end || self->start < self->end;
}

/* Whether the sink wants no more than was decoded until here. */
static gboolean
has_enough (const Reading *self)
{
  guint64 n_decoded = self->source->n_read - (self->end - self->start);

  return self->source->sink->max_bytes > 0 && n_decoded >= self->source->sink->max_bytes;
}

gboolean
kobra_text_reader_run (KobraSource *source,
                       GError     **error)
{
  g_auto (Reading) self = { .source = source };

  begin (&self);
  do
    {
      source->info->encoding = self.decoder.encoding;
      if (!source->is_at_end && self.end - self.start < MAX_CHARACTER_BYTES && !read_more (&self, error))
        return FALSE;
      if (!read_piece (&self, error))
        return FALSE;
    }
  while (has_more (&self) && !has_enough (&self));
  source->info->encoding = self.decoder.encoding;
  source->info->is_cut = has_more (&self);
  return source->info->is_cut || kobra_csv_finish (self.csv, error);
}
