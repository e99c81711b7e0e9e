/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The 32 states of Mexico. A state is its place in the alphabet of their names, from 0. */

/* The state that the first two digits of a postal code of five stand for, or -1. */
int         kobra_state_of_postal_code (const char *text);

/* The state that @text names, whatever its case and accents, or -1. */
int         kobra_state_find           (const char *text);

/* As people write it. */
const char *kobra_state_get_name       (int state);

G_END_DECLS
