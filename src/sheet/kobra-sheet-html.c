/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-html.h"

#include <string.h>

/* A cell spans no more columns, and no more rows, than this; hostile ones say a billion. */
#define MAX_SPAN 1000u

/* What a cell says of itself is not looked at if it is longer than this. */
#define MAX_ATTRIBUTES 4000

/* The longest entity that is looked for, with its semicolon. */
#define MAX_ENTITY 12

typedef enum
{
  TAG_OTHER,
  TAG_TABLE,
  TAG_ROW,
  TAG_CELL,
  TAG_BREAK,  /* begins a line in a cell */
  TAG_HIDDEN, /* what is in it is no text */
} Tag;

static const struct
{
  const char *name;
  Tag         tag;
} tags[] = {
  { "table", TAG_TABLE }, { "tr", TAG_ROW }, { "td", TAG_CELL }, { "th", TAG_CELL }, { "br", TAG_BREAK }, { "p", TAG_BREAK },
  { "div", TAG_BREAK }, { "style", TAG_HIDDEN }, { "script", TAG_HIDDEN }, { "title", TAG_HIDDEN },
};

static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" }, { "apos", "'" }, { "nbsp", " " },
};

typedef struct
{
  GString   *text;     /* of all cells, each ended by a NUL */
  GArray    *starts;   /* gsize: where each cell begins in it */
  GArray    *row_ends; /* guint: cells up to each row's end */
  GArray    *below;    /* guint, by column: rows that a cell above still reaches down; the last is never 0 between rows */
  gsize      max_cells;
  guint      depth;    /* of tables */
  gboolean   in_row;
  gboolean   in_cell;
  gboolean   has_space; /* white space that counts if something follows */
  guint      n_columns; /* that the cell spans */
  guint      n_rows;
  gboolean   is_too_much;
} Parser;

void
kobra_sheet_html_begin (GString *out)
{
  g_string_append (out, "<meta charset=\"utf-8\"><table>\n");
}

void
kobra_sheet_html_begin_row (GString *out)
{
  g_string_append (out, "<tr>");
}

static void
append_escaped (GString    *out,
                const char *text)
{
  for (; *text != '\0'; text++)
    switch (*text)
      {
      case '&':
        g_string_append (out, "&amp;");
        break;
      case '<':
        g_string_append (out, "&lt;");
        break;
      case '>':
        g_string_append (out, "&gt;");
        break;
      case '\n':
        g_string_append (out, "<br>");
        break;
      default:
        g_string_append_c (out, *text);
        break;
      }
}

void
kobra_sheet_html_append_cell (GString    *out,
                              const char *text,
                              gboolean    is_text)
{
  g_string_append (out, is_text && *text != '\0' ? "<td sdnum=\"0;0;@\" style=\"mso-number-format:'\\@'\">" : "<td>");
  append_escaped (out, text);
  g_string_append (out, "</td>");
}

void
kobra_sheet_html_end_row (GString *out)
{
  g_string_append (out, "</tr>\n");
}

void
kobra_sheet_html_end (GString *out)
{
  g_string_append (out, "</table>\n");
}

static Tag
find_tag (const char *name,
          gsize       length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (strlen (tags[i].name) == length && g_ascii_strncasecmp (tags[i].name, name, length) == 0)
      return tags[i].tag;
  return TAG_OTHER;
}

/* Of the cell that comes next, or is being read. */
static guint
get_column (Parser *self)
{
  guint row_start = self->row_ends->len > 0 ? g_array_index (self->row_ends, guint, self->row_ends->len - 1) : 0;

  return self->starts->len - row_start - self->in_cell;
}

static void
add_empty_cell (Parser *self)
{
  gsize start = self->text->len;

  g_array_append_val (self->starts, start);
  g_string_append_c (self->text, '\0');
  self->is_too_much |= self->starts->len > self->max_cells;
}

/* Cells of the row that one above takes, up to the next that is free; all of them @to_end of the row, those before them too. */
static void
add_covered_cells (Parser  *self,
                   gboolean to_end)
{
  for (guint column; (column = get_column (self)) < self->below->len && !self->is_too_much;)
    {
      guint *below = &g_array_index (self->below, guint, column);

      if (*below == 0 && !to_end)
        return;
      *below -= *below > 0;
      add_empty_cell (self);
    }
}

static void
end_cell (Parser *self)
{
  guint column = get_column (self);

  if (!self->in_cell)
    return;
  self->in_cell = FALSE;
  g_string_append_c (self->text, '\0');
  for (guint i = 1; i < self->n_columns && !self->is_too_much; i++)
    add_empty_cell (self);
  if (self->n_rows > 1 && self->below->len < column + self->n_columns)
    g_array_set_size (self->below, column + self->n_columns);
  for (guint i = column; i < MIN (column + self->n_columns, self->below->len); i++)
    g_array_index (self->below, guint, i) = self->n_rows - 1;
}

