/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-private.h"

#include "kobra-sheet-resource.h"

/* Above and below a line of text. */
#define ROW_PADDING 4
#define HEADER_PADDING 7

G_DEFINE_FINAL_TYPE_WITH_CODE (KobraSheet, kobra_sheet, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, kobra_sheet_scrollable_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE, kobra_sheet_accessible_iface_init))

typedef enum
{
  PROP_MODEL = 1,
  PROP_CURSOR_ROW,
  PROP_CURSOR_COLUMN,
  PROP_EDITING,
  PROP_SLOW_PASTE,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} KobraSheetProperty;

static GParamSpec *props[PROP_SLOW_PASTE + 1];

typedef enum
{
  SELECTION_CHANGED,
  COLUMNS_ARRANGED,
  REFUSED,
} KobraSheetSignal;

static guint signals[REFUSED + 1];

void
kobra_sheet_refuse (KobraSheet *self,
                    const char *words)
{
  gtk_widget_error_bell (GTK_WIDGET (self));
  g_signal_emit (self, signals[REFUSED], 0, words);
}

void
kobra_sheet_set_slow_paste (KobraSheet *self,
                            gboolean    is_slow)
{
  if (self->is_paste_slow == is_slow)
    return;
  self->is_paste_slow = is_slow;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SLOW_PASTE]);
}

static void
rows_changed_cb (KobraSheet *self,
                 guint       position,
                 guint       n_removed,
                 guint       n_added)
{
  KobraSheetSelection selection = self->selection;

  self->geometry.n_rows = kobra_sheet_model_get_n_rows (self->model);
  if (n_removed == n_added)
    kobra_sheet_picture_forget_rows (self, position, n_added);
  else
    kobra_sheet_picture_forget_all (self);
  kobra_sheet_jump_cancel (self);
  kobra_sheet_clipboard_rows_changed (self);

  if (!self->has_sampled)
    kobra_sheet_columns_measure (self);
  else if (n_removed != n_added)
    kobra_sheet_columns_measure_leading (self);
  kobra_sheet_update_adjustments (self);

  kobra_sheet_edit_rows_changed (self, position, n_removed, n_added);
  kobra_sheet_selection_rows_changed (&selection, position, n_removed, n_added, self->geometry.n_rows, self->geometry.n_columns);
  kobra_sheet_change_selection (self, &selection);
  kobra_sheet_accessible_changed (self);
}

static void
columns_changed_cb (KobraSheet *self)
{
  KobraSheetSelection selection = self->selection;

  self->hovered = -1;
  kobra_sheet_jump_cancel (self);
  kobra_sheet_clipboard_rows_changed (self);
  kobra_sheet_end_edit (self, FALSE);
  kobra_sheet_columns_load (self);
  kobra_sheet_update_adjustments (self);
  kobra_sheet_selection_clamp (&selection, self->geometry.n_rows, self->geometry.n_columns);
  kobra_sheet_change_selection (self, &selection);
  kobra_sheet_accessible_reset (self);
}

