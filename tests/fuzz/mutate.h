/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Another file that is nearly one of @corpus (GBytes), as @dice fall. Of a ZIP file it is a part that changes, or its container. */
GBytes *mutate (GPtrArray *corpus,
                GRand     *dice) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
