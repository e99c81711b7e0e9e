/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-reader.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "kobra-test.h"
#include "read-support.h"

/* The same table in many files; its rows' numbers differ where something stands above it. */
#define ACCOUNTS(a, b, c, d) \
  a ":externalID|name|birthdate|totalPending|notes\n" \
  b ":0001|José Peña|1980-12-31|1,234.50|pays on Fridays\n" \
  c ":0002|Íñigo Núñez|1991-01-01|980.00|“call after 6”\n" \
  d ":0003|María Güemes|1975-06-15|15.00|owes 3 €\n"

static const struct
{
  const char   *name;
  KobraEncoding encoding;
  char          separator;
  guint64       n_rows, n_blank;
  const char   *rows;
} files[] = {
  /* clang-format off */
  { "comma-utf-8.csv", KOBRA_ENCODING_UTF_8, ',', 4, 0, ACCOUNTS ("1", "2", "3", "4") },
  { "comma-utf-8-mark-crlf.csv", KOBRA_ENCODING_UTF_8, ',', 4, 0, ACCOUNTS ("1", "2", "3", "4") },
  { "comma-all-quoted.csv", KOBRA_ENCODING_UTF_8, ',', 4, 0, ACCOUNTS ("1", "2", "3", "4") },
  { "semicolon-windows-1252.csv", KOBRA_ENCODING_WINDOWS_1252, ';', 4, 0, ACCOUNTS ("1", "2", "3", "4") },
  { "bar-cr.txt", KOBRA_ENCODING_UTF_8, '|', 4, 0, ACCOUNTS ("1", "2", "3", "4") },
  { "tab-utf-16-le-mark.txt", KOBRA_ENCODING_UTF_16_LE, '\t', 4, 0, ACCOUNTS ("1", "2", "3", "4") },
  { "semicolon-utf-16-be-mark.csv", KOBRA_ENCODING_UTF_16_BE, ';', 4, 0, ACCOUNTS ("1", "2", "3", "4") },
  { "comma-utf-16-le.csv", KOBRA_ENCODING_UTF_16_LE, ',', 4, 0, ACCOUNTS ("1", "2", "3", "4") },
  { "comma-utf-16-be.csv", KOBRA_ENCODING_UTF_16_BE, ',', 4, 0, ACCOUNTS ("1", "2", "3", "4") },
  { "sep-line.csv", KOBRA_ENCODING_WINDOWS_1252, '|', 4, 0, ACCOUNTS ("2", "3", "4", "5") },
  { "decimal-comma.csv", KOBRA_ENCODING_UTF_8, ';', 4, 0, "1:externalID|name|totalPending\n2:0001|Ana|1234,50\n3:0002|Luis|980,00\n4:0003|Eva|15,00\n" },
  { "one-column.csv", KOBRA_ENCODING_UTF_8, ',', 3, 0, "1:externalID\n2:0001\n3:0002\n" },
  { "ragged-and-blank.csv", KOBRA_ENCODING_UTF_8, ',', 5, 5,
    "1:Cartera octubre||\n2:-\n3:externalID|name|notes\n4:0001|Ana\n5:-\n6:0002|Luis|late|again\n7:-\n8:0003\n9:-\n10:-\n" },
  { "quotes.csv", KOBRA_ENCODING_UTF_8, ',', 4, 0,
    "1:externalID|address|notes\n2:0001|Calle 5, Int. 2\\nCol. Sur\\r\\nLeón|said \"no\"\n3:0002|Calle 7 \"B\"|15\" screen\n4:0003x||ends here\n" },
  { "mixed-line-ends.csv", KOBRA_ENCODING_UTF_8, ',', 4, 0, "1:a|b\n2:c|d\n3:e|f\n4:g|h\n" },
  /* clang-format on */
};

static GFile *
get_data_file (const char *name)
{
  return g_file_new_build_filename (g_test_get_dir (G_TEST_DIST), "data", "read", name, NULL);
}