static void
marks_changed_cb (KobraSheet *self,
                  guint       position,
                  guint       n_rows)
{
  kobra_sheet_picture_forget_rows (self, position, n_rows);
  kobra_sheet_accessible_changed (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* After the font, its scale, or the direction may have changed. */
static void
update_sizes (KobraSheet *self)
{
  KobraSheetGeometry *geometry = &self->geometry;
  gboolean            is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (geometry->is_rtl != is_rtl)
    kobra_sheet_picture_forget_all (self);
  geometry->is_rtl = is_rtl;
  if (!kobra_sheet_look_update_sizes (self))
    return;
  geometry->row_height = self->look.line_height + 2 * ROW_PADDING;
  geometry->header_height = self->look.line_height + 2 * HEADER_PADDING;
  kobra_sheet_columns_measure (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
kobra_sheet_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (kobra_sheet_parent_class)->css_changed (widget, change);

  update_sizes (KOBRA_SHEET (widget));
  gtk_widget_queue_draw (widget);
}

static void
kobra_sheet_direction_changed (GtkWidget       *widget,
                               GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (kobra_sheet_parent_class)->direction_changed (widget, previous);

  update_sizes (KOBRA_SHEET (widget));
  gtk_widget_queue_allocate (widget);
}

static void
kobra_sheet_system_setting_changed (GtkWidget       *widget,
                                    GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (kobra_sheet_parent_class)->system_setting_changed (widget, setting);

  update_sizes (KOBRA_SHEET (widget));
}

static void
kobra_sheet_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  KobraSheet *self = KOBRA_SHEET (widget);

  /* Never of the content, which has any size. */
  *minimum = *natural = self->geometry.header_height + 3 * self->geometry.row_height;
}

static void
kobra_sheet_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  KobraSheet *self = KOBRA_SHEET (widget);

  self->geometry.width = width;
  self->geometry.height = height;
  kobra_sheet_update_adjustments (self);
  kobra_sheet_reveal_cursor (self);
  kobra_sheet_edit_allocate (self);
  kobra_sheet_menu_present (self);
  kobra_sheet_accessible_scrolled (self);
}

static void
kobra_sheet_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  KobraSheet *self = KOBRA_SHEET (widget);

  kobra_sheet_draw (self, snapshot);
  gtk_widget_snapshot_child (widget, self->edit.box, snapshot);
}

