/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-connection-dialog.h"

#include <glib/gi18n.h>

#include "kobra-connection-look.h"
#include "kobra-connection-test.h"
#include "kobra-secret-store.h"

#include "kobra-banned.h"

/* As the template lists them. */
enum
{
  PROXY_SYSTEM,
  PROXY_NONE,
  PROXY_OTHER
};

struct _KobraConnectionDialog
{
  AdwDialog parent_instance;

  GtkButton           *save_button;
  AdwToastOverlay     *toasts;
  AdwEntryRow         *name_row;
  AdwEntryRow         *address_row;
  AdwSwitchRow        *plain_row;
  AdwComboRow         *colour_row;
  AdwComboRow         *sign_in_row;
  AdwEntryRow         *user_row;
  AdwPasswordEntryRow *password_row;
  AdwPasswordEntryRow *token_row;
  AdwButtonRow        *test_row;
  GtkLabel            *result;
  AdwSpinRow          *batch_row;
  AdwSpinRow          *in_flight_row;
  AdwSpinRow          *timeout_row;
  AdwEntryRow         *header_row;
  AdwEntryRow         *prefix_row;
  AdwComboRow         *proxy_kind_row;
  AdwEntryRow         *proxy_row;
  AdwPreferencesGroup *manage_group;
  AdwButtonRow        *delete_row;
  GtkLabel            *notice;

  KobraApplication    *application;
  KobraConnection     *connection; /* being edited; NULL: a new one */
  KobraConnection     *draft;
  GCancellable        *alive;
  gboolean             ready; /* the rows show the draft: changes are the person's */
  gboolean             secret_changed;
};

G_DEFINE_FINAL_TYPE (KobraConnectionDialog, kobra_connection_dialog, ADW_TYPE_DIALOG)

enum
{
  KEPT,
  DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_text (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* What is wrong with the draft, for people, or NULL. */
static char *
dup_fault (KobraConnectionDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (!kobra_connection_check_name (kobra_connection_get_name (self->draft), &error) || !kobra_connection_check (self->draft, &error))
    return g_strdup (error->message);
  if (kobra_connection_get_sign_in (self->draft) == KOBRA_SIGN_IN_PASSWORD && *kobra_connection_get_user (self->draft) == '\0')
    return g_strdup (_ ("Enter the user to sign in as."));
  return NULL;
}

static void
update (KobraConnectionDialog *self)
{
  KobraSignIn      sign_in = kobra_connection_get_sign_in (self->draft);
  g_autofree char *fault = dup_fault (self);

  gtk_widget_set_visible (GTK_WIDGET (self->plain_row), kobra_connection_url_is_plain (kobra_connection_get_base_url (self->draft)));
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), sign_in == KOBRA_SIGN_IN_PASSWORD);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), sign_in == KOBRA_SIGN_IN_PASSWORD);
  gtk_widget_set_visible (GTK_WIDGET (self->token_row), sign_in == KOBRA_SIGN_IN_TOKEN);
  gtk_widget_set_visible (GTK_WIDGET (self->proxy_row), adw_combo_row_get_selected (self->proxy_kind_row) == PROXY_OTHER);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), fault == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_row), fault == NULL && !kobra_connection_lacks_secret (self->draft));
  gtk_label_set_label (self->notice, fault != NULL ? fault : _ ("Password and token go to this computer’s password store. Where there is none, they are kept until you quit. They are never written anywhere else."));
}

static void
draft_changed_cb (KobraConnection       *draft,
                  GParamSpec            *pspec,
                  KobraConnectionDialog *self)
{
  if (!self->ready)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->result), FALSE);
  update (self);
}

