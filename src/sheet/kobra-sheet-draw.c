/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet's picture. A frame draws the exposed rows and columns only. A row's cells are kept as one render node until something
 * in them changes, because laying out text is nearly all the work: scrolling by a few rows then draws a few rows. */

#include "kobra-sheet-private.h"

#include <math.h>
#include <string.h>

#include "kobra-sheet-text.h"

#define TINT 0.14f   /* of cells with a mark, of what is selected */
#define HEADER_TINT 0.10f

static const struct
{
  KobraSheetColor color;
  const char     *icon;
} mark_looks[] = {
  [KOBRA_SHEET_MARK_WARNING] = { KOBRA_SHEET_COLOR_WARNING, "dialog-warning-symbolic" },
  [KOBRA_SHEET_MARK_ERROR] = { KOBRA_SHEET_COLOR_ERROR, "dialog-error-symbolic" },
};

static const struct
{
  const char     *style;
  KobraSheetColor color;
} row_styles[] = {
  { "success", KOBRA_SHEET_COLOR_SUCCESS },
  { "warning", KOBRA_SHEET_COLOR_WARNING },
  { "error", KOBRA_SHEET_COLOR_ERROR },
  { "accent", KOBRA_SHEET_COLOR_ACCENT },
  { "dim", KOBRA_SHEET_COLOR_DIM },
};

static GdkRGBA
get_color (KobraSheet      *self,
           KobraSheetColor  color,
           float            alpha)
{
  GdkRGBA rgba = self->look.colors[color];

  rgba.alpha *= alpha;
  return rgba;
}

static GdkRGBA
get_row_color (KobraSheet *self,
               guint       row)
{
  const char *style = kobra_sheet_model_get_row_style (self->model, row);

  for (gsize i = 0; style != NULL && i < G_N_ELEMENTS (row_styles); i++)
    if (g_str_equal (style, row_styles[i].style))
      return self->look.colors[row_styles[i].color];
  return self->look.colors[KOBRA_SHEET_COLOR_TEXT];
}

static graphene_rect_t
to_graphene (KobraSheetRect rect)
{
  return GRAPHENE_RECT_INIT ((float) rect.x, (float) rect.y, (float) rect.width, (float) rect.height);
}

static void
fill (GtkSnapshot    *snapshot,
      KobraSheetRect  rect,
      const GdkRGBA  *color)
{
  graphene_rect_t bounds = to_graphene (rect);

  if (rect.width > 0 && rect.height > 0 && color->alpha > 0)
    gtk_snapshot_append_color (snapshot, color, &bounds);
}

static void
outline (GtkSnapshot    *snapshot,
         KobraSheetRect  rect,
         float           width,
         const GdkRGBA  *color)
{
  GskRoundedRect  border;
  graphene_rect_t bounds = to_graphene (rect);

  gsk_rounded_rect_init_from_rect (&border, &bounds, 0);
  gtk_snapshot_append_border (snapshot, &border, (float[4]) { width, width, width, width }, (GdkRGBA[4]) { *color, *color, *color, *color });
}

/* One line of @text in @rect, ellipsised if it must be. */
static void
draw_text (KobraSheet     *self,
           GtkSnapshot    *snapshot,
           const char     *text,
           PangoAttrList  *attributes,
           const GdkRGBA  *color,
           KobraSheetRect  rect,
           gboolean        at_end)
{
  PangoLayout   *layout = self->look.layout;
  PangoRectangle ink, logical;
  gsize          length = strlen (text);
  int            room = (int) rect.width;
  double         x, y;
  gboolean       overflows;

  if (room <= 0)
    return;
  /* Ellipsising costs more than all the rest, so it is tried without, but for texts that all but surely need it. */
  pango_layout_set_width (layout, length > (gsize) room ? room * PANGO_SCALE : -1);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, (int) length);
  pango_layout_get_pixel_extents (layout, &ink, &logical);
  if (logical.width > room)
    {
      pango_layout_set_width (layout, room * PANGO_SCALE);
      pango_layout_get_pixel_extents (layout, &ink, &logical);
    }

  if (self->geometry.is_rtl)
    at_end = !at_end;
  x = rect.x + (at_end ? rect.width - logical.width : 0) - logical.x;
  y = rect.y + floor ((rect.height - logical.height) / 2);
  overflows = y + ink.y < rect.y || y + ink.y + ink.height > rect.y + rect.height || ink.width > room + KOBRA_SHEET_CELL_PADDING;

  if (overflows) /* heaps of accents, or a font from far away: not into the neighbours */
    gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) rect.x, (float) rect.y, (float) rect.width, (float) rect.height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
  if (overflows)
    gtk_snapshot_pop (snapshot);
}

