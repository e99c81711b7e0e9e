/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ODS (OpenDocument 1.2): a package with one part that has all sheets. */
#include <string.h>

#include "kobra-package.h"

#include "kobra-banned.h"

/* In this format a list or a note belongs to cells, so there must be some below the last row. */
#define N_BLANK_ROWS "2000"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NAMES "urn:oasis:names:tc:opendocument:xmlns:"

static const char mime[] = "application/vnd.oasis.opendocument.spreadsheet";

static const char manifest[] =
  XML "<manifest:manifest xmlns:manifest=\"" NAMES "manifest:1.0\" manifest:version=\"1.2\">"
      "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
      "<manifest:file-entry manifest:full-path=\"settings.xml\" manifest:media-type=\"text/xml\"/>"
      "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>";

static void
append_sheet_name (KobraPackage *self,
                   guint         sheet)
{
  g_autofree char *name = kobra_write_sheet_dup_name (&self->sheets[sheet]);

  kobra_write_append_xml (&self->buffer, name);
}

/* Keeps the first row of every sheet in sight. Not of the standard but what LibreOffice writes and reads. */
static gboolean
add_settings (KobraPackage *self,
              GError      **error)
{
  kobra_package_append (self, XML "<office:document-settings xmlns:office=\"" NAMES "office:1.0\" xmlns:config=\"" NAMES "config:1.0\" "
                                  "xmlns:ooo=\"http://openoffice.org/2004/office\" office:version=\"1.2\"><office:settings>"
                                  "<config:config-item-set config:name=\"ooo:view-settings\"><config:config-item-map-indexed config:name=\"Views\">"
                                  "<config:config-item-map-entry><config:config-item config:name=\"ViewId\" config:type=\"string\">view1</config:config-item>"
                                  "<config:config-item-map-named config:name=\"Tables\">");
  for (guint i = 0; i < self->n_sheets; i++)
    {
      kobra_package_append (self, "<config:config-item-map-entry config:name=\"");
      append_sheet_name (self, i);
      kobra_package_append (self, "\"><config:config-item config:name=\"VerticalSplitMode\" config:type=\"short\">2</config:config-item>"
                                  "<config:config-item config:name=\"VerticalSplitPosition\" config:type=\"int\">1</config:config-item>"
                                  "<config:config-item config:name=\"ActiveSplitRange\" config:type=\"short\">2</config:config-item>"
                                  "<config:config-item config:name=\"PositionBottom\" config:type=\"int\">1</config:config-item></config:config-item-map-entry>");
    }
  kobra_package_append (self, "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
                              "</office:settings></office:document-settings>");
  return kobra_package_begin_part (self, "settings.xml", error);
}

