/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-transform.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-blocks.h"
#include "kobra-pages.h"

#include "kobra-banned.h"

/* A cell does not grow past this by being cleaned. */
#define MAX_CELL_BYTES ((gsize) 1 << 21)

/* What a worker takes on at once, and looks before whether it shall stop. */
#define BLOCK_ROWS 1024u

/* What each worker has for itself. */
typedef struct
{
  KobraArena *arena;                             /* of the cells of the rows that it changed */
  guint       first, end;                        /* all of those are between */
  guint       n_cells, n_fixed[KOBRA_N_FIXES];

  GArray     *columns;                           /* guint: of the row at hand, and */
  GPtrArray  *texts;                             /* char: what each gets */
  KobraBuffer text;
  KobraBuffer results[KOBRA_DERIVE_MAX_RESULTS];
} Worker;

typedef struct
{
  KobraTransform *transform;
  GCancellable   *cancellable;
  guint           column_of[KOBRA_MAX_FIELDS];
  KobraFixes      fixes[KOBRA_MAX_FIELDS];       /* those that can change a text there */
  KobraRow       *rows;                          /* of the table, those that changed in place of what they were */
  Worker         *workers[KOBRA_MAX_WORKERS];    /* NULL: has nothing to do yet */
  int             no_memory;                     /* atomic */
} Run;

KobraTransform *
kobra_transform_new (KobraFrozen *table,
                     KobraLayout *layout)
{
  KobraTransform *self = g_new0 (KobraTransform, 1);

  self->table = kobra_frozen_ref (table);
  self->layout = kobra_layout_copy (layout);
  self->rows = kobra_row_list_new ();
  self->arena = kobra_arena_new ();
  self->first_derivation = layout->derivations->len;
  return self;
}

void
kobra_transform_free (KobraTransform *self)
{
  g_clear_pointer (&self->table, kobra_frozen_unref);
  g_clear_pointer (&self->layout, kobra_layout_unref);
  g_clear_pointer (&self->rows, kobra_row_list_free);
  g_clear_pointer (&self->arena, kobra_arena_unref);
  g_free (self);
}

typedef struct
{
  const KobraTransform *transform;
  GCancellable         *cancellable;
  KobraColumnHabit   (*habits)[KOBRA_MAX_FIELDS]; /* by worker */
} Learning;

static gboolean
learn_block (guint    first,
             guint    last,
             guint    worker,
             gpointer data)
{
  const Learning    *learning = data;
  const KobraFrozen *table = learning->transform->table;
  const KobraLayout *layout = learning->transform->layout;

  if (g_cancellable_is_cancelled (learning->cancellable))
    return FALSE;
  for (guint row = first; row < last; row++)
    {
      KobraRecord record;

      kobra_row_get_record (kobra_frozen_peek (table, row), layout->schema, layout->fields, layout->n_columns, &record);
      for (guint field = 0; field < layout->schema->n_fields; field++)
        if (*record.texts[field] != '\0')
          kobra_clean_learn (&layout->schema->fields[field], record.texts[field], &learning->habits[worker][field]);
    }
  return TRUE;
}

gboolean
kobra_transform_learn (KobraTransform *self,
                       guint           this_year,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autofree gpointer habits = g_malloc0 (sizeof self->habits * KOBRA_MAX_WORKERS);
  Learning            learning = { self, cancellable, habits };

  if (!kobra_blocks_run (self->table->n_rows, BLOCK_ROWS, 0, learn_block, &learning, NULL, NULL))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return FALSE;
    }
  memset (self->habits, 0, sizeof self->habits);
  for (guint i = 0; i < KOBRA_MAX_FIELDS; i++)
    {
      self->habits[i].this_year = this_year;
      for (guint worker = 0; worker < KOBRA_MAX_WORKERS; worker++)
        kobra_clean_learn_from (&learning.habits[worker][i], &self->habits[i]);
      kobra_clean_answer (self->layout->answers[i], &self->habits[i]);
    }
  return TRUE;
}

static Worker *
worker_new (void)
{
  Worker *self = g_new0 (Worker, 1);

  self->arena = kobra_arena_new ();
  self->first = G_MAXUINT;
  self->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  self->texts = g_ptr_array_new_with_free_func (g_free);
  kobra_buffer_init (&self->text, MAX_CELL_BYTES);
  for (guint i = 0; i < KOBRA_DERIVE_MAX_RESULTS; i++)
    kobra_buffer_init (&self->results[i], MAX_CELL_BYTES);
  return self;
}

