/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-source.h"

G_BEGIN_DECLS

/* The parts of a spreadsheet that is a ZIP file, one after the other, unpacked as they are read. Nothing that the file says about its own sizes is believed. */

typedef struct _KobraArchive KobraArchive;

/* At the first part, from the source's start. Another archive of the same source may not be in use. */
KobraArchive *kobra_archive_new      (KobraSource  *source,
                                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void          kobra_archive_free     (KobraArchive *self);

/* The next part's name, borrowed until the call after; NULL without @error at the end. */
const char   *kobra_archive_next     (KobraArchive *self,
                                      GError      **error);

/* Opens the source anew and goes on to the part called @name, letter case aside; NULL without @error if there is none. */
KobraArchive *kobra_archive_find     (KobraSource  *source,
                                      const char   *name,
                                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Bytes of the part, 0 at its end, -1 with @error. Looks at the cancellable; stops what unpacks to more than any honest part. */
gssize        kobra_archive_read     (KobraArchive *self,
                                      char         *bytes,
                                      gsize         n,
                                      GError      **error);

/* How much was unpacked, and how much there is by what the file says, or 0. */
guint64       kobra_archive_get_done  (const KobraArchive *self);
guint64       kobra_archive_get_total (const KobraArchive *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraArchive, kobra_archive_free)

G_END_DECLS
