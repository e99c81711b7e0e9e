/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-blocks.h"

#define N_ITEMS 10000u

typedef struct
{
  guint8 n_done[N_ITEMS];            /* atomic by item: each belongs to one block */
  int    is_at_work[KOBRA_MAX_WORKERS];
  guint  stop_at;
  guint  n_told;
} Work;

static gboolean
count (guint    first,
       guint    last,
       guint    worker,
       gpointer data)
{
  Work *work = data;

  g_assert_cmpuint (worker, <, KOBRA_MAX_WORKERS);
  g_assert_true (g_atomic_int_compare_and_exchange (&work->is_at_work[worker], FALSE, TRUE));
  g_assert_cmpuint (first, <, last);
  for (guint i = first; i < last; i++)
    work->n_done[i]++;
  g_assert_true (g_atomic_int_compare_and_exchange (&work->is_at_work[worker], TRUE, FALSE));
  return work->stop_at < first || work->stop_at >= last;
}

static void
note_progress (guint    done,
               guint    total,
               gpointer data)
{
  Work *work = data;

  g_assert_cmpuint (total, ==, N_ITEMS);
  g_assert_cmpuint (done, <=, total);
  g_assert_cmpuint (done, >=, work->n_told);
  work->n_told = done;
}

static const struct
{
  const char *name;
  guint       n, size, n_workers;
} sizes[] = {
  { "nothing", 0, 7, 4 },
  { "one", 1, 7, 4 },
  { "less-than-a-block", 5, 7, 4 },
  { "whole-blocks", 7000, 7, 4 },
  { "a-part-of-a-block-is-left", 7003, 7, 4 },
  { "one-worker", 7003, 7, 1 },
  { "as-many-as-processors", N_ITEMS, 64, 0 },
  { "more-workers-than-there-may-be", N_ITEMS, 1, G_MAXUINT },
  { "blocks-of-the-largest-size", 3, G_MAXINT / 128, 2 },
};

static void
test_each_once (gconstpointer row)
{
  guint             i = GPOINTER_TO_UINT (row);
  g_autofree Work *work = g_new0 (Work, 1);

  work->stop_at = G_MAXUINT;
  g_assert_true (kobra_blocks_run (sizes[i].n, sizes[i].size, sizes[i].n_workers, count, work, NULL, NULL));
  for (guint item = 0; item < N_ITEMS; item++)
    g_assert_cmpuint (work->n_done[item], ==, item < sizes[i].n);
}

static void
test_stops (void)
{
  g_autofree Work *work = g_new0 (Work, 1);
  guint             n_done = 0;

  work->stop_at = 500;
  g_assert_false (kobra_blocks_run (N_ITEMS, 10, 1, count, work, note_progress, work));
  for (guint item = 0; item < N_ITEMS; item++)
    n_done += work->n_done[item];
  g_assert_cmpuint (n_done, ==, 510);
  g_assert_cmpuint (work->n_told, ==, 500);
}

static void
test_progress (void)
{
  g_autofree Work *work = g_new0 (Work, 1);

  work->stop_at = G_MAXUINT;
  g_assert_true (kobra_blocks_run (N_ITEMS, 10, 1, count, work, note_progress, work));
  g_assert_cmpuint (work->n_told, ==, N_ITEMS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strconcat ("/blocks/each-once/", sizes[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_each_once);
    }
  g_test_add_func ("/blocks/stops", test_stops);
  g_test_add_func ("/blocks/progress", test_progress);
  return g_test_run ();
}
