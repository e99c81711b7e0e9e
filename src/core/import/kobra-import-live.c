/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the problems true while records are edited: a few rows at once, many in a worker. */

#include <glib/gi18n.h>

#include "kobra-import-save-private.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* So many edited rows are checked within a frame; more go to a worker. */
#define MAX_LIVE_ROWS 1000

static gboolean
get_other_record (guint32      id,
                  KobraRecord *record,
                  guint32     *line,
                  gpointer     data)
{
  KobraImport *self = data;
  guint        row;

  if (!kobra_table_find_id (self->table, id, &row))
    return FALSE;
  kobra_import_get_record (self, row, record);
  *line = kobra_table_peek_row (self->table, row)->line;
  return TRUE;
}

/* Tells of the records whose problems changed, neighbours together. */
static void
tell_changed (KobraImport *self,
              GArray      *ids)
{
  KobraMarkedRows rows = { 0 };

  for (guint i = 0; i < ids->len; i++)
    {
      guint row;

      if (!kobra_table_find_id (self->table, g_array_index (ids, guint32, i), &row))
        continue;
      kobra_import_add_row (self, &rows, row);
    }
  kobra_import_tell_rows (self, &rows);
}

static void
update_row (KobraImport    *self,
            const KobraRow *old,
            const KobraRow *now,
            GArray         *changed_ids)
{
  const KobraLayout *layout = self->layout;
  KobraRecord        old_record, new_record;

  if (old != NULL)
    kobra_row_get_record (old, layout->schema, layout->fields, layout->n_columns, &old_record);
  if (now != NULL)
    kobra_row_get_record (now, layout->schema, layout->fields, layout->n_columns, &new_record);
  kobra_problems_update (self->problems, &self->rules, old != NULL ? old->id : now->id, old != NULL ? &old_record : NULL, now != NULL ? &new_record : NULL,
                         get_other_record, self, changed_ids);
}

/* What a record is told that was changed after an earlier version of it was sent. */
static const char *const changed_words[KOBRA_N_RESULTS] = {
  [KOBRA_RESULT_SENDING] = N_("The record was changed while it was being sent: what goes out is the earlier version. Send again to send what it says now."),
  [KOBRA_RESULT_ACCEPTED] = N_("An earlier version of this record was accepted. Send again to send what it says now."),
  [KOBRA_RESULT_REJECTED] = N_("An earlier version of this record was rejected. Send again to send what it says now."),
  [KOBRA_RESULT_UNKNOWN] = N_("An earlier version of this record was sent, and may have arrived. Send again to send what it says now."),
};

void
kobra_import_mark_changed (KobraImport *self,
                           guint32      id,
                           KobraResult  result)
{
  kobra_marks_set (self->results, id, KOBRA_RESULT_NONE, changed_words[result] != NULL ? _ (changed_words[result]) : NULL);
}

/* A result is about what was sent: once the record says something else, it has none. */
static void
forget_result (KobraImport    *self,
               const KobraRow *old)
{
  KobraResult result = (KobraResult) kobra_marks_get (self->results, old->id);
  guint       row;

  if (result == KOBRA_RESULT_NONE)
    return;
  /* Of rows taken out some may be back, only moved. */
  if (!kobra_table_find_id (self->table, old->id, &row))
    kobra_marks_set (self->results, old->id, KOBRA_RESULT_NONE, NULL);
  else if (kobra_table_peek_row (self->table, row)->cells != old->cells)
    kobra_import_mark_changed (self, old->id, result);
}

