/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's dialogs about columns and about cleaning up, and what they say once they are done. */

#include <glib/gi18n.h>

#include "kobra-clean-dialog.h"
#include "kobra-import-clean.h"
#include "kobra-layout-dialog.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* In a table of more rows nothing is counted that nobody asked for. */
#define MAX_COUNTED_ROWS 100000u

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
  kobra_window_count_clean_up (self);
}

void
kobra_window_show_columns (KobraWindow *self)
{
  KobraLayoutDialog *dialog = kobra_layout_dialog_new (self->import);

  g_signal_connect_object (dialog, "applied", G_CALLBACK (columns_applied_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
cleaned_cb (KobraWindow *self,
            guint        n_cells)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%'u cell was cleaned up", "%'u cells were cleaned up", n_cells), n_cells);

  tell_change (self, text);
  kobra_window_count_clean_up (self);
}

void
kobra_window_show_clean_up (KobraWindow *self)
{
  KobraCleanDialog *dialog = kobra_clean_dialog_new (self->import);

  g_signal_connect_object (dialog, "applied", G_CALLBACK (cleaned_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KobraWindow) self = data;
  g_autoptr (GPtrArray)   offers = kobra_import_find_offers_finish (KOBRA_IMPORT (source), result, NULL);
  g_autofree char        *label = NULL;

  if (offers == NULL || g_cancellable_is_cancelled (self->alive))
    return;
  self->n_offered = 0;
  for (guint i = 0; i < offers->len; i++)
    self->n_offered += ((const KobraOffer *) g_ptr_array_index (offers, i))->n_cells;
  label = g_strdup_printf (_ ("Clean Up %'u…"), self->n_offered);
  gtk_button_set_label (self->clean_button, label);
  kobra_window_update (self);
}

void
kobra_window_count_clean_up (KobraWindow *self)
{
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->n_offered = 0;
  kobra_window_update (self);
  if (kobra_table_get_n_rows (kobra_import_get_table (self->import)) > MAX_COUNTED_ROWS)
    return;
  self->counting = g_cancellable_new ();
  kobra_import_find_offers_async (self->import, self->counting, counted_cb, g_object_ref (self));
}
