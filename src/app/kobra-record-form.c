/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-record-form.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-bank.h"
#include "kobra-config.h"
#include "kobra-field-control.h"
#include "kobra-field-row.h"
#include "kobra-form-group.h"
#include "kobra-suggestion.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* The name of the group of required fields, which is none of the schema's. */
#define REQUIRED_GROUP "required"

struct _KobraRecordForm
{
  AdwBin             parent_instance;

  GtkSearchEntry    *search;
  AdwToggleGroup    *filter;
  GtkStack          *pages;
  GtkScrolledWindow *scroller;
  GtkBox            *groups;

  KobraImport       *import;
  GSignalGroup      *import_signals;
  GSignalGroup      *table_signals;
  guint32            id;
  GSettings         *settings;

  const KobraSchema *schema;                  /* of the rows, or NULL */
  KobraFieldRow     *rows[KOBRA_MAX_FIELDS];  /* by field; the list has them */
  KobraFormGroup    *row_groups[KOBRA_MAX_FIELDS];
  GPtrArray         *all_groups;              /* KobraFormGroup */
  gboolean           for_new;
  gboolean           visited[KOBRA_MAX_FIELDS]; /* of a new record: somebody was in the field */
  guint              tick;                    /* the update that waits for the next frame, or 0 */
  gboolean           stale;                   /* what that update is for */
  int                wanted_field;            /* to be scrolled to once the rows have their place, or -1 */
};

G_DEFINE_FINAL_TYPE (KobraRecordForm, kobra_record_form, ADW_TYPE_BIN)

enum
{
  FIELD_ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
find_row (KobraRecordForm *self,
          guint           *row)
{
  KobraTable *table = self->import != NULL ? kobra_import_get_table (self->import) : NULL;

  return table != NULL && self->schema == kobra_import_get_schema (self->import) && kobra_table_find_id (table, self->id, row);
}

/* What is typed is shown at once; it is searched and counted at the next frame. */
static void
update_row (KobraRecordForm *self,
            guint            field,
            guint            row)
{
  const KobraProblem *problem = kobra_import_find_field_problem (self->import, row, field);
  gboolean            is_early = self->for_new && problem != NULL && problem->code == KOBRA_PROBLEM_REQUIRED && !self->visited[field];
  g_autofree char    *message = problem != NULL && !is_early ? kobra_import_dup_field_problem (self->import, row, field) : NULL;

  kobra_field_row_set_text (self->rows[field], kobra_import_get_field (self->import, row, field));
  kobra_field_row_set_problem (self->rows[field], problem != NULL ? kobra_problem_get_severity ((KobraProblemCode) problem->code) : KOBRA_SEVERITY_WARNING, message);
  kobra_field_row_set_required (self->rows[field], kobra_import_needs_field (self->import, field), g_str_equal (kobra_form_group_get_name (self->row_groups[field]), REQUIRED_GROUP));
  kobra_field_row_set_used (self->rows[field], kobra_field_is_used (&self->schema->fields[field], kobra_import_get_import_type (self->import)));
}

static void
fill_record (KobraRecordForm *self,
             guint            row,
             KobraRecord     *record)
{
  record->schema = self->schema;
  for (guint i = 0; i < self->schema->n_fields; i++)
    record->texts[i] = kobra_import_get_field (self->import, row, i);
}

/* What the record says already in other fields: offered on a button, or shown as a note. */
static void
update_offers (KobraRecordForm *self,
               guint            row)
{
  KobraRecord record;

  fill_record (self, row, &record);
  for (guint i = 0; i < self->schema->n_fields; i++)
    {
      g_auto (KobraSuggestion) offer = { 0 };
      g_autofree char    *label = NULL, *shown = NULL;

      kobra_suggestion_find (&offer, &record, i);
      if (offer.n > 1)
        label = g_strdup (_ ("Exchange With Its Neighbour"));
      else if (offer.n == 1)
        {
          shown = kobra_field_control_dup_shown (&self->schema->fields[i], offer.texts[0]);
          /* TRANSLATORS: on a button: puts a text, which other fields say already, into the field */
          label = g_strdup_printf (_ ("Fill In “%s”"), shown);
        }
      kobra_field_row_set_offer (self->rows[i], label);
      if (self->schema->fields[i].form == KOBRA_FORM_CLABE)
        kobra_field_row_set_note (self->rows[i], kobra_bank_of_clabe (record.texts[i]));
    }
}

static void
offer_taken_cb (KobraRecordForm *self,
                KobraFieldRow   *field_row)
{
  g_auto (KobraSuggestion) offer = { 0 };
  KobraRecord         record;
  guint               row;

  if (!find_row (self, &row))
    return;
  fill_record (self, row, &record);
  kobra_suggestion_find (&offer, &record, kobra_field_row_get_place (field_row));
  if (offer.n > 0)
    kobra_import_set_fields (self->import, _ ("Fill In"), row, offer.fields, (const char *const *) offer.texts, offer.n);
}

static gboolean
is_wanted (KobraRecordForm *self,
           KobraFieldRow   *row,
           const char      *filter,
           const char      *needle)
{
  /* What somebody is in stays. */
  if (kobra_field_row_has_focus (row) && gtk_widget_get_visible (GTK_WIDGET (row)) && *needle == '\0')
    return TRUE;
  if (*needle != '\0')
    return kobra_field_row_is_called (row, needle);
  if (g_str_equal (filter, "filled"))
    return kobra_field_row_is_filled (row);
  return g_str_equal (filter, "all") || kobra_field_row_has_problem (row);
}

static void
show_wanted (KobraRecordForm *self)
{
  g_autofree char *needle = kobra_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  const char      *filter = adw_toggle_group_get_active_name (self->filter);
  gboolean         searching = *needle != '\0' || !g_str_equal (filter, "all");
  gboolean         any = FALSE;

  for (guint i = 0; i < self->schema->n_fields; i++)
    {
      gboolean wanted = is_wanted (self, self->rows[i], filter, needle);

      gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), wanted);
      any |= wanted;
    }
  for (guint i = 0; i < self->all_groups->len; i++)
    {
      kobra_form_group_set_searching (g_ptr_array_index (self->all_groups, i), searching);
      kobra_form_group_update (g_ptr_array_index (self->all_groups, i));
    }
  gtk_stack_set_visible_child_name (self->pages, any ? "form" : "nothing");
}

