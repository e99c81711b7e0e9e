/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"

G_BEGIN_DECLS

/* Appends one cell as CSV (RFC 4180 §2.5-2.7), with the comma before it unless @first. @text goes out as it is: see kobra_formula_append_safe(). */
void kobra_write_csv_append_cell (KobraBuffer *buffer,
                                  const char  *text,
                                  gboolean     first);

G_END_DECLS
