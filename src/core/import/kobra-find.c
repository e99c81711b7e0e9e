/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-find.h"

#include <string.h>

#include "kobra-banned.h"

#define ROWS_BETWEEN_LOOKS 4096u

/* What replacing may make in all: a short text that becomes a long one a million times is a slip. */
#define MAX_REPLACED ((gsize) 256 * 1024 * 1024)

typedef struct
{
  KobraFrozen *table;
  guint32     *ids;      /* by the sheet's row, or NULL */
  guint        n_rows;
  guint       *columns;
  guint        n_columns;
  KobraNeedle *needle;
  char        *with;
} Job;

static void
free_job (Job *job)
{
  kobra_frozen_unref (job->table);
  g_free (job->ids);
  g_free (job->columns);
  kobra_needle_free (job->needle);
  g_free (job->with);
  g_free (job);
}

static void
clear_hit (gpointer data)
{
  KobraHit *hit = data;

  g_free (hit->replaced);
}

void
kobra_hits_free (KobraHits *self)
{
  g_array_unref (self->hits);
  g_free (self);
}

/* Row of the frozen table by ID, as far as the sheet's rows need it; NULL if they are the table's. */
static guint32 *
make_rows_of_ids (const Job *job)
{
  guint32  limit = 0;
  guint32 *rows;

  if (job->ids == NULL)
    return NULL;
  for (guint i = 0; i < job->table->n_rows; i++)
    limit = MAX (limit, kobra_frozen_peek (job->table, i)->id + 1);
  for (guint i = 0; i < job->n_rows; i++)
    limit = MAX (limit, job->ids[i] + 1);
  rows = g_new (guint32, MAX (limit, 1));
  memset (rows, 0xff, MAX (limit, 1) * sizeof *rows);
  for (guint i = 0; i < job->table->n_rows; i++)
    rows[kobra_frozen_peek (job->table, i)->id] = i;
  return rows;
}

static void
add_hit (const Job *job,
         KobraHits *hits,
         KobraHit   hit,
         const char *text,
         gsize      *n_replaced)
{
  hits->n_cells++;
  if (hits->hits->len >= KOBRA_MAX_HITS)
    {
      hits->is_too_much = TRUE;
      return;
    }
  if (job->with != NULL && !hits->is_too_much)
    {
      hit.replaced = kobra_needle_replace (job->needle, text, job->with);
      *n_replaced += strlen (hit.replaced);
      hits->is_too_much = *n_replaced > MAX_REPLACED;
    }
  g_array_append_val (hits->hits, hit);
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const Job              *job = data;
  g_autofree guint32     *rows = make_rows_of_ids (job);
  g_autofree const char **texts = g_new (const char *, MAX (job->table->n_columns, 1));
  g_autoptr (KobraHits)   hits = g_new0 (KobraHits, 1);
  gsize                   n_replaced = 0;

  hits->hits = g_array_new (FALSE, FALSE, sizeof (KobraHit));
  g_array_set_clear_func (hits->hits, clear_hit);
  for (guint i = 0; i < job->n_rows; i++)
    {
      guint row = rows != NULL ? rows[job->ids[i]] : i;

      if (i % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_is_cancelled (cancellable))
        {
          g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The search was cancelled.");
          return;
        }
      if (row >= job->table->n_rows)
        continue;
      kobra_row_get_texts (kobra_frozen_peek (job->table, row), texts, job->table->n_columns);
      for (guint j = 0; j < job->n_columns; j++)
        if (kobra_needle_is_in (job->needle, texts[job->columns[j]]))
          add_hit (job, hits, (KobraHit) { i, j, kobra_frozen_peek (job->table, row)->id, job->columns[j], NULL }, texts[job->columns[j]], &n_replaced);
    }
  g_task_return_pointer (task, g_steal_pointer (&hits), (GDestroyNotify) kobra_hits_free);
}

void
kobra_find_async (KobraTable         *table,
                  KobraOrder         *order,
                  const guint        *columns,
                  guint               n_columns,
                  const char         *text,
                  KobraNeedleFlags    flags,
                  const char         *with,
                  GCancellable       *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job              *job = g_new0 (Job, 1);

  g_return_if_fail (KOBRA_IS_TABLE (table));

  job->table = kobra_table_freeze (table);
  job->n_rows = order != NULL ? kobra_order_get_n (order) : job->table->n_rows;
  if (order != NULL)
    job->ids = g_new (guint32, MAX (job->n_rows, 1));
  for (guint i = 0; order != NULL && i < job->n_rows; i++)
    job->ids[i] = kobra_order_get_id (order, i);
  job->columns = g_memdup2 (columns, n_columns * sizeof *columns);
  job->n_columns = n_columns;
  job->needle = kobra_needle_new (text, flags);
  job->with = g_strdup (with);
  g_task_set_source_tag (task, kobra_find_async);
  g_task_set_task_data (task, job, (GDestroyNotify) free_job);
  g_task_run_in_thread (task, find_in_thread);
}

KobraHits *
kobra_find_finish (GAsyncResult *result,
                   GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kobra_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
