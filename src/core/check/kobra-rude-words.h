/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the first four letters of @normal, in upper case, are a word that no CURP, or no RFC of a person, begins with: an X is put into it. */
gboolean kobra_rude_words_have_curp (const char *normal);
gboolean kobra_rude_words_have_rfc  (const char *normal);

G_END_DECLS
