/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys. They are bindings of the class, so that they work with any keyboard layout and a key that does nothing goes on to the
 * window; only what begins an edit by being typed comes through a controller. */

#include "kobra-sheet-private.h"

/* What a key does; FALSE lets the key go on. */
typedef gboolean (*Command) (KobraSheet *self,
                             int         value);

typedef struct
{
  guint           keyval;
  GdkModifierType modifiers;
  Command         command;
  int             value;
  gboolean        while_editing;
} Binding;

/* Those that move the cursor; each has a twin with Shift, which extends the selection. */
typedef struct
{
  guint           keyval;
  guint           keypad_keyval;
  GdkModifierType modifiers;
  KobraSheetMove  move;
  gboolean        to_edge;
} Motion;

static const Motion motions[] = {
  { GDK_KEY_Up, GDK_KEY_KP_Up, 0, KOBRA_SHEET_MOVE_UP, FALSE },
  { GDK_KEY_Down, GDK_KEY_KP_Down, 0, KOBRA_SHEET_MOVE_DOWN, FALSE },
  { GDK_KEY_Left, GDK_KEY_KP_Left, 0, KOBRA_SHEET_MOVE_BACK, FALSE },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 0, KOBRA_SHEET_MOVE_FORTH, FALSE },
  { GDK_KEY_Up, GDK_KEY_KP_Up, GDK_CONTROL_MASK, KOBRA_SHEET_MOVE_UP, TRUE },
  { GDK_KEY_Down, GDK_KEY_KP_Down, GDK_CONTROL_MASK, KOBRA_SHEET_MOVE_DOWN, TRUE },
  { GDK_KEY_Left, GDK_KEY_KP_Left, GDK_CONTROL_MASK, KOBRA_SHEET_MOVE_BACK, TRUE },
  { GDK_KEY_Right, GDK_KEY_KP_Right, GDK_CONTROL_MASK, KOBRA_SHEET_MOVE_FORTH, TRUE },
  { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, KOBRA_SHEET_MOVE_PAGE_UP, FALSE },
  { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, KOBRA_SHEET_MOVE_PAGE_DOWN, FALSE },
  { GDK_KEY_Home, GDK_KEY_KP_Home, 0, KOBRA_SHEET_MOVE_ROW_START, FALSE },
  { GDK_KEY_End, GDK_KEY_KP_End, 0, KOBRA_SHEET_MOVE_ROW_END, FALSE },
  { GDK_KEY_Home, GDK_KEY_KP_Home, GDK_CONTROL_MASK, KOBRA_SHEET_MOVE_FIRST, FALSE },
  { GDK_KEY_End, GDK_KEY_KP_End, GDK_CONTROL_MASK, KOBRA_SHEET_MOVE_LAST, FALSE },
};

static void
run_motion (KobraSheet   *self,
            const Motion *motion,
            gboolean      extends)
{
  KobraSheetMove move = motion->move;

  /* Left is left, whichever way the columns run. */
  if (self->geometry.is_rtl && move == KOBRA_SHEET_MOVE_BACK)
    move = KOBRA_SHEET_MOVE_FORTH;
  else if (self->geometry.is_rtl && move == KOBRA_SHEET_MOVE_FORTH)
    move = KOBRA_SHEET_MOVE_BACK;

  if (motion->to_edge)
    kobra_sheet_jump_to_edge (self, move, extends);
  else
    kobra_sheet_move_by (self, move, extends);
}

static gboolean
move (KobraSheet *self,
      int         index)
{
  run_motion (self, &motions[index], FALSE);
  return self->selection.is_set;
}

static gboolean
extend (KobraSheet *self,
        int         index)
{
  run_motion (self, &motions[index], TRUE);
  return self->selection.is_set;
}

static gboolean
tab (KobraSheet *self,
     int         forward)
{
  kobra_sheet_end_edit (self, TRUE);
  return kobra_sheet_tab (self, forward);
}

