/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-journal-read.h"

G_BEGIN_DECLS

/* What is different between two imports, by the keys of their records. */

typedef enum
{
  KOBRA_DIFFERENCE_NEW,
  KOBRA_DIFFERENCE_CHANGED,
  KOBRA_DIFFERENCE_GONE,
  KOBRA_N_DIFFERENCES
} KobraDifference;

/* For people, translated. */
const char *kobra_difference_get_label (KobraDifference difference);

typedef struct
{
  KobraDifference difference;
  char           *key;
  char           *fields; /* for people: names of those that changed, joined by ", "; or NULL */
} KobraDifferent;

typedef struct
{
  char  *earlier, *later; /* their names */
  guint  counts[KOBRA_N_DIFFERENCES];
  guint  n_same;
  GArray *list;           /* KobraDifferent, at most KOBRA_COMPARISON_MOST, in the order of the records */
} KobraComparison;

#define KOBRA_COMPARISON_MOST 1000u

void             kobra_comparison_free          (KobraComparison *self);

/* Compares the import @earlier with @later, both in @journal and of one kind. Records without a key are passed over. */
void             kobra_imports_compare_async    (KobraJournal       *journal,
                                                 gint64              earlier,
                                                 gint64              later,
                                                 GCancellable       *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer            user_data);
KobraComparison *kobra_imports_compare_finish   (GAsyncResult *result,
                                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraComparison, kobra_comparison_free)

G_END_DECLS
