/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-remedy.h"

#include <string.h>

#include "kobra-check-cell.h"
#include "kobra-import-private.h"
#include "kobra-schema-accounts.h"
#include "kobra-suggestion.h"
#include "kobra-transform.h"

#include "kobra-banned.h"

#define MAX_CELL_BYTES ((gsize) 1 << 21)
#define ROWS_BETWEEN_LOOKS 256u

G_STATIC_ASSERT (KOBRA_MAX_SUGGESTED <= KOBRA_MAX_CHANGED);

/* What may help against a text that can't be sent as it is. */
/* clang-format off */
static const struct
{
  KobraProblemCode code;
  KobraFixes       fixes;
} cleanings[] = {
  { KOBRA_PROBLEM_NOT_A_NUMBER, KOBRA_FIX_BIT (KOBRA_FIX_AMOUNT) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) | KOBRA_FIX_BIT (KOBRA_FIX_DECIMAL_COMMA) |
                                KOBRA_FIX_BIT (KOBRA_FIX_DECIMAL_POINT) | KOBRA_FIX_BIT (KOBRA_FIX_UNIT) | KOBRA_FIX_BIT (KOBRA_FIX_QUOTES) },
  { KOBRA_PROBLEM_NOT_AN_INTEGER, KOBRA_FIX_BIT (KOBRA_FIX_AMOUNT) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) | KOBRA_FIX_BIT (KOBRA_FIX_UNIT) | KOBRA_FIX_BIT (KOBRA_FIX_QUOTES) },
  { KOBRA_PROBLEM_NOT_A_BOOLEAN, KOBRA_FIX_BIT (KOBRA_FIX_BOOLEAN) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) },
  { KOBRA_PROBLEM_NOT_A_DATE, KOBRA_FIX_BIT (KOBRA_FIX_DATE) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) | KOBRA_FIX_BIT (KOBRA_FIX_DAY_FIRST) | KOBRA_FIX_BIT (KOBRA_FIX_MONTH_FIRST) |
                              KOBRA_FIX_BIT (KOBRA_FIX_SHORT_YEAR) | KOBRA_FIX_BIT (KOBRA_FIX_SERIAL) | KOBRA_FIX_BIT (KOBRA_FIX_QUOTES) },
  { KOBRA_PROBLEM_NOT_A_CHOICE, KOBRA_FIX_BIT (KOBRA_FIX_CHOICE) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) | KOBRA_FIX_BIT (KOBRA_FIX_MOJIBAKE) | KOBRA_FIX_BIT (KOBRA_FIX_QUOTES) },
  { KOBRA_PROBLEM_CONTROL_CHARACTER, KOBRA_FIX_BIT (KOBRA_FIX_CONTROL) | KOBRA_FIX_BIT (KOBRA_FIX_SPACES) },
  { KOBRA_PROBLEM_TOO_LONG, KOBRA_FIX_BIT (KOBRA_FIX_SPACES) | KOBRA_FIX_BIT (KOBRA_FIX_PHONE) | KOBRA_FIX_BIT (KOBRA_FIX_IDENTIFIER) | KOBRA_FIX_BIT (KOBRA_FIX_POSTAL_CODE) |
                            KOBRA_FIX_BIT (KOBRA_FIX_EMAIL) | KOBRA_FIX_BIT (KOBRA_FIX_MOJIBAKE) },
  { KOBRA_PROBLEM_RFC_FORM, KOBRA_FIX_BIT (KOBRA_FIX_IDENTIFIER) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) },
  { KOBRA_PROBLEM_CURP_FORM, KOBRA_FIX_BIT (KOBRA_FIX_IDENTIFIER) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) },
  { KOBRA_PROBLEM_CLABE_FORM, KOBRA_FIX_BIT (KOBRA_FIX_IDENTIFIER) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) | KOBRA_FIX_BIT (KOBRA_FIX_QUOTES) },
  { KOBRA_PROBLEM_POSTAL_CODE, KOBRA_FIX_BIT (KOBRA_FIX_POSTAL_CODE) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) | KOBRA_FIX_BIT (KOBRA_FIX_QUOTES) },
  { KOBRA_PROBLEM_PHONE, KOBRA_FIX_BIT (KOBRA_FIX_PHONE) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) | KOBRA_FIX_BIT (KOBRA_FIX_QUOTES) },
  { KOBRA_PROBLEM_EMAIL, KOBRA_FIX_BIT (KOBRA_FIX_EMAIL) | KOBRA_FIX_BIT (KOBRA_FIX_EMPTY_WORD) },
};
/* clang-format on */

