/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records go. The window goes on meanwhile, so they are looked at in slices: by what the checks and the results say when their turn
 * comes, but only as they were when the run began. */

#include "kobra-run.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

static gboolean
is_wanted (KobraSendScope scope,
           KobraResult    result)
{
  switch (scope)
    {
    case KOBRA_SEND_REJECTED: return result == KOBRA_RESULT_REJECTED;
    case KOBRA_SEND_UNKNOWN: return result == KOBRA_RESULT_UNKNOWN;
    case KOBRA_SEND_CHOSEN: return result != KOBRA_RESULT_ACCEPTED;
    case KOBRA_SEND_READY:
    case KOBRA_N_SEND_SCOPES:
    default: return result != KOBRA_RESULT_ACCEPTED && result != KOBRA_RESULT_REJECTED;
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const guint32 *id = a, *other = b;

  return (*id > *other) - (*id < *other);
}

static gboolean
was_chosen (KobraRun *self,
            guint32   id)
{
  return self->chosen == NULL || g_array_binary_search (self->chosen, &id, compare_ids, NULL);
}

/* Whether the record at @place goes, and says what it said when the run began. */
static gboolean
goes (KobraRun *self,
      guint     place)
{
  KobraImport    *import = self->import;
  const KobraRow *row = kobra_frozen_peek (self->table, place);
  guint           now;

  return was_chosen (self, row->id) && is_wanted (self->scope, (KobraResult) kobra_marks_get (import->results, row->id)) &&
         kobra_table_find_id (import->table, row->id, &now) && kobra_table_peek_row (import->table, now)->cells == row->cells &&
         !kobra_problems_has_error (import->problems, row->id);
}

static gboolean
choose_slice (KobraRun *self)
{
  guint end = MIN (self->cursor + KOBRA_RUN_SLICE, self->table->n_rows);

  for (; self->cursor < end; self->cursor++)
    {
      const KobraJournalRecord record = { .id = self->cursor, .record = kobra_frozen_peek (self->table, self->cursor)->id };

      if (goes (self, self->cursor))
        g_array_append_val (self->records, record);
    }
  if (self->cursor < self->table->n_rows)
    return TRUE;
  self->import->progress.total = self->records->len;
  if (self->records->len > 0)
    kobra_run_prepare (self);
  else
    kobra_run_answer (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is nothing to send: every record has errors or an answer already.")));
  return FALSE;
}

void
kobra_run_choose (KobraRun *self)
{
  if (self->chosen != NULL)
    g_array_sort (self->chosen, compare_ids);
  kobra_run_slice (self, choose_slice);
}

KobraRun *
kobra_run_new (KobraImport   *import,
               KobraClient   *client,
               KobraJournal  *journal,
               KobraSendScope scope,
               const GArray  *chosen,
               GTask         *task)
{
  KobraRun *self = g_new0 (KobraRun, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->import = import;
  self->task = g_object_ref (task);
  self->client = g_object_ref (client);
  self->journal = journal;
  self->source_name = g_strdup (import->title);
  self->base_url = g_strdup (kobra_connection_get_base_url (kobra_client_get_connection (client)));
  self->import_type = import->rules.import_type;
  self->table = kobra_table_freeze (import->table);
  /* A layout may be changed when nothing is sent; the run keeps it as it is. */
  self->layout = kobra_layout_ref (import->layout);
  self->scope = scope;
  self->chosen = chosen != NULL ? g_array_copy ((GArray *) chosen) : NULL;
  self->records = g_array_new (FALSE, FALSE, sizeof (KobraJournalRecord));
  return self;
}
