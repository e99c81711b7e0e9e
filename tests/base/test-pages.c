/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-pages.h"

#include <stdlib.h>
#include <string.h>

#define N ((gsize) 3 << 18) /* numbers: three large pages and a half */

static void
test_starts_on_a_large_page (void)
{
  char *memory = kobra_pages_try_alloc (2 * KOBRA_LARGE_PAGE);

  g_assert_nonnull (memory);
  g_assert_cmpuint ((guintptr) memory % KOBRA_LARGE_PAGE, ==, 0);
  memset (memory, 1, 2 * KOBRA_LARGE_PAGE);
  free (memory);
}

static void
test_zeroed_then_larger (void)
{
  guint64 *numbers = kobra_pages_try_new0 (guint64, N);

  for (gsize i = 0; i < N; i++)
    {
      g_assert_cmpuint (numbers[i], ==, 0);
      numbers[i] = i;
    }
  numbers = kobra_pages_try_renew (guint64, numbers, 2 * N);
  for (gsize i = 0; i < N; i++)
    g_assert_cmpuint (numbers[i], ==, i);
  g_free (numbers);
}

static void
test_copy (void)
{
  g_autofree char *copy = kobra_pages_memdup ("abc", 4);

  g_assert_cmpstr (copy, ==, "abc");
  g_assert_null (kobra_pages_memdup (NULL, 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/starts-on-a-large-page", test_starts_on_a_large_page);
  g_test_add_func ("/pages/zeroed-then-larger", test_zeroed_then_larger);
  g_test_add_func ("/pages/copy", test_copy);
  return g_test_run ();
}