static void
begin_cell (Parser *self,
            guint   n_columns,
            guint   n_rows)
{
  gsize start;

  end_cell (self);
  add_covered_cells (self, FALSE);
  start = self->text->len;
  self->in_row = self->in_cell = TRUE;
  self->has_space = FALSE;
  self->n_columns = CLAMP (n_columns, 1, MAX_SPAN);
  self->n_rows = CLAMP (n_rows, 1, MAX_SPAN);
  g_array_append_val (self->starts, start);
  self->is_too_much |= self->starts->len > self->max_cells;
}

static void
end_row (Parser *self)
{
  guint n;

  end_cell (self);
  if (!self->in_row)
    return;
  self->in_row = FALSE;
  add_covered_cells (self, TRUE);
  while (self->below->len > 0 && g_array_index (self->below, guint, self->below->len - 1) == 0)
    g_array_set_size (self->below, self->below->len - 1);
  n = self->starts->len;
  if (get_column (self) > 0)
    g_array_append_val (self->row_ends, n);
}

static gboolean
is_cell_empty (Parser *self)
{
  return self->text->len == g_array_index (self->starts, gsize, self->starts->len - 1);
}

static void
append_text (Parser     *self,
             const char *text,
             gsize       length)
{
  if (!self->in_cell || length == 0)
    return;
  if (self->has_space && !is_cell_empty (self) && self->text->str[self->text->len - 1] != '\n')
    g_string_append_c (self->text, ' ');
  self->has_space = FALSE;
  g_string_append_len (self->text, text, (gssize) length);
}

/* @text is after the ampersand; returns where the text goes on. */
static const char *
read_entity (Parser     *self,
             const char *text,
             const char *end)
{
  const char *stop = memchr (text, ';', MIN ((gsize) (end - text), MAX_ENTITY));
  guint64     number = 0;
  char        utf8[8];

  if (stop != NULL && *text == '#')
    {
      g_autofree char *digits = g_strndup (text + 1, (gsize) (stop - text - 1));
      gboolean         is_hex = *digits == 'x' || *digits == 'X';

      if (g_ascii_string_to_unsigned (digits + is_hex, is_hex ? 16 : 10, 1, 0x10ffff, &number, NULL) && g_unichar_validate ((gunichar) number))
        {
          append_text (self, utf8, (gsize) g_unichar_to_utf8 ((gunichar) number, utf8));
          return stop + 1;
        }
    }
  for (gsize i = 0; stop != NULL && i < G_N_ELEMENTS (entities); i++)
    if (strlen (entities[i].name) == (gsize) (stop - text) && strncmp (entities[i].name, text, (gsize) (stop - text)) == 0)
      {
        append_text (self, entities[i].text, strlen (entities[i].text));
        return stop + 1;
      }
  append_text (self, "&", 1);
  return text;
}

/* The number in the attribute @name, or 1. */
static guint
read_span (const char *attributes,
           gsize       length,
           const char *name)
{
  g_autofree char *text = g_ascii_strdown (attributes, (gssize) length);
  const char      *found = strstr (text, name);

  if (found == NULL)
    return 1;
  found += strlen (name);
  found += strspn (found, " =\"'");
  return (guint) MIN (g_ascii_strtoull (found, NULL, 10), MAX_SPAN);
}

/* Where the tag ends that begins before @text, quoted attributes with > in them minded. */
static const char *
find_tag_end (const char *text,
              const char *end)
{
  char quote = '\0';

  for (; text < end; text++)
    {
      if (quote != '\0')
        quote = *text == quote ? '\0' : quote;
      else if (*text == '"' || *text == '\'')
        quote = *text;
      else if (*text == '>')
        return text;
    }
  return end;
}

static void
take_tag (Parser     *self,
          Tag         tag,
          gboolean    is_end,
          const char *attributes,
          gsize       length)
{
  if (tag == TAG_TABLE)
    {
      if (!is_end)
        self->depth++;
      else if (self->depth > 0 && --self->depth == 0)
        end_row (self);
    }
  else if (tag == TAG_ROW && self->depth == 1)
    {
      end_row (self);
      self->in_row = !is_end;
    }
  else if (tag == TAG_CELL && self->depth == 1)
    {
      if (is_end)
        end_cell (self);
      else if (length < MAX_ATTRIBUTES)
        begin_cell (self, read_span (attributes, length, "colspan"), read_span (attributes, length, "rowspan"));
      else
        begin_cell (self, 1, 1);
    }
  else if (tag == TAG_BREAK && self->in_cell && !is_end && !is_cell_empty (self))
    {
      g_string_append_c (self->text, '\n');
      self->has_space = FALSE;
    }
  else if (tag == TAG_CELL || tag == TAG_ROW)
    self->has_space = TRUE;
}

