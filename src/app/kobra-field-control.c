/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-field-control.h"

#include <locale.h>

#include <adwaita.h>
#include <glib/gi18n.h>

#include "kobra-input.h"

#include "kobra-banned.h"

typedef void (*EditedFunc) (gpointer    object,
                            const char *text);

/* Whom a control tells; freed with the control's signal. */
typedef struct
{
  const KobraField *field;
  EditedFunc        edited;
  gpointer          object;
} Listener;

/* The name of the toggle for an empty cell. */
#define NOT_SET "unset"

static KobraInputHabit
get_habit (void)
{
  const struct lconv *numbers = localeconv ();

  return (KobraInputHabit) { numbers->decimal_point, numbers->thousands_sep };
}

static void
listener_free (gpointer  data,
               GClosure *closure)
{
  g_free (data);
}

static void
listen (gpointer          widget,
        const char       *signal,
        GCallback         callback,
        const KobraField *field,
        GCallback         edited,
        gpointer          object)
{
  Listener *listener = g_new (Listener, 1);

  *listener = (Listener) { field, (EditedFunc) edited, object };
  g_signal_connect_data (widget, signal, callback, listener, listener_free, G_CONNECT_DEFAULT);
}

static void
text_changed_cb (GtkEditable *editable,
                 gpointer     data)
{
  const Listener       *listener = data;
  const KobraInputHabit habit = get_habit ();
  g_autofree char      *text = kobra_input_read (listener->field, &habit, gtk_editable_get_text (editable));

  listener->edited (listener->object, text);
}

static const char *
get_item_text (GtkStringList *list,
               guint          position)
{
  const char *text = gtk_string_list_get_string (list, position);

  return text != NULL ? text : "";
}

static void
choice_chosen_cb (GtkDropDown *drop_down,
                  GParamSpec  *pspec,
                  gpointer     data)
{
  const Listener *listener = data;

  listener->edited (listener->object, get_item_text (GTK_STRING_LIST (gtk_drop_down_get_model (drop_down)), gtk_drop_down_get_selected (drop_down)));
}

static void
toggled_cb (AdwToggleGroup *group,
            GParamSpec     *pspec,
            gpointer        data)
{
  const Listener *listener = data;
  const char     *name = adw_toggle_group_get_active_name (group);

  if (name != NULL)
    listener->edited (listener->object, g_str_equal (name, NOT_SET) ? "" : name);
}

/* What a line of the list says, by its code: "Pesos (MX)". */
static char *
dup_choice_label (GtkStringObject *item,
                  gpointer         data)
{
  const KobraField  *field = data;
  const char        *code = gtk_string_object_get_string (item);
  const KobraChoice *choice = kobra_field_find_choice (field, code);

  if (*code == '\0')
    return g_strdup (C_ ("field", "Not set"));
  if (choice == NULL)
    /* TRANSLATORS: a text in a cell that is none of the values the field can have */
    return g_strdup_printf (_ ("“%s”, not a value"), code);
  /* TRANSLATORS: the meaning of a value, and the code that is sent for it */
  return g_strdup_printf (_ ("%s (%s)"), _ (choice->label), code);
}

static GtkWidget *
make_choices (const KobraField *field,
              GCallback         edited,
              gpointer          object)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkWidget     *drop_down;

  gtk_string_list_append (list, "");
  for (const KobraChoice *choice = field->choices; choice->code != NULL; choice++)
    gtk_string_list_append (list, choice->code);
  drop_down = gtk_drop_down_new (G_LIST_MODEL (list), gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_choice_label), (gpointer) field, NULL));
  gtk_widget_add_css_class (drop_down, "flat");
  listen (drop_down, "notify::selected", G_CALLBACK (choice_chosen_cb), field, edited, object);
  return drop_down;
}

static void
add_toggle (AdwToggleGroup *group,
            const char     *name,
            const char     *label)
{
  AdwToggle *toggle = adw_toggle_new ();

  adw_toggle_set_name (toggle, name);
  adw_toggle_set_label (toggle, label);
  adw_toggle_group_add (group, toggle);
}

