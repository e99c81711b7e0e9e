/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to a filtered, sorted sheet with hidden columns touches what is seen, and nothing else. */
#include "kobra-sheet-adapter.h"

#include "kobra-test-import.h"
#include "kobra-test.h"

static const char sheet[] =
  "ID externo,Producto,Moneda,Nombre,Ciudad\n"
  "A-1,1,MX,Ana,Puebla\n"
  "A-2,1,US,Luz,León\n"
  "A-3,1,MX,Eva,Mérida\n"
  "A-4,1,US,Zoe,León\n"
  "A-5,1,MX,José,Puebla\n";

typedef struct
{
  KobraImport       *import;
  KobraTable        *table;
  KobraSheetAdapter *adapter;
  KobraSheetModel   *model;
  char              *before;
} Fixture;

/* The table, whatever the sheet shows. */
static char *
dump (KobraTable *table)
{
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < kobra_table_get_n_rows (table); row++)
    {
      for (guint column = 0; column < kobra_table_get_n_columns (table); column++)
        g_string_append_printf (text, "%s%s", column > 0 ? "," : "", kobra_table_get_text (table, row, column));
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
open_sheet (Fixture *self)
{
  static const KobraOpenOptions options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW };
  g_autofree char  *folder = kobra_test_make_folder ();
  g_autofree char  *path = g_build_filename (folder, "cartera.csv", NULL);

  self->import = kobra_import_new ();
  g_assert_true (g_file_set_contents (path, sheet, -1, NULL));
  kobra_test_import_open (self->import, path, &options);
  kobra_test_remove_folder (folder);
  self->table = kobra_import_get_table (self->import);
  self->adapter = kobra_sheet_adapter_new (self->import);
  self->model = KOBRA_SHEET_MODEL (self->adapter);
  self->before = dump (self->table);
}

static void
close_sheet (Fixture *self)
{
  g_assert_finalize_object (self->adapter);
  g_object_unref (self->import);
  g_free (self->before);
}

static gboolean
is_found (gpointer data)
{
  return !kobra_sheet_adapter_is_finding (data);
}

/* The records in US dollars, by name downwards; without the column of the product. */
static void
narrow (Fixture *self)
{
  static const char *const dollars[] = { "US", NULL };
  KobraView                view;

  kobra_view_init (&view);
  kobra_view_set_values (&view, 2, dollars);
  view.sort_column = 3;
  view.descending = TRUE;
  kobra_sheet_adapter_set_view (self->adapter, &view);
  kobra_view_clear (&view);
  kobra_test_wait_for (is_found, self->adapter);
  g_assert_true (kobra_sheet_adapter_hide_columns (self->adapter, 1, 1));
  g_assert_cmpuint (kobra_sheet_model_get_n_rows (self->model), ==, 2);
  g_assert_cmpuint (kobra_sheet_model_get_n_columns (self->model), ==, 4);
  g_assert_cmpstr (kobra_sheet_model_peek_text (self->model, 0, 0), ==, "A-4");
  g_assert_cmpstr (kobra_sheet_model_peek_text (self->model, 1, 1), ==, "US");
}

static void
assert_table (Fixture    *self,
              const char *expected)
{
  g_autofree char *now = dump (self->table);

  g_assert_cmpstr (now, ==, expected);
}

static void
undo_all (Fixture *self)
{
  kobra_table_undo (self->table);
  g_assert_false (kobra_table_can_undo (self->table));
  assert_table (self, self->before);
}

typedef struct
{
  gboolean is_done;
  gboolean was_written;
  guint    row;
  char    *words;
} Written;

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  Written           *written = data;

  written->was_written = kobra_sheet_model_write_finish (KOBRA_SHEET_MODEL (source), result, &written->row, &error);
  written->words = error != NULL ? g_strdup (error->message) : NULL;
  written->is_done = TRUE;
}

