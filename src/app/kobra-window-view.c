/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records the sheet shows, and in which order: the actions that say so, and the bar that tells. */

#include <glib/gi18n.h>

#include "kobra-text.h"
#include "kobra-values-dialog.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

static const char *const show_names[KOBRA_N_SHOWS] = {
  [KOBRA_SHOW_ALL] = "all",
  [KOBRA_SHOW_PROBLEMS] = "problems",
  [KOBRA_SHOW_ERRORS] = "errors",
  [KOBRA_SHOW_WARNINGS] = "warnings",
  [KOBRA_SHOW_READY] = "ready",
  [KOBRA_SHOW_ACCEPTED] = "accepted",
  [KOBRA_SHOW_REJECTED] = "rejected",
  [KOBRA_SHOW_UNKNOWN] = "unknown",
  [KOBRA_SHOW_NOT_SENT] = "not-sent",
};

KobraSheetAdapter *
kobra_window_get_adapter (KobraWindow *self)
{
  KobraSheetModel *model = kobra_sheet_get_model (self->sheet);

  return model != NULL ? KOBRA_SHEET_ADAPTER (model) : NULL;
}

/* The view as it is, to be changed and set, and cleared. */
static void
init_view (KobraWindow *self,
           KobraView   *view)
{
  kobra_view_copy (view, kobra_sheet_adapter_get_view (kobra_window_get_adapter (self)));
}

static void
set_view (KobraWindow     *self,
          const KobraView *view)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  int                row = kobra_sheet_get_cursor_row (self->sheet);

  kobra_sheet_end_edit (self->sheet, TRUE);
  /* The cursor goes with its record, if that is still there. */
  self->cursor_id = G_MAXUINT32;
  if (row >= 0)
    self->cursor_id = kobra_table_peek_row (kobra_import_get_table (self->import), kobra_sheet_adapter_get_table_row (adapter, (guint) row))->id;
  kobra_sheet_adapter_set_view (adapter, view);
}

/* What the records shown have in common: "With errors · city: Jalisco · sorted by name". */
static char *
dup_view_text (KobraWindow     *self,
               const KobraView *view)
{
  KobraSheetAdapter    *adapter = kobra_window_get_adapter (self);
  const KobraSchema    *schema = kobra_import_get_schema (self->import);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (view->show != KOBRA_SHOW_ALL)
    g_ptr_array_add (parts, g_strdup (_ (kobra_show_get_label (view->show))));
  if (view->problem != KOBRA_PROBLEM_NONE && view->field >= 0)
    /* TRANSLATORS: a field and what is wrong in it, above the records that this is true of */
    g_ptr_array_add (parts, g_strdup_printf (_ ("%s: %s"), _ (schema->fields[view->field].label), kobra_problem_get_title (view->problem)));
  else if (view->problem != KOBRA_PROBLEM_NONE)
    g_ptr_array_add (parts, g_strdup (kobra_problem_get_title (view->problem)));
  for (guint i = 0; i < view->values->len; i++)
    {
      const KobraViewValues *values = &g_array_index (view->values, KobraViewValues, i);
      g_autofree char       *header = kobra_sheet_adapter_dup_table_header (adapter, values->column);
      guint                  n = g_strv_length (values->values);

      if (n == 1)
        {
          g_autofree char *value = kobra_text_visible (values->values[0], 40);

          /* TRANSLATORS: a column and the text that all records shown have in it */
          g_ptr_array_add (parts, g_strdup_printf (_ ("%s: %s"), header, *value != '\0' ? value : _ ("(empty)")));
        }
      else
        /* TRANSLATORS: a column, and how many texts the records shown may have in it */
        g_ptr_array_add (parts, g_strdup_printf (ngettext ("%s: %'u value", "%s: %'u values", n), header, n));
    }
  if (view->text != NULL)
    g_ptr_array_add (parts, g_strdup_printf (_ ("With “%s”"), view->text));
  if (kobra_view_is_sorted (view))
    {
      g_autofree char *header = kobra_sheet_adapter_dup_table_header (adapter, (guint) view->sort_column);

      g_ptr_array_add (parts, g_strdup_printf (view->descending ? _ ("Sorted by %s, descending") : _ ("Sorted by %s"), header));
    }
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
update_view_bar (KobraWindow *self)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  const KobraView   *view = adapter != NULL ? kobra_sheet_adapter_get_view (adapter) : NULL;
  gboolean           has_view = view != NULL && (kobra_view_is_filtered (view) || kobra_view_is_sorted (view));
  GAction           *action = g_action_map_lookup_action (G_ACTION_MAP (self), "show");
  g_autofree char   *count = NULL, *text = NULL;
  guint              n, n_all;

  gtk_revealer_set_reveal_child (self->view_revealer, has_view);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (show_names[view != NULL ? view->show : KOBRA_SHOW_ALL]));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), view != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.apply-view", has_view);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.clear-view", has_view);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sort-none", view != NULL && kobra_view_is_sorted (view));
  if (!has_view)
    return;
  text = dup_view_text (self, view);
  n = kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (adapter));
  n_all = kobra_table_get_n_rows (kobra_import_get_table (self->import));
  gtk_widget_set_visible (GTK_WIDGET (self->view_spinner), kobra_sheet_adapter_is_finding (adapter));
  if (kobra_sheet_adapter_is_finding (adapter))
    count = g_strdup (text);
  else if (kobra_view_is_filtered (view))
    /* TRANSLATORS: how many records of how many are shown, and what they have in common */
    count = g_strdup_printf (ngettext ("%'u of %'u record: %s", "%'u of %'u records: %s", n_all), n, n_all, text);
  else
    count = g_strdup (text);
  gtk_label_set_label (self->view_label, count);
}

