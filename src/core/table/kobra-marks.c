/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-marks.h"

#include "kobra-banned.h"

struct _KobraMarks
{
  GByteArray *marks;  /* by ID; a record past the end has mark 0 */
  GHashTable *words;  /* ID -> const char in texts */
  GHashTable *texts;  /* each text once */
  guint       counts[256];
  guint       n_marks;
};

static void
make_room (KobraMarks *self,
           guint32     id)
{
  guint old = self->marks->len;

  if (id < old)
    return;
  g_byte_array_set_size (self->marks, id + 1);
  for (guint i = old; i <= id; i++)
    self->marks->data[i] = 0;
}

KobraMarks *
kobra_marks_new (guint n_marks)
{
  KobraMarks *self;

  g_return_val_if_fail (n_marks <= G_N_ELEMENTS (self->counts), NULL);

  self = g_new0 (KobraMarks, 1);
  self->n_marks = n_marks;
  self->marks = g_byte_array_new ();
  self->words = g_hash_table_new (NULL, NULL);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kobra_marks_free (KobraMarks *self)
{
  g_byte_array_unref (self->marks);
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->texts);
  g_free (self);
}

void
kobra_marks_set (KobraMarks *self,
                 guint32     id,
                 guint       mark,
                 const char *words)
{
  g_return_if_fail (mark < self->n_marks && id < G_MAXINT32);

  make_room (self, id);
  if (self->marks->data[id] != 0)
    self->counts[self->marks->data[id]]--;
  if (mark != 0)
    self->counts[mark]++;
  self->marks->data[id] = (guint8) mark;

  if (words != NULL)
    {
      const char *text = g_hash_table_lookup (self->texts, words);

      if (text == NULL)
        {
          char *copy = g_strdup (words);

          g_hash_table_insert (self->texts, copy, copy);
          text = copy;
        }
      g_hash_table_insert (self->words, GUINT_TO_POINTER (id), (gpointer) text);
    }
  else
    {
      g_hash_table_remove (self->words, GUINT_TO_POINTER (id));
    }
}

guint
kobra_marks_get (KobraMarks *self,
                 guint32     id)
{
  return id < self->marks->len ? self->marks->data[id] : 0;
}

const char *
kobra_marks_get_words (KobraMarks *self,
                       guint32     id)
{
  return g_hash_table_lookup (self->words, GUINT_TO_POINTER (id));
}

guint
kobra_marks_count (KobraMarks *self,
                   guint       mark)
{
  g_return_val_if_fail (mark > 0 && mark < self->n_marks, 0);

  return self->counts[mark];
}

void
kobra_marks_clear (KobraMarks *self)
{
  g_hash_table_remove_all (self->words);
  g_hash_table_remove_all (self->texts);
  g_byte_array_set_size (self->marks, 0);
  for (guint i = 0; i < G_N_ELEMENTS (self->counts); i++)
    self->counts[i] = 0;
}
