/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-history-sidebar.h"

#include <glib/gi18n.h>

#include "kobra-application.h"
#include "kobra-field.h"
#include "kobra-list-fill.h"

#include "kobra-banned.h"

/* More are of no use in a sidebar. */
#define MAX_FOUND 100

struct _KobraHistorySidebar
{
  AdwBin              parent_instance;

  GtkSearchEntry     *search;
  GtkStack           *pages;
  GtkListView        *list;
  GtkListBox         *found;
  GtkLabel           *cut_label;
  GtkActionBar       *bar;

  KobraHistory       *history;   /* or NULL */
  GtkSingleSelection *selection;
  GCancellable       *searching; /* or NULL */
  KobraJournalHits   *hits;      /* what @found shows, or NULL */
  guint               filling;   /* of @found, or one that ended */
};

G_DEFINE_FINAL_TYPE (KobraHistorySidebar, kobra_history_sidebar, ADW_TYPE_BIN)

typedef enum
{
  PROP_SIZE_TEXT = 1
} KobraHistorySidebarProperty;

static GParamSpec *props[PROP_SIZE_TEXT + 1];

typedef enum
{
  GROUP_INTERRUPTED,
  GROUP_TODAY,
  GROUP_YESTERDAY,
  GROUP_WEEK,
  GROUP_OLDER
} Group;

static const char *const group_titles[] = {
  [GROUP_INTERRUPTED] = N_("Interrupted"),
  [GROUP_TODAY] = N_("Today"),
  [GROUP_YESTERDAY] = N_("Yesterday"),
  [GROUP_WEEK] = N_("Last 7 Days"),
  [GROUP_OLDER] = N_("Older"),
};

static GDateTime *
new_time (gint64 microseconds)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_local (utc) : g_date_time_new_now_local ();
}

static guint
get_days_ago (gint64 microseconds)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = new_time (microseconds);
  GDate                 today, day;

  g_date_clear (&today, 1);
  g_date_clear (&day, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (then), (GDateMonth) g_date_time_get_month (then), (GDateYear) g_date_time_get_year (then));
  return (guint) MAX (g_date_days_between (&day, &today), 0); /* a clock that was set back makes it today */
}

static Group
get_group (KobraHistoryItem *item)
{
  const KobraJournalImportInfo *info = kobra_history_item_get_info (item);
  guint                         days = get_days_ago (info->opened);

  if (!info->is_closed && !info->is_open_elsewhere && !kobra_application_has_import (KOBRA_APPLICATION (g_application_get_default ()), info->id))
    return GROUP_INTERRUPTED;
  if (days <= 1)
    return days == 0 ? GROUP_TODAY : GROUP_YESTERDAY;
  return days <= 7 ? GROUP_WEEK : GROUP_OLDER;
}

static int
compare_groups (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  return (int) get_group ((gpointer) a) - (int) get_group ((gpointer) b);
}

/* Closures of the rows; a row without an item says nothing. */

static char *
get_title (GObject          *row,
           KobraHistoryItem *item)
{
  return item != NULL ? g_strdup (kobra_history_item_get_info (item)->source_name) : NULL;
}

static char *
get_group_title (GObject          *row,
                 KobraHistoryItem *item)
{
  return item != NULL ? g_strdup (_ (group_titles[get_group (item)])) : NULL;
}

static char *
get_counts (GObject          *row,
            KobraHistoryItem *item)
{
  return item != NULL ? kobra_history_item_dup_counts (item) : NULL;
}

static char *
get_relation (GObject          *row,
              KobraHistoryItem *item)
{
  return item != NULL ? kobra_history_item_dup_relation (item) : NULL;
}

static gboolean
has_relation (GObject          *row,
              KobraHistoryItem *item)
{
  g_autofree char *relation = get_relation (row, item);

  return relation != NULL;
}

static char *
format_time (gint64 microseconds)
{
  g_autoptr (GDateTime) time = new_time (microseconds);

  /* TRANSLATORS: a time of today, a date and a time of another day; see g_date_time_format() */
  return g_date_time_format (time, get_days_ago (microseconds) == 0 ? _ ("%H:%M") : _ ("%-d %b %Y, %H:%M"));
}

