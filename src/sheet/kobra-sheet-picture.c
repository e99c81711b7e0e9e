/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row's picture: what its cells show, without the selection, as a render node that is kept until something in the row changes.
 * Laying out text is nearly all the work of a frame, so that scrolling by a few rows then draws a few rows. */

#include "kobra-sheet-private.h"

#include <math.h>
#include <string.h>

#include "kobra-sheet-text.h"

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

graphene_rect_t
kobra_sheet_rect_to_graphene (KobraSheetRect rect)
{
  return GRAPHENE_RECT_INIT ((float) rect.x, (float) rect.y, (float) rect.width, (float) rect.height);
}

void
kobra_sheet_draw_fill (GtkSnapshot   *snapshot,
                       KobraSheetRect rect,
                       const GdkRGBA *color)
{
  graphene_rect_t bounds = kobra_sheet_rect_to_graphene (rect);

  if (rect.width > 0 && rect.height > 0 && color->alpha > 0)
    gtk_snapshot_append_color (snapshot, color, &bounds);
}

KobraSheetRect
kobra_sheet_rect_inset (KobraSheetRect rect,
                        double         by)
{
  return (KobraSheetRect) { rect.x + by, rect.y, MAX (rect.width - 2 * by, 0), rect.height };
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

void
kobra_sheet_draw_text (KobraSheet    *self,
                       GtkSnapshot   *snapshot,
                       const char    *text,
                       PangoAttrList *attributes,
                       const GdkRGBA *color,
                       KobraSheetRect rect,
                       gboolean       at_end)
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

  if (!overflows)
    {
      kobra_sheet_ink_add (&self->look.ink, snapshot, layout, color, x, y);
      return;
    }
  /* Heaps of accents, or a font from far away: not into the neighbours. */
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) rect.x, (float) rect.y, (float) rect.width, (float) rect.height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
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
  GdkRGBA tint = kobra_sheet_look_get_color (self, mark_looks[mark].color, KOBRA_SHEET_TINT);

  kobra_sheet_draw_fill (snapshot, cell, &tint);
  kobra_sheet_look_draw_icon (self, snapshot, mark_looks[mark].icon, &color, cut (room, size, at_left), cell.y + (cell.height - size) / 2);
}

static void
draw_cell (KobraSheet    *self,
           GtkSnapshot   *snapshot,
           guint          row,
           guint          column,
           KobraSheetRect cell)
{
  const KobraSheetColumn *info = &self->columns[column];
  KobraSheetMark          mark = kobra_sheet_model_get_mark (self->model, row, column);
  KobraSheetRect          room = kobra_sheet_rect_inset (cell, KOBRA_SHEET_CELL_PADDING);
  const GdkRGBA          *color = &self->look.colors[info->is_dimmed ? KOBRA_SHEET_COLOR_DIM : KOBRA_SHEET_COLOR_TEXT];
  const char             *text;

  /* The mark is at the far end, but before a number, whose figures must stay in line with those above. */
  if (mark != KOBRA_SHEET_MARK_NONE)
    draw_mark (self, snapshot, mark, cell, &room, info->is_numeric != self->geometry.is_rtl);
  text = kobra_sheet_model_peek_text (self->model, row, column);
  if (*text != '\0')
    kobra_sheet_draw_text (self, snapshot, kobra_sheet_text_make_visible (text, KOBRA_SHEET_MAX_DRAWN, self->look.text),
               info->is_numeric ? self->look.figures : NULL, color, room, info->is_numeric);
}

/* Cells of one row, where x = 0 is the edge at which column @from begins; right-to-left they have negative places. */
static void
draw_columns (KobraSheet  *self,
              GtkSnapshot *snapshot,
              guint        row,
              guint        from,
              guint        first,
              guint        end)
{
  double origin = kobra_sheet_geometry_get_column_start (&self->geometry, from);

  for (guint column = first; column < end; column++)
    {
      double start = kobra_sheet_geometry_get_column_start (&self->geometry, column) - origin;
      int    width = kobra_sheet_geometry_get_column_width (&self->geometry, column);

      draw_cell (self, snapshot, row, column,
                 (KobraSheetRect) { self->geometry.is_rtl ? -start - width : start, 0, width, self->geometry.row_height });
    }
  kobra_sheet_ink_flush (&self->look.ink, snapshot);
}

