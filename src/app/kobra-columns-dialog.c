/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-columns-dialog.h"

#include "kobra-banned.h"

/* More columns than this are no sheet of this program's; the rest stays as it is. */
#define MAX_ROWS 500u

struct _KobraColumnsDialog
{
  AdwDialog            parent_instance;

  AdwPreferencesGroup *group;
  KobraSheetAdapter   *adapter;
  GPtrArray           *rows;       /* AdwSwitchRow, one a column of the table */
  gboolean             is_updating;
};

G_DEFINE_FINAL_TYPE (KobraColumnsDialog, kobra_columns_dialog, ADW_TYPE_DIALOG)

static guint arranged_signal;

static gboolean
is_shown (KobraColumnsDialog *self,
          guint               table_column)
{
  guint column;

  return kobra_sheet_adapter_find_column (self->adapter, table_column, &column);
}

static void
update (KobraColumnsDialog *self)
{
  gboolean is_last = kobra_sheet_model_get_n_columns (KOBRA_SHEET_MODEL (self->adapter)) == 1;

  self->is_updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_switch_row_set_active (ADW_SWITCH_ROW (row), is_shown (self, i));
      gtk_widget_set_sensitive (row, !is_last || !is_shown (self, i));
    }
  self->is_updating = FALSE;
}

static void
switched_cb (AdwSwitchRow       *row,
             GParamSpec         *pspec,
             KobraColumnsDialog *self)
{
  guint column;

  if (self->is_updating || !g_ptr_array_find (self->rows, row, &column))
    return;
  kobra_sheet_adapter_show_column (self->adapter, column, adw_switch_row_get_active (row));
  update (self);
  g_signal_emit (self, arranged_signal, 0);
}

static void
reset_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  KobraColumnsDialog *self = KOBRA_COLUMNS_DIALOG (widget);

  kobra_sheet_adapter_reset_columns (self->adapter);
  update (self);
  g_signal_emit (self, arranged_signal, 0);
}

static void
kobra_columns_dialog_dispose (GObject *object)
{
  KobraColumnsDialog *self = KOBRA_COLUMNS_DIALOG (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->adapter);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_COLUMNS_DIALOG);

  G_OBJECT_CLASS (kobra_columns_dialog_parent_class)->dispose (object);
}

static void
kobra_columns_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (KOBRA_COLUMNS_DIALOG (object)->rows);

  G_OBJECT_CLASS (kobra_columns_dialog_parent_class)->finalize (object);
}

static void
kobra_columns_dialog_class_init (KobraColumnsDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kobra_columns_dialog_dispose;
  object_class->finalize = kobra_columns_dialog_finalize;

  arranged_signal = g_signal_new ("arranged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-columns-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraColumnsDialog, group);
  gtk_widget_class_install_action (widget_class, "columns.reset", NULL, reset_cb);
}

static void
kobra_columns_dialog_init (KobraColumnsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}

GtkWidget *
kobra_columns_dialog_new (KobraSheetAdapter *adapter)
{
  KobraColumnsDialog *self = g_object_new (KOBRA_TYPE_COLUMNS_DIALOG, NULL);
  guint               n = kobra_sheet_model_get_n_columns (KOBRA_SHEET_MODEL (adapter)) + kobra_sheet_adapter_count_hidden (adapter);

  self->adapter = g_object_ref (adapter);
  for (guint i = 0; i < MIN (n, MAX_ROWS); i++)
    {
      g_autofree char *header = kobra_sheet_adapter_dup_table_header (adapter, i);
      GtkWidget       *row = adw_switch_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), header);
      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
      g_signal_connect_object (row, "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_DEFAULT);
    }
  update (self);
  return GTK_WIDGET (self);
}
