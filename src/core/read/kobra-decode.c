/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-decode.h"

#include <string.h>

#include "kobra-banned.h"

/* A byte of Windows-1252 becomes at most 3 of UTF-8 (€), two of UTF-16 at most 3, four at most 4. */
#define MAX_GROWTH 3

#define EACH_BYTE(b) (G_GUINT64_CONSTANT (0x0101010101010101) * (b))
#define EACH_UNIT(u) (G_GUINT64_CONSTANT (0x0001000100010001) * (u))

static guint64
load_word (const char *bytes)
{
  guint64 word;

  memcpy (&word, bytes, sizeof word);
  return word;
}

/* Whether all 8 bytes are ASCII and none is NUL: taking 1 from a NUL sets its highest bit. */
static gboolean
is_plain_word (guint64 word)
{
  return (((word - EACH_BYTE (0x01)) | word) & EACH_BYTE (0x80)) == 0;
}

static gsize
skip_ascii (const char *bytes,
            gsize       n)
{
  gsize i = 0;

  while (n - i >= 8 && is_plain_word (load_word (bytes + i)))
    i += 8;
  while (i < n && bytes[i] > 0)
    i++;
  return i;
}

/* The Unicode Standard, table 3-7: which bytes may follow a lead byte; the third and fourth are always 80 … BF. A lead that is Â, Ã, â or ð in
 * Windows-1252 is plain UTF-8, since in our languages no sign follows these there; é, ñ, ó or É may well stand before quotes and dots. */
static const struct
{
  guint8    first_lead, last_lead, length, second_from, second_to;
  KobraUtf8 meaning;
} sequences[] = {
  { 0xc2, 0xc3, 2, 0x80, 0xbf, KOBRA_UTF_8_PLAIN },
  { 0xc4, 0xdf, 2, 0x80, 0xbf, KOBRA_UTF_8_DOUBTFUL },
  { 0xe0, 0xe0, 3, 0xa0, 0xbf, KOBRA_UTF_8_DOUBTFUL },
  { 0xe1, 0xe1, 3, 0x80, 0xbf, KOBRA_UTF_8_DOUBTFUL },
  { 0xe2, 0xe2, 3, 0x80, 0xbf, KOBRA_UTF_8_PLAIN },
  { 0xe3, 0xec, 3, 0x80, 0xbf, KOBRA_UTF_8_DOUBTFUL },
  { 0xed, 0xed, 3, 0x80, 0x9f, KOBRA_UTF_8_DOUBTFUL }, /* no surrogates */
  { 0xee, 0xef, 3, 0x80, 0xbf, KOBRA_UTF_8_DOUBTFUL },
  { 0xf0, 0xf0, 4, 0x90, 0xbf, KOBRA_UTF_8_PLAIN },
  { 0xf1, 0xf3, 4, 0x80, 0xbf, KOBRA_UTF_8_DOUBTFUL },
  { 0xf4, 0xf4, 4, 0x80, 0x8f, KOBRA_UTF_8_DOUBTFUL }, /* nothing above U+10FFFF */
};

KobraUtf8
kobra_utf8_look (const char *bytes,
                 gsize       n_bytes,
                 gsize      *length)
{
  const guint8 *b = (const guint8 *) bytes;

  *length = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (sequences); i++)
    {
      if (b[0] < sequences[i].first_lead || b[0] > sequences[i].last_lead)
        continue;
      if (n_bytes > 1 && (b[1] < sequences[i].second_from || b[1] > sequences[i].second_to))
        return KOBRA_UTF_8_INVALID;
      for (gsize k = 2; k < sequences[i].length && k < n_bytes; k++)
        if ((b[k] & 0xc0) != 0x80)
          return KOBRA_UTF_8_INVALID;
      if (n_bytes < sequences[i].length)
        return KOBRA_UTF_8_CUT;
      *length = sequences[i].length;
      return sequences[i].meaning;
    }
  return KOBRA_UTF_8_INVALID;
}

/* The fast way over what kobra_utf8_look() would call valid: nearly all of it has two bytes. */
static gsize
skip_utf8 (const char *bytes,
           gsize       n,
           gboolean   *has_multibyte)
{
  gsize i = skip_ascii (bytes, n), length;

  while (i < n && bytes[i] != '\0')
    {
      if (n - i >= 2 && (guint8) bytes[i] >= 0xc2 && (guint8) bytes[i] <= 0xdf && (bytes[i + 1] & 0xc0) == 0x80)
        i += 2;
      else if (kobra_utf8_look (bytes + i, n - i, &length) >= KOBRA_UTF_8_DOUBTFUL)
        i += length;
      else
        break;
      *has_multibyte = TRUE;
      i += skip_ascii (bytes + i, n - i);
    }
  return i;
}

