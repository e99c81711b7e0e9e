/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a frame of a grid costs: of the sheet, or of a GtkColumnView with GtkInscription that shows the same 1,000,000 x 65 cells in columns of
 * the same widths. Prints a line for each figure: CPU milliseconds of a frame, median, and of those the sheet's own, median and most; what is
 * not its own is the toolkit's, above all drawing what the sheet said. Or memory. Usage: bench-sheet sheet|column-view
 */

#include "kobra-test-sheet-model.h"

#include <stdlib.h>
#include <time.h>

#include "kobra-sheet.h"

#define N_ROWS 1000000u
#define N_COLUMNS 65u
#define COLUMN_WIDTH 120
#define N_STEPS 60

/* A column view has rows ready far beyond what is to be seen, and scrolls the cheaper until they are used up. */
#define N_STEPS_BEFORE 60

/* A row of the column view: its number. */
#define BENCH_TYPE_ROW (bench_row_get_type ())
G_DECLARE_FINAL_TYPE (BenchRow, bench_row, BENCH, ROW, GObject)

struct _BenchRow
{
  GObject parent_instance;
  guint   row;
};

G_DEFINE_FINAL_TYPE (BenchRow, bench_row, G_TYPE_OBJECT)

static void
bench_row_class_init (BenchRowClass *klass)
{
}

static void
bench_row_init (BenchRow *self)
{
}

/* As many rows as one likes, made when asked for. */
#define BENCH_TYPE_LIST (bench_list_get_type ())
G_DECLARE_FINAL_TYPE (BenchList, bench_list, BENCH, LIST, GObject)

struct _BenchList
{
  GObject parent_instance;
};

static GType
get_item_type (GListModel *list)
{
  return BENCH_TYPE_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return N_ROWS;
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  BenchRow *row;

  if (position >= N_ROWS)
    return NULL;
  row = g_object_new (BENCH_TYPE_ROW, NULL);
  row->row = position;
  return row;
}

static void
list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchList, bench_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_init))

static void
bench_list_class_init (BenchListClass *klass)
{
}

static void
bench_list_init (BenchList *self)
{
}

static KobraTestSheetModel *model;

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, gtk_inscription_new (NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  column)
{
  BenchRow *row = gtk_list_item_get_item (item);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                            kobra_sheet_model_peek_text (KOBRA_SHEET_MODEL (model), row->row, GPOINTER_TO_UINT (column)));
}

static GtkWidget *
make_column_view (void)
{
  GListModel *list = g_object_new (BENCH_TYPE_LIST, NULL);
  GtkWidget  *view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (list)));

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char               *title = kobra_sheet_model_dup_header (KOBRA_SHEET_MODEL (model), i);
      GtkListItemFactory            *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (title, factory);
      gtk_column_view_column_set_fixed_width (column, COLUMN_WIDTH);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }
  return view;
}

static double
get_cpu_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

/* What the sheet's own code took in this frame. */
static double own_ms;

static void (*snapshot) (GtkWidget   *widget,
                         GtkSnapshot *snapshot);

static void
timed_snapshot (GtkWidget   *widget,
                GtkSnapshot *into)
{
  double begun = get_cpu_ms (CLOCK_THREAD_CPUTIME_ID);

  snapshot (widget, into);
  own_ms += get_cpu_ms (CLOCK_THREAD_CPUTIME_ID) - begun;
}

static GtkWidget *
make_sheet (void)
{
  GtkWidget      *sheet = kobra_sheet_new ();
  GtkWidgetClass *klass = GTK_WIDGET_GET_CLASS (sheet);

  snapshot = klass->snapshot;
  klass->snapshot = timed_snapshot;
  kobra_sheet_set_model (KOBRA_SHEET (sheet), KOBRA_SHEET_MODEL (model));
  for (guint i = 0; i < N_COLUMNS; i++)
    kobra_sheet_set_column_width (KOBRA_SHEET (sheet), i, COLUMN_WIDTH);
  return sheet;
}

static double
get_resident_mb (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv)   fields = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  fields = g_strsplit (text, " ", 3);
  return (double) g_ascii_strtoull (fields[1], NULL, 10) * 4096 / 1e6;
}

static void
painted_cb (GdkFrameClock *clock,
            gboolean      *is_painted)
{
  *is_painted = TRUE;
}

/* Runs the loop until the next frame was drawn. */
static void
draw (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean       is_painted = FALSE;
  gulong         id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &is_painted);

  gtk_widget_queue_draw (widget);
  while (!is_painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

typedef double (*Next) (GtkAdjustment *adjustment,
                        guint          step);

static double
by_rows (GtkAdjustment *adjustment,
         guint          step)
{
  return gtk_adjustment_get_value (adjustment) + 3 * gtk_adjustment_get_upper (adjustment) / N_ROWS;
}

static double
by_page (GtkAdjustment *adjustment,
         guint          step)
{
  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment);
}

static double
by_chance (GtkAdjustment *adjustment,
           guint          step)
{
  return ((double) (step * 2654435761u % 1000) / 1000) * (gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment));
}

static double
by_column (GtkAdjustment *adjustment,
           guint          step)
{
  return gtk_adjustment_get_value (adjustment) + COLUMN_WIDTH;
}

static void
measure (const char    *name,
         GtkWidget     *grid,
         GtkAdjustment *adjustment,
         Next           next)
{
  double times[N_STEPS], own_times[N_STEPS];

  for (guint i = 0; i < N_STEPS_BEFORE + N_STEPS; i++)
    {
      guint  at = i % N_STEPS;
      double begun = get_cpu_ms (CLOCK_PROCESS_CPUTIME_ID), own_begun = get_cpu_ms (CLOCK_THREAD_CPUTIME_ID);

      gtk_adjustment_set_value (adjustment, next (adjustment, i));
      own_ms = get_cpu_ms (CLOCK_THREAD_CPUTIME_ID) - own_begun;
      draw (grid);
      times[at] = get_cpu_ms (CLOCK_PROCESS_CPUTIME_ID) - begun;
      own_times[at] = own_ms;
    }
  qsort (times, N_STEPS, sizeof *times, compare);
  qsort (own_times, N_STEPS, sizeof *own_times, compare);
  g_print ("%s %.2f %.2f %.2f\n", name, times[N_STEPS / 2], own_times[N_STEPS / 2], own_times[N_STEPS - 1]);
}

int
main (int   argc,
      char *argv[])
{
  GtkWidget *window, *scrolled, *grid;
  double     memory, begun;

  if (argc != 2)
    return EXIT_FAILURE;
  gtk_init ();
  model = kobra_test_sheet_model_new (N_ROWS, N_COLUMNS);
  window = gtk_window_new ();
  scrolled = gtk_scrolled_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 1600, 1000);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 5; i++)
    draw (window);

  memory = get_resident_mb ();
  begun = get_cpu_ms (CLOCK_PROCESS_CPUTIME_ID);
  grid = g_str_equal (argv[1], "sheet") ? make_sheet () : make_column_view ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  draw (grid);
  g_print ("first-frame %.2f\n", get_cpu_ms (CLOCK_PROCESS_CPUTIME_ID) - begun);
  measure ("3-rows", grid, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid)), by_rows);
  measure ("page", grid, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid)), by_page);
  measure ("jump", grid, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid)), by_chance);
  measure ("column", grid, gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (grid)), by_column);
  g_print ("memory %.1f\n", get_resident_mb () - memory);
  return EXIT_SUCCESS;
}
