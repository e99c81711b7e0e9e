/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-derive.h"

#include <string.h>

#include "kobra-schema-accounts.h"
#include "kobra-text.h"

#include "kobra-banned.h"

static const char *const names[KOBRA_N_DERIVES] = {
  [KOBRA_DERIVE_CONSTANT] = "constant",
  [KOBRA_DERIVE_JOIN] = "join",
  [KOBRA_DERIVE_NAMES_FIRST] = "names-first",
  [KOBRA_DERIVE_SURNAMES_FIRST] = "surnames-first",
};

KobraDerivation *
kobra_derivation_copy (const KobraDerivation *self)
{
  KobraDerivation *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  return copy;
}

void
kobra_derivation_free (KobraDerivation *self)
{
  g_free (self->text);
  g_free (self);
}

const char *
kobra_derive_get_name (KobraDerive kind)
{
  g_return_val_if_fail ((guint) kind < KOBRA_N_DERIVES, NULL);

  return names[kind];
}

gboolean
kobra_derive_find (const char  *name,
                   KobraDerive *kind)
{
  for (guint i = 0; i < KOBRA_N_DERIVES; i++)
    if (strcmp (names[i], name) == 0)
      {
        *kind = (KobraDerive) i;
        return TRUE;
      }
  return FALSE;
}

guint
kobra_derivation_get_fields (const KobraDerivation *self,
                             guint                  fields[KOBRA_DERIVE_MAX_RESULTS])
{
  if (self->kind == KOBRA_DERIVE_CONSTANT || self->kind == KOBRA_DERIVE_JOIN)
    {
      fields[0] = self->field;
      return 1;
    }
  fields[0] = KOBRA_ACCOUNT_NAME;
  fields[1] = KOBRA_ACCOUNT_FIRST_SURNAME;
  fields[2] = KOBRA_ACCOUNT_SECOND_SURNAME;
  return 3;
}

/* Empty parts leave no separator behind. */
static void
join (const KobraDerivation *self,
      const char *const     *texts,
      KobraBuffer           *result)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (kobra_text_is_blank (texts[i]))
        continue;
      if (result->length > 0)
        kobra_buffer_append_string (result, self->text != NULL ? self->text : " ");
      kobra_buffer_append_string (result, texts[i]);
    }
}

void
kobra_derivation_run (const KobraDerivation *self,
                      const char *const     *texts,
                      KobraBuffer            results[KOBRA_DERIVE_MAX_RESULTS])
{
  for (guint i = 0; i < KOBRA_DERIVE_MAX_RESULTS; i++)
    kobra_buffer_reset (&results[i]);
  switch (self->kind)
    {
    case KOBRA_DERIVE_CONSTANT:
      kobra_buffer_append_string (&results[0], self->text);
      break;
    case KOBRA_DERIVE_JOIN:
      join (self, texts, &results[0]);
      break;
    case KOBRA_DERIVE_NAMES_FIRST:
    case KOBRA_DERIVE_SURNAMES_FIRST:
      kobra_split_name (texts[0], self->kind == KOBRA_DERIVE_SURNAMES_FIRST, &results[0], &results[1], &results[2]);
      break;
    case KOBRA_N_DERIVES:
    default:
      g_return_if_reached ();
    }
}