/* What the bytes 80 … FF are in encodings of one byte a character. Windows-1252 is the Encoding Standard's: the five bytes without a character are
 * the C1 controls of their number. The others are Unicode's mappings for CP850 and Mac OS Roman. */
static const guint16 single_bytes[KOBRA_N_ENCODINGS][0x80] = {
  [KOBRA_ENCODING_WINDOWS_1252] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
    0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
    0x00a0, 0x00a1, 0x00a2, 0x00a3, 0x00a4, 0x00a5, 0x00a6, 0x00a7, 0x00a8, 0x00a9, 0x00aa, 0x00ab, 0x00ac, 0x00ad, 0x00ae, 0x00af,
    0x00b0, 0x00b1, 0x00b2, 0x00b3, 0x00b4, 0x00b5, 0x00b6, 0x00b7, 0x00b8, 0x00b9, 0x00ba, 0x00bb, 0x00bc, 0x00bd, 0x00be, 0x00bf,
    0x00c0, 0x00c1, 0x00c2, 0x00c3, 0x00c4, 0x00c5, 0x00c6, 0x00c7, 0x00c8, 0x00c9, 0x00ca, 0x00cb, 0x00cc, 0x00cd, 0x00ce, 0x00cf,
    0x00d0, 0x00d1, 0x00d2, 0x00d3, 0x00d4, 0x00d5, 0x00d6, 0x00d7, 0x00d8, 0x00d9, 0x00da, 0x00db, 0x00dc, 0x00dd, 0x00de, 0x00df,
    0x00e0, 0x00e1, 0x00e2, 0x00e3, 0x00e4, 0x00e5, 0x00e6, 0x00e7, 0x00e8, 0x00e9, 0x00ea, 0x00eb, 0x00ec, 0x00ed, 0x00ee, 0x00ef,
    0x00f0, 0x00f1, 0x00f2, 0x00f3, 0x00f4, 0x00f5, 0x00f6, 0x00f7, 0x00f8, 0x00f9, 0x00fa, 0x00fb, 0x00fc, 0x00fd, 0x00fe, 0x00ff,
  },
  [KOBRA_ENCODING_CP850] = {
    0x00c7, 0x00fc, 0x00e9, 0x00e2, 0x00e4, 0x00e0, 0x00e5, 0x00e7, 0x00ea, 0x00eb, 0x00e8, 0x00ef, 0x00ee, 0x00ec, 0x00c4, 0x00c5,
    0x00c9, 0x00e6, 0x00c6, 0x00f4, 0x00f6, 0x00f2, 0x00fb, 0x00f9, 0x00ff, 0x00d6, 0x00dc, 0x00f8, 0x00a3, 0x00d8, 0x00d7, 0x0192,
    0x00e1, 0x00ed, 0x00f3, 0x00fa, 0x00f1, 0x00d1, 0x00aa, 0x00ba, 0x00bf, 0x00ae, 0x00ac, 0x00bd, 0x00bc, 0x00a1, 0x00ab, 0x00bb,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x00c1, 0x00c2, 0x00c0, 0x00a9, 0x2563, 0x2551, 0x2557, 0x255d, 0x00a2, 0x00a5, 0x2510,
    0x2514, 0x2534, 0x252c, 0x251c, 0x2500, 0x253c, 0x00e3, 0x00c3, 0x255a, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256c, 0x00a4,
    0x00f0, 0x00d0, 0x00ca, 0x00cb, 0x00c8, 0x0131, 0x00cd, 0x00ce, 0x00cf, 0x2518, 0x250c, 0x2588, 0x2584, 0x00a6, 0x00cc, 0x2580,
    0x00d3, 0x00df, 0x00d4, 0x00d2, 0x00f5, 0x00d5, 0x00b5, 0x00fe, 0x00de, 0x00da, 0x00db, 0x00d9, 0x00fd, 0x00dd, 0x00af, 0x00b4,
    0x00ad, 0x00b1, 0x2017, 0x00be, 0x00b6, 0x00a7, 0x00f7, 0x00b8, 0x00b0, 0x00a8, 0x00b7, 0x00b9, 0x00b3, 0x00b2, 0x25a0, 0x00a0,
  },
  [KOBRA_ENCODING_MAC_ROMAN] = {
    0x00c4, 0x00c5, 0x00c7, 0x00c9, 0x00d1, 0x00d6, 0x00dc, 0x00e1, 0x00e0, 0x00e2, 0x00e4, 0x00e3, 0x00e5, 0x00e7, 0x00e9, 0x00e8,
    0x00ea, 0x00eb, 0x00ed, 0x00ec, 0x00ee, 0x00ef, 0x00f1, 0x00f3, 0x00f2, 0x00f4, 0x00f6, 0x00f5, 0x00fa, 0x00f9, 0x00fb, 0x00fc,
    0x2020, 0x00b0, 0x00a2, 0x00a3, 0x00a7, 0x2022, 0x00b6, 0x00df, 0x00ae, 0x00a9, 0x2122, 0x00b4, 0x00a8, 0x2260, 0x00c6, 0x00d8,
    0x221e, 0x00b1, 0x2264, 0x2265, 0x00a5, 0x00b5, 0x2202, 0x2211, 0x220f, 0x03c0, 0x222b, 0x00aa, 0x00ba, 0x03a9, 0x00e6, 0x00f8,
    0x00bf, 0x00a1, 0x00ac, 0x221a, 0x0192, 0x2248, 0x2206, 0x00ab, 0x00bb, 0x2026, 0x00a0, 0x00c0, 0x00c3, 0x00d5, 0x0152, 0x0153,
    0x2013, 0x2014, 0x201c, 0x201d, 0x2018, 0x2019, 0x00f7, 0x25ca, 0x00ff, 0x0178, 0x2044, 0x20ac, 0x2039, 0x203a, 0xfb01, 0xfb02,
    0x2021, 0x00b7, 0x201a, 0x201e, 0x2030, 0x00c2, 0x00ca, 0x00c1, 0x00cb, 0x00c8, 0x00cd, 0x00ce, 0x00cf, 0x00cc, 0x00d3, 0x00d4,
    0xf8ff, 0x00d2, 0x00da, 0x00db, 0x00d9, 0x0131, 0x02c6, 0x02dc, 0x00af, 0x02d8, 0x02d9, 0x02da, 0x00b8, 0x02dd, 0x02db, 0x02c7,
  },
};