/* @text, tab-separated, over @n_rows times @n_columns cells; returns where the first of them is. */
static guint
write_cells (Fixture        *self,
             KobraSheetWrite what,
             guint           row,
             guint           column,
             const char     *text,
             guint           n_rows,
             guint           n_columns)
{
  Written written = { .is_done = FALSE };

  kobra_sheet_model_write_async (self->model, what, row, column, kobra_sheet_tsv_parse (g_strdup (text), strlen (text), 100), n_rows, n_columns, NULL,
                                 written_cb, &written);
  kobra_test_wait_for_flag (&written.is_done);
  g_assert_true (written.was_written);
  return written.row;
}

static void
test_edits_touch_what_is_seen (void)
{
  Fixture f;

  open_sheet (&f);
  narrow (&f);

  /* A record that no longer fits stays in view until it is filtered again. */
  write_cells (&f, KOBRA_SHEET_WRITE_PASTE, 0, 0, "x\tMX\ny\tMX", 2, 2);
  assert_table (&f, "A-1,1,MX,Ana,Puebla\ny,1,MX,Luz,León\nA-3,1,MX,Eva,Mérida\nx,1,MX,Zoe,León\nA-5,1,MX,José,Puebla\n");
  g_assert_cmpuint (kobra_sheet_model_get_n_rows (f.model), ==, 2);
  g_assert_cmpstr (kobra_table_get_undo_name (f.table), ==, "Paste of 4 Cells");
  undo_all (&f);

  write_cells (&f, KOBRA_SHEET_WRITE_CLEAR, 0, 2, "\t", 2, 1);
  g_assert_cmpstr (kobra_table_get_undo_name (f.table), ==, "Clearing of 2 Cells");
  assert_table (&f, "A-1,1,MX,Ana,Puebla\nA-2,1,US,,León\nA-3,1,MX,Eva,Mérida\nA-4,1,US,,León\nA-5,1,MX,José,Puebla\n");
  undo_all (&f);

  g_assert_true (kobra_sheet_adapter_delete_rows (f.adapter, 0, 2));
  assert_table (&f, "A-1,1,MX,Ana,Puebla\nA-3,1,MX,Eva,Mérida\nA-5,1,MX,José,Puebla\n");
  g_assert_cmpuint (kobra_sheet_model_get_n_rows (f.model), ==, 0);
  undo_all (&f);
  g_assert_cmpuint (kobra_sheet_model_get_n_rows (f.model), ==, 2);
  close_sheet (&f);
}

static void
test_rows_are_added_where_they_are_seen (void)
{
  Fixture f;

  open_sheet (&f);
  narrow (&f);
  g_assert_cmpint (kobra_sheet_adapter_insert_row (f.adapter, 0), ==, 1);
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 1, 0), ==, "");
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 2, 0), ==, "A-2");
  undo_all (&f);

  write_cells (&f, KOBRA_SHEET_WRITE_PASTE, 1, 0, "n1\nn2\nn3", 3, 1);
  g_assert_cmpuint (kobra_sheet_model_get_n_rows (f.model), ==, 4);
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 1, 0), ==, "n1");
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 3, 0), ==, "n3");
  assert_table (&f, "A-1,1,MX,Ana,Puebla\nn1,1,US,Luz,León\nA-3,1,MX,Eva,Mérida\nA-4,1,US,Zoe,León\nA-5,1,MX,José,Puebla\nn2,,,,\nn3,,,,\n");
  undo_all (&f);
  close_sheet (&f);
}

