/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From a keystroke in a field of the form to the problem on the screen, in the real window with a journal: the processor's time of the main thread
 * in the turn that takes the keystroke and in all frames until the problem is shown; once without what drawing the window costs, which is the
 * machine's and the renderer's, and once with it. Usage: bench-keystroke SHEET
 */

#include "kobra-window.h"

#include <stdlib.h>
#include <time.h>

#include "../app/widget-look.h"
#include "kobra-config.h"
#include "kobra-field-row.h"
#include "kobra-schema-accounts.h"
#include "kobra-sheet.h"

#define FRAME_MS 16.7
#define N_KEYSTROKES 20

/* What the field says before the last keystroke, and with it; where it would be wrong already, it is pasted into the empty field. */
static const struct
{
  const char *name;
  guint       field;
  const char *before, *after;
} cases[] = {
  { "a digit too many in a telephone", KOBRA_ACCOUNT_PHONE_NUMBER, "5555123456", "55551234567" },
  { "the last digit of a wrong date", KOBRA_ACCOUNT_BIRTHDATE, "30/02/198", "30/02/1985" },
  { "a wrong total", KOBRA_ACCOUNT_TOTAL_PENDING, "19703.5", "19703.59" },
  { "an ID that another record has", KOBRA_ACCOUNT_EXTERNAL_ID, "A-000000", "A-0000001" },
  { "a CURP that a million records have", KOBRA_ACCOUNT_CURP, "GUNJ850714HDFTXS0", "GUNJ850714HDFTXS09" },
  { "a name that is emptied", KOBRA_ACCOUNT_NAME, "J", "" },
};

static struct
{
  double ours, all; /* milliseconds of the processor's, since the keystroke */
  double mark;      /* when what is measured now began, or -1 */
  guint  n_frames;
} watch;

static double
get_busy_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1e6;
}

/* A turn of the loop begins when its poll ends. */
static int
poll_and_watch (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  int    n;
  double now = get_busy_ms ();

  watch.ours += now - watch.mark;
  watch.all += now - watch.mark;
  n = g_poll (fds, n_fds, timeout);
  watch.mark = get_busy_ms ();
  return n;
}

/* The last phase before painting is over: all that follows in this frame is drawing. */
static void
laid_out_cb (GdkFrameClock *clock)
{
  double now = get_busy_ms ();

  watch.ours += now - watch.mark;
  watch.all += now - watch.mark;
  watch.mark = now;
}

static void
painted_cb (GdkFrameClock *clock)
{
  double now = get_busy_ms ();

  watch.all += now - watch.mark;
  watch.mark = now;
  watch.n_frames++;
}

static gboolean
count_down (gpointer data)
{
  return --*(int *) data <= 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
turn_for (int ticks)
{
  g_timeout_add (16, count_down, &ticks);
  while (ticks > 0)
    g_main_context_iteration (NULL, TRUE);
}

static KobraFieldRow *
find_row (GtkWidget *widget,
          guint      place)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      KobraFieldRow *found = KOBRA_IS_FIELD_ROW (child) ? KOBRA_FIELD_ROW (child) : find_row (child, place);

      if (found != NULL && kobra_field_row_get_place (found) == place)
        return found;
    }
  return NULL;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

static void
type_and_wait (KobraFieldRow *row,
               GtkEditable   *entry,
               const char    *text)
{
  watch.ours = watch.all = watch.n_frames = 0;
  watch.mark = get_busy_ms ();
  gtk_editable_set_text (entry, text);
  while (!kobra_field_row_has_problem (row) || watch.n_frames == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
measure (KobraWindow *window,
         KobraSheet  *sheet,
         gsize        i)
{
  KobraFieldRow *row = find_row (GTK_WIDGET (window), cases[i].field);
  GtkEditable   *entry = GTK_EDITABLE (adw_bin_get_child (ADW_BIN (look_for (GTK_WIDGET (row), ADW_TYPE_BIN, "field-control"))));
  double         ours[N_KEYSTROKES], all[N_KEYSTROKES];

  for (guint n = 0; n < N_KEYSTROKES; n++)
    {
      kobra_sheet_set_cursor (sheet, (int) (100 + 7919 * n), 0);
      turn_for (4);
      kobra_field_row_focus (row);
      gtk_editable_set_text (entry, cases[i].before);
      turn_for (12);
      if (kobra_field_row_has_problem (row))
        gtk_editable_set_text (entry, "");
      turn_for (4);
      type_and_wait (row, entry, cases[i].after);
      ours[n] = watch.ours;
      all[n] = watch.all;
    }
  qsort (ours, N_KEYSTROKES, sizeof *ours, compare_times);
  qsort (all, N_KEYSTROKES, sizeof *all, compare_times);
  g_print ("%-36s ours: median %5.2f ms, longest %5.2f ms; with drawing: %5.2f, %5.2f ms; %.2f of a frame\n", cases[i].name,
           ours[N_KEYSTROKES / 2], ours[N_KEYSTROKES - 1], all[N_KEYSTROKES / 2], all[N_KEYSTROKES - 1], ours[N_KEYSTROKES - 1] / FRAME_MS);
}

static void
activate_cb (GApplication *application,
             gpointer      path)
{
  KobraWindow         *window = kobra_window_new (KOBRA_APPLICATION (application));
  KobraImport         *import = kobra_window_get_import (window);
  g_autoptr (GFile)     file = g_file_new_for_commandline_arg (path);
  g_autoptr (GSettings) settings = g_settings_new (KOBRA_APPLICATION_ID);
  GdkFrameClock       *clock;
  KobraSheet          *sheet;

  g_settings_set_boolean (settings, "inspector-visible", TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  kobra_window_open (window, file);
  do
    g_main_context_iteration (NULL, TRUE);
  while (kobra_import_get_state (import) != KOBRA_IMPORT_READY);
  turn_for (120);
  sheet = KOBRA_SHEET (look_for (GTK_WIDGET (window), KOBRA_TYPE_SHEET, NULL));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  g_signal_connect_after (clock, "layout", G_CALLBACK (laid_out_cb), NULL);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (painted_cb), NULL);
  g_print ("%u records\n", kobra_table_get_n_rows (kobra_import_get_table (import)));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    measure (window, sheet, i);
  g_application_quit (application);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (KobraApplication) application = NULL;

  if (argc != 2)
    return EXIT_FAILURE;
  g_main_context_set_poll_func (NULL, poll_and_watch);
  application = kobra_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), argv[1]);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
