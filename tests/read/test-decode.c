/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-decode.h"

#include <string.h>

#include "kobra-test.h"

/* A string literal with its length, which may hold NULs. */
#define BYTES(literal) (literal), sizeof (literal) - 1

typedef struct
{
  const char   *name;
  KobraEncoding encoding;
  gboolean      is_sure;
  const char   *bytes;
  gsize         n_bytes;
  const char   *text;    /* what comes out, or comes before the trouble */
  KobraDecoded  decoded;
  KobraEncoding encoding_after;
} Case;

static const Case cases[] = {
  /* clang-format off */
  { "ascii", KOBRA_ENCODING_UTF_8, FALSE, BYTES ("id,name\n1,Luis Alberto\n"), "id,name\n1,Luis Alberto\n", KOBRA_DECODED_WELL, KOBRA_ENCODING_UTF_8 },
  { "utf-8", KOBRA_ENCODING_UTF_8, TRUE, BYTES ("Íñigo €5 🙂 \xf4\x8f\xbf\xbf \xef\xbf\xbd"), "Íñigo €5 🙂 \xf4\x8f\xbf\xbf \xef\xbf\xbd", KOBRA_DECODED_WELL, KOBRA_ENCODING_UTF_8 },
  { "utf-8-overlong", KOBRA_ENCODING_UTF_8, TRUE, BYTES ("é\xc0\xaf"), "é", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_8 },
  { "utf-8-overlong-3", KOBRA_ENCODING_UTF_8, TRUE, BYTES ("é\xe0\x80\xaf"), "é", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_8 },
  { "utf-8-overlong-4", KOBRA_ENCODING_UTF_8, TRUE, BYTES ("é\xf0\x80\x80\xaf"), "é", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_8 },
  { "utf-8-surrogate", KOBRA_ENCODING_UTF_8, TRUE, BYTES ("é\xed\xa0\x80"), "é", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_8 },
  { "utf-8-past-the-last", KOBRA_ENCODING_UTF_8, TRUE, BYTES ("é\xf4\x90\x80\x80"), "é", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_8 },
  { "utf-8-cut", KOBRA_ENCODING_UTF_8, TRUE, BYTES ("abc\xe2\x82"), "abc", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_8 },
  { "utf-8-cut-by-ascii", KOBRA_ENCODING_UTF_8, TRUE, BYTES ("abc\xe2\x82,"), "abc", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_8 },
  { "utf-8-nul", KOBRA_ENCODING_UTF_8, TRUE, BYTES ("ñandú,0123456789\0x"), "ñandú,0123456789", KOBRA_DECODED_NUL, KOBRA_ENCODING_UTF_8 },
  { "utf-8-wanted-is-not-given-up", KOBRA_ENCODING_UTF_8, TRUE, BYTES ("Jos\xe9"), "Jos", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_8 },
  { "late-accent-is-windows-1252", KOBRA_ENCODING_UTF_8, FALSE, BYTES ("plain text of ASCII, then Jos\xe9, \xd1\x61ndu"), "plain text of ASCII, then José, Ñandu", KOBRA_DECODED_WELL, KOBRA_ENCODING_WINDOWS_1252 },
  { "accent-as-the-last-byte", KOBRA_ENCODING_UTF_8, FALSE, BYTES ("Jos\xe9"), "José", KOBRA_DECODED_WELL, KOBRA_ENCODING_WINDOWS_1252 },
  { "windows-1252-after-utf-8", KOBRA_ENCODING_UTF_8, FALSE, BYTES ("José, Jos\xe9, x"), "José, Jos", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_8 },
  { "utf-8-after-windows-1252", KOBRA_ENCODING_UTF_8, FALSE, BYTES ("Jos\xe9, José, x"), "José, Jos", KOBRA_DECODED_INVALID, KOBRA_ENCODING_WINDOWS_1252 },
  { "utf-8-is-text-where-windows-1252-is-wanted", KOBRA_ENCODING_WINDOWS_1252, TRUE, BYTES ("Jos\xe9, José"), "José, JosÃ©", KOBRA_DECODED_WELL, KOBRA_ENCODING_WINDOWS_1252 },
  { "windows-1252-signs", KOBRA_ENCODING_WINDOWS_1252, FALSE, BYTES ("\x80 \x93\xc9\x94\x85 \xbfqu\xe9\x85? \xa0\xff"), "€ “É”… ¿qué…? \u00a0ÿ", KOBRA_DECODED_WELL, KOBRA_ENCODING_WINDOWS_1252 },
  { "windows-1252-undefined", KOBRA_ENCODING_WINDOWS_1252, FALSE, BYTES ("\x81\x8d\x8f\x90\x9d"), "\xc2\x81\xc2\x8d\xc2\x8f\xc2\x90\xc2\x9d", KOBRA_DECODED_WELL, KOBRA_ENCODING_WINDOWS_1252 },
  { "windows-1252-nul", KOBRA_ENCODING_WINDOWS_1252, FALSE, BYTES ("Jos\xe9\0"), "José", KOBRA_DECODED_NUL, KOBRA_ENCODING_WINDOWS_1252 },
  { "windows-1252-cut-look-alike", KOBRA_ENCODING_WINDOWS_1252, FALSE, BYTES ("S\xc3"), "SÃ", KOBRA_DECODED_WELL, KOBRA_ENCODING_WINDOWS_1252 },
  { "utf-16-le", KOBRA_ENCODING_UTF_16_LE, TRUE, BYTES ("a\0,\0b\0,\0c\0,\0d\0\xf1\0\xac\x20\x3d\xd8\x42\xdez\0"), "a,b,c,dñ€🙂z", KOBRA_DECODED_WELL, KOBRA_ENCODING_UTF_16_LE },
  { "utf-16-be", KOBRA_ENCODING_UTF_16_BE, TRUE, BYTES ("\0a\0,\0b\0,\0c\0,\0d\0\xf1\x20\xac\xd8\x3d\xde\x42\0z"), "a,b,c,dñ€🙂z", KOBRA_DECODED_WELL, KOBRA_ENCODING_UTF_16_BE },
  { "utf-16-lone-high", KOBRA_ENCODING_UTF_16_LE, TRUE, BYTES ("a\0\x3d\xd8""b\0"), "a", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_16_LE },
  { "utf-16-lone-low", KOBRA_ENCODING_UTF_16_BE, TRUE, BYTES ("\0a\xde\x42\0b"), "a", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_16_BE },
  { "utf-16-high-at-the-end", KOBRA_ENCODING_UTF_16_LE, TRUE, BYTES ("a\0\x3d\xd8"), "a", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_16_LE },
  { "utf-16-odd", KOBRA_ENCODING_UTF_16_LE, TRUE, BYTES ("a\0b"), "a", KOBRA_DECODED_INVALID, KOBRA_ENCODING_UTF_16_LE },
  { "utf-16-nul", KOBRA_ENCODING_UTF_16_LE, TRUE, BYTES ("a\0\0\0b\0"), "a", KOBRA_DECODED_NUL, KOBRA_ENCODING_UTF_16_LE },
  { "utf-16-nul-among-four", KOBRA_ENCODING_UTF_16_LE, TRUE, BYTES ("a\0b\0\0\0d\0e\0"), "ab", KOBRA_DECODED_NUL, KOBRA_ENCODING_UTF_16_LE },
  { "utf-16-look-alikes-of-ascii", KOBRA_ENCODING_UTF_16_LE, TRUE, BYTES ("\x80\0a\x01\0\x02\x7f\0"), "\xc2\x80š\u0200\x7f", KOBRA_DECODED_WELL, KOBRA_ENCODING_UTF_16_LE },
  /* clang-format on */
};