/* To the record that the cursor was on; else it goes to the first. */
static void
view_changed_cb (KobraWindow *self)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  guint              table_row, row;

  if (self->cursor_id != G_MAXUINT32 && kobra_sheet_model_get_n_rows (KOBRA_SHEET_MODEL (adapter)) > 0)
    {
      int column = MAX (kobra_sheet_get_cursor_column (self->sheet), 0);

      if (!kobra_table_find_id (kobra_import_get_table (self->import), self->cursor_id, &table_row) ||
          !kobra_sheet_adapter_find_row (adapter, table_row, &row))
        row = 0;
      kobra_sheet_set_cursor (self->sheet, (int) row, column);
    }
  self->cursor_id = G_MAXUINT32;
  update_view_bar (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->view_label), gtk_label_get_label (self->view_label), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

void
kobra_window_go_to (KobraWindow *self,
                    guint        table_row,
                    guint        table_column)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  guint              row, column;

  g_return_if_fail (adapter != NULL);

  if (!kobra_sheet_adapter_find_row (adapter, table_row, &row))
    {
      KobraView all;

      kobra_view_init (&all);
      kobra_sheet_adapter_set_view (adapter, &all);
      kobra_view_clear (&all);
      kobra_window_toast (self, _ ("All records are shown again: this one was filtered out."));
      row = table_row;
    }
  if (!kobra_sheet_adapter_find_column (adapter, table_column, &column))
    column = 0;
  kobra_sheet_set_cursor (self->sheet, (int) row, (int) column);
}

static void
show_records (KobraWindow     *self,
              KobraShow        show,
              KobraProblemCode problem,
              int              field)
{
  const KobraView *now;
  KobraView        view;

  g_return_if_fail (kobra_window_get_adapter (self) != NULL);

  now = kobra_sheet_adapter_get_view (kobra_window_get_adapter (self));
  kobra_view_init (&view);
  view.sort_column = now->sort_column;
  view.descending = now->descending;
  view.show = show;
  view.problem = problem;
  view.field = field;
  set_view (self, &view);
  kobra_view_clear (&view);
}

void
kobra_window_show_only (KobraWindow *self,
                        KobraShow    show)
{
  g_return_if_fail (KOBRA_IS_WINDOW (self));

  show_records (self, show, KOBRA_PROBLEM_NONE, -1);
}

void
kobra_window_show_problem (KobraWindow     *self,
                           KobraProblemCode problem,
                           int              field)
{
  g_return_if_fail (KOBRA_IS_WINDOW (self));

  show_records (self, KOBRA_SHOW_ALL, problem, field);
}

void
kobra_window_show_text (KobraWindow *self,
                        const char  *text)
{
  KobraView view;

  g_return_if_fail (KOBRA_IS_WINDOW (self));

  init_view (self, &view);
  g_set_str (&view.text, text);
  set_view (self, &view);
  kobra_view_clear (&view);
}

