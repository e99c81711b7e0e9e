/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows taken out that are no neighbours, as a filtered or sorted sheet takes them. A bit for each row of the table says which go, so they may come
 * in any order and need no sorting. */

#include <glib/gi18n.h>

#include "kobra-table-private.h"

#include "kobra-banned.h"

/* If the runs are more, one splice takes in what lies between: rows are cheap to copy and signals are not. */
#define MAX_SPLICES 256u

typedef struct
{
  guint64 *goes;   /* a bit by row */
  guint    first;  /* of the rows that go; G_MAXUINT: there are none */
  guint    last;
} Going;

static gboolean
goes (const Going *self,
      guint        row)
{
  return (self->goes[row / 64] >> row % 64 & 1) != 0;
}

static void
add_row (Going *self,
         guint  row)
{
  self->goes[row / 64] |= G_GUINT64_CONSTANT (1) << row % 64;
  self->first = MIN (self->first, row);
  self->last = MAX (self->last, row);
}

/* Where the run ends that @row is in, of rows that go or that stay. */
static guint
find_end (const Going *self,
          guint        row)
{
  gboolean go = goes (self, row);
  guint64  all = go ? G_MAXUINT64 : 0;

  row++;
  while (row <= self->last && goes (self, row) == go)
    row += row % 64 == 0 && row + 64 <= self->last && self->goes[row / 64] == all ? 64 : 1;
  return row;
}

/* The runs that go, as first and end, one after the other; NULL if they are too many. */
static GArray *
find_runs (const Going *self)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint row = self->first, end; row <= self->last; row = end)
    {
      end = find_end (self, row);
      if (goes (self, row))
        {
          g_array_append_val (runs, row);
          g_array_append_val (runs, end);
        }
      if (runs->len > 2 * MAX_SPLICES)
        {
          g_array_unref (runs);
          return NULL;
        }
    }
  return runs;
}

/* The rows between the first and the last that stay. */
static KobraRowList *
keep_rows (const Going        *self,
           const KobraRowList *rows)
{
  KobraRowList *kept = kobra_row_list_new ();

  for (guint row = self->first, end; row <= self->last; row = end)
    {
      end = find_end (self, row);
      if (!goes (self, row))
        kobra_row_list_append_part (kept, rows, row, end - row);
    }
  return kept;
}

void
kobra_table_delete_block (KobraTable  *self,
                          const guint *rows,
                          guint        n_rows)
{
  guint               n = kobra_table_get_n_rows (self);
  g_autofree guint64 *bits = g_new0 (guint64, n / 64 + 1);
  Going               going = { bits, G_MAXUINT, 0 };
  g_autoptr (GArray)  runs = NULL;

  g_return_if_fail (KOBRA_IS_TABLE (self));

  for (guint i = 0; i < n_rows; i++)
    {
      g_return_if_fail (rows[i] < n);
      add_row (&going, rows[i]);
    }
  if (n_rows == 0)
    return;
  runs = find_runs (&going);
  /* TRANSLATORS: what undo takes back, in "Undo delete rows" */
  kobra_table_begin_step (self, _ ("Delete Rows"));
  if (runs == NULL)
    kobra_table_replace (self, going.first, going.last - going.first + 1, keep_rows (&going, self->rows));
  /* From the last on, so that the places of the others hold. */
  for (guint i = runs != NULL ? runs->len : 0; i > 0; i -= 2)
    {
      guint first = g_array_index (runs, guint, i - 2), end = g_array_index (runs, guint, i - 1);

      kobra_table_replace (self, first, end - first, kobra_row_list_new ());
    }
  kobra_table_end_step (self);
}
