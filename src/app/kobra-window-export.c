/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking home what became of the records: as a table, and as a page for those who may not see them. */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-export.h"
#include "kobra-summary-print.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* The window, while the person chooses a file for the records that they want. */
typedef struct
{
  KobraWindow      *window;
  KobraExportFilter filter;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->window);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KobraWindow) self = data;
  g_autoptr (GError)      error = NULL;
  gboolean                done = kobra_export_results_finish (result, &error);

  if (g_cancellable_is_cancelled (self->alive))
    return;
  if (done)
    kobra_window_toast (self, _ ("Results saved"));
  else
    kobra_window_alert (self, _ ("The Results Were Not Saved"), error->message);
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (Saving) saving = data;
  KobraWindow       *self = saving->window;
  g_autoptr (GFile)  file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && !g_cancellable_is_cancelled (self->alive) && kobra_import_get_table (self->import) != NULL)
    kobra_export_results_async (self->import, file, saving->filter, self->alive, saved_cb, g_object_ref (self));
}

static GListModel *
list_formats (void)
{
  /* What most people open their tables with comes first. */
  static const KobraTableFormat formats[] = { KOBRA_TABLE_FORMAT_XLSX, KOBRA_TABLE_FORMAT_ODS, KOBRA_TABLE_FORMAT_CSV };
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, kobra_table_format_get_label (formats[i]));
      gtk_file_filter_add_suffix (filter, kobra_table_format_get_name (formats[i]));
      gtk_file_filter_add_mime_type (filter, kobra_table_format_get_mime (formats[i]));
      g_list_store_append (filters, filter);
    }
  return G_LIST_MODEL (filters);
}

static char *
make_name (KobraWindow      *self,
           KobraExportFilter filter)
{
  g_autofree char *stem = g_strdup (kobra_import_get_title (self->import));
  char            *dot = stem != NULL ? strrchr (stem, '.') : NULL;

  if (dot != NULL)
    *dot = '\0';
  if (stem == NULL)
    stem = g_strdup (_ ("Import"));
  if (filter == KOBRA_EXPORT_REJECTED)
    /* TRANSLATORS: the proposed name of the file with the rejected records of an import, after the name of the imported file */
    return g_strdup_printf (_ ("%s - rejected.xlsx"), stem);
  /* TRANSLATORS: the proposed name of the file with the results of an import, after the name of the imported file */
  return g_strdup_printf (_ ("%s - results.xlsx"), stem);
}

static void
save (KobraWindow      *self,
      KobraExportFilter filter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListModel)    formats = list_formats ();
  g_autofree char          *name = make_name (self, filter);
  Saving                   *saving = g_new0 (Saving, 1);

  saving->window = g_object_ref (self);
  saving->filter = filter;
  gtk_file_dialog_set_title (dialog, filter == KOBRA_EXPORT_REJECTED ? _ ("Save Rejected Records") : _ ("Save Results"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_set_filters (dialog, formats);
  gtk_file_dialog_save (dialog, GTK_WINDOW (self), self->alive, file_chosen_cb, saving);
}

void
kobra_window_save_results (KobraWindow *self)
{
  save (self, KOBRA_EXPORT_ALL);
}

void
kobra_window_save_rejected (KobraWindow *self)
{
  save (self, KOBRA_EXPORT_REJECTED);
}

void
kobra_window_save_not_accepted (KobraWindow *self)
{
  save (self, KOBRA_EXPORT_NOT_ACCEPTED);
}

static void
summed_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (KobraWindow)  self = data;
  g_autoptr (KobraSummary) summary = kobra_summary_finish (KOBRA_IMPORT (source), result, NULL);
  const char              *server = NULL;

  if (summary == NULL || g_cancellable_is_cancelled (self->alive))
    return;
  if (self->connection != NULL)
    server = kobra_connection_is_practice (self->connection) ? _ ("the practice server") : kobra_connection_get_host (self->connection);
  kobra_summary_print (g_steal_pointer (&summary), server, GTK_WINDOW (self));
}

void
kobra_window_print_summary (KobraWindow *self)
{
  kobra_summary_async (self->import, self->alive, summed_up_cb, g_object_ref (self));
}
