/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-text.h"
#include "kobra-sheet-tsv.h"
#include "kobra-test.h"

#include <string.h>

static const struct
{
  const char *name;
  const char *text;
  const char *shown;
} texts[] = {
  { "plain", "José Núñez", "José Núñez" },
  { "empty", "", "" },
  { "line-break", "a\nb", "a⏎b" },
  { "windows-line-break", "a\r\nb", "a⏎b" },
  { "lone-return", "a\rb", "a␍b" },
  { "tab", "a\tb", "a⇥b" },
  { "escape", "a\033[2Jb", "a␛[2Jb" },
  { "right-to-left-override", "a\u202eb", "a▯b" },
  { "zero-width-space", "1\u200b2", "1▯2" },
  { "byte-order-mark", "\ufeff1", "▯1" },
  { "hebrew-stays", "שלום", "שלום" },
  { "joiner-stays", "👩\u200d💻", "👩\u200d💻" },
  { "cut", "12345678901234567890x", "12345678901234567890…" },
  { "not-cut", "12345678901234567890", "12345678901234567890" },
  { "cut-by-characters", "ñññññññññññññññññññññ", "ññññññññññññññññññññ…" },
  { "only-controls", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", "⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎⏎…" },
};

static void
test_visible (gconstpointer data)
{
  const typeof (texts[0]) *row = data;
  g_autoptr (GString) scratch = g_string_new ("left over");

  g_assert_cmpstr (kobra_sheet_text_make_visible (row->text, 20, scratch), ==, row->shown);
}

/* A megabyte of accents or controls costs as much as a short text. */
static void
test_hostile_texts_are_bounded (void)
{
  g_autoptr (GString) scratch = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 300000; i++)
    g_string_append (text, i % 2 == 0 ? "\u0301" : "\u202e");
  g_assert_cmpuint (strlen (kobra_sheet_text_make_visible (text->str, 200, scratch)), <, 1000);
}

static const struct
{
  const char *name;
  const char *text;
  guint       n_rows, n_columns;
  const char *cells[6];
} tables[] = {
  { "one", "a", 1, 1, { "a" } },
  { "row", "a\tb\tc", 1, 3, { "a", "b", "c" } },
  { "rows", "a\tb\nc\td", 2, 2, { "a", "b", "c", "d" } },
  { "last-line-break", "a\tb\r\nc\td\r\n", 2, 2, { "a", "b", "c", "d" } },
  { "old-mac", "a\rb\r", 2, 1, { "a", "b" } },
  { "empty-cells", "\t\n\t", 2, 2, { "", "", "", "" } },
  { "empty-row", "a\n\nb", 3, 1, { "a", "", "b" } },
  { "ragged", "a\nb\tc\n", 2, 2, { "a", "", "b", "c" } },
  { "quoted-tab", "\"a\tb\"\tc", 1, 2, { "a\tb", "c" } },
  { "quoted-line-break", "\"a\nb\"\nc", 2, 1, { "a\nb", "c" } },
  { "doubled-quotes", "\"a\"\"b\"", 1, 1, { "a\"b" } },
  { "empty-quotes", "\"\"\tb", 1, 2, { "", "b" } },
  { "inches", "5\"\t\"x", 1, 2, { "5\"", "\"x" } },
  { "quote-then-more", "\"a\" b\tc", 1, 2, { "\"a\" b", "c" } },
  { "unclosed", "\"a\tb\nc", 2, 2, { "\"a", "b", "c", "" } },
};

static void
test_parse (gconstpointer data)
{
  const typeof (tables[0]) *row = data;
  g_autoptr (KobraSheetGrid) grid = kobra_sheet_tsv_parse (g_strdup (row->text), strlen (row->text), 100);

  g_assert_nonnull (grid);
  g_assert_cmpuint (grid->n_rows, ==, row->n_rows);
  g_assert_cmpuint (grid->n_columns, ==, row->n_columns);
  for (guint i = 0; i < row->n_rows * row->n_columns; i++)
    g_assert_cmpstr (grid->cells[i], ==, row->cells[i]);
}

