/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-summary-print.h"

#include <glib/gi18n.h>

#include "kobra-window-private.h"

#include "kobra-banned.h"

#define POINTS_TITLE 18
#define POINTS_TEXT 10
#define POINTS_SMALL 9
#define BAR_HEIGHT 8.0
#define GAP 8.0

/* A sheet of paper has no theme: dark on white, and different enough in grey. */
static const double colors[KOBRA_N_RESULTS][3] = {
  [KOBRA_RESULT_ACCEPTED] = { 0.15, 0.55, 0.35 },
  [KOBRA_RESULT_REJECTED] = { 0.75, 0.11, 0.16 },
  [KOBRA_RESULT_UNKNOWN] = { 0.90, 0.60, 0.10 },
  [KOBRA_RESULT_NOT_SENT] = { 0.45, 0.45, 0.48 },
};

/* Where the pen is. */
typedef struct
{
  cairo_t      *cr;
  PangoContext *context;
  double        width, height, y;
} Page;

/* Writes @text at the pen from @x on, at most @width wide, and moves the pen below it. */
static void
write_text (Page       *page,
            const char *text,
            double      points,
            gboolean    is_bold,
            double      x,
            double      width)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (page->context);
  PangoFontDescription   *font = pango_font_description_from_string (is_bold ? "Sans Bold" : "Sans");
  int                     height;

  pango_font_description_set_size (font, (int) (points * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -3);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout, text, -1);
  cairo_set_source_rgb (page->cr, 0.1, 0.1, 0.12);
  cairo_move_to (page->cr, x, page->y);
  pango_cairo_show_layout (page->cr, layout);
  pango_layout_get_size (layout, NULL, &height);
  page->y += (double) height / PANGO_SCALE;
}

static void
draw_bar (Page       *page,
          KobraResult result,
          guint       n,
          guint       most)
{
  double width = MAX (page->width * n / MAX (most, 1), 1);

  cairo_set_source_rgb (page->cr, colors[result][0], colors[result][1], colors[result][2]);
  cairo_rectangle (page->cr, 0, page->y + 2, width, BAR_HEIGHT);
  cairo_fill (page->cr);
  page->y += BAR_HEIGHT + GAP;
}

static void
write_bar (Page       *page,
           const char *words,
           KobraResult result,
           guint       n,
           guint       most)
{
  g_autofree char *text = g_strdup_printf ("%'u   %s", n, words);

  write_text (page, text, POINTS_TEXT, FALSE, 0, page->width);
  draw_bar (page, result, n, most);
}

static char *
format_span (gint64 began,
             gint64 ended)
{
  g_autoptr (GDateTime) first = g_date_time_new_from_unix_local (began);
  g_autoptr (GDateTime) last = g_date_time_new_from_unix_local (ended);
  g_autofree char      *from = first != NULL ? g_date_time_format (first, "%x %X") : g_strdup ("");
  g_autofree char      *to = last != NULL ? g_date_time_format (last, "%X") : g_strdup ("");

  /* TRANSLATORS: when the first and the last answer came: a date and time, then a time */
  return g_strdup_printf (_ ("Answered from %s to %s"), from, to);
}

static void
write_head (Page               *page,
            const KobraSummary *summary,
            const char         *server)
{
  g_autofree char *to = server != NULL ? g_strdup_printf (_ ("Sent to %s"), server) : NULL;
  g_autofree char *span = summary->began > 0 ? format_span (summary->began, summary->ended) : NULL;

  write_text (page, summary->title != NULL ? summary->title : _ ("Import"), POINTS_TITLE, TRUE, 0, page->width);
  page->y += GAP / 2;
  if (to != NULL)
    write_text (page, to, POINTS_TEXT, FALSE, 0, page->width);
  if (span != NULL)
    write_text (page, span, POINTS_TEXT, FALSE, 0, page->width);
  page->y += 2 * GAP;
}

