/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet's columns: what they are called and how wide they are. */

#include "kobra-sheet-private.h"

#include <string.h>

#include "kobra-sheet-text.h"

#define N_SAMPLED_ROWS 50
/* In pixels at the usual size of text, which has lines of so many. */
#define MIN_DEFAULT_WIDTH 60
#define MAX_DEFAULT_WIDTH 320
#define MAX_FIT_WIDTH 800
#define USUAL_LINE_HEIGHT 20

/* Columns after these are measured by their header alone: 50 rows of them would take longer than a frame. */
#define MAX_SAMPLED_COLUMNS 200

/* How many of a column's texts are measured: those of the most characters, which are all but surely the widest. */
#define N_CANDIDATES 3

/* What a mark's icon is about as wide as. */
#define MARK_CHARACTERS 3

/* @width as it is at the size of text that people chose, but never less. */
static int
scale (KobraSheet *self,
       int         width)
{
  return width * MAX (self->look.line_height, USUAL_LINE_HEIGHT) / USUAL_LINE_HEIGHT;
}

static void
clear_columns (KobraSheetColumn *columns,
               guint             n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    {
      g_free (columns[i].header);
      g_clear_pointer (&columns[i].title, gsk_render_node_unref);
    }
  g_free (columns);
}

void
kobra_sheet_columns_unload (KobraSheet *self)
{
  clear_columns (g_steal_pointer (&self->columns), self->geometry.n_columns);
  kobra_sheet_geometry_set_columns (&self->geometry, NULL, 0);
}

static char *
dup_visible_header (KobraSheet *self,
                    guint       column)
{
  g_autofree char *header = kobra_sheet_model_dup_header (self->model, column);

  return g_strdup (kobra_sheet_text_make_visible (header, KOBRA_SHEET_MAX_DRAWN, self->look.text));
}

/* About how wide a cell is, in characters, without laying it out. */
static guint
estimate (KobraSheet *self,
          guint       row,
          guint       column)
{
  const char *text = kobra_sheet_model_peek_text (self->model, row, column);
  guint       n = 0;

  for (; *text != '\0' && n < KOBRA_SHEET_MAX_DRAWN; text = g_utf8_next_char (text))
    n += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return kobra_sheet_model_get_mark (self->model, row, column) != KOBRA_SHEET_MARK_NONE ? n + MARK_CHARACTERS : n;
}

/* How wide it is, without the space around. */
static int
measure_cell (KobraSheet *self,
              guint       row,
              guint       column)
{
  KobraSheetLook *look = &self->look;
  const char     *text = kobra_sheet_model_peek_text (self->model, row, column);
  int             width;

  text = kobra_sheet_text_make_visible (text, KOBRA_SHEET_MAX_DRAWN, look->text);
  width = kobra_sheet_look_measure (self, text, self->columns[column].is_numeric ? look->figures : NULL);
  if (kobra_sheet_model_get_mark (self->model, row, column) != KOBRA_SHEET_MARK_NONE)
    width += look->icon_size + KOBRA_SHEET_CELL_PADDING / 2;
  return width;
}

/* The width that shows the header and the texts of rows @first to @last, if there is time to look at them all. */
static int
measure_column (KobraSheet *self,
                guint       column,
                guint       first,
                guint       n_rows)
{
  KobraSheetLook *look = &self->look;
  gint64          deadline = g_get_monotonic_time () + KOBRA_SHEET_SLICE / 2;
  guint           rows[N_CANDIDATES] = { 0 };
  guint           sizes[N_CANDIDATES] = { 0 };
  int             width = kobra_sheet_look_measure (self, self->columns[column].header, look->heading);

  if (self->columns[column].icon != NULL)
    width += look->icon_size + KOBRA_SHEET_CELL_PADDING / 2;
  for (guint i = 0; i < n_rows; i++)
    {
      guint row = first + i;
      guint size = estimate (self, row, column);

      for (guint place = 0; place < N_CANDIDATES; place++)
        if (size > sizes[place])
          {
            memmove (&sizes[place + 1], &sizes[place], (N_CANDIDATES - 1 - place) * sizeof *sizes);
            memmove (&rows[place + 1], &rows[place], (N_CANDIDATES - 1 - place) * sizeof *rows);
            sizes[place] = size;
            rows[place] = row;
            break;
          }
      if (i % 256 == 255 && g_get_monotonic_time () > deadline)
        break;
    }
  for (guint place = 0; place < N_CANDIDATES && sizes[place] > 0; place++)
    width = MAX (width, measure_cell (self, rows[place], column));
  return width + 2 * KOBRA_SHEET_CELL_PADDING + 1;
}

