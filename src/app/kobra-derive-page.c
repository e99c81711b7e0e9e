/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-derive-page.h"

#include <glib/gi18n.h>

#include "kobra-schema-accounts.h"
#include "kobra-text.h"

#include "kobra-banned.h"

#define N_PREVIEWS 5u
#define MAX_SHOWN 60

/* Rows that are looked at for a preview. */
#define MAX_LOOKED_AT 200u

struct _KobraDerivePage
{
  AdwNavigationPage    parent_instance;

  GtkButton           *add_button;
  AdwComboRow         *field_row, *choice_row, *first_row, *second_row, *order_row;
  AdwEntryRow         *text_row;
  AdwPreferencesGroup *preview_group;

  KobraTable          *table;
  const KobraSchema   *schema;
  KobraDerive          kind;
  GPtrArray           *previews; /* AdwActionRow, borrowed */
};

G_DEFINE_FINAL_TYPE (KobraDerivePage, kobra_derive_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  ADD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const KobraField *
get_field (KobraDerivePage *self)
{
  return &self->schema->fields[MIN (adw_combo_row_get_selected (self->field_row), self->schema->n_fields - 1)];
}

/* What is chosen so far; its text may be empty. */
static KobraDerivation *
make_derivation (KobraDerivePage *self)
{
  KobraDerivation  *derivation = g_new0 (KobraDerivation, 1);
  const KobraField *field = get_field (self);

  derivation->kind = self->kind;
  derivation->field = (guint) (field - self->schema->fields);
  if (self->kind == KOBRA_DERIVE_CONSTANT)
    {
      derivation->text = field->choices != NULL ? g_strdup (field->choices[adw_combo_row_get_selected (self->choice_row)].code) : g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text_row)));
      return derivation;
    }
  derivation->columns[derivation->n_columns++] = adw_combo_row_get_selected (self->first_row);
  if (self->kind == KOBRA_DERIVE_JOIN)
    {
      derivation->text = g_strdup (" ");
      derivation->columns[derivation->n_columns++] = adw_combo_row_get_selected (self->second_row);
    }
  else if (adw_combo_row_get_selected (self->order_row) == 1)
    {
      derivation->kind = KOBRA_DERIVE_SURNAMES_FIRST;
    }
  return derivation;
}

/* Copied: results are buffers that the next row writes over. */
static char *
join_results (KobraBuffer *results,
              guint        n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " | " : "", results[i].length > 0 ? results[i].bytes : "—");
  return g_string_free (text, FALSE);
}

static gboolean
show_preview (KobraDerivePage       *self,
              const KobraDerivation *derivation,
              guint                  row,
              guint                  at)
{
  const char      *texts[KOBRA_DERIVE_MAX_COLUMNS];
  KobraBuffer      results[KOBRA_DERIVE_MAX_RESULTS];
  guint            fields[KOBRA_DERIVE_MAX_RESULTS];
  guint            n = kobra_derivation_get_fields (derivation, fields);
  g_autofree char *before = NULL, *after = NULL, *shown_before = NULL, *shown_after = NULL;

  for (guint i = 0; i < derivation->n_columns; i++)
    texts[i] = kobra_table_get_text (self->table, row, derivation->columns[i]);
  if (derivation->n_columns > 0 && kobra_text_is_blank (texts[0]))
    return FALSE;
  for (guint i = 0; i < KOBRA_DERIVE_MAX_RESULTS; i++)
    kobra_buffer_init (&results[i], 1 << 16);
  kobra_derivation_run (derivation, texts, results);
  after = join_results (results, n);
  for (guint i = 0; i < KOBRA_DERIVE_MAX_RESULTS; i++)
    kobra_buffer_clear (&results[i]);
  before = derivation->n_columns > 1 ? g_strjoin (" + ", texts[0], texts[1], NULL) : g_strdup (derivation->n_columns > 0 ? texts[0] : "");
  shown_before = kobra_text_visible (before, MAX_SHOWN);
  shown_after = kobra_text_visible (after, MAX_SHOWN);
  adw_preferences_row_set_title (g_ptr_array_index (self->previews, at), shown_after);
  adw_action_row_set_subtitle (g_ptr_array_index (self->previews, at), shown_before);
  return TRUE;
}

static void
update (KobraDerivePage *self)
{
  g_autoptr (KobraDerivation) derivation = NULL;
  guint n_shown = 0;

  if (self->previews->len == 0)
    return;
  derivation = make_derivation (self);
  for (guint row = 0; row < MIN (kobra_table_get_n_rows (self->table), MAX_LOOKED_AT) && n_shown < (derivation->n_columns > 0 ? N_PREVIEWS : 1); row++)
    n_shown += show_preview (self, derivation, row, n_shown);
  for (guint i = 0; i < N_PREVIEWS; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->previews, i), i < n_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->preview_group), n_shown > 0 && self->kind != KOBRA_DERIVE_CONSTANT);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), self->kind != KOBRA_DERIVE_CONSTANT || (derivation->text != NULL && *derivation->text != '\0'));
}

static void
changed_cb (KobraDerivePage *self)
{
  update (self);
}

