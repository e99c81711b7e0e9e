/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The files opened last, as the desktop keeps them for all programs: names and places, nothing of what is in them. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Remembers that @file was opened with this program; files of no place of their own (the sample) are not remembered. */
void       kobra_recent_add       (GFile *file);

/* The latest of this program's that are still there, at most @most of them: GtkRecentInfo, to be freed with their array. */
GPtrArray *kobra_recent_dup_list  (guint most) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
