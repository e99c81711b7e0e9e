/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-test-sheet.h"

/* Which cells are drawn and where the editor is follows from the geometry; only the sheet itself knows it. */
#include "kobra-sheet-private.h"

typedef struct
{
  const char *key;
  int         row, column;
} Step;

static void
press_steps (KobraTestSheet *t,
             const Step     *steps,
             gsize           n_steps)
{
  for (gsize i = 0; i < n_steps; i++)
    {
      g_test_message ("%s", steps[i].key);
      g_assert_true (kobra_test_sheet_press (t, steps[i].key));
      kobra_test_sheet_assert_cursor (t, steps[i].row, steps[i].column);
    }
}

static void
test_keys_move_the_cursor (void)
{
  static const Step steps[] = {
    { "Down", 1, 0 }, { "Right", 1, 1 }, { "KP_Right", 1, 2 }, { "Up", 0, 2 }, { "Up", 0, 2 }, { "Left", 0, 1 },
    { "End", 0, 64 }, { "Home", 0, 0 }, { "<Control>End", 999999, 64 }, { "<Control>Home", 0, 0 },
    { "Return", 1, 0 }, { "<Shift>Return", 0, 0 }, { "Tab", 0, 1 }, { "Tab", 0, 2 }, { "Return", 1, 0 },
    { "<Shift>Tab", 0, 64 }, { "<Shift>ISO_Left_Tab", 0, 63 }, { "KP_Enter", 1, 63 },
  };
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 1000000, 65);
  kobra_test_sheet_assert_cursor (&t, 0, 0); /* as soon as it has the focus */
  press_steps (&t, steps, G_N_ELEMENTS (steps));
  kobra_test_sheet_close (&t);
}

static void
test_pages_move_the_view (void)
{
  KobraTestSheet t;
  guint          page;
  double         before;

  kobra_test_sheet_open (&t, 1000, 5);
  page = kobra_sheet_geometry_get_page (&t.sheet->geometry);
  kobra_sheet_set_cursor (t.sheet, 3, 0);
  before = t.sheet->geometry.scroll_y;
  g_assert_true (kobra_test_sheet_press (&t, "Page_Down"));
  kobra_test_sheet_assert_cursor (&t, 3 + (int) page, 0);
  g_assert_cmpfloat (t.sheet->geometry.scroll_y - before, ==, (double) page * t.sheet->geometry.row_height);
  g_assert_true (kobra_test_sheet_press (&t, "Page_Up"));
  kobra_test_sheet_assert_cursor (&t, 3, 0);
  g_assert_cmpfloat (t.sheet->geometry.scroll_y, ==, before);
  kobra_test_sheet_close (&t);
}

/* At the ends nothing moves, and Tab is left to the window. */
static void
test_the_sheet_is_no_trap (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 3, 2);
  kobra_sheet_set_cursor (t.sheet, 2, 1);
  g_assert_false (kobra_test_sheet_press (&t, "Tab"));
  g_assert_false (kobra_test_sheet_press (&t, "Escape"));
  kobra_sheet_set_cursor (t.sheet, 0, 0);
  g_assert_false (kobra_test_sheet_press (&t, "<Shift>Tab"));

  g_assert_true (gtk_widget_child_focus (t.window, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_get_focus_child (t.entry) != NULL);
  g_assert_true (gtk_widget_child_focus (t.window, GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (t.sheet)));

  kobra_test_sheet_model_splice (t.model, 0, 3, 0);
  kobra_test_sheet_assert_cursor (&t, -1, -1);
  g_assert_false (kobra_test_sheet_press (&t, "Down"));
  g_assert_false (kobra_test_sheet_press (&t, "Return"));
  g_assert_false (kobra_test_sheet_press (&t, "F2"));
  kobra_test_sheet_close (&t);
}

