/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet of an OpenDocument spreadsheet, as a stream (OpenDocument 1.3 part 3, §9). All sheets are in one part: those that are not read are measured on the way. */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-number.h"
#include "kobra-row-maker.h"
#include "kobra-sheets.h"
#include "kobra-xml.h"

#include "kobra-banned.h"

#define MAX_SHEETS 10000u
#define MAX_STYLES 65536u

/* A run of spaces that one element stands for. */
#define MAX_SPACES 1000u

typedef enum
{
  TEXT,
  NUMBER,
  PERCENT,
  DATE,
  TIME,
  BOOLEAN
} CellType;

static const struct
{
  const char *name;
  CellType    type;
  const char *attribute; /* that has the value */
} cell_types[] = {
  { "string", TEXT, "string-value" },
  { "float", NUMBER, "value" },
  { "currency", NUMBER, "value" },
  { "percentage", PERCENT, "value" },
  { "date", DATE, "date-value" },
  { "time", TIME, "time-value" },
  { "boolean", BOOLEAN, "boolean-value" },
};

typedef struct
{
  KobraSource   *source;
  KobraRowMaker  maker;
  GHashTable    *hidden;    /* names of styles of sheets */
  char          *style;     /* being defined */

  gboolean       in_table, is_read; /* whether this sheet's rows go to the sink */
  gboolean       is_chosen; /* a sheet was */
  gboolean       in_row, in_cell;
  guint64        line, column;
  guint64        n_rows, n_columns; /* that the row, the cell stands for */
  gboolean       has_value; /* in the row */
  guint          depth;     /* of elements in the cell */
  guint          n_skipped; /* depth inside of what is no text of the cell */

  CellType       type;
  gboolean       is_calculated, is_failure;
  KobraBuffer    value, shown;
  gboolean       in_paragraph, after_space;
  guint          n_paragraphs;
} Ods;

static KobraReadSheet *
get_sheet (Ods *self)
{
  GArray *sheets = self->source->info->sheets;

  return &g_array_index (sheets, KobraReadSheet, sheets->len - 1);
}

static void
start_table (Ods                      *self,
             KobraXml                 *xml,
             const KobraXmlAttributes *attributes)
{
  g_autofree char *style = kobra_xml_dup (attributes, "style-name");
  GArray          *sheets = self->source->info->sheets;
  KobraReadSheet   sheet = { .name = kobra_xml_dup (attributes, "name") };

  if (sheets->len >= MAX_SHEETS)
    {
      g_free (sheet.name);
      kobra_xml_stop (xml);
      return;
    }
  if (sheet.name == NULL)
    sheet.name = g_strdup ("");
  sheet.is_hidden = style != NULL && g_hash_table_contains (self->hidden, style);
  g_array_append_val (sheets, sheet);
  self->in_table = TRUE;
  self->line = 1;
  self->is_read = !self->is_chosen && kobra_sheets_is_wanted (self->source, &sheet, sheets->len - 1);
  if (self->is_read && self->source->options->sheet != NULL)
    self->is_chosen = TRUE;
  if (self->is_read)
    self->source->info->sheet = sheets->len - 1;
}

static void
end_table (Ods *self)
{
  self->in_table = FALSE;
  if (self->is_read && self->source->info->n_rows > 0)
    self->is_chosen = TRUE;
  self->is_read = FALSE;
}

static void
start_row (Ods                      *self,
           KobraXml                 *xml,
           const KobraXmlAttributes *attributes)
{
  g_autoptr (GError) error = NULL;

  self->in_row = TRUE;
  self->column = 0;
  self->has_value = FALSE;
  self->n_rows = MAX (kobra_xml_get_number (attributes, "number-rows-repeated", G_MAXINT32, 1), 1);
  /* Empty rows may have any number; one with something in it is refused when it comes to that. */
  if (self->is_read && self->line <= KOBRA_READ_MAX_ROWS && !kobra_row_maker_begin_row (&self->maker, self->line, &error))
    kobra_xml_fail (xml, g_steal_pointer (&error));
}

