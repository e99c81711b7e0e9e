/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What undo and redo change is told before they do, as the rows are afterwards. */
#include "kobra-change.h"

#include <stdlib.h>

static const char *const headers[] = { "id", "name", "city", NULL };

static void
edit_cell (KobraTable *table)
{
  g_assert_true (kobra_table_set_text (table, 3, 1, "Eva"));
}

static void
edit_two_columns (KobraTable *table)
{
  const guint       columns[] = { 1, 2 };
  const char *const texts[] = { "Eva", "Mérida" };

  g_assert_true (kobra_table_set_texts (table, 7, columns, texts, 2));
}

static void
edit_far_apart (KobraTable *table)
{
  kobra_table_begin_step (table, "Replacing");
  g_assert_true (kobra_table_set_text (table, 8, 2, "Mérida"));
  g_assert_true (kobra_table_set_text (table, 1, 0, "B-1"));
  g_assert_true (kobra_table_set_text (table, 2, 0, "B-2"));
  kobra_table_end_step (table);
}

static void
insert_two (KobraTable *table)
{
  g_assert_true (kobra_table_insert_rows (table, 4, 2));
}

static void
delete_apart (KobraTable *table)
{
  const guint rows[] = { 2, 6, 3 };

  kobra_table_delete_block (table, rows, G_N_ELEMENTS (rows));
}

static void
insert_above_edit (KobraTable *table)
{
  kobra_table_begin_step (table, "Both");
  g_assert_true (kobra_table_set_text (table, 5, 1, "Eva"));
  g_assert_true (kobra_table_insert_rows (table, 0, 1));
  kobra_table_end_step (table);
}

static void
move_down (KobraTable *table)
{
  static const char *const moved[] = { "A-0", "Íñigo", "León" };
  g_autoptr (KobraBulk)    bulk = NULL;

  g_assert_true (kobra_table_delete_rows (table, 0, 1));
  bulk = kobra_bulk_new (table);
  kobra_bulk_insert_at (bulk, 5);
  g_assert_true (kobra_bulk_insert (bulk, moved, G_N_ELEMENTS (moved)));
  g_assert_true (kobra_bulk_apply (bulk));
}

static void
append_and_edit (KobraTable *table)
{
  static const char *const fresh[] = { "A-10", "Zoe", "León" };
  static const char *const name = "Zoe";
  g_autoptr (KobraBulk)    bulk = kobra_bulk_new (table);

  g_assert_true (kobra_bulk_add (bulk, 9, (const guint[]) { 1 }, &name, 1));
  g_assert_true (kobra_bulk_insert (bulk, fresh, G_N_ELEMENTS (fresh)));
  g_assert_true (kobra_bulk_apply (bulk));
}

static void
add_column (KobraTable *table)
{
  kobra_table_begin_step (table, "Filling");
  g_assert_true (kobra_table_add_column (table, "note"));
  g_assert_true (kobra_table_set_text (table, 4, 3, "paid"));
  kobra_table_end_step (table);
}

/* The ranges, then the columns; or where rows were that are gone. */
static const struct
{
  const char *name;
  void      (*edit) (KobraTable *table);
  const char *undo;
  const char *redo;
} cases[] = {
  { "cell", edit_cell, "3+1 @1+1", "3+1 @1+1" },
  { "columns", edit_two_columns, "7+1 @1+2", "7+1 @1+2" },
  { "far-apart", edit_far_apart, "1+2 8+1 @0+3", "1+2 8+1 @0+3" },
  { "insert", insert_two, "gone 4", "4+2 @0+3" },
  { "delete", delete_apart, "2+2 6+1 @0+3", "gone 2" },
  { "edit-and-insert-above", insert_above_edit, "5+1 @1+1", "0+1 6+1 @0+3" },
  { "append", append_and_edit, "9+1 @1+1", "9+2 @0+3" },
  { "new-column", add_column, "4+1 @0+1", "4+1 @3+1" },
};

static char *
dump (KobraTable *table,
      gboolean    redo)
{
  g_auto (KobraChange) change = { 0 };
  GString             *text;

  if (!kobra_table_find_change (table, redo, &change))
    return g_strdup ("nothing");
  if (change.is_gone)
    return g_strdup_printf ("gone %u", change.gone_row);
  text = g_string_new (NULL);
  for (guint i = 0; i < change.ranges->len; i++)
    {
      const KobraRowRange *range = &g_array_index (change.ranges, KobraRowRange, i);

      g_string_append_printf (text, "%u+%u ", range->row, range->n_rows);
    }
  g_string_append_printf (text, "@%u+%u", change.column, change.n_columns);
  return g_string_free (text, FALSE);
}

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

static void
assert_change (KobraTable *table,
               gboolean    redo,
               const char *expected)
{
  g_autofree char *change = dump (table, redo);

  g_assert_cmpstr (change, ==, expected);
}

static void
test_change (gconstpointer data)
{
  const typeof (cases[0]) *test = data;
  g_autoptr (KobraTable)   table = make_table (10);

  assert_change (table, FALSE, "nothing");
  test->edit (table);
  assert_change (table, FALSE, test->undo);
  kobra_table_undo (table);
  assert_change (table, FALSE, "nothing");
  assert_change (table, TRUE, test->redo);
  kobra_table_redo (table);
  assert_change (table, FALSE, test->undo);
}

/* The rows are told of where they come from, and after redo where they went. */
static void
test_move (void)
{
  g_autoptr (KobraTable) table = make_table (10);
  guint64                cut;

  move_down (table);
  cut = kobra_table_get_undo_serial (table) - 1;
  g_assert_true (kobra_table_join_steps (table, cut, "Move"));
  assert_change (table, FALSE, "0+1 @0+3");
  kobra_table_undo (table);
  assert_change (table, TRUE, "5+1 @0+3");
}

/* Whatever is done to a large table, what is told stays small. */
static void
test_bounded (void)
{
  g_autoptr (KobraTable) table = make_table (20000);
  g_auto (KobraChange)   change = { 0 };

  kobra_table_begin_step (table, "Every second one");
  for (guint row = 0; row < 20000; row += 2)
    g_assert_true (kobra_table_set_text (table, row, 1, "Eva"));
  kobra_table_end_step (table);
  g_assert_true (kobra_table_find_change (table, FALSE, &change));
  g_assert_cmpuint (change.ranges->len, <, 10000);
  g_assert_cmpuint (g_array_index (change.ranges, KobraRowRange, 0).row, ==, 0);
  g_assert_cmpuint (change.column, ==, 1);
  g_assert_cmpuint (change.n_columns, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/table/change/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_change);
    }
  g_test_add_func ("/table/change/move", test_move);
  g_test_add_func ("/table/change/bounded", test_bounded);
  return g_test_run ();
}
