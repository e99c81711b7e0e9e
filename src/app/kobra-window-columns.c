/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet's columns as the person arranged them, remembered by field for each kind of record. */

#include <glib/gi18n.h>

#include "kobra-columns-dialog.h"
#include "kobra-config.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* kind -> order, hidden, widths: names of fields and pixels. */
#define SETTING "sheet-columns"
#define SETTING_TYPE "(asasa{si})"

static GVariant *
make_widths (KobraWindow *self)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  guint              n_columns = kobra_sheet_model_get_n_columns (KOBRA_SHEET_MODEL (adapter));
  GVariantBuilder    widths;

  g_variant_builder_init (&widths, G_VARIANT_TYPE ("a{si}"));
  for (guint i = 0; i < n_columns; i++)
    {
      const char *name = kobra_sheet_adapter_get_field_name (adapter, i);
      int         width = kobra_sheet_get_column_width (self->sheet, i);

      if (name != NULL && width > 0)
        g_variant_builder_add (&widths, "{si}", name, width);
    }
  return g_variant_builder_end (&widths);
}

static void
remember_cb (KobraWindow *self)
{
  g_autoptr (GSettings) settings = g_settings_new (KOBRA_APPLICATION_ID);
  KobraSheetAdapter    *adapter = kobra_window_get_adapter (self);
  g_auto (GStrv)        order = kobra_sheet_adapter_dup_column_order (adapter);
  g_auto (GStrv)        hidden = kobra_sheet_adapter_dup_hidden (adapter);
  g_autoptr (GVariant)  old = g_settings_get_value (settings, SETTING);
  GVariantDict          dict;

  g_variant_dict_init (&dict, old);
  g_variant_dict_insert_value (&dict, kobra_import_get_schema (self->import)->name,
                               g_variant_new ("(^as^as@a{si})", order, hidden, make_widths (self)));
  g_settings_set_value (settings, SETTING, g_variant_dict_end (&dict));
}

static void
set_widths (KobraWindow *self,
            GVariant    *widths)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  guint              n_columns = kobra_sheet_model_get_n_columns (KOBRA_SHEET_MODEL (adapter));

  for (guint i = 0; i < n_columns; i++)
    {
      const char *name = kobra_sheet_adapter_get_field_name (adapter, i);
      int         width;

      if (name != NULL && g_variant_lookup (widths, name, "i", &width) && width > 0)
        kobra_sheet_set_column_width (self->sheet, i, width);
    }
}

void
kobra_window_recall_columns (KobraWindow *self)
{
  g_autoptr (GSettings)   settings = g_settings_new (KOBRA_APPLICATION_ID);
  g_autoptr (GVariant)    all = g_settings_get_value (settings, SETTING);
  g_autoptr (GVariant)    arranged = g_variant_lookup_value (all, kobra_import_get_schema (self->import)->name, G_VARIANT_TYPE (SETTING_TYPE));
  g_autoptr (GVariant)    widths = NULL;
  g_autofree const char **order = NULL, **hidden = NULL;

  if (arranged == NULL)
    return;
  g_variant_get (arranged, "(^a&s^a&s@a{si})", &order, &hidden, &widths);
  kobra_sheet_adapter_arrange_columns (kobra_window_get_adapter (self), order, hidden);
  set_widths (self, widths);
}

static void
hide_columns (KobraWindow *self)
{
  guint column, n_columns;

  if (!kobra_sheet_get_selection (self->sheet, NULL, NULL, &column, &n_columns))
    return;
  if (!kobra_sheet_adapter_hide_columns (kobra_window_get_adapter (self), column, n_columns))
    {
      kobra_window_toast (self, _ ("One column must stay."));
      return;
    }
  remember_cb (self);
  kobra_window_toast (self, g_dngettext (NULL, "The column is hidden; its cells are sent all the same.", "The columns are hidden; their cells are sent all the same.", n_columns));
}

static void
choose_columns (KobraWindow *self)
{
  GtkWidget *dialog = kobra_columns_dialog_new (kobra_window_get_adapter (self));

  g_signal_connect_object (dialog, "arranged", G_CALLBACK (remember_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static const KobraWindowAction column_actions[] = {
  { "win.hide-columns", hide_columns, NULL },
  { "win.choose-columns", choose_columns, NULL },
};

static void
activated_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  if (kobra_window_get_adapter (KOBRA_WINDOW (widget)) != NULL)
    kobra_window_run_action (KOBRA_WINDOW (widget), column_actions, G_N_ELEMENTS (column_actions), name);
}

void
kobra_window_install_column_actions (KobraWindowClass *klass)
{
  kobra_window_install_table (klass, column_actions, G_N_ELEMENTS (column_actions), activated_cb);
}

void
kobra_window_init_columns (KobraWindow *self)
{
  g_signal_connect_object (self->sheet, "columns-arranged", G_CALLBACK (remember_cb), self, G_CONNECT_SWAPPED);
}