static void
test_file (gconstpointer data)
{
  gsize             i = GPOINTER_TO_SIZE (data);
  g_autoptr (GFile) file = get_data_file (files[i].name);
  g_autoptr (GError) error = NULL;
  g_auto (RowLog)   log = { 0 };
  KobraReadInfo     info = { 0 };

  row_log_init (&log);
  kobra_reader_read_file (file, NULL, &log.sink, &info, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (log.text->str, ==, files[i].rows);
  g_assert_cmpint (info.encoding, ==, files[i].encoding);
  g_assert_cmpint (info.separator, ==, files[i].separator);
  g_assert_cmpuint (info.n_rows, ==, files[i].n_rows);
  g_assert_cmpuint (info.n_blank, ==, files[i].n_blank);
}

/* The same rows, however few bytes the stream gives at once, and with what was found said beforehand. */
static void
test_stream (gconstpointer data)
{
  static const gsize at_once[] = { 1, 2, 3, 7, G_MAXSSIZE };
  gsize              i = GPOINTER_TO_SIZE (data);
  g_autoptr (GFile)  file = get_data_file (files[i].name);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  KobraReadOptions   options = { files[i].encoding, files[i].separator };

  for (gsize k = 0; k < G_N_ELEMENTS (at_once); k++)
    for (guint is_told = 0; is_told < 2; is_told++)
      {
        g_autoptr (GInputStream) stream = trickle_stream_new (bytes, at_once[k], NULL);
        g_autoptr (GError)       error = NULL;
        g_auto (RowLog)          log = { 0 };

        row_log_init (&log);
        kobra_reader_read_stream (stream, is_told ? g_bytes_get_size (bytes) : 0, is_told ? &options : NULL, &log.sink, NULL, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (log.text->str, ==, files[i].rows);
      }
}

static const struct
{
  const char    *name;
  KobraReadError code;
  const char    *words[3]; /* in the message, after the file's name */
} failures[] = {
  /* clang-format off */
  { "empty.csv", KOBRA_READ_ERROR_EMPTY, { "nothing" } },
  { "blank.csv", KOBRA_READ_ERROR_EMPTY, { "nothing" } },
  { "nul.csv", KOBRA_READ_ERROR_NUL, { "NUL", "row 4, column 2,", "save it as CSV" } },
  { "mixed-encodings.csv", KOBRA_READ_ERROR_ENCODING, { "UTF-8", "row 4, column 2 (line 5 of the file)", "save it as CSV" } },
  { "cut-utf-8.csv", KOBRA_READ_ERROR_ENCODING, { "UTF-8", "row 3, column 2 is", "save it as CSV" } },
  { "half-character-utf-16.csv", KOBRA_READ_ERROR_ENCODING, { "UTF-16 LE", "row 2, column 2 is", "save it as CSV" } },
  { "unclosed-quote.csv", KOBRA_READ_ERROR_UNCLOSED_QUOTE, { "never closed", "row 3, column 2 (line 4 of the file)", "Close it" } },
  { "spreadsheet.csv", KOBRA_READ_ERROR_DAMAGED, { "cut off", "Get it again" } },
  { "old-spreadsheet.xls", KOBRA_READ_ERROR_NOT_A_TABLE, { ".xls", "save its sheet as CSV" } },
  { "document.pdf", KOBRA_READ_ERROR_NOT_A_TABLE, { "PDF" } },
  { "page.xls", KOBRA_READ_ERROR_NOT_A_TABLE, { "web page", "save its sheet as CSV" } },
  { "packed.csv.gz", KOBRA_READ_ERROR_NOT_A_TABLE, { "packed", "Unpack" } },
  { "missing.csv", KOBRA_READ_ERROR_NOT_FOUND, { "no such file", "choose it again" } },
  { "empty.csv/below-a-file.csv", KOBRA_READ_ERROR_NOT_FOUND, { "no such file" } },
  { ".", KOBRA_READ_ERROR_NOT_A_FILE, { "folder" } },
  /* clang-format on */
};

static void
test_failure (gconstpointer data)
{
  gsize              i = GPOINTER_TO_SIZE (data);
  g_autoptr (GFile)  file = get_data_file (failures[i].name);
  g_autofree char   *name = g_file_get_basename (file);
  g_autoptr (GError) error = NULL;
  g_auto (RowLog)    log = { 0 };

  row_log_init (&log);
  g_assert_false (kobra_reader_read_file (file, NULL, &log.sink, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, (int) failures[i].code);
  g_assert_true (g_str_has_prefix (error->message, name) && g_str_has_prefix (error->message + strlen (name), ": "));
  for (gsize k = 0; k < G_N_ELEMENTS (failures[i].words) && failures[i].words[k] != NULL; k++)
    g_assert_nonnull (strstr (error->message, failures[i].words[k]));
}

/* An encoding that was chosen is not given up for another. */
static void
test_wanted_encoding (void)
{
  g_autoptr (GFile)      file = get_data_file ("semicolon-windows-1252.csv");
  g_autoptr (GError)     error = NULL;
  g_auto (RowLog)        log = { 0 };
  const KobraReadOptions options = { .encoding = KOBRA_ENCODING_UTF_8 };

  row_log_init (&log);
  g_assert_false (kobra_reader_read_file (file, &options, &log.sink, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_ENCODING);
  g_assert_nonnull (strstr (error->message, "row 2, column 2 is not UTF-8"));
}

/* So many rows of ASCII are well past the sample that is looked at. */
#define N_LATE_ROWS 60000

static GBytes *
make_late (const char *last)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_LATE_ROWS; i++)
    g_string_append (text, "0001,Ana Maria\n");
  g_string_append (text, last);
  return g_string_free_to_bytes (text);
}

static const struct
{
  const char   *name;
  const char   *last;
  KobraEncoding encoding; /* DETECT: an error */
  const char   *words;
} late[] = {
  { "utf-8", "0002,José\n", KOBRA_ENCODING_UTF_8, "0002|José\n" },
  { "windows-1252", "0002,Jos\xe9\n", KOBRA_ENCODING_WINDOWS_1252, "60001:0002|José\n" },
  { "windows-1252-as-the-last-byte", "0002,Jos\xe9", KOBRA_ENCODING_WINDOWS_1252, "60001:0002|José\n" },
  { "both", "0002,José\n0003,Jos\xe9\n", KOBRA_ENCODING_DETECT, "row 60002, column 2 is not UTF-8" },
  { "both-the-other-way", "0002,Jos\xe9\n0003,José\n", KOBRA_ENCODING_DETECT, "row 60002, column 2 is not Windows-1252" },
};

static void
test_late_accent (gconstpointer data)
{
  gsize                    i = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes)       bytes = make_late (late[i].last);
  g_autoptr (GInputStream) stream = trickle_stream_new (bytes, 4099, NULL);
  g_autoptr (GError)       error = NULL;
  g_auto (RowLog)          log = { 0 };
  KobraReadInfo            info = { 0 };

  row_log_init (&log);
  if (kobra_reader_read_stream (stream, 0, NULL, &log.sink, &info, NULL, &error))
    {
      g_assert_true (g_str_has_suffix (log.text->str, late[i].words));
      g_assert_cmpint (info.encoding, ==, late[i].encoding);
      return;
    }
  g_assert_cmpint (late[i].encoding, ==, KOBRA_ENCODING_DETECT);
  g_assert_nonnull (strstr (error->message, late[i].words));
}

static gboolean
ignore_row (const KobraReadRow *row,
            gpointer            data,
            GError            **error)
{
  return TRUE;
}

static const KobraReadSink ignoring = { .row = ignore_row };

static const struct
{
  const char    *name;
  const char    *start;
  char           filling;
  KobraReadError code;
} endless[] = {
  { "cell", "a,b\n1,", 'x', KOBRA_READ_ERROR_CELL_TOO_LONG },
  { "quoted-cell", "a,b\n1,\"", '\n', KOBRA_READ_ERROR_CELL_TOO_LONG },
  { "columns", "a,b\n", ',', KOBRA_READ_ERROR_TOO_MANY_COLUMNS },
  { "blank-cell", "a,b\n", ' ', KOBRA_READ_ERROR_CELL_TOO_LONG },
};

/* What never ends is left long before its 100 MB are read. */
static void
test_endless (gconstpointer data)
{
  gsize                    i = GPOINTER_TO_SIZE (data);
  g_autoptr (GInputStream) stream = endless_stream_new (endless[i].start, endless[i].filling, 100000000);
  g_autoptr (GError)       error = NULL;

  g_assert_false (kobra_reader_read_stream (stream, 0, NULL, &ignoring, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, (int) endless[i].code);
  g_assert_cmpuint (test_stream_get_given (stream), <, 2 * KOBRA_READ_MAX_CELL);
}

/* Blank rows alone are no reason to stop, nor to hold anything. */
static void
test_many_blank_rows (void)
{
  g_autoptr (GInputStream) stream = endless_stream_new ("a\n", '\n', 20000000);
  g_autoptr (GError)       error = NULL;
  KobraReadInfo            info = { 0 };

  g_assert_true (kobra_reader_read_stream (stream, 20000002, NULL, &ignoring, &info, NULL, &error));
  g_assert_cmpuint (info.n_rows, ==, 1);
  g_assert_cmpuint (info.n_blank, ==, 20000000);
}

static void
cancel (gpointer data)
{
  g_cancellable_cancel (data);
}

/* Cancelled before the first byte, in the sample, and after it: noticed within 64 KiB. */
static void
test_cancel (gconstpointer data)
{
  guint64                  offset = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes)       bytes = make_late ("");
  g_autoptr (GInputStream) stream = trickle_stream_new (bytes, G_MAXSSIZE, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;

  test_stream_set_hook (stream, offset, cancel, cancellable);
  g_assert_false (kobra_reader_read_stream (stream, 0, NULL, &ignoring, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_stream_get_given (stream), <=, offset + (1 << 16));
}

typedef struct
{
  GCancellable *cancellable;
  guint         n_rows;
} Canceller;

static gboolean
cancel_at_row (const KobraReadRow *row,
               gpointer            data,
               GError            **error)
{
  Canceller *self = data;

  if (++self->n_rows == 10)
    g_cancellable_cancel (self->cancellable);
  return TRUE;
}

/* Also while rows are made of what was read at once. */
static void
test_cancel_among_rows (void)
{
  g_autoptr (GBytes)       bytes = make_late ("");
  g_autoptr (GInputStream) stream = trickle_stream_new (bytes, G_MAXSSIZE, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  Canceller                canceller = { .cancellable = cancellable };
  const KobraReadSink      sink = { .row = cancel_at_row, .data = &canceller };

  g_assert_false (kobra_reader_read_stream (stream, 0, NULL, &sink, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (canceller.n_rows * strlen ("0001,Ana Maria\n"), <=, 1 << 16);
}

static void
test_cancelled_file (void)
{
  g_autoptr (GFile)        file = get_data_file ("comma-utf-8.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (kobra_reader_read_file (file, NULL, &ignoring, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A disk that fails, or a share that goes away, in the sample and after it. */
static void
test_stream_breaks (void)
{
  g_autoptr (GBytes) all = make_late ("");
  g_autoptr (GError) broken = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "the cable is out");
  const gsize        lengths[] = { 0, 10, 300000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes)       bytes = g_bytes_new_from_bytes (all, 0, lengths[i]);
      g_autoptr (GInputStream) stream = trickle_stream_new (bytes, G_MAXSSIZE, broken);
      g_autoptr (GError)       error = NULL;

      g_assert_false (kobra_reader_read_stream (stream, 0, NULL, &ignoring, NULL, NULL, &error));
      g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_IO);
      g_assert_nonnull (strstr (error->message, "the cable is out"));
    }
}

static void
test_stream_of_another_size (void)
{
  g_autoptr (GBytes) bytes = make_late ("");
  const gint         differences[] = { -1, 1, -100000, 100000 };

  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      g_autoptr (GInputStream) stream = trickle_stream_new (bytes, G_MAXSSIZE, NULL);
      g_autoptr (GError)       error = NULL;

      g_assert_false (kobra_reader_read_stream (stream, g_bytes_get_size (bytes) + (guint64) differences[i], NULL, &ignoring, NULL, NULL, &error));
      g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_CHANGED);
    }
}

typedef struct
{
  char *path;
  void (*change) (const char *path);
} Meddler;

static void
cut (const char *path)
{
  g_assert_cmpint (truncate (path, 400000), ==, 0);
}

static void
lengthen (const char *path)
{
  FILE *file = g_fopen (path, "a");

  g_assert_cmpint (fputs ("0003,Luis\n", file), >=, 0);
  fclose (file);
}

static void
rewrite (const char *path)
{
  FILE *file = g_fopen (path, "r+");

  g_assert_cmpint (fputs ("9", file), >=, 0);
  fclose (file);
}

static gboolean
meddle (const KobraReadRow *row,
        gpointer            data,
        GError            **error)
{
  Meddler *self = data;

  if (row->line == 10)
    self->change (self->path);
  return TRUE;
}

static const struct
{
  const char *name;
  void (*change) (const char *path);
} changes[] = {
  { "cut", cut },
  { "lengthened", lengthen },
  { "rewritten", rewrite },
};

static void
test_file_changes (gconstpointer data)
{
  gsize               i = GPOINTER_TO_SIZE (data);
  g_autofree char    *folder = kobra_test_make_folder ();
  g_autofree char    *path = g_build_filename (folder, "changing.csv", NULL);
  g_autoptr (GFile)   file = g_file_new_for_path (path);
  g_autoptr (GBytes)  bytes = make_late ("");
  g_autoptr (GError)  error = NULL;
  Meddler             meddler = { path, changes[i].change };
  const KobraReadSink sink = { .row = meddle, .data = &meddler };

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  g_assert_false (kobra_reader_read_file (file, NULL, &sink, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_CHANGED);
  g_assert_true (g_str_has_prefix (error->message, "changing.csv: "));
  kobra_test_remove_folder (folder);
}

static void
vanish (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* The bytes of an open file outlive its name. */
static void
test_file_vanishes_while_read (void)
{
  g_autofree char    *folder = kobra_test_make_folder ();
  g_autofree char    *path = g_build_filename (folder, "vanishing.csv", NULL);
  g_autoptr (GFile)   file = g_file_new_for_path (path);
  g_autoptr (GBytes)  bytes = make_late ("");
  g_autoptr (GError)  error = NULL;
  Meddler             meddler = { path, vanish };
  const KobraReadSink sink = { .row = meddle, .data = &meddler };
  KobraReadInfo       info = { 0 };

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  kobra_reader_read_file (file, NULL, &sink, &info, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (info.n_rows, ==, N_LATE_ROWS);
  g_assert_false (kobra_reader_read_file (file, NULL, &sink, &info, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_NOT_FOUND);
  kobra_test_remove_folder (folder);
}

/* Nobody writes to it: opening it would wait for ever. */
static void
test_pipe (void)
{
  g_autofree char   *folder = kobra_test_make_folder ();
  g_autofree char   *path = g_build_filename (folder, "pipe.csv", NULL);
  g_autoptr (GFile)  file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_false (kobra_reader_read_file (file, NULL, &ignoring, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_NOT_A_FILE);
  g_assert_nonnull (strstr (error->message, "pipe.csv: This is a device or a pipe."));
  kobra_test_remove_folder (folder);
}

static void
test_denied (void)
{
  g_autofree char   *folder = kobra_test_make_folder ();
  g_autofree char   *path = g_build_filename (folder, "secret.csv", NULL);
  g_autoptr (GFile)  file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents_full (path, "a,b\n", 4, G_FILE_SET_CONTENTS_NONE, 0000, NULL));
  if (g_access (path, R_OK) == 0)
    {
      g_test_skip ("this user may read everything");
    }
  else
    {
      g_assert_false (kobra_reader_read_file (file, NULL, &ignoring, NULL, NULL, &error));
      g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_DENIED);
    }
  kobra_test_remove_folder (folder);
}

/* A file's name may hold what would upset a terminal or fill a dialog. */
static void
test_name_is_made_visible (void)
{
  g_autofree char   *x = g_strnfill (150, 'x');
  g_autofree char   *name = g_strconcat ("\x1b[2J", x, NULL);
  g_autoptr (GFile)  file = get_data_file (name);
  g_autoptr (GError) error = NULL;

  g_assert_false (kobra_reader_read_file (file, NULL, &ignoring, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (error->message, "␛[2Jxxx"));
  g_assert_nonnull (strstr (error->message, "xxx…: There"));
}

static gboolean
refuse (const KobraReadRow *row,
        gpointer            data,
        GError            **error)
{
  g_set_error_literal (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_TOO_MANY_ROWS, "no room");
  return FALSE;
}

/* The sink's error arrives as it was set, even where it is of our domain. */
static void
test_sink_can_refuse (void)
{
  g_autoptr (GFile)   file = get_data_file ("comma-utf-8.csv");
  g_autoptr (GError)  error = NULL;
  const KobraReadSink sink = { .row = refuse };

  g_assert_false (kobra_reader_read_file (file, NULL, &sink, NULL, NULL, &error));
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_TOO_MANY_ROWS);
  g_assert_cmpstr (error->message, ==, "no room");
}

typedef struct
{
  guint   n_calls;
  guint64 done;
} Progress;

static void
note_progress (guint64  done,
               guint64  total,
               gpointer data)
{
  Progress *self = data;

  g_assert_cmpuint (total, ==, 20000002);
  g_assert_cmpuint (done, >, self->done);
  g_assert_cmpuint (done, <=, total);
  self->done = done;
  self->n_calls++;
}

static void
test_progress (void)
{
  g_autoptr (GInputStream) stream = endless_stream_new ("a\n", '\n', 20000000);
  g_autoptr (GError)       error = NULL;
  Progress                 progress = { 0 };
  const KobraReadSink      sink = { .row = ignore_row, .progress = note_progress, .data = &progress };
  gint64                   before = g_get_monotonic_time (), after;

  g_assert_true (kobra_reader_read_stream (stream, 20000002, NULL, &sink, NULL, NULL, &error));
  after = g_get_monotonic_time ();
  g_assert_cmpuint (progress.n_calls, >=, 1);
  g_assert_cmpuint (progress.n_calls, <=, 1 + (guint) ((after - before) / (G_USEC_PER_SEC / 20)));
}

static void
test_labels (void)
{
  g_assert_cmpstr (kobra_encoding_get_label (KOBRA_ENCODING_WINDOWS_1252), ==, "Windows-1252");
  for (guint i = 0; i < KOBRA_N_ENCODINGS; i++)
    g_assert_cmpstr (kobra_encoding_get_label ((KobraEncoding) i), !=, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      kobra_test_add_row ("/read/reader/file/", files[i].name, GSIZE_TO_POINTER (i), test_file);
      kobra_test_add_row ("/read/reader/stream/", files[i].name, GSIZE_TO_POINTER (i), test_stream);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    kobra_test_add_row ("/read/reader/failure/", failures[i].name, GSIZE_TO_POINTER (i), test_failure);
  for (gsize i = 0; i < G_N_ELEMENTS (late); i++)
    kobra_test_add_row ("/read/reader/late-accent/", late[i].name, GSIZE_TO_POINTER (i), test_late_accent);
  for (gsize i = 0; i < G_N_ELEMENTS (endless); i++)
    kobra_test_add_row ("/read/reader/endless/", endless[i].name, GSIZE_TO_POINTER (i), test_endless);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    kobra_test_add_row ("/read/reader/file-changes/", changes[i].name, GSIZE_TO_POINTER (i), test_file_changes);
  g_test_add_func ("/read/reader/wanted-encoding", test_wanted_encoding);
  g_test_add_func ("/read/reader/many-blank-rows", test_many_blank_rows);
  g_test_add_data_func ("/read/reader/cancel/at-once", GSIZE_TO_POINTER (0), test_cancel);
  g_test_add_data_func ("/read/reader/cancel/in-the-sample", GSIZE_TO_POINTER (100000), test_cancel);
  g_test_add_data_func ("/read/reader/cancel/later", GSIZE_TO_POINTER (500000), test_cancel);
  g_test_add_func ("/read/reader/cancel/among-rows", test_cancel_among_rows);
  g_test_add_func ("/read/reader/cancel/file", test_cancelled_file);
  g_test_add_func ("/read/reader/stream-breaks", test_stream_breaks);
  g_test_add_func ("/read/reader/stream-of-another-size", test_stream_of_another_size);
  g_test_add_func ("/read/reader/file-vanishes-while-read", test_file_vanishes_while_read);
  g_test_add_func ("/read/reader/pipe", test_pipe);
  g_test_add_func ("/read/reader/denied", test_denied);
  g_test_add_func ("/read/reader/name-is-made-visible", test_name_is_made_visible);
  g_test_add_func ("/read/reader/sink-can-refuse", test_sink_can_refuse);
  g_test_add_func ("/read/reader/progress", test_progress);
  g_test_add_func ("/read/reader/labels", test_labels);
  return g_test_run ();
}
