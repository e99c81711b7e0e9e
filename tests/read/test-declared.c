/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZIP files whose headers declare ten gigabytes, in ZIP64's fields: whether or not the gigabytes are there, the spreadsheet is refused with a sentence, and
 * neither memory nor time goes by what is declared. */

#include "kobra-reader.h"

#include <string.h>
#include <sys/resource.h>

#include "kobra-test.h"
#include "read-support.h"

#define TEN_GIGABYTES ((guint64) 10 << 30)
#define MEGABYTE ((gsize) 1 << 20)

/* As much as a reader may take above the table, which is none here. */
#define MAX_KILOBYTES 200000

static void
put (GByteArray *zip,
     guint64     number,
     guint       n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (number >> 8 * i);

      g_byte_array_append (zip, &byte, 1);
    }
}

static void
put_text (GByteArray *zip,
          const char *text)
{
  g_byte_array_append (zip, (const guint8 *) text, (guint) strlen (text));
}

/* Appends @text packed, its end marked or not. */
static void
put_packed (GByteArray *zip,
            const char *text,
            gsize       length,
            gboolean    is_last)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9));
  guint8                 packed[16384];
  gsize                  n_read, n_written;
  GConverterResult       result = G_CONVERTER_CONVERTED;

  while (result == G_CONVERTER_CONVERTED && (length > 0 || is_last))
    {
      result = g_converter_convert (packer, text, length, packed, sizeof packed, is_last ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_FLUSH, &n_read, &n_written, NULL);
      g_assert_cmpint (result, !=, G_CONVERTER_ERROR);
      g_byte_array_append (zip, packed, (guint) n_written);
      text += n_read;
      length -= n_read;
    }
}

/* What the local and the central header have in common (APPNOTE 4.3.7, 4.3.12), the sizes in ZIP64's field (4.5.3). */
static void
put_header (GByteArray *zip,
            gboolean    is_central,
            const char *name,
            guint64     n_packed,
            guint64     declared)
{
  put (zip, is_central ? 0x02014b50 : 0x04034b50, 4);
  if (is_central)
    put (zip, 45, 2);
  put (zip, 45, 2);
  put (zip, 0, 2);
  put (zip, 8, 2);
  put (zip, 0, 4);
  put (zip, 0, 4);
  put (zip, G_MAXUINT32, 4);
  put (zip, G_MAXUINT32, 4);
  put (zip, strlen (name), 2);
  put (zip, 20, 2);
  if (is_central)
    {
      put (zip, 0, 8);
      put (zip, 0, 6);
    }
  put_text (zip, name);
  put (zip, 1, 2);
  put (zip, 16, 2);
  put (zip, declared, 8);
  put (zip, n_packed, 8);
}

/* A ZIP file with one part that says it is ten gigabytes long: @start, and @n_megabytes of spaces. */
static GBytes *
make_zip (const char *name,
          const char *start,
          guint       n_megabytes)
{
  GByteArray            *zip = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new (), spaces = g_byte_array_new ();
  g_autofree char       *filler = g_strnfill (MEGABYTE, ' ');
  guint                  n_central;

  put_packed (data, start, strlen (start), FALSE);
  put_packed (spaces, filler, MEGABYTE, FALSE);
  for (guint i = 0; i < n_megabytes; i++)
    g_byte_array_append (data, spaces->data, spaces->len);
  put_packed (data, "", 0, TRUE);
  put_header (zip, FALSE, name, data->len, TEN_GIGABYTES);
  g_byte_array_append (zip, data->data, data->len);
  n_central = zip->len;
  put_header (zip, TRUE, name, data->len, TEN_GIGABYTES);
  put (zip, 0x06054b50, 4);
  put (zip, 0, 4);
  put (zip, 1, 2);
  put (zip, 1, 2);
  put (zip, zip->len - 12 - n_central, 4);
  put (zip, n_central, 4);
  put (zip, 0, 2);
  return g_byte_array_free_to_bytes (zip);
}

static const struct
{
  const char *name, *part, *start;
  guint       n_megabytes; /* that are there in truth */
  int         code;
  const char *words;
} cases[] = {
  { "ods-has-little", "content.xml", "<o:d xmlns:o='o'/>", 0, KOBRA_READ_ERROR_DAMAGED, "Get it again" },
  { "ods-has-them", "content.xml", "<o:d xmlns:o='o'>", 10240, KOBRA_READ_ERROR_TOO_LARGE, "unpacks to hundreds of times its size" },
  { "xlsx-has-little", "_rels/.rels", "<Relationships/>", 0, KOBRA_READ_ERROR_DAMAGED, "Get it again" },
  { "xlsx-has-them", "_rels/.rels", "<Relationships>", 10240, KOBRA_READ_ERROR_TOO_LARGE, "unpacks to hundreds of times its size" },
};

static glong
get_peak_kilobytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
test_declared (gconstpointer data)
{
  gsize                    i = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes)       bytes = make_zip (cases[i].part, cases[i].start, cases[i].n_megabytes);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError)       error = NULL;
  g_auto (RowLog)          log = { 0 };
  glong                    before = get_peak_kilobytes ();

  row_log_init (&log);
  g_assert_false (kobra_reader_read_stream (stream, 0, NULL, &log.sink, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, cases[i].code);
  g_assert_nonnull (strstr (error->message, cases[i].words));
  g_assert_cmpint (get_peak_kilobytes () - before, <, MAX_KILOBYTES);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/read/declared/", cases[i].name, GSIZE_TO_POINTER (i), test_declared);
  return g_test_run ();
}
