/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-reader.h"

#include <string.h>

#include "kobra-test.h"
#include "read-support.h"

/* Random tables, written as CSV in every way there is and read back: every cell must come back as it was. */

#define N_TABLES 10
#define MAX_ROWS 60

static const struct
{
  const char   *name;
  const char   *mark;
  gsize         n_mark;
  const char   *charset; /* as iconv calls it */
  KobraEncoding encoding;
  gboolean      is_narrow; /* only what Windows-1252 has */
} encodings[] = {
  { "utf-8", "", 0, "UTF-8", KOBRA_ENCODING_UTF_8, FALSE },
  { "utf-8-mark", "\xef\xbb\xbf", 3, "UTF-8", KOBRA_ENCODING_UTF_8, FALSE },
  { "windows-1252", "", 0, "WINDOWS-1252", KOBRA_ENCODING_WINDOWS_1252, TRUE },
  { "utf-16-le-mark", "\xff\xfe", 2, "UTF-16LE", KOBRA_ENCODING_UTF_16_LE, FALSE },
  { "utf-16-be-mark", "\xfe\xff", 2, "UTF-16BE", KOBRA_ENCODING_UTF_16_BE, FALSE },
};

static const char separators[] = { ',', ';', '\t', '|' };
static const char *const line_ends[] = { "\n", "\r\n", "\r" };

/* What cells are made of; the wide ones come last. */
static const char *const pieces[] = {
  "a", "Z", "0", "00123", "1,5", "-3.20", " ", "  ", ",", ";", "\t", "|", "\"", "\"\"", "\n", "\r\n", "\r", "'", "\\", "=",
  "Lopez Hernandez", "a long run of plain letters that takes several words to pass", "é", "Ñ", "Íñigo Peña", "€", "“sí”", "¿qué?", "\u00a0",
  "漢字", "🙂", "\u0301", "\ufeff", "Привет",
};

#define N_WIDE_PIECES 5u

static char *
make_cell (GRand   *dice,
           gboolean is_narrow)
{
  GString *cell = g_string_new (NULL);
  guint    n_choices = G_N_ELEMENTS (pieces) - (is_narrow ? N_WIDE_PIECES : 0);
  guint    n = g_rand_boolean (dice) ? 1 : (guint) g_rand_int_range (dice, 0, 9);

  for (guint i = 0; i < n; i++)
    g_string_append (cell, pieces[g_rand_int_range (dice, 0, (gint32) n_choices)]);
  return g_string_free (cell, FALSE);
}

/* RFC 4180 §2.5-2.7; and, as any program may, sometimes quotes where there is no need. */
static void
write_cell (GString    *text,
            const char *cell,
            char        separator,
            GRand      *dice)
{
  if (strpbrk (cell, "\"\r\n") == NULL && strchr (cell, separator) == NULL && g_rand_int_range (dice, 0, 5) > 0)
    {
      g_string_append (text, cell);
      return;
    }
  g_string_append_c (text, '"');
  for (; *cell != '\0'; cell++)
    {
      if (*cell == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *cell);
    }
  g_string_append_c (text, '"');
}

typedef struct
{
  GPtrArray *rows; /* char **; NULL: a blank row */
  guint      next;
  guint      n_told;
} Expected;

static gboolean
compare_row (const KobraReadRow *row,
             gpointer            data,
             GError            **error)
{
  Expected *self = data;
  char    **cells;

  while (self->next < self->rows->len && g_ptr_array_index (self->rows, self->next) == NULL)
    self->next++;
  g_assert_cmpuint (self->next, <, self->rows->len);
  g_assert_cmpuint (row->line, ==, self->next + 1);
  cells = g_ptr_array_index (self->rows, self->next++);
  g_assert_cmpuint (row->n_cells, ==, g_strv_length (cells));
  for (guint i = 0; i < row->n_cells; i++)
    g_assert_cmpstr (row->cells[i], ==, cells[i]);
  self->n_told++;
  return TRUE;
}

