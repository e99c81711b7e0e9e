/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kobra-buffer.h"

G_BEGIN_DECLS

/*
 * A zip file written from front to back, for the formats that are one. Without the extensions for over 4 GiB: Excel offers to repair a file that has
 * them where it does not expect them. So a part or a file that would grow over that is G_IO_ERROR_MESSAGE_TOO_LARGE.
 */
typedef struct _KobraZip KobraZip;

/* @stream and @cancellable are kept; the stream is not closed. */
KobraZip *kobra_zip_new    (GOutputStream *stream,
                            GCancellable  *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void      kobra_zip_free   (KobraZip      *self);

/* The bytes that follow are the file @name, in ASCII; it ends where the next begins. Errors: G_IO_ERROR. */
gboolean  kobra_zip_begin  (KobraZip      *self,
                            const char    *name,
                            gboolean       is_compressed,
                            GError       **error);
gboolean  kobra_zip_write  (KobraZip      *self,
                            const char    *bytes,
                            gsize          length,
                            GError       **error);

/* Writes what @buffer holds and empties it; one that has overflowed is G_IO_ERROR_MESSAGE_TOO_LARGE too. */
gboolean  kobra_zip_flush  (KobraZip      *self,
                            KobraBuffer   *buffer,
                            GError       **error);

/* A whole file at once. */
gboolean  kobra_zip_add    (KobraZip      *self,
                            const char    *name,
                            gboolean       is_compressed,
                            const char    *text,
                            GError       **error);

/* Writes the list of files: without it there is no zip file. */
gboolean  kobra_zip_finish (KobraZip      *self,
                            GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraZip, kobra_zip_free)

G_END_DECLS
