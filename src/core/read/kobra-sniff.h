/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-reader.h"

G_BEGIN_DECLS

/* What a file does not say about itself, found by looking at its beginning. Pure functions of a sample. */

#define KOBRA_SNIFF_BYTES ((gsize) 1 << 18)

typedef struct
{
  KobraEncoding encoding; /* never DETECT */
  gboolean      is_sure;  /* what comes after the sample can't change it */
  gsize         n_mark;   /* bytes of the byte order mark at the start, which are no text */
} KobraSniffed;

/* What the bytes are the beginning of. If it is nothing that is read: a sentence for the person, translated, that says what it is and the way
 * out; else NULL. A ZIP file is called XLSX, an old Office document XLS, until one looks into it. */
const char  *kobra_sniff_format         (const char      *bytes,
                                         gsize            n_bytes,
                                         KobraReadFormat *format);

/* @wanted: KOBRA_ENCODING_DETECT, or an encoding of which only the mark is looked for. @is_all: the sample is the whole file. */
KobraSniffed kobra_sniff_encoding       (const char    *bytes,
                                         gsize          n_bytes,
                                         gboolean       is_all,
                                         KobraEncoding  wanted);

/* The bytes of a first line such as “sep=;” with its line end, and the separator that it names; 0 if there is no such line. */
gsize        kobra_sniff_separator_line (const char    *text,
                                         gsize          length,
                                         char          *separator);

/* The separator under which the rows of @text agree best; the comma if there is none. @is_all: the text does not end within a row. */
char         kobra_sniff_separator      (const char    *text,
                                         gsize          length,
                                         char           quote,
                                         gboolean       is_all);

G_END_DECLS
