/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a person sees of a widget: tests look for what is in it, not for what it is made of. */

#include <adwaita.h>

G_BEGIN_DECLS

/* The first widget below @widget, in order, that is of @type and has @css_class unless that is NULL; not on a page that another one hides. */
G_GNUC_UNUSED static GtkWidget *
look_for (GtkWidget  *widget,
          GType       type,
          const char *css_class)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (!gtk_widget_get_child_visible (child))
        continue;
      found = g_type_is_a (G_OBJECT_TYPE (child), type) && (css_class == NULL || gtk_widget_has_css_class (child, css_class)) ? child : look_for (child, type, css_class);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Whether a label below @widget is to be seen and says something that begins with @text. */
G_GNUC_UNUSED static gboolean
look_says (GtkWidget  *widget,
           const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && ((GTK_IS_LABEL (child) && g_str_has_prefix (gtk_label_get_label (GTK_LABEL (child)), text)) || look_says (child, text)))
      return TRUE;
  return FALSE;
}

G_END_DECLS
