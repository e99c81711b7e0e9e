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
        names = g_string_new (_ (later->schema->fields[i].label));
      else
        g_string_append_printf (names, ", %s", _ (later->schema->fields[i].label));
    }
  return names != NULL ? g_string_free (names, FALSE) : NULL;
}

/* The rows of the earlier import by their key. Of records with one key the first is compared with the first, the second with the second. */
typedef struct
{
  GHashTable *first; /* key -> row, and one more: 0 is none */
  guint      *next;  /* by row: the one after it with its key, and one more; or 0 */
} Rows;

static void
rows_init (Rows              *self,
           const KobraLoaded *earlier)
{
  guint n = kobra_rows_get_n_rows (earlier->opened->rows);

  self->first = g_hash_table_new (g_str_hash, g_str_equal);
  self->next = g_new0 (guint, MAX (n, 1));
  for (guint row = n; row-- > 0;)
    {
      const char *key = get_key (earlier, row);

      if (*key == '\0')
        continue;
      self->next[row] = GPOINTER_TO_UINT (g_hash_table_lookup (self->first, key));
      g_hash_table_insert (self->first, (gpointer) key, GUINT_TO_POINTER (row + 1));
    }
}

static void
rows_clear (Rows *self)
{
  g_clear_pointer (&self->first, g_hash_table_unref);
  g_clear_pointer (&self->next, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

/* The first row with @key that was not taken yet; FALSE if there is none. */
static gboolean
rows_take (Rows       *self,
           const char *key,
           guint      *row)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->first, key));

  if (first == 0)
    return FALSE;
  *row = first - 1;
  g_hash_table_replace (self->first, (gpointer) key, GUINT_TO_POINTER (self->next[*row]));
  return TRUE;
}

static void
compare_row (KobraComparison   *comparison,
             const KobraLoaded *earlier,
             Rows              *rows,
             const KobraLoaded *later,
             guint              row)
{
  const char *key = get_key (later, row);
  KobraRecord old, now;
  guint       before;
  char       *fields;

  if (*key == '\0')
    return;
  if (!rows_take (rows, key, &before))
    {
      add (comparison, KOBRA_DIFFERENCE_NEW, key, NULL);
      return;
    }
  get_record (earlier, before, &old);
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
  KobraComparison *comparison = g_new0 (KobraComparison, 1);
  g_auto (Rows)    rows = { 0 };

  comparison->earlier = g_strdup (earlier->info->source_name);
  comparison->later = g_strdup (later->info->source_name);
  comparison->list = g_array_new (FALSE, FALSE, sizeof (KobraDifferent));
  g_array_set_clear_func (comparison->list, different_clear);
  rows_init (&rows, earlier);
  for (guint i = 0; i < kobra_rows_get_n_rows (later->opened->rows); i++)
    compare_row (comparison, earlier, &rows, later, i);
  for (guint i = 0; i < kobra_rows_get_n_rows (earlier->opened->rows); i++)
    {
      const char *key = get_key (earlier, i);
      guint       row;

      if (*key != '\0' && rows_take (&rows, key, &row))
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
