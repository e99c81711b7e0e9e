/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's dialogs about columns and about cleaning up, and what they say once they are done. */

#include <glib/gi18n.h>

#include "kobra-layout-dialog.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* Says what was changed, with the way back. */
static void
tell_change (KobraWindow *self,
             const char  *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  g_set_weak_pointer (&self->fixes_toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
columns_applied_cb (KobraWindow *self,
                    guint        n_cells)
{
  g_autofree char *cleaned = g_strdup_printf (ngettext ("The columns were changed, and %'u cell was cleaned up", "The columns were changed, and %'u cells were cleaned up", n_cells), n_cells);

  tell_change (self, n_cells > 0 ? cleaned : _ ("The columns were changed"));
  kobra_window_update (self);
}

void
kobra_window_show_columns (KobraWindow *self)
{
  KobraLayoutDialog *dialog = kobra_layout_dialog_new (self->import);

  g_signal_connect_object (dialog, "applied", G_CALLBACK (columns_applied_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}
