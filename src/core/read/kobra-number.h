/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"

G_BEGIN_DECLS

/* A spreadsheet's numbers, and what they stand for, as text. */

typedef enum
{
  KOBRA_NUMBER_PLAIN,
  KOBRA_NUMBER_ZEROS,    /* shown with zeros in front, up to a width */
  KOBRA_NUMBER_PERCENT,
  KOBRA_NUMBER_DATE,     /* days */
  KOBRA_NUMBER_DATE_TIME,
  KOBRA_NUMBER_TIME,
  KOBRA_NUMBER_DURATION  /* hours past 24 */
} KobraNumberKind;

typedef struct
{
  KobraNumberKind kind;
  guint           width; /* digits, of ZEROS */
} KobraNumberFormat;

/* What @code, such as "dd/mm/yyyy" or "00000", makes of a number. */
KobraNumberFormat kobra_number_format_parse  (const char *code);

/* The formats that a workbook need not spell out, by their number (ECMA-376 part 1, §18.8.30). */
KobraNumberFormat kobra_number_format_builtin (guint id);

/*
 * Appends the number that @text spells ("1234.5", "2.11E+17", not ended by a NUL) as a person sees it: all its digits and no power of ten; dates as
 * yyyy-mm-dd. @is_1904: days are counted from 1904. @is_calculated: it is a formula's, of which programs show 15 digits and no more, as the
 * rest is what binary sums leave behind. @is_lost: whether it is a whole number of more digits than a spreadsheet keeps. FALSE: it is no number.
 */
gboolean kobra_number_append (KobraBuffer       *buffer,
                              const char        *text,
                              gsize              length,
                              KobraNumberFormat  format,
                              gboolean           is_1904,
                              gboolean           is_calculated,
                              gboolean          *is_lost);

G_END_DECLS
