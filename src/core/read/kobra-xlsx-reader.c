/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet of an XLSX workbook, as a stream (ECMA-376 part 1, §18.3.1). */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-row-maker.h"
#include "kobra-sheets.h"
#include "kobra-xlsx-book.h"

#include "kobra-banned.h"

/* What the value of a cell is (§18.18.11). */
typedef enum
{
  NUMBER,
  SHARED,
  INLINE,
  CALCULATED_TEXT,
  BOOLEAN,
  FAILURE,
  DATE
} CellType;

static const struct
{
  const char *name;
  CellType    type;
} cell_types[] = {
  { "s", SHARED },
  { "str", CALCULATED_TEXT },
  { "inlineStr", INLINE },
  { "b", BOOLEAN },
  { "e", FAILURE },
  { "d", DATE },
};

#define NOT_CALCULATED "#GETTING_DATA"

typedef struct
{
  KobraXlsxBook *book;
  KobraRowMaker  maker;
  guint64        line, column; /* the next ones, where the file does not say */
  KobraBuffer    value;
  CellType       type;
  guint          style;
  gboolean       in_row, in_cell, in_value, in_text, is_calculated;
  guint          n_phonetic;
} Sheet;

static void
fail (KobraXml *xml,
      GError   *error)
{
  kobra_xml_fail (xml, error);
}

static void
start_row (Sheet                    *sheet,
           KobraXml                 *xml,
           const KobraXmlAttributes *attributes)
{
  g_autoptr (GError) error = NULL;

  sheet->line = kobra_xml_get_number (attributes, "r", G_MAXINT64, sheet->line);
  sheet->column = 0;
  sheet->in_row = kobra_row_maker_begin_row (&sheet->maker, sheet->line, &error);
  if (!sheet->in_row)
    fail (xml, g_steal_pointer (&error));
}

static void
start_cell (Sheet                    *sheet,
            const KobraXmlAttributes *attributes)
{
  guint64     column, row;
  gsize       length;
  const char *reference = kobra_xml_get (attributes, "r", &length), *type;

  sheet->in_cell = TRUE;
  if (reference != NULL && kobra_xlsx_parse_reference (reference, length, &column, &row))
    sheet->column = column;
  sheet->type = NUMBER;
  sheet->is_calculated = FALSE;
  sheet->style = (guint) kobra_xml_get_number (attributes, "s", G_MAXINT, 0);
  type = kobra_xml_get (attributes, "t", &length);
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (cell_types); i++)
    if (strlen (cell_types[i].name) == length && memcmp (cell_types[i].name, type, length) == 0)
      sheet->type = cell_types[i].type;
  kobra_buffer_reset (&sheet->value);
}

static void
sheet_start (KobraXml                 *xml,
             const char               *name,
             const KobraXmlAttributes *attributes,
             gpointer                  data)
{
  Sheet *sheet = data;

  if (!sheet->in_row)
    {
      if (strcmp (name, "row") == 0)
        start_row (sheet, xml, attributes);
    }
  else if (!sheet->in_cell)
    {
      if (strcmp (name, "c") == 0)
        start_cell (sheet, attributes);
    }
  else if (strcmp (name, "v") == 0)
    {
      sheet->in_value = sheet->type != INLINE;
    }
  else if (strcmp (name, "t") == 0)
    {
      sheet->in_text = sheet->n_phonetic == 0 && sheet->type == INLINE;
    }
  else if (strcmp (name, "f") == 0)
    {
      sheet->is_calculated = TRUE;
    }
  else if (strcmp (name, "rPh") == 0)
    {
      sheet->n_phonetic++;
    }
}

static KobraNumberFormat
get_format (const Sheet *sheet)
{
  GArray *formats = sheet->book->formats;

  return sheet->style < formats->len ? g_array_index (formats, KobraNumberFormat, sheet->style) : (KobraNumberFormat) { 0 };
}

static guint64
parse_number (const KobraBuffer *value)
{
  guint64 number = G_MAXUINT64;

  g_ascii_string_to_unsigned (value->bytes, 10, 0, G_MAXINT64, &number, NULL);
  return number;
}

/* Writes what the cell is to the row. */
static gboolean
append_value (Sheet       *sheet,
              KobraBuffer *text,
              gboolean    *is_lost,
              GError     **error)
{
  const KobraBuffer *value = &sheet->value;
  const char        *shared;

  switch (sheet->type)
    {
    case SHARED:
      if (!kobra_xlsx_strings_find (&sheet->book->strings, parse_number (value), &shared, error))
        return FALSE;
      if (shared != NULL)
        kobra_buffer_append_string (text, shared);
      break;
    case BOOLEAN:
      kobra_buffer_append_string (text, strcmp (value->bytes, "0") == 0 || g_ascii_strcasecmp (value->bytes, "false") == 0 ? "false" : "true");
      break;
    case NUMBER:
      if (!kobra_number_append (text, value->bytes, value->length, get_format (sheet), sheet->book->is_1904, sheet->is_calculated, is_lost))
        kobra_buffer_append (text, value->bytes, value->length);
      break;
    case DATE:
      kobra_append_iso_moment (text, value->bytes, value->length);
      break;
    case INLINE:
    case CALCULATED_TEXT:
    case FAILURE:
    default:
      kobra_buffer_append (text, value->bytes, value->length);
    }
  return TRUE;
}

