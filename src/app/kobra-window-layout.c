/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's dialogs about columns and about cleaning up, and what they say once they are done. */

#include <glib/gi18n.h>

#include "kobra-blank.h"
#include "kobra-clean-dialog.h"
#include "kobra-import-clean.h"
#include "kobra-import-layout.h"
#include "kobra-layout-dialog.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* In a table of more rows nothing is counted that nobody asked for. */
#define MAX_COUNTED_ROWS 100000u

void
kobra_window_tell_change (KobraWindow *self,
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

  kobra_window_tell_change (self, n_cells > 0 ? cleaned : _ ("The columns were changed"));
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

  kobra_window_tell_change (self, text);
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
  if (kobra_table_get_n_rows (kobra_import_get_table (self->import)) > MAX_COUNTED_ROWS)
    {
      self->n_offered = 0;
      kobra_window_update (self);
      return;
    }
  self->counting = g_cancellable_new ();
  kobra_import_find_offers_async (self->import, self->counting, counted_cb, g_object_ref (self));
}

void
kobra_window_tell_layout (KobraWindow *self)
{
  const char      *name = kobra_import_get_layout_name (self->import);
  g_autofree char *text = name != NULL ? g_strdup_printf (_ ("Matched by the saved layout “%s”"), name) : NULL;
  AdwToast        *toast;

  if (text == NULL)
    return;
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Change…"));
  adw_toast_set_action_name (toast, "win.columns");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

typedef struct
{
  KobraKind        kind;
  KobraTableFormat format;
  GFile           *file;
} Blank;

static void
blank_free (gpointer data)
{
  Blank *blank = data;

  g_object_unref (blank->file);
  g_free (blank);
}

static void
write_blank_in_thread (GTask        *task,
                       gpointer      source,
                       gpointer      data,
                       GCancellable *cancellable)
{
  const Blank       *blank = data;
  g_autoptr (GError) error = NULL;

  if (kobra_blank_write (blank->kind, blank->format, blank->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
blank_written_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  KobraWindow       *self = KOBRA_WINDOW (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    kobra_window_toast (self, _ ("The blank layout was saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kobra_window_toast (self, error->message);
}

static void
blank_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (KobraWindow) self = data;
  g_autoptr (GFile)       file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  const KobraSchema      *schema = kobra_import_get_schema (self->import);
  g_autofree char        *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autoptr (GTask)       task = NULL;
  Blank                  *blank;
  int                     format;

  if (file == NULL || g_cancellable_is_cancelled (self->alive))
    return;
  format = kobra_table_format_find (name);
  blank = g_new0 (Blank, 1);
  *blank = (Blank) { schema != NULL ? schema->kind : KOBRA_KIND_ACCOUNTS, format >= 0 ? (KobraTableFormat) format : KOBRA_TABLE_FORMAT_XLSX, g_steal_pointer (&file) };
  task = g_task_new (self, self->alive, blank_written_cb, NULL);
  g_task_set_source_tag (task, blank_chosen_cb);
  g_task_set_task_data (task, blank, blank_free);
  g_task_run_in_thread (task, write_blank_in_thread);
}

void
kobra_window_save_blank (KobraWindow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Save a Blank Layout"));
  /* TRANSLATORS: the name of a file; keep its ending: .xlsx, .ods and .csv are formats to choose from */
  gtk_file_dialog_set_initial_name (dialog, _ ("Kobra layout.xlsx"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (self), self->alive, blank_chosen_cb, g_object_ref (self));
}