static void
test_what_is_written_is_read_back (void)
{
  static const char *const cells[] = { "a", "with\ttab", "two\nlines", "\"quoted\"", "", "5\" pipe" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (KobraSheetGrid) grid = NULL;
  gsize length;

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      if (i > 0)
        g_string_append_c (text, i == 3 ? '\n' : '\t');
      kobra_sheet_tsv_append_cell (text, cells[i]);
    }
  length = text->len;
  grid = kobra_sheet_tsv_parse (g_string_free (g_steal_pointer (&text), FALSE), length, 100);
  g_assert_cmpuint (grid->n_rows, ==, 2);
  g_assert_cmpuint (grid->n_columns, ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    g_assert_cmpstr (grid->cells[i], ==, cells[i]);
}

static KobraSheetGrid *
parse_repeated (const char *piece,
                gsize       n,
                gsize       max_cells)
{
  GString *text = g_string_new (NULL);
  gsize    length;

  for (gsize i = 0; i < n; i++)
    g_string_append (text, piece);
  length = text->len;
  return kobra_sheet_tsv_parse (g_string_free (text, FALSE), length, max_cells);
}

/* One wide row among many short ones would be 10^10 cells; and quotes that never close must not be looked for again and again. */
static void
test_hostile_tables_are_bounded (void)
{
  static const char *const pieces[] = { "\"x\t", "\"\"x\t", "\"\"\"x\t", "\"\"\"\"x\t", "\"\t", "\"\"\t" };
  GString *wide = g_string_new (NULL);
  gsize    length;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (wide, '\t');
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (wide, '\n');
  length = wide->len;
  g_assert_null (kobra_sheet_tsv_parse (g_string_free (wide, FALSE), length, 1000000));
  g_assert_null (kobra_sheet_tsv_parse (g_strdup (""), 0, 100));
  g_assert_null (parse_repeated ("a\n", 101, 100));

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (KobraSheetGrid) grid = parse_repeated (pieces[i], 500000, 10000000);

      g_assert_nonnull (grid);
    }
}

static void
test_bad_bytes_are_replaced (void)
{
  const char bytes[] = "a\xff\tb\0c";
  g_autoptr (KobraSheetGrid) grid = kobra_sheet_tsv_parse (g_memdup2 (bytes, sizeof bytes), sizeof bytes - 1, 100);

  g_assert_cmpuint (grid->n_columns, ==, 2);
  g_assert_cmpstr (grid->cells[0], ==, "a\ufffd");
  g_assert_cmpstr (grid->cells[1], ==, "b\ufffdc");
}

static void
test_grids_are_repeated (void)
{
  g_autoptr (KobraSheetGrid) grid = kobra_sheet_tsv_parse (g_strdup ("a\tb\nc\td"), 7, 100);
  const char *cells[5];

  kobra_sheet_grid_peek_row (grid, 3, cells, G_N_ELEMENTS (cells));
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    g_assert_cmpstr (cells[i], ==, i % 2 == 0 ? "c" : "d");
}

static void
test_empty_columns_are_trimmed (void)
{
  g_autoptr (KobraSheetGrid) grid = kobra_sheet_tsv_parse (g_strdup ("a\t\t\t\nc\td\t\t"), 10, 100);

  g_assert_false (grid->is_ragged);
  kobra_sheet_grid_trim (grid, 3);
  g_assert_cmpuint (grid->n_columns, ==, 3);
  kobra_sheet_grid_trim (grid, 1);
  g_assert_cmpuint (grid->n_columns, ==, 2);
  g_assert_cmpstr (grid->cells[0], ==, "a");
  g_assert_cmpstr (grid->cells[1], ==, "");
  g_assert_cmpstr (grid->cells[2], ==, "c");
  g_assert_cmpstr (grid->cells[3], ==, "d");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    kobra_test_add_row ("/sheet/text/visible/", texts[i].name, &texts[i], test_visible);
  g_test_add_func ("/sheet/text/hostile-texts-are-bounded", test_hostile_texts_are_bounded);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    kobra_test_add_row ("/sheet/tsv/parse/", tables[i].name, &tables[i], test_parse);
  g_test_add_func ("/sheet/tsv/what-is-written-is-read-back", test_what_is_written_is_read_back);
  g_test_add_func ("/sheet/tsv/hostile-tables-are-bounded", test_hostile_tables_are_bounded);
  g_test_add_func ("/sheet/tsv/bad-bytes-are-replaced", test_bad_bytes_are_replaced);
  g_test_add_func ("/sheet/tsv/grids-are-repeated", test_grids_are_repeated);
  g_test_add_func ("/sheet/tsv/empty-columns-are-trimmed", test_empty_columns_are_trimmed);
  return g_test_run ();
}
