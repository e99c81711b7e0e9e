/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * clean: changes offered for what people write into sheets, each named and counted by whoever applies it. May include base and schema.
 *
 * All of it is text -> text. No digit is ever invented, what a field can take as it is stays as it is but for space around
 * it, and what was cleaned once has nothing left to clean.
 */

#include "kobra-buffer.h"
#include "kobra-field.h"

G_BEGIN_DECLS

typedef enum
{
  KOBRA_FIX_NONE,
  KOBRA_FIX_TRIM,       /* space around the value */
  KOBRA_FIX_DATE,       /* 31/12/1980, 12 de enero de 2024 -> yyyy-mm-dd */
  KOBRA_FIX_AMOUNT,     /* $1,234.50 -> 1234.50 */
  KOBRA_FIX_BOOLEAN,    /* SÍ, 1 -> true */
  KOBRA_FIX_CHOICE,     /* CASADO -> C */
  KOBRA_FIX_EMPTY_WORD, /* N/A -> an empty cell */
  KOBRA_N_FIXES
} KobraFix;

/* "trim", "empty-word": for programs, never changed. */
const char *kobra_fix_get_name  (KobraFix fix);

/* For people, translated: what the fix does, in a few words. */
const char *kobra_fix_get_label (KobraFix fix);

/* Whether it loses no information and so may be on by default. */
gboolean    kobra_fix_is_safe   (KobraFix fix);

/*
 * What a column's cells tell of the way they were written. Starts as all zeros; kobra_clean_learn() sees each cell once. A habit that
 * one cell shows and another contradicts is not known.
 */
typedef struct
{
  gboolean day_first_known;
  gboolean day_first;           /* 31/12/1980 rather than 12/31/1980 */
  gboolean decimal_comma_known;
  gboolean decimal_comma;       /* 1.234,50 rather than 1,234.50 */
  gboolean by_custom;           /* H and M for man and woman, not the API's M and F: see KobraChoice.custom */
  guint    evidence;            /* how it is known: for this room alone */
} KobraColumnHabit;

void        kobra_clean_learn   (const KobraField *field,
                                 const char       *text,
                                 KobraColumnHabit *habit);

/*
 * Which fix @text could do with in @field; space around the value goes along with any of them. @out then holds the changed text;
 * it is left alone if the answer is KOBRA_FIX_NONE. @text must be valid UTF-8.
 */
KobraFix    kobra_clean_cell    (const KobraField       *field,
                                 const KobraColumnHabit *habit,
                                 const char             *text,
                                 KobraBuffer            *out);

G_END_DECLS
