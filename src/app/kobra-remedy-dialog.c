/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-remedy-dialog.h"

#include <glib/gi18n.h>

#include "kobra-import-remedy.h"

#include "kobra-banned.h"

/* Of a cell's text, the preview shows so much. */
#define MAX_SHOWN 60

struct _KobraRemedyDialog
{
  AdwDialog            parent_instance;

  AdwWindowTitle      *heading;
  GtkButton           *apply_button;
  AdwBanner           *error_banner;
  GtkStack            *stack;
  GtkButton           *show_button;
  GtkLabel            *summary;
  AdwPreferencesGroup *ways_group;
  AdwComboRow         *ways;
  AdwPreferencesGroup *preview_group;
  GtkListBox          *preview;

  KobraImport         *import;
  KobraProblemCode     code;
  guint                field;
  KobraRemedy         *remedy; /* once it is found */
  GCancellable        *alive;
};

G_DEFINE_FINAL_TYPE (KobraRemedyDialog, kobra_remedy_dialog, ADW_TYPE_DIALOG)

enum
{
  APPLIED,
  SHOW_PROBLEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The way that is chosen; NULL: there is none. */
static const KobraRemedyWay *
get_way (KobraRemedyDialog *self)
{
  guint at = adw_combo_row_get_selected (self->ways);

  if (self->remedy == NULL || self->remedy->n_ways == 0)
    return NULL;
  return &self->remedy->ways[at < self->remedy->n_ways ? at : 0];
}

static GtkWidget *
make_row (const KobraRemedySample *sample)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *change = kobra_clean_dup_change (sample->before, sample->after, MAX_SHOWN);
  g_autofree char *line = sample->line > 0 ? g_strdup_printf (_ ("Line %u"), sample->line) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), change);
  if (line != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line);
  return row;
}

static char *
dup_summary (KobraRemedyDialog    *self,
             const KobraRemedyWay *way)
{
  guint            n_left = self->remedy->n_records - way->n_records;
  g_autofree char *mended = g_strdup_printf (ngettext ("%'u record can be fixed, as one step that can be undone.", "%'u records can be fixed, as one step that can be undone.", way->n_records), way->n_records);
  g_autofree char *left = g_strdup_printf (ngettext ("%'u more needs a person and stays as it is.", "%'u more need a person and stay as they are.", n_left), n_left);

  return n_left > 0 ? g_strdup_printf ("%s %s", mended, left) : g_steal_pointer (&mended);
}

static void
show_way (KobraRemedyDialog *self)
{
  const KobraRemedyWay *way = get_way (self);
  g_autofree char      *summary = NULL, *label = NULL;

  gtk_list_box_remove_all (self->preview);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), way != NULL && way->n_records > 0);
  if (way == NULL)
    return;
  summary = dup_summary (self, way);
  gtk_label_set_label (self->summary, summary);
  /* TRANSLATORS: on a button: fixes so many records */
  label = g_strdup_printf (_ ("_Fix %'u"), way->n_records);
  gtk_button_set_label (self->apply_button, way->n_records > 0 ? label : _ ("_Fix"));
  for (guint i = 0; i < way->n_samples; i++)
    gtk_list_box_append (self->preview, make_row (&way->samples[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->preview_group), way->n_samples > 0);
  adw_preferences_group_set_description (self->preview_group, way->n_samples < KOBRA_REMEDY_SAMPLES ? NULL : _ ("The first texts that differ. All others are treated alike."));
}

static void
way_chosen_cb (KobraRemedyDialog *self)
{
  if (self->remedy != NULL)
    show_way (self);
}

static void
show_remedy (KobraRemedyDialog *self)
{
  g_autoptr (GtkStringList) ways = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->remedy->n_ways; i++)
    gtk_string_list_append (ways, kobra_fix_get_label (self->remedy->ways[i].fix));
  adw_combo_row_set_model (self->ways, G_LIST_MODEL (ways));
  gtk_widget_set_visible (GTK_WIDGET (self->ways_group), self->remedy->n_ways > 1);
  gtk_stack_set_visible_child_name (self->stack, self->remedy->n_ways > 0 ? "preview" : "nothing");
  show_way (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->remedy->n_ways > 0 ? self->apply_button : self->show_button));
}

