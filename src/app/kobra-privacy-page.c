/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-privacy-page.h"

#include <glib/gi18n.h>

#include "kobra-config.h"
#include "kobra-journal-import.h"

#include "kobra-banned.h"

struct _KobraPrivacyPage
{
  AdwPreferencesPage parent_instance;

  AdwActionRow      *data_row;
  AdwActionRow      *config_row;
  AdwSpinRow        *retention_row;
  AdwSpinRow        *lock_row;
  AdwSwitchRow      *search_row;

  KobraApplication  *application;
  GSettings         *settings;
};

G_DEFINE_FINAL_TYPE (KobraPrivacyPage, kobra_privacy_page, ADW_TYPE_PREFERENCES_PAGE)

static void
forgotten_cb (const GError *error,
              gpointer      data)
{
  g_autoptr (KobraApplication) application = data;

  kobra_application_tell (application, error != NULL ? error->message : _ ("Records of past imports were forgotten"));
}

static void
journal_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  KobraApplication  *application = KOBRA_APPLICATION (source);
  g_autoptr (GError) error = NULL;
  KobraJournal      *journal = kobra_application_open_journal_finish (application, result, &error);

  if (journal != NULL)
    kobra_journal_forget_records (journal, forgotten_cb, g_object_ref (application));
  else
    kobra_application_tell (application, error->message);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KobraApplication) application = data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "forget"))
    kobra_application_open_journal_async (application, NULL, journal_opened_cb, NULL);
}

static void
forget_activated_cb (KobraPrivacyPage *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Forget Personal Data?"),
                                            _ ("Of all imports that are not open now, only the counts are kept. Records, changes and the server’s words are overwritten and cannot be brought back. Files that you opened or exported stay where they are."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "forget", _ ("_Forget"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "forget", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self), NULL, answered_cb, g_object_ref (self->application));
}

static void
kobra_privacy_page_dispose (GObject *object)
{
  KobraPrivacyPage *self = KOBRA_PRIVACY_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_PRIVACY_PAGE);
  g_clear_object (&self->settings);
  g_clear_object (&self->application);

  G_OBJECT_CLASS (kobra_privacy_page_parent_class)->dispose (object);
}

static void
kobra_privacy_page_class_init (KobraPrivacyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_privacy_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-privacy-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraPrivacyPage, data_row);
  gtk_widget_class_bind_template_child (widget_class, KobraPrivacyPage, config_row);
  gtk_widget_class_bind_template_child (widget_class, KobraPrivacyPage, retention_row);
  gtk_widget_class_bind_template_child (widget_class, KobraPrivacyPage, lock_row);
  gtk_widget_class_bind_template_child (widget_class, KobraPrivacyPage, search_row);
  gtk_widget_class_bind_template_callback (widget_class, forget_activated_cb);
}

static void
kobra_privacy_page_init (KobraPrivacyPage *self)
{
  g_autofree char *data = g_build_filename (g_get_user_data_dir (), "kobra-import", NULL);
  g_autofree char *config = g_build_filename (g_get_user_config_dir (), "kobra-import", NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (self->data_row, "use-markup", FALSE, "subtitle", data, NULL);
  g_object_set (self->config_row, "use-markup", FALSE, "subtitle", config, NULL);
  self->settings = g_settings_new (KOBRA_APPLICATION_ID);
  g_settings_bind (self->settings, "retention-days", self->retention_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "lock-minutes", self->lock_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "search-provider", self->search_row, "active", G_SETTINGS_BIND_DEFAULT);
}

void
kobra_privacy_page_set_application (KobraPrivacyPage *self,
                                    KobraApplication *application)
{
  g_return_if_fail (KOBRA_IS_PRIVACY_PAGE (self));

  g_set_object (&self->application, application);
}
