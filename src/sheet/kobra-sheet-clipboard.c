/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cut, copy, paste, clear, fill. A copy is written in slices of time, for a selection may be the whole sheet; a paste is read as a
 * stream with a limit, for any program can own the clipboard, and taken apart by a worker. */

#include "kobra-sheet-private.h"

#include <glib/gi18n.h>

#include "kobra-sheet-html.h"
#include "kobra-sheet-tsv.h"

#define MIB ((gsize) 1024 * 1024)
#define MAX_COPIED_BYTES (256 * MIB)
#define MAX_PASTED_BYTES (64 * MIB)
#define MAX_COPIED_HTML (32 * MIB) /* beyond it only the plain text is offered */
#define CHUNK (256 * 1024)

struct _KobraSheetCopyJob
{
  KobraSheetRange range;
  guint           row; /* next, within the range */
  guint           column;
  GString        *text;
  GString        *html;
  gboolean        clears;
  guint           source_id;
};

/* Outlives the sheet if it must. It is called off when the sheet gets another model. */
typedef struct
{
  GWeakRef        sheet;
  KobraSheetRange target;
  GByteArray     *bytes;
  gboolean        has_html; /* the clipboard has */
  gboolean        is_html;  /* what is being read */
  KobraSheetGrid *plain;    /* what the plain text was, or NULL */
} PasteJob;

/* What goes to the worker. */
typedef struct
{
  GByteArray *bytes;
  gboolean    is_html;
} ParseJob;

static void
free_copy_job (KobraSheetCopyJob *job)
{
  g_clear_handle_id (&job->source_id, g_source_remove);
  if (job->text != NULL)
    g_string_free (job->text, TRUE);
  g_string_free (job->html, TRUE);
  g_free (job);
}

static void
write_html_cell (KobraSheet        *self,
                 KobraSheetCopyJob *job,
                 const char        *text)
{
  if (job->html->len > MAX_COPIED_HTML)
    return;
  if (job->column == 0)
    kobra_sheet_html_begin_row (job->html);
  kobra_sheet_html_append_cell (job->html, text, !self->columns[job->range.column + job->column].is_numeric);
  if (job->column == job->range.n_columns - 1)
    kobra_sheet_html_end_row (job->html);
}

/* Writes cells until @deadline; TRUE if it is done or too much. */
static gboolean
write_cells (KobraSheet        *self,
             KobraSheetCopyJob *job,
             gint64             deadline)
{
  while (job->row < job->range.n_rows && job->text->len <= MAX_COPIED_BYTES)
    {
      const char *text = kobra_sheet_model_peek_text (self->model, job->range.row + job->row, job->range.column + job->column);

      kobra_sheet_tsv_append_cell (job->text, text);
      write_html_cell (self, job, text);
      job->column++;
      if (job->column < job->range.n_columns)
        g_string_append_c (job->text, '\t');
      else
        {
          job->column = 0;
          job->row++;
          if (job->row < job->range.n_rows)
            g_string_append_c (job->text, '\n');
        }
      if (job->column % 256 == 0 && g_get_monotonic_time () >= deadline)
        return job->row == job->range.n_rows;
    }
  return TRUE;
}

static void
clear_range (KobraSheet            *self,
             const KobraSheetRange *range)
{
  if (!kobra_sheet_model_clear (self->model, range->row, range->n_rows, range->column, range->n_columns))
    kobra_sheet_refuse (self, _ ("These cells can’t be cleared now; they are as they were."));
}

/* After a cut. Rows that were cut as a whole are gone at once; of others the cells are empty. */
static void
take_out (KobraSheet            *self,
          const KobraSheetRange *range)
{
  gboolean are_rows = range->n_columns == self->geometry.n_columns && range->n_columns > 1;

  if (!are_rows || !kobra_sheet_model_remove_rows (self->model, range->row, range->n_rows))
    clear_range (self, range);
}

static GdkContentProvider *
make_provider (GBytes *text,
               GBytes *html)
{
  GdkContentProvider *providers[3] = {
    gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", text),
    gdk_content_provider_new_for_bytes ("text/plain", text),
  };

  if (html != NULL)
    providers[2] = gdk_content_provider_new_for_bytes ("text/html", html);
  return gdk_content_provider_new_union (providers, html != NULL ? 3 : 2);
}

