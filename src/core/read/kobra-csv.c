/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-csv.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-buffer.h"
#include "kobra-text.h"

#include "kobra-banned.h"

#define WORD ((gsize) 8)

#define EACH_BYTE(b) (G_GUINT64_CONSTANT (0x0101010101010101) * (guint8) (b))

typedef enum
{
  AT_CELL,    /* nothing of the cell was read yet */
  IN_PLAIN,   /* a quotation mark is text */
  IN_QUOTES,
  AFTER_QUOTE /* in quotes, after a mark that closes them or is the first of two */
} State;

struct _KobraCsv
{
  KobraReadSink sink;
  char          separator;
  guint64       separators; /* the same, 8 times */
  char          quote;      /* or NUL, which no text has: none */

  State         state;
  gboolean      after_return; /* the last character was a CR: an LF now belongs to it */
  guint32       row;          /* being read, from 1 */
  gulong        line;         /* of the file, being read, from 1 */
  gulong        quote_line;   /* where the last quotes were opened */

  KobraBuffer   text;         /* the row's cells, each ended by a NUL, the last one being read */
  gsize         cell_start;
  guint         n_cells;      /* that have ended */
  guint32      *starts;       /* of the cells, in text: it may move until the row ends */
  const char  **cells;        /* the same, for the sink */

  guint64       n_stray_quotes;
};

/* The highest bit of each byte of @word that is 0. Of the bits set, the lowest is right; what counts is the first byte. */
static guint64
find_zero (guint64 word)
{
  return (word - EACH_BYTE (0x01)) & ~word & EACH_BYTE (0x80);
}

/* Copies text up to one of three characters, or all. Returns where it stopped; @out is moved along. A word may be written past that, but never
 * past the room: what was written never gets ahead of what was read. */
static inline const char *
copy_until (const char *p,
            const char *end,
            char      **out,
            guint64     stop_1,
            guint64     stop_2,
            guint64     stop_3)
{
  char *o = *out;

  while ((gsize) (end - p) >= WORD)
    {
      guint64 word, found;

      memcpy (&word, p, WORD);
      memcpy (o, &word, WORD);
      word = GUINT64_FROM_LE (word);
      found = find_zero (word ^ stop_1) | find_zero (word ^ stop_2) | find_zero (word ^ stop_3);
      if (found != 0)
        {
          gsize n = (gsize) __builtin_ctzll (found) / 8;

          *out = o + n;
          return p + n;
        }
      p += WORD;
      o += WORD;
    }
  while (p < end && *p != (char) stop_1 && *p != (char) stop_2 && *p != (char) stop_3)
    *o++ = *p++;
  *out = o;
  return p;
}

static char *
describe_place (const KobraCsv *self,
                gulong          line)
{
  guint column = self->n_cells + 1;

  if (line == self->row)
    /* TRANSLATORS: a place in a file, in the middle of a sentence */
    return g_strdup_printf (_ ("row %u, column %u"), self->row, column);
  /* TRANSLATORS: as before; the row is a spreadsheet program's, the line a text editor's */
  return g_strdup_printf (_ ("row %u, column %u (line %lu of the file)"), self->row, column, line);
}

/* @sentence has a %s where the place belongs. */
static gboolean
fail_at (const KobraCsv *self,
         gulong          line,
         KobraReadError  code,
         const char     *sentence,
         GError        **error)
{
  g_autofree char    *place = describe_place (self, line);
  g_autoptr (GString) message = g_string_new (sentence);

  g_string_replace (message, "%s", place, 1);
  g_set_error_literal (error, KOBRA_READ_ERROR, code, message->str);
  return FALSE;
}

static gboolean
fail_too_long (const KobraCsv *self,
               const char     *end,
               GError        **error)
{
  const char *cell = self->text.bytes + self->cell_start;
  gsize       length = (gsize) (end - cell);

  if (memchr (cell, '\n', length) != NULL || memchr (cell, '\r', length) != NULL)
    return fail_at (self, self->quote_line, KOBRA_READ_ERROR_CELL_TOO_LONG,
                    _ ("The cell in %s is over 1 MiB and goes on over several lines: most likely the quotation mark that opens it is never closed. Close it, or remove it, and open the file again."), error);
  return fail_at (self, self->line, KOBRA_READ_ERROR_CELL_TOO_LONG,
                  _ ("The cell in %s is over 1 MiB. Shorten it, and open the file again."), error);
}