/* A style for each width that comes up: "w12". */
static void
append_widths (KobraPackage *self)
{
  gboolean has_style[256] = { FALSE };

  for (guint sheet = 0; sheet < self->n_sheets; sheet++)
    for (guint i = 0; i < self->sheets[sheet].n_columns; i++)
      {
        guint width = kobra_write_column_get_width (&self->sheets[sheet].columns[i]);

        if (has_style[width])
          continue;
        has_style[width] = TRUE;
        kobra_package_append (self, "<style:style style:name=\"w");
        kobra_package_append_number (self, width);
        kobra_package_append (self, "\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"");
        kobra_package_append_number (self, 4 + width * 2);
        kobra_package_append (self, "mm\"/></style:style>");
      }
}

static void
append_validation_name (KobraPackage *self,
                        guint         sheet,
                        guint         column)
{
  kobra_package_append (self, "v");
  kobra_package_append_number (self, sheet);
  kobra_package_append (self, "-");
  kobra_package_append_number (self, column);
}

static void
append_choices (KobraPackage *self,
                const char   *choices)
{
  g_auto (GStrv) all = g_strsplit (choices, ",", -1);

  kobra_package_append (self, "\" table:condition=\"of:cell-content-is-in-list(");
  for (guint i = 0; all[i] != NULL; i++)
    {
      kobra_package_append (self, i > 0 ? ";&quot;" : "&quot;");
      kobra_write_append_xml (&self->buffer, all[i]);
      kobra_package_append (self, "&quot;");
    }
  kobra_package_append (self, ")");
}

static void
append_validation (KobraPackage *self,
                   guint         sheet,
                   guint         column)
{
  const KobraWriteColumn *described = &self->sheets[sheet].columns[column];
  g_autofree char        *choices = kobra_write_column_dup_choices (described);

  kobra_package_append (self, "<table:content-validation table:name=\"");
  append_validation_name (self, sheet, column);
  if (choices != NULL)
    append_choices (self, choices);
  kobra_package_append (self, "\" table:allow-empty-cell=\"true\">");
  if (described->note != NULL)
    {
      kobra_package_append (self, "<table:help-message table:display=\"true\"><text:p>");
      kobra_write_append_xml (&self->buffer, described->note);
      kobra_package_append (self, "</text:p></table:help-message>");
    }
  kobra_package_append (self, "<table:error-message table:display=\"");
  kobra_package_append (self, choices != NULL ? "true" : "false");
  kobra_package_append (self, "\" table:message-type=\"warning\"/></table:content-validation>");
}

static void
append_validations (KobraPackage *self)
{
  gsize before;

  kobra_package_append (self, "<table:content-validations>");
  before = self->buffer.length;
  for (guint sheet = 0; sheet < self->n_sheets; sheet++)
    for (guint i = 0; i < self->sheets[sheet].n_columns; i++)
      if (kobra_write_column_has_validation (&self->sheets[sheet].columns[i]))
        append_validation (self, sheet, i);
  if (self->buffer.length > before)
    kobra_package_append (self, "</table:content-validations>");
  else
    kobra_buffer_truncate (&self->buffer, before - strlen ("<table:content-validations>"));
}

static gboolean
begin_content (KobraPackage *self,
               GError      **error)
{
  kobra_package_append (self, XML "<office:document-content xmlns:office=\"" NAMES "office:1.0\" xmlns:table=\"" NAMES "table:1.0\" xmlns:text=\"" NAMES "text:1.0\" "
                                  "xmlns:style=\"" NAMES "style:1.0\" xmlns:number=\"" NAMES "datastyle:1.0\" xmlns:fo=\"" NAMES "xsl-fo-compatible:1.0\" "
                                  "xmlns:of=\"" NAMES "of:1.2\" office:version=\"1.2\"><office:automatic-styles>"
                                  "<number:text-style style:name=\"N1\"><number:text-content/></number:text-style>"
                                  /* What is typed over a text stays text too. */
                                  "<style:style style:name=\"text\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>"
                                  "<style:style style:name=\"header\" style:family=\"table-cell\" style:data-style-name=\"N1\">"
                                  "<style:table-cell-properties fo:background-color=\"#dce6f2\"/><style:text-properties fo:font-weight=\"bold\"/></style:style>");
  append_widths (self);
  kobra_package_append (self, "</office:automatic-styles><office:body><office:spreadsheet>");
  append_validations (self);
  return kobra_package_begin_part (self, "content.xml", error);
}

static gpointer
begin (GOutputStream         *stream,
       const KobraWriteSheet *sheets,
       guint                  n_sheets,
       GCancellable          *cancellable,
       GError               **error)
{
  g_autoptr (KobraPackage) self = kobra_package_new (stream, sheets, n_sheets, cancellable);

  /* The first part is the type, as it stands (OpenDocument 1.2 part 3 §3.3). */
  if (kobra_zip_add (self->zip, "mimetype", FALSE, mime, error) && kobra_zip_add (self->zip, "META-INF/manifest.xml", TRUE, manifest, error) &&
      add_settings (self, error) && begin_content (self, error))
    return g_steal_pointer (&self);
  return NULL;
}

static gboolean
begin_sheet (gpointer data,
             guint    sheet,
             GError **error)
{
  KobraPackage                   *self = data;
  const KobraWriteSheet *described = &self->sheets[sheet];

  self->sheet = sheet;
  kobra_package_append (self, "<table:table table:name=\"");
  append_sheet_name (self, sheet);
  kobra_package_append (self, "\">");
  for (guint i = 0; i < described->n_columns; i++)
    {
      kobra_package_append (self, "<table:table-column table:style-name=\"w");
      kobra_package_append_number (self, kobra_write_column_get_width (&described->columns[i]));
      kobra_package_append (self, described->columns[i].is_number ? "\"/>" : "\" table:default-cell-style-name=\"text\"/>");
    }
  return kobra_package_flush (self, error);
}

static void
append_spaces (KobraPackage *self,
               guint         n)
{
  if (n == 0)
    return;
  kobra_package_append (self, "<text:s text:c=\"");
  kobra_package_append_number (self, n);
  kobra_package_append (self, "\"/>");
}

/* A text as paragraphs: in them a run of white space would count as one space (OpenDocument 1.2 part 1 §6.1.2). */
static void
append_paragraphs (KobraPackage *self,
                   const char   *text)
{
  gboolean is_at_start = TRUE;
  gsize    n;

  kobra_package_append (self, "<text:p>");
  for (const char *p = text; *p != '\0'; p += n)
    {
      g_autofree char *plain = NULL;

      n = strspn (p, " ");
      if (n > 0)
        {
          gboolean is_single = n == 1 && !is_at_start && p[1] != '\0' && strchr ("\t\r\n", p[1]) == NULL;

          if (is_single)
            kobra_package_append (self, " ");
          else
            append_spaces (self, (guint) n);
          is_at_start = FALSE;
          continue;
        }
      n = strcspn (p, " \t\r\n");
      is_at_start = n == 0;
      if (n > 0)
        {
          plain = g_strndup (p, n);
          kobra_write_append_xml (&self->buffer, plain);
          continue;
        }
      n = p[0] == '\r' && p[1] == '\n' ? 2 : 1;
      kobra_package_append (self, *p == '\t' ? "<text:tab/>" : "</text:p><text:p>");
    }
  kobra_package_append (self, "</text:p>");
}

static void
append_cell (KobraPackage *self,
             guint         column,
             guint32       row,
             const char   *text)
{
  const KobraWriteColumn *described = &self->sheets[self->sheet].columns[column];

  kobra_package_append (self, row == 1 ? "<table:table-cell table:style-name=\"header\"" : "<table:table-cell");
  if (row > 1 && kobra_write_column_has_validation (described))
    {
      kobra_package_append (self, " table:content-validation-name=\"");
      append_validation_name (self, self->sheet, column);
      kobra_package_append (self, "\"");
    }
  if (*text == '\0')
    {
      kobra_package_append (self, "/>");
      return;
    }
  if (row > 1 && kobra_write_column_is_number (described, text))
    {
      kobra_package_append (self, " office:value-type=\"float\" office:value=\"");
      kobra_package_append (self, text);
      kobra_package_append (self, "\">");
    }
  else
    {
      kobra_package_append (self, " office:value-type=\"string\">");
    }
  append_paragraphs (self, text);
  kobra_package_append (self, "</table:table-cell>");
}

static gboolean
write_row (gpointer           data,
           const char *const *texts,
           guint32            row,
           GError           **error)
{
  KobraPackage  *self = data;
  guint n = self->sheets[self->sheet].n_columns;

  kobra_package_append (self, row == 1 ? "<table:table-header-rows><table:table-row>" : "<table:table-row>");
  if (n == 0)
    kobra_package_append (self, "<table:table-cell/>");
  for (guint i = 0; i < n; i++)
    {
      append_cell (self, i, row, texts[i]);
      if (self->buffer.length >= KOBRA_PACKAGE_PORTION && !kobra_package_flush (self, error))
        return FALSE;
    }
  kobra_package_append (self, row == 1 ? "</table:table-row></table:table-header-rows>" : "</table:table-row>");
  return TRUE;
}

static void
append_blank_rows (KobraPackage *self)
{
  kobra_package_append (self, "<table:table-row table:number-rows-repeated=\"" N_BLANK_ROWS "\">");
  for (guint i = 0; i < self->sheets[self->sheet].n_columns; i++)
    append_cell (self, i, 2, "");
  kobra_package_append (self, "</table:table-row>");
}

static gboolean
end_sheet (gpointer data,
           GError **error)
{
  KobraPackage                   *self = data;
  const KobraWriteSheet *sheet = &self->sheets[self->sheet];
  gboolean               has_validation = FALSE;

  for (guint i = 0; i < sheet->n_columns; i++)
    has_validation = has_validation || kobra_write_column_has_validation (&sheet->columns[i]);
  if (has_validation)
    append_blank_rows (self);
  kobra_package_append (self, "</table:table>");
  return kobra_package_flush (self, error);
}

static gboolean
end (gpointer data,
     GError **error)
{
  KobraPackage *self = data;

  kobra_package_append (self, "</office:spreadsheet></office:body></office:document-content>");
  return kobra_package_flush (self, error) && kobra_zip_finish (self->zip, error);
}

/* A row more would be lost where LibreOffice opens the file. */
const KobraTableBackend kobra_write_ods = {
  KOBRA_WRITE_MAX_ROWS, KOBRA_WRITE_MAX_COLUMNS, 0, begin, begin_sheet, write_row, end_sheet, end, kobra_package_free,
};
