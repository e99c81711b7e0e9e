/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef GtkWidget *(*KobraMakeRow) (guint    i,
                                    gpointer data);

/* Fills @list with @n rows, a few each frame, so that none is late. @data must stay until all are there or gtk_widget_remove_tick_callback() was told
 * what this returns, which may be done later too. */
guint kobra_list_fill (GtkListBox  *list,
                       guint        n,
                       KobraMakeRow make,
                       gpointer     data);

G_END_DECLS