/* What other fields say already: the suggestion for a field helps against the problem of the same or another one. */
static const struct
{
  KobraProblemCode  code;
  KobraAccountField field;
} suggestions[] = {
  { KOBRA_PROBLEM_TOTAL_PENDING, KOBRA_ACCOUNT_TOTAL_PENDING },
  { KOBRA_PROBLEM_TOTAL_PAID, KOBRA_ACCOUNT_TOTAL_PAID },
  { KOBRA_PROBLEM_COORDINATES_SWAPPED, KOBRA_ACCOUNT_LAT },
  { KOBRA_PROBLEM_POSTAL_CODE_STATE, KOBRA_ACCOUNT_STATE },
};

/* Two ways to read the same text, the likelier first: in Mexico, the day comes first, and decimals come after a point. */
static const KobraFix rivals[][KOBRA_REMEDY_WAYS] = {
  { KOBRA_FIX_DAY_FIRST, KOBRA_FIX_MONTH_FIRST },
  { KOBRA_FIX_DECIMAL_POINT, KOBRA_FIX_DECIMAL_COMMA },
};

typedef struct
{
  KobraTransform  *transform;
  char            *name; /* of the step */
  KobraRules       rules;
  KobraProblemCode code;
  guint            field;
  KobraFixes       fixes;
  KobraFixes       answer;     /* what the person said by choosing a way */
  int              suggestion; /* the field it is for, or -1 */
  KobraBuffer      text;
  guint            n_records;  /* mended */
  KobraRemedy     *remedy;     /* once found */
} Job;

static KobraFixes
get_fixes (KobraProblemCode  code,
           const KobraField *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cleanings); i++)
    if (cleanings[i].code == code)
      return cleanings[i].fixes & kobra_clean_get_fixes (field);
  return 0;
}

static int
get_suggestion (KobraProblemCode code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (suggestions); i++)
    if (suggestions[i].code == code)
      return (int) suggestions[i].field;
  return -1;
}

/* The two fixes of @fixes that contradict each other, or NULL. */
static const KobraFix *
get_rivals (KobraFixes fixes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rivals); i++)
    if ((fixes & KOBRA_FIX_BIT (rivals[i][0])) != 0 && (fixes & KOBRA_FIX_BIT (rivals[i][1])) != 0)
      return rivals[i];
  return NULL;
}

/* @fixes without what contradicts @fix. */
static KobraFixes
choose_way (KobraFixes fixes,
            KobraFix   fix)
{
  return fix != KOBRA_FIX_NONE ? fixes & ~kobra_fix_get_rivals (fix) : fixes;
}

void
kobra_remedy_free (KobraRemedy *self)
{
  for (guint way = 0; way < KOBRA_REMEDY_WAYS; way++)
    for (guint i = 0; i < self->ways[way].n_samples; i++)
      {
        g_free (self->ways[way].samples[i].before);
        g_free (self->ways[way].samples[i].after);
      }
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->transform, kobra_transform_free);
  g_clear_pointer (&job->remedy, kobra_remedy_free);
  kobra_buffer_clear (&job->text);
  g_free (job->name);
  g_free (job);
}

static Job *
job_new (KobraImport     *self,
         KobraProblemCode code,
         guint            field)
{
  g_autoptr (KobraFrozen) frozen = kobra_table_freeze (self->table);
  Job *job = g_new0 (Job, 1);

  job->transform = kobra_transform_new (frozen, self->layout);
  job->rules = self->rules;
  job->code = code;
  job->field = field;
  job->fixes = get_fixes (code, &self->layout->schema->fields[field]);
  job->suggestion = get_suggestion (code);
  kobra_buffer_init (&job->text, MAX_CELL_BYTES);
  return job;
}

