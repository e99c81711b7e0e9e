/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many requests at a time, by how long servers of several kinds take for them. */
#include "kobra-pace.h"
#include "kobra-test.h"

#define MILLISECOND 1000
#define BATCH 200

/* How long an answer takes while @window requests are under way, in microseconds. */
typedef gint64 (*Latency) (guint window, guint round, GRand *dice);

static gint64
constant (guint window, guint round, GRand *dice)
{
  return 100 * MILLISECOND;
}

static gint64
uneven (guint window, guint round, GRand *dice)
{
  return g_rand_int_range (dice, 50, 200) * MILLISECOND;
}

/* Takes one request after the other: more under way only wait. */
static gint64
one_by_one (guint window, guint round, GRand *dice)
{
  return window * 100 * MILLISECOND;
}

static gint64
four_at_a_time (guint window, guint round, GRand *dice)
{
  return (window > 4 ? 100 * window / 4 : 100) * MILLISECOND;
}

/* So quick that what is measured is the road. */
static gint64
at_once (guint window, guint round, GRand *dice)
{
  return 200 * window;
}

/* Others come to use it, and go again. */
static gint64
busy_for_a_while (guint window, guint round, GRand *dice)
{
  return round > 100 && round < 150 ? 800 * MILLISECOND : 100 * MILLISECOND;
}

static const struct
{
  const char *name;
  Latency     latency;
  guint       setting;
  guint       least, most; /* window in the end */
} servers[] = {
  { "that-takes-as-many-as-come", constant, 16, 16, 16 },
  { "that-takes-as-many-as-come-4", constant, 4, 4, 4 },
  { "that-is-uneven", uneven, 8, 6, 8 },
  { "that-takes-one-after-the-other", one_by_one, 16, 2, 5 },
  { "that-takes-4-at-a-time", four_at_a_time, 16, 4, 10 },
  { "that-answers-at-once", at_once, 16, 16, 16 },
  { "that-is-busy-for-a-while", busy_for_a_while, 8, 8, 8 },
  { "of-a-setting-of-1", one_by_one, 1, 1, 1 },
};

static void
test_server (gconstpointer data)
{
  const typeof (servers[0]) *row = data;
  g_autoptr (GRand) dice = g_rand_new_with_seed (7);
  KobraPace         pace;

  kobra_pace_init (&pace, row->setting, BATCH, G_MAXSIZE);
  for (guint round = 0; round < 1000; round++)
    {
      guint window = pace.window;

      g_assert_cmpuint (window, <=, row->setting);
      for (guint i = 0; i < window; i++)
        kobra_pace_good (&pace, BATCH, row->latency (window, round, dice));
    }
  g_assert_cmpuint (pace.window, >=, row->least);
  g_assert_cmpuint (pace.window, <=, row->most);
}

/* It is busy: there are fewer meanwhile. */
static void
test_eases (void)
{
  KobraPace pace;
  guint     least = 8;

  kobra_pace_init (&pace, 8, BATCH, G_MAXSIZE);
  for (guint round = 0; round < 150; round++)
    for (guint i = pace.window; i > 0; i--)
      {
        kobra_pace_good (&pace, BATCH, busy_for_a_while (8, round, NULL));
        if (round > 100)
          least = MIN (least, pace.window);
      }
  g_assert_cmpuint (least, ==, 2);
}

/* Trouble halves, once for all that was under way, and the way back is slow. */
static void
test_trouble_halves (void)
{
  KobraPace pace;

  kobra_pace_init (&pace, 16, BATCH, G_MAXSIZE);
  for (guint i = 0; i < 20; i++)
    kobra_pace_good (&pace, BATCH, 100 * MILLISECOND);
  g_assert_cmpuint (pace.window, ==, 16);
  kobra_pace_trouble (&pace, 30, 36, FALSE);
  kobra_pace_trouble (&pace, 31, 36, FALSE);
  g_assert_cmpuint (pace.window, ==, 8);
  for (guint i = 0; i < 31; i++)
    kobra_pace_good (&pace, BATCH, 100 * MILLISECOND);
  g_assert_cmpuint (pace.window, ==, 8);
  kobra_pace_good (&pace, BATCH, 100 * MILLISECOND);
  g_assert_cmpuint (pace.window, ==, 9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    kobra_test_add_row ("/send/pace/suits-a-server/", servers[i].name, &servers[i], test_server);
  g_test_add_func ("/send/pace/eases-while-answers-take-longer", test_eases);
  g_test_add_func ("/send/pace/trouble-halves", test_trouble_halves);
  return g_test_run ();
}
