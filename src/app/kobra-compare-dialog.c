/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-compare-dialog.h"

#include <glib/gi18n.h>

#include "kobra-compare.h"
#include "kobra-list-fill.h"

#include "kobra-banned.h"

struct _KobraCompareDialog
{
  AdwDialog            parent_instance;

  GtkStack            *pages;
  AdwStatusPage       *failed_page;
  AdwPreferencesGroup *group;
  GtkListBox          *list;

  GCancellable        *alive;
  gint64               earlier, later;
  KobraComparison     *comparison; /* or NULL: not yet */
};

G_DEFINE_FINAL_TYPE (KobraCompareDialog, kobra_compare_dialog, ADW_TYPE_DIALOG)

/* A KobraMakeRow. */
static GtkWidget *
make_row (guint    i,
          gpointer data)
{
  /* TRANSLATORS: of one record, when two imports are compared */
  static const char *const labels[KOBRA_N_DIFFERENCES] = { NC_("record", "New"), NC_("record", "Changed"), NC_("record", "Gone") };
  KobraComparison         *comparison = data;
  const KobraDifferent    *different = &g_array_index (comparison->list, KobraDifferent, i);
  GtkWidget               *row = adw_action_row_new ();
  const char              *label = g_dpgettext2 (NULL, "record", labels[different->difference]);
  g_autofree char         *subtitle = different->fields != NULL ? g_strdup_printf ("%s: %s", label, different->fields) : g_strdup (label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), different->key);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static char *
make_description (const KobraComparison *comparison)
{
  const guint n_all = comparison->counts[KOBRA_DIFFERENCE_NEW] + comparison->counts[KOBRA_DIFFERENCE_CHANGED] + comparison->counts[KOBRA_DIFFERENCE_GONE];
  g_autoptr (GString) text = g_string_new (comparison->later);

  g_string_append_c (text, '\n');
  for (guint i = 0; i < KOBRA_N_DIFFERENCES; i++)
    /* TRANSLATORS: how many records, and which: "New: 12 · " */
    g_string_append_printf (text, _ ("%s: %'u · "), kobra_difference_get_label ((KobraDifference) i), comparison->counts[i]);
  g_string_append_printf (text, _ ("the same: %'u"), comparison->n_same);
  if (n_all > comparison->list->len)
    g_string_append_printf (text, _ (" (the first %'u are listed)"), comparison->list->len);
  return g_markup_escape_text (text->str, (gssize) text->len);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KobraCompareDialog) self = data;
  g_autoptr (GError)             error = NULL;
  g_autoptr (KobraComparison)    comparison = kobra_imports_compare_finish (result, &error);
  g_autofree char               *description = NULL;

  if (g_cancellable_is_cancelled (self->alive))
    return;
  if (comparison == NULL)
    {
      description = g_markup_escape_text (error->message, -1);
      adw_status_page_set_description (self->failed_page, description);
      gtk_stack_set_visible_child_name (self->pages, "failed");
      return;
    }
  description = make_description (comparison);
  adw_preferences_group_set_description (self->group, description);
  self->comparison = g_steal_pointer (&comparison);
  kobra_list_fill (self->list, self->comparison->list->len, make_row, self->comparison);
  gtk_stack_set_visible_child_name (self->pages, self->comparison->list->len > 0 ? "list" : "same");
}

static void
journal_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (KobraCompareDialog) self = data;
  KobraJournal                  *journal = kobra_application_open_journal_finish (KOBRA_APPLICATION (source), result, NULL);

  if (journal != NULL && !g_cancellable_is_cancelled (self->alive))
    kobra_imports_compare_async (journal, self->earlier, self->later, self->alive, compared_cb, g_object_ref (self));
}

static void
kobra_compare_dialog_dispose (GObject *object)
{
  KobraCompareDialog *self = KOBRA_COMPARE_DIALOG (object);

  g_cancellable_cancel (self->alive);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_COMPARE_DIALOG);

  G_OBJECT_CLASS (kobra_compare_dialog_parent_class)->dispose (object);
}

static void
kobra_compare_dialog_finalize (GObject *object)
{
  KobraCompareDialog *self = KOBRA_COMPARE_DIALOG (object);

  g_clear_object (&self->alive);
  g_clear_pointer (&self->comparison, kobra_comparison_free);

  G_OBJECT_CLASS (kobra_compare_dialog_parent_class)->finalize (object);
}

static void
kobra_compare_dialog_class_init (KobraCompareDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kobra_compare_dialog_dispose;
  object_class->finalize = kobra_compare_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-compare-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraCompareDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, KobraCompareDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, KobraCompareDialog, group);
  gtk_widget_class_bind_template_child (widget_class, KobraCompareDialog, list);
}

static void
kobra_compare_dialog_init (KobraCompareDialog *self)
{
  self->alive = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kobra_compare_dialog_present (KobraApplication *application,
                              GtkWidget        *parent,
                              gint64            earlier,
                              gint64            later)
{
  KobraCompareDialog *self = g_object_new (KOBRA_TYPE_COMPARE_DIALOG, NULL);

  self->earlier = earlier;
  self->later = later;
  kobra_application_open_journal_async (application, self->alive, journal_opened_cb, g_object_ref (self));
  adw_dialog_present (ADW_DIALOG (self), parent);
}
