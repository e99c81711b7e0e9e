/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"

G_BEGIN_DECLS

/*
 * What can be done about all problems of one kind in one field: shown before it is done, done as one step to undo. Only cells that have the problem are
 * changed, and only if they do not have it afterwards. Works in a worker on the table as it is when it is asked for.
 */

#define KOBRA_REMEDY_SAMPLES 30u
#define KOBRA_REMEDY_WAYS 2u

/* One cell that would be changed, or two neighbours that belong together, joined by a comma. */
typedef struct
{
  guint32 line; /* of the record in its file, or 0 */
  char   *before, *after;
} KobraRemedySample;

/* A way to understand the cells, where they can be understood in two: with the day first or the month, with a decimal comma or a point. */
typedef struct
{
  KobraFix          fix;       /* that tells it from the other way; KOBRA_FIX_NONE: there is only one */
  guint             n_records; /* which it mends */
  guint             n_samples;
  KobraRemedySample samples[KOBRA_REMEDY_SAMPLES]; /* no text twice */
} KobraRemedyWay;

typedef struct
{
  guint          n_records; /* which have the problem */
  guint          n_ways;    /* 0: nothing helps */
  KobraRemedyWay ways[KOBRA_REMEDY_WAYS]; /* the likelier first */
} KobraRemedy;

void         kobra_remedy_free                (KobraRemedy *self);

/* Whether anything may help against a problem of @code in @field. */
gboolean     kobra_remedy_exists              (KobraProblemCode  code,
                                               const KobraField *field);

void         kobra_import_find_remedy_async   (KobraImport        *self,
                                               KobraProblemCode    code,
                                               guint               field,
                                               GCancellable       *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer            user_data);

/* NULL with an error if it was cancelled. */
KobraRemedy *kobra_import_find_remedy_finish  (KobraImport  *self,
                                               GAsyncResult *result,
                                               GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Does it, @fix saying in which way, as one step to undo called @name (for people, translated). Not while sending. */
void         kobra_import_apply_remedy_async  (KobraImport        *self,
                                               const char         *name,
                                               KobraProblemCode    code,
                                               guint               field,
                                               KobraFix            fix,
                                               GCancellable       *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer            user_data);

/* How many records were mended goes to @n_records. FALSE if it was cancelled, there is no memory, or the records changed in the meantime. */
gboolean     kobra_import_apply_remedy_finish (KobraImport  *self,
                                               GAsyncResult *result,
                                               guint        *n_records,
                                               GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraRemedy, kobra_remedy_free)

G_END_DECLS
