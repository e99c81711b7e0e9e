/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout-dialog.h"

#include <glib/gi18n.h>

#include "kobra-column-row.h"
#include "kobra-derive-page.h"
#include "kobra-field-page.h"
#include "kobra-import-fields.h"
#include "kobra-import-layout.h"
#include "kobra-layout-task.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* More columns than this are not listed: no sheet of accounts has them. */
#define MAX_LISTED 400u

#define MAX_HEADER 40
#define MAX_SAMPLE 24
#define N_SAMPLES 3u

/* Rows that are looked at for samples. */
#define MAX_LOOKED_AT 60u

struct _KobraLayoutDialog
{
  AdwDialog            parent_instance;

  AdwNavigationView   *navigation;
  GtkButton           *apply_button;
  AdwBanner           *error_banner;
  AdwPreferencesGroup *saved_group, *missing_group, *names_group, *columns_group, *values_group, *derived_group;
  AdwComboRow         *saved_row;
  AdwActionRow        *names_row, *split_row;
  AdwEntryRow         *name_row;

  KobraImport         *import;
  KobraLayout         *draft;
  char               **headers;      /* of the draft's columns */
  GPtrArray           *column_rows;  /* AdwActionRow, borrowed, by column */
  GPtrArray           *other_rows;   /* what is made anew with each change: of the other groups, borrowed */
  guint                chosen;       /* the column whose field is being chosen */
  GCancellable        *alive;
  GCancellable        *finding;      /* unknown values, or NULL */
  GPtrArray           *values;       /* KobraUnknownValue, or NULL */
  GPtrArray           *layouts;      /* KobraLayoutFile, the saved ones after “None”; NULL until they are listed */
};

G_DEFINE_FINAL_TYPE (KobraLayoutDialog, kobra_layout_dialog, ADW_TYPE_DIALOG)

enum
{
  APPLIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void update (KobraLayoutDialog *self);

static char *
dup_header (KobraLayoutDialog *self,
            guint              column)
{
  const char *header = self->headers[column];

  return *header != '\0' ? kobra_text_visible (header, MAX_HEADER) : g_strdup_printf (_ ("Column %u"), column + 1);
}

/* "Ana · Luz · Eva" */
static char *
dup_samples (KobraLayoutDialog *self,
             guint              column)
{
  KobraTable            *table = kobra_import_get_table (self->import);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_free);

  for (guint row = 0; row < MIN (kobra_table_get_n_rows (table), MAX_LOOKED_AT) && samples->len < N_SAMPLES; row++)
    {
      g_autofree char *sample = kobra_text_visible (column < kobra_table_get_n_columns (table) ? kobra_table_get_text (table, row, column) : "", MAX_SAMPLE);

      if (!kobra_text_is_blank (sample) && !g_ptr_array_find_with_equal_func (samples, sample, g_str_equal, NULL))
        g_ptr_array_add (samples, g_steal_pointer (&sample));
    }
  if (samples->len == 0)
    return g_strdup (_ ("Empty"));
  g_ptr_array_add (samples, NULL);
  return g_strjoinv (" · ", (char **) samples->pdata);
}

/* Of two columns with a name for one field, the other has it. */
static char *
dup_rivalry (KobraLayoutDialog *self,
             guint              column)
{
  KobraMatch       match;
  guint            rank;
  int              field = self->draft->fields[column] < 0 ? kobra_match_header (self->draft->schema, self->headers[column], &match, &rank) : -1;
  int              rival = field >= 0 ? kobra_layout_find_column (self->draft, (guint) field) : -1;
  g_autofree char *header = rival >= 0 ? dup_header (self, (guint) rival) : NULL;

  return rival >= 0 ? g_strdup_printf (_ ("“%s” is that field already."), header) : NULL;
}

static void
update_column (KobraLayoutDialog *self,
               guint              column)
{
  int              field = self->draft->fields[column];
  g_autofree char *header = dup_header (self, column);
  g_autofree char *samples = dup_samples (self, column);
  g_autofree char *rivalry = dup_rivalry (self, column);
  g_autofree char *subtitle = g_strjoin (" ", samples, rivalry, NULL);

  kobra_column_row_show (g_ptr_array_index (self->column_rows, column), header, subtitle, field >= 0 ? _ (self->draft->schema->fields[field].label) : NULL,
                         (KobraTrust) self->draft->trusts[column]);
}

