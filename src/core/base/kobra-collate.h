/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many characters a prefix is made of. */
#define KOBRA_COLLATE_STRIDE 4u

/*
 * The order of letters in the person's language, for sorting millions of texts: case and accents are of no account, but what the
 * language counts as a letter of its own, such as ñ in Spanish, has its own place. The next few characters of *@text as a number
 * that compares as they do; *@text goes on behind them. After the end of a text all is 0. Any thread may call it. Valid UTF-8.
 */
guint64 kobra_collate_next (const char **text);

G_END_DECLS
