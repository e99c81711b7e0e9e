/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-reader.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-csv.h"
#include "kobra-decode.h"
#include "kobra-sniff.h"
#include "kobra-text.h"

#include "kobra-banned.h"

G_DEFINE_QUARK (kobra-read-error-quark, kobra_read_error)

/* So much is decoded and cut into rows between two looks at the cancellable. */
#define PIECE_BYTES ((gsize) 1 << 16)

/* With so many bytes at hand the decoder always gets on. */
#define MAX_CHARACTER_BYTES 4

#define MAX_NAME_CHARACTERS 80

#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 20)

G_STATIC_ASSERT (PIECE_BYTES <= KOBRA_DECODE_MAX_BYTES && 3 * PIECE_BYTES <= KOBRA_CSV_MAX_TEXT && PIECE_BYTES <= KOBRA_SNIFF_BYTES);

typedef struct
{
  GInputStream           *stream;
  const KobraReadOptions *options;
  const KobraReadSink    *sink;
  GCancellable           *cancellable;

  char        *bytes;      /* KOBRA_SNIFF_BYTES of room: first the sample, then one piece after the other */
  gsize        start, end; /* of those in it that are not decoded yet */
  gboolean     is_at_end;  /* there are no more to read */
  guint64      n_read, total;
  gint64       told;       /* when progress was last told, monotonic microseconds */

  KobraDecoder decoder;
  KobraCsv    *csv;        /* NULL until the separator is known */
  char         separator;
} Reading;

