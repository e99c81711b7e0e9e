/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Old workbooks that no program would write, and some that few do: rows, or a sentence. */

#include "kobra-reader.h"

#include <string.h>

#include "kobra-test.h"
#include "read-support.h"

#define SECTOR 512u
#define MIN_STREAM 4096u /* a shorter one lies elsewhere */
#define CHAIN_END 0xfffffffeu
#define CHAIN_TABLE 0xfffffffdu
#define CHAIN_FREE 0xffffffffu

static void
put_32 (GByteArray *bytes,
        gsize       at,
        guint32     value)
{
  value = GUINT32_TO_LE (value);
  memcpy (bytes->data + at, &value, sizeof value);
}

static void
put_name (GByteArray *bytes,
          gsize       at,
          const char *name)
{
  for (gsize i = 0; name[i] != '\0'; i++)
    bytes->data[at + 2 * i] = (guint8) name[i];
  bytes->data[at + 0x40] = (guint8) (2 * strlen (name) + 2);
}

/* A document with one stream: its header, the table of chains, the directory, and the stream; all zeros but what is put here. */
static GByteArray *
make_document (const char *name,
               GByteArray *stream)
{
  static const guint8 magic[] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };
  guint               n_sectors = MAX (stream->len, MIN_STREAM) / SECTOR + 1;
  GByteArray         *bytes = g_byte_array_new ();

  g_byte_array_set_size (bytes, (3 + n_sectors) * SECTOR);
  memset (bytes->data, 0, bytes->len);
  memcpy (bytes->data, magic, sizeof magic);
  bytes->data[0x1e] = 9;
  put_32 (bytes, 0x2c, 1);
  put_32 (bytes, 0x30, 1);
  put_32 (bytes, 0x3c, CHAIN_END);
  put_32 (bytes, 0x44, CHAIN_END);
  for (guint i = 0; i < SECTOR / 4; i++)
    put_32 (bytes, SECTOR + 4 * i, i == 0 ? CHAIN_TABLE : i == 1 || i == 1 + n_sectors ? CHAIN_END : i < 2 + n_sectors ? i + 1 : CHAIN_FREE);
  put_name (bytes, 2 * SECTOR, "Root Entry");
  bytes->data[2 * SECTOR + 0x42] = 5;
  put_32 (bytes, 2 * SECTOR + 0x4c, 1);
  put_name (bytes, 2 * SECTOR + 128, name);
  bytes->data[2 * SECTOR + 128 + 0x42] = 2;
  put_32 (bytes, 2 * SECTOR + 128 + 0x44, CHAIN_FREE);
  put_32 (bytes, 2 * SECTOR + 128 + 0x48, CHAIN_FREE);
  put_32 (bytes, 2 * SECTOR + 128 + 0x74, 2);
  put_32 (bytes, 2 * SECTOR + 128 + 0x78, MAX (stream->len, MIN_STREAM));
  if (stream->len > 0)
    memcpy (bytes->data + 3 * SECTOR, stream->data, stream->len);
  return bytes;
}

/* Bytes by two hexadecimal digits each; what stands in brackets is text. */
static void
append_spelt (GByteArray *bytes,
              const char *spelt)
{
  for (const char *p = spelt; *p != '\0';)
    if (*p == '(')
      {
        gsize n = strcspn (++p, ")");

        g_byte_array_append (bytes, (const guint8 *) p, (guint) n);
        p += n + 1;
      }
    else if (*p == ' ')
      {
        p++;
      }
    else
      {
        const guint8 byte = (guint8) (g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));

        g_byte_array_append (bytes, &byte, 1);
        p += 2;
      }
}

/* Records: a type, a length, and so many bytes. A cell begins with its row, its column and its style. */
#define BEGIN "0908 1000 0006 0500 0000000000000000 00000000"
#define END "0a00 0000"
#define SHEET_HEAD "8500 0e00" /* where it begins, and 00 00, follow */
#define SHEET_NAME "06 00 (Hoja 1)"

