/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kobra-field.h"
#include "kobra-rows.h"

G_BEGIN_DECLS

/* Puts @rows (guint32, rows of @table) in the order of a column whose cells are of @type; FALSE if cancelled. */
gboolean kobra_view_sort (KobraFrozen  *table,
                          GArray       *rows,
                          guint         column,
                          KobraType     type,
                          gboolean      descending,
                          GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
