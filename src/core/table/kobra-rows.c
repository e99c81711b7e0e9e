/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-rows.h"

#include <string.h>

#include "kobra-rows-private.h"

#include "kobra-banned.h"

struct _KobraRows
{
  KobraArena *arena;
  GArray     *rows; /* KobraRow */
  guint       n_columns;
  guint32     next_id;
  KobraStep  *step; /* what was changed since the rows were appended, or NULL */
};

guint
kobra_row_get_n_cells (const KobraRow *self)
{
  guint16 n;

  memcpy (&n, self->cells, sizeof n);
  return n;
}

const char *
kobra_row_get_text (const KobraRow *self,
                    guint           column)
{
  const char *text = self->cells + sizeof (guint16);

  if (column >= kobra_row_get_n_cells (self))
    return "";
  while (column-- > 0)
    text += strlen (text) + 1;
  return text;
}

void
kobra_row_get_texts (const KobraRow *self,
                     const char    **texts,
                     guint           n_columns)
{
  const char *text = self->cells + sizeof (guint16);
  guint       n_cells = kobra_row_get_n_cells (self);

  for (guint i = 0; i < n_columns; i++)
    {
      texts[i] = i < n_cells ? text : "";
      if (i < n_cells)
        text += strlen (text) + 1;
    }
}

void
kobra_row_get_record (const KobraRow    *self,
                      const KobraSchema *schema,
                      const gint16      *fields,
                      guint              n_columns,
                      KobraRecord       *record)
{
  const char *text = self->cells + sizeof (guint16);
  guint       n_cells = MIN (kobra_row_get_n_cells (self), n_columns);

  record->schema = schema;
  for (guint i = 0; i < schema->n_fields; i++)
    record->texts[i] = "";
  for (guint i = 0; i < n_cells; i++)
    {
      if (fields[i] >= 0)
        record->texts[fields[i]] = text;
      text += strlen (text) + 1;
    }
}

const char *
kobra_rows_pack (KobraArena        *arena,
                 const char *const *cells,
                 guint              n_cells)
{
  guint16 n = (guint16) n_cells;
  gsize   size = sizeof n;
  char   *packed, *end;

  if (n_cells > KOBRA_MAX_COLUMNS)
    return NULL;
  for (guint i = 0; i < n_cells; i++)
    size += strlen (cells[i]) + 1;
  packed = kobra_arena_alloc (arena, size);
  if (packed == NULL)
    return NULL;
  memcpy (packed, &n, sizeof n);
  end = packed + sizeof n;
  for (guint i = 0; i < n_cells; i++)
    end = stpcpy (end, cells[i]) + 1;
  return packed;
}

KobraRow
kobra_rows_replace (KobraArena        *arena,
                    const KobraRow    *row,
                    const guint       *columns,
                    const char *const *texts,
                    guint              n)
{
  g_autofree const char **cells = NULL;
  guint    n_cells = kobra_row_get_n_cells (row);
  KobraRow replaced = *row;

  for (guint i = 0; i < n; i++)
    n_cells = MAX (n_cells, columns[i] + 1);
  cells = g_new (const char *, MAX (n_cells, 1));
  kobra_row_get_texts (row, cells, n_cells);
  for (guint i = 0; i < n; i++)
    cells[columns[i]] = texts[i];
  replaced.cells = kobra_rows_pack (arena, cells, n_cells);
  return replaced;
}

KobraRows *
kobra_rows_new (void)
{
  KobraRows *self = g_new0 (KobraRows, 1);

  self->arena = kobra_arena_new ();
  self->rows = g_array_new (FALSE, FALSE, sizeof (KobraRow));
  return self;
}

void
kobra_rows_free (KobraRows *self)
{
  kobra_arena_unref (self->arena);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->step, kobra_step_free);
  g_free (self);
}

gboolean
kobra_rows_append (KobraRows         *self,
                   guint32            line,
                   const char *const *cells,
                   guint              n_cells)
{
  KobraRow row = { .id = self->rows->len, .line = line };

  if (self->rows->len >= KOBRA_MAX_ROWS)
    return FALSE;
  row.cells = kobra_rows_pack (self->arena, cells, n_cells);
  if (row.cells == NULL)
    return FALSE;
  g_array_append_val (self->rows, row);
  self->next_id = self->rows->len;
  self->n_columns = MAX (self->n_columns, n_cells);
  return TRUE;
}

