/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the sheet takes from the theme. GTK lets nobody look up a colour by name, but tells any widget's own: so a few widgets
 * that are never seen carry the style classes, and follow dark and high contrast by themselves. */

#include "kobra-sheet-private.h"

/* A widget that only carries a style. */
#define KOBRA_TYPE_SHEET_PROBE (kobra_sheet_probe_get_type ())
G_DECLARE_FINAL_TYPE (KobraSheetProbe, kobra_sheet_probe, KOBRA, SHEET_PROBE, GtkWidget)

struct _KobraSheetProbe
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (KobraSheetProbe, kobra_sheet_probe, GTK_TYPE_WIDGET)

static const char *const color_classes[KOBRA_SHEET_N_COLORS] = {
  [KOBRA_SHEET_COLOR_DIM] = "dim",
  [KOBRA_SHEET_COLOR_ACCENT] = "accent",
  [KOBRA_SHEET_COLOR_SUCCESS] = "success",
  [KOBRA_SHEET_COLOR_WARNING] = "warning",
  [KOBRA_SHEET_COLOR_ERROR] = "error",
  [KOBRA_SHEET_COLOR_LINE] = "line",
  [KOBRA_SHEET_COLOR_GRID] = "grid",
};

static void
kobra_sheet_probe_class_init (KobraSheetProbeClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "probe");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kobra_sheet_probe_init (KobraSheetProbe *self)
{
}

/* Called only if the theme, its scale or its size of text changed: then no picture holds. */
static void
forget (KobraSheet *self)
{
  g_hash_table_remove_all (self->look.icons);
  kobra_sheet_picture_forget_all (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kobra_sheet_look_init (KobraSheet *self)
{
  KobraSheetLook *look = &self->look;

  for (guint i = 0; i < KOBRA_SHEET_N_COLORS; i++)
    if (color_classes[i] != NULL)
      {
        look->probes[i] = g_object_new (KOBRA_TYPE_SHEET_PROBE, "visible", FALSE, NULL);
        gtk_widget_add_css_class (look->probes[i], color_classes[i]);
        gtk_widget_set_parent (look->probes[i], GTK_WIDGET (self));
      }
  look->icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  look->text = g_string_new (NULL);
  look->figures = pango_attr_list_new ();
  pango_attr_list_insert (look->figures, pango_attr_font_features_new ("tnum=1"));
  look->heading = pango_attr_list_new ();
  pango_attr_list_insert (look->heading, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  g_signal_connect_object (gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))), "changed", G_CALLBACK (forget), self,
                           G_CONNECT_SWAPPED);
}

void
kobra_sheet_look_dispose (KobraSheet *self)
{
  KobraSheetLook *look = &self->look;

  for (guint i = 0; i < KOBRA_SHEET_N_COLORS; i++)
    g_clear_pointer (&look->probes[i], gtk_widget_unparent);
  g_clear_object (&look->layout);
  g_clear_pointer (&look->figures, pango_attr_list_unref);
  g_clear_pointer (&look->heading, pango_attr_list_unref);
  g_clear_pointer (&look->font, pango_font_description_free);
  g_clear_pointer (&look->icons, g_hash_table_unref);
  kobra_sheet_ink_clear (&look->ink);
  if (look->text != NULL)
    g_string_free (g_steal_pointer (&look->text), TRUE);
}

gboolean
kobra_sheet_look_update_sizes (KobraSheet *self)
{
  KobraSheetLook             *look = &self->look;
  PangoContext               *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double                      resolution = pango_cairo_context_get_resolution (context);
  PangoFontMetrics           *metrics;

  if (look->font != NULL && pango_font_description_equal (look->font, font) && look->resolution == resolution)
    return FALSE;

  g_clear_pointer (&look->font, pango_font_description_free);
  look->font = pango_font_description_copy (font);
  look->resolution = resolution;
  metrics = pango_context_get_metrics (context, font, NULL);
  look->line_height = PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics));
  pango_font_metrics_unref (metrics);
  look->icon_size = CLAMP (look->line_height * 8 / 10, 16, 64);

  g_clear_object (&look->layout);
  look->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_single_paragraph_mode (look->layout, TRUE);
  pango_layout_set_ellipsize (look->layout, PANGO_ELLIPSIZE_END);
  forget (self);
  return TRUE;
}

gboolean
kobra_sheet_look_update_colors (KobraSheet *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < KOBRA_SHEET_N_COLORS; i++)
    {
      GdkRGBA    color;
      GtkWidget *probe = self->look.probes[i];

      gtk_widget_get_color (probe != NULL ? probe : GTK_WIDGET (self), &color);
      changed |= !gdk_rgba_equal (&color, &self->look.colors[i]);
      self->look.colors[i] = color;
    }
  return changed;
}

GdkRGBA
kobra_sheet_look_get_color (KobraSheet     *self,
                            KobraSheetColor color,
                            float           alpha)
{
  GdkRGBA rgba = self->look.colors[color];

  rgba.alpha *= alpha;
  return rgba;
}

void
kobra_sheet_look_draw_icon (KobraSheet    *self,
                            GtkSnapshot   *snapshot,
                            const char    *name,
                            const GdkRGBA *color,
                            double         x,
                            double         y)
{
  KobraSheetLook       *look = &self->look;
  GtkSymbolicPaintable *icon;
  int                   scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (look->icon_scale != scale)
    g_hash_table_remove_all (look->icons);
  look->icon_scale = scale;

  icon = g_hash_table_lookup (look->icons, name);
  if (icon == NULL)
    {
      GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

      icon = GTK_SYMBOLIC_PAINTABLE (gtk_icon_theme_lookup_icon (theme, name, NULL, look->icon_size, scale,
                                                                 gtk_widget_get_direction (GTK_WIDGET (self)), GTK_ICON_LOOKUP_FORCE_SYMBOLIC));
      g_hash_table_insert (look->icons, g_strdup (name), icon);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_symbolic_paintable_snapshot_symbolic (icon, snapshot, look->icon_size, look->icon_size, color, 1);
  gtk_snapshot_restore (snapshot);
}

int
kobra_sheet_look_measure (KobraSheet    *self,
                          const char    *text,
                          PangoAttrList *attributes)
{
  int width;

  pango_layout_set_width (self->look.layout, -1);
  pango_layout_set_attributes (self->look.layout, attributes);
  pango_layout_set_text (self->look.layout, text, -1);
  pango_layout_get_pixel_size (self->look.layout, &width, NULL);
  return width;
}
