/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same table in books that other programs wrote; tests/data/books/make-books.py says how. */

#include "kobra-reader.h"

#include <string.h>

#include "kobra-test.h"
#include "read-support.h"

#define HEADERS "Cuenta|Nombre|C.P.|CLABE|Tarjeta|Saldo|Nacimiento|Alta|Corte|Tasa|Hora|Visita|Activo|Buró|Doble|Clave|Debe|Falla|Pago|Nota\n"

/* What the programs make of 123456789012345678 as a number differs, and so does what a formula has. */
#define TABLE(card, a, b, c) \
  "1:Cartera de octubre\n2:-\n3:" HEADERS \
  "4:0001|José Peña & Cía <SA>|06700|002115016003269411|" card "|1234.5|1980-12-31|2024-01-05|2024-12-02|12.5%|12:00:00|2024-01-31 08:05:00|true|#N/A|" a "|línea 1\\nlínea 2\n" \
  "5:0002|Íñigo “Güemes”|44100|014180655012345674|5|-0.1|1910-03-01|2024-04-30|2023-08-15|100%|06:00:00|2024-02-29|false||" b "| dos  espacios \n" \
  "6:-\n7:0003|€ ñ|00005|||0.0000001|2024-02-29|||0%|||||" c "\n"
#define VALUES(card) TABLE (card, "2469|K-0001|true|#DIV/0!|1981-01-30", "-0.2|K-0002|false|#DIV/0!|1910-03-31", "0.0000002|K-0003|false|#DIV/0!|2024-03-30")

/* A formula that was never calculated has no value, and is not an empty cell. */
#define UNKNOWN "#GETTING_DATA|#GETTING_DATA|#GETTING_DATA|#GETTING_DATA|#GETTING_DATA"

/* SheetJS leaves failures out of ODS, and all formats: what was a date is a number there. */
#define BARE \
  "1:Cartera de octubre\n2:-\n3:" HEADERS \
  "4:0001|José Peña & Cía <SA>|6700|002115016003269411|123456789012345680~|1234.5|29586|45296|45628|0.125|0.5|45322.336805555555|true||2469|K-0001|true||29616|línea 1\\nlínea 2\n" \
  "5:0002|Íñigo “Güemes”|44100|014180655012345674|5|-0.1|3713|45412|45153|1|0.25|45351|false||-0.2|K-0002|false||3743| dos  espacios \n" \
  "6:-\n7:0003|€ ñ|5|||0.0000001|45351|||0|||||0.0000002|K-0003|false||45381\n"

static const struct
{
  const char     *name;
  KobraReadFormat format;
  gboolean        forgot; /* to write that the first sheet is hidden */
  const char     *rows;
} books[] = {
  /* clang-format off */
  { "openpyxl.xlsx", KOBRA_FORMAT_XLSX, FALSE, TABLE ("123456789012345700~", UNKNOWN, UNKNOWN, UNKNOWN) },
  { "openpyxl-1904.xlsx", KOBRA_FORMAT_XLSX, FALSE, TABLE ("123456789012345700~", UNKNOWN, UNKNOWN, UNKNOWN) },
  { "gnumeric.xlsx", KOBRA_FORMAT_XLSX, TRUE, VALUES ("123456789012345700~") },
  { "gnumeric-1904.xlsx", KOBRA_FORMAT_XLSX, TRUE, VALUES ("123456789012345700~") },
  { "gnumeric.ods", KOBRA_FORMAT_ODS, FALSE, VALUES ("123456789012345700~") },
  { "gnumeric-1904.ods", KOBRA_FORMAT_ODS, FALSE, VALUES ("123456789012345700~") },
  { "gnumeric.xls", KOBRA_FORMAT_XLS, FALSE, VALUES ("123456789012345700~") },
  { "gnumeric-1904.xls", KOBRA_FORMAT_XLS, FALSE, VALUES ("123456789012345700~") },
  { "gnumeric-95.xls", KOBRA_FORMAT_XLS, FALSE, VALUES ("123456789012345700~") },
  { "gnumeric-1904-95.xls", KOBRA_FORMAT_XLS, FALSE, VALUES ("123456789012345700~") },
  { "libreoffice.xlsx", KOBRA_FORMAT_XLSX, FALSE, VALUES ("123456789012346000~") },
  { "libreoffice-1904.xlsx", KOBRA_FORMAT_XLSX, FALSE, VALUES ("123456789012346000~") },
  { "libreoffice.ods", KOBRA_FORMAT_ODS, FALSE, VALUES ("123456789012346000~") },
  { "libreoffice-1904.ods", KOBRA_FORMAT_ODS, FALSE, VALUES ("123456789012346000~") },
  { "libreoffice.xls", KOBRA_FORMAT_XLS, FALSE, VALUES ("123456789012345700~") },
  { "libreoffice-1904.xls", KOBRA_FORMAT_XLS, FALSE, VALUES ("123456789012345700~") },
  { "sheetjs.xlsx", KOBRA_FORMAT_XLSX, FALSE, VALUES ("123456789012345680~") },
  { "sheetjs-1904.xlsx", KOBRA_FORMAT_XLSX, FALSE, VALUES ("123456789012345680~") },
  { "sheetjs.ods", KOBRA_FORMAT_ODS, TRUE, BARE },
  { "sheetjs.xls", KOBRA_FORMAT_XLS, FALSE, VALUES ("123456789012345680~") },
  { "sheetjs-1904.xls", KOBRA_FORMAT_XLS, FALSE, VALUES ("123456789012345680~") },
  /* clang-format on */
};

