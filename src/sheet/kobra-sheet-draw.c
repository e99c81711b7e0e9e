/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A frame of the sheet: the pictures of the exposed rows at their places, then lines, the selection, and the frozen parts. */

#include "kobra-sheet-private.h"

#define HEADER_TINT 0.10f

static void
outline (GtkSnapshot   *snapshot,
         KobraSheetRect rect,
         float          width,
         const GdkRGBA *color)
{
  GskRoundedRect  border;
  graphene_rect_t bounds = kobra_sheet_rect_to_graphene (rect);

  gsk_rounded_rect_init_from_rect (&border, &bounds, 0);
  gtk_snapshot_append_border (snapshot, &border, (float[4]) { width, width, width, width }, (GdkRGBA[4]) { *color, *color, *color, *color });
}

static void
append_at (GtkSnapshot   *snapshot,
           GskRenderNode *node,
           double         x,
           double         y)
{
  if (node == NULL)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_node (snapshot, node);
  gtk_snapshot_restore (snapshot);
}

typedef struct
{
  guint first_row;
  guint last_row;
  guint first_column;
  guint last_column;
} Exposed;

static void
draw_selection (KobraSheet  *self,
                GtkSnapshot *snapshot)
{
  KobraSheetRange range = kobra_sheet_selection_get_range (&self->selection);
  gboolean        has_focus = gtk_widget_has_focus (GTK_WIDGET (self)) || self->edit.is_active;
  GdkRGBA         strong = kobra_sheet_look_get_color (self, KOBRA_SHEET_COLOR_ACCENT, has_focus ? 1 : 0.5f);
  GdkRGBA         tint = kobra_sheet_look_get_color (self, KOBRA_SHEET_COLOR_ACCENT, KOBRA_SHEET_TINT);
  KobraSheetRect  cursor, all, body;

  if (!self->selection.is_set)
    return;
  cursor = kobra_sheet_geometry_get_cell (&self->geometry, self->selection.row, self->selection.column);
  if (range.n_rows > 1 || range.n_columns > 1)
    {
      all = kobra_sheet_geometry_get_range (&self->geometry, range.row, range.n_rows, range.column, range.n_columns);
      /* Far edges are cut to just outside the body, or floats would lose their pixels. */
      body = kobra_sheet_geometry_get_body (&self->geometry);
      body = (KobraSheetRect) { body.x - 8, body.y - 8, body.width + 16, body.height + 16 };
      all = kobra_sheet_rect_intersect (all, body);
      if (all.width <= 0 || all.height <= 0)
        return;
      kobra_sheet_draw_fill (snapshot, (KobraSheetRect) { all.x, all.y, all.width, MIN (MAX (cursor.y - all.y, 0), all.height) }, &tint);
      kobra_sheet_draw_fill (snapshot, kobra_sheet_rect_intersect (all, (KobraSheetRect) { all.x, cursor.y, cursor.x - all.x, cursor.height }), &tint);
      kobra_sheet_draw_fill (snapshot,
            kobra_sheet_rect_intersect (all, (KobraSheetRect) { cursor.x + cursor.width, cursor.y, all.x + all.width - cursor.x - cursor.width, cursor.height }),
            &tint);
      kobra_sheet_draw_fill (snapshot,
            kobra_sheet_rect_intersect (all, (KobraSheetRect) { all.x, cursor.y + cursor.height, all.width, all.y + all.height - cursor.y - cursor.height }),
            &tint);
      outline (snapshot, all, 1, &strong);
    }
  outline (snapshot, cursor, 2, &strong);
}

/* The text of a header, with its first corner where the room for it begins. */
static GskRenderNode *
get_title (KobraSheet *self,
           guint       column,
           int         room,
           gboolean    is_strong)
{
  KobraSheetColumn *info = &self->columns[column];
  KobraSheetRect    rect = { 0, 0, room, self->geometry.header_height };
  GtkSnapshot      *snapshot;

  if (info->title != NULL && info->title_room == room && info->title_is_strong == is_strong)
    return info->title;
  snapshot = gtk_snapshot_new ();
  kobra_sheet_draw_text (self, snapshot, info->header, info->is_dimmed ? NULL : self->look.heading,
                         &self->look.colors[is_strong ? KOBRA_SHEET_COLOR_TEXT : KOBRA_SHEET_COLOR_DIM], rect, info->is_numeric);
  kobra_sheet_ink_flush (&self->look.ink, snapshot);
  g_clear_pointer (&info->title, gsk_render_node_unref);
  info->title = gtk_snapshot_free_to_node (snapshot);
  info->title_room = room;
  info->title_is_strong = is_strong;
  return info->title;
}

