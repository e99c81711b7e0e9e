/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-layout-store.h"

G_BEGIN_DECLS

/*
 * The layouts that were saved: files in the user's configuration folder, a name each. All of it blocks, but the files are few and small.
 */

/* NULL-ended names, sorted. What can't be read is left out. */
char           **kobra_layout_folder_list     (void) G_GNUC_WARN_UNUSED_RESULT;

/* The layout called @name, or NULL with an error. */
KobraLayoutFile *kobra_layout_folder_read     (const char *name,
                                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* The layout that was made for a file with @headers, or NULL; the first by name if there are several. */
KobraLayoutFile *kobra_layout_folder_find     (const char *const *headers) G_GNUC_WARN_UNUSED_RESULT;

/* Under its name, in the place of another of that name. */
gboolean         kobra_layout_folder_save     (KobraLayoutFile *layout,
                                               GError         **error);

G_END_DECLS
