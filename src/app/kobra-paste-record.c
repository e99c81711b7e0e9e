/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-paste-record.h"

#include <locale.h>
#include <string.h>

#include "kobra-input.h"
#include "kobra-sheet-tsv.h"

#include "kobra-banned.h"

/* A row and its header; whoever copied a whole sheet meant to open it. */
#define MAX_CELLS (64u * KOBRA_MAX_FIELDS)

GPtrArray *
kobra_paste_record (const char        *text,
                    const KobraSchema *schema,
                    const KobraLayout *layout)
{
  const struct lconv         *numbers = localeconv ();
  const KobraInputHabit       habit = { numbers->decimal_point, numbers->thousands_sep };
  g_autoptr (KobraSheetGrid)  grid = kobra_sheet_tsv_parse (g_strdup (text), strlen (text), MAX_CELLS);
  g_autoptr (KobraLayout)     by_header = NULL;
  g_autoptr (GPtrArray)       texts = NULL;
  const char                **cells;

  if (grid == NULL || (grid->n_rows == 1 && grid->n_columns == 1))
    return NULL;
  cells = grid->cells;
  if (grid->n_rows > 1 && kobra_match_count (schema, grid->cells, grid->n_columns) > 0)
    {
      by_header = kobra_layout_new_by_header (schema->kind, grid->cells, grid->n_columns);
      layout = by_header;
      cells += grid->n_columns;
    }
  texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_set_size (texts, (int) schema->n_fields);
  for (guint i = 0; i < grid->n_columns; i++)
    {
      int field = layout == NULL ? (int) i : i < layout->n_columns ? layout->fields[i] : -1;

      if (field < 0 || field >= (int) schema->n_fields || *cells[i] == '\0')
        continue;
      g_free (texts->pdata[field]);
      texts->pdata[field] = kobra_input_read (&schema->fields[field], &habit, cells[i]);
    }
  return g_steal_pointer (&texts);
}
