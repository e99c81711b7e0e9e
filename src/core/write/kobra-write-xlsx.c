/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * XLSX (ECMA-376, SpreadsheetML): the parts that a workbook must have, and a part a sheet. Texts stand in their cells (inlineStr): a shared
 * table of them would have to be held until the end.
 */
#include <string.h>

#include "kobra-package.h"

#include "kobra-banned.h"

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

static const KobraWriteSheet *
get_sheet (KobraPackage *self)
{
  return &self->sheets[self->sheet];
}

/* "A", "Z", "AA", … for 0, 25, 26, … */
static void
append_column (KobraPackage *self,
               guint         column)
{
  char  letters[8];
  gsize at = sizeof letters;

  letters[--at] = '\0';
  for (guint rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters[--at] = (char) ('A' + (rest - 1) % 26);
  kobra_package_append (self, letters + at);
}

static gboolean
add_content_types (KobraPackage *self,
                   GError      **error)
{
  kobra_package_append (self, XML "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                                  "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"" MEDIA "sheet.main+xml\"/>"
                                  "<Override PartName=\"/xl/styles.xml\" ContentType=\"" MEDIA "styles+xml\"/>");
  for (guint i = 1; i <= self->n_sheets; i++)
    {
      kobra_package_append (self, "<Override PartName=\"/xl/worksheets/sheet");
      kobra_package_append_number (self, i);
      kobra_package_append (self, ".xml\" ContentType=\"" MEDIA "worksheet+xml\"/>");
    }
  kobra_package_append (self, "</Types>");
  return kobra_package_begin_part (self, "[Content_Types].xml", error);
}

static gboolean
add_workbook (KobraPackage *self,
              GError      **error)
{
  kobra_package_append (self, XML "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets>");
  for (guint i = 1; i <= self->n_sheets; i++)
    {
      g_autofree char *name = kobra_write_sheet_dup_name (&self->sheets[i - 1]);

      kobra_package_append (self, "<sheet name=\"");
      kobra_write_append_xml (&self->buffer, name);
      kobra_package_append (self, "\" sheetId=\"");
      kobra_package_append_number (self, i);
      kobra_package_append (self, "\" r:id=\"rId");
      kobra_package_append_number (self, i);
      kobra_package_append (self, "\"/>");
    }
  kobra_package_append (self, "</sheets></workbook>");
  return kobra_package_begin_part (self, "xl/workbook.xml", error);
}

static gboolean
add_workbook_relations (KobraPackage *self,
                        GError      **error)
{
  kobra_package_append (self, XML "<Relationships xmlns=\"" PACKAGE "relationships\">");
  for (guint i = 1; i <= self->n_sheets; i++)
    {
      kobra_package_append (self, "<Relationship Id=\"rId");
      kobra_package_append_number (self, i);
      kobra_package_append (self, "\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet");
      kobra_package_append_number (self, i);
      kobra_package_append (self, ".xml\"/>");
    }
  kobra_package_append (self, "<Relationship Id=\"rId");
  kobra_package_append_number (self, self->n_sheets + 1);
  kobra_package_append (self, "\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>");
  return kobra_package_begin_part (self, "xl/_rels/workbook.xml.rels", error);
}

static gpointer
begin (GOutputStream         *stream,
       const KobraWriteSheet *sheets,
       guint                  n_sheets,
       GCancellable          *cancellable,
       GError               **error)
{
  g_autoptr (KobraPackage) self = kobra_package_new (stream, sheets, n_sheets, cancellable);

  if (add_content_types (self, error) && kobra_zip_add (self->zip, "_rels/.rels", TRUE, root_relations, error) && add_workbook (self, error) &&
      add_workbook_relations (self, error) && kobra_zip_add (self->zip, "xl/styles.xml", TRUE, styles, error))
    return g_steal_pointer (&self);
  return NULL;
}

static void
append_columns (KobraPackage *self)
{
  kobra_package_append (self, "<cols>");
  for (guint i = 0; i < get_sheet (self)->n_columns; i++)
    {
      kobra_package_append (self, "<col min=\"");
      kobra_package_append_number (self, i + 1);
      kobra_package_append (self, "\" max=\"");
      kobra_package_append_number (self, i + 1);
      kobra_package_append (self, "\" width=\"");
      kobra_package_append_number (self, kobra_write_column_get_width (&get_sheet (self)->columns[i]));
      kobra_package_append (self, get_sheet (self)->columns[i].is_number ? "\" customWidth=\"1\"/>" : "\" style=\"" STYLE_TEXT "\" customWidth=\"1\"/>");
    }
  kobra_package_append (self, "</cols>");
}

static gboolean
begin_sheet (gpointer data,
             guint    sheet,
             GError **error)
{
  KobraPackage            *self = data;
  g_autofree char *name = g_strdup_printf ("xl/worksheets/sheet%u.xml", sheet + 1);

  self->sheet = sheet;
  kobra_package_append (self, XML "<worksheet xmlns=\"" MAIN "\"><sheetViews><sheetView workbookViewId=\"0\">"
                                  "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
  if (get_sheet (self)->n_columns > 0)
    append_columns (self);
  kobra_package_append (self, "<sheetData>");
  return kobra_package_begin_part (self, name, error);
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
append_text (KobraPackage *self,
             const char   *text)
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
append_cell (KobraPackage *self,
             guint         column,
             guint32       row,
             const char   *text)
{
  kobra_package_append (self, "<c r=\"");
  append_column (self, column);
  kobra_package_append_number (self, row);
  if (row > 1 && kobra_write_column_is_number (&get_sheet (self)->columns[column], text))
    {
      kobra_package_append (self, "\"><v>");
      kobra_package_append (self, text);
      kobra_package_append (self, "</v></c>");
      return;
    }
  kobra_package_append (self, row == 1 ? "\" s=\"" STYLE_HEADER "\" t=\"inlineStr\"><is><t" : "\" s=\"" STYLE_TEXT "\" t=\"inlineStr\"><is><t");
  kobra_package_append (self, needs_preserving (text) ? " xml:space=\"preserve\">" : ">");
  append_text (self, text);
  kobra_package_append (self, "</t></is></c>");
}

static gboolean
write_row (gpointer           data,
           const char *const *texts,
           guint32            row,
           GError           **error)
{
  KobraPackage *self = data;

  kobra_package_append (self, "<row r=\"");
  kobra_package_append_number (self, row);
  kobra_package_append (self, "\">");
  for (guint i = 0; i < get_sheet (self)->n_columns; i++)
    {
      if (*texts[i] != '\0')
        append_cell (self, i, row, texts[i]);
      if (self->buffer.length >= KOBRA_PACKAGE_PORTION && !kobra_package_flush (self, error))
        return FALSE;
    }
  kobra_package_append (self, "</row>");
  return TRUE;
}

static void
append_validation (KobraPackage *self,
                   guint         column)
{
  const KobraWriteColumn *described = &get_sheet (self)->columns[column];
  g_autofree char        *choices = kobra_write_column_dup_choices (described);

  kobra_package_append (self, "<dataValidation");
  if (choices != NULL)
    kobra_package_append (self, " type=\"list\" errorStyle=\"warning\" showErrorMessage=\"1\"");
  kobra_package_append (self, " allowBlank=\"1\"");
  if (described->note != NULL)
    {
      kobra_package_append (self, " showInputMessage=\"1\" prompt=\"");
      kobra_write_append_xml (&self->buffer, described->note);
      kobra_package_append (self, "\"");
    }
  kobra_package_append (self, " sqref=\"");
  append_column (self, column);
  kobra_package_append (self, "2:");
  append_column (self, column);
  kobra_package_append_number (self, KOBRA_WRITE_MAX_ROWS);
  if (choices != NULL)
    {
      kobra_package_append (self, "\"><formula1>&quot;");
      kobra_write_append_xml (&self->buffer, choices);
      kobra_package_append (self, "&quot;</formula1></dataValidation>");
    }
  else
    {
      kobra_package_append (self, "\"/>");
    }
}

/* The green corner of “number stored as text” is no news: all cells are text on purpose. */
static void
append_ignored_errors (KobraPackage *self)
{
  kobra_package_append (self, "<ignoredErrors><ignoredError sqref=\"A1:");
  append_column (self, get_sheet (self)->n_columns - 1);
  kobra_package_append_number (self, KOBRA_WRITE_MAX_ROWS);
  kobra_package_append (self, "\" numberStoredAsText=\"1\"/></ignoredErrors>");
}

static gboolean
end_sheet (gpointer data,
           GError **error)
{
  KobraPackage *self = data;
  guint n_validations = 0;

  kobra_package_append (self, "</sheetData>");
  for (guint i = 0; i < get_sheet (self)->n_columns; i++)
    n_validations += kobra_write_column_has_validation (&get_sheet (self)->columns[i]);
  if (n_validations > 0)
    {
      kobra_package_append (self, "<dataValidations count=\"");
      kobra_package_append_number (self, n_validations);
      kobra_package_append (self, "\">");
      for (guint i = 0; i < get_sheet (self)->n_columns; i++)
        if (kobra_write_column_has_validation (&get_sheet (self)->columns[i]))
          append_validation (self, i);
      kobra_package_append (self, "</dataValidations>");
    }
  if (get_sheet (self)->n_columns > 0)
    append_ignored_errors (self);
  kobra_package_append (self, "</worksheet>");
  return kobra_package_flush (self, error);
}

static gboolean
end (gpointer data,
     GError **error)
{
  return kobra_zip_finish (((KobraPackage *) data)->zip, error);
}

const KobraTableBackend kobra_write_xlsx = {
  KOBRA_WRITE_MAX_ROWS, KOBRA_WRITE_MAX_COLUMNS, MAX_CHARACTERS, begin, begin_sheet, write_row, end_sheet, end, kobra_package_free,
};
