/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the table's columns the sheet shows, and in which order. */

#include "kobra-sheet-adapter-private.h"

#include "kobra-banned.h"

static int
find (GArray *columns,
      guint   table_column)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_array_index (columns, guint, i) == table_column)
      return (int) i;
  return -1;
}

static void
drop_from (GArray *columns,
           guint   n_table)
{
  for (guint i = columns->len; i-- > 0;)
    if (g_array_index (columns, guint, i) >= n_table)
      g_array_remove_index (columns, i);
}

void
kobra_sheet_adapter_follow_columns (KobraSheetAdapter *self)
{
  guint n_table = kobra_table_get_n_columns (self->table);

  drop_from (self->columns, n_table);
  drop_from (self->hidden, n_table);
  for (guint i = 0; i < n_table; i++)
    if (find (self->columns, i) < 0 && find (self->hidden, i) < 0)
      g_array_append_val (self->columns, i);
}

guint
kobra_sheet_adapter_get_table_column (KobraSheetAdapter *self,
                                      guint              column)
{
  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self) && column < self->columns->len, 0);

  return g_array_index (self->columns, guint, column);
}

gboolean
kobra_sheet_adapter_find_column (KobraSheetAdapter *self,
                                 guint              table_column,
                                 guint             *column)
{
  int at;

  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self), FALSE);

  at = find (self->columns, table_column);
  if (at >= 0)
    *column = (guint) at;
  return at >= 0;
}