static gboolean
enter (KobraSheet *self,
       int         forward)
{
  kobra_sheet_end_edit (self, TRUE);
  kobra_sheet_enter (self, forward);
  return self->selection.is_set;
}

static gboolean
fill (KobraSheet *self,
      int         value)
{
  gboolean was_active = self->edit.is_active;

  kobra_sheet_edit_fill (self);
  return was_active;
}

static gboolean
edit (KobraSheet *self,
      int         value)
{
  /* F2 in an editor that arrows would leave makes it one in which they move. */
  if (self->edit.is_active)
    self->edit.is_quick = FALSE;
  else
    kobra_sheet_start_edit (self);
  return self->selection.is_set;
}

static gboolean
cancel (KobraSheet *self,
        int         value)
{
  gboolean was_busy = self->edit.is_active || self->copy != NULL || self->pasting != NULL;

  kobra_sheet_end_edit (self, FALSE);
  kobra_sheet_clipboard_cancel (self);
  return was_busy;
}

static gboolean
select_columns (KobraSheet *self,
                int         value)
{
  KobraSheetRange     range = kobra_sheet_selection_get_range (&self->selection);
  KobraSheetSelection selection;

  if (!self->selection.is_set)
    return FALSE;
  kobra_sheet_selection_span (&selection, 0, range.column, self->geometry.n_rows - 1, range.column + range.n_columns - 1);
  kobra_sheet_change_selection (self, &selection);
  return TRUE;
}

static gboolean
select_rows (KobraSheet *self,
             int         value)
{
  KobraSheetRange     range = kobra_sheet_selection_get_range (&self->selection);
  KobraSheetSelection selection;

  if (!self->selection.is_set)
    return FALSE;
  kobra_sheet_selection_span (&selection, range.row, 0, range.row + range.n_rows - 1, self->geometry.n_columns - 1);
  kobra_sheet_change_selection (self, &selection);
  return TRUE;
}

static gboolean
widen (KobraSheet *self,
       int         by)
{
  guint column = self->selection.column;

  if (!self->selection.is_set)
    return FALSE;
  kobra_sheet_columns_resize (self, column, kobra_sheet_geometry_get_column_width (&self->geometry, column) + by);
  g_signal_emit_by_name (self, "columns-arranged");
  return TRUE;
}

static gboolean
show_column_menu (KobraSheet *self,
                  int         value)
{
  return kobra_sheet_menu_popup_header (self);
}

static gboolean
move_column (KobraSheet *self,
             int         by)
{
  if (!self->selection.is_set || (by < 0 && self->selection.column == 0))
    return FALSE;
  return kobra_sheet_columns_move (self, self->selection.column, self->selection.column + (guint) by);
}

static gboolean
show_menu (KobraSheet *self,
           int         value)
{
  kobra_sheet_menu_popup (self, NULL);
  return self->selection.is_set;
}

static const Binding bindings[] = {
  { GDK_KEY_Tab, 0, tab, TRUE, TRUE },
  { GDK_KEY_KP_Tab, 0, tab, TRUE, TRUE },
  { GDK_KEY_Tab, GDK_SHIFT_MASK, tab, FALSE, TRUE },
  { GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, tab, FALSE, TRUE },
  { GDK_KEY_KP_Tab, GDK_SHIFT_MASK, tab, FALSE, TRUE },
  { GDK_KEY_Return, 0, enter, TRUE, TRUE },
  { GDK_KEY_KP_Enter, 0, enter, TRUE, TRUE },
  { GDK_KEY_ISO_Enter, 0, enter, TRUE, TRUE },
  { GDK_KEY_Return, GDK_SHIFT_MASK, enter, FALSE, TRUE },
  { GDK_KEY_KP_Enter, GDK_SHIFT_MASK, enter, FALSE, TRUE },
  { GDK_KEY_ISO_Enter, GDK_SHIFT_MASK, enter, FALSE, TRUE },
  { GDK_KEY_Return, GDK_CONTROL_MASK, fill, 0, TRUE },
  { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, fill, 0, TRUE },
  { GDK_KEY_F2, 0, edit, 0, TRUE },
  { GDK_KEY_Escape, 0, cancel, 0, TRUE },
  { GDK_KEY_space, GDK_CONTROL_MASK, select_columns, 0, FALSE },
  { GDK_KEY_space, GDK_SHIFT_MASK, select_rows, 0, FALSE },
  { GDK_KEY_Left, GDK_ALT_MASK, widen, -10, FALSE },
  { GDK_KEY_Right, GDK_ALT_MASK, widen, 10, FALSE },
  { GDK_KEY_Left, GDK_ALT_MASK | GDK_SHIFT_MASK, move_column, -1, FALSE },
  { GDK_KEY_Right, GDK_ALT_MASK | GDK_SHIFT_MASK, move_column, 1, FALSE },
  { GDK_KEY_Down, GDK_ALT_MASK, show_column_menu, 0, FALSE },
  { GDK_KEY_KP_Down, GDK_ALT_MASK, show_column_menu, 0, FALSE },
  { GDK_KEY_Menu, 0, show_menu, 0, FALSE },
  { GDK_KEY_F10, GDK_SHIFT_MASK, show_menu, 0, FALSE },
};

