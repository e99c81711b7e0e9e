/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-rows.h"

G_BEGIN_DECLS

/*
 * What became of each record, by ID: a small number that the caller gives a meaning, and words. Cheap at a million
 * records: a byte each, and the words once however many records share them.
 */
typedef struct _KobraMarks KobraMarks;

/* Marks from 0 to @n_marks - 1; every record has mark 0 until told otherwise. @n_marks is at most 256. */
KobraMarks *kobra_marks_new       (guint n_marks) G_GNUC_WARN_UNUSED_RESULT;
void        kobra_marks_free      (KobraMarks *self);

/* @words may be NULL. */
void        kobra_marks_set       (KobraMarks *self,
                                   guint32     id,
                                   guint       mark,
                                   const char *words);
guint       kobra_marks_get       (KobraMarks *self,
                                   guint32     id);

/* Borrowed for as long as the marks; NULL if there are none. */
const char *kobra_marks_get_words (KobraMarks *self,
                                   guint32     id);

/* How many records have @mark, which must not be 0: nobody knows how many were never marked. */
guint       kobra_marks_count     (KobraMarks *self,
                                   guint       mark);

/* Every record has mark 0 again. */
void        kobra_marks_clear     (KobraMarks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraMarks, kobra_marks_free)

G_END_DECLS
