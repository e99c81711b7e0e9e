/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-package.h"

#include "kobra-banned.h"

/* One cell is never so long: its text is at most 1 MiB, and a character of it at most 12 bytes of markup. */
#define MAX_BUFFER_BYTES ((gsize) 64 << 20)

KobraPackage *
kobra_package_new (GOutputStream         *stream,
                   const KobraWriteSheet *sheets,
                   guint                  n_sheets,
                   GCancellable          *cancellable)
{
  KobraPackage *self = g_new0 (KobraPackage, 1);

  self->zip = kobra_zip_new (stream, cancellable);
  self->sheets = sheets;
  self->n_sheets = n_sheets;
  kobra_buffer_init (&self->buffer, MAX_BUFFER_BYTES);
  return self;
}

void
kobra_package_free (gpointer data)
{
  KobraPackage *self = data;

  kobra_buffer_clear (&self->buffer);
  g_clear_pointer (&self->zip, kobra_zip_free);
  g_free (self);
}

void
kobra_package_append (KobraPackage *self,
                      const char   *text)
{
  kobra_buffer_append_string (&self->buffer, text);
}

void
kobra_package_append_number (KobraPackage *self,
                             guint         number)
{
  char digits[16];

  g_snprintf (digits, sizeof digits, "%u", number);
  kobra_package_append (self, digits);
}

gboolean
kobra_package_begin_part (KobraPackage *self,
                          const char   *name,
                          GError      **error)
{
  return kobra_zip_begin (self->zip, name, TRUE, error) && kobra_package_flush (self, error);
}

gboolean
kobra_package_flush (KobraPackage *self,
                     GError      **error)
{
  return kobra_zip_flush (self->zip, &self->buffer, error);
}
