/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-reader.h"

#include <glib/gi18n.h>

#include "kobra-sheets.h"
#include "kobra-sniff.h"
#include "kobra-source.h"
#include "kobra-text.h"

#include "kobra-banned.h"

G_DEFINE_QUARK (kobra-read-error-quark, kobra_read_error)

#define MAX_NAME_CHARACTERS 80

/* Who reads what. */
static gboolean (*const readers[KOBRA_N_FORMATS]) (KobraSource *source, GError **error) = {
  [KOBRA_FORMAT_TEXT] = kobra_text_reader_run,
  [KOBRA_FORMAT_XLSX] = kobra_package_reader_run,
  [KOBRA_FORMAT_ODS] = kobra_package_reader_run,
  [KOBRA_FORMAT_XLS] = kobra_xls_reader_run,
  [KOBRA_FORMAT_HTML] = kobra_html_reader_run,
  [KOBRA_FORMAT_JSON] = kobra_json_reader_run,
};

static gboolean
fail (GError       **error,
      KobraReadError code,
      const char    *message)
{
  return kobra_source_fail (error, code, message);
}

static gboolean
run_reader (KobraSource *source,
            GError     **error)
{
  const char *sentence;

  if (!kobra_source_read_head (source, error))
    return FALSE;
  sentence = kobra_sniff_format (source->head, source->n_head, &source->info->format);
  if (sentence != NULL)
    return fail (error, KOBRA_READ_ERROR_NOT_A_TABLE, sentence);
  if ((source->info->format == KOBRA_FORMAT_TEXT || source->info->format == KOBRA_FORMAT_JSON) && source->options->sheet != NULL)
    return fail (error, KOBRA_READ_ERROR_NO_SUCH_SHEET, _ ("This file is text and has no sheets. Open it without naming one."));
  if (!readers[source->info->format] (source, error))
    return FALSE;
  if (source->info->n_rows > 0 || source->info->is_cut)
    return TRUE;
  if (source->info->sheets != NULL)
    return fail (error, KOBRA_READ_ERROR_EMPTY_SHEET, _ ("There is nothing in this sheet but blank rows, or nothing at all. Choose another sheet."));
  return fail (error, KOBRA_READ_ERROR_EMPTY, _ ("There is nothing in this file but blank rows, or nothing at all. Choose another file."));
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
  g_auto (KobraReadInfo)        own_info = { 0 };
  g_auto (KobraSource)          source = { .stream = stream, .options = options != NULL ? options : &none, .sink = sink, .cancellable = cancellable, .size = size };
  gboolean is_read;

  g_return_val_if_fail (source.options->separator == 0 || kobra_separator_is_possible (source.options->separator), FALSE);

  source.info = info != NULL ? info : &own_info;
  kobra_read_info_clear (source.info);
  is_read = run_reader (&source, error);
  if (is_ours != NULL)
    *is_ours = !source.was_refused;
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
  return before == NULL || after == NULL || g_str_equal (before, after) || kobra_source_fail_changed (error);
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

static void
sheet_clear (gpointer data)
{
  g_clear_pointer (&((KobraReadSheet *) data)->name, g_free);
}

GArray *
kobra_read_sheets_new (void)
{
  GArray *sheets = g_array_new (FALSE, TRUE, sizeof (KobraReadSheet));

  g_array_set_clear_func (sheets, sheet_clear);
  return sheets;
}

void
kobra_read_info_clear (KobraReadInfo *self)
{
  g_clear_pointer (&self->sheets, g_array_unref);
  *self = (KobraReadInfo) { 0 };
}
