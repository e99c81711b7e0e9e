/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Thousands of runs by seed. --seeds N runs that many, --only N just that one, --from N begins there. */
#include "simulation.h"

#define DEFAULT_SEEDS 100000

static guint64 first_seed = 1;
static guint64 n_seeds = DEFAULT_SEEDS;

static void
test_seeds (void)
{
  for (guint64 i = 0; i < n_seeds; i++)
    kobra_simulate (first_seed + i);
}

static void
test_equal_runs (void)
{
  for (guint64 seed = first_seed; seed < first_seed + MIN (n_seeds, 200); seed++)
    g_assert_cmpuint (kobra_simulate (seed), ==, kobra_simulate (seed));
}

int
main (int   argc,
      char *argv[])
{
  gint64                    only = -1, from = -1, n = -1;
  const GOptionEntry        entries[] = {
    { "only", 0, 0, G_OPTION_ARG_INT64, &only, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_INT64, &from, NULL, NULL },
    { "seeds", 0, 0, G_OPTION_ARG_INT64, &n, NULL, NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_test_init (&argc, &argv, NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return 2;
  if (from >= 0)
    first_seed = (guint64) from;
  if (n >= 0)
    n_seeds = (guint64) n;
  if (only >= 0)
    {
      first_seed = (guint64) only;
      n_seeds = 1;
    }
  g_test_add_func ("/send/simulate/what-must-hold-holds", test_seeds);
  g_test_add_func ("/send/simulate/equal-seeds-run-equally", test_equal_runs);
  return g_test_run ();
}
