/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-test-sheet.h"

/* What is in the editor only the sheet itself knows. */
#include "kobra-sheet-private.h"

static void
type (KobraTestSheet *t,
      const char     *text)
{
  gtk_editable_set_text (GTK_EDITABLE (t->sheet->edit.text), text);
}

static const char *
get_typed (KobraTestSheet *t)
{
  return gtk_editable_get_text (GTK_EDITABLE (t->sheet->edit.text));
}

static gboolean
editor_has_focus (KobraTestSheet *t)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (t->window));

  return focus == GTK_WIDGET (t->sheet->edit.text);
}

static void
test_f2_edits_and_keys_commit (void)
{
  static const struct
  {
    const char *key;
    int         row, column;
  } keys[] = {
    { "Return", 4, 1 }, { "<Shift>Return", 2, 1 }, { "Tab", 3, 2 }, { "<Shift>Tab", 3, 0 },
  };
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *text = g_strdup_printf ("new %u", (guint) i);

      kobra_sheet_set_cursor (t.sheet, 3, 1);
      g_assert_true (kobra_test_sheet_press (&t, "F2"));
      g_assert_true (kobra_sheet_is_editing (t.sheet));
      g_assert_true (editor_has_focus (&t));
      g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (t.sheet->edit.text)), ==, g_utf8_strlen (get_typed (&t), -1));
      type (&t, text);
      g_assert_true (kobra_test_sheet_press (&t, keys[i].key));
      g_assert_false (kobra_sheet_is_editing (t.sheet));
      g_assert_true (gtk_widget_is_focus (GTK_WIDGET (t.sheet)));
      kobra_test_sheet_assert_text (&t, 3, 1, text);
      kobra_test_sheet_assert_cursor (&t, keys[i].row, keys[i].column);
    }
  g_assert_null (t.refused);
  kobra_test_sheet_close (&t);
}

static void
test_escape_restores (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 4, 1);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  g_assert_cmpstr (get_typed (&t), ==, "Ana");
  type (&t, "nobody");
  g_assert_true (kobra_test_sheet_press (&t, "Escape"));
  kobra_test_sheet_assert_text (&t, 4, 1, "Ana");
  kobra_test_sheet_assert_cursor (&t, 4, 1);
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (t.sheet)));
  kobra_test_sheet_close (&t);
}

/* Keys that mean the text in the editor must not reach the cells when the editor lets them go by. */
static void
test_cells_are_safe_while_editing (void)
{
  static const char *const keys[] = { "Delete", "BackSpace", "<Control>x", "<Control>v", "<Control>a", "Up", "<Control>End", "F8", "<Control>space" };
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 4, 1);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_false (kobra_test_sheet_press (&t, keys[i]));
  g_assert_true (kobra_sheet_is_editing (t.sheet));
  kobra_test_sheet_assert_selection (&t, 4, 1, 1, 1);
  kobra_sheet_end_edit (t.sheet, TRUE);
  kobra_test_sheet_assert_text (&t, 4, 1, "Ana");
  kobra_test_sheet_close (&t);
}

static void
test_leaving_commits (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 4, 1);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  type (&t, "by focus");
  gtk_widget_grab_focus (t.entry);
  g_assert_false (kobra_sheet_is_editing (t.sheet));
  kobra_test_sheet_assert_text (&t, 4, 1, "by focus");
  g_assert_nonnull (gtk_widget_get_focus_child (t.entry)); /* it is not taken back */

  gtk_widget_grab_focus (GTK_WIDGET (t.sheet));
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  type (&t, "by another cursor");
  kobra_sheet_set_cursor (t.sheet, 0, 0);
  kobra_test_sheet_assert_text (&t, 4, 1, "by another cursor");

  kobra_sheet_set_cursor (t.sheet, 4, 1);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  type (&t, "by another model");
  kobra_sheet_set_model (t.sheet, NULL);
  kobra_test_sheet_assert_text (&t, 4, 1, "by another model");

  kobra_sheet_set_model (t.sheet, KOBRA_SHEET_MODEL (t.model));
  kobra_sheet_set_cursor (t.sheet, 4, 1);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  type (&t, "by closing");
  gtk_widget_set_visible (t.window, FALSE);
  gtk_widget_unrealize (t.window);
  kobra_test_sheet_assert_text (&t, 4, 1, "by closing");
  kobra_test_sheet_close (&t);
}

