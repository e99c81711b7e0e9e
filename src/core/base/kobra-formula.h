/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"

G_BEGIN_DECLS

/*
 * Text that a spreadsheet program would run: in a CSV file a cell that begins with =, +, @, - or a tab or CR is taken for a formula, and
 * what a stranger typed into a record must not become one on somebody's desk. An apostrophe in front makes it text again.
 *
 * The pair is exact: kobra_formula_undo() of what kobra_formula_append_safe() wrote is the text as it was, whatever it was. Amounts below
 * zero (-5.00, -1,234.50) are no formulas and stay as they are.
 */
gboolean    kobra_formula_append_safe (KobraBuffer *buffer,
                                       const char  *text);

/* @text without the apostrophe that was put in front, which is a part of @text; or @text. */
const char *kobra_formula_undo        (const char  *text);

G_END_DECLS
