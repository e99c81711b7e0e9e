/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-window.h"

#include <glib/gi18n.h>

#include "kobra-config.h"
#include "kobra-find-bar.h"
#include "kobra-import-save.h"
#include "kobra-import-send.h"
#include "kobra-progress-bar.h"
#include "kobra-recent.h"
#include "kobra-sheet-adapter.h"
#include "kobra-split.h"
#include "kobra-start-page.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

#define SAMPLE_URI "resource:///io/github/kobraimport/KobraImport/sample/cartera-de-ejemplo.csv"

G_DEFINE_FINAL_TYPE (KobraWindow, kobra_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  PROP_IMPORT = 1,
  PROP_SENDING,
  PROP_PAUSED,
  PROP_RUNNING
} KobraWindowProperty;

static GParamSpec *props[PROP_RUNNING + 1];

static gboolean
is_running (KobraWindow *self)
{
  KobraImportState state = kobra_import_get_state (self->import);

  return state == KOBRA_IMPORT_SENDING || state == KOBRA_IMPORT_PAUSED;
}

static const char *
get_page (KobraWindow *self)
{
  KobraImportState state = kobra_import_get_state (self->import);

  if (state == KOBRA_IMPORT_OPENING)
    return "opening";
  if (self->failed)
    return "failed";
  return state == KOBRA_IMPORT_EMPTY ? "empty" : "sheet";
}

/* "1,203 ready · 28 with warnings · 37 with errors", or what became of them once something was sent. */
char *
kobra_window_dup_counts_text (const KobraImportCounts *counts)
{
  /* Doubtful records are sent with the others: among results they would be counted twice. */
  gboolean was_sent = counts->accepted + counts->rejected + counts->unknown > 0;
  const struct
  {
    guint       n;
    const char *text;
  } parts[] = {
    { counts->accepted, g_dngettext (NULL, "%'u accepted", "%'u accepted", counts->accepted) },
    { counts->rejected, g_dngettext (NULL, "%'u rejected", "%'u rejected", counts->rejected) },
    { counts->unknown, g_dngettext (NULL, "%'u unknown", "%'u unknown", counts->unknown) },
    { counts->to_send, g_dngettext (NULL, "%'u ready", "%'u ready", counts->to_send) },
    { was_sent ? 0 : counts->warning, g_dngettext (NULL, "%'u with a warning", "%'u with warnings", counts->warning) },
    { counts->invalid, g_dngettext (NULL, "%'u with an error", "%'u with errors", counts->invalid) },
  };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].n > 0)
      {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        g_ptr_array_add (texts, g_strdup_printf (parts[i].text, parts[i].n));
#pragma GCC diagnostic pop
      }
  if (texts->len == 0)
    return g_strdup (_ ("No records"));
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" · ", (char **) texts->pdata);
}

static void
update_titles (KobraWindow             *self,
               const KobraImportCounts *counts)
{
  const char        *title = kobra_import_get_title (self->import);
  const KobraSchema *schema = kobra_import_get_schema (self->import);
  gboolean           is_practice = self->connection != NULL ? kobra_connection_is_practice (self->connection) : self->practice;
  g_autofree char   *subtitle = NULL;
  g_autofree char   *marked = NULL;

  if (schema == NULL || kobra_import_get_table (self->import) == NULL)
    {
      adw_window_title_set_title (self->window_title, _ ("Kobra Import"));
      adw_window_title_set_subtitle (self->window_title, "");
      return;
    }
  if (schema->kind == KOBRA_KIND_ACCOUNTS)
    subtitle = g_strdup_printf (ngettext ("%'u account", "%'u accounts", counts->records), counts->records);
  else
    subtitle = g_strdup_printf (ngettext ("%'u payment promise", "%'u payment promises", counts->records), counts->records);
  /* TRANSLATORS: how many records there are; then, that they go to the practice server */
  marked = is_practice ? g_strdup_printf (_ ("%s · practice"), subtitle) : g_steal_pointer (&subtitle);
  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, marked);
  if (is_practice)
    gtk_widget_add_css_class (GTK_WIDGET (self->window_title), "practice");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->window_title), "practice");
}

