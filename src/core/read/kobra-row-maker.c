/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-row-maker.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "kobra-text.h"

#include "kobra-banned.h"

/* A few bytes of a file may repeat a row millions of times; what people make by that is small. */
#define MAX_REPEATED_BYTES ((gsize) 512 << 20)

void
kobra_row_maker_init (KobraRowMaker *self,
                      KobraSource   *source)
{
  *self = (KobraRowMaker) { .source = source, .next_line = 1 };
  self->starts = g_new (gsize, KOBRA_READ_MAX_COLUMNS);
  self->cells = g_new (const char *, KOBRA_READ_MAX_COLUMNS + 1);
  self->lost = g_new (guint16, KOBRA_READ_MAX_COLUMNS);
  kobra_buffer_init (&self->text, KOBRA_READ_MAX_ROW);
}

void
kobra_row_maker_clear (KobraRowMaker *self)
{
  g_clear_pointer (&self->starts, g_free);
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->lost, g_free);
  kobra_buffer_clear (&self->text);
}

char *
kobra_row_maker_dup_place (const KobraRowMaker *self,
                           guint64              column)
{
  char  letters[16];
  gsize i = sizeof letters;

  letters[--i] = '\0';
  for (guint64 n = column + 1; n > 0 && i > 0; n = (n - 1) / 26)
    letters[--i] = (char) ('A' + (n - 1) % 26);
  /* TRANSLATORS: a place in a spreadsheet, in the middle of a sentence: “cell BC12” */
  return g_strdup_printf (_ ("cell %s%u"), letters + i, self->line);
}

static gboolean
fail_place (const KobraRowMaker *self,
            guint64              column,
            KobraReadError       code,
            const char          *sentence,
            GError             **error)
{
  g_autofree char    *place = kobra_row_maker_dup_place (self, column);
  g_autoptr (GString) message = g_string_new (sentence);

  g_string_replace (message, "%s", place, 1);
  return kobra_source_fail (error, code, message->str);
}

gboolean
kobra_row_maker_begin_row (KobraRowMaker *self,
                           guint64        line,
                           GError       **error)
{
  self->n_cells = self->n_filled = self->n_lost = 0;
  self->has_words = FALSE;
  kobra_buffer_reset (&self->text);
  if (line > KOBRA_READ_MAX_ROWS)
    {
      g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_TOO_MANY_ROWS,
                   _ ("The sheet has a row with the number %" PRIu64 ", past the last that is read. Delete the rows that are not needed in a spreadsheet program, or split the sheet."), line);
      return FALSE;
    }
  if (line < self->next_line)
    {
      g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_DAMAGED,
                   _ ("Row %" PRIu64 " comes after a row with a higher number: the spreadsheet is damaged. Open it in a spreadsheet program, and save it anew."), line);
      return FALSE;
    }
  self->line = (guint32) line;
  return TRUE;
}

gboolean
kobra_row_maker_begin_cell (KobraRowMaker *self,
                            guint64        column,
                            GError       **error)
{
  if (column >= KOBRA_READ_MAX_COLUMNS)
    return fail_place (self, column, KOBRA_READ_ERROR_TOO_MANY_COLUMNS, _ ("There is something in %s, past the last column that a table may have. Delete the columns that are not needed, and open the file again."), error);
  if (column < self->n_cells)
    return fail_place (self, column, KOBRA_READ_ERROR_DAMAGED, _ ("The spreadsheet has %s twice or in the wrong order: it is damaged. Open it in a spreadsheet program, and save it anew."), error);
  while (self->n_cells < column)
    {
      self->starts[self->n_cells++] = self->text.length;
      kobra_buffer_append_byte (&self->text, '\0');
    }
  self->cell_start = self->text.length;
  return TRUE;
}

gboolean
kobra_row_maker_end_cell (KobraRowMaker *self,
                          gboolean       is_lost,
                          GError       **error)
{
  gsize length = self->text.length - self->cell_start;

  kobra_buffer_append_byte (&self->text, '\0');
  if (self->text.overflowed)
    return fail_place (self, self->n_cells, KOBRA_READ_ERROR_ROW_TOO_LONG, _ ("The row is over 64 MiB before it ends, in %s. Split it, and open the file again."), error);
  if (length > KOBRA_READ_MAX_CELL)
    return fail_place (self, self->n_cells, KOBRA_READ_ERROR_CELL_TOO_LONG, _ ("What stands in %s is over 1 MiB. Shorten it, and open the file again."), error);
  if (is_lost)
    self->lost[self->n_lost++] = (guint16) self->n_cells;
  self->starts[self->n_cells++] = self->cell_start;
  if (length > 0)
    self->n_filled = self->n_cells;
  if (length > 0 && !self->has_words)
    self->has_words = !kobra_text_is_blank (self->text.bytes + self->cell_start);
  return TRUE;
}

gboolean
kobra_row_maker_end_row (KobraRowMaker *self,
                         GError       **error)
{
  KobraReadRow row = { .line = self->line, .n_cells = self->n_filled, .cells = self->cells, .n_lost = self->n_lost, .lost = self->lost };

  if (!self->has_words)
    return TRUE;
  row.size = self->n_filled < self->n_cells ? self->starts[self->n_filled] : self->text.length;
  for (; self->next_line < self->line; self->next_line++)
    kobra_source_tell_blank (self->source, self->next_line);
  self->next_line = self->line + 1;
  self->last_line = self->line;
  self->n_columns = MAX (self->n_columns, self->n_filled);
  for (guint i = 0; i < self->n_filled; i++)
    self->cells[i] = self->text.bytes + self->starts[i];
  self->cells[self->n_filled] = NULL;
  return kobra_source_tell_row (self->source, &row, error);
}

gboolean
kobra_row_maker_repeat (KobraRowMaker *self,
                        GError       **error)
{
  self->line++;
  self->n_repeated += self->text.length;
  if (self->line > KOBRA_READ_MAX_ROWS || self->n_repeated > MAX_REPEATED_BYTES)
    return kobra_source_fail (error, KOBRA_READ_ERROR_TOO_MANY_ROWS, _ ("The sheet repeats a row more often than rows are read. Delete those that are not needed in a spreadsheet program, or split the sheet."));
  return kobra_row_maker_end_row (self, error);
}
