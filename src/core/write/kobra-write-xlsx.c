/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * XLSX (ECMA-376, SpreadsheetML): the parts that a workbook must have, and a part a sheet. Texts stand in their cells (inlineStr): a shared
 * table of them would have to be held until the end.
 */
#include <string.h>

#include "kobra-table-writer-private.h"
#include "kobra-zip.h"

#include "kobra-banned.h"

#define FLUSH_BYTES ((gsize) 256 << 10)
#define MAX_BUFFER_BYTES ((gsize) 16 << 20)

/* Of a cell (Excel's specifications and limits). */
#define MAX_CHARACTERS 32767

/* In cellXfs below. */
#define STYLE_TEXT "1"
#define STYLE_HEADER "2"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define MEDIA "application/vnd.openxmlformats-officedocument.spreadsheetml."

typedef struct
{
  KobraZip              *zip;
  const KobraWriteSheet *sheets;
  guint                  n_sheets;
  const KobraWriteSheet *sheet;
  KobraBuffer            buffer;
} Xlsx;

static const char styles[] =
  XML "<styleSheet xmlns=\"" MAIN "\">"
      "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
      "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>"
      "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
      "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDCE6F2\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
      "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
      "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
      /* 49 is the built-in format of text (§18.8.30): what is typed over stays text too. */
      "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
      "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
      "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"/></cellXfs>"
      "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

static const char root_relations[] =
  XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
      "<Relationship Id=\"rId1\" Type=\"" OFFICE "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

static void
append (Xlsx       *self,
        const char *text)
{
  kobra_buffer_append_string (&self->buffer, text);
}

static void
append_number (Xlsx *self,
               guint number)
{
  char digits[16];

  g_snprintf (digits, sizeof digits, "%u", number);
  append (self, digits);
}

