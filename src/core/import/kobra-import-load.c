/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An import as the journal has it: its rows, then every edit of them, then what became of its records. The journal of a killed program may
 * have rows up to some piece only; what is missing is in the file that they came from, if that is still what it was.
 */

#include "kobra-import-load.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-import-pack.h"
#include "kobra-import-save-private.h"

#include "kobra-banned.h"

KobraLoaded *
kobra_loaded_new (void)
{
  KobraLoaded *self = g_new0 (KobraLoaded, 1);

  self->results = kobra_marks_new (KOBRA_N_RESULTS);
  self->times = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->opened = g_new0 (KobraOpened, 1);
  self->opened->rows = kobra_rows_new ();
  self->opened->left_out = g_array_new (FALSE, FALSE, sizeof (KobraLeftOut));
  return self;
}

void
kobra_loaded_free (KobraLoaded *self)
{
  g_clear_pointer (&self->info, kobra_journal_import_info_free);
  g_clear_pointer (&self->opened, kobra_opened_free);
  kobra_settings_clear (&self->settings);
  g_clear_pointer (&self->results, kobra_marks_free);
  g_clear_pointer (&self->times, g_array_unref);
  g_free (self);
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_DAMAGED,
                       _ ("The journal has this import in a form that cannot be read. Open its file again."));
  return FALSE;
}

static gboolean
info_cb (const KobraJournalImportInfo *info,
         gboolean                      is_whole,
         gpointer                      data,
         GError                      **error)
{
  KobraLoaded       *self = data;
  KobraOpened     *opened = self->opened;
  g_autoptr (GDate) today = g_date_new ();
  KobraImportType  type = info->import_type >= KOBRA_IMPORT_NEW && info->import_type <= KOBRA_IMPORT_PERSONAL ? (KobraImportType) info->import_type : KOBRA_IMPORT_NEW;

  self->info = kobra_journal_import_info_copy (info);
  self->is_whole = is_whole;
  if (!kobra_settings_parse (info->settings, info->kind, &self->settings))
    return fail (error);
  opened->headers = g_steal_pointer (&self->settings.headers);
  opened->layout = g_steal_pointer (&self->settings.layout);
  memcpy (opened->habits, self->settings.habits, sizeof opened->habits);
  opened->layout_name = g_steal_pointer (&self->settings.layout_name);
  opened->references = kobra_origins_parse (info->origins);
  opened->has_header = TRUE;
  g_date_set_time_t (today, (time_t) (g_get_real_time () / G_USEC_PER_SEC));
  kobra_rules_init (&opened->rules, opened->layout->schema->kind, type, today);
  opened->rules.ignored = self->settings.ignored;
  return TRUE;
}

static gboolean
rows_cb (const guint8 *bytes,
         gsize         size,
         gpointer      data,
         GError      **error)
{
  KobraLoaded *self = data;
  guint      n;

  return kobra_unpack_rows (bytes, size, self->opened->rows, &n) || fail (error);
}

/* Whether what the journal has of the rows is what the file says: a record's ID is its place in the file. */
static gboolean
agrees_with (KobraRows *file,
             KobraRows *journal)
{
  guint n = kobra_rows_get_n_rows (journal);

  for (guint i = 0; i < n; i++)
    {
      const KobraRow *b = kobra_rows_peek (journal, i), *a = b->id < kobra_rows_get_n_rows (file) ? kobra_rows_peek (file, b->id) : NULL;
      gsize           size = a != NULL ? kobra_row_get_size (a) : 0;

      if (a == NULL || size != kobra_row_get_size (b) || memcmp (a->cells, b->cells, size) != 0)
        return FALSE;
    }
  return TRUE;
}

/* The journal has not all rows: the others are taken from the file, unless it changed. */
static void
all_rows_cb (gpointer      data,
             GCancellable *cancellable)
{
  KobraLoaded                *self = data;
  g_auto (KobraReadOptions) read = { 0 };
  KobraOpenOptions          options = { .kind = self->opened->layout->schema->kind, .import_type = self->opened->rules.import_type, .read = &read };
  g_autoptr (GFile)         file = *self->info->source_uri != '\0' ? g_file_new_for_uri (self->info->source_uri) : NULL;
  g_autoptr (KobraOpened)   opened = NULL;

  if (self->is_whole || file == NULL)
    return;
  if (self->settings.reading != NULL)
    kobra_read_options_from_variant (self->settings.reading, &read);
  options.clean = self->settings.was_cleaned;
  opened = kobra_import_open_file (file, &options, NULL, NULL, cancellable, NULL);
  if (opened == NULL || !agrees_with (opened->rows, self->opened->rows))
    return;
  kobra_rows_free (self->opened->rows);
  self->opened->rows = g_steal_pointer (&opened->rows);
}

