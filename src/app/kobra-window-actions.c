/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window's actions do, one table for all of them. */

#include <glib/gi18n.h>

#include "kobra-import-send.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (KobraWindow) self = data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GFile)       file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    kobra_window_open (self, file);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    kobra_window_toast (self, error->message);
}

static void
open_file (KobraWindow *self)
{
  static const char *const suffixes[] = { "csv", "tsv", "txt", "xlsx", "xlsm", "ods", "xls", "json" };
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore)    filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (tables, _ ("Spreadsheets and Tables"));
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (tables, suffixes[i]);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, tables);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, _ ("Open a Spreadsheet"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (self), self->alive, file_chosen_cb, g_object_ref (self));
}

static void
cancel_opening (KobraWindow *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
}

static void
send_ready (KobraWindow *self)
{
  kobra_window_ask_to_send (self, KOBRA_SEND_READY);
}

static void
send_rejected (KobraWindow *self)
{
  kobra_window_ask_to_send (self, KOBRA_SEND_REJECTED);
}

static void
send_unknown (KobraWindow *self)
{
  kobra_window_ask_to_send (self, KOBRA_SEND_UNKNOWN);
}

static void
send_selected (KobraWindow *self)
{
  kobra_window_ask_to_send (self, KOBRA_SEND_CHOSEN);
}

static void
pause_sending (KobraWindow *self)
{
  kobra_import_pause_run (self->import);
}

static void
resume_sending (KobraWindow *self)
{
  kobra_import_resume_run (self->import);
}

static void
cancel_sending (KobraWindow *self)
{
  kobra_import_cancel_run (self->import);
}

static void
insert_row (KobraWindow *self)
{
  guint    row, n_rows;
  gboolean is_selected = kobra_sheet_get_selection (self->sheet, &row, &n_rows, NULL, NULL);
  int      added = kobra_sheet_adapter_insert_row (kobra_window_get_adapter (self), is_selected ? (int) (row + n_rows - 1) : -1);

  if (added >= 0)
    kobra_sheet_set_cursor (self->sheet, added, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
}

static void
delete_rows (KobraWindow *self)
{
  guint row, n_rows;

  if (kobra_sheet_get_selection (self->sheet, &row, &n_rows, NULL, NULL) &&
      !kobra_sheet_adapter_delete_rows (kobra_window_get_adapter (self), row, n_rows))
    kobra_window_toast (self, _ ("Records that are being sent can’t be deleted."));
}

static void
go_to_problem (KobraWindow *self,
               gboolean     forward)
{
  guint row = (guint) MAX (kobra_sheet_get_cursor_row (self->sheet), 0);
  guint column = (guint) MAX (kobra_sheet_get_cursor_column (self->sheet), 0);

  if (kobra_sheet_model_find_mark (kobra_sheet_get_model (self->sheet), forward, &row, &column))
    kobra_sheet_set_cursor (self->sheet, (int) row, (int) column);
  kobra_window_focus_cell (self);
}

static void
next_problem (KobraWindow *self)
{
  go_to_problem (self, TRUE);
}

static void
previous_problem (KobraWindow *self)
{
  go_to_problem (self, FALSE);
}

static const KobraWindowAction window_actions[] = {
  { "win.open", open_file, "<Control>o" },
  { "win.sample", kobra_window_open_sample, NULL },
  { "win.source", kobra_window_show_source, NULL },
  { "win.open-again", kobra_window_open_again, NULL },
  { "win.paste-table", kobra_window_paste_table, "<Control>v" },
  { "win.cancel-opening", cancel_opening, NULL },
  { "win.send", send_ready, "<Control>Return" },
  { "win.send-rejected", send_rejected, NULL },
  { "win.send-unknown", send_unknown, NULL },
  { "win.send-selected", send_selected, "<Control><Shift>Return" },
  { "win.show-request", kobra_window_show_request, "<Control><Shift>r" },
  { "win.pause", pause_sending, NULL },
  { "win.resume", resume_sending, NULL },
  { "win.cancel-sending", cancel_sending, NULL },
  { "win.save-blank", kobra_window_save_blank, NULL },
  { "win.clean-up", kobra_window_show_clean_up, "<Control>k" },
  { "win.columns", kobra_window_show_columns, "<Control>l" },
  { "win.results", kobra_window_show_results, NULL },
  { "win.save-results", kobra_window_save_results, "<Control>s" },
  { "win.save-rejected", kobra_window_save_rejected, NULL },
  { "win.save-not-accepted", kobra_window_save_not_accepted, NULL },
  { "win.print-summary", kobra_window_print_summary, "<Control>p" },
  { "win.undo", kobra_window_undo, "<Control>z" },
  { "win.redo", kobra_window_redo, "<Control><Shift>z" },
  { "win.insert-row", insert_row, "<Control>plus" },
  { "win.delete-rows", delete_rows, "<Control>minus" },
  { "win.dismiss-notice", kobra_window_dismiss_notice, NULL },
  { "win.next-problem", next_problem, NULL },
  { "win.previous-problem", previous_problem, NULL },
  { "win.new-account", kobra_window_new_account, NULL },
  { "win.new-promise", kobra_window_new_promise, NULL },
  { "win.new-record", kobra_window_new_record, "<Control>n" },
  { "win.next-record", kobra_window_next_record, "<Alt>Page_Down" },
  { "win.previous-record", kobra_window_previous_record, "<Alt>Page_Up" },
  { "win.manual", kobra_window_show_manual, "F1" },
};

static void
activated_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  kobra_window_run_action (KOBRA_WINDOW (widget), window_actions, G_N_ELEMENTS (window_actions), name);
}

