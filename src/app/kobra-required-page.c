/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-required-page.h"

#include <glib/gi18n.h>

#include "kobra-required.h"

#include "kobra-banned.h"

struct _KobraRequiredPage
{
  AdwPreferencesPage   parent_instance;

  AdwComboRow         *connection_row;
  AdwComboRow         *list_row;

  KobraApplication    *application;
  GPtrArray           *groups; /* AdwPreferencesGroup, of the fields; the page has them */
  GPtrArray           *rows;   /* AdwSwitchRow, by field; the groups have them */
};

G_DEFINE_FINAL_TYPE (KobraRequiredPage, kobra_required_page, ADW_TYPE_PREFERENCES_PAGE)

/* The list keeps it; NULL: none is chosen. */
static KobraConnection *
get_connection (KobraRequiredPage *self)
{
  return adw_combo_row_get_selected_item (self->connection_row);
}

static KobraRequiredList
get_list (KobraRequiredPage *self)
{
  return (KobraRequiredList) MIN (adw_combo_row_get_selected (self->list_row), KOBRA_N_REQUIRED - 1u);
}

static void
toggled_cb (AdwSwitchRow      *row,
            GParamSpec        *pspec,
            KobraRequiredPage *self)
{
  KobraConnection *connection = get_connection (self);
  KobraRequired    required;
  g_autofree char *text = NULL;
  guint            field;

  if (connection == NULL || !g_ptr_array_find (self->rows, row, &field))
    return;
  kobra_required_parse (&required, kobra_connection_get_required (connection));
  kobra_required_set (&required, get_list (self), field, adw_switch_row_get_active (row));
  text = kobra_required_dup_text (&required);
  kobra_connection_set_required (connection, text);
  kobra_connections_keep (kobra_application_get_connections (self->application), connection);
}

static void
add_row (KobraRequiredPage   *self,
         AdwPreferencesGroup *group,
         const KobraRequired *required,
         guint                field)
{
  const KobraSchema *schema = kobra_required_get_schema (get_list (self));
  GtkWidget         *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (schema->fields[field].label));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), field == schema->key_field ? _ ("Always: it tells one record from another.") : _ (schema->fields[field].description));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), kobra_required_has (required, get_list (self), field));
  gtk_widget_set_sensitive (row, field != schema->key_field);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (toggled_cb), self, G_CONNECT_DEFAULT);
  self->rows->pdata[field] = row;
  adw_preferences_group_add (group, row);
}

/* The fields of one group of the schema, if it has any. */
static void
add_group (KobraRequiredPage   *self,
           const KobraRequired *required,
           KobraGroup           which)
{
  const KobraSchema   *schema = kobra_required_get_schema (get_list (self));
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < schema->n_fields; i++)
    {
      if (schema->fields[i].group != which)
        continue;
      if (group == NULL)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _ (kobra_group_get_label (which)));
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
          g_ptr_array_add (self->groups, group);
        }
      add_row (self, group, required, i);
    }
}

static void
choice_changed_cb (KobraRequiredPage *self)
{
  KobraConnection *connection = get_connection (self);
  KobraRequired    required = { 0 };

  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (self), g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  if (connection == NULL)
    return;
  kobra_required_parse (&required, kobra_connection_get_required (connection));
  g_ptr_array_set_size (self->rows, (int) kobra_required_get_schema (get_list (self))->n_fields);
  for (guint i = 0; i < KOBRA_N_GROUPS; i++)
    add_group (self, &required, (KobraGroup) i);
}

static void
kobra_required_page_dispose (GObject *object)
{
  KobraRequiredPage *self = KOBRA_REQUIRED_PAGE (object);

  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->groups, 0);
  g_clear_object (&self->application);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_REQUIRED_PAGE);

  G_OBJECT_CLASS (kobra_required_page_parent_class)->dispose (object);
}

static void
kobra_required_page_finalize (GObject *object)
{
  g_clear_pointer (&KOBRA_REQUIRED_PAGE (object)->rows, g_ptr_array_unref);
  g_clear_pointer (&KOBRA_REQUIRED_PAGE (object)->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (kobra_required_page_parent_class)->finalize (object);
}

static void
kobra_required_page_class_init (KobraRequiredPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_required_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_required_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-required-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraRequiredPage, connection_row);
  gtk_widget_class_bind_template_child (widget_class, KobraRequiredPage, list_row);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed_cb);
}

static void
kobra_required_page_init (KobraRequiredPage *self)
{
  self->rows = g_ptr_array_new ();
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kobra_required_page_set_application (KobraRequiredPage *self,
                                     KobraApplication  *application)
{
  g_autoptr (GtkStringList) lists = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) name = gtk_property_expression_new (KOBRA_TYPE_CONNECTION, NULL, "name");

  g_return_if_fail (KOBRA_IS_REQUIRED_PAGE (self));

  g_set_object (&self->application, application);
  for (guint i = 0; i < KOBRA_N_REQUIRED; i++)
    gtk_string_list_append (lists, _ (kobra_required_get_label ((KobraRequiredList) i)));
  adw_combo_row_set_model (self->list_row, G_LIST_MODEL (lists));
  adw_combo_row_set_expression (self->connection_row, name);
  adw_combo_row_set_model (self->connection_row, G_LIST_MODEL (kobra_application_get_connections (application)));
  choice_changed_cb (self);
}
