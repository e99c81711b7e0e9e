/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-open.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* The header row is looked for among so many rows. */
#define N_HEAD_ROWS 20

/* What part of the progress each stage is given, by what it takes of the time. */
#define PROGRESS_READ 0.6
#define PROGRESS_CLEANED 0.75

/* A run of blank lines is kept as one, and no more runs than this: the rest of a hostile file's are only counted by the reader. */
#define MAX_LEFT_OUT 1000

typedef struct
{
  guint32 line;
  char  **cells;
} HeadRow;

typedef struct
{
  const KobraOpenOptions *options;
  KobraOpened            *opened;
  GArray                 *head;    /* HeadRow, until the header is found */
  gboolean                decided; /* which row is the header */
  void (*progress)       (double   fraction,
                          gpointer data);
  gpointer                data;
} Opening;

static void
head_row_clear (gpointer data)
{
  g_strfreev (((HeadRow *) data)->cells);
}

static void
leave_out (KobraOpened       *opened,
           KobraLeftOutReason reason,
           guint32            line)
{
  KobraLeftOut *last = opened->left_out->len > 0 ? &g_array_index (opened->left_out, KobraLeftOut, opened->left_out->len - 1) : NULL;
  KobraLeftOut  fresh = { reason, line, line };

  if (last != NULL && last->reason == reason && last->last + 1 == line)
    last->last = line;
  else if (opened->left_out->len < MAX_LEFT_OUT)
    g_array_append_val (opened->left_out, fresh);
}

static guint
count_matches (const Opening     *self,
               const char *const *cells)
{
  guint n_cells = g_strv_length ((char **) cells);
  guint best = 0;

  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    if (self->options->guess_kind || self->options->kind == (KobraKind) kind)
      best = MAX (best, kobra_match_count (kobra_schema_get ((KobraKind) kind), cells, n_cells));
  return best;
}

/* The row of the head that is the header, or -1. Two known names make a header wherever it stands; a first row of words alone is one too. */
static int
find_header (const Opening *self)
{
  guint best = 0;
  int   found = -1;

  for (guint i = 0; i < self->head->len; i++)
    {
      const HeadRow *row = &g_array_index (self->head, HeadRow, i);
      guint          n = count_matches (self, (const char *const *) row->cells);

      if (n > best)
        {
          best = n;
          found = (int) i;
        }
    }
  if (best >= 2)
    return found;
  if (self->head->len > 0)
    {
      const char *const *first = (const char *const *) g_array_index (self->head, HeadRow, 0).cells;

      if (kobra_match_looks_like_headers (first, g_strv_length ((char **) first)))
        return 0;
    }
  return -1;
}

static gboolean
append (KobraOpened       *opened,
        guint32            line,
        const char *const *cells,
        guint              n_cells,
        GError           **error)
{
  if (kobra_rows_append (opened->rows, line, cells, n_cells))
    return TRUE;
  g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_TOO_MANY_ROWS,
               _ ("There is no memory for row %u and those after it. Split the file and open its parts one by one."), line);
  return FALSE;
}

static gboolean
decide_header (Opening *self,
               GError **error)
{
  int header = find_header (self);

  self->decided = TRUE;
  for (guint i = 0; i < self->head->len; i++)
    {
      HeadRow *row = &g_array_index (self->head, HeadRow, i);

      if ((int) i < header)
        leave_out (self->opened, KOBRA_LEFT_OUT_TITLE, row->line);
      else if ((int) i == header)
        self->opened->headers = g_steal_pointer (&row->cells);
      else if (!append (self->opened, row->line, (const char *const *) row->cells, g_strv_length (row->cells), error))
        return FALSE;
    }
  self->opened->has_header = header >= 0;
  g_array_set_size (self->head, 0);
  return TRUE;
}

static gboolean
take_row (const KobraReadRow *row,
          gpointer            data,
          GError            **error)
{
  Opening *self = data;
  HeadRow  head = { .line = row->line };

  if (self->decided)
    return append (self->opened, row->line, row->cells, row->n_cells, error);
  head.cells = g_new0 (char *, row->n_cells + 1);
  for (guint i = 0; i < row->n_cells; i++)
    head.cells[i] = g_strdup (row->cells[i]);
  g_array_append_val (self->head, head);
  return self->head->len < N_HEAD_ROWS || decide_header (self, error);
}

static void
take_blank (guint32  line,
            gpointer data)
{
  leave_out (((Opening *) data)->opened, KOBRA_LEFT_OUT_BLANK, line);
}

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

/* A header for each column, also for those that only some rows have. */
static void
complete_headers (KobraOpened *opened)
{
  guint n_headers = opened->headers != NULL ? g_strv_length (opened->headers) : 0;
  guint n_columns = MAX (n_headers, kobra_rows_get_n_columns (opened->rows));

  opened->headers = g_renew (char *, opened->headers, n_columns + 1);
  for (guint i = n_headers; i < n_columns; i++)
    opened->headers[i] = g_strdup ("");
  opened->headers[n_columns] = NULL;
}

static void
make_layout (Opening *self)
{
  KobraOpened       *opened = self->opened;
  const char *const *headers = (const char *const *) opened->headers;
  guint              n_headers = g_strv_length (opened->headers);
  KobraKind          kind = self->options->kind;
  g_autoptr (KobraFrozen) frozen = NULL;

  if (self->options->layout != NULL)
    kind = kobra_layout_file_get_kind (self->options->layout);
  else if (self->options->guess_kind)
    kind = kobra_layout_guess_kind (headers, n_headers);
  frozen = kobra_rows_freeze (opened->rows);
  opened->layout = kobra_layout_new_by_content (kind, headers, n_headers, frozen);
  if (self->options->layout != NULL)
    kobra_layout_file_apply (self->options->layout, opened->layout, headers);
}

