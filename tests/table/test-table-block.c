/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of rows that are no neighbours: one step, few signals, and back to what was. */
#include <string.h>

#include "kobra-table.h"

static const char *const headers[] = { "id", "name", "city", NULL };

static KobraTable *
make_table (guint n_rows)
{
  KobraRows *rows = kobra_rows_new ();

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_strdup_printf ("A-%u", i);
      const char      *cells[] = { id, "Íñigo", "León" };

      g_assert_true (kobra_rows_append (rows, i + 2, cells, G_N_ELEMENTS (cells)));
    }
  return kobra_table_new (headers, rows);
}

static char *
dump (KobraTable *table)
{
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < kobra_table_get_n_rows (table); row++)
    {
      g_string_append_printf (text, "%u", kobra_table_peek_row (table, row)->id);
      for (guint column = 0; column < kobra_table_get_n_columns (table); column++)
        g_string_append_printf (text, "|%s", kobra_table_get_text (table, row, column));
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
count_cb (KobraTable     *table,
          guint           position,
          guint           n_removed,
          guint           n_added,
          const KobraRowList *removed,
          guint          *n_signals)
{
  (*n_signals)++;
}

/* The cell in the i-th row and j-th column gets @texts[i * @stride + j]. */
static gboolean
set_block (KobraTable        *table,
           const guint       *rows,
           guint              n_rows,
           const guint       *columns,
           guint              n_columns,
           const char *const *texts,
           gsize              stride)
{
  g_autoptr (KobraBulk) bulk = kobra_bulk_new (table);

  for (guint i = 0; i < n_rows; i++)
    if (!kobra_bulk_add (bulk, rows[i], columns, texts + i * stride, n_columns))
      return FALSE;
  return kobra_bulk_apply (bulk);
}

static void
test_cells (void)
{
  g_autoptr (KobraTable) table = make_table (6);
  const guint            rows[] = { 4, 1 }, columns[] = { 2, 0 };
  const char *const      texts[] = { "x", "y", "z", "w" };
  g_autofree char       *before = dump (table), *after = NULL;

  g_assert_true (set_block (table, rows, 2, columns, 2, texts, 2));
  g_assert_cmpstr (kobra_table_get_text (table, 4, 2), ==, "x");
  g_assert_cmpstr (kobra_table_get_text (table, 4, 0), ==, "y");
  g_assert_cmpstr (kobra_table_get_text (table, 1, 2), ==, "z");
  g_assert_cmpstr (kobra_table_get_text (table, 1, 0), ==, "w");
  g_assert_cmpstr (kobra_table_get_text (table, 2, 0), ==, "A-2");
  kobra_table_undo (table);
  after = dump (table);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (kobra_table_can_undo (table));
}

static void
test_nothing_new (void)
{
  g_autoptr (KobraTable) table = make_table (3);
  const guint            rows[] = { 0, 2 }, column = 2;
  const char            *leon = "León", *bad = "\xff";

  g_assert_true (set_block (table, rows, 2, &column, 1, &leon, 0));
  g_assert_false (kobra_table_can_undo (table));
  g_assert_false (set_block (table, rows, 2, &column, 1, &bad, 0));
  g_assert_false (kobra_table_can_undo (table));
}

/* Every third row of many. */
static void
test_many (void)
{
  g_autoptr (KobraTable) table = make_table (30000);
  g_autofree guint      *rows = g_new (guint, 10000);
  const guint            column = 1;
  const char            *text = "";
  guint                  n_signals = 0;
  g_autofree char       *before = dump (table), *edited = NULL, *after = NULL;

  for (guint i = 0; i < 10000; i++)
    rows[i] = 29999 - 3 * i;
  g_signal_connect (table, "rows-changed", G_CALLBACK (count_cb), &n_signals);
  g_assert_true (set_block (table, rows, 10000, &column, 1, &text, 0));
  g_assert_cmpuint (n_signals, <=, 256);
  g_assert_cmpstr (kobra_table_get_text (table, 2, 1), ==, "");
  g_assert_cmpstr (kobra_table_get_text (table, 1, 1), ==, "Íñigo");
  edited = dump (table);

  n_signals = 0;
  kobra_table_delete_block (table, rows, 10000);
  g_assert_cmpuint (n_signals, <=, 256);
  g_assert_cmpuint (kobra_table_get_n_rows (table), ==, 20000);
  g_assert_cmpstr (kobra_table_get_text (table, 2, 0), ==, "A-3");
  kobra_table_undo (table);
  after = dump (table);
  g_assert_cmpstr (after, ==, edited);
  kobra_table_undo (table);
  g_free (after);
  after = dump (table);
  g_assert_cmpstr (after, ==, before);
}

static void
test_runs_deleted (void)
{
  g_autoptr (KobraTable) table = make_table (8);
  const guint            rows[] = { 7, 0, 3, 4 };
  g_autofree char       *before = dump (table), *after = NULL, *left = NULL;

  kobra_table_delete_block (table, rows, 4);
  left = dump (table);
  g_assert_cmpstr (left, ==, "1|A-1|Íñigo|León\n2|A-2|Íñigo|León\n5|A-5|Íñigo|León\n6|A-6|Íñigo|León\n");
  kobra_table_undo (table);
  after = dump (table);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (kobra_table_can_undo (table));
}

/* Whichever rows go, in whichever order they are named, the others stay as they were. */
static void
test_any_rows_deleted (void)
{
  static const guint lengths[] = { 1, 2, 63, 64, 65, 127, 128, 700 };

  for (guint32 seed = 0; seed < 60; seed++)
    {
      g_autoptr (GRand)      dice = g_rand_new_with_seed (seed);
      g_autoptr (KobraTable) table = make_table (4000);
      g_autoptr (GArray)     going = g_array_new (FALSE, FALSE, sizeof (guint)), staying = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autofree char       *before = dump (table), *after = NULL;
      gboolean               goes = g_rand_boolean (dice);

      for (guint row = 0; row < 4000; goes = !goes)
        for (guint left = lengths[(guint) g_rand_int_range (dice, 0, 1 + (gint32) (seed % G_N_ELEMENTS (lengths)))]; left > 0 && row < 4000; left--, row++)
          g_array_append_val (goes ? going : staying, row);
      for (guint i = 0; i < going->len; i++)
        {
          guint *a = &g_array_index (going, guint, i), *b = &g_array_index (going, guint, (guint) g_rand_int_range (dice, 0, (gint32) going->len)), c = *a;

          *a = *b;
          *b = c;
        }
      kobra_table_delete_block (table, (const guint *) going->data, going->len);
      g_assert_cmpuint (kobra_table_get_n_rows (table), ==, staying->len);
      for (guint i = 0; i < staying->len; i++)
        g_assert_cmpuint (kobra_table_peek_row (table, i)->id, ==, g_array_index (staying, guint, i));
      kobra_table_undo (table);
      after = dump (table);
      g_assert_cmpstr (after, ==, before);
    }
}

/* What was got ready for one table is not done to another. */
static void
test_stale (void)
{
  g_autoptr (KobraTable) table = make_table (3);
  g_autoptr (KobraBulk)  bulk = kobra_bulk_new (table);
  const guint            column = 1;
  const char *const      texts[] = { "x", "y" };

  g_assert_true (kobra_bulk_add (bulk, 0, &column, texts, 1));
  g_assert_true (kobra_bulk_insert (bulk, texts, 2));
  g_assert_true (kobra_table_set_text (table, 2, 0, "z"));
  g_assert_false (kobra_bulk_apply (bulk));
  g_assert_cmpuint (kobra_table_get_n_rows (table), ==, 3);
  g_assert_cmpstr (kobra_table_get_text (table, 0, 1), ==, "Íñigo");
}

static void
test_rows_are_inserted (void)
{
  g_autoptr (KobraTable) table = make_table (2);
  g_autoptr (KobraBulk)  bulk = kobra_bulk_new (table);
  const guint            column = 1;
  const char *const      texts[] = { "x", "y" };
  g_autofree char       *before = dump (table), *between = NULL, *after = NULL;

  g_assert_true (kobra_bulk_add (bulk, 1, &column, texts, 1));
  g_assert_true (kobra_bulk_insert (bulk, texts, 2));
  kobra_bulk_insert_at (bulk, 1);
  g_assert_true (kobra_bulk_apply (bulk));
  between = dump (table);
  g_assert_cmpstr (between, ==, "0|A-0|Íñigo|León\n2|x|y|\n1|A-1|x|León\n");
  kobra_table_undo (table);
  after = dump (table);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (kobra_table_can_undo (table));
}

/* Rows taken out and put in elsewhere are one step, but only if nothing came between. */
static void
test_steps_are_joined (void)
{
  g_autoptr (KobraTable) table = make_table (4);
  g_autofree char       *before = dump (table), *moved = NULL, *after = NULL;
  guint64                out;

  g_assert_cmpuint (kobra_table_get_undo_serial (table), ==, 0);
  g_assert_true (kobra_table_delete_rows (table, 0, 1));
  out = kobra_table_get_undo_serial (table);
  g_assert_true (kobra_table_insert_rows (table, 2, 1));
  moved = dump (table);
  g_assert_false (kobra_table_join_steps (table, out + 1, "Move"));
  g_assert_true (kobra_table_join_steps (table, out, "Move"));
  g_assert_cmpstr (kobra_table_get_undo_name (table), ==, "Move");
  kobra_table_undo (table);
  after = dump (table);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (kobra_table_can_undo (table));
  kobra_table_redo (table);
  g_free (after);
  after = dump (table);
  g_assert_cmpstr (after, ==, moved);
}

/* What is frozen while a change is told must be what the table is at that time. */
static void
freeze_cb (KobraTable     *table,
           guint           position,
           guint           n_removed,
           guint           n_added,
           const KobraRowList *removed,
           guint          *n_told)
{
  g_autoptr (KobraFrozen) whole = kobra_table_freeze (table);
  g_autoptr (KobraFrozen) part = kobra_table_freeze_rows (table, position, n_added);

  g_assert_cmpuint (whole->n_rows, ==, kobra_table_get_n_rows (table));
  for (guint i = 0; i < whole->n_rows; i++)
    g_assert_true (memcmp (kobra_frozen_peek (whole, i), kobra_table_peek_row (table, i), sizeof (KobraRow)) == 0);
  g_assert_cmpuint (part->n_rows, ==, n_added);
  for (guint i = 0; i < n_added; i++)
    g_assert_true (kobra_frozen_peek (part, i)->cells == kobra_frozen_peek (whole, position + i)->cells);
  (*n_told)++;
}

typedef struct
{
  const char *name;
  gboolean    backwards, is_at_end;
  guint       step; /* every so many rows is edited */
} LargeCase;

/* Many blocks of rows. */
static void
test_large (gconstpointer data)
{
  const LargeCase       *c = data;
  const guint            n = 60000, n_inserted = 9000, column = 1;
  g_autoptr (KobraTable) table = make_table (n);
  g_autoptr (KobraBulk)  bulk = kobra_bulk_new (table);
  const char *const      texts[] = { "x", "y" };
  g_autofree char       *before = dump (table), *edited = NULL, *after = NULL;
  guint                  n_told = 0, at = c->is_at_end ? n : n / 2;

  g_signal_connect (table, "rows-changed", G_CALLBACK (freeze_cb), &n_told);
  for (guint row = 0; row < n; row += c->step)
    g_assert_true (kobra_bulk_add (bulk, c->backwards ? n - 1 - row : row, &column, texts, 1));
  for (guint i = 0; i < n_inserted; i++)
    g_assert_true (kobra_bulk_insert (bulk, texts, 2));
  if (!c->is_at_end)
    kobra_bulk_insert_at (bulk, at);
  g_assert_true (kobra_bulk_apply (bulk));
  g_assert_cmpuint (n_told, ==, 2);
  g_assert_cmpuint (kobra_table_get_n_rows (table), ==, n + n_inserted);
  g_assert_cmpstr (kobra_table_get_text (table, at, 1), ==, "y");
  for (guint row = 0; row < n; row++)
    g_assert_cmpstr (kobra_table_get_text (table, row < at ? row : row + n_inserted, 1), ==,
                     (c->backwards ? n - 1 - row : row) % c->step == 0 ? "x" : "Íñigo");
  edited = dump (table);
  kobra_table_undo (table);
  after = dump (table);
  g_assert_cmpstr (after, ==, before);
  kobra_table_redo (table);
  g_free (after);
  after = dump (table);
  g_assert_cmpstr (after, ==, edited);
  g_assert_cmpuint (n_told, ==, 6);
}

int
main (int   argc,
      char *argv[])
{
  static const LargeCase large[] = {
    { "all-and-rows-at-the-end", .is_at_end = TRUE, .step = 1 },
    { "all-and-rows-between", .step = 1 },
    { "some-backwards", .backwards = TRUE, .step = 3 },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (large); i++)
    {
      g_autofree char *path = g_strconcat ("/table/block/large/", large[i].name, NULL);

      g_test_add_data_func (path, &large[i], test_large);
    }
  g_test_add_func ("/table/block/cells-anywhere-are-one-step", test_cells);
  g_test_add_func ("/table/block/nothing-new-is-no-step", test_nothing_new);
  g_test_add_func ("/table/block/many-rows-are-few-signals", test_many);
  g_test_add_func ("/table/block/runs-are-deleted-and-come-back", test_runs_deleted);
  g_test_add_func ("/table/block/any-rows-are-deleted-and-come-back", test_any_rows_deleted);
  g_test_add_func ("/table/block/stale-edits-are-not-done", test_stale);
  g_test_add_func ("/table/block/rows-are-inserted-with-their-cells", test_rows_are_inserted);
  g_test_add_func ("/table/block/steps-are-joined", test_steps_are_joined);
  return g_test_run ();
}
