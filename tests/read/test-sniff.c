/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sniff.h"

#include <string.h>

#include "kobra-test.h"

#define BYTES(literal) (literal), sizeof (literal) - 1

static const struct
{
  const char *name;
  char        separator;
  const char *text;
} separators[] = {
  { "comma", ',', "id,name\n1,Ana\n2,Luis\n" },
  { "semicolon", ';', "id;name\n1;Ana\n2;Luis\n" },
  { "tab", '\t', "id\tname\n1\tAna\n2\tLuis\n" },
  { "bar", '|', "id|name\n1|Ana\n2|Luis\n" },
  { "one-row", ';', "id;name;rfc" },
  { "last-row-without-line-end", ';', "Cartera\nid;name" },
  { "one-column", ',', "name\nAna\nLuis\n" },
  { "one-column-with-notes", ',', "notes\nAna\nLuis\ncalls; then pays\nEva\n" },
  { "nothing", ',', "" },
  { "decimal-commas", ';', "id;amount\n1;2,50\n2;3,75\n3;4,00\n" },
  { "decimal-commas-in-every-cell", ';', "pending;paid\n1,5;2,5\n3,5;4,5\n5,5;6,5\n" },
  { "decimal-commas-without-header", ';', "1,5;2,5\n3,5;4,5\n5,5;6,5\n" },
  { "decimal-commas-in-ragged-rows", ';', "1;2,5;x\n2;3,5\n3;4,5;x\n4;5,5;x\n" },
  { "decimal-commas-below-a-title", ';', "Cartera, octubre\nid;amount\n1;2,50\n2;3,75\n3;4,00\n" },
  { "decimal-commas-after-tabs", '\t', "id\tamount\n1\t2,50\n2\t3,75\n" },
  { "whole-numbers-after-commas", ',', "a,b,c\n1,2,3\n4,5,6\n" },
  { "whole-numbers-and-lists", ',', "a,b,c\n1,2,3|4\n4,5,6|7\n1,2,3|4\n4,5,6|7\n1,2,3|4\n4,5,6|7\n1,2,3|4\n4,5,6|7\n1,2,3|4\n4,5,6|7\n" },
  { "most-rows-agree", ',', "name; nick,city\nLuis; Lucho,Puebla\nAna,León\nEva,Tepic\n" },
  { "most-columns", ',', "id,phones; mobile,city\n1,none; 55,León\n2,81; none,Puebla\n" },
  { "names-with-commas", ';', "id;name;city\n1;Soto, Ana;León\n2;Ruiz, Luis;Puebla\n" },
  { "names-with-commas-without-header", '\t', "1\tSoto, Ana\n2\tRuiz, Luis\n" },
  { "lists-of-phones", ',', "id,phones,city\n1,55;33,León\n2,81;22,Puebla\n" },
  { "quoted-semicolons", ',', "\"a;b\",\"c;d\"\n\"e;f\",\"g;h\"\n" },
  { "quoted-commas", ';', "\"a,b\";\"c,d\"\n\"e,f\";\"g,h\"\n" },
  { "quoted-line-ends", ';', "id;address\n1;\"Calle 5,\nCol. Sur,\nLeón\"\n2;\"Calle 6,\nCol. Norte\"\n" },
  { "title-above", ';', "Cartera octubre\n\nid;name;amount\n1;Ana;5\n2;Luis;6\n" },
  { "ragged", ';', "id;name;rfc;curp\n1;Ana\n2\n3;Eva;x\n4;Leo;x;y\n" },
  { "unclosed-quote", ';', "id;name\n1;Ana\n2;Luis\n3;\"Eva\n4;Leo\n" },
};

static void
test_separator (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  g_assert_cmpint (kobra_sniff_separator (separators[i].text, strlen (separators[i].text), '"', TRUE), ==, separators[i].separator);
}

/* A sample ends anywhere; as long as it holds a row or two, the answer is the same. */
static void
test_cut_sample (void)
{
  const char *text = "id;amount;name\n1;2,50;\"Soto, Ana\"\n2;3,75;\"Ruiz,\nLuis\"\n3;4,00;x\n";

  for (gsize length = strlen ("id;"); length <= strlen (text); length++)
    g_assert_cmpint (kobra_sniff_separator (text, length, '"', FALSE), ==, ';');
}