/* The rows that are no plain text or number. */
static void
input_changed_cb (KobraConnectionDialog *self)
{
  guint proxy_kind = adw_combo_row_get_selected (self->proxy_kind_row);

  if (!self->ready)
    return;
  kobra_connection_set_colour (self->draft, kobra_connection_look_list_colours ()[adw_combo_row_get_selected (self->colour_row)]);
  kobra_connection_set_sign_in (self->draft, (KobraSignIn) MIN (adw_combo_row_get_selected (self->sign_in_row), KOBRA_N_SIGN_INS - 1u));
  if (proxy_kind == PROXY_OTHER)
    kobra_connection_set_proxy (self->draft, get_text (self->proxy_row));
  else
    kobra_connection_set_proxy (self->draft, proxy_kind == PROXY_NONE ? KOBRA_PROXY_NONE : KOBRA_PROXY_SYSTEM);
  update (self);
}

static void
secret_changed_cb (KobraConnectionDialog *self)
{
  if (!self->ready)
    return;
  self->secret_changed = TRUE;
  kobra_connection_set_password (self->draft, get_text (self->password_row));
  kobra_connection_set_token (self->draft, get_text (self->token_row));
  gtk_widget_set_visible (GTK_WIDGET (self->result), FALSE);
  update (self);
}

static void
plain_answered_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (KobraConnectionDialog) self = data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  kobra_connection_set_plain (self->draft, g_str_equal (response, "plain"));
  self->ready = FALSE;
  adw_switch_row_set_active (self->plain_row, kobra_connection_is_plain (self->draft));
  self->ready = TRUE;
  update (self);
}

/* Said once by the address, once by the switch, and now once in words. */
static void
plain_switched_cb (KobraConnectionDialog *self)
{
  AdwDialog *dialog;

  if (!self->ready || adw_switch_row_get_active (self->plain_row) == kobra_connection_is_plain (self->draft))
    return;
  if (!adw_switch_row_get_active (self->plain_row))
    {
      kobra_connection_set_plain (self->draft, FALSE);
      return;
    }
  dialog = adw_alert_dialog_new (_ ("Send Without Encryption?"), _ ("Records and password go to this server so that anyone on the way can read and change them. Do this only in a network that you trust."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "plain", _ ("Send _Without"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "plain", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self), NULL, plain_answered_cb, g_object_ref (self));
}

static void
show_result (KobraConnectionDialog *self,
             const char            *text,
             const char            *style)
{
  gtk_label_set_label (self->result, text);
  gtk_widget_set_css_classes (GTK_WIDGET (self->result), (const char *[]) { style, NULL });
  gtk_widget_set_visible (GTK_WIDGET (self->result), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KobraConnectionDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char   *words = kobra_connection_test_finish (KOBRA_CONNECTION (source), result, &error);

  if (g_cancellable_is_cancelled (self->alive))
    return;
  update (self);
  if (words != NULL)
    show_result (self, words, "success");
  else
    show_result (self, error->message, "error");
}

static void
test_activated_cb (KobraConnectionDialog *self)
{
  g_autoptr (KobraConnection) tried = kobra_connection_dup (self->draft);

  kobra_connection_set_password (tried, kobra_connection_peek_password (self->draft));
  kobra_connection_set_token (tried, kobra_connection_peek_token (self->draft));
  show_result (self, _ ("Trying…"), "dim-label");
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_row), FALSE);
  kobra_connection_test_async (tried, self->alive, tested_cb, g_object_ref (self));
}

static void
save_clicked_cb (KobraConnectionDialog *self)
{
  g_autoptr (KobraConnection) kept = self->connection != NULL ? g_object_ref (self->connection) : kobra_connection_new ();
  g_autofree char *fault = dup_fault (self);
  g_autofree char *base_url = NULL;

  if (fault != NULL)
    return;
  kobra_connection_check_plain_url (kobra_connection_get_base_url (self->draft), &base_url, NULL);
  kobra_connection_set_base_url (self->draft, base_url);
  kobra_connection_take_settings (kept, self->draft);
  kobra_connection_set_password (kept, kobra_connection_peek_password (self->draft));
  kobra_connection_set_token (kept, kobra_connection_peek_token (self->draft));
  kobra_application_keep_secret (self->application, kept);
  if (self->secret_changed && kobra_connection_lacks_secret (kept))
    kobra_secret_store_forget (kept);
  g_object_ref (self);
  g_signal_emit (self, signals[KEPT], 0, kept);
  adw_dialog_close (ADW_DIALOG (self));
  g_object_unref (self);
}

