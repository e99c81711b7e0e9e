/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The name of the bank whose code the CLABE in @text begins with, at most 20 characters, or NULL. */
const char *kobra_bank_of_clabe (const char *text);

G_END_DECLS
