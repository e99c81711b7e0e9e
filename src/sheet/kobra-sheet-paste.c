/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paste: read as a stream with a limit, for any program can own the clipboard, and taken apart by a worker. */

#include "kobra-sheet-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-sheet-html.h"

#define MAX_PASTED_BYTES ((gsize) 64 * 1024 * 1024)
#define BLOCK ((gsize) 1024 * 1024)

/* No read asks for more: one that takes all that another program hands over at once never ends on X11, in GTK 4.18. */
#define MAX_READ ((gsize) 64 * 1024)

/* A program that is that long silent has no more to say: GTK's own never begin with more than 16 MB on X11. */
#define SILENCE_SECONDS 15

/* Nobody who waits longer should have to guess for what. */
#define PATIENCE_SECONDS 1

/* Outlives the sheet if it must. It is called off when the sheet gets another model. */
typedef struct
{
  GWeakRef        sheet;
  KobraSheetWrite what;
  KobraSheetRange target;
  GPtrArray      *blocks;   /* of BLOCK bytes each: to grow one of it all would copy it, between two frames */
  gsize           n_bytes;
  gboolean        has_html; /* the clipboard has */
  gboolean        is_html;  /* what is being read */
  KobraSheetGrid *plain;    /* what the plain text was, or NULL */
} PasteJob;

/* What goes to the worker. */
typedef struct
{
  GPtrArray *blocks;
  gsize      n_bytes;
  gboolean   is_html;
  guint      n_kept; /* columns that stay though they are empty */
} ParseJob;

static void
free_paste_job (PasteJob *job)
{
  g_weak_ref_clear (&job->sheet);
  g_clear_pointer (&job->blocks, g_ptr_array_unref);
  g_clear_pointer (&job->plain, kobra_sheet_grid_free);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PasteJob, free_paste_job)

static gboolean
silent_cb (gpointer data)
{
  KobraSheet *self = data;

  self->paste_watch = 0;
  kobra_sheet_cancel_paste (self);
  kobra_sheet_refuse (self, _ ("The program that was copied from does not hand over what it offered. Copy less of it at once, or save it as a file and open that."));
  return G_SOURCE_REMOVE;
}

static void
unwatch (PasteJob *job)
{
  g_autoptr (KobraSheet) self = g_weak_ref_get (&job->sheet);

  if (self != NULL)
    g_clear_handle_id (&self->paste_watch, g_source_remove);
}

/* Something is asked of the clipboard's owner. */
static void
watch (PasteJob *job)
{
  g_autoptr (KobraSheet) self = g_weak_ref_get (&job->sheet);

  unwatch (job);
  if (self != NULL)
    self->paste_watch = g_timeout_add_seconds (SILENCE_SECONDS, silent_cb, self);
}

/* Nothing is being pasted any more. */
static void
leave_paste (KobraSheet *self)
{
  g_clear_handle_id (&self->paste_watch, g_source_remove);
  g_clear_handle_id (&self->paste_patience, g_source_remove);
  g_clear_object (&self->pasting);
  kobra_sheet_set_slow_paste (self, FALSE);
}

