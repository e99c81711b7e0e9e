/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-check.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-pages.h"
#include "kobra-problems-private.h"

#include "kobra-banned.h"

/* What a worker takes on at once, and how often it looks whether it shall stop. */
#define BLOCK_ROWS 2048u
#define ROWS_AT_ONCE 64u

/* What was found in the rows of a block, one row after the other. */
typedef struct
{
  KobraProblem *problems;
  gsize         n, room;
} Block;

typedef struct
{
  const char *text; /* NULL: none */
  guint64     hash;
} Key;

typedef struct
{
  KobraFrozen      *table;
  const gint16     *fields;
  guint             n_columns;
  const KobraRules *rules;
  GCancellable     *cancellable;

  KobraProblems    *problems;
  guint             n_blocks;
  Block            *blocks;
  guint8           *n_found;    /* by row */
  Key              *keys[KOBRA_N_SHARED]; /* by row; NULL: nobody wants to know */
  guint32           id_limit;
  guint32          *row_of_id;

  int               no_memory; /* atomic */
} Run;

static gboolean
append_found (Block              *block,
              const KobraProblem *found,
              guint               n)
{
  if (block->n + n > block->room)
    {
      gsize         room = MAX (block->n + n, 2 * block->room);
      KobraProblem *problems = g_try_renew (KobraProblem, block->problems, room);

      if (problems == NULL)
        return FALSE;
      block->problems = problems;
      block->room = room;
    }
  memcpy (block->problems + block->n, found, n * sizeof (KobraProblem));
  block->n += n;
  return TRUE;
}

static gboolean
check_row (Run   *run,
           Block *block,
           guint  row)
{
  KobraProblem found[KOBRA_MAX_RECORD_PROBLEMS];
  KobraRecord  record;
  guint        n;

  kobra_row_get_record (kobra_frozen_peek (run->table, row), run->rules->schema, run->fields, run->n_columns, &record);
  for (guint i = 0; i < KOBRA_N_SHARED; i++)
    if (run->keys[i] != NULL)
      {
        const char *text = kobra_shared_get_text ((KobraShared) i, &record);

        run->keys[i][row] = *text != '\0' ? (Key) { text, kobra_key_index_hash (kobra_problems_get_index (run->problems, (KobraShared) i), text) } : (Key) { 0 };
      }
  n = MIN (kobra_check_record (run->rules, &record, found, G_N_ELEMENTS (found)), G_N_ELEMENTS (found));
  run->n_found[row] = (guint8) n;
  return n == 0 || append_found (block, found, n);
}

