/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-suggestion.h"

#include <string.h>

#include "kobra-bank.h"
#include "kobra-check-across.h"
#include "kobra-clabe.h"
#include "kobra-decimal.h"
#include "kobra-schema-accounts.h"
#include "kobra-state.h"

#include "kobra-banned.h"

#define MILLION G_GINT64_CONSTANT (1000000)
#define MILLIONTHS_OF_A_CENTAVO 10000

typedef void (*Finder) (KobraSuggestion   *self,
                        const KobraRecord *record,
                        guint              field);

static void
offer (KobraSuggestion *self,
       guint       field,
       const char *text)
{
  self->fields[self->n] = field;
  self->texts[self->n++] = g_strdup (text);
}

static void
find_bank (KobraSuggestion   *self,
           const KobraRecord *record,
           guint              field)
{
  const char *clabe = record->texts[KOBRA_ACCOUNT_BANK_CLABE];
  const char *bank = *clabe != '\0' && kobra_clabe_check (clabe) == KOBRA_PROBLEM_NONE ? kobra_bank_of_clabe (clabe) : NULL;

  if (bank != NULL && *record->texts[field] == '\0')
    offer (self, field, bank);
}

static void
find_state (KobraSuggestion   *self,
            const KobraRecord *record,
            guint              field)
{
  int state = kobra_state_of_postal_code (record->texts[KOBRA_ACCOUNT_POSTAL_CODE]);

  if (state >= 0 && kobra_state_find (record->texts[field]) != state)
    offer (self, field, kobra_state_get_name (state));
}

static const guint pending_parts[] = { KOBRA_ACCOUNT_PENDING_CAPITAL, KOBRA_ACCOUNT_PENDING_ORDINARY_INTERESTS, KOBRA_ACCOUNT_PENDING_OVERDUE_INTEREST, KOBRA_ACCOUNT_IVA };
static const guint paid_parts[] = { KOBRA_ACCOUNT_PAID_CAPITAL, KOBRA_ACCOUNT_PAID_ORDINARY_INTEREST, KOBRA_ACCOUNT_PAID_OVERDUE_INTEREST };

static void
find_sum (KobraSuggestion   *self,
          const KobraRecord *record,
          guint              field,
          const guint       *parts,
          guint              n_parts)
{
  gint64 sum = 0, part, total;
  guint  n_given = 0;
  char   text[48];

  for (guint i = 0; i < n_parts; i++)
    {
      if (*record->texts[parts[i]] == '\0')
        continue;
      if (!kobra_decimal_to_millionths (record->texts[parts[i]], &part))
        return;
      sum += part;
      n_given++;
    }
  if (n_given < 2 || sum < 0 || sum % MILLIONTHS_OF_A_CENTAVO != 0)
    return;
  if (kobra_decimal_to_millionths (record->texts[field], &total) && total == sum)
    return;
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT, sum / MILLION, sum % MILLION / MILLIONTHS_OF_A_CENTAVO);
  offer (self, field, text);
}

static void
find_pending (KobraSuggestion   *self,
              const KobraRecord *record,
              guint              field)
{
  find_sum (self, record, field, pending_parts, G_N_ELEMENTS (pending_parts));
}

static void
find_paid (KobraSuggestion   *self,
           const KobraRecord *record,
           guint              field)
{
  find_sum (self, record, field, paid_parts, G_N_ELEMENTS (paid_parts));
}

static void
note_swapped (gpointer         data,
              KobraProblemCode code,
              guint            field)
{
  if (code == KOBRA_PROBLEM_COORDINATES_SWAPPED)
    *(gboolean *) data = TRUE;
}

static void
find_swapped (KobraSuggestion   *self,
              const KobraRecord *record,
              guint              field)
{
  gboolean swapped = FALSE;

  if (*record->texts[KOBRA_ACCOUNT_LAT] == '\0' || *record->texts[KOBRA_ACCOUNT_LNG] == '\0')
    return;
  kobra_check_across (record, note_swapped, &swapped);
  if (!swapped)
    return;
  offer (self, KOBRA_ACCOUNT_LAT, record->texts[KOBRA_ACCOUNT_LNG]);
  offer (self, KOBRA_ACCOUNT_LNG, record->texts[KOBRA_ACCOUNT_LAT]);
}

static const struct
{
  guint  field;
  Finder find;
} finders[] = {
  { KOBRA_ACCOUNT_BANK_NAME, find_bank },
  { KOBRA_ACCOUNT_STATE, find_state },
  { KOBRA_ACCOUNT_TOTAL_PENDING, find_pending },
  { KOBRA_ACCOUNT_TOTAL_PAID, find_paid },
  { KOBRA_ACCOUNT_LAT, find_swapped },
};

void
kobra_suggestion_find (KobraSuggestion   *self,
                  const KobraRecord *record,
                  guint              field)
{
  *self = (KobraSuggestion) { 0 };
  if (record->schema->kind != KOBRA_KIND_ACCOUNTS)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (finders); i++)
    if (finders[i].field == field)
      finders[i].find (self, record, field);
}

void
kobra_suggestion_clear (KobraSuggestion *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->texts[i]);
  self->n = 0;
}
