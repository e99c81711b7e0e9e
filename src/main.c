/* SPDX-License-Identifier: GPL-3.0-or-later */

/* With a verb: the command line, which never opens a display. Else: the window. */

#include <locale.h>

#include <glib/gi18n.h>

#include "kobra-application.h"
#include "kobra-cli.h"
#include "kobra-config.h"

#include "kobra-banned.h"

int
main (int   argc,
      char *argv[])
{
  const char *locale_dir = g_getenv ("KOBRA_IMPORT_LOCALE_DIR");
  g_autoptr (KobraApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : KOBRA_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc > 1 && kobra_cli_is_verb (argv[1]))
    return kobra_cli_run (argc, argv);
  g_set_application_name (_ ("Kobra Import"));
  application = kobra_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
