/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of rows that are no neighbours, as a filtered or sorted sheet makes them. Runs of rows become splices; where these would be too many,
 * one splice takes in what lies between, for rows are cheap to copy and signals are not. */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-rows-private.h"
#include "kobra-table-private.h"

#include "kobra-banned.h"

/* Edited rows with no more than so many untouched ones between them are one splice, and so are all if the splices are more. */
#define MAX_GAP 32u
#define MAX_SPLICES 256u

/* More ranges than these are not sorted: they are one splice. */
#define MAX_SORTED 16384u

/* Rows of the table that are edited, and few others between them. */
typedef struct
{
  guint first;
  guint last;
} Range;

struct _KobraBulk
{
  KobraTable   *table;
  KobraRowList *after;     /* its rows once they are edited */
  GArray       *ranges;    /* Range: of the edited rows; where they are in no order ranges may meet */
  gboolean      is_one;    /* they were too many and are one */
  KobraRowList *inserted;
  guint         insert_at; /* G_MAXUINT: the end */
  const char  **now;       /* room for a row's texts */
  guint         n_now;
  gulong        handler;
  gboolean      is_stale;  /* the table changed under it */
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
  self->after = kobra_row_list_copy (table->rows);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  self->inserted = kobra_row_list_new ();
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
  kobra_row_list_free (self->after);
  g_array_unref (self->ranges);
  kobra_row_list_free (self->inserted);
  g_free (self->now);
  g_free (self);
}

static Range *
get_range (KobraBulk *self,
           guint      i)
{
  return &g_array_index (self->ranges, Range, i);
}

static void
make_one (KobraBulk *self)
{
  Range one = *get_range (self, 0);

  for (guint i = 1; i < self->ranges->len; i++)
    {
      one.first = MIN (one.first, get_range (self, i)->first);
      one.last = MAX (one.last, get_range (self, i)->last);
    }
  g_array_set_size (self->ranges, 0);
  g_array_append_val (self->ranges, one);
  self->is_one = TRUE;
}

static void
note_row (KobraBulk *self,
          guint      row)
{
  Range *last = self->ranges->len > 0 ? get_range (self, self->ranges->len - 1) : NULL;

  if (last != NULL && (self->is_one || (row + MAX_GAP + 1 >= last->first && row <= last->last + MAX_GAP + 1)))
    {
      last->first = MIN (last->first, row);
      last->last = MAX (last->last, row);
    }
  else
    {
      const Range fresh = { row, row };

      g_array_append_val (self->ranges, fresh);
    }
  if (self->ranges->len > MAX_SORTED)
    make_one (self);
}

gboolean
kobra_bulk_add (KobraBulk         *self,
                guint              row,
                const guint       *columns,
                const char *const *texts,
                guint              n)
{
  const KobraRow *now;
  gboolean        differs = FALSE;
  KobraRow        edited;

  if (self->is_stale)
    return TRUE;
  now = kobra_table_peek_row (self->table, row);
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
  edited = kobra_rows_replace (self->table->arena, now, columns, texts, n);
  if (edited.cells == NULL)
    return FALSE;
  kobra_row_list_set (self->after, row, &edited);
  note_row (self, row);
  return TRUE;
}

gboolean
kobra_bulk_insert (KobraBulk         *self,
                   const char *const *texts,
                   guint              n)
{
  guint    n_before = kobra_row_list_get_length (self->inserted);
  KobraRow row = { .cells = NULL };

  for (guint i = 0; i < n; i++)
    if (!g_utf8_validate (texts[i], -1, NULL))
      return FALSE;
  if (self->is_stale || n_before > KOBRA_MAX_ROWS)
    return TRUE;
  row.cells = kobra_rows_pack (self->table->arena, texts, n);
  if (row.cells == NULL)
    return FALSE;
  row.id = self->table->next_id + n_before;
  kobra_row_list_append (self->inserted, &row, 1);
  return TRUE;
}

void
kobra_bulk_insert_at (KobraBulk *self,
                      guint      row)
{
  g_return_if_fail (row <= kobra_table_get_n_rows (self->table));

  self->insert_at = row;
}

static gboolean
is_room_for (KobraTable *table,
             guint       n)
{
  return n <= KOBRA_MAX_ROWS - kobra_table_get_n_rows (table) && n <= KOBRA_MAX_IDS - table->next_id;
}

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  const Range *x = a, *y = b;

  return (x->first > y->first) - (x->first < y->first);
}

/* In order, near ones together, and not too many. */
static void
tidy_ranges (KobraBulk *self)
{
  guint n = 0;

  g_array_sort (self->ranges, compare_ranges);
  for (guint i = 0; i < self->ranges->len; i++)
    {
      const Range range = *get_range (self, i);
      Range      *last = n > 0 ? get_range (self, n - 1) : NULL;

      if (last != NULL && range.first <= last->last + MAX_GAP + 1)
        last->last = MAX (last->last, range.last);
      else
        *get_range (self, n++) = range;
    }
  g_array_set_size (self->ranges, n);
  if (n > MAX_SPLICES)
    make_one (self);
}

gboolean
kobra_bulk_apply (KobraBulk *self)
{
  KobraTable *table = self->table;
  guint       n_inserted = kobra_row_list_get_length (self->inserted);

  if (self->is_stale || !is_room_for (table, n_inserted))
    return FALSE;
  tidy_ranges (self);
  /* TRANSLATORS: what undo takes back, in "Undo edit" */
  kobra_table_begin_step (table, _ ("Edit"));
  for (guint i = 0; i < self->ranges->len; i++)
    {
      const Range *range = get_range (self, i);
      guint        n = range->last - range->first + 1;

      kobra_table_replace (table, range->first, n, kobra_row_list_copy_part (self->after, range->first, n));
    }
  if (n_inserted > 0)
    kobra_table_replace (table, MIN (self->insert_at, kobra_table_get_n_rows (table)), 0, kobra_row_list_copy (self->inserted));
  table->next_id += n_inserted;
  kobra_table_end_step (table);
  return TRUE;
}