/* The table's column that the cursor is in, or -1. */
static int
get_column (KobraWindow *self)
{
  int column = kobra_sheet_get_cursor_column (self->sheet);

  return column >= 0 ? (int) kobra_sheet_adapter_get_table_column (kobra_window_get_adapter (self), (guint) column) : -1;
}

static void
sort (KobraWindow *self,
      int          column,
      gboolean     descending)
{
  KobraView view;

  init_view (self, &view);
  view.sort_column = column;
  view.descending = descending;
  set_view (self, &view);
  kobra_view_clear (&view);
}

static void
sort_ascending (KobraWindow *self)
{
  sort (self, get_column (self), FALSE);
}

static void
sort_descending (KobraWindow *self)
{
  sort (self, get_column (self), TRUE);
}

static void
sort_none (KobraWindow *self)
{
  sort (self, -1, FALSE);
}

static void
set_values (KobraWindow       *self,
            guint              table_column,
            const char *const *values)
{
  KobraView view;

  init_view (self, &view);
  kobra_view_set_values (&view, table_column, values);
  set_view (self, &view);
  kobra_view_clear (&view);
}

static void
show_this_value (KobraWindow *self)
{
  int         row = kobra_sheet_get_cursor_row (self->sheet), column = kobra_sheet_get_cursor_column (self->sheet);
  const char *values[] = { NULL, NULL };

  if (row < 0 || column < 0)
    return;
  values[0] = kobra_sheet_model_peek_text (kobra_sheet_get_model (self->sheet), (guint) row, (guint) column);
  set_values (self, (guint) get_column (self), values);
}

static void
values_chosen_cb (KobraValuesDialog *dialog,
                  guint              table_column,
                  const char *const *values,
                  KobraWindow       *self)
{
  set_values (self, table_column, values);
}

static void
choose_values (KobraWindow *self)
{
  int                column = get_column (self);
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  g_autofree char   *header = NULL;
  GtkWidget         *dialog;

  if (column < 0)
    return;
  header = kobra_sheet_adapter_dup_table_header (adapter, (guint) column);
  dialog = kobra_values_dialog_new (kobra_import_get_table (self->import), (guint) column, header,
                                    kobra_view_get_values (kobra_sheet_adapter_get_view (adapter), (guint) column));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (values_chosen_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
apply_view (KobraWindow *self)
{
  KobraView view;

  init_view (self, &view);
  set_view (self, &view);
  kobra_view_clear (&view);
}

static void
clear_view (KobraWindow *self)
{
  KobraView view;

  kobra_view_init (&view);
  set_view (self, &view);
  kobra_view_clear (&view);
  gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
}

static const KobraWindowAction view_actions[] = {
  { "win.sort-ascending", sort_ascending, NULL },
  { "win.sort-descending", sort_descending, NULL },
  { "win.sort-none", sort_none, NULL },
  { "win.show-this-value", show_this_value, NULL },
  { "win.choose-values", choose_values, NULL },
  { "win.apply-view", apply_view, "F5" },
  { "win.clear-view", clear_view, "<Control><Shift>l" },
};

static void
activated_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  if (kobra_window_get_adapter (KOBRA_WINDOW (widget)) != NULL)
    kobra_window_run_action (KOBRA_WINDOW (widget), view_actions, G_N_ELEMENTS (view_actions), name);
}

static void
show_chosen_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  for (guint i = 0; i < KOBRA_N_SHOWS; i++)
    if (g_str_equal (show_names[i], g_variant_get_string (parameter, NULL)))
      kobra_window_show_only (KOBRA_WINDOW (data), (KobraShow) i);
}

void
kobra_window_install_view_actions (KobraWindowClass *klass)
{
  kobra_window_install_table (klass, view_actions, G_N_ELEMENTS (view_actions), activated_cb);
}

void
kobra_window_follow_view (KobraWindow *self)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);

  self->cursor_id = G_MAXUINT32;
  g_signal_connect_object (adapter, "view-changed", G_CALLBACK (view_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adapter, "notify::finding", G_CALLBACK (update_view_bar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adapter, "rows-changed", G_CALLBACK (update_view_bar), self, G_CONNECT_SWAPPED);
  update_view_bar (self);
}

void
kobra_window_init_view (KobraWindow *self)
{
  static const GActionEntry entries[] = { { "show", show_chosen_cb, "s", "'all'", NULL, { 0 } } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  kobra_sheet_set_menus (self->sheet, self->cells_menu, self->column_menu);
  update_view_bar (self);
}