static void
test_an_edit_goes_with_its_row (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 4, 1);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  type (&t, "half a na");
  kobra_test_sheet_model_splice (t.model, 0, 0, 3);
  kobra_test_sheet_model_set (t.model, 7, 2, "another cell of the row");
  kobra_test_sheet_wait_frame (&t);
  g_assert_true (kobra_sheet_is_editing (t.sheet));
  g_assert_true (editor_has_focus (&t));
  g_assert_cmpstr (get_typed (&t), ==, "half a na");
  kobra_sheet_end_edit (t.sheet, TRUE);
  kobra_test_sheet_assert_text (&t, 7, 1, "half a na");

  /* A row that is gone takes its edit along: the text belongs nowhere else. */
  kobra_sheet_set_cursor (t.sheet, 7, 1);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  type (&t, "lost");
  kobra_test_sheet_model_splice (t.model, 5, 10, 0);
  g_assert_false (kobra_sheet_is_editing (t.sheet));
  for (guint row = 0; row < 20; row++)
    g_assert_cmpstr (kobra_sheet_model_peek_text (KOBRA_SHEET_MODEL (t.model), row, 1), !=, "lost");
  kobra_test_sheet_close (&t);
}

static void
test_an_edit_stays_when_scrolled_away (void)
{
  KobraTestSheet t;
  GtkAdjustment *vertical;
  guint          first, last;

  kobra_test_sheet_open (&t, 1000000, 5);
  vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (t.sheet));
  kobra_sheet_set_cursor (t.sheet, 4, 1);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  gtk_adjustment_set_value (vertical, gtk_adjustment_get_upper (vertical));
  kobra_test_sheet_wait_frame (&t);
  g_assert_true (editor_has_focus (&t));
  g_assert_cmpint (gtk_widget_get_height (t.sheet->edit.box), ==, 0);

  type (&t, "typing brings it back");
  kobra_test_sheet_wait_frame (&t);
  g_assert_true (kobra_sheet_geometry_get_visible_rows (&t.sheet->geometry, &first, &last));
  g_assert_cmpuint (first, <=, 4);
  g_assert_cmpint (gtk_widget_get_height (t.sheet->edit.box), ==, t.sheet->geometry.row_height);
  kobra_test_sheet_close (&t);
}

static void
test_the_editor_grows (void)
{
  KobraTestSheet t;
  int            width;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 4, 0);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  kobra_test_sheet_wait_frame (&t);
  width = kobra_sheet_geometry_get_column_width (&t.sheet->geometry, 0);
  g_assert_cmpint (gtk_widget_get_width (t.sheet->edit.box), ==, width);
  type (&t, "a text that is longer than its column is wide");
  kobra_test_sheet_wait_frame (&t);
  g_assert_cmpint (gtk_widget_get_width (t.sheet->edit.box), >, width);
  kobra_sheet_end_edit (t.sheet, FALSE);
  kobra_test_sheet_close (&t);
}

static void
test_what_may_not_change_does_not (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_test_sheet_model_set_read_only (t.model, TRUE);
  kobra_sheet_set_cursor (t.sheet, 4, 1);
  g_assert_false (kobra_sheet_start_edit (t.sheet));
  g_assert_nonnull (t.refused);
  g_assert_false (kobra_sheet_is_editing (t.sheet));
  kobra_test_sheet_close (&t);
}

static void
test_delete_empties_the_selection (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_select (t.sheet, 3, 2, 1, 2);
  g_assert_true (kobra_test_sheet_press (&t, "Delete"));
  kobra_test_sheet_assert_text (&t, 3, 1, "");
  kobra_test_sheet_assert_text (&t, 4, 2, "");
  kobra_test_sheet_assert_text (&t, 5, 1, "José Núñez");
  kobra_test_sheet_assert_selection (&t, 3, 2, 1, 2);
  kobra_test_sheet_close (&t);
}

