/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-table.h"

#include <string.h>

#include "kobra-rows-private.h"
#include "kobra-table-private.h"

#include "kobra-banned.h"

G_DEFINE_FINAL_TYPE (KobraTable, kobra_table, G_TYPE_OBJECT)

typedef enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_UNDO_NAME,
  PROP_REDO_NAME
} KobraTableProperty;

static GParamSpec *props[PROP_REDO_NAME + 1];

enum
{
  ROWS_CHANGED,
  COLUMNS_CHANGED,
  STATE_TAKEN_BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* If more rows came or went since the last look for records, the next one is at all of them. */
#define MAX_DRIFTED 1024u

/* So many more records may come before that. */
#define ROOM 4096u

static void
find_ids_again (KobraTable *self)
{
  self->n_looked = self->next_id + ROOM;
  self->n_drifted = 0;
  self->row_of_id = g_new (guint32, self->n_looked);
  memset (self->row_of_id, 0xff, self->n_looked * sizeof (guint32));
  for (guint row = 0, n; row < kobra_row_list_get_length (self->rows); row += n)
    {
      const KobraRow *rows = kobra_row_list_peek_run (self->rows, row, &n);

      for (guint i = 0; i < n; i++)
        self->row_of_id[rows[i].id] = row + i;
    }
}

static void
kobra_table_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  KobraTable *self = KOBRA_TABLE (object);

  switch ((KobraTableProperty) id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, kobra_table_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, kobra_table_can_redo (self));
      break;
    case PROP_UNDO_NAME:
      g_value_set_string (value, kobra_table_get_undo_name (self));
      break;
    case PROP_REDO_NAME:
      g_value_set_string (value, kobra_table_get_redo_name (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_table_finalize (GObject *object)
{
  KobraTable *self = KOBRA_TABLE (object);

  g_clear_pointer (&self->step, kobra_step_free);
  kobra_undo_clear (&self->undo);
  g_clear_pointer (&self->row_of_id, g_free);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->rows, kobra_row_list_free);
  g_clear_pointer (&self->arena, kobra_arena_unref);

  G_OBJECT_CLASS (kobra_table_parent_class)->finalize (object);
}

static void
kobra_table_class_init (KobraTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kobra_table_get_property;
  object_class->finalize = kobra_table_finalize;

  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_UNDO_NAME] = g_param_spec_string ("undo-name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_REDO_NAME] = g_param_spec_string ("redo-name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[ROWS_CHANGED] = g_signal_new ("rows-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 4, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_POINTER);
  signals[STATE_TAKEN_BACK] = g_signal_new ("state-taken-back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[COLUMNS_CHANGED] = g_signal_new ("columns-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kobra_table_init (KobraTable *self)
{
  self->ids_are_rows = TRUE;
  kobra_undo_init (&self->undo);
}

void
kobra_table_announce (KobraTable         *self,
                      guint               position,
                      const KobraRowList *removed,
                      guint               n_added)
{
  g_signal_emit (self, signals[ROWS_CHANGED], 0, position, kobra_row_list_get_length (removed), n_added, removed);
}

/* Some rows at @position are going and others coming in their place: what is known of where records are stays good enough, or is forgotten. */
static void
drift (KobraTable         *self,
       guint               position,
       guint               n_removed,
       const KobraRowList *added)
{
  guint n_added = added != NULL ? kobra_row_list_get_length (added) : 0;

  self->ids_are_rows = FALSE;
  if (self->row_of_id == NULL)
    return;
  if (n_removed > MAX_DRIFTED || n_added > MAX_DRIFTED || self->n_drifted + n_removed + n_added > MAX_DRIFTED || self->next_id > self->n_looked)
    {
      g_clear_pointer (&self->row_of_id, g_free);
      return;
    }
  for (guint i = 0; i < n_removed; i++)
    self->row_of_id[kobra_row_list_peek (self->rows, position + i)->id] = G_MAXUINT32;
  for (guint i = 0; i < n_added; i++)
    self->row_of_id[kobra_row_list_peek (added, i)->id] = position + i;
  self->n_drifted += n_removed + n_added;
}

void
kobra_table_splice (KobraTable         *self,
                    guint               position,
                    guint               n_removed,
                    const KobraRowList *added)
{
  if (n_removed != (added != NULL ? kobra_row_list_get_length (added) : 0))
    drift (self, position, n_removed, added);
  kobra_row_list_splice (self->rows, position, n_removed, added);
}

void
kobra_table_tell_state (KobraTable *self,
                        gpointer    state)
{
  if (state != NULL)
    g_signal_emit (self, signals[STATE_TAKEN_BACK], 0, state);
}

void
kobra_table_tell_columns (KobraTable *self)
{
  g_signal_emit (self, signals[COLUMNS_CHANGED], 0);
}

void
kobra_table_notify_undo (KobraTable *self)
{
  for (guint i = PROP_CAN_UNDO; i <= PROP_REDO_NAME; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

KobraTable *
kobra_table_new (const char *const *headers,
                 KobraRows         *rows)
{
  KobraTable *self = g_object_new (KOBRA_TYPE_TABLE, NULL);
  KobraStep  *step;

  if (rows == NULL)
    rows = kobra_rows_new ();
  self->headers = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; headers != NULL && headers[i] != NULL; i++)
    g_ptr_array_add (self->headers, g_strdup (headers[i]));
  while (self->headers->len < kobra_rows_get_n_columns (rows))
    g_ptr_array_add (self->headers, g_strdup (""));
  /* What edits need from now on is asked for by the main thread. */
  kobra_rows_take (rows, &self->arena, &self->rows, &step, &self->next_id);
  kobra_arena_use_small_pages (self->arena);
  if (step != NULL)
    kobra_undo_push (&self->undo, step);
  for (guint row = 0, n; row < kobra_row_list_get_length (self->rows) && self->ids_are_rows; row += n)
    {
      const KobraRow *run = kobra_row_list_peek_run (self->rows, row, &n);

      for (guint i = 0; i < n && self->ids_are_rows; i++)
        self->ids_are_rows = run[i].id == row + i;
    }
  self->ids_are_rows &= self->next_id == kobra_row_list_get_length (self->rows);
  return self;
}

guint
kobra_table_get_n_rows (KobraTable *self)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self), 0);

  return kobra_row_list_get_length (self->rows);
}

guint
kobra_table_get_n_columns (KobraTable *self)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self), 0);

