/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-problem-row.h"

#include <glib/gi18n.h>

#include "kobra-import-remedy.h"

#include "kobra-banned.h"

struct _KobraProblemRow
{
  AdwActionRow     parent_instance;

  GtkImage        *icon;
  GtkLabel        *count;
  GtkButton       *fix_button;
  GtkMenuButton   *about;
  GtkPopover      *popover;
  GtkLabel        *about_title;
  GtkLabel        *explanation;
  GtkButton       *ignore_button;

  KobraProblemCode code;
  guint            place;
  gboolean         ignored;
};

G_DEFINE_FINAL_TYPE (KobraProblemRow, kobra_problem_row, ADW_TYPE_ACTION_ROW)

enum
{
  IGNORE,
  FIX,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
ignore_clicked_cb (KobraProblemRow *self)
{
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[IGNORE], 0);
}

static void
fix_clicked_cb (KobraProblemRow *self)
{
  g_signal_emit (self, signals[FIX], 0);
}

static void
kobra_problem_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_PROBLEM_ROW);

  G_OBJECT_CLASS (kobra_problem_row_parent_class)->dispose (object);
}

static void
kobra_problem_row_class_init (KobraProblemRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_problem_row_dispose;

  signals[FIX] = g_signal_new ("fix", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[IGNORE] = g_signal_new ("ignore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-problem-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraProblemRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemRow, count);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemRow, fix_button);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemRow, about);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemRow, popover);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemRow, about_title);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemRow, explanation);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemRow, ignore_button);
  gtk_widget_class_bind_template_callback (widget_class, fix_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, ignore_clicked_cb);
}

static void
kobra_problem_row_init (KobraProblemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kobra_problem_row_new (KobraProblemCode  code,
                       const KobraField *field,
                       guint             place,
                       GtkSizeGroup     *counts)
{
  KobraProblemRow *self = g_object_new (KOBRA_TYPE_PROBLEM_ROW, NULL);
  gboolean         is_error = kobra_problem_get_severity (code) == KOBRA_SEVERITY_ERROR;
  const char      *style = is_error ? "error" : "warning";

  self->code = code;
  self->place = place;
  self->ignored = field == NULL;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), kobra_problem_get_title (code));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), field != NULL ? _ (field->label) : _ ("Not looked for"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), !self->ignored);
  gtk_image_set_from_icon_name (self->icon, is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), self->ignored ? "dimmed" : style);
  gtk_label_set_label (self->about_title, kobra_problem_get_title (code));
  gtk_label_set_label (self->explanation, kobra_problem_get_explanation (code));
  gtk_widget_set_visible (GTK_WIDGET (self->count), !self->ignored);
  gtk_size_group_add_widget (counts, GTK_WIDGET (self->count));
  gtk_widget_set_visible (GTK_WIDGET (self->fix_button), field != NULL && kobra_remedy_exists (code, field));
  gtk_widget_set_visible (GTK_WIDGET (self->ignore_button), !is_error);
  gtk_button_set_label (self->ignore_button, self->ignored ? _ ("_Look for It Again") : _ ("_Ignore This Warning"));
  return GTK_WIDGET (self);
}

KobraProblemCode
kobra_problem_row_get_code (KobraProblemRow *self)
{
  g_return_val_if_fail (KOBRA_IS_PROBLEM_ROW (self), KOBRA_PROBLEM_NONE);

  return self->code;
}

guint
kobra_problem_row_get_place (KobraProblemRow *self)
{
  g_return_val_if_fail (KOBRA_IS_PROBLEM_ROW (self), 0);

  return self->place;
}

void
kobra_problem_row_set_count (KobraProblemRow *self,
                             guint            count)
{
  g_autofree char *text = g_strdup_printf ("%'u", count);

  g_return_if_fail (KOBRA_IS_PROBLEM_ROW (self));

  gtk_label_set_label (self->count, text);
}