static void
test_fills_down (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_select (t.sheet, 3, 3, 1, 2);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>d"));
  kobra_test_sheet_assert_text (&t, 4, 1, "Zoë");
  kobra_test_sheet_assert_text (&t, 5, 1, "Zoë");
  kobra_test_sheet_assert_text (&t, 5, 2, "111.03");
  kobra_test_sheet_assert_text (&t, 6, 1, "Íñigo Ávila");
  kobra_sheet_set_cursor (t.sheet, 8, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>d"));
  kobra_test_sheet_assert_text (&t, 8, 1, "María del Carmen Fernández");
  kobra_sheet_set_cursor (t.sheet, 0, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>d"));
  kobra_test_sheet_assert_text (&t, 0, 1, "José Núñez");
  g_assert_null (t.refused);
  kobra_test_sheet_close (&t);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_assert_nonnull (*(char **) data);
}

static gboolean
is_not_null (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
assert_clipboard (KobraTestSheet *t,
                  const char     *expected)
{
  g_autofree char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (t->sheet)), NULL, read_cb, &text);
  kobra_test_wait_for (is_not_null, &text);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_copy_is_what_spreadsheets_read (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_test_sheet_model_set (t.model, 1, 1, "two\nlines");
  kobra_test_sheet_model_set (t.model, 1, 2, "5\" pipe");
  kobra_sheet_select (t.sheet, 0, 2, 1, 2);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>c"));
  assert_clipboard (&t, "José Núñez\t0.00\n\"two\nlines\"\t\"5\"\" pipe\"");
  kobra_test_sheet_assert_text (&t, 1, 1, "two\nlines");

  kobra_sheet_select (t.sheet, 2, 1, 1, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>x"));
  assert_clipboard (&t, "María del Carmen Fernández");
  kobra_test_sheet_assert_text (&t, 2, 1, "");
  kobra_test_sheet_close (&t);
}

static gboolean
is_copied (gpointer data)
{
  return ((KobraSheet *) data)->copy == NULL;
}

/* A million cells are copied in slices; an edit meanwhile calls it off, and says so. */
static void
test_a_long_copy_holds_up_nothing (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 200000, 5);
  kobra_sheet_select_all (t.sheet);
  kobra_sheet_copy (t.sheet);
  g_assert_nonnull (t.sheet->copy);
  kobra_test_wait_for (is_copied, t.sheet);
  g_assert_null (t.refused);

  kobra_sheet_copy (t.sheet);
  g_assert_nonnull (t.sheet->copy);
  kobra_test_sheet_model_set (t.model, 0, 0, "changed");
  g_assert_null (t.sheet->copy);
  g_assert_nonnull (t.refused);

  kobra_sheet_copy (t.sheet);
  g_assert_true (kobra_test_sheet_press (&t, "Escape"));
  g_assert_null (t.sheet->copy);
  kobra_test_sheet_close (&t);
}

static gboolean
is_pasted (gpointer data)
{
  KobraSheet *sheet = data;

  return sheet->pasting == NULL && sheet->n_writings == 0;
}

static void
paste (KobraTestSheet *t,
       const char     *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (t->sheet)), text);
  g_assert_true (kobra_test_sheet_press (t, "<Control>v"));
  kobra_test_wait_for (is_pasted, t->sheet);
}

static void
test_paste (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 3, 1);
  paste (&t, "a\tb\r\n\"c\td\"\te\r\n");
  kobra_test_sheet_assert_text (&t, 3, 1, "a");
  kobra_test_sheet_assert_text (&t, 3, 2, "b");
  kobra_test_sheet_assert_text (&t, 4, 1, "c\td");
  kobra_test_sheet_assert_text (&t, 4, 2, "e");
  kobra_test_sheet_assert_selection (&t, 3, 2, 1, 2);

  /* One cell fills a selection; two rows fill four. */
  kobra_sheet_select (t.sheet, 10, 3, 0, 2);
  paste (&t, "x");
  kobra_test_sheet_assert_text (&t, 12, 1, "x");
  kobra_sheet_select (t.sheet, 20, 4, 0, 1);
  paste (&t, "1\n2\n");
  kobra_test_sheet_assert_text (&t, 22, 0, "1");
  kobra_test_sheet_assert_text (&t, 23, 0, "2");

  /* The model may grow. */
  kobra_sheet_set_cursor (t.sheet, 99, 0);
  paste (&t, "1\n2\n3");
  g_assert_cmpuint (kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (t.model)), ==, 102);
  kobra_test_sheet_assert_selection (&t, 99, 3, 0, 1);

  g_assert_null (t.refused);
  paste (&t, "");
  g_assert_nonnull (t.refused);
  kobra_test_sheet_close (&t);
}

