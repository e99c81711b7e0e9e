/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spreadsheets that no program would write: each is refused with a sentence, in little memory and time. */

#include "kobra-reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "kobra-test.h"
#include "read-support.h"

#define RELATIONS "<Relationships><Relationship Id='r1' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>"
#define WORKBOOK "<workbook><sheets><sheet name='Hoja 1' sheetId='1' r:id='r1' xmlns:r='r'/><sheet name='Oculta' state='hidden' r:id='r1' xmlns:r='r'/></sheets></workbook>"
#define WORKBOOK_RELATIONS "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/><Relationship Id='r2' Type='x/sharedStrings' Target='t.xml'/></Relationships>"
#define STRINGS "<sst><si><t>uno</t></si><si><r><t>d</t></r><r><t>os</t></r><rPh><t>x</t></rPh></si></sst>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define ODS(rows) "<o:d xmlns:o='o' xmlns:t='t' xmlns:x='x'><t:table t:name='H'>" rows "</t:table></o:d>"
#define ROW(attributes, text) "<t:table-row " attributes "><t:table-cell><x:p>" text "</x:p></t:table-cell></t:table-row>"

typedef struct
{
  GByteArray     *bytes;
  struct archive *archive;
} Zip;

static la_ssize_t
write_bytes (struct archive *archive,
             void           *data,
             const void     *bytes,
             size_t          n)
{
  g_byte_array_append (data, bytes, (guint) n);
  return (la_ssize_t) n;
}

static void
zip_begin (Zip *self)
{
  self->bytes = g_byte_array_new ();
  self->archive = archive_write_new ();
  archive_write_set_format_zip (self->archive);
  archive_write_set_bytes_in_last_block (self->archive, 1);
  archive_write_open2 (self->archive, self->bytes, NULL, write_bytes, NULL, NULL);
}

/* A part of @text, @n times 64 KiB of spaces, and @end. */
static void
zip_add (Zip        *self,
         const char *name,
         const char *text,
         guint       n,
         const char *end)
{
  struct archive_entry *entry = archive_entry_new ();
  g_autofree char      *filler = g_strnfill (1 << 16, ' ');

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_write_header (self->archive, entry);
  archive_write_data (self->archive, text, strlen (text));
  for (guint i = 0; i < n; i++)
    archive_write_data (self->archive, filler, 1 << 16);
  archive_write_data (self->archive, end, strlen (end));
  archive_entry_free (entry);
}

static GBytes *
zip_end (Zip *self)
{
  archive_write_close (self->archive);
  archive_write_free (self->archive);
  return g_byte_array_free_to_bytes (self->bytes);
}

