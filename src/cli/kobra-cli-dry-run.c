/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-cli-private.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "kobra-import-send.h"

#include "kobra-banned.h"

/* The record that was asked for by its line, or the first that can be sent. FALSE: said why there is none. */
static gboolean
find_row (KobraImport *import,
          int          line,
          guint       *row)
{
  KobraTable *table = kobra_import_get_table (import);
  gboolean    has_line = line != KOBRA_CLI_NOT_GIVEN;

  for (*row = 0; *row < kobra_table_get_n_rows (table); (*row)++)
    {
      gboolean is_invalid = kobra_import_get_record_state (import, *row) == KOBRA_RECORD_INVALID;

      if (has_line ? (gint64) kobra_table_peek_row (table, *row)->line != line : is_invalid)
        continue;
      if (is_invalid)
        kobra_cli_say (_ ("The record in line %d has errors: it would not be sent. “kobra-import check” says what they are."), line);
      return !is_invalid;
    }
  if (has_line)
    kobra_cli_say (_ ("There is no record in line %d."), line);
  else
    kobra_cli_say (_ ("There is nothing to send: every record has errors."));
  return FALSE;
}

int
kobra_cli_dry_run (const KobraCliOptions *options,
                   KobraImport           *import,
                   KobraConnection       *connection)
{
  g_autoptr (KobraClient)  client = kobra_client_new (connection);
  g_autoptr (KobraPreview) preview = NULL;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *text = NULL, *curl = NULL;
  guint                    row;

  if (!find_row (import, options->row, &row))
    return KOBRA_CLI_SOME_FAILED;
  preview = kobra_import_preview (import, row, client, &error);
  if (preview == NULL)
    {
      kobra_cli_say ("%s", error->message);
      return KOBRA_CLI_SOME_FAILED;
    }
  text = kobra_preview_dup_text (preview);
  curl = kobra_preview_dup_curl (preview);
  if (fputs (text, stdout) >= 0 && fputs ("\n", stdout) >= 0 && fputs (curl, stdout) >= 0 && fflush (stdout) == 0)
    return KOBRA_CLI_WELL;
  kobra_cli_say (_ ("The request could not be written to standard output."));
  return KOBRA_CLI_CANNOT_SEND;
}