  return self->headers->len;
}

const char *
kobra_table_get_header (KobraTable *self,
                        guint       column)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self) && column < self->headers->len, "");

  return g_ptr_array_index (self->headers, column);
}

const KobraRow *
kobra_table_peek_row (KobraTable *self,
                      guint       row)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self) && row < kobra_row_list_get_length (self->rows), NULL);

  return kobra_row_list_peek (self->rows, row);
}

const char *
kobra_table_get_text (KobraTable *self,
                      guint       row,
                      guint       column)
{
  const KobraRow *packed = kobra_table_peek_row (self, row);

  return packed != NULL ? kobra_row_get_text (packed, column) : "";
}

guint32
kobra_table_get_id_limit (KobraTable *self)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self), 0);

  return self->next_id;
}

gboolean
kobra_table_has_records (KobraTable         *self,
                         guint               row,
                         const KobraRowList *rows)
{
  KobraRowCursor now = { .list = self->rows }, other = { .list = rows };
  guint          n = kobra_row_list_get_length (rows), n_rows = kobra_row_list_get_length (self->rows), i = 0;

  g_return_val_if_fail (KOBRA_IS_TABLE (self), FALSE);

  if (row > n_rows || n > n_rows - row)
    return FALSE;
  while (i < n && kobra_row_cursor_peek (&now, row + i)->id == kobra_row_cursor_peek (&other, i)->id)
    i++;
  return i == n;
}

/* The record is no more than what came and went from @near, if it is there. */
static gboolean
find_near (KobraTable *self,
           guint32     id,
           guint       near,
           guint      *row)
{
  KobraRowCursor cursor = { .list = self->rows };
  guint          n_rows = kobra_row_list_get_length (self->rows), end;

  if (near < n_rows && kobra_row_cursor_peek (&cursor, near)->id == id)
    {
      *row = near;
      return TRUE;
    }
  end = MIN (near + self->n_drifted + 1, n_rows);
  for (guint i = near - MIN (near, self->n_drifted); i < end; i++)
    if (kobra_row_cursor_peek (&cursor, i)->id == id)
      {
        *row = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
kobra_table_find_id (KobraTable *self,
                     guint32     id,
                     guint      *row)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self), FALSE);

  if (id >= self->next_id)
    return FALSE;
  if (self->ids_are_rows)
    {
      *row = id;
      return TRUE;
    }
  if (self->row_of_id == NULL || id >= self->n_looked)
    {
      g_clear_pointer (&self->row_of_id, g_free);
      find_ids_again (self);
    }
  return self->row_of_id[id] != G_MAXUINT32 && find_near (self, id, self->row_of_id[id], row);
}

KobraFrozen *
kobra_table_freeze (KobraTable *self)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self), NULL);

  return kobra_frozen_new (self->arena, kobra_row_list_copy (self->rows), self->headers->len);
}

KobraFrozen *
kobra_table_freeze_rows (KobraTable *self,
                         guint       row,
                         guint       n)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self) && row <= kobra_table_get_n_rows (self) && n <= kobra_table_get_n_rows (self) - row, NULL);

  return kobra_frozen_new (self->arena, kobra_row_list_copy_part (self->rows, row, n), self->headers->len);
}

gsize
kobra_table_get_size (KobraTable *self)
{
  g_return_val_if_fail (KOBRA_IS_TABLE (self), 0);

  return kobra_arena_get_size (self->arena) + kobra_table_get_n_rows (self) * sizeof (KobraRow);
}