static void
import_type_chosen_cb (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  KobraImportType type;

  if (kobra_import_type_find (g_variant_get_string (parameter, NULL), &type))
    kobra_import_set_import_type (KOBRA_WINDOW (widget)->import, type);
  kobra_window_update (KOBRA_WINDOW (widget));
}

static void
open_uri_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  kobra_window_open (KOBRA_WINDOW (widget), file);
}

static void
go_to_record_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  KobraWindow *self = KOBRA_WINDOW (widget);
  AdwDialog   *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  KobraTable  *table = kobra_import_get_table (self->import);
  guint        row;

  if (dialog != NULL)
    adw_dialog_close (dialog);
  if (table != NULL && kobra_table_find_id (table, g_variant_get_uint32 (parameter), &row))
    kobra_window_go_to (self, row, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
}

void
kobra_window_install_table (KobraWindowClass           *klass,
                            const KobraWindowAction    *actions,
                            gsize                       n,
                            GtkWidgetActionActivateFunc activated)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  for (gsize i = 0; i < n; i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].name, NULL, activated);
      if (actions[i].accelerator != NULL)
        {
          guint           key;
          GdkModifierType modifiers;

          gtk_accelerator_parse (actions[i].accelerator, &key, &modifiers);
          gtk_widget_class_add_binding_action (widget_class, key, modifiers, actions[i].name, NULL);
        }
    }
}

void
kobra_window_run_action (KobraWindow             *self,
                         const KobraWindowAction *actions,
                         gsize                    n,
                         const char              *name)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (actions[i].name, name))
      actions[i].run (self);
}

void
kobra_window_install_actions (KobraWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  kobra_window_install_table (klass, window_actions, G_N_ELEMENTS (window_actions), activated_cb);
  gtk_widget_class_install_action (widget_class, "win.import-type", "s", import_type_chosen_cb);
  gtk_widget_class_install_action (widget_class, "win.open-uri", "s", open_uri_cb);
  gtk_widget_class_install_action (widget_class, "win.go-to-record", "u", go_to_record_cb);
  kobra_window_install_undo_actions (klass);
  kobra_window_install_paste_actions (klass);
}
