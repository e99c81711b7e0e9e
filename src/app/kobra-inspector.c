/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-inspector.h"

#include <glib/gi18n.h>

#include "kobra-config.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* Of a key, the heading shows so much. */
#define MAX_KEY_CHARACTERS 60

struct _KobraInspector
{
  AdwBin             parent_instance;

  AdwViewStack      *views;
  GtkStack          *record_pages;
  GtkLabel          *record_title;
  GtkLabel          *record_subtitle;
  KobraRecordForm   *form;
  KobraProblemsPage *problems;

  KobraImport       *import; /* NULL: no record is shown */
  guint32            id;
  GSignalGroup      *signals;
};

G_DEFINE_FINAL_TYPE (KobraInspector, kobra_inspector, ADW_TYPE_BIN)

enum
{
  FIELD_ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Which record it is, and what the checks say of it. */
static void
update_heading (KobraInspector *self)
{
  static const char *const styles[] = {
    [KOBRA_RECORD_READY] = "dimmed",
    [KOBRA_RECORD_WARNING] = "warning",
    [KOBRA_RECORD_INVALID] = "error",
  };
  const KobraSchema *schema;
  KobraRecordState   state;
  guint              row;
  guint32            line;
  g_autofree char   *key = NULL, *title = NULL;

  if (self->import == NULL || !kobra_table_find_id (kobra_import_get_table (self->import), self->id, &row))
    return;
  schema = kobra_import_get_schema (self->import);
  state = kobra_import_get_record_state (self->import, row);
  line = kobra_table_peek_row (kobra_import_get_table (self->import), row)->line;
  key = kobra_text_visible (kobra_import_get_field (self->import, row, schema->key_field), MAX_KEY_CHARACTERS);
  if (*key != '\0')
    title = g_strdup (key);
  else
    /* TRANSLATORS: a record that has no ID yet, by the line of its file */
    title = line > 0 ? g_strdup_printf (_ ("Line %u"), line) : g_strdup (_ ("New Record"));
  gtk_label_set_label (self->record_title, title);
  gtk_label_set_label (self->record_subtitle, _ (kobra_record_state_get_label (state)));
  gtk_widget_set_css_classes (GTK_WIDGET (self->record_subtitle), (const char *[]) { "caption", styles[state], NULL });
}

static void
field_entered_cb (KobraInspector *self,
                  guint           field)
{
  g_signal_emit (self, signals[FIELD_ENTERED], 0, field);
}

static void
next_field_problem_cb (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  if (!kobra_record_form_focus_problem (KOBRA_INSPECTOR (widget)->form))
    gtk_widget_error_bell (widget);
}

/* Before libadwaita 1.8 a screen reader is told the title of a page with the underline of its mnemonic. */
static void
name_pages (KobraInspector *self)
{
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (self->views);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
    {
      g_autoptr (AdwViewStackPage) page = g_list_model_get_item (G_LIST_MODEL (pages), i);
      g_auto (GStrv)  parts = g_strsplit (adw_view_stack_page_get_title (page), "_", -1);
      g_autofree char *title = g_strjoinv ("", parts);

      gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    }
}

static void
kobra_inspector_dispose (GObject *object)
{
  KobraInspector *self = KOBRA_INSPECTOR (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->import);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_INSPECTOR);

  G_OBJECT_CLASS (kobra_inspector_parent_class)->dispose (object);
}

static void
kobra_inspector_class_init (KobraInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_inspector_dispose;

  signals[FIELD_ENTERED] = g_signal_new ("field-entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (KOBRA_TYPE_PROBLEMS_PAGE);
  g_type_ensure (KOBRA_TYPE_RECORD_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraInspector, views);
  gtk_widget_class_bind_template_child (widget_class, KobraInspector, record_pages);
  gtk_widget_class_bind_template_child (widget_class, KobraInspector, record_title);
  gtk_widget_class_bind_template_child (widget_class, KobraInspector, record_subtitle);
  gtk_widget_class_bind_template_child (widget_class, KobraInspector, form);
  gtk_widget_class_bind_template_child (widget_class, KobraInspector, problems);
  gtk_widget_class_install_action (widget_class, "inspector.next-field-problem", NULL, next_field_problem_cb);
}

static void
kobra_inspector_init (KobraInspector *self)
{
  g_autoptr (GSettings) settings = g_settings_new (KOBRA_APPLICATION_ID);

  self->signals = g_signal_group_new (KOBRA_TYPE_IMPORT);
  g_signal_group_connect_object (self->signals, "counts-changed", G_CALLBACK (update_heading), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "marks-changed", G_CALLBACK (update_heading), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  name_pages (self);
  g_signal_connect_object (self->form, "field-entered", G_CALLBACK (field_entered_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_set_visible_child_name (self->record_pages, "none");
  g_settings_bind (settings, "inspector-page", self->views, "visible-child-name", G_SETTINGS_BIND_DEFAULT);
}

void
kobra_inspector_set_row (KobraInspector *self,
                         KobraImport    *import,
                         int             row)
{
  KobraTable *table = kobra_import_get_table (import);
  gboolean    is_there = table != NULL && row >= 0 && (guint) row < kobra_table_get_n_rows (table);

  g_return_if_fail (KOBRA_IS_INSPECTOR (self));

  if (is_there)
    g_set_object (&self->import, import);
  else
    g_clear_object (&self->import);
  g_signal_group_set_target (self->signals, self->import);
  gtk_stack_set_visible_child_name (self->record_pages, is_there ? "record" : "none");
  if (!is_there)
    return;
  self->id = kobra_table_peek_row (table, (guint) row)->id;
  kobra_record_form_set_record (self->form, import, self->id);
  update_heading (self);
}

void
kobra_inspector_show_record (KobraInspector *self)
{
  g_return_if_fail (KOBRA_IS_INSPECTOR (self));

  adw_view_stack_set_visible_child_name (self->views, "record");
}

KobraRecordForm *
kobra_inspector_get_form (KobraInspector *self)
{
  g_return_val_if_fail (KOBRA_IS_INSPECTOR (self), NULL);

  return self->form;
}

KobraProblemsPage *
kobra_inspector_get_problems (KobraInspector *self)
{
  g_return_val_if_fail (KOBRA_IS_INSPECTOR (self), NULL);

  return self->problems;
}