/* As text, and as it is shown: what the book has beyond it is lost. */
static const struct
{
  const char   *name;
  KobraEncoding encoding;
  const char   *rows;
} shown[] = {
  /* clang-format off */
  { "libreoffice.csv", KOBRA_ENCODING_WINDOWS_1252,
    "1:Cartera de octubre|||||||||||||||||||\n2:-\n3:" HEADERS
    "4:0001|José Peña & Cía <SA>|6700|002115016003269411|1.23456789012346E+017|1234.5|12/31/1980|05/01/2024|02/12/2024|12.5%|12:00:00 PM|01/31/2024 08:05:00|TRUE|#N/A|2469|K-0001|TRUE|#DIV/0!|01/30/1981|línea 1\\nlínea 2\n"
    "5:0002|Íñigo “Güemes”|44100|014180655012345674|5|-0.1|03/01/1910|30/04/2024|15/08/2023|100%|06:00:00 AM|02/29/2024 00:00:00|FALSE||-0.2|K-0002|FALSE|#DIV/0!|03/31/1910| dos  espacios \n"
    "6:-\n7:0003|€ ñ|5|||0.0000001|02/29/2024|||0%|||||0.0000002|K-0003|FALSE|#DIV/0!|03/30/2024|\n" },
  { "gnumeric.csv", KOBRA_ENCODING_WINDOWS_1252,
    "1:Cartera de octubre|||||||||||||||||||\n2:-\n3:" HEADERS
    "4:0001|José Peña & Cía <SA>|06700|002115016003269411|1.23E+17|1,234.50|31/12/1980|5 de enero de 2024|02-dic-24|12.5%|12:00|31/01/2024 08:05|TRUE|#N/A|2469|K-0001|TRUE|#DIV/0!|30/01/1981|línea 1\\nlínea 2\n"
    "5:0002|Íñigo “Güemes”|44100|014180655012345674|5|–0.10|01/03/1910|30 de abril de 2024|15-ago-23|100.0%|06:00|29/02/2024 00:00|FALSE||–0.2|K-0002|FALSE|#DIV/0!|31/03/1910| dos  espacios \n"
    "6:-\n7:0003|€ ñ|00005|||0.00|29/02/2024|||0.0%|||||2E–07|K-0003|FALSE|#DIV/0!|30/03/2024|\n" },
  { "sheetjs-page.xls", KOBRA_ENCODING_UTF_8,
    "1:Cartera de octubre\n2:-\n3:" HEADERS
    "4:0001|José Peña & Cía <SA>|06700|002115016003269411|1.23457E+17|1,234.50|31/12/1980|5 de January de 2024|02-Dec-24|12.5%|12:00|31/01/2024 08:05|TRUE||2469|K-0001|TRUE||30/01/1981|línea 1\\nlínea 2\n"
    "5:0002|Íñigo “Güemes”|44100|014180655012345674|5|-0.10|01/03/1910|30 de April de 2024|15-Aug-23|100.0%|06:00|29/02/2024 00:00|FALSE||-0.2|K-0002|FALSE||31/03/1910|dos espacios\n"
    "6:-\n7:0003|€ ñ|00005|||0.00|29/02/2024|||0.0%|||||0.0000002|K-0003|FALSE||30/03/2024\n" },
  /* clang-format on */
};

