/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-json-lines.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "kobra-text.h"
#include "kobra-writer.h"

#include "kobra-banned.h"

#define FLUSH_BYTES ((gsize) 64 << 10)

/* One record has at most so much to say: its key and a sentence for each of its problems. */
#define MAX_BUFFER_BYTES ((gsize) 64 << 20)

static void
flush (KobraJsonLines *self)
{
  if (self->buffer.length > 0 && fwrite (self->buffer.bytes, 1, self->buffer.length, stdout) != self->buffer.length)
    self->failed = TRUE;
  if (self->buffer.overflowed)
    self->failed = TRUE;
  kobra_buffer_reset (&self->buffer);
}

static void
append_number (KobraBuffer *buffer,
               guint        number)
{
  char digits[16];

  g_snprintf (digits, sizeof digits, "%u", number);
  kobra_buffer_append_string (buffer, digits);
}

/* ', "name": ' */
static void
append_name (KobraBuffer *buffer,
             const char  *name)
{
  kobra_buffer_append_string (buffer, ", \"");
  kobra_buffer_append_string (buffer, name);
  kobra_buffer_append_string (buffer, "\": ");
}

static void
append_member (KobraBuffer *buffer,
               const char  *name,
               const char  *text)
{
  append_name (buffer, name);
  kobra_writer_append_text (buffer, text);
}

static void
append_problem (KobraBuffer        *buffer,
                const KobraProblem *problem,
                const KobraRecord  *record,
                gboolean            first)
{
  KobraProblemCode code = (KobraProblemCode) problem->code;
  g_autofree char *message = kobra_problem_dup_message (problem, record->schema, record->texts[problem->field]);

  kobra_buffer_append_string (buffer, first ? "{\"field\": " : ", {\"field\": ");
  kobra_writer_append_text (buffer, record->schema->fields[problem->field].name);
  append_member (buffer, "severity", kobra_severity_get_name (kobra_problem_get_severity (code)));
  append_member (buffer, "code", kobra_problem_get_name (code));
  append_member (buffer, "message", message);
  kobra_buffer_append_byte (buffer, '}');
}

static void
append_text_record (KobraBuffer        *buffer,
                    guint32             line,
                    KobraRecordState    state,
                    const KobraRecord  *record,
                    const KobraProblem *problems,
                    guint               n,
                    KobraResult         result,
                    const char         *words)
{
  g_autofree char *key = kobra_text_visible (record->texts[record->schema->key_field], 20);
  const char      *status = result != KOBRA_RESULT_NONE ? _ (kobra_result_get_label (result)) : _ (kobra_record_state_get_label (state));
  g_autofree char *head = g_strdup_printf ("%7u  %-20s  %s", line, key, status);

  kobra_buffer_append_string (buffer, head);
  /* Why a record with problems was not sent stands below, in its problems. */
  if (words != NULL && (result != KOBRA_RESULT_NOT_SENT || n == 0))
    {
      g_autofree char *visible = kobra_text_visible (words, 500);

      kobra_buffer_append_string (buffer, ": ");
      kobra_buffer_append_string (buffer, visible);
    }
  kobra_buffer_append_byte (buffer, '\n');
  for (guint i = 0; i < n && result != KOBRA_RESULT_REJECTED; i++)
    {
      g_autofree char *message = kobra_problem_dup_message (&problems[i], record->schema, record->texts[problems[i].field]);
      g_autofree char *detail = g_strdup_printf ("%31s %s: %s\n", "", record->schema->fields[problems[i].field].name, message);

      kobra_buffer_append_string (buffer, detail);
    }
}

void
kobra_json_lines_init (KobraJsonLines *self,
                       gboolean        as_text)
{
  *self = (KobraJsonLines) { .as_text = as_text };
  kobra_buffer_init (&self->buffer, MAX_BUFFER_BYTES);
}

gboolean
kobra_json_lines_end (KobraJsonLines *self)
{
  flush (self);
  if (fflush (stdout) != 0)
    self->failed = TRUE;
  kobra_buffer_clear (&self->buffer);
  return !self->failed;
}

void
kobra_json_lines_write (KobraJsonLines *self,
                        const char     *text)
{
  kobra_buffer_append_string (&self->buffer, text);
  if (self->buffer.length >= FLUSH_BYTES)
    flush (self);
}

void
kobra_json_lines_record (KobraJsonLines     *self,
                         guint32             line,
                         KobraRecordState    state,
                         const KobraRecord  *record,
                         const KobraProblem *problems,
                         guint               n,
                         KobraResult         result,
                         const char         *words)
{
  KobraBuffer *buffer = &self->buffer;

  if (self->as_text)
    {
      append_text_record (buffer, line, state, record, problems, n, result, words);
    }
  else
    {
      kobra_buffer_append_string (buffer, "{\"row\": ");
      append_number (buffer, line);
      append_member (buffer, "key", record->texts[record->schema->key_field]);
      append_member (buffer, "status", kobra_record_state_get_name (state));
      append_name (buffer, "problems");
      kobra_buffer_append_byte (buffer, '[');
      for (guint i = 0; i < n; i++)
        append_problem (buffer, &problems[i], record, i == 0);
      kobra_buffer_append_byte (buffer, ']');
      if (result != KOBRA_RESULT_NONE)
        {
          append_member (buffer, "result", kobra_result_get_name (result));
          append_member (buffer, "message", words != NULL ? words : "");
        }
      kobra_buffer_append_string (buffer, "}\n");
    }
  if (buffer->length >= FLUSH_BYTES)
    flush (self);
}

void
kobra_json_lines_summary (KobraJsonLines          *self,
                          const KobraImportCounts *counts,
                          guint                    n_fixed,
                          gboolean                 with_results)
{
  const struct
  {
    const char *name, *label;
    guint       n;
    gboolean    is_result;
  } all[] = {
    { "records", N_("records"), counts->records, FALSE },
    { "ready", N_("ready"), counts->ready, FALSE },
    { "warning", N_("with warnings"), counts->warning, FALSE },
    { "invalid", N_("with errors"), counts->invalid, FALSE },
    { "cleaned", N_("cells cleaned up"), n_fixed, FALSE },
    { "accepted", N_("accepted"), counts->accepted, TRUE },
    { "rejected", N_("rejected"), counts->rejected, TRUE },
    { "not-sent", N_("not sent"), counts->not_sent, TRUE },
    { "unknown", N_("unknown"), counts->unknown, TRUE },
  };
  gboolean first = TRUE;

  kobra_buffer_append_string (&self->buffer, self->as_text ? "\n" : "{\"summary\": {");
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *text = NULL;

      if (all[i].is_result && !with_results)
        continue;
      if (self->as_text)
        text = g_strdup_printf ("%7u  %s\n", all[i].n, _ (all[i].label));
      else
        text = g_strdup_printf ("%s\"%s\": %u", first ? "" : ", ", all[i].name, all[i].n);
      kobra_buffer_append_string (&self->buffer, text);
      first = FALSE;
    }
  kobra_buffer_append_string (&self->buffer, self->as_text ? "" : "}}\n");
}
