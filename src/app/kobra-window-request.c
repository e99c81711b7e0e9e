/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The request of the record where the cursor is, to be looked at: nothing is sent. */

#include <glib/gi18n.h>

#include "kobra-request-dialog.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* Where the request would go: where a run would be proposed to go, or to Kobra itself. */
static KobraConnection *
dup_connection (KobraWindow *self)
{
  KobraApplication *application = KOBRA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  KobraConnection  *connection = kobra_window_dup_preferred_connection (self);

  /* The practice server has an address only once it runs. */
  if (connection != NULL && kobra_connection_is_practice (connection))
    kobra_application_start_practice (application, NULL);
  return connection != NULL ? connection : kobra_connection_new ();
}

void
kobra_window_show_request (KobraWindow *self)
{
  g_autoptr (KobraConnection) connection = dup_connection (self);
  g_autoptr (KobraClient)     client = kobra_client_new (connection);
  g_autoptr (KobraPreview)    preview = NULL;
  g_autoptr (GError)          error = NULL;
  int                         row = kobra_sheet_get_cursor_row (self->sheet);
  guint                       table_row = kobra_sheet_adapter_get_table_row (kobra_window_get_adapter (self), (guint) MAX (row, 0));
  guint32                     line = kobra_table_peek_row (kobra_import_get_table (self->import), table_row)->line;
  g_autofree char            *about = line > 0 ? g_strdup_printf (_ ("Line %u"), line) : g_strdup (_ ("A new record"));

  if (kobra_import_get_record_state (self->import, table_row) == KOBRA_RECORD_INVALID)
    {
      kobra_window_toast (self, _ ("This record has errors: it is not sent before they are corrected."));
      return;
    }
  preview = kobra_import_preview (self->import, table_row, client, &error);
  if (preview != NULL)
    adw_dialog_present (ADW_DIALOG (kobra_request_dialog_new (preview, about)), GTK_WIDGET (self));
  else
    kobra_window_toast (self, error->message);
}
