/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the table's columns the sheet shows, and in which order. */

#include "kobra-sheet-adapter-private.h"

#include <glib/gi18n.h>

#include "kobra-text.h"

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

static void
tell (KobraSheetAdapter *self)
{
  self->view_serial++;
  kobra_sheet_model_columns_changed (KOBRA_SHEET_MODEL (self));
  g_signal_emit_by_name (self, "view-changed");
}

gboolean
kobra_sheet_adapter_move_column (KobraSheetModel *model,
                                 guint            column,
                                 guint            to)
{
  KobraSheetAdapter *self = KOBRA_SHEET_ADAPTER (model);
  guint              moved = g_array_index (self->columns, guint, column);

  g_array_remove_index (self->columns, column);
  g_array_insert_val (self->columns, to, moved);
  self->is_arranged = TRUE;
  tell (self);
  return TRUE;
}

gboolean
kobra_sheet_adapter_hide_columns (KobraSheetAdapter *self,
                                  guint              column,
                                  guint              n)
{
  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self) && column <= self->columns->len && n <= self->columns->len - column, FALSE);

  if (n == self->columns->len)
    return FALSE;
  g_array_append_vals (self->hidden, &g_array_index (self->columns, guint, column), n);
  g_array_remove_range (self->columns, column, n);
  tell (self);
  return TRUE;
}

guint
kobra_sheet_adapter_count_hidden (KobraSheetAdapter *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self), 0);

  return self->hidden->len;
}

/* Before which shown column one that was hidden belongs: the first that is after it in the table, if the columns are in the table's order,
 * else the last place. */
static guint
find_place_for (KobraSheetAdapter *self,
                guint              table_column)
{
  for (guint i = 0; !self->is_arranged && i < self->columns->len; i++)
    if (g_array_index (self->columns, guint, i) > table_column)
      return i;
  return self->columns->len;
}

void
kobra_sheet_adapter_show_column (KobraSheetAdapter *self,
                                 guint              table_column,
                                 gboolean           shown)
{
  int at = find (self->hidden, table_column);

  g_return_if_fail (KOBRA_IS_SHEET_ADAPTER (self));

  if (shown == (at < 0))
    return;
  if (!shown)
    {
      kobra_sheet_adapter_hide_columns (self, (guint) find (self->columns, table_column), 1);
      return;
    }
  g_array_remove_index (self->hidden, (guint) at);
  g_array_insert_val (self->columns, find_place_for (self, table_column), table_column);
  tell (self);
}

void
kobra_sheet_adapter_reset_columns (KobraSheetAdapter *self)
{
  g_return_if_fail (KOBRA_IS_SHEET_ADAPTER (self));

  g_array_set_size (self->columns, 0);
  g_array_set_size (self->hidden, 0);
  self->is_arranged = FALSE;
  kobra_sheet_adapter_follow_columns (self);
  tell (self);
}

static const char *
get_field_name (KobraSheetAdapter *self,
                guint              table_column)
{
  const KobraLayout *layout = kobra_import_get_layout (self->import);
  int                field = table_column < layout->n_columns ? layout->fields[table_column] : -1;

  return field >= 0 ? layout->schema->fields[field].name : NULL;
}

static char **
dup_field_names (KobraSheetAdapter *self,
                 GArray            *columns)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < columns->len; i++)
    if (get_field_name (self, g_array_index (columns, guint, i)) != NULL)
      g_strv_builder_add (names, get_field_name (self, g_array_index (columns, guint, i)));
  return g_strv_builder_end (names);
}

char **
kobra_sheet_adapter_dup_column_order (KobraSheetAdapter *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self), NULL);

  return self->is_arranged ? dup_field_names (self, self->columns) : g_new0 (char *, 1);
}

char **
kobra_sheet_adapter_dup_hidden (KobraSheetAdapter *self)
{
  g_return_val_if_fail (KOBRA_IS_SHEET_ADAPTER (self), NULL);

  return dup_field_names (self, self->hidden);
}

static int
find_name (const char *const *names,
           const char        *name)
{
  for (int i = 0; name != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;
  return -1;
}

typedef struct
{
  guint column;
  int   rank;
} Ranked;

static int
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  return ((const Ranked *) a)->rank - ((const Ranked *) b)->rank;
}

/* The columns that @names names change places among themselves; the others stay where they are. */
static void
arrange (KobraSheetAdapter *self,
         const char *const *names)
{
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  guint              next = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      guint  column = g_array_index (self->columns, guint, i);
      Ranked place = { column, find_name (names, get_field_name (self, column)) };

      if (place.rank >= 0)
        g_array_append_val (ranked, place);
    }
  g_array_sort (ranked, compare_ranks);
  for (guint i = 0; i < self->columns->len; i++)
    if (find_name (names, get_field_name (self, g_array_index (self->columns, guint, i))) >= 0)
      g_array_index (self->columns, guint, i) = g_array_index (ranked, Ranked, next++).column;
}

void
kobra_sheet_adapter_arrange_columns (KobraSheetAdapter *self,
                                     const char *const *order,
                                     const char *const *hidden)
{
  g_return_if_fail (KOBRA_IS_SHEET_ADAPTER (self));

  self->is_arranged = order[0] != NULL;
  if (self->is_arranged)
    arrange (self, order);
  for (guint i = self->columns->len; i-- > 0;)
    if (self->columns->len > 1 && find_name (hidden, get_field_name (self, g_array_index (self->columns, guint, i))) >= 0)
      {
        g_array_append_vals (self->hidden, &g_array_index (self->columns, guint, i), 1);
        g_array_remove_index (self->columns, i);
      }
  tell (self);
}

const char *
kobra_sheet_adapter_get_field_name (KobraSheetAdapter *self,
                                    guint              column)
{
  return get_field_name (self, kobra_sheet_adapter_get_table_column (self, column));
}

char *
kobra_sheet_adapter_dup_table_header (KobraSheetAdapter *self,
                                      guint              table_column)
{
  const char *header = kobra_table_get_header (self->table, table_column);

  if (!kobra_text_is_blank (header))
    return kobra_text_visible (header, 100);
  /* TRANSLATORS: the name of a column that has none in the file */
  return g_strdup_printf (_ ("Column %u"), table_column + 1);
}
