/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-pages.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "kobra-banned.h"

void
kobra_pages_advise (gpointer memory,
                    gsize    size)
{
#ifdef MADV_HUGEPAGE
  guintptr start = ((guintptr) memory + KOBRA_LARGE_PAGE - 1) & ~(guintptr) (KOBRA_LARGE_PAGE - 1);
  guintptr end = ((guintptr) memory + size) & ~(guintptr) (KOBRA_LARGE_PAGE - 1);
  int      before = errno;

  /* A kernel without large pages refuses: all is as it would be anyway. */
  if (memory != NULL && start < end)
    (void) madvise ((gpointer) start, end - start, MADV_HUGEPAGE);
  errno = before;
#endif
}

gpointer
kobra_pages_try_alloc (gsize size)
{
  gpointer memory = NULL;

  g_return_val_if_fail (size > 0 && size % KOBRA_LARGE_PAGE == 0, NULL);

  if (posix_memalign (&memory, KOBRA_LARGE_PAGE, size) != 0)
    return NULL;
  kobra_pages_advise (memory, size);
  return memory;
}

gpointer
kobra_pages_try_alloc0 (gsize n,
                        gsize size)
{
  gpointer memory = calloc (n, size);

  kobra_pages_advise (memory, memory != NULL ? n * size : 0);
  return memory;
}

gpointer
kobra_pages_try_realloc (gpointer memory,
                         gsize    n,
                         gsize    size)
{
  memory = g_try_realloc_n (memory, n, size);
  kobra_pages_advise (memory, memory != NULL ? n * size : 0);
  return memory;
}

gpointer
kobra_pages_memdup (gconstpointer memory,
                    gsize         size)
{
  gpointer copy;

  if (size == 0)
    return NULL;
  copy = g_malloc (size);
  kobra_pages_advise (copy, size);
  return memcpy (copy, memory, size);
}
