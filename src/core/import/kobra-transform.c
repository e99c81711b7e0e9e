/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-transform.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* A cell does not grow past this by being cleaned. */
#define MAX_CELL_BYTES ((gsize) 1 << 21)

#define ROWS_BETWEEN_LOOKS 256u

typedef struct
{
  KobraTransform *transform;
  guint           column_of[KOBRA_MAX_FIELDS];
  GArray         *columns;                   /* guint: of the row at hand, and */
  GPtrArray      *texts;                     /* char: what each gets */
  KobraBuffer     text;
  KobraBuffer     results[KOBRA_DERIVE_MAX_RESULTS];
  char           *changed[KOBRA_MAX_CHANGED];
} Work;

static gboolean
is_cancelled (guint         row,
              GCancellable *cancellable,
              GError      **error)
{
  return row % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
}

KobraTransform *
kobra_transform_new (KobraFrozen *table,
                     KobraLayout *layout)
{
  KobraTransform *self = g_new0 (KobraTransform, 1);

  self->table = kobra_frozen_ref (table);
  self->layout = kobra_layout_copy (layout);
  self->rows = g_array_new (FALSE, FALSE, sizeof (KobraRow));
  self->arena = kobra_arena_new ();
  self->first_derivation = layout->derivations->len;
  return self;
}

void
kobra_transform_free (KobraTransform *self)
{
  g_clear_pointer (&self->table, kobra_frozen_unref);
  g_clear_pointer (&self->layout, kobra_layout_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->arena, kobra_arena_unref);
  g_free (self);
}

gboolean
kobra_transform_learn (KobraTransform *self,
                       guint           this_year,
                       GCancellable   *cancellable,
                       GError        **error)
{
  const KobraLayout *layout = self->layout;
  KobraRecord        record;

  memset (self->habits, 0, sizeof self->habits);
  for (guint i = 0; i < KOBRA_MAX_FIELDS; i++)
    self->habits[i].this_year = this_year;
  for (guint row = 0; row < self->table->n_rows; row++)
    {
      if (is_cancelled (row, cancellable, error))
        return FALSE;
      kobra_row_get_record (&self->table->rows[row], layout->schema, layout->fields, layout->n_columns, &record);
      for (guint field = 0; field < layout->schema->n_fields; field++)
        if (*record.texts[field] != '\0')
          kobra_clean_learn (&layout->schema->fields[field], record.texts[field], &self->habits[field]);
    }
  return TRUE;
}

static void
set_cell (Work       *work,
          guint       column,
          const char *text,
          gsize       length)
{
  g_array_append_val (work->columns, column);
  g_ptr_array_add (work->texts, g_strndup (length > 0 ? text : "", length));
}

static void
clean_record (Work              *work,
              const KobraRecord *record)
{
  KobraTransform *self = work->transform;

  for (guint field = 0; field < record->schema->n_fields; field++)
    {
      KobraFixes  done;
      const char *meant;

      if (*record->texts[field] == '\0')
        continue;
      meant = self->fixes[field] != 0 && record->schema->fields[field].choices != NULL ? kobra_layout_find_value (self->layout, field, record->texts[field]) : NULL;
      if (meant != NULL && strcmp (meant, record->texts[field]) != 0)
        {
          set_cell (work, work->column_of[field], meant, strlen (meant));
          self->n_cells++;
          self->n_fixed[KOBRA_FIX_CHOICE]++;
          continue;
        }
      if (self->fixes[field] == 0 || meant != NULL ||
          !kobra_clean_fix_all (self->fixes[field], &record->schema->fields[field], &self->habits[field], record->texts[field], &work->text, &done))
        continue;
      set_cell (work, work->column_of[field], work->text.bytes, work->text.length);
      self->n_cells++;
      for (guint fix = 0; fix < KOBRA_N_FIXES; fix++)
        self->n_fixed[fix] += (done & KOBRA_FIX_BIT (fix)) != 0;
    }
}

static void
change_record (Work              *work,
               const KobraRecord *record)
{
  KobraTransform *self = work->transform;
  guint           fields[KOBRA_MAX_CHANGED], n = self->change (self, record, fields, work->changed, self->change_data);

  for (guint i = 0; i < n; i++)
    {
      g_array_append_val (work->columns, work->column_of[fields[i]]);
      g_ptr_array_add (work->texts, work->changed[i]);
    }
  self->n_cells += n;
}

