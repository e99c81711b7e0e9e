/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-table-writer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <gio/gfiledescriptorbased.h>
#include <glib/gi18n.h>

#include "kobra-decimal.h"
#include "kobra-table-writer-private.h"
#include "kobra-text.h"

#include "kobra-banned.h"

G_DEFINE_QUARK (kobra-write-error-quark, kobra_write_error)

#define MAX_NAME_CHARACTERS 80

/* A spreadsheet program's numbers keep so many digits (IEEE 754 binary64). */
#define MAX_NUMBER_DIGITS 15

#define MAX_CHOICES_CHARACTERS 255
#define MIN_WIDTH 10u
#define MAX_HEADER_WIDTH 40u
#define MAX_SHEET_NAME 31

static const struct
{
  const KobraTableBackend *backend;
  const char              *name, *label, *mime;
} formats[KOBRA_N_TABLE_FORMATS] = {
  [KOBRA_TABLE_FORMAT_CSV] = { &kobra_write_csv, "csv", N_("Plain Text (CSV)"), "text/csv" },
  [KOBRA_TABLE_FORMAT_XLSX] = { &kobra_write_xlsx, "xlsx", N_("Excel Workbook (XLSX)"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  [KOBRA_TABLE_FORMAT_ODS] = { &kobra_write_ods, "ods", N_("OpenDocument Spreadsheet (ODS)"), "application/vnd.oasis.opendocument.spreadsheet" },
};

struct _KobraTableWriter
{
  GFile                   *file;
  GFile                   *part; /* where it is written until it is whole; NULL: nowhere */
  GFileOutputStream       *stream;
  GCancellable            *cancellable;

  KobraTableFormat         format;
  const KobraTableBackend *backend;
  gpointer                 data; /* the back end's */

  const KobraWriteSheet   *sheets;
  guint                    n_sheets;
  guint                    sheet; /* at hand */
  guint32                  row;   /* of it, the next one, from 1 */
  const char             **texts; /* of a row, as many as the widest sheet has columns */
};

static char *
dup_visible_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_file_get_parse_name (file);

  return kobra_text_visible (name, MAX_NAME_CHARACTERS);
}

static const struct
{
  GIOErrorEnum    cause;
  KobraWriteError code;
  const char     *message;
} causes[] = {
  { G_IO_ERROR_NO_SPACE, KOBRA_WRITE_ERROR_FULL, N_("There is no room left on the disk. Free some, or save in another folder.") },
  { G_IO_ERROR_PERMISSION_DENIED, KOBRA_WRITE_ERROR_DENIED, N_("You are not allowed to write in this folder. Save in another one.") },
  { G_IO_ERROR_READ_ONLY, KOBRA_WRITE_ERROR_DENIED, N_("This disk can only be read. Save in another folder.") },
  { G_IO_ERROR_NOT_FOUND, KOBRA_WRITE_ERROR_IO, N_("There is no such folder. It may have been moved or renamed: choose another one.") },
  { G_IO_ERROR_MESSAGE_TOO_LARGE, KOBRA_WRITE_ERROR_TOO_LARGE, N_("The table is too large for this format. Save it as CSV.") },
};

/* Makes a sentence for the person of @cause, which it takes. Always FALSE. */
static gboolean
fail (KobraTableWriter *self,
      GError           *cause,
      GError          **error)
{
  g_autoptr (GError) taken = cause;
  g_autofree char   *name = dup_visible_name (self->file);

  if (g_error_matches (taken, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&taken));
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_error_matches (taken, G_IO_ERROR, (int) causes[i].cause))
      {
        /* TRANSLATORS: a file’s name, then a sentence that says what happened */
        g_set_error (error, KOBRA_WRITE_ERROR, causes[i].code, _ ("“%s” could not be saved. %s"), name, _ (causes[i].message));
        return FALSE;
      }
  g_set_error (error, KOBRA_WRITE_ERROR, KOBRA_WRITE_ERROR_IO, _ ("“%s” could not be saved: %s"), name, taken->message);
  return FALSE;
}

G_GNUC_PRINTF (3, 4)
static gboolean
fail_too_large (KobraTableWriter *self,
                GError          **error,
                const char       *format,
                ...)
{
  g_autofree char *name = dup_visible_name (self->file);
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, KOBRA_WRITE_ERROR, KOBRA_WRITE_ERROR_TOO_LARGE, _ ("“%s” could not be saved. %s"), name, message);
  return FALSE;
}

/* A file beside the one that is meant: only there can it take its place in one step. */
static gboolean
create_part (KobraTableWriter *self,
             GError          **error)
{
  g_autoptr (GFile)  folder = g_file_get_parent (self->file);
  g_autofree char   *base = g_file_get_basename (self->file);
  g_autoptr (GError) cause = NULL;

  if (folder == NULL || base == NULL)
    return fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, ""), error);
  for (guint try = 0; try < 10 && self->stream == NULL; try++)
    {
      g_autofree char  *name = g_strdup_printf (".kobra-import-%08x.part", g_random_int ());
      g_autoptr (GFile) part = g_file_get_child (folder, name);

      g_clear_error (&cause);
      self->stream = g_file_create (part, G_FILE_CREATE_PRIVATE, self->cancellable, &cause);
      if (self->stream != NULL)
        self->part = g_steal_pointer (&part);
      else if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_EXISTS))
        break;
    }
  return self->stream != NULL || fail (self, g_steal_pointer (&cause), error);
}

