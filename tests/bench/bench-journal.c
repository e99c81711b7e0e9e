/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the journal costs: the main thread while a sheet is opened and written down, an edit, opening the import again, looking for a record,
 * deleting. Usage: bench-journal SHEET FOLDER
 */

#include "kobra-import-save.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kobra-history.h"

#define N_EDITS 500

static double
get_time (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return 1e3 * (double) now.tv_sec + (double) now.tv_nsec / 1e6;
}

/* What the main thread itself computes between two waits: on a busy machine the wall's time is the neighbours'. Milliseconds. */
static double left, longest;

static int
poll_and_watch (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  int n;

  if (left > 0)
    longest = MAX (longest, get_time (CLOCK_THREAD_CPUTIME_ID) - left);
  n = g_poll (fds, n_fds, timeout);
  left = get_time (CLOCK_THREAD_CPUTIME_ID);
  return n;
}

/* Runs the main loop until *@done. */
static void
report (const char *name,
        gboolean   *done)
{
  double begun = get_time (CLOCK_MONOTONIC), cpu = get_time (CLOCK_PROCESS_CPUTIME_ID);

  longest = left = 0;
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%-28s %8.0f ms (%.0f ms of CPU), main thread at most %.1f ms at once\n", name, get_time (CLOCK_MONOTONIC) - begun,
           get_time (CLOCK_PROCESS_CPUTIME_ID) - cpu, longest);
}

static void
fail_on (const GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (EXIT_FAILURE);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  kobra_import_open_finish (KOBRA_IMPORT (source), result, &error);
  fail_on (error);
  *(gboolean *) data = TRUE;
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;

  kobra_import_restore_finish (KOBRA_IMPORT (source), result, &error);
  fail_on (error);
  *(gboolean *) data = TRUE;
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError)           error = NULL;
  g_autoptr (KobraJournalHits) hits = kobra_history_search_finish (KOBRA_HISTORY (source), result, &error);

  fail_on (error);
  *(gboolean *) data = TRUE;
}

static void
done_cb (const GError *error,
         gpointer      data)
{
  fail_on (error);
  *(gboolean *) data = TRUE;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double left_one = *(const double *) a, right_one = *(const double *) b;

  return (left_one > right_one) - (left_one < right_one);
}

/* One cell after the other, as a person types, with the checks and the journal. */
static void
report_edits (KobraTable *table,
              const char *name)
{
  double times[N_EDITS];

  for (guint i = 0; i < N_EDITS; i++)
    {
      double begun = get_time (CLOCK_THREAD_CPUTIME_ID);

      kobra_table_set_text (table, i * 7 % kobra_table_get_n_rows (table), 5, i % 2 == 0 ? "Inés" : "Íñigo");
      times[i] = get_time (CLOCK_THREAD_CPUTIME_ID) - begun;
      g_main_context_iteration (NULL, FALSE);
    }
  qsort (times, N_EDITS, sizeof *times, compare_doubles);
  g_print ("%-28s %8.3f ms of main thread (median), %.3f ms (worst of %d)\n", name, times[N_EDITS / 2], times[N_EDITS - 1], N_EDITS);
}

int
main (int   argc,
      char *argv[])
{
  static const KobraOpenOptions options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW };
  g_autoptr (KobraImport)       import = kobra_import_new ();
  g_autoptr (KobraImport)       again = kobra_import_new ();
  g_autoptr (KobraHistory)      history = kobra_history_new ();
  g_autoptr (GFile)             file = NULL;
  g_autofree char              *path = NULL;
  g_autoptr (GError)            error = NULL;
  KobraJournal                 *journal;
  gboolean                      done = FALSE;
  gint64                        id;

  if (argc != 3)
    return EXIT_FAILURE;
  file = g_file_new_for_commandline_arg (argv[1]);
  path = g_build_filename (argv[2], "journal.db", NULL);
  journal = kobra_journal_open (path, &error);
  fail_on (error);
  g_main_context_set_poll_func (NULL, poll_and_watch);

  kobra_import_set_journal (import, journal);
  kobra_import_open_async (import, file, &options, NULL, opened_cb, &done);
  report ("sheet opened", &done);
  done = FALSE;
  /* Once for the rows, once more for what was asked for when they were there. */
  kobra_journal_sync (journal, done_cb, &done);
  report ("sheet written down, begun", &done);
  while (kobra_import_get_journal_id (import) == 0)
    g_main_context_iteration (NULL, TRUE);
  id = kobra_import_get_journal_id (import);
  report_edits (kobra_import_get_table (import), "edit");
  done = FALSE;
  kobra_import_set_journal (import, NULL);
  kobra_journal_sync (journal, done_cb, &done);
  report ("closed, all on disk", &done);
  g_clear_object (&import);
  kobra_journal_close (journal);

  done = FALSE;
  journal = kobra_journal_open (path, &error);
  fail_on (error);
  kobra_import_restore_async (again, journal, id, NULL, restored_cb, &done);
  report ("import opened again", &done);
  kobra_history_set_journal (history, journal);
  done = FALSE;
  kobra_history_search_async (history, "a-0099999", 100, NULL, searched_cb, &done);
  report ("record found", &done);
  kobra_import_set_journal (again, NULL);
  kobra_history_hide (history, id, TRUE);
  done = FALSE;
  kobra_journal_purge (journal, done_cb, &done);
  report ("deleted and overwritten", &done);
  kobra_history_set_journal (history, NULL);
  kobra_journal_close (journal);
  return EXIT_SUCCESS;
}
