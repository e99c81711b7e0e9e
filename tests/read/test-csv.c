/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-csv.h"

#include <string.h>

#include "kobra-test.h"
#include "read-support.h"

typedef struct
{
  const char *name;
  char        separator;
  const char *text;
  const char *rows;
} Case;

static const Case cases[] = {
  { "comma", ',', "a,b\nc,d\n", "1:a|b\n2:c|d\n" },
  { "semicolon", ';', "a;b,c\n", "1:a|b,c\n" },
  { "tab", '\t', "a\tb c\n", "1:a|b c\n" },
  { "bar", '|', "a|b\n", "1:a|b\n" },
  { "crlf", ',', "a,b\r\nc,d\r\n", "1:a|b\n2:c|d\n" },
  { "lone-cr", ',', "a,b\rc,d\r", "1:a|b\n2:c|d\n" },
  { "mixed-line-ends", ',', "a\nb\r\nc\rd\n", "1:a\n2:b\n3:c\n4:d\n" },
  { "lf-cr-is-two-line-ends", ',', "a\n\rb", "1:a\n2:-\n3:b\n" },
  { "cr-cr-lf-is-two-line-ends", ',', "a\r\r\nb", "1:a\n2:-\n3:b\n" },
  { "no-last-line-end", ',', "a\nb,c", "1:a\n2:b|c\n" },
  { "last-cell-empty", ',', "a,\nb,", "1:a|\n2:b|\n" },
  { "first-cell-empty", ',', ",a", "1:|a\n" },
  { "spaces-are-kept", ',', " a , b \n", "1: a | b \n" },
  { "ragged", ',', "a,b,c\nd\ne,f\ng,h,i,j\n", "1:a|b|c\n2:d\n3:e|f\n4:g|h|i|j\n" },
  { "blank-rows-count", ',', "a\n\n\nb\n", "1:a\n2:-\n3:-\n4:b\n" },
  { "separators-alone-are-blank", ',', "a,b\n,\n , \t\nc,d\n", "1:a|b\n2:-\n3:-\n4:c|d\n" },
  { "nbsp-is-blank", ',', "a\n\u00a0,\u2003\nb", "1:a\n2:-\n3:b\n" },
  { "empty-quotes-are-blank", ',', "a\n\"\",\"\"\nb", "1:a\n2:-\n3:b\n" },
  { "empty-quotes-at-the-end", ',', "a\n\"\"", "1:a\n2:-\n" },
  { "a-zero-is-not-blank", ',', "0\n", "1:0\n" },
  { "quotes", ',', "\"a\",\"b,c\"\n", "1:a|b,c\n" },
  { "doubled-quotes", ',', "\"a\"\"b\",\"\"\"\",\"\"\"c\"\"\"\n", "1:a\"b|\"|\"c\"\n" },
  { "quoted-line-ends-are-kept", ',', "\"a\nb\r\nc\rd\",e\nf,g\n", "1:a\\nb\\r\\nc\\rd|e\n2:f|g\n" },
  { "quoted-cell-at-the-end", ',', "a,\"b\"", "1:a|b\n" },
  { "quote-within-a-plain-cell", ',', "ab\"c,5\" pipe\"\n", "1:ab\"c|5\" pipe\"\n" },
  { "quote-after-a-space", ',', " \"a\",b\n", "1: \"a\"|b\n" },
  { "text-after-a-closing-quote", ',', "\"ab\"c,\"d\" \"e\",f\n", "1:abc|d \"e\"|f\n" },
  { "long-cells", ',', "abcdefgh,abcdefghi,\"abcdefgh\",\"abcdefghijklmnopq\"\nabcdefghijklmnopqrstuvwx\n", "1:abcdefgh|abcdefghi|abcdefgh|abcdefghijklmnopq\n2:abcdefghijklmnopqrstuvwx\n" },
  { "accents", ',', "Íñigo,Peñón\n\"Güero\nCañón\",€🙂\n", "1:Íñigo|Peñón\n2:Güero\\nCañón|€🙂\n" },
  /* Their bytes differ from the separator's and the line ends' by little, where a scan of whole words may go wrong. */
  { "neighbours-in-ascii", ',', "+-+-+-+-+-,\x0b\x0c\x0e\x0b\x0c\x0e\x0b\x0c!#!#!#!#!#\n", "1:+-+-+-+-+-|\x0b\x0c\x0e\x0b\x0c\x0e\x0b\x0c!#!#!#!#!#\n" },
  { "nothing", ',', "", "" },
};

