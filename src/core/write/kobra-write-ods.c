/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ODS (OpenDocument 1.2): a package with one part that has all sheets. */
#include <string.h>

#include "kobra-table-writer-private.h"
#include "kobra-zip.h"

#include "kobra-banned.h"

#define FLUSH_BYTES ((gsize) 256 << 10)
#define MAX_BUFFER_BYTES ((gsize) 64 << 20)

/* In this format a list or a note belongs to cells, so there must be some below the last row. */
#define N_BLANK_ROWS "2000"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NAMES "urn:oasis:names:tc:opendocument:xmlns:"

typedef struct
{
  KobraZip              *zip;
  const KobraWriteSheet *sheets;
  guint                  n_sheets;
  guint                  sheet;
  KobraBuffer            buffer;
} Ods;

static const char mime[] = "application/vnd.oasis.opendocument.spreadsheet";

static const char manifest[] =
  XML "<manifest:manifest xmlns:manifest=\"" NAMES "manifest:1.0\" manifest:version=\"1.2\">"
      "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
      "<manifest:file-entry manifest:full-path=\"settings.xml\" manifest:media-type=\"text/xml\"/>"
      "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>";

static void
append (Ods        *self,
        const char *text)
{
  kobra_buffer_append_string (&self->buffer, text);
}

static void
append_number (Ods  *self,
               guint number)
{
  char digits[16];

  g_snprintf (digits, sizeof digits, "%u", number);
  append (self, digits);
}

static void
append_sheet_name (Ods  *self,
                   guint sheet)
{
  g_autofree char *name = kobra_write_sheet_dup_name (&self->sheets[sheet]);

  kobra_write_append_xml (&self->buffer, name);
}

static gboolean
flush (Ods     *self,
       GError **error)
{
  return kobra_zip_flush (self->zip, &self->buffer, error);
}

/* Keeps the first row of every sheet in sight. Not of the standard but what LibreOffice writes and reads. */
static gboolean
add_settings (Ods     *self,
              GError **error)
{
  append (self, XML "<office:document-settings xmlns:office=\"" NAMES "office:1.0\" xmlns:config=\"" NAMES "config:1.0\" "
                    "xmlns:ooo=\"http://openoffice.org/2004/office\" office:version=\"1.2\"><office:settings>"
                    "<config:config-item-set config:name=\"ooo:view-settings\"><config:config-item-map-indexed config:name=\"Views\">"
                    "<config:config-item-map-entry><config:config-item config:name=\"ViewId\" config:type=\"string\">view1</config:config-item>"
                    "<config:config-item-map-named config:name=\"Tables\">");
  for (guint i = 0; i < self->n_sheets; i++)
    {
      append (self, "<config:config-item-map-entry config:name=\"");
      append_sheet_name (self, i);
      append (self, "\"><config:config-item config:name=\"VerticalSplitMode\" config:type=\"short\">2</config:config-item>"
                    "<config:config-item config:name=\"VerticalSplitPosition\" config:type=\"int\">1</config:config-item>"
                    "<config:config-item config:name=\"ActiveSplitRange\" config:type=\"short\">2</config:config-item>"
                    "<config:config-item config:name=\"PositionBottom\" config:type=\"int\">1</config:config-item></config:config-item-map-entry>");
    }
  append (self, "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
                "</office:settings></office:document-settings>");
  return kobra_zip_begin (self->zip, "settings.xml", TRUE, error) && flush (self, error);
}