static gboolean
has_problem (const Job         *job,
             const KobraRecord *record)
{
  KobraProblem problems[KOBRA_MAX_RECORD_PROBLEMS];
  guint        n;

  if (job->suggestion < 0)
    return kobra_check_cell (&job->rules, record, job->field) == job->code;
  n = kobra_check_record (&job->rules, record, problems, G_N_ELEMENTS (problems));
  for (guint i = 0; i < MIN (n, G_N_ELEMENTS (problems)); i++)
    if (problems[i].code == job->code && problems[i].field == job->field)
      return TRUE;
  return FALSE;
}

/* Whether the record is better off with @text in the field. */
static gboolean
is_mended (const Job         *job,
           const KobraRecord *record,
           const char        *text)
{
  KobraRecord      mended = *record;
  KobraProblemCode code;

  mended.texts[job->field] = text;
  code = kobra_check_cell (&job->rules, &mended, job->field);
  return code == KOBRA_PROBLEM_NONE || (code != job->code && kobra_problem_get_severity (code) == KOBRA_SEVERITY_WARNING && kobra_problem_get_severity (job->code) == KOBRA_SEVERITY_ERROR);
}

/* What mends a record that has the problem; 0: nothing does. */
static guint
mend (Job               *job,
      KobraFixes         fixes,
      const KobraRecord *record,
      guint             *fields,
      char             **texts)
{
  if (job->suggestion >= 0)
    {
      KobraSuggestion suggestion;

      kobra_suggestion_find (&suggestion, record, (guint) job->suggestion);
      for (guint i = 0; i < suggestion.n; i++)
        {
          fields[i] = suggestion.fields[i];
          texts[i] = suggestion.texts[i];
        }
      return suggestion.n;
    }
  kobra_buffer_reset (&job->text);
  if (!kobra_clean_fix_all (fixes, &record->schema->fields[job->field], &job->transform->habits[job->field], record->texts[job->field], &job->text, NULL))
    return 0;
  texts[0] = g_strndup (job->text.length > 0 ? job->text.bytes : "", job->text.length);
  if (!is_mended (job, record, texts[0]))
    {
      g_clear_pointer (&texts[0], g_free);
      return 0;
    }
  fields[0] = job->field;
  return 1;
}

static char *
join (const KobraRecord *record,
      const guint       *fields,
      char             **texts,
      guint              n)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", texts != NULL ? texts[i] : record->texts[fields[i]]);
  return g_string_free (joined, FALSE);
}

static void
note_sample (KobraRemedyWay    *way,
             const KobraRecord *record,
             guint32            line,
             const guint       *fields,
             char             **texts,
             guint              n)
{
  g_autofree char *before = join (record, fields, NULL, n);

  for (guint i = 0; i < way->n_samples; i++)
    if (strcmp (way->samples[i].before, before) == 0)
      return;
  way->samples[way->n_samples++] = (KobraRemedySample) { line, g_steal_pointer (&before), join (record, fields, texts, n) };
}

/* The record in each way. Returns whether the ways differ. */
static gboolean
try_ways (Job               *job,
          const KobraRecord *record,
          guint32            line)
{
  KobraRemedy     *remedy = job->remedy;
  g_autofree char *first = NULL;
  gboolean         differ = FALSE;

  for (guint i = 0; i < remedy->n_ways; i++)
    {
      KobraRemedyWay  *way = &remedy->ways[i];
      guint            fields[KOBRA_MAX_CHANGED];
      char            *texts[KOBRA_MAX_CHANGED] = { NULL };
      guint            n = mend (job, choose_way (job->fixes, way->fix), record, fields, texts);
      g_autofree char *all = join (record, fields, texts, n);

      way->n_records += n > 0;
      if (n > 0 && way->n_samples < KOBRA_REMEDY_SAMPLES)
        note_sample (way, record, line, fields, texts, n);
      differ = differ || (first != NULL && strcmp (first, all) != 0);
      if (first == NULL)
        first = g_steal_pointer (&all);
      for (guint text = 0; text < n; text++)
        g_free (texts[text]);
    }
  return differ;
}

/* A way that mends nothing is none, and one that differs from the other in nothing either. */
static void
drop_ways (KobraRemedy *remedy,
           gboolean     differ)
{
  if (remedy->n_ways == 2 && (!differ || remedy->ways[1].n_records == 0))
    remedy->n_ways = 1;
  if (!differ)
    remedy->ways[0].fix = KOBRA_FIX_NONE;
  if (remedy->n_ways == 2 && remedy->ways[0].n_records == 0)
    {
      KobraRemedyWay none = remedy->ways[0];

      remedy->ways[0] = remedy->ways[1];
      remedy->ways[1] = none;
      remedy->n_ways = 1;
    }
  if (remedy->n_ways == 1 && remedy->ways[0].n_records == 0)
    remedy->n_ways = 0;
}

