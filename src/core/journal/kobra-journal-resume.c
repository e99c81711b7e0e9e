/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-journal-resume-private.h"

#include <stdlib.h>
#include <string.h>

#include "kobra-banned.h"

#define ID_SIZE sizeof (guint32)
#define RECORD_SIZE (ID_SIZE + 2 * sizeof (guint64))
#define WORDS_CHUNK 4096

static guint8 *
put_32 (guint8 *to,
        guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (to, &value, sizeof value);
  return to + sizeof value;
}

static guint8 *
put_64 (guint8 *to,
        guint64 value)
{
  value = GUINT64_TO_LE (value);
  memcpy (to, &value, sizeof value);
  return to + sizeof value;
}

static guint32
get_32 (const guint8 *from)
{
  guint32 value;

  memcpy (&value, from, sizeof value);
  return GUINT32_FROM_LE (value);
}

static guint64
get_64 (const guint8 *from)
{
  guint64 value;

  memcpy (&value, from, sizeof value);
  return GUINT64_FROM_LE (value);
}

GBytes *
kobra_journal_pack_ids (const guint32 *ids,
                        guint          n)
{
  guint8 *bytes = n <= KOBRA_JOURNAL_MAX_RECORDS ? g_try_malloc_n (MAX (n, 1), ID_SIZE) : NULL;
  guint8 *to = bytes;

  if (bytes == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    to = put_32 (to, ids[i]);
  return g_bytes_new_take (bytes, n * ID_SIZE);
}

GBytes *
kobra_journal_pack_records (const KobraJournalRecord *records,
                            guint                     n)
{
  guint8 *bytes = n <= KOBRA_JOURNAL_MAX_RECORDS ? g_try_malloc_n (MAX (n, 1), RECORD_SIZE) : NULL;
  guint8 *to = bytes;

  if (bytes == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    to = put_64 (put_64 (put_32 (to, records[i].id), records[i].key_hash), records[i].digest);
  return g_bytes_new_take (bytes, n * RECORD_SIZE);
}

GBytes *
kobra_journal_pack_record_ids (const KobraJournalRecord *records,
                               guint                     n)
{
  guint8 *bytes = n <= KOBRA_JOURNAL_MAX_RECORDS ? g_try_malloc_n (MAX (n, 1), ID_SIZE) : NULL;
  guint8 *to = bytes;

  if (bytes == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    to = put_32 (to, records[i].record);
  return g_bytes_new_take (bytes, n * ID_SIZE);
}

static int
compare_ids (const void *a,
             const void *b)
{
  const KobraJournalEntry *left = a, *right = b;

  return (left->id > right->id) - (left->id < right->id);
}

KobraJournalResume *
kobra_journal_resume_new (const guint8 *records,
                          gsize         size)
{
  g_autoptr (KobraJournalResume) self = g_new0 (KobraJournalResume, 1);
  gsize                          n = size / RECORD_SIZE;

  if (size % RECORD_SIZE != 0 || n > KOBRA_JOURNAL_MAX_RECORDS)
    return NULL;
  self->entries = g_try_new0 (KobraJournalEntry, MAX (n, 1));
  if (self->entries == NULL)
    return NULL;
  self->n_entries = (guint) n;
  self->words = g_string_chunk_new (WORDS_CHUNK);
  for (gsize i = 0; i < n; i++, records += RECORD_SIZE)
    {
      self->entries[i].id = get_32 (records);
      self->entries[i].key_hash = get_64 (records + ID_SIZE);
      self->entries[i].digest = get_64 (records + ID_SIZE + sizeof (guint64));
    }
  qsort (self->entries, n, sizeof *self->entries, compare_ids);
  return g_steal_pointer (&self);
}

static KobraJournalEntry *
find_entry (const KobraJournalResume *self,
            guint32                   id)
{
  KobraJournalEntry key = { .id = id };

  return bsearch (&key, self->entries, self->n_entries, sizeof key, compare_ids);
}

static const char *
keep_words (KobraJournalResume *self,
            const char         *words)
{
  return words != NULL ? g_string_chunk_insert_const (self->words, words) : NULL;
}

gboolean
kobra_journal_resume_apply (KobraJournalResume *self,
                            const guint8       *ids,
                            gsize               size,
                            int                 result,
                            const char         *type,
                            const char         *message)
{
  type = keep_words (self, type);
  message = keep_words (self, message);
  for (gsize i = 0; i < size / ID_SIZE; i++, ids += ID_SIZE)
    {
      KobraJournalEntry *entry = find_entry (self, get_32 (ids));

      if (entry == NULL)
        continue;
      entry->result = result;
      entry->type = type;
      entry->message = message;
    }
  return size % ID_SIZE == 0;
}

void
kobra_journal_resume_free (KobraJournalResume *self)
{
  g_free (self->source_name);
  g_free (self->entries);
  g_clear_pointer (&self->words, g_string_chunk_free);
  g_free (self);
}

const KobraJournalEntry *
kobra_journal_resume_find (const KobraJournalResume *self,
                           guint32                   id)
{
  return find_entry (self, id);
}
