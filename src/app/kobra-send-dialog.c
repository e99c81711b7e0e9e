/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-send-dialog.h"

#include <glib/gi18n.h>

#include "kobra-connection-dialog.h"
#include "kobra-secret-store.h"

#include "kobra-banned.h"

struct _KobraSendDialog
{
  AdwDialog parent_instance;

  GtkLabel            *headline;
  GtkLabel            *destination;
  GtkLabel            *left_out;
  GtkLabel            *notice;
  GtkButton           *send_button;
  AdwComboRow         *server_row;
  AdwEntryRow         *address_row;
  AdwButtonRow        *edit_row;
  AdwPreferencesGroup *sign_in_group;
  AdwComboRow         *sign_in_row;
  AdwEntryRow         *user_row;
  AdwPasswordEntryRow *password_row;
  AdwPasswordEntryRow *token_row;

  KobraApplication    *application;
  GCancellable        *alive;
  gboolean             ready; /* the rows show a connection: changes are the person's */
};

G_DEFINE_FINAL_TYPE (KobraSendDialog, kobra_send_dialog, ADW_TYPE_DIALOG)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The connection chosen in the list, or NULL for the last line: another server. */
static KobraConnection *
get_listed (KobraSendDialog *self)
{
  GListModel *connections = G_LIST_MODEL (kobra_application_get_connections (self->application));
  guint       selected = adw_combo_row_get_selected (self->server_row);
  g_autoptr (KobraConnection) listed = selected < g_list_model_get_n_items (connections) ? g_list_model_get_item (connections, selected) : NULL;

  /* The list keeps it. */
  return listed;
}

static const char *
get_address (KobraSendDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->address_row));
}

/* Whether the address may be called: without encryption only where the connection says so. */
static gboolean
check_address (KobraSendDialog *self,
               char           **base_url,
               GError         **error)
{
  KobraConnection *listed = get_listed (self);

  if (listed != NULL && kobra_connection_is_plain (listed) && g_str_equal (get_address (self), kobra_connection_get_base_url (listed)))
    return kobra_connection_check_plain_url (get_address (self), base_url, error);
  return kobra_connection_check_base_url (get_address (self), base_url, error);
}

static KobraSignIn
get_sign_in (KobraSendDialog *self)
{
  return (KobraSignIn) MIN (adw_combo_row_get_selected (self->sign_in_row), KOBRA_N_SIGN_INS - 1u);
}

static gboolean
has_text (gpointer row)
{
  return *gtk_editable_get_text (GTK_EDITABLE (row)) != '\0';
}

static gboolean
is_complete (KobraSendDialog *self)
{
  KobraConnection *listed = get_listed (self);

  if (listed != NULL && kobra_connection_is_practice (listed))
    return TRUE;
  if (!check_address (self, NULL, NULL))
    return FALSE;
  switch (get_sign_in (self))
    {
    case KOBRA_SIGN_IN_PASSWORD:
      return has_text (self->user_row) && has_text (self->password_row);
    case KOBRA_SIGN_IN_TOKEN:
      return has_text (self->token_row);
    case KOBRA_SIGN_IN_NONE:
    case KOBRA_N_SIGN_INS:
    default:
      return TRUE;
    }
}

/* Where the records go, in words that leave no doubt whether it is practice. */
static void
update_destination (KobraSendDialog *self,
                    gboolean         is_practice)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new ();
  g_autofree char *text = NULL;

  kobra_connection_set_base_url (connection, get_address (self));
  /* TRANSLATORS: the server's host; the line above says what is sent */
  text = g_strdup_printf (_ ("to %s"), kobra_connection_get_host (connection));
  gtk_label_set_label (self->destination, is_practice ? _ ("to the practice server") : text);
  gtk_widget_set_visible (GTK_WIDGET (self->destination), is_practice || *kobra_connection_get_host (connection) != '\0');
  gtk_widget_set_css_classes (GTK_WIDGET (self->destination), (const char *[]) { "title-4", is_practice ? "practice" : "warning", NULL });
}

