/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of this room share: rows as text that can be compared, and a stream that gives what a test wants it to. */

#include "kobra-reader.h"

G_BEGIN_DECLS

/* A sink that writes each row as "2:a|b\n" and each blank one as "3:-\n". In cells \, |, line ends and NUL are escaped; a number that lost
 * digits is followed by ~. */
typedef struct
{
  GString      *text;
  KobraReadSink sink; /* its data is this */
} RowLog;

void  row_log_init  (RowLog *self);
void  row_log_clear (RowLog *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RowLog, row_log_clear)

/* Gives @bytes, at most @n_at_once in a read, then the end or, if @error is not NULL, that. */
GInputStream *trickle_stream_new   (GBytes       *bytes,
                                    gsize         n_at_once,
                                    const GError *error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives @n times @byte after @start, without holding them. */
GInputStream *endless_stream_new   (const char   *start,
                                    char          byte,
                                    guint64       n) G_GNUC_WARN_UNUSED_RESULT;

/* How many bytes were given. */
guint64       test_stream_get_given (GInputStream *stream);

/* Calls @hook before the byte at @offset is given. */
void          test_stream_set_hook (GInputStream *stream,
                                    guint64       offset,
                                    void (*hook)  (gpointer data),
                                    gpointer      data);

G_END_DECLS
