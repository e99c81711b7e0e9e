/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-view.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-import-private.h"
#include "kobra-needle.h"
#include "kobra-view-private.h"

#include "kobra-banned.h"

/* Rows judged at once on the main thread, which takes a millisecond or two; then the loop turns. */
#define SLICE 100000u
#define ROWS_BETWEEN_LOOKS 16384u

static const char *const show_labels[KOBRA_N_SHOWS] = {
  [KOBRA_SHOW_ALL] = N_ ("All Records"),
  [KOBRA_SHOW_PROBLEMS] = N_ ("With Problems"),
  [KOBRA_SHOW_ERRORS] = N_ ("With Errors"),
  [KOBRA_SHOW_WARNINGS] = N_ ("With Warnings"),
  [KOBRA_SHOW_READY] = N_ ("Ready to Send"),
  [KOBRA_SHOW_ACCEPTED] = N_ ("Accepted"),
  [KOBRA_SHOW_REJECTED] = N_ ("Rejected"),
  [KOBRA_SHOW_UNKNOWN] = N_ ("Unknown"),
  [KOBRA_SHOW_NOT_SENT] = N_ ("Not Sent"),
};

typedef struct
{
  KobraView    view;
  KobraFrozen *table;
  KobraType    sort_type;
  guint8      *kept;     /* by row: what the problems and results say; or NULL: all */
  guint        n_judged;
} Job;

const char *
kobra_show_get_label (KobraShow show)
{
  return show_labels[show];
}

static void
clear_values (gpointer data)
{
  KobraViewValues *values = data;

  g_strfreev (values->values);
}

void
kobra_view_init (KobraView *self)
{
  *self = (KobraView) { .field = -1, .sort_column = -1 };
  self->values = g_array_new (FALSE, FALSE, sizeof (KobraViewValues));
  g_array_set_clear_func (self->values, clear_values);
}

void
kobra_view_clear (KobraView *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->values, g_array_unref);
}

void
kobra_view_copy (KobraView       *self,
                 const KobraView *from)
{
  kobra_view_init (self);
  self->show = from->show;
  self->problem = from->problem;
  self->field = from->field;
  self->text = g_strdup (from->text);
  self->sort_column = from->sort_column;
  self->descending = from->descending;
  for (guint i = 0; i < from->values->len; i++)
    {
      const KobraViewValues *values = &g_array_index (from->values, KobraViewValues, i);

      kobra_view_set_values (self, values->column, (const char *const *) values->values);
    }
}

gboolean
kobra_view_is_filtered (const KobraView *self)
{
  return self->show != KOBRA_SHOW_ALL || self->problem != KOBRA_PROBLEM_NONE || self->text != NULL || self->values->len > 0;
}

gboolean
kobra_view_is_sorted (const KobraView *self)
{
  return self->sort_column >= 0;
}

static int
find_values (const KobraView *self,
             guint            column)
{
  for (guint i = 0; i < self->values->len; i++)
    if (g_array_index (self->values, KobraViewValues, i).column == column)
      return (int) i;
  return -1;
}

void
kobra_view_set_values (KobraView         *self,
                       guint              column,
                       const char *const *values)
{
  int             at = find_values (self, column);
  KobraViewValues added = { .column = column };

  if (at >= 0)
    g_array_remove_index (self->values, (guint) at);
  if (values == NULL)
    return;
  added.values = g_strdupv ((char **) values);
  g_array_append_val (self->values, added);
}

const char *const *
kobra_view_get_values (const KobraView *self,
                       guint            column)
{
  int at = find_values (self, column);

  return at >= 0 ? (const char *const *) g_array_index (self->values, KobraViewValues, at).values : NULL;
}

static void
free_job (Job *job)
{
  kobra_view_clear (&job->view);
  kobra_frozen_unref (job->table);
  g_free (job->kept);
  g_free (job);
}

static gboolean
has_problem (KobraImport     *import,
             const KobraView *view,
             guint32          id)
{
  guint               n = 0;
  const KobraProblem *problems = kobra_problems_get (import->problems, id, &n);

  for (guint i = 0; i < n; i++)
    if ((KobraProblemCode) problems[i].code == view->problem && (view->field < 0 || problems[i].field == view->field))
      return TRUE;
  return FALSE;
}

/* Whether a record is to be shown, as far as its problems and its result go. */
static gboolean
judge (KobraImport     *import,
       const KobraView *view,
       guint32          id)
{
  KobraResult result = (KobraResult) kobra_marks_get (import->results, id);

  if (view->problem != KOBRA_PROBLEM_NONE && !has_problem (import, view, id))
    return FALSE;
  switch (view->show)
    {
    case KOBRA_SHOW_PROBLEMS:
      return kobra_record_state_find (import->problems, id) != KOBRA_RECORD_READY;
    case KOBRA_SHOW_ERRORS:
      return kobra_problems_has_error (import->problems, id);
    case KOBRA_SHOW_WARNINGS:
      return kobra_problems_has_warning (import->problems, id);
    case KOBRA_SHOW_READY:
      return !kobra_problems_has_error (import->problems, id) && result != KOBRA_RESULT_ACCEPTED && result != KOBRA_RESULT_REJECTED;
    case KOBRA_SHOW_ACCEPTED:
      return result == KOBRA_RESULT_ACCEPTED;
    case KOBRA_SHOW_REJECTED:
      return result == KOBRA_RESULT_REJECTED;
    case KOBRA_SHOW_UNKNOWN:
      return result == KOBRA_RESULT_UNKNOWN;
    case KOBRA_SHOW_NOT_SENT:
      return result == KOBRA_RESULT_NOT_SENT || (result == KOBRA_RESULT_NONE && import->was_sent);
    case KOBRA_SHOW_ALL:
    case KOBRA_N_SHOWS:
    default:
      return TRUE;
    }
}

