/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-match-header.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-match-near.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* In characters: a longer text is no header, and a hostile one not worth the time. */
#define MAX_HEADER 200

/* Words that a header may have more or less of without meaning another field. */
static const char *const articles[] = { "de", "del", "la", "el", "los", "las", "al", "y", "the", "of", NULL };

/* Whose: words that a header may have more of. A synonym keeps its own, or "No. cliente" would make a running number, "No.", the key. */
static const char *const persons[] = { "cliente", "acreditado", "deudor", "socio", "titular", "client", "customer", "debtor", "borrower", NULL };

/* Somebody else's data have the same names as the customer's. */
static const char *const others[] = {
  "aval", "avales", "conyuge", "esposo", "esposa", "referencia", "referencias", "ref", "fiador", "obligado", "coacreditado", "codeudor", "beneficiario", "representante", "apoderado",
  "empresa", "patron", "empleador", "jefe", "gestor", "cobrador", "asesor", "ejecutivo", "vendedor", "promotor", "agente", "analista", "sucursal", "familiar", "padre", "madre", "hijo",
  "guarantor", "spouse", "reference", "employer", "agent", "branch", "seller", NULL
};

/* What programs and people call columns when they have no name for them. */
static const char *const nameless[] = { "column", "columna", "campo", "field", "dato", "datos", "data", "unnamed", "sin", "nombre", "titulo", "col", "f", "var", NULL };

typedef enum
{
  LEAVE_OUT_NOTHING,
  LEAVE_OUT_ARTICLES,
  LEAVE_OUT_PERSONS /* and articles */
} LeaveOut;

typedef struct
{
  gint16     field;
  guint16    rank;
  KobraMatch match;
} Meaning;

typedef struct
{
  GHashTable *exact; /* text without spaces -> Meaning */
  GHashTable *loose; /* the same without articles */
} Dictionary;

static gboolean
is_long (const char *text)
{
  return kobra_text_n_characters (text, MAX_HEADER) > MAX_HEADER;
}

static char **
split_words (const char *text)
{
  g_autofree char *folded = kobra_text_fold (text);

  return g_strsplit (folded, " ", -1);
}

/* Folded words run together, so that "C.P.", "c_p" and "CP" are one. */
static char *
join_words (char   **words,
            LeaveOut leave_out)
{
  GString *key = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    if (!(leave_out >= LEAVE_OUT_ARTICLES && g_strv_contains (articles, words[i])) &&
        !(leave_out >= LEAVE_OUT_PERSONS && g_strv_contains (persons, words[i])))
      g_string_append (key, words[i]);
  return g_string_free (key, FALSE);
}

static char *
make_key (const char *text,
          LeaveOut    leave_out)
{
  g_auto (GStrv) words = split_words (text);

  return join_words (words, leave_out);
}

/* Takes @key. */
static void
learn (GHashTable *table,
       char       *key,
       Meaning     meaning)
{
  Meaning *known = g_hash_table_lookup (table, key);

  if (known == NULL && *key != '\0')
    {
      g_hash_table_insert (table, key, g_memdup2 (&meaning, sizeof meaning));
      return;
    }
  /* Without its articles a header may mean two things: then it means neither. */
  if (known != NULL && known->field != meaning.field && meaning.match == KOBRA_MATCH_LOOSE)
    known->field = -1;
  g_free (key);
}

static void
learn_word (Dictionary *self,
            const char *word,
            Meaning     meaning)
{
  learn (self->exact, make_key (word, LEAVE_OUT_NOTHING), meaning);
  meaning.match = KOBRA_MATCH_LOOSE;
  learn (self->loose, make_key (word, LEAVE_OUT_ARTICLES), meaning);
}

static void
learn_field (Dictionary        *self,
             const KobraSchema *schema,
             gint16             field)
{
  const KobraField *about = &schema->fields[field];
  g_auto (GStrv)    synonyms = g_strsplit (about->synonyms, "|", -1);
  guint16           rank = 0;

  learn_word (self, about->name, (Meaning) { field, rank++, KOBRA_MATCH_NAME });
  learn_word (self, about->label, (Meaning) { field, rank++, KOBRA_MATCH_SYNONYM });
  learn_word (self, _ (about->label), (Meaning) { field, rank++, KOBRA_MATCH_SYNONYM });
  for (gsize i = 0; synonyms[i] != NULL; i++)
    learn_word (self, synonyms[i], (Meaning) { field, rank++, KOBRA_MATCH_SYNONYM });
}

static const Dictionary *
get_dictionary (const KobraSchema *schema)
{
  static Dictionary dictionaries[KOBRA_N_KINDS];
  static gsize      ready;

  if (g_once_init_enter (&ready))
    {
      for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
        {
          const KobraSchema *about = kobra_schema_get ((KobraKind) kind);

          dictionaries[kind].exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
          dictionaries[kind].loose = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
          for (guint field = 0; field < about->n_fields; field++)
            learn_field (&dictionaries[kind], about, (gint16) field);
        }
      g_once_init_leave (&ready, 1);
    }
  return &dictionaries[schema->kind];
}

