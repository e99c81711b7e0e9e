/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-clock.h"

static void
test_time_never_goes_back (void)
{
  gint64 before = kobra_system_clock.now (kobra_system_clock.data);

  for (guint i = 0; i < 1000; i++)
    {
      gint64 now = kobra_system_clock.now (kobra_system_clock.data);

      g_assert_cmpint (now, >=, before);
      before = now;
    }
}

static void
test_throws_are_below_the_sides (void)
{
  static const guint32 sides[] = { 1, 2, 6, 1000000, G_MAXINT32, G_MAXUINT32 };

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    for (guint j = 0; j < 1000; j++)
      g_assert_cmpuint (kobra_system_clock.roll (kobra_system_clock.data, sides[i]), <, sides[i]);
}

static void
test_every_side_comes_up (void)
{
  guint n_seen[6] = { 0 };

  for (guint i = 0; i < 6000; i++)
    n_seen[kobra_system_clock.roll (kobra_system_clock.data, 6)]++;
  for (gsize i = 0; i < G_N_ELEMENTS (n_seen); i++)
    g_assert_cmpuint (n_seen[i], >, 500);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/clock/time-never-goes-back", test_time_never_goes_back);
  g_test_add_func ("/base/clock/throws-are-below-the-sides", test_throws_are_below_the_sides);
  g_test_add_func ("/base/clock/every-side-comes-up", test_every_side_comes_up);

  return g_test_run ();
}
