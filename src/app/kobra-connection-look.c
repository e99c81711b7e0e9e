/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-connection-look.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

static const char *const colours[] = { "", "blue", "green", "yellow", "orange", "red", "purple", NULL };

/* clang-format off */
static const char *const labels[G_N_ELEMENTS (colours)] = {
  NC_("colour", "None"), NC_("colour", "Blue"), NC_("colour", "Green"), NC_("colour", "Yellow"), NC_("colour", "Orange"), NC_("colour", "Red"),
  NC_("colour", "Purple"), NULL
};
/* clang-format on */

const char *const *
kobra_connection_look_list_colours (void)
{
  return colours;
}

const char *
kobra_connection_look_get_colour_label (const char *colour)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (colours) - 2 && !g_str_equal (colours[i], colour))
    i++;
  return g_dpgettext2 (NULL, "colour", labels[g_str_equal (colours[i], colour) ? i : 0]);
}

GtkWidget *
kobra_connection_look_new_icon (KobraConnection *connection)
{
  gboolean    is_practice = kobra_connection_is_practice (connection);
  GtkWidget  *icon = gtk_image_new_from_icon_name (is_practice ? "applications-science-symbolic" : "network-server-symbolic");
  const char *colour = kobra_connection_get_colour (connection);

  gtk_widget_add_css_class (icon, is_practice ? "practice" : "connection");
  /* Only words of ours: what a file says is no class name. */
  if (!is_practice && *colour != '\0' && g_strv_contains (colours, colour))
    gtk_widget_add_css_class (icon, colour);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, is_practice ? _ ("Practice") : _ ("Server"), -1);
  return icon;
}

char *
kobra_connection_look_dup_subtitle (KobraConnection *connection)
{
  if (kobra_connection_is_practice (connection))
    return g_strdup (_ ("Part of this program: nothing leaves this computer"));
  /* TRANSLATORS: a server’s host, and how one signs in there */
  return g_strdup_printf (_ ("%s · %s"), kobra_connection_get_host (connection), _ (kobra_sign_in_get_label (kobra_connection_get_sign_in (connection))));
}