int
kobra_match_header (const KobraSchema *schema,
                    const char        *header,
                    KobraMatch        *match,
                    guint             *rank)
{
  const Dictionary *dictionary = get_dictionary (schema);
  const Meaning    *meaning = NULL;
  g_auto (GStrv)    words = is_long (header) ? NULL : split_words (header);

  for (int leave_out = LEAVE_OUT_NOTHING; leave_out <= LEAVE_OUT_PERSONS && meaning == NULL && words != NULL; leave_out++)
    {
      g_autofree char *key = join_words (words, (LeaveOut) leave_out);

      meaning = g_hash_table_lookup (leave_out == LEAVE_OUT_NOTHING ? dictionary->exact : dictionary->loose, key);
    }
  *match = meaning != NULL && meaning->field >= 0 ? meaning->match : KOBRA_MATCH_NONE;
  *rank = meaning != NULL ? meaning->rank : 0;
  return meaning != NULL ? meaning->field : -1;
}

int
kobra_match_near_header (const KobraSchema *schema,
                         const char        *header)
{
  const Dictionary *dictionary = get_dictionary (schema);
  g_autofree char  *key = NULL;
  GHashTableIter    iter;
  gpointer          word, data;
  guint             best = G_MAXUINT;
  int               found = -1;

  if (is_long (header) || kobra_match_is_of_another (header))
    return -1;
  key = make_key (header, LEAVE_OUT_ARTICLES);
  g_hash_table_iter_init (&iter, dictionary->loose);
  while (g_hash_table_iter_next (&iter, &word, &data))
    {
      const Meaning *meaning = data;
      guint          distance;

      if (meaning->field < 0 || !kobra_match_is_near (key, word, &distance) || distance > best)
        continue;
      /* As near to two fields as to one: to neither. */
      found = distance < best || found == meaning->field ? meaning->field : -1;
      best = distance;
    }
  return found;
}

gboolean
kobra_match_is_of_another (const char *header)
{
  g_auto (GStrv) words = NULL;

  if (is_long (header))
    return FALSE;
  words = split_words (header);
  for (gsize i = 0; words[i] != NULL; i++)
    if (g_strv_contains (others, words[i]))
      return TRUE;
  return FALSE;
}

gboolean
kobra_match_is_person (const char *header)
{
  g_auto (GStrv) words = is_long (header) ? NULL : split_words (header);
  gboolean       is_person = FALSE;

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (g_strv_contains (persons, words[i]))
        is_person = TRUE;
      else if (!g_strv_contains (articles, words[i]))
        return FALSE;
    }
  return is_person;
}

gboolean
kobra_match_is_nameless (const char *header)
{
  g_autofree char *folded = NULL;
  g_auto (GStrv)   words = NULL;
  gboolean         has_number = FALSE;

  if (is_long (header))
    return FALSE;
  folded = kobra_text_fold (header);
  words = g_strsplit (folded, " ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      gsize n_letters = strcspn (words[i], "0123456789");
      g_autofree char *letters = g_strndup (words[i], n_letters);

      if (*letters != '\0' && !g_strv_contains (nameless, letters))
        return FALSE;
      has_number |= words[i][n_letters] != '\0';
    }
  /* "Nombre" alone is a name. */
  return *folded == '\0' || has_number || g_strv_length (words) > 1 || g_str_equal (folded, "dato") || g_str_equal (folded, "datos");
}

guint
kobra_match_count (const KobraSchema *schema,
                   const char *const *cells,
                   guint              n_cells)
{
  gboolean seen[KOBRA_MAX_FIELDS] = { FALSE };
  guint    n = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      KobraMatch match;
      guint      rank;
      int        field = kobra_match_header (schema, cells[i], &match, &rank);

      if (field >= 0 && !seen[field])
        {
          seen[field] = TRUE;
          n++;
        }
    }
  return n;
}

gboolean
kobra_match_looks_like_headers (const char *const *cells,
                                guint              n_cells)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_cells; i++)
    {
      g_autofree char *key = NULL;

      if (is_long (cells[i]))
        return FALSE;
      key = make_key (cells[i], LEAVE_OUT_NOTHING);
      if (*key == '\0')
        continue;
      if (strlen (key) == strspn (key, "0123456789") || strpbrk (cells[i], "@") != NULL || g_hash_table_contains (seen, key))
        return FALSE;
      if (strpbrk (key, "0123456789") != NULL && strlen (key) > 8)
        return FALSE;
      g_hash_table_add (seen, g_steal_pointer (&key));
    }
  return g_hash_table_size (seen) > 0;
}
