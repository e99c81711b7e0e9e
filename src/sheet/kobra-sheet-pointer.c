/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mouse and touch: select, drag with scrolling at the border, resize columns; and tooltips. */

#include "kobra-sheet-private.h"

#include <math.h>

#include "kobra-sheet-text.h"

/* Pixels a second when the pointer is dragged out of the body, and how many more for each pixel that it is outside. */
#define SCROLL_SPEED 200.0
#define SCROLL_SPEED_MORE 25.0

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkDevice *device = gtk_gesture_get_device (gesture);

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static gboolean
has_shift (GtkGesture *gesture)
{
  return (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)) & GDK_SHIFT_MASK) != 0;
}

static void
select_at (KobraSheet          *self,
           const KobraSheetHit *hit,
           gboolean             extends)
{
  switch (hit->area)
    {
    case KOBRA_SHEET_AREA_CORNER:
      kobra_sheet_select_all (self);
      break;
    case KOBRA_SHEET_AREA_HEADER:
      kobra_sheet_select_columns (self, hit->column, extends);
      break;
    case KOBRA_SHEET_AREA_LEADING:
      kobra_sheet_select_rows (self, hit->row, extends);
      break;
    case KOBRA_SHEET_AREA_CELL:
      kobra_sheet_move_to (self, hit->row, hit->column, extends);
      break;
    case KOBRA_SHEET_AREA_NONE:
    default:
      break;
    }
}

static gboolean
is_in (KobraSheetRect rect,
       double         x,
       double         y)
{
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}

/* Whether all of the column is selected, and no other. */
static gboolean
is_selected_column (KobraSheet *self,
                    guint       column)
{
  KobraSheetRange range = kobra_sheet_selection_get_range (&self->selection);

  return self->selection.is_set && range.column == column && range.n_columns == 1 && range.n_rows == self->geometry.n_rows && range.n_rows > 1;
}

static gboolean
is_on_button (KobraSheet          *self,
              const KobraSheetHit *hit,
              double               x,
              double               y)
{
  return hit->area == KOBRA_SHEET_AREA_HEADER && is_in (kobra_sheet_columns_get_button (self, hit->column), x, y);
}

