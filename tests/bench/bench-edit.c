/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long edits of very many cells take in the sheet of an import with a journal, and how long the main thread is away at once meanwhile: by its own
 * CPU time, for whatever else the machine does is no doing of ours; in all, and without what GTK's renderer takes to put a frame on the screen.
 * Usage: bench-edit SHEET JOURNAL paste|column|rows
 */

#include "kobra-sheet-adapter.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kobra-import-save.h"
#include "kobra-journal.h"
#include "kobra-sheet.h"

typedef struct
{
  KobraSheet *sheet;
  KobraTable *table;
  gboolean    is_refused;
} Bench;

/* In milliseconds of this thread's CPU time. */
static struct
{
  double began; /* when the turn of the main loop that is under way did, or -1 */
  double paint_began;
  double drawn;    /* by the sheet, in the frame that is under way */
  double rendered; /* by GTK, in the turn that is under way */
  double longest;
  double longest_own; /* without what GTK rendered */
} turns = { .began = -1 };

static void (*snapshot_sheet) (GtkWidget   *widget,
                               GtkSnapshot *snapshot);

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static int
poll_and_watch (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  double length = get_cpu_ms () - turns.began;
  int    n;

  if (turns.began >= 0)
    {
      turns.longest = MAX (turns.longest, length);
      turns.longest_own = MAX (turns.longest_own, length - turns.rendered);
    }
  turns.rendered = 0;
  n = g_poll (fds, n_fds, timeout);
  turns.began = get_cpu_ms ();
  return n;
}

static void
snapshot_and_watch (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  double began = get_cpu_ms ();

  snapshot_sheet (widget, snapshot);
  turns.drawn += get_cpu_ms () - began;
}

static void
laid_out_cb (void)
{
  turns.paint_began = get_cpu_ms ();
  turns.drawn = 0;
}

static void
painted_cb (void)
{
  turns.rendered += get_cpu_ms () - turns.paint_began - turns.drawn;
}

static void
watch_frames (GtkWidget *window)
{
  GdkFrameClock  *clock = gtk_widget_get_frame_clock (window);
  GtkWidgetClass *sheet_class = g_type_class_peek (KOBRA_TYPE_SHEET);

  g_signal_connect_after (clock, "layout", G_CALLBACK (laid_out_cb), NULL);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (painted_cb), NULL);
  snapshot_sheet = sheet_class->snapshot;
  sheet_class->snapshot = snapshot_and_watch;
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
refused_cb (KobraSheet *sheet,
            const char *words,
            Bench      *self)
{
  g_print ("  refused: %s\n", words);
  self->is_refused = TRUE;
}

/* Until nothing has happened for a while: what follows from a change comes after it, and from workers. */
static void
settle (void)
{
  gint64 seen = g_get_monotonic_time ();

  while (g_get_monotonic_time () - seen < G_USEC_PER_SEC)
    if (g_main_context_iteration (NULL, FALSE))
      seen = g_get_monotonic_time ();
    else
      g_usleep (1000);
}

