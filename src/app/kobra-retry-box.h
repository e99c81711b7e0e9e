/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The ways out where a file could not be opened: another file, and what else may help against what went wrong. */
#define KOBRA_TYPE_RETRY_BOX (kobra_retry_box_get_type ())
G_DECLARE_FINAL_TYPE (KobraRetryBox, kobra_retry_box, KOBRA, RETRY_BOX, GtkBox)

void kobra_retry_box_set_error (KobraRetryBox *self,
                                const GError  *error);

G_END_DECLS