static void
finish_copy (KobraSheet *self)
{
  g_autoptr (GBytes) bytes = NULL, html = NULL;
  g_autoptr (GdkContentProvider) provider = NULL;
  KobraSheetCopyJob *job = g_steal_pointer (&self->copy);
  KobraSheetRange    range = job->range;
  gboolean           clears = job->clears;
  gboolean           fits = job->text->len <= MAX_COPIED_BYTES;

  if (fits)
    bytes = g_string_free_to_bytes (g_steal_pointer (&job->text));
  kobra_sheet_html_end (job->html);
  if (job->html->len <= MAX_COPIED_HTML)
    html = g_bytes_new (job->html->str, job->html->len);
  free_copy_job (job);
  if (!fits)
    {
      kobra_sheet_refuse (self, _ ("The selection is too large for the clipboard. Select fewer rows or columns."));
      return;
    }
  provider = make_provider (bytes, html);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), provider);
  if (clears)
    take_out (self, &range);
}

static gboolean
write_on_cb (gpointer data)
{
  KobraSheet *self = data;

  if (!write_cells (self, self->copy, g_get_monotonic_time () + KOBRA_SHEET_SLICE))
    return G_SOURCE_CONTINUE;
  self->copy->source_id = 0;
  finish_copy (self);
  return G_SOURCE_REMOVE;
}

static void
copy (KobraSheet *self,
      gboolean    clears)
{
  KobraSheetRange range = kobra_sheet_selection_get_range (&self->selection);

  kobra_sheet_clipboard_cancel (self);
  if (!self->selection.is_set)
    return;
  self->copy = g_new0 (KobraSheetCopyJob, 1);
  self->copy->range = range;
  self->copy->clears = clears;
  self->copy->text = g_string_new (NULL);
  self->copy->html = g_string_new (NULL);
  kobra_sheet_html_begin (self->copy->html);
  if (write_cells (self, self->copy, g_get_monotonic_time () + KOBRA_SHEET_SLICE))
    finish_copy (self);
  else
    self->copy->source_id = g_idle_add (write_on_cb, self);
}

void
kobra_sheet_copy (KobraSheet *self)
{
  g_return_if_fail (KOBRA_IS_SHEET (self));

  copy (self, FALSE);
}

void
kobra_sheet_cut (KobraSheet *self)
{
  g_return_if_fail (KOBRA_IS_SHEET (self));

  copy (self, TRUE);
}

void
kobra_sheet_clear (KobraSheet *self)
{
  KobraSheetRange range;

  g_return_if_fail (KOBRA_IS_SHEET (self));

  range = kobra_sheet_selection_get_range (&self->selection);
  if (self->selection.is_set)
    clear_range (self, &range);
}

/* @row of the selected columns, each text a copy. */
static char **
dup_row (KobraSheet            *self,
         guint                  row,
         const KobraSheetRange *range)
{
  char **texts = g_new0 (char *, (gsize) range->n_columns + 1);

  for (guint column = 0; column < range->n_columns; column++)
    texts[column] = g_strdup (kobra_sheet_model_peek_text (self->model, row, range->column + column));
  return texts;
}

void
kobra_sheet_fill_down (KobraSheet *self)
{
  KobraSheetRange range;
  KobraSheetGrid  grid;
  g_auto (GStrv) texts = NULL;
  g_autofree const char **cells = NULL;

  g_return_if_fail (KOBRA_IS_SHEET (self));

  range = kobra_sheet_selection_get_range (&self->selection);
  if (!self->selection.is_set || (range.n_rows == 1 && range.row == 0))
    return;
  if ((guint64) range.n_rows * range.n_columns > KOBRA_SHEET_MAX_PASTED_CELLS)
    {
      kobra_sheet_refuse (self, _ ("The selection is too large to be filled at once. Select fewer rows or columns."));
      return;
    }
  texts = dup_row (self, range.n_rows == 1 ? range.row - 1 : range.row, &range);
  grid = (KobraSheetGrid) { .cells = (const char **) texts, .n_rows = 1, .n_columns = range.n_columns };
  cells = kobra_sheet_grid_tile (&grid, range.n_rows, range.n_columns);
  if (!kobra_sheet_model_paste (self->model, range.row, range.column, cells, range.n_rows, range.n_columns))
    kobra_sheet_refuse (self, _ ("These cells can’t be filled now; they are as they were."));
}