static const struct
{
  const char *name;
  const char *text;
  gsize       length; /* of the line */
  char        separator;
} lines[] = {
  { "semicolon", "sep=;\na;b\n", 6, ';' },
  { "crlf", "sep=,\r\na,b\n", 7, ',' },
  { "cr", "sep=|\ra|b\n", 6, '|' },
  { "tab", "SEP=\t\r\n", 7, '\t' },
  { "quoted", "\"sep=;\"\r\n", 9, ';' },
  { "alone", "sep=^", 5, '^' },
  { "no-separator", "sep=\na", 0, 0 },
  { "letter", "sep=x\n", 0, 0 },
  { "quotation-mark", "sep=\"\n", 0, 0 },
  { "more-than-one", "sep=;;\n", 0, 0 },
  { "other-name", "set=;\n", 0, 0 },
  { "quote-left-open", "\"sep=;\n", 0, 0 },
  { "short", "sep=", 0, 0 },
  { "nothing", "", 0, 0 },
};

static void
test_separator_line (gconstpointer data)
{
  gsize            i = GPOINTER_TO_SIZE (data);
  gsize            length = strlen (lines[i].text);
  g_autofree char *copy = g_memdup2 (lines[i].text, MAX (length, 1));
  char             separator = 0;

  g_assert_cmpuint (kobra_sniff_separator_line (copy, length, &separator), ==, lines[i].length);
  if (lines[i].length > 0)
    g_assert_cmpint (separator, ==, lines[i].separator);
}

