/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libxml/xmlerror.h>

#include "kobra-archive.h"

G_BEGIN_DECLS

/*
 * A part of a spreadsheet as a stream of tags and texts. Names come without their prefix: no two that a reader asks for differ in that alone.
 *
 * libxml2 parses, with its limits on, through its SAX interface: that is what its pull reader stands on, without a tree node for each
 * cell. There is no network and no document type: a part that declares one is refused, and so there are no entities to expand.
 */
typedef struct _KobraXml KobraXml;

typedef struct
{
  int                   n;
  const unsigned char **values; /* five for each: name, prefix, URI, the value's start, its end */
} KobraXmlAttributes;

/* Any may be NULL. @text comes in pieces and is not ended by a NUL. */
typedef struct
{
  void (*start) (KobraXml                 *xml,
                 const char               *name,
                 const KobraXmlAttributes *attributes,
                 gpointer                  data);
  void (*end)   (KobraXml                 *xml,
                 const char               *name,
                 gpointer                  data);
  void (*text)  (KobraXml                 *xml,
                 const char               *text,
                 gsize                     length,
                 gpointer                  data);
} KobraXmlHandlers;

/* Parses the archive's part. With @tells, the source's sink is told of the progress. */
gboolean    kobra_xml_parse     (KobraArchive           *archive,
                                 KobraSource            *source,
                                 const KobraXmlHandlers *handlers,
                                 gboolean                tells,
                                 gpointer                data,
                                 GError                **error);

/* For handlers: nothing more is called, and the parsing ends well, or with @error, which is taken. */
void        kobra_xml_stop      (KobraXml *self);
void        kobra_xml_fail      (KobraXml *self,
                                 GError   *error);

/* The attribute's value, not ended by a NUL; NULL if it is not there. */
const char *kobra_xml_get       (const KobraXmlAttributes *self,
                                 const char               *name,
                                 gsize                    *length);

/* A copy that is, at most 64 KiB of it; NULL if it is not there. */
char       *kobra_xml_dup       (const KobraXmlAttributes *self,
                                 const char               *name) G_GNUC_WARN_UNUSED_RESULT;

/* A number from 0 to @max; @fallback if there is none or another. */
guint64     kobra_xml_get_number (const KobraXmlAttributes *self,
                                  const char               *name,
                                  guint64                   max,
                                  guint64                   fallback);

/* Whether the value is @value, letter case aside. */
gboolean    kobra_xml_is        (const KobraXmlAttributes *self,
                                 const char               *name,
                                 const char               *value);

/* For libxml2, which would print what is wrong; it is asked for at the end instead. */
void        kobra_xml_say_nothing (void *data,
#if LIBXML_VERSION >= 21200
                                   const xmlError *error
#else
                                   xmlError *error
#endif
);

G_END_DECLS