/* What to say where decoding stopped: a character may only be cut where more is to come. */
static KobraDecoded
judge_stop (const char *bytes,
            gsize       n,
            KobraUtf8   utf8,
            gboolean    is_last)
{
  if (n == 0)
    return KOBRA_DECODED_WELL;
  if (*bytes == '\0')
    return KOBRA_DECODED_NUL;
  return utf8 == KOBRA_UTF_8_CUT && !is_last ? KOBRA_DECODED_WELL : KOBRA_DECODED_INVALID;
}

static KobraDecoded
decode_utf8 (KobraDecoder *self,
             const char   *bytes,
             gsize         n,
             gboolean      is_last,
             gsize        *n_decoded)
{
  gsize     i = skip_utf8 (bytes, n, &self->has_multibyte), length;
  KobraUtf8 utf8 = i < n ? kobra_utf8_look (bytes + i, n - i, &length) : KOBRA_UTF_8_INVALID;

  *n_decoded = i;
  return judge_stop (bytes + i, n - i, utf8, is_last);
}

static KobraDecoded
decode_single_bytes (KobraDecoder *self,
                     const char   *bytes,
                     gsize         n,
                     gboolean      is_last,
                     gsize        *n_decoded,
                     gsize        *length)
{
  char     *out = self->text;
  gsize     i = 0, n_character;
  KobraUtf8 utf8 = KOBRA_UTF_8_INVALID;

  while (i < n)
    {
      gsize  n_ascii = skip_ascii (bytes + i, n - i);
      guint8 byte;

      memcpy (out, bytes + i, n_ascii);
      out += n_ascii;
      i += n_ascii;
      if (i == n || bytes[i] == '\0')
        break;
      if (!self->is_sure)
        utf8 = kobra_utf8_look (bytes + i, n - i, &n_character);
      if (utf8 == KOBRA_UTF_8_PLAIN || (utf8 == KOBRA_UTF_8_CUT && !is_last))
        break;
      byte = (guint8) bytes[i++];
      out += g_unichar_to_utf8 (single_bytes[self->encoding][byte - 0x80], out);
    }
  *n_decoded = i;
  *length = (gsize) (out - self->text);
  return judge_stop (bytes + i, n - i, utf8, is_last);
}

static guint16
load_unit (const char *bytes,
           gboolean    is_big)
{
  guint16 unit;

  memcpy (&unit, bytes, sizeof unit);
  return is_big ? GUINT16_FROM_BE (unit) : GUINT16_FROM_LE (unit);
}

