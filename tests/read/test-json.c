/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON and web pages: what is not laid out in rows of cells, and still is a table. */

#include "kobra-reader.h"

#include <string.h>

#include "kobra-test.h"
#include "read-support.h"

static const struct
{
  const char *name, *text;
  int         code; /* -1: it is read */
  const char *words;
} cases[] = {
  /* clang-format off */
  { "array-of-records", "[{\"a\": 1234.10, \"b\": \"x\"},\n {\"b\": null, \"a\": 12345678901234567890, \"c\": true}]", -1, "0:a|b|c\n1:1234.10|x|\n2:12345678901234567890||true\n" },
  { "body-of-the-api", "{\"importTypeID\": 1, \"accounts\": [{\"externalID\": \"0001\"}]}", -1, "0:externalID\n1:0001\n" },
  { "body-deeper-down", "{\"x\": 1, \"data\": {\"y\": {}, \"accounts\": [{\"a\": 1}]}}", -1, "0:a\n1:1\n" },
  { "record-a-line", "{\"a\": 1}\n{\"a\": 2}\n", -1, "0:a\n1:1\n2:2\n" },
  { "escapes", "[{\"a\": \"\\u00e9\\n\\ud83d\\ude00\\\"\\/\"}]", -1, "0:a\n1:é\\n😀\"/\n" },
  { "nested-value", "[{\"a\": {\"b\": [1, \"x, ]\"]}}]", -1, "0:a\n1:{\"b\":[1,\"x, ]\"]}\n" },
  { "name-twice", "[{\"a\": 1, \"a\": 2}]", -1, "0:a\n1:2\n" },
  { "blank-record", "[{\"a\": 1}, {}, {\"a\": 3}]", -1, "0:a\n1:1\n2:-\n3:3\n" },
  { "mark", "\xef\xbb\xbf[{\"a\": 1}]", -1, "0:a\n1:1\n" },
  { "empty-array", "[]", KOBRA_READ_ERROR_EMPTY, "nothing" },
  { "no-records", "[{\"a\": 1}, 2]", KOBRA_READ_ERROR_NOT_A_TABLE, "Record 2" },
  { "breaks-off", "[{\"a\": 1},\n{\"a\": \"x", KOBRA_READ_ERROR_DAMAGED, "line 2" },
  { "no-comma", "[{\"a\": 1} {\"a\": 2}]", KOBRA_READ_ERROR_DAMAGED, "line 1" },
  { "half-a-pair", "[{\"a\": \"\\ud83d\"}]", KOBRA_READ_ERROR_DAMAGED, "line 1" },
  { "nul", "[{\"a\": \"\\u0000\"}]", KOBRA_READ_ERROR_DAMAGED, "line 1" },
  { "not-utf-8", "[{\"a\": \"\xe9\"}]", KOBRA_READ_ERROR_ENCODING, "UTF-8" },
  { "page", "<html><body><p>Cartera</p><table><tr><th>ID</th><th>Nombre</th></tr><tr><td>0001</td><td>Jos&eacute;&nbsp;Pe\xc3\xb1" "a<br>x</td></tr></table></body></html>", -1, "1:ID|Nombre\n2:0001|José Peña\\nx\n" },
  { "page-with-spans", "<table><tr><td rowspan=2>a</td><td colspan=2>b</td><td>c</td></tr><tr><td>d</td></tr></table>", -1, "1:a|b||c\n2:|d\n" },
  { "page-of-windows-1252", "<table><tr><td>Jos\xe9</td><td>1</td></tr></table>", -1, "1:José|1\n" },
  { "page-with-two-tables", "<table><tr><td>menu</td></tr></table><table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>", -1, "1:a|b\n2:1|2\n" },
  { "page-without-ends", "<TABLE><TR><TD>a<TD>b<TR><TD>1<TD>2</TABLE>", -1, "1:a|b\n2:1|2\n" },
  { "page-without-a-table", "<html><body>Hola</body></html>", KOBRA_READ_ERROR_NOT_A_TABLE, "without a table" },
  { "page-of-a-script", "<html><table><tr><td>a<script>alert (1)</script></td></tr></table>", -1, "1:a\n" },
  /* clang-format on */
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  for (gsize n_at_once = 1; n_at_once < 100000; n_at_once = n_at_once * 17)
    {
      g_autoptr (GBytes)       bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr (GInputStream) stream = trickle_stream_new (bytes, n_at_once, NULL);
      g_autoptr (GError)       error = NULL;
      g_auto (RowLog)          log = { 0 };

      row_log_init (&log);
      kobra_reader_read_stream (stream, 0, NULL, &log.sink, NULL, NULL, &error);
      if (cases[i].code < 0)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (log.text->str, ==, cases[i].words);
          continue;
        }
      g_assert_error (error, KOBRA_READ_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

/* So deep that a reader which calls itself would run out of its stack. */
static void
test_deep (void)
{
  g_autoptr (GString)      text = g_string_new ("[{\"a\": ");
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError)       error = NULL;
  g_auto (RowLog)          log = { 0 };

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (text, '[');
  stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  row_log_init (&log);
  g_assert_false (kobra_reader_read_stream (stream, 0, NULL, &log.sink, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_DAMAGED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/read/json/", cases[i].name, GSIZE_TO_POINTER (i), test_case);
  g_test_add_func ("/read/json/deep", test_deep);
  return g_test_run ();
}
