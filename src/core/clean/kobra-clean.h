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

  /* Never done unless somebody asks for them. */
  KOBRA_FIX_MOJIBAKE,      /* MuÃ±oz -> Muñoz */
  KOBRA_FIX_CONTROL,       /* control characters inside a text */
  KOBRA_FIX_QUOTES,        /* “Ana” -> "Ana", '0123 -> 0123 */
  KOBRA_FIX_SPACES,        /* several spaces, or other white space, inside a text */
  KOBRA_FIX_DAY_FIRST,     /* 03/04/2024 -> 2024-04-03 */
  KOBRA_FIX_MONTH_FIRST,   /* 03/04/2024 -> 2024-03-04 */
  KOBRA_FIX_SHORT_YEAR,    /* 31-dic-24 -> 2024-12-31 */
  KOBRA_FIX_SERIAL,        /* 45292 -> 2024-01-01 */
  KOBRA_FIX_DECIMAL_COMMA, /* $1.234 -> 1234 */
  KOBRA_FIX_DECIMAL_POINT, /* $1.234 -> 1.234 */
  KOBRA_FIX_UNIT,          /* 12.50 dlls, 16 % -> 12.50, 16 */
  KOBRA_FIX_PHONE,         /* 044 (55) 1234-5678 -> 5512345678 */
  KOBRA_FIX_POSTAL_CODE,   /* 6700 -> 06700 */
  KOBRA_FIX_EMAIL,         /* ana @ correo.mx -> ana@correo.mx */
  KOBRA_FIX_IDENTIFIER,    /* gode-561231-gr8 -> GODE561231GR8 */
  KOBRA_N_FIXES
} KobraFix;

/* A set of fixes: bits of 1 << KobraFix. */
typedef guint32 KobraFixes;
G_STATIC_ASSERT (KOBRA_N_FIXES <= 32);
#define KOBRA_FIX_BIT(fix) ((KobraFixes) 1 << (fix))

/* Those that lose no information and so may be on by default. */
#define KOBRA_SAFE_FIXES \
  (KOBRA_FIX_BIT (KOBRA_FIX_TRIM) | KOBRA_FIX_BIT (KOBRA_FIX_DATE) | KOBRA_FIX_BIT (KOBRA_FIX_AMOUNT) | KOBRA_FIX_BIT (KOBRA_FIX_BOOLEAN) | KOBRA_FIX_BIT (KOBRA_FIX_CHOICE))

/* "trim", "empty-word": for programs, never changed. */
const char *kobra_fix_get_name  (KobraFix fix);

/* FALSE if no fix has that name. */
gboolean    kobra_fix_find      (const char *name,
                                 KobraFix   *fix);

/* For people, translated: what the fix does, in a few words. */
const char *kobra_fix_get_label (KobraFix fix);

/* For people: "before → after", @max_characters of each at most; what is empty after is said to be. */
char       *kobra_clean_dup_change (const char *before,
                                    const char *after,
                                    gsize       max_characters) G_GNUC_WARN_UNUSED_RESULT;

/* The year of today, here: what two-digit years go by. */
guint       kobra_clean_get_this_year (void);

/* Whether it loses no information and so may be on by default; KOBRA_FIX_NONE loses none. */
gboolean    kobra_fix_is_safe   (KobraFix fix);

/* The fixes that can't be done together with @fix, because both say what the same text means. */
KobraFixes  kobra_fix_get_rivals (KobraFix fix);

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
  guint    this_year;           /* what two-digit years go by, as a number such as 2026; 0: they can't be told */
  guint    evidence;            /* how it is known: for this room alone */
} KobraColumnHabit;

void        kobra_clean_learn   (const KobraField *field,
                                 const char       *text,
                                 KobraColumnHabit *habit);

/* Adds what @from, which saw other cells of the same column, learned. */
void        kobra_clean_learn_from (const KobraColumnHabit *from,
                                    KobraColumnHabit       *habit);

/* The fixes that say how all of a column is written, of which a person chose one: each has rivals. */
#define KOBRA_ANSWERS \
  (KOBRA_FIX_BIT (KOBRA_FIX_DAY_FIRST) | KOBRA_FIX_BIT (KOBRA_FIX_MONTH_FIRST) | KOBRA_FIX_BIT (KOBRA_FIX_DECIMAL_COMMA) | KOBRA_FIX_BIT (KOBRA_FIX_DECIMAL_POINT))

/* @answers, some of KOBRA_ANSWERS without their rivals, hold where no cell tells; where the cells tell, or contradict each other, they are of no account. */
void        kobra_clean_answer      (KobraFixes        answers,
                                     KobraColumnHabit *habit);

/*
 * Which fix @text could do with in @field; space around the value goes along with any of them. @out then holds the changed text;
 * it is left alone if the answer is KOBRA_FIX_NONE. @text must be valid UTF-8.
 */
KobraFix    kobra_clean_cell    (const KobraField       *field,
                                 const KobraColumnHabit *habit,
                                 const char             *text,
                                 KobraBuffer            *out);

/*
 * What @fix alone makes of @text in @field: any fix, also those that cost information or a decision. Returns FALSE and leaves @out alone
 * if it changes nothing. Where it returns TRUE, doing it again changes nothing.
 */
gboolean    kobra_clean_fix     (KobraFix                fix,
                                 const KobraField       *field,
                                 const KobraColumnHabit *habit,
                                 const char             *text,
                                 KobraBuffer            *out);

/* All of @fixes that change anything, each after what the others made of the text; those that did go to @done, which may be NULL. */
gboolean    kobra_clean_fix_all (KobraFixes              fixes,
                                 const KobraField       *field,
                                 const KobraColumnHabit *habit,
                                 const char             *text,
                                 KobraBuffer            *out,
                                 KobraFixes             *done);

/* The fixes of which any may change some text in @field. */
KobraFixes  kobra_clean_get_fixes (const KobraField *field);

/* Whether @text can go out in @field as it is. What it says may still be doubtful. */
gboolean    kobra_clean_is_valid (const KobraField *field,
                                  const char       *text);

/* Whether no fix of texts could change @text: quicker than trying each. */
gboolean    kobra_clean_is_plain (const char *text);

G_END_DECLS
