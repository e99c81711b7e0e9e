/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of rows that are no neighbours, as a filtered or sorted sheet makes them. Runs of rows become splices; where these would be too many,
 * one splice takes in what lies between, for rows are cheap to copy and signals are not. */

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>

#include "kobra-rows-private.h"
#include "kobra-table-private.h"

#include "kobra-banned.h"

/* Edited rows with no more than so many untouched ones between them are one splice, and so are all if the splices are more. */
#define MAX_GAP 32u
#define MAX_SPLICES 256u

/* A row of the table and what goes there. */
typedef struct
{
  guint    row;
  KobraRow edited;
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *x = a, *y = b;

  return (x->row > y->row) - (x->row < y->row);
}

/* Where the run of places ends that begins at @start and jumps over gaps up to @max_gap. */
static guint
find_end (const Place *places,
          guint        n,
          guint        start,
          guint        max_gap)
{
  guint end = start + 1;

  while (end < n && places[end].row - places[end - 1].row - 1 <= max_gap)
    end++;
  return end;
}

/* The gap with which they are not too many runs. */
static guint
choose_gap (const Place *places,
            guint        n,
            guint        gap)
{
  guint n_runs = 0;

  for (guint start = 0; start < n; start = find_end (places, n, start, gap))
    n_runs++;
  return n_runs <= MAX_SPLICES ? gap : G_MAXUINT;
}

/* @places up to @n are one splice, from the first to the last of them. */
static void
replace_run (KobraTable  *self,
             const Place *places,
             guint        n)
{
  guint              first = places[0].row;
  guint              n_rows = places[n - 1].row - first + 1;
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (KobraRow), n_rows);

  g_array_append_vals (rows, &g_array_index (self->rows, KobraRow, first), n_rows);
  for (guint i = 0; i < n; i++)
    g_array_index (rows, KobraRow, places[i].row - first) = places[i].edited;
  kobra_table_replace (self, first, n_rows, (const KobraRow *) rows->data, n_rows);
}

struct _KobraBulk
{
  KobraTable  *table;
  GArray      *places; /* Place */
  gboolean     is_sorted; /* they are in order */
  GArray      *inserted;  /* KobraRow, without IDs */
  guint        insert_at; /* G_MAXUINT: the end */
  const char **now;    /* room for a row's texts */
  guint        n_now;
  gulong       handler;
  gboolean     is_stale; /* the table changed under it */
};

static void
rows_changed_cb (KobraBulk *self)
{
  self->is_stale = TRUE;
}

KobraBulk *
kobra_bulk_new (KobraTable *table)
{
  KobraBulk *self = g_new0 (KobraBulk, 1);

  self->table = g_object_ref (table);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->is_sorted = TRUE;
  self->inserted = g_array_new (FALSE, FALSE, sizeof (KobraRow));
  self->insert_at = G_MAXUINT;
  self->n_now = table->headers->len;
  self->now = g_new (const char *, MAX (self->n_now, 1));
  self->handler = g_signal_connect_swapped (table, "rows-changed", G_CALLBACK (rows_changed_cb), self);
  return self;
}

void
kobra_bulk_free (KobraBulk *self)
{
  g_signal_handler_disconnect (self->table, self->handler);
  g_object_unref (self->table);
  g_array_unref (self->places);
  g_array_unref (self->inserted);
  g_free (self->now);
  g_free (self);
}

gboolean
kobra_bulk_add (KobraBulk        *self,
                 guint              row,
                 const guint       *columns,
                 const char *const *texts,
                 guint              n)
{
  const KobraRow *now = kobra_table_peek_row (self->table, row);
  gboolean        differs = FALSE;
  Place           place = { .row = row };

  g_return_val_if_fail (now != NULL, FALSE);

  kobra_row_get_texts (now, self->now, self->n_now);
  for (guint i = 0; i < n; i++)
    {
      g_return_val_if_fail (columns[i] < self->n_now, FALSE);
      if (!g_utf8_validate (texts[i], -1, NULL))
        return FALSE;
      differs |= strcmp (self->now[columns[i]], texts[i]) != 0;
    }
  if (!differs)
    return TRUE;
  place.edited = kobra_rows_replace (self->table->arena, now, columns, texts, n);
  if (place.edited.cells == NULL)
    return FALSE;
  if (self->places->len > 0)
    self->is_sorted &= g_array_index (self->places, Place, self->places->len - 1).row < row;
  g_array_append_val (self->places, place);
  return TRUE;
}