static void
field_chosen_cb (KobraDerivePage *self)
{
  g_autoptr (GtkStringList) choices = NULL;
  const KobraField         *field;

  if (self->schema == NULL || self->kind != KOBRA_DERIVE_CONSTANT)
    return;
  field = get_field (self);
  choices = gtk_string_list_new (NULL);
  for (const KobraChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    gtk_string_list_take (choices, g_strdup_printf ("%s (%s)", _ (choice->label), choice->code));
  adw_combo_row_set_model (self->choice_row, G_LIST_MODEL (choices));
  gtk_widget_set_visible (GTK_WIDGET (self->choice_row), field->choices != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->text_row), field->choices == NULL);
  update (self);
}

static void
add_clicked_cb (KobraDerivePage *self)
{
  g_autoptr (KobraDerivation) derivation = make_derivation (self);

  g_signal_emit (self, signals[ADD], 0, derivation);
}

static void
kobra_derive_page_dispose (GObject *object)
{
  KobraDerivePage *self = KOBRA_DERIVE_PAGE (object);

  if (self->previews != NULL)
    g_ptr_array_set_size (self->previews, 0);
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_DERIVE_PAGE);

  G_OBJECT_CLASS (kobra_derive_page_parent_class)->dispose (object);
}

static void
kobra_derive_page_finalize (GObject *object)
{
  KobraDerivePage *self = KOBRA_DERIVE_PAGE (object);

  g_clear_object (&self->table);
  g_clear_pointer (&self->previews, g_ptr_array_unref);

  G_OBJECT_CLASS (kobra_derive_page_parent_class)->finalize (object);
}

static void
kobra_derive_page_class_init (KobraDerivePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_derive_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_derive_page_finalize;
  signals[ADD] = g_signal_new ("add", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-derive-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraDerivePage, add_button);
  gtk_widget_class_bind_template_child (widget_class, KobraDerivePage, field_row);
  gtk_widget_class_bind_template_child (widget_class, KobraDerivePage, choice_row);
  gtk_widget_class_bind_template_child (widget_class, KobraDerivePage, first_row);
  gtk_widget_class_bind_template_child (widget_class, KobraDerivePage, second_row);
  gtk_widget_class_bind_template_child (widget_class, KobraDerivePage, order_row);
  gtk_widget_class_bind_template_child (widget_class, KobraDerivePage, text_row);
  gtk_widget_class_bind_template_child (widget_class, KobraDerivePage, preview_group);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
kobra_derive_page_init (KobraDerivePage *self)
{
  self->previews = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_columns (KobraDerivePage *self,
             AdwComboRow     *row,
             guint            selected)
{
  g_autoptr (GtkStringList) columns = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  for (guint i = 0; i < kobra_table_get_n_columns (self->table); i++)
    {
      const char *header = kobra_table_get_header (self->table, i);

      gtk_string_list_take (columns, *header != '\0' ? kobra_text_visible (header, MAX_SHOWN) : g_strdup_printf (_ ("Column %u"), i + 1));
    }
  adw_combo_row_set_expression (row, expression);
  adw_combo_row_set_model (row, G_LIST_MODEL (columns));
  adw_combo_row_set_selected (row, MIN (selected, kobra_table_get_n_columns (self->table) - 1));
}

static void
set_fields (KobraDerivePage *self,
            int              field)
{
  g_autoptr (GtkStringList) fields = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  for (guint i = 0; i < self->schema->n_fields; i++)
    gtk_string_list_append (fields, _ (self->schema->fields[i].label));
  adw_combo_row_set_expression (self->field_row, expression);
  adw_combo_row_set_model (self->field_row, G_LIST_MODEL (fields));
  adw_combo_row_set_selected (self->field_row, field >= 0 ? (guint) field : 0);
}

KobraDerivePage *
kobra_derive_page_new (KobraTable        *table,
                       const KobraLayout *layout,
                       KobraDerive        kind,
                       int                field)
{
  static const char *const titles[] = {
    [KOBRA_DERIVE_CONSTANT] = N_("The Same for All"),
    [KOBRA_DERIVE_JOIN] = N_("Join Two Columns"),
    [KOBRA_DERIVE_NAMES_FIRST] = N_("Split Full Names"),
  };
  KobraDerivePage *self = g_object_new (KOBRA_TYPE_DERIVE_PAGE, "title", _ (titles[kind]), NULL);
  gboolean         is_constant = kind == KOBRA_DERIVE_CONSTANT, is_split = kind == KOBRA_DERIVE_NAMES_FIRST;
  int              column = kobra_layout_find_column (layout, is_split ? KOBRA_ACCOUNT_NAME : KOBRA_ACCOUNT_STREET);
  int              number = kobra_layout_find_column (layout, KOBRA_ACCOUNT_OUTDOOR_NUMBER);

  self->table = g_object_ref (table);
  self->kind = kind;
  set_columns (self, self->first_row, column >= 0 ? (guint) column : 0);
  set_columns (self, self->second_row, number >= 0 ? (guint) number : 1);
  self->schema = layout->schema;
  set_fields (self, field >= 0 || is_constant || is_split ? field : KOBRA_ACCOUNT_STREET);
  gtk_widget_set_visible (GTK_WIDGET (self->field_row), !is_split);
  gtk_widget_set_visible (GTK_WIDGET (self->choice_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->text_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->first_row), !is_constant);
  gtk_widget_set_visible (GTK_WIDGET (self->second_row), kind == KOBRA_DERIVE_JOIN);
  gtk_widget_set_visible (GTK_WIDGET (self->order_row), is_split);
  for (guint i = 0; i < N_PREVIEWS; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_group_add (self->preview_group, row);
      g_ptr_array_add (self->previews, row);
    }
  field_chosen_cb (self);
  update (self);
  return self;
}
