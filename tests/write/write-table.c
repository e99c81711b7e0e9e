/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes the table that a JSON document on standard input describes, for tests that read the file with other programs:
 *   write-table FILE < {"sheets": [{"name": …, "columns": [{"header": …, "width": …, "number": …, "choices": […], "note": …}], "rows": [[…]]}]}
 * A sheet's "repeat" writes its rows so many times. Exit status 1, and the message on standard error, if the file cannot be written.
 */
#include <locale.h>

#include <json-glib/json-glib.h>

#include "kobra-table-writer.h"

static char *
read_input (void)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  char *text = NULL;

  g_io_channel_set_encoding (input, NULL, NULL);
  g_io_channel_read_to_end (input, &text, NULL, NULL);
  return text;
}

static const char **
list_texts (JsonArray *array)
{
  const char **texts = g_new0 (const char *, json_array_get_length (array) + 1);

  for (guint i = 0; i < json_array_get_length (array); i++)
    texts[i] = json_array_get_string_element (array, i);
  return texts;
}

static KobraWriteSheet
describe_sheet (JsonObject *object)
{
  JsonArray        *array = json_object_get_array_member (object, "columns");
  guint             n = json_array_get_length (array);
  KobraWriteColumn *columns = g_new0 (KobraWriteColumn, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      JsonObject *column = json_array_get_object_element (array, i);

      columns[i].header = json_object_get_string_member (column, "header");
      columns[i].width = (guint) json_object_get_int_member_with_default (column, "width", 0);
      columns[i].is_number = json_object_get_boolean_member_with_default (column, "number", FALSE);
      columns[i].note = json_object_get_string_member_with_default (column, "note", NULL);
      if (json_object_has_member (column, "choices"))
        columns[i].choices = list_texts (json_object_get_array_member (column, "choices"));
    }
  return (KobraWriteSheet) { json_object_get_string_member (object, "name"), columns, n };
}

static gboolean
write_rows (KobraTableWriter *writer,
            JsonObject       *sheet,
            GError          **error)
{
  JsonArray *rows = json_object_get_array_member (sheet, "rows");

  for (gint64 times = json_object_get_int_member_with_default (sheet, "repeat", 1); times > 0; times--)
    for (guint i = 0; i < json_array_get_length (rows); i++)
      {
        JsonArray              *row = json_array_get_array_element (rows, i);
        g_autofree const char **texts = list_texts (row);

        if (!kobra_table_writer_add_row (writer, texts, json_array_get_length (row), error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
write_all (GFile     *file,
           JsonArray *described,
           GError   **error)
{
  guint                        n = json_array_get_length (described);
  g_autofree KobraWriteSheet  *sheets = g_new0 (KobraWriteSheet, n);
  g_autofree char             *name = g_file_get_basename (file);
  g_autoptr (KobraTableWriter) writer = NULL;

  for (guint i = 0; i < n; i++)
    sheets[i] = describe_sheet (json_array_get_object_element (described, i));
  writer = kobra_table_writer_new (file, (KobraTableFormat) kobra_table_format_find (name), sheets, n, NULL, error);
  if (writer == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if ((i > 0 && !kobra_table_writer_next_sheet (writer, error)) || !write_rows (writer, json_array_get_object_element (described, i), error))
      return FALSE;
  return kobra_table_writer_finish (writer, error);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char    *text = read_input ();
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  g_autoptr (GFile)  file = g_file_new_for_commandline_arg (argv[1]);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (write_all (file, json_object_get_array_member (json_node_get_object (root), "sheets"), &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
