/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-number.h"
#include "kobra-xlsx-strings.h"
#include "kobra-xml.h"

G_BEGIN_DECLS

/* What an XLSX workbook says of its sheets, before one of them is read (ECMA-376 part 1, §18.2, §18.8). */
typedef struct
{
  KobraSource *source;
  GPtrArray   *parts;   /* the sheets' names in the ZIP file, as many as the info has sheets */
  GArray      *formats; /* KobraNumberFormat, by the style of a cell */
  KobraXlsxStrings strings;
  char        *styles_part;
  gboolean     is_1904;
} KobraXlsxBook;

/* Finds the sheets, with their extents, and the styles. */
gboolean kobra_xlsx_book_open         (KobraXlsxBook *self,
                                       KobraSource   *source,
                                       const char    *workbook_part,
                                       GError       **error);
void     kobra_xlsx_book_clear        (KobraXlsxBook *self);

/* The column, from 0, and the row, from 1, that a reference such as "BC12" names; FALSE if it is none. */
gboolean kobra_xlsx_parse_reference   (const char    *text,
                                       gsize          length,
                                       guint64       *column,
                                       guint64       *row);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraXlsxBook, kobra_xlsx_book_clear)

G_END_DECLS