static gboolean
kobra_sheet_focus (GtkWidget       *widget,
                   GtkDirectionType direction)
{
  /* Not to the editor and back: Ctrl+Tab leaves the sheet at once. */
  if (gtk_widget_is_focus (widget) || gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return gtk_widget_grab_focus (widget);
}

static void
focus_changed_cb (GtkEventController *controller,
                  GParamSpec         *pspec,
                  KobraSheet         *self)
{
  if (gtk_event_controller_focus_is_focus (GTK_EVENT_CONTROLLER_FOCUS (controller)))
    kobra_sheet_ensure_cursor (self);
  kobra_sheet_accessible_focus_moved (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
kobra_sheet_unrealize (GtkWidget *widget)
{
  KobraSheet *self = KOBRA_SHEET (widget);

  kobra_sheet_end_edit (self, TRUE);
  kobra_sheet_accessible_dispose (self);

  GTK_WIDGET_CLASS (kobra_sheet_parent_class)->unrealize (widget);
}

static void
kobra_sheet_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  KobraSheet *self = KOBRA_SHEET (object);

  switch ((KobraSheetProperty) id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_CURSOR_ROW:
      g_value_set_int (value, kobra_sheet_get_cursor_row (self));
      break;
    case PROP_CURSOR_COLUMN:
      g_value_set_int (value, kobra_sheet_get_cursor_column (self));
      break;
    case PROP_EDITING:
      g_value_set_boolean (value, self->edit.is_active);
      break;
    case PROP_SLOW_PASTE:
      g_value_set_boolean (value, self->is_paste_slow);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_sheet_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  KobraSheet *self = KOBRA_SHEET (object);

  switch ((KobraSheetProperty) id)
    {
    case PROP_MODEL:
      kobra_sheet_set_model (self, g_value_get_object (value));
      break;
    case PROP_HADJUSTMENT:
      kobra_sheet_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      kobra_sheet_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    case PROP_CURSOR_ROW:
    case PROP_CURSOR_COLUMN:
    case PROP_EDITING:
    case PROP_SLOW_PASTE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_sheet_dispose (GObject *object)
{
  KobraSheet *self = KOBRA_SHEET (object);

  kobra_sheet_set_model (self, NULL);
  kobra_sheet_pointer_dispose (self);
  kobra_sheet_accessible_dispose (self);
  kobra_sheet_edit_dispose (self);
  kobra_sheet_look_dispose (self);
  kobra_sheet_menu_dispose (self);
  g_clear_object (&self->model_signals);
  for (gsize i = 0; i < G_N_ELEMENTS (self->adjustments); i++)
    g_clear_object (&self->adjustments[i]);

  G_OBJECT_CLASS (kobra_sheet_parent_class)->dispose (object);
}

static void
kobra_sheet_finalize (GObject *object)
{
  KobraSheet *self = KOBRA_SHEET (object);

  g_free (self->pictures);
  g_free (self->columns);
  kobra_sheet_geometry_clear (&self->geometry);

  G_OBJECT_CLASS (kobra_sheet_parent_class)->finalize (object);
}

/* Below every theme, once for the display. */
static void
load_style (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) provider = NULL;

  if (display == NULL)
    return;
  kobra_sheet_register_resource ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/kobraimport/sheet/kobra-sheet.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_FALLBACK);
}

static void
kobra_sheet_class_init (KobraSheetClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kobra_sheet_get_property;
  object_class->set_property = kobra_sheet_set_property;
  object_class->dispose = kobra_sheet_dispose;
  object_class->finalize = kobra_sheet_finalize;

  widget_class->css_changed = kobra_sheet_css_changed;
  widget_class->direction_changed = kobra_sheet_direction_changed;
  widget_class->system_setting_changed = kobra_sheet_system_setting_changed;
  widget_class->measure = kobra_sheet_measure;
  widget_class->size_allocate = kobra_sheet_size_allocate;
  widget_class->snapshot = kobra_sheet_snapshot;
  widget_class->focus = kobra_sheet_focus;
  widget_class->unrealize = kobra_sheet_unrealize;
  widget_class->query_tooltip = kobra_sheet_pointer_query_tooltip;

  props[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, KOBRA_TYPE_SHEET_MODEL,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_CURSOR_ROW] = g_param_spec_int ("cursor-row", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CURSOR_COLUMN] = g_param_spec_int ("cursor-column", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_EDITING] = g_param_spec_boolean ("editing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SLOW_PASTE] = g_param_spec_boolean ("slow-paste", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COLUMNS_ARRANGED] = g_signal_new ("columns-arranged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "kobrasheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  kobra_sheet_input_class_init (widget_class);
  load_style ();
}

static void
kobra_sheet_init (KobraSheet *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  kobra_sheet_geometry_init (&self->geometry);
  self->hovered = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "view");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE, -1);

  self->model_signals = g_signal_group_new (KOBRA_TYPE_SHEET_MODEL);
  g_signal_group_connect_swapped (self->model_signals, "rows-changed", G_CALLBACK (rows_changed_cb), self);
  g_signal_group_connect_swapped (self->model_signals, "columns-changed", G_CALLBACK (columns_changed_cb), self);
  g_signal_group_connect_swapped (self->model_signals, "marks-changed", G_CALLBACK (marks_changed_cb), self);

  g_signal_connect (focus, "notify::is-focus", G_CALLBACK (focus_changed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  kobra_sheet_look_init (self);
  kobra_sheet_edit_init (self);
  kobra_sheet_input_init (self);
  kobra_sheet_pointer_init (self);
  update_sizes (self);
}

GtkWidget *
kobra_sheet_new (void)
{
  return g_object_new (KOBRA_TYPE_SHEET, NULL);
}

void
kobra_sheet_set_model (KobraSheet      *self,
                       KobraSheetModel *model)
{
  KobraSheetSelection selection = { .is_set = FALSE };

  g_return_if_fail (KOBRA_IS_SHEET (self));
  g_return_if_fail (model == NULL || KOBRA_IS_SHEET_MODEL (model));

  if (self->model == model)
    return;
  kobra_sheet_end_edit (self, TRUE);
  kobra_sheet_jump_cancel (self);
  kobra_sheet_clipboard_cancel (self);
  kobra_sheet_write_cancel (self);
  g_clear_object (&self->cut_rows);
  kobra_sheet_columns_unload (self);

  g_set_object (&self->model, model);
  g_signal_group_set_target (self->model_signals, model);
  self->geometry.n_rows = model != NULL ? kobra_sheet_model_get_n_rows (model) : 0;
  self->geometry.scroll_x = self->geometry.scroll_y = 0;
  kobra_sheet_picture_forget_all (self);
  kobra_sheet_columns_load (self);
  kobra_sheet_update_adjustments (self);
  kobra_sheet_change_selection (self, &selection);
  kobra_sheet_accessible_reset (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODEL]);
}

KobraSheetModel *
kobra_sheet_get_model (KobraSheet *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET (self), NULL);

  return self->model;
}
