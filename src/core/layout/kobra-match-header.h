/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-field.h"

G_BEGIN_DECLS

/* How a header came to mean a field, the better the greater. */
typedef enum
{
  KOBRA_MATCH_NONE,
  KOBRA_MATCH_CONTENT, /* not the header: what the cells look like */
  KOBRA_MATCH_NEAR,    /* a synonym, but for a letter or two */
  KOBRA_MATCH_LOOSE,   /* a synonym, but for articles and whose it is: "Apellido paterno del cliente" */
  KOBRA_MATCH_SYNONYM, /* a synonym or the label, but for case, accents, spaces and signs */
  KOBRA_MATCH_NAME,    /* the wire name, but for case and signs */
  KOBRA_MATCH_CHOSEN   /* a person or a layout file said so */
} KobraMatch;

/* The field that @header means, or -1; how sure it is goes to @match, and how usual the word is for the field, 0 the most, to @rank. */
int      kobra_match_header (const KobraSchema *schema,
                             const char        *header,
                             KobraMatch        *match,
                             guint             *rank);

/* The field that a header that is no known word may be a misspelled name of, or -1 if there is none or more than one. */
int      kobra_match_near_header (const KobraSchema *schema,
                                  const char        *header);

/* Whether the header says that the column is about somebody else: the guarantor, a reference, the spouse. */
gboolean kobra_match_is_of_another (const char *header);

/* Whether the header says whose the column is and no more, as “Cliente” does: their names or their IDs. */
gboolean kobra_match_is_person (const char *header);

/* Whether the header says nothing: none, a number, "Column3", "Dato". */
gboolean kobra_match_is_nameless (const char *header);

/* How many different fields the cells name: what tells a header row from a row of data. */
guint    kobra_match_count  (const KobraSchema *schema,
                             const char *const *cells,
                             guint              n_cells);

/* Whether the cells look like headers though they name no field: words, none twice, no digits alone. */
gboolean kobra_match_looks_like_headers (const char *const *cells,
                                         guint              n_cells);

G_END_DECLS
