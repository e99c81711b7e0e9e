/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-layout.h"
#include "kobra-table.h"

G_BEGIN_DECLS

/*
 * How a column that the file does not have comes from others, with what becomes of the first records.
 *
 * Signal "add" (KobraDerivation *derivation): what was chosen; borrowed.
 */
#define KOBRA_TYPE_DERIVE_PAGE (kobra_derive_page_get_type ())
G_DECLARE_FINAL_TYPE (KobraDerivePage, kobra_derive_page, KOBRA, DERIVE_PAGE, AdwNavigationPage)

/* @kind: KOBRA_DERIVE_NAMES_FIRST stands for either order. @field is proposed, or the first column's with a full name; -1: none is. */
KobraDerivePage *kobra_derive_page_new (KobraTable        *table,
                                        const KobraLayout *layout,
                                        KobraDerive        kind,
                                        int                field);

G_END_DECLS