/* A style for each width that comes up: "w12". */
static void
append_widths (Ods *self)
{
  gboolean has_style[256] = { FALSE };

  for (guint sheet = 0; sheet < self->n_sheets; sheet++)
    for (guint i = 0; i < self->sheets[sheet].n_columns; i++)
      {
        guint width = kobra_write_column_get_width (&self->sheets[sheet].columns[i]);

        if (has_style[width])
          continue;
        has_style[width] = TRUE;
        append (self, "<style:style style:name=\"w");
        append_number (self, width);
        append (self, "\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"");
        append_number (self, 4 + width * 2);
        append (self, "mm\"/></style:style>");
      }
}

static void
append_validation_name (Ods  *self,
                        guint sheet,
                        guint column)
{
  append (self, "v");
  append_number (self, sheet);
  append (self, "-");
  append_number (self, column);
}

static void
append_choices (Ods        *self,
                const char *choices)
{
  g_auto (GStrv) all = g_strsplit (choices, ",", -1);

  append (self, "\" table:condition=\"of:cell-content-is-in-list(");
  for (guint i = 0; all[i] != NULL; i++)
    {
      append (self, i > 0 ? ";&quot;" : "&quot;");
      kobra_write_append_xml (&self->buffer, all[i]);
      append (self, "&quot;");
    }
  append (self, ")");
}

static void
append_validation (Ods  *self,
                   guint sheet,
                   guint column)
{
  const KobraWriteColumn *described = &self->sheets[sheet].columns[column];
  g_autofree char        *choices = kobra_write_column_dup_choices (described);

  append (self, "<table:content-validation table:name=\"");
  append_validation_name (self, sheet, column);
  if (choices != NULL)
    append_choices (self, choices);
  append (self, "\" table:allow-empty-cell=\"true\">");
  if (described->note != NULL)
    {
      append (self, "<table:help-message table:display=\"true\"><text:p>");
      kobra_write_append_xml (&self->buffer, described->note);
      append (self, "</text:p></table:help-message>");
    }
  append (self, "<table:error-message table:display=\"");
  append (self, choices != NULL ? "true" : "false");
  append (self, "\" table:message-type=\"warning\"/></table:content-validation>");
}

static void
append_validations (Ods *self)
{
  gsize before;

  append (self, "<table:content-validations>");
  before = self->buffer.length;
  for (guint sheet = 0; sheet < self->n_sheets; sheet++)
    for (guint i = 0; i < self->sheets[sheet].n_columns; i++)
      if (kobra_write_column_has_validation (&self->sheets[sheet].columns[i]))
        append_validation (self, sheet, i);
  if (self->buffer.length > before)
    append (self, "</table:content-validations>");
  else
    kobra_buffer_truncate (&self->buffer, before - strlen ("<table:content-validations>"));
}

static gboolean
begin_content (Ods     *self,
               GError **error)
{
  append (self, XML "<office:document-content xmlns:office=\"" NAMES "office:1.0\" xmlns:table=\"" NAMES "table:1.0\" xmlns:text=\"" NAMES "text:1.0\" "
                    "xmlns:style=\"" NAMES "style:1.0\" xmlns:number=\"" NAMES "datastyle:1.0\" xmlns:fo=\"" NAMES "xsl-fo-compatible:1.0\" "
                    "xmlns:of=\"" NAMES "of:1.2\" office:version=\"1.2\"><office:automatic-styles>"
                    "<number:text-style style:name=\"N1\"><number:text-content/></number:text-style>"
                    /* What is typed over a text stays text too. */
                    "<style:style style:name=\"text\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>"
                    "<style:style style:name=\"header\" style:family=\"table-cell\" style:data-style-name=\"N1\">"
                    "<style:table-cell-properties fo:background-color=\"#dce6f2\"/><style:text-properties fo:font-weight=\"bold\"/></style:style>");
  append_widths (self);
  append (self, "</office:automatic-styles><office:body><office:spreadsheet>");
  append_validations (self);
  return kobra_zip_begin (self->zip, "content.xml", TRUE, error) && flush (self, error);
}

static void
ods_free (gpointer data)
{
  Ods *self = data;

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
  Ods *self = g_new0 (Ods, 1);

  self->zip = kobra_zip_new (stream, cancellable);
  self->sheets = sheets;
  self->n_sheets = n_sheets;
  kobra_buffer_init (&self->buffer, MAX_BUFFER_BYTES);
  /* The first part is the type, as it stands (OpenDocument 1.2 part 3 §3.3). */
  if (kobra_zip_add (self->zip, "mimetype", FALSE, mime, error) && kobra_zip_add (self->zip, "META-INF/manifest.xml", TRUE, manifest, error) &&
      add_settings (self, error) && begin_content (self, error))
    return self;
  ods_free (self);
  return NULL;
}

static gboolean
begin_sheet (gpointer data,
             guint    sheet,
             GError **error)
{
  Ods                   *self = data;
  const KobraWriteSheet *described = &self->sheets[sheet];

  self->sheet = sheet;
  append (self, "<table:table table:name=\"");
  append_sheet_name (self, sheet);
  append (self, "\">");
  for (guint i = 0; i < described->n_columns; i++)
    {
      append (self, "<table:table-column table:style-name=\"w");
      append_number (self, kobra_write_column_get_width (&described->columns[i]));
      append (self, described->columns[i].is_number ? "\"/>" : "\" table:default-cell-style-name=\"text\"/>");
    }
  return flush (self, error);
}

static void
append_spaces (Ods  *self,
               guint n)
{
  if (n == 0)
    return;
  append (self, "<text:s text:c=\"");
  append_number (self, n);
  append (self, "\"/>");
}

/* A text as paragraphs: in them a run of white space would count as one space (OpenDocument 1.2 part 1 §6.1.2). */
static void
append_paragraphs (Ods        *self,
                   const char *text)
{
  gboolean is_at_start = TRUE;
  gsize    n;

  append (self, "<text:p>");
  for (const char *p = text; *p != '\0'; p += n)
    {
      g_autofree char *plain = NULL;

      n = strspn (p, " ");
      if (n > 0)
        {
          gboolean is_single = n == 1 && !is_at_start && p[1] != '\0' && strchr ("\t\r\n", p[1]) == NULL;

          if (is_single)
            append (self, " ");
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
      append (self, *p == '\t' ? "<text:tab/>" : "</text:p><text:p>");
    }
  append (self, "</text:p>");
}

static void
append_cell (Ods        *self,
             guint       column,
             guint32     row,
             const char *text)
{
  const KobraWriteColumn *described = &self->sheets[self->sheet].columns[column];

  append (self, row == 1 ? "<table:table-cell table:style-name=\"header\"" : "<table:table-cell");
  if (row > 1 && kobra_write_column_has_validation (described))
    {
      append (self, " table:content-validation-name=\"");
      append_validation_name (self, self->sheet, column);
      append (self, "\"");
    }
  if (*text == '\0')
    {
      append (self, "/>");
      return;
    }
  if (row > 1 && kobra_write_column_is_number (described, text))
    {
      append (self, " office:value-type=\"float\" office:value=\"");
      append (self, text);
      append (self, "\">");
    }
  else
    {
      append (self, " office:value-type=\"string\">");
    }
  append_paragraphs (self, text);
  append (self, "</table:table-cell>");
}

static gboolean
write_row (gpointer           data,
           const char *const *texts,
           guint32            row,
           GError           **error)
{
  Ods  *self = data;
  guint n = self->sheets[self->sheet].n_columns;

  append (self, row == 1 ? "<table:table-header-rows><table:table-row>" : "<table:table-row>");
  if (n == 0)
    append (self, "<table:table-cell/>");
  for (guint i = 0; i < n; i++)
    {
      append_cell (self, i, row, texts[i]);
      if (self->buffer.length >= FLUSH_BYTES && !flush (self, error))
        return FALSE;
    }
  append (self, row == 1 ? "</table:table-row></table:table-header-rows>" : "</table:table-row>");
  return TRUE;
}

static void
append_blank_rows (Ods *self)
{
  append (self, "<table:table-row table:number-rows-repeated=\"" N_BLANK_ROWS "\">");
  for (guint i = 0; i < self->sheets[self->sheet].n_columns; i++)
    append_cell (self, i, 2, "");
  append (self, "</table:table-row>");
}

static gboolean
end_sheet (gpointer data,
           GError **error)
{
  Ods                   *self = data;
  const KobraWriteSheet *sheet = &self->sheets[self->sheet];
  gboolean               has_validation = FALSE;

  for (guint i = 0; i < sheet->n_columns; i++)
    has_validation = has_validation || kobra_write_column_has_validation (&sheet->columns[i]);
  if (has_validation)
    append_blank_rows (self);
  append (self, "</table:table>");
  return flush (self, error);
}

static gboolean
end (gpointer data,
     GError **error)
{
  Ods *self = data;

  append (self, "</office:spreadsheet></office:body></office:document-content>");
  return flush (self, error) && kobra_zip_finish (self->zip, error);
}

/* A row more would be lost where LibreOffice opens the file. */
const KobraTableBackend kobra_write_ods = {
  KOBRA_WRITE_MAX_ROWS, KOBRA_WRITE_MAX_COLUMNS, 0, begin, begin_sheet, write_row, end_sheet, end, ods_free,
};
