/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * layout: which column is which field. May include base, schema, the rows of table, clean and check (what a value must look like is written
 * there and nowhere else), and json-glib for layouts kept in files.
 */

#include "kobra-clean.h"
#include "kobra-derive.h"
#include "kobra-match-header.h"
#include "kobra-rows.h"

G_BEGIN_DECLS

/*
 * One table's columns and the field each is. A field has at most one column; a column that is no field is shown and never sent.
 */
typedef struct
{
  gatomicrefcount    ref_count;
  const KobraSchema *schema;
  guint              n_columns;
  gint16            *fields;  /* by column; -1: none */
  guint8            *matches; /* KobraMatch, by column */
  guint8            *trusts;  /* KobraTrust, by column */
  GPtrArray         *derivations; /* KobraDerivation: where the columns come from that no file had */
  GPtrArray         *values;      /* KobraValue: what a person said that texts mean */
  KobraFixes         answers[KOBRA_MAX_FIELDS]; /* by field, of KOBRA_ANSWERS: what a person said of how its column is written */
} KobraLayout;

/* A text that stands for one of a field's choices. */
typedef struct
{
  guint field;
  char *text; /* folded (kobra_text_fold) */
  char *code;
} KobraValue;

/* How far a column's field may be trusted. */
typedef enum
{
  KOBRA_TRUST_NONE,   /* it has no field */
  KOBRA_TRUST_GUESS,  /* to be looked at: by what the cells look like, or against it */
  KOBRA_TRUST_LIKELY,
  KOBRA_TRUST_SURE,
  KOBRA_N_TRUSTS
} KobraTrust;

/* For people, translated: "Sure", "Likely". */
const char  *kobra_trust_get_label      (KobraTrust trust);

/* Matches @headers by their words. Of two columns for one field the better match gets it, of two as good the first. */
KobraLayout *kobra_layout_new_by_header (KobraKind          kind,
                                         const char *const *headers,
                                         guint              n_headers) G_GNUC_WARN_UNUSED_RESULT;

/* The same with what the cells say: a field whose values they can't be is not theirs, a misspelled header is understood, and a column without a
 * header that means anything is what it looks like. Looks at a sample, the same for the same table. */
KobraLayout *kobra_layout_new_by_content (KobraKind          kind,
                                          const char *const *headers,
                                          guint              n_headers,
                                          const KobraFrozen *table) G_GNUC_WARN_UNUSED_RESULT;
KobraLayout *kobra_layout_copy          (const KobraLayout *self) G_GNUC_WARN_UNUSED_RESULT;
KobraLayout *kobra_layout_ref           (KobraLayout *self);
void         kobra_layout_unref         (KobraLayout *self);

/* The kind that the headers name more fields of, or promises where they name the visit and its promise beside some of the account; accounts if they say nothing. */
KobraKind    kobra_layout_guess_kind    (const char *const *headers,
                                         guint              n_headers);

/* Makes @column be @field, or no field with -1; a column that was it before is none. */
void         kobra_layout_set_field     (KobraLayout *self,
                                         guint        column,
                                         int          field);

/* Makes @text stand for @code in @field from now on; a @code of NULL: for nothing. */
void         kobra_layout_set_value     (KobraLayout *self,
                                         guint        field,
                                         const char  *text,
                                         const char  *code);

/* What @text, as it stands in a cell, stands for in @field, or NULL. */
const char  *kobra_layout_find_value    (const KobraLayout *self,
                                         guint              field,
                                         const char        *text);

/* Remembers those of @fixes that are answers (KOBRA_ANSWERS), in the place of what rivals them. */
void         kobra_layout_answer        (KobraLayout *self,
                                         guint        field,
                                         KobraFixes   fixes);

/* Adds the columns that @derivation makes, at the end, as the fields they are; takes it. */
void         kobra_layout_derive        (KobraLayout     *self,
                                         KobraDerivation *derivation);

/* Whether the column was made by a derivation. */
gboolean     kobra_layout_is_derived    (const KobraLayout *self,
                                         guint              column);

/* A column more, for none; the last column is gone. */
void         kobra_layout_add_column    (KobraLayout *self);
void         kobra_layout_drop_column   (KobraLayout *self);

/* The field's column, or -1. */
int          kobra_layout_find_column   (const KobraLayout *self,
                                         guint              field);

/* The column in which, as a rule, names stand whole, with no column for their surnames; or -1. @table may be a sample of the first rows. */
int          kobra_layout_find_whole_names (const KobraLayout *self,
                                            const KobraFrozen *table);

guint        kobra_layout_count_matched (const KobraLayout *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraLayout, kobra_layout_unref)

G_END_DECLS