static gboolean
patience_cb (gpointer data)
{
  KobraSheet *self = data;

  self->paste_patience = 0;
  kobra_sheet_set_slow_paste (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* The sheet, if there still is one; then the paste is no longer under way. */
static KobraSheet *
end_paste (PasteJob *job)
{
  g_autoptr (KobraSheet) self = g_weak_ref_get (&job->sheet);

  if (self != NULL)
    leave_paste (self);
  return g_steal_pointer (&self);
}

/* @grid, which is taken, at the target: over all of it if it fits in there a whole number of times, else once from its first cell on. */
static void
paste_grid (KobraSheet     *self,
            const PasteJob *job,
            KobraSheetGrid *grid)
{
  KobraSheetRange target = job->target;
  gboolean        is_over = job->what == KOBRA_SHEET_WRITE_PASTE;

  if (!is_over || target.n_rows % grid->n_rows != 0 || target.n_columns % grid->n_columns != 0 ||
      (guint64) target.n_rows * target.n_columns > KOBRA_SHEET_MAX_PASTED_CELLS)
    {
      target.n_rows = grid->n_rows;
      target.n_columns = grid->n_columns;
    }
  /* Whole rows begin where rows do. */
  if (!is_over && grid->n_columns >= self->geometry.n_columns)
    target.column = 0;
  kobra_sheet_write (self, job->what, &target, grid, TRUE);
}

/* If there is another way to paste, that: what the plain text was. */
static void
fail_paste (PasteJob   *job,
            const char *words)
{
  g_autoptr (KobraSheet) self = end_paste (job);

  if (self != NULL && job->plain != NULL)
    paste_grid (self, job, g_steal_pointer (&job->plain));
  else if (self != NULL)
    kobra_sheet_refuse (self, words);
}

static void read_clipboard (PasteJob     *job,
                            GCancellable *cancellable);

static void
free_parse_job (ParseJob *job)
{
  g_ptr_array_unref (job->blocks);
  g_free (job);
}

/* All of it in one piece, with a NUL after it. */
static char *
join_blocks (ParseJob *job)
{
  char *text = g_malloc (job->n_bytes + 1);

  for (gsize done = 0; done < job->n_bytes; done += BLOCK)
    memcpy (text + done, g_ptr_array_index (job->blocks, done / BLOCK), MIN (BLOCK, job->n_bytes - done));
  text[job->n_bytes] = '\0';
  g_ptr_array_set_size (job->blocks, 0);
  return text;
}

static void
parse_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  ParseJob        *job = data;
  g_autofree char *text = join_blocks (job);
  KobraSheetGrid  *grid;

  if (job->is_html)
    {
      grid = kobra_sheet_html_parse (text, job->n_bytes, KOBRA_SHEET_MAX_PASTED_CELLS);
      if (grid != NULL)
        kobra_sheet_grid_trim (grid, job->n_kept);
    }
  else
    {
      grid = kobra_sheet_tsv_parse (g_steal_pointer (&text), job->n_bytes, KOBRA_SHEET_MAX_PASTED_CELLS);
    }
  if (grid != NULL && kobra_sheet_grid_has_longer (grid, KOBRA_SHEET_MAX_CELL_BYTES))
    g_clear_pointer (&grid, kobra_sheet_grid_free);
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
  if (!job->is_html && job->has_html && (grid == NULL || grid->n_columns == 1 || grid->is_ragged))
    {
      /* A web page's table as plain text is often one line a cell, and Gnumeric quotes no line breaks. */
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
    kobra_sheet_refuse (self, _ ("The clipboard holds no text, or more of it than can be pasted. Open large tables as a file."));
  else
    paste_grid (self, job, g_steal_pointer (&grid));
}

static void
parse (PasteJob     *job,
       GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, parsed_cb, job);
  ParseJob         *parsed = g_new0 (ParseJob, 1);

  unwatch (job);
  /* Only the bytes go to the worker. */
  parsed->blocks = g_steal_pointer (&job->blocks);
  parsed->n_bytes = job->n_bytes;
  parsed->is_html = job->is_html;
  /* Gnumeric adds columns for text that reaches out of its cell. */
  parsed->n_kept = job->plain != NULL ? job->plain->n_columns : G_MAXUINT;
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

static void read_on (GInputStream *stream,
                     Reading      *reading);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Reading) reading = data;
  g_autoptr (GError) error = NULL;
  gssize    n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  PasteJob *job = reading->job;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (n > 0)
    job->n_bytes += (gsize) n;
  if (n < 0)
    fail_paste (job, _ ("The clipboard could not be read. Copy once more and try again."));
  else if (n == 0)
    parse (g_steal_pointer (&reading->job), reading->cancellable);
  else if (job->n_bytes > MAX_PASTED_BYTES)
    fail_paste (job, _ ("The clipboard holds too much to be pasted. Open large tables as a file."));
  else
    read_on (G_INPUT_STREAM (source), g_steal_pointer (&reading));
}

/* Takes @reading. */
static void
read_on (GInputStream *stream,
         Reading      *reading)
{
  PasteJob *job = reading->job;
  gsize     n_there = job->n_bytes % BLOCK;

  watch (job);
  if (n_there == 0)
    g_ptr_array_add (job->blocks, g_malloc (BLOCK));
  g_input_stream_read_async (stream, (char *) g_ptr_array_index (job->blocks, job->n_bytes / BLOCK) + n_there, MIN (MAX_READ, BLOCK - n_there), G_PRIORITY_DEFAULT,
                             reading->cancellable, read_cb, reading);
}

static void
clipboard_opened_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr (Reading) reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (stream == NULL)
    fail_paste (reading->job, _ ("The clipboard holds no text."));
  else
    read_on (stream, g_steal_pointer (&reading));
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
  g_clear_pointer (&job->blocks, g_ptr_array_unref);
  job->blocks = g_ptr_array_new_with_free_func (g_free);
  job->n_bytes = 0;
  watch (job);
  if (self != NULL)
    gdk_clipboard_read_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), (const char **) (job->is_html ? html_types : plain_types), G_PRIORITY_DEFAULT,
                              cancellable, clipboard_opened_cb, g_steal_pointer (&reading));
}

static void
paste (KobraSheet     *self,
       KobraSheetWrite what)
{
  GdkClipboard      *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  PasteJob          *job;

  kobra_sheet_clipboard_cancel (self);
  if (!kobra_sheet_ensure_cursor (self))
    return;
  /* Rows that are gone from elsewhere come here as rows: nothing that is here is lost for them. */
  if (self->cut_rows != NULL && gdk_clipboard_get_content (clipboard) == self->cut_rows)
    what = KOBRA_SHEET_WRITE_MOVE;
  self->pasting = g_cancellable_new ();
  self->paste_patience = g_timeout_add_seconds (PATIENCE_SECONDS, patience_cb, self);
  job = g_new0 (PasteJob, 1);
  g_weak_ref_init (&job->sheet, self);
  job->what = what;
  job->target = kobra_sheet_selection_get_range (&self->selection);
  job->has_html = gdk_content_formats_contain_mime_type (formats, "text/html");
  /* Some programs offer a table and no text. */
  job->is_html = job->has_html && !gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8") &&
                 !gdk_content_formats_contain_mime_type (formats, "text/plain");
  read_clipboard (job, self->pasting);
}

void
kobra_sheet_paste (KobraSheet *self)
{
  g_return_if_fail (KOBRA_IS_SHEET (self));

  paste (self, KOBRA_SHEET_WRITE_PASTE);
}

void
kobra_sheet_paste_rows (KobraSheet *self)
{
  g_return_if_fail (KOBRA_IS_SHEET (self));

  paste (self, KOBRA_SHEET_WRITE_INSERT);
}

void
kobra_sheet_cancel_paste (KobraSheet *self)
{
  g_return_if_fail (KOBRA_IS_SHEET (self));

  g_cancellable_cancel (self->pasting);
  leave_paste (self);
}
