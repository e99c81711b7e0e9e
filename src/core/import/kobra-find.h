/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kobra-needle.h"
#include "kobra-order.h"

G_BEGIN_DECLS

/* A cell that has the text, by its place in the sheet and in the table. */
typedef struct
{
  guint   row;          /* of the sheet */
  guint   column;
  guint32 id;           /* of the record */
  guint   table_column;
  char   *replaced;     /* what replacing makes of it, or NULL */
} KobraHit;

/* At most so many are listed; all are counted. */
#define KOBRA_MAX_HITS 1000000u

typedef struct
{
  GArray  *hits;      /* KobraHit, in reading order */
  guint64  n_cells;   /* that have the text */
  gboolean is_too_much; /* what replacing would make of them: the hits' @replaced are not all there */
} KobraHits;

void       kobra_hits_free   (KobraHits *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraHits, kobra_hits_free)

/*
 * Looks for @text in a worker, in the table as it is now: in the records of @order, or all if that is NULL, and in @columns of the table, in
 * their order. With @with each hit tells what the cell would be with that instead.
 */
void       kobra_find_async  (KobraTable         *table,
                              KobraOrder         *order,
                              const guint        *columns,
                              guint               n_columns,
                              const char         *text,
                              KobraNeedleFlags    flags,
                              const char         *with,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
KobraHits *kobra_find_finish (GAsyncResult       *result,
                              GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