static void
worker_free (Worker *self)
{
  g_clear_pointer (&self->arena, kobra_arena_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  kobra_buffer_clear (&self->text);
  for (guint i = 0; i < KOBRA_DERIVE_MAX_RESULTS; i++)
    kobra_buffer_clear (&self->results[i]);
  g_free (self);
}

static void
set_cell (Worker     *worker,
          guint       column,
          const char *text,
          gsize       length)
{
  g_array_append_val (worker->columns, column);
  g_ptr_array_add (worker->texts, g_strndup (length > 0 ? text : "", length));
}

/* Safe fixes are done at one look; others each after what those before made of the text. */
static gboolean
fix_cell (const Run  *run,
          Worker     *worker,
          guint       at,
          const char *cell,
          KobraFixes *done)
{
  const KobraTransform *self = run->transform;
  const KobraField     *field = &self->layout->schema->fields[at];

  if ((run->fixes[at] & ~KOBRA_SAFE_FIXES) != 0)
    return kobra_clean_fix_all (run->fixes[at], field, &self->habits[at], cell, &worker->text, done);
  *done = KOBRA_FIX_BIT (kobra_clean_cell (field, &self->habits[at], cell, &worker->text));
  return (*done & run->fixes[at]) != 0;
}

/* What a person said that the cell stands for goes before what we think. */
static void
clean_cell (Run        *run,
            Worker     *worker,
            guint       at,
            const char *cell)
{
  const KobraTransform *self = run->transform;
  const KobraField     *field = &self->layout->schema->fields[at];
  const char           *meant = field->choices != NULL ? kobra_layout_find_value (self->layout, at, cell) : NULL;
  KobraFixes            done = KOBRA_FIX_BIT (KOBRA_FIX_CHOICE);

  if (meant != NULL && strcmp (meant, cell) != 0)
    set_cell (worker, run->column_of[at], meant, strlen (meant));
  else if (meant == NULL && fix_cell (run, worker, at, cell, &done))
    set_cell (worker, run->column_of[at], worker->text.bytes, worker->text.length);
  else
    return;
  worker->n_cells++;
  for (guint fix = 0; fix < KOBRA_N_FIXES; fix++)
    worker->n_fixed[fix] += (done & KOBRA_FIX_BIT (fix)) != 0;
}

static void
clean_record (Run               *run,
              Worker            *worker,
              const KobraRecord *record)
{
  for (guint field = 0; field < record->schema->n_fields; field++)
    if (run->fixes[field] != 0 && *record->texts[field] != '\0')
      clean_cell (run, worker, field, record->texts[field]);
}

static void
change_record (Run               *run,
               Worker            *worker,
               const KobraRecord *record)
{
  KobraTransform *self = run->transform;
  guint           fields[KOBRA_MAX_CHANGED];
  char           *texts[KOBRA_MAX_CHANGED];
  guint           n = self->change (self, record, fields, texts, self->change_data);

  for (guint i = 0; i < n; i++)
    {
      g_array_append_val (worker->columns, run->column_of[fields[i]]);
      g_ptr_array_add (worker->texts, texts[i]);
    }
  worker->n_cells += n;
}

static void
derive (Run            *run,
        Worker         *worker,
        const KobraRow *row)
{
  const GPtrArray *derivations = run->transform->layout->derivations;

  for (guint i = run->transform->first_derivation; i < derivations->len; i++)
    {
      const KobraDerivation *derivation = g_ptr_array_index (derivations, i);
      const char            *texts[KOBRA_DERIVE_MAX_COLUMNS];
      guint                  fields[KOBRA_DERIVE_MAX_RESULTS];
      guint                  n = kobra_derivation_get_fields (derivation, fields);

      for (guint j = 0; j < derivation->n_columns; j++)
        texts[j] = kobra_row_get_text (row, derivation->columns[j]);
      kobra_derivation_run (derivation, texts, worker->results);
      for (guint j = 0; j < n; j++)
        if (worker->results[j].length > 0)
          set_cell (worker, derivation->target + j, worker->results[j].bytes, worker->results[j].length);
    }
}

static gboolean
run_row (Run    *run,
         Worker *worker,
         guint   at)
{
  KobraTransform    *self = run->transform;
  const KobraRow    *row = kobra_frozen_peek (self->table, at);
  const KobraLayout *layout = self->layout;
  KobraRecord        record;

  kobra_row_get_record (row, layout->schema, layout->fields, layout->n_columns, &record);
  g_ptr_array_set_size (worker->texts, 0);
  g_array_set_size (worker->columns, 0);
  derive (run, worker, row);
  clean_record (run, worker, &record);
  if (self->change != NULL)
    change_record (run, worker, &record);
  if (worker->texts->len == 0)
    return TRUE;
  run->rows[at] = kobra_rows_replace (worker->arena, row, (const guint *) worker->columns->data, (const char *const *) worker->texts->pdata, worker->texts->len);
  worker->first = MIN (worker->first, at);
  worker->end = at + 1;
  return run->rows[at].cells != NULL;
}

static gboolean
run_block (guint    first,
           guint    last,
           guint    worker,
           gpointer data)
{
  Run *run = data;

  if (g_cancellable_is_cancelled (run->cancellable))
    return FALSE;
  if (run->workers[worker] == NULL)
    run->workers[worker] = worker_new ();
  for (guint row = first; row < last; row++)
    if (!run_row (run, run->workers[worker], row))
      {
        g_atomic_int_set (&run->no_memory, TRUE);
        return FALSE;
      }
  return TRUE;
}

/* What the workers did, together. */
static void
gather (Run *run)
{
  KobraTransform *self = run->transform;
  guint           first = G_MAXUINT, end = 0;

  for (guint i = 0; i < KOBRA_MAX_WORKERS; i++)
    {
      Worker *worker = run->workers[i];

      if (worker == NULL)
        continue;
      first = MIN (first, worker->first);
      end = MAX (end, worker->end);
      self->n_cells += worker->n_cells;
      for (guint fix = 0; fix < KOBRA_N_FIXES; fix++)
        self->n_fixed[fix] += worker->n_fixed[fix];
      kobra_arena_take (self->arena, g_steal_pointer (&worker->arena));
    }
  if (end == 0)
    return;
  self->position = first;
  kobra_row_list_append (self->rows, run->rows + first, end - first);
}

gboolean
kobra_transform_run (KobraTransform *self,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autofree KobraRow *rows = g_new (KobraRow, MAX (self->table->n_rows, 1));
  Run                  run = { .transform = self, .cancellable = cancellable, .rows = rows };
  gboolean             done;

  kobra_pages_advise (rows, self->table->n_rows * sizeof (KobraRow));
  kobra_row_list_get (self->table->rows, 0, self->table->n_rows, rows);
  for (guint i = 0; i < self->layout->n_columns; i++)
    if (self->layout->fields[i] >= 0)
      run.column_of[self->layout->fields[i]] = i;
  for (guint i = 0; i < self->layout->schema->n_fields; i++)
    run.fixes[i] = self->fixes[i] & kobra_clean_get_fixes (&self->layout->schema->fields[i]);
  /* Whoever has changes of their own may note what they do: one worker. */
  done = kobra_blocks_run (self->table->n_rows, BLOCK_ROWS, self->change != NULL ? 1 : 0, run_block, &run, NULL, NULL);
  if (done)
    gather (&run);
  for (guint i = 0; i < KOBRA_MAX_WORKERS; i++)
    g_clear_pointer (&run.workers[i], worker_free);
  if (run.no_memory)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("There is no memory to change the records. Split the file and open its parts one by one."));
  else if (!done)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  return done;
}

gboolean
kobra_transform_is_current (const KobraTransform *self,
                            KobraTable           *table)
{
  return kobra_table_get_n_rows (table) == self->table->n_rows &&
         kobra_table_is_as_frozen (table, self->table, self->position, kobra_row_list_get_length (self->rows));
}

gboolean
kobra_transform_apply (KobraTransform *self,
                       KobraTable     *table,
                       GError        **error)
{
  if (!kobra_transform_is_current (self, table))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, _ ("The records were edited in the meantime, so nothing was changed. Try again."));
      return FALSE;
    }
  kobra_table_replace_rows (table, self->position, self->rows, g_steal_pointer (&self->arena));
  return TRUE;
}
