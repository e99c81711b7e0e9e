/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-text.h"

#include <string.h>

typedef struct
{
  gunichar    first;
  gunichar    last;
  const char *sign; /* or NULL: the character's own picture from the block of control pictures */
} Replacement;

#define BOX "\u25af"
#define LINE_BREAK "\u23ce"

/* In the order of the code points. */
static const Replacement replacements[] = {
  { 0x0001, 0x0008, NULL },
  { '\t', '\t', "\u21e5" },
  { '\n', '\n', LINE_BREAK },
  { 0x000b, 0x001f, NULL },
  { 0x007f, 0x007f, "\u2421" },
  { 0x0080, 0x009f, BOX }, /* C1 controls */
  { 0x00ad, 0x00ad, BOX }, /* soft hyphen */
  { 0x061c, 0x061c, BOX }, /* Arabic letter mark */
  { 0x180e, 0x180e, BOX }, /* Mongolian vowel separator */
  { 0x200b, 0x200b, BOX }, /* zero width space; the joiners after it are needed to write some languages */
  { 0x200e, 0x200f, BOX }, /* direction marks */
  { 0x2028, 0x2029, LINE_BREAK },
  { 0x202a, 0x202e, BOX }, /* direction embeddings and overrides */
  { 0x2060, 0x206f, BOX }, /* word joiner, invisible operators, direction isolates */
  { 0xfeff, 0xfeff, BOX }, /* byte order mark */
  { 0xfff9, 0xfffc, BOX }, /* annotations, and the sign that stands for an object */
  { 0xe0000, 0xe007f, BOX }, /* tags */
};

static const Replacement *
find_replacement (gunichar character)
{
  if (character >= 0x20 && character < 0x7f)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (replacements) && replacements[i].first <= character; i++)
    if (character <= replacements[i].last)
      return &replacements[i];
  return NULL;
}

/* Moves *@text over what can be shown as it stands, and counts it. */
static void
skip_plain (const char **text,
            guint        max_characters,
            guint       *n_characters)
{
  while (**text != '\0' && *n_characters < max_characters && find_replacement (g_utf8_get_char (*text)) == NULL)
    {
      *text = g_utf8_next_char (*text);
      (*n_characters)++;
    }
}

const char *
kobra_sheet_text_make_visible (const char *text,
                               guint       max_characters,
                               GString    *scratch)
{
  const char *rest = text;
  guint       n_characters = 0;

  skip_plain (&rest, max_characters, &n_characters);
  if (*rest == '\0')
    return text;

  g_string_truncate (scratch, 0);
  g_string_append_len (scratch, text, rest - text);
  while (*rest != '\0' && n_characters < max_characters)
    {
      const char        *start;
      gunichar           character = g_utf8_get_char (rest);
      const Replacement *replacement = find_replacement (character);

      if (replacement->sign != NULL)
        g_string_append (scratch, replacement->sign);
      else
        g_string_append_unichar (scratch, 0x2400 + character);
      rest = g_utf8_next_char (rest);
      if (character == '\r' && *rest == '\n') /* one line break, not two signs */
        {
          g_string_truncate (scratch, scratch->len - strlen ("\u240d"));
          continue;
        }
      n_characters++;

      start = rest;
      skip_plain (&rest, max_characters, &n_characters);
      g_string_append_len (scratch, start, rest - start);
    }
  if (*rest != '\0')
    g_string_append (scratch, "…");
  return scratch->str;
}
