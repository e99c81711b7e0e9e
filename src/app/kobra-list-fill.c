/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-list-fill.h"

#include "kobra-banned.h"

/* A row takes a fifth of a millisecond to make, and as much again to be laid out. */
#define ROWS_A_FRAME 20

typedef struct
{
  guint        at, n;
  KobraMakeRow make;
  gpointer     data;
} Filling;

static gboolean
fill_cb (GtkWidget     *list,
         GdkFrameClock *clock,
         gpointer       data)
{
  Filling *filling = data;

  for (guint i = 0; i < ROWS_A_FRAME && filling->at < filling->n; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), filling->make (filling->at++, filling->data));
  return filling->at < filling->n ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

guint
kobra_list_fill (GtkListBox  *list,
                 guint        n,
                 KobraMakeRow make,
                 gpointer     data)
{
  Filling *filling = g_new (Filling, 1);

  *filling = (Filling) { 0, n, make, data };
  return gtk_widget_add_tick_callback (GTK_WIDGET (list), fill_cb, filling, g_free);
}
