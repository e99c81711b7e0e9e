/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "What happened to A-106?" The words of every piece are read through: a line for each record, folded when it was written. That needs no
 * index to keep, to repair and to forget, and goes at the speed of the disk.
 */

#include "kobra-journal-read.h"

#include <string.h>

#include "kobra-journal-read-private.h"
#include "kobra-text.h"

#include "kobra-banned.h"

#define INTEGER(x) KOBRA_QUERY_INTEGER (x)
#define VALUES(...) KOBRA_QUERY_VALUES (__VA_ARGS__)

typedef struct
{
  const KobraQuery       *query;
  const char             *text;   /* folded */
  guint                   most;
  GCancellable           *cancellable;
  KobraJournalHits       *hits;
  KobraJournalImportInfo *import; /* that is searched now */
  GHashTable             *found;  /* record -> KobraJournalHit, of that import */
} Search;

static void
hit_free (gpointer data)
{
  KobraJournalHit *hit = data;

  g_free (hit->key);
  g_free (hit->name);
  g_free (hit->words);
  g_free (hit);
}

void
kobra_journal_hits_free (KobraJournalHits *self)
{
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_clear_pointer (&self->imports, g_ptr_array_unref);
  g_free (self);
}

/* A text of a line, not ended by a NUL. */
typedef struct
{
  const char *start;
  gsize       length;
} Text;

static gboolean
split_line (const char *line,
            gsize       length,
            Text        texts[KOBRA_JOURNAL_WORD_FIELDS])
{
  for (guint i = 0; i < KOBRA_JOURNAL_WORD_FIELDS; i++)
    {
      const char *end = i + 1 < KOBRA_JOURNAL_WORD_FIELDS ? memchr (line, KOBRA_JOURNAL_WORD_END, length) : line + length;

      if (end == NULL)
        return FALSE;
      texts[i] = (Text) { line, (gsize) (end - line) };
      length -= MIN (length, texts[i].length + 1);
      line = end + 1;
    }
  return TRUE;
}

static char *
dup_text (const Text *text)
{
  return g_utf8_make_valid (text->start, (gssize) text->length);
}

static gboolean
has (const Text *text,
     const char *needle)
{
  return memmem (text->start, text->length, needle, strlen (needle)) != NULL;
}

/* A line of words that has the text somewhere: in what is folded, or only in what is shown. */
static void
look_at_line (Search     *self,
              const char *line,
              gsize       length)
{
  Text             texts[KOBRA_JOURNAL_WORD_FIELDS];
  g_autofree char *digits = NULL;
  KobraJournalHit *hit;
  guint64          record;

  if (!split_line (line, length, texts) || !(has (&texts[3], self->text) || has (&texts[4], self->text)))
    return;
  digits = dup_text (&texts[0]);
  if (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT32, &record, NULL))
    return;
  hit = g_new0 (KobraJournalHit, 1);
  hit->import = self->import;
  hit->record = (guint32) record;
  hit->key = dup_text (&texts[1]);
  hit->name = dup_text (&texts[2]);
  hit->is_exact = texts[3].length == strlen (self->text) && memcmp (texts[3].start, self->text, texts[3].length) == 0;
  g_hash_table_insert (self->found, GUINT_TO_POINTER (hit->record), hit);
}

/* @words may be as long as a piece; the text is looked for in all of it, and only lines that have it are taken apart. */
static void
look_at_words (Search     *self,
               const char *words,
               gsize       size)
{
  gsize needle = strlen (self->text);

  while (size > 0 && g_hash_table_size (self->found) <= self->most)
    {
      const char *at = memmem (words, size, self->text, needle);
      const char *start, *end;

      if (at == NULL)
        return;
      start = memrchr (words, '\n', (gsize) (at - words));
      start = start != NULL ? start + 1 : words;
      end = memchr (at, '\n', size - (gsize) (at - words));
      end = end != NULL ? end : words + size;
      look_at_line (self, start, (gsize) (end - start));
      size -= MIN (size, (gsize) (end - words) + 1);
      words = end + 1;
    }
}

