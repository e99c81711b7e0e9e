/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-find-bar.h"

#include <glib/gi18n.h>

#include "kobra-find.h"
#include "kobra-sheet-adapter.h"

#include "kobra-banned.h"

/* Typing and edits settle for so many milliseconds before the records are searched. */
#define SETTLING 120

struct _KobraFindBar
{
  GtkWidget     parent_instance;

  GtkRevealer  *revealer;
  GtkEntry     *text;
  GtkEntry     *with;
  GtkLabel     *count;
  GtkWidget    *replace_row;

  KobraSheet   *sheet;
  GSignalGroup *model_signals;
  gboolean      whole;
  gboolean      case_counts;
  gboolean      accents_count;

  GCancellable *finding;   /* or NULL */
  guint         settling;  /* source */
  gboolean      goes_there; /* to a hit, once there are some: the person typed */
  KobraHits    *hits;      /* of the text, or NULL: not known yet */
  GCancellable *replacing; /* all, or NULL */
};

G_DEFINE_FINAL_TYPE (KobraFindBar, kobra_find_bar, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SHEET = 1,
  PROP_WHOLE,
  PROP_CASE,
  PROP_ACCENTS
} KobraFindBarProperty;

static GParamSpec *props[PROP_ACCENTS + 1];

typedef enum
{
  SAID,
  ONLY
} KobraFindBarSignal;

static guint signals[ONLY + 1];

static KobraSheetAdapter *
get_adapter (KobraFindBar *self)
{
  KobraSheetModel *model = self->sheet != NULL ? kobra_sheet_get_model (self->sheet) : NULL;

  return model != NULL ? KOBRA_SHEET_ADAPTER (model) : NULL;
}

static const char *
get_text (KobraFindBar *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->text));
}

static gboolean
is_open (KobraFindBar *self)
{
  return gtk_revealer_get_reveal_child (self->revealer);
}

static KobraNeedleFlags
get_flags (KobraFindBar *self)
{
  return (self->whole ? KOBRA_NEEDLE_WHOLE : 0) | (self->case_counts ? KOBRA_NEEDLE_CASE : 0) | (self->accents_count ? KOBRA_NEEDLE_ACCENTS : 0);
}

static void
say (KobraFindBar *self,
     const char   *words)
{
  g_signal_emit (self, signals[SAID], 0, words);
}

/* The first hit at or after a cell, counted from 0. */
static guint
find_hit_at (KobraFindBar *self,
             guint         row,
             guint         column)
{
  guint low = 0, high = self->hits->hits->len;

  while (low < high)
    {
      guint           middle = low + (high - low) / 2;
      const KobraHit *hit = &g_array_index (self->hits->hits, KobraHit, middle);

      if (hit->row < row || (hit->row == row && hit->column < column))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Whether the cursor is on a hit; its number in *@at, else that of the next. */
static gboolean
is_on_hit (KobraFindBar *self,
           guint        *at)
{
  guint           row = (guint) MAX (kobra_sheet_get_cursor_row (self->sheet), 0);
  guint           column = (guint) MAX (kobra_sheet_get_cursor_column (self->sheet), 0);
  const KobraHit *hit;

  *at = find_hit_at (self, row, column);
  if (*at >= self->hits->hits->len)
    return FALSE;
  hit = &g_array_index (self->hits->hits, KobraHit, *at);
  return hit->row == row && hit->column == column;
}

static void
update (KobraFindBar *self)
{
  guint            n = self->hits != NULL ? (guint) MIN (self->hits->n_cells, G_MAXUINT) : 0, at;
  gboolean         has_hits = n > 0 && self->hits->hits->len > 0;
  gboolean         is_none = self->hits != NULL && n == 0 && (*get_text (self) != '\0' || self->whole);
  g_autofree char *words = NULL;

  if (has_hits && is_on_hit (self, &at))
    /* TRANSLATORS: which of the cells found the cursor is on: "3 of 320" */
    words = g_strdup_printf (_ ("%'u of %'u"), at + 1, n);
  else if (has_hits)
    words = g_strdup_printf (ngettext ("%'u cell", "%'u cells", n), n);
  else if (is_none)
    words = g_strdup (_ ("Not found"));
  else if (self->finding != NULL)
    words = g_strdup ("…");
  gtk_label_set_label (self->count, words != NULL ? words : "");
  if (is_none)
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->text), "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.next", has_hits);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.previous", has_hits);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.replace", has_hits && self->replacing == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.replace-all", has_hits && self->replacing == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.only", *get_text (self) != '\0');
}

static void
forget (KobraFindBar *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->hits, kobra_hits_free);
}

