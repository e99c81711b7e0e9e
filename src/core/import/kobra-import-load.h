/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An import as it comes out of the journal, plain data: for workers and the command line. */

#include "kobra-import-open.h"
#include "kobra-journal-read.h"
#include "kobra-marks.h"
#include "kobra-result.h"
#include "kobra-settings.h"

G_BEGIN_DECLS

typedef struct
{
  KobraJournalImportInfo *info;
  KobraOpened            *opened;          /* not checked yet */
  KobraSettings           settings;        /* without headers and layout, which @opened has */
  KobraMarks             *results;         /* KobraResult, of records that are there */
  GArray                 *times;           /* gint64 by record: when it got its result, in seconds since 1970 */
  guint                   n_edits;
  guint                   n_missing_edits; /* about rows that are not there */
  guint                   n_missing_rows;
  gboolean                is_whole;        /* the journal had all rows */
  gboolean                was_sent;
} KobraLoaded;

KobraLoaded *kobra_loaded_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void         kobra_loaded_free (KobraLoaded *self);

/* Fills @loaded, a new one. Blocks. */
gboolean     kobra_import_load (KobraJournalReader *reader,
                                gint64              id,
                                KobraLoaded        *loaded,
                                GCancellable       *cancellable,
                                GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraLoaded, kobra_loaded_free)

G_END_DECLS
