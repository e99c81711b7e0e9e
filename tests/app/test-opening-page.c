/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown while a large file is opened: its first rows, until they are not needed any more. */
#include "kobra-opening-page.h"

#include "kobra-sheet.h"
#include "kobra-test.h"
#include "widget-look.h"

static const char sheet[] = "externalID,name\nA-1,Ana\nA-2,Luz\n";

typedef struct
{
  GtkWindow        *window;
  KobraOpeningPage *page;
  KobraSheet       *preview;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->page = g_object_new (KOBRA_TYPE_OPENING_PAGE, NULL);
  self->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (self->window, GTK_WIDGET (self->page));
  gtk_window_present (self->window);
  self->preview = KOBRA_SHEET (look_for (GTK_WIDGET (self->page), KOBRA_TYPE_SHEET, NULL));
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gtk_window_destroy (self->window);
}

static gboolean
has_rows (gpointer data)
{
  KobraSheet *preview = data;

  return gtk_widget_get_mapped (GTK_WIDGET (preview)) && kobra_sheet_get_model (preview) != NULL;
}

static void
test_first_rows (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (sheet, sizeof sheet - 1);
  KobraSheetModel   *model;

  kobra_opening_page_begin (self->page, "Opening", NULL, bytes, NULL);
  g_assert_true (look_says (GTK_WIDGET (self->page), "Opening"));
  kobra_test_wait_for (has_rows, self->preview);
  model = kobra_sheet_get_model (self->preview);
  g_assert_cmpuint (kobra_sheet_model_get_n_rows (model), ==, 2);
  g_assert_cmpstr (kobra_sheet_model_peek_text (model, 1, 1), ==, "Luz");

  /* The next file does not show the rows of the one before. */
  kobra_opening_page_begin (self->page, "Another", NULL, NULL, NULL);
  g_assert_false (has_rows (self->preview));
}

static void
test_rows_go_with_the_page (Fixture      *self,
                            gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (sheet, sizeof sheet - 1);

  kobra_opening_page_begin (self->page, "Opening", NULL, bytes, NULL);
  kobra_test_wait_for (has_rows, self->preview);
  gtk_widget_set_visible (GTK_WIDGET (self->page), FALSE);
  g_assert_null (kobra_sheet_get_model (self->preview));
}

static void
test_gone_before_they_come (Fixture      *self,
                            gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (sheet, sizeof sheet - 1);

  kobra_opening_page_begin (self->page, "Opening", NULL, bytes, NULL);
  g_object_add_weak_pointer (G_OBJECT (self->page), (gpointer *) &self->page);
  gtk_window_set_child (self->window, NULL);
  while (self->page != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/opening-page/first-rows", Fixture, NULL, set_up, test_first_rows, tear_down);
  g_test_add ("/opening-page/rows-go-with-the-page", Fixture, NULL, set_up, test_rows_go_with_the_page, tear_down);
  g_test_add ("/opening-page/gone-before-they-come", Fixture, NULL, set_up, test_gone_before_they_come, tear_down);
  return g_test_run ();
}
