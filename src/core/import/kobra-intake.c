/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-intake.h"

#include <glib/gi18n.h>

#include "kobra-heading.h"
#include "kobra-own-export.h"

#include "kobra-banned.h"

/* The header row is looked for among so many rows. */
#define N_HEAD_ROWS 20

/* As soon as there are so many cells, fewer rows will do. */
#define MAX_HEAD_CELLS 40000u

/* A look at the first rows ends after so many cells, and so many bytes of a text. */
#define MAX_LOOKED_CELLS 40000u
#define MAX_LOOKED_BYTES ((guint64) 2 << 20)

/* A header that was chosen may stand so many rows down. */
#define MAX_HEAD_ROWS 2000

/* So many rows at the end may be totals and notes. */
#define N_LAST_ROWS 20

/* So many rows show how many cells are filled as a rule. */
#define N_USUAL_ROWS 200

/* A run of blank lines is kept as one, and no more runs than this: the rest of a hostile file's are only counted by the reader. */
#define MAX_LEFT_OUT 1000

/* Ways for our own sink to end a reading that are no failures. */
typedef enum
{
  RUNNING,
  HAS_ENOUGH,
  MUST_RESTART /* the columns that were taken for empty are not */
} Ending;

typedef struct
{
  const KobraOpenOptions *options;
  const KobraReadOptions *read;
  KobraOpened            *opened;
  GArray                 *head;      /* KobraHeadRow, until the header is found */
  guint                   n_head_cells;
  gboolean                decided;   /* which row is the header */
  char                  **last_header; /* the header row's own cells, or NULL */
  guint                   n_skipped; /* columns */
  guint                   max_rows;
  guint64                 n_cells;   /* of the records */
  Ending                  ending;
  void (*progress)       (guint64  done,
                          guint64  total,
                          gpointer data);
  gpointer                data;
} Intake;

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

static gboolean
stop (Intake  *self,
      Ending   ending,
      GError **error)
{
  self->ending = ending;
  /* It is taken back where the reading ended. */
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  return FALSE;
}

/* Which of @row's lost digits are in columns that are kept, by the columns' new numbers; free with g_free(). */
static guint16 *
move_lost (const Intake       *self,
           const KobraReadRow *row,
           guint              *n_kept)
{
  guint16 *moved = g_new (guint16, MAX (row->n_lost, 1));

  *n_kept = 0;
  for (guint i = 0; i < row->n_lost; i++)
    if (row->lost[i] >= self->n_skipped)
      moved[(*n_kept)++] = (guint16) (row->lost[i] - self->n_skipped);
  return moved;
}

static gboolean
append (Intake             *self,
        const KobraReadRow *row,
        GError            **error)
{
  KobraCells          kept = { .texts = row->cells + self->n_skipped, .lost = row->lost, .n_lost = row->n_lost };
  g_autofree guint16 *moved = NULL;

  for (guint i = 0; i < self->n_skipped && i < row->n_cells && self->read->first_column == 0; i++)
    if (*row->cells[i] != '\0')
      return stop (self, MUST_RESTART, error);
  if (row->n_cells <= self->n_skipped)
    {
      leave_out (self->opened, KOBRA_LEFT_OUT_BLANK, row->line);
      return TRUE;
    }
  kept.n = row->n_cells - self->n_skipped;
  if (row->size > 0)
    kept.size = row->size - (gsize) (kept.texts[0] - row->cells[0]);
  if (self->n_skipped > 0 && row->n_lost > 0)
    kept.lost = moved = move_lost (self, row, &kept.n_lost);
  if (!kobra_rows_append_cells (self->opened->rows, row->line, &kept))
    {
      g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_TOO_MANY_ROWS,
                   _ ("There is no memory for row %u and those after it. Split the file and open its parts one by one."), row->line);
      return FALSE;
    }
  self->n_cells += kept.n;
  if (self->max_rows > 0 && (kobra_rows_get_n_rows (self->opened->rows) >= self->max_rows || self->n_cells >= MAX_LOOKED_CELLS))
    return stop (self, HAS_ENOUGH, error);
  return TRUE;
}

/* A record, or the header again. */
static gboolean
take_record (Intake             *self,
             const KobraReadRow *row,
             GError            **error)
{
  if (self->last_header == NULL || self->read->keep_all || !kobra_heading_is_again ((const char *const *) self->last_header, row->cells, row->n_cells))
    return append (self, row, error);
  leave_out (self->opened, KOBRA_LEFT_OUT_HEADER_AGAIN, row->line);
  return TRUE;
}