static void
end_row (Ods      *self,
         KobraXml *xml)
{
  g_autoptr (GError) error = NULL;
  KobraReadSheet    *sheet = get_sheet (self);
  gboolean           is_told = TRUE;

  self->in_row = FALSE;
  if (self->has_value)
    sheet->n_rows = (guint32) MIN (self->line + self->n_rows - 1, G_MAXUINT32);
  if (self->is_read && self->has_value)
    {
      is_told = kobra_row_maker_end_row (&self->maker, &error);
      for (guint64 i = 1; is_told && self->maker.has_words && i < self->n_rows; i++)
        is_told = kobra_row_maker_repeat (&self->maker, &error);
    }
  self->line += self->n_rows;
  if (!is_told)
    kobra_xml_fail (xml, g_steal_pointer (&error));
}

static void
start_cell (Ods                      *self,
            const KobraXmlAttributes *attributes)
{
  gsize       length;
  const char *value;

  self->in_cell = TRUE;
  self->depth = self->n_skipped = self->n_paragraphs = 0;
  self->n_columns = MAX (kobra_xml_get_number (attributes, "number-columns-repeated", G_MAXINT32, 1), 1);
  self->type = TEXT;
  self->is_calculated = kobra_xml_get (attributes, "formula", &length) != NULL;
  self->is_failure = FALSE;
  kobra_buffer_reset (&self->value);
  kobra_buffer_reset (&self->shown);
  /* LibreOffice says the type twice, and only in its own words that it is a failure. */
  for (int i = 0; i < attributes->n; i++)
    {
      const KobraXmlAttributes one = { 1, attributes->values + 5 * i };

      self->is_failure = self->is_failure || kobra_xml_is (&one, "value-type", "error");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cell_types); i++)
    if (kobra_xml_is (attributes, "value-type", cell_types[i].name))
      {
        self->type = cell_types[i].type;
        value = kobra_xml_get (attributes, cell_types[i].attribute, &length);
        if (value != NULL)
          kobra_buffer_append (&self->value, value, length);
      }
}

static const char *
get_text (const KobraBuffer *buffer)
{
  return buffer->length > 0 ? buffer->bytes : "";
}

/* Whether the number is shown with zeros in front, as its format may want. */
static gboolean
has_zeros (const Ods *self)
{
  const char *shown = get_text (&self->shown), *value = get_text (&self->value);
  gsize       n_zeros = strspn (shown, "0");

  return n_zeros > 0 && self->shown.length > 1 && strspn (shown, "0123456789") == self->shown.length && strcmp (shown + n_zeros, strcmp (value, "0") == 0 ? "" : value) == 0;
}

