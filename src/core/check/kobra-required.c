/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-required.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-banned.h"

#define BITS 64u

static const struct
{
  const char     *name, *label;
  KobraKind       kind;
  KobraImportType type;
} lists[KOBRA_N_REQUIRED] = {
  [KOBRA_REQUIRED_NEW] = { "new", N_("New Accounts"), KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW },
  [KOBRA_REQUIRED_BALANCES] = { "balances", N_("Update of Balances"), KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_BALANCES },
  [KOBRA_REQUIRED_PERSONAL] = { "personal", N_("Update of Personal Data"), KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_PERSONAL },
  [KOBRA_REQUIRED_PROMISES] = { "promises", N_("Payment Promises"), KOBRA_KIND_PROMISES, KOBRA_IMPORT_NEW },
};

static void
set_bit (KobraRequired    *self,
         KobraRequiredList list,
         guint             field,
         gboolean          required)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << field % BITS;

  if (required)
    self->fields[list][field / BITS] |= bit;
  else
    self->fields[list][field / BITS] &= ~bit;
}

KobraRequiredList
kobra_required_choose (KobraKind       kind,
                       KobraImportType type)
{
  for (guint i = 0; i < KOBRA_N_REQUIRED; i++)
    if (lists[i].kind == kind && (kind == KOBRA_KIND_PROMISES || lists[i].type == type))
      return (KobraRequiredList) i;
  g_return_val_if_reached (KOBRA_REQUIRED_NEW);
}

const KobraSchema *
kobra_required_get_schema (KobraRequiredList list)
{
  return kobra_schema_get (lists[list].kind);
}

const char *
kobra_required_get_label (KobraRequiredList list)
{
  return lists[list].label;
}

static void
parse_list (KobraRequired    *self,
            KobraRequiredList list,
            const char       *names)
{
  const KobraSchema *schema = kobra_required_get_schema (list);
  g_auto (GStrv)     all = g_strsplit (names, ",", -1);

  self->decided[list] = TRUE;
  memset (self->fields[list], 0, sizeof self->fields[list]);
  set_bit (self, list, schema->key_field, TRUE);
  for (gsize i = 0; all[i] != NULL; i++)
    {
      int field = kobra_schema_find_field (schema, all[i]);

      if (field >= 0)
        set_bit (self, list, (guint) field, TRUE);
    }
}

void
kobra_required_parse (KobraRequired *self,
                      const char    *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  *self = (KobraRequired) { 0 };
  for (gsize i = 0; parts[i] != NULL; i++)
    for (guint list = 0; list < KOBRA_N_REQUIRED; list++)
      {
        gsize n = strlen (lists[list].name);

        if (strncmp (parts[i], lists[list].name, n) == 0 && parts[i][n] == '=')
          parse_list (self, (KobraRequiredList) list, parts[i] + n + 1);
      }
}

char *
kobra_required_dup_text (const KobraRequired *self)
{
  GString *text = g_string_new (NULL);

  for (guint list = 0; list < KOBRA_N_REQUIRED; list++)
    {
      const KobraSchema *schema = kobra_required_get_schema ((KobraRequiredList) list);
      const char        *comma = "";

      if (!self->decided[list])
        continue;
      g_string_append_printf (text, "%s%s=", text->len > 0 ? ";" : "", lists[list].name);
      for (guint i = 0; i < schema->n_fields; i++)
        if (kobra_required_has (self, (KobraRequiredList) list, i))
          {
            g_string_append_printf (text, "%s%s", comma, schema->fields[i].name);
            comma = ",";
          }
    }
  return g_string_free (text, FALSE);
}

gboolean
kobra_required_has (const KobraRequired *self,
                    KobraRequiredList    list,
                    guint                field)
{
  if (!self->decided[list])
    return kobra_field_is_needed (&kobra_required_get_schema (list)->fields[field], lists[list].type);
  return (self->fields[list][field / BITS] >> field % BITS & 1) != 0;
}

void
kobra_required_set (KobraRequired    *self,
                    KobraRequiredList list,
                    guint             field,
                    gboolean          required)
{
  const KobraSchema *schema = kobra_required_get_schema (list);

  g_return_if_fail (field < schema->n_fields);

  if (!self->decided[list])
    {
      for (guint i = 0; i < schema->n_fields; i++)
        set_bit (self, list, i, kobra_required_has (self, list, i));
      self->decided[list] = TRUE;
    }
  set_bit (self, list, field, required || field == schema->key_field);
}

void
kobra_required_apply (const KobraRequired *self,
                      KobraRules          *rules)
{
  KobraRequiredList list = kobra_required_choose (rules->schema->kind, rules->import_type);

  for (guint i = 0; i < rules->schema->n_fields; i++)
    kobra_rules_set_required (rules, i, kobra_required_has (self, list, i));
}
