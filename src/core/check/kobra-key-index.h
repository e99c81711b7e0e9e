/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kobra-problems.h"

G_BEGIN_DECLS

/*
 * Which records share a key, and whether they say the same: all the same, or in the one text that is asked for.
 *
 * The records of a key are a chain in the order they came. Of a chain that does not agree, the first record that differs from the chain's
 * head is kept: all before it are as the head. So most changes look at one other record, however long the chain; only those that
 * turn agreement into disagreement or back, which is news for every record of the chain, look at all of it.
 *
 * Records are told apart by a hash of their texts; those with the same hash are fetched and compared in truth.
 */
typedef struct _KobraKeyIndex KobraKeyIndex;

/* Whether two records of a kind have the same texts. */
gboolean       kobra_key_index_are_same      (const KobraRecord *a,
                                              const KobraRecord *b);

/* A text of the record, borrowed. */
typedef const char *(*KobraRecordText) (const KobraRecord *record);

/* @get_key: "" for a record that is not to be indexed. @get_compared: what those of a key must say the same in; NULL: in everything. */
KobraKeyIndex *kobra_key_index_new           (KobraRecordText get_key,
                                              KobraRecordText get_compared) G_GNUC_WARN_UNUSED_RESULT;
void           kobra_key_index_free          (KobraKeyIndex *self);

/* Makes room for @n_keys keys of records with IDs below @id_limit. Returns FALSE if there is no memory. */
gboolean       kobra_key_index_reserve       (KobraKeyIndex *self,
                                              guint          n_keys,
                                              guint32        id_limit);

/* The hash that this index goes by: made with a secret of its own, so that no file can be made to collide. Any thread may call it. */
guint64        kobra_key_index_hash          (const KobraKeyIndex *self,
                                              const char          *key);

/* Many records at once: first each of them, with a key that stays where it is as long as the index; then settle finds who agrees with whom.
 * Room must have been made. Settle returns FALSE if it was cancelled. */
void           kobra_key_index_append        (KobraKeyIndex *self,
                                              guint32        id,
                                              guint32        line,
                                              const char    *key,
                                              guint64        hash);
gboolean       kobra_key_index_settle        (KobraKeyIndex    *self,
                                              KobraRecordLookup lookup,
                                              gpointer          data,
                                              GCancellable     *cancellable);

/* One record, which must not be in the index. Appends to @touched (guint32) whose duplicate state may be another one now. */
void           kobra_key_index_insert        (KobraKeyIndex     *self,
                                              guint32            id,
                                              guint32            line,
                                              const KobraRecord *record,
                                              KobraRecordLookup  lookup,
                                              gpointer           data,
                                              GArray            *touched);

/* The same for a record that goes; nothing happens if it is not in the index. */
void           kobra_key_index_remove        (KobraKeyIndex    *self,
                                              guint32           id,
                                              KobraRecordLookup lookup,
                                              gpointer          data,
                                              GArray           *touched);

/* The first record that came with @key; FALSE if none has it. */
gboolean       kobra_key_index_find          (const KobraKeyIndex *self,
                                              const char          *key,
                                              guint32             *id);

/* Whether the record shares its key with one that differs from it or from another of them. */
gboolean       kobra_key_index_is_duplicate  (const KobraKeyIndex *self,
                                              guint32              id);

/* Of a duplicate: the line of a record with its key that differs from it; 0: it came from no file. */
guint32        kobra_key_index_get_other_line (const KobraKeyIndex *self,
                                               guint32              id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraKeyIndex, kobra_key_index_free)

G_END_DECLS
