/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long it takes to filter and sort a sheet, and how long the main thread is away meanwhile. Usage: bench-view SHEET
 */

#include "kobra-view.h"

#include <stdlib.h>
#include <time.h>

#include "kobra-find.h"

static gint64 left, longest;

static int
poll_and_watch (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  int n;

  if (left > 0)
    longest = MAX (longest, g_get_monotonic_time () - left);
  n = g_poll (fds, n_fds, timeout);
  left = g_get_monotonic_time ();
  return n;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  if (!kobra_import_open_finish (KOBRA_IMPORT (source), result, NULL))
    exit (EXIT_FAILURE);
  *(gboolean *) data = TRUE;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GArray) ids = kobra_view_find_finish (result, NULL);

  *(guint *) data = ids->len;
}

static void
hits_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KobraHits) hits = kobra_find_finish (result, NULL);

  *(guint *) data = (guint) hits->n_cells;
}

static double
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* Wall time is the machine's, CPU time ours. */
static void
report (const char *name,
        guint      *n)
{
  gint64 begun = g_get_monotonic_time ();
  double cpu = get_cpu ();

  longest = 0;
  while (*n == G_MAXUINT)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%-24s %6.2f s (%.2f s of CPU), %u found, main thread away for at most %.1f ms\n", name,
           (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC, get_cpu () - cpu, *n, (double) longest / 1000);
}

int
main (int   argc,
      char *argv[])
{
  static const KobraOpenOptions options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW };
  static const struct
  {
    const char *name;
    KobraShow   show;
    const char *text, *value;
    int         sort_column;
  } views[] = {
    { "errors", KOBRA_SHOW_ERRORS, NULL, NULL, -1 },
    { "value of a column", KOBRA_SHOW_ALL, NULL, "MX", -1 },
    { "text in any column", KOBRA_SHOW_ALL, "A-0999999", NULL, -1 },
    { "sorted by key", KOBRA_SHOW_ALL, NULL, NULL, 0 },
    { "sorted by equal names", KOBRA_SHOW_ALL, NULL, NULL, 5 },
    { "sorted by e-mail", KOBRA_SHOW_ALL, NULL, NULL, 9 },
    { "sorted by date", KOBRA_SHOW_ALL, NULL, NULL, 10 },
    { "sorted by amount", KOBRA_SHOW_ALL, NULL, NULL, 38 },
  };
  g_autoptr (KobraImport) import = kobra_import_new ();
  g_autoptr (GFile)       file = NULL;
  g_autoptr (GArray)      columns = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean                done = FALSE;
  guint                   n = G_MAXUINT;

  if (argc != 2)
    return EXIT_FAILURE;
  g_main_context_set_poll_func (NULL, poll_and_watch);
  file = g_file_new_for_commandline_arg (argv[1]);
  kobra_import_open_async (import, file, &options, NULL, opened_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      const char *values[] = { views[i].value, NULL };
      KobraView   view;

      kobra_view_init (&view);
      view.show = views[i].show;
      view.text = g_strdup (views[i].text);
      view.sort_column = views[i].sort_column;
      if (views[i].value != NULL)
        kobra_view_set_values (&view, 4, values);
      n = G_MAXUINT;
      left = 0;
      kobra_view_find_async (&view, import, NULL, found_cb, &n);
      report (views[i].name, &n);
      kobra_view_clear (&view);
    }
  for (guint i = 0; i < kobra_table_get_n_columns (kobra_import_get_table (import)); i++)
    g_array_append_val (columns, i);
  n = G_MAXUINT;
  kobra_find_async (kobra_import_get_table (import), NULL, (const guint *) columns->data, columns->len, "jose", KOBRA_NEEDLE_LOOSE, NULL, NULL, hits_cb, &n);
  report ("text found and counted", &n);
  return EXIT_SUCCESS;
}
