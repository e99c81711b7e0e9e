/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands below the editor: what is wrong with the text as it is typed, the values to choose from, the calendar. The focus stays in the
 * editor; the popover never takes it. */

#include "kobra-sheet-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many choices are listed at most, and so high is the list. */
#define MAX_CHOICES 200u
#define MAX_LIST_HEIGHT 260

static const char *const mark_classes[] = {
  [KOBRA_SHEET_MARK_NONE] = "dim-label",
  [KOBRA_SHEET_MARK_WARNING] = "warning",
  [KOBRA_SHEET_MARK_ERROR] = "error",
};

/* The choice that a row of the list stands for. */
static guint
get_index (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
}

static gboolean
is_listed (GtkListBoxRow *row,
           gpointer       data)
{
  KobraSheet      *self = data;
  g_autofree char *label = NULL;
  const char      *typed = gtk_editable_get_text (GTK_EDITABLE (self->edit.text));
  const char      *code;

  if (!self->edit.is_typed || *typed == '\0')
    return TRUE;
  code = kobra_sheet_model_get_choice (self->model, self->edit.column, get_index (row), &label);
  return g_str_equal (code, typed) || g_str_match_string (typed, label, TRUE) || g_str_match_string (typed, code, TRUE);
}

static GtkListBoxRow *
find_row (KobraSheet *self,
          const char *code)
{
  GtkListBox *list = GTK_LIST_BOX (self->edit.list);

  for (int i = 0; gtk_list_box_get_row_at_index (list, i) != NULL; i++)
    {
      GtkListBoxRow   *row = gtk_list_box_get_row_at_index (list, i);
      g_autofree char *label = NULL;

      if (g_str_equal (kobra_sheet_model_get_choice (self->model, self->edit.column, get_index (row), &label), code))
        return row;
    }
  return NULL;
}

static GtkListBoxRow *
find_listed (KobraSheet *self,
             int         from,
             int         by)
{
  GtkListBoxRow *row;

  for (int i = from; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->edit.list), i)) != NULL && i >= 0; i += by)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

static void
select_row (KobraSheet    *self,
            GtkListBoxRow *row)
{
  GtkAdjustment   *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->edit.scrolled));
  graphene_rect_t  bounds;
  g_autofree char *label = NULL;

  gtk_list_box_select_row (GTK_LIST_BOX (self->edit.list), row);
  if (row == NULL)
    return;
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), self->edit.list, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
  kobra_sheet_model_get_choice (self->model, self->edit.column, get_index (row), &label);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->edit.text), label, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
row_activated_cb (GtkListBox    *list,
                  GtkListBoxRow *row,
                  KobraSheet    *self)
{
  gtk_list_box_select_row (list, row);
  kobra_sheet_end_edit (self, TRUE);
}

static void
day_selected_cb (GtkCalendar *calendar,
                 KobraSheet  *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char      *text = g_date_time_format (date, "%Y-%m-%d");

  if (self->edit.is_following)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->edit.text), text);
  gtk_editable_set_position (GTK_EDITABLE (self->edit.text), -1);
}

static GDateTime *
parse_date (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 4);
  guint64        numbers[3];

  if (g_strv_length (parts) != 3)
    return NULL;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 1, 9999, &numbers[i], NULL))
      return NULL;
  return g_date_time_new_local ((int) numbers[0], (int) numbers[1], (int) numbers[2], 12, 0, 0);
}

/* A day that there is in the month that @typed says, the first for the 31st of February; or NULL. */
static char *
dup_near_day (KobraSheet *self,
              const char *typed)
{
  const char *from = typed;

  while (*from != '\0')
    {
      gsize n = strspn (from, "0123456789");

      if (n == 2 && (strncmp (from, "29", n) == 0 || strncmp (from, "30", n) == 0 || strncmp (from, "31", n) == 0))
        {
          g_autofree char *near = g_strdup_printf ("%.*s01%s", (int) (from - typed), typed, from + n);
          char            *normal = kobra_sheet_model_dup_normal (self->model, self->edit.column, near);

          return normal != NULL ? normal : g_steal_pointer (&near);
        }
      from += MAX (n, 1);
    }
  return NULL;
}

