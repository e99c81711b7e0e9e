/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An old Office document (OLE2) by what is in it: an XLS workbook, which libfreexl reads where it is built in, or a workbook behind a password. */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-config.h"
#include "kobra-sheets.h"
#include "kobra-sniff.h"

#ifdef KOBRA_HAVE_FREEXL
#include <freexl.h>
#include <gio/gfiledescriptorbased.h>

#include "kobra-number.h"
#include "kobra-row-maker.h"
#include "kobra-xls-scan.h"
#endif

#include "kobra-banned.h"

/* The directory of such a file may be anywhere in it; so much is looked through. */
#define MAX_SEARCHED_BYTES ((guint64) 256 << 20)
#define BLOCK_BYTES ((gsize) 1 << 18)

/* Whether the file has a stream called @name: one that has not, for sure; one that has its name in UTF-16 anywhere, most likely. */
static gboolean
has_stream (KobraSource *source,
            const char  *name,
            GError     **error)
{
  GInputStream    *stream = kobra_source_seekable (source, error);
  gsize            length = 2 * strlen (name), n = 0;
  g_autofree char *wide = g_malloc0 (length), *block = g_malloc (BLOCK_BYTES);
  guint64          n_done = 0;

  for (gsize i = 0; i < length; i += 2)
    wide[i] = name[i / 2];
  while (stream != NULL && n_done < MAX_SEARCHED_BYTES)
    {
      gssize n_read = g_input_stream_read (stream, block + n, BLOCK_BYTES - n, source->cancellable, error);

      if (n_read <= 0)
        return FALSE;
      n += (gsize) n_read;
      n_done += (guint64) n_read;
      if (memmem (block, n, wide, length) != NULL)
        return TRUE;
      if (n > length)
        {
          memmove (block, block + n - length, length);
          n = length;
        }
    }
  return FALSE;
}

#ifdef KOBRA_HAVE_FREEXL

/* The library holds the whole workbook. */
#define MAX_BYTES ((guint64) 256 << 20)

typedef struct
{
  KobraSource  *source;
  const void   *book;
  KobraRowMaker maker;
} Xls;

static gboolean
fail_damaged (GError **error)
{
  return kobra_source_fail (error, KOBRA_READ_ERROR_DAMAGED,
                            _ ("The old workbook (.xls) is damaged, or of a kind that is not read. Open it in a spreadsheet program, save it as an Excel workbook (.xlsx), and open that file."));
}

static gboolean
list_sheets (Xls     *self,
             GError **error)
{
  unsigned int n = 0;

  self->source->info->sheets = kobra_read_sheets_new ();
  if (freexl_get_info (self->book, FREEXL_BIFF_SHEET_COUNT, &n) != FREEXL_OK || n > G_MAXUINT16)
    return fail_damaged (error);
  for (guint i = 0; i < n; i++)
    {
      KobraReadSheet sheet = { 0 };
      const char    *name = NULL;
      unsigned int   n_rows = 0;
      unsigned short n_columns = 0;

      if (freexl_get_worksheet_name (self->book, (unsigned short) i, &name) != FREEXL_OK)
        return fail_damaged (error);
      if (freexl_select_active_worksheet (self->book, (unsigned short) i) == FREEXL_OK && freexl_worksheet_dimensions (self->book, &n_rows, &n_columns) == FREEXL_OK)
        {
          sheet.n_rows = n_columns > 0 ? n_rows : 0;
          sheet.n_columns = n_rows > 0 ? n_columns : 0;
        }
      sheet.name = g_utf8_make_valid (name != NULL ? name : "", -1);
      g_array_append_val (self->source->info->sheets, sheet);
    }
  return TRUE;
}

