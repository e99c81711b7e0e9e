/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-geometry.h"

#include <math.h>

/* How far from a column's edge a pointer may be to grab it. */
#define EDGE_REACH 5

/* Empty space after the last row and column of a sheet that scrolls, or an overlay scrollbar would lie on them. */
#define TAIL 14

void
kobra_sheet_geometry_init (KobraSheetGeometry *self)
{
  *self = (KobraSheetGeometry) { .row_height = 1 };
}

void
kobra_sheet_geometry_clear (KobraSheetGeometry *self)
{
  g_clear_pointer (&self->ends, g_free);
  self->n_columns = 0;
}

void
kobra_sheet_geometry_set_columns (KobraSheetGeometry *self,
                                  const int          *widths,
                                  guint               n_columns)
{
  double end = 0;

  self->ends = g_renew (double, self->ends, MAX (n_columns, 1));
  self->n_columns = n_columns;
  for (guint i = 0; i < n_columns; i++)
    {
      end += CLAMP (widths[i], KOBRA_SHEET_MIN_COLUMN_WIDTH, KOBRA_SHEET_MAX_COLUMN_WIDTH);
      self->ends[i] = end;
    }
}

void
kobra_sheet_geometry_set_column_width (KobraSheetGeometry *self,
                                       guint               column,
                                       int                 width)
{
  double change;

  g_return_if_fail (column < self->n_columns);

  change = CLAMP (width, KOBRA_SHEET_MIN_COLUMN_WIDTH, KOBRA_SHEET_MAX_COLUMN_WIDTH) - kobra_sheet_geometry_get_column_width (self, column);
  for (guint i = column; i < self->n_columns; i++)
    self->ends[i] += change;
}

int
kobra_sheet_geometry_get_column_width (const KobraSheetGeometry *self,
                                       guint                     column)
{
  g_return_val_if_fail (column < self->n_columns, 0);

  return (int) (self->ends[column] - kobra_sheet_geometry_get_column_start (self, column));
}

double
kobra_sheet_geometry_get_column_start (const KobraSheetGeometry *self,
                                       guint                     column)
{
  g_return_val_if_fail (column < self->n_columns, 0);

  return column > 0 ? self->ends[column - 1] : 0;
}

double
kobra_sheet_geometry_get_content_width (const KobraSheetGeometry *self)
{
  return self->n_columns > 0 ? self->ends[self->n_columns - 1] : 0;
}

double
kobra_sheet_geometry_get_content_height (const KobraSheetGeometry *self)
{
  return (double) self->n_rows * self->row_height;
}

/* @content, or more if it does not fit into @body. */
static double
get_extent (double content,
            double body)
{
  return content > body ? content + TAIL : content;
}

double
kobra_sheet_geometry_get_extent_x (const KobraSheetGeometry *self)
{
  return get_extent (kobra_sheet_geometry_get_content_width (self), kobra_sheet_geometry_get_body (self).width);
}

double
kobra_sheet_geometry_get_extent_y (const KobraSheetGeometry *self)
{
  return get_extent (kobra_sheet_geometry_get_content_height (self), kobra_sheet_geometry_get_body (self).height);
}

KobraSheetRect
kobra_sheet_geometry_get_body (const KobraSheetGeometry *self)
{
  return (KobraSheetRect) {
    .x = self->is_rtl ? 0 : MIN (self->leading_width, self->width),
    .y = MIN (self->header_height, self->height),
    .width = MAX (self->width - self->leading_width, 0),
    .height = MAX (self->height - self->header_height, 0),
  };
}

KobraSheetRect
kobra_sheet_geometry_get_range (const KobraSheetGeometry *self,
                                guint                     row,
                                guint                     n_rows,
                                guint                     column,
                                guint                     n_columns)
{
  KobraSheetRect body = kobra_sheet_geometry_get_body (self);
  double         start, width;

  g_return_val_if_fail (n_columns > 0 && column < self->n_columns && n_columns <= self->n_columns - column, body);

  start = kobra_sheet_geometry_get_column_start (self, column);
  width = self->ends[column + n_columns - 1] - start;
  start -= self->scroll_x;
  return (KobraSheetRect) {
    .x = self->is_rtl ? body.x + body.width - start - width : body.x + start,
    .y = body.y + (double) row * self->row_height - self->scroll_y,
    .width = width,
    .height = (double) n_rows * self->row_height,
  };
}