static void
go_to (KobraFindBar *self,
       guint         at)
{
  const KobraHit *hit = &g_array_index (self->hits->hits, KobraHit, at);

  kobra_sheet_set_cursor (self->sheet, (int) hit->row, (int) hit->column);
  update (self);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KobraFindBar) self = data;
  KobraHits *hits = kobra_find_finish (result, NULL);
  guint      at;

  if (hits == NULL) /* only ever: called off */
    return;
  g_clear_object (&self->finding);
  g_clear_pointer (&self->hits, kobra_hits_free);
  self->hits = hits;
  if (self->goes_there && hits->hits->len > 0)
    {
      is_on_hit (self, &at);
      go_to (self, at % hits->hits->len);
    }
  self->goes_there = FALSE;
  update (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->count), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
find (KobraFindBar *self)
{
  KobraSheetAdapter *adapter = get_adapter (self);

  forget (self);
  if (adapter != NULL && (*get_text (self) != '\0' || self->whole))
    {
      self->finding = g_cancellable_new ();
      kobra_sheet_adapter_find_async (adapter, get_text (self), get_flags (self), NULL, self->finding, found_cb, g_object_ref (self));
    }
  update (self);
}

static gboolean
settled_cb (gpointer data)
{
  KobraFindBar *self = data;

  self->settling = 0;
  find (self);
  return G_SOURCE_REMOVE;
}

static void
find_soon (KobraFindBar *self)
{
  if (!is_open (self))
    return;
  g_clear_handle_id (&self->settling, g_source_remove);
  self->settling = g_timeout_add (SETTLING, settled_cb, self);
}

/* What was found may be elsewhere now. */
static void
sheet_changed_cb (KobraFindBar *self)
{
  self->goes_there = FALSE;
  find_soon (self);
}

static void
model_changed_cb (KobraFindBar *self)
{
  g_signal_group_set_target (self->model_signals, get_adapter (self));
  forget (self);
  update (self);
  find_soon (self);
}

static void
cursor_moved_cb (KobraFindBar *self)
{
  if (is_open (self))
    update (self);
}

static void
changed_cb (KobraFindBar *self)
{
  self->goes_there = TRUE;
  find_soon (self);
}

static void
step (KobraFindBar *self,
      gboolean      forward)
{
  guint at, n;

  if (self->hits == NULL || self->hits->hits->len == 0)
    return;
  n = self->hits->hits->len;
  if (is_on_hit (self, &at) && forward)
    at++;
  else if (!forward)
    at += n - 1;
  go_to (self, at % n);
}

static void
next_cb (KobraFindBar *self)
{
  step (self, TRUE);
}

static void
close_bar (KobraFindBar *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  forget (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->sheet));
}

static gboolean
key_pressed_cb (KobraFindBar   *self,
                guint           keyval,
                guint           keycode,
                GdkModifierType state)
{
  if (keyval == GDK_KEY_Escape)
    close_bar (self);
  else if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && (state & GDK_SHIFT_MASK) != 0)
    step (self, FALSE);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* The hit under the cursor, then on to the next; a cursor that is elsewhere only goes to a hit. */
static void
replace (KobraFindBar *self)
{
  g_autoptr (KobraNeedle) needle = kobra_needle_new (get_text (self), get_flags (self));
  KobraSheetModel *model = kobra_sheet_get_model (self->sheet);
  g_autofree char *replaced = NULL;
  const KobraHit  *hit;
  guint            at;

  if (self->hits == NULL || self->hits->hits->len == 0)
    return;
  if (!is_on_hit (self, &at))
    {
      step (self, TRUE);
      return;
    }
  hit = &g_array_index (self->hits->hits, KobraHit, at);
  replaced = kobra_needle_replace (needle, kobra_sheet_model_peek_text (model, hit->row, hit->column), gtk_editable_get_text (GTK_EDITABLE (self->with)));
  step (self, TRUE);
  if (replaced != NULL && (!kobra_sheet_model_is_editable (model, hit->row, hit->column) || !kobra_sheet_model_set_text (model, hit->row, hit->column, replaced)))
    say (self, _ ("This cell can’t be changed now."));
}

static void
replace_cb (KobraFindBar *self)
{
  replace (self);
}

static void
replaced_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KobraFindBar) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char   *words = NULL;
  guint              n = kobra_sheet_adapter_replace_all_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->replacing);
  if (error == NULL)
    words = g_strdup_printf (ngettext ("Replaced in %'u cell.", "Replaced in %'u cells.", n), n);
  say (self, error != NULL ? error->message : words);
  update (self);
}

static void
replace_all (KobraFindBar *self)
{
  KobraSheetAdapter *adapter = get_adapter (self);

  if (adapter == NULL || self->replacing != NULL)
    return;
  self->replacing = g_cancellable_new ();
  kobra_sheet_adapter_replace_all_async (adapter, get_text (self), get_flags (self), gtk_editable_get_text (GTK_EDITABLE (self->with)), self->replacing,
                                         replaced_cb, g_object_ref (self));
  update (self);
}

static void
show_only (KobraFindBar *self)
{
  g_signal_emit (self, signals[ONLY], 0, get_text (self));
}

static void
show_replace (KobraFindBar *self)
{
  kobra_find_bar_open (self, TRUE);
}

