/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "kobra-field.h"

G_BEGIN_DECLS

/*
 * The widget in which a field of a form is edited, by the field's type: a text, a list of choices, or yes, no and neither.
 * @edited (gpointer data, const char *text) is called with the cell's new text, @activated (gpointer data) when Enter is pressed in a text.
 * @object is the GObject that both belong to.
 */
GtkWidget *kobra_field_control_new      (const KobraField *field,
                                         GCallback         edited,
                                         GCallback         activated,
                                         gpointer          object) G_GNUC_WARN_UNUSED_RESULT;

/* Shows the cell's text. It tells so by @edited as if somebody had typed it. */
void       kobra_field_control_set_text (GtkWidget        *control,
                                         const KobraField *field,
                                         const char       *text);

/* How the cell's text is shown there: numbers as the person writes them. */
char      *kobra_field_control_dup_shown (const KobraField *field,
                                          const char       *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
