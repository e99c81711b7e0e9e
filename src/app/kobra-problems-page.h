/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-import.h"

G_BEGIN_DECLS

/*
 * The problems of an import by kind and field, with how many there are of each, errors first; and which warnings are ignored.
 *
 * Signals: "show-problem" (guint code, guint field), the person wants to see the records with it; "fix-problem" (guint code, guint field), they want to
 * see how all of them would be fixed.
 */
#define KOBRA_TYPE_PROBLEMS_PAGE (kobra_problems_page_get_type ())
G_DECLARE_FINAL_TYPE (KobraProblemsPage, kobra_problems_page, KOBRA, PROBLEMS_PAGE, AdwBin)

void kobra_problems_page_set_import (KobraProblemsPage *self,
                                     KobraImport       *import);

G_END_DECLS