static GBytes *
make_xlsx (const char *sheet)
{
  Zip zip;

  zip_begin (&zip);
  zip_add (&zip, "_rels/.rels", RELATIONS, 0, "");
  zip_add (&zip, "xl/workbook.xml", WORKBOOK, 0, "");
  zip_add (&zip, "xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS, 0, "");
  zip_add (&zip, "xl/t.xml", STRINGS, 0, "");
  zip_add (&zip, "xl/s.xml", sheet, 0, "");
  return zip_end (&zip);
}

static GBytes *
make_ods (const char *content)
{
  Zip zip;

  zip_begin (&zip);
  zip_add (&zip, "content.xml", content, 0, "");
  return zip_end (&zip);
}

static const struct
{
  const char *name;
  const char *part; /* of a ZIP file with this part alone; NULL: the sheet of a workbook; "ods": the content of one */
  const char *text;
  int         code; /* -1: it is read */
  const char *words;
} cases[] = {
  /* clang-format off */
  { "well", NULL, SHEET ("<row r='2'><c t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c><c/></row><row><c r='A3'/></row>"), -1, "1:-\n2:uno||dos\n" },
  { "no-numbers-of-rows-or-cells", NULL, SHEET ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"), -1, "1:1|2\n2:3\n" },
  { "shared-text-that-is-not-there", NULL, SHEET ("<row><c><v>1</v></c><c t='s'><v>99</v></c><c t='s'><v>x</v></c></row>"), -1, "1:1\n" },
  { "failed-formula", NULL, SHEET ("<row><c t='e'><f>1/0</f><v>#DIV/0!</v></c></row>"), -1, "1:#DIV/0!\n" },
  { "predefined-entities", NULL, SHEET ("<row><c t='inlineStr'><is><t>a &amp; b &lt;c&gt;</t></is></c></row>"), -1, "1:a & b <c>\n" },
  { "entity-expansion", NULL, "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>" SHEET ("<row><c t='inlineStr'><is><t>&b;</t></is></c></row>"), KOBRA_READ_ERROR_DAMAGED, "declares a document type" },
  { "external-entity", NULL, "<!DOCTYPE w SYSTEM 'file:///etc/passwd'>" SHEET (""), KOBRA_READ_ERROR_DAMAGED, "declares a document type" },
  { "breaks-off", NULL, "<worksheet><sheetData><row><c><v>1</v></c>", KOBRA_READ_ERROR_DAMAGED, "no program could read" },
  { "absurd-row", NULL, SHEET ("<row r='99999999999'><c><v>1</v></c></row>"), KOBRA_READ_ERROR_TOO_MANY_ROWS, "99999999999" },
  { "absurd-column", NULL, SHEET ("<row><c r='ZZZZ1'><v>1</v></c></row>"), KOBRA_READ_ERROR_TOO_MANY_COLUMNS, "cell ZZZZ1" },
  { "rows-out-of-order", NULL, SHEET ("<row r='5'><c><v>1</v></c></row><row r='4'><c><v>1</v></c></row>"), KOBRA_READ_ERROR_DAMAGED, "Row 4 comes after" },
  { "cell-twice", NULL, SHEET ("<row><c r='A1'><v>1</v></c><c r='A1'><v>1</v></c></row>"), KOBRA_READ_ERROR_DAMAGED, "cell A1 twice" },
  { "empty-sheet", NULL, SHEET ("<row r='2'><c r='A2' s='1'/></row>"), KOBRA_READ_ERROR_EMPTY_SHEET, "No visible sheet" },
  { "xlsb", "xl/workbook.bin", "", KOBRA_READ_ERROR_NOT_A_TABLE, ".xlsb" },
  { "numbers", "Index/Document.iwa", "", KOBRA_READ_ERROR_NOT_A_TABLE, "Numbers" },
  { "docx", "word/document.xml", "", KOBRA_READ_ERROR_NOT_A_TABLE, ".docx" },
  { "packed-file", "cartera.csv", "a,b\n", KOBRA_READ_ERROR_NOT_A_TABLE, "Unpack" },
  { "ods-behind-a-password", "META-INF/manifest.xml", "<m><file-entry><encryption-data/></file-entry></m>", KOBRA_READ_ERROR_ENCRYPTED, "password" },
  { "ods-well", "ods", ODS (ROW ("t:number-rows-repeated='2'", "a") "<t:table-row t:number-rows-repeated='1048000'><t:table-cell t:number-columns-repeated='16384'/></t:table-row>" ROW ("", "b")), -1, "1:a\n2:a\n" },
  { "ods-spaces", "ods", ODS (ROW ("", " a<x:s x:c='2'/>b<x:tab/>c\n\n d")), -1, "1:a  b\tc d\n" },
  { "ods-comment-is-no-text", "ods", ODS ("<t:table-row><t:table-cell><o:annotation><x:p>secret</x:p></o:annotation><x:p>a</x:p><x:p>b</x:p></t:table-cell></t:table-row>"), -1, "1:a\\nb\n" },
  { "ods-value-without-end", "ods", ODS (ROW ("t:number-rows-repeated='2000000000'", "a")), KOBRA_READ_ERROR_TOO_MANY_ROWS, "repeats a row" },
  { "ods-columns-without-end", "ods", ODS ("<t:table-row><t:table-cell t:number-columns-repeated='20000'><x:p>a</x:p></t:table-cell></t:table-row>"), KOBRA_READ_ERROR_TOO_MANY_COLUMNS, "cell XFE1" },
  /* clang-format on */
};

static GBytes *
make_case (gsize i)
{
  Zip zip;

  if (cases[i].part == NULL)
    return make_xlsx (cases[i].text);
  if (strcmp (cases[i].part, "ods") == 0)
    return make_ods (cases[i].text);
  zip_begin (&zip);
  zip_add (&zip, cases[i].part, cases[i].text, 0, "");
  return zip_end (&zip);
}

static gboolean
ignore_row (const KobraReadRow *row,
            gpointer            data,
            GError            **error)
{
  return TRUE;
}

static void
test_case (gconstpointer data)
{
  gsize                    i = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes)       bytes = make_case (i);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError)       error = NULL;
  g_auto (RowLog)          log = { 0 };

  row_log_init (&log);
  /* Sixteen million rows are refused, not kept. */
  if (cases[i].code == KOBRA_READ_ERROR_TOO_MANY_ROWS)
    log.sink.row = ignore_row;
  kobra_reader_read_stream (stream, 0, NULL, &log.sink, NULL, NULL, &error);
  if (cases[i].code < 0)
    {
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (log.text->str, cases[i].words));
      return;
    }
  g_assert_error (error, KOBRA_READ_ERROR, cases[i].code);
  g_assert_nonnull (strstr (error->message, cases[i].words));
}

/* Of very many shared texts those that cells ask for are found, in any order, whatever was loaded for the ones before. */
static void
test_shared_texts (void)
{
  static const guint       numbers[] = { 3, 59999, 0, 5000, 40000, 60000, 4095, 4096 };
  Zip                      zip;
  g_autoptr (GString)      texts = g_string_new ("<sst>"), sheet = g_string_new ("<worksheet><sheetData><row>"), expected = g_string_new ("1:");
  g_autoptr (GBytes)       bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError)       error = NULL;
  g_auto (RowLog)          log = { 0 };

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (texts, "<si><t>t%u</t></si>", i);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_string_append_printf (sheet, "<c t='s'><v>%u</v></c>", numbers[i]);
      g_string_append (expected, i > 0 ? "|" : "");
      if (numbers[i] < 60000)
        g_string_append_printf (expected, "t%u", numbers[i]);
    }
  zip_begin (&zip);
  zip_add (&zip, "_rels/.rels", RELATIONS, 0, "");
  zip_add (&zip, "xl/workbook.xml", WORKBOOK, 0, "");
  zip_add (&zip, "xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS, 0, "");
  zip_add (&zip, "xl/s.xml", sheet->str, 0, "</row></sheetData></worksheet>");
  zip_add (&zip, "xl/t.xml", texts->str, 0, "</sst>");
  bytes = zip_end (&zip);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  row_log_init (&log);
  kobra_reader_read_stream (stream, 0, NULL, &log.sink, NULL, NULL, &error);
  g_assert_no_error (error);
  g_string_append_c (expected, '\n');
  g_assert_cmpstr (log.text->str, ==, expected->str);
}

