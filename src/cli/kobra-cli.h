/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * cli: the command line, a stable contract (see the man page). One file a verb. May include core/import and core/practice;
 * never GTK, and no verb opens a display.
 */

#include <glib.h>

G_BEGIN_DECLS

/* Exit statuses. */
typedef enum
{
  KOBRA_CLI_WELL = 0,
  KOBRA_CLI_SOME_FAILED = 1, /* some records are invalid, rejected or unknown */
  KOBRA_CLI_CANNOT_READ = 2, /* the file, or the call is wrong */
  KOBRA_CLI_CANNOT_SEND = 3  /* sign-in refused, server unreachable, … */
} KobraCliStatus;

gboolean kobra_cli_is_verb (const char *word);

/* @argv [1] must be a verb. */
int      kobra_cli_run     (int   argc,
                            char *argv[]);

G_END_DECLS
