/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cut, copy, clear, fill. A copy is written in slices of time, for a selection may be the whole sheet. */

#include "kobra-sheet-private.h"

#include <glib/gi18n.h>

#include "kobra-sheet-html.h"

#define MIB ((gsize) 1024 * 1024)
#define MAX_COPIED_BYTES (256 * MIB)
#define MAX_COPIED_HTML (32 * MIB) /* beyond it only the plain text is offered */

/* What cells take, to ask for it at once: a text that grows and grows is copied again each time. Nothing that is not written to costs anything. */
#define TEXT_BYTES_PER_CELL 32u
#define HTML_BYTES_PER_CELL 64u

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

static void
free_copy_job (KobraSheetCopyJob *job)
{
  g_clear_handle_id (&job->source_id, g_source_remove);
  if (job->text != NULL)
    g_string_free (job->text, TRUE);
  if (job->html != NULL)
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
  static const char *const empty[] = { "" };

  kobra_sheet_write (self, KOBRA_SHEET_WRITE_CLEAR, range, kobra_sheet_grid_new_row (empty, 1), FALSE);
}

/* After a cut. Rows that were cut as a whole are gone at once; of others the cells are empty. */
static void
take_out (KobraSheet            *self,
          const KobraSheetRange *range,
          GdkContentProvider    *provider)
{
  gboolean are_rows = range->n_columns == self->geometry.n_columns && range->n_columns > 1;

  if (are_rows && kobra_sheet_model_remove_rows (self->model, range->row, range->n_rows))
    g_set_object (&self->cut_rows, provider);
  else
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
    html = g_string_free_to_bytes (g_steal_pointer (&job->html));
  free_copy_job (job);
  if (!fits)
    {
      kobra_sheet_refuse (self, _ ("The selection is too large for the clipboard. Select fewer rows or columns."));
      return;
    }
  provider = make_provider (bytes, html);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), provider);
  if (clears)
    take_out (self, &range, provider);
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
  gsize           n_cells = (gsize) range.n_rows * range.n_columns;

  kobra_sheet_clipboard_cancel (self);
  if (!self->selection.is_set)
    return;
  self->copy = g_new0 (KobraSheetCopyJob, 1);
  self->copy->range = range;
  self->copy->clears = clears;
  self->copy->text = g_string_sized_new (MIN (n_cells, MAX_COPIED_BYTES / 2 / TEXT_BYTES_PER_CELL) * TEXT_BYTES_PER_CELL);
  self->copy->html = g_string_sized_new (MIN (n_cells, (MAX_COPIED_HTML + MIB) / HTML_BYTES_PER_CELL) * HTML_BYTES_PER_CELL);
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

void
kobra_sheet_fill_down (KobraSheet *self)
{
  KobraSheetRange range;
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (KOBRA_IS_SHEET (self));

  range = kobra_sheet_selection_get_range (&self->selection);
  if (!self->selection.is_set || (range.n_rows == 1 && range.row == 0))
    return;
  if ((guint64) range.n_rows * range.n_columns > KOBRA_SHEET_MAX_PASTED_CELLS)
    {
      kobra_sheet_refuse (self, _ ("The selection is too large to be filled at once. Select fewer rows or columns."));
      return;
    }
  /* Each text is good until the next is asked for. */
  for (guint column = 0; column < range.n_columns; column++)
    g_ptr_array_add (copies, g_strdup (kobra_sheet_model_peek_text (self->model, range.n_rows == 1 ? range.row - 1 : range.row, range.column + column)));
  kobra_sheet_write (self, KOBRA_SHEET_WRITE_FILL, &range, kobra_sheet_grid_new_row ((const char *const *) copies->pdata, range.n_columns), FALSE);
}

void
kobra_sheet_clipboard_cancel (KobraSheet *self)
{
  g_clear_pointer (&self->copy, free_copy_job);
  kobra_sheet_cancel_paste (self);
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