static GtkWidget *
make_toggles (const KobraField *field,
              GCallback         edited,
              gpointer          object)
{
  AdwToggleGroup *group = ADW_TOGGLE_GROUP (adw_toggle_group_new ());

  add_toggle (group, NOT_SET, C_ ("field", "Not set"));
  for (const KobraChoice *choice = field->choices; choice->code != NULL; choice++)
    add_toggle (group, choice->code, _ (choice->label));
  adw_toggle_group_set_active_name (group, NOT_SET);
  gtk_widget_set_halign (GTK_WIDGET (group), GTK_ALIGN_START);
  listen (group, "notify::active-name", G_CALLBACK (toggled_cb), field, edited, object);
  return GTK_WIDGET (group);
}

static GtkWidget *
make_text (const KobraField *field,
           GCallback         edited,
           GCallback         activated,
           gpointer          object)
{
  static const GtkInputPurpose purposes[] = {
    [KOBRA_TYPE_TEXT] = GTK_INPUT_PURPOSE_FREE_FORM,
    [KOBRA_TYPE_INTEGER] = GTK_INPUT_PURPOSE_NUMBER,
    [KOBRA_TYPE_NUMBER] = GTK_INPUT_PURPOSE_NUMBER,
    [KOBRA_TYPE_DATE] = GTK_INPUT_PURPOSE_FREE_FORM,
  };
  /* By itself it is only the inner part of an entry, which a screen reader passes over. */
  GtkWidget *text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);

  gtk_text_set_input_purpose (GTK_TEXT (text), purposes[field->type]);
  /* What was typed is undone in the table. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (text), FALSE);
  if (field->type == KOBRA_TYPE_DATE)
    gtk_text_set_placeholder_text (GTK_TEXT (text), _ ("dd/mm/yyyy"));
  listen (text, "changed", G_CALLBACK (text_changed_cb), field, edited, object);
  g_signal_connect_object (text, "activate", activated, object, G_CONNECT_SWAPPED);
  return text;
}

GtkWidget *
kobra_field_control_new (const KobraField *field,
                         GCallback         edited,
                         GCallback         activated,
                         gpointer          object)
{
  if (field->type == KOBRA_TYPE_BOOLEAN)
    return make_toggles (field, edited, object);
  if (field->choices != NULL)
    return make_choices (field, edited, object);
  return make_text (field, edited, activated, object);
}

/* A text that is no value is a line of the list for as long as it is there. */
static void
choose (GtkDropDown *drop_down,
        const char  *text)
{
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (drop_down));
  guint          n = g_list_model_get_n_items (G_LIST_MODEL (list)), at = 0;

  while (at < n && !g_str_equal (gtk_string_list_get_string (list, at), text))
    at++;
  if (at == n)
    gtk_string_list_append (list, text);
  gtk_drop_down_set_selected (drop_down, at);
}

static void
drop_strangers (GtkDropDown      *drop_down,
                const KobraField *field)
{
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (drop_down));

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (list)) - 1; i > 0; i--)
    if (i != gtk_drop_down_get_selected (drop_down) && kobra_field_find_choice (field, gtk_string_list_get_string (list, i)) == NULL)
      gtk_string_list_remove (list, i);
}

char *
kobra_field_control_dup_shown (const KobraField *field,
                               const char       *text)
{
  const KobraInputHabit habit = get_habit ();

  return kobra_input_show (field, &habit, text);
}

void
kobra_field_control_set_text (GtkWidget        *control,
                              const KobraField *field,
                              const char       *text)
{
  if (ADW_IS_TOGGLE_GROUP (control))
    {
      /* A text that is neither yes nor no has no toggle. */
      if (*text == '\0' || kobra_field_find_choice (field, text) != NULL)
        adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (control), *text != '\0' ? text : NOT_SET);
      else
        adw_toggle_group_set_active (ADW_TOGGLE_GROUP (control), GTK_INVALID_LIST_POSITION);
    }
  else if (GTK_IS_DROP_DOWN (control))
    {
      choose (GTK_DROP_DOWN (control), text);
      drop_strangers (GTK_DROP_DOWN (control), field);
    }
  else
    {
      g_autofree char *shown = kobra_field_control_dup_shown (field, text);

      if (!g_str_equal (shown, gtk_editable_get_text (GTK_EDITABLE (control))))
        gtk_editable_set_text (GTK_EDITABLE (control), shown);
    }
}
