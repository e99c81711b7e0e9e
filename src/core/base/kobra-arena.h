/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * base: what every room needs and nobody owns. May include GLib only.
 *
 * An arena gives memory that is never moved and is freed all at once, when its last owner lets go. That is what makes
 * borrowed strings safe across threads: a row handed out stays as it was for as long as somebody holds the arena.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KobraArena KobraArena;

KobraArena *kobra_arena_new   (void) G_GNUC_WARN_UNUSED_RESULT;
KobraArena *kobra_arena_ref   (KobraArena *self);
void        kobra_arena_unref (KobraArena *self);

/* @size bytes, not aligned and not zeroed, valid until the arena goes. Only one thread may allocate at a time; reading
 * what was allocated before is free for all. Returns NULL if @size is over 1 GiB or the system has no memory. */
char       *kobra_arena_alloc (KobraArena *self,
                               gsize       size) G_GNUC_WARN_UNUSED_RESULT;

/* Like kobra_arena_alloc(), aligned for pointers and 64-bit numbers. */
gpointer    kobra_arena_alloc_aligned (KobraArena *self,
                                       gsize       size) G_GNUC_WARN_UNUSED_RESULT;

/* Gives back the last @size bytes of the latest kobra_arena_alloc(): for a caller that asked for the worst case. */
void        kobra_arena_give_back (KobraArena *self,
                                   gsize       size);

/* A copy of @text in the arena, or NULL as above. */
char       *kobra_arena_strdup (KobraArena *self,
                                const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* From now on memory comes on small pages and a little at a time, for a thread that must not be away for long: to touch a large page first takes as
 * long as hundreds of small ones, at once. */
void        kobra_arena_use_small_pages (KobraArena *self);

/* What @other holds lives on as long as @self, which lets go of @other, whose only owner the caller must be: for what a worker made. */
void        kobra_arena_take   (KobraArena *self,
                                KobraArena *other);

/* Bytes held from the system. */
gsize       kobra_arena_get_size (KobraArena *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraArena, kobra_arena_unref)

G_END_DECLS