static char *
get_details (GObject          *row,
             KobraHistoryItem *item)
{
  const KobraJournalImportInfo *info = item != NULL ? kobra_history_item_get_info (item) : NULL;
  const KobraSchema            *schema = info != NULL ? kobra_schema_find (info->kind) : NULL;
  g_autofree char              *time = info != NULL ? format_time (info->opened) : NULL;
  const char                   *kind = _ ("Payment promises");

  if (info == NULL)
    return NULL;
  if (schema == NULL || schema->kind == KOBRA_KIND_ACCOUNTS)
    kind = info->import_type >= KOBRA_IMPORT_NEW && info->import_type <= KOBRA_IMPORT_PERSONAL ? _ (kobra_import_type_get_label ((KobraImportType) info->import_type)) : "";
  if (!info->has_records)
    /* TRANSLATORS: a time, what was imported; of a past import whose records were deleted after the time they are kept */
    return g_strdup_printf (_ ("%s · %s · counts only"), time, kind);
  if (*info->connection == '\0')
    return g_strdup_printf ("%s · %s", time, kind);
  return g_strdup_printf ("%s · %s · %s", time, kind, g_str_equal (info->connection, "practice") ? _ ("Practice") : info->connection);
}

static const KobraJournalImportInfo *
get_selected (KobraHistorySidebar *self)
{
  KobraHistoryItem *item = self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;

  return item != NULL ? kobra_history_item_get_info (item) : NULL;
}

/* The import before @info of the same file, or 0. */
static gint64
find_before (KobraHistorySidebar          *self,
             const KobraJournalImportInfo *info)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KobraHistoryItem)  item = g_list_model_get_item (G_LIST_MODEL (self->history), i);
      const KobraJournalImportInfo *other = kobra_history_item_get_info (item);

      if (other->id < info->id && other->has_records && g_str_equal (other->kind, info->kind) && g_str_equal (other->source_name, info->source_name))
        return other->id;
    }
  return 0;
}

/* What is looked for; signs and spaces alone are nothing. */
static gboolean
is_searching (KobraHistorySidebar *self)
{
  g_autofree char *folded = kobra_journal_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  return *folded != '\0';
}

static void
update (KobraHistorySidebar *self)
{
  const KobraJournalImportInfo *selected = get_selected (self);
  gboolean                      searches = is_searching (self);
  gboolean                      is_empty = self->history == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->history)) == 0;

  if (!searches)
    gtk_stack_set_visible_child_name (self->pages, is_empty ? "empty" : "list");
  gtk_action_bar_set_revealed (self->bar, !searches && selected != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.open", selected != NULL && selected->has_records);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.compare", selected != NULL && selected->has_records && find_before (self, selected) != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.delete", selected != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIZE_TEXT]);
}

static void
open_selected (KobraHistorySidebar *self)
{
  const KobraJournalImportInfo *info = get_selected (self);

  if (info != NULL && info->has_records)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-import", "x", info->id);
}

static void
activated_cb (KobraHistorySidebar *self)
{
  open_selected (self);
}

static void
action_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  KobraHistorySidebar          *self = KOBRA_HISTORY_SIDEBAR (widget);
  const KobraJournalImportInfo *info = get_selected (self);

  if (g_str_equal (name, "history.open"))
    open_selected (self);
  else if (info != NULL && g_str_equal (name, "history.delete"))
    gtk_widget_activate_action (widget, "win.delete-import", "x", info->id);
  else if (info != NULL)
    gtk_widget_activate_action (widget, "win.compare-imports", "(xx)", find_before (self, info), info->id);
}

/* Records found */

