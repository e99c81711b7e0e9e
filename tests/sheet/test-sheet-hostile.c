/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What other programs may put on the clipboard: it is pasted as far as it is text, and shown, whatever is in it. */

#include "kobra-test-sheet.h"

#include <string.h>

/* Whether a paste is under way only the sheet itself knows. */
#include "kobra-sheet-private.h"

static gboolean
is_pasted (gpointer data)
{
  KobraSheet *sheet = data;

  return sheet->pasting == NULL && sheet->n_writings == 0;
}

static void
paste_bytes (KobraTestSheet *t,
             const char     *type,
             gconstpointer   data,
             gsize           size)
{
  g_autoptr (GBytes)             bytes = g_bytes_new (data, size);
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes (type, bytes);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (t->sheet)), provider);
  kobra_sheet_set_cursor (t->sheet, 1, 0);
  g_assert_true (kobra_test_sheet_press (t, "<Control>v"));
  kobra_test_wait_for (is_pasted, t->sheet);
  kobra_test_sheet_wait_frame (t);
}

typedef struct
{
  const char *name, *type, *bytes;
  gsize       size;
  const char *first, *second; /* the cells it becomes */
} PasteCase;

/* The NUL at the end is not on the clipboard. */
#define BYTES(s) .bytes = (s), .size = sizeof (s) - 1

static void
test_paste (gconstpointer data)
{
  const PasteCase *c = data;
  KobraTestSheet   t;

  kobra_test_sheet_open (&t, 100, 5);
  paste_bytes (&t, c->type, c->bytes, c->size);
  g_assert_null (t.refused);
  kobra_test_sheet_assert_text (&t, 1, 0, c->first);
  kobra_test_sheet_assert_text (&t, 1, 1, c->second);
  kobra_test_sheet_close (&t);
}

/* Cells of the largest size that can be pasted: one word, and one letter with all marks there is room for. */
static void
test_large_cells (void)
{
  const gsize         max = 1024 * 1024;
  g_autoptr (GString) text = g_string_new (NULL);
  KobraTestSheet      t;

  for (gsize i = 0; i < max; i++)
    g_string_append_c (text, 'W');
  g_string_append (text, "\ta");
  for (gsize i = 0; i < max / 2 - 1; i++)
    g_string_append (text, "\u0301");
  kobra_test_sheet_open (&t, 100, 5);
  paste_bytes (&t, "text/plain;charset=utf-8", text->str, text->len);
  g_assert_null (t.refused);
  g_assert_cmpuint (strlen (kobra_sheet_model_peek_text (KOBRA_SHEET_MODEL (t.model), 1, 0)), ==, max);
  g_assert_cmpuint (strlen (kobra_sheet_model_peek_text (KOBRA_SHEET_MODEL (t.model), 1, 1)), ==, max - 1);
  kobra_test_sheet_close (&t);
}

int
main (int   argc,
      char *argv[])
{
  static const PasteCase cases[] = {
    { "nul-in-text", "text/plain;charset=utf-8", BYTES ("a\0b\tc\n"), "a\uFFFDb", "c" },
    { "nul-in-html", "text/html", BYTES ("<table><tr><td>a\0b</td><td>c</td></tr></table>"), "a\uFFFDb", "c" },
    { "no-utf-8", "text/plain;charset=utf-8", BYTES ("a\xff\tc\n"), "a\uFFFD", "c" },
    { "bidi-controls", "text/plain;charset=utf-8", BYTES ("\u202eabc\u2067\tc\n"), "\u202eabc\u2067", "c" },
    { "bidi-controls-in-html", "text/html", BYTES ("<table><tr><td>\u202ex</td><td>&#8238;c</td></tr></table>"), "\u202ex", "\u202ec" },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sheet/hostile/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_paste);
    }
  g_test_add_func ("/sheet/hostile/large-cells", test_large_cells);
  return g_test_run ();
}
