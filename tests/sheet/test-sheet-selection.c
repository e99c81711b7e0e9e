/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-seek.h"
#include "kobra-sheet-selection.h"
#include "kobra-test.h"

#define N_ROWS 10
#define N_COLUMNS 5

static const struct
{
  const char    *name;
  KobraSheetMove move;
  guint          row, column;
  guint          to_row, to_column;
} moves[] = {
  { "up", KOBRA_SHEET_MOVE_UP, 3, 2, 2, 2 },
  { "up-at-the-top", KOBRA_SHEET_MOVE_UP, 0, 2, 0, 2 },
  { "down", KOBRA_SHEET_MOVE_DOWN, 3, 2, 4, 2 },
  { "down-at-the-end", KOBRA_SHEET_MOVE_DOWN, 9, 2, 9, 2 },
  { "back", KOBRA_SHEET_MOVE_BACK, 3, 2, 3, 1 },
  { "back-at-the-start", KOBRA_SHEET_MOVE_BACK, 3, 0, 3, 0 },
  { "forth", KOBRA_SHEET_MOVE_FORTH, 3, 2, 3, 3 },
  { "forth-at-the-end", KOBRA_SHEET_MOVE_FORTH, 3, 4, 3, 4 },
  { "page-up", KOBRA_SHEET_MOVE_PAGE_UP, 7, 2, 3, 2 },
  { "page-up-to-the-top", KOBRA_SHEET_MOVE_PAGE_UP, 2, 2, 0, 2 },
  { "page-down", KOBRA_SHEET_MOVE_PAGE_DOWN, 2, 2, 6, 2 },
  { "page-down-to-the-end", KOBRA_SHEET_MOVE_PAGE_DOWN, 8, 2, 9, 2 },
  { "row-start", KOBRA_SHEET_MOVE_ROW_START, 3, 2, 3, 0 },
  { "row-end", KOBRA_SHEET_MOVE_ROW_END, 3, 2, 3, 4 },
  { "first", KOBRA_SHEET_MOVE_FIRST, 3, 2, 0, 0 },
  { "last", KOBRA_SHEET_MOVE_LAST, 3, 2, 9, 4 },
};

static void
test_move (gconstpointer data)
{
  const typeof (moves[0]) *row = data;
  guint                    at_row = row->row;
  guint                    at_column = row->column;

  kobra_sheet_move_apply (row->move, N_ROWS, N_COLUMNS, 4, &at_row, &at_column);
  g_assert_cmpuint (at_row, ==, row->to_row);
  g_assert_cmpuint (at_column, ==, row->to_column);
}

static void
assert_range (const KobraSheetSelection *selection,
              guint                      row,
              guint                      n_rows,
              guint                      column,
              guint                      n_columns)
{
  KobraSheetRange range = kobra_sheet_selection_get_range (selection);

  g_assert_cmpuint (range.row, ==, row);
  g_assert_cmpuint (range.n_rows, ==, n_rows);
  g_assert_cmpuint (range.column, ==, column);
  g_assert_cmpuint (range.n_columns, ==, n_columns);
}

static void
assert_cursor (const KobraSheetSelection *selection,
               guint                      row,
               guint                      column)
{
  g_assert_cmpuint (selection->row, ==, row);
  g_assert_cmpuint (selection->column, ==, column);
}

static void
test_extending_keeps_the_cursor (void)
{
  KobraSheetSelection selection = { 0 };

  kobra_sheet_selection_extend (&selection, 4, 2);
  assert_range (&selection, 4, 1, 2, 1);
  kobra_sheet_selection_extend (&selection, 6, 0);
  assert_range (&selection, 4, 3, 0, 3);
  assert_cursor (&selection, 4, 2);
  kobra_sheet_selection_extend (&selection, 1, 3);
  assert_range (&selection, 1, 4, 2, 2);
  assert_cursor (&selection, 4, 2);
}