static GFile *
get_book (const char *name)
{
  return g_file_new_build_filename (g_test_get_dir (G_TEST_DIST), "data", "books", name, NULL);
}

static void
test_book (gconstpointer data)
{
  gsize                  i = GPOINTER_TO_SIZE (data);
  g_autoptr (GFile)      file = get_book (books[i].name);
  g_autoptr (GError)     error = NULL;
  g_auto (RowLog)        log = { 0 };
  g_auto (KobraReadInfo) info = { 0 };
  char                   sheet_name[] = "Cartera";
  const KobraReadOptions options = { .sheet = books[i].forgot ? sheet_name : NULL };

  row_log_init (&log);
  kobra_reader_read_file (file, &options, &log.sink, &info, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (log.text->str, ==, books[i].rows);
  g_assert_cmpint (info.format, ==, books[i].format);
  g_assert_cmpuint (info.sheets->len, ==, 3);
  g_assert_cmpuint (info.sheet, ==, 1);
  for (guint k = 0; k < info.sheets->len; k++)
    {
      static const char *const names[] = { "Oculta", "Cartera", "Otra" };
      const KobraReadSheet    *sheet = &g_array_index (info.sheets, KobraReadSheet, k);

      g_assert_cmpstr (sheet->name, ==, names[k]);
      g_assert_cmpint (sheet->is_hidden, ==, k == 0 && !books[i].forgot);
      g_assert_cmpuint (sheet->n_rows, ==, ((const guint32[]) { 1, 7, 2 })[k]);
      g_assert_cmpuint (sheet->n_columns, ==, ((const guint[]) { 1, 20, 2 })[k]);
    }
}

/* Another sheet by its name, and a hidden one by its number. */
static void
test_other_sheet (gconstpointer data)
{
  gsize             i = GPOINTER_TO_SIZE (data);
  g_autoptr (GFile) file = get_book (books[i].name);

  for (guint k = 0; k < 2; k++)
    {
      g_autofree char       *sheet = g_strdup (k == 0 ? "Otra" : "1");
      const KobraReadOptions options = { .sheet = sheet };
      g_autoptr (GError)     error = NULL;
      g_auto (RowLog)        log = { 0 };

      row_log_init (&log);
      kobra_reader_read_file (file, &options, &log.sink, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (log.text->str, ==, k == 0 ? "1:ID visita|Estado\n2:7|3\n" : "1:secreto\n");
    }
}

static void
test_shown (gconstpointer data)
{
  gsize                  i = GPOINTER_TO_SIZE (data);
  g_autoptr (GFile)      file = get_book (shown[i].name);
  g_autoptr (GError)     error = NULL;
  g_auto (RowLog)        log = { 0 };
  g_auto (KobraReadInfo) info = { 0 };

  row_log_init (&log);
  kobra_reader_read_file (file, NULL, &log.sink, &info, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (log.text->str, ==, shown[i].rows);
  g_assert_cmpint (info.encoding, ==, shown[i].encoding);
}

/* From before workbooks had a container; FoxPro still writes it. */
static void
test_older_than_old (void)
{
  g_autoptr (GFile)  file = get_book ("sheetjs-2.xls");
  g_autoptr (GError) error = NULL;
  g_auto (RowLog)    log = { 0 };

  row_log_init (&log);
  g_assert_false (kobra_reader_read_file (file, NULL, &log.sink, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_NOT_A_TABLE);
  g_assert_nonnull (strstr (error->message, "before 1994"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (books); i++)
    {
      kobra_test_add_row ("/read/books/table/", books[i].name, GSIZE_TO_POINTER (i), test_book);
      kobra_test_add_row ("/read/books/other-sheet/", books[i].name, GSIZE_TO_POINTER (i), test_other_sheet);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    kobra_test_add_row ("/read/books/shown/", shown[i].name, GSIZE_TO_POINTER (i), test_shown);
  g_test_add_func ("/read/books/older-than-old", test_older_than_old);
  return g_test_run ();
}
