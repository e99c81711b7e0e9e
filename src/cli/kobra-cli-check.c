/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-cli-private.h"

#include <glib/gi18n.h>

#include "kobra-json-lines.h"

#include "kobra-banned.h"

int
kobra_cli_check (const KobraCliOptions *options)
{
  g_autoptr (KobraOpened) opened = kobra_cli_open (options, !options->no_clean, TRUE);
  KobraImportCounts       counts = { 0 };
  KobraJsonLines          out;

  if (opened == NULL)
    return KOBRA_CLI_CANNOT_READ;
  counts.records = kobra_rows_get_n_rows (opened->rows);
  kobra_problems_count_records (opened->problems, &counts.ready, &counts.warning, &counts.invalid);
  kobra_json_lines_init (&out, options->as_text);
  for (guint i = 0; i < counts.records; i++)
    {
      const KobraRow     *row = kobra_rows_peek (opened->rows, i);
      guint               n = 0;
      const KobraProblem *problems = kobra_problems_get (opened->problems, row->id, &n);
      KobraRecord         record;

      kobra_row_get_record (row, opened->layout->schema, opened->layout->fields, opened->layout->n_columns, &record);
      kobra_json_lines_record (&out, row->line, kobra_record_state_find (opened->problems, row->id), &record, problems, n, KOBRA_RESULT_NONE, NULL);
    }
  kobra_json_lines_summary (&out, &counts, kobra_opened_count_fixed (opened), FALSE);
  if (!kobra_json_lines_end (&out))
    {
      kobra_cli_say (_ ("The results could not be written to standard output."));
      return KOBRA_CLI_CANNOT_READ;
    }
  return counts.invalid > 0 ? KOBRA_CLI_SOME_FAILED : KOBRA_CLI_WELL;
}
