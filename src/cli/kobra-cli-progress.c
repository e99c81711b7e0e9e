/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-cli-progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "kobra-import-send.h"

#include "kobra-banned.h"

#define INTERVAL_MILLISECONDS 200
#define DEFAULT_COLUMNS 80

/* ECMA-48: back to the first column, and erase to the end of the line. */
#define ERASE "\r\033[K"

static guint
get_columns (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : DEFAULT_COLUMNS;
}

static char *
dup_line (KobraImport *import)
{
  KobraProgress    progress;
  g_autofree char *left = NULL, *text = NULL;

  kobra_import_get_progress (import, &progress);
  left = kobra_progress_dup_time_left (&progress);
  /* TRANSLATORS: the progress line of a run in the terminal; the last is "About 3 minutes left" or nothing */
  text = g_strdup_printf (_ ("%u of %u: %u accepted, %u rejected, %u unknown; %u under way in batches of %u; %.0f a second. %s"),
                          kobra_progress_get_n_settled (&progress), progress.total, progress.accepted, progress.rejected, progress.unknown,
                          progress.in_flight, progress.batch_size, progress.rate, left != NULL ? left : "");
  /* A line that wraps could not be taken away again. */
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), (glong) get_columns () - 1));
}

static gboolean
show_cb (gpointer data)
{
  KobraCliProgress *self = data;
  g_autofree char  *line = NULL;

  if (kobra_import_get_state (self->import) != KOBRA_IMPORT_SENDING)
    return G_SOURCE_CONTINUE;
  line = dup_line (self->import);
  g_printerr (ERASE "%s", line);
  self->is_shown = TRUE;
  return G_SOURCE_CONTINUE;
}

void
kobra_cli_progress_start (KobraCliProgress *self,
                          KobraImport      *import)
{
  self->import = import;
  if (isatty (STDERR_FILENO))
    self->timer = g_timeout_add (INTERVAL_MILLISECONDS, show_cb, self);
}

void
kobra_cli_progress_clear (KobraCliProgress *self)
{
  if (self->is_shown)
    g_printerr (ERASE);
  self->is_shown = FALSE;
}

void
kobra_cli_progress_stop (KobraCliProgress *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  kobra_cli_progress_clear (self);
}
