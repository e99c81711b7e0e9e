/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding text, and going to a row by its number. */

#include <glib/gi18n.h>

#include "kobra-find-bar.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

static void
find_text (KobraWindow *self)
{
  kobra_find_bar_open (KOBRA_FIND_BAR (self->find_bar), FALSE);
}

static void
replace_text (KobraWindow *self)
{
  kobra_find_bar_open (KOBRA_FIND_BAR (self->find_bar), TRUE);
}

static void
find_next (KobraWindow *self)
{
  kobra_find_bar_step (KOBRA_FIND_BAR (self->find_bar), TRUE);
}

static void
find_previous (KobraWindow *self)
{
  kobra_find_bar_step (KOBRA_FIND_BAR (self->find_bar), FALSE);
}

/* The sheet's row with that number, or the next shown after it in the file; else the last. Numbers are those that the sheet shows: lines of the
 * file. */
static guint
find_line (KobraWindow *self,
           guint64      line)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  KobraTable        *table = kobra_import_get_table (self->import);
  guint              n_rows = kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (adapter)), best = n_rows - 1;
  guint64            best_line = G_MAXUINT64;

  for (guint row = 0; row < n_rows && best_line != line; row++)
    {
      guint32 at = kobra_table_peek_row (table, kobra_sheet_adapter_get_table_row (adapter, row))->line;

      if (at >= line && at < best_line)
        {
          best = row;
          best_line = at;
        }
    }
  return best;
}

static void
go_response_cb (AdwAlertDialog *dialog,
                const char     *response,
                KobraWindow    *self)
{
  GtkWidget *entry = adw_alert_dialog_get_extra_child (dialog);
  guint64    line;

  if (g_str_equal (response, "go") && kobra_window_get_adapter (self) != NULL &&
      g_ascii_string_to_unsigned (gtk_editable_get_text (GTK_EDITABLE (entry)), 10, 0, G_MAXUINT32, &line, NULL))
    kobra_sheet_set_cursor (self->sheet, (int) find_line (self, line), MAX (kobra_sheet_get_cursor_column (self->sheet), 0));
  gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
}

static void
row_typed_cb (GtkEditable    *entry,
              AdwAlertDialog *dialog)
{
  adw_alert_dialog_set_response_enabled (dialog, "go",
                                         g_ascii_string_to_unsigned (gtk_editable_get_text (entry), 10, 0, G_MAXUINT32, NULL, NULL));
}

static void
go_to_row (KobraWindow *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Go to Row"), NULL);
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Row number"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Row number"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "go", _ ("_Go"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "go");
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "go", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "go", FALSE);
  adw_dialog_set_focus (dialog, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (row_typed_cb), dialog, G_CONNECT_DEFAULT);
  g_signal_connect_object (dialog, "response", G_CALLBACK (go_response_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static const KobraWindowAction find_actions[] = {
  { "win.find", find_text, "<Control>f" },
  { "win.replace", replace_text, "<Control>h" },
  { "win.find-next", find_next, "F3" },
  { "win.find-previous", find_previous, "<Shift>F3" },
  { "win.go-to-row", go_to_row, "<Control>g" },
};

static void
activated_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  KobraWindow       *self = KOBRA_WINDOW (widget);
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);

  if (adapter == NULL || kobra_sheet_model_get_n_columns (KOBRA_SHEET_MODEL (adapter)) == 0 || kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (adapter)) == 0)
    return;
  kobra_window_run_action (self, find_actions, G_N_ELEMENTS (find_actions), name);
}

void
kobra_window_install_find_actions (KobraWindowClass *klass)
{
  kobra_window_install_table (klass, find_actions, G_N_ELEMENTS (find_actions), activated_cb);
}
