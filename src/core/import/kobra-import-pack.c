/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-pack.h"

#include <string.h>

#include "kobra-journal-read.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* What the person behind a record is called by; a kind has those of them that it has. */
static const char *const name_fields[] = { "name", "firstSurname", "secondSurname", "additionalSurname" };

#define MAX_WORD_CHARACTERS 200

static void
append_32 (KobraBuffer *buffer,
           guint32      value)
{
  value = GUINT32_TO_LE (value);
  kobra_buffer_append (buffer, (const char *) &value, sizeof value);
}

static guint32
get_32 (const guint8 *from)
{
  guint32 value;

  memcpy (&value, from, sizeof value);
  return GUINT32_FROM_LE (value);
}

void
kobra_pack_columns_init (KobraPackColumns  *self,
                         const KobraLayout *layout)
{
  *self = (KobraPackColumns) { layout->schema, g_memdup2 (layout->fields, layout->n_columns * sizeof (gint16)), layout->n_columns };
}

void
kobra_pack_columns_clear (KobraPackColumns *self)
{
  g_clear_pointer (&self->fields, g_free);
}

/* A text on a line of its own kind: what would end it is a space. */
static char *
dup_word (const char *text)
{
  char *word = kobra_text_visible (text, MAX_WORD_CHARACTERS);

  return g_strdelimit (word, "\n\x1f", ' ');
}

static char *
dup_name (const KobraRecord *record)
{
  GString *name = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (name_fields); i++)
    {
      int field = kobra_schema_find_field (record->schema, name_fields[i]);

      if (field < 0 || *record->texts[field] == '\0')
        continue;
      if (name->len > 0)
        g_string_append_c (name, ' ');
      g_string_append (name, record->texts[field]);
    }
  return g_string_free (name, FALSE);
}

static void
append_words (const KobraRow         *row,
              const KobraPackColumns *columns,
              KobraBuffer            *words)
{
  KobraRecord      record;
  g_autofree char *full_name = NULL, *key = NULL, *name = NULL, *folded_key = NULL, *folded_name = NULL, *line = NULL;

  kobra_row_get_record (row, columns->schema, columns->fields, columns->n_columns, &record);
  full_name = dup_name (&record);
  key = dup_word (record.texts[columns->schema->key_field]);
  name = dup_word (full_name);
  folded_key = kobra_journal_fold (key);
  folded_name = kobra_journal_fold (name);
  line = g_strdup_printf ("%u\x1f%s\x1f%s\x1f%s\x1f%s\n", row->id, key, name, folded_key, folded_name);
  kobra_buffer_append_string (words, line);
}

guint
kobra_pack_rows (const KobraFrozen      *table,
                 guint                   from,
                 const KobraPackColumns *columns,
                 KobraBuffer            *rows,
                 KobraBuffer            *words)
{
  gsize before = rows->length;
  guint n = 0;

  for (; n < KOBRA_PACK_ROWS && rows->length - before < KOBRA_PACK_BYTES && !rows->overflowed && from + n < table->n_rows; n++)
    {
      const KobraRow *row = kobra_frozen_peek (table, from + n);
      gsize           size = kobra_row_get_size (row);

      append_32 (rows, row->id);
      append_32 (rows, row->line);
      append_32 (rows, (guint32) size);
      kobra_buffer_append (rows, row->cells, size);
      append_words (row, columns, words);
    }
  return n;
}

gboolean
kobra_unpack_rows (const guint8 *bytes,
                   gsize         size,
                   KobraRows    *to,
                   guint        *n)
{
  const gsize head = 3 * sizeof (guint32);

  for (*n = 0; size > 0; ++*n)
    {
      guint32 length;

      if (size < head)
        return FALSE;
      length = get_32 (bytes + 2 * sizeof (guint32));
      if (length > size - head || !kobra_rows_append_packed (to, get_32 (bytes), get_32 (bytes + sizeof (guint32)), (const char *) bytes + head, length))
        return FALSE;
      bytes += head + length;
      size -= head + length;
    }
  return TRUE;
}