static void
reading_clear (Reading *self)
{
  g_clear_pointer (&self->bytes, g_free);
  g_clear_pointer (&self->csv, kobra_csv_free);
  kobra_decoder_clear (&self->decoder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
fail (GError       **error,
      KobraReadError code,
      const char    *message)
{
  g_set_error_literal (error, KOBRA_READ_ERROR, code, message);
  return FALSE;
}

static gboolean
fail_changed (GError **error)
{
  return fail (error, KOBRA_READ_ERROR_CHANGED, _ ("The file was changed while it was read. Open it again once it is saved."));
}

static void
tell_progress (Reading *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->sink->progress == NULL || now - self->told < PROGRESS_INTERVAL)
    return;
  self->told = now;
  self->sink->progress (self->n_read, self->total, self->sink->data);
}

/* Reads up to @n bytes after those at hand. */
static gboolean
read_more (Reading *self,
           gsize    n,
           GError **error)
{
  g_autoptr (GError) cause = NULL;
  gssize             n_read;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  memmove (self->bytes, self->bytes + self->start, self->end - self->start);
  self->end -= self->start;
  self->start = 0;
  n_read = g_input_stream_read (self->stream, self->bytes + self->end, n, self->cancellable, &cause);
  if (n_read < 0 && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (n_read < 0)
    {
      g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_IO, _ ("The file cannot be read to its end: %s. Copy it to this computer, and open the copy."), cause->message);
      return FALSE;
    }
  self->end += (gsize) n_read;
  self->n_read += (guint64) n_read;
  self->is_at_end = n_read == 0;
  if (self->total > 0 && (self->n_read > self->total || (self->is_at_end && self->n_read < self->total)))
    return fail_changed (error);
  tell_progress (self);
  return TRUE;
}

static gboolean
begin (Reading *self,
       GError **error)
{
  const char  *format;
  KobraSniffed sniffed;

  self->bytes = g_malloc (KOBRA_SNIFF_BYTES);
  while (!self->is_at_end && self->end < KOBRA_SNIFF_BYTES)
    if (!read_more (self, MIN (KOBRA_SNIFF_BYTES - self->end, PIECE_BYTES), error))
      return FALSE;
  format = kobra_sniff_format (self->bytes, self->end);
  if (format != NULL)
    return fail (error, KOBRA_READ_ERROR_NOT_TEXT, format);
  sniffed = kobra_sniff_encoding (self->bytes, self->end, self->is_at_end, self->options->encoding);
  kobra_decoder_init (&self->decoder, sniffed.encoding, sniffed.is_sure);
  self->start = sniffed.n_mark;
  return TRUE;
}

/* Finds the separator in the first text there is. Returns how much of it is no row. */
static gsize
begin_rows (Reading    *self,
            const char *text,
            gsize       length,
            gboolean    is_all)
{
  gsize n_skipped = kobra_sniff_separator_line (text, length, &self->separator);

  if (self->options->separator != 0)
    self->separator = self->options->separator;
  else if (n_skipped == 0)
    self->separator = kobra_sniff_separator (text, length, is_all);
  self->csv = kobra_csv_new (self->separator, n_skipped > 0 ? 2 : 1, self->sink);
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
  gboolean     is_last = self->is_at_end && n_bytes == self->end - self->start;
  const char  *text;
  KobraDecoded decoded;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
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
read_all (Reading *self,
          GError **error)
{
  if (!begin (self, error))
    return FALSE;
  do
    {
      if (!self->is_at_end && self->end - self->start < MAX_CHARACTER_BYTES && !read_more (self, PIECE_BYTES, error))
        return FALSE;
      if (!read_piece (self, error))
        return FALSE;
    }
  while (!self->is_at_end || self->start < self->end);
  if (!kobra_csv_finish (self->csv, error))
    return FALSE;
  if (kobra_csv_get_n_rows (self->csv) == 0)
    return fail (error, KOBRA_READ_ERROR_EMPTY, _ ("There is nothing in this file but blank rows, or nothing at all. Choose another file."));
  return TRUE;
}

/* @is_ours, which may be NULL: whether an error is the reader's and not the sink's. */
static gboolean
read_stream (GInputStream           *stream,
             guint64                 size,
             const KobraReadOptions *options,
             const KobraReadSink    *sink,
             KobraReadInfo          *info,
             gboolean               *is_ours,
             GCancellable           *cancellable,
             GError                **error)
{
  static const KobraReadOptions none = { 0 };
  g_auto (Reading) self = { .stream = stream, .options = options != NULL ? options : &none, .sink = sink, .cancellable = cancellable, .total = size };
  gboolean is_read;

  g_return_val_if_fail (self.options->separator == 0 || kobra_sniff_can_separate (self.options->separator), FALSE);

  is_read = read_all (&self, error);
  if (info != NULL && is_read)
    *info = (KobraReadInfo) { self.decoder.encoding, self.separator, kobra_csv_get_n_rows (self.csv), kobra_csv_get_n_blank (self.csv) };
  if (is_ours != NULL)
    *is_ours = self.csv == NULL || !kobra_csv_was_refused (self.csv);
  return is_read;
}

/* Puts the file's name before a message of ours. */
static void
name_file (GFile   *file,
           GError **error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_file_get_parse_name (file);
  g_autofree char *visible = kobra_text_visible (name, MAX_NAME_CHARACTERS);

  g_prefix_error (error, "%s: ", visible);
}

#define NO_SUCH_FILE N_("There is no such file. It may have been moved or renamed: choose it again.")

static const struct
{
  GIOErrorEnum   cause;
  KobraReadError code;
  const char    *message;
} open_errors[] = {
  { G_IO_ERROR_NOT_FOUND, KOBRA_READ_ERROR_NOT_FOUND, NO_SUCH_FILE },
  { G_IO_ERROR_NOT_DIRECTORY, KOBRA_READ_ERROR_NOT_FOUND, NO_SUCH_FILE },
  { G_IO_ERROR_PERMISSION_DENIED, KOBRA_READ_ERROR_DENIED, N_("You are not allowed to read this file. Ask its owner, or copy it to a folder of yours and open the copy.") },
  { G_IO_ERROR_IS_DIRECTORY, KOBRA_READ_ERROR_NOT_A_FILE, N_("This is a folder. Choose a file in it.") },
};

static gboolean
fail_open (const GError *cause,
           GError      **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (open_errors); i++)
    if (g_error_matches (cause, G_IO_ERROR, (int) open_errors[i].cause))
      return fail (error, open_errors[i].code, _ (open_errors[i].message));
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else
    g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_IO, _ ("The file cannot be opened: %s. Copy it to this computer, and open the copy."), cause->message);
  return FALSE;
}

