/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-field.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-schema-accounts.h"
#include "kobra-schema-promises.h"

#include "kobra-banned.h"

static const KobraSchema schemas[KOBRA_N_KINDS] = {
  [KOBRA_KIND_ACCOUNTS] = { KOBRA_KIND_ACCOUNTS, "accounts", kobra_account_fields, KOBRA_N_ACCOUNT_FIELDS, KOBRA_ACCOUNT_EXTERNAL_ID },
  [KOBRA_KIND_PROMISES] = { KOBRA_KIND_PROMISES, "promises", kobra_promise_fields, KOBRA_N_PROMISE_FIELDS, KOBRA_PROMISE_VISIT_ID },
};

/* What an import of each type is about; whatever else is in its records, the account is found by its key. */
#define USED_ALWAYS (KOBRA_NEEDED_ALWAYS)
#define USED_FOR_PEOPLE (KOBRA_NEEDED_NEW | KOBRA_NEEDED_PERSONAL)
#define USED_FOR_MONEY (KOBRA_NEEDED_NEW | KOBRA_NEEDED_BALANCES)

static const struct
{
  const char *name, *label;
  guint       used; /* KobraNeeded: by which types of import */
} groups[KOBRA_N_GROUPS] = {
  [KOBRA_GROUP_ACCOUNT] = { "account", N_("Account"), USED_ALWAYS },
  [KOBRA_GROUP_PERSON] = { "person", N_("Person"), USED_FOR_PEOPLE },
  [KOBRA_GROUP_CONTACT] = { "contact", N_("Contact"), USED_FOR_PEOPLE },
  [KOBRA_GROUP_ADDRESS] = { "address", N_("Address"), USED_FOR_PEOPLE },
  [KOBRA_GROUP_BALANCE] = { "balance", N_("Balance"), USED_FOR_MONEY },
  [KOBRA_GROUP_PAYMENTS] = { "payments", N_("Payments"), USED_FOR_MONEY },
  [KOBRA_GROUP_BANK_ACCOUNT] = { "bank-account", N_("Bank Account"), USED_ALWAYS },
  [KOBRA_GROUP_CREDIT_BUREAU] = { "credit-bureau", N_("Credit Bureau"), USED_FOR_MONEY },
  [KOBRA_GROUP_PROMISE] = { "promise", N_("Payment Promise"), USED_ALWAYS },
};

static const struct
{
  KobraImportType type;
  const char     *name, *label;
} import_types[] = {
  { KOBRA_IMPORT_NEW, "new", N_("New Accounts") },
  { KOBRA_IMPORT_BALANCES, "balances", N_("Update of Balances") },
  { KOBRA_IMPORT_PERSONAL, "personal", N_("Update of Personal Data") },
};

const KobraSchema *
kobra_schema_get (KobraKind kind)
{
  g_return_val_if_fail ((guint) kind < KOBRA_N_KINDS, NULL);

  return &schemas[kind];
}

const KobraSchema *
kobra_schema_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemas); i++)
    if (strcmp (schemas[i].name, name) == 0)
      return &schemas[i];
  return NULL;
}

int
kobra_schema_find_field (const KobraSchema *self,
                         const char        *name)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (strcmp (self->fields[i].name, name) == 0)
      return (int) i;
  return -1;
}

gboolean
kobra_field_is_needed (const KobraField *self,
                       KobraImportType   type)
{
  return (self->needed & (1u << type)) != 0;
}

const KobraChoice *
kobra_field_find_choice (const KobraField *self,
                         const char       *code)
{
  for (const KobraChoice *choice = self->choices; choice != NULL && choice->code != NULL; choice++)
    if (*choice->code == *code && strcmp (choice->code, code) == 0)
      return choice;
  return NULL;
}

const char *
kobra_group_get_label (KobraGroup group)
{
  g_return_val_if_fail ((guint) group < KOBRA_N_GROUPS, NULL);

  return groups[group].label;
}

const char *
kobra_group_get_name (KobraGroup group)
{
  g_return_val_if_fail ((guint) group < KOBRA_N_GROUPS, NULL);

  return groups[group].name;
}

gboolean
kobra_field_is_used (const KobraField *self,
                     KobraImportType   type)
{
  return (groups[self->group].used & (1u << type)) != 0;
}

const char *
kobra_import_type_get_name (KobraImportType type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (import_types); i++)
    if (import_types[i].type == type)
      return import_types[i].name;
  g_return_val_if_reached (NULL);
}

const char *
kobra_import_type_get_label (KobraImportType type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (import_types); i++)
    if (import_types[i].type == type)
      return import_types[i].label;
  g_return_val_if_reached (NULL);
}

gboolean
kobra_import_type_find (const char      *name,
                        KobraImportType *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (import_types); i++)
    if (strcmp (import_types[i].name, name) == 0)
      {
        *type = import_types[i].type;
        return TRUE;
      }
  return FALSE;
}