static void
test_cut_rows_come_back_elsewhere (void)
{
  static const char rows[] = "A-1\t1\tMX\tAna\tPuebla\nA-2\t1\tUS\tLuz\tLeón";
  static const char moved[] = "A-3,1,MX,Eva,Mérida\nA-4,1,US,Zoe,León\nA-1,1,MX,Ana,Puebla\nA-2,1,US,Luz,León\nA-5,1,MX,José,Puebla\n";
  Fixture           f;

  open_sheet (&f);
  g_assert_true (kobra_sheet_model_remove_rows (f.model, 0, 2));
  g_assert_cmpuint (write_cells (&f, KOBRA_SHEET_WRITE_MOVE, 2, 0, rows, 2, 5), ==, 2);
  assert_table (&f, moved);
  g_assert_cmpstr (kobra_table_get_undo_name (f.table), ==, "Move of 2 Rows");
  undo_all (&f);

  /* With something in between, each is a step of its own; and past the end there is a place too. */
  g_assert_true (kobra_sheet_model_remove_rows (f.model, 0, 2));
  g_assert_true (kobra_sheet_model_set_text (f.model, 0, 3, "Eve"));
  g_assert_cmpuint (write_cells (&f, KOBRA_SHEET_WRITE_MOVE, 3, 0, rows, 2, 5), ==, 3);
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 4, 0), ==, "A-2");
  kobra_table_undo (f.table);
  kobra_table_undo (f.table);
  undo_all (&f);

  g_assert_cmpuint (write_cells (&f, KOBRA_SHEET_WRITE_INSERT, 1, 3, "Eva", 1, 1), ==, 1);
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 1, 3), ==, "Eva");
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 1, 0), ==, "");
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 2, 0), ==, "A-2");
  undo_all (&f);
  close_sheet (&f);
}

/* Where what undo changes is to be seen: "row+rows, column+columns" of the sheet, or "hidden"; then it is done. */
static void
assert_undo (Fixture    *self,
             const char *expected)
{
  g_auto (KobraChange) change = { 0 };
  g_autofree char     *place = NULL;
  guint                row, n_rows, column, n_columns;

  g_assert_true (kobra_table_find_change (self->table, FALSE, &change));
  kobra_table_undo (self->table);
  if (kobra_sheet_adapter_find_change (self->adapter, &change, &row, &n_rows, &column, &n_columns))
    place = g_strdup_printf ("%u+%u, %u+%u", row, n_rows, column, n_columns);
  g_assert_cmpstr (place != NULL ? place : "hidden", ==, expected);
}

static void
test_undo_is_seen_where_it_happens (void)
{
  Fixture f;

  open_sheet (&f);
  write_cells (&f, KOBRA_SHEET_WRITE_PASTE, 1, 2, "x\ty\nz\tw", 2, 2);
  assert_undo (&f, "1+2, 2+2");
  g_assert_true (kobra_sheet_adapter_delete_rows (f.adapter, 1, 2));
  assert_undo (&f, "1+2, 0+5");

  narrow (&f); /* without their column 1 */
  write_cells (&f, KOBRA_SHEET_WRITE_PASTE, 0, 1, "x\ty\nz\tw", 2, 2);
  assert_undo (&f, "0+2, 1+2");
  g_assert_true (kobra_table_set_text (f.table, 3, 4, "Toluca"));
  assert_undo (&f, "0+1, 3+1");
  g_assert_true (kobra_table_set_text (f.table, 3, 1, "2"));
  assert_undo (&f, "hidden");
  g_assert_true (kobra_table_set_text (f.table, 0, 4, "Toluca"));
  assert_undo (&f, "hidden");
  kobra_table_begin_step (f.table, "Cities");
  for (guint row = 0; row < 4; row++)
    g_assert_true (kobra_table_set_text (f.table, row, 4, "Toluca"));
  kobra_table_end_step (f.table);
  assert_undo (&f, "0+2, 3+1");
  assert_table (&f, f.before);
  close_sheet (&f);
}