static KobraSheetRect
inset (KobraSheetRect rect,
       double         by)
{
  return (KobraSheetRect) { rect.x + by, rect.y, MAX (rect.width - 2 * by, 0), rect.height };
}

/* Takes @width and a bit of space from one end of @rect; returns where the part that was taken begins. */
static double
cut (KobraSheetRect *rect,
     double          width,
     gboolean        at_left)
{
  double x = at_left ? rect->x : rect->x + rect->width - width;

  width += KOBRA_SHEET_CELL_PADDING / 2;
  if (at_left)
    rect->x += width;
  rect->width = MAX (rect->width - width, 0);
  return x;
}

static void
draw_mark (KobraSheet     *self,
           GtkSnapshot    *snapshot,
           KobraSheetMark  mark,
           KobraSheetRect  cell,
           KobraSheetRect *room,
           gboolean        at_left)
{
  int     size = self->look.icon_size;
  GdkRGBA color = self->look.colors[mark_looks[mark].color];
  GdkRGBA tint = get_color (self, mark_looks[mark].color, TINT);

  fill (snapshot, cell, &tint);
  kobra_sheet_look_draw_icon (self, snapshot, mark_looks[mark].icon, &color, cut (room, size, at_left), cell.y + (cell.height - size) / 2);
}

static void
draw_cell (KobraSheet     *self,
           GtkSnapshot    *snapshot,
           guint           row,
           guint           column,
           KobraSheetRect  cell)
{
  const KobraSheetColumn *info = &self->columns[column];
  KobraSheetMark          mark = kobra_sheet_model_get_mark (self->model, row, column);
  KobraSheetRect          room = inset (cell, KOBRA_SHEET_CELL_PADDING);
  const GdkRGBA          *color = &self->look.colors[info->is_dimmed ? KOBRA_SHEET_COLOR_DIM : KOBRA_SHEET_COLOR_TEXT];
  const char             *text;

  /* The mark is at the far end, but before a number, whose figures must stay in line with those above. */
  if (mark != KOBRA_SHEET_MARK_NONE)
    draw_mark (self, snapshot, mark, cell, &room, info->is_numeric != self->geometry.is_rtl);
  text = kobra_sheet_model_peek_text (self->model, row, column);
  if (*text != '\0')
    draw_text (self, snapshot, kobra_sheet_text_make_visible (text, KOBRA_SHEET_MAX_DRAWN, self->look.text),
               info->is_numeric ? self->look.figures : NULL, color, room, info->is_numeric);
}

/* Cells of one row, where x = 0 is the edge at which column @first begins; right-to-left they have negative places. */
static GskRenderNode *
draw_row (KobraSheet *self,
          guint       row,
          guint       first,
          guint       last)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  double       origin = kobra_sheet_geometry_get_column_start (&self->geometry, first);

  for (guint column = first; column <= last; column++)
    {
      double start = kobra_sheet_geometry_get_column_start (&self->geometry, column) - origin;
      int    width = kobra_sheet_geometry_get_column_width (&self->geometry, column);

      draw_cell (self, snapshot, row, column,
                 (KobraSheetRect) { self->geometry.is_rtl ? -start - width : start, 0, width, self->geometry.row_height });
    }
  return gtk_snapshot_free_to_node (snapshot);
}