static void
cancel_clicked_cb (KobraConnectionDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
delete_activated_cb (KobraConnectionDialog *self)
{
  g_object_ref (self);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[DELETED], 0, self->connection);
  g_object_unref (self);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KobraConnectionDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Exported, without password and token")));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_toast_overlay_add_toast (self->toasts, g_object_new (ADW_TYPE_TOAST, "title", error->message, "use-markup", FALSE, NULL));
}

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (KobraConnectionDialog) self = data;
  g_autoptr (GFile)  file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GBytes) bytes = file != NULL ? kobra_connection_to_bytes (self->draft) : NULL;

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, self->alive, exported_cb, g_object_ref (self));
}

static void
export_activated_cb (KobraConnectionDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char          *name = g_strdup_printf ("%s.ini", kobra_connection_get_name (self->draft));

  g_strdelimit (name, "/\\:", '-');
  gtk_file_dialog_set_title (dialog, _ ("Export Connection"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->alive, export_chosen_cb, g_object_ref (self));
}

static void
kobra_connection_dialog_dispose (GObject *object)
{
  KobraConnectionDialog *self = KOBRA_CONNECTION_DIALOG (object);

  g_cancellable_cancel (self->alive);
  self->ready = FALSE;
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_CONNECTION_DIALOG);
  g_clear_object (&self->draft);
  g_clear_object (&self->connection);
  g_clear_object (&self->application);

  G_OBJECT_CLASS (kobra_connection_dialog_parent_class)->dispose (object);
}

static void
kobra_connection_dialog_finalize (GObject *object)
{
  g_clear_object (&KOBRA_CONNECTION_DIALOG (object)->alive);

  G_OBJECT_CLASS (kobra_connection_dialog_parent_class)->finalize (object);
}

static void
kobra_connection_dialog_class_init (KobraConnectionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_connection_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_connection_dialog_finalize;
  signals[KEPT] = g_signal_new ("kept", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, KOBRA_TYPE_CONNECTION);
  signals[DELETED] = g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, KOBRA_TYPE_CONNECTION);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-connection-dialog.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, KobraConnectionDialog, child)
  BIND (save_button);
  BIND (toasts);
  BIND (name_row);
  BIND (address_row);
  BIND (plain_row);
  BIND (colour_row);
  BIND (sign_in_row);
  BIND (user_row);
  BIND (password_row);
  BIND (token_row);
  BIND (test_row);
  BIND (result);
  BIND (batch_row);
  BIND (in_flight_row);
  BIND (timeout_row);
  BIND (header_row);
  BIND (prefix_row);
  BIND (proxy_kind_row);
  BIND (proxy_row);
  BIND (manage_group);
  BIND (delete_row);
  BIND (notice);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, input_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, secret_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, plain_switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_activated_cb);
}

static void
kobra_connection_dialog_init (KobraConnectionDialog *self)
{
  g_autoptr (GtkStringList) colours = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) sign_ins = gtk_string_list_new (NULL);

  self->alive = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (const char *const *colour = kobra_connection_look_list_colours (); *colour != NULL; colour++)
    gtk_string_list_append (colours, kobra_connection_look_get_colour_label (*colour));
  adw_combo_row_set_model (self->colour_row, G_LIST_MODEL (colours));
  for (guint i = 0; i < KOBRA_N_SIGN_INS; i++)
    gtk_string_list_append (sign_ins, _ (kobra_sign_in_get_label ((KobraSignIn) i)));
  adw_combo_row_set_model (self->sign_in_row, G_LIST_MODEL (sign_ins));
}