/* Decodes as a reader does: what is left over is put before what comes next. */
static KobraDecoded
decode_in_pieces (KobraDecoder *decoder,
                  const char   *bytes,
                  gsize         n_bytes,
                  gsize         n_first,
                  gsize         n_each,
                  GString      *text)
{
  gsize        start = 0, end = MIN (n_first, n_bytes);
  KobraDecoded decoded;

  for (;;)
    {
      g_autofree char *piece = g_memdup2 (bytes + start, MAX (end - start, 1));
      const char      *decoded_text;
      gsize            n_decoded, length;

      decoded = kobra_decoder_push (decoder, piece, end - start, end == n_bytes, &n_decoded, &decoded_text, &length);
      g_string_append_len (text, decoded_text, (gssize) length);
      g_assert_cmpuint (n_decoded, <=, end - start);
      start += n_decoded;
      if (decoded != KOBRA_DECODED_WELL)
        return decoded;
      g_assert_cmpuint (end - start, <, 4);
      if (end == n_bytes)
        break;
      end = MIN (end + n_each, n_bytes);
    }
  g_assert_cmpuint (start, ==, n_bytes);
  return decoded;
}

static void
check_pieces (const Case *test,
              gsize       n_first,
              gsize       n_each)
{
  KobraDecoder        decoder;
  g_autoptr (GString) text = g_string_new (NULL);

  kobra_decoder_init (&decoder, test->encoding, test->is_sure);
  g_assert_cmpint (decode_in_pieces (&decoder, test->bytes, test->n_bytes, n_first, n_each, text), ==, test->decoded);
  g_assert_cmpstr (text->str, ==, test->text);
  g_assert_cmpint (decoder.encoding, ==, test->encoding_after);
  kobra_decoder_clear (&decoder);
}