static guint32
get_id (const guint8 *ids,
        guint         i)
{
  guint32 id;

  memcpy (&id, ids + i * sizeof id, sizeof id);
  return GUINT32_FROM_LE (id);
}

static gboolean
stand_at (KobraRows    *rows,
          guint         position,
          const guint8 *ids,
          guint         n)
{
  guint n_rows = kobra_rows_get_n_rows (rows);

  if (position > n_rows || n > n_rows - position)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (kobra_rows_peek (rows, position + i)->id != get_id (ids, i))
      return FALSE;
  return TRUE;
}

/* Where rows are missing the others stand elsewhere than when the edit was made. */
static gboolean
find_place (KobraRows    *rows,
            guint        *position,
            const guint8 *ids,
            guint         n)
{
  guint n_rows = kobra_rows_get_n_rows (rows);

  if (stand_at (rows, *position, ids, n))
    return TRUE;
  for (guint i = 0; i < n_rows && n > 0; i++)
    if (kobra_rows_peek (rows, i)->id == get_id (ids, 0) && stand_at (rows, i, ids, n))
      {
        *position = i;
        return TRUE;
      }
  *position = MIN (*position, n_rows);
  return n == 0;
}

static gboolean
splice_cb (guint         position,
           const guint8 *removed,
           guint         n_removed,
           const guint8 *bytes,
           gsize         size,
           gpointer      data,
           GError      **error)
{
  KobraLoaded *self = data;
  guint      n = 0;
  gboolean   is_found = find_place (self->opened->rows, &position, removed, n_removed);

  self->n_edits++;
  if (!kobra_unpack_rows (bytes, size, self->opened->rows, &n))
    return fail (error);
  if (!is_found)
    self->n_missing_edits++;
  /* The person's last word on a row is worth keeping though the row was lost. */
  kobra_rows_move_last (self->opened->rows, position, is_found ? n_removed : 0, n);
  return TRUE;
}

static void
result_cb (guint32     record,
           int         result,
           const char *type,
           const char *message,
           gint64      at,
           gpointer    data)
{
  KobraLoaded *self = data;
  const char  *words = message != NULL && *message != '\0' ? message : type;

  if (record >= KOBRA_MAX_IDS)
    return;
  /* What was in flight may have arrived: sending it again is safe. */
  kobra_marks_set (self->results, record, result > KOBRA_RESULT_SENDING && result < KOBRA_N_RESULTS ? (guint) result : KOBRA_RESULT_UNKNOWN, words);
  if (record >= self->times->len)
    g_array_set_size (self->times, record + 1);
  g_array_index (self->times, gint64, record) = at / G_USEC_PER_SEC;
}

static void
runs_cb (guint    n_ended,
         gpointer data)
{
  ((KobraLoaded *) data)->was_sent = n_ended > 0;
}

/* Results of records that are gone would be counted. */
static void
forget_gone (KobraLoaded *self)
{
  g_autofree guint8 *is_there = g_malloc0 (MAX (self->times->len, 1));
  KobraRows         *rows = self->opened->rows;

  for (guint i = 0; i < kobra_rows_get_n_rows (rows); i++)
    if (kobra_rows_peek (rows, i)->id < self->times->len)
      is_there[kobra_rows_peek (rows, i)->id] = TRUE;
  for (guint id = 0; id < self->times->len; id++)
    if (!is_there[id] && kobra_marks_get (self->results, id) != KOBRA_RESULT_NONE)
      kobra_marks_set (self->results, id, KOBRA_RESULT_NONE, NULL);
}

gboolean
kobra_import_load (KobraJournalReader *reader,
                   gint64              id,
                   KobraLoaded        *loaded,
                   GCancellable       *cancellable,
                   GError            **error)
{
  static const KobraJournalSink sink = { info_cb, rows_cb, all_rows_cb, splice_cb, result_cb, runs_cb };

  guint n;

  if (!kobra_journal_read_import (reader, id, &sink, loaded, cancellable, error))
    return FALSE;
  forget_gone (loaded);
  n = kobra_rows_get_n_rows (loaded->opened->rows);
  if (!loaded->is_whole && loaded->info->n_records > n)
    loaded->n_missing_rows = loaded->info->n_records - n;
  return TRUE;
}