/* What the person must know of the whole import; the most pressing of it. */
static void
update_banner (KobraWindow *self)
{
  g_autofree char   *unsaved = kobra_window_dup_save_error (self);
  const KobraLayout *layout = kobra_import_get_layout (self->import);
  gboolean           is_paused = kobra_import_get_state (self->import) == KOBRA_IMPORT_PAUSED;
  gboolean           is_strange = layout != NULL && kobra_layout_count_matched (layout) == 0;
  const struct
  {
    const char *title, *button, *action; /* a title of NULL: there is nothing to say */
  } news[] = {
    { is_paused ? kobra_import_get_pause_message (self->import) : NULL, _ ("_Go On"), "win.resume" },
    { unsaved, self->journal_error != NULL ? _ ("_Try Again") : NULL, "win.open-journal" },
    { self->notice, _ ("_Dismiss"), "win.dismiss-notice" },
    { is_strange ? _ ("No column has a header that names a field, so nothing can be sent. Say which column is which.") : NULL, _ ("_Match Columns…"), "win.columns" },
  };
  gsize i = 0;

  while (i < G_N_ELEMENTS (news) && news[i].title == NULL)
    i++;
  if (i < G_N_ELEMENTS (news))
    {
      adw_banner_set_title (self->banner, news[i].title);
      adw_banner_set_button_label (self->banner, news[i].button);
      self->banner_action = news[i].action;
    }
  adw_banner_set_revealed (self->banner, i < G_N_ELEMENTS (news));
}

static void
update_send_button (KobraWindow             *self,
                    const KobraImportCounts *counts)
{
  g_autofree char *label = g_strdup_printf (_ ("_Send %'u"), counts->to_send);

  gtk_button_set_label (self->send_button, counts->to_send > 0 ? label : _ ("_Send"));
  gtk_widget_set_visible (GTK_WIDGET (self->columns_button), g_str_equal (get_page (self), "sheet") && !is_running (self));
  gtk_widget_set_visible (GTK_WIDGET (self->send_button), g_str_equal (get_page (self), "sheet") && !is_running (self));
}

