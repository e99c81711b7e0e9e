/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a server's words may say of which record of a request they are about, in Spanish or English. Never proof: a place to look first.
 * The words must be valid UTF-8.
 */

/* How the words count records. Which of the two a server means by which form is a guess that can be wrong. */
typedef enum
{
  KOBRA_HINT_NONE,
  KOBRA_HINT_INDEX,   /* "accounts[2]", "índice 2": the first is 0 */
  KOBRA_HINT_ORDINAL, /* "registro 3", "row 3": the first is 1 */
  KOBRA_N_HINTS
} KobraHint;

/* The number that the words give a record by its position; NONE if they give none. */
KobraHint kobra_hint_find_position (const char *words,
                                    guint      *number);

/* The texts that stand in quotes in the words, at most KOBRA_MAX_QUOTED of them; ended by NULL. */
#define KOBRA_MAX_QUOTED 6
char    **kobra_hint_dup_quoted    (const char *words) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @key stands in @words with nothing before or after it that would make it part of a longer word. */
gboolean  kobra_hint_names_key     (const char *words,
                                    const char *key);

G_END_DECLS
