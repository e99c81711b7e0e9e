/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"

G_BEGIN_DECLS

/*
 * Which column is which field, changed after the file was opened. A change is one step to undo: the layout, the columns that come from others, what
 * texts were said to mean, and the safe fixes of the columns that got a field.
 */

/* A copy of the layout, to be changed and given to kobra_import_change_layout_async(); NULL while the import is empty. New derivations come at its end. */
KobraLayout *kobra_import_dup_layout           (KobraImport *self) G_GNUC_WARN_UNUSED_RESULT;

/* Makes the records be as @draft says, in a worker; @draft is not taken. Not while sending. */
void         kobra_import_change_layout_async  (KobraImport        *self,
                                                KobraLayout        *draft,
                                                GCancellable       *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);

/* How many cells were cleaned up goes to @n_cells. FALSE, and nothing is changed, as with kobra_import_clean_finish(). */
gboolean     kobra_import_change_layout_finish (KobraImport  *self,
                                                GAsyncResult *result,
                                                guint        *n_cells,
                                                GError      **error);

/* The saved layout that the file was opened by, or NULL. */
const char  *kobra_import_get_layout_name      (KobraImport *self);

/* Saves the layout as @name, in the place of another of that name, for this file's like: those with the same headers. Blocks, for the file is small. */
gboolean     kobra_import_save_layout          (KobraImport *self,
                                                const char  *name,
                                                GError     **error);

/* A text that no choice of its field is, and how many cells say so. */
typedef struct
{
  guint field;
  guint n_cells;
  char *text;
  char *code; /* what the layout says it stands for, or NULL */
} KobraUnknownValue;

/* The texts in @draft's columns of choices that mean none of them, the most frequent first, at most 100 for each field. KobraUnknownValue. */
void         kobra_import_find_values_async    (KobraImport        *self,
                                                KobraLayout        *draft,
                                                GCancellable       *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);
GPtrArray   *kobra_import_find_values_finish   (KobraImport  *self,
                                                GAsyncResult *result,
                                                GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