/* Until the table has another latest step than @before, and all that follows from it is done. */
static void
report (Bench      *self,
        const char *name,
        guint64     before)
{
  gint64 begun = g_get_monotonic_time (), seen;

  while (kobra_table_get_undo_serial (self->table) == before && !self->is_refused)
    g_main_context_iteration (NULL, TRUE);
  seen = g_get_monotonic_time ();
  settle ();
  g_print ("%-34s there after %6.2f s, all of it after %6.2f s, main thread away for at most %6.1f ms, without the renderer %6.1f ms\n", name,
           (double) (seen - begun) / G_USEC_PER_SEC, (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC - 1, turns.longest, turns.longest_own);
  self->is_refused = FALSE;
}

static void
begin (Bench *self,
       guint  row,
       guint  n_rows,
       guint  column,
       guint  n_columns)
{
  kobra_sheet_select (self->sheet, row, n_rows, column, n_columns);
  settle ();
  turns.longest = turns.longest_own = 0;
}

static void
paste (Bench      *self,
       const char *name,
       guint       n_rows,
       guint       n_columns,
       guint       cell_size)
{
  g_autofree char           *cell = g_strnfill (cell_size, 'x');
  GString                   *text = g_string_new (NULL);
  g_autoptr (GBytes)             bytes = NULL;
  g_autoptr (GdkContentProvider) provider = NULL;
  guint64                    before = kobra_table_get_undo_serial (self->table);

  for (guint row = 0; row < n_rows; row++)
    for (guint column = 0; column < n_columns; column++)
      g_string_append_printf (text, "%s%c", cell, column + 1 < n_columns ? '\t' : '\n');
  bytes = g_string_free_to_bytes (text);
  provider = gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", bytes);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self->sheet)), provider);
  begin (self, 0, 1, 1, 1);
  kobra_sheet_paste (self->sheet);
  report (self, name, before);
}

static void
take_back (Bench *self)
{
  guint64 before = kobra_table_get_undo_serial (self->table);

  if (before == 0)
    return;
  turns.longest = turns.longest_own = 0;
  kobra_table_undo (self->table);
  report (self, "  and taken back", before);
}

static void
bench_paste (Bench *self)
{
  static const struct
  {
    const char *name;
    guint       n_rows, n_columns, cell_size;
  } pastes[] = {
    { "paste of 100,000 cells", 2000, 50, 8 },
    { "paste of 100,000 rows of 5", 100000, 5, 8 },
    { "paste of 50 MB in 4,000,000 cells", 800000, 5, 12 },
    { "50 MB in one cell", 1, 1, 50000000 },
    { "paste of 50 MB in 50 cells", 50, 1, 1000000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pastes); i++)
    {
      paste (self, pastes[i].name, pastes[i].n_rows, pastes[i].n_columns, pastes[i].cell_size);
      take_back (self);
    }
}

/* What one does to the cells of a column, or of all, from the first row to the last. */
static void
bench_column (Bench *self)
{
  static const struct
  {
    const char *name;
    guint       first, n_columns; /* 0: all */
    void      (*edit) (KobraSheet *sheet);
  } edits[] = {
    { "fill down of a column", 0, 1, kobra_sheet_fill_down },
    { "clearing of a column", 0, 1, kobra_sheet_clear },
    { "a column cut", 0, 1, kobra_sheet_cut },
    { "clearing of all cells", 0, 0, kobra_sheet_clear },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      guint64 before = kobra_table_get_undo_serial (self->table);

      begin (self, 0, kobra_table_get_n_rows (self->table), edits[i].first,
             edits[i].n_columns > 0 ? edits[i].n_columns : kobra_table_get_n_columns (self->table));
      edits[i].edit (self->sheet);
      report (self, edits[i].name, before);
      take_back (self);
    }
}

static void
bench_rows (Bench *self)
{
  guint64 before = kobra_table_get_undo_serial (self->table);

  begin (self, 0, MIN (10000, kobra_table_get_n_rows (self->table)), 0, kobra_table_get_n_columns (self->table));
  kobra_sheet_cut (self->sheet);
  report (self, "10,000 rows cut", before);
  before = kobra_table_get_undo_serial (self->table);
  begin (self, 500, 1, 0, 1);
  kobra_sheet_paste (self->sheet);
  report (self, "  and put in elsewhere", before);
  take_back (self);
}

int
main (int   argc,
      char *argv[])
{
  static const KobraOpenOptions options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW };
  static const struct
  {
    const char *name;
    void      (*run) (Bench *self);
  } benches[] = { { "paste", bench_paste }, { "column", bench_column }, { "rows", bench_rows } };
  g_autoptr (KobraImport)       import = kobra_import_new ();
  g_autoptr (KobraSheetAdapter) adapter = NULL;
  g_autoptr (GFile)             file = NULL;
  KobraJournal                 *journal;
  GtkWidget                    *window, *scrolled;
  gboolean                      done = FALSE;
  Bench                         bench = { 0 };

  if (argc != 4)
    return EXIT_FAILURE;
  gtk_init ();
  g_main_context_set_poll_func (NULL, poll_and_watch);
  journal = kobra_journal_open (argv[2], NULL);
  if (journal == NULL)
    return EXIT_FAILURE;
  kobra_import_set_journal (import, journal);
  file = g_file_new_for_commandline_arg (argv[1]);
  kobra_import_open_async (import, file, &options, NULL, opened_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);

  window = gtk_window_new ();
  scrolled = gtk_scrolled_window_new ();
  bench.table = kobra_import_get_table (import);
  bench.sheet = KOBRA_SHEET (kobra_sheet_new ());
  adapter = kobra_sheet_adapter_new (import);
  kobra_sheet_set_model (bench.sheet, KOBRA_SHEET_MODEL (adapter));
  g_signal_connect (bench.sheet, "refused", G_CALLBACK (refused_cb), &bench);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (bench.sheet));
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 1600, 1000);
  gtk_window_present (GTK_WINDOW (window));
  watch_frames (window);
  settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (benches); i++)
    if (g_strcmp0 (argv[3], benches[i].name) == 0)
      benches[i].run (&bench);
  gtk_window_destroy (GTK_WINDOW (window));
  kobra_import_set_journal (import, NULL);
  return EXIT_SUCCESS;
}
