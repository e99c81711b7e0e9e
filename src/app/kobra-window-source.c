/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the window's file is read, and tables that come from the clipboard. */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-source-dialog.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

#define HTML "text/html"

static void
reopen (KobraWindow            *self,
        const KobraReadOptions *read)
{
  kobra_window_open_source (self, self->file, self->pasted, self->practice, read);
}

void
kobra_window_open_again (KobraWindow *self)
{
  g_auto (KobraReadOptions) read = { 0 };

  kobra_read_options_copy (&self->reading, &read);
  reopen (self, &read);
}

typedef struct
{
  KobraWindow     *window;
  KobraReadOptions read;
} Question;

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Question   *question = data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "go") && !g_cancellable_is_cancelled (question->window->alive))
    reopen (question->window, &question->read);
  g_object_unref (question->window);
  kobra_read_options_clear (&question->read);
  g_free (question);
}

static void
chosen_cb (KobraSourceDialog *dialog,
           KobraWindow       *self)
{
  const KobraReadOptions *read = kobra_source_dialog_get_options (dialog);
  const KobraOpened      *opened = kobra_import_get_opened (self->import);
  AdwDialog              *alert;
  Question               *question;

  if (!self->failed && opened != NULL && kobra_read_options_are_equal (read, &opened->read))
    return;
  if (!self->edited)
    {
      reopen (self, read);
      return;
    }
  question = g_new0 (Question, 1);
  question->window = g_object_ref (self);
  kobra_read_options_copy (read, &question->read);
  alert = adw_alert_dialog_new (_ ("Lose the Changes?"), NULL);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (alert), _ ("The file is opened again to be read in another way. Cells that were changed here are then as in the file."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert), "stay", _ ("_Keep the Changes"), "go", _ ("_Open Again and Lose Them"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "go", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (alert), "stay");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "stay");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (alert), GTK_WIDGET (self), self->alive, answered_cb, question);
}

void
kobra_window_show_source (KobraWindow *self)
{
  const KobraOpened     *opened = self->failed ? NULL : kobra_import_get_opened (self->import);
  const KobraReadOptions none = { 0 };
  KobraSourceDialog     *dialog;

  if (self->file == NULL && self->pasted == NULL)
    return;
  dialog = kobra_source_dialog_new (self->file, self->pasted, opened != NULL ? &opened->read : &none);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static gboolean
is_worth_telling (KobraLeftOutReason reason)
{
  return reason == KOBRA_LEFT_OUT_HEADER_AGAIN || reason == KOBRA_LEFT_OUT_TOTAL || reason == KOBRA_LEFT_OUT_NOTE;
}

void
kobra_window_tell_source (KobraWindow *self)
{
  const KobraOpened *opened = kobra_import_get_opened (self->import);
  g_autofree char   *text = NULL;
  AdwToast          *toast;
  guint              n = 0;

  if (opened->read.sheet == NULL && kobra_opened_count_sheets (opened) > 1)
    {
      kobra_window_show_source (self);
      return;
    }
  for (guint i = 0; i < opened->left_out->len; i++)
    {
      const KobraLeftOut *lines = &g_array_index (opened->left_out, KobraLeftOut, i);

      n += is_worth_telling (lines->reason) ? lines->last - lines->first + 1 : 0;
    }
  if (n == 0)
    return;
  /* TRANSLATORS: rows of the file that were taken for totals, notes or the header again */
  text = g_strdup_printf (ngettext ("%'u row that is no record was left out", "%'u rows that are no records were left out", n), n);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _ ("_Show"));
  adw_toast_set_action_name (toast, "win.source");
  adw_toast_set_timeout (toast, 10);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
open_pasted (KobraWindow *self,
             GBytes      *bytes)
{
  kobra_window_open_source (self, NULL, bytes, FALSE, &(KobraReadOptions) { .encoding = KOBRA_ENCODING_UTF_8 });
}

static void
html_arrived_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (KobraWindow) self = data;
  g_autoptr (GBytes)      bytes = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL) < 0 || g_cancellable_is_cancelled (self->alive))
    return;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  open_pasted (self, bytes);
}

static void
html_offered_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (KobraWindow)   self = data;
  g_autoptr (GInputStream)  stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, NULL);
  g_autoptr (GOutputStream) bytes = g_memory_output_stream_new_resizable ();

  if (stream != NULL && !g_cancellable_is_cancelled (self->alive))
    g_output_stream_splice_async (bytes, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, self->alive,
                                  html_arrived_cb, g_object_ref (self));
}

static void
text_arrived_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (KobraWindow) self = data;
  g_autofree char        *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GBytes)      bytes = NULL;

  if (g_cancellable_is_cancelled (self->alive))
    return;
  /* Spreadsheet programs offer cells as text with tabs; from what does not, such as a mail, the table is in the page. */
  if ((text == NULL || strchr (text, '\t') == NULL) && gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (GDK_CLIPBOARD (source)), HTML))
    {
      gdk_clipboard_read_async (GDK_CLIPBOARD (source), (const char *[]) { HTML, NULL }, G_PRIORITY_DEFAULT, self->alive, html_offered_cb, g_object_ref (self));
      return;
    }
  if (text == NULL || *text == '\0')
    {
      kobra_window_toast (self, _ ("Nothing was copied that could be a table. Copy its cells in a spreadsheet program first."));
      return;
    }
  bytes = g_bytes_new (text, strlen (text));
  open_pasted (self, bytes);
}

void
kobra_window_paste_table (KobraWindow *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->alive, text_arrived_cb, g_object_ref (self));
}
