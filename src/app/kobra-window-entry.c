/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records entered by hand. */

#include <glib/gi18n.h>

#include "kobra-new-record-dialog.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* This window if it is empty or has records of that kind, else a new one. */
static KobraWindow *
get_window_to_enter_in (KobraWindow *self,
                        KobraKind    kind)
{
  const KobraSchema *schema = kobra_import_get_table (self->import) != NULL ? kobra_import_get_schema (self->import) : NULL;
  KobraImportState   state = kobra_import_get_state (self->import);
  KobraWindow       *window;

  if (state == KOBRA_IMPORT_EMPTY || (state == KOBRA_IMPORT_READY && schema != NULL && schema->kind == kind))
    return self;
  window = kobra_window_new (KOBRA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
show_record_cb (KobraWindow *self,
                guint        row)
{
  kobra_window_go_to (self, row, 0);
}

static void
closed_cb (KobraWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
}

static void
enter (KobraWindow *self,
       KobraKind    kind)
{
  KobraWindow *window = get_window_to_enter_in (self, kind);
  AdwDialog   *dialog = kobra_new_record_dialog_new (window->import, kind);

  window->failed = FALSE;
  kobra_window_update (window);
  g_signal_connect_object (dialog, "show-record", G_CALLBACK (show_record_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (closed_cb), window, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

void
kobra_window_new_account (KobraWindow *self)
{
  enter (self, KOBRA_KIND_ACCOUNTS);
}

void
kobra_window_new_promise (KobraWindow *self)
{
  enter (self, KOBRA_KIND_PROMISES);
}

void
kobra_window_new_record (KobraWindow *self)
{
  const KobraSchema *schema = kobra_import_get_table (self->import) != NULL ? kobra_import_get_schema (self->import) : NULL;

  enter (self, schema != NULL ? schema->kind : KOBRA_KIND_ACCOUNTS);
}