/* The ASCII at the start of UTF-16, four characters at a time. Returns the bytes read; each two of them are one written. */
static gsize
copy_ascii_units (const char *bytes,
                  gsize       n,
                  gboolean    is_big,
                  char       *out)
{
  gsize i = 0;

  for (; n - i >= 8; i += 8)
    {
      guint64 word = load_word (bytes + i);

      /* As units of little-endian order, whatever this machine's is. */
      word = GUINT64_FROM_LE (word);
      if (is_big)
        word = (word & EACH_UNIT (0x00ff)) << 8 | (word >> 8 & EACH_UNIT (0x00ff));
      /* With 7 bits each, adding 7F carries into the eighth bit of all but a NUL. */
      if ((word & EACH_UNIT (0xff80)) != 0 || ((word + EACH_UNIT (0x7f)) & EACH_UNIT (0x80)) != EACH_UNIT (0x80))
        break;
      for (guint k = 0; k < 4; k++)
        *out++ = (char) (word >> (16 * k));
    }
  return i;
}

/* The character at @bytes, of which there are at least 2: its code point, or 0 for a NUL. Returns its length in bytes, 0 if it is none, and
 * more than @n if its second half is not there. */
static gsize
load_character (const char *bytes,
                gsize       n,
                gboolean    is_big,
                gunichar   *c)
{
  guint16 high = load_unit (bytes, is_big), low;

  *c = high;
  if (high < 0xd800 || high > 0xdfff)
    return 2;
  if (high > 0xdbff)
    return 0;
  if (n < 4)
    return 4;
  low = load_unit (bytes + 2, is_big);
  *c = 0x10000 + ((gunichar) (high - 0xd800) << 10) + (low - 0xdc00u);
  return low >= 0xdc00 && low <= 0xdfff ? 4 : 0;
}

static KobraDecoded
decode_utf16 (KobraDecoder *self,
              const char   *bytes,
              gsize         n,
              gboolean      is_last,
              gsize        *n_decoded,
              gsize        *length)
{
  gboolean     is_big = self->encoding == KOBRA_ENCODING_UTF_16_BE;
  char        *out = self->text;
  gsize        i = 0;
  KobraDecoded result = KOBRA_DECODED_WELL;

  while (n - i >= 2)
    {
      gsize    n_ascii = copy_ascii_units (bytes + i, n - i, is_big, out), n_character;
      gunichar c;

      out += n_ascii / 2;
      i += n_ascii;
      if (n - i < 2)
        break;
      n_character = load_character (bytes + i, n - i, is_big, &c);
      if (n_character == 0)
        result = KOBRA_DECODED_INVALID;
      else if (c == 0)
        result = KOBRA_DECODED_NUL;
      if (result != KOBRA_DECODED_WELL || n_character > n - i)
        break;
      out += g_unichar_to_utf8 (c, out);
      i += n_character;
    }
  *n_decoded = i;
  *length = (gsize) (out - self->text);
  return result == KOBRA_DECODED_WELL && is_last && i < n ? KOBRA_DECODED_INVALID : result;
}

void
kobra_decoder_init (KobraDecoder *self,
                    KobraEncoding encoding,
                    gboolean      is_sure)
{
  *self = (KobraDecoder) { .encoding = encoding, .is_sure = is_sure };
}

void
kobra_decoder_clear (KobraDecoder *self)
{
  g_clear_pointer (&self->text, g_free);
}

KobraDecoded
kobra_decoder_push (KobraDecoder *self,
                    const char   *bytes,
                    gsize         n_bytes,
                    gboolean      is_last,
                    gsize        *n_decoded,
                    const char  **text,
                    gsize        *length)
{
  *n_decoded = *length = 0;
  g_return_val_if_fail (n_bytes <= KOBRA_DECODE_MAX_BYTES, KOBRA_DECODED_INVALID);

  if (self->encoding == KOBRA_ENCODING_UTF_8)
    {
      KobraDecoded result = decode_utf8 (self, bytes, n_bytes, is_last, n_decoded);

      *text = bytes;
      *length = *n_decoded;
      if (result != KOBRA_DECODED_INVALID || self->is_sure || self->has_multibyte)
        return result;
      /* What was handed out until here is ASCII, and so the same in both. */
      self->encoding = KOBRA_ENCODING_WINDOWS_1252;
    }
  if (self->text == NULL)
    self->text = g_malloc (MAX_GROWTH * KOBRA_DECODE_MAX_BYTES);
  *text = self->text;
  return self->encoding == KOBRA_ENCODING_UTF_16_LE || self->encoding == KOBRA_ENCODING_UTF_16_BE
             ? decode_utf16 (self, bytes, n_bytes, is_last, n_decoded, length)
             : decode_single_bytes (self, bytes, n_bytes, is_last, n_decoded, length);
}