static GskRenderNode *
draw_leading (KobraSheet *self,
              guint       row)
{
  GtkSnapshot    *snapshot = gtk_snapshot_new ();
  KobraSheetRect  cell = { 0, 0, self->geometry.leading_width, self->geometry.row_height };
  KobraSheetRect  room = inset (cell, KOBRA_SHEET_CELL_PADDING);
  g_autofree char *name = kobra_sheet_model_dup_row_name (self->model, row);
  const char     *icon = kobra_sheet_model_get_row_icon (self->model, row);
  int             size = self->look.icon_size;
  double          x = cut (&room, size, self->geometry.is_rtl);
  GdkRGBA         color = get_row_color (self, row);

  if (icon != NULL)
    kobra_sheet_look_draw_icon (self, snapshot, icon, &color, x, (cell.height - size) / 2);
  draw_text (self, snapshot, kobra_sheet_text_make_visible (name, KOBRA_SHEET_MAX_DRAWN, self->look.text),
             self->look.figures, &self->look.colors[KOBRA_SHEET_COLOR_DIM], room, TRUE);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
forget_picture (KobraSheetRowPicture *picture)
{
  g_clear_pointer (&picture->cells, gsk_render_node_unref);
  g_clear_pointer (&picture->leading, gsk_render_node_unref);
  picture->is_valid = FALSE;
}

void
kobra_sheet_draw_forget (KobraSheet *self)
{
  for (guint i = 0; i < self->n_pictures; i++)
    forget_picture (&self->pictures[i]);
}

void
kobra_sheet_draw_forget_rows (KobraSheet *self,
                              guint       position,
                              guint       n_rows)
{
  for (guint i = 0; i < self->n_pictures; i++)
    if (self->pictures[i].row >= position && self->pictures[i].row - position < n_rows)
      forget_picture (&self->pictures[i]);
}

/* Room for two pages of rows, so that those which leave the view do not push out those that stay. */
static void
make_room (KobraSheet *self,
           guint       n_rows)
{
  if (n_rows * 2 <= self->n_pictures)
    return;
  kobra_sheet_draw_forget (self);
  self->n_pictures = n_rows * 3;
  self->pictures = g_renew (KobraSheetRowPicture, self->pictures, self->n_pictures);
  memset (self->pictures, 0, self->n_pictures * sizeof *self->pictures);
}

static const KobraSheetRowPicture *
get_picture (KobraSheet *self,
             guint       row,
             guint       first,
             guint       last)
{
  KobraSheetRowPicture *picture = &self->pictures[row % self->n_pictures];

  if (!picture->is_valid || picture->row != row || picture->first > first || picture->last < last)
    {
      forget_picture (picture);
      *picture = (KobraSheetRowPicture) {
        .is_valid = TRUE,
        .row = row,
        .first = first,
        .last = last,
        .cells = draw_row (self, row, first, last),
        .leading = draw_leading (self, row),
      };
    }
  return picture;
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
  GdkRGBA         strong = get_color (self, KOBRA_SHEET_COLOR_ACCENT, has_focus ? 1 : 0.5f);
  GdkRGBA         tint = get_color (self, KOBRA_SHEET_COLOR_ACCENT, TINT);
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
      fill (snapshot, (KobraSheetRect) { all.x, all.y, all.width, MIN (MAX (cursor.y - all.y, 0), all.height) }, &tint);
      fill (snapshot, kobra_sheet_rect_intersect (all, (KobraSheetRect) { all.x, cursor.y, cursor.x - all.x, cursor.height }), &tint);
      fill (snapshot,
            kobra_sheet_rect_intersect (all, (KobraSheetRect) { cursor.x + cursor.width, cursor.y, all.x + all.width - cursor.x - cursor.width, cursor.height }),
            &tint);
      fill (snapshot,
            kobra_sheet_rect_intersect (all, (KobraSheetRect) { all.x, cursor.y + cursor.height, all.width, all.y + all.height - cursor.y - cursor.height }),
            &tint);
      outline (snapshot, all, 1, &strong);
    }
  outline (snapshot, cursor, 2, &strong);
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

      fill (snapshot, (KobraSheetRect) { bounds.x, leading.y + leading.height - 1, bounds.width, 1 }, &color);
    }
  for (guint column = exposed->first_column; column <= exposed->last_column; column++)
    {
      KobraSheetRect header = kobra_sheet_geometry_get_header (&self->geometry, column);

      fill (snapshot, (KobraSheetRect) { self->geometry.is_rtl ? header.x : header.x + header.width - 1, bounds.y, 1, bounds.height }, &color);
    }
}