/* The calendar shows the day that is typed, in whatever form the model understands, or one of its month if there is no such day. */
static void
follow_date (KobraSheet *self,
             const char *typed)
{
  g_autofree char *normal = kobra_sheet_model_dup_normal (self->model, self->edit.column, typed);
  g_autofree char *near = NULL;
  g_autoptr (GDateTime) date = parse_date (normal != NULL ? normal : typed);

  if (date == NULL)
    {
      near = dup_near_day (self, typed);
      date = near != NULL ? parse_date (near) : NULL;
    }
  if (date == NULL)
    return;
  self->edit.is_following = TRUE;
  gtk_calendar_select_day (GTK_CALENDAR (self->edit.calendar), date);
  self->edit.is_following = FALSE;
}

static void
fill_list (KobraSheet *self)
{
  gtk_list_box_remove_all (GTK_LIST_BOX (self->edit.list));
  for (guint i = 0; i < MAX_CHOICES; i++)
    {
      g_autofree char *label = NULL;
      g_autofree char *words = NULL;
      const char      *code = kobra_sheet_model_get_choice (self->model, self->edit.column, i, &label);
      GtkWidget       *child, *row;

      if (code == NULL)
        break;
      /* TRANSLATORS: a value as it is sent, and what it means */
      words = g_strdup_printf (_ ("%s — %s"), code, label);
      child = gtk_label_new (words);
      gtk_label_set_xalign (GTK_LABEL (child), 0);
      row = gtk_list_box_row_new ();
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
      gtk_widget_set_can_focus (row, FALSE);
      g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (i));
      gtk_list_box_append (GTK_LIST_BOX (self->edit.list), row);
    }
}

static void
popup_at_cell (KobraSheet *self)
{
  KobraSheetRect cell = kobra_sheet_geometry_get_cell (&self->geometry, self->edit.row, self->edit.column);

  cell = kobra_sheet_rect_intersect (cell, kobra_sheet_geometry_get_body (&self->geometry));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->edit.popover), &(GdkRectangle) { (int) cell.x, (int) cell.y, MAX ((int) cell.width, 1), MAX ((int) cell.height, 1) });
  gtk_popover_popup (GTK_POPOVER (self->edit.popover));
}

