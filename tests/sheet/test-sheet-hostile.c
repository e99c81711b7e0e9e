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

/* An owner that thinks about it. */
#define TEST_TYPE_SLOW_OWNER (test_slow_owner_get_type ())
G_DECLARE_FINAL_TYPE (TestSlowOwner, test_slow_owner, TEST, SLOW_OWNER, GdkContentProvider)

struct _TestSlowOwner
{
  GdkContentProvider parent_instance;
  GOutputStream     *stream; /* to the one who asked, once asked */
  GTask             *task;
};

G_DEFINE_FINAL_TYPE (TestSlowOwner, test_slow_owner, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
test_slow_owner_ref_formats (GdkContentProvider *provider)
{
  static const char *types[] = { "text/plain;charset=utf-8" };

  return gdk_content_formats_new (types, G_N_ELEMENTS (types));
}

static void
test_slow_owner_write_async (GdkContentProvider *provider,
                             const char         *mime_type,
                             GOutputStream      *stream,
                             int                 priority,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            data)
{
  TestSlowOwner *self = TEST_SLOW_OWNER (provider);

  self->stream = g_object_ref (stream);
  self->task = g_task_new (self, cancellable, callback, data);
}

static gboolean
test_slow_owner_write_finish (GdkContentProvider *provider,
                              GAsyncResult       *result,
                              GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_slow_owner_dispose (GObject *object)
{
  TestSlowOwner *self = TEST_SLOW_OWNER (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->task);
  G_OBJECT_CLASS (test_slow_owner_parent_class)->dispose (object);
}

static void
test_slow_owner_class_init (TestSlowOwnerClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = test_slow_owner_dispose;
  provider_class->ref_formats = test_slow_owner_ref_formats;
  provider_class->write_mime_type_async = test_slow_owner_write_async;
  provider_class->write_mime_type_finish = test_slow_owner_write_finish;
}

static void
test_slow_owner_init (TestSlowOwner *self)
{
}

/* Hands over what it was asked for, at last; whoever asked may be gone. */
static void
answer (TestSlowOwner *owner)
{
  g_output_stream_write_all (owner->stream, "late\n", 5, NULL, NULL, NULL);
  g_task_return_boolean (owner->task, TRUE);
  g_clear_object (&owner->stream);
  g_clear_object (&owner->task);
}

static gboolean
is_slow (gpointer data)
{
  gboolean slow;

  g_object_get (data, "slow-paste", &slow, NULL);
  return slow;
}

static void
test_slow_owner (gconstpointer data)
{
  const char *way_out = data; /* the key that calls it off, or NULL: the owner answers */
  g_autoptr (TestSlowOwner) owner = g_object_new (TEST_TYPE_SLOW_OWNER, NULL);
  g_autofree char *before = NULL;
  KobraTestSheet   t;

  kobra_test_sheet_open (&t, 100, 5);
  before = g_strdup (kobra_sheet_model_peek_text (KOBRA_SHEET_MODEL (t.model), 1, 0));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (t.sheet)), GDK_CONTENT_PROVIDER (owner));
  kobra_sheet_set_cursor (t.sheet, 1, 0);
  g_assert_true (kobra_test_sheet_press (&t, "<Control>v"));
  kobra_test_wait_for (is_slow, t.sheet);
  if (way_out != NULL)
    g_assert_true (kobra_test_sheet_press (&t, way_out));
  answer (owner);
  kobra_test_wait_for (is_pasted, t.sheet);
  g_assert_false (is_slow (t.sheet));
  g_assert_null (t.refused);
  kobra_test_sheet_wait_frame (&t);
  kobra_test_sheet_assert_text (&t, 1, 0, way_out != NULL ? before : "late");
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
  g_test_add_data_func ("/sheet/hostile/a-slow-owner-is-waited-for", NULL, test_slow_owner);
  g_test_add_data_func ("/sheet/hostile/a-slow-owner-can-be-left", "Escape", test_slow_owner);
  return g_test_run ();
}