static GskRenderNode *
draw_row (KobraSheet *self,
          guint       row,
          guint       first,
          guint       last)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  draw_columns (self, snapshot, row, first, first, last + 1);
  return gtk_snapshot_free_to_node (snapshot);
}

/* Adds the columns that a picture lacks to those it has, so that scrolling by a column draws one; FALSE if that would be too many, or there
 * is nothing to add to. */
static gboolean
extend (KobraSheet           *self,
        KobraSheetRowPicture *picture,
        guint                 first,
        guint                 last)
{
  guint        whole_first = MIN (picture->first, first);
  guint        whole_last = MAX (picture->last, last);
  GtkSnapshot *snapshot;
  double       shift;

  if (first > picture->last || last < picture->first || whole_last - whole_first > 2 * (last - first) + 1)
    return FALSE;
  snapshot = gtk_snapshot_new ();
  draw_columns (self, snapshot, picture->row, whole_first, whole_first, picture->first);
  draw_columns (self, snapshot, picture->row, whole_first, picture->last + 1, whole_last + 1);
  if (picture->cells != NULL)
    {
      shift = kobra_sheet_geometry_get_column_start (&self->geometry, picture->first) - kobra_sheet_geometry_get_column_start (&self->geometry, whole_first);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (self->geometry.is_rtl ? -shift : shift), 0));
      gtk_snapshot_append_node (snapshot, picture->cells);
    }
  g_clear_pointer (&picture->cells, gsk_render_node_unref);
  picture->cells = gtk_snapshot_free_to_node (snapshot);
  picture->first = whole_first;
  picture->last = whole_last;
  return TRUE;
}

static GskRenderNode *
draw_leading (KobraSheet *self,
              guint       row)
{
  GtkSnapshot    *snapshot = gtk_snapshot_new ();
  KobraSheetRect  cell = { 0, 0, self->geometry.leading_width, self->geometry.row_height };
  KobraSheetRect  room = kobra_sheet_rect_inset (cell, KOBRA_SHEET_CELL_PADDING);
  g_autofree char *name = kobra_sheet_model_dup_row_name (self->model, row);
  const char     *icon = kobra_sheet_model_get_row_icon (self->model, row);
  int             size = self->look.icon_size;
  double          x = cut (&room, size, self->geometry.is_rtl);
  GdkRGBA         color = get_row_color (self, row);

  if (icon != NULL)
    kobra_sheet_look_draw_icon (self, snapshot, icon, &color, x, (cell.height - size) / 2);
  kobra_sheet_draw_text (self, snapshot, kobra_sheet_text_make_visible (name, KOBRA_SHEET_MAX_DRAWN, self->look.text),
             self->look.figures, &self->look.colors[KOBRA_SHEET_COLOR_DIM], room, TRUE);
  kobra_sheet_ink_flush (&self->look.ink, snapshot);
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
kobra_sheet_picture_forget_all (KobraSheet *self)
{
  for (guint i = 0; i < self->n_pictures; i++)
    forget_picture (&self->pictures[i]);
  for (guint i = 0; i < self->geometry.n_columns && self->columns != NULL; i++)
    g_clear_pointer (&self->columns[i].title, gsk_render_node_unref);
}

void
kobra_sheet_picture_forget_rows (KobraSheet *self,
                                 guint       position,
                                 guint       n_rows)
{
  for (guint i = 0; i < self->n_pictures; i++)
    if (self->pictures[i].row >= position && self->pictures[i].row - position < n_rows)
      forget_picture (&self->pictures[i]);
}

void
kobra_sheet_picture_make_room (KobraSheet *self,
                               guint       n_rows)
{
  if (n_rows * 2 <= self->n_pictures)
    return;
  kobra_sheet_picture_forget_all (self);
  self->n_pictures = n_rows * 3;
  self->pictures = g_renew (KobraSheetRowPicture, self->pictures, self->n_pictures);
  memset (self->pictures, 0, self->n_pictures * sizeof *self->pictures);
}

const KobraSheetRowPicture *
kobra_sheet_picture_get (KobraSheet *self,
                         guint       row,
                         guint       first,
                         guint       last)
{
  KobraSheetRowPicture *picture = &self->pictures[row % self->n_pictures];

  if (picture->is_valid && picture->row == row && picture->first <= first && picture->last >= last)
    return picture;
  if (!picture->is_valid || picture->row != row || !extend (self, picture, first, last))
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