/* A KobraMakeRow. */
static GtkWidget *
make_found_row (guint    i,
                gpointer data)
{
  const KobraJournalHit *hit = g_ptr_array_index (((KobraJournalHits *) data)->hits, i);
  GtkWidget             *row = adw_action_row_new ();
  g_autofree char       *title = *hit->name != '\0' ? g_strdup_printf ("%s · %s", hit->key, hit->name) : g_strdup (hit->key);
  g_autofree char       *time = format_time (hit->at != 0 ? hit->at : hit->import->opened);
  g_autofree char       *subtitle = g_strdup_printf ("%s · %s\n%s%s%s", hit->import->source_name, time, kobra_history_get_result_label (hit->result),
                                                     hit->words != NULL ? ": " : "", hit->words != NULL ? hit->words : "");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
found_activated_cb (KobraHistorySidebar *self,
                    GtkListBoxRow       *row)
{
  const KobraJournalHit *hit = g_ptr_array_index (self->hits->hits, (guint) gtk_list_box_row_get_index (row));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(xu)", hit->import->id, hit->record);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KobraHistorySidebar) self = data;
  g_autoptr (GError)              error = NULL;
  KobraJournalHits               *hits = kobra_history_search_finish (KOBRA_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->pages == NULL)
    return;
  if (hits == NULL)
    {
      g_warning ("%s", error->message);
      return;
    }
  gtk_widget_remove_tick_callback (GTK_WIDGET (self->found), self->filling);
  gtk_list_box_remove_all (self->found);
  g_clear_pointer (&self->hits, kobra_journal_hits_free);
  self->hits = hits;
  self->filling = kobra_list_fill (self->found, hits->hits->len, make_found_row, hits);
  gtk_widget_set_visible (GTK_WIDGET (self->cut_label), hits->is_cut);
  gtk_stack_set_visible_child_name (self->pages, hits->hits->len > 0 ? "found" : "nothing");
}

static void
search_changed_cb (KobraHistorySidebar *self)
{
  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  update (self);
  if (self->history == NULL || !is_searching (self))
    return;
  self->searching = g_cancellable_new ();
  kobra_history_search_async (self->history, gtk_editable_get_text (GTK_EDITABLE (self->search)), MAX_FOUND, self->searching, searched_cb, g_object_ref (self));
}

static void
kobra_history_sidebar_get_property (GObject    *object,
                                    guint       id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  KobraHistorySidebar *self = KOBRA_HISTORY_SIDEBAR (object);
  guint64              size = self->history != NULL ? kobra_history_get_size (self->history) : 0;
  g_autofree char     *text = g_format_size (size);

  switch ((KobraHistorySidebarProperty) id)
    {
    case PROP_SIZE_TEXT:
      /* TRANSLATORS: how much of the disk past imports take: "12.3 MB on this computer" */
      g_value_take_string (value, size > 0 ? g_strdup_printf (_ ("%s on this computer"), text) : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_history_sidebar_dispose (GObject *object)
{
  KobraHistorySidebar *self = KOBRA_HISTORY_SIDEBAR (object);

  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (self->found != NULL)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->found), self->filling);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_HISTORY_SIDEBAR);
  g_clear_object (&self->selection);
  g_clear_object (&self->history);
  g_clear_pointer (&self->hits, kobra_journal_hits_free);

  G_OBJECT_CLASS (kobra_history_sidebar_parent_class)->dispose (object);
}

static void
kobra_history_sidebar_class_init (KobraHistorySidebarClass *klass)
{
  static const char *const actions[] = { "history.open", "history.compare", "history.delete" };
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass          *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kobra_history_sidebar_get_property;
  object_class->dispose = kobra_history_sidebar_dispose;
  props[PROP_SIZE_TEXT] = g_param_spec_string ("size-text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (KOBRA_TYPE_HISTORY_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-history-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraHistorySidebar, search);
  gtk_widget_class_bind_template_child (widget_class, KobraHistorySidebar, pages);
  gtk_widget_class_bind_template_child (widget_class, KobraHistorySidebar, list);
  gtk_widget_class_bind_template_child (widget_class, KobraHistorySidebar, found);
  gtk_widget_class_bind_template_child (widget_class, KobraHistorySidebar, cut_label);
  gtk_widget_class_bind_template_child (widget_class, KobraHistorySidebar, bar);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_title);
  gtk_widget_class_bind_template_callback (widget_class, get_details);
  gtk_widget_class_bind_template_callback (widget_class, get_counts);
  gtk_widget_class_bind_template_callback (widget_class, get_group_title);
  gtk_widget_class_bind_template_callback (widget_class, get_relation);
  gtk_widget_class_bind_template_callback (widget_class, has_relation);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "history.delete", NULL);
}

static void
kobra_history_sidebar_init (KobraHistorySidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
kobra_history_sidebar_set_history (KobraHistorySidebar *self,
                                   KobraHistory        *history)
{
  GtkSortListModel *sorted;

  g_return_if_fail (KOBRA_IS_HISTORY_SIDEBAR (self) && KOBRA_IS_HISTORY (history));

  if (!g_set_object (&self->history, history))
    return;
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (history)), NULL);
  gtk_sort_list_model_set_section_sorter (sorted, GTK_SORTER (gtk_custom_sorter_new (compare_groups, NULL, NULL)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::size", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
kobra_history_sidebar_start_search (KobraHistorySidebar *self,
                                     const char          *text)
{
  g_return_if_fail (KOBRA_IS_HISTORY_SIDEBAR (self));

  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
