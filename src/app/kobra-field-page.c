/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-field-page.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-text.h"

#include "kobra-banned.h"

struct _KobraFieldPage
{
  AdwNavigationPage  parent_instance;

  GtkSearchEntry    *search;
  GtkListBox        *list;

  const KobraSchema *schema;
  GPtrArray         *rows;    /* AdwActionRow, borrowed: of field i, then of no field */
  char             **haystacks; /* what is searched, by row; folded */
  char              *needle;  /* folded */
};

G_DEFINE_FINAL_TYPE (KobraFieldPage, kobra_field_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
find_row (KobraFieldPage *self,
          GtkListBoxRow  *row)
{
  guint at = 0;

  g_ptr_array_find (self->rows, row, &at);
  return at;
}

static void
choose (KobraFieldPage *self,
        GtkListBoxRow  *row)
{
  guint at = find_row (self, row);

  g_signal_emit (self, signals[CHOSEN], 0, at < self->schema->n_fields ? (int) at : -1);
}

static void
row_activated_cb (KobraFieldPage *self,
                  GtkListBoxRow  *row)
{
  choose (self, row);
}

static void
search_changed_cb (KobraFieldPage *self)
{
  g_free (self->needle);
  self->needle = kobra_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
}

/* Enter takes the first that is found. */
static void
search_activated_cb (KobraFieldPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_get_child_visible (g_ptr_array_index (self->rows, i)))
      {
        choose (self, g_ptr_array_index (self->rows, i));
        return;
      }
}

static gboolean
filter_row (GtkListBoxRow *row,
            gpointer       data)
{
  KobraFieldPage *self = data;

  return self->needle == NULL || *self->needle == '\0' || strstr (self->haystacks[find_row (self, row)], self->needle) != NULL;
}

static int
get_group (KobraFieldPage *self,
           GtkListBoxRow  *row)
{
  guint at = find_row (self, row);

  return at < self->schema->n_fields ? (int) self->schema->fields[at].group : -1;
}

static int
compare_rows (GtkListBoxRow *a,
              GtkListBoxRow *b,
              gpointer       data)
{
  KobraFieldPage *self = data;
  int             group_a = get_group (self, a), group_b = get_group (self, b);

  if (group_a != group_b)
    return group_a - group_b;
  return (int) find_row (self, a) - (int) find_row (self, b);
}

static void
set_header (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer       data)
{
  KobraFieldPage *self = data;
  int             group = get_group (self, row);
  GtkWidget      *label;

  gtk_list_box_row_set_header (row, NULL);
  if (group < 0 || (before != NULL && get_group (self, before) == group))
    return;
  label = gtk_label_new (_ (kobra_group_get_label ((KobraGroup) group)));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_header (row, label);
}

static void
kobra_field_page_dispose (GObject *object)
{
  KobraFieldPage *self = KOBRA_FIELD_PAGE (object);

  if (self->list != NULL)
    {
      gtk_list_box_set_filter_func (self->list, NULL, NULL, NULL);
      gtk_list_box_set_sort_func (self->list, NULL, NULL, NULL);
      gtk_list_box_set_header_func (self->list, NULL, NULL, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_FIELD_PAGE);

  G_OBJECT_CLASS (kobra_field_page_parent_class)->dispose (object);
}

static void
kobra_field_page_finalize (GObject *object)
{
  KobraFieldPage *self = KOBRA_FIELD_PAGE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->haystacks, g_strfreev);
  g_clear_pointer (&self->needle, g_free);

  G_OBJECT_CLASS (kobra_field_page_parent_class)->finalize (object);
}

static void
kobra_field_page_class_init (KobraFieldPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_field_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_field_page_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-field-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraFieldPage, search);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldPage, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
}

static void
kobra_field_page_init (KobraFieldPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}

static void
add_row (KobraFieldPage *self,
         const char     *title,
         const char     *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_ptr_array_add (self->rows, row);
}

static char *
describe (const KobraField  *field,
          const KobraLayout *layout,
          guint              at,
          const char *const *headers)
{
  int              column = kobra_layout_find_column (layout, at);
  g_autofree char *header = NULL;

  if (column < 0)
    return g_strdup (_ (field->description));
  header = kobra_text_visible (headers[column], 40);
  /* TRANSLATORS: a field's meaning, then the column that is this field now */
  return g_strdup_printf (_ ("%s Now: column %d, “%s”."), _ (field->description), column + 1, header);
}

KobraFieldPage *
kobra_field_page_new (const char        *title,
                      const KobraLayout *layout,
                      const char *const *headers,
                      gboolean           may_be_none)
{
  KobraFieldPage *self = g_object_new (KOBRA_TYPE_FIELD_PAGE, "title", title, NULL);

  self->schema = layout->schema;
  self->haystacks = g_new0 (char *, self->schema->n_fields + 2);
  for (guint i = 0; i < self->schema->n_fields; i++)
    {
      const KobraField *field = &self->schema->fields[i];
      g_autofree char  *about = describe (field, layout, i, headers);
      g_autofree char  *words = g_strjoin (" ", field->name, field->label, _ (field->label), _ (field->description), field->synonyms, NULL);

      add_row (self, _ (field->label), about);
      self->haystacks[i] = kobra_text_fold (words);
    }
  if (may_be_none)
    {
      add_row (self, _ ("Not Used"), _ ("The column is shown and never sent."));
      self->haystacks[self->schema->n_fields] = kobra_text_fold (_ ("Not Used"));
    }
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
  gtk_list_box_set_sort_func (self->list, compare_rows, self, NULL);
  gtk_list_box_set_header_func (self->list, set_header, self, NULL);
  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_append (self->list, g_ptr_array_index (self->rows, i));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  return self;
}
