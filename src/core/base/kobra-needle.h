/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A text that a person looks for in many others: without regard to case and accents unless told otherwise, so that "jose" is in "JOSÉ
 * LUIS". It may be used by several threads at once. All texts must be valid UTF-8.
 */
typedef struct _KobraNeedle KobraNeedle;

typedef enum
{
  KOBRA_NEEDLE_LOOSE = 0,
  KOBRA_NEEDLE_CASE = 1 << 0,    /* A is not a */
  KOBRA_NEEDLE_ACCENTS = 1 << 1, /* é is not e */
  KOBRA_NEEDLE_WHOLE = 1 << 2    /* the whole text and nothing around it; then an empty needle finds empty texts, else none */
} KobraNeedleFlags;

KobraNeedle *kobra_needle_new     (const char      *text,
                                   KobraNeedleFlags flags) G_GNUC_WARN_UNUSED_RESULT;
void         kobra_needle_free    (KobraNeedle *self);

gboolean     kobra_needle_is_in   (const KobraNeedle *self,
                                   const char        *text);

/* @text with @with wherever the needle is in it, left to right; NULL if it is nowhere. */
char        *kobra_needle_replace (const KobraNeedle *self,
                                   const char        *text,
                                   const char        *with) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraNeedle, kobra_needle_free)

G_END_DECLS
