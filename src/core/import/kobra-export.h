/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"
#include "kobra-table-writer.h"

G_BEGIN_DECLS

/* Which records an export has. */
typedef enum
{
  KOBRA_EXPORT_ALL,
  KOBRA_EXPORT_REJECTED,     /* by the server: to be corrected and opened again */
  KOBRA_EXPORT_NOT_ACCEPTED, /* those, the unknown ones, and those that were not sent */
  KOBRA_N_EXPORT_FILTERS
} KobraExportFilter;

/* By its word on the command line: "all", "rejected", "not-accepted". FALSE if none has that name. */
gboolean    kobra_export_filter_find      (const char        *name,
                                           KobraExportFilter *filter);

/*
 * The records of an import and what became of them, in the format of @file's ending (CSV if it has none of ours): the person's own columns in their own
 * order, after them the line, the result, the words, the time, and a reference by which the program knows the record when the file is opened
 * again (kobra-own-export.h). An amount that is a number is one in XLSX and ODS too; all else is text. The file is private (mode 0600)
 * and takes the place of an old one only when it is whole. Errors: KOBRA_WRITE_ERROR, or G_IO_ERROR_CANCELLED.
 */
void        kobra_export_results_async    (KobraImport         *import,
                                           GFile               *file,
                                           KobraExportFilter    filter,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean    kobra_export_results_finish   (GAsyncResult        *result,
                                           GError             **error);

/* The blocking twin, for the command line. */
gboolean    kobra_export_results          (KobraImport         *import,
                                           GFile               *file,
                                           KobraExportFilter    filter,
                                           GCancellable        *cancellable,
                                           GError             **error);

G_END_DECLS
