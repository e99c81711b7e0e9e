/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-xml.h"

#include <string.h>

#include <glib/gi18n.h>
#include <libxml/parser.h>

#include "kobra-banned.h"

#define MAX_ATTRIBUTE_BYTES ((gsize) 64 << 10)

struct _KobraXml
{
  KobraArchive           *archive;
  KobraSource            *source;
  const KobraXmlHandlers *handlers;
  gboolean                tells;
  gpointer                data;
  xmlParserCtxt          *parser;
  gboolean                is_stopped;
  GError                 *error;
};

static int
read_bytes (void *data,
            char *bytes,
            int   n)
{
  KobraXml *self = data;
  gssize    n_read;

  if (self->is_stopped)
    return 0;
  n_read = kobra_archive_read (self->archive, bytes, (gsize) n, self->error == NULL ? &self->error : NULL);
  if (n_read < 0)
    {
      self->is_stopped = TRUE;
      return -1;
    }
  if (self->tells)
    kobra_source_tell_progress (self->source, kobra_archive_get_done (self->archive), kobra_archive_get_total (self->archive));
  return (int) n_read;
}

static void
start_cb (void           *data,
          const xmlChar  *name,
          const xmlChar  *prefix,
          const xmlChar  *uri,
          int             n_namespaces,
          const xmlChar **namespaces,
          int             n_attributes,
          int             n_defaulted,
          const xmlChar **attributes)
{
  KobraXml          *self = data;
  KobraXmlAttributes given = { n_attributes, attributes };

  if (!self->is_stopped && self->handlers->start != NULL)
    self->handlers->start (self, (const char *) name, &given, self->data);
}

static void
end_cb (void          *data,
        const xmlChar *name,
        const xmlChar *prefix,
        const xmlChar *uri)
{
  KobraXml *self = data;

  if (!self->is_stopped && self->handlers->end != NULL)
    self->handlers->end (self, (const char *) name, self->data);
}

static void
text_cb (void          *data,
         const xmlChar *text,
         int            length)
{
  KobraXml *self = data;

  if (!self->is_stopped && self->handlers->text != NULL && length > 0)
    self->handlers->text (self, (const char *) text, (gsize) length, self->data);
}

static void
doctype_cb (void          *data,
            const xmlChar *name,
            const xmlChar *external,
            const xmlChar *system)
{
  kobra_xml_fail (data, g_error_new_literal (KOBRA_READ_ERROR, KOBRA_READ_ERROR_DAMAGED,
                                             _ ("The spreadsheet declares a document type, as no spreadsheet program does: it may have been made to do harm. If you trust it, open it in a spreadsheet program, and save it anew.")));
}

void
kobra_xml_say_nothing (void *data,
#if LIBXML_VERSION >= 21200
                       const xmlError *error
#else
                       xmlError *error
#endif
)
{
}

gboolean
kobra_xml_parse (KobraArchive           *archive,
                 KobraSource            *source,
                 const KobraXmlHandlers *handlers,
                 gboolean                tells,
                 gpointer                data,
                 GError                **error)
{
  KobraXml      self = { .archive = archive, .source = source, .handlers = handlers, .tells = tells, .data = data };
  xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC, .startElementNs = start_cb, .endElementNs = end_cb, .characters = text_cb, .cdataBlock = text_cb,
                        .ignorableWhitespace = text_cb, .internalSubset = doctype_cb, .serror = kobra_xml_say_nothing };
  gboolean      is_well;

  self.parser = xmlCreateIOParserCtxt (&sax, &self, read_bytes, NULL, &self, XML_CHAR_ENCODING_NONE);
  if (self.parser == NULL)
    return kobra_source_fail (error, KOBRA_READ_ERROR_IO, _ ("There is no memory to read the spreadsheet. Close other programs, and open the file again."));
  /* NOENT makes of &amp; in an attribute what it is. Without a document type there are no other entities. */
  xmlCtxtUseOptions (self.parser, XML_PARSE_NONET | XML_PARSE_NOENT);
  xmlParseDocument (self.parser);
  is_well = self.parser->wellFormed != 0;
  xmlFreeParserCtxt (self.parser);
  if (self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return FALSE;
    }
  if (self.is_stopped || is_well)
    return TRUE;
  return kobra_source_fail (error, KOBRA_READ_ERROR_DAMAGED,
                            _ ("A part of the spreadsheet is written in a way that no program could read. Open it in a spreadsheet program, let it be repaired, and save it."));
}

void
kobra_xml_stop (KobraXml *self)
{
  self->is_stopped = TRUE;
  xmlStopParser (self->parser);
}

void
kobra_xml_fail (KobraXml *self,
                GError   *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  kobra_xml_stop (self);
}

const char *
kobra_xml_get (const KobraXmlAttributes *self,
               const char               *name,
               gsize                    *length)
{
  for (int i = 0; i < self->n; i++)
    {
      const unsigned char **attribute = self->values + 5 * i;

      if (strcmp ((const char *) attribute[0], name) == 0)
        {
          *length = (gsize) (attribute[4] - attribute[3]);
          return (const char *) attribute[3];
        }
    }
  return NULL;
}

char *
kobra_xml_dup (const KobraXmlAttributes *self,
               const char               *name)
{
  gsize       length;
  const char *value = kobra_xml_get (self, name, &length);

  return value != NULL ? g_utf8_make_valid (value, (gssize) MIN (length, MAX_ATTRIBUTE_BYTES)) : NULL;
}

guint64
kobra_xml_get_number (const KobraXmlAttributes *self,
                      const char               *name,
                      guint64                   max,
                      guint64                   fallback)
{
  gsize       length;
  const char *value = kobra_xml_get (self, name, &length);
  guint64     number = 0;

  if (value == NULL || length == 0 || length > 18)
    return fallback;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (value[i]))
        return fallback;
      number = number * 10 + (guint64) (value[i] - '0');
    }
  return number <= max ? number : fallback;
}

gboolean
kobra_xml_is (const KobraXmlAttributes *self,
              const char               *name,
              const char               *value)
{
  gsize       length;
  const char *found = kobra_xml_get (self, name, &length);

  return found != NULL && length == strlen (value) && g_ascii_strncasecmp (found, value, length) == 0;
}
