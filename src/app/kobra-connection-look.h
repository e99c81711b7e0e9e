/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-connection.h"

G_BEGIN_DECLS

/* How a connection looks wherever it is shown, so that nobody mistakes practice for the real thing: an icon, words, and a colour. */

/* The colours a person can give, ended by NULL; the first is "", for none. */
const char *const *kobra_connection_look_list_colours (void);

/* For people, translated. */
const char        *kobra_connection_look_get_colour_label (const char *colour);

/* The icon of a connection in its colour, with its meaning for screen readers. */
GtkWidget         *kobra_connection_look_new_icon     (KobraConnection *connection);

/* "lservices.kobra.red · User and password", "Part of this program: nothing leaves this computer". */
char              *kobra_connection_look_dup_subtitle (KobraConnection *connection) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
