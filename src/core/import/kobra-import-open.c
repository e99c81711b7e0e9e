/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-open.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-import-recall.h"
#include "kobra-intake.h"
#include "kobra-layout-folder.h"
#include "kobra-transform.h"

#include "kobra-banned.h"

/* What part of the progress each stage is given, by what it takes of the time. */
#define PROGRESS_READ 0.45
#define PROGRESS_CLEANED 0.65

typedef struct
{
  const KobraOpenOptions *options;
  KobraOpened            *opened;
  KobraLayoutFile        *layout; /* the saved one, or NULL */
  KobraImportType         import_type;
  guint64                 ignored;
  void (*progress)       (double   fraction,
                          gpointer data);
  gpointer                data;
} Opening;

static void
tell_progress (const Opening *self,
               double         fraction)
{
  if (self->progress != NULL)
    self->progress (CLAMP (fraction, 0, 1), self->data);
}

static void
read_progress (guint64  done,
               guint64  total,
               gpointer data)
{
  tell_progress (data, total > 0 ? PROGRESS_READ * (double) done / (double) total : 0);
}

static void
check_progress (guint    done,
                guint    total,
                gpointer data)
{
  tell_progress (data, PROGRESS_CLEANED + (1 - PROGRESS_CLEANED) * done / MAX (total, 1));
}

/* The columns that the layout has and the file has not, filled for good: what is undone later is the clean-up. */
static gboolean
derive (KobraOpened  *opened,
        GCancellable *cancellable,
        GError      **error)
{
  const KobraLayout      *layout = opened->layout;
  guint                   n_headers = g_strv_length (opened->headers);
  g_autoptr (KobraFrozen) frozen = NULL;
  g_autoptr (KobraTransform) transform = NULL;

  if (layout->derivations->len == 0)
    return TRUE;
  opened->headers = g_renew (char *, opened->headers, layout->n_columns + 1);
  for (; n_headers < layout->n_columns; n_headers++)
    opened->headers[n_headers] = g_strdup (layout->fields[n_headers] >= 0 ? _ (layout->schema->fields[layout->fields[n_headers]].label) : "");
  opened->headers[n_headers] = NULL;
  frozen = kobra_rows_freeze (opened->rows);
  transform = kobra_transform_new (frozen, opened->layout);
  transform->first_derivation = 0;
  if (!kobra_transform_run (transform, cancellable, error))
    return FALSE;
  kobra_rows_take_changed (opened->rows, transform->position, transform->rows, g_steal_pointer (&transform->arena), layout->n_columns);
  return TRUE;
}

static gboolean
make_layout (Opening      *self,
             GCancellable *cancellable,
             GError      **error)
{
  KobraOpened       *opened = self->opened;
  const char *const *headers = (const char *const *) opened->headers;
  guint              n_headers = g_strv_length (opened->headers);
  KobraLayoutFile   *file = self->options->layout;
  KobraKind          kind = self->options->kind;
  g_autoptr (KobraFrozen)     frozen = kobra_rows_freeze (opened->rows);

  if (self->layout != NULL)
    {
      file = self->layout;
      opened->layout_name = g_strdup (kobra_layout_file_get_name (file));
    }
  if (file != NULL)
    kind = kobra_layout_file_get_kind (file);
  else if (self->options->guess_kind)
    kind = kobra_layout_guess_kind (headers, n_headers);
  opened->layout = kobra_layout_new_by_content (kind, headers, n_headers, frozen);
  if (file == NULL)
    return TRUE;
  kobra_layout_file_apply (file, opened->layout, headers);
  kobra_layout_file_get_import_type (file, &self->import_type);
  self->ignored |= kobra_layout_file_get_ignored (file);
  return derive (opened, cancellable, error);
}

/* The safe fixes, and @extra, as a step that can be undone. */
static gboolean
clean (KobraOpened  *opened,
       KobraFixes    extra,
       GCancellable *cancellable,
       GError      **error)
{
  g_autoptr (KobraFrozen)    frozen = kobra_rows_freeze (opened->rows);
  g_autoptr (KobraTransform) transform = kobra_transform_new (frozen, opened->layout);

  for (guint i = 0; i < KOBRA_MAX_FIELDS; i++)
    transform->fixes[i] = KOBRA_SAFE_FIXES | extra;
  if (!kobra_transform_learn (transform, kobra_clean_get_this_year (), cancellable, error) || !kobra_transform_run (transform, cancellable, error))
    return FALSE;
  memcpy (opened->habits, transform->habits, sizeof opened->habits);
  memcpy (opened->n_fixed, transform->n_fixed, sizeof opened->n_fixed);
  if (kobra_row_list_get_length (transform->rows) > 0)
    kobra_rows_change (opened->rows, _ ("Clean-Up"), transform->position, transform->rows, g_steal_pointer (&transform->arena));
  return TRUE;
}

static gboolean
check (Opening      *self,
       GCancellable *cancellable,
       GError      **error)
{
  KobraOpened            *opened = self->opened;
  g_autoptr (KobraFrozen) frozen = kobra_rows_freeze (opened->rows);

  opened->problems = kobra_check_table (frozen, opened->layout->fields, opened->layout->n_columns, &opened->rules, 0, check_progress, self, cancellable, error);
  return opened->problems != NULL;
}