static void
compare_blank (guint32  line,
               gpointer data)
{
  Expected *self = data;

  g_assert_cmpuint (line, <=, self->rows->len);
  g_assert_null (g_ptr_array_index (self->rows, line - 1));
}

/* Every row ends in a word, so that none is blank by chance. */
static GPtrArray *
make_table (GRand   *dice,
            gboolean is_narrow)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  guint      n_rows = (guint) g_rand_int_range (dice, 1, MAX_ROWS);
  guint      n_columns = (guint) g_rand_int_range (dice, 1, 12);

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new ();
      guint                 n_cells = g_rand_int_range (dice, 0, 8) > 0 ? n_columns : (guint) g_rand_int_range (dice, 1, 20);

      if (i > 0 && g_rand_int_range (dice, 0, 10) == 0)
        {
          g_ptr_array_add (rows, NULL);
          continue;
        }
      /* An accent where the file begins, so that nothing is left to find out. */
      for (guint k = 1; k < n_cells; k++)
        g_ptr_array_add (cells, i == 0 && k == 1 ? g_strdup ("sí") : make_cell (dice, is_narrow));
      g_ptr_array_add (cells, g_strdup ("sí"));
      g_ptr_array_add (cells, NULL);
      g_ptr_array_add (rows, g_ptr_array_steal (cells, NULL));
    }
  return rows;
}

static char *
write_table (GPtrArray  *rows,
             char        separator,
             const char *line_end,
             GRand      *dice)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      char **cells = g_ptr_array_index (rows, i);

      for (guint k = 0; cells != NULL && cells[k] != NULL; k++)
        {
          if (k > 0)
            g_string_append_c (text, separator);
          write_cell (text, cells[k], separator, dice);
        }
      if (cells == NULL && g_rand_boolean (dice))
        g_string_append_printf (text, " %c\" \"", separator);
      if (i + 1 < rows->len || g_rand_boolean (dice))
        g_string_append (text, line_end);
    }
  return g_string_free (text, FALSE);
}

static GBytes *
encode (const char *text,
        gsize       i)
{
  GString           *bytes = g_string_new_len (encodings[i].mark, (gssize) encodings[i].n_mark);
  g_autoptr (GError) error = NULL;
  gsize              n_encoded;
  g_autofree char   *encoded = g_convert (text, -1, encodings[i].charset, "UTF-8", NULL, &n_encoded, &error);

  g_assert_no_error (error);
  g_string_append_len (bytes, encoded, (gssize) n_encoded);
  return g_string_free_to_bytes (bytes);
}

static void
test_round_trip (gconstpointer data)
{
  gsize             i = GPOINTER_TO_SIZE (data);
  g_autoptr (GRand) dice = g_rand_new_with_seed ((guint32) i + 1);

  for (guint round = 0; round < N_TABLES * G_N_ELEMENTS (separators) * G_N_ELEMENTS (line_ends); round++)
    {
      char                     separator = separators[round % G_N_ELEMENTS (separators)];
      const char              *line_end = line_ends[round / G_N_ELEMENTS (separators) % G_N_ELEMENTS (line_ends)];
      g_autoptr (GPtrArray)    rows = make_table (dice, encodings[i].is_narrow);
      g_autofree char         *text = write_table (rows, separator, line_end, dice);
      g_autoptr (GBytes)       bytes = encode (text, i);
      g_autoptr (GInputStream) stream = trickle_stream_new (bytes, (gsize) g_rand_int_range (dice, 1, 100), NULL);
      g_autoptr (GError)       error = NULL;
      Expected                 expected = { .rows = rows };
      const KobraReadSink      sink = { .row = compare_row, .blank = compare_blank, .data = &expected };
      const KobraReadOptions   options = { .separator = separator };
      KobraReadInfo            info = { 0 };

      kobra_reader_read_stream (stream, g_bytes_get_size (bytes), &options, &sink, &info, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info.encoding, ==, encodings[i].encoding);
      g_assert_cmpuint (info.n_rows, ==, expected.n_told);
      while (expected.next < rows->len && g_ptr_array_index (rows, expected.next) == NULL)
        expected.next++;
      g_assert_cmpuint (expected.next, ==, rows->len);
    }
}

