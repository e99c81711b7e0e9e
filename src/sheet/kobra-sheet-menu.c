/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The menu of the selected cells: made when first asked for. */

#include "kobra-sheet-private.h"

#include <glib/gi18n.h>

static const struct
{
  const char *label;
  const char *action;
  gboolean    begins_section;
} items[] = {
  { N_ ("_Edit"), "sheet.edit", TRUE },
  { N_ ("Cu_t"), "clipboard.cut", TRUE },
  { N_ ("_Copy"), "clipboard.copy", FALSE },
  { N_ ("_Paste"), "clipboard.paste", FALSE },
  { N_ ("C_lear"), "selection.delete", FALSE },
};

static GMenuModel *
make_menu (void)
{
  GMenu            *menu = g_menu_new ();
  g_autoptr (GMenu) section = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      if (items[i].begins_section)
        {
          g_clear_object (&section);
          section = g_menu_new ();
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
        }
      g_menu_append (section, _ (items[i].label), items[i].action);
    }
  return G_MENU_MODEL (menu);
}

static GdkRectangle
get_cursor_place (KobraSheet *self)
{
  KobraSheetRect cell = kobra_sheet_geometry_get_cell (&self->geometry, self->selection.row, self->selection.column);

  cell = kobra_sheet_rect_intersect (cell, kobra_sheet_geometry_get_body (&self->geometry));
  return (GdkRectangle) { (int) cell.x, (int) cell.y, MAX ((int) cell.width, 1), MAX ((int) cell.height, 1) };
}

void
kobra_sheet_menu_popup (KobraSheet         *self,
                        const GdkRectangle *at)
{
  GdkRectangle place;

  if (!kobra_sheet_ensure_cursor (self))
    return;
  place = at != NULL ? *at : get_cursor_place (self);
  if (self->menu == NULL)
    {
      g_autoptr (GMenuModel) menu = make_menu ();

      self->menu = gtk_popover_menu_new_from_model (menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}