static void
update_notice (KobraSendDialog *self,
               gboolean         is_practice)
{
  g_autoptr (GError) error = NULL;

  if (is_practice)
    gtk_label_set_label (self->notice, _ ("The practice server is part of this program. It checks records as Kobra does, and nothing leaves this computer."));
  else if (*get_address (self) != '\0' && !check_address (self, NULL, &error))
    gtk_label_set_label (self->notice, error->message);
  else
    gtk_label_set_label (self->notice, _ ("Accounts that Kobra already has are updated. Password and token go to this computer’s password store. Where there is none, they are kept until you quit."));
}

static void
update (KobraSendDialog *self)
{
  KobraConnection *listed = get_listed (self);
  gboolean         is_practice = listed != NULL && kobra_connection_is_practice (listed);
  KobraSignIn      sign_in = get_sign_in (self);

  gtk_widget_set_visible (GTK_WIDGET (self->address_row), !is_practice);
  gtk_widget_set_visible (GTK_WIDGET (self->edit_row), !is_practice);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->edit_row), listed != NULL ? _ ("_Edit Connection…") : _ ("_New Connection…"));
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in_group), !is_practice);
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), sign_in == KOBRA_SIGN_IN_PASSWORD);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), sign_in == KOBRA_SIGN_IN_PASSWORD);
  gtk_widget_set_visible (GTK_WIDGET (self->token_row), sign_in == KOBRA_SIGN_IN_TOKEN);
  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button), is_complete (self));
  update_destination (self, is_practice);
  update_notice (self, is_practice);
}

static void
show_secret (KobraSendDialog *self,
             KobraConnection *listed)
{
  const char *password = listed != NULL ? kobra_connection_peek_password (listed) : NULL;
  const char *token = listed != NULL ? kobra_connection_peek_token (listed) : NULL;

  gtk_editable_set_text (GTK_EDITABLE (self->password_row), password != NULL ? password : "");
  gtk_editable_set_text (GTK_EDITABLE (self->token_row), token != NULL ? token : "");
}

static void
secret_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (KobraSendDialog) self = data;
  KobraConnection *connection = KOBRA_CONNECTION (source);

  /* Where there is no store, the person enters it. What they have entered meanwhile stays. */
  if (!kobra_secret_store_load_finish (connection, result, NULL) || g_cancellable_is_cancelled (self->alive) || get_listed (self) != connection ||
      has_text (self->password_row) || has_text (self->token_row))
    return;
  show_secret (self, connection);
}

static void
show_connection (KobraSendDialog *self)
{
  KobraConnection *listed = get_listed (self);

  self->ready = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->address_row), listed != NULL ? kobra_connection_get_base_url (listed) : "");
  gtk_editable_set_text (GTK_EDITABLE (self->user_row), listed != NULL ? kobra_connection_get_user (listed) : "");
  show_secret (self, listed);
  adw_combo_row_set_selected (self->sign_in_row, listed != NULL ? (guint) kobra_connection_get_sign_in (listed) : KOBRA_SIGN_IN_PASSWORD);
  self->ready = TRUE;
  update (self);
  if (listed != NULL && kobra_connection_lacks_secret (listed) && !kobra_connection_is_practice (listed))
    kobra_secret_store_load_async (listed, self->alive, secret_loaded_cb, g_object_ref (self));
}

static void
server_selected_cb (KobraSendDialog *self)
{
  if (self->application != NULL)
    show_connection (self);
}

static void
input_changed_cb (KobraSendDialog *self)
{
  if (self->ready)
    update (self);
}

static GtkStringList *
list_servers (GListModel *connections)
{
  GtkStringList *servers = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (connections); i++)
    {
      g_autoptr (KobraConnection) connection = g_list_model_get_item (connections, i);

      gtk_string_list_append (servers, kobra_connection_is_practice (connection) ? _ ("Practice server") : kobra_connection_get_name (connection));
    }
  gtk_string_list_append (servers, _ ("Another server"));
  return servers;
}

static void
list_anew (KobraSendDialog *self,
           KobraConnection *chosen)
{
  GListModel               *connections = G_LIST_MODEL (kobra_application_get_connections (self->application));
  g_autoptr (GtkStringList) servers = list_servers (connections);

  self->ready = FALSE;
  adw_combo_row_set_model (self->server_row, G_LIST_MODEL (servers));
  for (guint i = 0; i < g_list_model_get_n_items (connections); i++)
    {
      g_autoptr (KobraConnection) connection = g_list_model_get_item (connections, i);

      if (connection == chosen)
        adw_combo_row_set_selected (self->server_row, i);
    }
  show_connection (self);
}

