/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table of a web page, as many systems export under the name of .xls. libxml2 parses; rows and cells are taken as they come, the text as it is shown.
 * The page is gone through twice: to measure its tables, and to read one.
 */

#include <string.h>

#include <glib/gi18n.h>
#include <libxml/HTMLparser.h>

#include "kobra-decode.h"
#include "kobra-row-maker.h"
#include "kobra-sheets.h"
#include "kobra-sniff.h"
#include "kobra-xml.h"

#include "kobra-banned.h"

#define PIECE_BYTES ((gsize) 1 << 15)
#define MAX_TABLES 1000u
#define MAX_NESTING 32u
#define MAX_SPAN 1000u

typedef struct
{
  KobraSource   *source;
  KobraRowMaker  maker;
  gboolean       is_measuring;
  htmlParserCtxt *parser;
  GError        *error;

  guint          n_tables;
  guint          nesting[MAX_NESTING]; /* the numbers of the tables that are open, the innermost last */
  guint          n_open;
  guint          line;       /* of the table that is read */
  guint16       *spans;      /* rows that the cell above still covers, by column */
  gboolean       in_row, in_cell, in_hidden;
  guint          column, n_columns;
  KobraBuffer    text;
  gboolean       after_space;
} Html;

static gboolean
is_ours (const Html *self)
{
  return self->n_open > 0 && self->n_open <= MAX_NESTING && (self->is_measuring || self->nesting[self->n_open - 1] == self->source->info->sheet);
}

static void
stop (Html *self)
{
  xmlStopParser (self->parser);
}

static void
start_table (Html *self)
{
  KobraReadSheet sheet = { 0 };

  if (self->is_measuring && self->n_tables < MAX_TABLES)
    {
      /* TRANSLATORS: what a web page's table is called, which has no name of its own */
      sheet.name = g_strdup_printf (_ ("Table %u"), self->n_tables + 1);
      g_array_append_val (self->source->info->sheets, sheet);
    }
  if (self->n_open < MAX_NESTING)
    self->nesting[self->n_open] = MIN (self->n_tables, MAX_TABLES - 1);
  self->n_open++;
  self->n_tables++;
  self->in_row = self->in_cell = FALSE;
}

static guint
get_span (const xmlChar **attributes,
          const char     *name)
{
  for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
    if (g_ascii_strcasecmp ((const char *) attributes[0], name) == 0 && attributes[1] != NULL)
      return (guint) CLAMP (g_ascii_strtoull ((const char *) attributes[1], NULL, 10), 1, MAX_SPAN);
  return 1;
}

static void
end_cell (Html *self)
{
  const char *text = self->text.length > 0 ? self->text.bytes : "";
  gsize       length = self->text.length;

  if (!self->in_cell)
    return;
  self->in_cell = FALSE;
  while (length > 0 && strchr (" \n", text[length - 1]) != NULL)
    length--;
  if (self->is_measuring && length > 0)
    {
      KobraReadSheet *sheet = &g_array_index (self->source->info->sheets, KobraReadSheet, self->nesting[self->n_open - 1]);

      sheet->n_columns = MIN (MAX (sheet->n_columns, self->column + 1), KOBRA_READ_MAX_COLUMNS);
    }
  if (!self->is_measuring && length > 0 && self->error == NULL)
    {
      if (!kobra_row_maker_begin_cell (&self->maker, self->column, &self->error))
        {
          stop (self);
          return;
        }
      kobra_buffer_append (&self->maker.text, text, length);
      if (self->text.overflowed)
        self->maker.text.overflowed = TRUE;
      if (!kobra_row_maker_end_cell (&self->maker, FALSE, &self->error))
        stop (self);
    }
  self->column += self->n_columns;
}