/* Tab, Tab, Enter fills in a form row by row. */
static void
test_enter_goes_back_to_where_tabs_began (void)
{
  KobraSheetSelection selection;

  kobra_sheet_selection_set (&selection, 2, 1);
  g_assert_true (kobra_sheet_selection_tab (&selection, TRUE, N_ROWS, N_COLUMNS));
  g_assert_true (kobra_sheet_selection_tab (&selection, TRUE, N_ROWS, N_COLUMNS));
  assert_cursor (&selection, 2, 3);
  g_assert_true (kobra_sheet_selection_enter (&selection, TRUE, N_ROWS, N_COLUMNS));
  assert_cursor (&selection, 3, 1);
  g_assert_true (kobra_sheet_selection_enter (&selection, TRUE, N_ROWS, N_COLUMNS));
  assert_cursor (&selection, 4, 1);
  g_assert_true (kobra_sheet_selection_enter (&selection, FALSE, N_ROWS, N_COLUMNS));
  assert_cursor (&selection, 3, 1);
}

static void
test_tab_goes_through_rows_and_out_at_the_end (void)
{
  KobraSheetSelection selection;

  kobra_sheet_selection_set (&selection, 8, 4);
  g_assert_true (kobra_sheet_selection_tab (&selection, TRUE, N_ROWS, N_COLUMNS));
  assert_cursor (&selection, 9, 0);
  kobra_sheet_selection_set (&selection, 9, 4);
  g_assert_false (kobra_sheet_selection_tab (&selection, TRUE, N_ROWS, N_COLUMNS));
  assert_cursor (&selection, 9, 4);
  kobra_sheet_selection_set (&selection, 0, 0);
  g_assert_false (kobra_sheet_selection_tab (&selection, FALSE, N_ROWS, N_COLUMNS));
  kobra_sheet_selection_set (&selection, 1, 0);
  g_assert_true (kobra_sheet_selection_tab (&selection, FALSE, N_ROWS, N_COLUMNS));
  assert_cursor (&selection, 0, 4);
}

static void
test_a_selected_rectangle_is_walked_round (void)
{
  static const guint by_tab[][2] = { { 1, 2 }, { 2, 1 }, { 2, 2 }, { 1, 1 } };
  static const guint by_enter[][2] = { { 2, 1 }, { 1, 2 }, { 2, 2 }, { 1, 1 } };
  KobraSheetSelection selection;

  kobra_sheet_selection_span (&selection, 1, 1, 2, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (by_tab); i++)
    {
      g_assert_true (kobra_sheet_selection_tab (&selection, TRUE, N_ROWS, N_COLUMNS));
      assert_cursor (&selection, by_tab[i][0], by_tab[i][1]);
      assert_range (&selection, 1, 2, 1, 2);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (by_enter); i++)
    {
      g_assert_true (kobra_sheet_selection_enter (&selection, TRUE, N_ROWS, N_COLUMNS));
      assert_cursor (&selection, by_enter[i][0], by_enter[i][1]);
    }
  g_assert_true (kobra_sheet_selection_tab (&selection, FALSE, N_ROWS, N_COLUMNS));
  assert_cursor (&selection, 2, 2);
}

static const struct
{
  const char *name;
  guint       row;
  guint       position, n_removed, n_added;
  gboolean    stays;
  guint       to;
} changes[] = {
  { "after-it", 3, 5, 1, 0, TRUE, 3 },
  { "inserted-before", 3, 1, 0, 2, TRUE, 5 },
  { "inserted-at-it", 3, 3, 0, 1, TRUE, 4 },
  { "removed-before", 3, 0, 2, 0, TRUE, 1 },
  { "changed-in-place", 3, 3, 1, 1, TRUE, 3 },
  { "changed-among-others", 3, 0, 10, 10, TRUE, 3 },
  { "removed", 3, 3, 1, 0, FALSE, 3 },
  { "removed-with-others", 3, 1, 5, 2, FALSE, 3 },
};

static void
test_row_after_change (gconstpointer data)
{
  const typeof (changes[0]) *row = data;
  guint                      at = row->row;

  g_assert_cmpint (kobra_sheet_row_after_change (&at, row->position, row->n_removed, row->n_added), ==, row->stays);
  g_assert_cmpuint (at, ==, row->to);
}