static gboolean
write_row (KobraTableWriter *self,
           GError          **error)
{
  g_autoptr (GError) cause = NULL;

  if (self->backend->row (self->data, self->texts, self->row, &cause))
    {
      self->row++;
      return TRUE;
    }
  return fail (self, g_steal_pointer (&cause), error);
}

static gboolean
begin_sheet (KobraTableWriter *self,
             GError          **error)
{
  const KobraWriteSheet *sheet = &self->sheets[self->sheet];
  g_autoptr (GError)     cause = NULL;

  if (self->backend->max_columns > 0 && sheet->n_columns > self->backend->max_columns)
    return fail_too_large (self, error, _ ("A sheet holds %u columns, and the table has %u. Save it as CSV."), self->backend->max_columns, sheet->n_columns);
  if (!self->backend->begin_sheet (self->data, self->sheet, &cause))
    return fail (self, g_steal_pointer (&cause), error);
  for (guint i = 0; i < sheet->n_columns; i++)
    self->texts[i] = sheet->columns[i].header;
  self->row = 1;
  return write_row (self, error);
}

static gboolean
end_sheet (KobraTableWriter *self,
           GError          **error)
{
  g_autoptr (GError) cause = NULL;

  return self->backend->end_sheet (self->data, &cause) || fail (self, g_steal_pointer (&cause), error);
}

/* What is told as saved must be on the disk: a full one may show no earlier than now. */
static gboolean
sync_and_close (KobraTableWriter *self,
                GError          **error)
{
  if (!g_output_stream_flush (G_OUTPUT_STREAM (self->stream), self->cancellable, error))
    return FALSE;
  if (G_IS_FILE_DESCRIPTOR_BASED (self->stream) && fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (self->stream))) != 0 && errno != EINVAL)
    {
      int code = errno;

      g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (code), g_strerror (code));
      return FALSE;
    }
  return g_output_stream_close (G_OUTPUT_STREAM (self->stream), self->cancellable, error);
}

static guint
get_max_columns (const KobraWriteSheet *sheets,
                 guint                  n_sheets)
{
  guint n = 1;

  for (guint i = 0; i < n_sheets; i++)
    n = MAX (n, sheets[i].n_columns);
  return n;
}