void
kobra_sheet_chooser_update (KobraSheet *self)
{
  KobraSheetEdit  *edit = &self->edit;
  const char      *typed = gtk_editable_get_text (GTK_EDITABLE (edit->text));
  KobraSheetMark   mark = KOBRA_SHEET_MARK_NONE;
  g_autofree char *words = kobra_sheet_model_dup_typed_words (self->model, edit->row, edit->column, typed, &mark);
  gboolean         has_words = words != NULL && edit->is_typed;

  gtk_label_set_label (GTK_LABEL (edit->words), has_words ? words : "");
  gtk_widget_set_visible (edit->words, has_words);
  gtk_widget_set_css_classes (edit->words, (const char *[]) { "caption", mark_classes[mark], NULL });
  gtk_accessible_update_state (GTK_ACCESSIBLE (edit->text), GTK_ACCESSIBLE_STATE_INVALID,
                               mark == KOBRA_SHEET_MARK_ERROR ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (has_words)
    gtk_accessible_update_property (GTK_ACCESSIBLE (edit->text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (edit->text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);

  if (edit->kind == KOBRA_SHEET_KIND_CHOICE)
    {
      gtk_list_box_invalidate_filter (GTK_LIST_BOX (edit->list));
      if (edit->is_typed)
        select_row (self, *typed != '\0' ? find_row (self, typed) != NULL ? find_row (self, typed) : find_listed (self, 0, 1) : NULL);
    }
  else if (edit->kind == KOBRA_SHEET_KIND_DATE)
    follow_date (self, typed);
  if (has_words || edit->kind != KOBRA_SHEET_KIND_TEXT)
    popup_at_cell (self);
  else
    gtk_popover_popdown (GTK_POPOVER (edit->popover));
}

void
kobra_sheet_chooser_open (KobraSheet *self)
{
  KobraSheetEdit *edit = &self->edit;

  edit->kind = kobra_sheet_model_get_kind (self->model, edit->column);
  gtk_widget_set_visible (edit->scrolled, edit->kind == KOBRA_SHEET_KIND_CHOICE);
  gtk_widget_set_visible (edit->calendar, edit->kind == KOBRA_SHEET_KIND_DATE);
  if (edit->kind == KOBRA_SHEET_KIND_CHOICE)
    {
      fill_list (self);
      gtk_list_box_select_row (GTK_LIST_BOX (edit->list), find_row (self, edit->original));
    }
  kobra_sheet_chooser_update (self);
}

void
kobra_sheet_chooser_close (KobraSheet *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->edit.popover));
}

const char *
kobra_sheet_chooser_get_picked (KobraSheet *self)
{
  GtkListBoxRow   *row = self->edit.kind == KOBRA_SHEET_KIND_CHOICE ? gtk_list_box_get_selected_row (GTK_LIST_BOX (self->edit.list)) : NULL;
  g_autofree char *label = NULL;

  return row != NULL ? kobra_sheet_model_get_choice (self->model, self->edit.column, get_index (row), &label) : NULL;
}

/* To another day of the calendar, from the one that is typed. */
static void
move_day (KobraSheet *self,
          int         days)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (self->edit.calendar));
  g_autoptr (GDateTime) moved = g_date_time_add_days (date, days);

  gtk_calendar_select_day (GTK_CALENDAR (self->edit.calendar), moved);
}

gboolean
kobra_sheet_chooser_move (KobraSheet *self,
                          gboolean    forward)
{
  GtkListBoxRow *row, *next;

  if (self->edit.kind == KOBRA_SHEET_KIND_TEXT)
    return FALSE;
  if (self->edit.kind == KOBRA_SHEET_KIND_DATE)
    {
      move_day (self, forward ? 1 : -1);
      return TRUE;
    }
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->edit.list));
  next = find_listed (self, row != NULL ? gtk_list_box_row_get_index (row) + (forward ? 1 : -1) : 0, forward ? 1 : -1);
  if (next != NULL)
    select_row (self, next);
  return TRUE;
}

void
kobra_sheet_chooser_present (KobraSheet *self)
{
  gtk_popover_present (GTK_POPOVER (self->edit.popover));
}

void
kobra_sheet_chooser_init (KobraSheet *self)
{
  KobraSheetEdit *edit = &self->edit;
  GtkWidget      *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  edit->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (edit->words), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (edit->words), 40);
  gtk_label_set_xalign (GTK_LABEL (edit->words), 0);
  edit->list = gtk_list_box_new ();
  gtk_list_box_set_filter_func (GTK_LIST_BOX (edit->list), is_listed, self, NULL);
  gtk_widget_add_css_class (edit->list, "navigation-sidebar");
  g_signal_connect (edit->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  edit->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (edit->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (edit->scrolled), MAX_LIST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (edit->scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (edit->scrolled), edit->list);
  edit->calendar = gtk_calendar_new ();
  gtk_widget_set_can_focus (edit->calendar, FALSE);
  g_signal_connect (edit->calendar, "day-selected", G_CALLBACK (day_selected_cb), self);
  gtk_box_append (GTK_BOX (box), edit->words);
  gtk_box_append (GTK_BOX (box), edit->scrolled);
  gtk_box_append (GTK_BOX (box), edit->calendar);

  edit->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (edit->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (edit->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (edit->popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (edit->popover, GTK_ALIGN_START);
  gtk_widget_set_can_focus (edit->popover, FALSE);
  gtk_popover_set_child (GTK_POPOVER (edit->popover), box);
  gtk_widget_set_parent (edit->popover, GTK_WIDGET (self));
}