KobraSheetRect
kobra_sheet_geometry_get_cell (const KobraSheetGeometry *self,
                               guint                     row,
                               guint                     column)
{
  return kobra_sheet_geometry_get_range (self, row, 1, column, 1);
}

KobraSheetRect
kobra_sheet_geometry_get_header (const KobraSheetGeometry *self,
                                 guint                     column)
{
  KobraSheetRect rect = kobra_sheet_geometry_get_cell (self, 0, column);

  rect.y = 0;
  rect.height = self->header_height;
  return rect;
}

KobraSheetRect
kobra_sheet_geometry_get_leading (const KobraSheetGeometry *self,
                                  guint                     row)
{
  return (KobraSheetRect) {
    .x = self->is_rtl ? self->width - self->leading_width : 0,
    .y = self->header_height + (double) row * self->row_height - self->scroll_y,
    .width = self->leading_width,
    .height = self->row_height,
  };
}

KobraSheetRect
kobra_sheet_rect_intersect (KobraSheetRect a,
                            KobraSheetRect b)
{
  double x = MAX (a.x, b.x);
  double y = MAX (a.y, b.y);

  return (KobraSheetRect) {
    .x = x,
    .y = y,
    .width = MAX (MIN (a.x + a.width, b.x + b.width) - x, 0),
    .height = MAX (MIN (a.y + a.height, b.y + b.height) - y, 0),
  };
}