static const struct
{
  const char *name;
  const char *globals;
  const char *sheet;
  int         code; /* -1: it is read */
  const char *words;
} cases[] = {
  /* clang-format off */
  { "numbers", "",
    "7e02 0a00 0000 0000 0000 06000000"           /* RK: the whole number 1 */
    "7e02 0a00 0000 0100 0000 df050000"           /* 375 hundredths */
    "7e02 0a00 0000 0200 0000 fafffbff"           /* a negative one */
    "7e02 0a00 0000 0300 0000 0000f03f"           /* the upper half of 1.0 */
    "bd00 1200 0100 0100 0000 06000000 0000 0a000000 0200", -1, "1:1|3.75|-65538|1\n2:|1|2\n" },
  { "cells-out-of-order", "",
    "7e02 0a00 0100 0000 0000 0a000000 7e02 0a00 0000 0100 0000 06000000 7e02 0a00 0000 0000 0000 0e000000 7e02 0a00 0100 0000 0000 12000000", -1, "1:3|1\n2:4\n" },
  { "chart-in-a-sheet", "",
    "7e02 0a00 0000 0000 0000 06000000" BEGIN "7e02 0a00 0000 0000 0000 0a000000" END "7e02 0a00 0100 0000 0000 0e000000", -1, "1:1\n2:3\n" },
  { "formulas", "",
    "0600 1600 0000 0000 0000 000000000000f03f 0000 00000000 0000"            /* a number */
    "0600 1600 0000 0100 0000 00000000 0000ffff 0000 00000000 0000"           /* a text, after a record of a shared formula */
    "bc04 0200 0000" "0702 0700 0400 00 (hola)"
    "0600 1600 0000 0200 0000 01000100 0000ffff 0000 00000000 0000"           /* true */
    "0600 1600 0000 0300 0000 02000700 0000ffff 0000 00000000 0000"           /* a failure */
    "0600 1600 0000 0400 0000 03000000 0000ffff 0000 00000000 0000"           /* an empty text */
    "0502 0800 0000 0500 0000 00 00" "0502 0800 0000 0600 0000 2a 01", -1, "1:1|hola|true|#DIV/0!||false|#N/A\n" },
  { "text-that-goes-on-wider", "fc00 0d00 01000000 01000000 0500 00 (ab)" "3c00 0700 01 f100 e700 ac20",
    "fd00 0a00 0000 0000 0000 00000000", -1, "1:abñç€\n" },
  { "rich-text-and-its-runs", "fc00 1800 02000000 02000000 0200 08 0100 (ab) 00000000 0200 00 (cd)",
    "fd00 0a00 0000 0000 0000 00000000 fd00 0a00 0000 0100 0000 01000000 fd00 0a00 0000 0200 0000 09000000", -1, "1:ab|cd\n" },
  { "nul-in-a-text", "", "0402 0c00 0000 0000 0000 0300 00 61 00 62", -1, "1:a\357\277\275b\n" },
  { "dates-of-1904", "2200 0200 0100 e000 0400 0000 0e00", "7e02 0a00 0000 0000 0000 02000000", -1, "1:1904-01-01\n" },
  { "nothing-in-it", "", "", KOBRA_READ_ERROR_EMPTY_SHEET, "No visible sheet" },
  { "password", "2f00 0600 0000 00000000", "7e02 0a00 0000 0000 0000 06000000", KOBRA_READ_ERROR_ENCRYPTED, "password" },
  { "texts-that-are-not-there", "fc00 0800 ffffff00 ffffff00", "", KOBRA_READ_ERROR_DAMAGED, "damaged" },
  { "text-without-end", "fc00 0b00 01000000 01000000 ffff 00", "", KOBRA_READ_ERROR_DAMAGED, "damaged" },
  { "cut-off-cell", "", "0302 0800 0000 0000 0000 0000", KOBRA_READ_ERROR_DAMAGED, "damaged" },
  { "record-past-the-end", "", "0302 ffff 0000 0000 0000 0000", KOBRA_READ_ERROR_EMPTY_SHEET, "No visible sheet" },
  { "too-many-columns", "", "7e02 0a00 0000 ff7f 0000 06000000", KOBRA_READ_ERROR_TOO_MANY_COLUMNS, "past the last column" },
  /* clang-format on */
};

/* @n_sheets: that have their cells in common. */
static GByteArray *
make_book (gsize i,
           guint n_sheets)
{
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  guint                  first;

  append_spelt (stream, BEGIN);
  append_spelt (stream, cases[i].globals);
  first = stream->len;
  for (guint k = 0; k < n_sheets; k++)
    append_spelt (stream, SHEET_HEAD "00000000 0000" SHEET_NAME);
  append_spelt (stream, END);
  for (guint k = 0; k < n_sheets; k++)
    put_32 (stream, first + 18 * k + 4, stream->len);
  append_spelt (stream, BEGIN);
  append_spelt (stream, cases[i].sheet);
  append_spelt (stream, END);
  return make_document ("Workbook", stream);
}