gboolean
kobra_bulk_insert (KobraBulk         *self,
                   const char *const *texts,
                   guint              n)
{
  KobraRow row = { .cells = NULL };

  for (guint i = 0; i < n; i++)
    if (!g_utf8_validate (texts[i], -1, NULL))
      return FALSE;
  row.cells = kobra_rows_pack (self->table->arena, texts, n);
  if (row.cells == NULL)
    return FALSE;
  g_array_append_val (self->inserted, row);
  return TRUE;
}

void
kobra_bulk_insert_at (KobraBulk *self,
                      guint      row)
{
  g_return_if_fail (row <= self->table->rows->len);

  self->insert_at = row;
}

static gboolean
is_room_for (KobraTable *table,
             guint       n)
{
  return n <= KOBRA_MAX_ROWS - table->rows->len && n <= KOBRA_MAX_IDS - table->next_id;
}

static void
insert_rows (KobraBulk *self)
{
  KobraTable *table = self->table;

  for (guint i = 0; i < self->inserted->len; i++)
    g_array_index (self->inserted, KobraRow, i).id = table->next_id++;
  if (self->inserted->len > 0)
    kobra_table_replace (table, MIN (self->insert_at, table->rows->len), 0, (const KobraRow *) self->inserted->data, self->inserted->len);
}

gboolean
kobra_bulk_apply (KobraBulk *self)
{
  Place *places = (Place *) self->places->data;
  guint  n = self->places->len, gap;

  if (self->is_stale || !is_room_for (self->table, self->inserted->len))
    return FALSE;
  if (!self->is_sorted)
    qsort (places, n, sizeof *places, compare_places);
  gap = choose_gap (places, n, MAX_GAP);
  /* TRANSLATORS: what undo takes back, in "Undo edit" */
  kobra_table_begin_step (self->table, _ ("Edit"));
  for (guint start = 0, end; start < n; start = end)
    {
      end = find_end (places, n, start, gap);
      replace_run (self->table, places + start, end - start);
    }
  insert_rows (self);
  kobra_table_end_step (self->table);
  return TRUE;
}

/* One splice that leaves out @places. */
static void
delete_run (KobraTable  *self,
            const Place *places,
            guint        n)
{
  guint              first = places[0].row;
  guint              n_rows = places[n - 1].row - first + 1;
  g_autoptr (GArray) kept = g_array_sized_new (FALSE, FALSE, sizeof (KobraRow), n_rows - n);

  for (guint row = first, i = 0; row < first + n_rows; row++)
    {
      if (row == places[i].row)
        i++;
      else
        g_array_append_vals (kept, &g_array_index (self->rows, KobraRow, row), 1);
    }
  kobra_table_replace (self, first, n_rows, (const KobraRow *) kept->data, kept->len);
}

void
kobra_table_delete_block (KobraTable  *self,
                          const guint *rows,
                          guint        n_rows)
{
  g_autofree Place *places = g_new0 (Place, MAX (n_rows, 1));
  guint             gap;

  g_return_if_fail (KOBRA_IS_TABLE (self));

  for (guint i = 0; i < n_rows; i++)
    {
      g_return_if_fail (rows[i] < self->rows->len);
      places[i].row = rows[i];
    }
  qsort (places, n_rows, sizeof *places, compare_places);
  gap = choose_gap (places, n_rows, 0);
  /* TRANSLATORS: what undo takes back, in "Undo delete rows" */
  kobra_table_begin_step (self, _ ("Delete Rows"));
  /* From the last on, so that the places of the others hold. */
  for (guint end = n_rows, start; end > 0; end = start)
    {
      for (start = end - 1; start > 0 && places[start].row - places[start - 1].row - 1 <= gap; start--)
        continue;
      delete_run (self, places + start, end - start);
    }
  kobra_table_end_step (self);
}
