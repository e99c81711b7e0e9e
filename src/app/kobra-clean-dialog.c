/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-clean-dialog.h"

#include <glib/gi18n.h>

#include "kobra-import-clean.h"

#include "kobra-banned.h"

#define MAX_SHOWN 32

struct _KobraCleanDialog
{
  AdwDialog     parent_instance;

  GtkButton    *apply_button;
  AdwBanner    *error_banner;
  GtkStack     *stack;
  GtkBox       *groups;

  KobraImport  *import;
  GPtrArray    *offers;   /* KobraOffer, or NULL */
  GPtrArray    *rows;     /* AdwSwitchRow, borrowed, by offer */
  GCancellable *alive;
};

G_DEFINE_FINAL_TYPE (KobraCleanDialog, kobra_clean_dialog, ADW_TYPE_DIALOG)

enum
{
  APPLIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const KobraOffer *
get_offer (KobraCleanDialog *self,
           guint             at)
{
  return g_ptr_array_index (self->offers, at);
}

static gboolean
is_chosen (KobraCleanDialog *self,
           guint             at)
{
  return adw_switch_row_get_active (g_ptr_array_index (self->rows, at));
}

static void
update (KobraCleanDialog *self)
{
  guint            n = 0;
  g_autofree char *label = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    n += is_chosen (self, i) ? get_offer (self, i)->n_cells : 0;
  label = g_strdup_printf (_ ("Clean _Up %'u"), n);
  gtk_button_set_label (self->apply_button, n > 0 ? label : _ ("Clean _Up"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), n > 0);
}

/* A date has its day first or its month, not both. */
static void
switched_cb (KobraCleanDialog *self,
             GParamSpec       *property,
             AdwSwitchRow     *row)
{
  guint at = 0;

  if (adw_switch_row_get_active (row) && g_ptr_array_find (self->rows, row, &at))
    for (guint i = 0; i < self->rows->len; i++)
      if (get_offer (self, i)->field == get_offer (self, at)->field && (kobra_fix_get_rivals (get_offer (self, at)->fix) & KOBRA_FIX_BIT (get_offer (self, i)->fix)) != 0)
        adw_switch_row_set_active (g_ptr_array_index (self->rows, i), FALSE);
  update (self);
}

/* "12 cells: (55) 1234-5678 → 5512345678" and the like, a line each. */
static char *
dup_samples (const KobraOffer *offer)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%'u cell", "%'u cells", offer->n_cells), offer->n_cells);
  for (guint i = 0; i < offer->n_samples; i++)
    {
      g_autofree char *change = kobra_clean_dup_change (offer->before[i], offer->after[i], MAX_SHOWN);

      g_string_append_printf (text, "\n%s", change);
    }
  return g_string_free (text, FALSE);
}

static GtkWidget *
make_row (KobraCleanDialog *self,
          const KobraOffer *offer)
{
  GtkWidget       *row = adw_switch_row_new ();
  g_autofree char *samples = dup_samples (offer);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kobra_fix_get_label (offer->fix));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), samples);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), kobra_fix_is_safe (offer->fix));
  g_signal_connect_object (row, "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
show_offers (KobraCleanDialog *self)
{
  const KobraSchema *schema = kobra_import_get_schema (self->import);
  GtkWidget         *group = NULL;

  for (guint i = 0; i < self->offers->len; i++)
    {
      const KobraOffer *offer = get_offer (self, i);
      GtkWidget        *row = make_row (self, offer);

      if (i == 0 || get_offer (self, i - 1)->field != offer->field)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (schema->fields[offer->field].label));
          gtk_box_append (self->groups, group);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_stack_set_visible_child_name (self->stack, self->offers->len > 0 ? "offers" : "nothing");
  update (self);
  if (self->offers->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->apply_button));
}

static void
show_error (KobraCleanDialog *self,
            const GError     *error)
{
  adw_banner_set_title (self->error_banner, error->message);
  adw_banner_set_revealed (self->error_banner, TRUE);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KobraCleanDialog) self = data;
  g_autoptr (GError)           error = NULL;
  g_autoptr (GPtrArray)        offers = kobra_import_find_offers_finish (KOBRA_IMPORT (source), result, &error);

  if (g_cancellable_is_cancelled (self->alive))
    return;
  if (offers == NULL)
    {
      show_error (self, error);
      return;
    }
  self->offers = g_steal_pointer (&offers);
  show_offers (self);
}

static void
cleaned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KobraCleanDialog) self = data;
  g_autoptr (GError)           error = NULL;
  guint                        n_cells;
  gboolean                     done = kobra_import_clean_finish (KOBRA_IMPORT (source), result, &n_cells, &error);

  if (g_cancellable_is_cancelled (self->alive))
    return;
  if (!done)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), TRUE);
      show_error (self, error);
      return;
    }
  g_signal_emit (self, signals[APPLIED], 0, n_cells);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
apply_clicked_cb (KobraCleanDialog *self)
{
  KobraFixes fixes[KOBRA_MAX_FIELDS] = { 0 };

  for (guint i = 0; i < self->rows->len; i++)
    if (is_chosen (self, i))
      fixes[get_offer (self, i)->field] |= KOBRA_FIX_BIT (get_offer (self, i)->fix);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), FALSE);
  adw_banner_set_revealed (self->error_banner, FALSE);
  /* TRANSLATORS: what undo takes back, in "Undo clean-up" */
  kobra_import_clean_async (self->import, _ ("Clean-Up"), fixes, self->alive, cleaned_cb, g_object_ref (self));
}

static void
cancel_clicked_cb (KobraCleanDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
kobra_clean_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (KOBRA_CLEAN_DIALOG (dialog)->alive);
}

static void
kobra_clean_dialog_dispose (GObject *object)
{
  g_cancellable_cancel (KOBRA_CLEAN_DIALOG (object)->alive);
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_CLEAN_DIALOG);

  G_OBJECT_CLASS (kobra_clean_dialog_parent_class)->dispose (object);
}

static void
kobra_clean_dialog_finalize (GObject *object)
{
  KobraCleanDialog *self = KOBRA_CLEAN_DIALOG (object);

  g_clear_object (&self->import);
  g_clear_object (&self->alive);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (kobra_clean_dialog_parent_class)->finalize (object);
}

static void
kobra_clean_dialog_class_init (KobraCleanDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_clean_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_clean_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = kobra_clean_dialog_closed;
  signals[APPLIED] = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-clean-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraCleanDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, KobraCleanDialog, error_banner);
  gtk_widget_class_bind_template_child (widget_class, KobraCleanDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, KobraCleanDialog, groups);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked_cb);
}

static void
kobra_clean_dialog_init (KobraCleanDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->alive = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

KobraCleanDialog *
kobra_clean_dialog_new (KobraImport *import)
{
  KobraCleanDialog *self = g_object_new (KOBRA_TYPE_CLEAN_DIALOG, NULL);

  self->import = g_object_ref (import);
  kobra_import_find_offers_async (import, self->alive, found_cb, g_object_ref (self));
  return self;
}