void
kobra_sheet_clipboard_cancel (KobraSheet *self)
{
  g_clear_pointer (&self->copy, free_copy_job);
  g_cancellable_cancel (self->pasting);
  g_clear_object (&self->pasting);
}

void
kobra_sheet_clipboard_rows_changed (KobraSheet *self)
{
  if (self->copy == NULL)
    return;
  /* Half of one state and half of another is not what was copied. */
  g_clear_pointer (&self->copy, free_copy_job);
  kobra_sheet_refuse (self, _ ("The cells changed while they were being copied. Copy them again."));
}

static void
free_paste_job (PasteJob *job)
{
  g_weak_ref_clear (&job->sheet);
  g_clear_pointer (&job->bytes, g_byte_array_unref);
  g_clear_pointer (&job->plain, kobra_sheet_grid_free);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PasteJob, free_paste_job)

/* The sheet, if there still is one; then the paste is no longer under way. */
static KobraSheet *
end_paste (PasteJob *job)
{
  g_autoptr (KobraSheet) self = g_weak_ref_get (&job->sheet);

  if (self != NULL)
    g_clear_object (&self->pasting);
  return g_steal_pointer (&self);
}

/* @grid at the target: over all of it if it fits in there a whole number of times, else once from its first cell on. */
static void
paste_grid (KobraSheet            *self,
            const KobraSheetRange *target,
            const KobraSheetGrid  *grid)
{
  g_autofree const char **tiled = NULL;
  guint                   n_rows = grid->n_rows;
  guint                   n_columns = grid->n_columns;

  if (target->n_rows % n_rows == 0 && target->n_columns % n_columns == 0 && (guint64) target->n_rows * target->n_columns <= KOBRA_SHEET_MAX_PASTED_CELLS)
    {
      n_rows = target->n_rows;
      n_columns = target->n_columns;
      tiled = kobra_sheet_grid_tile (grid, n_rows, n_columns);
    }
  if (kobra_sheet_model_paste (self->model, target->row, target->column, tiled != NULL ? tiled : grid->cells, n_rows, n_columns))
    kobra_sheet_select (self, target->row, n_rows, target->column, n_columns);
  else
    kobra_sheet_refuse (self, _ ("What is on the clipboard can’t be pasted here; the cells are as they were."));
}

/* If there is another way to paste, that: what the plain text was. */
static void
fail_paste (PasteJob   *job,
            const char *words)
{
  g_autoptr (KobraSheet) self = end_paste (job);

  if (self != NULL && job->plain != NULL)
    paste_grid (self, &job->target, job->plain);
  else if (self != NULL)
    kobra_sheet_refuse (self, words);
}

static void read_clipboard (PasteJob     *job,
                            GCancellable *cancellable);

static void
free_parse_job (ParseJob *job)
{
  g_byte_array_unref (job->bytes);
  g_free (job);
}

static void
parse_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  ParseJob       *job = data;
  gsize           length = job->bytes->len;
  KobraSheetGrid *grid;

  g_byte_array_append (job->bytes, (const guint8 *) "", 1);
  if (job->is_html)
    grid = kobra_sheet_html_parse ((const char *) job->bytes->data, length, KOBRA_SHEET_MAX_PASTED_CELLS);
  else
    {
      char *text = (char *) g_byte_array_steal (job->bytes, NULL);

      grid = kobra_sheet_tsv_parse (text, length, KOBRA_SHEET_MAX_PASTED_CELLS);
    }
  g_task_return_pointer (task, grid, (GDestroyNotify) kobra_sheet_grid_free);
}

