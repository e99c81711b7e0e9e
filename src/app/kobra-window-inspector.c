/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands beside the sheet, and how the two follow each other. */

#include <glib/gi18n.h>

#include "kobra-config.h"
#include "kobra-remedy-dialog.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* The table's row of the sheet's cursor, or -1. */
static int
get_table_row (KobraWindow *self)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  int                row = kobra_sheet_get_cursor_row (self->sheet);

  if (adapter == NULL || row < 0 || (guint) row >= kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (adapter)))
    return -1;
  return (int) kobra_sheet_adapter_get_table_row (adapter, (guint) row);
}

/* The table's column of the sheet's cursor, or -1. */
static int
get_table_column (KobraWindow *self)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  int                column = kobra_sheet_get_cursor_column (self->sheet);

  if (adapter == NULL || column < 0 || (guint) column >= kobra_sheet_model_get_n_columns (KOBRA_SHEET_MODEL (adapter)))
    return -1;
  return (int) kobra_sheet_adapter_get_table_column (adapter, (guint) column);
}

static void
show_record (KobraWindow *self)
{
  if (adw_overlay_split_view_get_show_sidebar (self->inspector_split))
    kobra_inspector_set_row (self->inspector, self->import, get_table_row (self));
}

/* The field of the cursor's column, or -1. */
static int
get_field (KobraWindow *self)
{
  const KobraLayout *layout = kobra_import_get_layout (self->import);
  int                column = get_table_column (self);

  if (!adw_overlay_split_view_get_show_sidebar (self->inspector_split) || get_table_row (self) < 0 || layout == NULL)
    return -1;
  return column >= 0 && (guint) column < layout->n_columns ? layout->fields[column] : -1;
}

static gboolean
has_focus_within (KobraWindow *self,
                  gpointer     widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* The form shows the field of the cursor's column, unless the cursor is there because somebody is in the form. */
static void
show_field (KobraWindow *self)
{
  int field = get_field (self);

  if (field >= 0 && !has_focus_within (self, self->inspector))
    kobra_record_form_show_field (kobra_inspector_get_form (self->inspector), (guint) field);
}

/* The sheet shows the cell whose field somebody is in. */
static void
field_entered_cb (KobraWindow *self,
                  guint        field)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  int                table_column = kobra_layout_find_column (kobra_import_get_layout (self->import), field);
  int                row = kobra_sheet_get_cursor_row (self->sheet);
  guint              column;

  if (adapter == NULL || table_column < 0 || row < 0 || !kobra_sheet_adapter_find_column (adapter, (guint) table_column, &column))
    return;
  if ((int) column != kobra_sheet_get_cursor_column (self->sheet))
    kobra_sheet_set_cursor (self->sheet, row, (int) column);
}

static void
move_record (KobraWindow *self,
             int          by)
{
  int row = kobra_sheet_get_cursor_row (self->sheet);

  if (row + by >= 0)
    kobra_sheet_set_cursor (self->sheet, row + by, MAX (kobra_sheet_get_cursor_column (self->sheet), 0));
}

/* The records with the problem, and the first of them in the field. */
static void
show_problem_cb (KobraWindow *self,
                 guint        code,
                 guint        field)
{
  int column = kobra_layout_find_column (kobra_import_get_layout (self->import), field);

  kobra_window_show_problem (self, (KobraProblemCode) code, (int) field);
  self->wanted_column = column;
}

static void
fixed_cb (KobraWindow *self,
          guint        n_records)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%'u record was fixed", "%'u records were fixed", n_records), n_records);

  kobra_window_tell_change (self, text);
  kobra_window_count_clean_up (self);
}

static void
fix_problem_cb (KobraWindow *self,
                guint        code,
                guint        field)
{
  KobraRemedyDialog *dialog;

  if (kobra_import_get_state (self->import) != KOBRA_IMPORT_READY)
    {
      kobra_window_toast (self, _ ("Records are being sent. Fix them afterwards."));
      return;
    }
  dialog = kobra_remedy_dialog_new (self->import, (KobraProblemCode) code, field);
  g_signal_connect_object (dialog, "applied", G_CALLBACK (fixed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "show-problem", G_CALLBACK (show_problem_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/* Once the records are found the cursor goes to the first. */
static void
view_found_cb (KobraWindow *self)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  guint              column;

  if (self->wanted_column < 0 || adapter == NULL || kobra_sheet_adapter_is_finding (adapter))
    return;
  if (kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (adapter)) > 0 && kobra_sheet_adapter_find_column (adapter, (guint) self->wanted_column, &column))
    kobra_sheet_set_cursor (self->sheet, 0, (int) column);
  self->wanted_column = -1;
  kobra_window_focus_cell (self);
}

static void
follow_view (KobraWindow *self)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);

  if (adapter == NULL)
    return;
  g_signal_connect_object (adapter, "view-changed", G_CALLBACK (view_found_cb), self, G_CONNECT_SWAPPED);
  /* Another record may stand in the cursor's row, which is the same. */
  g_signal_connect_object (adapter, "rows-changed", G_CALLBACK (show_record), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
kobra_window_focus_cell (KobraWindow *self)
{
  int              field = get_field (self);
  KobraRecordForm *form = kobra_inspector_get_form (self->inspector);

  if (field < 0 || !(adw_overlay_split_view_get_collapsed (self->inspector_split) || has_focus_within (self, form)))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
      return;
    }
  kobra_inspector_show_record (self->inspector);
  kobra_record_form_focus_field (form, (guint) field);
}

void
kobra_window_next_record (KobraWindow *self)
{
  move_record (self, 1);
}

void
kobra_window_previous_record (KobraWindow *self)
{
  move_record (self, -1);
}

/* With the inspector comes a record to show in it. */
static void
shown_cb (KobraWindow *self)
{
  if (adw_overlay_split_view_get_show_sidebar (self->inspector_split) && kobra_sheet_get_cursor_row (self->sheet) < 0)
    kobra_sheet_set_cursor (self->sheet, 0, 0);
  show_record (self);
}

void
kobra_window_add_inspector (KobraWindow *self)
{
  GSettings *settings = self->settings = g_settings_new (KOBRA_APPLICATION_ID);
  g_autoptr (GPropertyAction) action = g_property_action_new ("inspector", self->inspector_split, "show-sidebar");

  g_settings_bind (settings, "inspector-visible", self->inspector_split, "show-sidebar", G_SETTINGS_BIND_DEFAULT);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
  g_signal_connect_object (self->sheet, "notify::cursor-row", G_CALLBACK (show_record), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "notify::cursor-row", G_CALLBACK (show_field), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "notify::cursor-column", G_CALLBACK (show_field), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "notify::model", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "notify::table", G_CALLBACK (show_record), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->inspector_split, "notify::show-sidebar", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  self->wanted_column = -1;
  kobra_problems_page_set_import (kobra_inspector_get_problems (self->inspector), self->import);
  g_signal_connect_object (kobra_inspector_get_problems (self->inspector), "show-problem", G_CALLBACK (show_problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kobra_inspector_get_problems (self->inspector), "fix-problem", G_CALLBACK (fix_problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "notify::model", G_CALLBACK (follow_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "field-entered", G_CALLBACK (field_entered_cb), self, G_CONNECT_SWAPPED);
}