/* Lines after each row and column in @bounds. */
static void
draw_lines (KobraSheet    *self,
            GtkSnapshot   *snapshot,
            const Exposed *exposed,
            KobraSheetRect bounds)
{
  GdkRGBA color = self->look.colors[KOBRA_SHEET_COLOR_GRID];

  for (guint row = exposed->first_row; row <= exposed->last_row; row++)
    {
      KobraSheetRect leading = kobra_sheet_geometry_get_leading (&self->geometry, row);

      kobra_sheet_draw_fill (snapshot, (KobraSheetRect) { bounds.x, leading.y + leading.height - 1, bounds.width, 1 }, &color);
    }
  for (guint column = exposed->first_column; column <= exposed->last_column; column++)
    {
      KobraSheetRect header = kobra_sheet_geometry_get_header (&self->geometry, column);

      kobra_sheet_draw_fill (snapshot, (KobraSheetRect) { self->geometry.is_rtl ? header.x : header.x + header.width - 1, bounds.y, 1, bounds.height }, &color);
    }
}

static void
draw_cells (KobraSheet    *self,
            GtkSnapshot   *snapshot,
            const Exposed *exposed)
{
  KobraSheetRect  body = kobra_sheet_geometry_get_body (&self->geometry);
  KobraSheetRect  filled = body;
  graphene_rect_t clip = kobra_sheet_rect_to_graphene (body);

  gtk_snapshot_push_clip (snapshot, &clip);
  for (guint row = exposed->first_row; row <= exposed->last_row; row++)
    {
      const KobraSheetRowPicture *picture = kobra_sheet_picture_get (self, row, exposed->first_column, exposed->last_column);
      KobraSheetRect              origin = kobra_sheet_geometry_get_cell (&self->geometry, row, picture->first);

      append_at (snapshot, picture->cells, self->geometry.is_rtl ? origin.x + origin.width : origin.x, origin.y);
    }
  filled.height = MIN (body.height, kobra_sheet_geometry_get_content_height (&self->geometry) - self->geometry.scroll_y);
  filled.width = MIN (body.width, kobra_sheet_geometry_get_content_width (&self->geometry) - self->geometry.scroll_x);
  if (self->geometry.is_rtl)
    filled.x = body.x + body.width - filled.width;
  draw_lines (self, snapshot, exposed, filled);
  draw_selection (self, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
draw_leading_column (KobraSheet    *self,
                     GtkSnapshot   *snapshot,
                     const Exposed *exposed)
{
  KobraSheetRange range = kobra_sheet_selection_get_range (&self->selection);
  KobraSheetRect  body = kobra_sheet_geometry_get_body (&self->geometry);
  KobraSheetRect  all = kobra_sheet_geometry_get_leading (&self->geometry, exposed->first_row);
  GdkRGBA         tint = kobra_sheet_look_get_color (self, KOBRA_SHEET_COLOR_ACCENT, HEADER_TINT);
  GdkRGBA         line = self->look.colors[KOBRA_SHEET_COLOR_GRID];
  graphene_rect_t clip;

  all.y = body.y;
  all.height = body.height;
  clip = kobra_sheet_rect_to_graphene (all);
  gtk_snapshot_push_clip (snapshot, &clip);
  for (guint row = exposed->first_row; row <= exposed->last_row; row++)
    {
      const KobraSheetRowPicture *picture = &self->pictures[row % self->n_pictures];
      KobraSheetRect              cell = kobra_sheet_geometry_get_leading (&self->geometry, row);

      if (row >= range.row && row - range.row < range.n_rows)
        kobra_sheet_draw_fill (snapshot, cell, &tint);
      append_at (snapshot, picture->leading, cell.x, cell.y);
      kobra_sheet_draw_fill (snapshot, (KobraSheetRect) { cell.x, cell.y + cell.height - 1, cell.width, 1 }, &line);
    }
  gtk_snapshot_pop (snapshot);
}

/* The sign of a sorted or filtered column, or under the pointer the button that opens its menu; takes its room from the header's text. */
static void
draw_header_icon (KobraSheet     *self,
                  GtkSnapshot    *snapshot,
                  guint           column,
                  KobraSheetRect *room)
{
  KobraSheetRect button = kobra_sheet_columns_get_button (self, column);
  const char    *icon = self->columns[column].icon;
  GdkRGBA        color = self->look.colors[icon != NULL ? KOBRA_SHEET_COLOR_ACCENT : KOBRA_SHEET_COLOR_DIM];
  int            size = self->look.icon_size;

  if (self->hovered == (int) column)
    icon = "pan-down-symbolic";
  if (icon == NULL || button.width <= 0)
    return;
  kobra_sheet_look_draw_icon (self, snapshot, icon, &color, button.x + (button.width - size) / 2, button.y + (button.height - size) / 2);
  if (self->columns[column].is_numeric != self->geometry.is_rtl)
    room->x += button.width;
  room->width = MAX (room->width - button.width, 0);
}

/* Where a column that is dragged would go. */
static void
draw_drop_place (KobraSheet  *self,
                 GtkSnapshot *snapshot)
{
  KobraSheetRect header = kobra_sheet_geometry_get_header (&self->geometry, self->drag.to);
  gboolean       after = (self->drag.to > self->drag.column) != self->geometry.is_rtl;
  GdkRGBA        color = self->look.colors[KOBRA_SHEET_COLOR_ACCENT];

  if (self->drag.to != self->drag.column)
    kobra_sheet_draw_fill (snapshot, (KobraSheetRect) { after ? header.x + header.width - 3 : header.x, 0, 3, self->geometry.height }, &color);
}

static void
draw_headers (KobraSheet  *self,
              GtkSnapshot *snapshot,
              guint        first,
              guint        last)
{
  KobraSheetRange range = kobra_sheet_selection_get_range (&self->selection);
  KobraSheetRect  body = kobra_sheet_geometry_get_body (&self->geometry);
  GdkRGBA         tint = kobra_sheet_look_get_color (self, KOBRA_SHEET_COLOR_ACCENT, HEADER_TINT);
  GdkRGBA         line = self->look.colors[KOBRA_SHEET_COLOR_GRID];
  graphene_rect_t clip = GRAPHENE_RECT_INIT ((float) body.x, 0, (float) body.width, (float) body.y);

  gtk_snapshot_push_clip (snapshot, &clip);
  for (guint column = first; column <= last; column++)
    {
      const KobraSheetColumn *info = &self->columns[column];
      KobraSheetRect          cell = kobra_sheet_geometry_get_header (&self->geometry, column);
      KobraSheetRect          room = kobra_sheet_rect_inset (cell, KOBRA_SHEET_CELL_PADDING);
      gboolean                is_selected = column >= range.column && column - range.column < range.n_columns;

      if (is_selected)
        kobra_sheet_draw_fill (snapshot, cell, &tint);
      draw_header_icon (self, snapshot, column, &room);
      append_at (snapshot, get_title (self, column, (int) room.width, is_selected && !info->is_dimmed), room.x, room.y);
      kobra_sheet_draw_fill (snapshot, (KobraSheetRect) { self->geometry.is_rtl ? cell.x : cell.x + cell.width - 1, 0, 1, cell.height }, &line);
    }
  gtk_snapshot_pop (snapshot);
}

void
kobra_sheet_draw (KobraSheet  *self,
                  GtkSnapshot *snapshot)
{
  const KobraSheetGeometry *geometry = &self->geometry;
  GdkRGBA                   line;
  Exposed                   exposed;
  gboolean                  has_rows, has_columns;
  double                    frozen;

  if (self->model == NULL || geometry->n_columns == 0)
    return;
  if (kobra_sheet_look_update_colors (self))
    kobra_sheet_picture_forget_all (self);

  has_rows = kobra_sheet_geometry_get_visible_rows (geometry, &exposed.first_row, &exposed.last_row);
  has_columns = kobra_sheet_geometry_get_visible_columns (geometry, &exposed.first_column, &exposed.last_column);
  if (has_rows && has_columns)
    {
      kobra_sheet_picture_make_room (self, exposed.last_row - exposed.first_row + 1);
      draw_cells (self, snapshot, &exposed);
      draw_leading_column (self, snapshot, &exposed);
    }
  if (has_columns)
    draw_headers (self, snapshot, exposed.first_column, exposed.last_column);
  if (self->drag.kind == KOBRA_SHEET_DRAG_MOVE)
    draw_drop_place (self, snapshot);

  line = self->look.colors[KOBRA_SHEET_COLOR_LINE];
  frozen = geometry->is_rtl ? geometry->width - geometry->leading_width : geometry->leading_width - 1;
  kobra_sheet_draw_fill (snapshot, (KobraSheetRect) { 0, geometry->header_height - 1, geometry->width, 1 }, &line);
  kobra_sheet_draw_fill (snapshot, (KobraSheetRect) { frozen, 0, 1, geometry->height }, &line);
}