/* Pushes the text in pieces: the first of @n_first bytes, the others of @n_each. */
static gboolean
push_in_pieces (KobraCsv   *csv,
                const char *text,
                gsize       n_first,
                gsize       n_each,
                GError    **error)
{
  gsize length = strlen (text);

  for (gsize i = 0, n = MIN (n_first, length);; i += n, n = MIN (n_each, length - i))
    {
      /* A copy of just the piece, so that a sanitizer sees a look past its end. */
      g_autofree char *piece = g_memdup2 (text + i, MAX (n, 1));

      if (!kobra_csv_push (csv, piece, n, error))
        return FALSE;
      if (i + n == length)
        return kobra_csv_finish (csv, error);
    }
}

static void
check_pieces (const Case *test,
              gsize       n_first,
              gsize       n_each)
{
  g_autoptr (GError) error = NULL;
  g_auto (RowLog)    log = { 0 };
  g_autoptr (KobraCsv) csv = NULL;

  row_log_init (&log);
  csv = kobra_csv_new (test->separator, '"', 1, &log.sink);
  push_in_pieces (csv, test->text, n_first, n_each, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (log.text->str, ==, test->rows);
}

static void
test_rows (gconstpointer data)
{
  const Case *test = data;
  gsize       length = strlen (test->text);

  check_pieces (test, length, 1);
  for (gsize i = 0; i <= length; i++)
    check_pieces (test, i, length + 1);
  for (gsize n = 1; n <= 17; n++)
    check_pieces (test, n, n);
}

static const struct
{
  const char    *name;
  const char    *text;
  const char    *rows; /* that came before */
  KobraReadError code;
  const char    *place;
} unclosed[] = {
  { "first-row", "a,\"b\nc,d\n", "", KOBRA_READ_ERROR_UNCLOSED_QUOTE, "row 1, column 2 is" },
  { "after-line-ends-in-cells", "\"a\nb\rc\r\nd\",x\n\ny,z,\"u\n", "1:a\\nb\\rc\\r\\nd|x\n2:-\n", KOBRA_READ_ERROR_UNCLOSED_QUOTE, "row 3, column 3 (line 6 of the file) is" },
  { "in-a-row-that-began-before", "\"a\nb\",\"c", "", KOBRA_READ_ERROR_UNCLOSED_QUOTE, "row 1, column 2 (line 2 of the file) is" },
  { "nothing-in-it", "a\n\"", "1:a\n", KOBRA_READ_ERROR_UNCLOSED_QUOTE, "row 2, column 1 is" },
  { "its-last-is-a-doubled-one", "\"a\"\"", "", KOBRA_READ_ERROR_UNCLOSED_QUOTE, "row 1, column 1 is" },
};

static void
test_unclosed_quote (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  for (gsize n = 1; n <= strlen (unclosed[i].text); n++)
    {
      g_autoptr (GError)   error = NULL;
      g_auto (RowLog)      log = { 0 };
      g_autoptr (KobraCsv) csv = NULL;

      row_log_init (&log);
      csv = kobra_csv_new (',', '"', 1, &log.sink);
      g_assert_false (push_in_pieces (csv, unclosed[i].text, n, n, &error));
      g_assert_error (error, KOBRA_READ_ERROR, (int) unclosed[i].code);
      g_assert_nonnull (strstr (error->message, unclosed[i].place));
      g_assert_cmpstr (log.text->str, ==, unclosed[i].rows);
    }
}

static gboolean
count_cells (const KobraReadRow *row,
             gpointer            data,
             GError            **error)
{
  guint64 *n_cells = data;

  *n_cells += row->n_cells;
  return TRUE;
}

/* Pushes @text @n times, then @last. */
static gboolean
push_often (KobraCsv   *csv,
            const char *text,
            gsize       n,
            const char *last,
            GError    **error)
{
  for (gsize i = 0; i < n; i++)
    if (!kobra_csv_push (csv, text, strlen (text), error))
      return FALSE;
  return kobra_csv_push (csv, last, strlen (last), error) && kobra_csv_finish (csv, error);
}

static const char kibibyte[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                               "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                               "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                               "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#define N_KIBIBYTE (sizeof kibibyte - 1)

static const struct
{
  const char *name;
  const char *text;  /* so often … */
  gsize       n;
  const char *last;  /* … and then this */
  guint64     n_cells; /* 0: an error with … */
  int         code;
  const char *words;
} limits[] = {
  { "cell-at-its-limit", kibibyte, KOBRA_READ_MAX_CELL / N_KIBIBYTE, ",x\n", 2, 0, NULL },
  { "cell-over-its-limit", kibibyte, KOBRA_READ_MAX_CELL / N_KIBIBYTE, "x,", 0, KOBRA_READ_ERROR_CELL_TOO_LONG, "row 1, column 1 is over 1 MiB. Shorten" },
  { "cell-without-end", kibibyte, KOBRA_READ_MAX_CELL, "", 0, KOBRA_READ_ERROR_CELL_TOO_LONG, "row 1, column 1 is over" },
  { "columns-at-their-limit", "x,", KOBRA_READ_MAX_COLUMNS - 1, "x\n", KOBRA_READ_MAX_COLUMNS, 0, NULL },
  { "columns-over-their-limit", "x,", KOBRA_READ_MAX_COLUMNS, "x\n", 0, KOBRA_READ_ERROR_TOO_MANY_COLUMNS, "row 1, column 16385 is past" },
};

static void
test_limit (gconstpointer data)
{
  gsize                i = GPOINTER_TO_SIZE (data);
  guint64              n_cells = 0;
  KobraReadSink        sink = { .row = count_cells, .data = &n_cells };
  g_autoptr (KobraCsv) csv = kobra_csv_new (',', '"', 1, &sink);
  g_autoptr (GError)   error = NULL;
  gboolean             is_read = push_often (csv, limits[i].text, limits[i].n, limits[i].last, &error);

  g_assert_cmpuint (n_cells, ==, limits[i].n_cells);
  g_assert_true (is_read == (limits[i].words == NULL));
  if (is_read)
    return;
  g_assert_error (error, KOBRA_READ_ERROR, limits[i].code);
  g_assert_nonnull (strstr (error->message, limits[i].words));
}

/* Cells that are each allowed, but whose row would take 16 GiB. */
static void
test_row_limit (void)
{
  guint64              n_cells = 0;
  KobraReadSink        sink = { .row = count_cells, .data = &n_cells };
  g_autoptr (KobraCsv) csv = kobra_csv_new (',', '"', 1, &sink);
  g_autoptr (GString)  cell = g_string_new (NULL);
  g_autoptr (GError)   error = NULL;

  for (gsize i = 0; i < KOBRA_READ_MAX_CELL / 2; i++)
    g_string_append_c (cell, 'x');
  g_string_append_c (cell, ',');
  g_assert_false (push_often (csv, cell->str, 1000, "", &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_ROW_TOO_LONG);
  g_assert_nonnull (strstr (error->message, "row 1, column 129."));
}

/* The quotation mark, not the cell's length, is what the person can mend. */
static void
test_long_cell_blames_its_quote (void)
{
  guint64              n_cells = 0;
  KobraReadSink        sink = { .row = count_cells, .data = &n_cells };
  g_autoptr (KobraCsv) csv = kobra_csv_new (';', '"', 1, &sink);
  g_autoptr (GError)   error = NULL;

  g_assert_true (kobra_csv_push (csv, "a\n\"b\nc\";\"", 9, &error));
  g_assert_false (push_often (csv, "1;2;3\r\n", KOBRA_READ_MAX_CELL, "", &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_CELL_TOO_LONG);
  g_assert_nonnull (strstr (error->message, "row 2, column 2 (line 3 of the file)"));
  g_assert_nonnull (strstr (error->message, "never closed"));
  g_assert_cmpuint (n_cells, ==, 1);
}

static gboolean
refuse (const KobraReadRow *row,
        gpointer            data,
        GError            **error)
{
  if (row->line < 3)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

static void
test_sink_can_refuse (void)
{
  KobraReadSink        sink = { .row = refuse };
  g_autoptr (KobraCsv) csv = kobra_csv_new (',', '"', 1, &sink);
  g_autoptr (GError)   error = NULL;

  g_assert_false (push_in_pieces (csv, "a\nb\nc\nd\n", 100, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/read/csv/rows/", cases[i].name, &cases[i], test_rows);
  for (gsize i = 0; i < G_N_ELEMENTS (unclosed); i++)
    kobra_test_add_row ("/read/csv/unclosed-quote/", unclosed[i].name, GSIZE_TO_POINTER (i), test_unclosed_quote);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    kobra_test_add_row ("/read/csv/limit/", limits[i].name, GSIZE_TO_POINTER (i), test_limit);
  g_test_add_func ("/read/csv/limit/row", test_row_limit);
  g_test_add_func ("/read/csv/limit/blames-the-quote", test_long_cell_blames_its_quote);
  g_test_add_func ("/read/csv/sink-can-refuse", test_sink_can_refuse);
  return g_test_run ();
}
