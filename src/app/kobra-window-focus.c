/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the keyboard is, across a change of the window's width: libadwaita before 1.8 hides all of a window for a frame then, and leaves the
 * keyboard with the first button. */

#include "kobra-window-private.h"

#include "kobra-banned.h"

/* Asked once a frame, until all is shown again. What a narrow window does not have loses the keyboard rightly. */
static gboolean
restore_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       data)
{
  KobraWindow *self = KOBRA_WINDOW (widget);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->toasts)))
    return G_SOURCE_CONTINUE;
  if (self->focus_before != NULL && gtk_widget_get_mapped (self->focus_before))
    gtk_widget_grab_focus (self->focus_before);
  g_clear_weak_pointer (&self->focus_before);
  self->focus_tick = 0;
  return G_SOURCE_REMOVE;
}

static void
breakpoint_changed_cb (KobraWindow *self)
{
  if (self->focus_tick != 0)
    return; /* one within a frame of another: where the keyboard was before both counts */
  g_set_weak_pointer (&self->focus_before, gtk_window_get_focus (GTK_WINDOW (self)));
  self->focus_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), restore_cb, NULL, NULL);
}

void
kobra_window_keep_focus (KobraWindow *self)
{
  g_signal_connect (self, "notify::current-breakpoint", G_CALLBACK (breakpoint_changed_cb), NULL);
}
