/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long the main thread is away from its loop while the window opens a sheet, scrolls it, cleans up every row, takes that back, and sends it, with
 * a journal, to the practice server. What is measured is the time between two polls: whatever ran in between, drawing among it. On a machine that does other things
 * meanwhile the processor’s time for the thread says more, but leaves out what it waited for. Usage: bench-window SHEET
 */

#include "kobra-window.h"

#include <stdlib.h>
#include <time.h>

#include "kobra-import-clean.h"
#include "kobra-import-send.h"
#include "kobra-practice.h"
#include "kobra-schema-accounts.h"

#define FRAME_US 16000

static struct
{
  gint64  left;      /* the loop, at this time … */
  gint64  left_busy; /* … of the processor’s, for this thread */
  GArray *away;      /* gint64, microseconds */
  gint64  busiest;   /* the longest, of the processor’s time */
} watch;

static gint64
get_busy_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static int
poll_and_watch (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  int n;

  if (watch.left > 0)
    {
      gint64 away = g_get_monotonic_time () - watch.left;

      g_array_append_val (watch.away, away);
      watch.busiest = MAX (watch.busiest, get_busy_time () - watch.left_busy);
    }
  n = g_poll (fds, n_fds, timeout);
  watch.left = g_get_monotonic_time ();
  watch.left_busy = get_busy_time ();
  return n;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  return (*(const gint64 *) a > *(const gint64 *) b) - (*(const gint64 *) a < *(const gint64 *) b);
}

static void
report (const char *stage)
{
  GArray *away = watch.away;
  guint   n_long = 0;

  g_array_sort (away, compare_times);
  for (guint i = 0; i < away->len; i++)
    n_long += g_array_index (away, gint64, i) > FRAME_US;
  if (away->len > 0)
    g_print ("%-28s %6u turns, longest %6.1f ms (processor %6.1f ms), 99th of 100 %5.1f ms, %u over a frame\n", stage, away->len,
             (double) g_array_index (away, gint64, away->len - 1) / 1000, (double) watch.busiest / 1000,
             (double) g_array_index (away, gint64, away->len * 99 / 100) / 1000, n_long);
  g_array_set_size (away, 0);
  watch.busiest = 0;
}

static gboolean
is_ready (gpointer data)
{
  return kobra_import_get_state (data) == KOBRA_IMPORT_READY;
}

static void
turn_until (gboolean (*done) (gpointer data),
            gpointer data)
{
  while (!done (data))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
count_down (gpointer data)
{
  return --*(int *) data <= 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
is_zero (gpointer data)
{
  return *(int *) data <= 0;
}

/* Some frames' time, so that what was asked for is drawn. */
static void
turn_for (int ticks)
{
  g_timeout_add (16, count_down, &ticks);
  turn_until (is_zero, &ticks);
}

static GtkWidget *
find_sheet (GtkWidget *widget)
{
  if (GTK_IS_SCROLLABLE (widget) && g_str_equal (G_OBJECT_TYPE_NAME (widget), "KobraSheet"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_sheet (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
cleaned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  guint n_cells;

  if (!kobra_import_clean_finish (KOBRA_IMPORT (source), result, &n_cells, NULL))
    g_error ("the records are not cleaned up");
  *(int *) data = 0;
}

/* A cell of every row, as the dialog does it, and the way back. */
static void
clean_up (KobraImport *import)
{
  KobraFixes fixes[KOBRA_MAX_FIELDS] = { 0 };
  int        is_running = 1;

  fixes[KOBRA_ACCOUNT_PHONE_NUMBER] = KOBRA_FIX_BIT (KOBRA_FIX_PHONE);
  kobra_import_clean_async (import, "Clean-Up", fixes, NULL, cleaned_cb, &is_running);
  turn_until (is_zero, &is_running);
  turn_for (60);
  report ("cleaning up every row");
  kobra_table_undo (kobra_import_get_table (import));
  turn_for (60);
  report ("taking that back");
  turn_until (is_ready, import);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  kobra_import_send_finish (KOBRA_IMPORT (source), result, NULL);
}

static void
send (KobraImport *import,
      const char  *journal_path)
{
  g_autoptr (KobraPractice)   practice = kobra_practice_new (NULL);
  g_autoptr (KobraConnection) connection = kobra_connection_new ();
  g_autoptr (KobraClient)     client = NULL;
  g_autoptr (KobraJournal)    journal = kobra_journal_open (journal_path, NULL);

  if (journal == NULL)
    g_error ("the journal cannot be made");
  if (!kobra_practice_start (practice, NULL))
    g_error ("the practice server does not start");
  kobra_connection_set_base_url (connection, kobra_practice_get_base_url (practice));
  kobra_connection_set_user (connection, "practice");
  kobra_connection_set_password (connection, "practice");
  client = kobra_client_new (connection);
  kobra_import_send_async (import, client, journal, KOBRA_SEND_READY, NULL, NULL, sent_cb, NULL);
  turn_until (is_ready, import);
  report ("sending");
}

static void
activate_cb (GApplication *application,
             gpointer      path)
{
  KobraWindow      *window = kobra_window_new (KOBRA_APPLICATION (application));
  KobraImport      *import = kobra_window_get_import (window);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char  *journal_path = g_strconcat (path, ".db", NULL);
  GtkAdjustment    *adjustment;

  gtk_window_present (GTK_WINDOW (window));
  turn_for (60);
  report ("an empty window");

  kobra_window_open (window, file);
  turn_until (is_ready, import);
  report ("opening");
  turn_for (30);
  report ("the first frames of the sheet");

  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (find_sheet (GTK_WIDGET (window))));
  for (int i = 0; i < 60; i++)
    {
      gtk_adjustment_set_value (adjustment, i * (gtk_adjustment_get_upper (adjustment) / 60));
      turn_for (2);
    }
  report ("jumping through it");
  clean_up (import);
  send (import, journal_path);
  g_application_quit (application);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (KobraApplication) application = NULL;

  if (argc != 2)
    return EXIT_FAILURE;
  watch.away = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_main_context_set_poll_func (NULL, poll_and_watch);
  application = kobra_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), argv[1]);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