static gboolean
is_cancelled (GCancellable *cancellable,
              guint         row,
              GError      **error)
{
  return row % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* What each column's cells say together: whether its dates begin with the day, its amounts have a decimal comma. */
static gboolean
learn_habits (KobraOpened      *opened,
              KobraColumnHabit *habits,
              GCancellable     *cancellable,
              GError          **error)
{
  const KobraLayout *layout = opened->layout;
  KobraRecord        record;

  for (guint row = 0; row < kobra_rows_get_n_rows (opened->rows); row++)
    {
      if (is_cancelled (cancellable, row, error))
        return FALSE;
      kobra_row_get_record (kobra_rows_peek (opened->rows, row), layout->schema, layout->fields, layout->n_columns, &record);
      for (guint field = 0; field < layout->schema->n_fields; field++)
        if (*record.texts[field] != '\0')
          kobra_clean_learn (&layout->schema->fields[field], record.texts[field], &habits[field]);
    }
  return TRUE;
}

static gboolean
clean (KobraOpened  *opened,
       GCancellable *cancellable,
       GError      **error)
{
  const KobraLayout *layout = opened->layout;
  KobraColumnHabit  *habits = opened->habits;
  guint              column_of[KOBRA_MAX_FIELDS] = { 0 };
  KobraRecord        record;
  g_auto (KobraBuffer) text = { 0 };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (!learn_habits (opened, habits, cancellable, error))
    return FALSE;
  kobra_buffer_init (&text, 1 << 21);
  for (guint i = 0; i < layout->n_columns; i++)
    if (layout->fields[i] >= 0)
      column_of[layout->fields[i]] = i;

  for (guint row = 0; row < kobra_rows_get_n_rows (opened->rows); row++)
    {
      guint columns[KOBRA_MAX_FIELDS];

      if (is_cancelled (cancellable, row, error))
        return FALSE;
      kobra_row_get_record (kobra_rows_peek (opened->rows, row), layout->schema, layout->fields, layout->n_columns, &record);
      g_ptr_array_set_size (texts, 0);
      for (guint field = 0; field < layout->schema->n_fields; field++)
        {
          KobraFix fix;

          if (*record.texts[field] == '\0')
            continue;
          kobra_buffer_reset (&text);
          fix = kobra_clean_cell (&layout->schema->fields[field], &habits[field], record.texts[field], &text);
          if (fix == KOBRA_FIX_NONE || !kobra_fix_is_safe (fix))
            continue;
          columns[texts->len] = column_of[field];
          g_ptr_array_add (texts, g_strndup (text.length > 0 ? text.bytes : "", text.length));
          opened->n_fixed[fix]++;
        }
      if (texts->len > 0 && !kobra_rows_edit (opened->rows, _ ("Clean-Up"), row, columns, (const char *const *) texts->pdata, texts->len))
        {
          g_set_error_literal (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_TOO_MANY_ROWS, _ ("There is no memory to clean the records up. Split the file and open its parts one by one."));
          return FALSE;
        }
    }
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

static gboolean
open_in_stages (Opening      *self,
                GFile        *file,
                GCancellable *cancellable,
                GError      **error)
{
  KobraReadSink     sink = { take_row, take_blank, read_progress, self };
  g_autoptr (GDate) today = g_date_new ();

  if (!kobra_reader_read_file (file, self->options->read, &sink, &self->opened->info, cancellable, error))
    return FALSE;
  if (!self->decided && !decide_header (self, error))
    return FALSE;
  complete_headers (self->opened);
  make_layout (self);
  if (self->options->clean && !clean (self->opened, cancellable, error))
    return FALSE;
  tell_progress (self, PROGRESS_CLEANED);
  g_date_set_time_t (today, (time_t) (g_get_real_time () / G_USEC_PER_SEC));
  kobra_rules_init (&self->opened->rules, self->opened->layout->schema->kind, self->options->import_type, today);
  return !self->options->check || check (self, cancellable, error);
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
  g_autoptr (KobraOpened) opened = g_new0 (KobraOpened, 1);
  g_autoptr (GArray)      head = g_array_new (FALSE, FALSE, sizeof (HeadRow));
  Opening                 self = { .options = options, .opened = opened, .head = head, .progress = progress, .data = data };

  g_array_set_clear_func (head, head_row_clear);
  opened->rows = kobra_rows_new ();
  opened->left_out = g_array_new (FALSE, FALSE, sizeof (KobraLeftOut));
  if (!open_in_stages (&self, file, cancellable, error))
    return NULL;
  return g_steal_pointer (&opened);
}

void
kobra_opened_free (KobraOpened *self)
{
  g_clear_pointer (&self->rows, kobra_rows_free);
  g_clear_pointer (&self->headers, g_strfreev);
  kobra_read_info_clear (&self->info);
  g_clear_pointer (&self->layout, kobra_layout_unref);
  g_clear_pointer (&self->left_out, g_array_unref);
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

const char *
kobra_left_out_get_label (KobraLeftOutReason reason)
{
  static const char *const labels[KOBRA_N_LEFT_OUT] = {
    [KOBRA_LEFT_OUT_TITLE] = N_("title above the header"),
    [KOBRA_LEFT_OUT_BLANK] = N_("blank"),
  };

  return _ (labels[reason]);
}
