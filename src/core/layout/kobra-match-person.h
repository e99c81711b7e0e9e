/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-rows.h"

G_BEGIN_DECLS

/* Columns of people: what “Cliente” alone means, and whether names stand in them whole. */

/* Whether the texts of @column, in a sample of @table, are names of several words as a rule: a full name, or given names. */
gboolean kobra_match_has_names (const KobraFrozen *table,
                                guint              column);

/* Whether they are IDs as a rule: no space in them, but digits. */
gboolean kobra_match_has_ids   (const KobraFrozen *table,
                                guint              column);

G_END_DECLS
