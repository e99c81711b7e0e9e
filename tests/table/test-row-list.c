/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of rows that share blocks: each says what it was told, and none what another was told. */
#include "kobra-row-list.h"

#include <string.h>

#include "kobra-table.h"

/* More than some blocks. */
#define N_MANY 50000u

static KobraRow
make_row (guint32 id)
{
  return (KobraRow) { .cells = "\0", .id = id, .line = id + 2 };
}

static KobraRowList *
make_list (guint32 first,
           guint   n)
{
  KobraRowList *list = kobra_row_list_new ();

  for (guint i = 0; i < n; i++)
    {
      const KobraRow row = make_row (first + i);

      kobra_row_list_append (list, &row, 1);
    }
  return list;
}

/* That @list is what @rows say, whichever way one reads it. */
static void
assert_rows (const KobraRowList *list,
             GArray             *rows)
{
  g_autofree KobraRow *read = g_new0 (KobraRow, rows->len + 1);
  KobraRowCursor       cursor = { .list = list };
  guint                n_run;

  g_assert_cmpuint (kobra_row_list_get_length (list), ==, rows->len);
  kobra_row_list_get (list, 0, rows->len, read);
  g_assert_cmpmem (read, rows->len * sizeof (KobraRow), rows->data, rows->len * sizeof (KobraRow));
  for (guint i = 0; i < rows->len; i += 1 + rows->len / 64)
    {
      g_assert_cmpuint (kobra_row_list_peek (list, i)->id, ==, read[i].id);
      g_assert_cmpuint (kobra_row_cursor_peek (&cursor, i)->id, ==, read[i].id);
    }
  for (guint i = 0; i < rows->len; i += n_run)
    {
      const KobraRow *run = kobra_row_list_peek_run (list, i, &n_run);

      g_assert_cmpuint (n_run, >, 0);
      g_assert_true (memcmp (run, read + i, n_run * sizeof *run) == 0);
    }
}

/* A list and what it should be. */
typedef struct
{
  KobraRowList *list;
  GArray       *rows;
} Pair;

static void
pair_clear (gpointer data)
{
  Pair *pair = data;

  kobra_row_list_free (pair->list);
  g_array_unref (pair->rows);
}

static void
splice_pair (Pair               *pair,
             guint               position,
             guint               n_removed,
             const KobraRowList *added,
             GArray             *rows)
{
  kobra_row_list_splice (pair->list, position, n_removed, added);
  if (n_removed > 0)
    g_array_remove_range (pair->rows, position, n_removed);
  if (rows->len > 0)
    g_array_insert_vals (pair->rows, position, rows->data, rows->len);
}

/* One change of the last pair, and now and then a copy of it that all later changes leave alone. */
static void
change_one (GRand   *dice,
            GArray  *pairs,
            guint32 *next_id)
{
  Pair   pair = g_array_index (pairs, Pair, pairs->len - 1);
  guint  n = pair.rows->len, position = (guint) g_rand_int_range (dice, 0, (gint32) n + 1);
  guint  n_some = (guint) g_rand_int_range (dice, 0, g_rand_boolean (dice) ? 4 : 9000);
  guint  n_wanted = g_rand_boolean (dice) ? 0 : n_some, n_removed = MIN (n - position, n_wanted);
  g_autoptr (KobraRowList) part = NULL;
  g_autoptr (GArray)       rows = g_array_new (FALSE, FALSE, sizeof (KobraRow));

  switch (g_rand_int_range (dice, 0, 6))
    {
    case 0: /* some of its own, put elsewhere */
      part = kobra_row_list_copy_part (pair.list, position, MIN (n - position, n_some));
      g_array_append_vals (rows, &g_array_index (pair.rows, KobraRow, position), MIN (n - position, n_some));
      splice_pair (&pair, n - position, 0, part, rows);
      break;
    case 1:
      part = make_list (*next_id, n_some);
      for (guint i = 0; i < n_some; i++)
        {
          const KobraRow row = make_row ((*next_id)++);

          g_array_append_val (rows, row);
        }
      splice_pair (&pair, position, n_removed, part, rows);
      break;
    case 2:
      splice_pair (&pair, position, MIN (n - position, n_some), NULL, rows);
      break;
    case 3:
      {
        const Pair copy = { kobra_row_list_copy (pair.list), g_array_copy (pair.rows) };

        g_array_append_val (pairs, copy);
        break;
      }
    default:
      for (guint i = 0; i < n_some && position + i < n; i++)
        {
          const KobraRow row = make_row ((*next_id)++);

          kobra_row_list_set (pair.list, position + i, &row);
          g_array_index (pair.rows, KobraRow, position + i) = row;
        }
    }
}

