/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-values-dialog.h"

#include <glib/gi18n.h>

#include "kobra-needle.h"
#include "kobra-text.h"
#include "kobra-view.h"

#include "kobra-banned.h"

/* More to choose from would help nobody; the rarest are left out, and it is said. */
#define MAX_VALUES 1000u
#define MAX_SHOWN 80

/* A value in the list. */
#define KOBRA_TYPE_VALUE_ITEM (kobra_value_item_get_type ())
G_DECLARE_FINAL_TYPE (KobraValueItem, kobra_value_item, KOBRA, VALUE_ITEM, GObject)

struct _KobraValueItem
{
  GObject  parent_instance;

  char    *text;
  guint    n;
  gboolean is_chosen;
};

G_DEFINE_FINAL_TYPE (KobraValueItem, kobra_value_item, G_TYPE_OBJECT)

struct _KobraValuesDialog
{
  AdwDialog       parent_instance;

  GtkSearchEntry *search;
  GtkStack       *pages;
  GtkListView    *list;
  GtkLabel       *rest_label;

  KobraTable     *table;
  guint           column;
  char          **chosen;   /* before, or NULL: all */
  GListStore     *items;
  GtkFilter      *filter;
  KobraNeedle    *needle;   /* of the search, or NULL */
  GCancellable   *counting;
};

G_DEFINE_FINAL_TYPE (KobraValuesDialog, kobra_values_dialog, ADW_TYPE_DIALOG)

static guint chosen_signal;

static void
kobra_value_item_finalize (GObject *object)
{
  g_free (KOBRA_VALUE_ITEM (object)->text);

  G_OBJECT_CLASS (kobra_value_item_parent_class)->finalize (object);
}

static void
kobra_value_item_class_init (KobraValueItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kobra_value_item_finalize;
}

static void
kobra_value_item_init (KobraValueItem *self)
{
}

static gboolean
is_listed (gpointer object,
           gpointer data)
{
  KobraValuesDialog *self = data;

  return self->needle == NULL || kobra_needle_is_in (self->needle, KOBRA_VALUE_ITEM (object)->text);
}

static void
search_changed_cb (KobraValuesDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->needle, kobra_needle_free);
  if (*text != '\0')
    self->needle = kobra_needle_new (text, KOBRA_NEEDLE_LOOSE);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
update (KobraValuesDialog *self)
{
  gboolean is_any = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)) && !is_any; i++)
    {
      g_autoptr (KobraValueItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      is_any = item->is_chosen;
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "values.show", is_any);
}

static void
toggled_cb (GtkCheckButton *check,
            GtkListItem    *list_item)
{
  KobraValueItem    *item = gtk_list_item_get_item (list_item);
  KobraValuesDialog *self = KOBRA_VALUES_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (check), KOBRA_TYPE_VALUES_DIALOG));

  if (item == NULL)
    return;
  item->is_chosen = gtk_check_button_get_active (check);
  if (self != NULL)
    update (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_list_item_set_child (list_item, check);
  gtk_list_item_set_focusable (list_item, FALSE);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), list_item);
}

static void
bind_cb (KobraValuesDialog        *self,
         GtkListItem              *list_item,
         GtkSignalListItemFactory *factory)
{
  KobraValueItem  *item = gtk_list_item_get_item (list_item);
  GtkCheckButton  *check = GTK_CHECK_BUTTON (gtk_list_item_get_child (list_item));
  g_autofree char *text = kobra_text_visible (item->text, MAX_SHOWN);
  g_autofree char *label = NULL;

  /* TRANSLATORS: a text, and how many records have it */
  label = g_strdup_printf (_ ("%s (%'u)"), *text != '\0' ? text : _ ("(empty)"), item->n);
  gtk_label_set_label (GTK_LABEL (gtk_check_button_get_child (check)), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_handlers_block_by_func (check, toggled_cb, list_item);
  gtk_check_button_set_active (check, item->is_chosen);
  g_signal_handlers_unblock_by_func (check, toggled_cb, list_item);
}

static void
choose_listed (KobraValuesDialog *self,
               gboolean           is_chosen)
{
  GListModel *listed = G_LIST_MODEL (gtk_list_view_get_model (self->list));
  guint       n = g_list_model_get_n_items (listed);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KobraValueItem) item = g_list_model_get_item (listed, i);

      item->is_chosen = is_chosen;
    }
  /* The rows are bound anew. */
  g_list_model_items_changed (G_LIST_MODEL (self->items), 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                              g_list_model_get_n_items (G_LIST_MODEL (self->items)));
  update (self);
}

