/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the printed summary promises: one page as a PDF, bars as long as the counts are high, and nothing past the paper however much went wrong. */

#include "kobra-summary-print.h"

#include <string.h>

#include "kobra-result.h"
#include "kobra-test.h"

enum
{
  WIDTH = 500,
  HEIGHT = 700,
  BELOW = 300 /* that must stay white */
};

static KobraSummary *
make_summary (guint       n_kinds,
              const char *words)
{
  KobraSummary *summary = g_new0 (KobraSummary, 1);

  summary->title = g_strdup ("Cartera octubre.xlsx");
  summary->counts = (KobraImportCounts) { .records = 1000, .accepted = 750, .rejected = 150, .unknown = 50 };
  summary->began = 1730000000;
  summary->ended = 1730000300;
  summary->kinds = g_ptr_array_new ();
  for (guint i = 0; i < n_kinds; i++)
    {
      KobraSummaryKind *kind = g_new0 (KobraSummaryKind, 1);

      *kind = (KobraSummaryKind) { g_strdup (words), KOBRA_RESULT_REJECTED, 150 / (i + 1) };
      g_ptr_array_add (summary->kinds, kind);
    }
  g_ptr_array_set_free_func (summary->kinds, NULL);
  return summary;
}

static void
free_summary (KobraSummary *summary)
{
  for (guint i = 0; i < summary->kinds->len; i++)
    {
      KobraSummaryKind *kind = g_ptr_array_index (summary->kinds, i);

      g_free (kind->words);
      g_free (kind);
    }
  g_ptr_array_set_size (summary->kinds, 0);
  kobra_summary_free (summary);
}

/* The page as it would be on paper, with white paper below it. */
static cairo_surface_t *
draw (const KobraSummary *summary)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT + BELOW);
  cairo_t         *cr = cairo_create (surface);
  PangoContext    *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  pango_cairo_context_set_resolution (context, 72);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  kobra_summary_draw (summary, "lservices.kobra.red", cr, context, WIDTH, HEIGHT);
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface,
           int              x,
           int              y)
{
  const guint8 *row = cairo_image_surface_get_data (surface) + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);
  guint32       pixel;

  memcpy (&pixel, row + (gsize) x * sizeof pixel, sizeof pixel);
  return pixel & 0xffffff;
}

static gboolean
is_grey (guint32 pixel)
{
  int red = (int) (pixel >> 16 & 0xff), green = (int) (pixel >> 8 & 0xff), blue = (int) (pixel & 0xff);

  return MAX (red, MAX (green, blue)) - MIN (red, MIN (green, blue)) < 24;
}

/* The lengths of the coloured bars, from the top. */
static GArray *
find_bars (cairo_surface_t *surface)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (int));
  int     before = 0;

  for (int y = 0; y < HEIGHT; y++)
    {
      int length = 0;

      while (length < WIDTH && !is_grey (get_pixel (surface, length, y)))
        length++;
      if (length > 0 && before == 0)
        g_array_append_val (bars, length);
      else if (length > 0)
        g_array_index (bars, int, bars->len - 1) = MAX (length, before);
      before = length;
    }
  return bars;
}

static void
test_bars (void)
{
  /* Accepted, rejected, unknown of all records (what was not sent is grey), then the kinds of errors of the most frequent one. */
  static const int  expected[] = { WIDTH * 3 / 4, WIDTH * 15 / 100, WIDTH * 5 / 100, WIDTH, WIDTH / 2 };
  KobraSummary     *summary = make_summary (2, "la sucursal … no existe");
  cairo_surface_t  *surface = draw (summary);
  g_autoptr (GArray) bars = find_bars (surface);

  g_assert_cmpuint (bars->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < bars->len; i++)
    g_assert_cmpint (ABS (g_array_index (bars, int, i) - expected[i]), <=, 2);
  cairo_surface_destroy (surface);
  free_summary (summary);
}

static void
test_fits (void)
{
  g_autofree char *words = g_strnfill (5000, 'w');
  KobraSummary    *summary = make_summary (200, words);
  cairo_surface_t *surface = draw (summary);

  for (int y = HEIGHT; y < HEIGHT + BELOW; y++)
    for (int x = 0; x < WIDTH; x++)
      g_assert_cmphex (get_pixel (surface, x, y), ==, 0xffffff);
  cairo_surface_destroy (surface);
  free_summary (summary);
}

static guint
count (const char *bytes,
       gsize       length,
       const char *what)
{
  guint       n = 0;
  const char *end = bytes + length;

  for (const char *at = bytes; (at = memmem (at, (gsize) (end - at), what, strlen (what))) != NULL; at++)
    n++;
  return n;
}

static void
test_pdf (void)
{
  g_autofree char              *folder = kobra_test_make_folder ();
  g_autofree char              *path = g_build_filename (folder, "summary.pdf", NULL);
  g_autofree char              *bytes = NULL;
  g_autoptr (GError)            error = NULL;
  g_autoptr (GtkPrintOperation) operation = NULL;
  KobraSummary                 *summary = make_summary (0, "");
  gsize                         length = 0;

  operation = kobra_summary_print_operation_new (summary, "lservices.kobra.red");
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_str_has_prefix (bytes, "%PDF-"));
  g_assert_cmpuint (count (bytes, length, "/Type /Page\n") + count (bytes, length, "/Type /Page ") + count (bytes, length, "/Type /Page/"), <=, 1);
  g_assert_cmpuint (count (bytes, length, "/MediaBox"), <=, 1);
  g_assert_cmpuint (length, >, 1000);
  g_assert_cmpint (gtk_print_operation_get_n_pages_to_print (operation), ==, 1);
  g_clear_object (&operation);
  kobra_test_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/summary/bars-are-as-long-as-counts-are-high", test_bars);
  g_test_add_func ("/app/summary/nothing-past-the-paper", test_fits);
  g_test_add_func ("/app/summary/one-page-as-a-pdf", test_pdf);
  return g_test_run ();
}
