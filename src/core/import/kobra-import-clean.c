/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-clean.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-import-private.h"
#include "kobra-transform.h"

#include "kobra-banned.h"

#define MAX_CELL_BYTES ((gsize) 1 << 21)
#define ROWS_BETWEEN_LOOKS 256u

typedef struct
{
  KobraTransform *transform;
  char           *name;   /* of the step */
  GPtrArray      *offers; /* KobraOffer, once found */
} Job;

static void
offer_free (gpointer data)
{
  KobraOffer *offer = data;

  for (guint i = 0; i < offer->n_samples; i++)
    {
      g_free (offer->before[i]);
      g_free (offer->after[i]);
    }
  g_free (offer);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->transform, kobra_transform_free);
  g_clear_pointer (&job->offers, g_ptr_array_unref);
  g_free (job->name);
  g_free (job);
}

static Job *
job_new (KobraImport *self)
{
  g_autoptr (KobraFrozen) frozen = kobra_table_freeze (self->table);
  Job *job = g_new0 (Job, 1);

  job->transform = kobra_transform_new (frozen, self->layout);
  return job;
}

static void
note_offer (KobraOffer       **found,
            guint              field,
            KobraFix           fix,
            const char        *before,
            const KobraBuffer *after)
{
  KobraOffer *offer = found[fix];

  if (offer == NULL)
    {
      offer = found[fix] = g_new0 (KobraOffer, 1);
      offer->field = field;
      offer->fix = fix;
    }
  offer->n_cells++;
  for (guint i = 0; i < offer->n_samples; i++)
    if (strcmp (offer->before[i], before) == 0)
      return;
  if (offer->n_samples == KOBRA_OFFER_SAMPLES)
    return;
  offer->before[offer->n_samples] = g_strdup (before);
  offer->after[offer->n_samples++] = g_strndup (after->length > 0 ? after->bytes : "", after->length);
}

static void
find_in_cell (const KobraTransform *transform,
              guint                 at,
              const char           *text,
              KobraBuffer          *out,
              KobraOffer          **found)
{
  const KobraField *field = &transform->layout->schema->fields[at];
  KobraFixes        fixes = kobra_clean_get_fixes (field);

  /* Most cells are plain texts or values that no fix is for. */
  if (kobra_clean_is_plain (text))
    {
      if (field->type != KOBRA_TYPE_TEXT && field->choices == NULL && kobra_clean_is_valid (field, text))
        return;
      fixes &= ~(KOBRA_FIX_BIT (KOBRA_FIX_MOJIBAKE) | KOBRA_FIX_BIT (KOBRA_FIX_CONTROL) | KOBRA_FIX_BIT (KOBRA_FIX_QUOTES) | KOBRA_FIX_BIT (KOBRA_FIX_SPACES) | KOBRA_FIX_BIT (KOBRA_FIX_TRIM));
    }
  for (guint fix = KOBRA_FIX_NONE + 1; fix < KOBRA_N_FIXES; fix++)
    if ((fixes & KOBRA_FIX_BIT (fix)) != 0 && kobra_clean_fix ((KobraFix) fix, field, &transform->habits[at], text, out))
      note_offer (found, at, (KobraFix) fix, text, out);
}

static gboolean
find_offers (Job          *job,
             GCancellable *cancellable,
             GError      **error)
{
  KobraTransform    *transform = job->transform;
  const KobraLayout *layout = transform->layout;
  g_autofree KobraOffer **found = g_new0 (KobraOffer *, (gsize) KOBRA_MAX_FIELDS * KOBRA_N_FIXES);
  g_auto (KobraBuffer) out = { 0 };
  gboolean done = TRUE;

  kobra_buffer_init (&out, MAX_CELL_BYTES);
  for (guint row = 0; row < transform->table->n_rows && done; row++)
    {
      KobraRecord record;

      done = row % ROWS_BETWEEN_LOOKS != 0 || !g_cancellable_set_error_if_cancelled (cancellable, error);
      kobra_row_get_record (kobra_frozen_peek (transform->table, row), layout->schema, layout->fields, layout->n_columns, &record);
      for (guint field = 0; field < layout->schema->n_fields && done; field++)
        if (*record.texts[field] != '\0')
          find_in_cell (transform, field, record.texts[field], &out, found + (gsize) field * KOBRA_N_FIXES);
    }
  job->offers = g_ptr_array_new_with_free_func (offer_free);
  for (gsize i = 0; i < (gsize) KOBRA_MAX_FIELDS * KOBRA_N_FIXES; i++)
    if (found[i] != NULL)
      g_ptr_array_add (job->offers, found[i]);
  return done;
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job               *job = data;
  g_autoptr (GError) error = NULL;

  if (kobra_transform_learn (job->transform, kobra_clean_get_this_year (), cancellable, &error) && find_offers (job, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
clean_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Job               *job = data;
  g_autoptr (GError) error = NULL;

  if (kobra_transform_learn (job->transform, kobra_clean_get_this_year (), cancellable, &error) && kobra_transform_run (job->transform, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
kobra_import_find_offers_async (KobraImport        *self,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL);

  g_task_set_source_tag (task, kobra_import_find_offers_async);
  g_task_set_task_data (task, job_new (self), job_free);
  g_task_run_in_thread (task, find_in_thread);
}

GPtrArray *
kobra_import_find_offers_finish (KobraImport  *self,
                                 GAsyncResult *result,
                                 GError      **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_import_find_offers_async), NULL);

  job = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&job->offers) : NULL;
}

void
kobra_import_clean_async (KobraImport        *self,
                          const char         *name,
                          const KobraFixes   *fixes,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job;

  g_return_if_fail (KOBRA_IS_IMPORT (self) && self->state == KOBRA_IMPORT_READY);

  job = job_new (self);
  job->name = g_strdup (name);
  memcpy (job->transform->fixes, fixes, sizeof job->transform->fixes);
  g_task_set_source_tag (task, kobra_import_clean_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, clean_in_thread);
}

gboolean
kobra_import_apply_transform (KobraImport      *self,
                              KobraTransform   *transform,
                              const KobraFixes *answers,
                              const char       *name,
                              GError          **error)
{
  gboolean done;

  if (self->state != KOBRA_IMPORT_READY)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, _ ("Records are being sent, so nothing was changed. Try again afterwards."));
      return FALSE;
    }
  kobra_table_begin_step (self->table, name);
  done = kobra_transform_apply (transform, self->table, error);
  if (done)
    kobra_import_keep_answers (self, answers);
  kobra_table_end_step (self->table);
  return done;
}

gboolean
kobra_import_clean_finish (KobraImport  *self,
                           GAsyncResult *result,
                           guint        *n_cells,
                           GError      **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_import_clean_async), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  *n_cells = job->transform->n_cells;
  return g_task_propagate_boolean (G_TASK (result), error) && kobra_import_apply_transform (self, job->transform, job->transform->fixes, job->name, error);
}