/* Keys for the actions that menus show too. */
static const struct
{
  guint           keyval;
  GdkModifierType modifiers;
  const char     *action;
} action_keys[] = {
  { GDK_KEY_x, GDK_CONTROL_MASK, "clipboard.cut" },
  { GDK_KEY_Delete, GDK_SHIFT_MASK, "clipboard.cut" },
  { GDK_KEY_c, GDK_CONTROL_MASK, "clipboard.copy" },
  { GDK_KEY_Insert, GDK_CONTROL_MASK, "clipboard.copy" },
  { GDK_KEY_v, GDK_CONTROL_MASK, "clipboard.paste" },
  { GDK_KEY_Insert, GDK_SHIFT_MASK, "clipboard.paste" },
  { GDK_KEY_v, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "clipboard.paste-rows" },
  { GDK_KEY_Delete, 0, "selection.delete" },
  { GDK_KEY_KP_Delete, 0, "selection.delete" },
  { GDK_KEY_BackSpace, 0, "selection.delete" },
  { GDK_KEY_d, GDK_CONTROL_MASK, "selection.fill-down" },
  { GDK_KEY_a, GDK_CONTROL_MASK, "selection.select-all" },
  { GDK_KEY_F8, 0, "sheet.next-mark" },
  { GDK_KEY_F8, GDK_SHIFT_MASK, "sheet.previous-mark" },
};

typedef struct
{
  const char *name;
  void      (*activate) (KobraSheet *self);
} Action;

static void
start_edit (KobraSheet *self)
{
  kobra_sheet_start_edit (self);
}

static void
go_to_next_mark (KobraSheet *self)
{
  kobra_sheet_go_to_mark (self, TRUE);
}

static void
go_to_previous_mark (KobraSheet *self)
{
  kobra_sheet_go_to_mark (self, FALSE);
}

static void
open_column_menu (KobraSheet *self)
{
  kobra_sheet_menu_popup_header (self);
}

static void
fit_column (KobraSheet *self)
{
  if (!self->selection.is_set)
    return;
  kobra_sheet_columns_fit (self, self->selection.column);
  g_signal_emit_by_name (self, "columns-arranged");
}

static void
move_column_back (KobraSheet *self)
{
  move_column (self, -1);
}

static void
move_column_forth (KobraSheet *self)
{
  move_column (self, 1);
}

static const Action actions[] = {
  { "clipboard.cut", kobra_sheet_cut },
  { "clipboard.copy", kobra_sheet_copy },
  { "clipboard.paste", kobra_sheet_paste },
  { "clipboard.paste-rows", kobra_sheet_paste_rows },
  { "selection.delete", kobra_sheet_clear },
  { "selection.fill-down", kobra_sheet_fill_down },
  { "selection.select-all", kobra_sheet_select_all },
  { "sheet.edit", start_edit },
  { "sheet.column-menu", open_column_menu },
  { "sheet.fit-column", fit_column },
  { "sheet.move-column-back", move_column_back },
  { "sheet.move-column-forth", move_column_forth },
  { "sheet.next-mark", go_to_next_mark },
  { "sheet.previous-mark", go_to_previous_mark },
};