static void
test_a_huge_paste_is_refused (void)
{
  KobraTestSheet t;
  g_autofree char *text = g_malloc (70 * 1024 * 1024 + 1);

  memset (text, 'x', 70 * 1024 * 1024);
  text[70 * 1024 * 1024] = '\0';
  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 3, 1);
  paste (&t, text);
  g_assert_nonnull (t.refused);
  kobra_test_sheet_assert_text (&t, 3, 1, "Zoë");

  /* A cell of 1 MB is the most. */
  g_set_str (&t.refused, NULL);
  text[1024 * 1024 + 1] = '\0';
  paste (&t, text);
  g_assert_nonnull (t.refused);
  g_set_str (&t.refused, NULL);
  text[1024 * 1024] = '\0';
  paste (&t, text);
  g_assert_null (t.refused);
  kobra_test_sheet_wait_frame (&t);
  kobra_test_sheet_close (&t);
}

static void
offer_html (KobraTestSheet *t,
            const char     *html,
            const char     *text)
{
  g_autoptr (GBytes) html_bytes = g_bytes_new (html, strlen (html));
  g_autoptr (GBytes) text_bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (GdkContentProvider) provider = NULL;
  GdkContentProvider *providers[2] = { gdk_content_provider_new_for_bytes ("text/html", html_bytes) };

  if (text != NULL)
    providers[1] = gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", text_bytes);
  provider = gdk_content_provider_new_union (providers, text != NULL ? 2 : 1);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (t->sheet)), provider);
  g_assert_true (kobra_test_sheet_press (t, "<Control>v"));
  kobra_test_wait_for (is_pasted, t->sheet);
}

/* A table in HTML counts where the plain text is none, or has lost its columns; a spreadsheet's own text comes first. */
static void
test_html_is_pasted (void)
{
  const char    *html = "<table><tr><td>a</td><td>b</td></tr></table>";
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 3, 0);
  offer_html (&t, html, NULL);
  kobra_test_sheet_assert_text (&t, 3, 1, "b");
  kobra_sheet_set_cursor (t.sheet, 4, 0);
  offer_html (&t, html, "a\nb\n");
  kobra_test_sheet_assert_text (&t, 4, 1, "b");
  kobra_sheet_set_cursor (t.sheet, 6, 0);
  offer_html (&t, html, "c\td\n");
  kobra_test_sheet_assert_text (&t, 6, 1, "d");
  kobra_sheet_set_cursor (t.sheet, 8, 0);
  offer_html (&t, "<b>bold</b>", "bold");
  kobra_test_sheet_assert_text (&t, 8, 0, "bold");
  g_assert_null (t.refused);
  offer_html (&t, "<b>bold</b>", NULL);
  g_assert_nonnull (t.refused);
  kobra_test_sheet_close (&t);
}

/* Gnumeric's plain text has line breaks that are not quoted, and its HTML columns that are not in the book. */
static void
test_gnumeric_is_pasted (void)
{
  g_autofree char *html_path = g_test_build_filename (G_TEST_DIST, "data", "clipboard", "gnumeric-merged.html", NULL);
  g_autofree char *text_path = g_test_build_filename (G_TEST_DIST, "data", "clipboard", "gnumeric-merged.txt", NULL);
  g_autofree char *html = NULL, *text = NULL;
  KobraTestSheet   t;

  g_assert_true (g_file_get_contents (html_path, &html, NULL, NULL) && g_file_get_contents (text_path, &text, NULL, NULL));
  kobra_test_sheet_open (&t, 100, 8);
  kobra_test_sheet_model_set (t.model, 5, 4, "mine");
  kobra_sheet_set_cursor (t.sheet, 2, 0);
  offer_html (&t, html, text);
  kobra_test_sheet_assert_text (&t, 5, 3, "Primera visita\nSegunda visita");
  kobra_test_sheet_assert_text (&t, 9, 3, "fin");
  kobra_test_sheet_assert_text (&t, 5, 4, "mine");
  kobra_test_sheet_assert_selection (&t, 2, 8, 0, 4);
  kobra_test_sheet_close (&t);
}

static void
test_rows_are_pasted_as_rows (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 10, 5);
  kobra_sheet_set_cursor (t.sheet, 3, 1);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (t.sheet)), "a\tb\nc\td\n");
  g_assert_true (kobra_test_sheet_press (&t, "<Control><Shift>v"));
  kobra_test_wait_for (is_pasted, t.sheet);
  g_assert_cmpuint (kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (t.model)), ==, 12);
  kobra_test_sheet_assert_selection (&t, 3, 2, 1, 2);
  kobra_test_sheet_close (&t);
}

