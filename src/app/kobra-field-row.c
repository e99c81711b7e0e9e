/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-field-row.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-field-control.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* The counter shows once so many tenths of a field's length are used up. */
#define NEAR_TENTHS 8u

/* A length past this is not counted on. */
#define MAX_COUNTED_CHARACTERS 100000

struct _KobraFieldRow
{
  GtkListBoxRow parent_instance;

  GtkLabel                *title;
  GtkLabel                *required_mark;
  GtkLabel                *counter;
  AdwBin                  *control;
  GtkMenuButton           *calendar_button;
  GtkToggleButton         *pin;
  GtkButton               *offer;
  GtkLabel                *offer_label;
  GtkLabel                *problem;
  GtkLabel                *note;
  GtkEventControllerFocus *focus;

  const KobraField        *field;
  guint                    place;
  char                    *text;      /* the cell's, as told or edited last */
  char                    *own_note;
  char                    *folded;    /* all its names, or NULL until somebody searches */
  gboolean                 unused;
  gboolean                 telling;   /* the control is being changed by us */
};

G_DEFINE_FINAL_TYPE (KobraFieldRow, kobra_field_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  EDITED,
  ENTERED,
  LEFT,
  OFFER_TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWidget *
get_control (KobraFieldRow *self)
{
  return adw_bin_get_child (self->control);
}

/* "18/20" while somebody types, in time before the field is full; and whenever there is too much in it. */
static void
update_counter (KobraFieldRow *self)
{
  gsize            n = self->field->max > 0 && self->field->type == KOBRA_TYPE_TEXT ? kobra_text_n_characters (self->text, MAX_COUNTED_CHARACTERS) : 0;
  gboolean         has_focus = gtk_event_controller_focus_contains_focus (self->focus);
  gboolean         is_near = self->field->choices == NULL && (n > self->field->max || (has_focus && self->field->max > 2 && n * 10 >= self->field->max * NEAR_TENTHS));
  g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT "/%u", n, self->field->max);

  if (is_near)
    gtk_label_set_label (self->counter, text);
  gtk_widget_set_visible (GTK_WIDGET (self->counter), is_near);
}

/* An entry that holds nothing makes room for the name of the field until somebody is in it. */
static void
update_emptiness (KobraFieldRow *self)
{
  if (GTK_IS_TEXT (get_control (self)) && *self->text == '\0' && !gtk_event_controller_focus_contains_focus (self->focus))
    gtk_widget_add_css_class (GTK_WIDGET (self), "empty");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "empty");
}

/* Below the field: what is known of its value and, while somebody is in it, what it is for. */
static void
update_note (KobraFieldRow *self)
{
  gboolean    has_focus = gtk_event_controller_focus_contains_focus (self->focus);
  const char *meaning = self->unused ? _ ("This kind of import makes no use of it.") : _ (self->field->description);
  g_autofree char *both = NULL;

  if (has_focus && self->own_note != NULL)
    both = g_strdup_printf ("%s\n%s", self->own_note, meaning);
  gtk_label_set_label (self->note, both != NULL ? both : has_focus ? meaning : self->own_note != NULL ? self->own_note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), has_focus || self->own_note != NULL);
}

static void
edited_cb (KobraFieldRow *self,
           const char    *text)
{
  if (self->telling || !g_set_str (&self->text, text))
    return;
  update_counter (self);
  update_emptiness (self);
  g_signal_emit (self, signals[EDITED], 0, self->text);
}

static void
activated_cb (KobraFieldRow *self)
{
  g_signal_emit (self, signals[LEFT], 0);
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
}

static void
focus_moved_cb (KobraFieldRow *self)
{
  gboolean has_focus = gtk_event_controller_focus_contains_focus (self->focus);

  update_counter (self);
  update_emptiness (self);
  update_note (self);
  if (!has_focus)
    {
      self->telling = TRUE;
      kobra_field_control_set_text (get_control (self), self->field, self->text);
      self->telling = FALSE;
    }
  g_signal_emit (self, signals[has_focus ? ENTERED : LEFT], 0);
}

static void
clicked_cb (KobraFieldRow *self)
{
  if (!gtk_event_controller_focus_contains_focus (self->focus))
    gtk_widget_grab_focus (get_control (self));
}

static void
offer_clicked_cb (KobraFieldRow *self)
{
  g_signal_emit (self, signals[OFFER_TAKEN], 0);
}

static void
day_selected_cb (GtkCalendar   *calendar,
                 KobraFieldRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char      *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_menu_button_popdown (self->calendar_button);
  edited_cb (self, text);
  self->telling = TRUE;
  kobra_field_control_set_text (get_control (self), self->field, text);
  self->telling = FALSE;
  g_signal_emit (self, signals[LEFT], 0);
}

/* A calendar is made when somebody asks for one. */
static void
make_calendar (GtkMenuButton *button,
               gpointer       data)
{
  KobraFieldRow        *self = data;
  GtkWidget            *popover = gtk_popover_new (), *calendar = gtk_calendar_new ();
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autofree char      *iso = g_strdup_printf ("%sT00:00:00", self->text);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (iso, here);

  if (day != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (calendar), day);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected_cb), self, G_CONNECT_DEFAULT);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (button, popover);
}

static void
kobra_field_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_FIELD_ROW);

  G_OBJECT_CLASS (kobra_field_row_parent_class)->dispose (object);
}

static void
kobra_field_row_finalize (GObject *object)
{
  KobraFieldRow *self = KOBRA_FIELD_ROW (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->own_note, g_free);
  g_clear_pointer (&self->folded, g_free);

  G_OBJECT_CLASS (kobra_field_row_parent_class)->finalize (object);
}

