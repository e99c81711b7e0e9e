/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-field.h"

G_BEGIN_DECLS

/* How a header came to mean a field, the better the greater. */
typedef enum
{
  KOBRA_MATCH_NONE,
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

/* How many different fields the cells name: what tells a header row from a row of data. */
guint    kobra_match_count  (const KobraSchema *schema,
                             const char *const *cells,
                             guint              n_cells);

/* Whether the cells look like headers though they name no field: words, none twice, no digits alone. */
gboolean kobra_match_looks_like_headers (const char *const *cells,
                                         guint              n_cells);

G_END_DECLS