static void
append_number (KobraBuffer *text,
               double       value,
               gboolean    *is_lost)
{
  char spelt[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (spelt, sizeof spelt, value);
  if (!kobra_number_append (text, spelt, strlen (spelt), (KobraNumberFormat) { 0 }, FALSE, FALSE, is_lost))
    kobra_buffer_append_string (text, spelt);
}

static gboolean
read_cell (Xls         *self,
           unsigned int row,
           guint        column,
           GError     **error)
{
  FreeXL_CellValue cell = { 0 };
  g_autofree char *text = NULL;
  gboolean         is_lost = FALSE;

  if (freexl_get_cell_value (self->book, row, (unsigned short) column, &cell) != FREEXL_OK)
    return fail_damaged (error);
  if (cell.type == FREEXL_CELL_NULL)
    return TRUE;
  if (!kobra_row_maker_begin_cell (&self->maker, column, error))
    return FALSE;
  switch (cell.type)
    {
    case FREEXL_CELL_INT:
      append_number (&self->maker.text, cell.value.int_value, &is_lost);
      break;
    case FREEXL_CELL_DOUBLE:
      append_number (&self->maker.text, cell.value.double_value, &is_lost);
      break;
    default:
      text = g_utf8_make_valid (cell.value.text_value != NULL ? cell.value.text_value : "", -1);
      kobra_buffer_append_string (&self->maker.text, text);
    }
  return kobra_row_maker_end_cell (&self->maker, is_lost, error);
}

static gboolean
read_sheet (Xls     *self,
            GError **error)
{
  unsigned int   n_rows;
  unsigned short n_columns;

  if (freexl_select_active_worksheet (self->book, (unsigned short) self->source->info->sheet) != FREEXL_OK || freexl_worksheet_dimensions (self->book, &n_rows, &n_columns) != FREEXL_OK)
    return fail_damaged (error);
  for (unsigned int row = 0; row < n_rows; row++)
    {
      if (g_cancellable_set_error_if_cancelled (self->source->cancellable, error) || !kobra_row_maker_begin_row (&self->maker, (guint64) row + 1, error))
        return FALSE;
      for (guint column = 0; column < n_columns; column++)
        if (!read_cell (self, row, column, error))
          return FALSE;
      if (!kobra_row_maker_end_row (&self->maker, error))
        return FALSE;
      kobra_source_tell_progress (self->source, row, n_rows);
    }
  return TRUE;
}

static gboolean
read_book (KobraSource  *source,
           GInputStream *stream,
           GError      **error)
{
  Xls              self = { .source = source };
  const void      *book = NULL;
  unsigned int     is_encrypted = FREEXL_BIFF_PLAIN;
  g_autofree char *path = NULL;
  gboolean         is_read;

  if (source->size > MAX_BYTES)
    return kobra_source_fail (error, KOBRA_READ_ERROR_TOO_LARGE, _ ("The old workbook (.xls) is over 256 MiB, as none is that a spreadsheet program wrote. Save its sheet as CSV in UTF-8, and open that file."));
  if (!kobra_xls_scan_is_whole (stream, source->cancellable))
    return !g_cancellable_set_error_if_cancelled (source->cancellable, error) &&
           kobra_source_fail (error, KOBRA_READ_ERROR_NOT_A_TABLE,
                              _ ("This old workbook (.xls) has formulas or cells that are true or false, or may have: their values are not read from such a file. Open it in a spreadsheet program, save it as an Excel workbook (.xlsx), and open that file."));
  /* The library opens files by their name alone. */
  path = g_strdup_printf ("/proc/self/fd/%d", g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream)));
  if (freexl_open (path, &book) != FREEXL_OK)
    {
      if (book != NULL)
        freexl_close (book);
      return fail_damaged (error);
    }
  self.book = book;
  kobra_row_maker_init (&self.maker, source);
  freexl_get_info (book, FREEXL_BIFF_PASSWORD, &is_encrypted);
  if (is_encrypted == FREEXL_BIFF_OBFUSCATED)
    is_read = kobra_source_fail (error, KOBRA_READ_ERROR_ENCRYPTED, _ ("The file is protected by a password. Open it in the program that made it, save a copy without the password, and open that."));
  else
    is_read = list_sheets (&self, error) && kobra_sheets_choose (source, error) && read_sheet (&self, error);
  kobra_row_maker_clear (&self.maker);
  freexl_close (book);
  return is_read;
}

#endif

gboolean
kobra_xls_reader_run (KobraSource *source,
                      GError     **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean           is_encrypted = has_stream (source, "EncryptedPackage", &cause);
  gboolean           is_book = cause == NULL && (has_stream (source, "Workbook", &cause) || (cause == NULL && has_stream (source, "Book", &cause)));
  GInputStream      *stream = cause == NULL ? kobra_source_seekable (source, &cause) : NULL;

  if (stream == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (is_encrypted)
    return kobra_source_fail (error, KOBRA_READ_ERROR_ENCRYPTED, _ ("The file is protected by a password. Open it in the program that made it, save a copy without the password, and open that."));
  if (!is_book)
    return kobra_source_fail (error, KOBRA_READ_ERROR_NOT_A_TABLE, _ ("This is an old Office document, but no workbook, or it is cut off. Get it again, or copy its table to a spreadsheet program, save it, and open that file."));
#ifdef KOBRA_HAVE_FREEXL
  if (G_IS_FILE_DESCRIPTOR_BASED (stream))
    return read_book (source, stream, error);
#endif
  return kobra_source_fail (error, KOBRA_READ_ERROR_NOT_A_TABLE,
                            _ ("This is an Excel workbook of the old kind (.xls), which this program is built without. Open it in a spreadsheet program, save it as an Excel workbook (.xlsx), and open that file."));
}
