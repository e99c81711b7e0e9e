/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-rows.h"

#include <string.h>

#include "kobra-rows-private.h"

#include "kobra-banned.h"

struct _KobraRows
{
  KobraArena   *arena;
  KobraRowList *rows;
  guint         n_columns;
  guint32       next_id;
  KobraStep    *step; /* what was changed since the rows were appended, or NULL */
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

gsize
kobra_row_get_size (const KobraRow *self)
{
  const char *end = find_lost (self);
  guint16     n_lost;

  if (end != NULL)
    {
      memcpy (&n_lost, end, sizeof n_lost);
      return (gsize) (end - self->cells) + sizeof n_lost + n_lost * sizeof n_lost;
    }
  end = self->cells + sizeof (guint16);
  for (guint i = kobra_row_get_n_cells (self); i > 0; i--)
    end += strlen (end) + 1;
  return (gsize) (end - self->cells);
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
  return kobra_rows_pack_cells (arena, &(KobraCells) { .texts = cells, .n = n_cells });
}

/* Returns where they end. */
static char *
copy_texts (char             *to,
            const KobraCells *cells)
{
  if (cells->size > 0)
    return (char *) memcpy (to, cells->texts[0], cells->size) + cells->size;
  for (guint i = 0; i < cells->n; i++)
    to = stpcpy (to, cells->texts[i]) + 1;
  return to;
}

const char *
kobra_rows_pack_cells (KobraArena       *arena,
                       const KobraCells *cells)
{
  guint16 n = (guint16) (cells->n | (cells->n_lost > 0 ? HAS_LOST : 0)), n_lost = (guint16) cells->n_lost;
  gsize   size = sizeof n + cells->size + (n_lost > 0 ? sizeof n_lost + n_lost * sizeof *cells->lost : 0);
  char   *packed, *end;

  if (cells->n > KOBRA_MAX_COLUMNS || cells->n_lost > cells->n)
    return NULL;
  for (guint i = 0; i < cells->n && cells->size == 0; i++)
    size += strlen (cells->texts[i]) + 1;
  packed = kobra_arena_alloc (arena, size);
  if (packed == NULL)
    return NULL;
  memcpy (packed, &n, sizeof n);
  end = copy_texts (packed + sizeof n, cells);
  if (n_lost > 0)
    {
      memcpy (end, &n_lost, sizeof n_lost);
      memcpy (end + sizeof n_lost, cells->lost, n_lost * sizeof *cells->lost);
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
  replaced.cells = kobra_rows_pack_cells (arena, &(KobraCells) { .texts = cells, .n = n_cells, .lost = lost, .n_lost = n_kept });
  return replaced;
}

KobraRows *
kobra_rows_new (void)
{
  KobraRows *self = g_new0 (KobraRows, 1);

  self->arena = kobra_arena_new ();
  self->rows = kobra_row_list_new ();
  return self;
}

void
kobra_rows_free (KobraRows *self)
{
  kobra_arena_unref (self->arena);
  g_clear_pointer (&self->rows, kobra_row_list_free);
  g_clear_pointer (&self->step, kobra_step_free);
  g_free (self);
}

gboolean
kobra_rows_append (KobraRows         *self,
                   guint32            line,
                   const char *const *cells,
                   guint              n_cells)
{
  return kobra_rows_append_cells (self, line, &(KobraCells) { .texts = cells, .n = n_cells });
}

gboolean
kobra_rows_append_cells (KobraRows        *self,
                         guint32           line,
                         const KobraCells *cells)
{
  KobraRow row = { .id = kobra_row_list_get_length (self->rows), .line = line };

  if (kobra_row_list_get_length (self->rows) >= KOBRA_MAX_ROWS)
    return FALSE;
  row.cells = kobra_rows_pack_cells (self->arena, cells);
  if (row.cells == NULL)
    return FALSE;
  kobra_row_list_append (self->rows, &row, 1);
  self->next_id = kobra_row_list_get_length (self->rows);
  self->n_columns = MAX (self->n_columns, cells->n);
  return TRUE;
}

/* The end of the texts that @cells says it has, if they all end within @size and are valid; else NULL. */
static const char *
find_texts_end (const char *cells,
                gsize       size,
                guint       n_cells)
{
  const char *text = cells + sizeof (guint16);

  size -= sizeof (guint16);
  while (n_cells-- > 0)
    {
      const char *end = memchr (text, '\0', size);

      if (end == NULL || !g_utf8_validate_len (text, (gsize) (end - text), NULL))
        return NULL;
      size -= (gsize) (end - text) + 1;
      text = end + 1;
    }
  return text;
}

/* Whether @cells is just a row. */
static gboolean
are_cells (const char *cells,
           gsize       size)
{
  const KobraRow row = { .cells = cells };
  const char    *end = NULL;
  guint16        n, n_lost;

  if (size < sizeof n || kobra_row_get_n_cells (&row) > KOBRA_MAX_COLUMNS)
    return FALSE;
  memcpy (&n, cells, sizeof n);
  end = find_texts_end (cells, size, kobra_row_get_n_cells (&row));
  if (end == NULL)
    return FALSE;
  size -= (gsize) (end - cells);
  if ((n & HAS_LOST) == 0)
    return size == 0;
  if (size < sizeof n_lost)
    return FALSE;
  memcpy (&n_lost, end, sizeof n_lost);
  return n_lost > 0 && n_lost <= kobra_row_get_n_cells (&row) && size == sizeof n_lost + n_lost * sizeof n_lost;
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

  if (kobra_row_list_get_length (self->rows) >= KOBRA_MAX_ROWS || id >= KOBRA_MAX_IDS || !are_cells (cells, size))
    return FALSE;
  copy = kobra_arena_alloc (self->arena, size);
  if (copy == NULL)
    return FALSE;
  memcpy (copy, cells, size);
  row.cells = copy;
  kobra_row_list_append (self->rows, &row, 1);
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
  g_autoptr (KobraRowList) added = NULL;
  guint                    n_rows = kobra_row_list_get_length (self->rows), n_before = n_rows - n_added;

  g_return_if_fail (n_added <= n_rows && position <= n_before && n_removed <= n_before - position);

  added = kobra_row_list_copy_part (self->rows, n_before, n_added);
  kobra_row_list_splice (self->rows, n_before, n_added, NULL);
  kobra_row_list_splice (self->rows, position, n_removed, added);
}

void
kobra_rows_drop_last (KobraRows *self)
{
  guint n_rows = kobra_row_list_get_length (self->rows);

  g_return_if_fail (n_rows > 0 && self->step == NULL);

  kobra_row_list_splice (self->rows, n_rows - 1, 1, NULL);
  self->next_id = n_rows - 1;
}

guint
kobra_rows_get_n_rows (KobraRows *self)
{
  return kobra_row_list_get_length (self->rows);
}

const KobraRow *
kobra_rows_peek (KobraRows *self,
                 guint      row)
{
  return kobra_row_list_peek (self->rows, row);
}

guint
kobra_rows_get_n_columns (KobraRows *self)
{
  return self->n_columns;
}

void
kobra_rows_change (KobraRows          *self,
                   const char         *name,
                   guint               position,
                   const KobraRowList *rows,
                   KobraArena         *arena)
{
  guint n_rows = kobra_row_list_get_length (self->rows), n = kobra_row_list_get_length (rows);

  g_return_if_fail (position <= n_rows && n <= n_rows - position);

  if (self->step == NULL)
    self->step = kobra_step_new (name);
  kobra_step_take (self->step, position, kobra_row_list_copy_part (self->rows, position, n), kobra_row_list_copy (rows));
  kobra_rows_take_changed (self, position, rows, arena, self->n_columns);
}

void
kobra_rows_take_changed (KobraRows          *self,
                         guint               position,
                         const KobraRowList *rows,
                         KobraArena         *arena,
                         guint               n_columns)
{
  guint n_rows = kobra_row_list_get_length (self->rows), n = kobra_row_list_get_length (rows);

  g_return_if_fail (position <= n_rows && n <= n_rows - position);

  kobra_arena_take (self->arena, arena);
  kobra_row_list_splice (self->rows, position, n, rows);
  self->n_columns = MAX (self->n_columns, n_columns);
}

KobraFrozen *
kobra_frozen_new (KobraArena   *arena,
                  KobraRowList *rows,
                  guint         n_columns)
{
  KobraFrozen *frozen = g_new0 (KobraFrozen, 1);

  g_atomic_ref_count_init (&frozen->ref_count);
  frozen->arena = kobra_arena_ref (arena);
  frozen->rows = rows;
  frozen->n_rows = kobra_row_list_get_length (rows);
  frozen->n_columns = n_columns;
  return frozen;
}

KobraFrozen *
kobra_rows_freeze (KobraRows *self)
{
  return kobra_frozen_new (self->arena, kobra_row_list_copy (self->rows), self->n_columns);
}

void
kobra_rows_take (KobraRows     *self,
                 KobraArena   **arena,
                 KobraRowList **rows,
                 KobraStep    **step,
                 guint32       *next_id)
{
  *arena = g_steal_pointer (&self->arena);
  *rows = g_steal_pointer (&self->rows);
  *step = g_steal_pointer (&self->step);
  *next_id = self->next_id;
  g_free (self);
}

const KobraRow *
kobra_frozen_peek (const KobraFrozen *self,
                   guint              row)
{
  return kobra_row_list_peek (self->rows, row);
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
  kobra_row_list_free (self->rows);
  g_free (self);
}
