/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of rows that are no neighbours, as a filtered or sorted sheet makes them. Runs of rows become splices; where these would be too many,
 * one splice takes in what lies between, for rows are cheap to copy and signals are not. */

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>

#include "kobra-pages.h"
#include "kobra-rows-private.h"
#include "kobra-table-private.h"

#include "kobra-banned.h"

/* Edited rows with no more than so many untouched ones between them are one splice, and so are all if the splices are more. */
#define MAX_GAP 32u
#define MAX_SPLICES 256u

/* More edited rows than these in no order are not sorted: they are one splice. */
#define MAX_SORTED 16384u

/* So many rows are copied between two looks at the clock. */
#define BLOCK 4096u

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

/* One splice: rows as they are and as they will be. What is large in memory is touched here and not when it is applied, for the first touch of
 * memory costs more than all else. */
typedef struct
{
  guint   first;
  guint   n_rows;
  guint   end;     /* of its places */
  GArray *removed; /* KobraRow */
  GArray *added;
} Run;

static void
run_clear (gpointer data)
{
  Run *self = data;

  g_clear_pointer (&self->removed, g_array_unref);
  g_clear_pointer (&self->added, g_array_unref);
}

struct _KobraBulk
{
  KobraTable  *table;
  GArray      *places; /* Place */
  gboolean     is_sorted; /* they are in order */
  GArray      *inserted;  /* KobraRow, without IDs */
  guint        insert_at; /* G_MAXUINT: the end */
  GArray      *runs;      /* Run, or NULL: not parted into them yet */
  guint        n_copied;  /* runs whose rows are copied, all of them */
  guint        n_placed;  /* places whose rows are put over the copies */
  KobraRow    *after;     /* all rows as they will be, or NULL; for whoever wants them frozen when it is told */
  guint        n_after;   /* of them that are there */
  guint        n_placed_after;
  GArray      *roomy;     /* KobraRow: the table's, with room for those inserted, or NULL */
  const char **now;    /* room for a row's texts */
  guint        n_now;
  gulong       handler;
  gboolean     is_stale; /* the table changed under it */
};

static GArray *
make_array (guint element_size,
            guint n)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, element_size, n);

  kobra_pages_advise (array->data, (gsize) n * element_size);
  return array;
}

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
  self->places = make_array (sizeof (Place), 0);
  self->is_sorted = TRUE;
  self->inserted = make_array (sizeof (KobraRow), 0);
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
  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_pointer (&self->roomy, g_array_unref);
  g_clear_pointer (&self->after, g_free);
  g_free (self->now);
  g_free (self);
}