static void
end_row (Html *self)
{
  end_cell (self);
  if (!self->in_row)
    return;
  self->in_row = FALSE;
  if (self->is_measuring)
    g_array_index (self->source->info->sheets, KobraReadSheet, self->nesting[self->n_open - 1]).n_rows++;
  else if (self->error == NULL && !kobra_row_maker_end_row (&self->maker, &self->error))
    stop (self);
}

static void
start_row (Html *self)
{
  end_row (self);
  self->in_row = TRUE;
  self->column = 0;
  if (!self->is_measuring && self->error == NULL && !kobra_row_maker_begin_row (&self->maker, ++self->line, &self->error))
    stop (self);
}

static void
start_cell (Html           *self,
            const xmlChar **attributes)
{
  guint n_rows = get_span (attributes, "rowspan");

  if (!self->in_row)
    start_row (self);
  end_cell (self);
  while (self->column < KOBRA_READ_MAX_COLUMNS && self->spans[self->column] > 0)
    self->spans[self->column++]--;
  self->in_cell = TRUE;
  self->after_space = TRUE;
  self->n_columns = get_span (attributes, "colspan");
  if (n_rows > 1)
    for (guint i = self->column; i < MIN (self->column + self->n_columns, KOBRA_READ_MAX_COLUMNS); i++)
      self->spans[i] = (guint16) (n_rows - 1);
  kobra_buffer_reset (&self->text);
}

static gboolean
is_name (const xmlChar *name,
         const char    *wanted)
{
  return g_ascii_strcasecmp ((const char *) name, wanted) == 0;
}

static void
start_cb (void           *data,
          const xmlChar  *name,
          const xmlChar **attributes)
{
  Html *self = data;

  self->in_hidden = is_name (name, "script") || is_name (name, "style");
  if (is_name (name, "table"))
    start_table (self);
  else if (!is_ours (self))
    return;
  else if (is_name (name, "tr"))
    start_row (self);
  else if (is_name (name, "td") || is_name (name, "th"))
    start_cell (self, attributes);
  else if (self->in_cell && (is_name (name, "br") || ((is_name (name, "p") || is_name (name, "div")) && self->text.length > 0)))
    {
      kobra_buffer_append_byte (&self->text, '\n');
      self->after_space = TRUE;
    }
}

static void
end_cb (void          *data,
        const xmlChar *name)
{
  Html *self = data;

  self->in_hidden = FALSE;
  if (is_name (name, "table") && self->n_open > 0)
    {
      if (is_ours (self))
        end_row (self);
      self->n_open--;
    }
  else if (is_ours (self) && is_name (name, "tr"))
    {
      end_row (self);
    }
  else if (is_ours (self) && (is_name (name, "td") || is_name (name, "th")))
    {
      end_cell (self);
    }
}

/* White space of any kind, that which does not break among it, is one space, and none at the start. */
static void
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
  Html       *self = data;
  const char *p = (const char *) text, *end = p + length;

  if (!self->in_cell || self->in_hidden || !is_ours (self))
    return;
  while (p < end)
    {
      gsize n_space = strchr (" \t\r\n", *p) != NULL ? 1 : end - p >= 2 && memcmp (p, "\xc2\xa0", 2) == 0 ? 2 : 0;

      if (n_space == 0)
        {
          kobra_buffer_append_byte (&self->text, *p++);
          self->after_space = FALSE;
          continue;
        }
      if (!self->after_space)
        kobra_buffer_append_byte (&self->text, ' ');
      self->after_space = TRUE;
      p += n_space;
    }
}