KobraTableWriter *
kobra_table_writer_new (GFile                 *file,
                        KobraTableFormat       format,
                        const KobraWriteSheet *sheets,
                        guint                  n_sheets,
                        GCancellable          *cancellable,
                        GError               **error)
{
  g_autoptr (KobraTableWriter) self = g_new0 (KobraTableWriter, 1);
  g_autoptr (GError)           cause = NULL;

  g_return_val_if_fail ((guint) format < KOBRA_N_TABLE_FORMATS && n_sheets > 0, NULL);

  self->file = g_object_ref (file);
  g_set_object (&self->cancellable, cancellable);
  self->format = format;
  self->backend = formats[format].backend;
  self->sheets = sheets;
  self->n_sheets = n_sheets;
  self->texts = g_new0 (const char *, get_max_columns (sheets, n_sheets));
  if (!create_part (self, error))
    return NULL;
  self->data = self->backend->begin (G_OUTPUT_STREAM (self->stream), sheets, n_sheets, cancellable, &cause);
  if (self->data == NULL)
    {
      fail (self, g_steal_pointer (&cause), error);
      return NULL;
    }
  if (!begin_sheet (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
kobra_table_writer_free (KobraTableWriter *self)
{
  g_clear_pointer (&self->data, self->backend->free);
  g_clear_object (&self->stream);
  if (self->part != NULL)
    g_file_delete (self->part, NULL, NULL);
  g_clear_object (&self->part);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_free (self->texts);
  g_free (self);
}

gboolean
kobra_table_writer_add_row (KobraTableWriter  *self,
                            const char *const *texts,
                            guint              n,
                            GError           **error)
{
  const KobraWriteSheet *sheet = &self->sheets[self->sheet];
  gsize                  max = self->backend->max_characters;

  g_return_val_if_fail (n <= sheet->n_columns, FALSE);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->backend->max_rows > 0 && self->row > self->backend->max_rows)
    return fail_too_large (self, error, _ ("A sheet holds %u rows, and the table has more. Save it as CSV."), self->backend->max_rows);
  for (guint i = 0; i < sheet->n_columns; i++)
    {
      self->texts[i] = i < n ? texts[i] : "";
      if (max > 0 && kobra_text_n_characters (self->texts[i], max) > max)
        return fail_too_large (self, error, _ ("Row %u has over %u characters in column “%s”, more than a cell of this format holds. Save the table as CSV."), self->row, (guint) max, sheet->columns[i].header);
    }
  return write_row (self, error);
}

gboolean
kobra_table_writer_next_sheet (KobraTableWriter *self,
                               GError          **error)
{
  g_return_val_if_fail (self->sheet + 1 < self->n_sheets, FALSE);

  if (!end_sheet (self, error))
    return FALSE;
  self->sheet++;
  return begin_sheet (self, error);
}

gboolean
kobra_table_writer_finish (KobraTableWriter *self,
                           GError          **error)
{
  g_autoptr (GError) cause = NULL;

  while (self->sheet + 1 < self->n_sheets)
    if (!kobra_table_writer_next_sheet (self, error))
      return FALSE;
  if (!end_sheet (self, error))
    return FALSE;
  if (!self->backend->end (self->data, &cause) || !sync_and_close (self, &cause) ||
      !g_file_move (self->part, self->file, G_FILE_COPY_OVERWRITE, self->cancellable, NULL, NULL, &cause))
    return fail (self, g_steal_pointer (&cause), error);
  g_clear_object (&self->part);
  return TRUE;
}

int
kobra_table_format_find (const char *name)
{
  const char *ending = strrchr (name, '.');

  for (guint i = 0; ending != NULL && i < KOBRA_N_TABLE_FORMATS; i++)
    if (g_ascii_strcasecmp (ending + 1, formats[i].name) == 0)
      return (int) i;
  return -1;
}

const char *
kobra_table_format_get_name (KobraTableFormat format)
{
  g_return_val_if_fail ((guint) format < KOBRA_N_TABLE_FORMATS, "");
  return formats[format].name;
}

const char *
kobra_table_format_get_label (KobraTableFormat format)
{
  g_return_val_if_fail ((guint) format < KOBRA_N_TABLE_FORMATS, "");
  return _ (formats[format].label);
}

const char *
kobra_table_format_get_mime (KobraTableFormat format)
{
  g_return_val_if_fail ((guint) format < KOBRA_N_TABLE_FORMATS, "");
  return formats[format].mime;
}

guint
kobra_write_column_get_width (const KobraWriteColumn *self)
{
  if (self->width > 0)
    return MIN (self->width, 255);
  return MAX (MIN_WIDTH, (guint) kobra_text_n_characters (self->header, MAX_HEADER_WIDTH) + 2);
}

gboolean
kobra_write_column_is_number (const KobraWriteColumn *self,
                              const char             *text)
{
  const char *digits = *text == '-' ? text + 1 : text;
  gsize       n = 0;

  if (!self->is_number || !g_ascii_isdigit (*digits) || !kobra_decimal_is_number (text))
    return FALSE;
  if (digits[0] == '0' && (digits[1] != '.' || *text == '-'))
    return digits[1] == '\0' && digits == text;
  for (const char *p = digits; *p != '\0'; p++)
    n += g_ascii_isdigit (*p);
  return n <= MAX_NUMBER_DIGITS && g_ascii_isdigit (digits[strlen (digits) - 1]);
}

char *
kobra_write_column_dup_choices (const KobraWriteColumn *self)
{
  g_autofree char *joined = NULL;

  if (self->choices == NULL || self->choices[0] == NULL)
    return NULL;
  for (const char *const *choice = self->choices; *choice != NULL; choice++)
    if (strpbrk (*choice, ",\"") != NULL)
      return NULL;
  joined = g_strjoinv (",", (char **) self->choices);
  return kobra_text_n_characters (joined, MAX_CHOICES_CHARACTERS) <= MAX_CHOICES_CHARACTERS ? g_steal_pointer (&joined) : NULL;
}

gboolean
kobra_write_column_has_validation (const KobraWriteColumn *self)
{
  g_autofree char *choices = kobra_write_column_dup_choices (self);

  return choices != NULL || self->note != NULL;
}

char *
kobra_write_sheet_dup_name (const KobraWriteSheet *self)
{
  g_autofree char *valid = g_utf8_substring (self->name, 0, MIN (g_utf8_strlen (self->name, -1), MAX_SHEET_NAME));

  /* Excel takes none of these, and no apostrophe at the ends. */
  g_strdelimit (valid, "[]:*?/\\'", '-');
  return g_strdup (*valid != '\0' ? valid : "1");
}

void
kobra_write_append_xml (KobraBuffer *buffer,
                        const char  *text)
{
  static const struct
  {
    char        sign;
    const char *entity;
  } entities[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\t', "&#9;" }, { '\n', "&#10;" }, { '\r', "&#13;" } };
  const char *plain = text;

  for (const char *p = text; *p != '\0'; p++)
    {
      const char *replacement = (guchar) *p < ' ' ? "\xef\xbf\xbd" : NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
        if (entities[i].sign == *p)
          replacement = entities[i].entity;
      /* U+FFFE and U+FFFF are characters that XML does not have. */
      if ((guchar) p[0] == 0xef && (guchar) p[1] == 0xbf && (guchar) p[2] >= 0xbe)
        replacement = "\xef\xbf\xbd";
      if (replacement == NULL)
        continue;
      kobra_buffer_append (buffer, plain, (gsize) (p - plain));
      kobra_buffer_append_string (buffer, replacement);
      p += (guchar) p[0] == 0xef ? 2 : 0;
      plain = p + 1;
    }
  kobra_buffer_append_string (buffer, plain);
}
