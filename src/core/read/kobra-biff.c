/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-biff.h"

#include <string.h>

#include "kobra-banned.h"

#define HEAD_BYTES 4

/* What the byte before a text says of it ([MS-XLS] §2.5.293). */
#define TEXT_IS_WIDE 0x01
#define TEXT_HAS_EXTENSION 0x04
#define TEXT_HAS_RUNS 0x08
#define RUN_BYTES 4

/* Numbers of code pages that are not the ones in their names ([MS-XLS] §2.4.52 and Excel 4). */
#define CODE_PAGE_APPLE 10000
#define CODE_PAGE_APPLE_OLD 32768
#define CODE_PAGE_ANSI_OLD 32769

void
kobra_biff_set_code_page (KobraBiff *self,
                          guint      number)
{
  char name[16];

  g_snprintf (name, sizeof name, "CP%u", number);
  if (number == CODE_PAGE_APPLE || number == CODE_PAGE_APPLE_OLD)
    g_strlcpy (name, "MACINTOSH", sizeof name);
  else if (number == CODE_PAGE_ANSI_OLD)
    g_strlcpy (name, "CP1252", sizeof name);
  for (guint i = 0; i < G_N_ELEMENTS (self->upper); i++)
    {
      const char       byte = (char) (128 + i);
      g_autofree char *utf8 = g_convert (&byte, 1, "UTF-8", name, NULL, NULL, NULL);

      self->upper[i] = utf8 != NULL ? g_utf8_get_char (utf8) : 0;
    }
}

gboolean
kobra_biff_next (KobraBiff *self)
{
  const guint8 *head = self->bytes + self->at;
  gsize         n_left = self->n_bytes - self->at, length;

  if (n_left < HEAD_BYTES)
    return FALSE;
  length = (gsize) (head[2] | head[3] << 8);
  if (length > n_left - HEAD_BYTES)
    {
      self->is_damaged = TRUE;
      return FALSE;
    }
  self->type = (guint) (head[0] | head[1] << 8);
  self->data = head + HEAD_BYTES;
  self->length = length;
  self->n_done = 0;
  self->at += HEAD_BYTES + length;
  return TRUE;
}

gboolean
kobra_biff_go_on (KobraBiff *self)
{
  if (self->n_done < self->length)
    return TRUE;
  if (self->n_bytes - self->at < HEAD_BYTES || (self->bytes[self->at] | self->bytes[self->at + 1] << 8) != KOBRA_BIFF_CONTINUE)
    return FALSE;
  return kobra_biff_next (self);
}

guint32
kobra_biff_take (KobraBiff *self,
                 guint      n_bytes)
{
  guint32 value = 0;

  if (self->length - self->n_done < n_bytes)
    {
      self->n_done = self->length;
      self->is_damaged = TRUE;
      return 0;
    }
  for (guint i = 0; i < n_bytes; i++)
    value |= (guint32) self->data[self->n_done + i] << 8 * i;
  self->n_done += n_bytes;
  return value;
}

double
kobra_biff_take_number (KobraBiff *self)
{
  guint64 low = kobra_biff_take (self, 4), high = kobra_biff_take (self, 4), bits = low | high << 32;
  double  value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* The upper 30 bits of a number, or a whole one of 30 bits; either may be a hundredth of it ([MS-XLS] §2.5.217). */
double
kobra_biff_take_rk (KobraBiff *self)
{
  guint32 rk = kobra_biff_take (self, 4);
  guint64 bits = (guint64) (rk & ~3u) << 32;
  double  value;

  memcpy (&value, &bits, sizeof value);
  if ((rk & 2) != 0)
    value = (double) ((gint32) rk >> 2);
  return (rk & 1) != 0 ? value / 100 : value;
}

static gboolean
skip (KobraBiff *self,
      guint64    n)
{
  while (n > 0)
    {
      gsize step;

      if (!kobra_biff_go_on (self))
        return FALSE;
      step = MIN (n, self->length - self->n_done);
      self->n_done += step;
      n -= step;
    }
  return TRUE;
}

static void
append_character (KobraBuffer *text,
                  gunichar     character)
{
  char utf8[6];

  /* A NUL would end the cell for whoever reads it. */
  if (character == 0 || !g_unichar_validate (character))
    character = 0xfffd;
  kobra_buffer_append (text, utf8, (gsize) g_unichar_to_utf8 (character, utf8));
}

/* @n characters of one byte or two; where they go on in another record, that one begins by saying which. */
static gboolean
take_characters (KobraBiff   *self,
                 guint        n,
                 gboolean     is_wide,
                 KobraBuffer *text)
{
  gunichar high = 0;

  for (guint i = 0; i < n; i++)
    {
      gunichar unit;

      if (self->n_done == self->length)
        {
          if (!kobra_biff_go_on (self))
            return FALSE;
          is_wide = (kobra_biff_take (self, 1) & TEXT_IS_WIDE) != 0;
        }
      unit = kobra_biff_take (self, is_wide ? 2 : 1);
      if (high != 0 && unit >= 0xdc00 && unit < 0xe000)
        append_character (text, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
      else if (unit < 0xd800 || unit >= 0xdc00)
        append_character (text, unit);
      high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
    }
  return !self->is_damaged;
}

/* Bytes in the workbook's code page. */
static gboolean
take_bytes (KobraBiff   *self,
            guint        n,
            KobraBuffer *text)
{
  if (self->length - self->n_done < n)
    return FALSE;
  for (const guint8 *p = self->data + self->n_done, *end = p + n; p < end; p++)
    append_character (text, *p < 128 ? *p : self->upper[*p - 128]);
  self->n_done += n;
  return TRUE;
}

gboolean
kobra_biff_take_text (KobraBiff   *self,
                      guint        n_bytes,
                      KobraBuffer *text)
{
  guint   n = kobra_biff_take (self, n_bytes), flags;
  guint64 n_after = 0;

  if (!self->is_wide)
    return take_bytes (self, n, text);
  flags = kobra_biff_take (self, 1);
  if ((flags & TEXT_HAS_RUNS) != 0)
    n_after += (guint64) RUN_BYTES * kobra_biff_take (self, 2);
  if ((flags & TEXT_HAS_EXTENSION) != 0)
    n_after += kobra_biff_take (self, 4);
  return take_characters (self, n, (flags & TEXT_IS_WIDE) != 0, text) && skip (self, n_after);
}

const char *
kobra_biff_get_failure (guint code)
{
  static const struct
  {
    guint8      code;
    const char *text;
  } failures[] = {
    { 0x00, "#NULL!" }, { 0x07, "#DIV/0!" }, { 0x0f, "#VALUE!" }, { 0x17, "#REF!" }, { 0x1d, "#NAME?" }, { 0x24, "#NUM!" }, { 0x2b, "#GETTING_DATA" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    if (failures[i].code == code)
      return failures[i].text;
  return "#N/A";
}
