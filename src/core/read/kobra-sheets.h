/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"
#include "kobra-source.h"

G_BEGIN_DECLS

/* What the readers of books with sheets have in common. */

/* The sheet that the options name goes to the info: by its name, else by its number from 1; else the first visible one with something in it. An
 * error lists the names there are. */
gboolean kobra_sheets_choose     (KobraSource *source,
                                  GError     **error);

/* The same for one sheet after the other, where a book can't be looked through before it is read: whether @number, from 0, is the one. With nothing
 * chosen, ask only for those that are not empty. */
gboolean kobra_sheets_is_wanted  (KobraSource          *source,
                                  const KobraReadSheet *sheet,
                                  guint                 number);
gboolean kobra_sheets_fail       (KobraSource *source,
                                  GError     **error);

/* Appends a moment as ISO 8601 spells it, the time only if it is not midnight: "2024-01-31 12:30:00". */
void     kobra_append_iso_moment (KobraBuffer *buffer,
                                  const char  *text,
                                  gsize        length);

/* A ZIP file by what is in it: an XLSX workbook, an OpenDocument spreadsheet, or an error that says what it is. */
gboolean kobra_package_reader_run (KobraSource *source,
                                   GError     **error);
gboolean kobra_xlsx_reader_run    (KobraSource *source,
                                   const char  *workbook_part,
                                   GError     **error);
gboolean kobra_ods_reader_run     (KobraSource *source,
                                   GError     **error);

G_END_DECLS
