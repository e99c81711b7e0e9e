/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-choices.h"

#include <string.h>

#include "kobra-import-private.h"

#include "kobra-banned.h"

gboolean
kobra_import_apply_choices (KobraImport *self)
{
  KobraRules before = self->rules;

  if (self->rules.schema == NULL)
    return FALSE;
  kobra_required_apply (&self->required, &self->rules);
  self->rules.ignored = self->ignored;
  return before.ignored != self->rules.ignored || memcmp (before.required, self->rules.required, sizeof before.required) != 0;
}

static void
choices_changed (KobraImport *self)
{
  if (kobra_import_apply_choices (self) && self->table != NULL)
    kobra_import_recheck (self);
}

void
kobra_import_set_required (KobraImport         *self,
                           const KobraRequired *required)
{
  g_return_if_fail (KOBRA_IS_IMPORT (self));

  self->required = required != NULL ? *required : (KobraRequired) { 0 };
  choices_changed (self);
}

void
kobra_import_copy_choices (KobraImport *self,
                           KobraImport *from)
{
  g_return_if_fail (KOBRA_IS_IMPORT (self) && KOBRA_IS_IMPORT (from));

  self->required = from->required;
  self->ignored = from->ignored;
  choices_changed (self);
}

void
kobra_import_ignore (KobraImport     *self,
                     KobraProblemCode code,
                     gboolean         ignored)
{
  G_STATIC_ASSERT (KOBRA_N_PROBLEMS <= 64);

  g_return_if_fail (KOBRA_IS_IMPORT (self) && (guint) code < KOBRA_N_PROBLEMS && kobra_problem_get_severity (code) == KOBRA_SEVERITY_WARNING);

  if (ignored)
    self->ignored |= G_GUINT64_CONSTANT (1) << code;
  else
    self->ignored &= ~(G_GUINT64_CONSTANT (1) << code);
  choices_changed (self);
}

gboolean
kobra_import_ignores (KobraImport     *self,
                      KobraProblemCode code)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), FALSE);

  return (self->ignored >> code & 1) != 0;
}

guint
kobra_import_count_problems (KobraImport     *self,
                             KobraProblemCode code,
                             guint            field)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), 0);

  return self->table != NULL ? kobra_problems_get_field_count (self->problems, code, field) : 0;
}
