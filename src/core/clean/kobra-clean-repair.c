/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts that programs spoiled, whatever field they are: each a function of a trimmed text. */

#include <string.h>

#include "kobra-clean-private.h"

#include "kobra-banned.h"

/* What the bytes 0x80 to 0x9f mean in Windows-1252; 0: nothing, and then programs keep the byte as it is. */
static const gunichar windows_1252[32] = {
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
  0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178
};

static gboolean
to_byte (gunichar c,
         char    *byte)
{
  for (guint i = 0; i < G_N_ELEMENTS (windows_1252); i++)
    if (windows_1252[i] == c)
      {
        *byte = (char) (0x80 + i);
        return TRUE;
      }
  *byte = (char) c;
  return c <= 0xff;
}

/* The bytes that @text was made of by a program that took them for Windows-1252; FALSE if it can't have been, or is plain. */
static gboolean
to_bytes (const char  *text,
          KobraBuffer *out)
{
  gboolean changed = FALSE;

  kobra_buffer_reset (out);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      char byte;

      if (!to_byte (g_utf8_get_char (at), &byte) || !kobra_buffer_append_byte (out, byte))
        return FALSE;
      changed |= (byte & 0x80) != 0;
    }
  return changed && g_utf8_validate_len (out->bytes, out->length, NULL);
}

/* UTF-8 that a program took for Windows-1252, and maybe a second one after it: the characters, as bytes again, are valid UTF-8, which no
 * Spanish text is by chance. */
gboolean
kobra_clean_mend_mojibake (const KobraField       *field,
                           const KobraColumnHabit *habit,
                           const char             *text,
                           KobraBuffer            *out)
{
  g_autofree char *mended = NULL;

  while (to_bytes (mended != NULL ? mended : text, out))
    {
      g_free (mended);
      mended = g_strdup (out->bytes);
    }
  kobra_buffer_reset (out);
  return mended != NULL && kobra_buffer_append_string (out, mended);
}

/* A break of a line keeps words apart, so it leaves a space. */
gboolean
kobra_clean_remove_controls (const KobraField       *field,
                             const KobraColumnHabit *habit,
                             const char             *text,
                             KobraBuffer            *out)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\t' || c == '\n' || c == '\r')
        kobra_clean_append (out, ' ');
      else if (c >= 0x20 && (c < 0x7f || c > 0x9f))
        kobra_clean_append (out, c);
    }
  return TRUE;
}

gboolean
kobra_clean_plain_quotes (const KobraField       *field,
                          const KobraColumnHabit *habit,
                          const char             *text,
                          KobraBuffer            *out)
{
  static const struct
  {
    gunichar curly;
    char     plain;
  } marks[] = {
    { 0x201c, '"' }, { 0x201d, '"' }, { 0x201e, '"' }, { 0x00ab, '"' }, { 0x00bb, '"' },
    { 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201a, '\'' }, { 0x2032, '\'' }, { 0x00b4, '\'' },
  };

  /* What spreadsheets put before digits to keep them as text. */
  while (*text == '\'' && g_ascii_isdigit (text[1]))
    text++;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
        if (marks[i].curly == c)
          c = (gunichar) marks[i].plain;
      kobra_clean_append (out, c);
    }
  while (out->length > 1 && out->bytes[0] == '\'' && g_ascii_isdigit (out->bytes[1]))
    {
      memmove (out->bytes, out->bytes + 1, out->length);
      kobra_buffer_truncate (out, out->length - 1);
    }
  return TRUE;
}

gboolean
kobra_clean_one_space (const KobraField       *field,
                       const KobraColumnHabit *habit,
                       const char             *text,
                       KobraBuffer            *out)
{
  gboolean in_space = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean is_space = g_unichar_isspace (c);

      /* What takes no room keeps no words apart either. */
      if (!is_space && kobra_clean_is_space (c))
        continue;
      if (!is_space || !in_space)
        kobra_clean_append (out, is_space ? ' ' : c);
      in_space = is_space;
    }
  return TRUE;
}

gboolean
kobra_clean_drop_word (const KobraField       *field,
                        const KobraColumnHabit *habit,
                        const char             *text,
                        KobraBuffer            *out)
{
  return kobra_clean_is_empty_word (text);
}

gboolean
kobra_clean_append (KobraBuffer *out,
                    gunichar     c)
{
  char bytes[6];

  return kobra_buffer_append (out, bytes, (gsize) g_unichar_to_utf8 (c, bytes));
}
