/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The container of old Office documents ([MS-CFB]): streams with names, in chains of sectors. Whatever the file says of chains, sizes and names, what
 * is followed ends, and nothing larger than the file itself is asked for.
 */
typedef struct
{
  GInputStream *stream;       /* borrowed; seeks */
  GCancellable *cancellable;
  guint64       size;         /* of the file */
  gsize         sector_bytes;
  GArray       *next;         /* guint32, the sector that follows each */
  GByteArray   *entries;      /* the directory */
} KobraCompound;

/* FALSE without @error: it is no such file, or one that is cut off or makes no sense. */
gboolean    kobra_compound_open  (KobraCompound *self,
                                  GInputStream  *stream,
                                  GCancellable  *cancellable,
                                  GError       **error);
void        kobra_compound_clear (KobraCompound *self);

/* Whether the root has a stream called @name, which is ASCII; and how many bytes it has. */
gboolean    kobra_compound_find  (const KobraCompound *self,
                                  const char          *name,
                                  guint64             *size);

/* The whole stream; NULL as above. */
GByteArray *kobra_compound_load  (KobraCompound *self,
                                  const char    *name,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraCompound, kobra_compound_clear)

G_END_DECLS
