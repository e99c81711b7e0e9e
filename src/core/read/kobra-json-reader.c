/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON (RFC 8259): an array of objects, such an array inside an object (the API's own request), or one object a line. The names of all members are
 * the header, so the text is gone through twice: once for the names, once for the values. Numbers stay the digits they are.
 */

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-sheets.h"
#include "kobra-source.h"
#include "kobra-text.h"

#include "kobra-banned.h"

#define BLOCK_BYTES ((gsize) 1 << 16)
#define MAX_DEPTH 64u
#define MAX_NAME_BYTES ((gsize) 1 << 16)

/* The records of a body are looked for so deep in it. */
#define MAX_SEARCH_DEPTH 4u

typedef struct
{
  KobraSource  *source;
  GInputStream *stream;
  char         *block;
  gsize         at, end;
  guint64       n_done;
  gulong        line;
  gboolean      is_at_end;
  GError       *error;

  GHashTable   *columns; /* place + 1 by name */
  GPtrArray    *names;
  gboolean      is_naming; /* the first time: names only */
  guint32       record;
  KobraBuffer   name, text;
  gsize        *starts;  /* of each column's text, by place */
  const char  **cells;
} Json;

static gboolean
fail (Json          *self,
      KobraReadError code,
      const char    *sentence)
{
  if (self->error == NULL)
    self->error = g_error_new_literal (KOBRA_READ_ERROR, (int) code, sentence);
  return FALSE;
}

static gboolean
fail_here (Json *self)
{
  g_autofree char *sentence = g_strdup_printf (_ ("The JSON text breaks off or has a mistake in line %lu. Export it again, or mend it in a text editor."), self->line);

  return fail (self, KOBRA_READ_ERROR_DAMAGED, sentence);
}

/* The next byte, or -1 at the end, where the sink has enough, or after an error. */
static int
peek (Json *self)
{
  guint64 max_bytes = self->source->sink->max_bytes;
  gssize  n;

  if (self->at < self->end)
    return (guchar) self->block[self->at];
  self->source->info->is_cut |= max_bytes > 0 && self->n_done >= max_bytes;
  if (self->is_at_end || (max_bytes > 0 && self->n_done >= max_bytes) || self->error != NULL || g_cancellable_set_error_if_cancelled (self->source->cancellable, &self->error))
    return -1;
  n = g_input_stream_read (self->stream, self->block, BLOCK_BYTES, self->source->cancellable, &self->error);
  self->at = 0;
  self->end = n > 0 ? (gsize) n : 0;
  self->is_at_end = n <= 0;
  self->n_done += self->end;
  kobra_source_tell_progress (self->source, self->is_naming ? self->n_done / 2 : self->source->size / 2 + self->n_done / 2, self->source->size);
  return self->end > 0 ? (guchar) self->block[0] : -1;
}

static int
next (Json *self)
{
  int c = peek (self);

  if (c >= 0)
    self->at++;
  self->line += c == '\n';
  return c;
}

/* The next byte that is no white space. */
static int
peek_token (Json *self)
{
  int c = peek (self);

  while (c == ' ' || c == '\t' || c == '\r' || c == '\n')
    {
      next (self);
      c = peek (self);
    }
  return c;
}

static gboolean
expect (Json *self,
        int   wanted)
{
  if (peek_token (self) != wanted)
    return fail_here (self);
  next (self);
  return TRUE;
}

static gboolean
read_unit (Json     *self,
           gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      int c = next (self);

      if (c < 0 || !g_ascii_isxdigit (c))
        return fail_here (self);
      *unit = *unit << 4 | (gunichar) g_ascii_xdigit_value ((char) c);
    }
  return TRUE;
}

