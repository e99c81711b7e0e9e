/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"

G_BEGIN_DECLS

/* One kind of what went wrong, and how many records it happened to. */
typedef struct
{
  char       *words;  /* without what stands in the records */
  KobraResult result;
  guint       n;
} KobraSummaryKind;

/*
 * What became of an import, to be shown to people who may not see the records: counts, times, and the words of errors with every value of a record and every
 * number in them taken out.
 */
typedef struct
{
  char             *title;   /* of the import */
  KobraImportCounts counts;
  gint64            began, ended; /* of the results, in seconds since 1970; 0: nobody knows */
  GPtrArray        *kinds;   /* KobraSummaryKind, the most frequent first */
} KobraSummary;

void          kobra_summary_free   (KobraSummary        *self);

/* Looks through all records, in slices that the main loop does not feel. Fails with G_IO_ERROR_CANCELLED only. */
void          kobra_summary_async  (KobraImport         *import,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
KobraSummary *kobra_summary_finish (KobraImport         *import,
                                    GAsyncResult        *result,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraSummary, kobra_summary_free)

G_END_DECLS
