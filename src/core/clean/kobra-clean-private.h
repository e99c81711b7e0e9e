/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-clean.h"

G_BEGIN_DECLS

/* No date, amount or word for a value takes more bytes, its NUL included; what does is only trimmed. */
#define KOBRA_CLEAN_SIZE 128u

/* The bits of a habit's evidence. */
typedef enum
{
  KOBRA_EVIDENCE_DAY_FIRST = 1 << 0,
  KOBRA_EVIDENCE_MONTH_FIRST = 1 << 1,
  KOBRA_EVIDENCE_COMMA = 1 << 2,
  KOBRA_EVIDENCE_POINT = 1 << 3,
  KOBRA_EVIDENCE_CUSTOM = 1 << 4,
  KOBRA_EVIDENCE_CODE = 1 << 5
} KobraEvidence;

/* All of these but the last take a text that is trimmed, not empty and at most as long as above. */

/* Whether @text is a date as it goes out. */
gboolean    kobra_clean_is_date    (const char *text);

/* What the functions that clean return FALSE for has no meaning, or one that nobody can tell. */
gboolean    kobra_clean_date       (const char             *text,
                                    const KobraColumnHabit *habit,
                                    char                    date[KOBRA_CLEAN_SIZE]);

/* What the text alone tells of the habit: bits of KobraEvidence, or 0. */
guint       kobra_clean_learn_date (const char *text);

/* The plain number that @text stands for; with @whole, only whole numbers. */
gboolean    kobra_clean_amount     (const char             *text,
                                    const KobraColumnHabit *habit,
                                    gboolean                whole,
                                    char                    number[KOBRA_CLEAN_SIZE]);
guint       kobra_clean_learn_amount (const char *text);

/* The code of the choice that @text means in other words, or NULL. */
const char *kobra_clean_choice     (const KobraField       *field,
                                    const KobraColumnHabit *habit,
                                    const char             *text);

/* Whether the field's values have letters of custom that are codes of other values. */
gboolean    kobra_clean_has_custom   (const KobraField *field);
gboolean    kobra_clean_is_custom    (const KobraField *field,
                                      const char       *text);
guint       kobra_clean_learn_choice (const KobraField *field,
                                      const char       *text);

/* 31/12/80 with its year completed; FALSE if @text ends in no two-digit year or the year can't be told. @text as above. */
gboolean    kobra_clean_full_year  (const KobraField       *field,
                                    const KobraColumnHabit *habit,
                                    const char             *text,
                                    char                    full[KOBRA_CLEAN_SIZE]);

/* The day that a spreadsheet counts as @text. */
gboolean    kobra_clean_serial     (const char *text,
                                    char        date[KOBRA_CLEAN_SIZE]);

/* Whether @c takes no room or is white space. */
gboolean    kobra_clean_is_space   (gunichar c);

/* Whether @text says that there is nothing to say. */
gboolean    kobra_clean_is_empty_word (const char *text);

/* The text without the space around it: where it starts, and its length. */
const char *kobra_clean_trim       (const char *text,
                                    gsize      *length);

/* Appends the character as UTF-8. */
gboolean    kobra_clean_append     (KobraBuffer *out,
                                    gunichar     c);

/* A fix: what @text, trimmed, becomes goes to @out; FALSE if it has nothing to do with it. */
typedef gboolean (*KobraCleanFunc) (const KobraField       *field,
                                    const KobraColumnHabit *habit,
                                    const char             *text,
                                    KobraBuffer            *out);

gboolean kobra_clean_mend_mojibake (const KobraField       *field,
                                    const KobraColumnHabit *habit,
                                    const char             *text,
                                    KobraBuffer            *out);
gboolean kobra_clean_remove_controls (const KobraField       *field,
                                      const KobraColumnHabit *habit,
                                      const char             *text,
                                      KobraBuffer            *out);
gboolean kobra_clean_plain_quotes (const KobraField       *field,
                                   const KobraColumnHabit *habit,
                                   const char             *text,
                                   KobraBuffer            *out);
gboolean kobra_clean_one_space (const KobraField       *field,
                                const KobraColumnHabit *habit,
                                const char             *text,
                                KobraBuffer            *out);
gboolean kobra_clean_drop_word (const KobraField       *field,
                                 const KobraColumnHabit *habit,
                                 const char             *text,
                                 KobraBuffer            *out);
gboolean kobra_clean_plain_phone (const KobraField       *field,
                                  const KobraColumnHabit *habit,
                                  const char             *text,
                                  KobraBuffer            *out);
gboolean kobra_clean_pad_postal_code (const KobraField       *field,
                                      const KobraColumnHabit *habit,
                                      const char             *text,
                                      KobraBuffer            *out);
gboolean kobra_clean_plain_email (const KobraField       *field,
                                  const KobraColumnHabit *habit,
                                  const char             *text,
                                  KobraBuffer            *out);
gboolean kobra_clean_plain_identifier (const KobraField       *field,
                                       const KobraColumnHabit *habit,
                                       const char             *text,
                                       KobraBuffer            *out);

G_END_DECLS