/* Sets the widths of columns that have none yet, or of all that nobody set by hand. */
static void
measure_columns (KobraSheet *self,
                 gboolean    all)
{
  guint           n_columns = self->geometry.n_columns;
  g_autofree int *widths = g_new (int, MAX (n_columns, 1));

  if (self->look.layout == NULL)
    return; /* will be asked again when there is a font */
  for (guint i = 0; i < n_columns; i++)
    {
      guint n_rows = i < MAX_SAMPLED_COLUMNS ? MIN (self->geometry.n_rows, N_SAMPLED_ROWS) : 0;

      if (self->columns[i].has_own_width || (self->columns[i].has_width && !all))
        widths[i] = kobra_sheet_geometry_get_column_width (&self->geometry, i);
      else
        widths[i] = CLAMP (measure_column (self, i, 0, n_rows), MIN_DEFAULT_WIDTH, scale (self, MAX_DEFAULT_WIDTH));
      self->columns[i].has_width = n_rows > 0;
    }
  kobra_sheet_geometry_set_columns (&self->geometry, widths, n_columns);
  self->has_sampled = self->geometry.n_rows > 0;
  kobra_sheet_columns_measure_leading (self);
  kobra_sheet_picture_forget_all (self);
}

void
kobra_sheet_columns_load (KobraSheet *self)
{
  guint             n_columns = self->model != NULL ? kobra_sheet_model_get_n_columns (self->model) : 0;
  guint             n_old = self->geometry.n_columns;
  KobraSheetColumn *old = g_steal_pointer (&self->columns);
  g_autofree int   *widths = g_new (int, MAX (n_columns, 1));

  self->columns = g_new0 (KobraSheetColumn, MAX (n_columns, 1));
  for (guint i = 0; i < n_columns; i++)
    {
      KobraSheetColumn *column = &self->columns[i];

      column->header = dup_visible_header (self, i);
      column->icon = kobra_sheet_model_get_header_icon (self->model, i);
      column->key = kobra_sheet_model_get_column_key (self->model, i);
      column->is_dimmed = kobra_sheet_model_is_column_dimmed (self->model, i);
      column->is_numeric = kobra_sheet_model_is_column_numeric (self->model, i);
      widths[i] = MIN_DEFAULT_WIDTH;
      for (guint j = 0; j < n_old; j++)
        if (old[j].key == column->key && g_str_equal (old[j].header, column->header))
          {
            /* Other rows are no reason to change widths under people's eyes. */
            column->has_own_width = old[j].has_own_width;
            column->has_width = old[j].has_width;
            widths[i] = kobra_sheet_geometry_get_column_width (&self->geometry, j);
          }
    }
  clear_columns (old, n_old);
  kobra_sheet_geometry_set_columns (&self->geometry, widths, n_columns);
  measure_columns (self, FALSE);
}

void
kobra_sheet_columns_measure (KobraSheet *self)
{
  measure_columns (self, TRUE);
}

