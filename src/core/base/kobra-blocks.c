/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-blocks.h"

#include "kobra-banned.h"

typedef struct
{
  guint          n, size, n_blocks;
  KobraBlockFunc func;
  gpointer       data;

  int            next_block; /* atomic, as the rest is */
  int            n_done;
  int            has_stopped;
} Run;

typedef struct
{
  Run    *run;
  guint   number;
  GThread *thread;
} Worker;

/* Returns FALSE if there is nothing left to do, or all shall stop. */
static gboolean
do_block (Worker *self)
{
  Run  *run = self->run;
  guint at, first, last;

  if (g_atomic_int_get (&run->has_stopped))
    return FALSE;
  at = (guint) g_atomic_int_add (&run->next_block, 1);
  if (at >= run->n_blocks)
    return FALSE;
  first = at * run->size;
  last = MIN (run->n - first, run->size) + first;
  if (!run->func (first, last, self->number, run->data))
    {
      g_atomic_int_set (&run->has_stopped, TRUE);
      return FALSE;
    }
  g_atomic_int_add (&run->n_done, (int) (last - first));
  return TRUE;
}

static gpointer
work (gpointer data)
{
  while (do_block (data))
    ;
  return NULL;
}

gboolean
kobra_blocks_run (guint              n,
                  guint              size,
                  guint              n_workers,
                  KobraBlockFunc     func,
                  gpointer           data,
                  KobraBlockProgress progress,
                  gpointer           progress_data)
{
  Run    run = { .n = n, .size = size, .n_blocks = n / size + (n % size != 0), .func = func, .data = data };
  Worker workers[KOBRA_MAX_WORKERS] = { 0 };

  g_return_val_if_fail (size > 0 && n <= G_MAXINT - size * KOBRA_MAX_WORKERS, FALSE);

  n_workers = n_workers > 0 ? n_workers : g_get_num_processors ();
  n_workers = MIN (MIN (n_workers, KOBRA_MAX_WORKERS), MAX (run.n_blocks, 1));
  for (guint i = 0; i < n_workers; i++)
    workers[i] = (Worker) { .run = &run, .number = i };
  /* If the system gives fewer threads, those there are do it all. */
  for (guint i = 1; i < n_workers; i++)
    workers[i].thread = g_thread_try_new ("kobra-worker", work, &workers[i], NULL);
  while (do_block (&workers[0]))
    if (progress != NULL)
      progress ((guint) g_atomic_int_get (&run.n_done), n, progress_data);
  for (guint i = 1; i < n_workers; i++)
    if (workers[i].thread != NULL)
      g_thread_join (workers[i].thread);
  return !run.has_stopped;
}
