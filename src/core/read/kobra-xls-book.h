/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-biff.h"
#include "kobra-number.h"
#include "kobra-source.h"
#include "kobra-strings.h"

G_BEGIN_DECLS

/* Where a cell of a sheet is, in the order in which a person reads; cells of one place are told apart by where they stand in the stream. */
typedef struct
{
  guint32 place;  /* row << 16 | column, from 0 */
  guint32 record; /* its offset in the stream */
} KobraXlsCell;

/* What a workbook of Excel 5 to 2003 says before its sheets are read ([MS-XLS] §2.1.7.20.1). */
typedef struct
{
  KobraSource *source;
  GByteArray  *stream;
  KobraBiff    biff;
  GArray      *starts;   /* guint32, where each sheet of the info begins */
  GHashTable  *codes;    /* number of a format -> KobraNumberFormat of it, packed */
  GArray      *formats;  /* KobraNumberFormat, by the style of a cell */
  KobraStrings strings;
  gboolean     is_1904;
} KobraXlsBook;

/* Takes the stream. Finds the sheets, with their extents, the formats and the texts that cells share. */
gboolean kobra_xls_book_open  (KobraXlsBook *self,
                               KobraSource  *source,
                               GByteArray   *stream,
                               GError      **error);
void     kobra_xls_book_clear (KobraXlsBook *self);

/* Its cells that have a value, in order and each place once, as KobraXlsCell; NULL if the sheet can't be followed to its end. */
GArray  *kobra_xls_book_list_cells (KobraXlsBook *self,
                                    guint         sheet) G_GNUC_WARN_UNUSED_RESULT;

/* Of a cell by its style; plain if there is none. */
KobraNumberFormat kobra_xls_book_get_format (const KobraXlsBook *self,
                                             guint               style);

/* Sets @error and returns FALSE. */
gboolean kobra_xls_fail_damaged (GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraXlsBook, kobra_xls_book_clear)

G_END_DECLS