/* Whoever types a word for a value, or picks it with the arrows, gets the value. */
static void
test_choices_are_chosen (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 7);
  kobra_sheet_set_cursor (t.sheet, 2, 5);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  g_assert_true (gtk_widget_get_visible (t.sheet->edit.popover));
  type (&t, "wom");
  g_assert_true (kobra_test_sheet_press (&t, "Return"));
  kobra_test_sheet_assert_text (&t, 2, 5, "F");
  g_assert_false (gtk_widget_get_visible (t.sheet->edit.popover));

  kobra_sheet_set_cursor (t.sheet, 3, 5);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  type (&t, "");
  g_assert_true (kobra_sheet_chooser_move (t.sheet, TRUE));
  g_assert_true (kobra_sheet_chooser_move (t.sheet, TRUE));
  g_assert_true (kobra_test_sheet_press (&t, "Tab"));
  kobra_test_sheet_assert_text (&t, 3, 5, "M");

  /* What is no choice stays what was typed; Escape chooses nothing. */
  kobra_sheet_set_cursor (t.sheet, 4, 5);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  type (&t, "zzz");
  g_assert_true (kobra_test_sheet_press (&t, "Return"));
  kobra_test_sheet_assert_text (&t, 4, 5, "zzz");
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  kobra_sheet_chooser_move (t.sheet, TRUE);
  g_assert_true (kobra_test_sheet_press (&t, "Escape"));
  kobra_test_sheet_assert_text (&t, 5, 5, "5/5");
  kobra_test_sheet_close (&t);
}

static void
test_dates_are_picked (void)
{
  g_autoptr (GDateTime) day = g_date_time_new_local (2024, 2, 29, 0, 0, 0);
  KobraTestSheet        t;

  kobra_test_sheet_open (&t, 100, 7);
  kobra_sheet_set_cursor (t.sheet, 2, 6);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  gtk_calendar_select_day (GTK_CALENDAR (t.sheet->edit.calendar), day);
  g_assert_cmpstr (get_typed (&t), ==, "2024-02-29");
  g_assert_true (kobra_sheet_chooser_move (t.sheet, TRUE));
  g_assert_true (kobra_test_sheet_press (&t, "Return"));
  kobra_test_sheet_assert_text (&t, 2, 6, "2024-03-01");
  kobra_test_sheet_close (&t);
}

/* What is wrong is said while it is typed, and the model's own form of it is what stays. */
static void
test_typing_is_judged (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 2, 1);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  g_assert_false (gtk_widget_get_visible (t.sheet->edit.popover));
  type (&t, "wrong");
  g_assert_true (gtk_widget_get_visible (t.sheet->edit.popover));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (t.sheet->edit.words)), ==, "This is wrong");
  type (&t, " right ");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (t.sheet->edit.words)), ==, "");
  g_assert_true (kobra_test_sheet_press (&t, "Return"));
  kobra_test_sheet_assert_text (&t, 2, 1, "right");
  kobra_test_sheet_close (&t);
}

static void
test_control_enter_fills (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_select (t.sheet, 2, 3, 0, 2);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  type (&t, "all");
  g_assert_true (kobra_test_sheet_press (&t, "<Control>Return"));
  g_assert_false (kobra_sheet_is_editing (t.sheet));
  for (guint i = 0; i < 6; i++)
    kobra_test_sheet_assert_text (&t, 2 + i / 2, i % 2, "all");
  kobra_test_sheet_assert_text (&t, 5, 0, "5/0");
  kobra_test_sheet_assert_selection (&t, 2, 3, 0, 2);
  kobra_test_sheet_close (&t);
}

static void
test_columns_move_with_their_widths (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_column_width (t.sheet, 1, 222);
  kobra_sheet_set_cursor (t.sheet, 2, 1);
  g_assert_true (kobra_test_sheet_press (&t, "<Alt><Shift>Right"));
  kobra_test_sheet_assert_cursor (&t, 0, 2);
  kobra_test_sheet_assert_text (&t, 0, 2, "José Núñez");
  g_assert_cmpint (kobra_sheet_get_column_width (t.sheet, 2), ==, 222);
  g_assert_cmpint (kobra_sheet_get_column_width (t.sheet, 1), ==, 0);
  kobra_test_sheet_close (&t);
}

