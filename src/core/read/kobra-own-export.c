/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-own-export.h"

#include <string.h>

#include "kobra-formula.h"

#include "kobra-banned.h"

#define MAX_REFERENCE_BYTES 64

/* Sorts the columns by whose they are. */
static void
look (KobraOwnExport     *self,
      const KobraReadRow *row)
{
  self->has_looked = TRUE;
  for (guint i = 0; i < row->n_cells; i++)
    {
      gboolean is_safe = g_str_has_suffix (row->cells[i], KOBRA_OWN_EXPORT_MARK_SAFE);

      self->is_safe = self->is_safe || is_safe;
      if (is_safe || g_str_has_suffix (row->cells[i], KOBRA_OWN_EXPORT_MARK))
        g_array_append_val (self->added, i);
      else
        g_array_append_val (self->kept, i);
    }
  self->n_columns = row->n_cells;
  self->is_own = self->added->len > 0;
}

static void
note_reference (KobraOwnExport     *self,
                const KobraReadRow *row)
{
  for (guint i = 0; i < self->added->len; i++)
    {
      guint column = g_array_index (self->added, guint, i);

      if (column < row->n_cells && g_str_has_prefix (row->cells[column], KOBRA_OWN_EXPORT_REFERENCE) && strlen (row->cells[column]) <= MAX_REFERENCE_BYTES)
        g_hash_table_insert (self->references, GUINT_TO_POINTER (row->line), g_strdup (row->cells[column]));
    }
}

static void
add_cell (KobraOwnExport *self,
          const char     *cell)
{
  g_ptr_array_add (self->cells, (gpointer) (self->is_safe ? kobra_formula_undo (cell) : cell));
}

static gboolean
take_row (const KobraReadRow *row,
          gpointer            data,
          GError            **error)
{
  KobraOwnExport *self = data;
  KobraReadRow    passed = { .line = row->line };

  if (!self->has_looked)
    look (self, row);
  if (!self->is_own)
    return self->inner.row (row, self->inner.data, error);
  note_reference (self, row);
  g_ptr_array_set_size (self->cells, 0);
  for (guint i = 0; i < self->kept->len && g_array_index (self->kept, guint, i) < row->n_cells; i++)
    add_cell (self, row->cells[g_array_index (self->kept, guint, i)]);
  /* A row that is wider than the headers keeps what stands there. */
  for (guint i = self->n_columns; i < row->n_cells; i++)
    add_cell (self, row->cells[i]);
  if (self->cells->len == 0)
    add_cell (self, "");
  passed.n_cells = self->cells->len;
  g_ptr_array_add (self->cells, NULL);
  passed.cells = (const char *const *) self->cells->pdata;
  return self->inner.row (&passed, self->inner.data, error);
}

static void
take_blank (guint32  line,
            gpointer data)
{
  KobraOwnExport *self = data;

  self->inner.blank (line, self->inner.data);
}

static void
take_progress (guint64  done,
               guint64  total,
               gpointer data)
{
  KobraOwnExport *self = data;

  self->inner.progress (done, total, self->inner.data);
}

void
kobra_own_export_init (KobraOwnExport      *self,
                       const KobraReadSink *inner)
{
  *self = (KobraOwnExport) { .inner = *inner };
  self->kept = g_array_new (FALSE, FALSE, sizeof (guint));
  self->added = g_array_new (FALSE, FALSE, sizeof (guint));
  self->cells = g_ptr_array_new ();
  self->references = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

void
kobra_own_export_clear (KobraOwnExport *self)
{
  g_clear_pointer (&self->kept, g_array_unref);
  g_clear_pointer (&self->added, g_array_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->references, g_hash_table_unref);
}

KobraReadSink
kobra_own_export_get_sink (KobraOwnExport *self)
{
  return (KobraReadSink) { take_row, self->inner.blank != NULL ? take_blank : NULL, self->inner.progress != NULL ? take_progress : NULL, self, self->inner.max_bytes };
}