static void
choose_all_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  choose_listed (KOBRA_VALUES_DIALOG (widget), g_str_equal (name, "values.all"));
}

static void
show_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  KobraValuesDialog       *self = KOBRA_VALUES_DIALOG (widget);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           values = NULL;
  guint                    n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KobraValueItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (item->is_chosen)
        g_strv_builder_add (builder, item->text);
    }
  values = g_strv_builder_end (builder);
  /* All of all there are: nothing is filtered, nor is what comes later. */
  if (g_strv_length (values) == n && n < MAX_VALUES)
    g_clear_pointer (&values, g_strfreev);
  g_signal_emit (self, chosen_signal, 0, self->column, values);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KobraValuesDialog) self = data;
  g_autoptr (GArray)            values = kobra_view_count_values_finish (result, NULL);
  g_autofree char              *rest = NULL;

  if (values == NULL || g_cancellable_is_cancelled (self->counting))
    return;
  for (guint i = 0; i < values->len; i++)
    {
      const KobraViewValue      *value = &g_array_index (values, KobraViewValue, i);
      g_autoptr (KobraValueItem) item = g_object_new (KOBRA_TYPE_VALUE_ITEM, NULL);

      item->text = g_strdup (value->text);
      item->n = value->n;
      item->is_chosen = self->chosen == NULL || g_strv_contains ((const char *const *) self->chosen, value->text);
      g_list_store_append (self->items, item);
    }
  rest = g_strdup_printf (_ ("There are more than %'u values: the most frequent are listed."), MAX_VALUES);
  gtk_label_set_label (self->rest_label, rest);
  gtk_widget_set_visible (GTK_WIDGET (self->rest_label), values->len == MAX_VALUES);
  gtk_stack_set_visible_child_name (self->pages, "values");
  update (self);
}

static void
kobra_values_dialog_dispose (GObject *object)
{
  KobraValuesDialog *self = KOBRA_VALUES_DIALOG (object);

  g_cancellable_cancel (self->counting);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_VALUES_DIALOG);

  G_OBJECT_CLASS (kobra_values_dialog_parent_class)->dispose (object);
}

static void
kobra_values_dialog_finalize (GObject *object)
{
  KobraValuesDialog *self = KOBRA_VALUES_DIALOG (object);

  g_clear_object (&self->counting);
  g_clear_object (&self->table);
  g_clear_object (&self->items);
  g_clear_pointer (&self->needle, kobra_needle_free);
  g_strfreev (self->chosen);

  G_OBJECT_CLASS (kobra_values_dialog_parent_class)->finalize (object);
}

static void
kobra_values_dialog_class_init (KobraValuesDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kobra_values_dialog_dispose;
  object_class->finalize = kobra_values_dialog_finalize;

  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRV);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-values-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraValuesDialog, search);
  gtk_widget_class_bind_template_child (widget_class, KobraValuesDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, KobraValuesDialog, list);
  gtk_widget_class_bind_template_child (widget_class, KobraValuesDialog, rest_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_install_action (widget_class, "values.all", NULL, choose_all_cb);
  gtk_widget_class_install_action (widget_class, "values.none", NULL, choose_all_cb);
  gtk_widget_class_install_action (widget_class, "values.show", NULL, show_cb);
}

static void
kobra_values_dialog_init (KobraValuesDialog *self)
{
  GtkFilterListModel *listed;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->counting = g_cancellable_new ();
  self->items = g_list_store_new (KOBRA_TYPE_VALUE_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_listed, self, NULL));
  listed = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), self->filter);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (listed))));
}

GtkWidget *
kobra_values_dialog_new (KobraTable        *table,
                         guint              column,
                         const char        *header,
                         const char *const *chosen)
{
  KobraValuesDialog *self = g_object_new (KOBRA_TYPE_VALUES_DIALOG, NULL);

  self->table = g_object_ref (table);
  self->column = column;
  self->chosen = g_strdupv ((char **) chosen);
  adw_dialog_set_title (ADW_DIALOG (self), header);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "values.show", FALSE);
  kobra_view_count_values_async (table, column, MAX_VALUES, self->counting, counted_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
