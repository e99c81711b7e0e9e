/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether one of two words, folded and run together, may be the other misspelled: a letter more, less, other or two in changed order, two such for
 * long words. Digits must be the same, and short words are no two spellings of one. The less the better goes to @distance, from 1. */
gboolean kobra_match_is_near (const char *a,
                              const char *b,
                              guint      *distance);

G_END_DECLS
