/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-layout-folder.h"

G_BEGIN_DECLS

/* What is done with the saved layouts in a worker, one thing at a time; each ends in the list of those that there are then. */
typedef enum
{
  KOBRA_LAYOUT_TASK_LIST,
  KOBRA_LAYOUT_TASK_RENAME, /* @name to @other */
  KOBRA_LAYOUT_TASK_REMOVE, /* @name */
  KOBRA_LAYOUT_TASK_KEEP,   /* @layout, again */
  KOBRA_LAYOUT_TASK_IMPORT, /* the file at @other */
  KOBRA_LAYOUT_TASK_EXPORT  /* @name to the file at @other */
} KobraLayoutTask;

/* @layout, where there is one, is taken. */
void       kobra_layout_task_async  (KobraLayoutTask     task,
                                     const char         *name,
                                     const char         *other,
                                     KobraLayoutFile    *layout,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);

/* KobraLayoutFile, by name; those that can't be read are left out. What was removed goes to @removed, if that is not NULL, to be kept again. */
GPtrArray *kobra_layout_task_finish (GAsyncResult     *result,
                                     KobraLayoutFile **removed,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
