/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-table.h"

G_BEGIN_DECLS

/*
 * Some of a table's records in some order, by ID: what a filtered or sorted sheet shows. The table knows nothing of it. A record keeps
 * its place whatever is edited; where records come or go, kobra_order_follow() keeps it true.
 */
typedef struct _KobraOrder KobraOrder;

/* Takes @ids (guint32), each at most once. */
KobraOrder *kobra_order_new    (GArray *ids) G_GNUC_WARN_UNUSED_RESULT;
void        kobra_order_free   (KobraOrder *self);

guint       kobra_order_get_n  (KobraOrder *self);
guint32     kobra_order_get_id (KobraOrder *self,
                                guint       place);

/* FALSE if the record is not among them. */
gboolean    kobra_order_find   (KobraOrder *self,
                                guint32     id,
                                guint      *place);

/* What changed in an order, like GListModel's items-changed. */
typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} KobraOrderChange;

/*
 * Follows a "rows-changed" of @table. New records come after the one before them in the table, or with @at_end last. Returns FALSE if
 * nothing that is shown changed; else *@change covers all that did.
 */
gboolean    kobra_order_follow (KobraOrder         *self,
                                KobraTable         *table,
                                guint               position,
                                guint               n_removed,
                                guint               n_added,
                                const KobraRowList *removed,
                                gboolean            at_end,
                                KobraOrderChange   *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraOrder, kobra_order_free)

G_END_DECLS