/* What follows a backslash; @out may be NULL. */
static gboolean
read_escape (Json        *self,
             KobraBuffer *out)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  int         c = next (self);
  const char *place = c > 0 ? strchr (from, c) : NULL;
  gunichar    unit, low;
  char        spelt[6];

  if (place != NULL)
    return out == NULL || kobra_buffer_append_byte (out, to[place - from]) || TRUE;
  if (c != 'u' || !read_unit (self, &unit))
    return fail_here (self);
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (next (self) != '\\' || next (self) != 'u' || !read_unit (self, &low) || low < 0xdc00 || low > 0xdfff)
        return fail_here (self);
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  if (unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return fail_here (self);
  if (out != NULL)
    kobra_buffer_append (out, spelt, (gsize) g_unichar_to_utf8 (unit, spelt));
  return TRUE;
}

/* A string, its opening mark included; what it says goes to @out, which may be NULL. */
static gboolean
read_string (Json        *self,
             KobraBuffer *out)
{
  if (!expect (self, '"'))
    return FALSE;
  for (;;)
    {
      int c = next (self);

      if (c == '"')
        return TRUE;
      if (c < ' ')
        return fail_here (self);
      if (c == '\\')
        {
          if (!read_escape (self, out))
            return FALSE;
        }
      else if (out != NULL)
        {
          kobra_buffer_append_byte (out, (char) c);
        }
    }
}

/* Copies a value as it is written; @out may be NULL. */
static gboolean
copy_value (Json        *self,
            KobraBuffer *out,
            guint        depth)
{
  int  c = peek_token (self);
  char close;

  if (depth > MAX_DEPTH)
    return fail_here (self);
  if (c == '"')
    {
      gboolean is_escaped = FALSE;

      for (guint i = 0;; i++)
        {
          c = next (self);
          if (c < ' ')
            return fail_here (self);
          if (out != NULL)
            kobra_buffer_append_byte (out, (char) c);
          if (i > 0 && c == '"' && !is_escaped)
            return TRUE;
          is_escaped = c == '\\' && !is_escaped;
        }
    }
  if (c != '{' && c != '[')
    {
      guint n = 0;

      for (; (c = peek (self)) > 0 && (g_ascii_isalnum (c) || strchr ("+-.", c) != NULL); n++)
        {
          next (self);
          if (out != NULL)
            kobra_buffer_append_byte (out, (char) c);
        }
      return n > 0 || fail_here (self);
    }
  close = c == '{' ? '}' : ']';
  do
    {
      next (self);
      if (out != NULL)
        kobra_buffer_append_byte (out, (char) c);
      if (peek_token (self) == close)
        break;
      if (close == '}')
        {
          if (!copy_value (self, out, depth + 1) || !expect (self, ':'))
            return FALSE;
          if (out != NULL)
            kobra_buffer_append_byte (out, ':');
        }
      if (!copy_value (self, out, depth + 1))
        return FALSE;
    }
  while ((c = peek_token (self)) == ',');
  if (!expect (self, close))
    return FALSE;
  if (out != NULL)
    kobra_buffer_append_byte (out, close);
  return TRUE;
}

/* A member's value as a cell's text. */
static gboolean
read_value (Json        *self,
            KobraBuffer *out)
{
  gsize start = out->length;

  if (peek_token (self) == '"')
    return read_string (self, out);
  if (!copy_value (self, out, 0))
    return FALSE;
  if (out->length - start == 4 && memcmp (out->bytes + start, "null", 4) == 0)
    kobra_buffer_truncate (out, start);
  return TRUE;
}

/* The place of the column that the name just read has, which is made if need be; -1 with an error. */
static int
find_column (Json *self)
{
  const char *name = self->name.length > 0 ? self->name.bytes : "";
  guint       place = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, name));

  if (place > 0)
    return (int) place - 1;
  if (self->name.overflowed || !g_utf8_validate (name, -1, NULL))
    return fail_here (self) - 1;
  if (self->names->len >= KOBRA_READ_MAX_COLUMNS)
    return fail (self, KOBRA_READ_ERROR_TOO_MANY_COLUMNS, _ ("The records have more different names than a table may have columns. Delete those that are not needed, and open the file again.")) - 1;
  g_ptr_array_add (self->names, g_strdup (name));
  g_hash_table_insert (self->columns, g_ptr_array_index (self->names, self->names->len - 1), GUINT_TO_POINTER (self->names->len));
  return (int) self->names->len - 1;
}

