/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-column-row.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

struct _KobraColumnRow
{
  AdwActionRow parent_instance;

  GtkImage    *icon;
  GtkLabel    *field;
};

G_DEFINE_FINAL_TYPE (KobraColumnRow, kobra_column_row, ADW_TYPE_ACTION_ROW)

static const struct
{
  const char *icon, *style;
} looks[KOBRA_N_TRUSTS] = {
  [KOBRA_TRUST_NONE] = { "list-remove-symbolic", "dim-label" },
  [KOBRA_TRUST_GUESS] = { "dialog-question-symbolic", "warning" },
  [KOBRA_TRUST_LIKELY] = { "object-select-symbolic", "dim-label" },
  [KOBRA_TRUST_SURE] = { "object-select-symbolic", "success" },
};

static void
kobra_column_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_COLUMN_ROW);

  G_OBJECT_CLASS (kobra_column_row_parent_class)->dispose (object);
}

static void
kobra_column_row_class_init (KobraColumnRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_column_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-column-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraColumnRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KobraColumnRow, field);
}

static void
kobra_column_row_init (KobraColumnRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kobra_column_row_new (void)
{
  return g_object_new (KOBRA_TYPE_COLUMN_ROW, NULL);
}

void
kobra_column_row_show (KobraColumnRow *self,
                       const char     *header,
                       const char     *samples,
                       const char     *field,
                       KobraTrust      trust)
{
  const char *words = kobra_trust_get_label (trust);

  g_return_if_fail (KOBRA_IS_COLUMN_ROW (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), header);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), samples);
  gtk_label_set_label (self->field, field != NULL ? field : _ ("Not used"));
  gtk_widget_set_css_classes (GTK_WIDGET (self->field), (const char *[]) { field != NULL ? "heading" : "dim-label", NULL });
  gtk_image_set_from_icon_name (self->icon, looks[trust].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), (const char *[]) { looks[trust].style, NULL });
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
