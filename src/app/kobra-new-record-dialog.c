/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-new-record-dialog.h"

#include <glib/gi18n.h>

#include "kobra-import-choices.h"
#include "kobra-paste-record.h"

#include "kobra-banned.h"

struct _KobraNewRecordDialog
{
  AdwDialog        parent_instance;

  AdwWindowTitle  *heading;
  AdwBanner       *duplicate;
  AdwToastOverlay *toasts;
  KobraRecordForm *form;
  GtkLabel        *verdict;

  KobraImport     *target;
  KobraImport     *draft;     /* the one record that is being entered */
  GCancellable    *alive;
  gboolean         is_blank;  /* there is nothing to lose */
  guint            n_added;
};

G_DEFINE_FINAL_TYPE (KobraNewRecordDialog, kobra_new_record_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_IS_BLANK = 1
} KobraNewRecordDialogProperty;

static GParamSpec *props[PROP_IS_BLANK + 1];

enum
{
  SHOW_RECORD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_accounts (KobraNewRecordDialog *self)
{
  return kobra_import_get_schema (self->draft)->kind == KOBRA_KIND_ACCOUNTS;
}

static gboolean
find_duplicate (KobraNewRecordDialog *self,
                guint                *row)
{
  const KobraSchema *schema = kobra_import_get_schema (self->draft);

  return kobra_import_get_schema (self->target) == schema && kobra_import_find_key (self->target, kobra_import_get_field (self->draft, 0, schema->key_field), row);
}

static void
update_duplicate (KobraNewRecordDialog *self)
{
  guint    row;
  gboolean is_there = find_duplicate (self, &row);

  if (is_there)
    adw_banner_set_title (self->duplicate, is_accounts (self) ? _ ("An account with this ID is in the sheet already.") : _ ("A promise for this visit is in the sheet already."));
  adw_banner_set_revealed (self->duplicate, is_there);
}

/* What would become of the record if it were added now. */
static void
update_verdict (KobraNewRecordDialog *self)
{
  KobraRecordState state = kobra_import_get_record_state (self->draft, 0);
  const char      *text = self->is_blank ? _ ("Enter goes to the next field, Ctrl+Enter adds the record.") : _ ("The record is complete.");
  const char      *style = "dimmed";

  if (!self->is_blank && state == KOBRA_RECORD_INVALID)
    {
      text = _ ("The record has errors: it can be added, and is not sent before they are corrected.");
      style = "error";
    }
  else if (!self->is_blank && state == KOBRA_RECORD_WARNING)
    {
      text = _ ("The record can be sent. Something in it is doubtful.");
      style = "warning";
    }
  gtk_label_set_label (self->verdict, text);
  gtk_widget_set_css_classes (GTK_WIDGET (self->verdict), (const char *[]) { "caption", style, NULL });
}

static gboolean
find_is_blank (KobraNewRecordDialog *self)
{
  const KobraSchema *schema = kobra_import_get_schema (self->draft);

  for (guint i = 0; i < schema->n_fields; i++)
    if (*kobra_import_get_field (self->draft, 0, i) != '\0' && !kobra_record_form_is_pinned (self->form, i))
      return FALSE;
  return TRUE;
}

static void
update (KobraNewRecordDialog *self)
{
  gboolean is_blank = find_is_blank (self);

  update_duplicate (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.add", !is_blank);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.add-another", !is_blank);
  if (self->is_blank != is_blank)
    {
      self->is_blank = is_blank;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_BLANK]);
    }
  update_verdict (self);
}

static void
fill_record (KobraNewRecordDialog *self,
             KobraRecord          *record)
{
  record->schema = kobra_import_get_schema (self->draft);
  for (guint i = 0; i < record->schema->n_fields; i++)
    record->texts[i] = kobra_import_get_field (self->draft, 0, i);
}

static gboolean
add (KobraNewRecordDialog *self)
{
  KobraRecord record;

  kobra_import_end_typing (self->draft);
  fill_record (self, &record);
  if (kobra_import_get_table (self->target) == NULL)
    kobra_import_start_empty (self->target, record.schema->kind, kobra_import_get_import_type (self->draft));
  if (kobra_import_append_record (self->target, &record) >= 0)
    return TRUE;
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("The record can’t be added while records are being sent. Wait until they are.")));
  return FALSE;
}