/* Opens what has an end: a pipe would let us wait for its writer where nobody can cancel it. */
static GFileInputStream *
open_file (GFile        *file,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GError)    cause = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, cancellable, &cause);
  GFileInputStream     *stream;

  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_SPECIAL)
    {
      fail (error, KOBRA_READ_ERROR_NOT_A_FILE, _ ("This is a device or a pipe. Save what comes out of it as a file, and open that."));
      return NULL;
    }
  stream = info != NULL ? g_file_read (file, cancellable, &cause) : NULL;
  if (stream == NULL)
    fail_open (cause, error);
  return stream;
}

/* What tells one state of the open file from another; NULL where the file system can't. */
static char *
dup_state (GFileInputStream *stream,
           guint64          *size,
           GCancellable     *cancellable)
{
  g_autoptr (GFileInfo) info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_ETAG_VALUE, cancellable, NULL);

  *size = info != NULL && g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_STANDARD_SIZE) ? (guint64) g_file_info_get_size (info) : 0;
  return info != NULL ? g_strdup (g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ETAG_VALUE)) : NULL;
}

static gboolean
read_open_file (GFileInputStream       *stream,
                const KobraReadOptions *options,
                const KobraReadSink    *sink,
                KobraReadInfo          *info,
                gboolean               *is_ours,
                GCancellable           *cancellable,
                GError                **error)
{
  guint64          size, size_after;
  g_autofree char *before = dup_state (stream, &size, cancellable);
  g_autofree char *after = NULL;

  if (!read_stream (G_INPUT_STREAM (stream), size, options, sink, info, is_ours, cancellable, error))
    return FALSE;
  after = dup_state (stream, &size_after, cancellable);
  return before == NULL || after == NULL || g_str_equal (before, after) || fail_changed (error);
}

gboolean
kobra_reader_read_file (GFile                  *file,
                        const KobraReadOptions *options,
                        const KobraReadSink    *sink,
                        KobraReadInfo          *info,
                        GCancellable           *cancellable,
                        GError                **error)
{
  g_autoptr (GError)           cause = NULL;
  g_autoptr (GFileInputStream) stream = open_file (file, cancellable, &cause);
  gboolean                     is_ours = TRUE;

  if (stream != NULL && read_open_file (stream, options, sink, info, &is_ours, cancellable, &cause))
    return TRUE;
  if (is_ours && cause != NULL && cause->domain == KOBRA_READ_ERROR)
    name_file (file, &cause);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
kobra_reader_read_stream (GInputStream           *stream,
                          guint64                 size,
                          const KobraReadOptions *options,
                          const KobraReadSink    *sink,
                          KobraReadInfo          *info,
                          GCancellable           *cancellable,
                          GError                **error)
{
  return read_stream (stream, size, options, sink, info, NULL, cancellable, error);
}

const char *
kobra_encoding_get_label (KobraEncoding encoding)
{
  static const char *const labels[KOBRA_N_ENCODINGS] = {
    [KOBRA_ENCODING_DETECT] = N_("Found by looking"),
    [KOBRA_ENCODING_UTF_8] = N_("UTF-8"),
    [KOBRA_ENCODING_UTF_16_LE] = N_("UTF-16 LE"),
    [KOBRA_ENCODING_UTF_16_BE] = N_("UTF-16 BE"),
    [KOBRA_ENCODING_WINDOWS_1252] = N_("Windows-1252"),
  };

  g_return_val_if_fail ((guint) encoding < KOBRA_N_ENCODINGS, "");
  return _ (labels[encoding]);
}
