/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-cli-private.h"

#include <stdio.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "kobra-practice.h"

#include "kobra-banned.h"

static gboolean
stop_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_in_range (const char *name,
             int         value,
             int         most)
{
  if (value >= 0 && value <= most)
    return TRUE;
  kobra_cli_say (_ ("%s must be from 0 to %d, not %d."), name, most, value);
  return FALSE;
}

static void
serve (KobraPractice *practice)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint sources[] = { g_unix_signal_add (SIGINT, stop_cb, loop), g_unix_signal_add (SIGTERM, stop_cb, loop), g_unix_signal_add (SIGHUP, stop_cb, loop) };

  /* Whoever started it waits for this line. */
  g_print ("%s\n", kobra_practice_get_base_url (practice));
  fflush (stdout);
  g_main_loop_run (loop);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  kobra_practice_stop (practice);
}

int
kobra_cli_practice (const KobraCliOptions *options)
{
  g_autoptr (KobraPractice) practice = NULL;
  g_autoptr (GError)        error = NULL;
  KobraPracticeOptions      settings = { 0 };
  char                     *password = NULL;

  if (!is_in_range ("--port", options->port, G_MAXUINT16) || !is_in_range ("--delay", options->delay, 600000))
    return KOBRA_CLI_CANNOT_READ;
  if (options->password_file != NULL)
    {
      password = kobra_cli_read_secret (options->password_file);
      if (password == NULL)
        return KOBRA_CLI_CANNOT_READ;
    }
  settings.port = (guint16) options->port;
  settings.delay_ms = (guint) options->delay;
  settings.reject_keys = (const char *const *) options->reject;
  settings.user = options->user;
  settings.password = password;
  practice = kobra_practice_new (&settings);
  kobra_cli_free_secret (password);
  if (!kobra_practice_start (practice, &error))
    {
      kobra_cli_say ("%s", error->message);
      return KOBRA_CLI_CANNOT_SEND;
    }
  if (options->user == NULL && options->password_file == NULL)
    kobra_cli_say (_ ("Sign in as “practice” with the password “practice”. Stop with Ctrl+C."));
  serve (practice);
  return KOBRA_CLI_WELL;
}