static const struct
{
  const char   *name;
  const char   *bytes;
  gsize         n_bytes;
  gboolean      is_all;
  KobraEncoding wanted;
  KobraEncoding encoding;
  gboolean      is_sure;
  gsize         n_mark;
} encodings[] = {
  /* clang-format off */
  { "nothing", BYTES (""), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, FALSE, 0 },
  { "ascii", BYTES ("a,b\n"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, FALSE, 0 },
  { "utf-8", BYTES ("José\n"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, TRUE, 0 },
  { "utf-8-cut-at-the-end", BYTES ("José, Jos\xc3"), FALSE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, TRUE, 0 },
  { "only-a-cut-character", BYTES ("Jos\xc3"), FALSE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, FALSE, 0 },
  { "utf-8-mark", BYTES ("\xef\xbb\xbf" "a"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, TRUE, 3 },
  { "mark-alone", BYTES ("\xef\xbb\xbf"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, TRUE, 3 },
  { "windows-1252", BYTES ("Jos\xe9, \xd1u\xf1o\n"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_WINDOWS_1252, FALSE, 0 },
  { "windows-1252-at-the-end", BYTES ("Jos\xe9"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_WINDOWS_1252, FALSE, 0 },
  { "windows-1252-quotes", BYTES ("\x93" "CAF\xc9\x94 Jos\xe9 qu\xe9\x85\x94 d\xed" "a\n"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_WINDOWS_1252, FALSE, 0 },
  { "both", BYTES ("José, Jos\xe9, Jos\xe9\n"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, TRUE, 0 },
  { "cyrillic-with-a-broken-byte", BYTES ("Привет, Привет\xff\n"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, TRUE, 0 },
  { "utf-16-le-mark", BYTES ("\xff\xfe" "a\0"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_16_LE, TRUE, 2 },
  { "utf-16-be-mark", BYTES ("\xfe\xff" "\0a"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_16_BE, TRUE, 2 },
  { "utf-16-le", BYTES ("a\0,\0\xac\x20\n\0"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_16_LE, TRUE, 0 },
  { "utf-16-be", BYTES ("\0a\0,\x20\xac\0\n"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_16_BE, TRUE, 0 },
  { "utf-16-le-sample", BYTES ("a\0,\0b\0\n"), FALSE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_16_LE, TRUE, 0 },
  { "a-nul-is-not-utf-16", BYTES ("a,b\0,c\n1,2,3\n"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, FALSE, 0 },
  { "zeros-are-not-utf-16", BYTES ("a\0\0\0\0\0\0\0"), TRUE, KOBRA_ENCODING_DETECT, KOBRA_ENCODING_UTF_8, FALSE, 0 },
  { "wanted", BYTES ("José"), TRUE, KOBRA_ENCODING_WINDOWS_1252, KOBRA_ENCODING_WINDOWS_1252, TRUE, 0 },
  { "wanted-with-its-mark", BYTES ("\xff\xfe" "a\0"), TRUE, KOBRA_ENCODING_UTF_16_LE, KOBRA_ENCODING_UTF_16_LE, TRUE, 2 },
  { "wanted-with-another-mark", BYTES ("\xef\xbb\xbf" "a"), TRUE, KOBRA_ENCODING_WINDOWS_1252, KOBRA_ENCODING_WINDOWS_1252, TRUE, 0 },
  /* clang-format on */
};

static void
test_encoding (gconstpointer data)
{
  gsize            i = GPOINTER_TO_SIZE (data);
  g_autofree char *copy = g_memdup2 (encodings[i].bytes, MAX (encodings[i].n_bytes, 1));
  KobraSniffed     sniffed = kobra_sniff_encoding (copy, encodings[i].n_bytes, encodings[i].is_all, encodings[i].wanted);

  g_assert_cmpint (sniffed.encoding, ==, encodings[i].encoding);
  g_assert_cmpint (sniffed.is_sure, ==, encodings[i].is_sure);
  g_assert_cmpuint (sniffed.n_mark, ==, encodings[i].n_mark);
}

static const struct
{
  const char *name;
  const char *bytes;
  gsize       n_bytes;
  const char *words; /* NULL: it may be read */
  KobraReadFormat format;
} formats[] = {
  { "xlsx", BYTES ("PK\003\004\024"), NULL, KOBRA_FORMAT_XLSX },
  { "xls", BYTES ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"), NULL, KOBRA_FORMAT_XLS },
  { "png", BYTES ("\x89PNG\r\n\x1a\n"), "picture" },
  { "jpeg", BYTES ("\xff\xd8\xff\xe0\0\x10JFIF"), "picture" },
  { "pdf", BYTES ("%PDF-1.7\n"), "PDF" },
  { "html", BYTES ("\xef\xbb\xbf\r\n <HTML><table>"), NULL, KOBRA_FORMAT_HTML },
  { "html-of-a-clipboard", BYTES ("<meta charset='utf-8'><table>"), NULL, KOBRA_FORMAT_HTML },
  { "doctype", BYTES ("<!DOCTYPE html>"), NULL, KOBRA_FORMAT_HTML },
  { "xml", BYTES ("<?xml version=\"1.0\"?>"), "XML" },
  { "rtf", BYTES ("{\\rtf1"), ".rtf" },
  { "gzip", BYTES ("\x1f\x8b\x08"), "packed" },
  { "utf-32", BYTES ("\xff\xfe\0\0a\0\0\0"), "UTF-32" },
  { "csv", BYTES ("a,b\n"), NULL },
  { "packed-by-name", BYTES ("PK,name\n"), NULL },
  { "utf-16", BYTES ("\xff\xfe" "a\0"), NULL },
  { "white-space", BYTES (" \n\t"), NULL },
  { "nothing", BYTES (""), NULL },
};

static void
test_format (gconstpointer data)
{
  gsize            i = GPOINTER_TO_SIZE (data);
  g_autofree char *copy = g_memdup2 (formats[i].bytes, MAX (formats[i].n_bytes, 1));
  KobraReadFormat  format;
  const char      *sentence = kobra_sniff_format (copy, formats[i].n_bytes, &format);

  g_assert_true ((sentence == NULL) == (formats[i].words == NULL));
  g_assert_cmpint (format, ==, formats[i].format);
  if (sentence != NULL)
    g_assert_nonnull (strstr (sentence, formats[i].words));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    kobra_test_add_row ("/read/sniff/separator/", separators[i].name, GSIZE_TO_POINTER (i), test_separator);
  g_test_add_func ("/read/sniff/separator/cut-sample", test_cut_sample);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    kobra_test_add_row ("/read/sniff/separator-line/", lines[i].name, GSIZE_TO_POINTER (i), test_separator_line);
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    kobra_test_add_row ("/read/sniff/encoding/", encodings[i].name, GSIZE_TO_POINTER (i), test_encoding);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    kobra_test_add_row ("/read/sniff/format/", formats[i].name, GSIZE_TO_POINTER (i), test_format);
  return g_test_run ();
}