static void
test_decode (gconstpointer data)
{
  const Case *test = data;

  for (gsize i = 0; i <= test->n_bytes; i++)
    check_pieces (test, i, test->n_bytes);
  for (gsize n = 1; n <= 9; n++)
    check_pieces (test, n, n);
}

/* Against GLib's own check: random bytes of those that make UTF-8 difficult, and whole pieces of it. */
static void
test_utf8_as_glib_does (void)
{
  static const char *const pieces[] = { "a", "bcdefghi", "\x7f", "é", "\xc2\x80", "\u07ff", "\u0800", "€", "\ud7ff", "\ue000", "\uffff", "🙂", "\U0010ffff",
                                        "\xc0", "\xc2", "\xe0", "\xed", "\xf0", "\xf4", "\xf5", "\x80", "\x8f", "\x90", "\x9f", "\xa0", "\xbf", "\xff" };
  g_autoptr (GRand) dice = g_rand_new_with_seed (7);
  KobraDecoder      decoder;

  kobra_decoder_init (&decoder, KOBRA_ENCODING_UTF_8, TRUE);
  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      const char         *valid_end, *decoded_text;
      gsize               n_decoded, length;
      gboolean            is_valid;

      /* Mostly right, or hardly any text would be valid to its end. */
      for (guint i = 0; i < 12; i++)
        g_string_append (text, pieces[g_rand_int_range (dice, 0, g_rand_int_range (dice, 0, 8) == 0 ? (gint32) G_N_ELEMENTS (pieces) : 13)]);
      is_valid = g_utf8_validate_len (text->str, text->len, &valid_end);
      g_assert_cmpint (kobra_decoder_push (&decoder, text->str, text->len, TRUE, &n_decoded, &decoded_text, &length), ==,
                       is_valid ? KOBRA_DECODED_WELL : KOBRA_DECODED_INVALID);
      g_assert_cmpuint (n_decoded, ==, (gsize) (valid_end - text->str));
      g_assert_true (decoded_text == text->str && length == n_decoded);
    }
  kobra_decoder_clear (&decoder);
}

/* Every byte, against the C library's table; it has none for the five that are controls. */
static void
test_windows_1252_as_iconv_does (void)
{
  KobraDecoder decoder;

  kobra_decoder_init (&decoder, KOBRA_ENCODING_WINDOWS_1252, TRUE);
  for (guint byte = 1; byte < 256; byte++)
    {
      char             bytes[] = { (char) byte, '\0' };
      g_autofree char *expected = g_convert (bytes, 1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
      const char      *text;
      gsize            n_decoded, length;

      if (expected == NULL)
        continue;
      g_assert_cmpint (kobra_decoder_push (&decoder, bytes, 1, TRUE, &n_decoded, &text, &length), ==, KOBRA_DECODED_WELL);
      g_assert_cmpmem (text, length, expected, strlen (expected));
    }
  kobra_decoder_clear (&decoder);
}

/* The worst case fits: a full piece of what grows most. */
static void
test_full_pieces (void)
{
  static const struct { KobraEncoding encoding; guint8 filling; gsize growth; } fullest[] = {
    { KOBRA_ENCODING_UTF_8, 'x', 2 },
    { KOBRA_ENCODING_WINDOWS_1252, 0x80, 6 },
    { KOBRA_ENCODING_UTF_16_LE, 0x20, 3 },
    { KOBRA_ENCODING_UTF_16_BE, 0x20, 3 },
  };
  g_autofree char *bytes = g_malloc (KOBRA_DECODE_MAX_BYTES);

  for (gsize i = 0; i < G_N_ELEMENTS (fullest); i++)
    {
      KobraDecoder decoder;
      const char  *text;
      gsize        n_decoded, length;

      kobra_decoder_init (&decoder, fullest[i].encoding, TRUE);
      memset (bytes, fullest[i].filling, KOBRA_DECODE_MAX_BYTES);
      g_assert_cmpint (kobra_decoder_push (&decoder, bytes, KOBRA_DECODE_MAX_BYTES, TRUE, &n_decoded, &text, &length), ==, KOBRA_DECODED_WELL);
      g_assert_cmpuint (n_decoded, ==, KOBRA_DECODE_MAX_BYTES);
      g_assert_cmpuint (length, ==, KOBRA_DECODE_MAX_BYTES * fullest[i].growth / 2);
      kobra_decoder_clear (&decoder);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/read/decode/", cases[i].name, &cases[i], test_decode);
  g_test_add_func ("/read/decode/utf-8-as-glib-does", test_utf8_as_glib_does);
  g_test_add_func ("/read/decode/windows-1252-as-iconv-does", test_windows_1252_as_iconv_does);
  g_test_add_func ("/read/decode/full-pieces", test_full_pieces);
  return g_test_run ();
}