static guint
get_kinds (const KobraOpenOptions *options)
{
  return options->guess_kind ? (1u << KOBRA_N_KINDS) - 1 : 1u << options->kind;
}

/* Which columns before the table are empty. */
static void
decide_columns (Intake *self,
                guint   first_row)
{
  const KobraHeadRow *rows = (const KobraHeadRow *) (gpointer) self->head->data;

  self->n_skipped = self->read->first_column > 0 ? self->read->first_column - 1 : kobra_heading_count_empty_columns (rows + first_row, self->head->len - first_row);
  self->opened->first_column = self->n_skipped + 1;
}

static gboolean
decide_header (Intake  *self,
               GError **error)
{
  KobraOpened *opened = self->opened;
  KobraHeading heading = kobra_heading_find ((const KobraHeadRow *) (gpointer) self->head->data, self->head->len, self->read, get_kinds (self->options));
  guint        n_above = heading.first >= 0 ? (guint) heading.first : 0;
  gboolean     is_taken = TRUE;

  self->decided = TRUE;
  decide_columns (self, n_above);
  opened->has_header = heading.first >= 0;
  opened->n_header_rows = heading.n_rows;
  if (heading.first >= 0)
    {
      g_auto (GStrv) headers = heading.headers;

      opened->header_row = g_array_index (self->head, KobraHeadRow, n_above).line;
      self->last_header = g_strdupv (g_array_index (self->head, KobraHeadRow, n_above + heading.n_rows - 1).cells);
      opened->headers = g_strdupv (headers + MIN (self->n_skipped, g_strv_length (headers)));
    }
  for (guint i = 0; is_taken && i < self->head->len; i++)
    {
      const KobraHeadRow *row = &g_array_index (self->head, KobraHeadRow, i);

      if (i < n_above)
        leave_out (opened, KOBRA_LEFT_OUT_TITLE, row->line);
      else if (i >= n_above + heading.n_rows)
        is_taken = take_record (self, &(KobraReadRow) { .line = row->line, .n_cells = row->n_cells, .cells = (const char *const *) row->cells, .n_lost = row->n_lost, .lost = row->lost }, error);
    }
  g_array_set_size (self->head, 0);
  return is_taken;
}

static gboolean
take_row (const KobraReadRow *row,
          gpointer            data,
          GError            **error)
{
  Intake      *self = data;
  KobraHeadRow head = { .line = row->line, .n_cells = row->n_cells, .n_lost = row->n_lost, .is_header = row->is_header };

  if (self->decided)
    return take_record (self, row, error);
  head.cells = g_new0 (char *, row->n_cells + 1);
  for (guint i = 0; i < row->n_cells; i++)
    head.cells[i] = g_strdup (row->cells[i]);
  head.lost = g_memdup2 (row->lost, row->n_lost * sizeof *row->lost);
  g_array_append_val (self->head, head);
  self->n_head_cells += row->n_cells;
  /* A header that was chosen may stand anywhere, with the row that it may be joined with after it. */
  if (self->read->header_row > 0 && self->read->header_row != KOBRA_HEADER_NONE)
    return (row->line <= self->read->header_row && self->head->len < MAX_HEAD_ROWS) || decide_header (self, error);
  return (self->head->len < N_HEAD_ROWS && self->n_head_cells < MAX_HEAD_CELLS) || decide_header (self, error);
}

static void
take_blank (guint32  line,
            gpointer data)
{
  leave_out (((Intake *) data)->opened, KOBRA_LEFT_OUT_BLANK, line);
}

static void
take_progress (guint64  done,
               guint64  total,
               gpointer data)
{
  Intake *self = data;

  if (self->progress != NULL)
    self->progress (done, total, self->data);
}

static guint
count_usual_cells (KobraRows *rows)
{
  guint n_rows = MIN (kobra_rows_get_n_rows (rows), N_USUAL_ROWS), n = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      const KobraRow *row = kobra_rows_peek (rows, i);
      const char     *texts[KOBRA_MAX_FIELDS];
      guint           n_cells = MIN (kobra_row_get_n_cells (row), G_N_ELEMENTS (texts));

      kobra_row_get_texts (row, texts, n_cells);
      for (guint k = 0; k < n_cells; k++)
        n += *texts[k] != '\0';
    }
  return n_rows > 0 ? (n + n_rows / 2) / n_rows : 0;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const KobraLeftOut *left = a, *right = b;

  return (left->first > right->first) - (left->first < right->first);
}

