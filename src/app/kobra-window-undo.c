/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back and doing again: the menu says what, and the cursor goes to what changes. */

#include <glib/gi18n.h>

#include "kobra-change.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* A menu's items never change; they are taken out and put in anew.
 *
 * The section with the item of @action and its place in it, or NULL. */
static GMenu *
find_item (GMenuModel *menu,
           const char *action,
           int        *place)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char       *found = NULL;
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      GMenu                 *in_section = section != NULL ? find_item (section, action, place) : NULL;

      if (in_section != NULL)
        return in_section;
      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &found) && g_str_equal (found, action))
        {
          *place = i;
          return G_MENU (menu);
        }
    }
  return NULL;
}

static void
relabel (KobraWindow *self,
         const char  *action,
         const char  *label)
{
  int                   place;
  GMenu                *section = find_item (gtk_menu_button_get_menu_model (self->menu_button), action, &place);
  g_autoptr (GMenuItem) item = NULL;
  g_autofree char      *old = NULL;

  if (section == NULL || (g_menu_model_get_item_attribute (G_MENU_MODEL (section), place, G_MENU_ATTRIBUTE_LABEL, "s", &old) && g_str_equal (old, label)))
    return;
  item = g_menu_item_new_from_model (G_MENU_MODEL (section), place);
  g_menu_item_set_label (item, label);
  g_menu_remove (section, place);
  g_menu_insert_item (section, place, item);
}

static char *
make_label (const char *bare,
            const char *with_name,
            const char *name)
{
  if (name == NULL)
    return g_strdup (bare);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (with_name, name);
#pragma GCC diagnostic pop
}

void
kobra_window_name_undo (KobraWindow *self)
{
  KobraTable      *table = kobra_import_get_table (self->import);
  /* TRANSLATORS: in a menu; what would be taken back follows, such as "Paste of 320 Cells" */
  g_autofree char *undo = make_label (_ ("_Undo"), _ ("_Undo %s"), table != NULL ? kobra_table_get_undo_name (table) : NULL);
  g_autofree char *redo = make_label (_ ("_Redo"), _ ("_Redo %s"), table != NULL ? kobra_table_get_redo_name (table) : NULL);

  relabel (self, "win.undo", undo);
  relabel (self, "win.redo", redo);
}

/* Says that @change is not to be seen, and how it can be. */
static void
tell_hidden (KobraWindow       *self,
             const KobraChange *change)
{
  KobraTable      *table = kobra_import_get_table (self->import);
  guint            row = g_array_index (change->ranges, KobraRowRange, 0).row, n = 0, place;
  gboolean         is_column_shown = FALSE;
  AdwToast        *toast;
  g_autofree char *words = NULL;

  for (guint i = 0; i < change->ranges->len; i++)
    n += g_array_index (change->ranges, KobraRowRange, i).n_rows;
  for (guint i = 0; i < change->n_columns; i++)
    is_column_shown |= kobra_sheet_adapter_find_column (kobra_window_get_adapter (self), change->column + i, &place);
  if (!is_column_shown)
    words = g_strdup (_ ("What changed is in a column that is hidden."));
  else
    words = g_strdup_printf (ngettext ("%'u changed record is not among those shown.", "%'u changed records are not among those shown.", n), n);
  toast = adw_toast_new (words);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Show"));
  adw_toast_set_action_name (toast, "win.show-change");
  adw_toast_set_action_target (toast, "(uu)", kobra_table_peek_row (table, row)->id, change->column);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Once it is made. Where rows are gone the cursor goes to what is there now. */
static void
go_to_change (KobraWindow       *self,
              const KobraChange *change)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  guint              n_all = kobra_table_get_n_rows (kobra_import_get_table (self->import)), row, n_rows, column, n_columns;

  if (adapter == NULL)
    return;
  if (!change->is_gone)
    {
      if (kobra_sheet_adapter_find_change (adapter, change, &row, &n_rows, &column, &n_columns))
        kobra_sheet_select (self->sheet, row, n_rows, column, n_columns);
      else
        tell_hidden (self, change);
    }
  else if (n_all > 0 && kobra_sheet_adapter_find_row (adapter, MIN (change->gone_row, n_all - 1), &row))
    kobra_sheet_set_cursor (self->sheet, (int) row, MAX (kobra_sheet_get_cursor_column (self->sheet), 0));
}

static void
take_back (KobraWindow *self,
           gboolean     redo)
{
  KobraTable          *table = kobra_import_get_table (self->import);
  g_auto (KobraChange) change = { 0 };
  gboolean             is_found = kobra_table_find_change (table, redo, &change);

  if (redo)
    kobra_table_redo (table);
  else
    kobra_table_undo (table);
  if (is_found)
    go_to_change (self, &change);
}

void
kobra_window_undo (KobraWindow *self)
{
  take_back (self, FALSE);
}

void
kobra_window_redo (KobraWindow *self)
{
  take_back (self, TRUE);
}

static void
show_change_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  KobraWindow *self = KOBRA_WINDOW (widget);
  KobraTable  *table = kobra_import_get_table (self->import);
  guint        id, column, row;

  g_variant_get (parameter, "(uu)", &id, &column);
  if (table == NULL || kobra_window_get_adapter (self) == NULL || !kobra_table_find_id (table, id, &row) || column >= kobra_table_get_n_columns (table))
    return;
  kobra_sheet_adapter_show_column (kobra_window_get_adapter (self), column, TRUE);
  kobra_window_go_to (self, row, column);
  gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
}

void
kobra_window_install_undo_actions (KobraWindowClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "win.show-change", "(uu)", show_change_cb);
}
