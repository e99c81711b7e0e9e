/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a back end is, and what the writer does for all of them. */

#include "kobra-buffer.h"
#include "kobra-table-writer.h"

G_BEGIN_DECLS

/* A sheet of Excel and of LibreOffice Calc: rows and columns. */
#define KOBRA_WRITE_MAX_ROWS 1048576u
#define KOBRA_WRITE_MAX_COLUMNS 16384u

/* A format: functions that get the table in its order, and the limits that the writer watches for them. */
typedef struct
{
  guint32  max_rows, max_columns; /* the header row is one of them; 0: no limit */
  gsize    max_characters;        /* of a cell; 0: no limit */

  gpointer (*begin)       (GOutputStream         *stream, /* borrowed, seekable */
                           const KobraWriteSheet *sheets,
                           guint                  n_sheets,
                           GCancellable          *cancellable,
                           GError               **error);
  gboolean (*begin_sheet) (gpointer               data,
                           guint                  sheet,
                           GError               **error);
  /* As many @texts as the sheet has columns; @row counts from 1, the header's. */
  gboolean (*row)         (gpointer               data,
                           const char *const     *texts,
                           guint32                row,
                           GError               **error);
  gboolean (*end_sheet)   (gpointer               data,
                           GError               **error);
  gboolean (*end)         (gpointer               data,
                           GError               **error);
  void     (*free)        (gpointer               data);
} KobraTableBackend;

extern const KobraTableBackend kobra_write_csv, kobra_write_xlsx, kobra_write_ods;

/* In characters: what was asked for, or enough for the header. */
guint    kobra_write_column_get_width   (const KobraWriteColumn *self);

/* Whether @text is to be a number cell in the column: one that a spreadsheet program gives back with the same digits. */
gboolean kobra_write_column_is_number   (const KobraWriteColumn *self,
                                         const char             *text);

/* The column's choices joined by commas, or NULL if it offers none. */
char    *kobra_write_column_dup_choices (const KobraWriteColumn *self) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the cells below the header have a list or a note. */
gboolean kobra_write_column_has_validation (const KobraWriteColumn *self);

/* A name that any program takes for a sheet's. */
char    *kobra_write_sheet_dup_name     (const KobraWriteSheet  *self) G_GNUC_WARN_UNUSED_RESULT;

/* Appends @text with the characters of markup replaced; what XML cannot hold (XML 1.0 §2.2) becomes U+FFFD. */
void     kobra_write_append_xml         (KobraBuffer            *buffer,
                                         const char             *text);

G_END_DECLS
