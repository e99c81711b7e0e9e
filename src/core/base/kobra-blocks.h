/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KOBRA_MAX_WORKERS 64u

/* Does the work from @first to before @last, as one of several workers: @worker, from 0, is nobody else's at the time. FALSE: all shall stop. */
typedef gboolean (*KobraBlockFunc)     (guint    first,
                                        guint    last,
                                        guint    worker,
                                        gpointer data);

typedef void     (*KobraBlockProgress) (guint    done,
                                        guint    total,
                                        gpointer data);

/*
 * Does 0 … @n - 1 in blocks of @size, this thread and others side by side; blocks are taken in order. Returns when all is done, with FALSE if
 * a worker stopped: some blocks were then not done.
 *
 * There are @n_workers at most, this thread being number 0; 0: as many as there are processors. @progress, which may be NULL, is called from this
 * thread.
 */
gboolean kobra_blocks_run (guint              n,
                           guint              size,
                           guint              n_workers,
                           KobraBlockFunc     func,
                           gpointer           data,
                           KobraBlockProgress progress,
                           gpointer           progress_data);

G_END_DECLS
