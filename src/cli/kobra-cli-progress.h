/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"

G_BEGIN_DECLS

/* A line that tells how the run of an import is getting on, on standard error, as long as that is a terminal; else nothing is ever
 * written. Zero-initialised. */
typedef struct
{
  KobraImport *import;
  guint        timer;
  gboolean     is_shown;
} KobraCliProgress;

void kobra_cli_progress_start (KobraCliProgress *self,
                               KobraImport      *import);

/* Takes the line away, for something else to be said there; it comes back. */
void kobra_cli_progress_clear (KobraCliProgress *self);
void kobra_cli_progress_stop  (KobraCliProgress *self);

G_END_DECLS
