/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-source.h"
#include "kobra-strings.h"

G_BEGIN_DECLS

/* The texts that a workbook's cells share (ECMA-376 part 1, §18.4), loaded no further than they are asked for. */
typedef struct
{
  KobraSource *source;   /* borrowed */
  char        *part;     /* its name in the ZIP file; NULL: there is none */
  KobraStrings known;    /* as of yet */
  gboolean     is_whole; /* there are no more */
} KobraXlsxStrings;

void     kobra_xlsx_strings_clear (KobraXlsxStrings *self);

/* Sets @text to the text with the number, borrowed until the next call, or to NULL: there is none. FALSE: the texts can't be read. */
gboolean kobra_xlsx_strings_find  (KobraXlsxStrings *self,
                                   guint64           number,
                                   const char      **text,
                                   GError          **error);

/* Appends a text of a workbook, in which _x000D_ stands for the character of that number. */
void     kobra_xlsx_append_text   (KobraBuffer      *buffer,
                                   const char       *text,
                                   gsize             length);

G_END_DECLS
