/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-import-save-private.h"
#include "kobra-import-send.h"

#include "kobra-banned.h"

G_DEFINE_FINAL_TYPE (KobraImport, kobra_import, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (KobraImportState, kobra_import_state,
                    G_DEFINE_ENUM_VALUE (KOBRA_IMPORT_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (KOBRA_IMPORT_OPENING, "opening"),
                    G_DEFINE_ENUM_VALUE (KOBRA_IMPORT_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (KOBRA_IMPORT_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (KOBRA_IMPORT_PAUSED, "paused"))

typedef enum
{
  PROP_STATE = 1,
  PROP_TITLE,
  PROP_FRACTION,
  PROP_TABLE,
  PROP_PAUSE_MESSAGE,
  PROP_SAVE_ERROR,
  PROP_EARLIER
} KobraImportProperty;

static GParamSpec *props[PROP_EARLIER + 1];

enum
{
  MARKS_CHANGED,
  COUNTS_CHANGED,
  SAVED,
  LAYOUT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *name, *label;
} record_states[] = {
  [KOBRA_RECORD_READY] = { "ready", N_("Ready") },
  [KOBRA_RECORD_WARNING] = { "warning", N_("Ready, with warnings") },
  [KOBRA_RECORD_INVALID] = { "invalid", N_("Has errors") },
};

/* What the worker needs and gives; progress comes back to the main thread at most once a frame or so. */
typedef struct
{
  GFile           *file;  /* or, if NULL: */
  GBytes          *bytes;
  char            *title;
  KobraOpenOptions options;
  KobraReadOptions read;
  KobraRequired    required;
  GMainContext    *context;
  GWeakRef         import;
  gint64           told; /* when progress was last told, in microseconds */
} OpenJob;

typedef struct
{
  GWeakRef import;
  double   fraction;
} Progress;

static void
open_job_free (gpointer data)
{
  OpenJob *job = data;

  g_clear_object (&job->file);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->title, g_free);
  kobra_read_options_clear (&job->read);
  g_clear_pointer (&job->context, g_main_context_unref);
  g_weak_ref_clear (&job->import);
  g_free (job);
}

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_weak_ref_clear (&progress->import);
  g_free (progress);
}

static gboolean
progress_arrived_cb (gpointer data)
{
  Progress              *progress = data;
  g_autoptr (KobraImport) self = g_weak_ref_get (&progress->import);

  if (self != NULL && self->state == KOBRA_IMPORT_OPENING)
    kobra_import_set_fraction (self, progress->fraction);
  return G_SOURCE_REMOVE;
}

static void
tell_progress (double   fraction,
               gpointer data)
{
  OpenJob               *job = data;
  gint64                 now = g_get_monotonic_time ();
  g_autoptr (KobraImport) self = NULL;
  Progress              *progress;

  if (now - job->told < G_USEC_PER_SEC / 30)
    return;
  job->told = now;
  self = g_weak_ref_get (&job->import);
  if (self == NULL)
    return;
  progress = g_new0 (Progress, 1);
  g_weak_ref_init (&progress->import, self);
  progress->fraction = fraction;
  g_main_context_invoke_full (job->context, G_PRIORITY_DEFAULT, progress_arrived_cb, progress, progress_free);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  OpenJob           *job = data;
  g_autoptr (GError) error = NULL;
  KobraOpened       *opened;

  if (job->file != NULL)
    {
      opened = kobra_import_open_file (job->file, &job->options, tell_progress, job, cancellable, &error);
    }
  else
    {
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (job->bytes);

      opened = kobra_import_open_stream (stream, &job->options, tell_progress, job, cancellable, &error);
    }
  if (opened != NULL)
    g_task_return_pointer (task, opened, (GDestroyNotify) kobra_opened_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
kobra_import_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  KobraImport *self = KOBRA_IMPORT (object);

  switch ((KobraImportProperty) id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_TABLE:
      g_value_set_object (value, self->table);
      break;
    case PROP_PAUSE_MESSAGE:
      g_value_set_string (value, self->pause_message);
      break;
    case PROP_SAVE_ERROR:
      g_value_set_string (value, kobra_import_get_save_error (self));
      break;
    case PROP_EARLIER:
      g_value_set_int64 (value, kobra_import_get_earlier (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_import_dispose (GObject *object)
{
  KobraImport *self = KOBRA_IMPORT (object);

  kobra_import_abandon_run (self);
  kobra_import_save_end (self);
  kobra_import_unwatch_table (self);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (kobra_import_parent_class)->dispose (object);
}

static void
kobra_import_finalize (GObject *object)
{
  KobraImport *self = KOBRA_IMPORT (object);

  kobra_saver_clear (&self->saver);
  g_clear_pointer (&self->source_uri, g_free);
  g_clear_pointer (&self->next_uri, g_free);
  g_clear_pointer (&self->reading, g_variant_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->layout_name, g_free);
  g_clear_pointer (&self->pause_message, g_free);
  g_clear_pointer (&self->opened, kobra_opened_free);
  g_clear_pointer (&self->layout, kobra_layout_unref);
  g_clear_pointer (&self->problems, kobra_problems_free);
  g_clear_pointer (&self->results, kobra_marks_free);
  g_clear_pointer (&self->times, g_array_unref);
  g_clear_pointer (&self->tag, g_free);
  g_clear_pointer (&self->references, g_hash_table_unref);

  G_OBJECT_CLASS (kobra_import_parent_class)->finalize (object);
}

static void
kobra_import_class_init (KobraImportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kobra_import_get_property;
  object_class->dispose = kobra_import_dispose;
  object_class->finalize = kobra_import_finalize;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, KOBRA_TYPE_IMPORT_STATE, KOBRA_IMPORT_EMPTY, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  props[PROP_TABLE] = g_param_spec_object ("table", NULL, NULL, KOBRA_TYPE_TABLE, flags);
  props[PROP_PAUSE_MESSAGE] = g_param_spec_string ("pause-message", NULL, NULL, NULL, flags);
  props[PROP_SAVE_ERROR] = g_param_spec_string ("save-error", NULL, NULL, NULL, flags);
  props[PROP_EARLIER] = g_param_spec_int64 ("earlier", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[MARKS_CHANGED] = g_signal_new ("marks-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LAYOUT_CHANGED] = g_signal_new ("layout-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COUNTS_CHANGED] = g_signal_new ("counts-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kobra_import_init (KobraImport *self)
{
  self->results = kobra_marks_new (KOBRA_N_RESULTS);
  self->times = g_array_new (FALSE, TRUE, sizeof (gint64));
}

void
kobra_import_set_state (KobraImport     *self,
                        KobraImportState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

void
kobra_import_set_fraction (KobraImport *self,
                           double       fraction)
{
  self->fraction = CLAMP (fraction, 0, 1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
}

void
kobra_import_set_pause_message (KobraImport *self,
                                const char  *message)
{
  if (g_set_str (&self->pause_message, message))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAUSE_MESSAGE]);
}

void
kobra_import_marks_changed (KobraImport *self,
                            guint        position,
                            guint        n_rows)
{
  g_signal_emit (self, signals[MARKS_CHANGED], 0, position, n_rows);
}

void
kobra_import_saved (KobraImport *self)
{
  g_signal_emit (self, signals[SAVED], 0);
}

void
kobra_import_tell_rows (KobraImport     *self,
                        KobraMarkedRows *rows)
{
  if (rows->n_rows > 0)
    kobra_import_marks_changed (self, rows->position, rows->n_rows);
  rows->n_rows = 0;
}

void
kobra_import_add_row (KobraImport     *self,
                      KobraMarkedRows *rows,
                      guint            row)
{
  if (row != rows->position + rows->n_rows)
    kobra_import_tell_rows (self, rows);
  if (rows->n_rows == 0)
    rows->position = row;
  rows->n_rows++;
}

void
kobra_import_counts_changed (KobraImport *self)
{
  kobra_import_save_soon (self);
  g_signal_emit (self, signals[COUNTS_CHANGED], 0);
}

void
kobra_import_layout_changed (KobraImport *self)
{
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

void
kobra_import_get_record (KobraImport *self,
                         guint        row,
                         KobraRecord *record)
{
  kobra_row_get_record (kobra_table_peek_row (self->table, row), self->layout->schema, self->layout->fields, self->layout->n_columns, record);
}

KobraRecordState
kobra_record_state_find (KobraProblems *problems,
                         guint32        id)
{
  if (kobra_problems_has_error (problems, id))
    return KOBRA_RECORD_INVALID;
  return kobra_problems_has_warning (problems, id) ? KOBRA_RECORD_WARNING : KOBRA_RECORD_READY;
}

const char *
kobra_record_state_get_name (KobraRecordState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (record_states), NULL);

  return record_states[state].name;
}

const char *
kobra_record_state_get_label (KobraRecordState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (record_states), NULL);

  return record_states[state].label;
}

KobraImport *
kobra_import_new (void)
{
  return g_object_new (KOBRA_TYPE_IMPORT, NULL);
}

/* Opens what @job has, which is taken. */
static void
start_opening (KobraImport            *self,
               OpenJob                *job,
               const KobraOpenOptions *options,
               GCancellable           *cancellable,
               GAsyncReadyCallback     callback,
               gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  job->options = *options;
  job->options.check = TRUE;
  job->required = self->required;
  job->options.required = &job->required;
  if (options->read != NULL)
    {
      kobra_read_options_copy (options->read, &job->read);
      job->options.read = &job->read;
    }
  job->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&job->import, self);
  g_task_set_source_tag (task, kobra_import_open_async);
  g_task_set_task_data (task, job, open_job_free);
  kobra_import_set_fraction (self, 0);
  kobra_import_set_state (self, KOBRA_IMPORT_OPENING);
  g_task_run_in_thread (task, open_in_thread);
}

void
kobra_import_open_async (KobraImport            *self,
                         GFile                  *file,
                         const KobraOpenOptions *options,
                         GCancellable           *cancellable,
                         GAsyncReadyCallback     callback,
                         gpointer                user_data)
{
  OpenJob *job;

  g_return_if_fail (KOBRA_IS_IMPORT (self));
  g_return_if_fail (self->state == KOBRA_IMPORT_EMPTY || self->state == KOBRA_IMPORT_READY);

  job = g_new0 (OpenJob, 1);
  job->file = g_object_ref (file);
  job->title = g_file_get_basename (file);
  start_opening (self, job, options, cancellable, callback, user_data);
}

void
kobra_import_open_bytes_async (KobraImport            *self,
                               GBytes                 *bytes,
                               const char             *title,
                               const KobraOpenOptions *options,
                               GCancellable           *cancellable,
                               GAsyncReadyCallback     callback,
                               gpointer                user_data)
{
  OpenJob *job;

  g_return_if_fail (KOBRA_IS_IMPORT (self));
  g_return_if_fail (self->state == KOBRA_IMPORT_EMPTY || self->state == KOBRA_IMPORT_READY);

  job = g_new0 (OpenJob, 1);
  job->bytes = g_bytes_ref (bytes);
  job->title = g_strdup (title);
  start_opening (self, job, options, cancellable, callback, user_data);
}

gboolean
kobra_import_open_finish (KobraImport  *self,
                          GAsyncResult *result,
                          GError      **error)
{
  KobraOpened *opened;
  OpenJob     *job;

  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_import_open_async), FALSE);

  job = g_task_get_task_data (G_TASK (result));
  opened = g_task_propagate_pointer (G_TASK (result), error);
  if (opened != NULL)
    {
      g_clear_pointer (&self->next_uri, g_free);
      self->next_uri = job->file != NULL ? g_file_get_uri (job->file) : NULL;
      self->was_cleaned = job->options.clean;
      g_clear_pointer (&self->reading, g_variant_unref);
      self->reading = g_variant_ref_sink (kobra_read_options_to_variant (&opened->read));
      kobra_import_take (self, opened, job->title);
    }
  else
    kobra_import_set_state (self, self->table != NULL ? KOBRA_IMPORT_READY : KOBRA_IMPORT_EMPTY);
  return opened != NULL;
}

void
kobra_import_take (KobraImport *self,
                   KobraOpened *opened,
                   const char  *title)
{
  g_return_if_fail (KOBRA_IS_IMPORT (self) && opened->problems != NULL && self->run == NULL);

  kobra_import_take_entry (self, opened, title, NULL, NULL, FALSE);
}

void
kobra_import_take_entry (KobraImport        *self,
                         KobraOpened        *opened,
                         const char         *title,
                         KobraJournalImport *entry,
                         const char         *digest,
                         gboolean            is_edited)
{
  if (self->table != NULL)
    kobra_import_save_end (self);
  g_free (self->source_uri);
  self->source_uri = g_steal_pointer (&self->next_uri);
  kobra_import_unwatch_table (self);
  g_clear_object (&self->table);
  g_clear_pointer (&self->layout, kobra_layout_unref);
  g_clear_pointer (&self->problems, kobra_problems_free);
  kobra_marks_clear (self->results);
  g_array_set_size (self->times, 0);
  g_clear_pointer (&self->tag, g_free);
  g_clear_pointer (&self->references, g_hash_table_unref);
  self->references = g_steal_pointer (&opened->references);
  self->was_sent = FALSE;

  self->n_fixed = kobra_opened_count_fixed (opened);
  g_set_str (&self->layout_name, opened->layout_name);
  memcpy (self->habits, opened->habits, sizeof self->habits);
  self->rules = opened->rules;
  self->ignored = opened->rules.ignored;
  self->layout = g_steal_pointer (&opened->layout);
  self->problems = g_steal_pointer (&opened->problems);
  self->table = kobra_table_new ((const char *const *) opened->headers, g_steal_pointer (&opened->rows));
  g_clear_pointer (&self->opened, kobra_opened_free);
  self->opened = opened;
  kobra_import_watch_table (self);
  if (kobra_import_apply_choices (self))
    kobra_import_recheck (self);

  if (g_set_str (&self->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
  kobra_import_save_table (self, entry, digest, is_edited);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TABLE]);
  kobra_import_set_pause_message (self, NULL);
  kobra_import_set_state (self, KOBRA_IMPORT_READY);
  kobra_import_counts_changed (self);
}

KobraImportState
kobra_import_get_state (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), KOBRA_IMPORT_EMPTY);

  return self->state;
}

const char *
kobra_import_get_title (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->title;
}

const char *
kobra_import_get_pause_message (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->pause_message;
}

KobraTable *
kobra_import_get_table (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->table;
}

const KobraOpened *
kobra_import_get_opened (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->opened;
}

const KobraLayout *
kobra_import_get_layout (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->layout;
}

const KobraSchema *
kobra_import_get_schema (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), NULL);

  return self->layout != NULL ? self->layout->schema : NULL;
}

KobraImportType
kobra_import_get_import_type (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), KOBRA_IMPORT_NEW);

  return self->rules.schema != NULL ? self->rules.import_type : KOBRA_IMPORT_NEW;
}

void
kobra_import_set_import_type (KobraImport    *self,
                              KobraImportType type)
{
  g_autoptr (GDate) today = NULL;

  g_return_if_fail (KOBRA_IS_IMPORT (self) && self->state == KOBRA_IMPORT_READY);

  if (type == self->rules.import_type)
    return;
  today = g_date_new_dmy (self->rules.today.day, (GDateMonth) self->rules.today.month, self->rules.today.year);
  kobra_rules_init (&self->rules, self->rules.schema->kind, type, today);
  kobra_import_apply_choices (self);
  kobra_import_save_soon (self);
  kobra_import_recheck (self);
}

guint
kobra_import_get_n_fixed (KobraImport *self)
{
  g_return_val_if_fail (KOBRA_IS_IMPORT (self), 0);

  return self->n_fixed;
}