static void
test_any_series (void)
{
  for (guint32 seed = 0; seed < 30; seed++)
    {
      g_autoptr (GRand)  dice = g_rand_new_with_seed (seed);
      g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
      guint32            next_id = 0;
      const Pair         first = { kobra_row_list_new (), g_array_new (FALSE, FALSE, sizeof (KobraRow)) };

      g_array_set_clear_func (pairs, pair_clear);
      g_array_append_val (pairs, first);
      for (guint i = 0; i < 80; i++)
        change_one (dice, pairs, &next_id);
      for (guint i = 0; i < pairs->len; i++)
        assert_rows (g_array_index (pairs, Pair, i).list, g_array_index (pairs, Pair, i).rows);
    }
}

/* A copy of very many rows costs what some pointers do: the blocks are the same. */
static void
test_copies_share (void)
{
  g_autoptr (KobraRowList) list = make_list (0, N_MANY);
  g_autoptr (KobraRowList) copy = kobra_row_list_copy (list), part = kobra_row_list_copy_part (list, 1000, 40000);
  const KobraRow           other = make_row (7);

  g_assert_cmpuint (kobra_row_list_get_n_blocks (list), <=, 1 + N_MANY / 4096);
  for (guint i = 0; i < N_MANY; i += 500)
    g_assert_true (kobra_row_list_peek (list, i) == kobra_row_list_peek (copy, i));
  for (guint i = 0; i < 40000; i += 500)
    g_assert_true (kobra_row_list_peek (list, 1000 + i) == kobra_row_list_peek (part, i));
  g_assert_true (kobra_row_list_is_same (list, copy, 0, N_MANY));

  kobra_row_list_set (list, 20000, &other);
  g_assert_cmpuint (kobra_row_list_peek (copy, 20000)->id, ==, 20000);
  g_assert_cmpuint (kobra_row_list_peek (part, 19000)->id, ==, 20000);
  g_assert_false (kobra_row_list_is_same (list, copy, 0, N_MANY));
  g_assert_true (kobra_row_list_is_same (list, copy, 0, 20000));
  g_assert_true (kobra_row_list_is_same (list, copy, 20001, N_MANY - 20001));
  g_assert_false (kobra_row_list_is_same (list, copy, 0, N_MANY + 1));
  g_assert_true (kobra_row_list_peek (list, 0) == kobra_row_list_peek (copy, 0));
}

/* Rows that come or go one by one leave no crumbs. */
static void
test_blocks_stay_few (void)
{
  g_autoptr (GRand)        dice = g_rand_new_with_seed (1);
  g_autoptr (KobraRowList) list = make_list (0, N_MANY), one = make_list (N_MANY, 1);

  for (guint i = 0; i < 4000; i++)
    kobra_row_list_splice (list, (guint) g_rand_int_range (dice, 0, (gint32) N_MANY), 0, one);
  for (guint i = 0; i < 4000; i++)
    kobra_row_list_splice (list, (guint) g_rand_int_range (dice, 0, (gint32) N_MANY), 1, NULL);
  g_assert_cmpuint (kobra_row_list_get_length (list), ==, N_MANY);
  g_assert_cmpuint (kobra_row_list_get_n_blocks (list), <=, 2 * (1 + N_MANY / 4096));
}

/* An edit of one row must not make undo keep a block for it. */
static void
test_few_rows_are_copied (void)
{
  g_autoptr (KobraRowList) list = make_list (0, N_MANY), part = kobra_row_list_copy_part (list, 5, 1);

  g_assert_true (kobra_row_list_peek (list, 5) != kobra_row_list_peek (part, 0));
  g_assert_cmpuint (kobra_row_list_peek (part, 0)->id, ==, 5);
}

