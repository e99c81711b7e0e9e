/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The editor: one GtkText that comes to the cell which is edited. A box clips it to the part of the cell that is to be seen, so
 * that it neither draws over the header nor takes clicks there. */

#include "kobra-sheet-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Longer texts would hold up every key; they are left to what made them. */
#define MAX_EDITED 10000

/* Room for the caret after the text. */
#define CARET_WIDTH 2

#define KOBRA_TYPE_SHEET_EDITOR (kobra_sheet_editor_get_type ())
G_DECLARE_FINAL_TYPE (KobraSheetEditor, kobra_sheet_editor, KOBRA, SHEET_EDITOR, GtkWidget)

struct _KobraSheetEditor
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (KobraSheetEditor, kobra_sheet_editor, GTK_TYPE_WIDGET)

static void
kobra_sheet_editor_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  *minimum = *natural = 0; /* the sheet gives it what is to be seen of the cell */
}

static void
kobra_sheet_editor_dispose (GObject *object)
{
  GtkWidget *text = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&text, gtk_widget_unparent);

  G_OBJECT_CLASS (kobra_sheet_editor_parent_class)->dispose (object);
}

static void
kobra_sheet_editor_class_init (KobraSheetEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kobra_sheet_editor_dispose;
  GTK_WIDGET_CLASS (klass)->measure = kobra_sheet_editor_measure;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "editor");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kobra_sheet_editor_init (KobraSheetEditor *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* Whether the window's focus is in the editor, be the window active or not. */
static gboolean
has_focus_inside (KobraSheet *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == self->edit.box || gtk_widget_is_ancestor (focus, self->edit.box));
}

static void
focus_left_cb (GtkEventControllerFocus *controller,
               KobraSheet              *self)
{
  /* Another window's turn does not end an edit; neither does the editor's own menu. */
  if (!has_focus_inside (self))
    kobra_sheet_end_edit (self, TRUE);
}

static void
activate_cb (GtkText    *text,
             KobraSheet *self)
{
  kobra_sheet_end_edit (self, TRUE);
  kobra_sheet_enter (self, TRUE);
}

static void
preedit_changed_cb (GtkText    *text,
                    const char *preedit,
                    KobraSheet *self)
{
  self->edit.is_composing = *preedit != '\0';
}

static void
changed_cb (GtkEditable *editable,
            KobraSheet  *self)
{
  if (!self->edit.is_active)
    return;
  self->edit.is_typed = TRUE;
  kobra_sheet_chooser_update (self);
  /* Typing into a cell that was scrolled away brings it back; and the editor grows with its text. */
  kobra_sheet_geometry_reveal_row (&self->geometry, self->edit.row, FALSE);
  kobra_sheet_geometry_reveal_column (&self->geometry, self->edit.column);
  kobra_sheet_push_scroll (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                KobraSheet            *self)
{
  /* What an input method shows is its own to move through. */
  if (!self->edit.is_active || self->edit.is_composing)
    return GDK_EVENT_PROPAGATE;
  if ((keyval == GDK_KEY_Down || keyval == GDK_KEY_Up) && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0 &&
      kobra_sheet_chooser_move (self, keyval == GDK_KEY_Down))
    return GDK_EVENT_STOP;
  if (!self->edit.is_quick)
    return GDK_EVENT_PROPAGATE;
  return kobra_sheet_input_leave_edit (self, keyval, state);
}

static void
clicked_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            KobraSheet      *self)
{
  self->edit.is_quick = FALSE; /* who puts the caret somewhere wants to move it */
}

