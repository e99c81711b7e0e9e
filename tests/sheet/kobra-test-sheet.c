/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-test-sheet.h"

#include <unistd.h>

static void
refused_cb (KobraSheet     *sheet,
            const char     *words,
            KobraTestSheet *self)
{
  g_set_str (&self->refused, words);
}

static void
selection_changed_cb (KobraSheet     *sheet,
                      KobraTestSheet *self)
{
  self->n_selections++;
}

static gboolean
is_shown (gpointer data)
{
  KobraTestSheet *self = data;

  return gtk_widget_get_mapped (GTK_WIDGET (self->sheet)) && gtk_widget_get_height (GTK_WIDGET (self->sheet)) > 0;
}

void
kobra_test_sheet_open (KobraTestSheet *self,
                       guint           n_rows,
                       guint           n_columns)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  *self = (KobraTestSheet) { .window = gtk_window_new () };
  self->sheet = KOBRA_SHEET (kobra_sheet_new ());
  self->entry = gtk_entry_new ();
  self->model = kobra_test_sheet_model_new (n_rows, n_columns);
  g_signal_connect (self->sheet, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect (self->sheet, "selection-changed", G_CALLBACK (selection_changed_cb), self);
  kobra_sheet_set_model (self->sheet, KOBRA_SHEET_MODEL (self->model));

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->sheet));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 600);
  gtk_window_present (GTK_WINDOW (self->window));
  kobra_test_wait_for (is_shown, self);
  gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
  kobra_test_sheet_wait_frame (self);
}

static gboolean
only_ours (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

void
kobra_test_sheet_close (KobraTestSheet *self)
{
  g_object_ref (self->sheet);
  gtk_window_destroy (GTK_WINDOW (self->window));
  kobra_test_wait_for (only_ours, self->sheet);
  g_assert_finalize_object (self->sheet);
  kobra_test_wait_for (only_ours, self->model);
  g_assert_finalize_object (self->model);
  g_free (self->refused);
}

gboolean
kobra_test_sheet_press (KobraTestSheet *self,
                        const char     *accelerator)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->sheet));
  g_autoptr (GtkShortcutTrigger) wanted = gtk_shortcut_trigger_parse_string (accelerator);

  g_assert_nonnull (wanted);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, GTK_WIDGET (self->sheet), gtk_shortcut_get_arguments (shortcut));
        }
    }
  return FALSE;
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static void
run (const char *command_line)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GSubprocess) process = NULL;
  gboolean ended = FALSE;

  g_assert_true (g_shell_parse_argv (command_line, NULL, &arguments, NULL));
  process = g_subprocess_newv ((const char *const *) arguments, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL);
  g_assert_nonnull (process);
  g_subprocess_wait_check_async (process, NULL, ended_cb, &ended);
  kobra_test_wait_for_flag (&ended);
}

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (GTK_WINDOW (data));
}

gboolean
kobra_test_sheet_run (KobraTestSheet *self,
                      const char     *command_line)
{
  g_autofree char *name = g_strndup (command_line, strcspn (command_line, " "));
  g_autofree char *program = g_find_program_in_path (name);

  if (program == NULL || g_getenv ("DISPLAY") == NULL || g_getenv ("WAYLAND_DISPLAY") != NULL)
    {
      g_test_skip ("needs an X server and its tools");
      return FALSE;
    }
  if (!gtk_window_is_active (GTK_WINDOW (self->window)))
    {
      /* There is no window manager to do it. */
      g_autofree char *focus = g_strdup_printf ("xdotool search --onlyvisible --pid %d windowfocus", (int) getpid ());

      run (focus);
      kobra_test_wait_for (is_active, self->window);
    }
  run (command_line);
  return TRUE;
}

gboolean
kobra_test_sheet_xdotool (KobraTestSheet *self,
                          const char     *arguments)
{
  g_autofree char *command_line = g_strconcat ("xdotool ", arguments, NULL);

  return kobra_test_sheet_run (self, command_line);
}

char *
kobra_test_sheet_dup_place (KobraTestSheet *self,
                            double          x,
                            double          y)
{
  GtkNative       *native = gtk_widget_get_native (GTK_WIDGET (self->sheet));
  graphene_point_t point;
  double           surface_x, surface_y;

  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (self->sheet), GTK_WIDGET (native), &GRAPHENE_POINT_INIT ((float) x, (float) y), &point));
  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  /* Without a window manager a window is at the screen's corner. */
  return g_strdup_printf ("%d %d", (int) (point.x + surface_x), (int) (point.y + surface_y));
}

static void
painted_cb (GdkFrameClock *clock,
            gboolean      *is_painted)
{
  *is_painted = TRUE;
}

void
kobra_test_sheet_wait_frame (KobraTestSheet *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->sheet));
  gboolean       is_painted = FALSE;
  gulong         id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &is_painted);

  gtk_widget_queue_draw (GTK_WIDGET (self->sheet));
  kobra_test_wait_for_flag (&is_painted);
  g_signal_handler_disconnect (clock, id);
}

void
kobra_test_sheet_assert_cursor (KobraTestSheet *self,
                                int             row,
                                int             column)
{
  g_assert_cmpint (kobra_sheet_get_cursor_row (self->sheet), ==, row);
  g_assert_cmpint (kobra_sheet_get_cursor_column (self->sheet), ==, column);
}

void
kobra_test_sheet_assert_selection (KobraTestSheet *self,
                                   guint           row,
                                   guint           n_rows,
                                   guint           column,
                                   guint           n_columns)
{
  guint at_row, at_n_rows, at_column, at_n_columns;

  g_assert_true (kobra_sheet_get_selection (self->sheet, &at_row, &at_n_rows, &at_column, &at_n_columns));
  g_assert_cmpuint (at_row, ==, row);
  g_assert_cmpuint (at_n_rows, ==, n_rows);
  g_assert_cmpuint (at_column, ==, column);
  g_assert_cmpuint (at_n_columns, ==, n_columns);
}

void
kobra_test_sheet_assert_text (KobraTestSheet *self,
                              guint           row,
                              guint           column,
                              const char     *text)
{
  g_assert_cmpstr (kobra_sheet_model_peek_text (KOBRA_SHEET_MODEL (self->model), row, column), ==, text);
}