static gboolean
has_text (const KobraNeedle *needle,
          const KobraRow    *row,
          const char       **texts,
          guint              n_columns)
{
  kobra_row_get_texts (row, texts, n_columns);
  for (guint i = 0; i < n_columns; i++)
    if (kobra_needle_is_in (needle, texts[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_values (GHashTable **sets,
            const Job   *job,
            guint32      row)
{
  for (guint i = 0; i < job->view.values->len; i++)
    {
      guint column = g_array_index (job->view.values, KobraViewValues, i).column;

      if (!g_hash_table_contains (sets[i], kobra_row_get_text (kobra_frozen_peek (job->table, row), column)))
        return FALSE;
    }
  return TRUE;
}

static GHashTable *
make_set (char **values)
{
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; values[i] != NULL; i++)
    g_hash_table_add (set, values[i]);
  return set;
}

/* The rows that stay; NULL if cancelled. */
static GArray *
filter (Job          *job,
        GCancellable *cancellable)
{
  KobraFrozen            *table = job->table;
  g_autoptr (GPtrArray)   sets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_autoptr (KobraNeedle) needle = job->view.text != NULL ? kobra_needle_new (job->view.text, KOBRA_NEEDLE_LOOSE) : NULL;
  g_autofree const char **texts = g_new (const char *, MAX (table->n_columns, 1));
  g_autoptr (GArray)      rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), table->n_rows);

  for (guint i = 0; i < job->view.values->len; i++)
    g_ptr_array_add (sets, make_set (g_array_index (job->view.values, KobraViewValues, i).values));
  for (guint32 row = 0; row < table->n_rows; row++)
    {
      if (row % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      if ((job->kept == NULL || job->kept[row]) && has_values ((GHashTable **) sets->pdata, job, row) &&
          (needle == NULL || has_text (needle, kobra_frozen_peek (table, row), texts, table->n_columns)))
        g_array_append_val (rows, row);
    }
  return g_steal_pointer (&rows);
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job               *job = data;
  g_autoptr (GArray) rows = filter (job, cancellable);

  if (rows != NULL && kobra_view_is_sorted (&job->view) &&
      !kobra_view_sort (job->table, rows, (guint) job->view.sort_column, job->sort_type, job->view.descending, cancellable))
    g_clear_pointer (&rows, g_array_unref);
  if (rows == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The search was cancelled.");
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    g_array_index (rows, guint32, i) = kobra_frozen_peek (job->table, g_array_index (rows, guint32, i))->id;
  g_task_return_pointer (task, g_steal_pointer (&rows), (GDestroyNotify) g_array_unref);
}

static gboolean
judge_on_cb (gpointer data)
{
  GTask       *task = data;
  Job         *job = g_task_get_task_data (task);
  KobraImport *import = g_task_get_source_object (task);
  guint        end = MIN (job->n_judged + SLICE, job->table->n_rows);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  for (; job->n_judged < end; job->n_judged++)
    job->kept[job->n_judged] = judge (import, &job->view, kobra_frozen_peek (job->table, job->n_judged)->id);
  if (end < job->table->n_rows)
    return G_SOURCE_CONTINUE;
  g_task_run_in_thread (task, find_in_thread);
  return G_SOURCE_REMOVE;
}

void
kobra_view_find_async (const KobraView    *self,
                       KobraImport        *import,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (import, cancellable, callback, user_data);
  Job              *job = g_new0 (Job, 1);
  int               field = -1;

  g_return_if_fail (KOBRA_IS_IMPORT (import) && import->table != NULL);

  g_task_set_source_tag (task, kobra_view_find_async);
  kobra_view_copy (&job->view, self);
  job->table = kobra_table_freeze (import->table);
  if (kobra_view_is_sorted (self) && (guint) self->sort_column < import->layout->n_columns)
    field = import->layout->fields[self->sort_column];
  job->sort_type = field >= 0 ? import->layout->schema->fields[field].type : KOBRA_TYPE_TEXT;
  g_task_set_task_data (task, job, (GDestroyNotify) free_job);
  if (self->show == KOBRA_SHOW_ALL && self->problem == KOBRA_PROBLEM_NONE)
    {
      g_task_run_in_thread (task, find_in_thread);
      return;
    }
  /* Problems and results belong to this thread. */
  job->kept = g_new0 (guint8, MAX (job->table->n_rows, 1));
  g_idle_add_full (G_PRIORITY_DEFAULT, judge_on_cb, g_object_ref (task), g_object_unref);
}

GArray *
kobra_view_find_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kobra_view_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