/* What a number that is shown as a truth value is: LibreOffice says only of cells with a format that they are such. NULL: it is not. */
static const char *
get_truth (const Ods *self)
{
  static const struct
  {
    const char *shown, *value, *text;
  } truths[] = {
    { "TRUE", "1", "true" }, { "VERDADERO", "1", "true" }, { "FALSE", "0", "false" }, { "FALSO", "0", "false" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (truths); i++)
    if (strcmp (get_text (&self->shown), truths[i].shown) == 0 && strcmp (get_text (&self->value), truths[i].value) == 0)
      return truths[i].text;
  return NULL;
}

/* Gnumeric has percents as numbers with a format. */
static gboolean
is_percent (const Ods *self)
{
  return self->type == PERCENT || (self->type == NUMBER && self->shown.length > 1 && self->shown.bytes[self->shown.length - 1] == '%');
}

/* PT12H30M15S as 12:30:15. */
static void
append_duration (KobraBuffer *text,
                 const char  *value)
{
  guint64 parts[3] = { 0 };
  char    spelt[80];

  if (!g_str_has_prefix (value, "PT"))
    {
      kobra_buffer_append_string (text, value);
      return;
    }
  for (const char *p = value + 2; *p != '\0';)
    {
      char   *end;
      guint64 number = g_ascii_strtoull (p, &end, 10);

      if (*end == '.' || *end == ',')
        end += strcspn (end, "HMS");
      if (end == p || *end == '\0')
        break;
      parts[*end == 'H' ? 0 : *end == 'M' ? 1 : 2] = MIN (number, 99999999);
      p = end + 1;
    }
  g_snprintf (spelt, sizeof spelt, "%02" G_GUINT64_FORMAT ":%02" G_GUINT64_FORMAT ":%02" G_GUINT64_FORMAT, parts[0], parts[1], parts[2]);
  kobra_buffer_append_string (text, spelt);
}

static void
append_value (Ods         *self,
              KobraBuffer *text,
              gboolean    *is_lost)
{
  const KobraBuffer      *value = &self->value;
  const KobraNumberFormat format = { is_percent (self) ? KOBRA_NUMBER_PERCENT : KOBRA_NUMBER_PLAIN, 0 };

  if (self->is_failure || (self->type == TEXT && self->shown.length > 0) || value->length == 0)
    {
      kobra_buffer_append_string (text, get_text (&self->shown));
      return;
    }
  switch (self->type)
    {
    case NUMBER:
    case PERCENT:
      if (get_truth (self) != NULL)
        kobra_buffer_append_string (text, get_truth (self));
      else if (has_zeros (self))
        kobra_buffer_append_string (text, self->shown.bytes);
      else if (!kobra_number_append (text, value->bytes, value->length, format, FALSE, self->is_calculated, is_lost))
        kobra_buffer_append_string (text, value->bytes);
      break;
    case DATE:
      kobra_append_iso_moment (text, value->bytes, value->length);
      break;
    case TIME:
      append_duration (text, value->bytes);
      break;
    case TEXT:
    case BOOLEAN:
    default:
      kobra_buffer_append_string (text, value->bytes);
    }
}

static gboolean
tell_cell (Ods     *self,
           GError **error)
{
  for (guint64 i = 0; i < self->n_columns; i++)
    {
      gboolean is_lost = FALSE;

      if (self->line > KOBRA_READ_MAX_ROWS)
        return kobra_row_maker_begin_row (&self->maker, self->line, error);
      if (!kobra_row_maker_begin_cell (&self->maker, self->column + i, error))
        return FALSE;
      append_value (self, &self->maker.text, &is_lost);
      if (!kobra_row_maker_end_cell (&self->maker, is_lost, error))
        return FALSE;
    }
  return TRUE;
}

static void
end_cell (Ods      *self,
          KobraXml *xml)
{
  g_autoptr (GError) error = NULL;
  KobraReadSheet    *sheet = get_sheet (self);

  self->in_cell = FALSE;
  if (self->value.overflowed || self->shown.overflowed)
    {
      g_autofree char *place = kobra_row_maker_dup_place (&self->maker, self->column);

      kobra_xml_fail (xml, g_error_new (KOBRA_READ_ERROR, KOBRA_READ_ERROR_CELL_TOO_LONG, _ ("What stands in %s is over 1 MiB. Shorten it, and open the file again."), place));
      return;
    }
  if (self->value.length > 0 || self->shown.length > 0)
    {
      self->has_value = TRUE;
      sheet->n_columns = (guint) MIN (MAX (sheet->n_columns, self->column + self->n_columns), KOBRA_READ_MAX_COLUMNS);
      if (self->is_read && !tell_cell (self, &error))
        {
          kobra_xml_fail (xml, g_steal_pointer (&error));
          return;
        }
    }
  self->column += self->n_columns;
}

/* An element in a cell: a paragraph and what it is made of. What stands beside the paragraphs, a comment or a picture, is not the cell's. */
static void
start_in_cell (Ods                      *self,
               const char               *name,
               const KobraXmlAttributes *attributes)
{
  if (self->depth++ == 0 && strcmp (name, "p") == 0)
    {
      if (self->n_paragraphs++ > 0)
        kobra_buffer_append_byte (&self->shown, '\n');
      self->in_paragraph = TRUE;
      self->after_space = TRUE;
    }
  else if (self->depth == 1 || self->n_skipped > 0 || strcmp (name, "annotation") == 0 || strcmp (name, "ruby-text") == 0)
    {
      self->n_skipped++;
    }
  else if (strcmp (name, "s") == 0)
    {
      for (guint64 i = kobra_xml_get_number (attributes, "c", MAX_SPACES, 1); i > 0; i--)
        kobra_buffer_append_byte (&self->shown, ' ');
    }
  else if (strcmp (name, "tab") == 0 || strcmp (name, "line-break") == 0)
    {
      kobra_buffer_append_byte (&self->shown, *name == 't' ? '\t' : '\n');
    }
}

static void
ods_start (KobraXml                 *xml,
           const char               *name,
           const KobraXmlAttributes *attributes,
           gpointer                  data)
{
  Ods *self = data;

  if (self->in_cell)
    {
      start_in_cell (self, name, attributes);
    }
  else if (self->in_row)
    {
      if (strcmp (name, "table-cell") == 0 || strcmp (name, "covered-table-cell") == 0)
        start_cell (self, attributes);
    }
  else if (self->in_table)
    {
      if (strcmp (name, "table-row") == 0)
        start_row (self, xml, attributes);
    }
  else if (strcmp (name, "table") == 0)
    {
      start_table (self, xml, attributes);
    }
  else if (strcmp (name, "style") == 0)
    {
      g_free (self->style);
      self->style = kobra_xml_dup (attributes, "name");
    }
  else if (strcmp (name, "table-properties") == 0 && self->style != NULL && kobra_xml_is (attributes, "display", "false") && g_hash_table_size (self->hidden) < MAX_STYLES)
    {
      g_hash_table_add (self->hidden, g_steal_pointer (&self->style));
    }
}

static void
ods_end (KobraXml   *xml,
         const char *name,
         gpointer    data)
{
  Ods *self = data;

  if (self->in_cell && self->depth > 0)
    {
      self->depth--;
      if (self->n_skipped > 0)
        self->n_skipped--;
      self->in_paragraph = self->in_paragraph && self->depth > 0;
    }
  else if (self->in_cell)
    {
      end_cell (self, xml);
    }
  else if (self->in_row && strcmp (name, "table-row") == 0)
    {
      end_row (self, xml);
    }
  else if (self->in_table && !self->in_row && strcmp (name, "table") == 0)
    {
      end_table (self);
    }
}

/* White space of any kind and length is one space, and none at the start (§6.1.2). */
static void
ods_text (KobraXml   *xml,
          const char *text,
          gsize       length,
          gpointer    data)
{
  Ods *self = data;

  if (!self->in_paragraph || self->n_skipped > 0)
    return;
  for (gsize i = 0; i < length;)
    {
      gsize n = 0;

      while (i + n < length && strchr (" \t\r\n", text[i + n]) == NULL)
        n++;
      kobra_buffer_append (&self->shown, text + i, n);
      i += n;
      if (n > 0)
        self->after_space = FALSE;
      if (i == length)
        return;
      if (!self->after_space)
        kobra_buffer_append_byte (&self->shown, ' ');
      self->after_space = TRUE;
      i++;
    }
}

static gboolean
parse (Ods     *self,
       GError **error)
{
  static const KobraXmlHandlers handlers = { ods_start, ods_end, ods_text };
  g_autoptr (KobraArchive)      archive = kobra_archive_find (self->source, "content.xml", error);

  if (archive == NULL || !kobra_xml_parse (archive, self->source, &handlers, TRUE, self, error))
    return FALSE;
  if (!self->is_chosen && self->source->options->sheet != NULL)
    return kobra_sheets_fail (self->source, error);
  return self->is_chosen || kobra_source_fail (error, KOBRA_READ_ERROR_EMPTY_SHEET, _ ("No visible sheet of this book has anything in it. Choose another file, or another sheet."));
}

gboolean
kobra_ods_reader_run (KobraSource *source,
                      GError     **error)
{
  Ods      self = { .source = source };
  gboolean is_read;

  source->info->sheets = kobra_read_sheets_new ();
  self.hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  kobra_row_maker_init (&self.maker, source);
  kobra_buffer_init (&self.value, KOBRA_READ_MAX_CELL);
  kobra_buffer_init (&self.shown, KOBRA_READ_MAX_CELL);
  is_read = parse (&self, error);
  g_hash_table_unref (self.hidden);
  g_free (self.style);
  kobra_row_maker_clear (&self.maker);
  kobra_buffer_clear (&self.value);
  kobra_buffer_clear (&self.shown);
  return is_read;
}
