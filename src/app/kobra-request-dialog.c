/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-request-dialog.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

struct _KobraRequestDialog
{
  AdwDialog parent_instance;

  AdwWindowTitle  *window_title;
  AdwToastOverlay *toasts;
  GtkTextView     *text_view;

  char            *text;
  char            *curl;
};

G_DEFINE_FINAL_TYPE (KobraRequestDialog, kobra_request_dialog, ADW_TYPE_DIALOG)

static void
copy (KobraRequestDialog *self,
      const char         *text,
      const char         *words)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
}

static void
copy_clicked_cb (KobraRequestDialog *self)
{
  copy (self, self->text, _ ("Request copied"));
}

static void
copy_curl_clicked_cb (KobraRequestDialog *self)
{
  copy (self, self->curl, _ ("Command copied: it takes the token from $KOBRA_TOKEN"));
}

static void
kobra_request_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_REQUEST_DIALOG);

  G_OBJECT_CLASS (kobra_request_dialog_parent_class)->dispose (object);
}

static void
kobra_request_dialog_finalize (GObject *object)
{
  KobraRequestDialog *self = KOBRA_REQUEST_DIALOG (object);

  g_free (self->text);
  g_free (self->curl);

  G_OBJECT_CLASS (kobra_request_dialog_parent_class)->finalize (object);
}

static void
kobra_request_dialog_class_init (KobraRequestDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_request_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_request_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-request-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraRequestDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, KobraRequestDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, KobraRequestDialog, text_view);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_curl_clicked_cb);
}

static void
kobra_request_dialog_init (KobraRequestDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

KobraRequestDialog *
kobra_request_dialog_new (const KobraPreview *preview,
                          const char         *about)
{
  KobraRequestDialog *self = g_object_new (KOBRA_TYPE_REQUEST_DIALOG, NULL);
  GtkTextBuffer      *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter         start;

  self->text = kobra_preview_dup_text (preview);
  self->curl = kobra_preview_dup_curl (preview);
  adw_window_title_set_subtitle (self->window_title, about);
  gtk_text_buffer_set_text (buffer, self->text, -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  return self;
}
