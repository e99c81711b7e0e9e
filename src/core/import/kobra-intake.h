/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import-open.h"

G_BEGIN_DECLS

/* The first stage of opening: rows of a file to headers and records, and what is neither. */

/* Where the rows come from: one of the two. */
typedef struct
{
  GFile        *file;
  GInputStream *stream;
} KobraOpenSource;

/* Fills what @opened says of the file, its headers and its rows. @max_rows: not many more records than this are read; 0: all are. */
gboolean kobra_intake_read (const KobraOpenSource  *source,
                            const KobraOpenOptions *options,
                            guint                   max_rows,
                            KobraOpened            *opened,
                            void (*progress)       (guint64  done,
                                                    guint64  total,
                                                    gpointer data),
                            gpointer                data,
                            GCancellable           *cancellable,
                            GError                **error);

G_END_DECLS
