/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An old Office document by what is in it: a workbook of Excel 5 to 2003 (.xls), or a newer one behind a password. */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-compound.h"
#include "kobra-row-maker.h"
#include "kobra-sheets.h"
#include "kobra-xls-book.h"

#include "kobra-banned.h"

/* The workbook is held while it is read; 65,536 rows of 256 columns are less. */
#define MAX_BYTES ((guint64) 128 << 20)

/* Cells between two looks at the cancellable. */
#define LOOK_INTERVAL 4096u

/* What stands in the place of a formula's number if it is none ([MS-XLS] §2.5.133). */
#define RESULT_IS_NO_NUMBER 0xffff
#define RESULT_IS_TEXT 0
#define RESULT_IS_BOOLEAN 1
#define RESULT_IS_FAILURE 2

typedef struct
{
  KobraXlsBook  book;
  KobraRowMaker maker;
  gboolean      is_lost;
} Xls;

static void
append_number (Xls     *self,
               double   value,
               guint    style,
               gboolean is_calculated)
{
  char spelt[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (spelt, sizeof spelt, value);
  if (!kobra_number_append (&self->maker.text, spelt, strlen (spelt), kobra_xls_book_get_format (&self->book, style), self->book.is_1904, is_calculated, &self->is_lost))
    kobra_buffer_append_string (&self->maker.text, spelt);
}

static void
append_boolean (Xls     *self,
                guint    value,
                gboolean is_failure)
{
  kobra_buffer_append_string (&self->maker.text, is_failure ? kobra_biff_get_failure (value) : value != 0 ? "true" : "false");
}

/* The text of a formula is in a record of its own, after others that belong to the formula. */
static void
append_formula_text (Xls *self)
{
  KobraBiff *biff = &self->book.biff;

  while (kobra_biff_next (biff) && biff->type != KOBRA_BIFF_FORMULA && biff->type != KOBRA_BIFF_EOF)
    if (biff->type == KOBRA_BIFF_FORMULA_TEXT)
      {
        kobra_biff_take_text (biff, 2, &self->maker.text);
        return;
      }
}

static void
append_result (Xls  *self,
               guint style)
{
  KobraBiff *biff = &self->book.biff;
  KobraBiff  number = *biff;
  guint      kind = kobra_biff_take (biff, 2), value = kobra_biff_take (biff, 2);

  kobra_biff_take (biff, 2);
  if (kobra_biff_take (biff, 2) != RESULT_IS_NO_NUMBER)
    append_number (self, kobra_biff_take_number (&number), style, TRUE);
  else if ((kind & 0xff) == RESULT_IS_TEXT)
    append_formula_text (self);
  else if ((kind & 0xff) == RESULT_IS_BOOLEAN || (kind & 0xff) == RESULT_IS_FAILURE)
    append_boolean (self, value & 0xff, (kind & 0xff) == RESULT_IS_FAILURE);
}

static void
append_shared (Xls *self)
{
  const char *text = kobra_strings_get (&self->book.strings, kobra_biff_take (&self->book.biff, 4));

  if (text != NULL)
    kobra_buffer_append_string (&self->maker.text, text);
}

/* Writes what the cell is to the row; FALSE: it is cut off. */
static gboolean
append_cell (Xls          *self,
             KobraXlsCell  cell)
{
  KobraBiff *biff = &self->book.biff;
  guint      first, style, value;

  biff->at = cell.record;
  if (!kobra_biff_next (biff))
    return FALSE;
  kobra_biff_take (biff, 2);
  first = kobra_biff_take (biff, 2);
  if (biff->type == KOBRA_BIFF_RK_RUN)
    biff->n_done += ((cell.place & G_MAXUINT16) - first) * 6;
  style = kobra_biff_take (biff, 2);
  switch (biff->type)
    {
    case KOBRA_BIFF_FORMULA:
      append_result (self, style);
      break;
    case KOBRA_BIFF_SHARED_TEXT:
      append_shared (self);
      break;
    case KOBRA_BIFF_NUMBER:
      append_number (self, kobra_biff_take_number (biff), style, FALSE);
      break;
    case KOBRA_BIFF_RK:
    case KOBRA_BIFF_RK_RUN:
      append_number (self, kobra_biff_take_rk (biff), style, FALSE);
      break;
    case KOBRA_BIFF_BOOLEAN:
      value = kobra_biff_take (biff, 1);
      append_boolean (self, value, kobra_biff_take (biff, 1) != 0);
      break;
    case KOBRA_BIFF_TEXT:
    case KOBRA_BIFF_RICH_TEXT:
    default:
      kobra_biff_take_text (biff, 2, &self->maker.text);
    }
  return !biff->is_damaged;
}

static gboolean
read_cell (Xls         *self,
           KobraXlsCell cell,
           GError     **error)
{
  self->is_lost = FALSE;
  if (!kobra_row_maker_begin_cell (&self->maker, cell.place & G_MAXUINT16, error))
    return FALSE;
  return append_cell (self, cell) ? kobra_row_maker_end_cell (&self->maker, self->is_lost, error) : kobra_xls_fail_damaged (error);
}

static gboolean
read_sheet (Xls     *self,
            GError **error)
{
  KobraSource       *source = self->book.source;
  g_autoptr (GArray) cells = kobra_xls_book_list_cells (&self->book, source->info->sheet);
  guint32            row = G_MAXUINT32;

  if (cells == NULL)
    return g_cancellable_set_error_if_cancelled (source->cancellable, error) ? FALSE : kobra_xls_fail_damaged (error);
  for (guint i = 0; i < cells->len; i++)
    {
      const KobraXlsCell cell = g_array_index (cells, KobraXlsCell, i);

      if (i % LOOK_INTERVAL == 0 && g_cancellable_set_error_if_cancelled (source->cancellable, error))
        return FALSE;
      if (cell.place >> 16 != row)
        {
          if (row != G_MAXUINT32 && !kobra_row_maker_end_row (&self->maker, error))
            return FALSE;
          row = cell.place >> 16;
          kobra_source_tell_progress (source, i, cells->len);
          if (!kobra_row_maker_begin_row (&self->maker, (guint64) row + 1, error))
            return FALSE;
        }
      if (!read_cell (self, cell, error))
        return FALSE;
    }
  return row == G_MAXUINT32 || kobra_row_maker_end_row (&self->maker, error);
}

static gboolean
read_book (KobraSource *source,
           GByteArray  *stream,
           GError     **error)
{
  Xls      self = { 0 };
  gboolean is_read;

  kobra_row_maker_init (&self.maker, source);
  is_read = kobra_xls_book_open (&self.book, source, stream, error) && kobra_sheets_choose (source, error) && read_sheet (&self, error);
  kobra_row_maker_clear (&self.maker);
  kobra_xls_book_clear (&self.book);
  return is_read;
}

/* What the document has in it; each is the program's own name for its stream. */
static gboolean
read_document (KobraSource   *source,
               KobraCompound *document,
               GError       **error)
{
  static const char *const names[] = { "Workbook", "Book" };
  GByteArray              *stream = NULL;
  guint64                  size;

  if (kobra_compound_find (document, "EncryptedPackage", &size))
    return kobra_source_fail (error, KOBRA_READ_ERROR_ENCRYPTED, _ ("The file is protected by a password. Open it in the program that made it, save a copy without the password, and open that."));
  for (gsize i = 0; i < G_N_ELEMENTS (names) && stream == NULL; i++)
    {
      if (!kobra_compound_find (document, names[i], &size))
        continue;
      if (size > MAX_BYTES)
        return kobra_source_fail (error, KOBRA_READ_ERROR_TOO_LARGE, _ ("The old workbook (.xls) is over 128 MiB, as none is that a spreadsheet program wrote. Save its sheet as CSV in UTF-8, and open that file."));
      stream = kobra_compound_load (document, names[i], error);
      if (stream == NULL)
        return error != NULL && *error != NULL ? FALSE : kobra_xls_fail_damaged (error);
    }
  if (stream == NULL)
    return kobra_source_fail (error, KOBRA_READ_ERROR_NOT_A_TABLE, _ ("This is an old Office document, but no workbook, or it is cut off. Get it again, or copy its table to a spreadsheet program, save it, and open that file."));
  return read_book (source, stream, error);
}

gboolean
kobra_xls_reader_run (KobraSource *source,
                      GError     **error)
{
  g_autoptr (GError)     cause = NULL;
  g_auto (KobraCompound) document = { 0 };
  GInputStream          *stream = kobra_source_seekable (source, &cause);

  if (stream != NULL && kobra_compound_open (&document, stream, source->cancellable, &cause) && read_document (source, &document, &cause))
    return TRUE;
  if (cause == NULL)
    kobra_source_fail (&cause, KOBRA_READ_ERROR_NOT_A_TABLE, _ ("This is an old Office document, but no workbook, or it is cut off. Get it again, or copy its table to a spreadsheet program, save it, and open that file."));
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}
