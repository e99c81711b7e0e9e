/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-form-group.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

struct _KobraFormGroup
{
  GtkBox      parent_instance;

  GtkButton  *header;
  GtkImage   *arrow;
  GtkLabel   *title;
  GtkLabel   *problems;
  GtkLabel   *filled;
  GtkListBox *rows;

  char       *name;
  GPtrArray  *fields; /* KobraFieldRow, borrowed from the list */
  gboolean    expanded;
  gboolean    searching;
};

G_DEFINE_FINAL_TYPE (KobraFormGroup, kobra_form_group, GTK_TYPE_BOX)

typedef enum
{
  PROP_EXPANDED = 1
} KobraFormGroupProperty;

static GParamSpec *props[PROP_EXPANDED + 1];

static void
show_rows (KobraFormGroup *self)
{
  gboolean open = self->expanded || self->searching;

  gtk_widget_set_visible (GTK_WIDGET (self->rows), open);
  gtk_image_set_from_icon_name (self->arrow, open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

static void
header_clicked_cb (KobraFormGroup *self)
{
  kobra_form_group_set_expanded (self, !self->expanded);
}

static void
kobra_form_group_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch ((KobraFormGroupProperty) id)
    {
    case PROP_EXPANDED:
      g_value_set_boolean (value, KOBRA_FORM_GROUP (object)->expanded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_form_group_dispose (GObject *object)
{
  KobraFormGroup *self = KOBRA_FORM_GROUP (object);

  g_ptr_array_set_size (self->fields, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_FORM_GROUP);

  G_OBJECT_CLASS (kobra_form_group_parent_class)->dispose (object);
}

static void
kobra_form_group_finalize (GObject *object)
{
  KobraFormGroup *self = KOBRA_FORM_GROUP (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (kobra_form_group_parent_class)->finalize (object);
}

static void
kobra_form_group_class_init (KobraFormGroupClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kobra_form_group_get_property;
  object_class->dispose = kobra_form_group_dispose;
  object_class->finalize = kobra_form_group_finalize;

  props[PROP_EXPANDED] = g_param_spec_boolean ("expanded", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-form-group.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraFormGroup, header);
  gtk_widget_class_bind_template_child (widget_class, KobraFormGroup, arrow);
  gtk_widget_class_bind_template_child (widget_class, KobraFormGroup, title);
  gtk_widget_class_bind_template_child (widget_class, KobraFormGroup, problems);
  gtk_widget_class_bind_template_child (widget_class, KobraFormGroup, filled);
  gtk_widget_class_bind_template_child (widget_class, KobraFormGroup, rows);
  gtk_widget_class_bind_template_callback (widget_class, header_clicked_cb);
}

static void
kobra_form_group_init (KobraFormGroup *self)
{
  self->fields = g_ptr_array_new ();
  self->expanded = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kobra_form_group_new (const char *name,
                      const char *title)
{
  KobraFormGroup *self = g_object_new (KOBRA_TYPE_FORM_GROUP, NULL);

  self->name = g_strdup (name);
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  show_rows (self);
  return GTK_WIDGET (self);
}

const char *
kobra_form_group_get_name (KobraFormGroup *self)
{
  g_return_val_if_fail (KOBRA_IS_FORM_GROUP (self), NULL);

  return self->name;
}

void
kobra_form_group_add (KobraFormGroup *self,
                      KobraFieldRow  *row)
{
  g_return_if_fail (KOBRA_IS_FORM_GROUP (self));

  g_ptr_array_add (self->fields, row);
  gtk_list_box_append (self->rows, GTK_WIDGET (row));
}

gboolean
kobra_form_group_get_expanded (KobraFormGroup *self)
{
  g_return_val_if_fail (KOBRA_IS_FORM_GROUP (self), FALSE);

  return self->expanded;
}

void
kobra_form_group_set_expanded (KobraFormGroup *self,
                               gboolean        expanded)
{
  g_return_if_fail (KOBRA_IS_FORM_GROUP (self));

  if (self->expanded == expanded)
    return;
  self->expanded = expanded;
  show_rows (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EXPANDED]);
}

void
kobra_form_group_set_searching (KobraFormGroup *self,
                                gboolean        searching)
{
  g_return_if_fail (KOBRA_IS_FORM_GROUP (self));

  if (self->searching == searching)
    return;
  self->searching = searching;
  show_rows (self);
}

void
kobra_form_group_update (KobraFormGroup *self)
{
  guint            n_filled = 0, n_problems = 0, n_visible = 0;
  g_autofree char *filled = NULL, *problems = NULL;

  g_return_if_fail (KOBRA_IS_FORM_GROUP (self));

  for (guint i = 0; i < self->fields->len; i++)
    {
      KobraFieldRow *row = g_ptr_array_index (self->fields, i);

      n_filled += kobra_field_row_is_filled (row);
      n_problems += kobra_field_row_has_problem (row);
      n_visible += gtk_widget_get_visible (GTK_WIDGET (row));
    }
  /* TRANSLATORS: how many fields of a group are filled, and how many there are */
  filled = g_strdup_printf (_ ("%u of %u"), n_filled, self->fields->len);
  problems = g_strdup_printf (ngettext ("%u problem", "%u problems", n_problems), n_problems);
  gtk_label_set_label (self->filled, filled);
  gtk_label_set_label (self->problems, problems);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), n_problems > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), n_visible > 0);
}