/* While many cells are written the loop turns; what is done meanwhile is kept, and the paste says that it was not done. */
static void
test_many_cells_hold_up_nothing (void)
{
  const guint n = 200000;
  Fixture     f;

  open_sheet (&f);
  for (guint run = 0; run < 2; run++)
    {
      Written         written = { .is_done = FALSE };
      KobraSheetGrid *grid = kobra_sheet_tsv_parse (g_strdup ("x\ty"), 3, 100);

      kobra_sheet_model_write_async (f.model, KOBRA_SHEET_WRITE_PASTE, 0, 3, grid, n, 2, NULL, written_cb, &written);
      g_assert_cmpuint (kobra_table_get_n_rows (f.table), ==, 5);
      if (run == 0)
        g_assert_true (kobra_table_set_text (f.table, 0, 0, "B-1"));
      kobra_test_wait_for_flag (&written.is_done);
      g_assert_cmpint (written.was_written, ==, run == 1);
      g_assert_cmpint (written.words != NULL, ==, run == 0);
      g_assert_cmpuint (kobra_table_get_n_rows (f.table), ==, run == 0 ? 5 : n);
      g_free (written.words);
      kobra_table_undo (f.table);
    }
  assert_table (&f, f.before);
  close_sheet (&f);
}

/* From problem to problem, each once, in reading order and back. */
static void
test_marks_are_found_in_order (void)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint64));
  Fixture            f;
  guint              row = 0, column = 0, n_columns;

  open_sheet (&f);
  write_cells (&f, KOBRA_SHEET_WRITE_FILL, 1, 2, "euro\t\t", 2, 2);
  n_columns = kobra_sheet_model_get_n_columns (f.model);
  for (guint i = 0; i < 5 * n_columns; i++)
    if (kobra_sheet_model_get_mark (f.model, i / n_columns, i % n_columns) != KOBRA_SHEET_MARK_NONE)
      {
        guint64 place = i;

        g_array_append_val (places, place);
      }
  g_assert_cmpuint (places->len, >=, 4);
  for (guint forward = 0; forward < 2; forward++)
    {
      guint at = forward ? 0 : places->len - 1;

      row = (guint) g_array_index (places, guint64, at) / n_columns;
      column = (guint) g_array_index (places, guint64, at) % n_columns;
      for (guint i = 1; i <= places->len; i++)
        {
          guint expected = (forward ? i : 2 * places->len - 1 - i) % places->len;

          g_assert_true (kobra_sheet_model_find_mark (f.model, forward, &row, &column));
          g_assert_cmpuint (row * n_columns + column, ==, g_array_index (places, guint64, expected));
        }
    }
  close_sheet (&f);
}

static void
test_all_come_back (void)
{
  KobraView all;
  Fixture   f;
  guint     row, column;

  open_sheet (&f);
  narrow (&f);
  g_assert_false (kobra_sheet_adapter_find_row (f.adapter, 0, &row));
  g_assert_true (kobra_sheet_adapter_find_row (f.adapter, 1, &row));
  g_assert_cmpuint (row, ==, 1);
  g_assert_cmpuint (kobra_sheet_adapter_get_table_row (f.adapter, 0), ==, 3);
  g_assert_false (kobra_sheet_adapter_find_column (f.adapter, 1, &column));
  g_assert_true (kobra_sheet_adapter_find_column (f.adapter, 2, &column));
  g_assert_cmpuint (column, ==, 1);

  kobra_view_init (&all);
  kobra_sheet_adapter_set_view (f.adapter, &all);
  kobra_view_clear (&all);
  kobra_sheet_adapter_show_column (f.adapter, 1, TRUE);
  g_assert_cmpuint (kobra_sheet_model_get_n_rows (f.model), ==, 5);
  g_assert_cmpuint (kobra_sheet_adapter_get_table_column (f.adapter, 1), ==, 1);
  close_sheet (&f);
}

static void
replaced_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(guint *) data = kobra_sheet_adapter_replace_all_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer data)
{
  return *(guint *) data != G_MAXUINT;
}

