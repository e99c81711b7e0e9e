/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts that are drawn next to each other in one font and colour become one render node: a frame of hundreds of cells is then some dozens of
 * nodes, and what each costs by itself is most of what a renderer does. */

#include "kobra-sheet-private.h"

static int
to_pango (double pixels)
{
  return (int) (pixels * PANGO_SCALE);
}

static void
begin (KobraSheetInk *self,
       PangoFont     *font,
       const GdkRGBA *color,
       int            x,
       int            y)
{
  g_set_object (&self->font, font);
  self->color = *color;
  self->x = self->end = x;
  self->y = y;
  if (self->glyphs == NULL)
    self->glyphs = pango_glyph_string_new ();
  pango_glyph_string_set_size (self->glyphs, 0);
}

/* Glyphs at @x, @y: the last one of those that are there gets an advance that leads to them. */
static void
append (KobraSheetInk          *self,
        const PangoGlyphString *glyphs,
        int                     x,
        int                     y)
{
  int n = self->glyphs->num_glyphs;

  pango_glyph_string_set_size (self->glyphs, n + glyphs->num_glyphs);
  if (n > 0)
    self->glyphs->glyphs[n - 1].geometry.width += x - self->end;
  for (int i = 0; i < glyphs->num_glyphs; i++)
    {
      PangoGlyphInfo *glyph = &self->glyphs->glyphs[n + i];

      *glyph = glyphs->glyphs[i];
      glyph->geometry.y_offset += y - self->y;
      x += glyph->geometry.width;
    }
  self->end = x;
}

void
kobra_sheet_ink_clear (KobraSheetInk *self)
{
  g_clear_object (&self->font);
  g_clear_pointer (&self->glyphs, pango_glyph_string_free);
}

void
kobra_sheet_ink_add (KobraSheetInk *self,
                     GtkSnapshot   *snapshot,
                     PangoLayout   *layout,
                     const GdkRGBA *color,
                     double         x,
                     double         y)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);
      PangoRectangle  logical;
      int             run_x, run_y;

      if (run == NULL || run->glyphs->num_glyphs == 0)
        continue;
      pango_layout_iter_get_run_extents (iter, NULL, &logical);
      run_x = to_pango (x) + logical.x + run->start_x_offset;
      run_y = to_pango (y) + pango_layout_iter_get_baseline (iter) - run->y_offset;
      if (self->font != run->item->analysis.font || !gdk_rgba_equal (&self->color, color))
        {
          kobra_sheet_ink_flush (self, snapshot);
          begin (self, run->item->analysis.font, color, run_x, run_y);
        }
      append (self, run->glyphs, run_x, run_y);
    }
  while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
}

void
kobra_sheet_ink_flush (KobraSheetInk *self,
                       GtkSnapshot   *snapshot)
{
  g_autoptr (GskRenderNode) node = NULL;

  if (self->font == NULL)
    return;
  node = gsk_text_node_new (self->font, self->glyphs, &self->color,
                            &GRAPHENE_POINT_INIT ((float) self->x / PANGO_SCALE, (float) self->y / PANGO_SCALE));
  if (node != NULL) /* white space leaves no ink */
    gtk_snapshot_append_node (snapshot, node);
  g_clear_object (&self->font);
}
