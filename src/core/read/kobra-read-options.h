/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a person wants their file to be read, where it is not to be found by looking; kept with a layout and in the journal. */

typedef enum
{
  KOBRA_FORMAT_TEXT, /* CSV and its relatives */
  KOBRA_FORMAT_XLSX,
  KOBRA_FORMAT_ODS,
  KOBRA_FORMAT_XLS,
  KOBRA_FORMAT_HTML, /* a web page with tables, whatever its name */
  KOBRA_FORMAT_JSON,
  KOBRA_N_FORMATS
} KobraReadFormat;

typedef enum
{
  KOBRA_ENCODING_DETECT,
  KOBRA_ENCODING_UTF_8,
  KOBRA_ENCODING_UTF_16_LE,
  KOBRA_ENCODING_UTF_16_BE,
  KOBRA_ENCODING_WINDOWS_1252,
  KOBRA_ENCODING_CP850,     /* only when it is asked for, as the next */
  KOBRA_ENCODING_MAC_ROMAN,
  KOBRA_N_ENCODINGS
} KobraEncoding;

#define KOBRA_QUOTE_NONE '\n'          /* quotation marks are text */
#define KOBRA_HEADER_NONE G_MAXUINT32  /* all rows are records */

/* All zero: everything is found by looking. */
typedef struct
{
  KobraEncoding encoding;      /* of text; not DETECT: this one or an error */
  char          separator;     /* of text; ASCII, no letter, digit, quotation mark or line end; 0: found by looking */
  char          quote;         /* of text: '"', '\'' or KOBRA_QUOTE_NONE; 0: '"' */
  char         *sheet;         /* its name, else its number from 1; NULL: the first visible one with something in it */
  guint32       header_row;    /* the header's line as in KobraReadRow, or KOBRA_HEADER_NONE; 0: found by looking */
  guint         n_header_rows; /* 1 or 2 that are joined, from header_row on; 0: found by looking */
  guint         first_column;  /* from 1: those before it are left out; 0: found by looking */
  gboolean      keep_all;      /* also what looks like a total, a note or the header again, below the header */
} KobraReadOptions;

void      kobra_read_options_clear        (KobraReadOptions       *self);

/* @copy need not be initialised. */
void      kobra_read_options_copy         (const KobraReadOptions *self,
                                           KobraReadOptions       *copy);
gboolean  kobra_read_options_are_equal    (const KobraReadOptions *a,
                                           const KobraReadOptions *b);

/* A dictionary (a{sv}, floating) with what is not found by looking; the same keys and words as on the command line. */
GVariant *kobra_read_options_to_variant   (const KobraReadOptions *self) G_GNUC_WARN_UNUSED_RESULT;

/* The reverse; keys that are not known and values that make no sense are left out, as they come from files. Numbers may be of any integer type.
 * @self need not be initialised. */
void      kobra_read_options_from_variant (GVariant               *variant,
                                           KobraReadOptions       *self);

/* For people: "Windows-1252". */
const char *kobra_encoding_get_label      (KobraEncoding           encoding);

/* "windows-1252", on the command line and in files. */
const char *kobra_encoding_get_name       (KobraEncoding           encoding);

/* FALSE if no encoding has that name, letter case aside. */
gboolean    kobra_encoding_find           (const char             *name,
                                           KobraEncoding          *encoding);

/* "comma", "semicolon", "tab", "bar", "space", or the character itself; FALSE if it can't part cells. */
gboolean    kobra_separator_find          (const char             *name,
                                           char                   *separator);

/* The reverse; free with g_free(). */
char       *kobra_separator_dup_name      (char                    separator) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @separator can part cells. */
gboolean    kobra_separator_is_possible   (char                    separator);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraReadOptions, kobra_read_options_clear)

G_END_DECLS