static gboolean
check_block (guint    first,
             guint    last,
             guint    worker,
             gpointer data)
{
  Run *run = data;

  for (guint row = first; row < last; row++)
    {
      if (row % ROWS_AT_ONCE == 0 && (g_cancellable_is_cancelled (run->cancellable) || g_atomic_int_get (&run->no_memory)))
        return FALSE;
      if (!check_row (run, &run->blocks[first / BLOCK_ROWS], row))
        {
          g_atomic_int_set (&run->no_memory, TRUE);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
look_up (guint32      id,
         KobraRecord *record,
         guint32     *line,
         gpointer     data)
{
  Run            *run = data;
  const KobraRow *row = kobra_frozen_peek (run->table, run->row_of_id[id]);

  kobra_row_get_record (row, run->rules->schema, run->fields, run->n_columns, record);
  *line = row->line;
  return TRUE;
}

/* Finds which records share what. The indexes know nothing of each other: each is a block of its own. */
static gboolean
index_block (guint    first,
             guint    last,
             guint    worker,
             gpointer data)
{
  Run           *run = data;
  KobraKeyIndex *index = kobra_problems_get_index (run->problems, (KobraShared) first);
  const Key     *keys = run->keys[first];
  KobraRowCursor cursor = { .list = run->table->rows };
  gsize          n_keys = 0;

  if (keys == NULL)
    return TRUE;
  for (guint row = 0; row < run->table->n_rows; row++)
    n_keys += keys[row].text != NULL;
  if (!kobra_key_index_reserve (index, (guint) n_keys, run->id_limit))
    {
      g_atomic_int_set (&run->no_memory, TRUE);
      return FALSE;
    }
  for (guint row = 0; row < run->table->n_rows; row++)
    if (keys[row].text != NULL)
      {
        const KobraRow *its = kobra_row_cursor_peek (&cursor, row);

        kobra_key_index_append (index, its->id, its->line, keys[row].text, keys[row].hash);
      }
  /* That it was cancelled is seen later. */
  kobra_key_index_settle (index, look_up, run, run->cancellable);
  return TRUE;
}

static gboolean
index_all (Run  *run,
           guint n_threads)
{
  KobraRowCursor cursor = { .list = run->table->rows };

  for (guint row = 0; row < run->table->n_rows; row++)
    run->row_of_id[kobra_row_cursor_peek (&cursor, row)->id] = row;
  kobra_problems_hold (run->problems, run->table->arena);
  return kobra_blocks_run (KOBRA_N_SHARED, 1, n_threads, index_block, run, NULL, NULL);
}

/* Gathers what the blocks hold and the indexes know. Returns FALSE if there is no memory. */
static gboolean
gather (Run *run)
{
  KobraRowCursor cursor = { .list = run->table->rows };
  gsize          n_problems = 0;

  for (guint row = 0; row < run->table->n_rows; row++)
    {
      n_problems += run->n_found[row];
      for (guint i = 0; i < KOBRA_N_SHARED; i++)
        n_problems += (gsize) kobra_key_index_is_duplicate (kobra_problems_get_index (run->problems, (KobraShared) i), kobra_row_cursor_peek (&cursor, row)->id);
    }
  run->no_memory = !kobra_problems_reserve (run->problems, run->id_limit, n_problems);
  if (run->no_memory)
    return FALSE;
  for (guint at = 0; at < run->n_blocks; at++)
    {
      Block *block = &run->blocks[at];
      gsize  offset = 0;

      for (guint row = at * BLOCK_ROWS; row < MIN ((at + 1) * BLOCK_ROWS, run->table->n_rows); row++)
        {
          kobra_problems_append (run->problems, run->rules, kobra_row_cursor_peek (&cursor, row)->id, block->problems + offset, run->n_found[row]);
          offset += run->n_found[row];
        }
      g_clear_pointer (&block->problems, g_free);
    }
  return TRUE;
}

static gboolean
prepare (Run *run)
{
  KobraRowCursor cursor = { .list = run->table->rows };
  guint          n_rows = run->table->n_rows;

  for (guint row = 0; row < n_rows; row++)
    run->id_limit = MAX (run->id_limit, kobra_row_cursor_peek (&cursor, row)->id + 1);
  run->n_blocks = n_rows / BLOCK_ROWS + (n_rows % BLOCK_ROWS != 0);
  run->blocks = g_try_new0 (Block, MAX (run->n_blocks, 1));
  run->n_found = kobra_pages_try_new0 (guint8, MAX (n_rows, 1));
  run->row_of_id = kobra_pages_try_new0 (guint32, MAX (run->id_limit, 1));
  run->no_memory = run->blocks == NULL || run->n_found == NULL || run->row_of_id == NULL;
  for (guint i = 0; i < KOBRA_N_SHARED; i++)
    if (kobra_shared_is_wanted ((KobraShared) i, run->rules))
      {
        run->keys[i] = kobra_pages_try_new0 (Key, MAX (n_rows, 1));
        run->no_memory |= run->keys[i] == NULL;
      }
  return !run->no_memory;
}

static void
clear (Run *run)
{
  for (guint i = 0; run->blocks != NULL && i < run->n_blocks; i++)
    g_free (run->blocks[i].problems);
  g_clear_pointer (&run->blocks, g_free);
  g_clear_pointer (&run->n_found, g_free);
  for (guint i = 0; i < KOBRA_N_SHARED; i++)
    g_clear_pointer (&run->keys[i], g_free);
  g_clear_pointer (&run->row_of_id, g_free);
}

static gboolean
finish_rows (const Run *run,
             GError   **error)
{
  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;
  if (run->no_memory)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                         _ ("There is no memory to check so many records. Close other programs, or split the file and open its parts one by one."));
  return !run->no_memory;
}

KobraProblems *
kobra_check_table (KobraFrozen       *table,
                   const gint16      *fields,
                   guint              n_columns,
                   const KobraRules  *rules,
                   guint              n_threads,
                   KobraBlockProgress progress,
                   gpointer           progress_data,
                   GCancellable      *cancellable,
                   GError           **error)
{
  g_autoptr (KobraProblems) problems = kobra_problems_new ();
  Run      run = { .table = table, .fields = fields, .n_columns = n_columns, .rules = rules, .cancellable = cancellable, .problems = problems };
  gboolean done = prepare (&run);

  if (done)
    done = kobra_blocks_run (table->n_rows, BLOCK_ROWS, n_threads, check_block, &run, progress, progress_data) && !g_cancellable_is_cancelled (cancellable);
  if (done)
    done = index_all (&run, n_threads) && !g_cancellable_is_cancelled (cancellable) && gather (&run);
  clear (&run);
  if (!finish_rows (&run, error) || !done)
    return NULL;
  if (progress != NULL)
    progress (table->n_rows, table->n_rows, progress_data);
  return g_steal_pointer (&problems);
}

/* What a worker needs: all by value or frozen. */
typedef struct
{
  KobraFrozen *table;
  gint16      *fields;
  guint        n_columns;
  KobraRules   rules;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->table, kobra_frozen_unref);
  g_clear_pointer (&job->fields, g_free);
  g_free (job);
}

static void
check_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  Job           *job = data;
  KobraProblems *problems = kobra_check_table (job->table, job->fields, job->n_columns, &job->rules, 0, NULL, NULL, cancellable, &error);

  /* If this is the last to have the rows, they are given back here and not when the main thread frees the rest. */
  g_clear_pointer (&job->table, kobra_frozen_unref);
  if (problems != NULL)
    g_task_return_pointer (task, problems, (GDestroyNotify) kobra_problems_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
kobra_check_table_async (KobraFrozen        *table,
                         const gint16       *fields,
                         guint               n_columns,
                         const KobraRules   *rules,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->table = kobra_frozen_ref (table);
  job->fields = g_memdup2 (fields, n_columns * sizeof (gint16));
  job->n_columns = n_columns;
  job->rules = *rules;
  g_task_set_source_tag (task, kobra_check_table_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, check_in_thread);
}

KobraProblems *
kobra_check_table_finish (GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kobra_check_table_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