/* Feeds the page to the parser, as UTF-8. */
static gboolean
feed (Html         *self,
      GInputStream *stream,
      GError      **error)
{
  KobraSource     *source = self->source;
  KobraSniffed     sniffed = kobra_sniff_encoding (source->head, source->n_head, source->is_at_end, source->options->encoding);
  KobraDecoder     decoder;
  g_autofree char *bytes = g_malloc (PIECE_BYTES);
  gsize            n = 0, n_skipped = sniffed.n_mark;
  gboolean         is_last = FALSE;

  source->info->encoding = sniffed.encoding;
  kobra_decoder_init (&decoder, sniffed.encoding, sniffed.is_sure);
  while (!is_last && self->error == NULL)
    {
      gssize       n_read = g_input_stream_read (stream, bytes + n, PIECE_BYTES - n, source->cancellable, &self->error);
      gsize        n_decoded, length;
      const char  *text;
      KobraDecoded decoded;

      if (n_read < 0)
        break;
      is_last = n_read == 0;
      n += (gsize) n_read;
      decoded = kobra_decoder_push (&decoder, bytes + MIN (n_skipped, n), n - MIN (n_skipped, n), is_last, &n_decoded, &text, &length);
      if (decoded != KOBRA_DECODED_WELL)
        {
          kobra_source_fail (&self->error, KOBRA_READ_ERROR_ENCODING, _ ("The web page is damaged, or in more than one encoding. Open it in a spreadsheet program, see that all accents are right, and save it."));
          break;
        }
      htmlParseChunk (self->parser, text, (int) length, is_last);
      n_decoded += MIN (n_skipped, n);
      n_skipped = 0;
      memmove (bytes, bytes + n_decoded, n - n_decoded);
      n -= n_decoded;
    }
  kobra_decoder_clear (&decoder);
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

static gboolean
parse (Html    *self,
       gboolean is_measuring,
       GError **error)
{
  htmlSAXHandler sax = { .startElement = start_cb, .endElement = end_cb, .characters = text_cb, .cdataBlock = text_cb, .ignorableWhitespace = text_cb, .serror = kobra_xml_say_nothing,
                         .initialized = XML_SAX2_MAGIC };
  GInputStream  *stream = kobra_source_seekable (self->source, error);
  gboolean       is_read;

  if (stream == NULL)
    return FALSE;
  self->is_measuring = is_measuring;
  self->n_tables = self->n_open = self->line = 0;
  self->in_row = self->in_cell = FALSE;
  memset (self->spans, 0, KOBRA_READ_MAX_COLUMNS * sizeof *self->spans);
  self->parser = htmlCreatePushParserCtxt (&sax, self, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  htmlCtxtUseOptions (self->parser, HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_RECOVER);
  is_read = feed (self, stream, error);
  htmlFreeParserCtxt (self->parser);
  return is_read;
}

/* The table with the most cells, unless one is named. */
static gboolean
choose (Html    *self,
        GError **error)
{
  GArray *tables = self->source->info->sheets;
  guint64 n_best = 0;

  if (self->source->options->sheet != NULL && tables->len > 0)
    return kobra_sheets_choose (self->source, error);
  for (guint i = 0; i < tables->len; i++)
    {
      const KobraReadSheet *table = &g_array_index (tables, KobraReadSheet, i);
      guint64               n = (guint64) table->n_rows * table->n_columns;

      if (n > n_best)
        {
          n_best = n;
          self->source->info->sheet = i;
        }
    }
  return n_best > 0 || kobra_source_fail (error, KOBRA_READ_ERROR_NOT_A_TABLE, _ ("This is a web page without a table, whatever its name says. Choose another file."));
}

gboolean
kobra_html_reader_run (KobraSource *source,
                       GError     **error)
{
  Html     self = { .source = source };
  gboolean is_read;

  source->info->sheets = kobra_read_sheets_new ();
  self.spans = g_new0 (guint16, KOBRA_READ_MAX_COLUMNS);
  kobra_row_maker_init (&self.maker, source);
  kobra_buffer_init (&self.text, KOBRA_READ_MAX_CELL);
  is_read = parse (&self, TRUE, error) && choose (&self, error) && parse (&self, FALSE, error);
  g_free (self.spans);
  kobra_row_maker_clear (&self.maker);
  kobra_buffer_clear (&self.text);
  return is_read;
}
