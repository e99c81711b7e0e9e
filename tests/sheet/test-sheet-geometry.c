/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-geometry.h"
#include "kobra-test.h"

#define N_ROWS 1000000
#define ROW_HEIGHT 24

/* 100 columns of 50, 100 and 150 pixels by turns; 1000 by 500 pixels; the frozen parts take 80 and 30. */
static void
setup (KobraSheetGeometry *geometry,
       gboolean            is_rtl)
{
  int widths[100];

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    widths[i] = 50 * ((int) (i % 3) + 1);
  kobra_sheet_geometry_init (geometry);
  kobra_sheet_geometry_set_columns (geometry, widths, G_N_ELEMENTS (widths));
  geometry->n_rows = N_ROWS;
  geometry->row_height = ROW_HEIGHT;
  geometry->header_height = 30;
  geometry->leading_width = 80;
  geometry->width = 1000;
  geometry->height = 500;
  geometry->is_rtl = is_rtl;
}

static const struct
{
  const char    *name;
  gboolean       is_rtl;
  double         scroll_x, scroll_y;
  double         x, y;
  KobraSheetArea area;
  guint          row, column;
  int            edge;
} hits[] = {
  { "corner", FALSE, 0, 0, 10, 10, KOBRA_SHEET_AREA_CORNER, 0, 0, -1 },
  { "first-header", FALSE, 0, 0, 100, 10, KOBRA_SHEET_AREA_HEADER, 0, 0, -1 },
  { "edge-from-before", FALSE, 0, 0, 127, 10, KOBRA_SHEET_AREA_HEADER, 0, 0, 0 },
  { "edge-from-after", FALSE, 0, 0, 134, 10, KOBRA_SHEET_AREA_HEADER, 0, 1, 0 },
  { "no-edge-in-a-cell", FALSE, 0, 0, 129, 40, KOBRA_SHEET_AREA_CELL, 0, 0, -1 },
  { "row-name", FALSE, 0, 0, 10, 30 + 24, KOBRA_SHEET_AREA_LEADING, 1, 0, -1 },
  { "cell", FALSE, 0, 0, 80 + 50 + 99, 30 + 47, KOBRA_SHEET_AREA_CELL, 1, 1, -1 },
  { "scrolled-cell", FALSE, 300, 24.0 * 900000, 80, 30, KOBRA_SHEET_AREA_CELL, 900000, 3, -1 },
  { "last-row", FALSE, 0, 24.0 * N_ROWS - 470, 100, 499, KOBRA_SHEET_AREA_CELL, N_ROWS - 1, 0, -1 },
  { "outside", FALSE, 0, 0, 1000, 10, KOBRA_SHEET_AREA_NONE, 0, 0, -1 },
  { "rtl-corner", TRUE, 0, 0, 990, 10, KOBRA_SHEET_AREA_CORNER, 0, 0, -1 },
  { "rtl-first-cell", TRUE, 0, 0, 910, 40, KOBRA_SHEET_AREA_CELL, 0, 0, -1 },
  { "rtl-second-cell", TRUE, 0, 0, 860, 40, KOBRA_SHEET_AREA_CELL, 0, 1, -1 },
  { "rtl-edge", TRUE, 0, 0, 868, 10, KOBRA_SHEET_AREA_HEADER, 0, 1, 0 },
};

static void
test_hit (gconstpointer data)
{
  const typeof (hits[0]) *row = data;
  KobraSheetGeometry      geometry;
  KobraSheetHit           hit;

  setup (&geometry, row->is_rtl);
  geometry.scroll_x = row->scroll_x;
  geometry.scroll_y = row->scroll_y;
  hit = kobra_sheet_geometry_hit (&geometry, row->x, row->y);
  g_assert_cmpint (hit.area, ==, row->area);
  g_assert_cmpint (hit.edge, ==, row->edge);
  g_assert_cmpuint (hit.row, ==, row->row);
  g_assert_cmpuint (hit.column, ==, row->column);
  kobra_sheet_geometry_clear (&geometry);
}

/* What floats could not: row 999,999 is where it is to the pixel. */
static void
test_far_rows_keep_their_pixels (void)
{
  KobraSheetGeometry geometry;
  guint              first, last;

  setup (&geometry, FALSE);
  for (guint row = 699050; row < 699060; row++)
    {
      geometry.scroll_y = (double) row * ROW_HEIGHT + 1;
      g_assert_cmpfloat (kobra_sheet_geometry_get_cell (&geometry, row, 0).y, ==, 30 - 1);
      g_assert_cmpfloat (kobra_sheet_geometry_get_cell (&geometry, row + 1, 0).y, ==, 30 + 23);
    }
  geometry.scroll_y = 1e18;
  kobra_sheet_geometry_clamp (&geometry);
  g_assert_true (kobra_sheet_geometry_get_visible_rows (&geometry, &first, &last));
  g_assert_cmpuint (last, ==, N_ROWS - 1);
  kobra_sheet_geometry_clear (&geometry);
}

