/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A growing run of bytes with a mandatory limit. An append that would pass the limit, or that the system has no memory
 * for, appends nothing and marks the buffer as overflowed; a caller may append many times and look once at the end.
 * The bytes are always followed by a NUL that is not counted.
 */
typedef struct
{
  char    *bytes;
  gsize    length;
  gsize    capacity;
  gsize    limit;
  gboolean overflowed;
} KobraBuffer;

/* @limit is in bytes, at least 1. */
void     kobra_buffer_init          (KobraBuffer *self,
                                     gsize        limit);
void     kobra_buffer_clear         (KobraBuffer *self);

/* Empties the buffer and forgets an overflow; keeps its memory. */
void     kobra_buffer_reset         (KobraBuffer *self);

/* Cuts the buffer to @length, which must not be over what it holds. */
void     kobra_buffer_truncate      (KobraBuffer *self,
                                     gsize        length);

gboolean kobra_buffer_append        (KobraBuffer *self,
                                     const char  *bytes,
                                     gsize        length);
gboolean kobra_buffer_append_string (KobraBuffer *self,
                                     const char  *text);
gboolean kobra_buffer_append_byte   (KobraBuffer *self,
                                     char         byte);

/* Makes room for @length more bytes without counting them; write them at bytes + length, then add to length. */
gboolean kobra_buffer_reserve       (KobraBuffer *self,
                                     gsize        length);

/* Hands the bytes over, also those before an overflow, and leaves an empty buffer with the same limit. */
GBytes  *kobra_buffer_steal         (KobraBuffer *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraBuffer, kobra_buffer_clear)

G_END_DECLS