/* "A", "Z", "AA", … for 0, 25, 26, … */
static void
append_column (Xlsx *self,
               guint column)
{
  char  letters[8];
  gsize at = sizeof letters;

  letters[--at] = '\0';
  for (guint rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters[--at] = (char) ('A' + (rest - 1) % 26);
  append (self, letters + at);
}

static gboolean
flush (Xlsx    *self,
       GError **error)
{
  return kobra_zip_flush (self->zip, &self->buffer, error);
}

static gboolean
add_part (Xlsx       *self,
          const char *name,
          GError    **error)
{
  return kobra_zip_begin (self->zip, name, TRUE, error) && flush (self, error);
}

static gboolean
add_content_types (Xlsx    *self,
                   GError **error)
{
  append (self, XML "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"" MEDIA "sheet.main+xml\"/>"
                    "<Override PartName=\"/xl/styles.xml\" ContentType=\"" MEDIA "styles+xml\"/>");
  for (guint i = 1; i <= self->n_sheets; i++)
    {
      append (self, "<Override PartName=\"/xl/worksheets/sheet");
      append_number (self, i);
      append (self, ".xml\" ContentType=\"" MEDIA "worksheet+xml\"/>");
    }
  append (self, "</Types>");
  return add_part (self, "[Content_Types].xml", error);
}

static gboolean
add_workbook (Xlsx    *self,
              GError **error)
{
  append (self, XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets>");
  for (guint i = 1; i <= self->n_sheets; i++)
    {
      g_autofree char *name = kobra_write_sheet_dup_name (&self->sheets[i - 1]);

      append (self, "<sheet name=\"");
      kobra_write_append_xml (&self->buffer, name);
      append (self, "\" sheetId=\"");
      append_number (self, i);
      append (self, "\" r:id=\"rId");
      append_number (self, i);
      append (self, "\"/>");
    }
  append (self, "</sheets></workbook>");
  return add_part (self, "xl/workbook.xml", error);
}

static gboolean
add_workbook_relations (Xlsx    *self,
                        GError **error)
{
  append (self, XML "<Relationships xmlns=\"" PACKAGE "relationships\">");
  for (guint i = 1; i <= self->n_sheets; i++)
    {
      append (self, "<Relationship Id=\"rId");
      append_number (self, i);
      append (self, "\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet");
      append_number (self, i);
      append (self, ".xml\"/>");
    }
  append (self, "<Relationship Id=\"rId");
  append_number (self, self->n_sheets + 1);
  append (self, "\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>");
  return add_part (self, "xl/_rels/workbook.xml.rels", error);
}

static void
xlsx_free (gpointer data)
{
  Xlsx *self = data;

  kobra_buffer_clear (&self->buffer);
  g_clear_pointer (&self->zip, kobra_zip_free);
  g_free (self);
}

static gpointer
begin (GOutputStream         *stream,
       const KobraWriteSheet *sheets,
       guint                  n_sheets,
       GCancellable          *cancellable,
       GError               **error)
{
  Xlsx *self = g_new0 (Xlsx, 1);

  self->zip = kobra_zip_new (stream, cancellable);
  self->sheets = sheets;
  self->n_sheets = n_sheets;
  kobra_buffer_init (&self->buffer, MAX_BUFFER_BYTES);
  if (add_content_types (self, error) && kobra_zip_add (self->zip, "_rels/.rels", TRUE, root_relations, error) && add_workbook (self, error) &&
      add_workbook_relations (self, error) && kobra_zip_add (self->zip, "xl/styles.xml", TRUE, styles, error))
    return self;
  xlsx_free (self);
  return NULL;
}

static void
append_columns (Xlsx *self)
{
  append (self, "<cols>");
  for (guint i = 0; i < self->sheet->n_columns; i++)
    {
      append (self, "<col min=\"");
      append_number (self, i + 1);
      append (self, "\" max=\"");
      append_number (self, i + 1);
      append (self, "\" width=\"");
      append_number (self, kobra_write_column_get_width (&self->sheet->columns[i]));
      append (self, self->sheet->columns[i].is_number ? "\" customWidth=\"1\"/>" : "\" style=\"" STYLE_TEXT "\" customWidth=\"1\"/>");
    }
  append (self, "</cols>");
}

static gboolean
begin_sheet (gpointer data,
             guint    sheet,
             GError **error)
{
  Xlsx            *self = data;
  g_autofree char *name = g_strdup_printf ("xl/worksheets/sheet%u.xml", sheet + 1);

  self->sheet = &self->sheets[sheet];
  append (self, XML "<worksheet xmlns=\"" MAIN "\"><sheetViews><sheetView workbookViewId=\"0\">"
                    "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
  if (self->sheet->n_columns > 0)
    append_columns (self);
  append (self, "<sheetData>");
  return add_part (self, name, error);
}

/* Whether "_xHHHH_" begins at @text. */
static gboolean
is_escape (const char *text)
{
  return text[0] == '_' && text[1] == 'x' && g_ascii_isxdigit (text[2]) && g_ascii_isxdigit (text[3]) && g_ascii_isxdigit (text[4]) &&
         g_ascii_isxdigit (text[5]) && text[6] == '_';
}

/* Control characters as _xHHHH_, and with them a text that looks like one (§22.9.2.19). */
static void
append_text (Xlsx       *self,
             const char *text)
{
  g_autoptr (GString) escaped = NULL;
  const char         *plain = text;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (!is_escape (p) && ((guchar) *p >= ' ' || *p == '\t' || *p == '\n'))
        continue;
      if (escaped == NULL)
        escaped = g_string_new (NULL);
      g_string_append_len (escaped, plain, p - plain);
      g_string_append_printf (escaped, "_x%04X_", (guint) (guchar) *p);
      plain = p + 1;
    }
  if (escaped != NULL)
    g_string_append (escaped, plain);
  kobra_write_append_xml (&self->buffer, escaped != NULL ? escaped->str : text);
}

static gboolean
needs_preserving (const char *text)
{
  return g_ascii_isspace (*text) || g_ascii_isspace (text[strlen (text) - 1]) || strpbrk (text, "\n\t") != NULL || strstr (text, "  ") != NULL;
}

static void
append_cell (Xlsx       *self,
             guint       column,
             guint32     row,
             const char *text)
{
  append (self, "<c r=\"");
  append_column (self, column);
  append_number (self, row);
  if (row > 1 && kobra_write_column_is_number (&self->sheet->columns[column], text))
    {
      append (self, "\"><v>");
      append (self, text);
      append (self, "</v></c>");
      return;
    }
  append (self, row == 1 ? "\" s=\"" STYLE_HEADER "\" t=\"inlineStr\"><is><t" : "\" s=\"" STYLE_TEXT "\" t=\"inlineStr\"><is><t");
  append (self, needs_preserving (text) ? " xml:space=\"preserve\">" : ">");
  append_text (self, text);
  append (self, "</t></is></c>");
}

static gboolean
write_row (gpointer           data,
           const char *const *texts,
           guint32            row,
           GError           **error)
{
  Xlsx *self = data;

  append (self, "<row r=\"");
  append_number (self, row);
  append (self, "\">");
  for (guint i = 0; i < self->sheet->n_columns; i++)
    {
      if (*texts[i] != '\0')
        append_cell (self, i, row, texts[i]);
      if (self->buffer.length >= FLUSH_BYTES && !flush (self, error))
        return FALSE;
    }
  append (self, "</row>");
  return TRUE;
}

static void
append_validation (Xlsx *self,
                   guint column)
{
  const KobraWriteColumn *described = &self->sheet->columns[column];
  g_autofree char        *choices = kobra_write_column_dup_choices (described);

  append (self, "<dataValidation");
  if (choices != NULL)
    append (self, " type=\"list\" errorStyle=\"warning\" showErrorMessage=\"1\"");
  append (self, " allowBlank=\"1\"");
  if (described->note != NULL)
    {
      append (self, " showInputMessage=\"1\" prompt=\"");
      kobra_write_append_xml (&self->buffer, described->note);
      append (self, "\"");
    }
  append (self, " sqref=\"");
  append_column (self, column);
  append (self, "2:");
  append_column (self, column);
  append_number (self, KOBRA_WRITE_MAX_ROWS);
  if (choices != NULL)
    {
      append (self, "\"><formula1>&quot;");
      kobra_write_append_xml (&self->buffer, choices);
      append (self, "&quot;</formula1></dataValidation>");
    }
  else
    {
      append (self, "\"/>");
    }
}

/* The green corner of “number stored as text” is no news: all cells are text on purpose. */
static void
append_ignored_errors (Xlsx *self)
{
  append (self, "<ignoredErrors><ignoredError sqref=\"A1:");
  append_column (self, self->sheet->n_columns - 1);
  append_number (self, KOBRA_WRITE_MAX_ROWS);
  append (self, "\" numberStoredAsText=\"1\"/></ignoredErrors>");
}

static gboolean
end_sheet (gpointer data,
           GError **error)
{
  Xlsx *self = data;
  guint n_validations = 0;

  append (self, "</sheetData>");
  for (guint i = 0; i < self->sheet->n_columns; i++)
    n_validations += kobra_write_column_has_validation (&self->sheet->columns[i]);
  if (n_validations > 0)
    {
      append (self, "<dataValidations count=\"");
      append_number (self, n_validations);
      append (self, "\">");
      for (guint i = 0; i < self->sheet->n_columns; i++)
        if (kobra_write_column_has_validation (&self->sheet->columns[i]))
          append_validation (self, i);
      append (self, "</dataValidations>");
    }
  if (self->sheet->n_columns > 0)
    append_ignored_errors (self);
  append (self, "</worksheet>");
  return flush (self, error);
}

static gboolean
end (gpointer data,
     GError **error)
{
  return kobra_zip_finish (((Xlsx *) data)->zip, error);
}

const KobraTableBackend kobra_write_xlsx = {
  KOBRA_WRITE_MAX_ROWS, KOBRA_WRITE_MAX_COLUMNS, MAX_CHARACTERS, begin, begin_sheet, write_row, end_sheet, end, xlsx_free,
};