static void
update (KobraRecordForm *self)
{
  guint row;

  if (self->schema == NULL)
    return;
  if (find_row (self, &row))
    {
      for (guint i = 0; i < self->schema->n_fields; i++)
        update_row (self, i, row);
      update_offers (self, row);
    }
  show_wanted (self);
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       data)
{
  KobraRecordForm *self = KOBRA_RECORD_FORM (widget);

  if (self->stale)
    {
      self->stale = FALSE;
      update (self);
      if (self->wanted_field >= 0)
        return G_SOURCE_CONTINUE;
    }
  else if (self->wanted_field >= 0 && self->schema != NULL)
    {
      gtk_viewport_scroll_to (GTK_VIEWPORT (gtk_scrolled_window_get_child (self->scroller)), GTK_WIDGET (self->rows[self->wanted_field]), NULL);
    }
  self->wanted_field = -1;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* A tick callback is called in the same frame that shows the change: typing in the sheet is seen here at once. */
static void
queue_update (KobraRecordForm *self)
{
  self->stale = TRUE;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), frame_cb, NULL, NULL);
}

static void
rows_changed_cb (KobraRecordForm *self)
{
  queue_update (self);
}

static void
marks_changed_cb (KobraRecordForm *self,
                  guint            position,
                  guint            n_rows)
{
  guint row;

  if (find_row (self, &row) && row >= position && row - position < n_rows)
    queue_update (self);
}

static void
edited_cb (KobraRecordForm *self,
           const char      *text,
           KobraFieldRow   *field_row)
{
  guint row, field = kobra_field_row_get_place (field_row), n_columns;

  if (!find_row (self, &row))
    return;
  n_columns = kobra_table_get_n_columns (kobra_import_get_table (self->import));
  if (!kobra_import_type_field (self->import, row, field, text))
    gtk_widget_error_bell (GTK_WIDGET (field_row));
  /* Now there is a column to be in. */
  if (n_columns != kobra_table_get_n_columns (kobra_import_get_table (self->import)))
    g_signal_emit (self, signals[FIELD_ENTERED], 0, field);
  queue_update (self);
}

/* Nobody is told to fill a field in that they have not come to. */
static void
left_cb (KobraRecordForm *self,
         KobraFieldRow   *row)
{
  self->visited[kobra_field_row_get_place (row)] = TRUE;
  if (self->import != NULL)
    kobra_import_end_typing (self->import);
  if (self->for_new)
    queue_update (self);
}

