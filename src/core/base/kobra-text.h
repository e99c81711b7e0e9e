/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a header or a value is compared by: lower case, accents gone, every run of anything but letters and digits one
 * space, none at the ends; a change from lower to upper case inside a word counts as a space too ("firstSurname" is "first surname").
 * @text must be valid UTF-8. */
char    *kobra_text_fold         (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Characters in @text (Unicode code points, as the API counts them); counting stops past @limit. @text must be valid UTF-8. */
gsize    kobra_text_n_characters (const char *text,
                                  gsize       limit);

/* @text for a message: at most @max_characters of it, then an ellipsis; controls shown as their Unicode pictures. */
char    *kobra_text_visible      (const char *text,
                                  gsize       max_characters) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @text has nothing but white space, NBSP among it. */
gboolean kobra_text_is_blank     (const char *text);

/* A number for @text that follows @seed: equal texts after equal seeds give equal numbers, different ones all but surely different
 * ones. Feed it texts one after the other to get a number for their sequence. Not for keeping secrets. */
guint64  kobra_text_hash         (guint64     seed,
                                  const char *text);

/* Overwrites @length bytes so that the compiler can't leave it out: for secrets. */
void     kobra_text_wipe         (char *text,
                                  gsize length);

G_END_DECLS
