/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-writer.h"

#include <string.h>

#include "kobra-decimal.h"

#include "kobra-banned.h"

#define EACH_BYTE(b) ((b) * G_GUINT64_CONSTANT (0x0101010101010101))
#define HIGH_BITS EACH_BYTE (0x80)

/* Whether any of the 8 bytes is a control, a quote or a backslash. A subtraction borrows from a higher byte only where a lower one
 * already says yes, so the answer for all 8 together is exact; bytes over 0x7f never say yes. */
static gboolean
has_escape (guint64 word)
{
  guint64 quotes = word ^ EACH_BYTE ('"');
  guint64 backslashes = word ^ EACH_BYTE ('\\');

  return ((((word - EACH_BYTE (0x20)) & ~word) | ((quotes - EACH_BYTE (1)) & ~quotes) | ((backslashes - EACH_BYTE (1)) & ~backslashes)) & HIGH_BITS) != 0;
}

static gboolean
must_escape (guchar c)
{
  return c < 0x20 || c == '"' || c == '\\';
}

/* Bytes of @text from its start that need no escape. Every byte that is seen is or-ed into @seen. */
static gsize
measure_plain_run (const char *text,
                   gsize       length,
                   guint64    *seen)
{
  gsize i = 0;

  for (guint64 word; length - i >= sizeof word; i += sizeof word)
    {
      memcpy (&word, text + i, sizeof word);
      if (has_escape (word))
        break;
      *seen |= word;
    }
  for (; i < length && !must_escape ((guchar) text[i]); i++)
    *seen |= (guchar) text[i];
  return i;
}

/* RFC 8259 §7: the short form where there is one. */
static void
append_escape (KobraBuffer *body,
               guchar       c)
{
  static const char digits[] = "0123456789abcdef";
  static const char shorts[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\' };

  if (shorts[c] != 0)
    {
      const char escape[] = { '\\', shorts[c] };

      kobra_buffer_append (body, escape, sizeof escape);
    }
  else
    {
      const char escape[] = { '\\', 'u', '0', '0', digits[c >> 4], digits[c & 15] };

      kobra_buffer_append (body, escape, sizeof escape);
    }
}

static gboolean
write_integer (KobraBuffer *body,
               const char  *text)
{
  return kobra_decimal_is_integer (text) && kobra_decimal_append_json (body, text);
}

static gboolean
write_boolean (KobraBuffer *body,
               const char  *text)
{
  if (strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
    return FALSE;
  kobra_buffer_append_string (body, text);
  return TRUE;
}

/* The form only: whether there is such a day is for the checks. */
static gboolean
write_date (KobraBuffer *body,
            const char  *text)
{
  static const char form[] = "dddd-dd-dd";

  for (gsize i = 0; i < sizeof form; i++)
    if (form[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != form[i])
      return FALSE;
  return kobra_writer_append_text (body, text);
}

static gboolean (*const writers[]) (KobraBuffer *body, const char *text) = {
  [KOBRA_TYPE_TEXT] = kobra_writer_append_text,
  [KOBRA_TYPE_INTEGER] = write_integer,
  [KOBRA_TYPE_NUMBER] = kobra_decimal_append_json,
  [KOBRA_TYPE_BOOLEAN] = write_boolean,
  [KOBRA_TYPE_DATE] = write_date,
};

static void
append_name (KobraBuffer *body,
             const char  *name,
             gboolean     first)
{
  gsize length = strlen (name);
  char *p;

  if (!kobra_buffer_reserve (body, length + 4))
    return;
  p = body->bytes + body->length;
  *p++ = first ? '{' : ',';
  *p++ = '"';
  p = (char *) mempcpy (p, name, length);
  *p++ = '"';
  *p++ = ':';
  *p = '\0';
  body->length += length + 4;
}

static gboolean
write_fields (KobraBuffer       *body,
              const KobraRecord *record)
{
  gboolean first = TRUE;

  for (guint i = 0; i < record->schema->n_fields; i++)
    {
      const KobraField *field = &record->schema->fields[i];

      if (record->texts[i][0] == '\0')
        continue;
      append_name (body, field->name, first);
      if (!writers[field->type] (body, record->texts[i]))
        return FALSE;
      first = FALSE;
    }
  if (first)
    kobra_buffer_append_byte (body, '{');
  kobra_buffer_append_byte (body, '}');
  return !body->overflowed;
}

void
kobra_writer_begin (KobraBuffer    *body,
                    KobraKind       kind,
                    KobraImportType type)
{
  if (kind == KOBRA_KIND_ACCOUNTS)
    {
      const char digit = (char) ('0' + type);

      kobra_buffer_append_string (body, "{\"importTypeID\":");
      kobra_buffer_append_byte (body, digit);
      kobra_buffer_append_string (body, ",\"accounts\":[");
    }
  else
    {
      kobra_buffer_append_byte (body, '[');
    }
}

gboolean
kobra_writer_add (KobraBuffer       *body,
                  const KobraRecord *record,
                  gboolean           first)
{
  gsize length = body->length;

  if (!first)
    kobra_buffer_append_byte (body, ',');
  if (write_fields (body, record))
    return TRUE;
  kobra_buffer_truncate (body, length);
  return FALSE;
}

void
kobra_writer_end (KobraBuffer *body,
                  KobraKind    kind)
{
  kobra_buffer_append_string (body, kind == KOBRA_KIND_ACCOUNTS ? "]}" : "]");
}

/* A text that needs no escape, which nearly all are: at one go. */
static void
append_plain (KobraBuffer *body,
              const char  *text,
              gsize        length)
{
  char *p;

  if (!kobra_buffer_reserve (body, length + 2))
    return;
  p = body->bytes + body->length;
  *p++ = '"';
  p = (char *) mempcpy (p, text, length);
  *p++ = '"';
  *p = '\0';
  body->length += length + 2;
}

static void
append_escaped (KobraBuffer *body,
                const char  *text,
                gsize        length,
                gsize        run,
                guint64     *seen)
{
  kobra_buffer_append_byte (body, '"');
  for (const char *p = text, *end = text + length;;)
    {
      kobra_buffer_append (body, p, run);
      p += run;
      if (p == end)
        break;
      append_escape (body, (guchar) *p++);
      run = measure_plain_run (p, end - p, seen);
    }
  kobra_buffer_append_byte (body, '"');
}

gboolean
kobra_writer_append_text (KobraBuffer *body,
                          const char  *text)
{
  gsize   length = strlen (text);
  guint64 seen = 0;
  gsize   run = measure_plain_run (text, length, &seen);

  if (run == length)
    append_plain (body, text, length);
  else
    append_escaped (body, text, length, run, &seen);
  return (seen & HIGH_BITS) == 0 || g_utf8_validate_len (text, length, NULL);
}

const KobraField *
kobra_writer_find_unwritable (const KobraRecord *record)
{
  g_auto (KobraBuffer) scratch = { 0 };

  kobra_buffer_init (&scratch, G_MAXINT32);
  for (guint i = 0; i < record->schema->n_fields; i++)
    {
      const KobraField *field = &record->schema->fields[i];

      kobra_buffer_reset (&scratch);
      if (record->texts[i][0] != '\0' && !writers[field->type] (&scratch, record->texts[i]))
        return field;
    }
  return NULL;
}
