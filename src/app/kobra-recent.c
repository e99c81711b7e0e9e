/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-recent.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "kobra-config.h"

#include "kobra-banned.h"

/* One name for the release and the version for development: both open the same files. */
#define APPLICATION_NAME "Kobra Import"

/* Where the list can't be kept, GTK takes it for a mistake of ours. */
static gboolean
can_be_kept (void)
{
  return g_mkdir_with_parents (g_get_user_data_dir (), 0700) == 0 && g_access (g_get_user_data_dir (), W_OK) == 0;
}

void
kobra_recent_add (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData    data = {
    .mime_type = (char *) "application/octet-stream",
    .app_name = (char *) APPLICATION_NAME,
    .app_exec = (char *) "kobra-import %u",
    .is_private = FALSE,
  };
  g_autofree char *type = NULL;

  if (g_file_has_uri_scheme (file, "resource") || !can_be_kept ())
    return;
  type = g_content_type_guess (uri, NULL, 0, NULL);
  if (type != NULL)
    data.mime_type = type;
  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static int
compare_visits (gconstpointer a,
                gconstpointer b)
{
  GtkRecentInfo *first = *(GtkRecentInfo *const *) a, *second = *(GtkRecentInfo *const *) b;

  return g_date_time_compare (gtk_recent_info_get_visited (second), gtk_recent_info_get_visited (first));
}

GPtrArray *
kobra_recent_dup_list (guint most)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);
  GList     *all = can_be_kept () ? gtk_recent_manager_get_items (gtk_recent_manager_get_default ()) : NULL;

  for (GList *l = all; l != NULL; l = l->next)
    if (gtk_recent_info_has_application (l->data, APPLICATION_NAME) && gtk_recent_info_exists (l->data))
      g_ptr_array_add (list, gtk_recent_info_ref (l->data));
  g_list_free_full (all, (GDestroyNotify) gtk_recent_info_unref);
  g_ptr_array_sort (list, compare_visits);
  g_ptr_array_set_size (list, (int) MIN (list->len, most));
  return list;
}
