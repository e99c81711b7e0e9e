/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-split.h"

#include "kobra-banned.h"

static void
pane_mapped_cb (GtkWidget *sidebar)
{
  gtk_widget_set_visible (sidebar, TRUE);
}

static void
pane_unmapped_cb (GtkWidget *sidebar)
{
  GtkWidget *split = gtk_widget_get_ancestor (sidebar, ADW_TYPE_OVERLAY_SPLIT_VIEW);

  /* A window that is hidden is no closed sidebar. */
  gtk_widget_set_visible (sidebar, split != NULL && adw_overlay_split_view_get_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (split)));
}

void
kobra_split_hide_closed_sidebar (AdwOverlaySplitView *split)
{
  GtkWidget *sidebar = adw_overlay_split_view_get_sidebar (split);
  GtkWidget *pane = gtk_widget_get_parent (sidebar);

  /* The pane is there from the first moment that the sidebar moves in, by a key, a button or a finger, to the last in which it moves out. */
  g_signal_connect_object (pane, "map", G_CALLBACK (pane_mapped_cb), sidebar, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "unmap", G_CALLBACK (pane_unmapped_cb), sidebar, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (sidebar, adw_overlay_split_view_get_show_sidebar (split));
}
