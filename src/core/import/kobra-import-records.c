/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import says of its records: state, problems, results, counts. */

#include <glib/gi18n.h>

#include "kobra-import-private.h"

#include "kobra-banned.h"

static guint32
get_id (KobraImport *self,
        guint        row)
{
  return kobra_table_peek_row (self->table, row)->id;
}

/* Where a person sees a problem: in its field's column, or in the first if the file has none for it. */
static guint
get_column (KobraImport        *self,
            const KobraProblem *problem)
{
  return (guint) MAX (kobra_layout_find_column (self->layout, problem->field), 0);
}

static const KobraProblem *
find_first (KobraImport *self,
            guint        row,
            guint        column)
{
  guint               n = 0;
  const KobraProblem *problems = kobra_problems_get (self->problems, get_id (self, row), &n);
  const KobraProblem *found = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (get_column (self, &problems[i]) != column)
        continue;
      if (kobra_problem_get_severity ((KobraProblemCode) problems[i].code) == KOBRA_SEVERITY_ERROR)
        return &problems[i];
      if (found == NULL)
        found = &problems[i];
    }
  return found;
}

static char *
dup_message (KobraImport        *self,
             guint               row,
             const KobraProblem *problem)
{
  int column = kobra_layout_find_column (self->layout, problem->field);

  return kobra_problem_dup_message (problem, self->layout->schema, column >= 0 ? kobra_table_get_text (self->table, row, (guint) column) : "");
}

gboolean
kobra_import_has_results (KobraImport *self)
{
  for (guint result = KOBRA_RESULT_NONE + 1; result < KOBRA_N_RESULTS; result++)
    if (kobra_marks_count (self->results, result) > 0)
      return TRUE;
  return FALSE;
}

void
kobra_import_get_counts (KobraImport       *self,
                         KobraImportCounts *counts)
{
  guint settled;

  g_return_if_fail (KOBRA_IS_IMPORT (self));

  *counts = (KobraImportCounts) { 0 };
  if (self->table == NULL)
    return;
  counts->records = kobra_table_get_n_rows (self->table);
  kobra_problems_count_records (self->problems, &counts->ready, &counts->warning, &counts->invalid);
  counts->accepted = kobra_marks_count (self->results, KOBRA_RESULT_ACCEPTED);
  counts->rejected = kobra_marks_count (self->results, KOBRA_RESULT_REJECTED);
  counts->unknown = kobra_marks_count (self->results, KOBRA_RESULT_UNKNOWN);
  counts->in_flight = kobra_marks_count (self->results, KOBRA_RESULT_SENDING);
  settled = counts->accepted + counts->rejected;
  counts->to_send = counts->records - MIN (counts->records, counts->invalid + settled);
  if (self->was_sent)
    counts->not_sent = counts->records - MIN (counts->records, settled + counts->unknown);
}

KobraRecordState
kobra_import_get_record_state (KobraImport *self,
                               guint        row)
{
  return kobra_record_state_find (self->problems, get_id (self, row));
}

const KobraProblem *
kobra_import_get_problems (KobraImport *self,
                           guint        row,
                           guint       *n)
{
  return kobra_problems_get (self->problems, get_id (self, row), n);
}

const KobraProblem *
kobra_import_find_problem (KobraImport *self,
                           guint        row,
                           guint        column)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->table != NULL ? find_first (self, row, column) : NULL;
}

char *
kobra_import_dup_problem_text (KobraImport *self,
                               guint        row,
                               guint        column)
{
  const KobraProblem *problem = kobra_import_find_problem (self, row, column);

  return problem != NULL ? dup_message (self, row, problem) : NULL;
}

KobraResult
kobra_import_get_result (KobraImport *self,
                         guint        row)
{
  KobraResult result = (KobraResult) kobra_marks_get (self->results, get_id (self, row));

  return result == KOBRA_RESULT_NONE && self->was_sent ? KOBRA_RESULT_NOT_SENT : result;
}

char *
kobra_import_dup_result_words (KobraImport *self,
                               guint        row)
{
  guint32     id = get_id (self, row);
  const char *words = kobra_marks_get_words (self->results, id);
  gboolean    has_result = kobra_marks_get (self->results, id) != KOBRA_RESULT_NONE;

  if (words != NULL && (has_result || !kobra_problems_has_error (self->problems, id)))
    return g_strdup (words);
  if (kobra_import_get_result (self, row) != KOBRA_RESULT_NOT_SENT)
    return NULL;
  if (kobra_problems_has_error (self->problems, id))
    {
      guint               n = 0;
      const KobraProblem *problems = kobra_problems_get (self->problems, id, &n);

      for (guint i = 0; i < n; i++)
        if (kobra_problem_get_severity ((KobraProblemCode) problems[i].code) == KOBRA_SEVERITY_ERROR)
          return dup_message (self, row, &problems[i]);
    }
  return g_strdup (_ ("The record was not sent in this run. Send again to send it."));
}

void
kobra_import_note_time (KobraImport *self,
                        guint32      id)
{
  if (id >= self->times->len)
    g_array_set_size (self->times, id + 1);
  g_array_index (self->times, gint64, id) = g_get_real_time () / G_USEC_PER_SEC;
}

gint64
kobra_import_get_result_time (KobraImport *self,
                              guint        row)
{
  guint32 id = get_id (self, row);

  return kobra_marks_get (self->results, id) != KOBRA_RESULT_NONE && id < self->times->len ? g_array_index (self->times, gint64, id) : 0;
}

const char *
kobra_import_get_tag (KobraImport *self)
{
  if (self->tag == NULL)
    self->tag = g_strdup_printf ("%08x", g_random_int ());
  return self->tag;
}

const char *
kobra_import_find_reference (KobraImport    *self,
                             const KobraRow *row)
{
  return self->references != NULL && row->line > 0 ? g_hash_table_lookup (self->references, GUINT_TO_POINTER (row->line)) : NULL;
}
