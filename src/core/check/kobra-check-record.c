/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-check-record.h"

#include "kobra-check-across.h"
#include "kobra-check-cell.h"

#include "kobra-banned.h"

#define BITS 64u

typedef struct
{
  KobraProblem *problems;
  guint         max;
  guint         n;
  guint64       wrong[2]; /* the cells that have an error */
  guint64       ignored;
} Findings;

static void
find (gpointer         data,
      KobraProblemCode code,
      guint            field)
{
  Findings *self = data;
  guint64   bit = G_GUINT64_CONSTANT (1) << field % BITS;

  if (self->wrong[field / BITS] & bit || (self->ignored >> code & 1) != 0)
    return;
  if (kobra_problem_get_severity (code) == KOBRA_SEVERITY_ERROR)
    self->wrong[field / BITS] |= bit;
  if (self->n < self->max)
    self->problems[self->n] = (KobraProblem) { .code = (guint8) code, .field = (guint8) field };
  self->n++;
}

void
kobra_rules_init (KobraRules     *self,
                  KobraKind       kind,
                  KobraImportType import_type,
                  const GDate    *today)
{
  G_STATIC_ASSERT (KOBRA_MAX_FIELDS <= 2 * BITS);

  g_return_if_fail (g_date_valid (today));

  *self = (KobraRules) { .schema = kobra_schema_get (kind), .import_type = import_type };
  self->today = (KobraDay) { g_date_get_year (today), (guint8) g_date_get_month (today), g_date_get_day (today) };
  for (guint i = 0; i < self->schema->n_fields; i++)
    kobra_rules_set_required (self, i, kobra_field_is_needed (&self->schema->fields[i], import_type));
}

void
kobra_rules_set_required (KobraRules *self,
                          guint       field,
                          gboolean    required)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << field % BITS;

  g_return_if_fail (field < self->schema->n_fields);

  if (required)
    self->required[field / BITS] |= bit;
  else
    self->required[field / BITS] &= ~bit;
}

guint
kobra_check_record (const KobraRules  *rules,
                    const KobraRecord *record,
                    KobraProblem      *problems,
                    guint              max)
{
  Findings findings = { .problems = problems, .max = max, .ignored = rules->ignored };

  kobra_check_cells (rules, record, find, &findings);
  if (rules->schema->kind == KOBRA_KIND_ACCOUNTS)
    kobra_check_across (record, find, &findings);
  return findings.n;
}
