/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: a spreadsheet that is a package of parts, on its way into a ZIP. What is appended goes out in portions, so a table of any
 * length takes the memory of one. */

#include "kobra-table-writer-private.h"
#include "kobra-zip.h"

G_BEGIN_DECLS

/* A row may be appended to while less than this waits. */
#define KOBRA_PACKAGE_PORTION ((gsize) 256 << 10)

typedef struct
{
  KobraZip              *zip;
  const KobraWriteSheet *sheets; /* borrowed */
  guint                  n_sheets;
  guint                  sheet;  /* that is being written */
  KobraBuffer            buffer; /* of the part that is being written: what is not in the ZIP yet */
} KobraPackage;

/* @stream and @sheets are borrowed. */
KobraPackage *kobra_package_new           (GOutputStream         *stream,
                                           const KobraWriteSheet *sheets,
                                           guint                  n_sheets,
                                           GCancellable          *cancellable) G_GNUC_WARN_UNUSED_RESULT;

/* A KobraPackage, as KobraTableBackend.free gets it. */
void          kobra_package_free          (gpointer               data);

/* To the end of the part. */
void          kobra_package_append        (KobraPackage          *self,
                                           const char            *text);
void          kobra_package_append_number (KobraPackage          *self,
                                           guint                  number);

/* Begins the part @name with what was appended since the last. */
gboolean      kobra_package_begin_part    (KobraPackage          *self,
                                           const char            *name,
                                           GError               **error);

/* Puts what was appended into the ZIP. */
gboolean      kobra_package_flush         (KobraPackage          *self,
                                           GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraPackage, kobra_package_free)

G_END_DECLS