static gboolean
tell_cells (Json *self)
{
  KobraReadRow row = { .line = self->record, .n_cells = self->names->len, .cells = self->cells };
  gboolean     is_blank = TRUE;

  for (guint i = 0; i < self->names->len; i++)
    {
      self->cells[i] = self->starts[i] != G_MAXSIZE ? self->text.bytes + self->starts[i] : "";
      is_blank = is_blank && kobra_text_is_blank (self->cells[i]);
    }
  self->cells[self->names->len] = NULL;
  if (!is_blank)
    return kobra_source_tell_row (self->source, &row, &self->error);
  kobra_source_tell_blank (self->source, self->record);
  return TRUE;
}

/* A member of a record, from its name on. */
static gboolean
read_member (Json *self)
{
  int   column;
  gsize start;

  kobra_buffer_reset (&self->name);
  if (!read_string (self, &self->name) || !expect (self, ':') || (column = find_column (self)) < 0)
    return FALSE;
  if (self->is_naming)
    return copy_value (self, NULL, 0);
  start = self->text.length;
  if (!read_value (self, &self->text))
    return FALSE;
  if (self->text.overflowed || self->text.length - start > KOBRA_READ_MAX_CELL)
    {
      g_autofree char *sentence = g_strdup_printf (_ ("A text of record %u is over 1 MiB. Shorten it, and open the file again."), self->record);

      return fail (self, KOBRA_READ_ERROR_CELL_TOO_LONG, sentence);
    }
  if (self->text.length > start && !g_utf8_validate (self->text.bytes + start, (gssize) (self->text.length - start), NULL))
    return fail (self, KOBRA_READ_ERROR_ENCODING, _ ("The JSON text is not in UTF-8, as it must be. Export it again in that encoding."));
  self->starts[column] = start;
  kobra_buffer_append_byte (&self->text, '\0');
  return TRUE;
}

static gboolean
read_record (Json *self)
{
  if (peek_token (self) != '{')
    {
      g_autofree char *sentence = g_strdup_printf (_ ("Record %u is not an object with named values, as each record of a JSON table must be. Export it in that form."), self->record + 1);

      return fail (self, KOBRA_READ_ERROR_NOT_A_TABLE, sentence);
    }
  if (self->record == KOBRA_READ_MAX_ROWS)
    return fail (self, KOBRA_READ_ERROR_TOO_MANY_ROWS, _ ("There are more records than are read. Split the file, and open its parts one by one."));
  self->record++;
  kobra_buffer_reset (&self->text);
  for (guint i = 0; i < self->names->len && !self->is_naming; i++)
    self->starts[i] = G_MAXSIZE;
  do
    {
      next (self);
      if (peek_token (self) == '}')
        break;
      if (!read_member (self))
        return FALSE;
    }
  while (peek_token (self) == ',');
  return expect (self, '}') && (self->is_naming || tell_cells (self));
}

static gboolean
read_array (Json *self)
{
  do
    {
      next (self);
      if (peek_token (self) == ']')
        break;
      if (!read_record (self))
        return FALSE;
    }
  while (peek_token (self) == ',');
  return expect (self, ']');
}