static void
kobra_field_row_class_init (KobraFieldRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kobra_field_row_dispose;
  object_class->finalize = kobra_field_row_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ENTERED] = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OFFER_TAKEN] = g_signal_new ("offer-taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, title);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, required_mark);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, counter);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, control);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, calendar_button);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, pin);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, offer);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, offer_label);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, problem);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, note);
  gtk_widget_class_bind_template_child (widget_class, KobraFieldRow, focus);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, offer_clicked_cb);
}

static void
kobra_field_row_init (KobraFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kobra_field_row_new (const KobraSchema *schema,
                     guint              place)
{
  KobraFieldRow *self = g_object_new (KOBRA_TYPE_FIELD_ROW, NULL);
  GtkWidget     *control;

  self->field = &schema->fields[place];
  self->place = place;
  self->text = g_strdup ("");
  gtk_label_set_label (self->title, _ (self->field->label));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), self->field->name);
  control = kobra_field_control_new (self->field, G_CALLBACK (edited_cb), G_CALLBACK (activated_cb), self);
  adw_bin_set_child (self->control, control);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (self->field->label), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->problem, self->note, NULL, -1);
  update_emptiness (self);
  if (self->field->type == KOBRA_TYPE_DATE)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->calendar_button), TRUE);
      gtk_menu_button_set_create_popup_func (self->calendar_button, make_calendar, self, NULL);
    }
  return GTK_WIDGET (self);
}

guint
kobra_field_row_get_place (KobraFieldRow *self)
{
  g_return_val_if_fail (KOBRA_IS_FIELD_ROW (self), 0);

  return self->place;
}

void
kobra_field_row_set_text (KobraFieldRow *self,
                          const char    *text)
{
  g_return_if_fail (KOBRA_IS_FIELD_ROW (self));

  /* What it holds already was typed here: it stays as it was typed. */
  if (!g_set_str (&self->text, text))
    return;
  self->telling = TRUE;
  kobra_field_control_set_text (get_control (self), self->field, text);
  self->telling = FALSE;
  update_counter (self);
  update_emptiness (self);
}

gboolean
kobra_field_row_is_filled (KobraFieldRow *self)
{
  g_return_val_if_fail (KOBRA_IS_FIELD_ROW (self), FALSE);

  return *self->text != '\0';
}

void
kobra_field_row_set_problem (KobraFieldRow *self,
                             KobraSeverity  severity,
                             const char    *message)
{
  const char *style = severity == KOBRA_SEVERITY_ERROR ? "error" : "warning";

  g_return_if_fail (KOBRA_IS_FIELD_ROW (self));

  if (message != NULL)
    {
      gtk_label_set_label (self->problem, message);
      gtk_widget_set_css_classes (GTK_WIDGET (self->problem), (const char *[]) { "caption", style, NULL });
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problem), message != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (get_control (self)), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL && severity == KOBRA_SEVERITY_ERROR ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

gboolean
kobra_field_row_has_problem (KobraFieldRow *self)
{
  g_return_val_if_fail (KOBRA_IS_FIELD_ROW (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->problem));
}

void
kobra_field_row_set_offer (KobraFieldRow *self,
                           const char    *label)
{
  g_return_if_fail (KOBRA_IS_FIELD_ROW (self));

  if (label != NULL)
    gtk_label_set_label (self->offer_label, label);
  gtk_widget_set_visible (GTK_WIDGET (self->offer), label != NULL);
}

void
kobra_field_row_set_note (KobraFieldRow *self,
                          const char    *note)
{
  g_return_if_fail (KOBRA_IS_FIELD_ROW (self));

  if (g_set_str (&self->own_note, note))
    update_note (self);
}

void
kobra_field_row_set_required (KobraFieldRow *self,
                              gboolean       required,
                              gboolean       is_said)
{
  g_return_if_fail (KOBRA_IS_FIELD_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->required_mark), required && !is_said);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_control (self)), GTK_ACCESSIBLE_PROPERTY_REQUIRED, required, -1);
}

void
kobra_field_row_set_used (KobraFieldRow *self,
                          gboolean       used)
{
  g_return_if_fail (KOBRA_IS_FIELD_ROW (self));

  self->unused = !used;
  if (used)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "unused");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "unused");
}

void
kobra_field_row_set_pinnable (KobraFieldRow *self,
                              gboolean       pinnable)
{
  g_return_if_fail (KOBRA_IS_FIELD_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->pin), pinnable);
}

gboolean
kobra_field_row_is_pinned (KobraFieldRow *self)
{
  g_return_val_if_fail (KOBRA_IS_FIELD_ROW (self), FALSE);

  return gtk_toggle_button_get_active (self->pin);
}

gboolean
kobra_field_row_has_focus (KobraFieldRow *self)
{
  g_return_val_if_fail (KOBRA_IS_FIELD_ROW (self), FALSE);

  return gtk_event_controller_focus_contains_focus (self->focus);
}

void
kobra_field_row_focus (KobraFieldRow *self)
{
  g_return_if_fail (KOBRA_IS_FIELD_ROW (self));

  gtk_widget_grab_focus (get_control (self));
}

gboolean
kobra_field_row_is_called (KobraFieldRow *self,
                           const char    *folded)
{
  g_return_val_if_fail (KOBRA_IS_FIELD_ROW (self), FALSE);

  if (self->folded == NULL)
    {
      g_autofree char *label = kobra_text_fold (_ (self->field->label)), *name = kobra_text_fold (self->field->name);

      self->folded = g_strjoin ("|", label, name, self->field->synonyms, NULL);
    }
  return strstr (self->folded, folded) != NULL;
}
