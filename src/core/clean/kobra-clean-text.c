/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to any text: space around it, and words that stand for nothing. */

#include <string.h>

#include "kobra-clean-private.h"

#include "kobra-banned.h"

/* White space and what takes no space at all: zero-width characters, byte order marks, and the marks of writing
 * direction that come along when a number is copied from a list of contacts. */
gboolean
kobra_clean_is_space (gunichar c)
{
  static const struct
  {
    gunichar first, last;
  } invisible[] = {
    { 0x00ad, 0x00ad },
    { 0x200b, 0x200f },
    { 0x202a, 0x202e },
    { 0x2060, 0x2064 },
    { 0x2066, 0x2069 },
    { 0xfeff, 0xfeff },
  };

  if (g_unichar_isspace (c))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (invisible); i++)
    if (c >= invisible[i].first && c <= invisible[i].last)
      return TRUE;
  return FALSE;
}

/* Nearly all texts begin and end with one of these, which needs no decoding. */
static gboolean
is_plain (char c)
{
  return c > ' ' && c < 0x7f;
}

const char *
kobra_clean_trim (const char *text,
                  gsize      *length)
{
  const char *start = text, *end = text + strlen (text);

  while (start < end && !is_plain (*start) && kobra_clean_is_space (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && !is_plain (end[-1]))
    {
      const char *last = g_utf8_prev_char (end);

      if (!kobra_clean_is_space (g_utf8_get_char (last)))
        break;
      end = last;
    }
  *length = (gsize) (end - start);
  return start;
}

gboolean
kobra_clean_is_empty_word (const char *text)
{
  static const char *const words[] = {
    "-", "--", "---", "–", "—", "n/a", "na", "n.a.", "#n/a", "n/d", "nd", "#n/d", "s/d", "sd", "s.d.", "null", "none", "sin dato", "sin datos", "no aplica",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}