static gboolean
fail_too_many_rows (GError **error)
{
  g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_TOO_MANY_ROWS,
               _ ("There are more than %u rows. Split the file, and open its parts one by one."), KOBRA_READ_MAX_ROWS);
  return FALSE;
}

/* The cell's text ends at @out, where there is room for its NUL. */
static gboolean
end_cell (KobraCsv *self,
          char    **out,
          GError  **error)
{
  if ((gsize) (*out - self->text.bytes) - self->cell_start > KOBRA_READ_MAX_CELL)
    return fail_too_long (self, *out, error);
  if (self->n_cells == KOBRA_READ_MAX_COLUMNS)
    return fail_at (self, self->line, KOBRA_READ_ERROR_TOO_MANY_COLUMNS,
                    _ ("The cell in %s is past the last column that a table may have. Delete the columns that are not needed, and open the file again."), error);
  *(*out)++ = '\0';
  self->starts[self->n_cells++] = (guint32) self->cell_start;
  self->cell_start = (gsize) (*out - self->text.bytes);
  self->state = AT_CELL;
  return TRUE;
}

static gboolean
is_blank (const KobraReadRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    {
      char first = *row->cells[i];

      if (first != '\0' && (g_ascii_isgraph (first) || !kobra_text_is_blank (row->cells[i])))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tell_row (KobraCsv *self,
          GError  **error)
{
  KobraReadRow row = { .line = self->row, .n_cells = self->n_cells, .cells = self->cells, .size = self->cell_start };

  for (guint i = 0; i < self->n_cells; i++)
    self->cells[i] = self->text.bytes + self->starts[i];
  self->cells[self->n_cells] = NULL;
  if (!is_blank (&row))
    return self->sink.row (&row, self->sink.data, error);
  if (self->sink.blank != NULL)
    self->sink.blank (row.line, self->sink.data);
  return TRUE;
}

static gboolean
end_row (KobraCsv *self,
         char    **out,
         GError  **error)
{
  if (!tell_row (self, error))
    return FALSE;
  /* Blank rows are not limited, but their numbers are. */
  if (self->row == G_MAXUINT32)
    return fail_too_many_rows (error);
  self->row++;
  self->line++;
  self->n_cells = 0;
  self->cell_start = 0;
  *out = self->text.bytes;
  return TRUE;
}

/* Room for all that @n bytes of text can become: each at most one. */
static gboolean
make_room (KobraCsv *self,
           gsize     n,
           GError  **error)
{
  if (kobra_buffer_reserve (&self->text, n))
    return TRUE;
  return fail_at (self, self->line, KOBRA_READ_ERROR_ROW_TOO_LONG, _ ("There is no memory for what stands in %s. Close other programs, and open the file again."), error);
}

KobraCsv *
kobra_csv_new (char                 separator,
               char                 quote,
               guint32              first_row,
               const KobraReadSink *sink)
{
  KobraCsv *self = g_new0 (KobraCsv, 1);

  self->starts = g_new (guint32, KOBRA_READ_MAX_COLUMNS);
  self->cells = g_new (const char *, KOBRA_READ_MAX_COLUMNS + 1);
  self->sink = *sink;
  self->separator = separator;
  self->separators = EACH_BYTE (separator);
  self->quote = quote == KOBRA_QUOTE_NONE ? '\0' : quote;
  self->row = first_row;
  self->line = first_row;
  kobra_buffer_init (&self->text, KOBRA_READ_MAX_ROW + 2 * KOBRA_CSV_MAX_TEXT);
  return self;
}

void
kobra_csv_free (KobraCsv *self)
{
  g_clear_pointer (&self->starts, g_free);
  g_clear_pointer (&self->cells, g_free);
  kobra_buffer_clear (&self->text);
  g_free (self);
}

/* The first character after a piece that ended in CR: an LF belongs to it. */
static const char *
join_return (KobraCsv   *self,
             const char *p)
{
  self->after_return = FALSE;
  if (self->state == IN_QUOTES)
    {
      /* The LF is text and counts when it is read; a lone CR counts now. */
      if (*p != '\n')
        self->line++;
      return p;
    }
  return *p == '\n' ? p + 1 : p;
}

/* What @p is at ends a plain cell, and maybe its row. */
static gboolean
read_stop (KobraCsv    *self,
           const char **p,
           const char  *end,
           char       **out,
           GError     **error)
{
  char stop = *(*p)++;

  if (!end_cell (self, out, error))
    return FALSE;
  if (stop == self->separator)
    return TRUE;
  if (!end_row (self, out, error))
    return FALSE;
  if (stop == '\r' && *p == end)
    self->after_return = TRUE;
  else if (stop == '\r' && **p == '\n')
    (*p)++;
  return TRUE;
}

static const char *
read_quoted (KobraCsv   *self,
             const char *p,
             const char *end,
             char      **out)
{
  char stop;

  p = copy_until (p, end, out, EACH_BYTE (self->quote), EACH_BYTE ('\n'), EACH_BYTE ('\r'));
  if (p == end)
    return p;
  stop = *p++;
  if (stop == self->quote)
    {
      self->state = AFTER_QUOTE;
      return p;
    }
  *(*out)++ = stop;
  if (stop == '\r' && p == end)
    self->after_return = TRUE;
  else if (stop == '\n' || *p != '\n')
    self->line++;
  return p;
}

static const char *
read_after_quote (KobraCsv   *self,
                  const char *p,
                  char      **out)
{
  if (*p == self->quote)
    {
      *(*out)++ = *p++;
      self->state = IN_QUOTES;
      return p;
    }
  self->n_stray_quotes += *p != self->separator && *p != '\n' && *p != '\r';
  self->state = IN_PLAIN;
  return p;
}

gboolean
kobra_csv_push (KobraCsv   *self,
                const char *text,
                gsize       length,
                GError    **error)
{
  const char *p = text, *end = text + length;
  char       *out;

  g_return_val_if_fail (length <= KOBRA_CSV_MAX_TEXT, FALSE);

  if (!make_room (self, length, error))
    return FALSE;
  out = self->text.bytes + self->text.length;
  if (self->after_return && p < end)
    p = join_return (self, p);
  while (p < end)
    switch (self->state)
      {
      case AT_CELL:
        self->state = *p == self->quote ? IN_QUOTES : IN_PLAIN;
        if (*p == self->quote)
          {
            self->quote_line = self->line;
            p++;
          }
        break;
      case IN_PLAIN:
        p = copy_until (p, end, &out, self->separators, EACH_BYTE ('\n'), EACH_BYTE ('\r'));
        if (p < end && !read_stop (self, &p, end, &out, error))
          return FALSE;
        break;
      case IN_QUOTES:
        p = read_quoted (self, p, end, &out);
        break;
      case AFTER_QUOTE:
        p = read_after_quote (self, p, &out);
        break;
      default:
        g_assert_not_reached ();
      }
  self->text.length = (gsize) (out - self->text.bytes);
  if (self->text.length - self->cell_start > KOBRA_READ_MAX_CELL)
    return fail_too_long (self, out, error);
  if (self->text.length > KOBRA_READ_MAX_ROW)
    return fail_at (self, self->line, KOBRA_READ_ERROR_ROW_TOO_LONG,
                    _ ("The row is over 64 MiB before it ends in %s. Split it, and open the file again."), error);
  return TRUE;
}

gboolean
kobra_csv_finish (KobraCsv *self,
                  GError  **error)
{
  char *out;

  if (self->state == IN_QUOTES)
    return fail_at (self, self->quote_line, KOBRA_READ_ERROR_UNCLOSED_QUOTE,
                    _ ("The quotation mark that opens the cell in %s is never closed. Close it, or remove it, and open the file again."), error);
  if (self->state == AT_CELL && self->n_cells == 0)
    return TRUE;
  if (!make_room (self, 1, error))
    return FALSE;
  out = self->text.bytes + self->text.length;
  return end_cell (self, &out, error) && end_row (self, &out, error);
}

guint64
kobra_csv_get_n_stray_quotes (const KobraCsv *self)
{
  return self->n_stray_quotes;
}

char *
kobra_csv_describe_place (const KobraCsv *self)
{
  return describe_place (self, self->line);
}
