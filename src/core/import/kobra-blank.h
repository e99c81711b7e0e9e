/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-field.h"
#include "kobra-table-writer.h"

G_BEGIN_DECLS

/*
 * An empty table for colleagues to fill in: a column for every field of @kind, those that are needed first to be seen, lists of the values
 * that a field may have, and a second sheet that says what each column is for. Opened again it needs no layout. Blocks.
 */
gboolean kobra_blank_write (KobraKind        kind,
                            KobraTableFormat format,
                            GFile           *file,
                            GCancellable    *cancellable,
                            GError         **error);

G_END_DECLS