void
kobra_bulk_expect (KobraBulk *self,
                   guint      n_edited,
                   guint      n_inserted)
{
  g_return_if_fail (self->places->len == 0 && self->inserted->len == 0);

  g_array_unref (self->places);
  g_array_unref (self->inserted);
  self->places = make_array (sizeof (Place), n_edited);
  self->inserted = make_array (sizeof (KobraRow), n_inserted);
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
add_run (KobraBulk *self,
         guint      first,
         guint      last,
         guint      end)
{
  Run run = { .first = first, .n_rows = last - first + 1, .end = end };

  run.removed = make_array (sizeof (KobraRow), run.n_rows);
  run.added = make_array (sizeof (KobraRow), run.n_rows);
  g_array_append_val (self->runs, run);
}

static void
make_runs (KobraBulk *self)
{
  Place *places = (Place *) self->places->data;
  guint  n = self->places->len, gap, first = G_MAXUINT, last = 0;

  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_array_set_clear_func (self->runs, run_clear);
  if (!self->is_sorted && n > MAX_SORTED)
    {
      for (guint i = 0; i < n; i++)
        {
          first = MIN (first, places[i].row);
          last = MAX (last, places[i].row);
        }
      add_run (self, first, last, n);
      return;
    }
  if (!self->is_sorted)
    qsort (places, n, sizeof *places, compare_places);
  gap = choose_gap (places, n, MAX_GAP);
  for (guint start = 0, end; start < n; start = end)
    {
      end = find_end (places, n, start, gap);
      add_run (self, places[start].row, places[end - 1].row, end);
    }
}

/* Copies some of the run's rows, or puts some of its places over them; TRUE if that was the last of it. */
static gboolean
prepare_run (KobraBulk *self,
             Run       *run)
{
  guint at = run->removed->len, n = MIN (BLOCK, run->n_rows - at);

  if (n > 0)
    {
      const KobraRow *rows = &g_array_index (self->table->rows, KobraRow, run->first + at);

      g_array_append_vals (run->removed, rows, n);
      g_array_append_vals (run->added, rows, n);
      return FALSE;
    }
  for (n = MIN (BLOCK, run->end - self->n_placed); n > 0; n--)
    {
      const Place *place = &g_array_index (self->places, Place, self->n_placed++);

      g_array_index (run->added, KobraRow, place->row - run->first) = place->edited;
    }
  return self->n_placed == run->end;
}

/* The table's rows once more, some at a time, with room behind them that was touched already. */
static gboolean
make_room (KobraBulk *self)
{
  GArray *rows = self->table->rows, *inserted = self->inserted;
  guint   at, n;

  if (inserted->len <= BLOCK)
    return TRUE;
  if (self->roomy == NULL)
    self->roomy = make_array (sizeof (KobraRow), rows->len + inserted->len);
  at = self->roomy->len;
  if (at < rows->len)
    {
      n = MIN (BLOCK, rows->len - at);
      g_array_append_vals (self->roomy, &g_array_index (rows, KobraRow, at), n);
    }
  else
    {
      n = MIN (BLOCK, rows->len + inserted->len - at);
      g_array_append_vals (self->roomy, &g_array_index (inserted, KobraRow, at - rows->len), n);
    }
  return self->roomy->len == rows->len + inserted->len;
}

/* Some more of what all rows will be; TRUE if that was the last of it. */
static gboolean
look_ahead (KobraBulk *self)
{
  GArray *rows = self->table->rows, *inserted = self->inserted;
  guint   at = self->n_after, position = MIN (self->insert_at, rows->len), n;

  if (self->places->len + inserted->len <= BLOCK)
    return TRUE;
  if (self->after == NULL)
    {
      self->after = g_new (KobraRow, rows->len + inserted->len);
      kobra_pages_advise (self->after, (rows->len + inserted->len) * sizeof *self->after);
    }
  if (at < position || at >= position + inserted->len)
    {
      guint from = at < position ? at : at - inserted->len;

      n = MIN (BLOCK, (at < position ? position : rows->len) - from);
      if (n > 0)
        memcpy (self->after + at, &g_array_index (rows, KobraRow, from), n * sizeof *self->after);
    }
  else
    {
      n = MIN (BLOCK, position + inserted->len - at);
      memcpy (self->after + at, &g_array_index (inserted, KobraRow, at - position), n * sizeof *self->after);
      for (guint i = at; i < at + n; i++)
        self->after[i].id = self->table->next_id + i - position;
    }
  self->n_after += n;
  if (n > 0)
    return FALSE;
  for (n = MIN (BLOCK, self->places->len - self->n_placed_after); n > 0; n--)
    {
      const Place *place = &g_array_index (self->places, Place, self->n_placed_after++);

      self->after[place->row + (place->row >= position ? inserted->len : 0)] = place->edited;
    }
  return self->n_placed_after == self->places->len;
}

gboolean
kobra_bulk_prepare (KobraBulk *self,
                    gint64     deadline)
{
  if (self->is_stale)
    return TRUE;
  if (self->runs == NULL)
    make_runs (self);
  while (self->n_copied < self->runs->len)
    {
      if (prepare_run (self, &g_array_index (self->runs, Run, self->n_copied)))
        self->n_copied++;
      if (deadline > 0 && g_get_monotonic_time () > deadline)
        return FALSE;
    }
  while (!make_room (self) || !look_ahead (self))
    if (deadline > 0 && g_get_monotonic_time () > deadline)
      return FALSE;
  return TRUE;
}

static void
insert_rows (KobraBulk *self)
{
  KobraTable        *table = self->table;
  g_autoptr (GArray) inserted = g_steal_pointer (&self->inserted);

  self->inserted = make_array (sizeof (KobraRow), 0);
  if (inserted->len == 0)
    return;
  for (guint i = 0; i < inserted->len; i++)
    g_array_index (inserted, KobraRow, i).id = table->next_id++;
  kobra_table_replace_taking (table, MIN (self->insert_at, table->rows->len), make_array (sizeof (KobraRow), 0), g_steal_pointer (&inserted));
}

gboolean
kobra_bulk_apply (KobraBulk *self)
{
  KobraTable *table = self->table;

  if (self->is_stale || !is_room_for (table, self->inserted->len))
    return FALSE;
  kobra_bulk_prepare (self, 0);
  if (self->roomy != NULL)
    {
      g_array_set_size (self->roomy, table->rows->len);
      g_array_unref (table->rows);
      table->rows = g_steal_pointer (&self->roomy);
    }
  /* TRANSLATORS: what undo takes back, in "Undo edit" */
  kobra_table_begin_step (table, _ ("Edit"));
  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = &g_array_index (self->runs, Run, i);

      kobra_table_replace_taking (table, run->first, g_steal_pointer (&run->removed), g_steal_pointer (&run->added));
    }
  insert_rows (self);
  if (self->after != NULL)
    table->frozen = kobra_frozen_new_taking (table->arena, g_steal_pointer (&self->after), table->rows->len, table->headers->len);
  kobra_table_end_step (table);
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