static void
test_only_what_is_exposed_is_visible (void)
{
  KobraSheetGeometry geometry;
  guint              first, last;

  setup (&geometry, FALSE);
  geometry.height = 30 + 10 * ROW_HEIGHT;
  g_assert_true (kobra_sheet_geometry_get_visible_rows (&geometry, &first, &last));
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (last, ==, 9);
  geometry.scroll_y = 1;
  g_assert_true (kobra_sheet_geometry_get_visible_rows (&geometry, &first, &last));
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (last, ==, 10);

  geometry.scroll_x = 50;
  g_assert_true (kobra_sheet_geometry_get_visible_columns (&geometry, &first, &last));
  g_assert_cmpuint (first, ==, 1);
  g_assert_cmpuint (last, ==, 10);

  geometry.height = 20;
  g_assert_false (kobra_sheet_geometry_get_visible_rows (&geometry, &first, &last));
  geometry.n_rows = 0;
  geometry.height = 500;
  g_assert_false (kobra_sheet_geometry_get_visible_rows (&geometry, &first, &last));
  g_assert_cmpint (kobra_sheet_geometry_hit (&geometry, 100, 100).area, ==, KOBRA_SHEET_AREA_NONE);
  kobra_sheet_geometry_clear (&geometry);
  g_assert_false (kobra_sheet_geometry_get_visible_columns (&geometry, &first, &last));
}

static void
test_reveal_scrolls_no_more_than_it_must (void)
{
  KobraSheetGeometry geometry;

  setup (&geometry, FALSE);
  kobra_sheet_geometry_reveal_row (&geometry, 5, FALSE);
  g_assert_cmpfloat (geometry.scroll_y, ==, 0);
  kobra_sheet_geometry_reveal_row (&geometry, 20, FALSE);
  g_assert_cmpfloat (geometry.scroll_y, ==, 21 * ROW_HEIGHT - 470);
  kobra_sheet_geometry_reveal_row (&geometry, 0, FALSE);
  g_assert_cmpfloat (geometry.scroll_y, ==, 0);
  kobra_sheet_geometry_reveal_row (&geometry, 1000, TRUE);
  g_assert_cmpfloat (geometry.scroll_y, ==, 1000 * ROW_HEIGHT - (470 - ROW_HEIGHT) / 2);
  kobra_sheet_geometry_reveal_row (&geometry, N_ROWS - 1, FALSE);
  g_assert_cmpfloat (geometry.scroll_y, >=, (double) N_ROWS * ROW_HEIGHT - 470);
  g_assert_cmpfloat (geometry.scroll_y, ==, kobra_sheet_geometry_get_extent_y (&geometry) - 470);

  kobra_sheet_geometry_reveal_column (&geometry, 30);
  g_assert_cmpfloat (geometry.scroll_x, ==, kobra_sheet_geometry_get_column_start (&geometry, 31) - 920);
  kobra_sheet_geometry_set_column_width (&geometry, 5, 2000);
  kobra_sheet_geometry_reveal_column (&geometry, 5);
  g_assert_cmpfloat (geometry.scroll_x, ==, kobra_sheet_geometry_get_column_start (&geometry, 5));
  kobra_sheet_geometry_clear (&geometry);
}

static void
test_widths_stay_within_bounds (void)
{
  KobraSheetGeometry geometry;

  setup (&geometry, FALSE);
  kobra_sheet_geometry_set_column_width (&geometry, 1, -5);
  g_assert_cmpint (kobra_sheet_geometry_get_column_width (&geometry, 1), ==, KOBRA_SHEET_MIN_COLUMN_WIDTH);
  g_assert_cmpfloat (kobra_sheet_geometry_get_column_start (&geometry, 2), ==, 50 + KOBRA_SHEET_MIN_COLUMN_WIDTH);
  kobra_sheet_geometry_set_column_width (&geometry, 1, G_MAXINT);
  g_assert_cmpint (kobra_sheet_geometry_get_column_width (&geometry, 1), ==, KOBRA_SHEET_MAX_COLUMN_WIDTH);
  g_assert_cmpint (kobra_sheet_geometry_get_column_width (&geometry, 2), ==, 150);
  kobra_sheet_geometry_clear (&geometry);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (hits); i++)
    kobra_test_add_row ("/sheet/geometry/hit/", hits[i].name, &hits[i], test_hit);
  g_test_add_func ("/sheet/geometry/far-rows-keep-their-pixels", test_far_rows_keep_their_pixels);
  g_test_add_func ("/sheet/geometry/only-what-is-exposed-is-visible", test_only_what_is_exposed_is_visible);
  g_test_add_func ("/sheet/geometry/reveal-scrolls-no-more-than-it-must", test_reveal_scrolls_no_more_than_it_must);
  g_test_add_func ("/sheet/geometry/widths-stay-within-bounds", test_widths_stay_within_bounds);
  return g_test_run ();
}