/* A hundred times as much as it may become, from a few hundred KiB. */
static void
test_bomb (void)
{
  Zip                      zip;
  g_autoptr (GBytes)       bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError)       error = NULL;
  g_auto (RowLog)          log = { 0 };

  zip_begin (&zip);
  zip_add (&zip, "content.xml", "<o:d xmlns:o='o'>", 2000, "</o:d>");
  bytes = zip_end (&zip);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  row_log_init (&log);
  g_assert_false (kobra_reader_read_stream (stream, 0, NULL, &log.sink, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_TOO_LARGE);
}

/* Wherever the file is cut off, it is said, and never taken for a whole one. */
static void
test_cut_off (void)
{
  g_autoptr (GBytes) whole = make_xlsx (SHEET ("<row><c><v>1</v></c></row>"));
  gsize              size = g_bytes_get_size (whole);

  for (gsize n = 4; n < size; n += 37)
    {
      g_autoptr (GBytes)       bytes = g_bytes_new_from_bytes (whole, 0, n);
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
      g_autoptr (GError)       error = NULL;
      g_auto (RowLog)          log = { 0 };

      row_log_init (&log);
      g_assert_false (kobra_reader_read_stream (stream, 0, NULL, &log.sink, NULL, NULL, &error));
      g_assert_true (error->domain == KOBRA_READ_ERROR);
    }
}

/* Any byte may be another one: rows or an error with words, never more. */
static void
test_any_bytes (void)
{
  g_autoptr (GBytes) whole = make_xlsx (SHEET ("<row><c t='s'><v>1</v></c><c><v>2.5E+17</v></c></row>"));
  g_autoptr (GRand)  dice = g_rand_new_with_seed (11);
  gsize              size;
  const char        *data = g_bytes_get_data (whole, &size);

  for (guint round = 0; round < 500; round++)
    {
      g_autofree char         *changed = g_memdup2 (data, size);
      g_autoptr (GBytes)       bytes = NULL;
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (GError)       error = NULL;
      g_auto (RowLog)          log = { 0 };
      gboolean                 is_read;

      for (gint n = g_rand_int_range (dice, 1, 5); n > 0; n--)
        changed[g_rand_int_range (dice, 4, (gint32) size)] = (char) g_rand_int_range (dice, 0, 256);
      bytes = g_bytes_new (changed, size);
      stream = g_memory_input_stream_new_from_bytes (bytes);
      row_log_init (&log);
      is_read = kobra_reader_read_stream (stream, 0, NULL, &log.sink, NULL, NULL, &error);
      g_assert_true (is_read == (error == NULL));
    }
}

/* What can't seek is read all the same. */
static void
test_pipe (void)
{
  g_autoptr (GBytes)       bytes = make_xlsx (SHEET ("<row><c><v>1</v></c></row>"));
  g_autoptr (GInputStream) stream = trickle_stream_new (bytes, 100, NULL);
  g_autoptr (GError)       error = NULL;
  g_auto (RowLog)          log = { 0 };
  g_auto (KobraReadInfo)   info = { 0 };

  row_log_init (&log);
  kobra_reader_read_stream (stream, 0, NULL, &log.sink, &info, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (log.text->str, ==, "1:1\n");
  g_assert_cmpint (info.format, ==, KOBRA_FORMAT_XLSX);
  g_assert_cmpuint (info.sheets->len, ==, 2);
  g_assert_true (g_array_index (info.sheets, KobraReadSheet, 1).is_hidden);
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes)       bytes = make_xlsx (SHEET ("<row><c><v>1</v></c></row>"));
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  g_auto (RowLog)          log = { 0 };

  row_log_init (&log);
  g_cancellable_cancel (cancellable);
  g_assert_false (kobra_reader_read_stream (stream, 0, NULL, &log.sink, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/read/package/", cases[i].name, GSIZE_TO_POINTER (i), test_case);
  g_test_add_func ("/read/package/shared-texts", test_shared_texts);
  g_test_add_func ("/read/package/bomb", test_bomb);
  g_test_add_func ("/read/package/cut-off", test_cut_off);
  g_test_add_func ("/read/package/any-bytes", test_any_bytes);
  g_test_add_func ("/read/package/pipe", test_pipe);
  g_test_add_func ("/read/package/cancelled", test_cancelled);
  return g_test_run ();
}