static void
show_draft (KobraNewRecordDialog *self)
{
  kobra_record_form_focus_field (self->form, kobra_import_get_schema (self->draft)->key_field);
  kobra_record_form_set_record (self->form, self->draft, kobra_table_peek_row (kobra_import_get_table (self->draft), 0)->id);
}

/* Empties all fields but those that are to be kept. */
static void
start_next (KobraNewRecordDialog *self)
{
  KobraRecord record;
  guint       fields[KOBRA_MAX_FIELDS];

  fill_record (self, &record);
  for (guint i = 0; i < record.schema->n_fields; i++)
    {
      fields[i] = i;
      if (!kobra_record_form_is_pinned (self->form, i))
        record.texts[i] = "";
    }
  kobra_import_set_fields (self->draft, _ ("Edit"), 0, fields, record.texts, record.schema->n_fields);
  show_draft (self);
}

static void
add_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  if (add (KOBRA_NEW_RECORD_DIALOG (widget)))
    adw_dialog_force_close (ADW_DIALOG (widget));
}

static void
add_another_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  KobraNewRecordDialog *self = KOBRA_NEW_RECORD_DIALOG (widget);
  g_autofree char      *subtitle = NULL;

  if (!add (self))
    return;
  self->n_added++;
  subtitle = g_strdup_printf (ngettext ("%u record added", "%u records added", self->n_added), self->n_added);
  adw_window_title_set_subtitle (self->heading, subtitle);
  start_next (self);
}

static void
search_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  kobra_record_form_focus_search (KOBRA_NEW_RECORD_DIALOG (widget)->form);
}

static void
next_problem_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  if (!kobra_record_form_focus_problem (KOBRA_NEW_RECORD_DIALOG (widget)->form))
    gtk_widget_error_bell (widget);
}

static void
take_pasted (KobraNewRecordDialog *self,
             const char           *text)
{
  KobraRecord record;
  g_autoptr (GPtrArray) texts = NULL;
  guint       fields[KOBRA_MAX_FIELDS];
  guint       n_filled = 0;

  fill_record (self, &record);
  texts = kobra_paste_record (text, record.schema, kobra_import_get_schema (self->target) == record.schema ? kobra_import_get_layout (self->target) : NULL);
  for (guint i = 0; texts != NULL && i < record.schema->n_fields; i++)
    {
      const char *pasted = g_ptr_array_index (texts, i);

      if (pasted == NULL)
        continue;
      fields[n_filled] = i;
      record.texts[n_filled++] = pasted;
    }
  if (n_filled == 0)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("No row of a table was copied. Copy a row in a spreadsheet, with its header or without.")));
  else
    kobra_import_set_fields (self->draft, _ ("Paste"), 0, fields, record.texts, n_filled);
}

static void
read_clipboard_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (KobraNewRecordDialog) self = data;
  g_autoptr (GError)               error = NULL;
  g_autofree char                 *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (!g_cancellable_is_cancelled (self->alive))
    take_pasted (self, text != NULL ? text : "");
}

static void
paste_row_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  KobraNewRecordDialog *self = KOBRA_NEW_RECORD_DIALOG (widget);

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), self->alive, read_clipboard_cb, g_object_ref (self));
}

