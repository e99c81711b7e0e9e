/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong where the cursor is, in words below the sheet: a tooltip is for who has a pointer and waits. */

#include <glib/gi18n.h>

#include "kobra-window-private.h"

#include "kobra-banned.h"

static const char *const mark_styles[] = {
  [KOBRA_SHEET_MARK_NONE] = NULL,
  [KOBRA_SHEET_MARK_WARNING] = "warning",
  [KOBRA_SHEET_MARK_ERROR] = "error",
};

/* The problem of the cell, or else what became of the record and why; NULL if there is nothing to say. */
static char *
dup_words (KobraWindow     *self,
           KobraSheetModel *model,
           guint            row,
           guint            column,
           const char     **style)
{
  char            *words = kobra_sheet_model_dup_mark_text (model, row, column);
  g_autofree char *reason = kobra_import_dup_result_words (self->import, kobra_sheet_adapter_get_table_row (KOBRA_SHEET_ADAPTER (model), row));

  *style = mark_styles[kobra_sheet_model_get_mark (model, row, column)];
  if (words != NULL || reason == NULL)
    return words;
  *style = kobra_sheet_model_get_row_style (model, row);
  return kobra_sheet_model_dup_row_status (model, row);
}

static void
update_words (KobraWindow *self)
{
  KobraSheetModel *model = kobra_sheet_get_model (self->sheet);
  int              row = kobra_sheet_get_cursor_row (self->sheet), column = kobra_sheet_get_cursor_column (self->sheet);
  const char      *style = NULL;
  g_autofree char *words = NULL;

  /* The record may be gone, and the sheet be told of it next. */
  if (model != NULL && row >= 0 && column >= 0 && (guint) row < kobra_sheet_model_get_n_rows (model))
    words = dup_words (self, model, (guint) row, (guint) column, &style);
  gtk_label_set_label (self->words_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words_label), words != NULL);
  gtk_widget_set_css_classes (GTK_WIDGET (self->words_label), (const char *[]) { "caption", style, NULL });
}

void
kobra_window_follow_model (KobraWindow     *self,
                           KobraSheetModel *model)
{
  g_signal_connect_object (model, "rows-changed", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "marks-changed", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  update_words (self);
}

void
kobra_window_follow_cursor (KobraWindow *self)
{
  g_signal_connect_object (self->sheet, "notify::cursor-row", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "notify::cursor-column", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
}

void
kobra_window_alert (KobraWindow *self,
                    const char  *heading,
                    const char  *body)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, NULL);

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), body);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
