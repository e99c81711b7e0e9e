/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * write: rows of text to files that spreadsheet programs open, streamed and bounded. May include base and GIO.
 *
 * One interface (kobra-table-writer), a back end a format (kobra-write-csv, -xlsx, -ods), and a zip file for two of them
 * (kobra-zip). Memory does not grow with the table. What is written is text: a CLABE keeps its 18 digits and a postal code its
 * leading zero, because a text cell says that it is one. What cannot be written as it is, is an error and never cut short.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOBRA_TABLE_FORMAT_CSV,  /* RFC 4180, UTF-8 with its mark, CRLF */
  KOBRA_TABLE_FORMAT_XLSX, /* ECMA-376 */
  KOBRA_TABLE_FORMAT_ODS,  /* OpenDocument 1.2 */
  KOBRA_N_TABLE_FORMATS
} KobraTableFormat;

typedef enum
{
  KOBRA_WRITE_ERROR_TOO_LARGE, /* more rows, columns or characters than the format holds: the message says which and the way out */
  KOBRA_WRITE_ERROR_FULL,      /* no room on the disk, or a quota */
  KOBRA_WRITE_ERROR_DENIED,    /* no permission, a read-only disk */
  KOBRA_WRITE_ERROR_IO
} KobraWriteError;

#define KOBRA_WRITE_ERROR (kobra_write_error_quark ())
GQuark kobra_write_error_quark (void);

typedef struct
{
  const char        *header;
  guint              width;      /* in characters; 0: by the header */
  gboolean           is_number;  /* a cell that is a number of at most 15 digits, without needless zeros in front, is written as a number */
  const char *const *choices;    /* ended by NULL: the cells below the header offer them in a list (not in CSV). NULL: none.
                                  * Over 255 characters together, or with a comma in one, there is no list (ECMA-376 §18.3.1.32). */
  const char        *note;       /* shown when a cell of the column is selected (not in CSV), 255 characters at most; or NULL */
} KobraWriteColumn;

typedef struct
{
  const char             *name;    /* for people; characters that no sheet's name may have are replaced */
  const KobraWriteColumn *columns;
  guint                   n_columns;
} KobraWriteSheet;

/* Lives in one thread at a time. */
typedef struct _KobraTableWriter KobraTableWriter;

/*
 * Begins a table in @file with @sheets, which are borrowed until the writer is freed: at least one, with names that differ. Their headers are the
 * first rows, and stay in sight while the rest is scrolled. What is written goes to a private file (mode 0600) beside @file and takes its place only in
 * kobra_table_writer_finish(); before that, @file is as it was.
 *
 * In CSV text that a spreadsheet program would take for a formula has an apostrophe in front, as kobra_formula_append_safe() has it.
 *
 * Errors, here and below: KOBRA_WRITE_ERROR with a message for the person that names the file, or G_IO_ERROR_CANCELLED. After one, only
 * kobra_table_writer_free() may be called. All functions block: for workers and the command line.
 */
KobraTableWriter *kobra_table_writer_new        (GFile                 *file,
                                                 KobraTableFormat       format,
                                                 const KobraWriteSheet *sheets,
                                                 guint                  n_sheets,
                                                 GCancellable          *cancellable,
                                                 GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/* @texts are valid UTF-8, at most as many as the sheet has columns; missing ones are empty cells. */
gboolean          kobra_table_writer_add_row    (KobraTableWriter      *self,
                                                 const char *const     *texts,
                                                 guint                  n,
                                                 GError               **error);

/* The rows that follow belong to the next sheet. CSV has one sheet: the others are left out. */
gboolean          kobra_table_writer_next_sheet (KobraTableWriter      *self,
                                                 GError               **error);

/* Sheets that were not begun have only their headers. On success @file is the whole table, on the disk. */
gboolean          kobra_table_writer_finish     (KobraTableWriter      *self,
                                                 GError               **error);

/* If it was not finished, what was written goes away and @file stays as it was. */
void              kobra_table_writer_free       (KobraTableWriter      *self);

/* The format that a file of this @name (or path) has by its ending, or -1. */
int               kobra_table_format_find       (const char            *name);

/* "csv", "xlsx", "ods": also the ending, without its point. */
const char       *kobra_table_format_get_name   (KobraTableFormat       format);

/* For people, translated: "Excel Workbook (XLSX)". */
const char       *kobra_table_format_get_label  (KobraTableFormat       format);
const char       *kobra_table_format_get_mime   (KobraTableFormat       format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraTableWriter, kobra_table_writer_free)

G_END_DECLS