/* Texts and numbers follow the draft and the draft them; a number's range is that of its property. */
static void
bind_rows (KobraConnectionDialog *self)
{
  const struct
  {
    const char *property;
    gpointer    row;
  } rows[] = {
    { "name", self->name_row }, { "base-url", self->address_row }, { "user", self->user_row }, { "auth-header", self->header_row },
    { "auth-prefix", self->prefix_row }, { "batch-size", self->batch_row }, { "max-in-flight", self->in_flight_row }, { "timeout", self->timeout_row },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (self->draft), rows[i].property);

      if (G_IS_PARAM_SPEC_UINT (pspec))
        adw_spin_row_set_range (ADW_SPIN_ROW (rows[i].row), G_PARAM_SPEC_UINT (pspec)->minimum, G_PARAM_SPEC_UINT (pspec)->maximum);
      g_object_bind_property (self->draft, rows[i].property, rows[i].row, G_IS_PARAM_SPEC_UINT (pspec) ? "value" : "text", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
    }
}

static void
show_draft (KobraConnectionDialog *self)
{
  const char *proxy = kobra_connection_get_proxy (self->draft);
  const char *const *colours = kobra_connection_look_list_colours ();
  gboolean    is_other = !g_str_equal (proxy, KOBRA_PROXY_SYSTEM) && !g_str_equal (proxy, KOBRA_PROXY_NONE);

  bind_rows (self);
  adw_switch_row_set_active (self->plain_row, kobra_connection_is_plain (self->draft));
  adw_combo_row_set_selected (self->sign_in_row, (guint) kobra_connection_get_sign_in (self->draft));
  for (guint i = 0; colours[i] != NULL; i++)
    if (g_str_equal (colours[i], kobra_connection_get_colour (self->draft)))
      adw_combo_row_set_selected (self->colour_row, i);
  adw_combo_row_set_selected (self->proxy_kind_row, is_other ? PROXY_OTHER : g_str_equal (proxy, KOBRA_PROXY_NONE) ? PROXY_NONE : PROXY_SYSTEM);
  gtk_editable_set_text (GTK_EDITABLE (self->proxy_row), is_other ? proxy : "");
}

static void
show_secret (KobraConnectionDialog *self)
{
  const char *password = kobra_connection_peek_password (self->connection);
  const char *token = kobra_connection_peek_token (self->connection);

  self->ready = FALSE;
  kobra_connection_set_password (self->draft, password);
  kobra_connection_set_token (self->draft, token);
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), password != NULL ? password : "");
  gtk_editable_set_text (GTK_EDITABLE (self->token_row), token != NULL ? token : "");
  self->ready = TRUE;
}

static void
secret_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (KobraConnectionDialog) self = data;

  /* A store that does not answer is told when something is to be put into it. */
  if (kobra_secret_store_load_finish (KOBRA_CONNECTION (source), result, NULL) && !g_cancellable_is_cancelled (self->alive) && !self->secret_changed)
    {
      show_secret (self);
      update (self);
    }
}

KobraConnectionDialog *
kobra_connection_dialog_new (KobraApplication *application,
                             KobraConnection  *connection,
                             gboolean          can_delete)
{
  KobraConnectionDialog *self = g_object_new (KOBRA_TYPE_CONNECTION_DIALOG, "title", connection != NULL ? _ ("Connection") : _ ("New Connection"), NULL);

  self->application = g_object_ref (application);
  g_set_object (&self->connection, connection);
  self->draft = connection != NULL ? kobra_connection_dup (connection) : kobra_connection_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->manage_group), connection != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->delete_row), can_delete);
  show_draft (self);
  self->ready = TRUE;
  g_signal_connect_object (self->draft, "notify", G_CALLBACK (draft_changed_cb), self, G_CONNECT_DEFAULT);
  if (connection != NULL)
    {
      show_secret (self);
      if (kobra_connection_lacks_secret (connection))
        kobra_secret_store_load_async (connection, self->alive, secret_loaded_cb, g_object_ref (self));
    }
  update (self);
  return self;
}
