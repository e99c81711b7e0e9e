/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kobra-clean.h"
#include "kobra-layout.h"
#include "kobra-table.h"

G_BEGIN_DECLS

/* A change of many records at once, worked out off the main thread on a frozen table and put into the table as one step. */
typedef struct _KobraTransform KobraTransform;

/* What a record gets: writes the fields and their texts, which are handed over, and returns how many, KOBRA_MAX_CHANGED at most. */
#define KOBRA_MAX_CHANGED 4u
typedef guint (*KobraTransformChange) (const KobraTransform *self,
                                       const KobraRecord    *record,
                                       guint                *fields,
                                       char                **texts,
                                       gpointer              data);

struct _KobraTransform
{
  KobraFrozen     *table;
  KobraLayout     *layout;                      /* a copy: the worker's own */
  KobraFixes       fixes[KOBRA_MAX_FIELDS];     /* to be done, by field */
  KobraTransformChange change;                  /* to be done as well, or NULL */
  gpointer         change_data;
  guint            first_derivation;            /* of the layout's: those before it were done */
  KobraColumnHabit habits[KOBRA_MAX_FIELDS];    /* of the columns, once learned */

  guint            n_cells;                     /* changed */
  guint            n_fixed[KOBRA_N_FIXES];      /* the same by fix */
  guint            position;                    /* of the first row that changed */
  KobraRowList    *rows;                        /* from there to the last that changed */
  KobraArena      *arena;                       /* of their cells */
};

/* Starts with nothing to do. @table and @layout are not taken. */
KobraTransform *kobra_transform_new    (KobraFrozen *table,
                                        KobraLayout *layout) G_GNUC_WARN_UNUSED_RESULT;
void            kobra_transform_free   (KobraTransform *self);

/* What each column's cells say together; two-digit years go by @this_year. */
gboolean        kobra_transform_learn  (KobraTransform *self,
                                        guint           this_year,
                                        GCancellable   *cancellable,
                                        GError        **error);

/* Does it, for kobra_transform_apply(). */
gboolean        kobra_transform_run    (KobraTransform *self,
                                        GCancellable   *cancellable,
                                        GError        **error);

/* Whether @table still has the rows that were looked at, as they were, where any was changed. */
gboolean        kobra_transform_is_current (const KobraTransform *self,
                                            KobraTable           *table);

/* Puts the changed rows into @table, as part of the step that is open. FALSE if other rows are there than those that were changed. */
gboolean        kobra_transform_apply  (KobraTransform *self,
                                        KobraTable     *table,
                                        GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraTransform, kobra_transform_free)

G_END_DECLS
