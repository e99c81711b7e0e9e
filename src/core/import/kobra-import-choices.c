/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-choices.h"

#include <string.h>

#include "kobra-import-save-private.h"
#include "kobra-layout-folder.h"

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

typedef struct
{
  char      *layout;
  KobraKind  kind;
  guint64    ignored;
  KobraFixes answers[KOBRA_MAX_FIELDS];
} Memory;

static void
memory_free (gpointer data)
{
  Memory *memory = data;

  g_free (memory->layout);
  g_free (memory);
}

static void
remember_in_thread (GTask        *task,
                    gpointer      source,
                    gpointer      data,
                    GCancellable *cancellable)
{
  const Memory               *memory = data;
  g_autoptr (GError)          error = NULL;
  g_autoptr (KobraLayoutFile) layout = kobra_layout_folder_read (memory->layout, &error);

  if (layout != NULL)
    kobra_layout_file_set_ignored (layout, memory->ignored);
  if (layout != NULL && kobra_layout_file_get_kind (layout) == memory->kind)
    kobra_layout_file_set_answers (layout, memory->answers);
  if (layout != NULL && kobra_layout_folder_save (layout, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
remembered_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  KobraImport       *self = KOBRA_IMPORT (source);
  gboolean           again = self->remember_again;
  g_autoptr (GError) error = NULL;

  self->is_remembering = self->remember_again = FALSE;
  /* The layout may have been deleted in the meantime; this import knows all the same. */
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("What was decided was not saved in the layout: %s", error->message);
  if (again)
    kobra_import_remember (self);
}

/* One write at a time: the last one counts. */
void
kobra_import_remember (KobraImport *self)
{
  g_autoptr (GTask) task = NULL;
  Memory           *memory;

  if (self->layout_name == NULL || self->layout == NULL)
    return;
  self->remember_again = self->is_remembering;
  if (self->is_remembering)
    return;
  self->is_remembering = TRUE;
  memory = g_new0 (Memory, 1);
  *memory = (Memory) { .layout = g_strdup (self->layout_name), .kind = self->layout->schema->kind, .ignored = self->ignored };
  memcpy (memory->answers, self->layout->answers, sizeof memory->answers);
  task = g_task_new (self, NULL, remembered_cb, NULL);
  g_task_set_source_tag (task, kobra_import_remember);
  g_task_set_task_data (task, memory, memory_free);
  g_task_run_in_thread (task, remember_in_thread);
}

void
kobra_import_ignore (KobraImport     *self,
                     KobraProblemCode code,
                     gboolean         ignored)
{
  guint64 before = self->ignored;

  G_STATIC_ASSERT (KOBRA_N_PROBLEMS <= 64);

  g_return_if_fail (KOBRA_IS_IMPORT (self) && (guint) code < KOBRA_N_PROBLEMS && kobra_problem_get_severity (code) == KOBRA_SEVERITY_WARNING);

  if (ignored)
    self->ignored |= G_GUINT64_CONSTANT (1) << code;
  else
    self->ignored &= ~(G_GUINT64_CONSTANT (1) << code);
  if (self->ignored == before)
    return;
  choices_changed (self);
  if (self->table != NULL)
    kobra_import_save_soon (self);
  kobra_import_remember (self);
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