/* Totals and notes at the end, from the last row up. */
static void
leave_out_last (Intake *self)
{
  KobraRows *rows = self->opened->rows;
  guint      n_usual = count_usual_cells (rows), n_left = 0;
  guint32    lines[N_LAST_ROWS];
  KobraLeftOutReason reasons[N_LAST_ROWS];

  /* Of a table that is shorter than its notes nobody knows which is which. */
  while (n_left < N_LAST_ROWS && kobra_rows_get_n_rows (rows) > 2)
    {
      const KobraRow *row = kobra_rows_peek (rows, kobra_rows_get_n_rows (rows) - 1);
      guint           n_cells = kobra_row_get_n_cells (row);
      g_autofree const char **cells = g_new (const char *, n_cells + 1);

      kobra_row_get_texts (row, cells, n_cells);
      reasons[n_left] = kobra_heading_judge_last (cells, n_cells, n_usual);
      if (reasons[n_left] == KOBRA_N_LEFT_OUT)
        break;
      lines[n_left++] = row->line;
      kobra_rows_drop_last (rows);
    }
  while (n_left-- > 0)
    leave_out (self->opened, reasons[n_left], lines[n_left]);
  g_array_sort (self->opened->left_out, compare_lines);
}

static gboolean
read_once (Intake                *self,
           const KobraOpenSource *source,
           GCancellable          *cancellable,
           GError               **error)
{
  const KobraReadSink    inner = { take_row, take_blank, take_progress, self, self->max_rows > 0 ? MAX_LOOKED_BYTES : 0 };
  g_auto (KobraOwnExport) own = { 0 };
  KobraReadSink          sink;

  kobra_own_export_init (&own, &inner);
  sink = kobra_own_export_get_sink (&own);

  if (source->file != NULL
        ? !kobra_reader_read_file (source->file, self->read, &sink, &self->opened->info, cancellable, error)
        : !kobra_reader_read_stream (source->stream, 0, self->read, &sink, &self->opened->info, cancellable, error))
    return FALSE;
  g_clear_pointer (&self->opened->references, g_hash_table_unref);
  if (own.is_own)
    self->opened->references = g_hash_table_ref (own.references);
  if (!self->decided && !decide_header (self, error))
    return FALSE;
  if (self->opened->info.is_cut)
    self->ending = HAS_ENOUGH;
  return TRUE;
}

static void
begin (Intake *self)
{
  self->decided = FALSE;
  self->ending = RUNNING;
  self->n_head_cells = 0;
  self->n_cells = 0;
  g_array_set_size (self->head, 0);
  g_array_set_size (self->opened->left_out, 0);
  g_clear_pointer (&self->last_header, g_strfreev);
  g_clear_pointer (&self->opened->headers, g_strfreev);
  g_clear_pointer (&self->opened->rows, kobra_rows_free);
  self->opened->rows = kobra_rows_new ();
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

gboolean
kobra_intake_read (const KobraOpenSource  *source,
                   const KobraOpenOptions *options,
                   guint                   max_rows,
                   KobraOpened            *opened,
                   void (*progress)       (guint64  done,
                                           guint64  total,
                                           gpointer data),
                   gpointer                data,
                   GCancellable           *cancellable,
                   GError                **error)
{
  g_auto (KobraReadOptions) read = { 0 };
  g_autoptr (GArray)        head = g_array_new (FALSE, FALSE, sizeof (KobraHeadRow));
  g_autoptr (GError)        cause = NULL;
  Intake   self = { .options = options, .read = &read, .opened = opened, .head = head, .max_rows = max_rows, .progress = progress, .data = data };
  gboolean is_read;

  if (options->read != NULL)
    {
      kobra_read_options_copy (options->read, &read);
      kobra_read_options_clear (&opened->read);
      kobra_read_options_copy (options->read, &opened->read);
    }
  /* What can't be read twice is not guessed at. */
  if (source->stream != NULL && read.first_column == 0 && !(G_IS_SEEKABLE (source->stream) && g_seekable_can_seek (G_SEEKABLE (source->stream))))
    read.first_column = 1;
  g_array_set_clear_func (head, kobra_head_row_clear);
  begin (&self);
  is_read = read_once (&self, source, cancellable, &cause);
  if (self.ending == MUST_RESTART)
    {
      g_clear_error (&cause);
      read.first_column = 1;
      begin (&self);
      is_read = (source->stream == NULL || g_seekable_seek (G_SEEKABLE (source->stream), 0, G_SEEK_SET, cancellable, &cause)) && read_once (&self, source, cancellable, &cause);
    }
  g_clear_pointer (&self.last_header, g_strfreev);
  if (self.ending == RUNNING && !is_read)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (!read.keep_all && self.ending == RUNNING)
    leave_out_last (&self);
  complete_headers (opened);
  return TRUE;
}