void
kobra_sheet_edit_init (KobraSheet *self)
{
  KobraSheetEdit     *edit = &self->edit;
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  edit->box = g_object_new (KOBRA_TYPE_SHEET_EDITOR, "visible", FALSE, NULL);
  /* Without a role of its own a bare GtkText is hidden from screen readers. It asks for the width of its text, whatever that is. */
  edit->text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, "propagate-text-width", TRUE,
                             "max-width-chars", MAX_EDITED, "max-length", MAX_EDITED, NULL);
  gtk_widget_set_parent (GTK_WIDGET (edit->text), edit->box);
  gtk_widget_set_parent (edit->box, GTK_WIDGET (self));
  g_signal_connect (edit->text, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (edit->text, "preedit-changed", G_CALLBACK (preedit_changed_cb), self);
  g_signal_connect (edit->text, "changed", G_CALLBACK (changed_cb), self);

  g_signal_connect (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (edit->box, focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (edit->box, keys);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (edit->box, GTK_EVENT_CONTROLLER (click));
  kobra_sheet_chooser_init (self);
}

void
kobra_sheet_edit_dispose (KobraSheet *self)
{
  kobra_sheet_end_edit (self, FALSE);
  g_clear_pointer (&self->edit.popover, gtk_widget_unparent);
  g_clear_pointer (&self->edit.box, gtk_widget_unparent);
  self->edit.text = NULL;
}

/* Opens the editor with @text in it; FALSE, and the reason told, if the cell cannot be edited. */
static gboolean
begin (KobraSheet *self,
       const char *text,
       gboolean    is_quick)
{
  KobraSheetEdit  *edit = &self->edit;
  g_autofree char *row_name = NULL;
  g_autofree char *label = NULL;

  if (!kobra_sheet_model_is_editable (self->model, self->selection.row, self->selection.column))
    {
      kobra_sheet_refuse (self, _ ("This cell can’t be changed now."));
      return FALSE;
    }
  edit->row = self->selection.row;
  edit->column = self->selection.column;
  edit->is_quick = is_quick;
  edit->is_composing = FALSE;
  g_set_str (&edit->original, kobra_sheet_model_peek_text (self->model, edit->row, edit->column));
  if (text == NULL)
    text = edit->original;

  row_name = kobra_sheet_model_dup_row_name (self->model, edit->row);
  /* TRANSLATORS: the cell that is edited: its column's name, its row's */
  label = g_strdup_printf (_ ("%s, row %s"), self->columns[edit->column].header, row_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (edit->text), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  gtk_editable_set_alignment (GTK_EDITABLE (edit->text), self->columns[edit->column].is_numeric ? 1 : 0);
  gtk_editable_set_text (GTK_EDITABLE (edit->text), text);
  edit->is_active = TRUE;
  edit->is_typed = FALSE;
  kobra_sheet_geometry_reveal_row (&self->geometry, edit->row, FALSE);
  kobra_sheet_geometry_reveal_column (&self->geometry, edit->column);
  kobra_sheet_push_scroll (self);
  gtk_widget_set_visible (edit->box, TRUE);
  gtk_text_grab_focus_without_selecting (edit->text);
  gtk_editable_set_position (GTK_EDITABLE (edit->text), -1);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  kobra_sheet_chooser_open (self);
  g_object_notify (G_OBJECT (self), "editing");
  return TRUE;
}

gboolean
kobra_sheet_edit_begin_quick (KobraSheet *self)
{
  return kobra_sheet_ensure_cursor (self) && begin (self, "", TRUE);
}

gboolean
kobra_sheet_start_edit (KobraSheet *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET (self), FALSE);

  kobra_sheet_end_edit (self, TRUE);
  if (!kobra_sheet_ensure_cursor (self))
    return FALSE;
  if (strlen (kobra_sheet_model_peek_text (self->model, self->selection.row, self->selection.column)) > MAX_EDITED)
    {
      kobra_sheet_refuse (self, _ ("This cell’s text is too long to be edited here. Change it in the file, or type a new text."));
      return FALSE;
    }
  return begin (self, NULL, FALSE);
}

/* What the editor's text means: the choice that is chosen, or the text in the column's own form. */
static char *
dup_meant (KobraSheet *self)
{
  const char *picked = kobra_sheet_chooser_get_picked (self);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->edit.text));
  char       *normal;

  if (picked != NULL)
    return g_strdup (picked);
  normal = self->edit.is_typed ? kobra_sheet_model_dup_normal (self->model, self->edit.column, typed) : NULL;
  return normal != NULL ? normal : g_strdup (typed);
}

