/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a file and prints what that took. Usage: bench-read rows|look|detect|check|open FILE: its rows alone, its first rows, how it is read and what its
 * columns are by them, matched and checked, or all that opening in the window does: cleaned too. */

#include "kobra-import-open.h"

#include <string.h>
#include <sys/resource.h>

#define LOOKED_ROWS 100

static gboolean
ignore_row (const KobraReadRow *row,
            gpointer            data,
            GError            **error)
{
  return TRUE;
}

static gboolean
detect (GFile                  *file,
        const KobraOpenOptions *options,
        GError                **error)
{
  g_autoptr (KobraOpened) opened = kobra_import_look (file, NULL, options, LOOKED_ROWS, NULL, error);
  g_autoptr (KobraFrozen) frozen = opened != NULL ? kobra_rows_freeze (opened->rows) : NULL;
  const char *const      *headers = opened != NULL ? (const char *const *) opened->headers : NULL;
  guint                   n_headers = opened != NULL ? g_strv_length (opened->headers) : 0;

  if (opened == NULL)
    return FALSE;
  opened->layout = kobra_layout_new_by_content (kobra_layout_guess_kind (headers, n_headers), headers, n_headers, frozen);
  return TRUE;
}

static gboolean
run (const char *how,
     GFile      *file,
     GError    **error)
{
  const KobraReadSink     sink = { .row = ignore_row };
  const KobraOpenOptions  options = { .guess_kind = TRUE, .find_layout = TRUE, .clean = strcmp (how, "open") == 0, .check = TRUE };
  g_autoptr (KobraOpened) opened = NULL;

  if (strcmp (how, "rows") == 0)
    return kobra_reader_read_file (file, NULL, &sink, NULL, NULL, error);
  if (strcmp (how, "detect") == 0)
    return detect (file, &options, error);
  if (strcmp (how, "look") == 0)
    opened = kobra_import_look (file, NULL, &options, LOOKED_ROWS, NULL, error);
  else
    opened = kobra_import_open_file (file, &options, NULL, NULL, NULL, error);
  return opened != NULL;
}

/* Of this program alone: what getrusage() tells counts from before it began. */
static guint64
get_peak_megabytes (void)
{
  g_autofree char *status = NULL;
  const char      *peak = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    peak = strstr (status, "VmHWM:");
  return peak != NULL ? g_ascii_strtoull (peak + strlen ("VmHWM:"), NULL, 10) / 1024 : 0;
}

static double
get_cpu_seconds (const struct rusage *usage)
{
  return (double) (usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) + (double) (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile)  file = g_file_new_for_commandline_arg (argc == 3 ? argv[2] : "");
  struct rusage      before, after;
  gint64             begun = g_get_monotonic_time ();
  gboolean           is_read;

  getrusage (RUSAGE_SELF, &before);
  is_read = argc == 3 && run (argv[1], file, &error);
  getrusage (RUSAGE_SELF, &after);
  g_print ("{\"wall\": %.3f, \"cpu\": %.3f, \"megabytes\": %" G_GUINT64_FORMAT ", \"error\": \"%s\"}\n", (double) (g_get_monotonic_time () - begun) / 1e6, get_cpu_seconds (&after) - get_cpu_seconds (&before),
           get_peak_megabytes (), is_read ? "" : error != NULL ? "refused" : "usage: bench-read rows|look|detect|check|open FILE");
  return 0;
}