static gboolean
look_at_rows (Search     *self,
              const char *sql,
              gint64      snapshot,
              gboolean    has_removed,
              GError    **error)
{
  g_autoptr (KobraStatement) statement = kobra_query_start (self->query, sql, VALUES (INTEGER (snapshot)), error);
  gboolean                   has_row;

  while (statement != NULL && !g_cancellable_set_error_if_cancelled (self->cancellable, error) && kobra_query_step (self->query, statement, &has_row, error))
    {
      const char *words;

      if (!has_row)
        return TRUE;
      if (has_removed && g_hash_table_size (self->found) > 0)
        {
          const guint8 *removed = sqlite3_column_blob (statement, 1);
          gsize         n = (gsize) sqlite3_column_bytes (statement, 1) / sizeof (guint32);

          for (gsize i = 0; i < n; i++)
            g_hash_table_remove (self->found, GUINT_TO_POINTER (kobra_journal_get_id (removed, i)));
        }
      words = sqlite3_column_blob (statement, 0);
      look_at_words (self, words, (gsize) sqlite3_column_bytes (statement, 0));
    }
  return FALSE;
}

static void
result_cb (guint32     record,
           int         result,
           const char *type,
           const char *message,
           gint64      at,
           gpointer    data)
{
  Search          *self = data;
  KobraJournalHit *hit = g_hash_table_lookup (self->found, GUINT_TO_POINTER (record));

  if (hit == NULL)
    return;
  hit->result = result;
  hit->at = at;
  g_free (hit->words);
  hit->words = message != NULL ? g_utf8_make_valid (message, -1) : type != NULL ? g_utf8_make_valid (type, -1) : NULL;
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const KobraJournalHit *left = *(KobraJournalHit *const *) a, *right = *(KobraJournalHit *const *) b;

  if (left->is_exact != right->is_exact)
    return left->is_exact ? -1 : 1;
  if (left->import->id != right->import->id)
    return left->import->id > right->import->id ? -1 : 1;
  return left->record < right->record ? -1 : left->record > right->record;
}

/* Records as they are now: what an edit took away is not there any more. */
static gboolean
search_import (Search  *self,
               GError **error)
{
  gint64         snapshot = 0;
  gboolean       is_whole;
  guint          n_ended;
  GHashTableIter iter;
  gpointer       hit;

  if (!kobra_journal_reader_find_snapshot (self->query, self->import->id, &snapshot, &is_whole, error) ||
      !look_at_rows (self, "SELECT words FROM pieces WHERE snapshot = ? ORDER BY id", snapshot, FALSE, error) ||
      !look_at_rows (self, "SELECT words, removed FROM edits WHERE snapshot = ? ORDER BY id", snapshot, TRUE, error))
    return FALSE;
  if (g_hash_table_size (self->found) > 0 && !kobra_journal_reader_tell_results (self->query, self->import->id, result_cb, self, &n_ended, self->cancellable, error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->found);
  while (g_hash_table_iter_next (&iter, NULL, &hit))
    {
      g_ptr_array_add (self->hits->hits, hit);
      g_hash_table_iter_steal (&iter);
    }
  return TRUE;
}

char *
kobra_journal_fold (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  return kobra_text_fold (lower);
}

KobraJournalHits *
kobra_journal_search (KobraJournalReader *reader,
                      const char         *text,
                      guint               most,
                      GCancellable       *cancellable,
                      GError            **error)
{
  const KobraQuery             query = kobra_journal_reader_query (reader, error);
  g_autofree char             *folded = kobra_journal_fold (text);
  g_autoptr (KobraJournalHits) hits = g_new0 (KobraJournalHits, 1);
  g_autoptr (GHashTable)       found = g_hash_table_new_full (NULL, NULL, NULL, hit_free);
  Search                       self = { .query = &query, .text = folded, .most = most, .cancellable = cancellable, .hits = hits, .found = found };

  if (query.db == NULL)
    return NULL;
  hits->hits = g_ptr_array_new_with_free_func (hit_free);
  hits->imports = kobra_journal_list_imports (reader, error);
  if (hits->imports == NULL)
    return NULL;
  for (guint i = 0; i < hits->imports->len && *folded != '\0'; i++)
    {
      self.import = g_ptr_array_index (hits->imports, i);
      if (self.import->has_records && !search_import (&self, error))
        return NULL;
    }
  g_ptr_array_sort (hits->hits, compare_hits);
  hits->is_cut = hits->hits->len > most;
  if (hits->is_cut)
    g_ptr_array_remove_range (hits->hits, most, hits->hits->len - most);
  return g_steal_pointer (&hits);
}
