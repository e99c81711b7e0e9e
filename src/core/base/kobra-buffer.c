/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-buffer.h"

#include <string.h>

#include "kobra-banned.h"

void
kobra_buffer_init (KobraBuffer *self,
                   gsize        limit)
{
  g_return_if_fail (limit > 0 && limit < G_MAXSIZE / 4);

  *self = (KobraBuffer) { .limit = limit };
}

void
kobra_buffer_clear (KobraBuffer *self)
{
  g_clear_pointer (&self->bytes, g_free);
  self->length = self->capacity = 0;
  self->overflowed = FALSE;
}

void
kobra_buffer_reset (KobraBuffer *self)
{
  kobra_buffer_truncate (self, 0);
  self->overflowed = FALSE;
}

void
kobra_buffer_truncate (KobraBuffer *self,
                       gsize        length)
{
  g_return_if_fail (length <= self->length);

  self->length = length;
  if (self->bytes != NULL)
    self->bytes[length] = '\0';
}

gboolean
kobra_buffer_reserve (KobraBuffer *self,
                      gsize        length)
{
  gsize capacity;
  char *bytes;

  if (self->overflowed || length > self->limit - self->length)
    {
      self->overflowed = TRUE;
      return FALSE;
    }
  if (self->bytes != NULL && length <= self->capacity - self->length)
    return TRUE;
  capacity = MIN (MAX (MAX (self->capacity * 2, self->length + length), 64), self->limit);
  bytes = g_try_realloc (self->bytes, capacity + 1);
  if (bytes == NULL)
    {
      self->overflowed = TRUE;
      return FALSE;
    }
  self->bytes = bytes;
  self->capacity = capacity;
  self->bytes[self->length] = '\0';
  return TRUE;
}

gboolean
kobra_buffer_append (KobraBuffer *self,
                     const char  *bytes,
                     gsize        length)
{
  if (!kobra_buffer_reserve (self, length))
    return FALSE;
  if (length > 0)
    memcpy (self->bytes + self->length, bytes, length);
  self->length += length;
  self->bytes[self->length] = '\0';
  return TRUE;
}

gboolean
kobra_buffer_append_string (KobraBuffer *self,
                            const char  *text)
{
  return kobra_buffer_append (self, text, strlen (text));
}

gboolean
kobra_buffer_append_byte (KobraBuffer *self,
                          char         byte)
{
  return kobra_buffer_append (self, &byte, 1);
}

GBytes *
kobra_buffer_steal (KobraBuffer *self)
{
  GBytes *bytes = g_bytes_new_take (g_steal_pointer (&self->bytes), self->length);

  self->length = self->capacity = 0;
  self->overflowed = FALSE;
  return bytes;
}