static void
test_replacing_is_one_step (void)
{
  Fixture f;
  guint   n = G_MAXUINT;

  open_sheet (&f);
  narrow (&f);
  kobra_sheet_adapter_replace_all_async (f.adapter, "leon", KOBRA_NEEDLE_LOOSE, "Lugo", NULL, replaced_cb, &n);
  kobra_test_wait_for (is_set, &n);
  g_assert_cmpuint (n, ==, 2);
  assert_table (&f, "A-1,1,MX,Ana,Puebla\nA-2,1,US,Luz,Lugo\nA-3,1,MX,Eva,Mérida\nA-4,1,US,Zoe,Lugo\nA-5,1,MX,José,Puebla\n");
  g_assert_cmpstr (kobra_table_get_undo_name (f.table), ==, "Replace in 2 Cells");
  undo_all (&f);

  /* What is not shown is not replaced. */
  n = G_MAXUINT;
  kobra_sheet_adapter_replace_all_async (f.adapter, "puebla", KOBRA_NEEDLE_LOOSE, "x", NULL, replaced_cb, &n);
  kobra_test_wait_for (is_set, &n);
  g_assert_cmpuint (n, ==, 0);
  assert_table (&f, f.before);
  close_sheet (&f);
}

static void
test_columns_are_arranged_by_field (void)
{
  static const char *const order[] = { "name", "externalID", "unheardOf", NULL };
  static const char *const hidden[] = { "currencyCode", NULL };
  g_auto (GStrv)           names = NULL;
  Fixture                  f;

  open_sheet (&f);
  kobra_sheet_adapter_arrange_columns (f.adapter, order, hidden);
  g_assert_cmpuint (kobra_sheet_model_get_n_columns (f.model), ==, 4);
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 0, 0), ==, "Ana");
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 0, 1), ==, "1");
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 0, 2), ==, "A-1");
  names = kobra_sheet_adapter_dup_hidden (f.adapter);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpstr (names[0], ==, "currencyCode");
  kobra_sheet_adapter_reset_columns (f.adapter);
  g_assert_cmpstr (kobra_sheet_model_peek_text (f.model, 0, 2), ==, "MX");
  close_sheet (&f);
}

static void
test_typing_knows_the_field (void)
{
  g_autofree char *label = NULL, *normal = NULL, *words = NULL;
  KobraSheetMark   mark;
  Fixture          f;

  open_sheet (&f);
  g_assert_cmpint (kobra_sheet_model_get_kind (f.model, 2), ==, KOBRA_SHEET_KIND_CHOICE);
  g_assert_cmpint (kobra_sheet_model_get_kind (f.model, 3), ==, KOBRA_SHEET_KIND_TEXT);
  g_assert_cmpstr (kobra_sheet_model_get_choice (f.model, 2, 0, &label), ==, "MX");
  normal = kobra_sheet_model_dup_normal (f.model, 2, " pesos ");
  g_assert_cmpstr (normal, ==, "MX");
  words = kobra_sheet_model_dup_typed_words (f.model, 0, 2, "euro", &mark);
  g_assert_nonnull (words);
  g_assert_cmpint (mark, ==, KOBRA_SHEET_MARK_ERROR);
  close_sheet (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet-adapter/edits-touch-what-is-seen", test_edits_touch_what_is_seen);
  g_test_add_func ("/sheet-adapter/rows-are-added-where-they-are-seen", test_rows_are_added_where_they_are_seen);
  g_test_add_func ("/sheet-adapter/cut-rows-come-back-elsewhere", test_cut_rows_come_back_elsewhere);
  g_test_add_func ("/sheet-adapter/undo-is-seen", test_undo_is_seen_where_it_happens);
  g_test_add_func ("/sheet-adapter/many-cells-hold-up-nothing", test_many_cells_hold_up_nothing);
  g_test_add_func ("/sheet-adapter/marks-are-found-in-order", test_marks_are_found_in_order);
  g_test_add_func ("/sheet-adapter/all-come-back", test_all_come_back);
  g_test_add_func ("/sheet-adapter/replacing-is-one-step", test_replacing_is_one_step);
  g_test_add_func ("/sheet-adapter/columns-are-arranged-by-field", test_columns_are_arranged_by_field);
  g_test_add_func ("/sheet-adapter/typing-knows-the-field", test_typing_knows_the_field);
  return g_test_run ();
}