static void
show_field_page (KobraLayoutDialog *self,
                 const char        *title,
                 gboolean           may_be_none,
                 GCallback          chosen)
{
  KobraFieldPage *page = kobra_field_page_new (title, self->draft, (const char *const *) self->headers, may_be_none);

  g_signal_connect_object (page, "chosen", chosen, self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

static void
field_chosen_cb (KobraLayoutDialog *self,
                 int                field)
{
  kobra_layout_set_field (self->draft, self->chosen, field);
  adw_navigation_view_pop (self->navigation);
  update (self);
}

static void
column_activated_cb (KobraLayoutDialog *self,
                     AdwActionRow      *row)
{
  g_autofree char *header = NULL;

  if (!g_ptr_array_find (self->column_rows, row, &self->chosen))
    return;
  header = dup_header (self, self->chosen);
  show_field_page (self, header, TRUE, G_CALLBACK (field_chosen_cb));
}

static void
add_column_row (KobraLayoutDialog *self)
{
  GtkWidget *row = kobra_column_row_new ();

  g_signal_connect_object (row, "activated", G_CALLBACK (column_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->columns_group, row);
  g_ptr_array_add (self->column_rows, row);
}

/* The draft may have columns that the table will have only once it is applied. */
static void
update_columns (KobraLayoutDialog *self)
{
  guint n = g_strv_length (self->headers);

  self->headers = g_renew (char *, self->headers, self->draft->n_columns + 1);
  for (; n < self->draft->n_columns; n++)
    {
      int field = self->draft->fields[n];

      self->headers[n] = g_strdup (field >= 0 ? _ (self->draft->schema->fields[field].label) : "");
    }
  self->headers[n] = NULL;
  while (self->column_rows->len < MIN (n, MAX_LISTED))
    add_column_row (self);
  for (guint i = 0; i < self->column_rows->len; i++)
    update_column (self, i);
}

static void
derivation_added_cb (KobraLayoutDialog     *self,
                     const KobraDerivation *derivation)
{
  kobra_layout_derive (self->draft, kobra_derivation_copy (derivation));
  adw_navigation_view_pop (self->navigation);
  update (self);
}

static void
show_derive_page (KobraLayoutDialog *self,
                  KobraDerive        kind,
                  int                field)
{
  KobraDerivePage *page = kobra_derive_page_new (kobra_import_get_table (self->import), self->draft, kind, field);

  g_signal_connect_object (page, "add", G_CALLBACK (derivation_added_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

static void
split_activated_cb (KobraLayoutDialog *self)
{
  show_derive_page (self, KOBRA_DERIVE_NAMES_FIRST, -1);
}

static void
join_activated_cb (KobraLayoutDialog *self)
{
  show_derive_page (self, KOBRA_DERIVE_JOIN, -1);
}

static void
constant_activated_cb (KobraLayoutDialog *self)
{
  show_derive_page (self, KOBRA_DERIVE_CONSTANT, -1);
}

static int
find_missing (KobraLayoutDialog *self,
              guint              from)
{
  for (guint i = from; i < self->draft->schema->n_fields; i++)
    if (kobra_import_needs_field (self->import, i) && kobra_layout_find_column (self->draft, i) < 0)
      return (int) i;
  return -1;
}

static void
missing_clicked_cb (KobraLayoutDialog *self,
                      GtkWidget         *button)
{
  guint at = 0;
  int   field = find_missing (self, 0);

  /* The rows of what is missing come first among those made anew. */
  g_ptr_array_find (self->other_rows, gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW), &at);
  for (; at > 0 && field >= 0; at--)
    field = find_missing (self, (guint) field + 1);
  show_derive_page (self, KOBRA_DERIVE_CONSTANT, field);
}

static GtkWidget *
add_row (KobraLayoutDialog   *self,
         AdwPreferencesGroup *group,
         GtkWidget           *row,
         const char          *title)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->other_rows, row);
  return row;
}

static void
show_missing (KobraLayoutDialog *self)
{
  gboolean is_any = FALSE;

  for (int field = find_missing (self, 0); field >= 0; field = find_missing (self, (guint) field + 1))
    {
      GtkWidget *row = add_row (self, self->missing_group, adw_action_row_new (), _ (self->draft->schema->fields[field].label));
      GtkWidget *button;

      is_any = TRUE;
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (self->draft->schema->fields[field].description));
      /* What tells one record from another is not the same for two. */
      if ((guint) field == self->draft->schema->key_field)
        continue;
      button = gtk_button_new_with_mnemonic (_ ("The Same for _All…"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
      g_signal_connect_object (button, "clicked", G_CALLBACK (missing_clicked_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->missing_group), is_any);
}

static const KobraUnknownValue *
find_value_of (KobraLayoutDialog *self,
               GtkWidget         *row)
{
  guint at = 0, n_missing = self->other_rows->len - self->values->len;

  g_ptr_array_find (self->other_rows, row, &at);
  return g_ptr_array_index (self->values, at - n_missing);
}

static void
value_chosen_cb (KobraLayoutDialog *self,
                 GParamSpec        *property,
                 AdwComboRow       *row)
{
  const KobraUnknownValue *value = find_value_of (self, GTK_WIDGET (row));
  guint                    selected = adw_combo_row_get_selected (row);

  kobra_layout_set_value (self->draft, value->field, value->text, selected > 0 ? self->draft->schema->fields[value->field].choices[selected - 1].code : NULL);
}

static void
show_value (KobraLayoutDialog       *self,
            const KobraUnknownValue *value)
{
  const KobraField         *field = &self->draft->schema->fields[value->field];
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  g_autofree char          *text = kobra_text_visible (value->text, MAX_HEADER);
  /* TRANSLATORS: a field, then how many records */
  g_autofree char          *subtitle = g_strdup_printf (ngettext ("%s · %'u record", "%s · %'u records", value->n_cells), _ (field->label), value->n_cells);
  GtkWidget                *row = add_row (self, self->values_group, adw_combo_row_new (), text);
  const char               *code = kobra_layout_find_value (self->draft, value->field, value->text);
  guint                     selected = 0;

  gtk_string_list_append (choices, _ ("Leave as it is"));
  for (guint i = 0; field->choices[i].code != NULL; i++)
    {
      gtk_string_list_take (choices, g_strdup_printf ("%s (%s)", _ (field->choices[i].label), field->choices[i].code));
      if (g_strcmp0 (code, field->choices[i].code) == 0)
        selected = i + 1;
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (value_chosen_cb), self, G_CONNECT_SWAPPED);
}

static void
show_others (KobraLayoutDialog *self)
{
  for (guint i = 0; i < self->other_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->other_rows, i);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->other_rows, 0);
  show_missing (self);
  for (guint i = 0; self->values != NULL && i < self->values->len; i++)
    show_value (self, g_ptr_array_index (self->values, i));
  gtk_widget_set_visible (GTK_WIDGET (self->values_group), self->values != NULL && self->values->len > 0);
}

/* Names that stand whole in one column, with no other for their surnames. */
static void
show_names (KobraLayoutDialog *self)
{
  KobraTable             *table = kobra_import_get_table (self->import);
  g_autoptr (KobraFrozen) sample = kobra_table_freeze_rows (table, 0, MIN (kobra_table_get_n_rows (table), MAX_LOOKED_AT));
  int                     column = kobra_layout_find_whole_names (self->draft, sample);

  gtk_widget_set_visible (GTK_WIDGET (self->names_group), column >= 0);
  if (column >= 0)
    {
      g_autofree char *header = dup_header (self, (guint) column);
      g_autofree char *title = g_strdup_printf (_ ("“%s” May Hold Names With Their Surnames"), header);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->names_row), title);
    }
}

static void
values_found_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (KobraLayoutDialog) self = data;
  g_autoptr (GError)            error = NULL;
  GPtrArray                    *values = kobra_import_find_values_finish (KOBRA_IMPORT (source), result, &error);

  if (values == NULL || g_cancellable_is_cancelled (self->alive))
    {
      g_clear_pointer (&values, g_ptr_array_unref);
      return;
    }
  g_clear_pointer (&self->values, g_ptr_array_unref);
  self->values = values;
  show_others (self);
}

static void
update (KobraLayoutDialog *self)
{
  update_columns (self);
  show_names (self);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  show_others (self);
  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  self->finding = g_cancellable_new ();
  kobra_import_find_values_async (self->import, self->draft, self->finding, values_found_cb, g_object_ref (self));
}

/* Those of another kind of records are about other fields. */
static void
layouts_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (KobraLayoutDialog) self = data;
  g_autoptr (GtkStringList)     names = gtk_string_list_new ((const char *[]) { _ ("None"), NULL });
  GPtrArray                    *layouts = kobra_layout_task_finish (result, NULL, NULL);

  if (layouts == NULL || g_cancellable_is_cancelled (self->alive))
    {
      g_clear_pointer (&layouts, g_ptr_array_unref);
      return;
    }
  for (guint i = 0; i < layouts->len;)
    if (kobra_layout_file_get_kind (g_ptr_array_index (layouts, i)) == self->draft->schema->kind)
      gtk_string_list_append (names, kobra_layout_file_get_name (g_ptr_array_index (layouts, i++)));
    else
      g_ptr_array_remove_index (layouts, i);
  self->layouts = layouts;
  adw_combo_row_set_model (self->saved_row, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->saved_group), layouts->len > 0);
}

