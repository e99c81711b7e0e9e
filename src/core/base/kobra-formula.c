/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-formula.h"

#include <string.h>

#include "kobra-banned.h"

/* A minus and an amount, however it is grouped: without a letter, a bracket or a second sign nothing can be called. */
static gboolean
is_amount_below_zero (const char *text)
{
  gsize n_digits = strspn (text + 1, "0123456789.,");

  return *text == '-' && n_digits > 0 && text[1 + n_digits] == '\0' && strpbrk (text, "0123456789") != NULL;
}

/* Apostrophes in front count as nothing: else a text that has one of its own would lose it on the way back. */
static gboolean
is_marked (const char *text)
{
  text += strspn (text, "'");
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

gboolean
kobra_formula_append_safe (KobraBuffer *buffer,
                           const char  *text)
{
  if (is_marked (text) && !is_amount_below_zero (text) && !kobra_buffer_append_byte (buffer, '\''))
    return FALSE;
  return kobra_buffer_append_string (buffer, text);
}

const char *
kobra_formula_undo (const char *text)
{
  return *text == '\'' && is_marked (text) ? text + 1 : text;
}
