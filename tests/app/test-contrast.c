/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every colour of our own is far enough from what is behind it: 4.5 to 1 for words, 3 to 1 for signs (WCAG 2.2, AA). */

#include <math.h>

#include <adwaita.h>

#define WORDS 4.5
#define SIGNS 3.0

/* What is behind: layers, each drawn over the ones before it. */
static const struct
{
  const char *name, *style;
  double      least;
  const char *layers[3];
} cases[] = {
  { "step", "step", WORDS, { "var(--window-bg-color)", "var(--card-bg-color)", "color-mix(in srgb, var(--accent-bg-color) 15%, transparent)" } },
  { "practice", "practice", WORDS, { "var(--window-bg-color)" } },
  { "practice-in-header", "practice", WORDS, { "var(--headerbar-bg-color)" } },
  { "practice-in-dialog", "practice", WORDS, { "var(--dialog-bg-color)", "var(--card-bg-color)" } },
  { "error-words", "error", WORDS, { "var(--headerbar-bg-color)" } },
  { "warning-words", "warning", WORDS, { "var(--headerbar-bg-color)" } },
  { "success-words", "success", WORDS, { "var(--headerbar-bg-color)" } },
  { "error-sign", "error", SIGNS, { "var(--view-bg-color)", "color-mix(in srgb, var(--error-color) 15%, transparent)" } },
  { "warning-sign", "warning", SIGNS, { "var(--view-bg-color)", "color-mix(in srgb, var(--warning-color) 15%, transparent)" } },
  { "success-sign", "success", SIGNS, { "var(--view-bg-color)" } },
};

static double
luminance (const GdkRGBA *color)
{
  const double parts[] = { color->red, color->green, color->blue }, weights[] = { 0.2126, 0.7152, 0.0722 };
  double       sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    sum += weights[i] * (parts[i] <= 0.04045 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return sum;
}

static double
contrast (const GdkRGBA *a,
          const GdkRGBA *b)
{
  double first = luminance (a), second = luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

static GdkRGBA
blend (const GdkRGBA *below,
       const GdkRGBA *above)
{
  float alpha = above->alpha;

  return (GdkRGBA) { below->red * (1 - alpha) + above->red * alpha, below->green * (1 - alpha) + above->green * alpha,
                     below->blue * (1 - alpha) + above->blue * alpha, 1 };
}

/* The colour that a label of these classes has in @window. */
static GdkRGBA
measure (GtkWidget  *window,
         const char *style)
{
  GtkWidget *label = gtk_label_new ("M");
  GdkRGBA    color;

  gtk_widget_add_css_class (label, style);
  adw_window_set_content (ADW_WINDOW (window), label);
  gtk_widget_get_color (label, &color);
  return color;
}

static void
test_contrast (gconstpointer data)
{
  gsize                      i = (gsize) GPOINTER_TO_UINT (data) / 2;
  AdwStyleManager           *manager = adw_style_manager_get_default ();
  GtkWidget                 *window;
  GdkRGBA                    behind = { 0 }, color;
  g_autoptr (GString)        css = g_string_new (NULL);
  g_autoptr (GtkCssProvider) layers = gtk_css_provider_new ();

  adw_style_manager_set_color_scheme (manager, GPOINTER_TO_UINT (data) % 2 == 0 ? ADW_COLOR_SCHEME_FORCE_LIGHT : ADW_COLOR_SCHEME_FORCE_DARK);
  window = adw_window_new ();
  for (gsize j = 0; j < G_N_ELEMENTS (cases[i].layers); j++)
    g_string_append_printf (css, ".layer-%" G_GSIZE_FORMAT " { color: %s; }\n", j, cases[i].layers[j] != NULL ? cases[i].layers[j] : "transparent");
  gtk_css_provider_load_from_string (layers, css->str);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (layers), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  for (gsize j = 0; j < G_N_ELEMENTS (cases[i].layers); j++)
    {
      g_autofree char *style = g_strdup_printf ("layer-%" G_GSIZE_FORMAT, j);
      GdkRGBA          layer = measure (window, style);

      behind = blend (&behind, &layer);
    }
  color = measure (window, cases[i].style);
  color = blend (&behind, &color);
  g_test_message ("%.2f to 1", contrast (&color, &behind));
  g_assert_cmpfloat (contrast (&color, &behind), >=, cases[i].least);
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (layers));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The other looks that a person can choose for the whole desktop; each is a process of its own, which is told when it starts. */
static const struct
{
  const char *name, *variable, *value;
} looks[] = {
  { "high-contrast", "ADW_DEBUG_HIGH_CONTRAST", "1" },
  { "accent-teal", "ADW_DEBUG_ACCENT_COLOR", "teal" },
  { "accent-green", "ADW_DEBUG_ACCENT_COLOR", "green" },
  { "accent-yellow", "ADW_DEBUG_ACCENT_COLOR", "yellow" },
  { "accent-orange", "ADW_DEBUG_ACCENT_COLOR", "orange" },
  { "accent-red", "ADW_DEBUG_ACCENT_COLOR", "red" },
  { "accent-pink", "ADW_DEBUG_ACCENT_COLOR", "pink" },
  { "accent-purple", "ADW_DEBUG_ACCENT_COLOR", "purple" },
  { "accent-slate", "ADW_DEBUG_ACCENT_COLOR", "slate" },
};

static void
test_look (gconstpointer data)
{
  gsize            i = GPOINTER_TO_UINT (data);
  g_autofree char *path = g_strconcat ("/contrast/", looks[i].name, "/subprocess", NULL);
  g_auto (GStrv)   environment = g_environ_setenv (g_get_environ (), looks[i].variable, looks[i].value, TRUE);

  g_test_trap_subprocess_with_envp (path, (const char *const *) environment, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_all_in_look (gconstpointer data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  AdwAccentColor   accent = adw_style_manager_get_accent_color (manager);

  /* The look is really there. */
  g_assert_true (adw_style_manager_get_high_contrast (manager) || accent != ADW_ACCENT_COLOR_BLUE);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    test_contrast (GUINT_TO_POINTER (i));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GtkCssProvider) own = gtk_css_provider_new ();
  g_autofree char           *style = NULL;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  style = g_test_build_filename (G_TEST_DIST, "..", "src", "app", "style.css", NULL);
  gtk_css_provider_load_from_path (own, style);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (own), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/contrast/", cases[i / 2].name, i % 2 == 0 ? "/light" : "/dark", NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_contrast);
    }
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *path = g_strconcat ("/contrast/", looks[i].name, NULL);
      g_autofree char *within = g_strconcat (path, "/subprocess", NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_look);
      g_test_add_data_func (within, NULL, test_all_in_look);
    }
  return g_test_run ();
}