static void
test_shift_extends (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 1000000, 65);
  kobra_sheet_set_cursor (t.sheet, 5, 5);
  g_assert_true (kobra_test_sheet_press (&t, "<Shift>Down"));
  g_assert_true (kobra_test_sheet_press (&t, "<Shift>Right"));
  kobra_test_sheet_assert_selection (&t, 5, 2, 5, 2);
  kobra_test_sheet_assert_cursor (&t, 5, 5);
  g_assert_true (kobra_test_sheet_press (&t, "<Control><Shift>Home"));
  kobra_test_sheet_assert_selection (&t, 0, 6, 0, 6);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>space"));
  kobra_test_sheet_assert_selection (&t, 0, 1000000, 0, 6);
  kobra_sheet_set_cursor (t.sheet, 5, 5);
  g_assert_true (kobra_test_sheet_press (&t, "<Shift>space"));
  kobra_test_sheet_assert_selection (&t, 5, 1, 0, 65);
  t.n_selections = 0;
  g_assert_true (kobra_test_sheet_press (&t, "<Control>a"));
  kobra_test_sheet_assert_selection (&t, 0, 1000000, 0, 65);
  g_assert_cmpuint (t.n_selections, ==, 1);

  /* A whole column that grows by the next one does not scroll to its end. */
  kobra_sheet_set_cursor (t.sheet, 0, 0);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>space"));
  g_assert_true (kobra_test_sheet_press (&t, "<Shift>Right"));
  kobra_test_sheet_assert_selection (&t, 0, 1000000, 0, 2);
  g_assert_cmpfloat (t.sheet->geometry.scroll_y, ==, 0);
  kobra_test_sheet_close (&t);
}

static gboolean
is_at_the_end (gpointer data)
{
  return kobra_sheet_get_cursor_row (data) == 999999;
}

