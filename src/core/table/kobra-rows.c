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
  KobraStep  *step; /* what was changed since the rows were appended, or NULL */
};

/* In the number of cells: a list of those whose digits are lost follows the last one. */
#define HAS_LOST 0x8000u

G_STATIC_ASSERT (KOBRA_MAX_COLUMNS < HAS_LOST);

guint
kobra_row_get_n_cells (const KobraRow *self)
{
  guint16 n;

  memcpy (&n, self->cells, sizeof n);
  return n & ~HAS_LOST;
}

/* The list after the last cell, its length first; not aligned. NULL: no digits are lost. */
static const char *
find_lost (const KobraRow *self)
{
  const char *text = self->cells + sizeof (guint16);
  guint16     n;

  memcpy (&n, self->cells, sizeof n);
  if ((n & HAS_LOST) == 0)
    return NULL;
  n &= (guint16) ~HAS_LOST;
  while (n-- > 0)
    text += strlen (text) + 1;
  return text;
}

/* Returns NULL if there are none; free with g_free(). */
static guint16 *
dup_lost (const KobraRow *self,
          guint16        *n)
{
  const char *list = find_lost (self);

  *n = 0;
  if (list == NULL)
    return NULL;
  memcpy (n, list, sizeof *n);
  return g_memdup2 (list + sizeof *n, *n * sizeof *n);
}

gboolean
kobra_row_has_lost_digits (const KobraRow *self,
                           guint           column)
{
  guint16             n;
  g_autofree guint16 *lost = dup_lost (self, &n);

  for (guint i = 0; i < n; i++)
    if (lost[i] == column)
      return TRUE;
  return FALSE;
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

static void
find_lost_fields (const KobraRow *self,
                  const gint16   *fields,
                  guint           n_columns,
                  KobraRecord    *record)
{
  guint16             n;
  g_autofree guint16 *lost = dup_lost (self, &n);

  for (guint i = 0; i < n; i++)
    if (lost[i] < n_columns && fields[lost[i]] >= 0)
      record->lost[fields[lost[i]] / 64] |= G_GUINT64_CONSTANT (1) << fields[lost[i]] % 64;
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
  guint16     n;

  record->schema = schema;
  record->lost[0] = record->lost[1] = 0;
  memcpy (&n, self->cells, sizeof n);
  if (G_UNLIKELY ((n & HAS_LOST) != 0))
    find_lost_fields (self, fields, n_columns, record);
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
  return kobra_rows_pack_marked (arena, cells, n_cells, NULL, 0);
}

const char *
kobra_rows_pack_marked (KobraArena        *arena,
                        const char *const *cells,
                        guint              n_cells,
                        const guint16     *lost,
                        guint              n_lost)
{
  guint16 n = (guint16) (n_cells | (n_lost > 0 ? HAS_LOST : 0)), n_list = (guint16) n_lost;
  gsize   size = sizeof n + (n_lost > 0 ? sizeof n_list + n_lost * sizeof *lost : 0);
  char   *packed, *end;

  if (n_cells > KOBRA_MAX_COLUMNS || n_lost > n_cells)
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
  if (n_lost > 0)
    {
      memcpy (end, &n_list, sizeof n_list);
      memcpy (end + sizeof n_list, lost, n_lost * sizeof *lost);
    }
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
  guint16                 n_lost, n_kept = 0;
  g_autofree guint16     *lost = dup_lost (row, &n_lost);
  guint    n_cells = kobra_row_get_n_cells (row);
  KobraRow replaced = *row;

  for (guint i = 0; i < n; i++)
    n_cells = MAX (n_cells, columns[i] + 1);
  cells = g_new (const char *, MAX (n_cells, 1));
  kobra_row_get_texts (row, cells, n_cells);
  for (guint i = 0; i < n; i++)
    cells[columns[i]] = texts[i];
  /* What was typed anew has its digits. */
  for (guint16 k = 0; k < n_lost; k++)
    {
      guint i = 0;

      while (i < n && columns[i] != lost[k])
        i++;
      if (i == n)
        lost[n_kept++] = lost[k];
    }
  replaced.cells = kobra_rows_pack_marked (arena, cells, n_cells, lost, n_kept);
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
  return kobra_rows_append_marked (self, line, cells, n_cells, NULL, 0);
}

gboolean
kobra_rows_append_marked (KobraRows         *self,
                          guint32            line,
                          const char *const *cells,
                          guint              n_cells,
                          const guint16     *lost,
                          guint              n_lost)
{
  KobraRow row = { .id = self->rows->len, .line = line };

  if (self->rows->len >= KOBRA_MAX_ROWS)
    return FALSE;
  row.cells = kobra_rows_pack_marked (self->arena, cells, n_cells, lost, n_lost);
  if (row.cells == NULL)
    return FALSE;
  g_array_append_val (self->rows, row);
  self->n_columns = MAX (self->n_columns, n_cells);
  return TRUE;
}

void
kobra_rows_drop_last (KobraRows *self)
{
  g_return_if_fail (self->rows->len > 0 && self->step == NULL);

  g_array_set_size (self->rows, self->rows->len - 1);
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
kobra_frozen_new (KobraArena *arena,
                  GArray     *rows,
                  guint       n_columns)
{
  KobraFrozen *frozen = g_new0 (KobraFrozen, 1);

  g_atomic_ref_count_init (&frozen->ref_count);
  frozen->arena = kobra_arena_ref (arena);
  frozen->n_rows = rows->len;
  frozen->n_columns = n_columns;
  frozen->rows = g_memdup2 (rows->data, rows->len * sizeof (KobraRow));
  return frozen;
}

KobraFrozen *
kobra_rows_freeze (KobraRows *self)
{
  return kobra_frozen_new (self->arena, self->rows, self->n_columns);
}

void
kobra_rows_take (KobraRows   *self,
                 KobraArena **arena,
                 GArray     **rows,
                 KobraStep  **step)
{
  *arena = g_steal_pointer (&self->arena);
  *rows = g_steal_pointer (&self->rows);
  *step = g_steal_pointer (&self->step);
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
