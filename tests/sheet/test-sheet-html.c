/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-html.h"

#include <string.h>

/* As LibreOffice Calc writes its cells: a style sheet, attributes with what a number is behind how it looks, line breaks in a cell. */
#define CALC \
  "<!DOCTYPE html>\n<html>\n<head>\n\t<meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\"/>\n\t<title></title>\n" \
  "\t<style type=\"text/css\">\n\t\tbody,div,table,thead,tbody,tfoot,tr,th,td,p { font-family:\"Liberation Sans\"; font-size:x-small }\n\t</style>\n" \
  "</head>\n<body>\n<table cellspacing=\"0\" border=\"0\">\n\t<colgroup width=\"85\"></colgroup>\n" \
  "\t<tr>\n\t\t<td height=\"17\" align=\"left\">Íñigo</td>\n\t\t<td align=\"right\" sdval=\"1234.5\" sdnum=\"2058;0;#,##0.00\">1,234.50</td>\n\t</tr>\n" \
  "\t<tr>\n\t\t<td height=\"32\" align=\"left\">two<br>lines</td>\n\t\t<td align=\"left\"><br></td>\n\t</tr>\n</table>\n</body>\n</html>\n"

static const struct
{
  const char *name;
  const char *text;
  guint       n_rows, n_columns;
  const char *cells[6];
} tables[] = {
  { "calc", CALC, 2, 2, { "Íñigo", "1,234.50", "two\nlines", "" } },
  { "unclosed", "<table><tr><td>a<td>b<tr><td>c<td>d", 2, 2, { "a", "b", "c", "d" } },
  { "in-a-page", "<p>before</p><table><tr><td>a</td></tr></table><p>after</p><table><tr><td>no", 1, 1, { "a" } },
  { "headers", "<TABLE><THEAD><TR><TH>h</TH></TR></THEAD><TBODY><TR><TD>a</TD></TR></TBODY></TABLE>", 2, 1, { "h", "a" } },
  { "entities", "<table><tr><td>a &amp; b&nbsp;&lt;c&gt; &#241;&#xE1; &nosuch; &", 1, 1, { "a & b <c> ñá &nosuch; &" } },
  { "white-space", "<table><tr><td>\n  a \t b\r\n </td></tr></table>", 1, 1, { "a b" } },
  { "spans", "<table><tr><td colspan=2>a</td><td>b</td></tr></table>", 1, 3, { "a", "", "b" } },
  { "spans-down", "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>", 2, 2, { "a", "b", "", "c" } },
  { "spans-both-ways", "<table><tr><td>a<td rowspan=2 colspan=2>b<tr><td>c</table>", 2, 3, { "a", "b", "", "c", "", "" } },
  { "spans-last", "<table><tr><td>a<td rowspan='3'>b</tr><tr></tr><tr><td>c</tr></table>", 3, 2, { "a", "b", "", "", "c", "" } },
  { "spans-beyond", "<table><tr><td rowspan=9>a</tr></table>", 1, 1, { "a" } },
  { "ragged", "<table><tr><td>a<tr><td>b<td>c", 2, 2, { "a", "", "b", "c" } },
  { "nested", "<table><tr><td>a<table><tr><td>x</td><td>y</td></tr></table></td><td>b</td></tr></table>", 1, 2, { "a x y", "b" } },
  { "script", "<table><tr><td>a<script>alert('</td>')</script>b</td></tr></table>", 1, 1, { "ab" } },
  { "comments", "<table><!--<td>no--><tr><td>a<!-- x -->b</td></tr></table>", 1, 1, { "ab" } },
  { "quoted-attribute", "<table><tr><td title=\"a>b\">c</td></tr></table>", 1, 1, { "c" } },
  { "less-than", "<table><tr><td>1 < 2</td></tr></table>", 1, 1, { "1 < 2" } },
  { "paragraphs", "<table><tr><td><p>a</p><p>b</p></td></tr></table>", 1, 1, { "a\nb" } },
};

static void
test_table (gconstpointer data)
{
  const typeof (tables[0]) *row = data;
  g_autoptr (KobraSheetGrid) grid = kobra_sheet_html_parse (row->text, strlen (row->text), 100);

  g_assert_nonnull (grid);
  g_assert_cmpuint (grid->n_rows, ==, row->n_rows);
  g_assert_cmpuint (grid->n_columns, ==, row->n_columns);
  for (guint i = 0; i < row->n_rows * row->n_columns; i++)
    g_assert_cmpstr (grid->cells[i], ==, row->cells[i]);
}

/* What programs really put on the clipboard, copied from the same book, as HTML and as plain text. */
static const struct
{
  const char *name;
  guint       n_rows, n_columns;
  gboolean    is_ragged; /* the plain text is: it has line breaks in cells that are not quoted */
  struct
  {
    guint       row, column;
    const char *text;
  } cells[4];
} programs[] = {
  { "libreoffice-merged", 8, 4, FALSE, { { 0, 1, "" }, { 3, 0, "" }, { 3, 3, "Primera visita\nSegunda visita" }, { 6, 3, "C'est l'été — ☃ 👍" } } },
  { "libreoffice-50-rows", 50, 30, FALSE, { { 0, 0, "D-3001" }, { 2, 29, "Pidió \"convenio\"; <urgente> & por escrito" }, { 49, 0, "D-3050" } } },
  { "gnumeric-merged", 8, 4, TRUE, { { 2, 1, "01000" }, { 3, 3, "Primera visita\nSegunda visita" }, { 5, 1, "bloque de 2 por 2" }, { 7, 3, "fin" } } },
};

