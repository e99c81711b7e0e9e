/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The records of a plan, packed, each called by its place: the order in which they were added. Keeps records with one key apart: the
 * later one is not handed out before the earlier one is settled.
 */
typedef enum
{
  KOBRA_MARK_TRAVELLED = 1 << 0, /* a request that carried it may have arrived, and been taken */
  KOBRA_MARK_IN_FLIGHT = 1 << 1,
  KOBRA_MARK_SETTLED = 1 << 2,
  KOBRA_MARK_BLOCKED = 1 << 3, /* waits for an earlier record with its key */
  KOBRA_MARK_PASSED = 1 << 4   /* was blocked when its turn came */
} KobraMark;

typedef struct
{
  guint64 key_hash;
  guint32 id;
  guint32 next; /* the place of the record that waits for this one, or KOBRA_NO_PLACE */
} KobraBacklogRecord;

#define KOBRA_NO_PLACE G_MAXUINT32

typedef struct
{
  GArray     *records; /* KobraBacklogRecord */
  GByteArray *marks;   /* KobraMark */
  guint32    *latest;  /* open addressing: the place of the latest record of a key, or KOBRA_NO_PLACE */
  guint       n_slots; /* a power of two, or 0 */
  guint       n_used;
  guint       cursor;  /* the next place to hand out */
  GArray     *freed;   /* places passed by, no longer blocked */
  guint       n_freed_taken;
} KobraBacklog;

void    kobra_backlog_init    (KobraBacklog *self);
void    kobra_backlog_clear   (KobraBacklog *self);

void    kobra_backlog_add     (KobraBacklog *self,
                               guint32       id,
                               guint64       key_hash);

/* Puts up to @max places that were never taken and may travel together into @places; returns how many. */
guint   kobra_backlog_take    (KobraBacklog *self,
                               guint         max,
                               guint32      *places);

/* The record has its result: the one that waits for it may go. */
void    kobra_backlog_settle  (KobraBacklog *self,
                               guint32       place);

/* Whether all of @marks are set. */
gboolean kobra_backlog_has    (const KobraBacklog *self,
                               guint32             place,
                               KobraMark           marks);
void    kobra_backlog_set     (KobraBacklog *self,
                               guint32       place,
                               KobraMark     marks,
                               gboolean      on);

guint32 kobra_backlog_get_id   (const KobraBacklog *self,
                                guint32             place);
guint   kobra_backlog_get_n    (const KobraBacklog *self);

/* Bytes held, about. */
gsize   kobra_backlog_get_size (const KobraBacklog *self);

G_END_DECLS
