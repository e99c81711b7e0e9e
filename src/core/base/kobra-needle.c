/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-needle.h"

#include <string.h>

#include "kobra-banned.h"

/* Latin letters end before this; what they fold to is looked up, the others are asked of GLib one by one. */
#define N_LATIN 0x250

struct _KobraNeedle
{
  gunichar        *characters; /* folded */
  gsize            n;
  KobraNeedleFlags flags;
  guint16          latin[N_LATIN]; /* folded; 0: of no account */
  gboolean         may_begin[256]; /* whether a text with this byte may be the needle from there on */
};

/* What @c counts as; 0 for an accent that stands by itself and is not looked at. */
static gunichar
fold (gunichar         c,
      KobraNeedleFlags flags)
{
  if ((flags & KOBRA_NEEDLE_ACCENTS) == 0)
    {
      gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

      if (g_unichar_ismark (c))
        return 0;
      if (g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts)) > 0)
        c = parts[0];
    }
  return (flags & KOBRA_NEEDLE_CASE) == 0 ? g_unichar_tolower (c) : c;
}

static gunichar
get_folded (const KobraNeedle *self,
            gunichar           c)
{
  return c < N_LATIN ? self->latin[c] : fold (c, self->flags);
}

static const char *
skip_ignored (const KobraNeedle *self,
              const char        *text)
{
  while (*text != '\0' && get_folded (self, g_utf8_get_char (text)) == 0)
    text = g_utf8_next_char (text);
  return text;
}

/* Where the needle ends that begins at @text, or NULL if it does not. */
static const char *
match (const KobraNeedle *self,
       const char        *text)
{
  for (gsize i = 0; i < self->n; i++)
    {
      if (i > 0)
        text = skip_ignored (self, text);
      if (*text == '\0' || get_folded (self, g_utf8_get_char (text)) != self->characters[i])
        return NULL;
      text = g_utf8_next_char (text);
    }
  return skip_ignored (self, text);
}

/* The first place of the needle, and in *@end where it ends; NULL if it is nowhere. */
static const char *
find (const KobraNeedle *self,
      const char        *text,
      const char       **end)
{
  if ((self->flags & KOBRA_NEEDLE_WHOLE) != 0)
    {
      *end = match (self, text);
      return *end != NULL && **end == '\0' ? text : NULL;
    }
  if (self->n == 0)
    return NULL;
  for (;; text++)
    {
      while (!self->may_begin[(guint8) *text])
        text++;
      if (*text == '\0')
        return NULL;
      *end = match (self, text);
      if (*end != NULL)
        return text;
    }
}

KobraNeedle *
kobra_needle_new (const char      *text,
                  KobraNeedleFlags flags)
{
  KobraNeedle     *self = g_new0 (KobraNeedle, 1);
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  self->flags = flags;
  for (gunichar c = 0; c < N_LATIN; c++)
    self->latin[c] = (guint16) fold (c, flags);
  self->characters = g_new (gunichar, g_utf8_strlen (composed, -1) + 1);
  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = get_folded (self, g_utf8_get_char (p));

      if (c != 0)
        self->characters[self->n++] = c;
    }
  /* An ASCII byte is a character; any that leads a longer one may fold to the needle's first. The NUL stops the search. */
  for (guint byte = 0; byte < 256; byte++)
    self->may_begin[byte] = byte == 0 || byte >= 0xc0 || (byte < 0x80 && self->n > 0 && self->latin[byte] == self->characters[0]);
  return self;
}

void
kobra_needle_free (KobraNeedle *self)
{
  g_free (self->characters);
  g_free (self);
}

gboolean
kobra_needle_is_in (const KobraNeedle *self,
                    const char        *text)
{
  const char *end;

  return find (self, text, &end) != NULL;
}

char *
kobra_needle_replace (const KobraNeedle *self,
                      const char        *text,
                      const char        *with)
{
  g_autoptr (GString) replaced = NULL;
  const char *at, *end;

  for (at = find (self, text, &end); at != NULL; at = find (self, text, &end))
    {
      if (replaced == NULL)
        replaced = g_string_new (NULL);
      g_string_append_len (replaced, text, at - text);
      g_string_append (replaced, with);
      text = end;
      if ((self->flags & KOBRA_NEEDLE_WHOLE) != 0)
        break;
    }
  if (replaced == NULL)
    return NULL;
  g_string_append (replaced, text);
  return g_string_free (g_steal_pointer (&replaced), FALSE);
}