static void
click (KobraSheet *self,
       GtkGesture *gesture,
       int         n_press,
       double      x,
       double      y)
{
  KobraSheetHit hit = kobra_sheet_geometry_hit (&self->geometry, x, y);

  kobra_sheet_jump_cancel (self);
  kobra_sheet_end_edit (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (hit.edge >= 0)
    {
      if (n_press == 2)
        {
          kobra_sheet_columns_fit (self, (guint) hit.edge);
          g_signal_emit_by_name (self, "columns-arranged");
          self->drag.kind = KOBRA_SHEET_DRAG_NONE; /* the second press is no drag back to the old width */
        }
    }
  else if (n_press == 2 && hit.area == KOBRA_SHEET_AREA_CELL)
    kobra_sheet_start_edit (self);
  else if (is_on_button (self, &hit, x, y) && !is_touch (gesture))
    {
      select_at (self, &hit, FALSE);
      kobra_sheet_menu_popup_header (self);
    }
  else if (hit.area == KOBRA_SHEET_AREA_HEADER && is_selected_column (self, hit.column) && !has_shift (gesture))
    return; /* it may be dragged elsewhere */
  else
    select_at (self, &hit, has_shift (gesture));
}

static void
pressed_cb (GtkGesture *gesture,
            int         n_press,
            double      x,
            double      y,
            KobraSheet *self)
{
  /* A finger may be about to scroll; it selects when it lets go. */
  if (!is_touch (gesture))
    click (self, gesture, n_press, x, y);
}

static void
released_cb (GtkGesture *gesture,
             int         n_press,
             double      x,
             double      y,
             KobraSheet *self)
{
  if (is_touch (gesture))
    click (self, gesture, n_press, x, y);
}

static void
menu_at (KobraSheet *self,
         double      x,
         double      y)
{
  KobraSheetHit   hit = kobra_sheet_geometry_hit (&self->geometry, x, y);
  KobraSheetRange range = kobra_sheet_selection_get_range (&self->selection);
  gboolean        in_rows = hit.row >= range.row && hit.row - range.row < range.n_rows;
  gboolean        in_columns = hit.column >= range.column && hit.column - range.column < range.n_columns;

  kobra_sheet_end_edit (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (hit.area == KOBRA_SHEET_AREA_NONE)
    return;
  if (!(in_rows || hit.area == KOBRA_SHEET_AREA_HEADER) || !(in_columns || hit.area == KOBRA_SHEET_AREA_LEADING))
    select_at (self, &hit, FALSE);
  if (hit.area == KOBRA_SHEET_AREA_HEADER && range.n_columns <= 1 && self->header_menu != NULL)
    {
      select_at (self, &hit, FALSE);
      kobra_sheet_menu_popup_header (self);
      return;
    }
  kobra_sheet_menu_popup (self, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
}

static void
secondary_pressed_cb (GtkGesture *gesture,
                      int         n_press,
                      double      x,
                      double      y,
                      KobraSheet *self)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  menu_at (self, x, y);
}

static void
long_pressed_cb (GtkGesture *gesture,
                 double      x,
                 double      y,
                 KobraSheet *self)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  menu_at (self, x, y);
}

/* Extends the selection to where the pointer is. */
static void
drag_to_pointer (KobraSheet *self)
{
  KobraSheetSelection selection = self->selection;
  guint               row, column;

  if (self->geometry.n_rows == 0 || self->geometry.n_columns == 0)
    return;
  kobra_sheet_geometry_get_nearest (&self->geometry, self->drag.x, self->drag.y, &row, &column);
  if (self->drag.kind == KOBRA_SHEET_DRAG_MOVE)
    {
      self->drag.to = column;
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  if (self->drag.kind == KOBRA_SHEET_DRAG_COLUMNS)
    row = self->geometry.n_rows - 1;
  if (self->drag.kind == KOBRA_SHEET_DRAG_ROWS)
    column = self->geometry.n_columns - 1;
  if (row == selection.lead_row && column == selection.lead_column)
    return;
  kobra_sheet_selection_extend (&selection, row, column);
  kobra_sheet_change_selection (self, &selection);
}

/* How far @at is outside @start and @length, with its sign. */
static double
get_overshoot (double at,
               double start,
               double length)
{
  return at < start ? at - start : MAX (at - start - length, 0);
}

static double
get_speed (double overshoot)
{
  return overshoot == 0 ? 0 : copysign (SCROLL_SPEED, overshoot) + overshoot * SCROLL_SPEED_MORE;
}

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  KobraSheet    *self = KOBRA_SHEET (widget);
  KobraSheetRect body = kobra_sheet_geometry_get_body (&self->geometry);
  gint64         now = gdk_frame_clock_get_frame_time (clock);
  double         seconds = MIN (now - self->drag.tick_time, G_USEC_PER_SEC / 10) / (double) G_USEC_PER_SEC;
  double         dx = get_speed (get_overshoot (self->drag.x, body.x, body.width)) * seconds;
  double         dy = get_speed (get_overshoot (self->drag.y, body.y, body.height)) * seconds;

  self->drag.tick_time = now;
  if (self->drag.kind != KOBRA_SHEET_DRAG_COLUMNS && self->drag.kind != KOBRA_SHEET_DRAG_MOVE)
    self->geometry.scroll_y += dy;
  if (self->drag.kind != KOBRA_SHEET_DRAG_ROWS)
    self->geometry.scroll_x += self->geometry.is_rtl ? -dx : dx;
  kobra_sheet_geometry_clamp (&self->geometry);
  kobra_sheet_push_scroll (self);
  drag_to_pointer (self);
  return G_SOURCE_CONTINUE;
}

static void
stop_scrolling (KobraSheet *self)
{
  if (self->drag.tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->drag.tick_id);
  self->drag.tick_id = 0;
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               KobraSheet     *self)
{
  static const KobraSheetDragKind kinds[] = {
    [KOBRA_SHEET_AREA_NONE] = KOBRA_SHEET_DRAG_NONE,
    [KOBRA_SHEET_AREA_CORNER] = KOBRA_SHEET_DRAG_NONE,
    [KOBRA_SHEET_AREA_HEADER] = KOBRA_SHEET_DRAG_COLUMNS,
    [KOBRA_SHEET_AREA_LEADING] = KOBRA_SHEET_DRAG_ROWS,
    [KOBRA_SHEET_AREA_CELL] = KOBRA_SHEET_DRAG_CELLS,
  };
  KobraSheetHit hit = kobra_sheet_geometry_hit (&self->geometry, x, y);

  self->drag.kind = hit.edge >= 0 ? KOBRA_SHEET_DRAG_EDGE : kinds[hit.area];
  if (is_on_button (self, &hit, x, y))
    self->drag.kind = KOBRA_SHEET_DRAG_NONE;
  else if (self->drag.kind == KOBRA_SHEET_DRAG_COLUMNS && is_selected_column (self, hit.column))
    {
      self->drag.kind = KOBRA_SHEET_DRAG_MOVE;
      self->drag.column = self->drag.to = hit.column;
    }
  if (self->drag.kind == KOBRA_SHEET_DRAG_NONE || (is_touch (GTK_GESTURE (gesture)) && hit.edge < 0))
    {
      self->drag.kind = KOBRA_SHEET_DRAG_NONE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  if (hit.edge >= 0)
    {
      self->drag.column = (guint) hit.edge;
      self->drag.width = kobra_sheet_geometry_get_column_width (&self->geometry, self->drag.column);
    }
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                KobraSheet     *self)
{
  KobraSheetRect body = kobra_sheet_geometry_get_body (&self->geometry);
  double         x, y;
  gboolean       is_outside;

  if (self->drag.kind == KOBRA_SHEET_DRAG_EDGE)
    {
      if (self->drag.column < self->geometry.n_columns)
        kobra_sheet_columns_resize (self, self->drag.column, self->drag.width + (int) (self->geometry.is_rtl ? -dx : dx));
      return;
    }
  if (self->drag.kind == KOBRA_SHEET_DRAG_NONE || self->edit.is_active)
    return;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  self->drag.x = x + dx;
  self->drag.y = y + dy;
  is_outside = get_overshoot (self->drag.x, body.x, body.width) != 0 || get_overshoot (self->drag.y, body.y, body.height) != 0;
  if (is_outside && self->drag.tick_id == 0)
    {
      self->drag.tick_time = gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
      self->drag.tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
    }
  else if (!is_outside)
    stop_scrolling (self);
  drag_to_pointer (self);
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             KobraSheet     *self)
{
  KobraSheetDragKind kind = self->drag.kind;

  self->drag.kind = KOBRA_SHEET_DRAG_NONE;
  stop_scrolling (self);
  if (kind == KOBRA_SHEET_DRAG_EDGE)
    g_signal_emit_by_name (self, "columns-arranged");
  else if (kind == KOBRA_SHEET_DRAG_MOVE && self->drag.column < self->geometry.n_columns)
    kobra_sheet_columns_move (self, self->drag.column, self->drag.to);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
hover (KobraSheet *self,
       int         column)
{
  if (self->hovered == column || self->header_menu == NULL)
    return;
  self->hovered = column;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
left_cb (GtkEventControllerMotion *controller,
         KobraSheet               *self)
{
  hover (self, -1);
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           KobraSheet               *self)
{
  KobraSheetHit hit = kobra_sheet_geometry_hit (&self->geometry, x, y);

  hover (self, hit.area == KOBRA_SHEET_AREA_HEADER && self->drag.kind == KOBRA_SHEET_DRAG_NONE ? (int) hit.column : -1);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), hit.edge >= 0 || self->drag.kind == KOBRA_SHEET_DRAG_EDGE ? "col-resize" : NULL);
}

/* The whole @text, if a cell of the column does not show it. */
static char *
dup_cut_text (KobraSheet    *self,
              guint          column,
              const char    *text,
              PangoAttrList *attributes)
{
  int width = kobra_sheet_geometry_get_column_width (&self->geometry, column);

  return kobra_sheet_look_measure (self, text, attributes) + 2 * KOBRA_SHEET_CELL_PADDING > width ? g_strdup (text) : NULL;
}

static char *
dup_cell_tip (KobraSheet          *self,
              const KobraSheetHit *hit)
{
  g_autofree char *words = kobra_sheet_model_dup_mark_text (self->model, hit->row, hit->column);
  const char      *text;

  if (words != NULL)
    return g_steal_pointer (&words);
  text = kobra_sheet_text_make_visible (kobra_sheet_model_peek_text (self->model, hit->row, hit->column), KOBRA_SHEET_MAX_SPOKEN, self->look.text);
  return dup_cut_text (self, hit->column, text, self->columns[hit->column].is_numeric ? self->look.figures : NULL);
}

static char *
dup_header_tip (KobraSheet *self,
                guint       column)
{
  g_autofree char *hint = kobra_sheet_model_dup_header_hint (self->model, column);

  return hint != NULL ? g_steal_pointer (&hint) : dup_cut_text (self, column, self->columns[column].header, self->look.heading);
}

static char *
dup_tip (KobraSheet          *self,
         const KobraSheetHit *hit)
{
  switch (hit->area)
    {
    case KOBRA_SHEET_AREA_HEADER:
      return dup_header_tip (self, hit->column);
    case KOBRA_SHEET_AREA_LEADING:
      return kobra_sheet_model_dup_row_status (self->model, hit->row);
    case KOBRA_SHEET_AREA_CELL:
      return dup_cell_tip (self, hit);
    case KOBRA_SHEET_AREA_CORNER:
    case KOBRA_SHEET_AREA_NONE:
    default:
      return NULL;
    }
}

static KobraSheetRect
get_place (KobraSheet          *self,
           const KobraSheetHit *hit)
{
  switch (hit->area)
    {
    case KOBRA_SHEET_AREA_HEADER:
      return kobra_sheet_geometry_get_header (&self->geometry, hit->column);
    case KOBRA_SHEET_AREA_LEADING:
      return kobra_sheet_geometry_get_leading (&self->geometry, hit->row);
    case KOBRA_SHEET_AREA_CELL:
    case KOBRA_SHEET_AREA_CORNER:
    case KOBRA_SHEET_AREA_NONE:
    default:
      return kobra_sheet_geometry_get_cell (&self->geometry, hit->row, hit->column);
    }
}

gboolean
kobra_sheet_pointer_query_tooltip (GtkWidget  *widget,
                                   int         x,
                                   int         y,
                                   gboolean    keyboard_mode,
                                   GtkTooltip *tooltip)
{
  KobraSheet      *self = KOBRA_SHEET (widget);
  KobraSheetHit    hit = kobra_sheet_geometry_hit (&self->geometry, x, y);
  g_autofree char *tip = NULL;
  KobraSheetRect   place;

  if (keyboard_mode)
    hit = (KobraSheetHit) {
      .area = self->selection.is_set ? KOBRA_SHEET_AREA_CELL : KOBRA_SHEET_AREA_NONE,
      .row = self->selection.row,
      .column = self->selection.column,
    };
  if (self->model == NULL || self->edit.is_active)
    return FALSE;
  tip = dup_tip (self, &hit);
  if (tip == NULL || *tip == '\0')
    return FALSE;

  place = kobra_sheet_rect_intersect (get_place (self, &hit), (KobraSheetRect) { 0, 0, self->geometry.width, self->geometry.height });
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { (int) place.x, (int) place.y, (int) place.width, (int) place.height });
  gtk_tooltip_set_text (tooltip, tip);
  return TRUE;
}

void
kobra_sheet_pointer_init (KobraSheet *self)
{
  GtkGesture         *primary = gtk_gesture_click_new ();
  GtkGesture         *secondary = gtk_gesture_click_new ();
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkGesture         *long_press = gtk_gesture_long_press_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (primary), GDK_BUTTON_PRIMARY);
  g_signal_connect (primary, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (primary, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (primary));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "pressed", G_CALLBACK (secondary_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect (long_press, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (long_press));

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

void
kobra_sheet_pointer_dispose (KobraSheet *self)
{
  stop_scrolling (self);
}
