/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"

G_BEGIN_DECLS

/*
 * Decimal numbers kept as the digits the person gave: no binary rounding between the sheet and the wire.
 * A number is an optional sign, digits, and optionally a point and digits: 1234.10, -5, .5, +007, 12.
 */
gboolean kobra_decimal_is_number  (const char *text);

/* A number without a point. */
gboolean kobra_decimal_is_integer (const char *text);

/* Appends a number of the form above as JSON's grammar wants it (RFC 8259 §6), with the same digits: without a leading plus or needless
 * leading zeros, with a digit on both sides of a point. Returns FALSE, and appends nothing, if @text is not a number. */
gboolean kobra_decimal_append_json (KobraBuffer *buffer,
                                    const char  *text);

/* The value in millionths. Returns FALSE if @text is not a number, has a digit other than zero after the sixth decimal, or is
 * 10^12 or more in size. */
gboolean kobra_decimal_to_millionths (const char *text,
                                      gint64     *millionths);

/* Whether @text is a number in powers of ten, as a spreadsheet shows one too long for it: 1.23E+17. Its digits are lost. */
gboolean kobra_decimal_is_scientific (const char *text);

G_END_DECLS