static gboolean
read_bytes (const guint8 *data,
            gsize         n,
            RowLog       *log,
            GError      **error)
{
  g_autoptr (GBytes)       bytes = g_bytes_new (data, n);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError)       cause = NULL;
  gboolean                 is_read;

  row_log_init (log);
  is_read = kobra_reader_read_stream (stream, 0, NULL, &log->sink, NULL, NULL, &cause);
  g_assert_true (is_read == (cause == NULL));
  g_assert_true (is_read || cause->domain == KOBRA_READ_ERROR);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return is_read;
}

static void
test_case (gconstpointer data)
{
  gsize                  i = GPOINTER_TO_SIZE (data);
  g_autoptr (GByteArray) bytes = make_book (i, 1);
  g_autoptr (GError)     error = NULL;
  g_auto (RowLog)        log = { 0 };

  read_bytes (bytes->data, bytes->len, &log, &error);
  if (cases[i].code < 0)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (log.text->str, ==, cases[i].words);
      return;
    }
  g_assert_error (error, KOBRA_READ_ERROR, cases[i].code);
  g_assert_nonnull (strstr (error->message, cases[i].words));
}

/* A book of a few KiB with thousands of sheets that are one: not looked through for each. */
static void
test_shared_sheets (void)
{
  g_autoptr (GByteArray) bytes = make_book (0, 1000);
  g_autoptr (GError)     error = NULL;
  g_auto (RowLog)        log = { 0 };

  g_assert_false (read_bytes (bytes->data, bytes->len, &log, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_DAMAGED);
}

static void
test_newer_workbook_behind_a_password (void)
{
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  g_autoptr (GByteArray) bytes = make_document ("EncryptedPackage", stream);
  g_autoptr (GError)     error = NULL;
  g_auto (RowLog)        log = { 0 };

  g_assert_false (read_bytes (bytes->data, bytes->len, &log, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_ENCRYPTED);
  g_assert_nonnull (strstr (error->message, "without the password"));
}

static void
test_other_document (void)
{
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  g_autoptr (GByteArray) bytes = make_document ("WordDocument", stream);
  g_autoptr (GError)     error = NULL;
  g_auto (RowLog)        log = { 0 };

  g_assert_false (read_bytes (bytes->data, bytes->len, &log, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_NOT_A_TABLE);
}

/* Chains that go round, and a directory that does. */
static void
test_circles (void)
{
  static const struct
  {
    gsize   at;
    guint32 value;
  } circles[] = {
    { SECTOR + 4 * 1, 1 },            /* the directory follows itself */
    { SECTOR + 4 * 4, 2 },            /* the stream begins again */
    { 2 * SECTOR + 128 + 0x44, 1 },   /* the stream's entry is its own neighbour */
    { 2 * SECTOR + 0x4c, 0 },         /* the root is its own child */
    { 0x2c, 0xffffffff },             /* more tables than there is file */
    { 0x44, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (circles); i++)
    {
      g_autoptr (GByteArray) bytes = make_book (0, 1);
      g_autoptr (GError)     error = NULL;
      g_auto (RowLog)        log = { 0 };

      put_32 (bytes, circles[i].at, circles[i].value);
      read_bytes (bytes->data, bytes->len, &log, &error);
    }
}

/* Wherever it is cut off: rows are never made up. */
static void
test_cut_off (void)
{
  g_autoptr (GByteArray) bytes = make_book (0, 1);

  for (guint n = 8; n < bytes->len - MIN_STREAM; n += 8)
    {
      g_autoptr (GError) error = NULL;
      g_auto (RowLog)    log = { 0 };

      g_assert_false (read_bytes (bytes->data, n, &log, &error));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/read/xls/case/", cases[i].name, GSIZE_TO_POINTER (i), test_case);
  g_test_add_func ("/read/xls/shared-sheets", test_shared_sheets);
  g_test_add_func ("/read/xls/newer-workbook-behind-a-password", test_newer_workbook_behind_a_password);
  g_test_add_func ("/read/xls/other-document", test_other_document);
  g_test_add_func ("/read/xls/circles", test_circles);
  g_test_add_func ("/read/xls/cut-off", test_cut_off);
  return g_test_run ();
}
