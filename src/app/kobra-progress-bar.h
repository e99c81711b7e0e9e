/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * How the run of an import is getting on: a bar, a line with rate and time left, and on demand what became of the records and how they
 * are sent. Property "import" (KobraImport).
 */
#define KOBRA_TYPE_PROGRESS_BAR (kobra_progress_bar_get_type ())
G_DECLARE_FINAL_TYPE (KobraProgressBar, kobra_progress_bar, KOBRA, PROGRESS_BAR, GtkBox)

G_END_DECLS
