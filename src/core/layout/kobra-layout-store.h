/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kobra-layout.h"

G_BEGIN_DECLS

/*
 * Layouts in files, as JSON that a person can write:
 *
 *   { "kind": "accounts", "columns": [ { "header": "Cliente", "field": "externalID" }, { "position": 3, "field": null } ] }
 *
 * Besides, and all of it optional: "version" (1), "name", "importType" ("new", "balances", "personal"), "headers" (of the file it was made for: a file with the
 * same is recognised by them), "derived" (columns that come from others: { "kind": "constant", "field": "currencyCode", "text": "MX" }, { "kind": "join", "field":
 * "street", "from": [ "Calle", "Número" ], "text": " " }, { "kind": "names-first", "from": [ "Cliente" ] }) and "values" (what texts stand for: { "field":
 * "civilStatus", "text": "JUNTADO", "code": "L" }), "answers" (what a person decided of how a column is written, for where its cells don't tell: { "field": "birthdate",
 * "fix": "day-first" }; a fix that is not known is of no account), "reading" (how such a file is read: { "sheet": "Cartera", "header-row": 4 }, with the command line's names)
 * and "ignored" (kinds of warning that nobody looks for in such files: [ "curp-name" ]; one that is not known is of no account).
 *
 * A column is named by its header (case, accents and signs of no account) or by its position from 1; the field by its wire
 * name, or null for "not sent". Columns that the file does not name are matched by their headers.
 */

typedef enum
{
  KOBRA_LAYOUT_ERROR_FILE,
  KOBRA_LAYOUT_ERROR_FORMAT
} KobraLayoutError;

#define KOBRA_LAYOUT_ERROR (kobra_layout_error_quark ())
GQuark   kobra_layout_error_quark (void);

/* A layout file that was read and is not yet about any table. */
typedef struct _KobraLayoutFile KobraLayoutFile;

/* Reads at most 1 MiB. Blocks: for workers and the command line. */
KobraLayoutFile *kobra_layout_file_read  (const char *path,
                                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void             kobra_layout_file_free  (KobraLayoutFile *self);
KobraKind        kobra_layout_file_get_kind (KobraLayoutFile *self);

/* What @layout is made of, as a file called @name; @headers are those of its table, ended by NULL. @import_type goes with accounts. */
KobraLayoutFile *kobra_layout_file_new   (const KobraLayout *layout,
                                          const char *const *headers,
                                          const char        *name,
                                          KobraImportType    import_type) G_GNUC_WARN_UNUSED_RESULT;

/* Replaces the file at @path as a whole or not at all. Blocks. */
gboolean         kobra_layout_file_write (KobraLayoutFile *self,
                                          GFile           *file,
                                          GError         **error);

/* NULL: it has none. */
const char      *kobra_layout_file_get_name (KobraLayoutFile *self);
void             kobra_layout_file_set_name (KobraLayoutFile *self,
                                             const char      *name);

/* FALSE if it says nothing of it. */
gboolean         kobra_layout_file_get_import_type (KobraLayoutFile *self,
                                                    KobraImportType *type);

/* How such a file is to be read, where that is not found by looking: a dictionary (a{sv}) as the room of readers makes it, or NULL. */
GVariant        *kobra_layout_file_get_reading (KobraLayoutFile *self);
void             kobra_layout_file_set_reading (KobraLayoutFile *self,
                                                GVariant        *reading);

/* How many columns it gives a field, with those that it derives. */
guint            kobra_layout_file_count_fields (KobraLayoutFile *self);

/* The kinds of warning that it says to ignore, a bit for each (KobraRules). */
guint64          kobra_layout_file_get_ignored (KobraLayoutFile *self);
void             kobra_layout_file_set_ignored (KobraLayoutFile *self,
                                                guint64          ignored);

/* What a person decided of how columns are written (KobraLayout), by field. */
const KobraFixes *kobra_layout_file_get_answers (KobraLayoutFile *self);
void             kobra_layout_file_set_answers (KobraLayoutFile  *self,
                                                const KobraFixes *answers);

/* Whether it was made for a file with these headers, in this order; case, accents and signs are of no account. */
gboolean         kobra_layout_file_is_for (KobraLayoutFile   *self,
                                           const char *const *headers);

/* Makes @layout, which must be of the file's kind, say what the file says; columns that it derives come at the end. */
void             kobra_layout_file_apply (KobraLayoutFile   *self,
                                          KobraLayout       *layout,
                                          const char *const *headers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraLayoutFile, kobra_layout_file_free)

G_END_DECLS