/* Looks in the object for an array of objects, and stands at its opening bracket if there is one. */
static gboolean
seek_array (Json    *self,
            guint    depth,
            gboolean *is_found)
{
  *is_found = FALSE;
  do
    {
      int c;

      next (self);
      if (peek_token (self) == '}')
        break;
      if (!read_string (self, NULL) || !expect (self, ':'))
        return FALSE;
      c = peek_token (self);
      if (c == '[')
        {
          *is_found = TRUE;
          return TRUE;
        }
      if (c == '{' && depth < MAX_SEARCH_DEPTH)
        {
          if (!seek_array (self, depth + 1, is_found) || *is_found)
            return self->error == NULL;
        }
      else if (!copy_value (self, NULL, 0))
        {
          return FALSE;
        }
    }
  while (peek_token (self) == ',');
  return expect (self, '}');
}

static gboolean
rewind_text (Json *self)
{
  if (!g_seekable_seek (G_SEEKABLE (self->stream), 0, G_SEEK_SET, self->source->cancellable, &self->error))
    return FALSE;
  self->at = self->end = 0;
  self->n_done = 0;
  self->line = 1;
  self->record = 0;
  self->is_at_end = FALSE;
  if (peek (self) == 0xef)
    for (guint i = 0; i < 3; i++)
      next (self);
  return TRUE;
}

/* Goes through all records. @is_wrapped: they are in an array inside the first object. */
static gboolean
read_all (Json    *self,
          gboolean is_wrapped)
{
  gboolean is_found;

  if (!rewind_text (self))
    return FALSE;
  if (peek_token (self) == '[')
    return read_array (self);
  if (is_wrapped)
    return seek_array (self, 0, &is_found) && is_found && read_array (self);
  while (peek_token (self) >= 0)
    if (!read_record (self))
      return FALSE;
  return self->error == NULL;
}

/* Whether what broke off did so because the sink had enough; then it is no error. */
static gboolean
is_cut_off (Json *self)
{
  if (!self->source->info->is_cut || (self->error != NULL && self->error->domain != KOBRA_READ_ERROR))
    return FALSE;
  g_clear_error (&self->error);
  return TRUE;
}

static gboolean
tell_header (Json *self)
{
  KobraReadRow row = { .n_cells = self->names->len, .cells = self->cells, .is_header = TRUE };

  self->starts = g_renew (gsize, self->starts, MAX (self->names->len, 1));
  if (self->names->len == 0)
    return TRUE;
  for (guint i = 0; i < self->names->len; i++)
    self->cells[i] = g_ptr_array_index (self->names, i);
  self->cells[self->names->len] = NULL;
  return kobra_source_tell_row (self->source, &row, &self->error);
}

static gboolean
run (Json *self)
{
  gboolean is_wrapped = FALSE;

  if (!rewind_text (self) || (peek_token (self) == '{' && !seek_array (self, 0, &is_wrapped)))
    return is_cut_off (self);
  self->is_naming = TRUE;
  if ((!read_all (self, is_wrapped) && !is_cut_off (self)) || !tell_header (self))
    return FALSE;
  self->is_naming = FALSE;
  return read_all (self, is_wrapped) || is_cut_off (self);
}

gboolean
kobra_json_reader_run (KobraSource *source,
                       GError     **error)
{
  Json self = { .source = source, .stream = kobra_source_seekable (source, error) };

  if (self.stream == NULL)
    return FALSE;
  self.block = g_malloc (BLOCK_BYTES);
  self.columns = g_hash_table_new (g_str_hash, g_str_equal);
  self.names = g_ptr_array_new_with_free_func (g_free);
  self.cells = g_new (const char *, KOBRA_READ_MAX_COLUMNS + 1);
  kobra_buffer_init (&self.name, MAX_NAME_BYTES);
  kobra_buffer_init (&self.text, KOBRA_READ_MAX_ROW);
  if (!run (&self) && self.error == NULL)
    fail_here (&self);
  g_free (self.block);
  g_free (self.starts);
  g_free (self.cells);
  g_hash_table_unref (self.columns);
  g_ptr_array_unref (self.names);
  kobra_buffer_clear (&self.name);
  kobra_buffer_clear (&self.text);
  if (self.error == NULL)
    return TRUE;
  g_propagate_error (error, self.error);
  return FALSE;
}