static void
test_jumps_to_the_edge_of_data (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 1000000, 65);
  kobra_test_sheet_model_set (t.model, 10, 1, "");
  kobra_test_sheet_model_set (t.model, 11, 1, "");
  kobra_sheet_set_cursor (t.sheet, 0, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>Down"));
  kobra_test_sheet_assert_cursor (&t, 9, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>Down"));
  kobra_test_sheet_assert_cursor (&t, 12, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>Up"));
  kobra_test_sheet_assert_cursor (&t, 9, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Control><Shift>Up"));
  kobra_test_sheet_assert_selection (&t, 0, 10, 1, 1);

  /* A million cells take several slices of time; nothing waits for them. */
  kobra_sheet_set_cursor (t.sheet, 12, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>Down"));
  kobra_test_wait_for (is_at_the_end, t.sheet);

  /* But keys that were typed ahead act where it leads. */
  kobra_sheet_set_cursor (t.sheet, 12, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>Down"));
  g_assert_true (kobra_test_sheet_press (&t, "Left"));
  kobra_test_sheet_assert_cursor (&t, 999999, 0);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>Right"));
  kobra_test_sheet_assert_cursor (&t, 999999, 64);
  kobra_test_sheet_close (&t);
}

static void
test_goes_from_mark_to_mark (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 1000, 5);
  g_assert_true (kobra_test_sheet_press (&t, "F8"));
  kobra_test_sheet_assert_cursor (&t, 6, 1);
  g_assert_true (kobra_test_sheet_press (&t, "F8"));
  kobra_test_sheet_assert_cursor (&t, 9, 3);
  g_assert_true (kobra_test_sheet_press (&t, "<Shift>F8"));
  kobra_test_sheet_assert_cursor (&t, 6, 1);
  g_assert_false (kobra_sheet_go_to_mark (t.sheet, FALSE));
  kobra_test_sheet_assert_cursor (&t, 6, 1);
  g_assert_nonnull (t.refused);
  kobra_test_sheet_close (&t);
}

/* At a million rows: the last ones are where they belong, and only what is exposed was asked for. */
static void
test_scrolls_to_the_end_of_a_million_rows (void)
{
  KobraTestSheet t;
  GtkAdjustment *vertical;
  guint          first, last, first_column, last_column, n_cells, n_peeks;
  KobraSheetRect cell;

  kobra_test_sheet_open (&t, 1000000, 65);
  kobra_test_sheet_model_count_peeks (t.model);
  vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (t.sheet));
  gtk_adjustment_set_value (vertical, gtk_adjustment_get_upper (vertical));
  kobra_test_sheet_wait_frame (&t);

  g_assert_true (kobra_sheet_geometry_get_visible_rows (&t.sheet->geometry, &first, &last));
  g_assert_true (kobra_sheet_geometry_get_visible_columns (&t.sheet->geometry, &first_column, &last_column));
  g_assert_cmpuint (last, ==, 999999);
  cell = kobra_sheet_geometry_get_cell (&t.sheet->geometry, 999999, 0);
  g_assert_cmpfloat (cell.y + cell.height, <=, gtk_widget_get_height (GTK_WIDGET (t.sheet)));
  g_assert_cmpfloat (cell.y + 2 * cell.height, >, gtk_widget_get_height (GTK_WIDGET (t.sheet)));
  n_cells = (last - first + 1) * (last_column - first_column + 1);
  n_peeks = kobra_test_sheet_model_count_peeks (t.model);
  g_assert_cmpuint (n_peeks, >=, n_cells);
  g_assert_cmpuint (n_peeks, <=, n_cells + 1);

  /* Each page is asked for anew, however many there were before. */
  for (guint page = 0; page < 6; page++)
    {
      gtk_adjustment_set_value (vertical, gtk_adjustment_get_value (vertical) - gtk_adjustment_get_page_size (vertical));
      kobra_test_sheet_wait_frame (&t);
      g_assert_cmpuint (kobra_test_sheet_model_count_peeks (t.model), >=, n_cells - 2 * (last_column - first_column + 1));
    }
  gtk_adjustment_set_value (vertical, gtk_adjustment_get_upper (vertical));
  kobra_test_sheet_wait_frame (&t);
  kobra_test_sheet_model_count_peeks (t.model);

  /* What did not change is not asked for again, but for what the cursor's cell says. */
  kobra_test_sheet_wait_frame (&t);
  g_assert_cmpuint (kobra_test_sheet_model_count_peeks (t.model), <=, 1);
  kobra_test_sheet_model_set (t.model, 999999, 1, "new");
  kobra_test_sheet_wait_frame (&t);
  g_assert_cmpuint (kobra_test_sheet_model_count_peeks (t.model), <=, 2 * (last_column - first_column + 1));
  kobra_test_sheet_close (&t);
}

static void
test_widths_last (void)
{
  KobraTestSheet t;
  int            before;

  kobra_test_sheet_open (&t, 100, 5);
  before = kobra_sheet_geometry_get_column_width (&t.sheet->geometry, 1);
  g_assert_cmpint (before, >, kobra_sheet_geometry_get_column_width (&t.sheet->geometry, 0)); /* names are longer than IDs */
  kobra_sheet_set_cursor (t.sheet, 0, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Alt>Right"));
  g_assert_cmpint (kobra_sheet_geometry_get_column_width (&t.sheet->geometry, 1), ==, before + 10);
  kobra_test_sheet_model_set_columns (t.model, 6);
  g_assert_cmpint (kobra_sheet_geometry_get_column_width (&t.sheet->geometry, 1), ==, before + 10);
  kobra_sheet_columns_fit (t.sheet, 1);
  g_assert_cmpint (kobra_sheet_geometry_get_column_width (&t.sheet->geometry, 1), ==, before);
  kobra_test_sheet_model_set (t.model, 50, 1, "a name that is longer than all of the other names in this column");
  kobra_sheet_columns_fit (t.sheet, 1);
  g_assert_cmpint (kobra_sheet_geometry_get_column_width (&t.sheet->geometry, 1), >, before);
  kobra_test_sheet_close (&t);
}

static void
test_models_come_and_go (void)
{
  KobraTestSheet t;
  g_autoptr (KobraTestSheetModel) other = kobra_test_sheet_model_new (5, 2);

  kobra_test_sheet_open (&t, 1000000, 65);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>End"));
  kobra_sheet_set_model (t.sheet, KOBRA_SHEET_MODEL (other));
  kobra_test_sheet_assert_cursor (&t, -1, -1);
  g_assert_cmpfloat (t.sheet->geometry.scroll_y, ==, 0);
  kobra_test_sheet_model_splice (t.model, 0, 10, 0); /* no longer ours to hear */
  kobra_test_sheet_wait_frame (&t);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>End"));
  g_assert_true (kobra_test_sheet_press (&t, "<Control>End"));
  kobra_test_sheet_assert_cursor (&t, 4, 1);

  kobra_sheet_set_model (t.sheet, NULL);
  kobra_test_sheet_wait_frame (&t);
  g_assert_false (kobra_sheet_get_selection (t.sheet, NULL, NULL, NULL, NULL));
  g_assert_false (kobra_sheet_start_edit (t.sheet));
  kobra_sheet_copy (t.sheet);
  kobra_sheet_paste (t.sheet);
  kobra_sheet_clear (t.sheet);

  /* Rows that come later give the columns their widths. */
  kobra_test_sheet_model_splice (other, 0, 5, 0);
  kobra_sheet_set_model (t.sheet, KOBRA_SHEET_MODEL (other));
  g_assert_false (t.sheet->has_sampled);
  kobra_test_sheet_model_splice (other, 0, 0, 100);
  g_assert_true (t.sheet->has_sampled);
  kobra_sheet_set_model (t.sheet, NULL);
  kobra_test_sheet_close (&t);
}

static void
test_the_selection_goes_with_its_rows (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_select (t.sheet, 10, 3, 1, 2);
  kobra_test_sheet_model_splice (t.model, 0, 0, 5);
  kobra_test_sheet_assert_selection (&t, 15, 3, 1, 2);
  kobra_test_sheet_model_splice (t.model, 20, 85, 0);
  kobra_test_sheet_assert_selection (&t, 15, 3, 1, 2);
  kobra_test_sheet_model_set_columns (t.model, 2);
  kobra_test_sheet_assert_selection (&t, 15, 3, 1, 1);
  kobra_sheet_select (t.sheet, 1000, 1000, 1000, 1000);
  kobra_test_sheet_assert_selection (&t, 19, 1, 1, 1);
  kobra_test_sheet_close (&t);
}

/* Each text is bounded before it is laid out; without that this takes minutes. */
static void
test_hostile_texts_are_drawn (void)
{
  static const char *const pieces[] = { "a", "\u0301", "\u202e", "\u200d", "\n", "م", "🏳\u200d🌈", "\u0300\u202e\u0316", "\t" };
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < 1000000)
        g_string_append (text, pieces[i]);
      for (guint column = 0; column < 5; column++)
        kobra_test_sheet_model_set (t.model, i, column, text->str);
    }
  kobra_test_sheet_wait_frame (&t);
  kobra_sheet_columns_fit (t.sheet, 1);
  kobra_sheet_set_cursor (t.sheet, 1, 1);
  kobra_test_sheet_wait_frame (&t);

  g_assert_false (kobra_sheet_start_edit (t.sheet)); /* nor is it put into an editor */
  g_assert_nonnull (t.refused);
  g_assert_false (kobra_sheet_is_editing (t.sheet));
  kobra_test_sheet_close (&t);
}

static void
test_right_to_left_is_mirrored (void)
{
  KobraTestSheet t;
  GtkAdjustment *horizontal;
  double         upper;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  kobra_test_sheet_open (&t, 1000, 65);
  horizontal = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (t.sheet));
  upper = gtk_adjustment_get_upper (horizontal) - gtk_adjustment_get_page_size (horizontal);
  g_assert_cmpfloat (gtk_adjustment_get_value (horizontal), ==, upper);
  g_assert_true (kobra_test_sheet_press (&t, "Left"));
  kobra_test_sheet_assert_cursor (&t, 0, 1);
  g_assert_true (kobra_test_sheet_press (&t, "Right"));
  kobra_test_sheet_assert_cursor (&t, 0, 0);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>Left"));
  kobra_test_sheet_assert_cursor (&t, 0, 64);
  g_assert_cmpfloat (gtk_adjustment_get_value (horizontal), <, 1);
  kobra_test_sheet_wait_frame (&t);
  kobra_test_sheet_close (&t);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sheet/keys-move-the-cursor", test_keys_move_the_cursor);
  g_test_add_func ("/sheet/pages-move-the-view", test_pages_move_the_view);
  g_test_add_func ("/sheet/is-no-trap", test_the_sheet_is_no_trap);
  g_test_add_func ("/sheet/shift-extends", test_shift_extends);
  g_test_add_func ("/sheet/jumps-to-the-edge-of-data", test_jumps_to_the_edge_of_data);
  g_test_add_func ("/sheet/goes-from-mark-to-mark", test_goes_from_mark_to_mark);
  g_test_add_func ("/sheet/scrolls-to-the-end-of-a-million-rows", test_scrolls_to_the_end_of_a_million_rows);
  g_test_add_func ("/sheet/widths-last", test_widths_last);
  g_test_add_func ("/sheet/models-come-and-go", test_models_come_and_go);
  g_test_add_func ("/sheet/selection-goes-with-its-rows", test_the_selection_goes_with_its_rows);
  g_test_add_func ("/sheet/hostile-texts-are-drawn", test_hostile_texts_are_drawn);
  g_test_add_func ("/sheet/right-to-left-is-mirrored", test_right_to_left_is_mirrored);
  return g_test_run ();
}
