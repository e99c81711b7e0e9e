/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet as a GtkScrollable. The geometry holds the offsets; the adjustments follow it, or lead it when a person scrolls. */

#include "kobra-sheet-private.h"

#include <math.h>

/* The horizontal adjustment counts from the left; content begins at the right if the direction is right-to-left. */
static double
flip (KobraSheet    *self,
      GtkAdjustment *adjustment,
      double         value)
{
  return self->geometry.is_rtl ? gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) - value : value;
}

/* Everything that follows a new scroll offset. */
static void
scrolled (KobraSheet *self)
{
  kobra_sheet_accessible_scrolled (self);
  if (self->edit.is_active)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
value_changed_cb (KobraSheet *self)
{
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];
  int            scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->is_configuring)
    return;
  /* On whole device pixels, or text would be blurred. */
  if (horizontal != NULL)
    self->geometry.scroll_x = round (flip (self, horizontal, gtk_adjustment_get_value (horizontal)) * scale) / scale;
  if (vertical != NULL)
    self->geometry.scroll_y = round (gtk_adjustment_get_value (vertical) * scale) / scale;
  kobra_sheet_geometry_clamp (&self->geometry);
  scrolled (self);
}

void
kobra_sheet_set_adjustment (KobraSheet    *self,
                            GtkOrientation orientation,
                            GtkAdjustment *adjustment)
{
  GtkAdjustment **place = &self->adjustments[orientation];

  if (adjustment != NULL && *place == adjustment)
    return;
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, value_changed_cb, self);
  g_clear_object (place);
  *place = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_object (*place, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  kobra_sheet_update_adjustments (self);
}

void
kobra_sheet_push_scroll (KobraSheet *self)
{
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];

  self->is_configuring = TRUE;
  if (horizontal != NULL)
    gtk_adjustment_set_value (horizontal, flip (self, horizontal, self->geometry.scroll_x));
  if (vertical != NULL)
    gtk_adjustment_set_value (vertical, self->geometry.scroll_y);
  self->is_configuring = FALSE;
  scrolled (self);
}

static void
configure (GtkAdjustment *adjustment,
           double         value,
           double         content,
           double         page,
           double         step)
{
  if (adjustment != NULL)
    gtk_adjustment_configure (adjustment, value, 0, MAX (content, page), step, MAX (page - step, step), page);
}

void
kobra_sheet_update_adjustments (KobraSheet *self)
{
  KobraSheetGeometry *geometry = &self->geometry;
  KobraSheetRect      body = kobra_sheet_geometry_get_body (geometry);
  double              width = kobra_sheet_geometry_get_extent_x (geometry);
  double              height = kobra_sheet_geometry_get_extent_y (geometry);
  double              x;

  kobra_sheet_geometry_clamp (geometry);
  x = geometry->is_rtl ? MAX (width, body.width) - body.width - geometry->scroll_x : geometry->scroll_x;
  self->is_configuring = TRUE;
  configure (self->adjustments[GTK_ORIENTATION_HORIZONTAL], x, width, body.width, 4 * geometry->row_height);
  configure (self->adjustments[GTK_ORIENTATION_VERTICAL], geometry->scroll_y, height, body.height, geometry->row_height);
  self->is_configuring = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
kobra_sheet_get_border (GtkScrollable *scrollable,
                        GtkBorder     *border)
{
  KobraSheet *self = KOBRA_SHEET (scrollable);

  *border = (GtkBorder) {
    .top = (gint16) self->geometry.header_height,
    .left = (gint16) (self->geometry.is_rtl ? 0 : self->geometry.leading_width),
    .right = (gint16) (self->geometry.is_rtl ? self->geometry.leading_width : 0),
  };
  return TRUE;
}

void
kobra_sheet_scrollable_init (GtkScrollableInterface *iface)
{
  iface->get_border = kobra_sheet_get_border;
}
