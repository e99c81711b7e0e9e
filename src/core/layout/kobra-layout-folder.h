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

/* Whether one is called @name. */
gboolean         kobra_layout_folder_has      (const char *name);

/* Under its name, in the place of another of that name. */
gboolean         kobra_layout_folder_save     (KobraLayoutFile *layout,
                                               GError         **error);

/* The layout called @name is no more. */
gboolean         kobra_layout_folder_remove   (const char      *name,
                                               GError         **error);

/* From @name to @new_name, which no other may have. */
gboolean         kobra_layout_folder_rename   (const char      *name,
                                               const char      *new_name,
                                               GError         **error);

/* Takes the layout in the file at @path into the folder, under the name it has or else the file's; with a number behind it if another has it. The name
 * that it got. */
char            *kobra_layout_folder_import   (const char      *path,
                                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