static void
update_actions (KobraWindow             *self,
                const KobraImportCounts *counts)
{
  KobraImportState state = kobra_import_get_state (self->import);
  KobraTable      *table = kobra_import_get_table (self->import);
  gboolean         is_ready = state == KOBRA_IMPORT_READY && !self->failed && !self->starting;
  gboolean         has_results = table != NULL && counts->accepted + counts->rejected + counts->unknown + counts->not_sent > 0;
  const struct
  {
    const char *name;
    gboolean    allowed;
  } actions[] = {
    { "win.open", state == KOBRA_IMPORT_EMPTY || state == KOBRA_IMPORT_READY },
    { "win.sample", state == KOBRA_IMPORT_EMPTY || state == KOBRA_IMPORT_READY },
    { "win.source", (is_ready || self->failed) && (self->file != NULL || self->pasted != NULL) },
    { "win.open-again", self->failed && (self->file != NULL || self->pasted != NULL) },
    { "win.paste-table", state == KOBRA_IMPORT_EMPTY && !self->failed },
    { "win.cancel-opening", state == KOBRA_IMPORT_OPENING },
    { "win.send", is_ready && counts->to_send > 0 },
    { "win.send-rejected", is_ready && counts->rejected > 0 },
    { "win.show-request", table != NULL && counts->records > 0 },
    { "win.send-unknown", is_ready && counts->unknown > 0 },
    { "win.send-selected", is_ready && counts->records > 0 },
    { "win.pause", state == KOBRA_IMPORT_SENDING },
    { "win.resume", state == KOBRA_IMPORT_PAUSED },
    { "win.cancel-sending", is_running (self) },
    { "win.columns", is_ready && table != NULL },
    { "win.clean-up", is_ready && counts->records > 0 },
    { "win.results", has_results },
    { "win.save-results", is_ready && has_results },
    { "win.save-rejected", is_ready && has_results && counts->rejected > 0 },
    { "win.save-not-accepted", is_ready && has_results },
    { "win.print-summary", is_ready && has_results },
    { "win.undo", table != NULL && is_ready && kobra_table_can_undo (table) },
    { "win.redo", table != NULL && is_ready && kobra_table_can_redo (table) },
    { "win.insert-row", is_ready },
    { "win.delete-rows", is_ready && counts->records > 0 },
    { "win.next-problem", table != NULL && counts->warning + counts->invalid > 0 },
    { "win.previous-problem", table != NULL && counts->warning + counts->invalid > 0 },
    { "win.import-type", is_ready },
    { "win.next-record", table != NULL && counts->records > 0 },
    { "win.previous-record", table != NULL && counts->records > 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name, actions[i].allowed);
}

void
kobra_window_update (KobraWindow *self)
{
  const KobraSchema *schema = kobra_import_get_schema (self->import);
  KobraImportCounts  counts;
  g_autofree char   *counts_text = NULL;
  gboolean           on_sheet = g_str_equal (get_page (self), "sheet");

  kobra_import_get_counts (self->import, &counts);
  counts_text = kobra_window_dup_counts_text (&counts);
  gtk_stack_set_visible_child_name (self->pages, get_page (self));
  gtk_revealer_set_reveal_child (self->bottom_revealer, on_sheet);
  gtk_label_set_label (self->counts_label, counts_text);
  gtk_widget_set_visible (GTK_WIDGET (self->import_type_button), on_sheet && schema != NULL && schema->kind == KOBRA_KIND_ACCOUNTS);
  gtk_menu_button_set_label (self->import_type_button, _ (kobra_import_type_get_label (kobra_import_get_import_type (self->import))));
  gtk_widget_set_visible (GTK_WIDGET (self->inspector_button), on_sheet);
  gtk_widget_set_visible (GTK_WIDGET (self->clean_button), on_sheet && !is_running (self) && self->n_offered > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->results_button), counts.accepted + counts.rejected + counts.unknown + counts.not_sent > 0);
  update_titles (self, &counts);
  update_banner (self);
  kobra_window_update_guide (self, &counts);
  update_send_button (self, &counts);
  update_actions (self, &counts);
  for (guint i = PROP_SENDING; i <= PROP_RUNNING; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

void
kobra_window_toast (KobraWindow *self,
                    const char  *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Says what opening changed, with the way back. */
static void
tell_fixes (KobraWindow *self)
{
  guint            n = kobra_import_get_n_fixed (self->import);
  g_autofree char *text = g_strdup_printf (ngettext ("%'u cell was cleaned up", "%'u cells were cleaned up", n), n);
  AdwToast        *toast;

  if (n == 0)
    return;
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_timeout (toast, 10);
  g_set_weak_pointer (&self->fixes_toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KobraWindow) self = data;
  g_autoptr (GError)      error = NULL;
  gboolean                done = kobra_import_open_finish (KOBRA_IMPORT (source), result, &error);

  if (g_cancellable_is_cancelled (self->alive))
    return;
  g_clear_object (&self->opening);
  self->failed = !done && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (self->failed)
    {
      g_autofree char *markup = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, markup);
      kobra_retry_box_set_error (self->retry_box, error);
    }
  kobra_window_update (self);
  if (done)
    {
      if (self->file != NULL)
        kobra_recent_add (self->file);
      tell_fixes (self);
      kobra_window_tell_source (self);
      kobra_window_tell_layout (self);
      kobra_window_count_clean_up (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
    }
}

/* The toast's Undo would now take back something else than it says, and what was pasted may be in need of a clean-up. */
static void
undo_changed_cb (KobraWindow *self)
{
  self->edited = TRUE;
  if (self->fixes_toast != NULL)
    adw_toast_dismiss (self->fixes_toast);
  kobra_window_count_clean_up (self);
}

static void
table_changed_cb (KobraWindow *self)
{
  g_autoptr (KobraSheetAdapter) adapter = NULL;
  KobraTable *table = kobra_import_get_table (self->import);

  if (table == NULL)
    return;
  self->edited = FALSE;
  adapter = kobra_sheet_adapter_new (self->import);
  kobra_sheet_set_model (self->sheet, KOBRA_SHEET_MODEL (adapter));
  kobra_window_recall_columns (self);
  kobra_window_follow_model (self, KOBRA_SHEET_MODEL (adapter));
  kobra_window_follow_view (self);
  g_signal_connect_object (table, "notify::can-undo", G_CALLBACK (kobra_window_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "notify::undo-name", G_CALLBACK (undo_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "notify::undo-name", G_CALLBACK (kobra_window_name_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "notify::redo-name", G_CALLBACK (kobra_window_name_undo), self, G_CONNECT_SWAPPED);
  kobra_window_name_undo (self);
  g_signal_connect_object (table, "notify::can-redo", G_CALLBACK (kobra_window_update), self, G_CONNECT_SWAPPED);
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       data)
{
  KobraWindow *self = KOBRA_WINDOW (widget);

  self->update_tick = 0;
  kobra_window_update (self);
  return G_SOURCE_REMOVE;
}

/* A run changes the counts many times a frame: once is enough to show. */
static void
counts_changed_cb (KobraWindow *self)
{
  if (self->update_tick == 0)
    self->update_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), frame_cb, NULL, NULL);
}

static void
refused_cb (KobraSheet  *sheet,
            const char  *words,
            KobraWindow *self)
{
  kobra_window_toast (self, words);
}

static void
banner_clicked_cb (KobraWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), self->banner_action, NULL);
}

static void
kobra_window_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  KobraWindow     *self = KOBRA_WINDOW (object);
  KobraImportState state = kobra_import_get_state (self->import);

  switch ((KobraWindowProperty) id)
    {
    case PROP_IMPORT:
      g_value_set_object (value, self->import);
      break;
    case PROP_SENDING:
      g_value_set_boolean (value, state == KOBRA_IMPORT_SENDING);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, state == KOBRA_IMPORT_PAUSED);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, is_running (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
kobra_window_close_request (GtkWindow *window)
{
  g_autoptr (GSettings) settings = g_settings_new (KOBRA_APPLICATION_ID);
  int width, height;

  if (!kobra_window_may_close (KOBRA_WINDOW (window)))
    return TRUE;
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  return GTK_WINDOW_CLASS (kobra_window_parent_class)->close_request (window);
}

static void
kobra_window_constructed (GObject *object)
{
  g_autoptr (GSettings) settings = g_settings_new (KOBRA_APPLICATION_ID);

  G_OBJECT_CLASS (kobra_window_parent_class)->constructed (object);

  gtk_window_set_default_size (GTK_WINDOW (object), g_settings_get_int (settings, "window-width"), g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (object));
}

static void
kobra_window_dispose (GObject *object)
{
  KobraWindow *self = KOBRA_WINDOW (object);

  kobra_import_abandon_run (self->import);
  kobra_import_set_journal (self->import, NULL);
  g_cancellable_cancel (self->alive);
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_WINDOW);

  G_OBJECT_CLASS (kobra_window_parent_class)->dispose (object);
}

static void
kobra_window_finalize (GObject *object)
{
  KobraWindow *self = KOBRA_WINDOW (object);

  g_clear_weak_pointer (&self->fixes_toast);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_object (&self->file);
  g_clear_pointer (&self->pasted, g_bytes_unref);
  kobra_read_options_clear (&self->reading);
  g_clear_object (&self->opening);
  g_clear_object (&self->counting);
  g_clear_object (&self->alive);
  g_clear_object (&self->required_signals);
  g_clear_object (&self->settings);
  g_clear_object (&self->connection);
  g_clear_object (&self->import);
  g_clear_pointer (&self->journal_error, g_free);
  g_clear_pointer (&self->notice, g_free);

  G_OBJECT_CLASS (kobra_window_parent_class)->finalize (object);
}

static void
kobra_window_class_init (KobraWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kobra_window_get_property;
  object_class->constructed = kobra_window_constructed;
  object_class->dispose = kobra_window_dispose;
  object_class->finalize = kobra_window_finalize;

  props[PROP_IMPORT] = g_param_spec_object ("import", NULL, NULL, KOBRA_TYPE_IMPORT, flags);
  props[PROP_SENDING] = g_param_spec_boolean ("sending", NULL, NULL, FALSE, flags);
  props[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  GTK_WINDOW_CLASS (klass)->close_request = kobra_window_close_request;

  g_type_ensure (KOBRA_TYPE_SHEET);
  g_type_ensure (KOBRA_TYPE_HISTORY_SIDEBAR);
  g_type_ensure (KOBRA_TYPE_FIND_BAR);
  g_type_ensure (KOBRA_TYPE_IMPORT);
  g_type_ensure (KOBRA_TYPE_INSPECTOR);
  g_type_ensure (KOBRA_TYPE_PROGRESS_BAR);
  g_type_ensure (KOBRA_TYPE_RETRY_BOX);
  g_type_ensure (KOBRA_TYPE_OPENING_PAGE);
  g_type_ensure (KOBRA_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, history_split);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, history_sidebar);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, inspector);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, inspector_button);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, inspector_split);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, guide);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, opening_page);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, retry_box);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, import_type_button);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, clean_button);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, columns_button);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, send_button);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, results_button);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, bottom_revealer);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, counts_label);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, words_label);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, sheet);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, find_bar);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, view_revealer);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, view_label);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, view_spinner);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, cells_menu);
  gtk_widget_class_bind_template_child (widget_class, KobraWindow, column_menu);
  gtk_widget_class_bind_template_callback (widget_class, kobra_window_toast);
  gtk_widget_class_bind_template_callback (widget_class, kobra_window_show_text);
  kobra_window_install_view_actions (klass);
  kobra_window_install_find_actions (klass);
  kobra_window_install_column_actions (klass);
  gtk_widget_class_bind_template_callback (widget_class, banner_clicked_cb);
  kobra_window_install_actions (klass);
  kobra_window_install_history_actions (klass);
}