static void
write_counts (Page               *page,
              const KobraSummary *summary)
{
  const KobraImportCounts *counts = &summary->counts;
  guint                    not_sent = counts->records - MIN (counts->records, counts->accepted + counts->rejected + counts->unknown);
  const struct
  {
    KobraResult result;
    guint       n;
  } rows[] = {
    { KOBRA_RESULT_ACCEPTED, counts->accepted },
    { KOBRA_RESULT_REJECTED, counts->rejected },
    { KOBRA_RESULT_UNKNOWN, counts->unknown },
    { KOBRA_RESULT_NOT_SENT, not_sent },
  };
  g_autofree char *heading = g_strdup_printf (ngettext ("%'u Record", "%'u Records", counts->records), counts->records);

  write_text (page, heading, POINTS_TITLE * 0.75, TRUE, 0, page->width);
  page->y += GAP;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    write_bar (page, _ (kobra_result_get_label (rows[i].result)), rows[i].result, rows[i].n, counts->records);
}

/* As many kinds as there is room for; how many records the others have is said last. */
static void
write_kinds (Page               *page,
             const KobraSummary *summary)
{
  const KobraSummaryKind *first = summary->kinds->len > 0 ? g_ptr_array_index (summary->kinds, 0) : NULL;
  guint                   n_left = 0;

  if (first == NULL)
    return;
  page->y += GAP;
  write_text (page, _ ("What Kept the Others Back"), POINTS_TITLE * 0.75, TRUE, 0, page->width);
  page->y += GAP;
  for (guint i = 0; i < summary->kinds->len; i++)
    {
      const KobraSummaryKind *kind = g_ptr_array_index (summary->kinds, i);

      if (page->y + 7 * POINTS_TEXT + BAR_HEIGHT > page->height)
        n_left += kind->n;
      else
        write_bar (page, *kind->words != '\0' ? kind->words : _ (kobra_result_get_label (kind->result)), kind->result, kind->n, first->n);
    }
  if (n_left > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%'u record for other reasons", "%'u records for other reasons", n_left), n_left);

      write_text (page, text, POINTS_SMALL, FALSE, 0, page->width);
    }
}

void
kobra_summary_draw (const KobraSummary *summary,
                    const char         *server,
                    cairo_t            *cr,
                    PangoContext       *context,
                    double              width,
                    double              height)
{
  Page page = { cr, context, width, height, 0 };

  write_head (&page, summary, server);
  write_counts (&page, summary);
  write_kinds (&page, summary);
}

typedef struct
{
  KobraSummary *summary;
  char         *server;
} Printing;

static void
printing_free (gpointer  data,
               GClosure *closure)
{
  Printing *printing = data;

  kobra_summary_free (printing->summary);
  g_free (printing->server);
  g_free (printing);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                number,
              Printing          *printing)
{
  PangoContext *pango = gtk_print_context_create_pango_context (context);

  kobra_summary_draw (printing->summary, printing->server, gtk_print_context_get_cairo_context (context), pango,
                      gtk_print_context_get_width (context), gtk_print_context_get_height (context));
  g_object_unref (pango);
}

static void
done_cb (GtkPrintOperation      *operation,
         GtkPrintOperationResult result,
         GtkWindow              *parent)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  kobra_window_alert (KOBRA_WINDOW (parent), _ ("The Summary Was Not Printed"), error->message);
}

GtkPrintOperation *
kobra_summary_print_operation_new (KobraSummary *summary,
                                   const char   *server)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autofree char   *name = g_strdup_printf (_ ("%s - summary"), summary->title != NULL ? summary->title : _ ("Import"));
  Printing          *printing = g_new0 (Printing, 1);

  printing->summary = summary;
  printing->server = g_strdup (server);
  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), printing, printing_free, G_CONNECT_DEFAULT);
  return operation;
}

void
kobra_summary_print (KobraSummary *summary,
                     const char   *server,
                     GtkWindow    *parent)
{
  g_autoptr (GtkPrintOperation) operation = kobra_summary_print_operation_new (summary, server);

  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), parent, G_CONNECT_DEFAULT);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