static void
action_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  KobraSheet *self = KOBRA_SHEET (widget);

  kobra_sheet_jump_finish (self);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (name, actions[i].name))
      actions[i].activate (self);
}

static gboolean
run_binding (KobraSheet *self,
             Command     command,
             int         value,
             gboolean    while_editing)
{
  if (self->edit.is_active && !while_editing)
    return FALSE;
  kobra_sheet_jump_finish (self);
  return command (self, value);
}

static gboolean
binding_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   data)
{
  const Binding *binding = &bindings[g_variant_get_int32 (args)];

  return run_binding (KOBRA_SHEET (widget), binding->command, binding->value, binding->while_editing);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  return run_binding (KOBRA_SHEET (widget), move, g_variant_get_int32 (args), FALSE);
}

static gboolean
extend_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  return run_binding (KOBRA_SHEET (widget), extend, g_variant_get_int32 (args), FALSE);
}

/* An action's key, but not while the editor has the focus and let the key go by: it means the text there. */
static gboolean
action_key_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   data)
{
  if (KOBRA_SHEET (widget)->edit.is_active)
    return FALSE;
  return gtk_widget_activate_action (widget, action_keys[g_variant_get_int32 (args)].action, NULL);
}

void
kobra_sheet_input_class_init (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, action_cb);
  for (int i = 0; i < (int) G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding (widget_class, bindings[i].keyval, bindings[i].modifiers, binding_cb, "i", i);
  for (int i = 0; i < (int) G_N_ELEMENTS (action_keys); i++)
    gtk_widget_class_add_binding (widget_class, action_keys[i].keyval, action_keys[i].modifiers, action_key_cb, "i", i);
  for (int i = 0; i < (int) G_N_ELEMENTS (motions); i++)
    {
      const Motion *motion = &motions[i];

      gtk_widget_class_add_binding (widget_class, motion->keyval, motion->modifiers, move_cb, "i", i);
      gtk_widget_class_add_binding (widget_class, motion->keypad_keyval, motion->modifiers, move_cb, "i", i);
      gtk_widget_class_add_binding (widget_class, motion->keyval, motion->modifiers | GDK_SHIFT_MASK, extend_cb, "i", i);
      gtk_widget_class_add_binding (widget_class, motion->keypad_keyval, motion->modifiers | GDK_SHIFT_MASK, extend_cb, "i", i);
    }
}

gboolean
kobra_sheet_input_leave_edit (KobraSheet     *self,
                              guint           keyval,
                              GdkModifierType state)
{
  GdkModifierType modifiers = state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);

  for (gsize i = 0; i < G_N_ELEMENTS (motions); i++)
    if ((keyval == motions[i].keyval || keyval == motions[i].keypad_keyval) && modifiers == motions[i].modifiers)
      {
        kobra_sheet_end_edit (self, TRUE);
        run_motion (self, &motions[i], FALSE);
        return TRUE;
      }
  return FALSE;
}

/* Whether the key is, or begins, a character: dead keys and Compose have no character of their own. */
static gboolean
is_typing (guint           keyval,
           GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK)) != 0)
    return FALSE;
  if (keyval == GDK_KEY_Multi_key || (keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_longsolidusoverlay))
    return TRUE;
  return g_unichar_isprint (gdk_keyval_to_unicode (keyval));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                KobraSheet            *self)
{
  if (self->edit.is_active || !is_typing (keyval, state))
    return GDK_EVENT_PROPAGATE;
  kobra_sheet_jump_finish (self);
  if (!kobra_sheet_edit_begin_quick (self))
    return self->selection.is_set;
  gtk_event_controller_key_forward (controller, GTK_WIDGET (self->edit.text));
  return GDK_EVENT_STOP;
}

void
kobra_sheet_input_init (KobraSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