static void
kept_cb (KobraSendDialog       *self,
         KobraConnection       *connection,
         KobraConnectionDialog *dialog)
{
  list_anew (self, connection);
}

static void
edit_activated_cb (KobraSendDialog *self)
{
  KobraConnectionDialog *dialog = kobra_connection_dialog_new (self->application, get_listed (self), FALSE);

  g_signal_connect_object (dialog, "kept", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
cancel_clicked_cb (KobraSendDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* The chosen connection as the rows say it; a new one if the address is not that of the listed one. */
static KobraConnection *
make_connection (KobraSendDialog *self)
{
  KobraConnection *listed = get_listed (self);
  KobraConnection *connection;
  g_autofree char *base_url = NULL;

  if (listed != NULL && kobra_connection_is_practice (listed))
    return g_object_ref (listed);
  check_address (self, &base_url, NULL);
  if (listed != NULL && g_strcmp0 (kobra_connection_get_base_url (listed), base_url) == 0)
    {
      connection = g_object_ref (listed);
    }
  else
    {
      connection = kobra_connection_new ();
      kobra_connection_set_base_url (connection, base_url);
      kobra_connection_set_name (connection, kobra_connection_get_host (connection));
    }
  kobra_connection_set_sign_in (connection, get_sign_in (self));
  kobra_connection_set_user (connection, gtk_editable_get_text (GTK_EDITABLE (self->user_row)));
  kobra_connection_set_password (connection, gtk_editable_get_text (GTK_EDITABLE (self->password_row)));
  kobra_connection_set_token (connection, gtk_editable_get_text (GTK_EDITABLE (self->token_row)));
  return connection;
}

static void
send_clicked_cb (KobraSendDialog *self)
{
  g_autoptr (KobraConnection) connection = NULL;

  if (!is_complete (self))
    return;
  connection = make_connection (self);
  g_object_ref (self);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, connection);
  g_object_unref (self);
}

static void
kobra_send_dialog_dispose (GObject *object)
{
  g_cancellable_cancel (KOBRA_SEND_DIALOG (object)->alive);
  g_clear_object (&KOBRA_SEND_DIALOG (object)->application);
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_SEND_DIALOG);

  G_OBJECT_CLASS (kobra_send_dialog_parent_class)->dispose (object);
}

static void
kobra_send_dialog_finalize (GObject *object)
{
  g_clear_object (&KOBRA_SEND_DIALOG (object)->alive);

  G_OBJECT_CLASS (kobra_send_dialog_parent_class)->finalize (object);
}

static void
kobra_send_dialog_class_init (KobraSendDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_send_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_send_dialog_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, KOBRA_TYPE_CONNECTION);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-send-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, headline);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, destination);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, left_out);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, server_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, edit_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, sign_in_group);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, sign_in_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSendDialog, token_row);
  gtk_widget_class_bind_template_callback (widget_class, server_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, input_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_clicked_cb);
}

static GtkStringList *
list_sign_ins (void)
{
  GtkStringList *sign_ins = gtk_string_list_new (NULL);

  for (guint i = 0; i < KOBRA_N_SIGN_INS; i++)
    gtk_string_list_append (sign_ins, _ (kobra_sign_in_get_label ((KobraSignIn) i)));
  return sign_ins;
}

static void
kobra_send_dialog_init (KobraSendDialog *self)
{
  g_autoptr (GtkStringList) sign_ins = list_sign_ins ();

  self->alive = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->sign_in_row, G_LIST_MODEL (sign_ins));
}

KobraSendDialog *
kobra_send_dialog_new (KobraApplication *application,
                       const char       *headline,
                       const char       *left_out,
                       KobraConnection  *preferred)
{
  KobraSendDialog *self = g_object_new (KOBRA_TYPE_SEND_DIALOG, "title", headline, NULL);

  self->application = g_object_ref (application);
  gtk_label_set_label (self->headline, headline);
  gtk_label_set_label (self->left_out, left_out);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out), left_out != NULL);
  list_anew (self, preferred);
  return self;
}
