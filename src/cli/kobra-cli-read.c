/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-cli-private.h"

#include <glib/gi18n.h>

#include "kobra-json-lines.h"
#include "kobra-write-csv.h"

#include "kobra-banned.h"

static void
print_row (KobraJsonLines    *out,
           KobraBuffer       *line,
           const char *const *texts,
           guint              n_columns)
{
  kobra_buffer_reset (line);
  for (guint i = 0; i < n_columns; i++)
    kobra_write_csv_append_cell (line, texts[i], i == 0);
  kobra_buffer_append_byte (line, '\n');
  kobra_json_lines_write (out, line->bytes);
}

int
kobra_cli_read (const KobraCliOptions *options)
{
  g_autoptr (KobraOpened) opened = kobra_cli_open (options, FALSE, FALSE);
  g_autofree const char **texts = NULL;
  g_auto (KobraBuffer)    line = { 0 };
  KobraJsonLines          out;
  guint                   n_columns;

  if (opened == NULL)
    return KOBRA_CLI_CANNOT_READ;
  n_columns = g_strv_length (opened->headers);
  kobra_buffer_init (&line, (gsize) 1 << 30);
  kobra_json_lines_init (&out, TRUE);
  if (opened->has_header)
    print_row (&out, &line, (const char *const *) opened->headers, n_columns);
  texts = g_new (const char *, MAX (n_columns, 1));
  for (guint row = 0; row < kobra_rows_get_n_rows (opened->rows); row++)
    {
      kobra_row_get_texts (kobra_rows_peek (opened->rows, row), texts, n_columns);
      print_row (&out, &line, texts, n_columns);
    }
  if (kobra_json_lines_end (&out))
    return KOBRA_CLI_WELL;
  kobra_cli_say (_ ("The table could not be written to standard output."));
  return KOBRA_CLI_CANNOT_READ;
}