static void
draw_cells (KobraSheet    *self,
            GtkSnapshot   *snapshot,
            const Exposed *exposed)
{
  KobraSheetRect  body = kobra_sheet_geometry_get_body (&self->geometry);
  KobraSheetRect  filled = body;
  graphene_rect_t clip = to_graphene (body);

  gtk_snapshot_push_clip (snapshot, &clip);
  for (guint row = exposed->first_row; row <= exposed->last_row; row++)
    {
      const KobraSheetRowPicture *picture = get_picture (self, row, exposed->first_column, exposed->last_column);
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
  GdkRGBA         tint = get_color (self, KOBRA_SHEET_COLOR_ACCENT, HEADER_TINT);
  GdkRGBA         line = self->look.colors[KOBRA_SHEET_COLOR_GRID];
  graphene_rect_t clip;

  all.y = body.y;
  all.height = body.height;
  clip = to_graphene (all);
  gtk_snapshot_push_clip (snapshot, &clip);
  for (guint row = exposed->first_row; row <= exposed->last_row; row++)
    {
      const KobraSheetRowPicture *picture = &self->pictures[row % self->n_pictures];
      KobraSheetRect              cell = kobra_sheet_geometry_get_leading (&self->geometry, row);

      if (row >= range.row && row - range.row < range.n_rows)
        fill (snapshot, cell, &tint);
      append_at (snapshot, picture->leading, cell.x, cell.y);
      fill (snapshot, (KobraSheetRect) { cell.x, cell.y + cell.height - 1, cell.width, 1 }, &line);
    }
  gtk_snapshot_pop (snapshot);
}

static void
draw_headers (KobraSheet  *self,
              GtkSnapshot *snapshot,
              guint        first,
              guint        last)
{
  KobraSheetRange range = kobra_sheet_selection_get_range (&self->selection);
  KobraSheetRect  body = kobra_sheet_geometry_get_body (&self->geometry);
  GdkRGBA         tint = get_color (self, KOBRA_SHEET_COLOR_ACCENT, HEADER_TINT);
  GdkRGBA         line = self->look.colors[KOBRA_SHEET_COLOR_GRID];
  graphene_rect_t clip = GRAPHENE_RECT_INIT ((float) body.x, 0, (float) body.width, (float) body.y);

  gtk_snapshot_push_clip (snapshot, &clip);
  for (guint column = first; column <= last; column++)
    {
      const KobraSheetColumn *info = &self->columns[column];
      KobraSheetRect          cell = kobra_sheet_geometry_get_header (&self->geometry, column);
      gboolean                is_selected = column >= range.column && column - range.column < range.n_columns;
      const GdkRGBA          *color = &self->look.colors[is_selected && !info->is_dimmed ? KOBRA_SHEET_COLOR_TEXT : KOBRA_SHEET_COLOR_DIM];

      if (is_selected)
        fill (snapshot, cell, &tint);
      draw_text (self, snapshot, info->header, info->is_dimmed ? NULL : self->look.heading, color, inset (cell, KOBRA_SHEET_CELL_PADDING),
                 info->is_numeric);
      fill (snapshot, (KobraSheetRect) { self->geometry.is_rtl ? cell.x : cell.x + cell.width - 1, 0, 1, cell.height }, &line);
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
    kobra_sheet_draw_forget (self);

  has_rows = kobra_sheet_geometry_get_visible_rows (geometry, &exposed.first_row, &exposed.last_row);
  has_columns = kobra_sheet_geometry_get_visible_columns (geometry, &exposed.first_column, &exposed.last_column);
  if (has_rows && has_columns)
    {
      make_room (self, exposed.last_row - exposed.first_row + 1);
      draw_cells (self, snapshot, &exposed);
      draw_leading_column (self, snapshot, &exposed);
    }
  if (has_columns)
    draw_headers (self, snapshot, exposed.first_column, exposed.last_column);

  line = self->look.colors[KOBRA_SHEET_COLOR_LINE];
  frozen = geometry->is_rtl ? geometry->width - geometry->leading_width : geometry->leading_width - 1;
  fill (snapshot, (KobraSheetRect) { 0, geometry->header_height - 1, geometry->width, 1 }, &line);
  fill (snapshot, (KobraSheetRect) { frozen, 0, 1, geometry->height }, &line);
}