static gboolean
find_remedy (Job          *job,
             GCancellable *cancellable,
             GError      **error)
{
  const KobraFrozen *table = job->transform->table;
  const KobraLayout *layout = job->transform->layout;
  const KobraFix    *two = get_rivals (job->fixes);
  gboolean           differ = FALSE;

  job->remedy = g_new0 (KobraRemedy, 1);
  job->remedy->n_ways = two != NULL ? 2 : 1;
  for (guint i = 0; two != NULL && i < 2; i++)
    job->remedy->ways[i].fix = two[i];
  for (guint row = 0; row < table->n_rows; row++)
    {
      KobraRecord record;

      if (row % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      kobra_row_get_record (kobra_frozen_peek (table, row), layout->schema, layout->fields, layout->n_columns, &record);
      if (!has_problem (job, &record))
        continue;
      job->remedy->n_records++;
      differ |= try_ways (job, &record, kobra_frozen_peek (table, row)->line);
    }
  drop_ways (job->remedy, differ);
  return TRUE;
}

static gboolean
learn (Job          *job,
       GCancellable *cancellable,
       GError      **error)
{
  return job->suggestion >= 0 || kobra_transform_learn (job->transform, kobra_clean_get_this_year (), cancellable, error);
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (learn (data, cancellable, &error) && find_remedy (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static guint
change (const KobraTransform *transform,
        const KobraRecord    *record,
        guint                *fields,
        char                **texts,
        gpointer              data)
{
  Job  *job = data;
  guint n = has_problem (job, record) ? mend (job, job->fixes, record, fields, texts) : 0;

  job->n_records += n > 0;
  return n;
}

static void
apply_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Job               *job = data;
  g_autoptr (GError) error = NULL;

  job->transform->change = change;
  job->transform->change_data = job;
  if (learn (job, cancellable, &error) && kobra_transform_run (job->transform, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

gboolean
kobra_remedy_exists (KobraProblemCode  code,
                     const KobraField *field)
{
  return get_fixes (code, field) != 0 || get_suggestion (code) >= 0;
}

void
kobra_import_find_remedy_async (KobraImport        *self,
                                KobraProblemCode    code,
                                guint               field,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (KOBRA_IS_IMPORT (self) && self->table != NULL && field < self->layout->schema->n_fields);

  g_task_set_source_tag (task, kobra_import_find_remedy_async);
  g_task_set_task_data (task, job_new (self, code, field), job_free);
  g_task_run_in_thread (task, find_in_thread);
}

KobraRemedy *
kobra_import_find_remedy_finish (KobraImport  *self,
                                 GAsyncResult *result,
                                 GError      **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_import_find_remedy_async), NULL);

  job = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&job->remedy) : NULL;
}

void
kobra_import_apply_remedy_async (KobraImport        *self,
                                 const char         *name,
                                 KobraProblemCode    code,
                                 guint               field,
                                 KobraFix            fix,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job;

  g_return_if_fail (KOBRA_IS_IMPORT (self) && self->state == KOBRA_IMPORT_READY && field < self->layout->schema->n_fields);

  job = job_new (self, code, field);
  job->name = g_strdup (name);
  job->fixes = choose_way (job->fixes, fix);
  job->answer = KOBRA_FIX_BIT (fix);
  g_task_set_source_tag (task, kobra_import_apply_remedy_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, apply_in_thread);
}

gboolean
kobra_import_apply_remedy_finish (KobraImport  *self,
                                  GAsyncResult *result,
                                  guint        *n_records,
                                  GError      **error)
{
  KobraFixes answers[KOBRA_MAX_FIELDS] = { 0 };
  Job       *job;

  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_import_apply_remedy_async), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  answers[job->field] = job->answer;
  *n_records = job->n_records;
  return g_task_propagate_boolean (G_TASK (result), error) && kobra_import_apply_transform (self, job->transform, answers, job->name, error);
}