static void
show_error (KobraRemedyDialog *self,
            const GError      *error)
{
  adw_banner_set_title (self->error_banner, error->message);
  adw_banner_set_revealed (self->error_banner, TRUE);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KobraRemedyDialog) self = data;
  g_autoptr (GError)            error = NULL;
  g_autoptr (KobraRemedy)       remedy = kobra_import_find_remedy_finish (KOBRA_IMPORT (source), result, &error);

  if (g_cancellable_is_cancelled (self->alive))
    return;
  if (remedy == NULL)
    {
      show_error (self, error);
      return;
    }
  self->remedy = g_steal_pointer (&remedy);
  show_remedy (self);
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KobraRemedyDialog) self = data;
  g_autoptr (GError)            error = NULL;
  guint                         n_records;
  gboolean                      done = kobra_import_apply_remedy_finish (KOBRA_IMPORT (source), result, &n_records, &error);

  if (g_cancellable_is_cancelled (self->alive))
    return;
  if (!done)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), TRUE);
      show_error (self, error);
      return;
    }
  g_signal_emit (self, signals[APPLIED], 0, n_records);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
apply_clicked_cb (KobraRemedyDialog *self)
{
  const KobraRemedyWay *way = get_way (self);

  g_return_if_fail (way != NULL);

  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), FALSE);
  adw_banner_set_revealed (self->error_banner, FALSE);
  /* TRANSLATORS: what undo takes back, in "Undo fix" */
  kobra_import_apply_remedy_async (self->import, _ ("Fix"), self->code, self->field, way->fix, self->alive, applied_cb, g_object_ref (self));
}

static void
cancel_clicked_cb (KobraRemedyDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
show_clicked_cb (KobraRemedyDialog *self)
{
  g_signal_emit (self, signals[SHOW_PROBLEM], 0, (guint) self->code, self->field);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
kobra_remedy_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (KOBRA_REMEDY_DIALOG (dialog)->alive);
}

static void
kobra_remedy_dialog_dispose (GObject *object)
{
  g_cancellable_cancel (KOBRA_REMEDY_DIALOG (object)->alive);
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_REMEDY_DIALOG);

  G_OBJECT_CLASS (kobra_remedy_dialog_parent_class)->dispose (object);
}

static void
kobra_remedy_dialog_finalize (GObject *object)
{
  KobraRemedyDialog *self = KOBRA_REMEDY_DIALOG (object);

  g_clear_object (&self->import);
  g_clear_object (&self->alive);
  g_clear_pointer (&self->remedy, kobra_remedy_free);

  G_OBJECT_CLASS (kobra_remedy_dialog_parent_class)->finalize (object);
}

static void
kobra_remedy_dialog_class_init (KobraRemedyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_remedy_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_remedy_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = kobra_remedy_dialog_closed;
  signals[APPLIED] = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SHOW_PROBLEM] = g_signal_new ("show-problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-remedy-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraRemedyDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, KobraRemedyDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, KobraRemedyDialog, error_banner);
  gtk_widget_class_bind_template_child (widget_class, KobraRemedyDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, KobraRemedyDialog, show_button);
  gtk_widget_class_bind_template_child (widget_class, KobraRemedyDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, KobraRemedyDialog, ways_group);
  gtk_widget_class_bind_template_child (widget_class, KobraRemedyDialog, ways);
  gtk_widget_class_bind_template_child (widget_class, KobraRemedyDialog, preview_group);
  gtk_widget_class_bind_template_child (widget_class, KobraRemedyDialog, preview);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, way_chosen_cb);
}

static void
kobra_remedy_dialog_init (KobraRemedyDialog *self)
{
  self->alive = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

KobraRemedyDialog *
kobra_remedy_dialog_new (KobraImport     *import,
                         KobraProblemCode code,
                         guint            field)
{
  KobraRemedyDialog *self = g_object_new (KOBRA_TYPE_REMEDY_DIALOG, NULL);

  self->import = g_object_ref (import);
  self->code = code;
  self->field = field;
  adw_window_title_set_title (self->heading, kobra_problem_get_title (code));
  adw_window_title_set_subtitle (self->heading, _ (kobra_import_get_schema (import)->fields[field].label));
  kobra_import_find_remedy_async (import, code, field, self->alive, found_cb, g_object_ref (self));
  return self;
}
