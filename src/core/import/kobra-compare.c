/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-compare.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-import-load.h"

#include "kobra-banned.h"

typedef struct
{
  KobraJournalReader *reader;
  gint64              ids[2];
} Comparing;

static void
comparing_free (gpointer data)
{
  Comparing *comparing = data;

  kobra_journal_reader_free (comparing->reader);
  g_free (comparing);
}

static void
different_clear (gpointer data)
{
  KobraDifferent *different = data;

  g_free (different->key);
  g_free (different->fields);
}

void
kobra_comparison_free (KobraComparison *self)
{
  g_clear_pointer (&self->list, g_array_unref);
  g_free (self->earlier);
  g_free (self->later);
  g_free (self);
}

const char *
kobra_difference_get_label (KobraDifference difference)
{
  static const char *const labels[KOBRA_N_DIFFERENCES] = {
    /* TRANSLATORS: of records, when two imports are compared */
    [KOBRA_DIFFERENCE_NEW] = N_ ("New"),
    [KOBRA_DIFFERENCE_CHANGED] = N_ ("Changed"),
    [KOBRA_DIFFERENCE_GONE] = N_ ("Gone"),
  };

  return _ (labels[difference]);
}

static void
get_record (const KobraLoaded *loaded,
            guint              row,
            KobraRecord       *record)
{
  const KobraLayout *layout = loaded->opened->layout;

  kobra_row_get_record (kobra_rows_peek (loaded->opened->rows, row), layout->schema, layout->fields, layout->n_columns, record);
}

static const char *
get_key (const KobraLoaded *loaded,
         guint              row)
{
  KobraRecord record;

  get_record (loaded, row, &record);
  return record.texts[record.schema->key_field]; /* the row's own */
}

static void
add (KobraComparison *comparison,
     KobraDifference  difference,
     const char      *key,
     char            *fields)
{
  const KobraDifferent different = { difference, g_strdup (key), fields };

  comparison->counts[difference]++;
  if (comparison->list->len < KOBRA_COMPARISON_MOST)
    g_array_append_val (comparison->list, different);
  else
    different_clear ((gpointer) &different);
}

/* Names of the fields that differ, or NULL. */
static char *
compare_records (const KobraRecord *earlier,
                 const KobraRecord *later)
{
  GString *names = NULL;

  for (guint i = 0; i < later->schema->n_fields; i++)
    {
      if (strcmp (earlier->texts[i], later->texts[i]) == 0)
        continue;
      if (names == NULL)
        names = g_string_new (later->schema->fields[i].name);
      else
        g_string_append_printf (names, ", %s", later->schema->fields[i].name);
    }
  return names != NULL ? g_string_free (names, FALSE) : NULL;
}

static void
compare_row (KobraComparison   *comparison,
             const KobraLoaded *earlier,
             GHashTable        *rows,
             const KobraLoaded *later,
             guint              row)
{
  const char *key = get_key (later, row);
  KobraRecord old, now;
  gpointer    place;
  char       *fields;

  if (*key == '\0')
    return;
  if (!g_hash_table_steal_extended (rows, key, NULL, &place))
    {
      add (comparison, KOBRA_DIFFERENCE_NEW, key, NULL);
      return;
    }
  get_record (earlier, GPOINTER_TO_UINT (place), &old);
  get_record (later, row, &now);
  fields = compare_records (&old, &now);
  if (fields != NULL)
    add (comparison, KOBRA_DIFFERENCE_CHANGED, key, fields);
  else
    comparison->n_same++;
}

static KobraComparison *
compare (const KobraLoaded *earlier,
         const KobraLoaded *later)
{
  KobraComparison       *comparison = g_new0 (KobraComparison, 1);
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal); /* key -> row of the earlier one that has it */
  guint                  n_earlier = kobra_rows_get_n_rows (earlier->opened->rows);

  comparison->earlier = g_strdup (earlier->info->source_name);
  comparison->later = g_strdup (later->info->source_name);
  comparison->list = g_array_new (FALSE, FALSE, sizeof (KobraDifferent));
  g_array_set_clear_func (comparison->list, different_clear);
  for (guint i = 0; i < n_earlier; i++)
    if (*get_key (earlier, i) != '\0')
      g_hash_table_insert (rows, (gpointer) get_key (earlier, i), GUINT_TO_POINTER (i));
  for (guint i = 0; i < kobra_rows_get_n_rows (later->opened->rows); i++)
    compare_row (comparison, earlier, rows, later, i);
  for (guint i = 0; i < n_earlier; i++)
    {
      const char *key = get_key (earlier, i);

      if (*key != '\0' && g_hash_table_remove (rows, key))
        add (comparison, KOBRA_DIFFERENCE_GONE, key, NULL);
    }
  return comparison;
}

static void
compare_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  Comparing              *comparing = data;
  g_autoptr (KobraLoaded) earlier = kobra_loaded_new ();
  g_autoptr (KobraLoaded) later = kobra_loaded_new ();
  g_autoptr (GError)      error = NULL;

  if (kobra_import_load (comparing->reader, comparing->ids[0], earlier, cancellable, &error) &&
      kobra_import_load (comparing->reader, comparing->ids[1], later, cancellable, &error))
    g_task_return_pointer (task, compare (earlier, later), (GDestroyNotify) kobra_comparison_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
kobra_imports_compare_async (KobraJournal       *journal,
                             gint64              earlier,
                             gint64              later,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Comparing        *comparing;

  g_return_if_fail (journal != NULL);

  comparing = g_new0 (Comparing, 1);
  comparing->reader = kobra_journal_reader_new (journal);
  comparing->ids[0] = earlier;
  comparing->ids[1] = later;
  g_task_set_source_tag (task, kobra_imports_compare_async);
  g_task_set_task_data (task, comparing, comparing_free);
  g_task_run_in_thread (task, compare_in_thread);
}

KobraComparison *
kobra_imports_compare_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kobra_imports_compare_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
