/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kobra-blocks.h"
#include "kobra-check-record.h"
#include "kobra-problems.h"
#include "kobra-rows.h"

G_BEGIN_DECLS

/*
 * Checks all records of a table, duplicates included. @fields names the field of each of the @n_columns columns, -1 for none. @n_threads
 * is how many work on it at once, 0: as many as the machine has processors. Returns NULL if it was cancelled (G_IO_ERROR_CANCELLED) or
 * there is no memory (G_IO_ERROR_NO_SPACE). @progress, which may be NULL, is called every few thousand rows, and once at the end. It blocks: for
 * workers, tests and the command line.
 */
KobraProblems *kobra_check_table           (KobraFrozen       *table,
                                            const gint16      *fields,
                                            guint              n_columns,
                                            const KobraRules  *rules,
                                            guint              n_threads,
                                            KobraBlockProgress progress,
                                            gpointer           progress_data,
                                            GCancellable      *cancellable,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same without blocking, on all processors. */
void           kobra_check_table_async     (KobraFrozen        *table,
                                            const gint16       *fields,
                                            guint               n_columns,
                                            const KobraRules   *rules,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);
KobraProblems *kobra_check_table_finish    (GAsyncResult *result,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
