/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-connections-page.h"

#include <glib/gi18n.h>

#include "kobra-connection-dialog.h"
#include "kobra-connection-look.h"
#include "kobra-secret-store.h"

#include "kobra-banned.h"

struct _KobraConnectionsPage
{
  AdwPreferencesPage parent_instance;

  GtkListBox        *list;

  KobraApplication  *application;
  GCancellable      *alive;
};

G_DEFINE_FINAL_TYPE (KobraConnectionsPage, kobra_connections_page, ADW_TYPE_PREFERENCES_PAGE)

static AdwPreferencesDialog *
get_dialog (KobraConnectionsPage *self)
{
  return ADW_PREFERENCES_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG));
}

static void
say (KobraConnectionsPage *self,
     const char           *text)
{
  adw_preferences_dialog_add_toast (get_dialog (self), g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
}

static void
show_connection (AdwActionRow    *row,
                 KobraConnection *connection)
{
  g_autofree char *subtitle = kobra_connection_look_dup_subtitle (connection);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kobra_connection_get_name (connection));
  adw_action_row_set_subtitle (row, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, kobra_connection_get_name (connection), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
}

static void
connection_changed_cb (KobraConnection *connection,
                       GParamSpec      *pspec,
                       AdwActionRow    *row)
{
  show_connection (row, connection);
}

static GtkWidget *
new_row (gpointer item,
         gpointer data)
{
  KobraConnection *connection = item;
  gboolean         is_practice = kobra_connection_is_practice (connection);
  GtkWidget       *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", !is_practice, NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), kobra_connection_look_new_icon (connection));
  show_connection (ADW_ACTION_ROW (row), connection);
  if (is_practice)
    {
      gtk_widget_add_css_class (row, "practice");
      return row;
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (connection, "notify", G_CALLBACK (connection_changed_cb), row, G_CONNECT_DEFAULT);
  return row;
}

/* What was deleted, for as long as it can be undone. */
typedef struct
{
  KobraApplication *application;
  KobraConnection  *connection;
  gboolean          is_undone;
} Deleted;

static void
deleted_free (gpointer  data,
              GClosure *closure)
{
  Deleted *deleted = data;

  if (!deleted->is_undone)
    kobra_secret_store_forget (deleted->connection);
  g_object_unref (deleted->application);
  g_object_unref (deleted->connection);
  g_free (deleted);
}

static void
undo_cb (AdwToast *toast,
         Deleted  *deleted)
{
  deleted->is_undone = TRUE;
  kobra_connections_keep (kobra_application_get_connections (deleted->application), deleted->connection);
}

static void
deleted_cb (KobraConnectionsPage  *self,
            KobraConnection       *connection,
            KobraConnectionDialog *dialog)
{
  g_autofree char *text = g_strdup_printf (_ ("“%s” was deleted"), kobra_connection_get_name (connection));
  AdwToast        *toast = g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, "button-label", _ ("_Undo"), NULL);
  Deleted         *deleted = g_new0 (Deleted, 1);

  deleted->application = g_object_ref (self->application);
  deleted->connection = g_object_ref (connection);
  kobra_connections_remove (kobra_application_get_connections (self->application), connection);
  /* The secret is forgotten with the toast: with its closure, whatever makes it go. */
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), deleted, deleted_free, G_CONNECT_DEFAULT);
  adw_preferences_dialog_add_toast (get_dialog (self), toast);
}

static void
edit (KobraConnectionsPage *self,
      KobraConnection      *connection)
{
  KobraConnectionDialog *dialog = kobra_connection_dialog_new (self->application, connection, TRUE);

  g_signal_connect_object (dialog, "deleted", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
row_activated_cb (KobraConnectionsPage *self,
                  GtkListBoxRow        *row)
{
  g_autoptr (KobraConnection) connection = g_list_model_get_item (G_LIST_MODEL (kobra_application_get_connections (self->application)), (guint) gtk_list_box_row_get_index (row));

  edit (self, connection);
}

static void
add_activated_cb (KobraConnectionsPage *self)
{
  edit (self, NULL);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KobraConnectionsPage) self = data;
  g_autoptr (GError)          error = NULL;
  g_autoptr (GBytes)          bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autoptr (KobraConnection) connection = bytes != NULL ? kobra_connection_new_from_bytes (bytes, &error) : NULL;

  if (g_cancellable_is_cancelled (self->alive))
    return;
  if (connection == NULL)
    {
      say (self, error->message);
      return;
    }
  kobra_connections_keep (kobra_application_get_connections (self->application), connection);
  edit (self, connection);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KobraConnectionsPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    g_file_load_bytes_async (file, self->alive, read_cb, g_object_ref (self));
}

static void
import_activated_cb (KobraConnectionsPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Import Connection"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->alive, chosen_cb, g_object_ref (self));
}

static void
kobra_connections_page_dispose (GObject *object)
{
  KobraConnectionsPage *self = KOBRA_CONNECTIONS_PAGE (object);

  g_cancellable_cancel (self->alive);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_CONNECTIONS_PAGE);
  g_clear_object (&self->application);

  G_OBJECT_CLASS (kobra_connections_page_parent_class)->dispose (object);
}

static void
kobra_connections_page_finalize (GObject *object)
{
  g_clear_object (&KOBRA_CONNECTIONS_PAGE (object)->alive);

  G_OBJECT_CLASS (kobra_connections_page_parent_class)->finalize (object);
}

static void
kobra_connections_page_class_init (KobraConnectionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_connections_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_connections_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-connections-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraConnectionsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_activated_cb);
}

static void
kobra_connections_page_init (KobraConnectionsPage *self)
{
  self->alive = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kobra_connections_page_set_application (KobraConnectionsPage *self,
                                        KobraApplication     *application)
{
  g_return_if_fail (KOBRA_IS_CONNECTIONS_PAGE (self));

  g_set_object (&self->application, application);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (kobra_application_get_connections (application)), new_row, NULL, NULL);
}
