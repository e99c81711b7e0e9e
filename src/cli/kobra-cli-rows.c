/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records --rows names: lines of the file and ranges of them, such as 2-50,70. */
#include "kobra-cli-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* "70" or "2-50"; either end is from 1 on. */
static gboolean
parse_range (const char *text,
             guint      *first,
             guint      *last)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);
  guint64        numbers[2];
  guint          n = g_strv_length (ends);

  for (guint i = 0; i < n; i++)
    if (!g_ascii_string_to_unsigned (g_strstrip (ends[i]), 10, 1, G_MAXUINT, &numbers[i], NULL))
      return FALSE;
  if (n == 0 || numbers[0] > numbers[n - 1])
    return FALSE;
  *first = (guint) numbers[0];
  *last = (guint) numbers[n - 1];
  return TRUE;
}

static guint
find_last_line (KobraTable *table)
{
  guint last = 0;

  for (guint i = 0; i < kobra_table_get_n_rows (table); i++)
    last = MAX (last, kobra_table_peek_row (table, i)->line);
  return last;
}

GArray *
kobra_cli_choose_rows (const char  *rows,
                       KobraImport *import)
{
  KobraTable         *table = kobra_import_get_table (import);
  guint               last_line = find_last_line (table);
  g_autofree guint8  *is_wanted = g_malloc0 ((gsize) last_line + 1);
  g_auto (GStrv)      ranges = g_strsplit (rows, ",", -1);
  g_autoptr (GArray)  ids = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; ranges[i] != NULL; i++)
    {
      guint first, last;

      if (!parse_range (ranges[i], &first, &last))
        {
          kobra_cli_say (_ ("--rows must be lines of the file and ranges of them, such as 2-50,70, not “%s”."), rows);
          return NULL;
        }
      if (first <= last_line)
        memset (is_wanted + first, 1, MIN (last, last_line) - first + 1);
    }
  for (guint i = 0; i < kobra_table_get_n_rows (table); i++)
    if (is_wanted[kobra_table_peek_row (table, i)->line])
      g_array_append_val (ids, kobra_table_peek_row (table, i)->id);
  if (ids->len > 0)
    return g_steal_pointer (&ids);
  kobra_cli_say (_ ("There is no record in the lines that --rows names."));
  return NULL;
}
