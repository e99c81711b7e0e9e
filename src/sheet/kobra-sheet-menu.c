/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The menus of the selected cells and of a column: made when first asked for. */

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
  { N_ ("Paste as _New Rows"), "clipboard.paste-rows", FALSE },
  { N_ ("C_lear"), "selection.delete", FALSE },
};

typedef enum
{
  MENU_CELLS,
  MENU_HEADER
} Menu;

static GMenuModel *
make_menu (KobraSheet *self)
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
  if (self->more_menu != NULL)
    g_menu_append_section (menu, NULL, self->more_menu);
  return G_MENU_MODEL (menu);
}

static GdkRectangle
to_place (KobraSheetRect rect)
{
  return (GdkRectangle) { (int) rect.x, (int) rect.y, MAX ((int) rect.width, 1), MAX ((int) rect.height, 1) };
}

static GdkRectangle
get_cursor_place (KobraSheet *self)
{
  KobraSheetRect cell = kobra_sheet_geometry_get_cell (&self->geometry, self->selection.row, self->selection.column);

  return to_place (kobra_sheet_rect_intersect (cell, kobra_sheet_geometry_get_body (&self->geometry)));
}

static void
popup (KobraSheet         *self,
       Menu                which,
       GMenuModel         *model,
       const GdkRectangle *place)
{
  GtkWidget **menu = &self->menus[which];

  if (*menu == NULL)
    {
      *menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (*menu), FALSE);
      gtk_widget_set_halign (*menu, GTK_ALIGN_START);
      gtk_widget_set_parent (*menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (*menu), place);
  gtk_popover_popup (GTK_POPOVER (*menu));
}

void
kobra_sheet_menu_popup (KobraSheet         *self,
                        const GdkRectangle *at)
{
  g_autoptr (GMenuModel) model = NULL;
  GdkRectangle place;

  if (!kobra_sheet_ensure_cursor (self))
    return;
  place = at != NULL ? *at : get_cursor_place (self);
  model = make_menu (self);
  popup (self, MENU_CELLS, model, &place);
}

gboolean
kobra_sheet_menu_popup_header (KobraSheet *self)
{
  KobraSheetRect body = kobra_sheet_geometry_get_body (&self->geometry);
  KobraSheetRect header;
  GdkRectangle   place;

  if (self->header_menu == NULL || self->geometry.n_columns == 0)
    return FALSE;
  kobra_sheet_ensure_cursor (self);
  if (self->selection.is_set)
    kobra_sheet_geometry_reveal_column (&self->geometry, self->selection.column);
  kobra_sheet_push_scroll (self);
  header = kobra_sheet_geometry_get_header (&self->geometry, self->selection.is_set ? self->selection.column : 0);
  place = to_place (kobra_sheet_rect_intersect (header, (KobraSheetRect) { body.x, 0, body.width, header.height }));
  popup (self, MENU_HEADER, self->header_menu, &place);
  return TRUE;
}

void
kobra_sheet_menu_present (KobraSheet *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->menus); i++)
    if (self->menus[i] != NULL)
      gtk_popover_present (GTK_POPOVER (self->menus[i]));
}

void
kobra_sheet_menu_dispose (KobraSheet *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->menus); i++)
    g_clear_pointer (&self->menus[i], gtk_widget_unparent);
  g_clear_object (&self->more_menu);
  g_clear_object (&self->header_menu);
}

void
kobra_sheet_set_menus (KobraSheet *self,
                       GMenuModel *cells,
                       GMenuModel *header)
{
  g_return_if_fail (KOBRA_IS_SHEET (self));

  for (gsize i = 0; i < G_N_ELEMENTS (self->menus); i++)
    g_clear_pointer (&self->menus[i], gtk_widget_unparent);
  g_set_object (&self->more_menu, cells);
  g_set_object (&self->header_menu, header);
}
