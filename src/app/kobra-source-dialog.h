/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-import-open.h"

G_BEGIN_DECLS

/*
 * How a file is read: which sheet, in which encoding, from which row on; each with what was found by looking, and the first rows as they then are.
 *
 * Signal "chosen" (): the person wants the file opened so.
 */
#define KOBRA_TYPE_SOURCE_DIALOG (kobra_source_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraSourceDialog, kobra_source_dialog, KOBRA, SOURCE_DIALOG, AdwDialog)

/* @file, or @bytes if it is NULL; @read is how it is read now. */
KobraSourceDialog *kobra_source_dialog_new (GFile                  *file,
                                            GBytes                 *bytes,
                                            const KobraReadOptions *read) G_GNUC_WARN_UNUSED_RESULT;

/* What was chosen, borrowed. */
const KobraReadOptions *kobra_source_dialog_get_options (KobraSourceDialog *self);

G_END_DECLS
