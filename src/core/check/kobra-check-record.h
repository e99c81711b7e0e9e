/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-day.h"
#include "kobra-problem.h"

G_BEGIN_DECLS

/* What a record is checked against. A value: copy it as you like. */
typedef struct
{
  const KobraSchema *schema;
  KobraImportType    import_type;
  guint64            required[2]; /* a bit for each field */
  guint64            ignored;     /* a bit for each kind of warning that nobody wants to hear of */
  KobraDay           today;
} KobraRules;

/* Requires what the schema needs by default. @today is the day that birthdates are measured by. */
void     kobra_rules_init         (KobraRules     *self,
                                   KobraKind       kind,
                                   KobraImportType import_type,
                                   const GDate    *today);
void     kobra_rules_set_required (KobraRules *self,
                                   guint       field,
                                   gboolean    required);

static inline gboolean
kobra_rules_is_required (const KobraRules *self,
                         guint             field)
{
  return (self->required[field / 64] >> field % 64 & 1) != 0;
}

/* Takes a problem of @field. */
typedef void (*KobraProblemSink)  (gpointer          data,
                                   KobraProblemCode  code,
                                   guint             field);

/* A record never has more problems than this. */
#define KOBRA_MAX_RECORD_PROBLEMS (KOBRA_MAX_FIELDS + 16)

/*
 * Finds the problems of one record: those of its cells in the order of the fields, then those between fields. A cell with an error has
 * no warnings. Writes the first @max of them to @problems and returns how many there are. The texts must be valid UTF-8.
 */
guint    kobra_check_record       (const KobraRules  *rules,
                                   const KobraRecord *record,
                                   KobraProblem      *problems,
                                   guint              max);

G_END_DECLS
