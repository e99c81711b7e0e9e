/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are dropped on a window are opened: the first here if nothing is here, every other in a window of its own. */
#include "kobra-window.h"

#include "kobra-config.h"
#include "kobra-test.h"

static KobraApplication *application;
static char             *folder;

static GFile *
write_file (const char *name,
            guint       n_records)
{
  g_autofree char    *path = g_build_filename (folder, name, NULL);
  g_autoptr (GString) text = g_string_new ("externalID,name\n");

  for (guint i = 0; i < n_records; i++)
    g_string_append_printf (text, "A-%u,Ana\n", i);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  return g_file_new_for_path (path);
}

static GtkDropTarget *
find_target (KobraWindow *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  GtkDropTarget         *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && found == NULL; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller) && gdk_content_formats_contain_gtype (gtk_drop_target_get_formats (GTK_DROP_TARGET (controller)), GDK_TYPE_FILE_LIST))
        found = GTK_DROP_TARGET (controller);
    }
  g_assert_nonnull (found);
  return found;
}

/* Whether the window takes them. */
static gboolean
drop (KobraWindow *window,
      GFile      **files,
      gsize        n)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean        is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, n));
  g_signal_emit_by_name (find_target (window), "drop", &value, 10.0, 10.0, &is_taken);
  return is_taken;
}

typedef struct
{
  KobraWindow *window;
  guint        n_records;
} Goal;

static gboolean
has_records (gpointer data)
{
  const Goal  *goal = data;
  KobraImport *import = kobra_window_get_import (goal->window);

  return kobra_import_get_state (import) == KOBRA_IMPORT_READY && kobra_table_get_n_rows (kobra_import_get_table (import)) == goal->n_records;
}

static void
wait_for_records (KobraWindow *window,
                  guint        n_records)
{
  Goal goal = { window, n_records };

  kobra_test_wait_for (has_records, &goal);
}

/* The windows, the one that was used last first. */
static guint
count_windows (void)
{
  return g_list_length (gtk_application_get_windows (GTK_APPLICATION (application)));
}

static KobraWindow *
open_window (void)
{
  KobraWindow *window = kobra_window_new (application);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static gboolean
has_no_windows (gpointer data)
{
  return count_windows () == 0;
}

static void
close_all (void)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (application)));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (GTK_WINDOW (l->data));
  kobra_test_wait_for (has_no_windows, NULL);
}

static gboolean
has_window_with (gpointer data)
{
  Goal goal = { NULL, GPOINTER_TO_UINT (data) };

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    {
      goal.window = KOBRA_WINDOW (l->data);
      if (has_records (&goal))
        return TRUE;
    }
  return FALSE;
}

static void
test_into_an_empty_window (void)
{
  g_autoptr (GFile) file = write_file ("uno.csv", 1);
  KobraWindow      *window = open_window ();

  g_assert_true (drop (window, &file, 1));
  wait_for_records (window, 1);
  g_assert_cmpuint (count_windows (), ==, 1);
  close_all ();
}

static void
test_beside_what_is_open (void)
{
  g_autoptr (GFile) one = write_file ("uno.csv", 1), two = write_file ("dos.csv", 2);
  KobraWindow      *window = open_window ();

  g_assert_true (drop (window, &one, 1));
  wait_for_records (window, 1);
  g_assert_true (drop (window, &two, 1));
  g_assert_cmpuint (count_windows (), ==, 2);
  kobra_test_wait_for (has_window_with, GUINT_TO_POINTER (2));
  wait_for_records (window, 1);
  close_all ();
}

static void
test_several_at_once (void)
{
  g_autoptr (GFile) one = write_file ("uno.csv", 1), two = write_file ("dos.csv", 2), three = write_file ("tres.csv", 3);
  GFile            *files[] = { one, two, three };
  KobraWindow      *window = open_window ();

  g_assert_true (drop (window, files, G_N_ELEMENTS (files)));
  wait_for_records (window, 1);
  kobra_test_wait_for (has_window_with, GUINT_TO_POINTER (2));
  kobra_test_wait_for (has_window_with, GUINT_TO_POINTER (3));
  g_assert_cmpuint (count_windows (), ==, 3);
  close_all ();
}

static void
test_nothing (void)
{
  KobraWindow *window = open_window ();

  g_assert_false (drop (window, NULL, 0));
  g_assert_cmpint (kobra_import_get_state (kobra_window_get_import (window)), ==, KOBRA_IMPORT_EMPTY);
  close_all ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  folder = kobra_test_make_folder ();
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  application = kobra_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_application_hold (G_APPLICATION (application));
  g_test_add_func ("/window/drop/into-an-empty-window", test_into_an_empty_window);
  g_test_add_func ("/window/drop/beside-what-is-open", test_beside_what_is_open);
  g_test_add_func ("/window/drop/several-at-once", test_several_at_once);
  g_test_add_func ("/window/drop/nothing", test_nothing);
  status = g_test_run ();
  g_clear_object (&application);
  kobra_test_remove_folder (folder);
  g_free (folder);
  return status;
}
