/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-field.h"

G_BEGIN_DECLS

/*
 * What a person types into the field of a form, and what the record's cell holds: 31/12/1980 and 1980-12-31, 1,234.50 and
 * 1234.50. Both ways, text -> text; a day comes before its month, as it does wherever Spanish is spoken.
 */

/* How a person writes numbers. */
typedef struct
{
  const char *decimal_mark; /* "." or "," */
  const char *group_mark;   /* between thousands; may be "" */
} KobraInputHabit;

/* What the cell is to hold for @typed: its meaning in the form of the field, or, if it has none, the very text. */
char *kobra_input_read (const KobraField      *field,
                        const KobraInputHabit *habit,
                        const char            *typed) G_GNUC_WARN_UNUSED_RESULT;

/* What the form shows for a cell's @text. kobra_input_read() gives back @text, or the number it stands for. */
char *kobra_input_show (const KobraField      *field,
                        const KobraInputHabit *habit,
                        const char            *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
