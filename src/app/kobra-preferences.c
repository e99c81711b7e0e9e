/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-preferences.h"

#include "kobra-connections-page.h"
#include "kobra-layouts-page.h"
#include "kobra-required-page.h"
#include "kobra-privacy-page.h"

#include "kobra-banned.h"

struct _KobraPreferences
{
  AdwPreferencesDialog parent_instance;

  KobraConnectionsPage *connections_page;
  KobraRequiredPage    *required_page;
  KobraPrivacyPage     *privacy_page;
};

G_DEFINE_FINAL_TYPE (KobraPreferences, kobra_preferences, ADW_TYPE_PREFERENCES_DIALOG)

static void
kobra_preferences_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_PREFERENCES);

  G_OBJECT_CLASS (kobra_preferences_parent_class)->dispose (object);
}

static void
kobra_preferences_class_init (KobraPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_preferences_dispose;

  g_type_ensure (KOBRA_TYPE_CONNECTIONS_PAGE);
  g_type_ensure (KOBRA_TYPE_LAYOUTS_PAGE);
  g_type_ensure (KOBRA_TYPE_PRIVACY_PAGE);
  g_type_ensure (KOBRA_TYPE_REQUIRED_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraPreferences, connections_page);
  gtk_widget_class_bind_template_child (widget_class, KobraPreferences, required_page);
  gtk_widget_class_bind_template_child (widget_class, KobraPreferences, privacy_page);
}

static void
kobra_preferences_init (KobraPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

KobraPreferences *
kobra_preferences_new (KobraApplication *application)
{
  KobraPreferences *self = g_object_new (KOBRA_TYPE_PREFERENCES, NULL);

  kobra_connections_page_set_application (self->connections_page, application);
  kobra_required_page_set_application (self->required_page, application);
  kobra_privacy_page_set_application (self->privacy_page, application);
  return self;
}
