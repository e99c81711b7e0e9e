/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice-store.h"

#include <string.h>

#include "kobra-buffer.h"

#include "kobra-banned.h"

/* What a record costs beside its text, roughly, so that a flood of short ones meets the limit too. */
#define OVERHEAD 128

typedef struct
{
  char *key;
  char *text;
  gsize length;
} Entry;

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->key, g_free);
  g_clear_pointer (&entry->text, g_free);
  g_free (entry);
}

void
kobra_practice_store_init (KobraPracticeStore *self)
{
  g_mutex_init (&self->mutex);
  for (guint kind = 0; kind < KOBRA_PRACTICE_N_KINDS; kind++)
    {
      self->by_key[kind] = g_hash_table_new (g_str_hash, g_str_equal);
      self->in_order[kind] = g_ptr_array_new_with_free_func (free_entry);
    }
  self->size = 0;
}

void
kobra_practice_store_clear (KobraPracticeStore *self)
{
  for (guint kind = 0; kind < KOBRA_PRACTICE_N_KINDS; kind++)
    {
      g_clear_pointer (&self->by_key[kind], g_hash_table_unref);
      g_clear_pointer (&self->in_order[kind], g_ptr_array_unref);
    }
  g_mutex_clear (&self->mutex);
}

static void
take_record (KobraPracticeStore        *self,
             KobraPracticeKind          kind,
             const KobraPracticeRecord *record)
{
  Entry *entry = g_hash_table_lookup (self->by_key[kind], record->key);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->key = g_strdup (record->key);
      g_ptr_array_add (self->in_order[kind], entry);
      g_hash_table_insert (self->by_key[kind], entry->key, entry);
      self->size += OVERHEAD;
    }
  self->size = self->size - entry->length + record->length;
  g_clear_pointer (&entry->text, g_free);
  entry->text = g_strndup (record->text, record->length);
  entry->length = record->length;
}

gboolean
kobra_practice_store_take (KobraPracticeStore *self,
                           KobraPracticeKind   kind,
                           const GArray       *records)
{
  G_MUTEX_AUTO_LOCK (&self->mutex, locker);
  gsize size = self->size;

  for (guint i = 0; i < records->len; i++)
    size += g_array_index (records, KobraPracticeRecord, i).length + OVERHEAD;
  if (size > KOBRA_PRACTICE_MAX_STORE)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    take_record (self, kind, &g_array_index (records, KobraPracticeRecord, i));
  return TRUE;
}

guint
kobra_practice_store_get_count (KobraPracticeStore *self,
                                KobraPracticeKind   kind)
{
  G_MUTEX_AUTO_LOCK (&self->mutex, locker);

  return self->in_order[kind]->len;
}

char *
kobra_practice_store_dup_record (KobraPracticeStore *self,
                                 KobraPracticeKind   kind,
                                 const char         *key)
{
  G_MUTEX_AUTO_LOCK (&self->mutex, locker);
  const Entry *entry = g_hash_table_lookup (self->by_key[kind], key);

  return entry != NULL ? g_strdup (entry->text) : NULL;
}

char **
kobra_practice_store_dup_keys (KobraPracticeStore *self,
                               KobraPracticeKind   kind)
{
  G_MUTEX_AUTO_LOCK (&self->mutex, locker);
  const GPtrArray *entries = self->in_order[kind];
  char           **keys = g_new0 (char *, (gsize) entries->len + 1);

  for (guint i = 0; i < entries->len; i++)
    keys[i] = g_strdup (((const Entry *) g_ptr_array_index (entries, i))->key);
  return keys;
}

GBytes *
kobra_practice_store_dup_array (KobraPracticeStore *self,
                                KobraPracticeKind   kind)
{
  G_MUTEX_AUTO_LOCK (&self->mutex, locker);
  const GPtrArray *entries = self->in_order[kind];
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, KOBRA_PRACTICE_MAX_STORE);
  kobra_buffer_append_byte (&buffer, '[');
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);

      if (i > 0)
        kobra_buffer_append_string (&buffer, ",\n");
      kobra_buffer_append (&buffer, entry->text, entry->length);
    }
  kobra_buffer_append_string (&buffer, "]\n");
  return buffer.overflowed ? NULL : kobra_buffer_steal (&buffer);
}
