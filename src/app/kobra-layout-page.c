/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout-page.h"

#include "kobra-banned.h"

struct _KobraLayoutPage
{
  AdwNavigationPage parent_instance;

  AdwEntryRow      *name_row;
  AdwActionRow     *about_row;

  char             *name; /* that the layout has */
};

G_DEFINE_FINAL_TYPE (KobraLayoutPage, kobra_layout_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  RENAMED,
  EXPORT,
  DELETE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
name_applied_cb (KobraLayoutPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));

  if (*name == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), self->name);
  else if (!g_str_equal (name, self->name))
    g_signal_emit (self, signals[RENAMED], 0, name);
}

static void
export_activated_cb (KobraLayoutPage *self)
{
  g_signal_emit (self, signals[EXPORT], 0);
}

static void
delete_activated_cb (KobraLayoutPage *self)
{
  g_signal_emit (self, signals[DELETE], 0);
}

static void
kobra_layout_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_LAYOUT_PAGE);

  G_OBJECT_CLASS (kobra_layout_page_parent_class)->dispose (object);
}

static void
kobra_layout_page_finalize (GObject *object)
{
  g_free (KOBRA_LAYOUT_PAGE (object)->name);

  G_OBJECT_CLASS (kobra_layout_page_parent_class)->finalize (object);
}

static void
kobra_layout_page_class_init (KobraLayoutPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_layout_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_layout_page_finalize;
  signals[RENAMED] = g_signal_new ("renamed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[EXPORT] = g_signal_new ("export", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELETE] = g_signal_new ("delete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-layout-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutPage, about_row);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_activated_cb);
}

static void
kobra_layout_page_init (KobraLayoutPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

KobraLayoutPage *
kobra_layout_page_new (const char *name,
                       const char *description)
{
  KobraLayoutPage *self = g_object_new (KOBRA_TYPE_LAYOUT_PAGE, "title", name, NULL);

  self->name = g_strdup (name);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  adw_action_row_set_subtitle (self->about_row, description);
  return self;
}

const char *
kobra_layout_page_get_name (KobraLayoutPage *self)
{
  g_return_val_if_fail (KOBRA_IS_LAYOUT_PAGE (self), NULL);

  return self->name;
}
