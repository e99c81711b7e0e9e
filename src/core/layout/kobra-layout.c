/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-match-content.h"
#include "kobra-match-person.h"
#include "kobra-schema-accounts.h"
#include "kobra-schema-promises.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* So many rows make a sample. */
#define MAX_SAMPLE 300u

/* What the cells look like is asked of no more columns, and so is the kind of the records. */
#define MAX_LOOKED_COLUMNS 1000u

/* Near spellings are looked for in no more columns: a hostile file's are many and long. */
#define MAX_NEAR_COLUMNS 300u

/* A fit of less than this, in percent, is no reason for trust. */
#define GOOD_FIT 80u

/* A table of visits names the account and its customer, too: so many of their fields beside the visit and what became of the promise. */
#define MAX_VISIT_FIELDS 8u

/* What the header says of a column. */
typedef struct
{
  int        field; /* or -1 */
  KobraMatch match;
  guint      rank;
} Name;

static gboolean
is_better (KobraMatch match,
           guint      rank,
           KobraMatch than_match,
           guint      than_rank)
{
  return match != than_match ? match > than_match : rank < than_rank;
}

static void
value_free (gpointer data)
{
  KobraValue *value = data;

  g_free (value->text);
  g_free (value->code);
  g_free (value);
}

static gpointer
copy_value (gconstpointer data,
            gpointer      user_data)
{
  const KobraValue *value = data;
  KobraValue       *copy = g_new0 (KobraValue, 1);

  *copy = (KobraValue) { value->field, g_strdup (value->text), g_strdup (value->code) };
  return copy;
}

static gpointer
copy_derivation (gconstpointer data,
                 gpointer      user_data)
{
  return kobra_derivation_copy (data);
}