static void
kobra_window_init (KobraWindow *self)
{
  g_autoptr (GtkBuilder) menu = NULL;

  self->import = kobra_import_new ();
  self->alive = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  if (g_str_has_suffix (KOBRA_APPLICATION_ID, ".Devel"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  menu = gtk_builder_new_from_resource ("/io/github/kobraimport/KobraImport/kobra-main-menu.ui");
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (gtk_builder_get_object (menu, "main_menu")));
  kobra_split_hide_closed_sidebar (self->history_split);
  kobra_split_hide_closed_sidebar (self->inspector_split);
  kobra_window_accept_drops (self);
  kobra_window_follow_cursor (self);
  kobra_window_add_inspector (self);
  kobra_window_init_required (self);
  kobra_window_init_view (self);
  kobra_window_init_columns (self);
  kobra_window_follow_paste (self);
  kobra_window_keep_focus (self);
  g_signal_connect_object (self->sheet, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_DEFAULT);

  g_signal_connect_object (self->import, "notify::table", G_CALLBACK (table_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "notify::state", G_CALLBACK (kobra_window_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "notify::pause-message", G_CALLBACK (kobra_window_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "counts-changed", G_CALLBACK (counts_changed_cb), self, G_CONNECT_SWAPPED);
  kobra_window_update (self);
}

KobraWindow *
kobra_window_new (KobraApplication *application)
{
  KobraWindow *self = g_object_new (KOBRA_TYPE_WINDOW, "application", application, NULL);

  kobra_window_follow_journal (self);
  return self;
}

KobraImport *
kobra_window_get_import (KobraWindow *self)
{
  g_return_val_if_fail (KOBRA_IS_WINDOW (self), NULL);

  return self->import;
}

KobraWindow *
kobra_window_get_free (KobraWindow *self)
{
  KobraWindow *window;

  if (!self->edited && !is_running (self) && self->opening == NULL)
    return self;
  window = kobra_window_new (KOBRA_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

void
kobra_window_open_source (KobraWindow            *self,
                          GFile                  *file,
                          GBytes                 *bytes,
                          gboolean                practice,
                          const KobraReadOptions *read)
{
  g_autoptr (GSettings) settings = g_settings_new (KOBRA_APPLICATION_ID);
  KobraOpenOptions      options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW, .read = read };
  g_autofree char      *name = file != NULL ? g_file_get_basename (file) : g_strdup (_ ("Pasted Table"));
  g_autofree char      *title = NULL;
  g_autoptr (GBytes)    pasted = bytes != NULL ? g_bytes_ref (bytes) : NULL;

  if (self->opening != NULL || is_running (self))
    return;
  options.clean = g_settings_get_boolean (settings, "clean-on-open");
  options.find_layout = TRUE;
  self->failed = FALSE;
  g_clear_pointer (&self->notice, g_free);
  self->practice = practice;
  /* TRANSLATORS: the name of a file that is being opened */
  title = g_strdup_printf (_ ("Opening “%s”…"), name);
  kobra_opening_page_begin (self->opening_page, title, file, bytes, read);
  g_set_object (&self->file, file);
  g_clear_pointer (&self->pasted, g_bytes_unref);
  self->pasted = g_steal_pointer (&pasted);
  kobra_read_options_clear (&self->reading);
  if (read != NULL)
    kobra_read_options_copy (read, &self->reading);
  self->opening = g_cancellable_new ();
  if (file != NULL)
    kobra_import_open_async (self->import, file, &options, self->opening, opened_cb, g_object_ref (self));
  else
    kobra_import_open_bytes_async (self->import, self->pasted, name, &options, self->opening, opened_cb, g_object_ref (self));
  kobra_window_update (self);
}

void
kobra_window_open (KobraWindow *self,
                   GFile       *file)
{
  g_return_if_fail (KOBRA_IS_WINDOW (self));

  kobra_window_open_source (kobra_window_get_free (self), file, NULL, FALSE, NULL);
}

void
kobra_window_open_sample (KobraWindow *self)
{
  g_autoptr (GFile) sample = g_file_new_for_uri (SAMPLE_URI);

  kobra_window_open_source (kobra_window_get_free (self), sample, NULL, TRUE, NULL);
}
