/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-read-options.h"

G_BEGIN_DECLS

/* What a window shows while an import is opened: how far it is, a way out, and the first rows of a file that takes longer than a moment. */
#define KOBRA_TYPE_OPENING_PAGE (kobra_opening_page_get_type ())
G_DECLARE_FINAL_TYPE (KobraOpeningPage, kobra_opening_page, KOBRA, OPENING_PAGE, AdwBin)

/* Begins anew with @title. The rows are of @file or @bytes, read as @read says, which may be NULL; both NULL: of neither. */
void kobra_opening_page_begin (KobraOpeningPage       *self,
                               const char             *title,
                               GFile                  *file,
                               GBytes                 *bytes,
                               const KobraReadOptions *read);

G_END_DECLS
