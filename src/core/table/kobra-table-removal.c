/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows taken out that are no neighbours, as a filtered or sorted sheet takes them. A bit for each row of the table says which go, so they may come
 * in any order and need no sorting. */

#include <glib/gi18n.h>

#include "kobra-table-private.h"

#include "kobra-banned.h"

/* If the runs are more, one splice takes in what lies between: rows are cheap to copy and signals are not. */
#define MAX_SPLICES 256u

/* So many rows are looked at between two looks at the clock. */
#define BLOCK 4096u

struct _KobraRemoval
{
  KobraTable   *table;
  guint64      *goes;     /* a bit by row */
  guint         n_rows;   /* the table's */
  guint         first;    /* of the rows that go; G_MAXUINT: there are none */
  guint         last;
  guint         n_runs;   /* of neighbours that go; as of the last row that was looked at */
  guint         n_looked; /* rows from the first on */
  KobraRowList *kept;     /* those among them that stay */
  gulong        handler;
  gboolean      is_stale; /* the table changed under it */
};

static void
rows_changed_cb (KobraRemoval *self)
{
  self->is_stale = TRUE;
}

KobraRemoval *
kobra_removal_new (KobraTable *table)
{
  KobraRemoval *self = g_new0 (KobraRemoval, 1);

  self->table = g_object_ref (table);
  self->n_rows = kobra_table_get_n_rows (table);
  self->goes = g_new0 (guint64, self->n_rows / 64 + 1);
  self->first = G_MAXUINT;
  self->kept = kobra_row_list_new ();
  self->handler = g_signal_connect_swapped (table, "rows-changed", G_CALLBACK (rows_changed_cb), self);
  return self;
}

void
kobra_removal_free (KobraRemoval *self)
{
  g_signal_handler_disconnect (self->table, self->handler);
  g_object_unref (self->table);
  kobra_row_list_free (self->kept);
  g_free (self->goes);
  g_free (self);
}

void
kobra_removal_add (KobraRemoval *self,
                   guint         row)
{
  g_return_if_fail (row < self->n_rows && self->n_looked == 0);

  self->goes[row / 64] |= G_GUINT64_CONSTANT (1) << row % 64;
  self->first = MIN (self->first, row);
  self->last = MAX (self->last, row);
}

static gboolean
goes (KobraRemoval *self,
      guint         row)
{
  return (self->goes[row / 64] >> row % 64 & 1) != 0;
}

/* Where the run ends that @row is in, of rows that go or that stay; @end at the latest. */
static guint
find_end (KobraRemoval *self,
          guint         row,
          guint         end)
{
  gboolean go = goes (self, row);

  do
    row++;
  while (row < end && goes (self, row) == go);
  return row;
}

/* Looks at some more rows. */
static void
look (KobraRemoval *self)
{
  guint row = self->first + self->n_looked, end = MIN (row + BLOCK, self->last + 1);

  for (guint next; row < end; row = next)
    {
      next = find_end (self, row, end);
      if (!goes (self, row))
        kobra_row_list_append_part (self->kept, self->table->rows, row, next - row);
      else if (row == self->first || !goes (self, row - 1))
        self->n_runs++;
    }
  self->n_looked = end - self->first;
}

gboolean
kobra_removal_prepare (KobraRemoval *self,
                       gint64        deadline)
{
  if (self->is_stale || self->first == G_MAXUINT)
    return TRUE;
  while (self->first + self->n_looked <= self->last)
    {
      look (self);
      if (deadline > 0 && g_get_monotonic_time () > deadline)
        return FALSE;
    }
  return TRUE;
}

/* From the last on, so that the places of the others hold. */
static void
take_runs (KobraRemoval *self)
{
  for (guint end = self->last + 1, start; end > self->first; end = start)
    {
      for (start = end - 1; start > self->first && goes (self, start - 1) == goes (self, end - 1); start--)
        continue;
      if (goes (self, start))
        kobra_table_replace (self->table, start, end - start, kobra_row_list_new ());
    }
}

gboolean
kobra_removal_apply (KobraRemoval *self)
{
  if (self->is_stale)
    return FALSE;
  kobra_removal_prepare (self, 0);
  if (self->first == G_MAXUINT)
    return TRUE;
  /* TRANSLATORS: what undo takes back, in "Undo delete rows" */
  kobra_table_begin_step (self->table, _ ("Delete Rows"));
  if (self->n_runs <= MAX_SPLICES)
    take_runs (self);
  else
    kobra_table_replace (self->table, self->first, self->last - self->first + 1, kobra_row_list_copy (self->kept));
  kobra_table_end_step (self->table);
  return TRUE;
}

void
kobra_table_delete_block (KobraTable  *self,
                          const guint *rows,
                          guint        n_rows)
{
  g_autoptr (KobraRemoval) removal = NULL;

  g_return_if_fail (KOBRA_IS_TABLE (self));

  removal = kobra_removal_new (self);
  for (guint i = 0; i < n_rows; i++)
    kobra_removal_add (removal, rows[i]);
  kobra_removal_apply (removal);
}
