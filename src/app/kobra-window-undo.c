/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu says what undo would take back. A menu's items never change; they are taken out and put in anew. */

#include <glib/gi18n.h>

#include "kobra-window-private.h"

#include "kobra-banned.h"

/* The section with the item of @action and its place in it, or NULL. */
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