static KobraLayout *
layout_new (KobraKind kind,
            guint     n_columns)
{
  KobraLayout *self = g_new0 (KobraLayout, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->schema = kobra_schema_get (kind);
  self->derivations = g_ptr_array_new_with_free_func ((GDestroyNotify) kobra_derivation_free);
  self->values = g_ptr_array_new_with_free_func (value_free);
  self->n_columns = n_columns;
  self->fields = g_new (gint16, MAX (n_columns, 1));
  self->matches = g_new0 (guint8, MAX (n_columns, 1));
  self->trusts = g_new0 (guint8, MAX (n_columns, 1));
  for (guint i = 0; i < n_columns; i++)
    self->fields[i] = -1;
  return self;
}

static KobraTrust
get_trust (KobraMatch match)
{
  switch (match)
    {
    case KOBRA_MATCH_NONE:
      return KOBRA_TRUST_NONE;
    case KOBRA_MATCH_CONTENT:
      return KOBRA_TRUST_GUESS;
    case KOBRA_MATCH_NEAR:
    case KOBRA_MATCH_LOOSE:
      return KOBRA_TRUST_LIKELY;
    case KOBRA_MATCH_SYNONYM:
    case KOBRA_MATCH_NAME:
    case KOBRA_MATCH_CHOSEN:
    default:
      return KOBRA_TRUST_SURE;
    }
}

static void
give (KobraLayout *self,
      guint        column,
      int          field,
      KobraMatch   match)
{
  kobra_layout_set_field (self, column, field);
  self->matches[column] = (guint8) match;
  self->trusts[column] = (guint8) get_trust (match);
}

/* Of two columns for one field the better match gets it, of two as good the first. */
static void
give_by_names (KobraLayout *self,
               const Name  *names)
{
  guint ranks[KOBRA_MAX_FIELDS] = { 0 };

  for (guint i = 0; i < self->n_columns; i++)
    {
      int field = names[i].field;
      int rival = field >= 0 ? kobra_layout_find_column (self, (guint) field) : -1;

      if (field < 0 || (rival >= 0 && !is_better (names[i].match, names[i].rank, (KobraMatch) self->matches[rival], ranks[field])))
        continue;
      give (self, i, field, names[i].match);
      ranks[field] = names[i].rank;
    }
}

static Name *
find_names (const KobraSchema *schema,
            const char *const *headers,
            guint              n_headers,
            gboolean           near)
{
  Name *names = g_new0 (Name, MAX (n_headers, 1));

  for (guint i = 0; i < n_headers; i++)
    {
      names[i].field = kobra_match_header (schema, headers[i], &names[i].match, &names[i].rank);
      if (names[i].field >= 0 || !near || i >= MAX_NEAR_COLUMNS)
        continue;
      names[i].field = kobra_match_near_header (schema, headers[i]);
      names[i].match = names[i].field >= 0 ? KOBRA_MATCH_NEAR : KOBRA_MATCH_NONE;
    }
  return names;
}

static KobraColumnContent *
take_sample (const KobraSchema *schema,
             const KobraFrozen *table,
             const Name        *names,
             guint              n_columns)
{
  KobraColumnContent     *contents = g_new0 (KobraColumnContent, MAX (n_columns, 1));
  const char             *texts[MAX_LOOKED_COLUMNS];
  guint                   rows[MAX_SAMPLE], n_looked = MIN (n_columns, MAX_LOOKED_COLUMNS);
  guint                   n = kobra_content_choose_rows (table->n_rows, n_looked, rows, MAX_SAMPLE);

  for (guint i = 0; i < n; i++)
    {
      kobra_row_get_texts (kobra_frozen_peek (table, rows[i]), texts, n_looked);
      for (guint j = 0; j < n_looked; j++)
        kobra_content_learn (&contents[j], names[j].field >= 0 ? &schema->fields[names[j].field] : NULL, texts[j]);
    }
  return contents;
}

/* A column of CLABEs is the CLABE though its header says "Cuenta", unless another one's header says so. The key of the records is what people
 * want it to be: an RFC, too. */
static gboolean
may_take_over (const Name *name,
               int         field)
{
  if (name->field < 0)
    return TRUE;
  return name->match < KOBRA_MATCH_NAME && (name->field != KOBRA_ACCOUNT_EXTERNAL_ID || field == KOBRA_ACCOUNT_BANK_CLABE);
}

static gboolean
is_named (const Name *names,
          guint       n_names,
          guint       but,
          int         field)
{
  for (guint i = 0; i < n_names; i++)
    if (i != but && names[i].field == field)
      return TRUE;
  return FALSE;
}

/* “Cliente”, “Socio”: in one file their names, in another their IDs. A column that says so in words has the field. */
static void
name_people (Name              *names,
             const char *const *headers,
             guint              n_headers,
             const KobraFrozen *table)
{
  for (guint i = 0; i < MIN (n_headers, MAX_LOOKED_COLUMNS); i++)
    {
      int field;

      if (!kobra_match_is_person (headers[i]))
        continue;
      field = kobra_match_has_names (table, i) ? KOBRA_ACCOUNT_NAME : kobra_match_has_ids (table, i) ? KOBRA_ACCOUNT_EXTERNAL_ID : -1;
      if (field >= 0 && field != names[i].field)
        names[i] = (Name) { is_named (names, n_headers, i, field) ? -1 : field, KOBRA_MATCH_LOOSE, 0 };
    }
}

/* Where two columns look the same, a second telephone among them, the first is the field. */
static void
give_by_content (KobraLayout              *self,
                 const char *const        *headers,
                 Name                     *names,
                 const KobraColumnContent *contents)
{
  for (guint i = 0; i < MIN (self->n_columns, MAX_LOOKED_COLUMNS); i++)
    {
      guint confidence;
      int   field = kobra_match_is_of_another (headers[i]) ? -1 : kobra_content_find_field (&contents[i], !kobra_match_is_nameless (headers[i]), &confidence);

      if (field < 0 || field == names[i].field || !may_take_over (&names[i], field) || is_named (names, self->n_columns, i, field))
        continue;
      if (kobra_layout_find_column (self, (guint) field) >= 0)
        field = field == KOBRA_ACCOUNT_CELLPHONE_NUMBER && kobra_layout_find_column (self, KOBRA_ACCOUNT_PHONE_NUMBER) < 0 ? KOBRA_ACCOUNT_PHONE_NUMBER : -1;
      if (field < 0)
        continue;
      names[i].field = -1;
      give (self, i, field, KOBRA_MATCH_CONTENT);
      self->trusts[i] = (guint8) (confidence >= GOOD_FIT ? KOBRA_TRUST_LIKELY : KOBRA_TRUST_GUESS);
    }
}

const char *
kobra_trust_get_label (KobraTrust trust)
{
  static const char *const labels[KOBRA_N_TRUSTS] = {
    /* TRANSLATORS: how far it may be trusted that a column was understood right */
    [KOBRA_TRUST_NONE] = N_("Not used"),
    [KOBRA_TRUST_GUESS] = N_("A guess"),
    [KOBRA_TRUST_LIKELY] = N_("Likely"),
    [KOBRA_TRUST_SURE] = N_("Sure"),
  };

  g_return_val_if_fail ((guint) trust < KOBRA_N_TRUSTS, NULL);

  return _ (labels[trust]);
}

KobraLayout *
kobra_layout_new_by_header (KobraKind          kind,
                            const char *const *headers,
                            guint              n_headers)
{
  KobraLayout     *self = layout_new (kind, n_headers);
  g_autofree Name *names = find_names (self->schema, headers, n_headers, FALSE);

  give_by_names (self, names);
  return self;
}

KobraLayout *
kobra_layout_new_by_content (KobraKind          kind,
                             const char *const *headers,
                             guint              n_headers,
                             const KobraFrozen *table)
{
  KobraLayout                   *self = layout_new (kind, n_headers);
  g_autofree Name               *names = find_names (self->schema, headers, n_headers, TRUE);
  g_autofree KobraColumnContent *contents = NULL;

  if (kind == KOBRA_KIND_ACCOUNTS)
    name_people (names, headers, n_headers, table);
  contents = take_sample (self->schema, table, names, n_headers);
  for (guint i = 0; i < n_headers; i++)
    if (names[i].field >= 0 && names[i].match < KOBRA_MATCH_NAME && kobra_content_vetoes (&contents[i], &self->schema->fields[names[i].field]))
      names[i].field = -1;
  if (kind == KOBRA_KIND_ACCOUNTS)
    give_by_content (self, headers, names, contents);
  give_by_names (self, names);
  for (guint i = 0; i < n_headers; i++)
    if (self->trusts[i] > KOBRA_TRUST_GUESS && names[i].field >= 0 && contents[i].n > 0 && contents[i].fits * 100 / contents[i].n < GOOD_FIT)
      self->trusts[i]--;
  return self;
}

KobraLayout *
kobra_layout_copy (const KobraLayout *self)
{
  KobraLayout *copy = g_new0 (KobraLayout, 1);

  g_atomic_ref_count_init (&copy->ref_count);
  copy->schema = self->schema;
  copy->n_columns = self->n_columns;
  memcpy (copy->answers, self->answers, sizeof copy->answers);
  copy->fields = g_memdup2 (self->fields, MAX (self->n_columns, 1) * sizeof *self->fields);
  copy->derivations = g_ptr_array_copy (self->derivations, (GCopyFunc) copy_derivation, NULL);
  g_ptr_array_set_free_func (copy->derivations, (GDestroyNotify) kobra_derivation_free);
  copy->values = g_ptr_array_copy (self->values, (GCopyFunc) copy_value, NULL);
  g_ptr_array_set_free_func (copy->values, value_free);
  copy->trusts = g_memdup2 (self->trusts, MAX (self->n_columns, 1) * sizeof *self->trusts);
  copy->matches = g_memdup2 (self->matches, MAX (self->n_columns, 1) * sizeof *self->matches);
  return copy;
}

KobraLayout *
kobra_layout_ref (KobraLayout *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kobra_layout_unref (KobraLayout *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->fields);
  g_free (self->matches);
  g_free (self->trusts);
  g_ptr_array_unref (self->derivations);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/* Whether the headers name the visit and what became of its promise, by words that mean nothing of an account: “Estado” may be the state. */
static gboolean
name_promises (const char *const *headers,
               guint              n_headers)
{
  gboolean seen[KOBRA_N_PROMISE_FIELDS] = { FALSE };

  for (guint i = 0; i < n_headers; i++)
    {
      KobraMatch match;
      guint      rank;
      int        field = kobra_match_header (kobra_schema_get (KOBRA_KIND_PROMISES), headers[i], &match, &rank);

      if (field >= 0 && kobra_match_header (kobra_schema_get (KOBRA_KIND_ACCOUNTS), headers[i], &match, &rank) < 0)
        seen[field] = TRUE;
    }
  return seen[KOBRA_PROMISE_VISIT_ID] && seen[KOBRA_PROMISE_STATUS];
}

KobraKind
kobra_layout_guess_kind (const char *const *headers,
                         guint              n_headers)
{
  guint n_looked = MIN (n_headers, MAX_LOOKED_COLUMNS);
  guint n_accounts = kobra_match_count (kobra_schema_get (KOBRA_KIND_ACCOUNTS), headers, n_looked);
  guint n_promises = kobra_match_count (kobra_schema_get (KOBRA_KIND_PROMISES), headers, n_looked);

  if (n_accounts <= MAX_VISIT_FIELDS && name_promises (headers, n_looked))
    return KOBRA_KIND_PROMISES;
  return n_promises > n_accounts ? KOBRA_KIND_PROMISES : KOBRA_KIND_ACCOUNTS;
}

void
kobra_layout_set_field (KobraLayout *self,
                        guint        column,
                        int          field)
{
  int rival;

  g_return_if_fail (column < self->n_columns && field >= -1 && field < (int) self->schema->n_fields);

  rival = field >= 0 ? kobra_layout_find_column (self, (guint) field) : -1;
  /* What was said of another column is not said of this one. */
  if (self->fields[column] >= 0 && self->fields[column] != field)
    self->answers[self->fields[column]] = 0;
  if (field >= 0 && rival != (int) column)
    self->answers[field] = 0;
  if (rival >= 0)
    {
      self->fields[rival] = -1;
      self->matches[rival] = KOBRA_MATCH_NONE;
      self->trusts[rival] = KOBRA_TRUST_NONE;
    }
  self->fields[column] = (gint16) field;
  self->matches[column] = field >= 0 ? KOBRA_MATCH_CHOSEN : KOBRA_MATCH_NONE;
  self->trusts[column] = field >= 0 ? KOBRA_TRUST_SURE : KOBRA_TRUST_NONE;
}

static guint
find_value_at (const KobraLayout *self,
               guint              field,
               const char        *folded)
{
  guint i = 0;

  for (; i < self->values->len; i++)
    {
      const KobraValue *value = g_ptr_array_index (self->values, i);

      if (value->field == field && strcmp (value->text, folded) == 0)
        break;
    }
  return i;
}

void
kobra_layout_set_value (KobraLayout *self,
                        guint        field,
                        const char  *text,
                        const char  *code)
{
  g_autofree char *folded = kobra_text_fold (text);
  guint            at = find_value_at (self, field, folded);
  KobraValue      *value;

  if (at < self->values->len)
    g_ptr_array_remove_index (self->values, at);
  if (code == NULL)
    return;
  value = g_new0 (KobraValue, 1);
  *value = (KobraValue) { field, g_steal_pointer (&folded), g_strdup (code) };
  g_ptr_array_add (self->values, value);
}

const char *
kobra_layout_find_value (const KobraLayout *self,
                         guint              field,
                         const char        *text)
{
  g_autofree char *folded = NULL;
  guint            at;

  if (self->values->len == 0)
    return NULL;
  folded = kobra_text_fold (text);
  at = find_value_at (self, field, folded);
  return at < self->values->len ? ((const KobraValue *) g_ptr_array_index (self->values, at))->code : NULL;
}

void
kobra_layout_answer (KobraLayout *self,
                     guint        field,
                     KobraFixes   fixes)
{
  g_return_if_fail (field < self->schema->n_fields);

  for (guint fix = 0; fix < KOBRA_N_FIXES; fix++)
    if ((fixes & KOBRA_ANSWERS & KOBRA_FIX_BIT (fix)) != 0)
      self->answers[field] = (self->answers[field] & ~kobra_fix_get_rivals ((KobraFix) fix)) | KOBRA_FIX_BIT (fix);
}

void
kobra_layout_derive (KobraLayout     *self,
                     KobraDerivation *derivation)
{
  guint fields[KOBRA_DERIVE_MAX_RESULTS];
  guint n = kobra_derivation_get_fields (derivation, fields);

  derivation->target = self->n_columns;
  for (guint i = 0; i < n; i++)
    {
      kobra_layout_add_column (self);
      kobra_layout_set_field (self, derivation->target + i, (int) fields[i]);
    }
  g_ptr_array_add (self->derivations, derivation);
}

gboolean
kobra_layout_is_derived (const KobraLayout *self,
                         guint              column)
{
  for (guint i = 0; i < self->derivations->len; i++)
    {
      const KobraDerivation *derivation = g_ptr_array_index (self->derivations, i);
      guint                  fields[KOBRA_DERIVE_MAX_RESULTS];

      if (column >= derivation->target && column - derivation->target < kobra_derivation_get_fields (derivation, fields))
        return TRUE;
    }
  return FALSE;
}

void
kobra_layout_add_column (KobraLayout *self)
{
  self->fields = g_renew (gint16, self->fields, self->n_columns + 1);
  self->matches = g_renew (guint8, self->matches, self->n_columns + 1);
  self->trusts = g_renew (guint8, self->trusts, self->n_columns + 1);
  self->trusts[self->n_columns] = KOBRA_TRUST_NONE;
  self->fields[self->n_columns] = -1;
  self->matches[self->n_columns] = KOBRA_MATCH_NONE;
  self->n_columns++;
}

void
kobra_layout_drop_column (KobraLayout *self)
{
  g_return_if_fail (self->n_columns > 0);

  self->n_columns--;
}

int
kobra_layout_find_column (const KobraLayout *self,
                          guint              field)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->fields[i] == (gint16) field)
      return (int) i;
  return -1;
}

int
kobra_layout_find_whole_names (const KobraLayout *self,
                               const KobraFrozen *table)
{
  int column;

  if (self->schema->kind != KOBRA_KIND_ACCOUNTS || kobra_layout_find_column (self, KOBRA_ACCOUNT_FIRST_SURNAME) >= 0)
    return -1;
  column = kobra_layout_find_column (self, KOBRA_ACCOUNT_NAME);
  return column >= 0 && kobra_match_has_names (table, (guint) column) ? column : -1;
}

guint
kobra_layout_count_matched (const KobraLayout *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_columns; i++)
    n += self->fields[i] >= 0;
  return n;
}
