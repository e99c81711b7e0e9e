/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-import.h"

G_BEGIN_DECLS

/* What became of an import: counts, and why records were rejected. Signal "save": the person wants the results in a file. */
#define KOBRA_TYPE_RESULTS_DIALOG (kobra_results_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraResultsDialog, kobra_results_dialog, KOBRA, RESULTS_DIALOG, AdwDialog)

/* @server: where the records went, for people, or NULL. */
KobraResultsDialog *kobra_results_dialog_new (KobraImport *import,
                                              const char  *server);

G_END_DECLS
