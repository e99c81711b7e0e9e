/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Whether all cells of an XLS workbook are such as libfreexl reads: it leaves out without a word those of a formula, and those that are true, false
 * or a failure. What can't be followed to its end counts as if it had some. @stream must seek.
 */
gboolean kobra_xls_scan_is_whole (GInputStream *stream,
                                  GCancellable *cancellable);

G_END_DECLS
