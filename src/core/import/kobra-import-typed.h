/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"

G_BEGIN_DECLS

/* What is to be thought of a text while it is typed, before it is anybody's cell. Columns are the table's. */

/* What @text is in the form of the column's field, as the safe fixes would make it, with the day before the month; NULL if there is nothing to
 * fix. */
char *kobra_import_dup_normal        (KobraImport *self,
                                      guint        column,
                                      const char  *text) G_GNUC_WARN_UNUSED_RESULT;

/* The problem that the record's cell would have with @text, in words, and how bad it is; NULL if it would have none by itself. */
char *kobra_import_dup_typed_problem (KobraImport   *self,
                                      guint          row,
                                      guint          column,
                                      const char    *text,
                                      KobraSeverity *severity) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
