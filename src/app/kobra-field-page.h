/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-layout.h"

G_BEGIN_DECLS

/*
 * A list of all fields with their meaning, grouped, to choose one from by a click or by typing.
 *
 * Signal "chosen" (int field): -1 for no field.
 */
#define KOBRA_TYPE_FIELD_PAGE (kobra_field_page_get_type ())
G_DECLARE_FINAL_TYPE (KobraFieldPage, kobra_field_page, KOBRA, FIELD_PAGE, AdwNavigationPage)

/* @title names what gets the field. With @may_be_none, no field can be chosen too. @headers are those of @layout's columns: a field that one
 * of them is already says so. */
KobraFieldPage *kobra_field_page_new (const char        *title,
                                      const KobraLayout *layout,
                                      const char *const *headers,
                                      gboolean           may_be_none);

G_END_DECLS