static char *
read_fixture (const char *name,
              const char *type,
              gsize      *length)
{
  g_autofree char *file = g_strconcat (name, ".", type, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "clipboard", file, NULL);
  char            *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, length, NULL));
  return text;
}

/* White space is one blank in HTML; and of the plain text it is what a program made of a line break. */
static char *
dup_words (const char *text)
{
  g_auto (GStrv)   words = g_strsplit_set (text, " \n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)   kept = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);
  kept = g_strv_builder_end (builder);
  return g_strjoinv (" ", kept);
}

static void
test_program (gconstpointer data)
{
  const typeof (programs[0]) *row = data;
  gsize            html_length, text_length;
  g_autofree char *html = read_fixture (row->name, "html", &html_length);
  char            *text = read_fixture (row->name, "txt", &text_length);
  g_autoptr (KobraSheetGrid) table = kobra_sheet_html_parse (html, html_length, 10000);
  g_autoptr (KobraSheetGrid) plain = kobra_sheet_tsv_parse (text, text_length, 10000);

  g_assert_nonnull (table);
  g_assert_cmpuint (plain->n_columns, ==, row->n_columns);
  g_assert_cmpint (plain->is_ragged, ==, row->is_ragged);
  kobra_sheet_grid_trim (table, plain->n_columns);
  g_assert_cmpuint (table->n_rows, ==, row->n_rows);
  g_assert_cmpuint (table->n_columns, ==, row->n_columns);
  for (guint i = 0; i < row->n_rows * row->n_columns && !row->is_ragged; i++)
    {
      g_autofree char *by_html = dup_words (table->cells[i]), *by_text = dup_words (plain->cells[i]);

      g_assert_cmpstr (by_html, ==, by_text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (row->cells) && row->cells[i].text != NULL; i++)
    g_assert_cmpstr (table->cells[row->cells[i].row * row->n_columns + row->cells[i].column], ==, row->cells[i].text);
}

static void
test_no_table (void)
{
  static const char *const texts[] = { "", "plain", "<p>a</p>", "<table></table>", "<table", "<", "&", "<table><tr><td", "<!--" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (kobra_sheet_html_parse (texts[i], strlen (texts[i]), 100));
}

static void
test_utf16 (void)
{
  gsize length;
  g_autofree char *bytes = g_convert ("\ufeff<table><tr><td>ñ</td></tr></table>", -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
  g_autoptr (KobraSheetGrid) grid = kobra_sheet_html_parse (bytes, length, 100);

  g_assert_nonnull (grid);
  g_assert_cmpstr (grid->cells[0], ==, "ñ");
}

static void
test_what_is_written_is_read_back (void)
{
  static const char *const cells[] = { "0001", "a <b> & \"c\"", "two\nlines", "" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (KobraSheetGrid) grid = NULL;

  kobra_sheet_html_begin (text);
  for (guint i = 0; i < 4; i++)
    {
      if (i % 2 == 0)
        kobra_sheet_html_begin_row (text);
      kobra_sheet_html_append_cell (text, cells[i], i < 2);
      if (i % 2 == 1)
        kobra_sheet_html_end_row (text);
    }
  kobra_sheet_html_end (text);
  grid = kobra_sheet_html_parse (text->str, text->len, 100);
  g_assert_cmpuint (grid->n_rows, ==, 2);
  g_assert_cmpuint (grid->n_columns, ==, 2);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (grid->cells[i], ==, cells[i]);
  g_assert_nonnull (strstr (text->str, "0;0;@")); /* or its zeros would be gone in LibreOffice */
}

/* 50 MB of anything end soon; and no heap of cells is made of few bytes. */
static void
test_hostile_tables_are_bounded (void)
{
  static const char *const pieces[] = {
    "<table>", "<td>", "<td colspan=999999999>", "<td rowspan=999 colspan=999>", "</tr><tr>", "<", "&", "<!--", "<script>", "&#x", "<a title=\"", "\"'<", "<tr>", "</table>", "\xff", "<br>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new ("<table><tr><td>x");
      g_autoptr (KobraSheetGrid) grid = NULL;

      while (text->len < 2 * 1024 * 1024)
        g_string_append (text, pieces[i]);
      grid = kobra_sheet_html_parse (text->str, text->len, 100000);
      g_assert_true (grid == NULL || (guint64) grid->n_rows * grid->n_columns <= 100000);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_strconcat ("/sheet/html/", tables[i].name, NULL);

      g_test_add_data_func (path, &tables[i], test_table);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = g_strconcat ("/sheet/html/programs/", programs[i].name, NULL);

      g_test_add_data_func (path, &programs[i], test_program);
    }
  g_test_add_func ("/sheet/html/no-table-is-said", test_no_table);
  g_test_add_func ("/sheet/html/utf-16", test_utf16);
  g_test_add_func ("/sheet/html/what-is-written-is-read-back", test_what_is_written_is_read_back);
  g_test_add_func ("/sheet/html/hostile-tables-are-bounded", test_hostile_tables_are_bounded);
  return g_test_run ();
}