static void
saved_selected_cb (KobraLayoutDialog *self)
{
  guint            selected = adw_combo_row_get_selected (self->saved_row);
  KobraLayoutFile *layout;

  if (self->layouts == NULL || selected == 0 || selected > self->layouts->len)
    return;
  layout = g_ptr_array_index (self->layouts, selected - 1);
  kobra_layout_file_apply (layout, self->draft, (const char *const *) self->headers);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), kobra_layout_file_get_name (layout));
  update (self);
}

static gboolean
save (KobraLayoutDialog *self,
      GError           **error)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));

  return *name == '\0' || kobra_import_save_layout (self->import, name, error);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KobraLayoutDialog) self = data;
  g_autoptr (GError)            error = NULL;
  guint                         n_cells;
  gboolean                      done = kobra_import_change_layout_finish (KOBRA_IMPORT (source), result, &n_cells, &error);

  if (g_cancellable_is_cancelled (self->alive))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), TRUE);
  if (!done || !save (self, &error))
    {
      adw_banner_set_title (self->error_banner, error->message);
      adw_banner_set_revealed (self->error_banner, TRUE);
      return;
    }
  g_signal_emit (self, signals[APPLIED], 0, n_cells);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
apply_clicked_cb (KobraLayoutDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), FALSE);
  adw_banner_set_revealed (self->error_banner, FALSE);
  kobra_import_change_layout_async (self->import, self->draft, self->alive, applied_cb, g_object_ref (self));
}