/* Whether @cells has just as many texts as it says, all of them valid. */
static gboolean
are_cells (const char *cells,
           gsize       size)
{
  const char *text = cells + sizeof (guint16);
  KobraRow    row = { .cells = cells };
  guint       n_cells;

  if (size < sizeof (guint16))
    return FALSE;
  size -= sizeof (guint16);
  n_cells = kobra_row_get_n_cells (&row);
  for (guint i = 0; i < n_cells; i++)
    {
      const char *end = memchr (text, '\0', size);

      if (end == NULL || !g_utf8_validate_len (text, (gsize) (end - text), NULL))
        return FALSE;
      size -= (gsize) (end - text) + 1;
      text = end + 1;
    }
  return size == 0 && n_cells <= KOBRA_MAX_COLUMNS;
}

gboolean
kobra_rows_append_packed (KobraRows  *self,
                          guint32     id,
                          guint32     line,
                          const char *cells,
                          gsize       size)
{
  KobraRow row = { .id = id, .line = line };
  char    *copy;

  if (self->rows->len >= KOBRA_MAX_ROWS || id >= KOBRA_MAX_IDS || !are_cells (cells, size))
    return FALSE;
  copy = kobra_arena_alloc (self->arena, size);
  if (copy == NULL)
    return FALSE;
  memcpy (copy, cells, size);
  row.cells = copy;
  g_array_append_val (self->rows, row);
  self->next_id = MAX (self->next_id, id + 1);
  self->n_columns = MAX (self->n_columns, kobra_row_get_n_cells (&row));
  return TRUE;
}

void
kobra_rows_move_last (KobraRows *self,
                      guint      position,
                      guint      n_removed,
                      guint      n_added)
{
  g_autofree KobraRow *added = NULL;
  guint                n_before = self->rows->len - n_added;

  g_return_if_fail (n_added <= self->rows->len && position <= n_before && n_removed <= n_before - position);

  added = g_memdup2 (&g_array_index (self->rows, KobraRow, n_before), n_added * sizeof (KobraRow));
  g_array_set_size (self->rows, n_before);
  if (n_removed == n_added && n_added > 0)
    {
      memcpy (&g_array_index (self->rows, KobraRow, position), added, n_added * sizeof (KobraRow));
      return;
    }
  if (n_removed > 0)
    g_array_remove_range (self->rows, position, n_removed);
  if (n_added > 0)
    g_array_insert_vals (self->rows, position, added, n_added);
}

guint
kobra_rows_get_n_rows (KobraRows *self)
{
  return self->rows->len;
}

const KobraRow *
kobra_rows_peek (KobraRows *self,
                 guint      row)
{
  g_return_val_if_fail (row < self->rows->len, NULL);

  return &g_array_index (self->rows, KobraRow, row);
}

guint
kobra_rows_get_n_columns (KobraRows *self)
{
  return self->n_columns;
}

gboolean
kobra_rows_edit (KobraRows         *self,
                 const char        *name,
                 guint              row,
                 const guint       *columns,
                 const char *const *texts,
                 guint              n)
{
  KobraRow *old;
  KobraRow  edited;

  g_return_val_if_fail (row < self->rows->len, FALSE);

  old = &g_array_index (self->rows, KobraRow, row);
  edited = kobra_rows_replace (self->arena, old, columns, texts, n);
  if (edited.cells == NULL)
    return FALSE;
  if (self->step == NULL)
    self->step = kobra_step_new (name);
  if (kobra_step_joins (self->step, row))
    kobra_step_join (self->step, row, old, &edited);
  else
    kobra_step_add (self->step, row, old, 1, &edited, 1);
  *old = edited;
  return TRUE;
}

KobraFrozen *
kobra_frozen_new (KobraArena     *arena,
                  const KobraRow *rows,
                  guint           n_rows,
                  guint           n_columns)
{
  KobraFrozen *frozen = g_new0 (KobraFrozen, 1);

  g_atomic_ref_count_init (&frozen->ref_count);
  frozen->arena = kobra_arena_ref (arena);
  frozen->n_rows = n_rows;
  frozen->n_columns = n_columns;
  frozen->rows = g_memdup2 (rows, n_rows * sizeof (KobraRow));
  return frozen;
}

KobraFrozen *
kobra_rows_freeze (KobraRows *self)
{
  return kobra_frozen_new (self->arena, (const KobraRow *) self->rows->data, self->rows->len, self->n_columns);
}

void
kobra_rows_take (KobraRows   *self,
                 KobraArena **arena,
                 GArray     **rows,
                 KobraStep  **step,
                 guint32     *next_id)
{
  *arena = g_steal_pointer (&self->arena);
  *rows = g_steal_pointer (&self->rows);
  *step = g_steal_pointer (&self->step);
  *next_id = self->next_id;
  g_free (self);
}

KobraFrozen *
kobra_frozen_ref (KobraFrozen *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kobra_frozen_unref (KobraFrozen *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  kobra_arena_unref (self->arena);
  g_free ((KobraRow *) self->rows);
  g_free (self);
}