static void
rows_changed_cb (KobraTable         *table,
                 guint               position,
                 guint               n_removed,
                 guint               n_added,
                 const KobraRowList *removed,
                 KobraImport        *self)
{
  KobraRowCursor     old = { .list = removed };
  g_autoptr (GArray) changed_ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean is_edit = n_removed == n_added, has_results = kobra_import_has_results (self);

  kobra_import_save_rows (self, position, n_removed, n_added, removed);
  for (guint i = 0; i < n_removed && has_results; i++)
    forget_result (self, kobra_row_cursor_peek (&old, i));

  if (self->recheck != NULL || MAX (n_removed, n_added) > MAX_LIVE_ROWS)
    {
      kobra_import_recheck (self);
      return;
    }
  if (is_edit)
    {
      for (guint i = 0; i < n_added; i++)
        update_row (self, kobra_row_cursor_peek (&old, i), kobra_table_peek_row (table, position + i), changed_ids);
    }
  else
    {
      for (guint i = 0; i < n_removed; i++)
        update_row (self, kobra_row_cursor_peek (&old, i), NULL, changed_ids);
      for (guint i = 0; i < n_added; i++)
        update_row (self, NULL, kobra_table_peek_row (table, position + i), changed_ids);
    }
  tell_changed (self, changed_ids);
  kobra_import_counts_changed (self);
}

static void
rechecked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (KobraImport)   self = data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (KobraProblems) problems = kobra_check_table_finish (result, &error);
  gboolean                  again = self->recheck_again;

  if (self->table == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->recheck);
  self->recheck_again = FALSE;
  if (problems == NULL)
    {
      g_warning ("The check of all records failed: %s", error->message);
      return;
    }
  if (again)
    {
      kobra_import_recheck (self);
      return;
    }
  g_clear_pointer (&self->problems, kobra_problems_free_elsewhere);
  self->problems = g_steal_pointer (&problems);
  kobra_import_marks_changed (self, 0, kobra_table_get_n_rows (self->table));
  kobra_import_counts_changed (self);
}

void
kobra_import_recheck (KobraImport *self)
{
  g_autoptr (KobraFrozen) frozen = NULL;

  if (self->recheck != NULL)
    {
      self->recheck_again = TRUE;
      return;
    }
  self->recheck = g_cancellable_new ();
  frozen = kobra_table_freeze (self->table);
  kobra_check_table_async (frozen, self->layout->fields, self->layout->n_columns, &self->rules, self->recheck, rechecked_cb, g_object_ref (self));
}

static int
find_field_by_label (const KobraSchema *schema,
                     const char        *header)
{
  for (guint i = 0; i < schema->n_fields; i++)
    if (g_str_equal (_ (schema->fields[i].label), header))
      return (int) i;
  return -1;
}

/* The layout has as many columns as the table. A column that comes back by redo, or is added by whom the layout knows nothing of, is the field
 * that its header says. */
static void
columns_changed_cb (KobraTable  *table,
                    KobraImport *self)
{
  guint n_columns = kobra_table_get_n_columns (table);

  while (self->layout->n_columns > n_columns)
    kobra_layout_drop_column (self->layout);
  while (self->layout->n_columns < n_columns)
    {
      guint column = self->layout->n_columns;
      int   field = find_field_by_label (self->layout->schema, kobra_table_get_header (table, column));

      kobra_layout_add_column (self->layout);
      if (field >= 0 && kobra_layout_find_column (self->layout, (guint) field) < 0)
        kobra_layout_set_field (self->layout, column, field);
    }
  kobra_import_save_soon (self);
}

static void
state_taken_back_cb (KobraTable  *table,
                     KobraLayout *layout,
                     KobraImport *self)
{
  kobra_import_restore_layout (self, layout);
}

void
kobra_import_watch_table (KobraImport *self)
{
  g_signal_connect_object (self->table, "state-taken-back", G_CALLBACK (state_taken_back_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->table, "columns-changed", G_CALLBACK (columns_changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->table, "rows-changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_DEFAULT);
}

void
kobra_import_unwatch_table (KobraImport *self)
{
  if (self->recheck != NULL)
    g_cancellable_cancel (self->recheck);
  g_clear_object (&self->recheck);
  self->recheck_again = FALSE;
  if (self->table != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->table, state_taken_back_cb, self);
      g_signal_handlers_disconnect_by_func (self->table, columns_changed_cb, self);
      g_signal_handlers_disconnect_by_func (self->table, rows_changed_cb, self);
    }
}
