/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"

G_BEGIN_DECLS

/* Appends one cell as CSV (RFC 4180), with the comma before it unless @first. */
void     kobra_export_append_cell    (KobraBuffer *buffer,
                                      const char  *text,
                                      gboolean     first);

/*
 * The results of an import as CSV in UTF-8: the person's own columns in their own order, after them the line, the result and
 * the words. Text that a spreadsheet would take for a formula (=, +, @, tab or CR in front, or - before what is no number)
 * gets an apostrophe in front. The file is private (mode 0600) and takes the place of an old one only when it is whole.
 */
void     kobra_export_results_async  (KobraImport         *import,
                                      GFile               *file,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean kobra_export_results_finish (GAsyncResult        *result,
                                      GError             **error);

/* The blocking twin, for the command line. */
gboolean kobra_export_results        (KobraImport         *import,
                                      GFile               *file,
                                      GCancellable        *cancellable,
                                      GError             **error);

G_END_DECLS
