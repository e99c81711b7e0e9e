/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-results-dialog.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* So many different reasons are listed; the rest are in the sheet and in the saved results. */
#define MAX_REASONS 50

struct _KobraResultsDialog
{
  AdwDialog parent_instance;

  GtkLabel            *headline;
  GtkLabel            *server;
  GtkLabel            *accepted_count;
  GtkLabel            *rejected_count;
  GtkLabel            *not_sent_count;
  GtkLabel            *unknown_count;
  AdwActionRow        *rejected_row;
  AdwActionRow        *not_sent_row;
  AdwActionRow        *unknown_row;
  AdwPreferencesGroup *reasons_group;
};

G_DEFINE_FINAL_TYPE (KobraResultsDialog, kobra_results_dialog, ADW_TYPE_DIALOG)

enum
{
  SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
save_clicked_cb (KobraResultsDialog *self)
{
  g_object_ref (self);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SAVE], 0);
  g_object_unref (self);
}

/* The question where to is on its way. */
static void
send_again_clicked_cb (KobraResultsDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
kobra_results_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_RESULTS_DIALOG);

  G_OBJECT_CLASS (kobra_results_dialog_parent_class)->dispose (object);
}

static void
kobra_results_dialog_class_init (KobraResultsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_results_dialog_dispose;
  signals[SAVE] = g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-results-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraResultsDialog, headline);
  gtk_widget_class_bind_template_child (widget_class, KobraResultsDialog, server);
  gtk_widget_class_bind_template_child (widget_class, KobraResultsDialog, accepted_count);
  gtk_widget_class_bind_template_child (widget_class, KobraResultsDialog, rejected_count);
  gtk_widget_class_bind_template_child (widget_class, KobraResultsDialog, not_sent_count);
  gtk_widget_class_bind_template_child (widget_class, KobraResultsDialog, unknown_count);
  gtk_widget_class_bind_template_child (widget_class, KobraResultsDialog, rejected_row);
  gtk_widget_class_bind_template_child (widget_class, KobraResultsDialog, not_sent_row);
  gtk_widget_class_bind_template_child (widget_class, KobraResultsDialog, unknown_row);
  gtk_widget_class_bind_template_child (widget_class, KobraResultsDialog, reasons_group);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_again_clicked_cb);
}

static void
kobra_results_dialog_init (KobraResultsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_count (GtkLabel  *label,
            GtkWidget *row,
            guint      n)
{
  g_autofree char *text = g_strdup_printf ("%'u", n);

  gtk_label_set_label (label, text);
  if (row != NULL)
    gtk_widget_set_visible (row, n > 0);
}

/* A reason leads to its record in the sheet. */
static void
add_reason (KobraResultsDialog *self,
            const KobraRow     *record,
            const char         *words)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *button = gtk_button_new_from_icon_name ("go-next-symbolic");
  g_autofree char *where = record->line > 0 ? g_strdup_printf (_ ("Line %u"), record->line) : g_strdup (_ ("A new record"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), where);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go-to-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", record->id);
  gtk_widget_set_tooltip_text (button, _ ("Show in the Sheet"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->reasons_group, row);
}

static void
list_reasons (KobraResultsDialog *self,
              KobraImport        *import)
{
  KobraTable *table = kobra_import_get_table (import);
  guint       n = 0;

  for (guint row = 0; row < kobra_table_get_n_rows (table) && n < MAX_REASONS; row++)
    {
      g_autofree char *words = NULL;

      if (kobra_import_get_result (import, row) != KOBRA_RESULT_REJECTED)
        continue;
      words = kobra_import_dup_result_words (import, row);
      add_reason (self, kobra_table_peek_row (table, row), words != NULL ? words : _ ("The server gave no reason."));
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->reasons_group), n > 0);
}

KobraResultsDialog *
kobra_results_dialog_new (KobraImport *import,
                          const char  *server)
{
  KobraResultsDialog *self = g_object_new (KOBRA_TYPE_RESULTS_DIALOG, NULL);
  KobraImportCounts   counts;
  g_autofree char    *headline = NULL, *where = NULL;

  kobra_import_get_counts (import, &counts);
  if (counts.accepted == counts.records)
    headline = g_strdup_printf (ngettext ("The record was accepted", "All %'u records were accepted", counts.records), counts.records);
  else
    headline = g_strdup_printf (ngettext ("%'u record of %'u was accepted", "%'u records of %'u were accepted", counts.accepted), counts.accepted, counts.records);
  /* TRANSLATORS: the host that records were sent to */
  where = g_strdup_printf (_ ("Sent to %s"), server != NULL ? server : "");
  gtk_label_set_label (self->headline, headline);
  gtk_label_set_label (self->server, where);
  gtk_widget_set_visible (GTK_WIDGET (self->server), server != NULL);
  show_count (self->accepted_count, NULL, counts.accepted);
  show_count (self->rejected_count, GTK_WIDGET (self->rejected_row), counts.rejected);
  show_count (self->not_sent_count, GTK_WIDGET (self->not_sent_row), counts.not_sent);
  show_count (self->unknown_count, GTK_WIDGET (self->unknown_row), counts.unknown);
  list_reasons (self, import);
  return self;
}
