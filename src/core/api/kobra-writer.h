/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"
#include "kobra-field.h"

G_BEGIN_DECLS

/*
 * The body of a request: begin, add each record, end. Numbers go out with the digits the person gave, booleans as JSON
 * booleans, everything else as strings (RFC 8259 §7); an empty text is a field that is not sent.
 * An overflow of the buffer is told by its overflowed mark.
 */
void              kobra_writer_begin (KobraBuffer    *body,
                                      KobraKind       kind,
                                      KobraImportType type);

/* @first: no other record was added before. Returns FALSE, and leaves the buffer as it was, if a text cannot be written as
 * its field's type (a word where a number belongs, bytes that are not UTF-8) or the buffer's limit would be passed; in
 * the latter case the buffer is marked as overflowed until kobra_buffer_reset(). */
gboolean          kobra_writer_add   (KobraBuffer       *body,
                                      const KobraRecord *record,
                                      gboolean           first);

void              kobra_writer_end   (KobraBuffer *body,
                                      KobraKind    kind);

/* @text as a JSON string, quotes included. Returns FALSE if it is not UTF-8. */
gboolean          kobra_writer_append_text (KobraBuffer *body,
                                            const char  *text);

/* The first field of @record that cannot be written as its type, or NULL. */
const KobraField *kobra_writer_find_unwritable (const KobraRecord *record);

G_END_DECLS
