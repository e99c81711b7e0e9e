/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * read: bytes to rows of text, streamed and bounded. May include base and GIO.
 *
 * Bytes are decoded to UTF-8 (kobra-decode), the text is cut into rows of cells (kobra-csv), and what a file does not say
 * about itself, its encoding and its separator, is found by looking at its beginning (kobra-sniff). Memory does not grow
 * with the file: one chunk and one row are held. What cannot be read right is an error, never a guess that looks like data:
 * rows that a sink got before an error are part of no whole and are to be thrown away.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes of UTF-8 in a cell and in a row, cells in a row, rows that are not blank. */
#define KOBRA_READ_MAX_CELL ((gsize) 1 << 20)
#define KOBRA_READ_MAX_ROW ((gsize) 64 << 20)
#define KOBRA_READ_MAX_COLUMNS 16384u
#define KOBRA_READ_MAX_ROWS 16000000u

typedef enum
{
  KOBRA_READ_ERROR_NOT_A_FILE,       /* a folder, a device, a pipe */
  KOBRA_READ_ERROR_NOT_FOUND,
  KOBRA_READ_ERROR_DENIED,
  KOBRA_READ_ERROR_EMPTY,            /* nothing, or only blank rows */
  KOBRA_READ_ERROR_NOT_TEXT,         /* a spreadsheet, an archive, a picture …: the message says which */
  KOBRA_READ_ERROR_ENCODING,         /* bytes that are no text in the file's encoding */
  KOBRA_READ_ERROR_NUL,
  KOBRA_READ_ERROR_UNCLOSED_QUOTE,
  KOBRA_READ_ERROR_CELL_TOO_LONG,
  KOBRA_READ_ERROR_ROW_TOO_LONG,
  KOBRA_READ_ERROR_TOO_MANY_COLUMNS,
  KOBRA_READ_ERROR_TOO_MANY_ROWS,
  KOBRA_READ_ERROR_CHANGED,          /* the file became longer, shorter or newer while it was read */
  KOBRA_READ_ERROR_IO
} KobraReadError;

#define KOBRA_READ_ERROR (kobra_read_error_quark ())
GQuark kobra_read_error_quark (void);

typedef enum
{
  KOBRA_ENCODING_DETECT,
  KOBRA_ENCODING_UTF_8,
  KOBRA_ENCODING_UTF_16_LE,
  KOBRA_ENCODING_UTF_16_BE,
  KOBRA_ENCODING_WINDOWS_1252,
  KOBRA_N_ENCODINGS
} KobraEncoding;

typedef struct
{
  guint32            line;    /* the row's number in a spreadsheet program, from 1: blank rows count, line breaks inside a cell do not */
  guint              n_cells; /* at least 1; rows may differ in it */
  const char *const *cells;   /* UTF-8, each ended by a NUL, and a NULL after the last; valid during the call */
} KobraReadRow;

/* Who gets the rows. Every function is called from the reading thread, in the order of the file. */
typedef struct
{
  /* FALSE with @error set stops the reading, which then fails with that error. */
  gboolean (*row)      (const KobraReadRow *row,
                        gpointer            data,
                        GError            **error);
  /* A row was left out because no cell has anything but white space; may be NULL. */
  void     (*blank)    (guint32             line,
                        gpointer            data);
  /* Bytes read, and in all (0: not known); at most 20 times a second; may be NULL. */
  void     (*progress) (guint64             done,
                        guint64             total,
                        gpointer            data);
  gpointer data;
} KobraReadSink;

/* All zero: everything is found by looking. */
typedef struct
{
  KobraEncoding encoding;  /* not DETECT: this one or an error */
  char          separator; /* 0: found by looking; else ASCII, no letter, digit, quotation mark or line end */
} KobraReadOptions;

/* What was found. */
typedef struct
{
  KobraEncoding encoding;  /* never DETECT; a text of ASCII alone is UTF-8 */
  char          separator;
  guint64       n_rows;    /* that the sink got */
  guint64       n_blank;
} KobraReadInfo;

/*
 * Reads @file or @stream to its end. Blocks: for workers, the command line and tests.
 *
 * @options may be NULL for all found by looking, @info NULL if of no interest. An error is of the domain KOBRA_READ_ERROR, G_IO_ERROR_CANCELLED,
 * or what the sink set; our messages are for the person, translated, and begin with the file's name where there is a file. Rows in them are
 * counted as in KobraReadRow; where the line in a text editor is another one, they tell it too.
 *
 * Comma, semicolon, tab or bar is found by looking; a first line such as “sep=;” is obeyed and left out, but counts as a row.
 * Quotation marks are read by RFC 4180 §2.5-2.7; one that does not start its cell is text, and so is what stands between a closing one and the
 * next separator. A row ends at CRLF, LF or CR, in any mixture.
 */
gboolean kobra_reader_read_file   (GFile                  *file,
                                   const KobraReadOptions *options,
                                   const KobraReadSink    *sink,
                                   KobraReadInfo          *info,
                                   GCancellable           *cancellable,
                                   GError                **error);

/* @size is the stream's length in bytes and must be right: a stream that ends elsewhere has changed. 0 if it is not known. The stream is not closed. */
gboolean kobra_reader_read_stream (GInputStream           *stream,
                                   guint64                 size,
                                   const KobraReadOptions *options,
                                   const KobraReadSink    *sink,
                                   KobraReadInfo          *info,
                                   GCancellable           *cancellable,
                                   GError                **error);

/* For people: "Windows-1252". */
const char *kobra_encoding_get_label (KobraEncoding encoding);

G_END_DECLS
