/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-typed.h"

#include "kobra-check-cell.h"
#include "kobra-clean.h"
#include "kobra-import-private.h"

#include "kobra-banned.h"

/* Longer texts are no value that a fix is for. */
#define MAX_NORMAL 4096

static int
get_field (KobraImport *self,
           guint        column)
{
  return self->layout != NULL && column < self->layout->n_columns ? self->layout->fields[column] : -1;
}

char *
kobra_import_dup_normal (KobraImport *self,
                         guint        column,
                         const char  *text)
{
  static const KobraColumnHabit habit = { .day_first_known = TRUE, .day_first = TRUE };
  g_auto (KobraBuffer)          out = { 0 };
  int                           field = get_field (self, column);

  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  kobra_buffer_init (&out, MAX_NORMAL);
  if (field < 0 || !kobra_fix_is_safe (kobra_clean_cell (&self->layout->schema->fields[field], &habit, text, &out)))
    return NULL;
  return g_strndup (out.bytes, out.length);
}

char *
kobra_import_dup_typed_problem (KobraImport   *self,
                                guint          row,
                                guint          column,
                                const char    *text,
                                KobraSeverity *severity)
{
  int          field = get_field (self, column);
  KobraRecord  record;
  KobraProblem problem = { 0 };

  g_return_val_if_fail (KOBRA_IS_IMPORT (self) && row < kobra_table_get_n_rows (self->table), NULL);

  if (field < 0)
    return NULL;
  kobra_import_get_record (self, row, &record);
  record.texts[field] = text;
  problem.code = (guint8) kobra_check_cell (&self->rules, &record, (guint) field);
  problem.field = (guint8) field;
  if (problem.code == KOBRA_PROBLEM_NONE)
    return NULL;
  *severity = kobra_problem_get_severity ((KobraProblemCode) problem.code);
  return kobra_problem_dup_message (&problem, self->layout->schema, text);
}