static void
derive (Work           *work,
        const KobraRow *row)
{
  const GPtrArray *derivations = work->transform->layout->derivations;

  for (guint i = work->transform->first_derivation; i < derivations->len; i++)
    {
      const KobraDerivation *derivation = g_ptr_array_index (derivations, i);
      const char            *texts[KOBRA_DERIVE_MAX_COLUMNS];
      guint                  fields[KOBRA_DERIVE_MAX_RESULTS];
      guint                  n = kobra_derivation_get_fields (derivation, fields);

      for (guint j = 0; j < derivation->n_columns; j++)
        texts[j] = kobra_row_get_text (row, derivation->columns[j]);
      kobra_derivation_run (derivation, texts, work->results);
      for (guint j = 0; j < n; j++)
        if (work->results[j].length > 0)
          set_cell (work, derivation->target + j, work->results[j].bytes, work->results[j].length);
    }
}

/* Notes the row as @work leaves it; those between it and the last that changed stay as they are. */
static gboolean
note_row (Work *work,
          guint row)
{
  KobraTransform *self = work->transform;
  const KobraRow *old = &self->table->rows[row];
  KobraRow        changed = kobra_rows_replace (self->arena, old, (const guint *) work->columns->data, (const char *const *) work->texts->pdata, work->texts->len);

  if (changed.cells == NULL)
    return FALSE;
  if (self->rows->len == 0)
    self->position = row;
  else
    g_array_append_vals (self->rows, &self->table->rows[self->position + self->rows->len], row - self->position - self->rows->len);
  g_array_append_val (self->rows, changed);
  return TRUE;
}

static gboolean
run_rows (Work         *work,
          GCancellable *cancellable,
          GError      **error)
{
  KobraTransform    *self = work->transform;
  const KobraLayout *layout = self->layout;
  KobraRecord        record;

  for (guint row = 0; row < self->table->n_rows; row++)
    {
      if (is_cancelled (row, cancellable, error))
        return FALSE;
      kobra_row_get_record (&self->table->rows[row], layout->schema, layout->fields, layout->n_columns, &record);
      g_ptr_array_set_size (work->texts, 0);
      g_array_set_size (work->columns, 0);
      derive (work, &self->table->rows[row]);
      clean_record (work, &record);
      if (self->change != NULL)
        change_record (work, &record);
      if (work->texts->len > 0 && !note_row (work, row))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("There is no memory to change the records. Split the file and open its parts one by one."));
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
kobra_transform_run (KobraTransform *self,
                     GCancellable   *cancellable,
                     GError        **error)
{
  Work     work = { .transform = self };
  gboolean done;

  for (guint i = 0; i < self->layout->n_columns; i++)
    if (self->layout->fields[i] >= 0)
      work.column_of[self->layout->fields[i]] = i;
  work.texts = g_ptr_array_new_with_free_func (g_free);
  work.columns = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < KOBRA_DERIVE_MAX_RESULTS; i++)
    kobra_buffer_init (&work.results[i], MAX_CELL_BYTES);
  kobra_buffer_init (&work.text, MAX_CELL_BYTES);
  done = run_rows (&work, cancellable, error);
  kobra_buffer_clear (&work.text);
  for (guint i = 0; i < KOBRA_DERIVE_MAX_RESULTS; i++)
    kobra_buffer_clear (&work.results[i]);
  g_ptr_array_unref (work.texts);
  g_array_unref (work.columns);
  return done;
}

gboolean
kobra_transform_is_current (const KobraTransform *self,
                            KobraTable           *table)
{
  gboolean same = kobra_table_get_n_rows (table) == self->table->n_rows;

  for (guint i = 0; same && i < self->rows->len; i++)
    {
      const KobraRow *there = kobra_table_peek_row (table, self->position + i), *seen = &self->table->rows[self->position + i];

      same = there->cells == seen->cells && there->id == seen->id;
    }
  return same;
}

gboolean
kobra_transform_apply (KobraTransform *self,
                       KobraTable     *table,
                       GError        **error)
{
  if (!kobra_transform_is_current (self, table))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, _ ("The records were edited in the meantime, so nothing was changed. Try again."));
      return FALSE;
    }
  kobra_table_replace_rows (table, self->position, (const KobraRow *) self->rows->data, self->rows->len, g_steal_pointer (&self->arena));
  return TRUE;
}
