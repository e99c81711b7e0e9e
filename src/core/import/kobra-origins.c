/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which record of which import a row was, when the table was opened from an export: its reference, "KI-" and the import's tag, "-" and the record. */

#include <string.h>

#include "kobra-import-save-private.h"
#include "kobra-own-export.h"

#include "kobra-banned.h"

#define MAX_TAG_BYTES 32

/* The tag in @reference; NULL if it is none of ours. */
static char *
dup_tag (const char *reference)
{
  const char *start = reference + strlen (KOBRA_OWN_EXPORT_REFERENCE), *end;

  if (!g_str_has_prefix (reference, KOBRA_OWN_EXPORT_REFERENCE))
    return NULL;
  end = strchr (start, '-');
  return end != NULL && end > start && end - start <= MAX_TAG_BYTES ? g_strndup (start, (gsize) (end - start)) : NULL;
}

static void
count_tag (GHashTable *counts,
           const char *reference)
{
  g_autofree char *tag = dup_tag (reference);
  guint            n = tag != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (counts, tag)) : 0;

  if (tag != NULL)
    g_hash_table_insert (counts, g_steal_pointer (&tag), GUINT_TO_POINTER (n + 1));
}

/* Of two tags with as many records the one that sorts first, so that the answer is always the same. */
static char *
dup_most (GHashTable *counts,
          guint      *n_most)
{
  const char    *most = NULL;
  GHashTableIter iter;
  gpointer       tag, n;

  *n_most = 0;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &tag, &n))
    if (GPOINTER_TO_UINT (n) > *n_most || (GPOINTER_TO_UINT (n) == *n_most && strcmp (tag, most) < 0))
      {
        most = tag;
        *n_most = GPOINTER_TO_UINT (n);
      }
  return g_strdup (most);
}

char *
kobra_origins_format (GHashTable *references,
                      char      **corrects,
                      guint      *n_corrects)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString               *text;
  GHashTableIter         iter;
  gpointer               line, reference;

  *corrects = NULL;
  *n_corrects = 0;
  if (references == NULL || g_hash_table_size (references) == 0)
    return NULL;
  text = g_string_new (NULL);
  g_hash_table_iter_init (&iter, references);
  while (g_hash_table_iter_next (&iter, &line, &reference))
    {
      g_string_append_printf (text, "%u %s\n", GPOINTER_TO_UINT (line), (const char *) reference);
      count_tag (counts, reference);
    }
  *corrects = dup_most (counts, n_corrects);
  return g_string_free (text, FALSE);
}

GHashTable *
kobra_origins_parse (const char *origins)
{
  GHashTable   *references = NULL;
  g_auto (GStrv) lines = origins != NULL ? g_strsplit (origins, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      char   *space = strchr (lines[i], ' ');
      guint64 line;

      if (space == NULL)
        continue;
      *space = '\0';
      if (!g_ascii_string_to_unsigned (lines[i], 10, 1, G_MAXUINT32, &line, NULL))
        continue;
      if (references == NULL)
        references = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      g_hash_table_insert (references, GUINT_TO_POINTER ((guint) line), g_strdup (space + 1));
    }
  return references;
}
