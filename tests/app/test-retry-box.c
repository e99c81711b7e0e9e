/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a file cannot be opened, what may help is offered, and nothing that can't. */
#include "kobra-retry-box.h"

#include "kobra-reader.h"
#include "kobra-test.h"
#include "widget-look.h"

#define ANOTHER "_Open Another File…"
#define READ "Choose How to _Read It…"
#define AGAIN "_Try Again"

static const struct
{
  const char    *name;
  KobraReadError code;
  gboolean       read, again;
} cases[] = {
  { "not-a-file", KOBRA_READ_ERROR_NOT_A_FILE, FALSE, FALSE },
  { "not-found", KOBRA_READ_ERROR_NOT_FOUND, FALSE, TRUE },
  { "denied", KOBRA_READ_ERROR_DENIED, FALSE, TRUE },
  { "empty", KOBRA_READ_ERROR_EMPTY, FALSE, FALSE },
  { "empty-sheet", KOBRA_READ_ERROR_EMPTY_SHEET, TRUE, FALSE },
  { "not-a-table", KOBRA_READ_ERROR_NOT_A_TABLE, FALSE, FALSE },
  { "encrypted", KOBRA_READ_ERROR_ENCRYPTED, FALSE, FALSE },
  { "damaged", KOBRA_READ_ERROR_DAMAGED, FALSE, TRUE },
  { "too-large", KOBRA_READ_ERROR_TOO_LARGE, FALSE, FALSE },
  { "no-such-sheet", KOBRA_READ_ERROR_NO_SUCH_SHEET, TRUE, FALSE },
  { "encoding", KOBRA_READ_ERROR_ENCODING, TRUE, TRUE },
  { "nul", KOBRA_READ_ERROR_NUL, TRUE, TRUE },
  { "unclosed-quote", KOBRA_READ_ERROR_UNCLOSED_QUOTE, TRUE, TRUE },
  { "cell-too-long", KOBRA_READ_ERROR_CELL_TOO_LONG, TRUE, TRUE },
  { "row-too-long", KOBRA_READ_ERROR_ROW_TOO_LONG, TRUE, TRUE },
  { "too-many-columns", KOBRA_READ_ERROR_TOO_MANY_COLUMNS, TRUE, TRUE },
  { "too-many-rows", KOBRA_READ_ERROR_TOO_MANY_ROWS, FALSE, FALSE },
  { "changed", KOBRA_READ_ERROR_CHANGED, FALSE, TRUE },
  { "io", KOBRA_READ_ERROR_IO, FALSE, TRUE },
};

static void
check (const GError *error,
       gboolean      read,
       gboolean      again)
{
  KobraRetryBox *box = g_object_ref_sink (g_object_new (KOBRA_TYPE_RETRY_BOX, NULL));
  guint          n = 0;

  kobra_retry_box_set_error (box, error);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      const char *label = gtk_button_get_label (GTK_BUTTON (child));

      g_assert_cmpint (gtk_widget_get_visible (child), ==, g_str_equal (label, ANOTHER) || (g_str_equal (label, READ) && read) || (g_str_equal (label, AGAIN) && again));
      n += gtk_widget_get_visible (child);
    }
  g_assert_cmpuint (n, ==, 1u + (read ? 1 : 0) + (again ? 1 : 0));
  g_assert_finalize_object (box);
}

static void
test_ways (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = g_error_new_literal (KOBRA_READ_ERROR, (int) cases[i].code, "");

  check (error, cases[i].read, cases[i].again);
}

/* What is no error of reading has one way out. */
static void
test_other_errors (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "");

  check (error, FALSE, FALSE);
}

/* A new error is not forgotten here. */
static void
test_all_errors (void)
{
  gboolean is_tried[KOBRA_N_READ_ERRORS] = { FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    is_tried[cases[i].code] = TRUE;
  for (guint i = 0; i < KOBRA_N_READ_ERRORS; i++)
    if (!is_tried[i])
      g_error ("nobody says what helps against error %u", i);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/retry-box/all-errors", test_all_errors);
  g_test_add_func ("/retry-box/other-errors", test_other_errors);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/retry-box/", cases[i].name, GSIZE_TO_POINTER (i), test_ways);
  return g_test_run ();
}