/* The separator is found by looking in tables such as people have: a header of names, cells of any kind, quoted where they must be. */
static void
test_separator_is_found (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (99);

  for (guint round = 0; round < 1000; round++)
    {
      static const char *const words[] = { "externalID", "nombre", "Saldo total", "fecha", "Teléfono 1", "C.P.", "Observaciones", "rfc" };
      static const char *const values[] = { "", "0001", "1,5", "1234,50", "1,234.50", "Soto, Ana", "55;33", "a|b", "Calle 5 \"B\", Int. 2", "31/12/1980", "sí", "x\ty", "12:30; 13:30" };
      char                     separator = separators[round % G_N_ELEMENTS (separators)];
      guint                    n_columns = (guint) g_rand_int_range (dice, 2, 9), n_rows = (guint) g_rand_int_range (dice, 3, 40);
      g_autoptr (GString)      text = g_string_new (NULL);
      g_autoptr (GBytes)       bytes = NULL;
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (GError)       error = NULL;
      g_auto (RowLog)          log = { 0 };
      KobraReadInfo            info = { 0 };

      for (guint row = 0; row < n_rows; row++)
        for (guint column = 0; column < n_columns; column++)
          {
            write_cell (text, row == 0 ? words[column % G_N_ELEMENTS (words)] : values[g_rand_int_range (dice, 0, (gint32) G_N_ELEMENTS (values))], separator, dice);
            g_string_append_c (text, column + 1 < n_columns ? separator : '\n');
          }
      bytes = g_bytes_new (text->str, text->len);
      stream = g_memory_input_stream_new_from_bytes (bytes);
      row_log_init (&log);
      kobra_reader_read_stream (stream, 0, NULL, &log.sink, &info, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info.separator, ==, separator);
    }
}

/* What a stream gives: its rows, and the words of its error if it has one. */
static char *
read_to_text (GBytes *bytes,
              gsize   n_at_once)
{
  g_autoptr (GInputStream) stream = trickle_stream_new (bytes, n_at_once, NULL);
  g_autoptr (GError)       error = NULL;
  g_auto (RowLog)          log = { 0 };
  gboolean                 is_read;

  row_log_init (&log);
  is_read = kobra_reader_read_stream (stream, g_bytes_get_size (bytes), NULL, &log.sink, NULL, NULL, &error);
  g_assert_true (is_read == (error == NULL));
  return g_strconcat (log.text->str, is_read ? "" : error->message, NULL);
}

/* Any bytes at all give rows or an error with words, and the same however they come in. */
static void
test_any_bytes (void)
{
  static const char alphabet[] = { 'a', '1', ',', ';', '\t', '|', '"', '"', '\n', '\r', ' ', '=', '\xc3', '\xa9', '\xe9', '\xe2', '\x82', '\xac', '\xff', '\xfe', '\0' };
  g_autoptr (GRand) dice = g_rand_new_with_seed (5);

  for (guint round = 0; round < 1000; round++)
    {
      gsize              n = (gsize) g_rand_int_range (dice, 0, 60);
      gint32             n_letters = g_rand_int_range (dice, 4, (gint32) G_N_ELEMENTS (alphabet) + 1);
      g_autofree char   *random = g_malloc (n + 1);
      g_autofree char   *whole = NULL;
      g_autofree char   *trickled = NULL;
      g_autoptr (GBytes) bytes = NULL;

      for (gsize i = 0; i < n; i++)
        random[i] = alphabet[g_rand_int_range (dice, 0, n_letters)];
      bytes = g_bytes_new (random, n);
      whole = read_to_text (bytes, G_MAXSSIZE);
      trickled = read_to_text (bytes, 3);
      g_assert_cmpstr (whole, ==, trickled);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    kobra_test_add_row ("/read/round-trip/", encodings[i].name, GSIZE_TO_POINTER (i), test_round_trip);
  g_test_add_func ("/read/round-trip/separator-is-found", test_separator_is_found);
  g_test_add_func ("/read/round-trip/any-bytes", test_any_bytes);
  return g_test_run ();
}