static void
parsed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (PasteJob) job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KobraSheetGrid) grid = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (KobraSheet) self = NULL;
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));

  if (error != NULL)
    return; /* only ever: called off */
  if (!job->is_html && job->has_html && (grid == NULL || grid->n_columns == 1))
    {
      /* A web page's table as plain text is often one line a cell. */
      job->plain = g_steal_pointer (&grid);
      job->is_html = TRUE;
      read_clipboard (g_steal_pointer (&job), cancellable);
      return;
    }
  if (job->is_html && job->plain != NULL && (grid == NULL || grid->n_columns == 1))
    {
      g_clear_pointer (&grid, kobra_sheet_grid_free);
      grid = g_steal_pointer (&job->plain);
    }
  self = end_paste (job);
  if (self == NULL)
    return;
  if (grid == NULL)
    kobra_sheet_refuse (self, _ ("The clipboard holds no text, or more than can be pasted. Open large tables as a file."));
  else
    paste_grid (self, &job->target, grid);
}

static void
parse (PasteJob     *job,
       GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, parsed_cb, job);
  ParseJob         *parsed = g_new0 (ParseJob, 1);

  /* Only the bytes go to the worker. */
  parsed->bytes = g_steal_pointer (&job->bytes);
  parsed->is_html = job->is_html;
  g_task_set_source_tag (task, parse);
  g_task_set_task_data (task, parsed, (GDestroyNotify) free_parse_job);
  g_task_run_in_thread (task, parse_in_thread);
}

/* What goes from one reading to the next; the job stays the same. */
typedef struct
{
  PasteJob     *job;
  GCancellable *cancellable;
} Reading;

static void
free_reading (Reading *reading)
{
  g_clear_pointer (&reading->job, free_paste_job);
  g_clear_object (&reading->cancellable);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, free_reading)

static void
read_chunk_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (Reading) reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  PasteJob *job = reading->job;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL)
    fail_paste (job, _ ("The clipboard could not be read. Copy once more and try again."));
  else if (g_bytes_get_size (bytes) == 0)
    parse (g_steal_pointer (&reading->job), reading->cancellable);
  else if (job->bytes->len + g_bytes_get_size (bytes) > MAX_PASTED_BYTES)
    fail_paste (job, _ ("The clipboard holds too much to be pasted. Open large tables as a file."));
  else
    {
      GCancellable *cancellable = reading->cancellable;

      g_byte_array_append (job->bytes, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
      g_input_stream_read_bytes_async (G_INPUT_STREAM (source), CHUNK, G_PRIORITY_DEFAULT, cancellable, read_chunk_cb, g_steal_pointer (&reading));
    }
}

static void
clipboard_opened_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr (Reading) reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  GCancellable *cancellable = reading->cancellable;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (stream == NULL)
    fail_paste (reading->job, _ ("The clipboard holds no text."));
  else
    g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, cancellable, read_chunk_cb, g_steal_pointer (&reading));
}

/* Takes @job. */
static void
read_clipboard (PasteJob     *job,
                GCancellable *cancellable)
{
  static const char *const plain_types[] = { "text/plain;charset=utf-8", "text/plain", NULL };
  static const char *const html_types[] = { "text/html", NULL };
  g_autoptr (Reading) reading = g_new0 (Reading, 1);
  g_autoptr (KobraSheet) self = g_weak_ref_get (&job->sheet);

  reading->cancellable = g_object_ref (cancellable);
  reading->job = job;
  g_clear_pointer (&job->bytes, g_byte_array_unref);
  job->bytes = g_byte_array_new ();
  if (self != NULL)
    gdk_clipboard_read_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), (const char **) (job->is_html ? html_types : plain_types), G_PRIORITY_DEFAULT,
                              cancellable, clipboard_opened_cb, g_steal_pointer (&reading));
}

void
kobra_sheet_paste (KobraSheet *self)
{
  GdkContentFormats *formats;
  PasteJob          *job;

  g_return_if_fail (KOBRA_IS_SHEET (self));

  kobra_sheet_clipboard_cancel (self);
  if (!kobra_sheet_ensure_cursor (self))
    return;
  formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  self->pasting = g_cancellable_new ();
  job = g_new0 (PasteJob, 1);
  g_weak_ref_init (&job->sheet, self);
  job->target = kobra_sheet_selection_get_range (&self->selection);
  job->has_html = gdk_content_formats_contain_mime_type (formats, "text/html");
  /* Some programs offer a table and no text. */
  job->is_html = job->has_html && !gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8") &&
                 !gdk_content_formats_contain_mime_type (formats, "text/plain");
  read_clipboard (job, self->pasting);
}
