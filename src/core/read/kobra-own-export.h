/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-reader.h"

G_BEGIN_DECLS

/*
 * A file that this program exported, read again: what it added is taken away, so that its columns are not mistaken for the person's. It knows them
 * by the end of their headers, in whatever language and order they are, and also after another program saved the file in another format.
 */

/* What the headers of the columns that the program adds end in; that of a record's reference in a CSV file says in addition that the cells were made safe
 * (kobra-formula.h). Not translated: a file made in one language is read in another. */
#define KOBRA_OWN_EXPORT_MARK " (Kobra Import)"
#define KOBRA_OWN_EXPORT_MARK_SAFE " (Kobra Import CSV)"

/* What the reference of a record begins with: it is told from the message, which may be anything, by it. */
#define KOBRA_OWN_EXPORT_REFERENCE "KI-"

/* A sink before a sink: looks at the first row, and passes rows on as they were before they were exported. */
typedef struct
{
  KobraReadSink  inner;
  gboolean       has_looked;
  gboolean       is_own;      /* the first row has our columns */
  gboolean       is_safe;     /* and the cells an apostrophe to be taken away */
  GArray        *kept;        /* guint, the columns that are the person's */
  guint          n_columns;   /* of the first row */
  GArray        *added;       /* guint, ours */
  GPtrArray     *cells;       /* of the row at hand */
  GHashTable    *references;  /* line -> char: which record of which export the row is */
} KobraOwnExport;

/* @inner is copied. */
void          kobra_own_export_init     (KobraOwnExport      *self,
                                         const KobraReadSink *inner);
void          kobra_own_export_clear    (KobraOwnExport      *self);

/* The sink to read with; valid as long as @self. */
KobraReadSink kobra_own_export_get_sink (KobraOwnExport      *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraOwnExport, kobra_own_export_clear)

G_END_DECLS