static void
end_cell (Sheet    *sheet,
          KobraXml *xml)
{
  g_autoptr (GError) error = NULL;
  gboolean           is_lost = FALSE;

  sheet->in_cell = FALSE;
  /* Programs that don't calculate leave it to those that do; what Excel shows until then is no empty cell. An empty text has its own type. */
  if (sheet->is_calculated && sheet->type == NUMBER && sheet->value.length == 0)
    {
      sheet->type = FAILURE;
      kobra_buffer_append_string (&sheet->value, NOT_CALCULATED);
    }
  if (sheet->value.overflowed)
    {
      g_autofree char *place = kobra_row_maker_dup_place (&sheet->maker, sheet->column);

      fail (xml, g_error_new (KOBRA_READ_ERROR, KOBRA_READ_ERROR_CELL_TOO_LONG, _ ("What stands in %s is over 1 MiB. Shorten it, and open the file again."), place));
      return;
    }
  if (sheet->value.length > 0)
    {
      if (!kobra_row_maker_begin_cell (&sheet->maker, sheet->column, &error) || !append_value (sheet, &sheet->maker.text, &is_lost, &error) ||
          !kobra_row_maker_end_cell (&sheet->maker, is_lost, &error))
        {
          fail (xml, g_steal_pointer (&error));
          return;
        }
    }
  sheet->column++;
}

static void
sheet_end (KobraXml   *xml,
           const char *name,
           gpointer    data)
{
  Sheet             *sheet = data;
  g_autoptr (GError) error = NULL;

  sheet->in_value = sheet->in_text = FALSE;
  if (sheet->in_cell)
    {
      if (strcmp (name, "c") == 0)
        end_cell (sheet, xml);
      else if (sheet->n_phonetic > 0 && strcmp (name, "rPh") == 0)
        sheet->n_phonetic--;
    }
  else if (sheet->in_row && strcmp (name, "row") == 0)
    {
      sheet->in_row = FALSE;
      sheet->line++;
      if (!kobra_row_maker_end_row (&sheet->maker, &error))
        fail (xml, g_steal_pointer (&error));
    }
  else if (strcmp (name, "sheetData") == 0)
    {
      kobra_xml_stop (xml);
    }
}

static void
sheet_text (KobraXml   *xml,
            const char *text,
            gsize       length,
            gpointer    data)
{
  Sheet *sheet = data;

  if (sheet->in_text || (sheet->in_value && sheet->type == CALCULATED_TEXT))
    kobra_xlsx_append_text (&sheet->value, text, length);
  else if (sheet->in_value)
    kobra_buffer_append (&sheet->value, text, length);
}

static gboolean
read_sheet (Sheet   *sheet,
            GError **error)
{
  static const KobraXmlHandlers handlers = { sheet_start, sheet_end, sheet_text };
  KobraSource             *source = sheet->book->source;
  KobraReadSheet          *info = &g_array_index (source->info->sheets, KobraReadSheet, source->info->sheet);
  g_autoptr (KobraArchive) archive = kobra_archive_find (source, g_ptr_array_index (sheet->book->parts, source->info->sheet), error);

  if (archive == NULL || !kobra_xml_parse (archive, source, &handlers, TRUE, sheet, error))
    return FALSE;
  info->n_rows = sheet->maker.last_line;
  info->n_columns = sheet->maker.n_columns;
  return TRUE;
}

gboolean
kobra_xlsx_reader_run (KobraSource *source,
                       const char  *workbook_part,
                       GError     **error)
{
  g_auto (KobraXlsxBook) book = { .strings = { .known = { .file = -1 } } };
  Sheet                  sheet = { .book = &book, .line = 1 };
  gboolean               is_read;

  if (!kobra_xlsx_book_open (&book, source, workbook_part, error) || !kobra_sheets_choose (source, error))
    return FALSE;
  kobra_row_maker_init (&sheet.maker, source);
  kobra_buffer_init (&sheet.value, KOBRA_READ_MAX_CELL);
  is_read = read_sheet (&sheet, error);
  kobra_row_maker_clear (&sheet.maker);
  kobra_buffer_clear (&sheet.value);
  return is_read;
}