static void
previous (KobraFindBar *self)
{
  step (self, FALSE);
}

static const struct
{
  const char *name;
  void      (*run) (KobraFindBar *self);
} actions[] = {
  { "find.next", next_cb },
  { "find.previous", previous },
  { "find.close", close_bar },
  { "find.replace", replace },
  { "find.replace-all", replace_all },
  { "find.only", show_only },
  { "find.show-replace", show_replace },
};

static void
activated_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      actions[i].run (KOBRA_FIND_BAR (widget));
}

static void
set_sheet (KobraFindBar *self,
           KobraSheet   *sheet)
{
  if (!g_set_object (&self->sheet, sheet) || sheet == NULL)
    return;
  g_signal_connect_object (sheet, "notify::model", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sheet, "notify::cursor-row", G_CALLBACK (cursor_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sheet, "notify::cursor-column", G_CALLBACK (cursor_moved_cb), self, G_CONNECT_SWAPPED);
  model_changed_cb (self);
}

static gboolean *
get_option (KobraFindBar        *self,
            KobraFindBarProperty id)
{
  return id == PROP_WHOLE ? &self->whole : id == PROP_CASE ? &self->case_counts : &self->accents_count;
}

static void
kobra_find_bar_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  KobraFindBar *self = KOBRA_FIND_BAR (object);

  switch ((KobraFindBarProperty) id)
    {
    case PROP_SHEET:
      g_value_set_object (value, self->sheet);
      break;
    case PROP_WHOLE:
    case PROP_CASE:
    case PROP_ACCENTS:
      g_value_set_boolean (value, *get_option (self, (KobraFindBarProperty) id));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_find_bar_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  KobraFindBar *self = KOBRA_FIND_BAR (object);
  gboolean     *option;

  switch ((KobraFindBarProperty) id)
    {
    case PROP_SHEET:
      set_sheet (self, g_value_get_object (value));
      break;
    case PROP_WHOLE:
    case PROP_CASE:
    case PROP_ACCENTS:
      option = get_option (self, (KobraFindBarProperty) id);
      if (*option == g_value_get_boolean (value))
        break;
      *option = !*option;
      g_object_notify_by_pspec (object, pspec);
      changed_cb (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_find_bar_dispose (GObject *object)
{
  KobraFindBar *self = KOBRA_FIND_BAR (object);

  forget (self);
  if (self->replacing != NULL)
    g_cancellable_cancel (self->replacing);
  g_clear_object (&self->replacing);
  g_clear_object (&self->model_signals);
  g_clear_object (&self->sheet);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_FIND_BAR);

  G_OBJECT_CLASS (kobra_find_bar_parent_class)->dispose (object);
}

static void
kobra_find_bar_class_init (KobraFindBarClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kobra_find_bar_get_property;
  object_class->set_property = kobra_find_bar_set_property;
  object_class->dispose = kobra_find_bar_dispose;

  props[PROP_SHEET] = g_param_spec_object ("sheet", NULL, NULL, KOBRA_TYPE_SHEET, flags);
  props[PROP_WHOLE] = g_param_spec_boolean ("whole", NULL, NULL, FALSE, flags);
  props[PROP_CASE] = g_param_spec_boolean ("case", NULL, NULL, FALSE, flags);
  props[PROP_ACCENTS] = g_param_spec_boolean ("accents", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  signals[SAID] = g_signal_new ("said", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ONLY] = g_signal_new ("only", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, KobraFindBar, text);
  gtk_widget_class_bind_template_child (widget_class, KobraFindBar, with);
  gtk_widget_class_bind_template_child (widget_class, KobraFindBar, count);
  gtk_widget_class_bind_template_child (widget_class, KobraFindBar, replace_row);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, activated_cb);
  gtk_widget_class_install_property_action (widget_class, "find.whole", "whole");
  gtk_widget_class_install_property_action (widget_class, "find.case", "case");
  gtk_widget_class_install_property_action (widget_class, "find.accents", "accents");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
kobra_find_bar_init (KobraFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->model_signals = g_signal_group_new (KOBRA_TYPE_SHEET_ADAPTER);
  g_signal_group_connect_swapped (self->model_signals, "rows-changed", G_CALLBACK (sheet_changed_cb), self);
  g_signal_group_connect_swapped (self->model_signals, "columns-changed", G_CALLBACK (sheet_changed_cb), self);
  update (self);
}

void
kobra_find_bar_open (KobraFindBar *self,
                     gboolean      replaces)
{
  g_return_if_fail (KOBRA_IS_FIND_BAR (self));

  gtk_widget_set_visible (self->replace_row, replaces);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  gtk_editable_select_region (GTK_EDITABLE (self->text), 0, -1);
  find (self);
}

void
kobra_find_bar_step (KobraFindBar *self,
                     gboolean      forward)
{
  g_return_if_fail (KOBRA_IS_FIND_BAR (self));

  if (!is_open (self))
    kobra_find_bar_open (self, FALSE);
  else
    step (self, forward);
}