/* The column at content coordinate @x, or the nearest; there must be one. */
static guint
find_column (const KobraSheetGeometry *self,
             double                    x)
{
  guint low = 0;
  guint high = self->n_columns - 1;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (x < self->ends[middle])
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/* The row at content coordinate @y, or the nearest; there must be one. */
static guint
find_row (const KobraSheetGeometry *self,
          double                    y)
{
  double row = floor (y / self->row_height);

  return (guint) CLAMP (row, 0, (double) self->n_rows - 1);
}

gboolean
kobra_sheet_geometry_get_visible_rows (const KobraSheetGeometry *self,
                                       guint                    *first,
                                       guint                    *last)
{
  double height = kobra_sheet_geometry_get_body (self).height;

  if (self->n_rows == 0 || height <= 0 || self->scroll_y >= kobra_sheet_geometry_get_content_height (self))
    return FALSE;
  *first = find_row (self, self->scroll_y);
  *last = find_row (self, self->scroll_y + height - 0.001); /* a row that begins at the border is not to be seen */
  return TRUE;
}

gboolean
kobra_sheet_geometry_get_visible_columns (const KobraSheetGeometry *self,
                                          guint                    *first,
                                          guint                    *last)
{
  double width = kobra_sheet_geometry_get_body (self).width;

  if (self->n_columns == 0 || width <= 0 || self->scroll_x >= kobra_sheet_geometry_get_content_width (self))
    return FALSE;
  *first = find_column (self, self->scroll_x);
  *last = find_column (self, self->scroll_x + width - 0.001);
  return TRUE;
}

guint
kobra_sheet_geometry_get_page (const KobraSheetGeometry *self)
{
  return MAX ((guint) (kobra_sheet_geometry_get_body (self).height / self->row_height), 1);
}

/* From the body's first corner, in content coordinates. */
static double
get_content_x (const KobraSheetGeometry *self,
               double                    x)
{
  KobraSheetRect body = kobra_sheet_geometry_get_body (self);

  return (self->is_rtl ? body.x + body.width - x : x - body.x) + self->scroll_x;
}

static int
find_edge (const KobraSheetGeometry *self,
           double                    x)
{
  guint column;

  if (self->n_columns == 0 || x > kobra_sheet_geometry_get_content_width (self) + EDGE_REACH)
    return -1;
  column = find_column (self, x);
  if (fabs (self->ends[column] - x) <= EDGE_REACH)
    return (int) column;
  if (column > 0 && x - kobra_sheet_geometry_get_column_start (self, column) <= EDGE_REACH)
    return (int) column - 1;
  return -1;
}

KobraSheetHit
kobra_sheet_geometry_hit (const KobraSheetGeometry *self,
                          double                    x,
                          double                    y)
{
  KobraSheetHit hit = { .edge = -1 };
  gboolean      in_header = y < self->header_height;
  gboolean      in_leading = self->is_rtl ? x >= self->width - self->leading_width : x < self->leading_width;
  double        content_x = get_content_x (self, x);
  double        content_y = y - self->header_height + self->scroll_y;
  gboolean      has_row = !in_header && content_y < kobra_sheet_geometry_get_content_height (self);
  gboolean      has_column = !in_leading && content_x < kobra_sheet_geometry_get_content_width (self);

  if (x < 0 || y < 0 || x >= self->width || y >= self->height)
    return hit;
  if (in_header && !in_leading)
    hit.edge = find_edge (self, content_x);
  if (has_row)
    hit.row = find_row (self, content_y);
  if (has_column)
    hit.column = find_column (self, content_x);

  if (in_header && in_leading)
    hit.area = KOBRA_SHEET_AREA_CORNER;
  else if (in_header && has_column)
    hit.area = KOBRA_SHEET_AREA_HEADER;
  else if (in_leading && has_row)
    hit.area = KOBRA_SHEET_AREA_LEADING;
  else if (has_row && has_column)
    hit.area = KOBRA_SHEET_AREA_CELL;
  return hit;
}

void
kobra_sheet_geometry_get_nearest (const KobraSheetGeometry *self,
                                  double                    x,
                                  double                    y,
                                  guint                    *row,
                                  guint                    *column)
{
  g_return_if_fail (self->n_rows > 0 && self->n_columns > 0);

  *row = find_row (self, y - self->header_height + self->scroll_y);
  *column = find_column (self, get_content_x (self, x));
}

void
kobra_sheet_geometry_clamp (KobraSheetGeometry *self)
{
  KobraSheetRect body = kobra_sheet_geometry_get_body (self);

  self->scroll_x = CLAMP (self->scroll_x, 0, MAX (kobra_sheet_geometry_get_extent_x (self) - body.width, 0));
  self->scroll_y = CLAMP (self->scroll_y, 0, MAX (kobra_sheet_geometry_get_extent_y (self) - body.height, 0));
}

void
kobra_sheet_geometry_reveal_row (KobraSheetGeometry *self,
                                 guint               row,
                                 gboolean            far_centres)
{
  double height = kobra_sheet_geometry_get_body (self).height;
  double start = (double) row * self->row_height;
  double end = row == self->n_rows - 1 ? kobra_sheet_geometry_get_extent_y (self) : start + self->row_height;

  if (far_centres && (end <= self->scroll_y || start >= self->scroll_y + height))
    self->scroll_y = floor (start - (height - self->row_height) / 2);
  else if (start < self->scroll_y || self->row_height > height)
    self->scroll_y = start;
  else if (end > self->scroll_y + height)
    self->scroll_y = end - height;
  kobra_sheet_geometry_clamp (self);
}

void
kobra_sheet_geometry_reveal_column (KobraSheetGeometry *self,
                                    guint               column)
{
  double width = kobra_sheet_geometry_get_body (self).width;
  double start = kobra_sheet_geometry_get_column_start (self, column);
  double end = column == self->n_columns - 1 ? kobra_sheet_geometry_get_extent_x (self) : self->ends[column];

  if (start < self->scroll_x || end - start > width)
    self->scroll_x = start;
  else if (end > self->scroll_x + width)
    self->scroll_x = end - width;
  kobra_sheet_geometry_clamp (self);
}
