/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-manual.h"

#include <glib/gi18n.h>

#include "kobra-config.h"

#include "kobra-banned.h"

/* The page in the person's first language that has it, or NULL. A program that is not installed is told where its manual was built. */
static char *
find_page (const char *page)
{
  const char        *built = g_getenv ("KOBRA_IMPORT_HELP_DIR");
  const char *const *languages = g_get_language_names ();
  g_autofree char   *name = g_strconcat (page, ".html", NULL);

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = built != NULL ? g_build_filename (built, languages[i], name, NULL)
                                            : g_build_filename (KOBRA_HELP_DIR, languages[i], GETTEXT_PACKAGE, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static void
say_where (GtkWindow  *parent,
           const char *path)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("No Program Shows the Manual"), NULL);

  /* TRANSLATORS: %s is the path of a file */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _ ("Open this file in a web browser:\n%s"), path);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (parent));
}

static void
file_launched_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (GtkWindow) parent = data;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *path = NULL;

  if (gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error) || g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  path = g_file_get_path (gtk_file_launcher_get_file (GTK_FILE_LAUNCHER (source)));
  say_where (parent, path);
}

static void
launch_file (GtkWindow  *parent,
             const char *page)
{
  g_autofree char            *path = find_page (page);
  g_autoptr (GFile)           file = NULL;
  g_autoptr (GtkFileLauncher) launcher = NULL;

  if (path == NULL)
    {
      say_where (parent, KOBRA_HELP_DIR);
      return;
    }
  file = g_file_new_for_path (path);
  launcher = gtk_file_launcher_new (file);
  gtk_file_launcher_launch (launcher, parent, NULL, file_launched_cb, g_object_ref (parent));
}

/* A sandbox is not told which programs there are, and its files of help are in no place where a browser outside looks. */
static gboolean
has_help_browser (void)
{
  g_autoptr (GAppInfo) browser = NULL;

  if (g_getenv ("KOBRA_IMPORT_HELP_DIR") != NULL || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return FALSE;
  browser = g_app_info_get_default_for_uri_scheme ("help");
  return browser != NULL;
}

void
kobra_manual_show (GtkWindow  *parent,
                   const char *page)
{
  g_autofree char           *uri = g_strdup_printf ("help:%s/%s", GETTEXT_PACKAGE, page);
  g_autoptr (GtkUriLauncher) launcher = NULL;

  if (!has_help_browser ())
    {
      launch_file (parent, page);
      return;
    }
  launcher = gtk_uri_launcher_new (uri);
  gtk_uri_launcher_launch (launcher, parent, NULL, NULL, NULL);
}