static KobraTable *
make_table (void)
{
  static const char *const headers[] = { "id", "name", NULL };
  KobraRows               *rows = kobra_rows_new ();

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("A-%u", i);
      const char      *cells[] = { id, "Íñigo" };

      g_assert_true (kobra_rows_append (rows, i + 2, cells, G_N_ELEMENTS (cells)));
    }
  return kobra_table_new (headers, rows);
}

typedef struct
{
  KobraFrozen *frozen;
  guint        edits; /* what the column says in every row */
} Reading;

static gpointer
read_in_thread (gpointer data)
{
  Reading         *reading = data;
  g_autofree char *name = reading->edits > 0 ? g_strdup_printf ("%u", reading->edits) : g_strdup ("Íñigo");

  for (guint i = 0; i < reading->frozen->n_rows; i++)
    {
      const KobraRow *row = kobra_frozen_peek (reading->frozen, i);

      g_assert_cmpuint (row->line, ==, row->id + 2);
      g_assert_cmpstr (kobra_row_get_text (row, 1), ==, name);
    }
  kobra_frozen_unref (reading->frozen);
  g_free (reading);
  return NULL;
}

/* Others read what was frozen, and let go of it, while the table is edited: each sees all of one edit and nothing of the next. */
static void
test_read_while_edited (void)
{
  enum { N_EDITS = 12 };
  g_autoptr (KobraTable) table = make_table ();
  GThread               *threads[N_EDITS];

  for (guint edit = 0; edit < N_EDITS; edit++)
    {
      Reading              *reading = g_new (Reading, 1);
      g_autoptr (KobraBulk) bulk = NULL;
      g_autofree char      *text = g_strdup_printf ("%u", edit + 1);
      const char           *name = text;
      const guint           column = 1;

      *reading = (Reading) { kobra_table_freeze (table), edit };
      threads[edit] = g_thread_new ("reader", read_in_thread, reading);
      /* Some rows in place, the others at once. */
      kobra_table_begin_step (table, "Edit");
      for (guint row = 0; row < 3000; row++)
        g_assert_true (kobra_table_set_text (table, row * 7, column, name));
      kobra_table_end_step (table);
      bulk = kobra_bulk_new (table);
      for (guint row = 0; row < N_MANY; row++)
        g_assert_true (kobra_bulk_add (bulk, row, &column, &name, 1));
      g_assert_true (kobra_bulk_apply (bulk));
    }
  for (guint edit = 0; edit < N_EDITS; edit++)
    g_thread_join (threads[edit]);
}

/* What is frozen is the table's own rows, and so is what an edit puts in; only what differs is new. */
static void
test_frozen_shares (void)
{
  g_autoptr (KobraTable)  table = make_table ();
  g_autoptr (KobraFrozen) frozen = kobra_table_freeze (table), part = kobra_table_freeze_rows (table, 4096, 8192);

  for (guint i = 0; i < N_MANY; i += 500)
    g_assert_true (kobra_frozen_peek (frozen, i) == kobra_table_peek_row (table, i));
  for (guint i = 0; i < 8192; i += 500)
    g_assert_true (kobra_frozen_peek (part, i) == kobra_table_peek_row (table, 4096 + i));
  g_assert_true (kobra_table_set_text (table, 10, 1, "x"));
  g_assert_cmpstr (kobra_row_get_text (kobra_frozen_peek (frozen, 10), 1), ==, "Íñigo");
  g_assert_true (kobra_frozen_peek (frozen, 5000) == kobra_table_peek_row (table, 5000));
  g_assert_false (kobra_table_is_as_frozen (table, frozen, 0, N_MANY));
  kobra_table_undo (table);
  g_assert_true (kobra_table_is_as_frozen (table, frozen, 0, N_MANY));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/row-list/any-series-gives-what-was-told", test_any_series);
  g_test_add_func ("/table/row-list/copies-share-until-one-changes", test_copies_share);
  g_test_add_func ("/table/row-list/blocks-stay-few", test_blocks_stay_few);
  g_test_add_func ("/table/row-list/few-rows-are-copied", test_few_rows_are_copied);
  g_test_add_func ("/table/row-list/frozen-rows-are-the-table's", test_frozen_shares);
  g_test_add_func ("/table/row-list/read-by-others-while-edited", test_read_while_edited);
  return g_test_run ();
}
