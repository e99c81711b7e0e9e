/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-summary.h"

#include <string.h>

#include "kobra-import-private.h"

#include "kobra-banned.h"

#define SLICE_ROWS 500

/* Shorter values of a record may be a part of any word, and say nothing of anybody. */
#define MIN_VALUE_BYTES 3

/* Kinds beyond are counted under the last: a server may have new words for every record. */
#define MAX_KINDS 1000

#define TAKEN_OUT "…"

/* A summary in the making. */
typedef struct
{
  KobraImport  *import;
  KobraSummary *summary;
  GHashTable   *by_words; /* char -> KobraSummaryKind of the summary */
  guint         row;
} Making;

static void
kind_free (gpointer data)
{
  g_free (((KobraSummaryKind *) data)->words);
  g_free (data);
}

static void
making_free (gpointer data)
{
  Making *self = data;

  g_clear_object (&self->import);
  g_clear_pointer (&self->summary, kobra_summary_free);
  g_clear_pointer (&self->by_words, g_hash_table_unref);
  g_free (self);
}

/* Words with a digit in them may be anybody's number. */
static char *
take_numbers_out (const char *words)
{
  g_auto (GStrv)      all = g_strsplit (words, " ", -1);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (guint i = 0; all[i] != NULL; i++)
    {
      gboolean has_digit = strpbrk (all[i], "0123456789") != NULL;

      if (i > 0)
        g_string_append_c (kept, ' ');
      g_string_append (kept, has_digit ? TAKEN_OUT : all[i]);
    }
  return g_string_free_and_steal (g_steal_pointer (&kept));
}

static char *
take_values_out (KobraImport *import,
                 guint        row,
                 const char  *words)
{
  KobraTable         *table = kobra_import_get_table (import);
  g_autoptr (GString) kept = g_string_new (words);

  for (guint i = 0; i < kobra_table_get_n_columns (table); i++)
    {
      const char *text = kobra_table_get_text (table, row, i);

      if (strlen (text) >= MIN_VALUE_BYTES)
        g_string_replace (kept, text, TAKEN_OUT, 0);
    }
  return take_numbers_out (kept->str);
}

static void
count_kind (Making     *self,
            KobraResult result,
            const char *words)
{
  KobraSummaryKind *kind = g_hash_table_lookup (self->by_words, words);
  GPtrArray        *kinds = self->summary->kinds;

  if (kind == NULL && kinds->len >= MAX_KINDS)
    kind = g_ptr_array_index (kinds, MAX_KINDS - 1);
  if (kind == NULL)
    {
      kind = g_new0 (KobraSummaryKind, 1);
      kind->words = g_strdup (words);
      kind->result = result;
      g_ptr_array_add (kinds, kind);
      g_hash_table_insert (self->by_words, kind->words, kind);
    }
  kind->n++;
}

static void
look_at (Making *self,
         guint   row)
{
  KobraResult      result = kobra_import_get_result (self->import, row);
  gint64           time = kobra_import_get_result_time (self->import, row);
  g_autofree char *words = NULL;
  g_autofree char *clean = NULL;

  if (time > 0)
    {
      self->summary->began = self->summary->began == 0 ? time : MIN (self->summary->began, time);
      self->summary->ended = MAX (self->summary->ended, time);
    }
  if (result == KOBRA_RESULT_NONE || result == KOBRA_RESULT_SENDING || result == KOBRA_RESULT_ACCEPTED)
    return;
  words = kobra_import_dup_result_words (self->import, row);
  clean = words != NULL ? take_values_out (self->import, row, words) : g_strdup ("");
  count_kind (self, result, clean);
}

static int
compare_kinds (gconstpointer a,
               gconstpointer b)
{
  const KobraSummaryKind *first = *(const KobraSummaryKind *const *) a;
  const KobraSummaryKind *second = *(const KobraSummaryKind *const *) b;

  return first->n != second->n ? (first->n < second->n ? 1 : -1) : strcmp (first->words, second->words);
}

static gboolean
slice_cb (gpointer data)
{
  GTask      *task = data;
  Making     *self = g_task_get_task_data (task);
  KobraTable *table = kobra_import_get_table (self->import);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < SLICE_ROWS && self->row < kobra_table_get_n_rows (table); i++)
    look_at (self, self->row++);
  if (self->row < kobra_table_get_n_rows (table))
    return G_SOURCE_CONTINUE;
  kobra_import_get_counts (self->import, &self->summary->counts);
  g_ptr_array_sort (self->summary->kinds, compare_kinds);
  g_task_return_pointer (task, g_steal_pointer (&self->summary), (GDestroyNotify) kobra_summary_free);
  return G_SOURCE_REMOVE;
}

void
kobra_summary_free (KobraSummary *self)
{
  g_free (self->title);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_free (self);
}

void
kobra_summary_async (KobraImport        *import,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  GTask  *task = g_task_new (import, cancellable, callback, user_data);
  Making *self = g_new0 (Making, 1);

  g_return_if_fail (kobra_import_get_table (import) != NULL);

  self->import = g_object_ref (import);
  self->summary = g_new0 (KobraSummary, 1);
  self->summary->title = g_strdup (kobra_import_get_title (import));
  self->summary->kinds = g_ptr_array_new_with_free_func (kind_free);
  self->by_words = g_hash_table_new (g_str_hash, g_str_equal);
  g_task_set_source_tag (task, kobra_summary_async);
  g_task_set_task_data (task, self, making_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, slice_cb, task, g_object_unref);
}

KobraSummary *
kobra_summary_finish (KobraImport  *import,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, import) && g_async_result_is_tagged (result, kobra_summary_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
