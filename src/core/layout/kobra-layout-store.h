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

/* Makes @layout, which must be of the file's kind, say what the file says. */
void             kobra_layout_file_apply (KobraLayoutFile   *self,
                                          KobraLayout       *layout,
                                          const char *const *headers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraLayoutFile, kobra_layout_file_free)

G_END_DECLS
