/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-reader.h"

G_BEGIN_DECLS

/* The second stage of reading: UTF-8 text, in pieces of any size, to rows of cells. Knows nothing of files. */

typedef struct _KobraCsv KobraCsv;

/* @quote: '"', or as in KobraReadOptions. @first_row: the number of the row that the text begins with, from 1. @sink is copied; its progress is not used. */
KobraCsv *kobra_csv_new    (char                 separator,
                            char                 quote,
                            guint32              first_row,
                            const KobraReadSink *sink) G_GNUC_WARN_UNUSED_RESULT;
void      kobra_csv_free   (KobraCsv            *self);

/* @text is whole characters without NUL, at most KOBRA_CSV_MAX_TEXT bytes. After an error nothing more may be pushed. */
gboolean  kobra_csv_push   (KobraCsv            *self,
                            const char          *text,
                            gsize                length,
                            GError             **error);

#define KOBRA_CSV_MAX_TEXT ((gsize) 1 << 20)

/* The text has ended: the last row, if it has no line end, is a row too. */
gboolean  kobra_csv_finish (KobraCsv            *self,
                            GError             **error);

/* Closing quotation marks that text followed: a sign that the separator is another one. */
guint64   kobra_csv_get_n_stray_quotes (const KobraCsv *self);

/* Where the text that was pushed ends, for a message: "row 12, column 3 (line 15 of the file)", translated. */
char     *kobra_csv_describe_place (const KobraCsv *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraCsv, kobra_csv_free)

G_END_DECLS
