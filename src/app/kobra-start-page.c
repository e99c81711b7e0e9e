/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-start-page.h"

#include <glib/gi18n.h>

#include "kobra-config.h"
#include "kobra-recent.h"

#include "kobra-banned.h"

#define MOST_RECENT 4

struct _KobraStartPage
{
  AdwBin parent_instance;

  AdwPreferencesGroup *recent_group;

  GPtrArray *rows; /* of the files opened last; borrowed from their group */
};

G_DEFINE_FINAL_TYPE (KobraStartPage, kobra_start_page, ADW_TYPE_BIN)

/* The folder tells files of one name apart. */
static char *
dup_folder (GtkRecentInfo *info)
{
  g_autoptr (GFile) file = g_file_new_for_uri (gtk_recent_info_get_uri (info));
  g_autoptr (GFile) folder = g_file_get_parent (file);

  return folder != NULL ? g_file_get_parse_name (folder) : NULL;
}

static GtkWidget *
make_row (GtkRecentInfo *info)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *folder = dup_folder (info);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), gtk_recent_info_get_display_name (info));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (folder != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-uri");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", gtk_recent_info_get_uri (info));
  return row;
}

static void
update_recent (KobraStartPage *self)
{
  g_autoptr (GPtrArray) list = kobra_recent_dup_list (MOST_RECENT);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->recent_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < list->len; i++)
    {
      GtkWidget *row = make_row (g_ptr_array_index (list, i));

      adw_preferences_group_add (self->recent_group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recent_group), list->len > 0);
}

static void
kobra_start_page_map (GtkWidget *widget)
{
  update_recent (KOBRA_START_PAGE (widget));
  GTK_WIDGET_CLASS (kobra_start_page_parent_class)->map (widget);
}

static void
kobra_start_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_START_PAGE);

  G_OBJECT_CLASS (kobra_start_page_parent_class)->dispose (object);
}

static void
kobra_start_page_finalize (GObject *object)
{
  g_ptr_array_unref (KOBRA_START_PAGE (object)->rows);

  G_OBJECT_CLASS (kobra_start_page_parent_class)->finalize (object);
}

static void
kobra_start_page_class_init (KobraStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_start_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_start_page_finalize;
  widget_class->map = kobra_start_page_map;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraStartPage, recent_group);
}

static void
kobra_start_page_init (KobraStartPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (adw_bin_get_child (ADW_BIN (self))), KOBRA_APPLICATION_ID "-symbolic");
}