/* All of the field is seen, with what is said of it below. */
static void
entered_cb (KobraRecordForm *self,
            KobraFieldRow   *row)
{
  self->wanted_field = (int) kobra_field_row_get_place (row);
  queue_update (self);
  g_signal_emit (self, signals[FIELD_ENTERED], 0, kobra_field_row_get_place (row));
}

static void
expanded_cb (KobraRecordForm *self)
{
  g_autoptr (GStrvBuilder) closed = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < self->all_groups->len; i++)
    if (!kobra_form_group_get_expanded (g_ptr_array_index (self->all_groups, i)))
      g_strv_builder_add (closed, kobra_form_group_get_name (g_ptr_array_index (self->all_groups, i)));
  names = g_strv_builder_end (closed);
  g_settings_set_strv (self->settings, "closed-groups", (const char *const *) names);
}

static void
add_group (KobraRecordForm *self,
           const char      *name,
           const char      *title,
           gboolean         required,
           int              group)
{
  g_auto (GStrv)  closed = g_settings_get_strv (self->settings, "closed-groups");
  KobraFormGroup *made = NULL;

  for (guint i = 0; i < self->schema->n_fields; i++)
    {
      gboolean is_first = self->for_new && kobra_import_needs_field (self->import, i);

      if (required ? !is_first : (is_first || self->schema->fields[i].group != (KobraGroup) group))
        continue;
      if (made == NULL)
        {
          made = KOBRA_FORM_GROUP (kobra_form_group_new (name, title));
          gtk_box_append (self->groups, GTK_WIDGET (made));
          g_ptr_array_add (self->all_groups, made);
        }
      kobra_form_group_add (made, self->rows[i]);
      self->row_groups[i] = made;
    }
  if (made == NULL)
    return;
  kobra_form_group_set_expanded (made, self->for_new ? required : !g_strv_contains ((const char *const *) closed, name));
  if (!self->for_new)
    g_signal_connect_object (made, "notify::expanded", G_CALLBACK (expanded_cb), self, G_CONNECT_SWAPPED);
}

/* Made once for a kind of record; a record only fills them. */
static void
make_rows (KobraRecordForm   *self,
           const KobraSchema *schema)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  g_ptr_array_set_size (self->all_groups, 0);
  self->schema = schema;
  for (guint i = 0; i < schema->n_fields; i++)
    {
      self->rows[i] = KOBRA_FIELD_ROW (kobra_field_row_new (schema, i));
      kobra_field_row_set_pinnable (self->rows[i], self->for_new && i != schema->key_field);
      g_signal_connect_object (self->rows[i], "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->rows[i], "offer-taken", G_CALLBACK (offer_taken_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->rows[i], "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->rows[i], "entered", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
    }
  if (self->for_new)
    add_group (self, REQUIRED_GROUP, _ ("Required"), TRUE, -1);
  for (guint i = 0; i < KOBRA_N_GROUPS; i++)
    add_group (self, kobra_group_get_name ((KobraGroup) i), _ (kobra_group_get_label ((KobraGroup) i)), FALSE, (int) i);
}

static void
search_changed_cb (KobraRecordForm *self)
{
  if (self->schema != NULL)
    show_wanted (self);
}

static void
search_activated_cb (KobraRecordForm *self)
{
  /* The entry waits for a pause in typing; Enter does not. */
  search_changed_cb (self);
  for (guint i = 0; self->schema != NULL && i < self->schema->n_fields; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (self->rows[i])))
      {
        kobra_field_row_focus (self->rows[i]);
        return;
      }
}

static void
search_stopped_cb (KobraRecordForm *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
filter_changed_cb (KobraRecordForm *self)
{
  if (self->schema != NULL)
    show_wanted (self);
}

static void
kobra_record_form_dispose (GObject *object)
{
  KobraRecordForm *self = KOBRA_RECORD_FORM (object);

  self->schema = NULL;
  g_ptr_array_set_size (self->all_groups, 0);
  g_clear_object (&self->import_signals);
  g_clear_object (&self->table_signals);
  g_clear_object (&self->import);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_RECORD_FORM);

  G_OBJECT_CLASS (kobra_record_form_parent_class)->dispose (object);
}

static void
kobra_record_form_finalize (GObject *object)
{
  KobraRecordForm *self = KOBRA_RECORD_FORM (object);

  g_clear_pointer (&self->all_groups, g_ptr_array_unref);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (kobra_record_form_parent_class)->finalize (object);
}

