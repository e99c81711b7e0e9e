/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paste that waits for the program that was copied from. */

#include <glib/gi18n.h>

#include "kobra-window-private.h"

#include "kobra-banned.h"

static void
slow_paste_cb (KobraWindow *self)
{
  AdwToast *toast;
  gboolean  is_slow;

  g_object_get (self->sheet, "slow-paste", &is_slow, NULL);
  if (!is_slow)
    return;
  toast = adw_toast_new (_ ("Waiting for the program that was copied from…"));
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (toast, _ ("_Cancel"));
  adw_toast_set_action_name (toast, "win.cancel-paste");
  g_signal_connect_object (self->sheet, "notify::slow-paste", G_CALLBACK (adw_toast_dismiss), toast, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
cancel_paste_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  kobra_sheet_cancel_paste (KOBRA_WINDOW (widget)->sheet);
}

void
kobra_window_follow_paste (KobraWindow *self)
{
  g_signal_connect_object (self->sheet, "notify::slow-paste", G_CALLBACK (slow_paste_cb), self, G_CONNECT_SWAPPED);
}

void
kobra_window_install_paste_actions (KobraWindowClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "win.cancel-paste", NULL, cancel_paste_cb);
}
