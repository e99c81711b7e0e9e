/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-check-record.h"

G_BEGIN_DECLS

/*
 * All problems of a table, by record. Made by a check of the whole table and kept right by telling it of every edit.
 * It belongs to one thread at a time.
 *
 * Duplicates: records with the same key, byte for byte, of which not all are the same in every field are all in error;
 * identical twins are not, and an empty key is nobody's duplicate.
 */
typedef struct _KobraProblems KobraProblems;

/* Of a table without records. */
KobraProblems      *kobra_problems_new            (void) G_GNUC_WARN_UNUSED_RESULT;
void                kobra_problems_free           (KobraProblems *self);

/* The same in another thread: those of a million records take longer than a frame. */
void                kobra_problems_free_elsewhere (KobraProblems *self);

/* The problems of a record, those of its cells in the order of the fields, then those between fields, then the duplicate; NULL
 * if there are none. Borrowed until the next update. */
const KobraProblem *kobra_problems_get            (KobraProblems *self,
                                                   guint32        id,
                                                   guint         *n);

/* The worst problem of a cell, or NULL. Borrowed as above. */
const KobraProblem *kobra_problems_find           (KobraProblems *self,
                                                   guint32        id,
                                                   guint          field);

gboolean            kobra_problems_has_error      (KobraProblems *self,
                                                   guint32        id);
gboolean            kobra_problems_has_warning    (KobraProblems *self,
                                                   guint32        id);

/* How many records have no problems, warnings only, at least one error. */
void                kobra_problems_count_records  (KobraProblems *self,
                                                   guint         *ready,
                                                   guint         *warning,
                                                   guint         *invalid);

/* How many problems there are of a kind, in all fields and in one. */
guint               kobra_problems_get_count      (KobraProblems   *self,
                                                   KobraProblemCode code);
guint               kobra_problems_get_field_count (KobraProblems   *self,
                                                    KobraProblemCode code,
                                                    guint            field);

/* The first record that came with @key, which must not be empty; FALSE if none has it. */
gboolean            kobra_problems_find_key       (KobraProblems *self,
                                                   const char    *key,
                                                   guint32       *id);

/* Fetches a record as it is now, and its line. FALSE: there is no such record (any more). */
typedef gboolean  (*KobraRecordLookup)            (guint32      id,
                                                   KobraRecord *record,
                                                   guint32     *line,
                                                   gpointer     data);

/*
 * Tells of an edit, a new record (@old_record is NULL) or a deleted one (@new_record is NULL). Of several edits made at once,
 * tell one by one; the order is of no account.
 *
 * Appends to @changed (guint32) the IDs of the records whose list of problems is another one now: the record itself and
 * those that shared or share its key. The line that a duplicate points to is looked up anew at every get and may change without that.
 */
void                kobra_problems_update         (KobraProblems     *self,
                                                   const KobraRules  *rules,
                                                   guint32            id,
                                                   const KobraRecord *old_record,
                                                   const KobraRecord *new_record,
                                                   KobraRecordLookup  lookup,
                                                   gpointer           data,
                                                   GArray            *changed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraProblems, kobra_problems_free)

G_END_DECLS
