/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Real keys and a real pointer. */

#include "kobra-test-sheet.h"

/* Where cells are and what is in the editor only the sheet itself knows. */
#include "kobra-sheet-private.h"

static gboolean
is_editing (gpointer data)
{
  return kobra_sheet_is_editing (data);
}

static gboolean
is_not_editing (gpointer data)
{
  return !kobra_sheet_is_editing (data);
}

typedef struct
{
  KobraTestSheet *t;
  const char     *text;
} Typed;

static gboolean
is_typed (gpointer data)
{
  Typed *typed = data;

  return g_str_equal (gtk_editable_get_text (GTK_EDITABLE (typed->t->sheet->edit.text)), typed->text);
}

static void
wait_typed (KobraTestSheet *t,
            const char     *text)
{
  kobra_test_wait_for (is_typed, &(Typed) { t, text });
}

/* Every key counts, the first one too: it opens the editor and is its first letter. */
static void
test_typing_edits (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 4, 1);
  if (kobra_test_sheet_xdotool (&t, "type --delay 2 Hello"))
    {
      wait_typed (&t, "Hello");
      g_assert_true (is_editing (t.sheet));

      /* An arrow ends it, as in spreadsheets ... */
      kobra_test_sheet_xdotool (&t, "key Right");
      kobra_test_wait_for (is_not_editing, t.sheet);
      kobra_test_sheet_assert_text (&t, 4, 1, "Hello");
      kobra_test_sheet_assert_cursor (&t, 4, 2);

      /* ... but not after F2. */
      kobra_test_sheet_xdotool (&t, "key Left F2 Left Left Left Left Home Right exclam");
      wait_typed (&t, "H!ello");
      kobra_test_sheet_xdotool (&t, "key Return");
      kobra_test_wait_for (is_not_editing, t.sheet);
      kobra_test_sheet_assert_text (&t, 4, 1, "H!ello");
      kobra_test_sheet_assert_cursor (&t, 5, 1);
    }
  kobra_test_sheet_close (&t);
}

/* Dead keys and Compose have no letter of their own. The keys are those of a US keyboard: ' is 48, e 26, right Alt 108, ~ 49, n 57. */
static void
test_composing_edits (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 100, 5);
  kobra_sheet_set_cursor (t.sheet, 4, 1);
  if (kobra_test_sheet_run (&t, "setxkbmap -layout us -variant intl -option compose:ralt"))
    {
      kobra_test_sheet_xdotool (&t, "key 48");
      kobra_test_wait_for (is_editing, t.sheet);
      kobra_test_sheet_xdotool (&t, "key 26");
      wait_typed (&t, "é");
      kobra_test_sheet_xdotool (&t, "key Escape");
      kobra_test_wait_for (is_not_editing, t.sheet);
      kobra_test_sheet_assert_text (&t, 4, 1, "Ana");

      kobra_test_sheet_xdotool (&t, "key 108");
      kobra_test_wait_for (is_editing, t.sheet);
      kobra_test_sheet_xdotool (&t, "key 26 26");
      wait_typed (&t, "ə");
      kobra_test_sheet_xdotool (&t, "key Tab");
      kobra_test_wait_for (is_not_editing, t.sheet);
      kobra_test_sheet_assert_text (&t, 4, 1, "ə");
      kobra_test_sheet_run (&t, "setxkbmap -layout us -option");
    }
  kobra_test_sheet_close (&t);
}

typedef struct
{
  KobraTestSheet *t;
  guint           row, n_rows, column, n_columns;
} Wanted;

static gboolean
is_selected (gpointer data)
{
  Wanted *wanted = data;
  guint   row, n_rows, column, n_columns;

  return kobra_sheet_get_selection (wanted->t->sheet, &row, &n_rows, &column, &n_columns) &&
         row == wanted->row && n_rows == wanted->n_rows && column == wanted->column && n_columns == wanted->n_columns;
}

static void
wait_selected (KobraTestSheet *t,
               guint           row,
               guint           n_rows,
               guint           column,
               guint           n_columns)
{
  kobra_test_wait_for (is_selected, &(Wanted) { t, row, n_rows, column, n_columns });
}

static char *
dup_cell_place (KobraTestSheet *t,
                guint           row,
                guint           column)
{
  KobraSheetRect cell = kobra_sheet_geometry_get_cell (&t->sheet->geometry, row, column);

  return kobra_test_sheet_dup_place (t, cell.x + cell.width / 2, cell.y + cell.height / 2);
}

static gboolean
do_at (KobraTestSheet *t,
       guint           row,
       guint           column,
       const char     *format)
{
  g_autofree char *place = dup_cell_place (t, row, column);
  g_autofree char *arguments = g_strdup_printf ("mousemove %s %s", place, format);

  return kobra_test_sheet_xdotool (t, arguments);
}

/* A key comes after all that the pointer did: no window closes under a pressed button. */
static void
settle (KobraTestSheet *t)
{
  kobra_sheet_set_cursor (t->sheet, 0, 0);
  kobra_test_sheet_xdotool (t, "key Down");
  wait_selected (t, 1, 1, 0, 1);
}

