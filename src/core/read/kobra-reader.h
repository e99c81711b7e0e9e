/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * read: bytes to rows of text, streamed and bounded. May include base, GIO, libarchive and libxml2.
 *
 * What a file is tells its content, never its name (kobra-sniff). Text is decoded to UTF-8 (kobra-decode) and cut into rows of cells (kobra-csv);
 * its encoding and separator are found by looking at its beginning. Memory does not grow with the file: a chunk and a row are held, of
 * a spreadsheet also the texts that its cells share. What cannot be read right is an error, never a guess that looks like data:
 * rows that a sink got before an error are part of no whole and are to be thrown away.
 */

#include "kobra-read-options.h"

G_BEGIN_DECLS

/* Bytes of UTF-8 in a cell and in a row, cells in a row, rows that are not blank, the highest number that a row may have. */
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
  KOBRA_READ_ERROR_EMPTY_SHEET,      /* the same of the sheet that was chosen, or of every visible one */
  KOBRA_READ_ERROR_NOT_A_TABLE,      /* a document, a picture, a spreadsheet of a kind that is not read …: the message says which */
  KOBRA_READ_ERROR_ENCRYPTED,        /* opened by a password only */
  KOBRA_READ_ERROR_DAMAGED,          /* a spreadsheet that is cut off or was written wrong */
  KOBRA_READ_ERROR_TOO_LARGE,        /* a part of a spreadsheet that unpacks to more than any honest one */
  KOBRA_READ_ERROR_NO_SUCH_SHEET,    /* the message lists those there are */
  KOBRA_READ_ERROR_ENCODING,         /* bytes that are no text in the file's encoding */
  KOBRA_READ_ERROR_NUL,
  KOBRA_READ_ERROR_UNCLOSED_QUOTE,
  KOBRA_READ_ERROR_CELL_TOO_LONG,
  KOBRA_READ_ERROR_ROW_TOO_LONG,
  KOBRA_READ_ERROR_TOO_MANY_COLUMNS,
  KOBRA_READ_ERROR_TOO_MANY_ROWS,
  KOBRA_READ_ERROR_CHANGED,          /* the file became longer, shorter or newer while it was read */
  KOBRA_READ_ERROR_IO,
  KOBRA_N_READ_ERRORS
} KobraReadError;

#define KOBRA_READ_ERROR (kobra_read_error_quark ())
GQuark kobra_read_error_quark (void);

typedef struct
{
  guint32            line;    /* the row's number in a spreadsheet program, from 1: blank rows count, line breaks inside a cell do not; of JSON the record's, 0: its names */
  guint              n_cells; /* at least 1; rows may differ in it */
  const char *const *cells;   /* UTF-8, each ended by a NUL, and a NULL after the last; valid during the call */
  gsize              size;    /* of all texts, where each begins right after the NUL of the one before; 0: they stand anywhere */
  gboolean           is_header; /* the format itself says that these are the columns' names */
  guint              n_lost;  /* cells whose number had more digits than the spreadsheet kept */
  const guint16     *lost;    /* their places, in order; valid during the call */
} KobraReadRow;

/* Who gets the rows. Every function is called from the reading thread, in the order of the file. */
typedef struct
{
  /* FALSE with @error set stops the reading, which then fails with that error. */
  gboolean (*row)      (const KobraReadRow *row,
                        gpointer            data,
                        GError            **error);
  /* A row was left out because no cell has anything but white space; may be NULL. Those after the last row of a spreadsheet are not told. */
  void     (*blank)    (guint32             line,
                        gpointer            data);
  /* How much is done, of all (0: not known), in bytes; at most 20 times a second; may be NULL. */
  void     (*progress) (guint64             done,
                        guint64             total,
                        gpointer            data);
  gpointer data;
  /* A text, or JSON, is read no further than this and a bit, in bytes, even in the middle of a row; 0: to its end. */
  guint64  max_bytes;
} KobraReadSink;

/* A sheet of a book, or a table of a web page. */
typedef struct
{
  char    *name;
  gboolean is_hidden;
  guint32  n_rows;    /* the number of its last row with something in it, and of its last column; both 0: it is empty */
  guint    n_columns; /* as the book says or as far as was looked: an estimate for people */
} KobraReadSheet;

/* What was found; kobra_read_info_clear() it. */
typedef struct
{
  KobraReadFormat format;
  KobraEncoding   encoding;  /* of text: never DETECT; a text of ASCII alone is UTF-8 */
  char            separator; /* of text */
  char            quote;     /* of text: as in the options, never 0 */
  guint64         n_rows;    /* that the sink got */
  guint64         n_blank;
  gboolean        is_cut;    /* the sink's max_bytes ended the reading; the row where that was is not told, nor names of JSON further on */
  GArray         *sheets;    /* KobraReadSheet, in the order of the book; NULL: this format has none */
  guint           sheet;     /* the one that was read, from 0 */
} KobraReadInfo;

void kobra_read_info_clear (KobraReadInfo *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraReadInfo, kobra_read_info_clear)

/*
 * Reads @file or @stream to its end. Blocks: for workers, the command line and tests.
 *
 * @options may be NULL for all found by looking, @info NULL if of no interest; else it starts as all zeros, and when the reading fails it has what was
 * found until then. An error is of the domain KOBRA_READ_ERROR, G_IO_ERROR_CANCELLED, or what the sink set; our messages are for the
 * person, translated, and begin with the file's name where there is a file. Rows in them are counted as in KobraReadRow; where the line
 * in a text editor is another one, they tell it too.
 *
 * Text: comma, semicolon, tab or bar is found by looking; a first line such as “sep=;” is obeyed and left out, but counts as a row.
 * Quotation marks are read by RFC 4180 §2.5-2.7; one that does not start its cell is text, and so is what stands between a closing one and the
 * next separator. A row ends at CRLF, LF or CR, in any mixture.
 */
gboolean kobra_reader_read_file   (GFile                  *file,
                                   const KobraReadOptions *options,
                                   const KobraReadSink    *sink,
                                   KobraReadInfo          *info,
                                   GCancellable           *cancellable,
                                   GError                **error);

/* @size is the stream's length in bytes and must be right: a stream that ends elsewhere has changed. 0 if it is not known. The stream is not
 * closed. A spreadsheet in a stream that can't seek is kept in a temporary file without a name until it is read. */
gboolean kobra_reader_read_stream (GInputStream           *stream,
                                   guint64                 size,
                                   const KobraReadOptions *options,
                                   const KobraReadSink    *sink,
                                   KobraReadInfo          *info,
                                   GCancellable           *cancellable,
                                   GError                **error);

G_END_DECLS
