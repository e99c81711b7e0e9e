/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"

G_BEGIN_DECLS

/*
 * The records of an import by field rather than by column, as a form shows them. All of it goes to the same table as the sheet's
 * edits do. Rows are those of the table.
 */

/* The field's text in the record, borrowed until the next edit; "" where the table has no column for it. */
const char         *kobra_import_get_field         (KobraImport *self,
                                                    guint        row,
                                                    guint        field);

/* Typing in a field: until kobra_import_end_typing() one step to undo. A field that has no column gets one, after the others, unless @text is
 * empty. Returns FALSE, and changes nothing, if records are being sent and there is no column, or a limit is passed. */
gboolean            kobra_import_type_field        (KobraImport *self,
                                                    guint        row,
                                                    guint        field,
                                                    const char  *text);
void                kobra_import_end_typing        (KobraImport *self);

/* Several fields of a record at once, as one step called @name: fields[i] gets texts[i]. Else as above. */
gboolean            kobra_import_set_fields        (KobraImport       *self,
                                                    const char        *name,
                                                    guint              row,
                                                    const guint       *fields,
                                                    const char *const *texts,
                                                    guint              n);

/* The worst problem of a field, or NULL; borrowed until the next edit. */
const KobraProblem *kobra_import_find_field_problem (KobraImport *self,
                                                     guint        row,
                                                     guint        field);

/* The same in words, or NULL. */
char               *kobra_import_dup_field_problem (KobraImport *self,
                                                    guint        row,
                                                    guint        field) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the import needs the field filled. */
gboolean            kobra_import_needs_field       (KobraImport *self,
                                                    guint        field);

/* The row of the first record with @key; FALSE if none has it. */
gboolean            kobra_import_find_key          (KobraImport *self,
                                                    const char  *key,
                                                    guint       *row);

/* Starts anew with a table without records, for those that are entered by hand: it has columns for what @type needs. */
void                kobra_import_start_empty       (KobraImport    *self,
                                                    KobraKind       kind,
                                                    KobraImportType type);

/* A record more, the last, with the texts of @record's fields; one step to undo. Returns its row, or -1 if a limit is passed or records are
 * being sent. */
int                 kobra_import_append_record     (KobraImport       *self,
                                                    const KobraRecord *record);

G_END_DECLS