static void
cancel_clicked_cb (KobraLayoutDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
kobra_layout_dialog_dispose (GObject *object)
{
  KobraLayoutDialog *self = KOBRA_LAYOUT_DIALOG (object);

  g_cancellable_cancel (self->alive);
  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_LAYOUT_DIALOG);

  G_OBJECT_CLASS (kobra_layout_dialog_parent_class)->dispose (object);
}

static void
kobra_layout_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (KOBRA_LAYOUT_DIALOG (dialog)->alive);
}

static void
kobra_layout_dialog_finalize (GObject *object)
{
  KobraLayoutDialog *self = KOBRA_LAYOUT_DIALOG (object);

  g_clear_object (&self->import);
  g_clear_object (&self->alive);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->draft, kobra_layout_unref);
  g_clear_pointer (&self->headers, g_strfreev);
  g_clear_pointer (&self->column_rows, g_ptr_array_unref);
  g_clear_pointer (&self->other_rows, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->layouts, g_ptr_array_unref);

  G_OBJECT_CLASS (kobra_layout_dialog_parent_class)->finalize (object);
}

static void
kobra_layout_dialog_class_init (KobraLayoutDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_layout_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_layout_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = kobra_layout_dialog_closed;
  signals[APPLIED] = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-layout-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, error_banner);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, saved_group);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, saved_row);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, missing_group);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, names_group);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, names_row);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, columns_group);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, values_group);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, derived_group);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, split_row);
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutDialog, name_row);
  gtk_widget_class_bind_template_callback (widget_class, saved_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, split_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, join_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, constant_activated_cb);
}

static void
kobra_layout_dialog_init (KobraLayoutDialog *self)
{
  self->column_rows = g_ptr_array_new ();
  self->other_rows = g_ptr_array_new ();
  self->alive = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

KobraLayoutDialog *
kobra_layout_dialog_new (KobraImport *import)
{
  KobraLayoutDialog *self = g_object_new (KOBRA_TYPE_LAYOUT_DIALOG, NULL);
  KobraTable        *table = kobra_import_get_table (import);

  self->import = g_object_ref (import);
  self->draft = kobra_import_dup_layout (import);
  self->headers = g_new0 (char *, kobra_table_get_n_columns (table) + 1);
  for (guint i = 0; i < kobra_table_get_n_columns (table); i++)
    self->headers[i] = g_strdup (kobra_table_get_header (table, i));
  if (kobra_import_get_layout_name (import) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), kobra_import_get_layout_name (import));
  gtk_widget_set_visible (GTK_WIDGET (self->split_row), self->draft->schema->kind == KOBRA_KIND_ACCOUNTS);
  gtk_widget_set_visible (GTK_WIDGET (self->derived_group), kobra_table_get_n_rows (table) > 0);
  update (self);
  kobra_layout_task_async (KOBRA_LAYOUT_TASK_LIST, NULL, NULL, NULL, self->alive, layouts_listed_cb, g_object_ref (self));
  return self;
}
