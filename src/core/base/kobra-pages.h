/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a large page holds on the processors we know: 512 small ones. */
#define KOBRA_LARGE_PAGE ((gsize) 2 << 20)

/*
 * Asks the system to put what is allocated at @memory, @size bytes that nothing was written to yet, on large pages as far as it covers any:
 * the first touch of each page costs more than to fill it, and a million records touch 200,000 small ones. Advice only: nothing else changes.
 */
void kobra_pages_advise (gpointer memory,
                         gsize    size);

/* @size bytes at the start of a large page, advised so; free() them. @size is a multiple of KOBRA_LARGE_PAGE. NULL: there is no memory. */
gpointer kobra_pages_try_alloc (gsize size) G_GNUC_WARN_UNUSED_RESULT;

/* As g_try_new0(), g_try_renew() and g_memdup2(), with the advice. Free with g_free(). */
#define kobra_pages_try_new0(type, n) ((type *) kobra_pages_try_alloc0 ((n), sizeof (type)))
#define kobra_pages_try_renew(type, memory, n) ((type *) kobra_pages_try_realloc ((memory), (n), sizeof (type)))

gpointer kobra_pages_try_alloc0  (gsize n,
                                  gsize size) G_GNUC_WARN_UNUSED_RESULT;
gpointer kobra_pages_try_realloc (gpointer memory,
                                  gsize    n,
                                  gsize    size) G_GNUC_WARN_UNUSED_RESULT;
gpointer kobra_pages_memdup      (gconstpointer memory,
                                  gsize         size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
