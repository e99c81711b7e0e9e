/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-text.h"

#include <string.h>

#include "kobra-banned.h"

/* The Unicode pictures for C0 controls start here (U+2400); the one for DEL is U+2421. */
#define CONTROL_PICTURES 0x2400
#define PICTURE_OF_DELETE 0x2421

static void
append_word_character (GString *folded,
                       gunichar c,
                       gboolean starts_word)
{
  if (starts_word && folded->len > 0)
    g_string_append_c (folded, ' ');
  g_string_append_unichar (folded, g_unichar_tolower (c));
}

/* The same without looking characters up: nearly all text that is folded is of this kind. */
static char *
fold_ascii (const char *text)
{
  gsize    length = strlen (text), n = 0;
  char    *folded = g_malloc (length * 2 + 1);
  gboolean gap = FALSE, after_lower = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]))
        {
          gap = TRUE;
          after_lower = FALSE;
          continue;
        }
      if ((gap || (after_lower && g_ascii_isupper (text[i]))) && n > 0)
        folded[n++] = ' ';
      folded[n++] = g_ascii_tolower (text[i]);
      gap = FALSE;
      after_lower = g_ascii_islower (text[i]);
    }
  folded[n] = '\0';
  return folded;
}

static char *
fold_unicode (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  GString         *folded = g_string_new (NULL);
  gboolean         gap = FALSE, after_lower = FALSE;

  for (const char *p = decomposed != NULL ? decomposed : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        continue;
      if (!g_unichar_isalnum (c))
        {
          gap = TRUE;
          after_lower = FALSE;
          continue;
        }
      append_word_character (folded, c, gap || (after_lower && g_unichar_isupper (c)));
      gap = FALSE;
      after_lower = g_unichar_islower (c);
    }
  return g_string_free (folded, FALSE);
}

char *
kobra_text_fold (const char *text)
{
  return g_str_is_ascii (text) ? fold_ascii (text) : fold_unicode (text);
}

gsize
kobra_text_n_characters (const char *text,
                         gsize       limit)
{
  gsize n = 0;

  /* Every byte that does not continue a character starts one. */
  for (; *text != '\0' && n <= limit; text++)
    n += (*text & 0xc0) != 0x80;
  return n;
}

char *
kobra_text_visible (const char *text,
                    gsize       max_characters)
{
  GString *visible = g_string_new (NULL);
  gsize    n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (n == max_characters)
        {
          g_string_append (visible, "…");
          break;
        }
      if (c < 0x20)
        c += CONTROL_PICTURES;
      else if (c == 0x7f)
        c = PICTURE_OF_DELETE;
      else if (g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_iscntrl (c))
        c = 0xfffd;
      g_string_append_unichar (visible, c);
    }
  return g_string_free (visible, FALSE);
}

gboolean
kobra_text_is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

guint64
kobra_text_hash (guint64     seed,
                 const char *text)
{
  /* FNV-1a, the NUL included so that "ab","c" is not "a","bc"; the last steps spread it as in MurmurHash3's finalizer. */
  guint64 hash = seed ^ G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (;; text++)
    {
      hash = (hash ^ (guint8) *text) * G_GUINT64_CONSTANT (0x100000001b3);
      if (*text == '\0')
        break;
    }
  hash = (hash ^ (hash >> 33)) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  return hash ^ (hash >> 33);
}

void
kobra_text_wipe (char *text,
                 gsize length)
{
  explicit_bzero (text, length);
}