/* Past what is in a tag that hides it, for instance a style sheet. */
static const char *
skip_hidden (const char *text,
             const char *end,
             const char *name,
             gsize       length)
{
  for (; text < end; text++)
    if (*text == '<' && (gsize) (end - text) > length + 2 && text[1] == '/' && g_ascii_strncasecmp (text + 2, name, length) == 0)
      return text;
  return end;
}

/* @text is after the <; returns where the text goes on. */
static const char *
read_tag (Parser     *self,
          const char *text,
          const char *end)
{
  gboolean    is_end = text < end && *text == '/';
  const char *name = text + is_end;
  gsize       length = 0;
  const char *stop;
  Tag         tag;

  if (end - text >= 3 && strncmp (text, "!--", 3) == 0)
    {
      stop = g_strstr_len (text + 3, end - text - 3, "-->");
      return stop != NULL ? stop + 3 : end;
    }
  while (name + length < end && g_ascii_isalnum (name[length]))
    length++;
  if (length == 0 && text < end && *text != '!' && *text != '?' && !is_end)
    {
      append_text (self, "<", 1);
      return text;
    }
  stop = find_tag_end (name + length, end);
  if (stop == end)
    return end; /* cut off: no tag */
  tag = find_tag (name, length);
  if (tag == TAG_HIDDEN && !is_end)
    return skip_hidden (stop, end, name, length);
  take_tag (self, tag, is_end, name + length, (gsize) (stop - name) - length);
  return stop + 1;
}

static void
read_all (Parser     *self,
          const char *text,
          const char *end)
{
  gboolean was_in_table = FALSE;

  while (text < end && !self->is_too_much && !(was_in_table && self->depth == 0))
    {
      gsize plain = 0;

      if (*text == '<')
        text = read_tag (self, text + 1, end);
      else if (*text == '&')
        text = read_entity (self, text + 1, end);
      else if (g_ascii_isspace (*text) || *text == '\0')
        {
          self->has_space = TRUE;
          text++;
        }
      else
        {
          while (text + plain < end && text[plain] != '<' && text[plain] != '&' && !g_ascii_isspace (text[plain]) && text[plain] != '\0')
            plain++;
          append_text (self, text, plain);
          text += plain;
        }
      was_in_table |= self->depth > 0;
    }
  end_row (self);
}

static char *
dup_utf8 (const char *text,
          gsize       length)
{
  const char *charset = NULL;
  char       *converted = NULL;

  if (length >= 2 && memcmp (text, "\xff\xfe", 2) == 0)
    charset = "UTF-16LE";
  else if (length >= 2 && memcmp (text, "\xfe\xff", 2) == 0)
    charset = "UTF-16BE";
  if (charset != NULL)
    converted = g_convert (text + 2, (gssize) length - 2, "UTF-8", charset, NULL, NULL, NULL);
  return converted != NULL ? converted : g_utf8_make_valid (text, (gssize) length);
}

static KobraSheetGrid *
make_grid (Parser *self)
{
  g_autoptr (KobraSheetGrid) grid = g_new0 (KobraSheetGrid, 1);
  guint start = 0;

  for (guint row = 0; row < self->row_ends->len; row++)
    {
      guint end = g_array_index (self->row_ends, guint, row);

      grid->n_columns = MAX (grid->n_columns, end - start);
      start = end;
    }
  grid->n_rows = self->row_ends->len;
  if (grid->n_rows == 0 || (guint64) grid->n_rows * grid->n_columns > self->max_cells)
    return NULL;
  grid->text = g_string_free (g_steal_pointer (&self->text), FALSE);
  grid->cells = g_new (const char *, (gsize) grid->n_rows * grid->n_columns);
  start = 0;
  for (guint row = 0; row < grid->n_rows; row++)
    {
      guint end = g_array_index (self->row_ends, guint, row);

      for (guint column = 0; column < grid->n_columns; column++)
        grid->cells[(gsize) row * grid->n_columns + column] = column < end - start ? grid->text + g_array_index (self->starts, gsize, start + column) : "";
      start = end;
    }
  return g_steal_pointer (&grid);
}

KobraSheetGrid *
kobra_sheet_html_parse (const char *text,
                        gsize       length,
                        gsize       max_cells)
{
  g_autofree char *utf8 = dup_utf8 (text, length);
  Parser           parser = { .text = g_string_new (NULL), .max_cells = max_cells };
  KobraSheetGrid  *grid = NULL;

  parser.starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  parser.row_ends = g_array_new (FALSE, FALSE, sizeof (guint));
  parser.below = g_array_new (FALSE, TRUE, sizeof (guint));
  read_all (&parser, utf8, utf8 + strlen (utf8));
  if (!parser.is_too_much)
    grid = make_grid (&parser);
  if (parser.text != NULL)
    g_string_free (parser.text, TRUE);
  g_array_unref (parser.starts);
  g_array_unref (parser.row_ends);
  g_array_unref (parser.below);
  return grid;
}