static void
show_duplicate_cb (KobraNewRecordDialog *self)
{
  guint row;

  if (!find_duplicate (self, &row))
    return;
  g_signal_emit (self, signals[SHOW_RECORD], 0, row);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
discard_answered_cb (AdwAlertDialog       *question,
                     const char           *response,
                     KobraNewRecordDialog *self)
{
  if (g_str_equal (response, "discard"))
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
close_attempt_cb (KobraNewRecordDialog *self)
{
  AdwDialog *question = adw_alert_dialog_new (_ ("Discard the Record?"), _ ("What you entered is not in the sheet yet."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (question), "keep", _ ("_Go On Entering"), "discard", _ ("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (question), "keep");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (question), "keep");
  g_signal_connect_object (question, "response", G_CALLBACK (discard_answered_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (question, GTK_WIDGET (self));
}

static void
kobra_new_record_dialog_get_property (GObject    *object,
                                      guint       id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  switch ((KobraNewRecordDialogProperty) id)
    {
    case PROP_IS_BLANK:
      g_value_set_boolean (value, KOBRA_NEW_RECORD_DIALOG (object)->is_blank);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The last thing a dialog does to the focus when it opens, after a bottom sheet has moved it on (libadwaita before 1.8 moves it from wherever
 * it was put), so here alone it can be said where to begin. */
static gboolean
kobra_new_record_dialog_grab_focus (GtkWidget *widget)
{
  show_draft (KOBRA_NEW_RECORD_DIALOG (widget));
  return TRUE;
}

static void
kobra_new_record_dialog_dispose (GObject *object)
{
  KobraNewRecordDialog *self = KOBRA_NEW_RECORD_DIALOG (object);

  g_cancellable_cancel (self->alive);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_NEW_RECORD_DIALOG);

  G_OBJECT_CLASS (kobra_new_record_dialog_parent_class)->dispose (object);
}

static void
kobra_new_record_dialog_finalize (GObject *object)
{
  KobraNewRecordDialog *self = KOBRA_NEW_RECORD_DIALOG (object);

  g_clear_object (&self->alive);
  g_clear_object (&self->draft);
  g_clear_object (&self->target);

  G_OBJECT_CLASS (kobra_new_record_dialog_parent_class)->finalize (object);
}

static void
kobra_new_record_dialog_class_init (KobraNewRecordDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kobra_new_record_dialog_get_property;
  object_class->dispose = kobra_new_record_dialog_dispose;
  object_class->finalize = kobra_new_record_dialog_finalize;
  widget_class->grab_focus = kobra_new_record_dialog_grab_focus;

  props[PROP_IS_BLANK] = g_param_spec_boolean ("is-blank", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[SHOW_RECORD] = g_signal_new ("show-record", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (KOBRA_TYPE_RECORD_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-new-record-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraNewRecordDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, KobraNewRecordDialog, duplicate);
  gtk_widget_class_bind_template_child (widget_class, KobraNewRecordDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, KobraNewRecordDialog, form);
  gtk_widget_class_bind_template_child (widget_class, KobraNewRecordDialog, verdict);
  gtk_widget_class_bind_template_callback (widget_class, close_attempt_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_duplicate_cb);
  gtk_widget_class_install_action (widget_class, "record.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "record.add-another", NULL, add_another_cb);
  gtk_widget_class_install_action (widget_class, "record.paste-row", NULL, paste_row_cb);
  gtk_widget_class_install_action (widget_class, "record.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "record.next-problem", NULL, next_problem_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "record.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, GDK_NO_MODIFIER_MASK, "record.next-problem", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "record.add-another", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "record.add-another", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "record.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "record.paste-row", NULL);
}

static void
kobra_new_record_dialog_init (KobraNewRecordDialog *self)
{
  self->alive = g_cancellable_new ();
  self->is_blank = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
kobra_new_record_dialog_new (KobraImport *target,
                             KobraKind    kind)
{
  KobraNewRecordDialog *self = g_object_new (KOBRA_TYPE_NEW_RECORD_DIALOG, NULL);
  const char           *title = kind == KOBRA_KIND_ACCOUNTS ? _ ("New Account") : _ ("New Payment Promise");
  KobraRecord           blank;

  g_set_object (&self->target, target);
  self->draft = kobra_import_new ();
  kobra_import_copy_choices (self->draft, target);
  kobra_import_start_empty (self->draft, kind, kobra_import_get_import_type (target));
  blank.schema = kobra_import_get_schema (self->draft);
  for (guint i = 0; i < blank.schema->n_fields; i++)
    blank.texts[i] = "";
  kobra_import_append_record (self->draft, &blank);
  adw_dialog_set_title (ADW_DIALOG (self), title);
  adw_window_title_set_title (self->heading, title);
  kobra_record_form_set_for_new (self->form);
  kobra_record_form_set_record (self->form, self->draft, kobra_table_peek_row (kobra_import_get_table (self->draft), 0)->id);
  g_signal_connect_object (self->draft, "counts-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return ADW_DIALOG (self);
}