static void
kobra_record_form_class_init (KobraRecordFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kobra_record_form_dispose;
  object_class->finalize = kobra_record_form_finalize;

  signals[FIELD_ENTERED] = g_signal_new ("field-entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-record-form.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraRecordForm, search);
  gtk_widget_class_bind_template_child (widget_class, KobraRecordForm, filter);
  gtk_widget_class_bind_template_child (widget_class, KobraRecordForm, pages);
  gtk_widget_class_bind_template_child (widget_class, KobraRecordForm, scroller);
  gtk_widget_class_bind_template_child (widget_class, KobraRecordForm, groups);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
}

static void
kobra_record_form_init (KobraRecordForm *self)
{
  self->all_groups = g_ptr_array_new ();
  self->wanted_field = -1;
  self->settings = g_settings_new (KOBRA_APPLICATION_ID);
  self->import_signals = g_signal_group_new (KOBRA_TYPE_IMPORT);
  g_signal_group_connect_object (self->import_signals, "marks-changed", G_CALLBACK (marks_changed_cb), self, G_CONNECT_SWAPPED);
  self->table_signals = g_signal_group_new (KOBRA_TYPE_TABLE);
  g_signal_group_connect_object (self->table_signals, "rows-changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kobra_record_form_set_record (KobraRecordForm *self,
                              KobraImport     *import,
                              guint32          id)
{
  g_return_if_fail (KOBRA_IS_RECORD_FORM (self) && kobra_import_get_table (import) != NULL);

  if (self->import != NULL && (self->id != id || self->import != import))
    kobra_import_end_typing (self->import);
  g_set_object (&self->import, import);
  self->id = id;
  memset (self->visited, 0, sizeof self->visited);
  if (self->schema != kobra_import_get_schema (import))
    make_rows (self, kobra_import_get_schema (import));
  g_signal_group_set_target (self->import_signals, import);
  g_signal_group_set_target (self->table_signals, kobra_import_get_table (import));
  queue_update (self);
}

void
kobra_record_form_set_for_new (KobraRecordForm *self)
{
  g_return_if_fail (KOBRA_IS_RECORD_FORM (self) && self->schema == NULL);

  self->for_new = TRUE;
}

gboolean
kobra_record_form_is_pinned (KobraRecordForm *self,
                             guint            field)
{
  g_return_val_if_fail (KOBRA_IS_RECORD_FORM (self) && self->schema != NULL && field < self->schema->n_fields, FALSE);

  return kobra_field_row_is_pinned (self->rows[field]);
}

void
kobra_record_form_focus_field (KobraRecordForm *self,
                               guint            field)
{
  g_return_if_fail (KOBRA_IS_RECORD_FORM (self) && self->schema != NULL && field < self->schema->n_fields);

  kobra_form_group_set_expanded (self->row_groups[field], TRUE);
  if (!gtk_widget_get_visible (GTK_WIDGET (self->rows[field])))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      adw_toggle_group_set_active_name (self->filter, "all");
      show_wanted (self);
    }
  kobra_field_row_focus (self->rows[field]);
}

void
kobra_record_form_focus_search (KobraRecordForm *self)
{
  g_return_if_fail (KOBRA_IS_RECORD_FORM (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
kobra_record_form_show_field (KobraRecordForm *self,
                              guint            field)
{
  g_return_if_fail (KOBRA_IS_RECORD_FORM (self) && self->schema != NULL && field < self->schema->n_fields);

  kobra_form_group_set_expanded (self->row_groups[field], TRUE);
  self->wanted_field = (int) field;
  queue_update (self);
}

gboolean
kobra_record_form_focus_problem (KobraRecordForm *self)
{
  guint n = 0, from = 0;
  guint order[KOBRA_MAX_FIELDS];

  g_return_val_if_fail (KOBRA_IS_RECORD_FORM (self), FALSE);

  if (self->schema == NULL)
    return FALSE;
  /* In the order in which they stand. */
  for (guint g = 0; g < self->all_groups->len; g++)
    for (guint i = 0; i < self->schema->n_fields; i++)
      if (self->row_groups[i] == g_ptr_array_index (self->all_groups, g))
        {
          if (kobra_field_row_has_focus (self->rows[i]))
            from = n + 1;
          order[n++] = i;
        }
  for (guint i = 0; i < n; i++)
    {
      guint field = order[(from + i) % n];

      if (!kobra_field_row_has_problem (self->rows[field]))
        continue;
      kobra_record_form_focus_field (self, field);
      return TRUE;
    }
  return FALSE;
}