static void
test_a_selection_goes_with_its_rows (void)
{
  KobraSheetSelection selection;

  kobra_sheet_selection_span (&selection, 4, 1, 6, 2);
  kobra_sheet_selection_rows_changed (&selection, 0, 0, 3, N_ROWS + 3, N_COLUMNS);
  assert_range (&selection, 7, 3, 1, 2);
  kobra_sheet_selection_rows_changed (&selection, 0, 13, 2, 2, N_COLUMNS);
  assert_range (&selection, 1, 1, 1, 2);
  kobra_sheet_selection_rows_changed (&selection, 0, 2, 0, 0, N_COLUMNS);
  g_assert_false (selection.is_set);
  assert_range (&selection, 0, 0, 0, 0);
}

/* One column: x is a cell with text. */
static gboolean
is_filled (guint    row,
           guint    column,
           gpointer data)
{
  return ((const char *) data)[row] == 'x';
}

static const struct
{
  const char        *name;
  KobraSheetSeekKind kind;
  const char        *cells;
  guint              row;
  int                step;
  gboolean           is_found;
  guint              to;
} seeks[] = {
  { "end-of-a-run", KOBRA_SHEET_SEEK_EDGE, "xxxx..xx..", 1, 1, TRUE, 3 },
  { "over-a-gap", KOBRA_SHEET_SEEK_EDGE, "xxxx..xx..", 3, 1, TRUE, 6 },
  { "from-a-gap", KOBRA_SHEET_SEEK_EDGE, "xxxx..xx..", 4, 1, TRUE, 6 },
  { "to-the-end-over-nothing", KOBRA_SHEET_SEEK_EDGE, "xxxx..xx..", 7, 1, TRUE, 9 },
  { "run-to-the-end", KOBRA_SHEET_SEEK_EDGE, "xxxxxxxxxx", 0, 1, TRUE, 9 },
  { "up-to-the-start-of-a-run", KOBRA_SHEET_SEEK_EDGE, "..xxx.....", 4, -1, TRUE, 2 },
  { "up-over-nothing", KOBRA_SHEET_SEEK_EDGE, "..xxx.....", 2, -1, TRUE, 0 },
  { "at-the-end-already", KOBRA_SHEET_SEEK_EDGE, "xxxxxxxxxx", 9, 1, TRUE, 9 },
  { "next", KOBRA_SHEET_SEEK_NEXT, "x...x....x", 0, 0, TRUE, 4 },
  { "no-next", KOBRA_SHEET_SEEK_NEXT, "x...x.....", 4, 0, FALSE, 9 },
  { "previous", KOBRA_SHEET_SEEK_PREVIOUS, "x...x....x", 4, 0, TRUE, 0 },
  { "no-previous", KOBRA_SHEET_SEEK_PREVIOUS, "....x....x", 4, 0, FALSE, 0 },
};

static void
test_seek (gconstpointer data)
{
  const typeof (seeks[0]) *row = data;

  for (guint stride = 1; stride <= 20; stride += 19) /* however often it pauses */
    {
      KobraSheetSeek seek;

      kobra_sheet_seek_init (&seek, row->kind, 10, 1, row->row, 0, row->step, 0);
      while (!kobra_sheet_seek_run (&seek, stride, is_filled, (gpointer) row->cells))
        continue;
      g_assert_cmpint (seek.is_found, ==, row->is_found);
      if (row->is_found)
        g_assert_cmpuint (seek.row, ==, row->to);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    kobra_test_add_row ("/sheet/selection/move/", moves[i].name, &moves[i], test_move);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    kobra_test_add_row ("/sheet/selection/row-after-change/", changes[i].name, &changes[i], test_row_after_change);
  for (gsize i = 0; i < G_N_ELEMENTS (seeks); i++)
    kobra_test_add_row ("/sheet/selection/seek/", seeks[i].name, &seeks[i], test_seek);
  g_test_add_func ("/sheet/selection/extending-keeps-the-cursor", test_extending_keeps_the_cursor);
  g_test_add_func ("/sheet/selection/enter-goes-back-to-where-tabs-began", test_enter_goes_back_to_where_tabs_began);
  g_test_add_func ("/sheet/selection/tab-goes-through-rows-and-out-at-the-end", test_tab_goes_through_rows_and_out_at_the_end);
  g_test_add_func ("/sheet/selection/a-selected-rectangle-is-walked-round", test_a_selected_rectangle_is_walked_round);
  g_test_add_func ("/sheet/selection/a-selection-goes-with-its-rows", test_a_selection_goes_with_its_rows);
  return g_test_run ();
}
