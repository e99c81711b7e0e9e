/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An import as it comes out of the journal, plain data: for workers and the command line. */

#include "kobra-import-open.h"
#include "kobra-journal-read.h"
#include "kobra-result.h"

G_BEGIN_DECLS

typedef struct
{
  guint32     record;
  KobraResult result;
  const char *words; /* or NULL */
} KobraLoadedResult;

typedef struct
{
  KobraJournalImportInfo *info;
  KobraOpened            *opened;          /* not checked yet */
  GArray                 *results;         /* KobraLoadedResult, the last of a record stands */
  GStringChunk           *words;
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