static void
test_the_pointer_selects (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 1000, 5);
  if (do_at (&t, 3, 1, "click 1"))
    {
      g_autofree char *header = kobra_test_sheet_dup_place (&t, kobra_sheet_geometry_get_header (&t.sheet->geometry, 2).x + 20, 10);
      g_autofree char *leading = kobra_test_sheet_dup_place (&t, 10, kobra_sheet_geometry_get_leading (&t.sheet->geometry, 6).y + 10);
      g_autofree char *corner = kobra_test_sheet_dup_place (&t, 10, 10);
      g_autofree char *to = NULL;
      g_autofree char *drag = NULL;
      g_autofree char *click = g_strdup_printf ("mousemove %s click 1", header);

      wait_selected (&t, 3, 1, 1, 1);
      do_at (&t, 5, 2, "keydown shift click 1 keyup shift");
      wait_selected (&t, 3, 3, 1, 2);
      kobra_test_sheet_xdotool (&t, click);
      wait_selected (&t, 0, 1000, 2, 1);
      g_set_str (&click, "mousemove ");
      drag = g_strconcat (click, leading, " click 1", NULL);
      kobra_test_sheet_xdotool (&t, drag);
      wait_selected (&t, 6, 1, 0, 5);
      g_free (drag);
      drag = g_strconcat (click, corner, " click 1", NULL);
      kobra_test_sheet_xdotool (&t, drag);
      wait_selected (&t, 0, 1000, 0, 5);

      to = dup_cell_place (&t, 8, 0);
      g_free (drag);
      drag = g_strdup_printf ("mousedown 1 mousemove --sync %s mouseup 1", to);
      do_at (&t, 2, 1, drag);
      wait_selected (&t, 2, 7, 0, 2);

      do_at (&t, 4, 1, "click --repeat 2 --delay 20 1");
      kobra_test_wait_for (is_editing, t.sheet);
      do_at (&t, 9, 1, "click 1");
      kobra_test_wait_for (is_not_editing, t.sheet);
      wait_selected (&t, 9, 1, 1, 1);
      settle (&t);
    }
  kobra_test_sheet_close (&t);
}

static gboolean
is_popped_up (gpointer data)
{
  KobraSheet *sheet = data;

  return sheet->menus[0] != NULL && gtk_widget_get_mapped (sheet->menus[0]);
}

/* The menu gives the focus back to the sheet when it closes; that must not end the edit which it began. */
static void
test_the_menu_edits (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 1000, 5);
  if (do_at (&t, 3, 1, "click 3"))
    {
      wait_selected (&t, 3, 1, 1, 1);
      kobra_test_wait_for (is_popped_up, t.sheet);
      kobra_test_sheet_xdotool (&t, "key e");
      kobra_test_wait_for (is_editing, t.sheet);
      kobra_test_sheet_xdotool (&t, "type x");
      wait_typed (&t, "Zoëx");
      kobra_test_sheet_xdotool (&t, "key Escape");
      kobra_test_wait_for (is_not_editing, t.sheet);
    }
  kobra_test_sheet_close (&t);
}

static gboolean
has_scrolled (gpointer data)
{
  KobraTestSheet *t = data;
  guint           row, n_rows;

  return kobra_sheet_get_selection (t->sheet, &row, &n_rows, NULL, NULL) && n_rows > 60 && t->sheet->geometry.scroll_y > 20 * t->sheet->geometry.row_height;
}

static void
test_dragging_out_scrolls (void)
{
  KobraTestSheet t;

  kobra_test_sheet_open (&t, 1000, 5);
  if (do_at (&t, 3, 1, "mousedown 1"))
    {
      g_autofree char *below = kobra_test_sheet_dup_place (&t, 200, gtk_widget_get_height (GTK_WIDGET (t.sheet)) + 20);
      g_autofree char *drag = g_strconcat ("mousemove --sync ", below, NULL);

      kobra_test_sheet_xdotool (&t, drag);
      kobra_test_wait_for (has_scrolled, &t);
      kobra_test_sheet_xdotool (&t, "mouseup 1");
      settle (&t);
    }
  kobra_test_sheet_close (&t);
}

typedef struct
{
  KobraTestSheet *t;
  int             width;
} Width;

static gboolean
has_width (gpointer data)
{
  Width *wanted = data;

  return kobra_sheet_geometry_get_column_width (&wanted->t->sheet->geometry, 1) == wanted->width;
}

static void
test_header_edges_resize (void)
{
  KobraTestSheet t;
  KobraSheetRect header;
  int            width;

  kobra_test_sheet_open (&t, 1000, 5);
  header = kobra_sheet_geometry_get_header (&t.sheet->geometry, 1);
  width = kobra_sheet_geometry_get_column_width (&t.sheet->geometry, 1);
  if (do_at (&t, 0, 0, ""))
    {
      g_autofree char *from = kobra_test_sheet_dup_place (&t, header.x + header.width, 10);
      g_autofree char *to = kobra_test_sheet_dup_place (&t, header.x + header.width + 70, 10);
      g_autofree char *drag = g_strdup_printf ("mousemove --sync %s mousedown 1 mousemove --sync %s mouseup 1", from, to);
      g_autofree char *fit = g_strdup_printf ("mousemove %s click --repeat 2 --delay 20 1", to);

      kobra_test_sheet_xdotool (&t, drag);
      kobra_test_wait_for (has_width, &(Width) { &t, width + 70 });
      kobra_test_sheet_xdotool (&t, fit);
      kobra_test_wait_for (has_width, &(Width) { &t, width });
      settle (&t);
    }
  kobra_test_sheet_close (&t);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sheet/input/typing-edits", test_typing_edits);
  g_test_add_func ("/sheet/input/composing-edits", test_composing_edits);
  g_test_add_func ("/sheet/input/the-pointer-selects", test_the_pointer_selects);
  g_test_add_func ("/sheet/input/the-menu-edits", test_the_menu_edits);
  g_test_add_func ("/sheet/input/dragging-out-scrolls", test_dragging_out_scrolls);
  g_test_add_func ("/sheet/input/header-edges-resize", test_header_edges_resize);
  return g_test_run ();
}