/* Reads the file; by the saved layout that was made for such a one, if there is. */
static gboolean
read_records (Opening               *self,
              const KobraOpenSource *source,
              GCancellable          *cancellable,
              GError               **error)
{
  g_auto (KobraReadOptions) read = { 0 };
  KobraOpenOptions          options = *self->options;

  if (!kobra_intake_read (source, self->options, 0, self->opened, read_progress, self, cancellable, error))
    return FALSE;
  if (self->options->layout != NULL || !self->options->find_layout)
    return TRUE;
  self->layout = kobra_layout_folder_find ((const char *const *) self->opened->headers);
  if (self->layout == NULL && source->file != NULL)
    self->layout = kobra_import_recall (source->file, self->opened, &read, cancellable);
  if (self->layout == NULL || kobra_read_options_are_equal (&read, &(KobraReadOptions) { 0 }))
    return TRUE;
  kobra_opened_free (self->opened);
  self->opened = kobra_opened_new ();
  options.read = &read;
  return kobra_intake_read (source, &options, 0, self->opened, read_progress, self, cancellable, error);
}

static gboolean
open_in_stages (Opening               *self,
                const KobraOpenSource *source,
                GCancellable          *cancellable,
                GError               **error)
{
  g_autoptr (GDate) today = g_date_new ();

  if (!read_records (self, source, cancellable, error))
    return FALSE;
  self->import_type = self->options->import_type;
  self->ignored = self->options->ignored;
  if (!make_layout (self, cancellable, error))
    return FALSE;
  if (self->options->clean && !clean (self->opened, self->options->fixes, cancellable, error))
    return FALSE;
  tell_progress (self, PROGRESS_CLEANED);
  g_date_set_time_t (today, (time_t) (g_get_real_time () / G_USEC_PER_SEC));
  kobra_rules_init (&self->opened->rules, self->opened->layout->schema->kind, self->import_type, today);
  if (self->options->required != NULL)
    kobra_required_apply (self->options->required, &self->opened->rules);
  self->opened->rules.ignored = self->ignored;
  return !self->options->check || check (self, cancellable, error);
}

static KobraOpened *
open_source (const KobraOpenSource  *source,
             const KobraOpenOptions *options,
             void (*progress)       (double   fraction,
                                     gpointer data),
             gpointer                data,
             GCancellable           *cancellable,
             GError                **error)
{
  Opening self = { .options = options, .opened = kobra_opened_new (), .progress = progress, .data = data };

  if (!open_in_stages (&self, source, cancellable, error))
    g_clear_pointer (&self.opened, kobra_opened_free);
  g_clear_pointer (&self.layout, kobra_layout_file_free);
  return self.opened;
}

KobraOpened *
kobra_import_open_file (GFile                  *file,
                        const KobraOpenOptions *options,
                        void (*progress)       (double   fraction,
                                                gpointer data),
                        gpointer                data,
                        GCancellable           *cancellable,
                        GError                **error)
{
  return open_source (&(KobraOpenSource) { .file = file }, options, progress, data, cancellable, error);
}

KobraOpened *
kobra_import_open_stream (GInputStream           *stream,
                          const KobraOpenOptions *options,
                          void (*progress)       (double   fraction,
                                                  gpointer data),
                          gpointer                data,
                          GCancellable           *cancellable,
                          GError                **error)
{
  return open_source (&(KobraOpenSource) { .stream = stream }, options, progress, data, cancellable, error);
}

KobraOpened *
kobra_opened_new (void)
{
  KobraOpened *self = g_new0 (KobraOpened, 1);

  self->left_out = g_array_new (FALSE, FALSE, sizeof (KobraLeftOut));
  return self;
}

void
kobra_opened_free (KobraOpened *self)
{
  g_clear_pointer (&self->rows, kobra_rows_free);
  g_clear_pointer (&self->headers, g_strfreev);
  kobra_read_options_clear (&self->read);
  kobra_read_info_clear (&self->info);
  g_clear_pointer (&self->layout, kobra_layout_unref);
  g_clear_pointer (&self->layout_name, g_free);
  g_clear_pointer (&self->left_out, g_array_unref);
  g_clear_pointer (&self->references, g_hash_table_unref);
  g_clear_pointer (&self->problems, kobra_problems_free);
  g_free (self);
}

guint
kobra_opened_count_fixed (const KobraOpened *self)
{
  guint n = 0;

  for (guint i = 0; i < KOBRA_N_FIXES; i++)
    n += self->n_fixed[i];
  return n;
}

guint
kobra_opened_count_sheets (const KobraOpened *self)
{
  const GArray *sheets = self->info.sheets;
  guint         n = 0;

  for (guint i = 0; sheets != NULL && i < sheets->len; i++)
    n += !g_array_index (sheets, KobraReadSheet, i).is_hidden && g_array_index (sheets, KobraReadSheet, i).n_rows > 0;
  return n;
}

const char *
kobra_left_out_get_label (KobraLeftOutReason reason)
{
  static const char *const labels[KOBRA_N_LEFT_OUT] = {
    [KOBRA_LEFT_OUT_TITLE] = N_("title above the header"),
    [KOBRA_LEFT_OUT_BLANK] = N_("blank"),
    [KOBRA_LEFT_OUT_HEADER_AGAIN] = N_("the header again"),
    [KOBRA_LEFT_OUT_TOTAL] = N_("totals"),
    [KOBRA_LEFT_OUT_NOTE] = N_("note below the table"),
  };

  return _ (labels[reason]);
}
