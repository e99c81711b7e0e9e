/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read-support.h"

#include <string.h>

static void
append_cell (GString    *text,
             const char *cell)
{
  for (; *cell != '\0'; cell++)
    if (*cell == '\n')
      g_string_append (text, "\\n");
    else if (*cell == '\r')
      g_string_append (text, "\\r");
    else if (*cell == '|' || *cell == '\\')
      g_string_append_printf (text, "\\%c", *cell);
    else
      g_string_append_c (text, *cell);
}

static gboolean
take_row (const KobraReadRow *row,
          gpointer            data,
          GError            **error)
{
  GString *text = ((RowLog *) data)->text;
  guint    n_lost = 0;

  g_assert_cmpuint (row->n_cells, >=, 1);
  g_assert_null (row->cells[row->n_cells]);
  g_string_append_printf (text, "%u:", row->line);
  for (guint i = 0; i < row->n_cells; i++)
    {
      g_assert_true (g_utf8_validate (row->cells[i], -1, NULL));
      if (i > 0)
        g_string_append_c (text, '|');
      append_cell (text, row->cells[i]);
      if (n_lost < row->n_lost && row->lost[n_lost] == i)
        {
          g_string_append_c (text, '~');
          n_lost++;
        }
    }
  g_string_append_c (text, '\n');
  return TRUE;
}

static void
take_blank (guint32  line,
            gpointer data)
{
  g_string_append_printf (((RowLog *) data)->text, "%u:-\n", line);
}

void
row_log_init (RowLog *self)
{
  self->text = g_string_new (NULL);
  self->sink = (KobraReadSink) { .row = take_row, .blank = take_blank, .data = self };
}

void
row_log_clear (RowLog *self)
{
  g_string_free (self->text, TRUE);
}

#define TEST_TYPE_STREAM (test_stream_get_type ())
G_DECLARE_FINAL_TYPE (TestStream, test_stream, TEST, STREAM, GInputStream)

struct _TestStream
{
  GInputStream parent_instance;

  GBytes      *bytes;
  guint64      n_filling; /* after @bytes */
  char         filling;
  gsize        n_at_once;
  GError      *error;

  guint64      given;
  guint64      hook_offset;
  void (*hook) (gpointer data);
  gpointer     hook_data;
};

G_DEFINE_FINAL_TYPE (TestStream, test_stream, G_TYPE_INPUT_STREAM)

static gssize
read_fn (GInputStream *stream,
         void         *buffer,
         gsize         count,
         GCancellable *cancellable,
         GError      **error)
{
  TestStream *self = TEST_STREAM (stream);
  gsize       n_bytes;
  const char *bytes = g_bytes_get_data (self->bytes, &n_bytes);
  gsize       n = MIN (count, self->n_at_once);

  if (self->hook != NULL && self->given >= self->hook_offset)
    {
      self->hook (self->hook_data);
      self->hook = NULL;
    }
  if (self->hook != NULL)
    n = MIN (n, self->hook_offset - self->given);
  if (self->given < n_bytes)
    {
      n = MIN (n, n_bytes - self->given);
      memcpy (buffer, bytes + self->given, n);
    }
  else
    {
      n = MIN (n, n_bytes + self->n_filling - self->given);
      memset (buffer, self->filling, n);
    }
  self->given += n;
  if (n == 0 && self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return -1;
    }
  return (gssize) n;
}

static void
test_stream_finalize (GObject *object)
{
  TestStream *self = TEST_STREAM (object);

  g_bytes_unref (self->bytes);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (test_stream_parent_class)->finalize (object);
}

static void
test_stream_class_init (TestStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = read_fn;
}

static void
test_stream_init (TestStream *self)
{
}

GInputStream *
trickle_stream_new (GBytes       *bytes,
                    gsize         n_at_once,
                    const GError *error)
{
  TestStream *self = g_object_new (TEST_TYPE_STREAM, NULL);

  self->bytes = g_bytes_ref (bytes);
  self->n_at_once = n_at_once;
  self->error = error != NULL ? g_error_copy (error) : NULL;
  return G_INPUT_STREAM (self);
}

GInputStream *
endless_stream_new (const char *start,
                    char        byte,
                    guint64     n)
{
  TestStream *self = g_object_new (TEST_TYPE_STREAM, NULL);

  self->bytes = g_bytes_new (start, strlen (start));
  self->n_filling = n;
  self->filling = byte;
  self->n_at_once = G_MAXSSIZE;
  return G_INPUT_STREAM (self);
}

guint64
test_stream_get_given (GInputStream *stream)
{
  return TEST_STREAM (stream)->given;
}

void
test_stream_set_hook (GInputStream *stream,
                      guint64       offset,
                      void (*hook)  (gpointer data),
                      gpointer      data)
{
  TestStream *self = TEST_STREAM (stream);

  self->hook_offset = offset;
  self->hook = hook;
  self->hook_data = data;
}
