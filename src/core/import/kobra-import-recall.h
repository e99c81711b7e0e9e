/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import-open.h"

G_BEGIN_DECLS

/*
 * A file that no saved layout knows by its headers may have others elsewhere: on the sheet, or below the titles, that a layout says such files have
 * them. The layout that knows those, and how the file is then to be read; NULL if there is none, or if @opened was told how to be read.
 */
KobraLayoutFile *kobra_import_recall (GFile             *file,
                                      const KobraOpened *opened,
                                      KobraReadOptions  *read,
                                      GCancellable      *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
