/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "kobra-blank.h"
#include "kobra-cli-private.h"
#include "kobra-layout-folder.h"

#include "kobra-banned.h"

static int
write_blank (const KobraCliOptions *options)
{
  const KobraSchema *schema = options->kind != NULL ? kobra_schema_find (options->kind) : kobra_schema_get (KOBRA_KIND_ACCOUNTS);
  g_autoptr (GFile)  file = g_file_new_for_commandline_arg (options->blank);
  g_autoptr (GError) error = NULL;
  int                format = kobra_table_format_find (options->blank);

  if (schema == NULL)
    {
      kobra_cli_say (_ ("The kind must be accounts or promises, not “%s”."), options->kind);
      return KOBRA_CLI_CANNOT_READ;
    }
  if (format < 0)
    {
      kobra_cli_say (_ ("A blank layout is an .xlsx, .ods or .csv file, not “%s”."), options->blank);
      return KOBRA_CLI_CANNOT_READ;
    }
  if (kobra_blank_write (schema->kind, (KobraTableFormat) format, file, NULL, &error))
    return KOBRA_CLI_WELL;
  kobra_cli_say ("%s", error->message);
  return KOBRA_CLI_CANNOT_READ;
}

int
kobra_cli_layout (const KobraCliOptions *options)
{
  g_auto (GStrv) names = NULL;

  if (options->blank != NULL)
    return write_blank (options);
  names = kobra_layout_folder_list ();
  for (gsize i = 0; names[i] != NULL; i++)
    g_print ("%s\n", names[i]);
  return KOBRA_CLI_WELL;
}