void
kobra_sheet_columns_measure_leading (KobraSheet *self)
{
  KobraSheetLook *look = &self->look;
  guint           n_rows = self->geometry.n_rows;
  guint           samples[] = { 0, n_rows / 2, n_rows > 0 ? n_rows - 1 : 0 };
  int             width = look->layout != NULL ? kobra_sheet_look_measure (self, "000", look->figures) : 0;

  if (look->layout == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (samples) && n_rows > 0; i++)
    {
      g_autofree char *name = kobra_sheet_model_dup_row_name (self->model, samples[i]);
      const char      *text = kobra_sheet_text_make_visible (name, KOBRA_SHEET_MAX_DRAWN, look->text);

      width = MAX (width, kobra_sheet_look_measure (self, text, look->figures));
    }
  width = MIN (width, scale (self, MAX_DEFAULT_WIDTH)) + look->icon_size + 3 * KOBRA_SHEET_CELL_PADDING + 1;
  if (width != self->geometry.leading_width)
    kobra_sheet_picture_forget_all (self);
  self->geometry.leading_width = width;
}

void
kobra_sheet_columns_fit (KobraSheet *self,
                         guint       column)
{
  guint first, last;
  int   width;

  if (!kobra_sheet_geometry_get_visible_rows (&self->geometry, &first, &last))
    first = last = 0;
  width = measure_column (self, column, first, MIN (self->geometry.n_rows, last + 1) - first);
  width = MAX (width, measure_column (self, column, 0, self->geometry.n_rows));
  kobra_sheet_columns_resize (self, column, MIN (width, scale (self, MAX_FIT_WIDTH)));
}

void
kobra_sheet_columns_resize (KobraSheet *self,
                            guint       column,
                            int         width)
{
  kobra_sheet_geometry_set_column_width (&self->geometry, column, width);
  self->columns[column].has_own_width = TRUE;
  kobra_sheet_picture_forget_all (self);
  kobra_sheet_update_adjustments (self);
  kobra_sheet_accessible_scrolled (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self)); /* an editor may be in the way */
}

gboolean
kobra_sheet_columns_move (KobraSheet *self,
                          guint       column,
                          guint       to)
{
  guint row = self->selection.row;

  if (column == to || to >= self->geometry.n_columns || !kobra_sheet_model_move_column (self->model, column, to))
    return FALSE;
  kobra_sheet_move_to (self, row, to, FALSE);
  kobra_sheet_select_columns (self, to, FALSE);
  g_signal_emit_by_name (self, "columns-arranged");
  return TRUE;
}

KobraSheetRect
kobra_sheet_columns_get_button (KobraSheet *self,
                                guint       column)
{
  KobraSheetRect header = kobra_sheet_geometry_get_header (&self->geometry, column);
  double         size = self->look.icon_size + KOBRA_SHEET_CELL_PADDING;
  gboolean       at_left = self->columns[column].is_numeric != self->geometry.is_rtl;

  if (self->header_menu == NULL || header.width < 2 * size)
    return (KobraSheetRect) { header.x, 0, 0, 0 };
  return (KobraSheetRect) { at_left ? header.x + KOBRA_SHEET_CELL_PADDING / 2 : header.x + header.width - size - KOBRA_SHEET_CELL_PADDING / 2, 0, size, header.height };
}

int
kobra_sheet_get_column_width (KobraSheet *self,
                              guint       column)
{
  g_return_val_if_fail (KOBRA_IS_SHEET (self) && column < self->geometry.n_columns, 0);

  return self->columns[column].has_own_width ? kobra_sheet_geometry_get_column_width (&self->geometry, column) : 0;
}

void
kobra_sheet_set_column_width (KobraSheet *self,
                              guint       column,
                              int         width)
{
  g_return_if_fail (KOBRA_IS_SHEET (self) && column < self->geometry.n_columns);

  self->columns[column].has_own_width = width > 0;
  if (width > 0)
    kobra_sheet_columns_resize (self, column, width);
  else
    {
      kobra_sheet_columns_measure (self);
      kobra_sheet_update_adjustments (self);
    }
}