void
kobra_sheet_edit_fill (KobraSheet *self)
{
  KobraSheetRange  range = kobra_sheet_selection_get_range (&self->selection);
  guint64          n = (guint64) range.n_rows * range.n_columns;
  g_autofree char *text = NULL;

  if (!self->edit.is_active)
    return;
  if (n < 2 || n > KOBRA_SHEET_MAX_PASTED_CELLS)
    {
      kobra_sheet_end_edit (self, TRUE);
      return;
    }
  text = dup_meant (self);
  kobra_sheet_end_edit (self, FALSE);
  kobra_sheet_write (self, KOBRA_SHEET_WRITE_FILL, &range, kobra_sheet_grid_new_row ((const char *const[]) { text }, 1), FALSE);
}

void
kobra_sheet_end_edit (KobraSheet *self,
                      gboolean    commit)
{
  KobraSheetEdit  *edit = &self->edit;
  g_autofree char *text = NULL;
  g_autofree char *original = NULL;

  g_return_if_fail (KOBRA_IS_SHEET (self));

  if (!edit->is_active)
    return;
  text = dup_meant (self);
  /* First ended, then told: what the model does next may come back here. */
  edit->is_active = FALSE;
  kobra_sheet_chooser_close (self);
  original = g_steal_pointer (&edit->original);
  if (has_focus_inside (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_set_visible (edit->box, FALSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  if (commit && !g_str_equal (text, original) && !kobra_sheet_model_set_text (self->model, edit->row, edit->column, text))
    kobra_sheet_refuse (self, _ ("The new text was not taken; the cell is as it was."));
  g_object_notify (G_OBJECT (self), "editing");
}

gboolean
kobra_sheet_is_editing (KobraSheet *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET (self), FALSE);

  return self->edit.is_active;
}

void
kobra_sheet_edit_rows_changed (KobraSheet *self,
                               guint       position,
                               guint       n_removed,
                               guint       n_added)
{
  if (!self->edit.is_active)
    return;
  if (!kobra_sheet_row_after_change (&self->edit.row, position, n_removed, n_added))
    kobra_sheet_end_edit (self, FALSE);
  else
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
kobra_sheet_edit_allocate (KobraSheet *self)
{
  KobraSheetEdit *edit = &self->edit;
  KobraSheetRect  body = kobra_sheet_geometry_get_body (&self->geometry);
  KobraSheetRect  cell, seen;
  int             natural;
  double          grown;

  if (!gtk_widget_get_visible (edit->box))
    return;
  kobra_sheet_chooser_present (self);
  cell = kobra_sheet_geometry_get_cell (&self->geometry, edit->row, edit->column);

  /* As wide as its text, up to the sheet's far end. */
  gtk_widget_measure (GTK_WIDGET (edit->text), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  grown = MIN (natural + 2 * KOBRA_SHEET_CELL_PADDING + CARET_WIDTH, self->geometry.is_rtl ? cell.x + cell.width - body.x : body.x + body.width - cell.x);
  if (grown > cell.width)
    {
      if (self->geometry.is_rtl)
        cell.x -= grown - cell.width;
      cell.width = grown;
    }

  /* Out of sight it keeps the focus, and with that what is typed. */
  seen = kobra_sheet_rect_intersect (cell, body);
  gtk_widget_measure (edit->box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (edit->box, &(GtkAllocation) { (int) seen.x, (int) seen.y, (int) seen.width, (int) seen.height }, -1);
  gtk_widget_measure (GTK_WIDGET (edit->text), GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (edit->text),
                            &(GtkAllocation) {
                              (int) (CLAMP (cell.x, -1e6, 1e6) - seen.x) + KOBRA_SHEET_CELL_PADDING,
                              (int) (CLAMP (cell.y, -1e6, 1e6) - seen.y) + ((int) cell.height - natural) / 2,
                              MAX ((int) cell.width - 2 * KOBRA_SHEET_CELL_PADDING, 1),
                              MAX (natural, 1),
                            },
                            -1);
}