/* Nobody knows what comes through a clipboard: each of these is drawn within a frame or so, and none ends the program. */
static void
test_hostile_cells_are_drawn (void)
{
  g_autoptr (GString) marks = g_string_new ("a"), bidi = g_string_new (NULL), controls = g_string_new (NULL);
  g_autofree char    *long_word = g_strnfill (1024 * 1024, 'W');
  const char         *cells[4];
  gint64              begun;
  KobraTestSheet      t;

  for (guint i = 0; i < 5000; i++)
    {
      g_string_append (marks, "\u0301\u0327\u0489");
      g_string_append (bidi, "\u202e\u2067abc\u05d0");
      g_string_append_c (controls, (char) (1 + i % 31));
    }
  cells[0] = long_word;
  cells[1] = marks->str;
  cells[2] = bidi->str;
  cells[3] = controls->str;
  kobra_test_sheet_open (&t, 100, 5);
  for (guint i = 0; i < 80; i++)
    kobra_test_sheet_model_set (t.model, i / 4, i % 4, cells[i % 4]);
  begun = g_get_monotonic_time ();
  kobra_test_sheet_wait_frame (&t);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 20 * G_USEC_PER_SEC); /* a hang, not a figure: those are in tests/bench */
  kobra_sheet_set_cursor (t.sheet, 0, 0);
  g_assert_false (kobra_sheet_start_edit (t.sheet)); /* too long for an editor */
  g_assert_nonnull (t.refused);
  kobra_test_sheet_close (&t);
}

/* A paste under way belongs to the model it was for. */
static void
test_a_paste_does_not_outlive_its_sheet (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (t.sheet)), "x");
  kobra_sheet_set_cursor (t.sheet, 3, 1);
  kobra_sheet_paste (t.sheet);
  kobra_sheet_set_model (t.sheet, NULL);
  g_assert_null (t.sheet->pasting);
  kobra_sheet_set_model (t.sheet, KOBRA_SHEET_MODEL (t.model));
  kobra_sheet_set_cursor (t.sheet, 3, 1);
  kobra_sheet_paste (t.sheet);
  kobra_test_sheet_close (&t);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sheet/edit/f2-edits-and-keys-commit", test_f2_edits_and_keys_commit);
  g_test_add_func ("/sheet/edit/escape-restores", test_escape_restores);
  g_test_add_func ("/sheet/edit/cells-are-safe-while-editing", test_cells_are_safe_while_editing);
  g_test_add_func ("/sheet/edit/leaving-commits", test_leaving_commits);
  g_test_add_func ("/sheet/edit/goes-with-its-row", test_an_edit_goes_with_its_row);
  g_test_add_func ("/sheet/edit/stays-when-scrolled-away", test_an_edit_stays_when_scrolled_away);
  g_test_add_func ("/sheet/edit/the-editor-grows", test_the_editor_grows);
  g_test_add_func ("/sheet/edit/what-may-not-change-does-not", test_what_may_not_change_does_not);
  g_test_add_func ("/sheet/clipboard/delete-empties-the-selection", test_delete_empties_the_selection);
  g_test_add_func ("/sheet/clipboard/fills-down", test_fills_down);
  g_test_add_func ("/sheet/clipboard/copy-is-what-spreadsheets-read", test_copy_is_what_spreadsheets_read);
  g_test_add_func ("/sheet/clipboard/a-long-copy-holds-up-nothing", test_a_long_copy_holds_up_nothing);
  g_test_add_func ("/sheet/clipboard/paste", test_paste);
  g_test_add_func ("/sheet/edit/choices-are-chosen", test_choices_are_chosen);
  g_test_add_func ("/sheet/edit/dates-are-picked", test_dates_are_picked);
  g_test_add_func ("/sheet/edit/typing-is-judged", test_typing_is_judged);
  g_test_add_func ("/sheet/edit/control-enter-fills", test_control_enter_fills);
  g_test_add_func ("/sheet/edit/columns-move-with-their-widths", test_columns_move_with_their_widths);
  g_test_add_func ("/sheet/edit/hostile-cells-are-drawn", test_hostile_cells_are_drawn);
  g_test_add_func ("/sheet/clipboard/html-is-pasted", test_html_is_pasted);
  g_test_add_func ("/sheet/clipboard/gnumeric-is-pasted", test_gnumeric_is_pasted);
  g_test_add_func ("/sheet/clipboard/rows-are-pasted-as-rows", test_rows_are_pasted_as_rows);
  g_test_add_func ("/sheet/clipboard/a-huge-paste-is-refused", test_a_huge_paste_is_refused);
  g_test_add_func ("/sheet/clipboard/a-paste-does-not-outlive-its-sheet", test_a_paste_does_not_outlive_its_sheet);
  return g_test_run ();
}
