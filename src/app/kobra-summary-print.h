/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kobra-summary.h"

G_BEGIN_DECLS

/* Draws a summary on a page of @width x @height points: what became of the records, where they went and when (@server may be NULL), and a bar for each
 * kind of error as far as they fit. */
void kobra_summary_draw  (const KobraSummary *summary,
                          const char         *server,
                          cairo_t            *cr,
                          PangoContext       *context,
                          double              width,
                          double              height);

/* One page with it, to be printed or exported by who gets it; takes @summary. */
GtkPrintOperation *kobra_summary_print_operation_new (KobraSummary *summary,
                                                      const char   *server) G_GNUC_WARN_UNUSED_RESULT;

/* Asks for a printer, or a PDF file, and prints it there; takes @summary. */
void kobra_summary_print (KobraSummary       *summary,
                          const char         *server,
                          GtkWindow          *parent);

G_END_DECLS
