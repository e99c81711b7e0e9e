/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layouts-page.h"

#include <glib/gi18n.h>

#include "kobra-layout-page.h"
#include "kobra-layout-task.h"

#include "kobra-banned.h"

struct _KobraLayoutsPage
{
  AdwPreferencesPage parent_instance;

  GtkListBox        *list;

  GPtrArray         *layouts; /* KobraLayoutFile, as in the list */
  char              *exported; /* the layout for which a file is being chosen */
  GCancellable      *alive;
};

G_DEFINE_FINAL_TYPE (KobraLayoutsPage, kobra_layouts_page, ADW_TYPE_PREFERENCES_PAGE)

/* What was deleted, for as long as it can be undone. */
typedef struct
{
  KobraLayoutsPage *page;
  KobraLayoutFile  *layout;
} Removed;

static void undo_cb (AdwToast *toast,
                     Removed  *removed);

static void
removed_free (gpointer  data,
              GClosure *closure)
{
  Removed *removed = data;

  g_object_unref (removed->page);
  g_clear_pointer (&removed->layout, kobra_layout_file_free);
  g_free (removed);
}

static AdwPreferencesDialog *
get_dialog (KobraLayoutsPage *self)
{
  return ADW_PREFERENCES_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG));
}

/* A toast would cut the sentence off before it says what to do. */
static void
say_failed (KobraLayoutsPage *self,
            const char       *message)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("The Layouts Stay as They Were"), message);

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* "New accounts · 14 fields" */
static char *
dup_description (KobraLayoutFile *layout)
{
  guint            n = kobra_layout_file_count_fields (layout);
  g_autofree char *fields = g_strdup_printf (ngettext ("%'u field", "%'u fields", n), n);
  const char      *what = kobra_layout_file_get_kind (layout) == KOBRA_KIND_PROMISES ? _ ("Payment promises") : _ ("Accounts");
  KobraImportType  type;

  if (kobra_layout_file_get_import_type (layout, &type))
    what = _ (kobra_import_type_get_label (type));
  return g_strdup_printf ("%s · %s", what, fields);
}

static void
show_layouts (KobraLayoutsPage *self,
              GPtrArray        *layouts)
{
  g_clear_pointer (&self->layouts, g_ptr_array_unref);
  self->layouts = layouts;
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < layouts->len; i++)
    {
      KobraLayoutFile *layout = g_ptr_array_index (layouts, i);
      g_autofree char *description = dup_description (layout);
      GtkWidget       *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE, "title", kobra_layout_file_get_name (layout), "subtitle", description, NULL);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
      gtk_list_box_append (self->list, row);
    }
}

/* Offers the way back from a deletion. */
static void
say_removed (KobraLayoutsPage *self,
             KobraLayoutFile  *removed)
{
  g_autofree char *text = g_strdup_printf (_ ("“%s” was deleted"), kobra_layout_file_get_name (removed));
  AdwToast        *toast = g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL);
  Removed         *kept = g_new (Removed, 1);

  *kept = (Removed) { g_object_ref (self), removed };
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), kept, removed_free, G_CONNECT_DEFAULT);
  adw_preferences_dialog_add_toast (get_dialog (self), toast);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KobraLayoutsPage) self = data;
  g_autoptr (GError)           error = NULL;
  KobraLayoutFile             *removed = NULL;
  GPtrArray                   *layouts = kobra_layout_task_finish (result, &removed, &error);

  if (g_cancellable_is_cancelled (self->alive))
    {
      g_clear_pointer (&layouts, g_ptr_array_unref);
      g_clear_pointer (&removed, kobra_layout_file_free);
      return;
    }
  if (layouts != NULL)
    show_layouts (self, layouts);
  else
    say_failed (self, error->message);
  if (removed != NULL)
    say_removed (self, removed);
}

static void
start (KobraLayoutsPage *self,
       KobraLayoutTask   task,
       const char       *name,
       const char       *other,
       KobraLayoutFile  *layout)
{
  kobra_layout_task_async (task, name, other, layout, self->alive, done_cb, g_object_ref (self));
}

static void
undo_cb (AdwToast *toast,
         Removed  *removed)
{
  if (removed->layout != NULL)
    start (removed->page, KOBRA_LAYOUT_TASK_KEEP, NULL, NULL, g_steal_pointer (&removed->layout));
}

static void
renamed_cb (KobraLayoutsPage *self,
            const char       *name,
            KobraLayoutPage  *page)
{
  start (self, KOBRA_LAYOUT_TASK_RENAME, kobra_layout_page_get_name (page), name, NULL);
  adw_preferences_dialog_pop_subpage (get_dialog (self));
}

static void
delete_cb (KobraLayoutsPage *self,
           KobraLayoutPage  *page)
{
  start (self, KOBRA_LAYOUT_TASK_REMOVE, kobra_layout_page_get_name (page), NULL, NULL);
  adw_preferences_dialog_pop_subpage (get_dialog (self));
}

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (KobraLayoutsPage) self = data;
  g_autoptr (GFile)            file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL && self->exported != NULL)
    start (self, KOBRA_LAYOUT_TASK_EXPORT, self->exported, g_file_peek_path (file), NULL);
}

static void
export_cb (KobraLayoutsPage *self,
           KobraLayoutPage  *page)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char          *name = g_strdelimit (g_strconcat (kobra_layout_page_get_name (page), ".json", NULL), "/", '-');

  g_set_str (&self->exported, kobra_layout_page_get_name (page));
  gtk_file_dialog_set_title (dialog, _ ("Export Layout"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->alive, export_chosen_cb, g_object_ref (self));
}

static void
row_activated_cb (KobraLayoutsPage *self,
                  GtkListBoxRow    *row)
{
  KobraLayoutFile *layout = g_ptr_array_index (self->layouts, (guint) gtk_list_box_row_get_index (row));
  g_autofree char *description = dup_description (layout);
  KobraLayoutPage *page = kobra_layout_page_new (kobra_layout_file_get_name (layout), description);

  g_signal_connect_object (page, "renamed", G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "export", G_CALLBACK (export_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "delete", G_CALLBACK (delete_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_dialog_push_subpage (get_dialog (self), ADW_NAVIGATION_PAGE (page));
}

static void
import_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (KobraLayoutsPage) self = data;
  g_autoptr (GFile)            file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    start (self, KOBRA_LAYOUT_TASK_IMPORT, NULL, g_file_peek_path (file), NULL);
}

static void
import_activated_cb (KobraLayoutsPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Import Layout"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->alive, import_chosen_cb, g_object_ref (self));
}

static void
kobra_layouts_page_dispose (GObject *object)
{
  g_cancellable_cancel (KOBRA_LAYOUTS_PAGE (object)->alive);
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_LAYOUTS_PAGE);

  G_OBJECT_CLASS (kobra_layouts_page_parent_class)->dispose (object);
}

static void
kobra_layouts_page_finalize (GObject *object)
{
  KobraLayoutsPage *self = KOBRA_LAYOUTS_PAGE (object);

  g_clear_pointer (&self->layouts, g_ptr_array_unref);
  g_clear_pointer (&self->exported, g_free);
  g_clear_object (&self->alive);

  G_OBJECT_CLASS (kobra_layouts_page_parent_class)->finalize (object);
}

static void
kobra_layouts_page_class_init (KobraLayoutsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_layouts_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_layouts_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-layouts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraLayoutsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_activated_cb);
}

static void
kobra_layouts_page_init (KobraLayoutsPage *self)
{
  self->alive = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  start (self, KOBRA_LAYOUT_TASK_LIST, NULL, NULL, NULL);
}
