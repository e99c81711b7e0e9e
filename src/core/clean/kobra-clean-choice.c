/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for the values of a field: CASADO for C, dólares for US, sí for true. */

#include <string.h>

#include "kobra-clean-private.h"
#include "kobra-text.h"

#include "kobra-banned.h"

static gboolean
is_among (const char *folded,
          const char *synonyms)
{
  gsize length = strlen (folded);

  for (const char *synonym = synonyms; synonym != NULL && *synonym != '\0';)
    {
      gsize n = strcspn (synonym, "|");

      if (n == length && memcmp (synonym, folded, n) == 0)
        return TRUE;
      synonym += n + (synonym[n] == '|');
    }
  return FALSE;
}

static gboolean
is_label (const char *folded,
          const char *label)
{
  g_autofree char *folded_label = kobra_text_fold (label);

  return strcmp (folded, folded_label) == 0;
}

/* 01 and 1.0 for 1: how spreadsheets and databases write a code that is a number. */
static gboolean
is_same_number (const char *text,
                const char *code)
{
  gsize n_digits;

  text += strspn (text, "0");
  n_digits = strspn (text, "0123456789");
  if (n_digits == 0 || n_digits != strlen (code) || memcmp (text, code, n_digits) != 0)
    return FALSE;
  text += n_digits;
  return *text == '\0' || (text[0] == '.' && text[1] == '0' && text[1 + strspn (text + 1, "0")] == '\0');
}

static const KobraChoice *
find_custom (const KobraField *field,
             const char       *text)
{
  for (const KobraChoice *choice = field->choices; choice->code != NULL; choice++)
    if (choice->custom != NULL && g_ascii_strcasecmp (text, choice->custom) == 0)
      return choice;
  return NULL;
}

gboolean
kobra_clean_has_custom (const KobraField *field)
{
  return field->choices != NULL && field->choices[0].custom != NULL;
}

gboolean
kobra_clean_is_custom (const KobraField *field,
                       const char       *text)
{
  return field->choices != NULL && find_custom (field, text) != NULL;
}

/* A letter that only custom writes shows that all are meant so; a code that custom never writes shows that none is. */
guint
kobra_clean_learn_choice (const KobraField *field,
                          const char       *text)
{
  gboolean is_custom = find_custom (field, text) != NULL;
  gboolean is_code = FALSE;

  for (const KobraChoice *choice = field->choices; choice->code != NULL; choice++)
    is_code |= g_ascii_strcasecmp (text, choice->code) == 0;
  if (is_custom == is_code)
    return 0;
  return is_custom ? KOBRA_EVIDENCE_CUSTOM : KOBRA_EVIDENCE_CODE;
}

const char *
kobra_clean_choice (const KobraField       *field,
                    const KobraColumnHabit *habit,
                    const char             *text)
{
  const KobraChoice *custom = habit->by_custom ? find_custom (field, text) : NULL;
  g_autofree char   *folded = NULL;

  if (custom != NULL)
    return custom->code;
  for (const KobraChoice *choice = field->choices; choice->code != NULL; choice++)
    if (g_ascii_strcasecmp (text, choice->code) == 0 || (field->type == KOBRA_TYPE_INTEGER && is_same_number (text, choice->code)))
      return choice->code;
  if (field->type == KOBRA_TYPE_BOOLEAN && (strcmp (text, "1") == 0 || strcmp (text, "0") == 0))
    return *text == '1' ? "true" : "false";

  folded = kobra_text_fold (text);
  if (*folded == '\0')
    return NULL;
  for (const KobraChoice *choice = field->choices; choice->code != NULL; choice++)
    if (is_among (folded, choice->synonyms) || is_label (folded, choice->label))
      return choice->code;
  return NULL;
}
