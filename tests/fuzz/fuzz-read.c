/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file: rows of valid text with rising line numbers, or an error with a sentence. */

#include "kobra-reader.h"

#include "fuzz.h"

static gboolean
take_row (const KobraReadRow *row,
          gpointer            data,
          GError            **error)
{
  guint64 *n_rows = data;

  g_assert_true (row->n_cells > 0 && row->n_cells <= KOBRA_READ_MAX_COLUMNS && row->cells[row->n_cells] == NULL);
  for (guint i = 0; i < row->n_cells; i++)
    g_assert_true (g_utf8_validate (row->cells[i], -1, NULL));
  for (guint i = 0; i < row->n_lost; i++)
    g_assert_true (row->lost[i] < row->n_cells && (i == 0 || row->lost[i] > row->lost[i - 1]));
  (*n_rows)++;
  return TRUE;
}

static void
read_bytes (const uint8_t *data,
            size_t         size,
            char          *sheet)
{
  g_autoptr (GBytes)       bytes = g_bytes_new_static (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError)       error = NULL;
  g_auto (KobraReadInfo)   info = { 0 };
  guint64                  n_rows = 0;
  const KobraReadSink      sink = { .row = take_row, .data = &n_rows };
  const KobraReadOptions   options = { .sheet = sheet };
  gboolean                 is_read = kobra_reader_read_stream (stream, size, &options, &sink, &info, NULL, &error);

  g_assert_true (is_read == (error == NULL));
  g_assert_true (is_read ? n_rows == info.n_rows && n_rows > 0 : error->domain == KOBRA_READ_ERROR && *error->message != '\0');
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  char second[] = "2";

  read_bytes (data, size, NULL);
  read_bytes (data, size, second);
  return 0;
}
